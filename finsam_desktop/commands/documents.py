"""`finsam export` and `finsam template`: Word documents and the templates behind them."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from finsam_desktop.commands.common import (
    DONE,
    FINDINGS,
    as_json,
    command,
    file_and_meeting,
    group,
    open_file,
    out,
    print_json,
    read,
)
from finsam_desktop.errors import UserError


def add(commands: Any) -> None:
    """Add the commands."""
    export = command(commands, "export", _export, "skapa ett Word-dokument")
    file_and_meeting(export)
    export.add_argument("document", metavar="DOKUMENT", choices=("kallelse", "protokoll", "tertialrapport"))
    out(export)
    export.add_argument("--template", metavar="MALL", type=Path, help="förbundets egen Word-mall")
    as_json(export)

    template = group(commands, "template", "Word-mallar")
    render = command(template, "render", _template_render, "fyll en Word-mall med data ur en JSON-fil")
    render.add_argument("template", metavar="MALL", type=Path)
    render.add_argument("context", metavar="JSON", type=Path)
    out(render)
    fields = command(template, "fields", _template_fields, "visa fälten som en Word-mall använder")
    fields.add_argument("template", metavar="MALL", type=Path)
    as_json(fields)
    check = command(template, "check", _template_check, "visa allt som är fel i en Word-mall")
    check.add_argument("template", metavar="MALL", type=Path)
    check.add_argument(
        "--for",
        dest="document",
        metavar="DOKUMENT",
        choices=("kallelse", "protokoll", "tertialrapport"),
        help="kontrollera också fälten, och prova mallen med exempeldata",
    )
    check.add_argument(
        "--comments", metavar="UT", type=Path, help="spara en kopia med en kommentar vid varje fel"
    )
    as_json(check)


def _export(options: argparse.Namespace) -> int:
    from finsam_desktop.documents import Document
    from finsam_desktop.documents.export import export

    with open_file(options.file) as workspace:
        meeting = workspace.find_meeting(options.meeting)
        result = export(
            workspace,
            meeting.id,
            Document(options.document),
            options.out,
            template=options.template,
            today=date.today(),
        )
    if options.json:
        print_json(
            {"path": str(result.path), "beside": result.beside, "differences": list(result.differences)}
        )
        return DONE
    if result.beside:
        print(f"{options.out} har ändrats sedan den skapades. Den är orörd, det nya ligger bredvid.")
        print("\n".join(result.differences))
    print(result.path)
    return DONE


def _template_render(options: argparse.Namespace) -> int:
    from finsam_desktop.documents.rendering import fill
    from finsam_desktop.storage.safewrite import write_file

    source = read(options.context)
    try:
        context = json.loads(source)
    except ValueError as error:
        raise UserError(
            f"{options.context} är inte giltig JSON.",
            advice="Rätta filen och försök igen.",
            detail=str(error),
        ) from error
    if not isinstance(context, dict):
        raise UserError(
            f"{options.context} ska innehålla ett JSON-objekt med fält.", advice="Börja filen med {."
        )
    write_file(options.out, fill(read(options.template), context, options.template.name))
    print(options.out)
    return DONE


def _template_fields(options: argparse.Namespace) -> int:
    from finsam_desktop.documents.rendering import template_fault
    from finsam_desktop.word import TemplateError, WordTemplate

    try:
        fields = sorted(WordTemplate(read(options.template)).fields())
    except TemplateError as error:
        raise template_fault(error, options.template.name) from error
    print_json(fields) if options.json else print("\n".join(fields))
    return DONE


def _template_check(options: argparse.Namespace) -> int:
    from finsam_desktop import listing
    from finsam_desktop.documents import Document
    from finsam_desktop.documents.template_check import check, save_with_comments

    content, name = read(options.template), options.template.name
    problems = check(content, Document(options.document) if options.document else None, name)
    shown = listing.template_problems(problems)
    print_json(shown.data) if options.json else print("\n".join(shown.lines))
    if options.comments is not None:
        if options.comments.resolve() == options.template.resolve():
            raise UserError(
                f"Kopian kan inte sparas över mallen {name}.", advice="Ange ett annat namn efter --comments."
            )
        save_with_comments(content, problems, name, options.comments)
        print(options.comments, file=sys.stderr if options.json else sys.stdout)
    return FINDINGS if problems else DONE

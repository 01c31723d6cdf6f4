"""`finsam export` and `finsam template`: Word documents and the templates behind them."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
from finsam_desktop.documents.kinds import About, Document
from finsam_desktop.errors import UserError

if TYPE_CHECKING:
    from finsam_desktop.domain.meeting import Meeting
    from finsam_desktop.workspace import Workspace


_DOCUMENTS = tuple(document.value for document in Document)


def add(commands: Any) -> None:
    """Add the commands."""
    export = command(commands, "export", _export, "skapa ett Word-dokument")
    file_and_meeting(export)
    export.add_argument("document", metavar="DOKUMENT", choices=_DOCUMENTS)
    out(export)
    export.add_argument(
        "--item",
        metavar="PUNKT",
        action="append",
        default=[],
        help="punkten det gäller, till exempel 7 eller 7B",
    )
    export.add_argument(
        "--paragraph",
        metavar="§",
        action="append",
        default=[],
        type=int,
        help="paragrafen det gäller; kan anges flera gånger",
    )
    export.add_argument("--board", metavar="MEDLEM", help="medlemmen vars anslagstavla anslaget sätts upp på")
    export.add_argument("--recipient", metavar="MOTTAGARE", default="", help="den som utdraget är till")
    export.add_argument(
        "--public",
        action="store_true",
        help="den offentliga versionen, utan det som är sekretess eller maskerat",
    )
    export.add_argument("--template", metavar="MALL", type=Path, help="förbundets egen Word-mall")
    as_json(export)

    sheet = command(
        commands, "attendance-sheet", _attendance_sheet, "spara närvaro- och arvodesunderlag som arbetsbok"
    )
    sheet.add_argument("file", metavar="FIL", type=Path)
    sheet.add_argument("period", metavar="ÅR", help="ett år, eller ett sammanträdes datum")
    out(sheet)

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
        choices=_DOCUMENTS,
        help="kontrollera också fälten, och prova mallen med exempeldata",
    )
    check.add_argument(
        "--comments", metavar="UT", type=Path, help="spara en kopia med en kommentar vid varje fel"
    )
    as_json(check)


def _export(options: argparse.Namespace) -> int:
    from finsam_desktop.documents.export import export
    from finsam_desktop.documents.page_numbers import measured

    with open_file(options.file) as workspace:
        meeting = workspace.find_meeting(options.meeting)
        result = export(
            workspace,
            meeting.id,
            Document(options.document),
            options.out,
            about=_about(options, workspace, meeting),
            template=options.template,
            today=date.today(),
            measure=measured,
        )
    if options.json:
        print_json(
            {
                "path": str(result.path),
                "beside": result.beside,
                "differences": list(result.differences),
                "warnings": list(result.warnings),
            }
        )
        return DONE
    _warn(result.warnings)
    if result.beside:
        print(f"{options.out} har ändrats sedan den skapades. Den är orörd, det nya ligger bredvid.")
        print("\n".join(result.differences))
    print(result.path)
    return DONE


def _attendance_sheet(options: argparse.Namespace) -> int:
    from finsam_desktop.domain.fees import attended, year_attended
    from finsam_desktop.files import attendance_files

    with open_file(options.file, read_only=True) as workspace:
        association, meetings, period = workspace.association, workspace.meetings, options.period.strip()
        if period.isdigit():
            rows = year_attended(association, meetings, int(period))
        else:
            rows = attended(association, meetings, workspace.find_meeting(period))
        title = f"Närvaro- och arvodesunderlag {period}"
        print(attendance_files.save(options.out, association, rows, title))
    return DONE


def _about(options: argparse.Namespace, workspace: Workspace, meeting: Meeting) -> About:
    """What the document concerns, from --item, --paragraph, --board and --recipient."""
    from finsam_desktop.domain.numbering import agenda_numbers, paragraphs

    numbers = agenda_numbers(meeting)
    points = {numbers[top.id]: top.id for top in meeting.items}
    points |= {numbers[top.id] + numbers[sub.id]: sub.id for top in meeting.items for sub in top.sub_items}
    sections = {number: item_id for item_id, number in paragraphs(workspace.meetings, meeting).items()}
    items: list[str] = []
    for wanted in options.item:
        key = wanted.replace(" ", "").upper()
        if key not in points:
            raise UserError(
                f"Punkt {wanted} finns inte i sammanträdet.",
                advice=f"Punkterna är {', '.join(points) or 'inga'}.",
            )
        items.append(points[key])
    for wanted in options.paragraph:
        if wanted not in sections:
            first, last = min(sections, default=0), max(sections, default=0)
            raise UserError(
                f"§ {wanted} finns inte i sammanträdet.",
                advice=f"Paragraferna är {first}–{last}."
                if sections
                else "Sammanträdet har inga paragrafer.",
            )
        items.append(sections[wanted])
    return About(
        items=tuple(items),
        member_id=_member(options.board, workspace),
        recipient=options.recipient,
        public=options.public,
    )


def _member(name: str | None, workspace: Workspace) -> str:
    if not name:
        return ""
    members = workspace.association.members
    found = next((m for m in members if m.name.casefold() == name.strip().casefold()), None)
    if found is None:
        raise UserError(
            f"{name} är inte medlem i förbundet.",
            advice=f"Medlemmarna är {', '.join(member.name for member in members) or 'inte inlagda'}.",
        )
    return found.id


def _warn(warnings: Iterable[str]) -> None:
    """What the reader of a made document might miss, beside the ordinary output."""
    for warning in warnings:
        print(f"Att se över: {warning}", file=sys.stderr)


def _template_render(options: argparse.Namespace) -> int:
    from finsam_desktop.documents.rendering import fill, refuse_large
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
    refuse_large(options.template)
    rendered = fill(read(options.template), context, options.template.name)
    write_file(options.out, rendered.docx)
    _warn(rendered.warnings)
    print(options.out)
    return DONE


def _template_fields(options: argparse.Namespace) -> int:
    from finsam_desktop.documents.rendering import refuse_large, template_fault
    from finsam_desktop.word import TemplateError, fields_in_child

    refuse_large(options.template)
    try:
        fields = sorted(fields_in_child(read(options.template)))
    except TemplateError as error:
        raise template_fault(error, options.template.name) from error
    print_json(fields) if options.json else print("\n".join(fields))
    return DONE


def _template_check(options: argparse.Namespace) -> int:
    from finsam_desktop.commands import listing
    from finsam_desktop.documents.rendering import refuse_large
    from finsam_desktop.documents.template_check import check, save_with_comments

    refuse_large(options.template)
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

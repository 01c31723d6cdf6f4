"""`finsam`: every use case without a window.

Exit codes: 0 done, 1 findings, 2 usage, 3 bad input (a Swedish message on standard error), 4 a fault of ours.
"""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from finsam_desktop import __version__
from finsam_desktop.errors import UserError

if TYPE_CHECKING:
    from finsam_desktop.workspace import Workspace

DONE, FINDINGS, USAGE, BAD_INPUT, FAULT = 0, 1, 2, 3, 4

_SWEDISH = {
    "usage: ": "användning: ",
    "positional arguments": "argument",
    "options": "val",
    "show this help message and exit": "visa den här hjälpen",
    "show program's version number and exit": "visa version",
    "the following arguments are required: %s": "det här saknas: %s",
    "unrecognized arguments: %s": "okända argument: %s",
    "expected one argument": "ett värde behövs",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r finns inte (välj bland %(choices)s)",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "%(prog)s: error: %(message)s\n": "%(prog)s: %(message)s\n",
}


def _swedish_argparse() -> None:
    """Give argparse Swedish words; it asks a module-level `_` for every text and has no other way."""
    setattr(argparse, "_", lambda text: _SWEDISH.get(text, text))  # noqa: B010


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `finsam` and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A pipe on Windows is cp1252, and a file name may hold a lone surrogate.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    _swedish_argparse()
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except UserError as error:
        print(error, file=sys.stderr)
        if options.details and error.detail:
            print(error.detail, file=sys.stderr)
        return BAD_INPUT
    except BrokenPipeError:
        # The reader of our output went away (`finsam show … | head`); nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:
        # A fault of ours, not of the user: told in words too, and whole with --details.
        print(f"Det blev fel i programmet: {error}", file=sys.stderr)
        print(
            "Skriv kommandot igen med --details först och visa texten för den som hjälper dig.",
            file=sys.stderr,
        )
        if options.details:
            traceback.print_exc()
        return FAULT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="finsam",
        description="Kallelse, protokoll och tertialrapport för samordningsförbund, utan fönster.",
    )
    parser.add_argument("--version", action="version", version=f"Finsam Desktop {__version__}")
    parser.add_argument("--details", action="store_true", help="visa tekniska uppgifter vid fel")
    commands = parser.add_subparsers(title="kommandon", metavar="KOMMANDO", required=True, dest="command")

    demo = _command(commands, "demo", _demo, "skapa exempelförbundet med arbetsbok och dokument")
    demo.add_argument("folder", metavar="MAPP", type=Path)
    demo.add_argument("--again", action="store_true", help="ta bort ett äldre exempel i mappen först")

    new = _command(commands, "new", _new, "skapa en ny förbundsfil")
    new.add_argument("file", metavar="FIL", type=Path)
    new.add_argument("--preset", metavar="TOML", type=Path, help="förbundets uppgifter i en TOML-fil")

    show = _command(commands, "show", _show, "visa förbundet, eller ett sammanträde med dess dagordning")
    _file_and_meeting(show, optional=True)
    _json(show)

    check = _command(commands, "check", _check, "kontrollera ett sammanträde, eller alla")
    _file_and_meeting(check, optional=True)
    check.add_argument(
        "--today", metavar="ÅÅÅÅ-MM-DD", type=_day, default=None, help="räkna frister från den dagen"
    )
    _json(check)

    export_data = _command(commands, "export-data", _export_data, "skriv ett sammanträde som JSON")
    _file_and_meeting(export_data)
    _out(export_data)

    import_data = _command(commands, "import-data", _import_data, "läs in ett sammanträde från JSON")
    import_data.add_argument("file", metavar="FIL", type=Path)
    import_data.add_argument("data", metavar="JSON", type=Path)

    _command(commands, "schema", _schema, "visa JSON Schema för export-data")

    figures = _group(commands, "figures", "siffror ur arbetsböcker")
    read = _command(figures, "read", _figures_read, "visa tabellerna som känns igen i en fil")
    read.add_argument("source", metavar="KÄLLA", type=Path)
    _json(read)
    attach = _command(figures, "attach", _figures_attach, "sätt in tabellerna i ett ärende")
    _file_and_meeting(attach)
    attach.add_argument("item", metavar="ÄRENDE", help="ärendets nummer, till exempel 5 eller 5B")
    attach.add_argument("source", metavar="KÄLLA", type=Path)
    attach.add_argument("--sheet", metavar="BLAD", help="bara det här bladet")
    attach.add_argument(
        "--replace", action="store_true", help="ersätt tabeller från samma blad när siffror skiljer"
    )

    export = _command(commands, "export", _export, "skapa ett Word-dokument")
    _file_and_meeting(export)
    export.add_argument("document", metavar="DOKUMENT", choices=("kallelse", "protokoll", "tertialrapport"))
    _out(export)
    export.add_argument("--template", metavar="MALL", type=Path, help="förbundets egen Word-mall")
    _json(export)

    template = _group(commands, "template", "Word-mallar")
    render = _command(template, "render", _template_render, "fyll en Word-mall med data ur en JSON-fil")
    render.add_argument("template", metavar="MALL", type=Path)
    render.add_argument("context", metavar="JSON", type=Path)
    _out(render)
    fields = _command(template, "fields", _template_fields, "visa fälten som en Word-mall använder")
    fields.add_argument("template", metavar="MALL", type=Path)
    _json(fields)
    check = _command(template, "check", _template_check, "visa allt som är fel i en Word-mall")
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
    _json(check)
    return parser


def _command(
    commands: Any, name: str, run: Callable[[argparse.Namespace], int], text: str
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=text, description=text.capitalize() + "."
    )
    parser.set_defaults(run=run)
    return parser


def _group(commands: Any, name: str, text: str) -> Any:
    parser = commands.add_parser(name, help=text, description=text.capitalize() + ".")
    return parser.add_subparsers(title="kommandon", metavar="KOMMANDO", required=True, dest=f"{name}_command")


def _file_and_meeting(parser: argparse.ArgumentParser, *, optional: bool = False) -> None:
    parser.add_argument("file", metavar="FIL", type=Path)
    parser.add_argument(
        "meeting",
        metavar="SAMMANTRÄDE",
        nargs="?" if optional else None,
        help="datum, till exempel 2026-10-29",
    )


def _out(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--out", metavar="UT", type=Path, required=True)


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="skriv som JSON")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} är inte ett datum, skriv som 2026-10-29") from error


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _open(path: Path, *, read_only: bool = False) -> Workspace:
    from finsam_desktop.workspace import Workspace

    return Workspace.open(path, user=_user(), read_only=read_only)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        # No user name at all, as in a bare container.
        return "okänd"


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UserError(f"Filen {path} finns inte.", advice="Kontrollera namnet och mappen.") from error
    except IsADirectoryError as error:
        raise UserError(f"{path} är en mapp, inte en fil.", advice="Ange en fil i mappen.") from error
    except OSError as error:
        raise UserError(f"Filen {path} går inte att läsa.", detail=str(error)) from error


def _demo(options: argparse.Namespace) -> int:
    from finsam_desktop import demo

    for path in demo.create(options.folder, again=options.again):
        print(path)
    return DONE


def _new(options: argparse.Namespace) -> int:
    from finsam_desktop.domain.association import Association
    from finsam_desktop.workspace import Workspace

    if options.preset is None:
        association = Association(name=options.file.stem)
    else:
        from finsam_desktop.storage.exchange import load_preset

        association = load_preset(options.preset)
    with Workspace.create(options.file, association, user=_user()):
        print(options.file)
    return DONE


def _show(options: argparse.Namespace) -> int:
    from finsam_desktop import listing

    with _open(options.file, read_only=True) as workspace:
        if options.meeting is None:
            shown = listing.association(workspace.association, workspace.meetings)
        else:
            meeting = workspace.find_meeting(options.meeting)
            shown = listing.meeting(workspace.association, workspace.meetings, meeting)
    _print_json(shown.data) if options.json else print("\n".join(shown.lines))
    return DONE


def _check(options: argparse.Namespace) -> int:
    from finsam_desktop import listing

    today = options.today or date.today()
    with _open(options.file, read_only=True) as workspace:
        chosen = workspace.meetings if options.meeting is None else (workspace.find_meeting(options.meeting),)
        shown = listing.findings(workspace.association, workspace.meetings, chosen, today)
    _print_json(shown.data) if options.json else print("\n".join(shown.lines))
    return FINDINGS if shown.data else DONE


def _export_data(options: argparse.Namespace) -> int:
    from finsam_desktop.storage.exchange import export_data
    from finsam_desktop.storage.safewrite import write_file

    with _open(options.file, read_only=True) as workspace:
        write_file(options.out, export_data(workspace, workspace.find_meeting(options.meeting).id))
    print(options.out)
    return DONE


def _import_data(options: argparse.Namespace) -> int:
    from finsam_desktop.storage.exchange import import_data

    data = _read(options.data)
    with _open(options.file) as workspace:
        meeting = import_data(workspace, data, file_name=options.data.name)
    print(f"Sammanträdet {meeting.date} är inläst i {options.file}.")
    return DONE


def _schema(options: argparse.Namespace) -> int:
    from finsam_desktop.storage.exchange import schema

    _print_json(schema())
    return DONE


def _figures_read(options: argparse.Namespace) -> int:
    from finsam_desktop import listing

    shown = listing.tables(options.source, date.today())
    _print_json(shown.data) if options.json else print("\n".join(shown.lines))
    return DONE


def _figures_attach(options: argparse.Namespace) -> int:
    from finsam_desktop.attach_figures import attach

    with _open(options.file) as workspace:
        result = attach(
            workspace,
            options.meeting,
            options.item,
            options.source,
            sheet=options.sheet,
            replace_changed=options.replace,
            today=date.today(),
        )
    print("\n".join(result.lines))
    return FINDINGS if result.held_back else DONE


def _export(options: argparse.Namespace) -> int:
    from finsam_desktop.documents import Document
    from finsam_desktop.documents.export import export

    with _open(options.file) as workspace:
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
        _print_json(
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

    source = _read(options.context)
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
    write_file(options.out, fill(_read(options.template), context, options.template.name))
    print(options.out)
    return DONE


def _template_fields(options: argparse.Namespace) -> int:
    from finsam_desktop.documents.rendering import template_fault
    from finsam_desktop.word import TemplateError, WordTemplate

    try:
        fields = sorted(WordTemplate(_read(options.template)).fields())
    except TemplateError as error:
        raise template_fault(error, options.template.name) from error
    _print_json(fields) if options.json else print("\n".join(fields))
    return DONE


def _template_check(options: argparse.Namespace) -> int:
    from finsam_desktop import listing
    from finsam_desktop.documents import Document
    from finsam_desktop.documents.template_check import check, save_with_comments

    content, name = _read(options.template), options.template.name
    problems = check(content, Document(options.document) if options.document else None, name)
    shown = listing.template_problems(problems)
    _print_json(shown.data) if options.json else print("\n".join(shown.lines))
    if options.comments is not None:
        if options.comments.resolve() == options.template.resolve():
            raise UserError(
                f"Kopian kan inte sparas över mallen {name}.", advice="Ange ett annat namn efter --comments."
            )
        save_with_comments(content, problems, name, options.comments)
        print(options.comments, file=sys.stderr if options.json else sys.stdout)
    return FINDINGS if problems else DONE


if __name__ == "__main__":
    raise SystemExit(main())

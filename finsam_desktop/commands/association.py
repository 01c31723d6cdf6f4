"""Making, showing, checking and exchanging the association's file."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from finsam_desktop.commands.common import (
    DONE,
    FINDINGS,
    as_json,
    command,
    day,
    file_and_meeting,
    open_file,
    out,
    print_json,
    read,
    times,
    user,
)


def add(commands: Any) -> None:
    """Add the commands."""
    demo = command(commands, "demo", _demo, "skapa exempelförbundet med arbetsbok och dokument")
    demo.add_argument("folder", metavar="MAPP", type=Path)
    demo.add_argument("--again", action="store_true", help="ta bort ett äldre exempel i mappen först")

    new = command(commands, "new", _new, "skapa en ny förbundsfil, och med --day den första kallelsen")
    new.add_argument("file", metavar="FIL", type=Path)
    new.add_argument("--preset", metavar="TOML", type=Path, help="förbundets uppgifter i en TOML-fil")
    new.add_argument("--name", metavar="NAMN", default="", help="förbundets namn")
    new.add_argument("--member", metavar="NAMN", action="append", help="en medlem; kan anges flera gånger")
    new.add_argument("--chair", metavar="NAMN", default="", help="ordföranden")
    new.add_argument(
        "--board", metavar="NAMN", action="append", help="en ledamot till; kan anges flera gånger"
    )
    new.add_argument("--day", metavar="ÅÅÅÅ-MM-DD", type=day, help="det första sammanträdets dag")
    new.add_argument(
        "--time", metavar="TID", type=times, default=(None, None), help='till exempel "09.00-12.00"'
    )
    new.add_argument("--place", metavar="PLATS", default="", help="var sammanträdet är")

    show = command(commands, "show", _show, "visa förbundet, eller ett sammanträde med dess dagordning")
    file_and_meeting(show, optional=True)
    as_json(show)

    check = command(commands, "check", _check, "kontrollera ett sammanträde, eller alla")
    file_and_meeting(check, optional=True)
    check.add_argument(
        "--today", metavar="ÅÅÅÅ-MM-DD", type=day, default=None, help="räkna frister från den dagen"
    )
    as_json(check)

    export_data = command(commands, "export-data", _export_data, "skriv ett sammanträde som JSON")
    file_and_meeting(export_data)
    out(export_data)

    import_data = command(commands, "import-data", _import_data, "läs in ett sammanträde från JSON")
    import_data.add_argument("file", metavar="FIL", type=Path)
    import_data.add_argument("data", metavar="JSON", type=Path)

    command(commands, "schema", _schema, "visa JSON Schema för export-data")


def _demo(options: argparse.Namespace) -> int:
    from finsam_desktop import demo

    for path in demo.create(options.folder, again=options.again):
        print(path)
    return DONE


def _new(options: argparse.Namespace) -> int:
    """The answers of the guide (`finsam_desktop.guide`), over the preset where there is one."""
    from datetime import datetime

    from finsam_desktop import guide
    from finsam_desktop.prepared import load

    prepared = load(options.preset) if options.preset is not None else None
    known = guide.from_prepared(prepared.association) if prepared else guide.Answers(name=options.file.stem)
    start, end = options.time
    answers = replace(
        known,
        name=options.name or known.name,
        members=tuple(options.member or ()) or (known.members if prepared else ()),
        chair=options.chair or known.chair,
        board=tuple(options.board or known.board),
        day=options.day,
        start=start,
        end=end,
        place=options.place,
    )
    now = datetime.now()
    meeting_id = guide.begin(
        guide.checked(answers, meeting=False), options.file, user=user(), at=now,
        files=prepared.files if prepared else None,
    )  # fmt: skip
    print(options.file)
    if meeting_id:
        with open_file(options.file) as workspace:
            print(guide.make_notice(workspace, meeting_id, now.date()))
    return DONE


def _show(options: argparse.Namespace) -> int:
    from finsam_desktop.commands import listing

    with open_file(options.file, read_only=True) as workspace:
        if options.meeting is None:
            shown = listing.association(workspace.association, workspace.meetings)
        else:
            meeting = workspace.find_meeting(options.meeting)
            shown = listing.meeting(workspace.association, workspace.meetings, meeting)
    print_json(shown.data) if options.json else print("\n".join(shown.lines))
    return DONE


def _check(options: argparse.Namespace) -> int:
    from finsam_desktop.commands import listing

    today = options.today or date.today()
    with open_file(options.file, read_only=True) as workspace:
        chosen = workspace.meetings if options.meeting is None else (workspace.find_meeting(options.meeting),)
        shown = listing.findings(
            workspace.association, workspace.meetings, chosen, today, whole=options.meeting is None
        )
    print_json(shown.data) if options.json else print("\n".join(shown.lines))
    return FINDINGS if shown.data else DONE


def _export_data(options: argparse.Namespace) -> int:
    from finsam_desktop.storage.exchange import export_data
    from finsam_desktop.storage.safewrite import write_file

    with open_file(options.file, read_only=True) as workspace:
        write_file(options.out, export_data(workspace, workspace.find_meeting(options.meeting).id))
    print(options.out)
    return DONE


def _import_data(options: argparse.Namespace) -> int:
    from finsam_desktop.storage.exchange import import_data

    data = read(options.data)
    with open_file(options.file) as workspace:
        meeting = import_data(workspace, data, file_name=options.data.name)
    print(f"Sammanträdet {meeting.date} är inläst i {options.file}.")
    return DONE


def _schema(options: argparse.Namespace) -> int:
    from finsam_desktop.storage.exchange import schema

    print_json(schema())
    return DONE

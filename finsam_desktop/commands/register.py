"""The register: members and people as a workbook, and the year's audit with each member's decision."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from finsam_desktop.commands.common import (
    DONE,
    FINDINGS,
    as_json,
    command,
    day,
    group,
    open_file,
    print_json,
)

if TYPE_CHECKING:
    from finsam_desktop.domain.people_import import RegisterChange


def add(commands: Any) -> None:
    """Add the commands."""
    register = group(commands, "register", "medlemmar, ledamöter och personer som Excel-fil")
    export = command(register, "export", _export, "spara registret som Excel-fil")
    export.add_argument("file", metavar="FIL", type=Path)
    export.add_argument("out", metavar="UT.xlsx", type=Path)
    taken = command(register, "import", _import, "läs in registret ur en Excel-fil")
    taken.add_argument("file", metavar="FIL", type=Path)
    taken.add_argument("source", metavar="IN.xlsx", type=Path)
    taken.add_argument("--dry-run", action="store_true", help="visa bara vad som skulle ändras")
    taken.add_argument(
        "--end-missing", action="store_true", help="avsluta i dag uppdragen för dem som inte finns i filen"
    )
    taken.add_argument("--today", metavar="ÅÅÅÅ-MM-DD", type=day, default=None, help="räkna från den dagen")
    as_json(taken)

    audit = command(
        commands, "audit", _audit, "visa ett års revision och medlemmarnas beslut om ansvarsfrihet"
    )
    audit.add_argument("file", metavar="FIL", type=Path)
    audit.add_argument("year", metavar="ÅR", type=_year)
    audit.add_argument("--today", metavar="ÅÅÅÅ-MM-DD", type=day, default=None, help="räkna från den dagen")
    as_json(audit)


def _year(text: str) -> int:
    if not (text.isdigit() and 2000 <= int(text) <= 2100):
        raise argparse.ArgumentTypeError(f"{text} är inte ett år, skriv som 2026")
    return int(text)


def _export(options: argparse.Namespace) -> int:
    from finsam_desktop.files.people_files import save

    with open_file(options.file, read_only=True) as workspace:
        print(save(options.out, workspace.association))
    return DONE


def _import(options: argparse.Namespace) -> int:
    from finsam_desktop.files.people_files import load

    today = options.today or date.today()
    with open_file(options.file, read_only=options.dry_run) as workspace:
        before = workspace.association
        change = load(options.source, before, today=today, end_missing=options.end_missing)
        if change.says_something and not options.dry_run:
            workspace.change("Hämta registret från Excel", before, change.after)
    if options.json:
        print_json(
            {
                "added": list(change.added),
                "changed": list(change.changed),
                "ended": list(change.ended),
                "missing": list(change.missing),
                "written": change.says_something and not options.dry_run,
            }
        )
    else:
        print("\n".join(_lines(change, written=not options.dry_run)))
    return FINDINGS if change.missing and not options.end_missing else DONE


def _lines(change: RegisterChange, *, written: bool) -> list[str]:
    kept = [line for line in change.missing if line not in change.ended]
    parts = (
        ("Läggs till", change.added),
        ("Ändras", change.changed),
        ("Avslutas", change.ended),
        ("Finns inte i filen, står kvar", kept),
    )
    lines = [line for head, rows in parts if rows for line in (f"{head}:", *(f"  {row}" for row in rows))]
    if not change.says_something:
        return [*lines, "Registret är som i filen. Inget är ändrat."]
    return [*lines, "Registret är ändrat." if written else "Inget är ändrat än."]


def _audit(options: argparse.Namespace) -> int:
    from finsam_desktop.commands import listing

    today = options.today or date.today()
    with open_file(options.file, read_only=True) as workspace:
        shown = listing.audit(workspace.association, options.year, today)
    print_json(shown.data) if options.json else print("\n".join(shown.lines))
    return FINDINGS if shown.data["findings"] else DONE

"""Making backups of a file, listing them, seeing what has changed since, and restoring one."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from finsam_desktop.commands.common import DONE, FINDINGS, as_json, command, group, open_file, print_json
from finsam_desktop.errors import UserError

if TYPE_CHECKING:
    from finsam_desktop.storage.backups import Restored
    from finsam_desktop.workspace import Workspace


def add(commands: Any) -> None:
    """Add the commands."""
    inner = group(commands, "backup", "säkerhetskopiera en fil, lista, jämför och återställ")
    make = command(inner, "make", _make, "gör en säkerhetskopia")
    listing = command(inner, "list", _list, "lista säkerhetskopiorna av en fil, eller av alla")
    since = command(inner, "changes", _changes, "visa vad som har gjorts sedan en säkerhetskopia")
    restore = command(inner, "restore", _restore, "gör om en säkerhetskopia till en ny fil")
    for parser in (make, since, restore):
        parser.add_argument("file", metavar="FIL", type=Path)
    listing.add_argument("file", metavar="FIL", type=Path, nargs="?")
    for parser in (since, restore):
        parser.add_argument(
            "--at",
            metavar="TID",
            default="",
            help='kopian från den tiden, "2026-10-29 07.41"; annars den senaste',
        )
    since.add_argument("--fields", action="store_true", help="visa fält för fält vad som skiljer")
    where = restore.add_mutually_exclusive_group(required=True)
    where.add_argument("-o", "--out", metavar="NY_FIL", type=Path)
    where.add_argument(
        "--over",
        action="store_true",
        help="i filen själv; den säkerhetskopieras först, och det går att ångra",
    )
    for parser in (make, listing, since, restore):
        parser.add_argument("--folder", metavar="MAPP", type=Path, default=None, help="var kopiorna ligger")
    as_json(listing)

    rescue = command(commands, "salvage", _salvage, "rädda det som går att läsa ur en skadad fil till en ny")
    rescue.add_argument("file", metavar="FIL", type=Path)
    rescue.add_argument("-o", "--out", metavar="NY_FIL", type=Path, required=True)


def _make(options: argparse.Namespace) -> int:
    from finsam_desktop.file_backups import back_up

    made = back_up(options.file, at=datetime.now(), root=options.folder)
    if made is None:
        print("Ingenting har ändrats sedan den senaste säkerhetskopian.")
    else:
        print(f"Säkerhetskopian är gjord: {made.path}")
    return DONE


def _list(options: argparse.Namespace) -> int:
    from finsam_desktop.file_backups import all_backups, backups_of

    found = (
        backups_of(options.file, root=options.folder) if options.file else all_backups(root=options.folder)
    )
    if options.json:
        print_json([
            {"at": b.at.isoformat(), "source": b.source, "meetings": b.meetings, "files": b.files,
             "changes": b.changes, "size": b.size, "path": str(b.path)} for b in found
        ])  # fmt: skip
        return DONE
    for backup in found:
        print(
            f"{backup.at:%Y-%m-%d %H.%M}  {Path(backup.source).name}  {backup.meetings} sammanträden,"
            f" {backup.files} filer"
        )
    if not found:
        print("Det finns inga säkerhetskopior.")
    return DONE


def _changes(options: argparse.Namespace) -> int:
    from finsam_desktop.file_backups import changes_since, differences, look

    backup = _chosen(options)
    earlier = look(backup)
    with open_file(options.file, read_only=True) as workspace:
        entries = changes_since(workspace, backup)
        found = differences(workspace, earlier)
        detailed = tuple(_fields(workspace, earlier)) if options.fields else ()
    print(f"Sedan {backup.at:%Y-%m-%d %H.%M}: {len(entries)} ändringar")
    for entry in entries:
        print(f"  {entry.at:%Y-%m-%d %H.%M}  {entry.user}: {entry.label}")
    if found.association:
        print(f"Skiljer i förbundet: {', '.join(found.association)}")
    for change in found.meetings:
        print(f"Skiljer i {change.name}: {change.in_words()}")
    for line in detailed:
        print(line)
    return DONE


def _fields(workspace: Workspace, earlier: Restored) -> Iterator[str]:
    """Field by field: the place, what it is called, and what stood before and stands now."""
    from finsam_desktop.domain.version_changes import field_changes

    then = {meeting.id: meeting for meeting in earlier.meetings}
    now = {meeting.id: meeting for meeting in workspace.meetings}
    pairs = [
        (earlier.association, workspace.association),
        *((then.get(k), now.get(k)) for k in {**then, **now}),
    ]
    for before, after in pairs:
        for change in field_changes(before, after):
            yield f"{change.place or 'Uppgifter'}, {change.label.lower()}:"
            yield f"  då: {change.before or '(tomt)'}"
            yield f"  nu: {change.after or '(tomt)'}"


def _restore(options: argparse.Namespace) -> int:
    from finsam_desktop.file_backups import restore_over, restore_to

    backup = _chosen(options)
    if options.over:
        with open_file(options.file) as workspace:
            count = restore_over(workspace, backup, at=datetime.now(), root=options.folder)
        print(f"Återställd från {backup.at:%Y-%m-%d %H.%M}: {count} delar i {options.file}")
        return DONE
    restore_to(backup, options.out)
    print(f"Återställd från {backup.at:%Y-%m-%d %H.%M}: {options.out}")
    return DONE


def _salvage(options: argparse.Namespace) -> int:
    from finsam_desktop.file_backups import salvage_to

    result = salvage_to(options.file, options.out)
    print(
        f"Räddat till {result.target}: {result.meetings} sammanträden, {result.files} filer och"
        f" {result.changes} ändringar i historiken."
    )
    if not result.association:
        print("Uppgifterna om förbundet gick inte att rädda. Fyll i dem på nytt under Förbundet.")
    for meeting in result.older:
        print(f"En äldre version är räddad av {meeting}. Jämför med dina papper.")
    for attachment in result.missing:
        print(f"Bilagan är förlorad: {attachment}")
    whole = result.association and not result.older and not result.missing
    return DONE if whole else FINDINGS


def _chosen(options: argparse.Namespace) -> Any:
    """The backup asked for. A file that is gone or damaged is looked for among all backups by its name."""
    from finsam_desktop.file_backups import all_backups, backups_of

    try:
        found = backups_of(options.file, root=options.folder)
    except UserError:
        path = options.file.resolve()
        found = tuple(b for b in all_backups(root=options.folder) if Path(b.source).resolve() == path)
    chosen = [b for b in found if f"{b.at:%Y-%m-%d %H.%M.%S}".startswith(options.at.replace(":", "."))]
    if not chosen:
        raise UserError(
            f"Det finns ingen säkerhetskopia av {options.file.name}"
            + (f" från {options.at}." if options.at else "."),
            advice="finsam backup list visar dem som finns.",
        )
    return chosen[0]

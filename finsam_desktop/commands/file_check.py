"""Whether a file is whole, and the lock that a computer has left behind."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from finsam_desktop.commands.common import DONE, FINDINGS, as_json, command, open_file, print_json, user
from finsam_desktop.errors import UserError


def add(commands: Any) -> None:
    """Add the commands."""
    check = command(commands, "check-file", _check, "läs hela filen och se om något i den är skadat")
    unlock = command(commands, "unlock", _unlock, "ta över en fil som en annan dator har lämnat låst")
    for parser in (check, unlock):
        parser.add_argument("file", metavar="FIL", type=Path)
    as_json(check)
    unlock.add_argument(
        "--host",
        metavar="DATOR",
        required=True,
        help="datorn som har låst filen, så som meddelandet nämner den",
    )


def _check(options: argparse.Namespace) -> int:
    from finsam_desktop.file_health import ADVICE, check_file, copies_beside

    health = check_file(options.file)
    copies = copies_beside(options.file)
    if options.json:
        print_json({
            "whole": health.is_whole, "meetings": health.meetings, "changes": health.changes,
            "files": health.files, "documents": health.documents, "size": health.size,
            "damages": [{"what": one.what, "detail": one.detail} for one in health.damages],
            "copies_beside": [copy.name for copy in copies],
        })  # fmt: skip
        return DONE if health.is_whole else FINDINGS
    print(
        f"{options.file.name}: {health.meetings} sammanträden, {health.files} filer, {health.documents} skapade"
        f" dokument och {health.changes} ändringar i historiken, {health.size / 1e6:.1f} MB."
    )
    for damage in health.damages:
        print(f"Går inte att läsa: {damage.what}")
    for copy in copies:
        print(f"Bredvid filen ligger en kopia som synkroniseringen har gjort: {copy.name}")
    print("Filen är hel." if health.is_whole else f"{ADVICE} Se finsam backup list och finsam salvage.")
    return DONE if health.is_whole else FINDINGS


def _unlock(options: argparse.Namespace) -> int:
    from finsam_desktop.workspace import LockedError, Workspace

    try:
        with open_file(options.file) as opened:
            if opened.read_only:
                raise UserError(f"{options.file.name} kan bara läsas. {opened.read_only_reason}")
    except LockedError as error:
        if error.here or error.host != options.host:
            raise
        Workspace.open(options.file, user=user(), take_over=options.host).close()
        print(f"Låset från {error.host} är borta. {options.file.name} kan öppnas för att skriva.")
        return DONE
    print(f"{options.file.name} är inte låst.")
    return DONE

"""What the commands share: exit codes, arguments in Swedish, opening the file, printing."""

from __future__ import annotations

import argparse
import getpass
import json
import re
from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from finsam_desktop.errors import UserError

if TYPE_CHECKING:
    from finsam_desktop.workspace import Workspace

DONE, FINDINGS, USAGE, BAD_INPUT, FAULT = 0, 1, 2, 3, 4


def command(
    commands: Any, name: str, run: Callable[[argparse.Namespace], int], text: str
) -> argparse.ArgumentParser:
    """A command that calls ``run`` with its options and returns the exit code."""
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=text, description=text.capitalize() + "."
    )
    parser.set_defaults(run=run)
    return parser


def group(commands: Any, name: str, text: str) -> Any:
    """A group of commands under one word, such as `finsam figures …`."""
    parser = commands.add_parser(name, help=text, description=text.capitalize() + ".")
    return parser.add_subparsers(title="kommandon", metavar="KOMMANDO", required=True, dest=f"{name}_command")


def file_and_meeting(parser: argparse.ArgumentParser, *, optional: bool = False) -> None:
    """Arguments FIL and SAMMANTRÄDE."""
    parser.add_argument("file", metavar="FIL", type=Path)
    parser.add_argument(
        "meeting",
        metavar="SAMMANTRÄDE",
        nargs="?" if optional else None,
        help="datum, till exempel 2026-10-29",
    )


def out(parser: argparse.ArgumentParser) -> None:
    """Option -o for the file to write."""
    parser.add_argument("-o", "--out", metavar="UT", type=Path, required=True)


def as_json(parser: argparse.ArgumentParser) -> None:
    """Option --json."""
    parser.add_argument("--json", action="store_true", help="skriv som JSON")


def day(text: str) -> date:
    """A day written as ÅÅÅÅ-MM-DD, for argparse."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} är inte ett datum, skriv som 2026-10-29") from error


def times(text: str) -> tuple[time | None, time | None]:
    """When something begins and ends, "09.00-12.00" or "09.00", for argparse."""
    try:
        parts = [time.fromisoformat(part.strip().replace(".", ":")) for part in re.split("[-–]", text)]
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} är inte en tid, skriv som 09.00-12.00") from error
    if len(parts) > 2:
        raise argparse.ArgumentTypeError(f"{text} är inte en tid, skriv som 09.00-12.00")
    return parts[0], parts[1] if len(parts) == 2 else None


def print_json(value: object) -> None:
    """Print a value as JSON."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def open_file(path: Path, *, read_only: bool = False) -> Workspace:
    """Open the .finsam file; UserError when it cannot be opened."""
    from finsam_desktop.workspace import Workspace

    return Workspace.open(path, user=user(), read_only=read_only)


def user() -> str:
    """The name that history and lock show."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        # No user name at all, as in a bare container.
        return "okänd"


def read(path: Path) -> bytes:
    """The bytes of a file; UserError when it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UserError(f"Filen {path} finns inte.", advice="Kontrollera namnet och mappen.") from error
    except IsADirectoryError as error:
        raise UserError(f"{path} är en mapp, inte en fil.", advice="Ange en fil i mappen.") from error
    except OSError as error:
        raise UserError(f"Filen {path} går inte att läsa.", detail=str(error)) from error

"""`finsam`: every use case without a window.

Exit codes: 0 done, 1 findings, 2 usage, 3 bad input (a Swedish message on standard error), 4 a fault of ours.
"""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Sequence

from finsam_desktop import __version__
from finsam_desktop.commands import (
    accessibility,
    activity,
    adjusting,
    annual,
    archive,
    association,
    backups,
    budget,
    convert,
    documents,
    faults,
    figures,
    file_check,
    find,
    items,
    joint,
    mail,
    minutes,
    packs,
    parcels,
    phrases,
    public,
    read_back,
    record,
    register,
    reports,
    signing,
    spell,
    statements,
    year,
)
from finsam_desktop.commands.common import BAD_INPUT, DONE, FAULT
from finsam_desktop.errors import UserError

_ROOMS = (
    association,
    activity,
    budget,
    annual,
    figures,
    documents,
    packs,
    convert,
    phrases,
    year,
    register,
    joint,
    items,
    public,
    accessibility,
    minutes,
    read_back,
    record,
    adjusting,
    reports,
    statements,
    mail,
    archive,
    signing,
    parcels,
    backups,
    faults,
    file_check,
    find,
    spell,
)

_SWEDISH = {
    "usage: ": "användning: ",
    "positional arguments": "argument",
    "options": "val",
    "show this help message and exit": "visa den här hjälpen",
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
    parser.add_argument(
        "--version", action="version", help="visa version", version=f"Finsam Desktop {__version__}"
    )
    parser.add_argument("--details", action="store_true", help="visa tekniska uppgifter vid fel")
    commands = parser.add_subparsers(title="kommandon", metavar="KOMMANDO", required=True, dest="command")
    for room in _ROOMS:
        room.add(commands)
    return parser


if __name__ == "__main__":
    raise SystemExit(main())

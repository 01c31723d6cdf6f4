"""`finsam figures`: tables out of workbooks and bookkeeping files."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from finsam_desktop.commands import account_plan, figures_said, statements
from finsam_desktop.commands.common import (
    DONE,
    FINDINGS,
    as_json,
    command,
    file_and_meeting,
    group,
    open_file,
    print_json,
)


def add(commands: Any) -> None:
    """Add the commands."""
    figures = group(commands, "figures", "siffror ur arbetsböcker och SIE-filer")
    read = command(figures, "read", _figures_read, "visa tabellerna som känns igen i en fil")
    read.add_argument("source", metavar="KÄLLA", type=Path)
    read.add_argument(
        "--sheet", metavar="BLAD", help="bara det här bladet, till exempel Resultat T1 ur en SIE-fil"
    )
    as_json(read)
    accounts = command(figures, "accounts", _figures_accounts, "visa konton och saldon i en SIE-fil")
    accounts.add_argument("source", metavar="KÄLLA", type=Path)
    accounts.add_argument(
        "--tertial", type=int, choices=(1, 2, 3), help="till och med tertialet; annars det senaste"
    )
    as_json(accounts)
    attach = command(figures, "attach", _figures_attach, "sätt in tabellerna i ett ärende")
    file_and_meeting(attach)
    attach.add_argument("item", metavar="ÄRENDE", help="ärendets nummer, till exempel 5 eller 5B")
    attach.add_argument("source", metavar="KÄLLA", type=Path)
    attach.add_argument("--sheet", metavar="BLAD", help="bara det här bladet")
    attach.add_argument(
        "--replace", action="store_true", help="ersätt tabeller från samma blad när siffror skiljer"
    )
    statements.add_to_figures(figures)
    account_plan.add_to_figures(figures)
    figures_said.add_to_figures(figures)


def _figures_read(options: argparse.Namespace) -> int:
    from finsam_desktop.commands import listing

    shown = listing.tables(options.source, date.today(), options.sheet)
    print_json(shown.data) if options.json else print("\n".join(shown.lines))
    return DONE


def _figures_accounts(options: argparse.Namespace) -> int:
    from finsam_desktop.commands import bookkeeping_listing

    shown = bookkeeping_listing.accounts(options.source, options.tertial)
    print_json(shown.data) if options.json else print("\n".join(shown.lines))
    return DONE


def _figures_attach(options: argparse.Namespace) -> int:
    from finsam_desktop.attach_figures import attach

    with open_file(options.file) as workspace:
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

"""`finsam figures report` and `finsam equity`: reports out of the bookkeeping, and equity against both measures."""

from __future__ import annotations

import argparse
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from finsam_desktop.commands.common import (
    DONE,
    FINDINGS,
    as_json,
    command,
    file_and_meeting,
    open_file,
    print_json,
)

if TYPE_CHECKING:
    from finsam_desktop.bookkeeping_reports import MadeReports
    from finsam_desktop.domain.association import Association
    from finsam_desktop.domain.meeting import Meeting


def add(commands: Any) -> None:
    """Add `finsam equity`."""
    equity = command(commands, "equity", _equity, "mät eget kapital med båda måtten")
    equity.add_argument("file", metavar="FIL", type=Path, help="förbundets fil, eller en SIE-fil")
    equity.add_argument("--meeting", metavar="SAMMANTRÄDE", help="siffrorna i det sammanträdets ärenden")
    equity.add_argument(
        "--contribution", metavar="KRONOR", type=_kronor, help="årets medlemsbidrag, annars förbundets egen uppgift"
    )  # fmt: skip
    as_json(equity)


def add_to_figures(figures: Any) -> None:
    """Add `report` and `attach-report` to the group `finsam figures`."""
    report = command(figures, "report", _report, "gör resultat- och balansrapport ur bokföringen")
    _selection(report)
    report.add_argument(
        "--association",
        metavar="FIL",
        type=Path,
        dest="file",
        help="förbundets fil, för dess kontoplan, prognoser, ändrade siffror och fastställda budget",
    )
    as_json(report)
    attach = command(figures, "attach-report", _attach_report, "sätt in rapporterna i ett ärende")
    file_and_meeting(attach)
    attach.add_argument("item", metavar="ÄRENDE", help="ärendets nummer, till exempel 5 eller 5B")
    _selection(attach)
    attach.add_argument("--replace", action="store_true", help="ersätt rapporter när siffror skiljer")


def _selection(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="KÄLLA", type=Path, help="SIE-fil, eller arbetsbok med konton")
    parser.add_argument("--previous", metavar="KÄLLA", type=Path, help="förra årets fil")
    parser.add_argument(
        "--tertial", type=int, choices=(1, 2, 3), help="3 är hela året; annars filens senaste"
    )
    parser.add_argument(
        "--span",
        choices=("accumulated", "tertial", "both"),
        help="från årets början, bara tertialet, eller båda",
    )
    parser.add_argument(
        "--object", metavar="DIM:KOD", action="append", type=_object, default=[], dest="objects",
        help="bara det som är bokfört på objektet, till exempel 1:100",
    )  # fmt: skip
    parser.add_argument(
        "--accounts", metavar="FRÅN-TILL", action="append", type=_accounts, default=[],
        help="bara de kontona, till exempel 4500-4599",
    )  # fmt: skip
    parser.add_argument("--by", metavar="DIM", type=int, help="en rad för varje objekt i dimensionen")
    parser.add_argument(
        "--plan", metavar="KONTOPLAN", type=Path, help="egen kontoplan (.toml eller arbetsbok)"
    )
    parser.add_argument(
        "--fixed-budget",
        action="store_true",
        help="budgeten som styrelsen har fastställt i stället för bokföringens",
    )
    parser.add_argument("--forecasts", metavar="TOML", type=Path, help="prognoser för året, post för post")
    parser.add_argument(
        "--forecast", metavar="POST=KRONOR", action="append", default=[],
        help="prognos för en post, kostnader med minus; en kommentar kan stå efter ännu ett likhetstecken",
    )  # fmt: skip


def _object(text: str) -> tuple[int, str]:
    dimension, colon, code = text.partition(":")
    if not colon or not dimension.isascii() or not dimension.isdecimal() or not code:
        raise argparse.ArgumentTypeError(f"{text} är inte ett objekt, skriv som 1:100")
    return int(dimension), code


def _accounts(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,4})\s*(?:[-–]\s*(\d{1,4}))?", text, re.ASCII)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text} är inte konton, skriv som 4500-4599")
    first, last = found.group(1), found.group(2) or found.group(1)
    low, high = int(first.ljust(4, "0")), int(last.ljust(4, "9"))
    if low > high:
        raise argparse.ArgumentTypeError(f"{text} är konton baklänges, skriv som 4500-4599")
    return low, high


def _kronor(text: str) -> Decimal:
    digits = re.sub(r"[\s\u00a0\u202f]", "", text).replace(",", ".")
    if not re.fullmatch(r"\d{1,15}(\.\d{1,2})?", digits, re.ASCII):
        raise argparse.ArgumentTypeError(f"{text} är inte kronor, skriv som 11490000")
    return Decimal(digits)


def _made(options: argparse.Namespace) -> tuple[MadeReports, tuple[str, ...]]:
    """The reports, with what the association's file knows where the command names it, and the faults of the source."""
    from finsam_desktop.bookkeeping_reports import Books, Wanted, make_reports
    from finsam_desktop.domain.forecasts import Forecasts
    from finsam_desktop.files.account_plan_files import read_plan_file
    from finsam_desktop.sources.books import read_books
    from finsam_desktop.sources.forecasts import forecast_from_text, read_forecasts
    from finsam_desktop.sources.sie.reports import Selection, Span

    sie = read_books(options.source)
    previous = read_books(options.previous) if options.previous else None
    given = read_forecasts(options.forecasts) if options.forecasts else Forecasts()
    forecasts = Forecasts(
        entries=(*given.entries, *(forecast_from_text(text) for text in options.forecast)),
        rest_as_budget=given.rest_as_budget,
    )
    wanted = Wanted(
        selection=Selection(
            tertial=options.tertial,
            span=Span(options.span) if options.span else None,
            objects=tuple(options.objects),
            accounts=tuple(options.accounts),
        ),
        by=options.by,
        plan=read_plan_file(options.plan) if options.plan else None,
        fixed_budget=options.fixed_budget,
    )
    association: Association | None = None
    meetings: tuple[Meeting, ...] = ()
    file: Path | None = getattr(options, "file", None)
    if file is not None:
        with open_file(file, read_only=True) as workspace:
            association, meetings = workspace.association, workspace.meetings
    made = make_reports(
        Books(sie=sie, previous=previous),
        wanted,
        association,
        meetings,
        forecasts=forecasts,
        today=date.today(),
    )
    return made, tuple(str(fault) for fault in sie.errors)


def _report(options: argparse.Namespace) -> int:
    from finsam_desktop.commands import listing
    from finsam_desktop.domain.figures_checks import Level
    from finsam_desktop.domain.figures_layout import printed

    made, faults = _made(options)
    tables, findings, remarks = made.tables, made.findings, (*faults, *made.remarks)
    if options.json:
        print_json({
            "tables": listing.figure_tables(tables).data,
            "remarks": list(remarks),
            "findings": [
                {"check": f.check, "level": f.level.value, "title": f.title, "text": f.text, "address": f.address}
                for f in findings
            ],
        })  # fmt: skip
    else:
        for table in tables:
            print("\n".join((*listing.figure_tables((table,)).lines[:-1], printed(table).note, "")))
        for line in (*remarks, *(f"{finding.title}. {finding.text}" for finding in findings)):
            print(line)
    return FINDINGS if any(finding.level is not Level.NOTE for finding in findings) else DONE


def _attach_report(options: argparse.Namespace) -> int:
    from finsam_desktop.attach_figures import attach_tables

    made, faults = _made(options)
    with open_file(options.file) as workspace:
        result = attach_tables(
            workspace, options.meeting, options.item, made.tables, replace_changed=options.replace
        )
    print("\n".join((*faults, *made.remarks, *result.lines)))
    return FINDINGS if result.held_back else DONE


def _equity(options: argparse.Namespace) -> int:
    from finsam_desktop.commands import equity_listing
    from finsam_desktop.domain.equity_findings import latest_equity
    from finsam_desktop.domain.equity_measures import decisive, measured_equity
    from finsam_desktop.errors import UserError

    contribution = options.contribution
    if options.file.suffix.lower() in (".se", ".si", ".sie"):
        from finsam_desktop.sources.books import read_books
        from finsam_desktop.sources.sie.reports import standard_reports

        tables = standard_reports(read_books(options.file), read_on=date.today()).tables
        measured, origin = measured_equity(tables, contribution), f"ur {options.file.name}"
        shown = equity_listing.equity(measured, (), contribution, origin)
    else:
        with open_file(options.file, read_only=True) as workspace:
            association, meetings = workspace.association, workspace.meetings
            if options.meeting:
                meetings = (workspace.find_meeting(options.meeting),)
        latest = latest_equity(association, meetings, contribution)
        if latest is None:
            raise UserError(
                f"Inget ärende i {options.file.name} har en balansrapport med eget kapital.",
                advice="Sätt in balansrapporten i ett ärende, eller ange en SIE-fil i stället.",
            )
        measured, origin = latest.measured, f"{latest.meeting.date}, {latest.item.title}"
        year = association.rules.contribution if contribution is None else contribution
        shown = equity_listing.equity(measured, association.members, year, origin)
    print_json(shown.data) if options.json else print("\n".join(shown.lines))
    last = decisive(measured)
    over = last is not None and (last.within_ladder is False or last.within_plain is False)
    return FINDINGS if over else DONE

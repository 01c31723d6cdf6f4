"""`finsam annual`: the figures of the årsredovisning, and the texts, sick leave and adjustments beside them."""

from __future__ import annotations

import argparse
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from finsam_desktop.commands.activity import show
from finsam_desktop.commands.annual_listing import TEXTS
from finsam_desktop.commands.common import (
    DONE,
    FINDINGS,
    as_json,
    command,
    file_and_meeting,
    group,
    open_file,
)
from finsam_desktop.errors import UserError

if TYPE_CHECKING:
    from finsam_desktop.domain.annual_report import AnnualReport, BalanceAdjustment, SickLeave
    from finsam_desktop.domain.association import Association

_SHARES = ("total", "long", "women", "men", "before")
_COUNTS = ("employees", "women_employees", "men_employees")


def add(commands: Any) -> None:
    """Add the commands."""
    annual = group(commands, "annual", "årsredovisningens siffror och det som skrivs till dem")
    shown = command(annual, "show", _show, "visa kassaflöde, driftredovisning, balanskrav och vad som saknas")
    file_and_meeting(shown)
    shown.add_argument("item", metavar="ÄRENDE", help="ärendet med årets tabeller, till exempel 5")
    as_json(shown)
    put = command(annual, "set", _set, "skriv texter, sjukfrånvaro och justeringar")
    put.add_argument("file", metavar="FIL", type=Path)
    put.add_argument("year", metavar="ÅR", type=int)
    for name, title in TEXTS.items():
        put.add_argument(f"--{name}", metavar="TEXT", help=title.lower())
    for name in _SHARES:
        put.add_argument(f"--sick-{name}", metavar="PROCENT", help="sjukfrånvaro, till exempel 4,2")
    for name in _COUNTS:
        put.add_argument(f"--{name.replace('_', '-')}", metavar="ANTAL", type=int, help="antal anställda")
    put.add_argument(
        "--adjust",
        metavar=("POST", "KR"),
        nargs=2,
        action="append",
        help="justering enligt balanskravet; 0 tar bort",
    )
    put.add_argument("--notes", action="store_true", help="lägg in de vanliga noternas rubriker")


def _show(options: argparse.Namespace) -> int:
    from finsam_desktop.attach_figures import find_item
    from finsam_desktop.commands import annual_listing
    from finsam_desktop.domain.annual_years import annual_year
    from finsam_desktop.domain.plan_sums import plan_of

    with open_file(options.file, read_only=True) as workspace:
        association = workspace.association
        meeting = workspace.find_meeting(options.meeting)
        item = find_item(meeting, options.item)
        year = annual_year(association, meeting, item)
    listing = annual_listing.annual(_report(association, year), item.figures, plan_of(association, year))
    show(listing, options)
    return FINDINGS if listing.data["remarks"] else DONE


def _set(options: argparse.Namespace) -> int:
    from finsam_desktop.domain.annual import note_skeleton

    changed: dict[str, Any] = {
        name: getattr(options, name) for name in TEXTS if getattr(options, name) is not None
    }  # fmt: skip
    with open_file(options.file) as workspace:
        before = workspace.association
        report = _report(before, options.year)
        changed["sick_leave"] = _sick_leave(report.sick_leave, options)
        changed["adjustments"] = _adjusted(report.adjustments, options.adjust or [])
        if options.notes and not report.notes:
            changed["notes"] = note_skeleton()
        after = replace(report, **changed)
        rest = tuple(one for one in before.annual_reports if one.year != options.year)
        reports = tuple(sorted((*rest, after), key=lambda one: one.year))
        if after != report:
            label = f"Ändra årsredovisningen för {options.year}"
            workspace.change(label, before, replace(before, annual_reports=reports))
    print(f"Årsredovisningen för {options.year} är ändrad." if after != report else "Inget är ändrat.")
    return DONE


def _report(association: Association, year: int) -> AnnualReport:
    from finsam_desktop.domain.annual_report import AnnualReport

    known = (one for one in association.annual_reports if one.year == year)
    return next(known, AnnualReport(id=f"arsredovisning-{year}", year=year))


def _sick_leave(sick: SickLeave, options: argparse.Namespace) -> SickLeave:
    from finsam_desktop.domain.typed_numbers import UnreadableNumber, read_share

    changed: dict[str, Any] = {}
    for name in _SHARES:
        text = getattr(options, f"sick_{name}")
        if text is not None:
            try:
                changed[name] = read_share(text)
            except UnreadableNumber as error:
                raise UserError(str(error), advice="Inget är ändrat.") from error
    changed |= {name: getattr(options, name) for name in _COUNTS if getattr(options, name) is not None}
    return replace(sick, **changed)


def _adjusted(
    known: tuple[BalanceAdjustment, ...], given: list[tuple[str, str]]
) -> tuple[BalanceAdjustment, ...]:
    from finsam_desktop.domain.annual_report import BalanceAdjustment
    from finsam_desktop.domain.typed_numbers import UnreadableNumber, read_kr

    by_label: dict[str, Decimal] = {each.label: each.amount for each in known}
    for label, text in given:
        try:
            by_label[label] = read_kr(text) or Decimal()
        except UnreadableNumber as error:
            raise UserError(str(error), advice="Inget är ändrat.") from error
    return tuple(
        BalanceAdjustment(label=label, amount=amount) for label, amount in by_label.items() if amount
    )

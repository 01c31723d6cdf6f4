"""What the two measures say of equity, in words: the latest figures there are, and whether they are within."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from finsam_desktop.domain import wording
from finsam_desktop.domain.agenda import AgendaItem, walk
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.equity_measures import LADDER, PLAIN, MeasuredEquity, decisive, measured_equity
from finsam_desktop.domain.meeting import Meeting


@dataclass(frozen=True, slots=True, kw_only=True)
class LatestEquity:
    """Equity as the latest item with a balance sheet says it."""

    measured: tuple[MeasuredEquity, ...]
    meeting: Meeting
    item: AgendaItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What one measure says of equity at one moment. ``within`` is None when the contributions are unknown."""

    measure: str
    title: str
    text: str
    within: bool | None


def latest_equity(
    association: Association, meetings: Iterable[Meeting], contribution: Decimal | None = None
) -> LatestEquity | None:
    """The latest figures of equity in the meetings; None when no item has a balance sheet with it.

    ``contribution`` stands in the place of the association's own contributions of the year, in kr.
    """
    year = association.rules.contribution if contribution is None else contribution
    for meeting in sorted(meetings, key=lambda each: each.date, reverse=True):
        if meeting.cancelled_on is not None:
            continue
        for item in walk(meeting.items):
            found = measured_equity(item.figures, year)
            if found:
                return LatestEquity(measured=found, meeting=meeting, item=item)
    return None


def verdicts(measured: Sequence[MeasuredEquity]) -> tuple[Verdict, ...]:
    """What either measure says of the moment that it is for; empty without contributions."""
    each = decisive(measured)
    if each is None or each.cap is None or each.plain_cap is None:
        return ()
    return (
        _verdict(each, LADDER, "Nationella rådets trappa", each.cap, each.within_ladder),
        _verdict(each, PLAIN, "måttet 20 procent", each.plain_cap, each.within_plain),
    )


def _verdict(each: MeasuredEquity, measure: str, name: str, cap: Decimal, within: bool | None) -> Verdict:
    moment = each.moment.value
    when = f"{moment[:1].upper()}{moment[1:]}"
    gap = wording.amount(abs(each.amount - cap))
    return Verdict(
        measure=measure,
        title=f"Eget kapital ryms inom {name}" if within else f"Eget kapital är över {name}",
        text=f"{when} {wording.amount(each.amount)}, taket är {wording.amount(cap)}: {gap} "
        + ("under." if within else "över."),
        within=within,
    )

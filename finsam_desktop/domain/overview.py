"""What Översikt shows of the association: which meeting is next, what is undecided, how the money stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finsam_desktop.domain.agenda import AgendaItem, walk
from finsam_desktop.domain.decisions import Outcome
from finsam_desktop.domain.economy import Equity, equity, first_with
from finsam_desktop.domain.figures import ColumnRole, FigureTable, Post, Purpose
from finsam_desktop.domain.meeting import Meeting, MeetingState

_HELD = tuple(MeetingState)[tuple(MeetingState).index(MeetingState.HELD) :]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOpen:
    """An item that the board tabled or sent back, and that has not come up again since."""

    meeting: Meeting
    item: AgendaItem
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Economy:
    """The newest report's income statement and equity: costs in kr as positive numbers.

    ``last_month`` is the last month of the outcome (1–12); ``meeting`` and ``item`` are where the figures stand.
    """

    meeting: Meeting
    item: AgendaItem
    year: int
    last_month: int
    table: FigureTable
    equity: Equity | None
    budget_costs: Decimal | None
    outcome_costs: Decimal | None
    forecast_costs: Decimal | None


def next_meeting(meetings: Iterable[Meeting], today: date) -> Meeting | None:
    """The first meeting from ``today`` on that has not been held or called off, or None."""
    coming = (m for m in meetings if m.date >= today and m.state not in _HELD and m.cancelled_on is None)
    return min(coming, key=lambda m: (m.date, m.id), default=None)


def latest_meeting(meetings: Iterable[Meeting], today: date) -> Meeting | None:
    """The last meeting before ``today`` that was not called off, or None."""
    past = (m for m in meetings if m.date < today and m.cancelled_on is None)
    return max(past, key=lambda m: (m.date, m.id), default=None)


def left_open(meetings: Sequence[Meeting]) -> tuple[LeftOpen, ...]:
    """Tabled and remitted items, oldest first, that no later meeting has on its agenda under the same title."""
    latest_first = sorted(
        (m for m in meetings if m.cancelled_on is None), key=lambda m: (m.date, m.id), reverse=True
    )
    later: set[str] = set()
    found: list[tuple[LeftOpen, ...]] = []
    for meeting in latest_first:
        items = tuple(walk(meeting.items))
        found.append(
            tuple(
                LeftOpen(meeting=meeting, item=item, outcome=item.decision.outcome)
                for item in items
                if item.decision.outcome in (Outcome.TABLED, Outcome.REMITTED) and item.title not in later
            )
        )
        later.update(item.title for item in items)
    return tuple(left for of_meeting in reversed(found) for left in of_meeting)


def _reports(meetings: Iterable[Meeting]) -> Iterator[tuple[Meeting, AgendaItem]]:
    for meeting in sorted(meetings, key=lambda m: (m.date, m.id), reverse=True):
        for item in walk(meeting.items):
            if item.report is not None:
                yield meeting, item


def economy(meetings: Iterable[Meeting], contribution: Decimal | None) -> Economy | None:
    """The newest tertialrapport's figures, or None when no report has any. ``contribution`` is the year's, in kr."""
    for meeting, item in _reports(meetings):
        table = first_with(item.figures, Purpose.INCOME_STATEMENT)
        if table is None or item.report is None:
            continue
        return Economy(
            meeting=meeting,
            item=item,
            equity=equity(item.figures, contribution),
            year=item.report.year,
            last_month=item.report.tertial * 4,
            table=table,
            budget_costs=_costs(table, ColumnRole.BUDGET),
            outcome_costs=_costs(table, ColumnRole.OUTCOME),
            forecast_costs=_costs(table, ColumnRole.FULL_YEAR_FORECAST),
        )
    return None


def _costs(table: FigureTable, role: ColumnRole) -> Decimal | None:
    amount = table.amount(Post.COSTS, role)
    return None if amount is None else abs(amount)

"""What Översikt shows of the association: which meeting is next, what is undecided, how the money stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finsam_desktop.domain.agenda import AgendaItem, walk
from finsam_desktop.domain.decisions import Outcome
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
    """The newest income statement: costs in kr as positive numbers, and the last month of the outcome (1–12)."""

    year: int
    last_month: int
    table: FigureTable
    budget_costs: Decimal | None
    outcome_costs: Decimal | None
    forecast_costs: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Equity:
    """Equity in kr at the end of a year; ``forecast`` when the year has not ended."""

    year: int
    amount: Decimal
    forecast: bool


def next_meeting(meetings: Iterable[Meeting], today: date) -> Meeting | None:
    """The first meeting from ``today`` on that has not been held, or None."""
    coming = (m for m in meetings if m.date >= today and m.state not in _HELD)
    return min(coming, key=lambda m: (m.date, m.id), default=None)


def latest_meeting(meetings: Iterable[Meeting], today: date) -> Meeting | None:
    """The last meeting before ``today``, or None."""
    past = (m for m in meetings if m.date < today)
    return max(past, key=lambda m: (m.date, m.id), default=None)


def left_open(meetings: Sequence[Meeting]) -> tuple[LeftOpen, ...]:
    """Tabled and remitted items, oldest first, that no later meeting has on its agenda under the same title."""
    ordered = sorted(meetings, key=lambda m: (m.date, m.id))
    found: list[LeftOpen] = []
    for place, meeting in enumerate(ordered):
        later = {item.title for after in ordered[place + 1 :] for item in walk(after.items)}
        found += [
            LeftOpen(meeting=meeting, item=item, outcome=item.decision.outcome)
            for item in walk(meeting.items)
            if item.decision.outcome in (Outcome.TABLED, Outcome.REMITTED) and item.title not in later
        ]
    return tuple(found)


def _reports(meetings: Iterable[Meeting]) -> Iterator[tuple[Meeting, AgendaItem]]:
    for meeting in sorted(meetings, key=lambda m: (m.date, m.id), reverse=True):
        for item in walk(meeting.items):
            if item.report is not None:
                yield meeting, item


def economy(meetings: Iterable[Meeting]) -> Economy | None:
    """The newest tertialrapport's income statement, or None when no report has one."""
    for _, item in _reports(meetings):
        table = next((t for t in item.figures if t.purpose is Purpose.INCOME_STATEMENT), None)
        if table is None or item.report is None:
            continue
        return Economy(
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


def equity(meetings: Iterable[Meeting]) -> tuple[Equity, ...]:
    """Equity at the end of the year before the newest report and, by its forecast, at the end of its own year."""
    for _, item in _reports(meetings):
        opening = _first_amount(item, Post.OPENING_EQUITY)
        statement = next((t for t in item.figures if t.purpose is Purpose.INCOME_STATEMENT), None)
        if opening is None or item.report is None:
            continue
        known = Equity(year=item.report.year - 1, amount=opening, forecast=False)
        result = statement.amount(Post.RESULT, ColumnRole.FULL_YEAR_FORECAST) if statement is not None else None
        if result is None:
            return (known,)
        return (known, Equity(year=item.report.year, amount=opening + result, forecast=True))
    return ()


def _first_amount(item: AgendaItem, post: Post) -> Decimal | None:
    for table in item.figures:
        for role in (ColumnRole.OUTCOME, ColumnRole.PREVIOUS_OUTCOME):
            amount = table.amount(post, role)
            if amount is not None:
                return amount
    return None

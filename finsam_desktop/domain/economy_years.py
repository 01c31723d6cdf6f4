"""How the economy has gone, year by year: out of the figure tables of the meetings, and the plans for years to come.

Amounts in kr, costs as positive numbers. Every figure says which table or plan it comes from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from finsam_desktop.domain.agenda import AgendaItem, walk
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.figures import ColumnRole, FigureTable, Post, Purpose
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.plan_sums import plan_years

_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class Certainty(StrEnum):
    """How much a figure is worth: the year's own outcome, a forecast of it, or what the plan says."""

    OUTCOME = "outcome"
    FORECAST = "forecast"
    PLAN = "plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class YearFigure:
    """An amount and where it comes from: a table of an item, or the plan of a year (then there is no meeting)."""

    amount: Decimal
    certainty: Certainty
    meeting_id: str = ""
    item_id: str = ""
    table_id: str = ""
    plan_year: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class EconomyYear:
    """What is known of a year; None for what is not. ``budget`` and ``costs`` are the year's costs."""

    year: int
    budget: YearFigure | None = None
    costs: YearFigure | None = None
    result: YearFigure | None = None
    equity: YearFigure | None = None


_Take = Callable[[int, str, YearFigure | None], None]
_BEST: Final = {Certainty.OUTCOME: 2, Certainty.FORECAST: 1, Certainty.PLAN: 0}


def economy_years(association: Association, meetings: Iterable[Meeting]) -> tuple[EconomyYear, ...]:
    """Every year that something is known of, in order.

    An outcome is taken before a forecast and that before a plan; of equal ones the latest meeting's.
    """
    found: dict[tuple[int, str], YearFigure] = {}

    def take(year: int, name: str, figure: YearFigure | None) -> None:
        old = found.get((year, name))
        if figure is not None and (old is None or _BEST[figure.certainty] >= _BEST[old.certainty]):
            found[year, name] = figure

    for plan in sorted(association.plans, key=lambda each: each.year):
        for planned in plan_years(plan):
            for name, amount in (
                ("budget", planned.costs), ("result", planned.result), ("equity", planned.closing),
            ):  # fmt: skip
                if amount is not None:
                    take(planned.year, name, YearFigure(
                        amount=amount, certainty=Certainty.PLAN, plan_year=plan.year
                    ))  # fmt: skip
    for meeting in sorted(meetings, key=lambda each: each.date):
        if meeting.cancelled_on is not None:
            continue
        for item in walk(meeting.items):
            equity_start: Decimal | None = None
            for table in item.figures:
                year = table_year(table)
                if year is None:
                    continue
                if table.purpose is Purpose.INCOME_STATEMENT:
                    _take_income(take, year, meeting, item, table)
                elif table.purpose is Purpose.BALANCE_SHEET:
                    equity_start = _take_balance(take, year, meeting, item, table)
            if equity_start is not None:
                _take_expected_equity(take, equity_start, meeting, item)
    years = sorted({year for year, _ in found})
    return tuple(
        EconomyYear(
            year=year,
            **{name: found.get((year, name)) for name in ("budget", "costs", "result", "equity")},
        )
        for year in years
    )


def table_year(table: FigureTable) -> int | None:
    """The year that a table is about: its period's, else the one in the head of outcome or budget."""
    if table.period is not None:
        return table.period.end.year
    for role in (ColumnRole.OUTCOME, ColumnRole.BUDGET):
        place = table.column_index(role)
        said = _YEAR.findall(table.columns[place].title) if place is not None else []
        if said:
            return int(said[0])
    return None


def _take_income(take: _Take, year: int, meeting: Meeting, item: AgendaItem, table: FigureTable) -> None:
    period = table.period
    whole = period is not None and (period.start.month, period.end.month) == (1, 12)

    def of(post: Post, role: ColumnRole, certainty: Certainty, *, turned: bool = False) -> YearFigure | None:
        amount = table.amount(post, role)
        if amount is None:
            return None
        return YearFigure(
            amount=-amount if turned else amount,
            certainty=certainty,
            meeting_id=meeting.id,
            item_id=item.id,
            table_id=table.id,
        )

    outcome, forecast = Certainty.OUTCOME, Certainty.FORECAST
    # A budget in a report is what the year was decided to cost; it is as certain as an outcome.
    take(year, "budget", of(Post.COSTS, ColumnRole.BUDGET, outcome, turned=True))
    for name, post, turned in (("costs", Post.COSTS, True), ("result", Post.RESULT, False)):
        take(year, name, of(post, ColumnRole.FULL_YEAR_FORECAST, forecast, turned=turned))
        if whole:
            take(year, name, of(post, ColumnRole.OUTCOME, outcome, turned=turned))
            take(year - 1, name, of(post, ColumnRole.PREVIOUS_OUTCOME, outcome, turned=turned))


def _take_balance(
    take: _Take, year: int, meeting: Meeting, item: AgendaItem, table: FigureTable
) -> Decimal | None:
    """Take equity at the year's end and at the end of the year before, which is what this one starts with."""

    def figure(amount: Decimal | None) -> YearFigure | None:
        if amount is None:
            return None
        return YearFigure(
            amount=amount, certainty=Certainty.OUTCOME, meeting_id=meeting.id, item_id=item.id, table_id=table.id
        )  # fmt: skip

    period = table.period
    if period is not None and (period.end.month, period.end.day) == (12, 31):
        take(year, "equity", figure(table.amount(Post.CLOSING_EQUITY, ColumnRole.OUTCOME)))
    start = table.amount(Post.OPENING_EQUITY, ColumnRole.OUTCOME)
    if start is None:
        start = table.amount(Post.CLOSING_EQUITY, ColumnRole.PREVIOUS_OUTCOME)
    take(year - 1, "equity", figure(start))
    before = table.column_index(ColumnRole.PREVIOUS_OUTCOME)
    if before is not None and "12-31" in table.columns[before].title:
        take(year - 1, "result", figure(table.amount(Post.RESULT, ColumnRole.PREVIOUS_OUTCOME)))
    return start


def _take_expected_equity(take: _Take, start: Decimal, meeting: Meeting, item: AgendaItem) -> None:
    for table in item.figures:
        year = table_year(table)
        result = table.amount(Post.RESULT, ColumnRole.FULL_YEAR_FORECAST)
        if table.purpose is Purpose.INCOME_STATEMENT and year is not None and result is not None:
            take(year, "equity", YearFigure(
                amount=start + result, certainty=Certainty.FORECAST, meeting_id=meeting.id, item_id=item.id,
                table_id=table.id,
            ))  # fmt: skip

"""What is worked out from figures: the recommended cap of equity, deviations and forecasts. Amounts in kr."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from finsam_desktop.domain.figures import (
    UNIT_IN_KR,
    ColumnKind,
    ColumnRole,
    FigureRow,
    FigureTable,
    Post,
    Purpose,
    RowKind,
)

_MKR = UNIT_IN_KR[next(unit for unit in UNIT_IN_KR if unit.value == "mkr")]
CAP_STEPS = (
    (7 * _MKR, Decimal("0.20")),
    (15 * _MKR, Decimal("0.15")),
    (None, Decimal("0.10")),
)
"""Upper end of each step of the year's member contributions in kr, and the share of the part inside it
(R47)."""
SHARE_LIMIT = Decimal("0.20")
"""The other measure in use: equity at most 20 % of the year's member contributions (R47b)."""


def recommended_cap(contribution: Decimal) -> Decimal:
    """The recommended cap of equity in kr for the year's member contributions in kr.

    Nationella rådet's ladder: 20 % up to 7 mkr, 15 % of 7–15 mkr, 10 % above (R47). Not binding. Negative
    contributions count as none.
    """
    cap, below = Decimal(0), Decimal(0)
    for end, share in CAP_STEPS:
        top = contribution if end is None else min(contribution, end)
        cap += share * max(Decimal(0), top - below)
        below = end if end is not None else below
    return cap


@dataclass(frozen=True, slots=True, kw_only=True)
class Equity:
    """Equity in kr: at the last year-end, forecast for this year-end, and the year's member contributions."""

    opening: Decimal
    forecast: Decimal | None = None
    contribution: Decimal | None = None

    @property
    def closing(self) -> Decimal:
        """The equity that is measured: the forecast where there is one, else the opening equity."""
        return self.opening if self.forecast is None else self.forecast

    @property
    def cap(self) -> Decimal | None:
        """The recommended cap in kr, None when contributions are unknown."""
        return None if self.contribution is None else recommended_cap(self.contribution)

    @property
    def share(self) -> Decimal | None:
        """Equity as a part of contributions (0.15), None when they are unknown or nothing."""
        return self.closing / self.contribution if self.contribution else None


def equity(tables: tuple[FigureTable, ...], contribution: Decimal | None) -> Equity | None:
    """Equity from the balance sheet and the forecast of the income statement; None without opening equity."""
    balance = first_with(tables, Purpose.BALANCE_SHEET)
    income = first_with(tables, Purpose.INCOME_STATEMENT)
    opening = None
    if balance is not None:
        opening = balance.amount(Post.OPENING_EQUITY, ColumnRole.OUTCOME)
        if opening is None:
            opening = balance.amount(Post.CLOSING_EQUITY, ColumnRole.PREVIOUS_OUTCOME)
    if opening is None:
        return None
    result = income.amount(Post.RESULT, ColumnRole.FULL_YEAR_FORECAST) if income is not None else None
    return Equity(
        opening=opening, forecast=None if result is None else opening + result, contribution=contribution
    )


def first_with(tables: tuple[FigureTable, ...], purpose: Purpose) -> FigureTable | None:
    """The first table with this purpose, or None."""
    return next((table for table in tables if table.purpose is purpose), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class CostArea:
    """An area's costs for the year as positive kr."""

    name: str
    budget: Decimal
    forecast: Decimal


def cost_areas(table: FigureTable) -> tuple[CostArea, ...]:
    """The areas of cost with budget and forecast, largest budget first; empty when either column is missing.

    The areas are the rows above the sum of costs, back to the heading or sum before them. A row that gives a surplus
    in either column is no cost to compare and is left out: a bar can not show it.
    """
    budget = table.column_index(ColumnRole.BUDGET)
    forecast = table.column_index(ColumnRole.FULL_YEAR_FORECAST)
    label = table.column_index(ColumnRole.LABEL)
    if budget is None or forecast is None or label is None:
        return ()
    areas = []
    for row in _rows_above(table, Post.COSTS):
        planned, expected = table.kr(row, budget), table.kr(row, forecast)
        if planned is not None and expected is not None and planned <= 0 and expected <= 0:
            areas.append(CostArea(name=row.cells[label].text, budget=-planned, forecast=-expected))
    return tuple(sorted(areas, key=lambda area: -area.budget))


def _rows_above(table: FigureTable, post: Post) -> tuple[FigureRow, ...]:
    end = next((index for index, row in enumerate(table.rows) if row.post is post), None)
    if end is None:
        return ()
    start = end
    while start > 0 and table.rows[start - 1].kind is RowKind.ROW:
        start -= 1
    return table.rows[start:end]


def total_count(table: FigureTable, word: str) -> Decimal | None:
    """The total of the first counted column whose title has ``word`` in it ("avslutade"); None when there
    is none."""
    column = next(
        (
            index
            for index, column in enumerate(table.columns)
            if column.kind is ColumnKind.COUNT and word in column.title.lower()
        ),
        None,
    )
    row = next((row for row in reversed(table.rows) if row.kind in (RowKind.SUM, RowKind.TOTAL)), None)
    return row.cells[column].amount if column is not None and row is not None else None

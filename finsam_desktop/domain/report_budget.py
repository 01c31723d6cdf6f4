"""The budget that the board fixed, in the place of the bookkeeping's own, when both have the same posts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from finsam_desktop.domain.figures import (
    ColumnKind,
    ColumnRole,
    FigureCell,
    FigureColumn,
    FigureRow,
    FigureTable,
    Post,
    Purpose,
    RowKind,
)
from finsam_desktop.domain.forecasts import Forecasts
from finsam_desktop.domain.year_plan import PlanKind, PlanLine, YearPlan

FROM_PLAN = "fastställd budget"
_FROM_BUDGET = "prognos lika med budget"
_COMPUTED = "prognos minus budget"


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedBudget:
    """A report with the fixed budget, and the plan's posts that the report has no row for.

    With any of those the report is unchanged: half a budget would be worse than another one.
    """

    table: FigureTable
    unknown: tuple[str, ...] = ()


def with_fixed_budget(table: FigureTable, plan: YearPlan, forecasts: Forecasts) -> FixedBudget:
    """A report with the plan's amounts as budget, post by post, and what follows from them.

    Sums add the rows to the öre, forecasts that follow the budget follow the new one, and deviations are computed
    again. Posts are the same when they are called the same. In a report by objects all income of the plan is taken as
    the budget of the one row that no cost of the plan has, which is where it is booked.
    """
    label = table.column_index(ColumnRole.LABEL)
    if label is None:
        return FixedBudget(table=table)
    known = {row.cells[label].text.casefold() for row in table.rows if row.kind is RowKind.ROW}
    lines = _for_objects(table, plan, label) if table.purpose is Purpose.OTHER else plan.lines
    unknown = tuple(line.label for line in lines if line.amount and line.label.casefold() not in known)
    if unknown:
        return FixedBudget(table=table, unknown=unknown)
    budgets: dict[str, Decimal] = {}
    for line in lines:
        if line.amount is not None:
            amount = line.amount if line.kind is PlanKind.INCOME else -line.amount
            key = line.label.casefold()
            budgets[key] = budgets.get(key, Decimal()) + amount
    table = _with_columns(table, plan.year, rest_as_budget=forecasts.rest_as_budget)
    budget, forecast, deviation = (
        table.column_index(role)
        for role in (ColumnRole.BUDGET, ColumnRole.FULL_YEAR_FORECAST, ColumnRole.DEVIATION)
    )
    assert budget is not None
    made: list[FigureRow] = []
    since = 0
    for row in table.rows:
        cells = list(row.cells)
        if row.kind is RowKind.ROW:
            amount = budgets.get(cells[label].text.casefold(), Decimal())
            cells[budget] = FigureCell(amount=amount, address=f"{FROM_PLAN} {plan.year}")
            follows = forecast is not None and (
                cells[forecast].address == _FROM_BUDGET
                or (forecasts.rest_as_budget and cells[forecast].amount is None)
            )
            if forecast is not None and follows:
                cells[forecast] = FigureCell(amount=amount, address=_FROM_BUDGET)
        elif row.kind is not RowKind.HEADING:
            start = since if row.post in (Post.INCOME, Post.COSTS) else 0
            parts = [each for each in made[start:] if each.kind is RowKind.ROW]
            cells[budget] = replace(cells[budget], amount=_sum(parts, budget))
            if forecast is not None:
                cells[forecast] = replace(cells[forecast], amount=_sum(parts, forecast))
        if deviation is not None:
            expected = cells[forecast].amount if forecast is not None else None
            planned = cells[budget].amount
            cells[deviation] = FigureCell(
                amount=None if expected is None or planned is None else expected - planned, address=_COMPUTED
            )
        made.append(replace(row, cells=tuple(cells)))
        if row.kind in (RowKind.SUM, RowKind.TOTAL):
            since = len(made)
    return FixedBudget(table=replace(table, rows=tuple(made)))


def _for_objects(table: FigureTable, plan: YearPlan, label: int) -> tuple[PlanLine, ...]:
    """The plan's lines, its income as one line called as the only row that none of its costs is called."""
    costs = tuple(line for line in plan.lines if line.kind is PlanKind.COST)
    named = {line.label.casefold() for line in costs}
    others = [
        row.cells[label].text
        for row in table.rows
        if row.kind is RowKind.ROW and row.cells[label].text.casefold() not in named
    ]
    if len(others) != 1:
        return plan.lines
    income = [line.amount for line in plan.lines if line.kind is PlanKind.INCOME and line.amount is not None]
    return (*costs, PlanLine(label=others[0], kind=PlanKind.INCOME, amount=sum(income, Decimal())))


def _with_columns(table: FigureTable, year: int, *, rest_as_budget: bool) -> FigureTable:
    """The table with a column for the budget, and for what follows from it, when it has none."""
    wanted = [(ColumnRole.BUDGET, f"Budget {year}")]
    if rest_as_budget or table.column_index(ColumnRole.FULL_YEAR_FORECAST) is not None:
        wanted += [
            (ColumnRole.FULL_YEAR_FORECAST, f"Prognos {year}"),
            (ColumnRole.DEVIATION, "Avvikelse mot budget"),
        ]
    order = [role for role, _ in wanted]
    for role, title in wanted:
        if table.column_index(role) is not None:
            continue
        later = [table.column_index(each) for each in order[order.index(role) + 1 :]]
        place = min((p for p in later if p is not None), default=len(table.columns))
        column = FigureColumn(title=title, role=role, kind=ColumnKind.AMOUNT)
        table = replace(
            table,
            columns=(*table.columns[:place], column, *table.columns[place:]),
            rows=tuple(
                replace(row, cells=(*row.cells[:place], FigureCell(), *row.cells[place:]))
                for row in table.rows
            ),
        )
    return table


def _sum(rows: list[FigureRow], place: int) -> Decimal | None:
    """The sum of a column; None when a row has no amount."""
    amounts = [row.cells[place].amount for row in rows]
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal()) if known and len(known) == len(amounts) else None

"""What a year plan comes to: sums by area and year, equity from opening to closing, and the tables that are printed.

Amounts in kr. Costs are positive in the plan's lines and negative in tables, as everywhere in reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from finsam_desktop.domain.agenda import AgendaItem, walk
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.equity_measures import MeasuredEquity, Moment
from finsam_desktop.domain.figures import (
    ColumnKind,
    ColumnRole,
    FigureCell,
    FigureColumn,
    FigureRow,
    FigureTable,
    Period,
    Post,
    Purpose,
    RowKind,
)
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.year_plan import (
    CONTRIBUTIONS,
    COST_AREAS,
    INCOME_AREAS,
    PlanKind,
    PlanLine,
    YearPlan,
)

YEARS: Final = 3
"""The budget year and the two after it (KL 11 kap. 6 §)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaSum:
    """An area's lines and its sum for each of the three years; a sum is None when none of its lines has an amount."""

    name: str
    kind: PlanKind
    lines: tuple[PlanLine, ...]
    sums: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanYear:
    """One of the plan's three years.

    ``missing`` are the labels of lines without an amount that year. Equity is None where the opening equity, or the
    year before, is unknown. A year without any amount has no sums.
    """

    year: int
    income: Decimal | None
    costs: Decimal | None
    contribution: Decimal | None
    opening: Decimal | None
    missing: tuple[str, ...] = ()

    @property
    def result(self) -> Decimal | None:
        """Income less costs; None when either is unknown."""
        return None if self.income is None or self.costs is None else self.income - self.costs

    @property
    def closing(self) -> Decimal | None:
        """Equity at the year's end."""
        return None if self.opening is None or self.result is None else self.opening + self.result

    @property
    def measured(self) -> MeasuredEquity | None:
        """Equity at the year's end against both measures; None when it is unknown."""
        if self.closing is None:
            return None
        return MeasuredEquity(
            moment=Moment.YEAR_END, amount=self.closing, contribution=self.contribution,
            day=date(self.year, 12, 31),
        )  # fmt: skip


def plan_of(association: Association, year: int) -> YearPlan | None:
    """The plan whose budget year is ``year``, or None."""
    return next((plan for plan in association.plans if plan.year == year), None)


def with_plan(association: Association, plan: YearPlan) -> Association:
    """The association with the plan in place of the one with its id, in order of years."""
    rest = tuple(each for each in association.plans if each.id != plan.id)
    return replace(association, plans=tuple(sorted((*rest, plan), key=lambda each: each.year)))


def is_contribution(line: PlanLine) -> bool:
    """Whether the line is what a member contributes."""
    return line.kind is PlanKind.INCOME and (bool(line.member_id) or line.area == CONTRIBUTIONS)


def areas(plan: YearPlan) -> tuple[AreaSum, ...]:
    """The plan's areas with their sums, income first, the usual ones in their order and others as they come."""
    found: dict[tuple[PlanKind, str], list[PlanLine]] = {}
    for line in plan.lines:
        found.setdefault((line.kind, line.area), []).append(line)
    order = {PlanKind.INCOME: INCOME_AREAS, PlanKind.COST: COST_AREAS}
    came = list(found)

    def place(key: tuple[PlanKind, str]) -> tuple[bool, int, int]:
        kind, name = key
        usual = order[kind]
        return kind is PlanKind.COST, usual.index(name) if name in usual else len(usual), came.index(key)

    return tuple(
        AreaSum(
            name=key[1], kind=key[0], lines=tuple(found[key]),
            sums=tuple(summed(found[key], offset) for offset in range(YEARS)),
        )
        for key in sorted(found, key=place)
    )  # fmt: skip


def summed(lines: Iterable[PlanLine], offset: int) -> Decimal | None:
    """The sum of the lines' amounts in the budget year (0) or a year after it; None when none has any."""
    known = [amount for line in lines if (amount := line.of(offset)) is not None]
    return sum(known, Decimal()) if known else None


def plan_years(plan: YearPlan) -> tuple[PlanYear, PlanYear, PlanYear]:
    """The three years in order; each opens with the equity that the one before closed with."""
    made: list[PlanYear] = []
    for offset in range(YEARS):
        income = [line for line in plan.lines if line.kind is PlanKind.INCOME]
        costs = [line for line in plan.lines if line.kind is PlanKind.COST]
        opening = plan.opening_equity if offset == 0 else made[-1].closing
        made.append(PlanYear(
            year=plan.year + offset,
            income=summed(income, offset),
            costs=summed(costs, offset),
            contribution=summed([line for line in income if is_contribution(line)], offset),
            opening=opening,
            missing=tuple(line.label for line in plan.lines if line.of(offset) is None),
        ))  # fmt: skip
    first, second, third = made
    return first, second, third


def budget_table(plan: YearPlan) -> FigureTable:
    """The budget with the plan's two further years, area by area, ready to print or to hold a report against.

    Areas of one line are printed as that line, without heading and sum.
    """
    rows: list[FigureRow] = []
    for kind, head, post in (
        (PlanKind.INCOME, "Intäkter", Post.INCOME),
        (PlanKind.COST, "Kostnader", Post.COSTS),
    ):
        is_cost = kind is PlanKind.COST
        rows.append(_heading(head, is_cost))
        of_kind = [area for area in areas(plan) if area.kind is kind]
        for area in of_kind:
            rows += [
                _row(line.label, [line.of(offset) for offset in range(YEARS)], is_cost=is_cost)
                for line in area.lines
            ]
        lines = [line for area in of_kind for line in area.lines]
        sums = [summed(lines, offset) for offset in range(YEARS)]
        rows.append(_row(f"Summa {head.lower()}", sums, RowKind.SUM, post, is_cost))
    results = [year.result for year in plan_years(plan)]
    rows.append(_row("Resultat", results, RowKind.TOTAL, Post.RESULT))
    return _table(plan, f"Budget {plan.year} och ekonomisk plan {plan.year}–{plan.year + 2}", rows,
                  Purpose.INCOME_STATEMENT)  # fmt: skip


def area_table(plan: YearPlan) -> FigureTable:
    """The budget by area only: a row for each area with the sum of its lines."""
    rows: list[FigureRow] = []
    for kind, head, post in (
        (PlanKind.INCOME, "Intäkter", Post.INCOME),
        (PlanKind.COST, "Kostnader", Post.COSTS),
    ):
        is_cost = kind is PlanKind.COST
        of_kind = [area for area in areas(plan) if area.kind is kind]
        rows += [_row(area.name or head, area.sums, is_cost=is_cost) for area in of_kind]
        sums = [
            year.income if kind is PlanKind.INCOME else year.costs for year in plan_years(plan)
        ]  # fmt: skip
        rows.append(_row(f"Summa {head.lower()}", sums, RowKind.SUM, post, is_cost))
    rows.append(_row("Resultat", [year.result for year in plan_years(plan)], RowKind.TOTAL, Post.RESULT))
    return _table(plan, f"Budget {plan.year} per område", rows, Purpose.INCOME_STATEMENT)


def equity_table(plan: YearPlan) -> FigureTable:
    """Equity from opening to closing for the three years, with the cap of either measure below."""
    years = plan_years(plan)
    measured = [year.measured for year in years]
    rows = [
        _row("Eget kapital vid årets början", [year.opening for year in years], post=Post.OPENING_EQUITY),
        _row("Årets resultat", [year.result for year in years], post=Post.RESULT),
        _row(
            "Eget kapital vid årets slut", [year.closing for year in years], RowKind.SUM, Post.CLOSING_EQUITY
        ),
        _row("Tak enligt Nationella rådets trappa", [each.cap if each else None for each in measured]),
        _row("Tak enligt måttet 20 procent", [each.plain_cap if each else None for each in measured]),
    ]
    return _table(plan, f"Eget kapital {plan.year}–{plan.year + 2}", rows, Purpose.OTHER)


def financing_table(plan: YearPlan) -> FigureTable:
    """Who contributes what in the three years, with each one's part of the budget year's contributions."""
    lines = [line for line in plan.lines if is_contribution(line)]
    whole = summed(lines, 0)
    rows = [
        _row(line.label, [line.of(offset) for offset in range(YEARS)], share=_part(line.of(0), whole))
        for line in lines
    ]
    sums = [summed(lines, offset) for offset in range(YEARS)]
    rows.append(_row("Summa medlemsbidrag", sums, RowKind.TOTAL, share=_part(whole, whole)))
    table = _table(plan, f"Finansiering {plan.year}–{plan.year + 2}", rows, Purpose.OTHER)
    share = FigureColumn(title=f"Andel {plan.year}", role=ColumnRole.OTHER, kind=ColumnKind.PERCENT)
    return replace(table, columns=(*table.columns, share))


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedPlan:
    """A plan and the day the board fixed it; meeting and item where they are in the file."""

    plan: YearPlan
    day: date
    meeting: Meeting | None = None
    item: AgendaItem | None = None


def fixed_plan(association: Association, meetings: Sequence[Meeting], year: int) -> FixedPlan | None:
    """The plan of ``year`` that the board has fixed, with where; None while neither item nor day is given."""
    plan = plan_of(association, year)
    if plan is None:
        return None
    for meeting in meetings:
        for item in walk(meeting.items):
            if plan.fixed_in and item.id == plan.fixed_in and meeting.cancelled_on is None:
                return FixedPlan(plan=plan, day=meeting.date, meeting=meeting, item=item)
    return FixedPlan(plan=plan, day=plan.fixed_on) if plan.fixed_on is not None else None


def _heading(text: str, is_cost: bool) -> FigureRow:
    cells = (FigureCell(text=text), *(FigureCell() for _ in range(YEARS)))
    return FigureRow(cells=cells, kind=RowKind.HEADING, is_cost=is_cost)


def _row(
    label: str,
    amounts: Sequence[Decimal | None],
    kind: RowKind = RowKind.ROW,
    post: Post = Post.NONE,
    is_cost: bool = False,
    share: Decimal | None = None,
) -> FigureRow:
    cells = [FigureCell(text=label)]
    cells += [FigureCell(amount=-a if is_cost and a is not None else a) for a in amounts]
    if share is not None:
        cells.append(FigureCell(amount=share))
    return FigureRow(cells=tuple(cells), kind=kind, post=post, is_cost=is_cost)


def _part(amount: Decimal | None, whole: Decimal | None) -> Decimal:
    return amount / whole if amount is not None and whole else Decimal()


def _table(plan: YearPlan, title: str, rows: Sequence[FigureRow], purpose: Purpose) -> FigureTable:
    columns = [FigureColumn(title="Benämning", role=ColumnRole.LABEL)]
    for offset in range(YEARS):
        name, role = (
            ("Budget", ColumnRole.BUDGET) if offset == 0 else ("Plan", ColumnRole.OTHER)
        )  # fmt: skip
        columns.append(
            FigureColumn(title=f"{name} {plan.year + offset}", role=role, kind=ColumnKind.AMOUNT)
        )  # fmt: skip
    return FigureTable(
        id=f"plan-{plan.year}-{title.split(' ')[0].lower()}",
        title=title,
        purpose=purpose,
        columns=tuple(columns),
        rows=tuple(rows),
        period=Period(start=date(plan.year, 1, 1), end=date(plan.year, 12, 31)),
    )

"""How a year plan begins: from last year's, from the law's shares of a sum, or from a table that was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from finsam_desktop.domain.association import Association, Member
from finsam_desktop.domain.contributions import divided
from finsam_desktop.domain.figures import ColumnRole, FigureRow, FigureTable, Post, RowKind
from finsam_desktop.domain.ids import new_id
from finsam_desktop.domain.plan_sums import is_contribution, plan_years
from finsam_desktop.domain.year_plan import (
    ADMINISTRATION,
    AUDIT,
    BOARD,
    CONTRIBUTIONS,
    MEASURES,
    OTHER_INCOME,
    PlanKind,
    PlanLine,
    YearPlan,
)

_COST_WORDS: Final = (
    (("styrelse",), BOARD),
    (("löner", "arbetsgivaravgift", "pension", "personal"), ADMINISTRATION),
    (("arvode", "sammanträde"), BOARD),
    (("revision",), AUDIT),
    (("administration", "kansli", "lokal", "ekonomi", "resor", "förvaltning"), ADMINISTRATION),
)  # fmt: skip


def next_plan(before: YearPlan) -> YearPlan:
    """Next year's plan as a first draft: what the plan already said of that year, else the same amounts.

    Texts and goals come with it; outcomes, the deficit's reason and the decision do not. Equity opens with what the
    plan before closes with.
    """

    def moved(line: PlanLine) -> PlanLine:
        first, second = line.later
        amount = line.amount if first is None else first
        return replace(line, id=new_id(), amount=amount, later=(second, None), source="")

    return YearPlan(
        year=before.year + 1,
        lines=tuple(moved(line) for line in before.lines),
        opening_equity=plan_years(before)[0].closing,
        goals=tuple(replace(goal, id=new_id(), outcomes=()) for goal in before.goals),
        introduction=before.introduction,
        guidelines=before.guidelines,
        economy=before.economy,
    )


def empty_plan(association: Association, year: int) -> YearPlan:
    """A plan with the usual lines: the year's contributions divided by the law, and the usual areas of cost."""
    total = association.rules.contribution
    lines = contribution_lines(association.members, total) if total else ()
    costs = (
        ("Arvoden och möten", BOARD), ("Kansli", ADMINISTRATION), ("Revision", AUDIT),
    )  # fmt: skip
    own = [
        PlanLine(label=measure.name, area=MEASURES, measure_id=measure.id)
        for measure in association.measures
        if measure.until is None or measure.until.year >= year
    ]
    return YearPlan(
        year=year, lines=(*lines, *(PlanLine(label=label, area=area) for label, area in costs), *own)
    )


def contribution_lines(members: Sequence[Member], total: Decimal) -> tuple[PlanLine, ...]:
    """A line for each contributing member: half by the state, a quarter each by regions and municipalities (R45).

    Inside a party the registered shares decide; members without them stand together.
    """
    by_name = {member.name: member.id for member in members}
    return tuple(
        PlanLine(
            label=part.name, kind=PlanKind.INCOME, amount=part.amount, area=CONTRIBUTIONS,
            member_id=by_name.get(part.name, ""), note=part.basis,
        )
        for part in divided(members, total)
    )  # fmt: skip


def with_contributions(
    plan: YearPlan, members: Sequence[Member], totals: Sequence[Decimal | None]
) -> YearPlan:
    """The plan with contributions divided anew: ``totals`` are the sums of the three years, None for not known.

    Lines of the same label keep their id and note.
    """
    old = {line.label: line for line in plan.lines if is_contribution(line)}
    shares = contribution_lines(members, Decimal(1))
    by_year = [
        {line.label: line.amount for line in contribution_lines(members, total)} if total is not None else {}
        for total in totals
    ]
    made = []
    for line in shares:
        amounts = [year.get(line.label) for year in by_year]
        kept = old.get(line.label, line)
        made.append(
            replace(
                kept, amount=amounts[0], later=(amounts[1], amounts[2]), member_id=line.member_id,
                kind=PlanKind.INCOME, area=CONTRIBUTIONS,
            )
        )  # fmt: skip
    rest = [line for line in plan.lines if not is_contribution(line)]
    return replace(plan, lines=(*made, *rest))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPlan:
    """Lines read from a table's budget column, and what the reader should know."""

    lines: tuple[PlanLine, ...]
    remarks: tuple[str, ...] = ()


def lines_from_table(table: FigureTable, members: Sequence[Member]) -> ReadPlan:
    """The budget column of a resultatrapport as lines of a plan; sums are left out, since the plan adds by itself.

    Income stands above the sum of income. A row is a member's contribution when it has the member's name in it. A cost
    written as a surplus keeps its sign, and is told.
    """
    place = table.column_index(ColumnRole.BUDGET)
    label = table.column_index(ColumnRole.LABEL)
    if place is None or label is None:
        return ReadPlan(lines=(), remarks=("Tabellen har ingen budgetkolumn.",))
    income_ends = next((i for i, row in enumerate(table.rows) if row.post is Post.INCOME), -1)
    lines, remarks = [], []
    for number, row in enumerate(table.rows):
        name = row.cells[label].text.strip()
        amount = table.kr(row, place)
        if row.kind is not RowKind.ROW or not name or row.post not in (Post.NONE,):
            continue
        income = number < income_ends or (income_ends < 0 and (amount or 0) > 0 and not row.is_cost)
        if amount is not None and not income:
            if amount > 0:
                remarks.append(f"{name} är ett överskott bland kostnaderna. Se efter tecknet.")
            amount = -amount
        lines.append(_read_line(table, row, place, name, amount, income=income, members=members))
    return ReadPlan(lines=tuple(lines), remarks=tuple(remarks))


def with_lines(plan: YearPlan, lines: Sequence[PlanLine]) -> YearPlan:
    """The plan with the budget year's amounts of ``lines``; a line of the same name and kind keeps all its own else."""
    known = {(line.kind, line.label.casefold()): line for line in plan.lines}
    made = []
    for line in lines:
        old = known.pop((line.kind, line.label.casefold()), None)
        made.append(line if old is None else replace(old, amount=line.amount, source=line.source))
    return replace(plan, lines=(*made, *known.values()))


def _read_line(
    table: FigureTable, row: FigureRow, place: int, name: str, amount: Decimal | None, *, income: bool,
    members: Sequence[Member],
) -> PlanLine:  # fmt: skip
    member = next((m for m in members if m.name.casefold() in name.casefold()), None) if income else None
    party = name.casefold().startswith(
        ("försäkringskassan", "region", "kommun", "medlemskommun", "medlemsbidrag")
    )
    contribution = member is not None or party
    area = (CONTRIBUTIONS if contribution else OTHER_INCOME) if income else _area(name)
    cell = row.cells[place]
    where = f"{table.source.file_name}, {table.source.sheet}, {cell.address}" if table.source else ""
    return PlanLine(
        label=name, kind=PlanKind.INCOME if income else PlanKind.COST, amount=amount, area=area,
        member_id=member.id if member is not None else "", source=where,
    )  # fmt: skip


def _area(name: str) -> str:
    low = name.casefold()
    return next((area for words, area in _COST_WORDS if any(word in low for word in words)), MEASURES)

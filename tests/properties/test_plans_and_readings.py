"""Whatever a file holds of teams, plans and goals: nothing here fails, and the sums are sums."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from finsam_desktop.domain.activity_checks import check_period, small_counts
from finsam_desktop.domain.activity_import import from_table
from finsam_desktop.domain.activity_tables import activity_table, history, with_readings
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.plan_goals import goals_after, report_goals
from finsam_desktop.domain.plan_start import lines_from_table, next_plan
from finsam_desktop.domain.plan_sums import (
    area_table,
    areas,
    budget_table,
    equity_table,
    financing_table,
    plan_years,
)
from finsam_desktop.domain.rules import check_association
from finsam_desktop.domain.year_plan import PlanKind, YearPlan
from tests.plan_strategies import indicators, plans, readings, teams
from tests.strategy_values import tuples

followed = st.builds(
    Association, name=st.just("F"), teams=tuples(teams, 2), indicators=tuples(indicators, 4),
    readings=tuples(readings, 6), plans=tuples(plans, 2),
)  # fmt: skip


@settings(max_examples=25)
@given(followed, st.integers(2020, 2030), st.sampled_from([1, 2, 3]))
def test_any_file_can_be_shown_checked_and_read_again(one: Association, year: int, tertial: int) -> None:
    check_period(one, year, tertial)
    small_counts(one, year, tertial)
    check_association(one, date(year, 6, 1))
    for indicator in one.indicators:
        history(one, "team-a", indicator)
    for plan in one.plans:
        goals_after(plan, tertial, one)
        report_goals(plan, tertial, one)
    table = activity_table(one, year, tertial)
    if table is not None:
        assert all(len(row.cells) == len(table.columns) for row in table.rows)
        from_table(one, table, year, tertial)


@settings(max_examples=25)
@given(followed, tuples(readings, 4))
def test_putting_in_the_same_readings_twice_is_as_once(one: Association, new: tuple) -> None:  # type: ignore[type-arg]
    once = with_readings(one, new)
    assert with_readings(once, new) == once
    kept = {(r.team_id, r.indicator_id, r.year, r.tertial): r for r in new if not r.is_empty}
    for reading in once.readings:
        key = (reading.team_id, reading.indicator_id, reading.year, reading.tertial)
        assert kept.get(key, reading) == reading or reading in one.readings


@settings(max_examples=25)
@given(plans)
def test_areas_hold_every_line_once_and_add_up(plan: YearPlan) -> None:
    found = [line.id for area in areas(plan) for line in area.lines]
    assert sorted(found) == sorted(line.id for line in plan.lines)
    for offset, year in enumerate(plan_years(plan)):
        for kind, total in ((PlanKind.INCOME, year.income), (PlanKind.COST, year.costs)):
            known = [
                amount for line in plan.lines if line.kind is kind and (amount := line.of(offset)) is not None
            ]
            assert total == (sum(known) if known else None)
    for table in (budget_table(plan), area_table(plan), equity_table(plan), financing_table(plan)):
        assert all(len(row.cells) == len(table.columns) for row in table.rows)


@settings(max_examples=25)
@given(plans)
def test_a_budget_printed_and_read_again_has_the_same_amounts(plan: YearPlan) -> None:
    """Rows without a name are no posts, and an empty label is not read."""
    named = tuple(line for line in plan.lines if line.label.strip())
    read = lines_from_table(budget_table(replace(plan, lines=named)), ())
    told = sorted((line.kind.value, line.label, _rounded(line.amount)) for line in read.lines)
    assert told == sorted((line.kind.value, line.label.strip(), _rounded(line.amount)) for line in named)


def _rounded(amount: Decimal | None) -> str:
    """As arithmetic leaves it: 28 digits, and no nought with a minus."""
    return "" if amount is None else str(+amount)


@settings(max_examples=25)
@given(plans)
def test_next_years_plan_opens_where_this_one_ends(plan: YearPlan) -> None:
    after = next_plan(plan)
    assert after.year == plan.year + 1
    assert after.opening_equity == plan_years(plan)[0].closing
    assert [line.label for line in after.lines] == [line.label for line in plan.lines]
    assert (after.fixed_in, after.deficit_reason) == ("", "")

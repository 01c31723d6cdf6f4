"""The year plan: sums over three years, equity, how it starts, goals through the year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_desktop.domain.activity import SOLVED_SHARE, STANDARD_INDICATORS, Reading, Team
from finsam_desktop.domain.association import Association, Member, MemberKind, StandingRules
from finsam_desktop.domain.figures import ColumnRole, Post
from finsam_desktop.domain.figures_checks import check_table
from finsam_desktop.domain.plan_goals import (
    goals_after,
    meets,
    proposed_judgement,
    report_goals,
    with_goal,
    with_outcome,
)
from finsam_desktop.domain.plan_start import (
    contribution_lines,
    empty_plan,
    lines_from_table,
    next_plan,
    with_contributions,
    with_lines,
)
from finsam_desktop.domain.plan_sums import (
    area_table,
    areas,
    budget_table,
    equity_table,
    financing_table,
    fixed_plan,
    plan_of,
    plan_years,
    with_plan,
)
from finsam_desktop.domain.year_plan import (
    ADMINISTRATION,
    CONTRIBUTIONS,
    MEASURES,
    OTHER_INCOME,
    GoalOutcome,
    Judgement,
    PlanGoal,
    PlanKind,
    PlanLine,
    YearPlan,
)
from tests.board import decision_item, meeting

MEMBERS = (
    Member(id="fk", name="Försäkringskassan", kind=MemberKind.SOCIAL_INSURANCE_AGENCY),
    Member(id="af", name="Arbetsförmedlingen", kind=MemberKind.EMPLOYMENT_SERVICE),
    Member(id="reg", name="Region Alm", kind=MemberKind.REGION),
    Member(id="ek", name="Eks kommun", kind=MemberKind.MUNICIPALITY, share=Decimal(15)),
    Member(id="bj", name="Björks kommun", kind=MemberKind.MUNICIPALITY, share=Decimal(10)),
)


def line(label: str, amount: str | None, *later: str, kind: PlanKind = PlanKind.COST, area: str = MEASURES,
         **fields: str) -> PlanLine:  # fmt: skip
    first, second = (*(Decimal(each) for each in later), None, None)[:2]
    return PlanLine(label=label, kind=kind, amount=None if amount is None else Decimal(amount), later=(first, second),
                    area=area, **fields)  # fmt: skip


PLAN = YearPlan(
    year=2027,
    opening_equity=Decimal(1724000),
    lines=(
        line("Torgen", "7000", "7100", "7200"),
        line(
            "Försäkringskassan",
            "5860",
            "5900",
            "6000",
            kind=PlanKind.INCOME,
            area=CONTRIBUTIONS,
            member_id="fk",
        ),
        line("Kansli", "2080", "2000", "2000", area=ADMINISTRATION),
        line("Ränta", "10", "10", "10", kind=PlanKind.INCOME, area=OTHER_INCOME),
        line("Eget", "1", area="Något annat"),
    ),
)


def test_areas_stand_in_the_usual_order_with_income_first() -> None:
    assert [(area.name, area.sums) for area in areas(PLAN)] == [
        (CONTRIBUTIONS, (5860, 5900, 6000)),
        (OTHER_INCOME, (10, 10, 10)),
        (ADMINISTRATION, (2080, 2000, 2000)),
        (MEASURES, (7000, 7100, 7200)),
        ("Något annat", (1, None, None)),
    ]


def test_each_year_opens_with_what_the_one_before_closed_with() -> None:
    one, two, three = plan_years(PLAN)
    assert (one.income, one.costs, one.result) == (5870, 9081, -3211)
    assert one.closing == two.opening == 1724000 - 3211
    assert three.closing == 1724000 - 3211 - 3190 - 3190
    assert two.missing == ("Eget",)
    assert one.measured is not None
    assert (one.measured.contribution, one.measured.within_plain) == (5860, False)
    bare = plan_years(replace(PLAN, opening_equity=None))
    assert [year.closing for year in bare] == [None, None, None]
    assert plan_years(YearPlan(year=2027))[0].result is None


@given(
    st.lists(
        st.tuples(
            st.sampled_from(PlanKind), st.sampled_from(["", "Insatser", "Eget"]),
            st.tuples(*[st.none() | st.decimals(-10**9, 10**9, places=2)] * 3),
        ),
        max_size=12,
    )
)  # fmt: skip
def test_the_tables_add_up_to_an_independent_sum(entries: list) -> None:  # type: ignore[type-arg]
    lines = tuple(
        PlanLine(label=f"Post {place}", kind=kind, area=area, amount=amounts[0], later=amounts[1:])
        for place, (kind, area, amounts) in enumerate(entries)
    )
    plan = YearPlan(year=2027, opening_equity=Decimal(100), lines=lines)
    table = budget_table(plan)
    for offset in range(3):
        income = [a[offset] for kind, _, a in entries if kind is PlanKind.INCOME and a[offset] is not None]
        costs = [a[offset] for kind, _, a in entries if kind is PlanKind.COST and a[offset] is not None]
        row = table.row_with(Post.RESULT)
        assert row is not None
        shown = row.cells[offset + 1].amount
        assert shown == (sum(income) - sum(costs) if income and costs else None)
        by_area = area_table(plan).row_with(Post.RESULT)
        assert by_area is not None
        assert by_area.cells[offset + 1].amount == shown
    assert len(table.rows) == len(lines) + 5


def test_printed_tables_are_sound_and_costs_negative() -> None:
    table = budget_table(PLAN)
    assert [column.title for column in table.columns] == [
        "Benämning",
        "Budget 2027",
        "Plan 2028",
        "Plan 2029",
    ]
    assert table.amount(Post.COSTS, ColumnRole.BUDGET) == -9081
    assert not [found for found in check_table(table) if found.level.value in ("error", "warning")]
    closing = equity_table(PLAN).row_with(Post.CLOSING_EQUITY)
    assert closing is not None
    assert [cell.amount for cell in closing.cells[1:]] == [1720789, 1717599, 1714409]
    financing = financing_table(PLAN)
    assert [row.cells[-1].amount for row in financing.rows] == [1, 1]


def test_contributions_are_divided_by_law_and_inside_by_share() -> None:
    lines = contribution_lines(MEMBERS, Decimal(11490000))
    assert [(each.label, each.amount, each.member_id) for each in lines] == [
        ("Försäkringskassan", 5745000, "fk"),
        ("Region Alm", 2872500, "reg"),
        ("Eks kommun", 1723500, "ek"),
        ("Björks kommun", 1149000, "bj"),
    ]
    plan = with_contributions(PLAN, MEMBERS, [Decimal(1000), None, Decimal(2000)])
    assert [each.label for each in plan.lines[:5]] == [
        "Försäkringskassan", "Region Alm", "Eks kommun", "Björks kommun", "Torgen",
    ]  # fmt: skip
    assert plan.lines[0].id == PLAN.lines[1].id
    assert [plan.lines[0].of(offset) for offset in range(3)] == [500, None, 1000]
    assert sum(each.amount or 0 for each in plan.lines[:4]) == 1000


def test_a_plan_starts_empty_from_the_contribution_or_from_the_year_before() -> None:
    one = empty_plan(
        Association(name="F", members=MEMBERS, rules=StandingRules(contribution=Decimal(1000))), 2027
    )
    assert plan_years(one)[0].income == 1000
    goal = PlanGoal(text="Mål", outcomes=(GoalOutcome(tertial=1, outcome="3"),))
    before = replace(PLAN, goals=(goal,), guidelines="Riktlinjer", deficit_reason="Skäl", fixed_in="p05")
    after = next_plan(before)
    assert (after.year, after.guidelines, after.deficit_reason, after.fixed_in) == (
        2028,
        "Riktlinjer",
        "",
        "",
    )
    assert [each.amount for each in after.lines] == [7100, 5900, 2000, 10, 1]
    assert after.lines[0].later == (7200, None)
    assert after.opening_equity == plan_years(before)[0].closing
    assert after.goals[0].outcomes == ()
    assert not {each.id for each in after.lines} & {each.id for each in before.lines}


def test_a_budget_column_becomes_lines_and_comes_back_the_same() -> None:
    read = lines_from_table(budget_table(PLAN), MEMBERS)
    assert not read.remarks
    assert [(each.label, each.kind, each.amount) for each in read.lines] == [
        ("Försäkringskassan", PlanKind.INCOME, 5860),
        ("Ränta", PlanKind.INCOME, 10),
        ("Kansli", PlanKind.COST, 2080),
        ("Torgen", PlanKind.COST, 7000),
        ("Eget", PlanKind.COST, 1),
    ]
    assert (read.lines[0].area, read.lines[0].member_id) == (CONTRIBUTIONS, "fk")
    changed = with_lines(PLAN, [replace(read.lines[3], amount=Decimal(7500))])
    torgen = next(each for each in changed.lines if each.label == "Torgen")
    assert (torgen.amount, torgen.later, len(changed.lines)) == (7500, (7100, 7200), 5)


def test_a_surplus_among_costs_is_told_and_kept() -> None:
    odd = replace(PLAN, lines=(*PLAN.lines[:2], line("Kansli", "-50", area=ADMINISTRATION)))
    read = lines_from_table(budget_table(odd), MEMBERS)
    assert read.remarks == ("Kansli är ett överskott bland kostnaderna. Se efter tecknet.",)
    assert next(each for each in read.lines if each.label == "Kansli").amount == -50


def test_the_fixed_plan_is_found_by_its_item() -> None:
    held = meeting(decision_item("b1", title="Budget 2027"), id="m", date=date(2026, 11, 26))
    one = with_plan(Association(name="F"), replace(PLAN, fixed_in="b1"))
    fixed = fixed_plan(one, (held,), 2027)
    assert fixed is not None
    assert (fixed.meeting, fixed.item, fixed.day) == (held, held.items[1], held.date)
    elsewhere = with_plan(Association(name="F"), replace(PLAN, fixed_on=date(2026, 11, 20)))
    outside = fixed_plan(elsewhere, (held,), 2027)
    assert outside is not None
    assert (outside.meeting, outside.day) == (None, date(2026, 11, 20))
    assert fixed_plan(one, (replace(held, cancelled_on=date(2026, 11, 1)),), 2027) is None
    assert fixed_plan(one, (held,), 2026) is None
    assert plan_of(one, 2027) is not None
    assert with_plan(one, replace(PLAN, id="x", year=2026)).plans[0].year == 2026


GOAL = PlanGoal(id="g", text="Positiv lösning", target="minst 65 %", indicator_id=SOLVED_SHARE, team_id="vux")


def with_share(share: str) -> Association:
    reading = Reading(team_id="vux", indicator_id=SOLVED_SHARE, year=2027, tertial=2, total=Decimal(share))
    return Association(name="F", teams=(Team(id="vux", name="Vuxentorget"),), indicators=STANDARD_INDICATORS,
                       readings=(reading,))  # fmt: skip


def test_an_outcome_is_proposed_from_the_reading_until_it_is_written() -> None:
    plan = replace(PLAN, goals=(GOAL,))
    (row,) = goals_after(plan, 2, with_share("0.607"))
    assert (row.outcome, row.proposed, row.words) == ("61\u00a0%", True, "")
    assert proposed_judgement(GOAL, row.outcome) is Judgement.NOT_REACHED
    (bare,) = goals_after(plan, 2)
    assert (bare.outcome, bare.proposed) == ("", False)
    written = with_outcome(GOAL, GoalOutcome(tertial=2, outcome="62 %", judgement=Judgement.PARTLY))
    (row,) = goals_after(with_goal(plan, written), 2, with_share("0.607"))
    assert (row.outcome, row.proposed, row.words) == ("62 %", False, "Delvis uppfyllt")
    (goal,) = report_goals(with_goal(plan, written), 2, with_share("0.607"))
    assert (goal.text, goal.target, goal.outcome, goal.judgement) == (
        "Positiv lösning", "minst 65 %", "62 %", "Delvis uppfyllt",
    )  # fmt: skip
    assert with_outcome(written, GoalOutcome(tertial=2)).outcomes == ()


@pytest.mark.parametrize(
    ("target", "outcome", "reached"),
    [
        ("75 %", "80 %", True),
        ("minst 65 %", "65 %", True),
        ("minst 65 %", "64,9 %", False),
        ("≤ 2 074 tkr", "1 724 tkr (prognos)", True),
        ("högst 2 074 tkr", "2,1 mkr", False),
        ("högst 2 074 tkr", "2 074 000 kr", True),
        ("Minst 70 i index", "–", None),
        ("Klart 2027", "", None),
        ("10–12", "11", None),
    ],
)
def test_targets_are_held_against_outcomes(target: str, outcome: str, reached: bool | None) -> None:
    assert meets(target, outcome) is reached
    assert meets(target, outcome.replace(" ", "\u00a0")) is reached

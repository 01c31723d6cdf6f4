"""Teams, indicators, readings, year plans and årsredovisningens texts, for the property tests.

Readings point at teams and indicators that may or may not be there, as after a removal in another program.
"""

from __future__ import annotations

from hypothesis import strategies as st

from finsam_desktop.domain.activity import (
    STANDARD_INDICATORS,
    Counting,
    Indicator,
    IndicatorUnit,
    Reading,
    Team,
)
from finsam_desktop.domain.annual_report import AnnualNote, AnnualReport, BalanceAdjustment, SickLeave
from finsam_desktop.domain.year_plan import (
    GoalKind,
    GoalOutcome,
    Judgement,
    PlanGoal,
    PlanKind,
    PlanLine,
    YearPlan,
)
from tests.strategy_values import amounts, days, ids, optional, texts, tuples, words

_YEARS, _TERTIALS = st.integers(2020, 2030), st.sampled_from([1, 2, 3])
_TEAM_IDS = st.sampled_from(["", "team-a", "team-b", "team-borta"])
_INDICATOR_IDS = st.sampled_from(["", *(each.id for each in STANDARD_INDICATORS), "borta"])

teams = st.builds(
    Team, id=st.sampled_from(["team-a", "team-b"]), name=words, measure_id=texts, ended=optional(_YEARS)
)  # fmt: skip
indicators = st.sampled_from(STANDARD_INDICATORS) | st.builds(
    Indicator,
    id=ids,
    name=words,
    unit=st.sampled_from(IndicatorUnit),
    by_sex=st.booleans(),
    part_of=_INDICATOR_IDS,
    count_of=_INDICATOR_IDS,
    counting=st.sampled_from(Counting),
)
readings = st.builds(
    Reading,
    team_id=_TEAM_IDS,
    indicator_id=_INDICATOR_IDS,
    year=_YEARS,
    tertial=_TERTIALS,
    total=optional(amounts),
    women=optional(amounts),
    men=optional(amounts),
    note=texts,
    source=texts,
)
plan_lines = st.builds(
    PlanLine,
    id=ids,
    label=texts,
    kind=st.sampled_from(PlanKind),
    amount=optional(amounts),
    later=st.tuples(optional(amounts), optional(amounts)),
    area=texts,
    member_id=texts,
    note=texts,
    measure_id=texts,
    source=texts,
)
goals = st.builds(
    PlanGoal,
    id=ids,
    text=texts,
    kind=st.sampled_from(GoalKind),
    target=texts,
    indicator_id=_INDICATOR_IDS,
    team_id=_TEAM_IDS,
    outcomes=tuples(
        st.builds(
            GoalOutcome, tertial=_TERTIALS, outcome=texts, judgement=st.sampled_from(Judgement), comment=texts
        ),
        2,
    ),
)
plans = st.builds(
    YearPlan,
    id=ids,
    year=_YEARS,
    lines=tuples(plan_lines, 3),
    opening_equity=optional(amounts),
    goals=tuples(goals, 2),
    introduction=texts,
    guidelines=texts,
    economy=texts,
    deficit_reason=texts,
    fixed_in=texts,
    fixed_on=optional(days),
    fixed_at=texts,
)
annual_reports = st.builds(
    AnnualReport,
    id=ids,
    year=_YEARS,
    item_id=texts,
    development=texts,
    events=texts,
    governance=texts,
    management=texts,
    expected=texts,
    staff=texts,
    sick_leave=st.builds(
        SickLeave, employees=optional(st.integers(0, 50)), total=optional(amounts), men=optional(amounts)
    ),
    adjustments=tuples(st.builds(BalanceAdjustment, label=texts, amount=amounts), 1),
    notes=tuples(st.builds(AnnualNote, id=ids, heading=texts, text=texts), 2),
)

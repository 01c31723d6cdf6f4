"""Goals through the year: target value, outcome after each tertial, and the judgement.

The audits of förbund that Försäkringskassan went through in 2021 asked most often for just this: goals that can be
measured, with target values, followed up to a judgement.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from finsam_desktop.domain.activity import IndicatorUnit
from finsam_desktop.domain.activity_tables import indicator_of, value_of
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.report import Goal
from finsam_desktop.domain.wording import number, percent
from finsam_desktop.domain.year_plan import GoalKind, GoalOutcome, Judgement, PlanGoal, YearPlan

JUDGEMENT_WORDS: Final = {
    Judgement.UNSET: "",
    Judgement.REACHED: "Uppfyllt",
    Judgement.PARTLY: "Delvis uppfyllt",
    Judgement.NOT_REACHED: "Inte uppfyllt",
    Judgement.TOO_EARLY: "Kan inte bedömas än",
}
GOAL_KIND_WORDS: Final = {GoalKind.FINANCIAL: "Finansiellt mål", GoalKind.ACTIVITY: "Verksamhetsmål"}

_NUMBER: Final = re.compile(r"[-−]?\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:,\d+)?|[-−]?\d+(?:,\d+)?")
_AT_MOST: Final = re.compile(r"≤|<|\b(?:högst|max\w*|under|mindre än|inte över)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalRow:
    """A goal as it stands after a tertial, ready to print.

    ``outcome`` is what was written, else what the linked reading says (``proposed``). ``words`` is the judgement in
    words, empty until somebody has judged.
    """

    goal: PlanGoal
    outcome: str = ""
    judgement: Judgement = Judgement.UNSET
    comment: str = ""
    proposed: bool = False

    @property
    def words(self) -> str:
        """The judgement in words."""
        return JUDGEMENT_WORDS[self.judgement]


def goals_after(plan: YearPlan, tertial: int, association: Association | None = None) -> tuple[GoalRow, ...]:
    """The plan's goals after a tertial (3 is the whole year), in the plan's order.

    Without ``association`` no outcome is taken from readings.
    """
    return tuple(_row(plan, goal, tertial, association) for goal in plan.goals)


def report_goals(plan: YearPlan, tertial: int, association: Association | None = None) -> tuple[Goal, ...]:
    """The plan's goals as the goals of a TertialReport, which are words."""
    return tuple(
        Goal(text=row.goal.text, target=row.goal.target, outcome=row.outcome, judgement=row.words)
        for row in goals_after(plan, tertial, association)
    )


def reading_in_words(plan: YearPlan, goal: PlanGoal, tertial: int, association: Association) -> str:
    """The linked reading as it is printed ("61 %"); empty when nothing is linked or read."""
    indicator = indicator_of(association, goal.indicator_id)
    if indicator is None:
        return ""
    total = value_of(association, goal.team_id, indicator, plan.year, tertial).total
    if total is None:
        return ""
    if indicator.unit is IndicatorUnit.PERCENT:
        return percent(total)
    return number(total, 0 if total == total.to_integral_value() else 1)


def with_outcome(goal: PlanGoal, outcome: GoalOutcome) -> PlanGoal:
    """The goal with the outcome after its tertial; one that says nothing is taken away."""
    rest = [each for each in goal.outcomes if each.tertial != outcome.tertial]
    says = outcome.outcome.strip() or outcome.comment.strip() or outcome.judgement is not Judgement.UNSET
    kept = [*rest, outcome] if says else rest
    return replace(goal, outcomes=tuple(sorted(kept, key=lambda each: each.tertial)))


def with_goal(plan: YearPlan, goal: PlanGoal) -> YearPlan:
    """The plan with the goal in place of the one with its id, else last."""
    if any(each.id == goal.id for each in plan.goals):
        return replace(plan, goals=tuple(goal if each.id == goal.id else each for each in plan.goals))
    return replace(plan, goals=(*plan.goals, goal))


def meets(target: str, outcome: str) -> bool | None:
    """Whether an outcome as printed reaches a target as printed; None when either has not just one number.

    "högst", "≤" and the like ask for no more than the target, all else for at least it: "75 %" is reached by "80 %".
    """
    wanted, reached = _only_number(target), _only_number(outcome)
    if wanted is None or reached is None:
        return None
    return reached <= wanted if _AT_MOST.search(target) else reached >= wanted


def proposed_judgement(goal: PlanGoal, outcome: str) -> Judgement:
    """What the numbers say: reached or not; UNSET when they can not be compared. A person decides."""
    met = meets(goal.target, outcome)
    return Judgement.UNSET if met is None else Judgement.REACHED if met else Judgement.NOT_REACHED


def _row(plan: YearPlan, goal: PlanGoal, tertial: int, association: Association | None) -> GoalRow:
    known = goal.after(tertial) or GoalOutcome(tertial=tertial)
    if known.outcome.strip() or association is None:
        return GoalRow(
            goal=goal, outcome=known.outcome, judgement=known.judgement, comment=known.comment
        )  # fmt: skip
    read = reading_in_words(plan, goal, tertial, association)
    return GoalRow(
        goal=goal, outcome=read, judgement=known.judgement, comment=known.comment, proposed=bool(read)
    )  # fmt: skip


def _only_number(text: str) -> Decimal | None:
    found = _NUMBER.findall(text)
    if len(found) != 1:
        return None
    bare = re.sub(r"\s", "", found[0]).replace("−", "-").replace(",", ".")
    unit = next((factor for word, factor in _FACTORS if re.search(rf"\b{word}\b", text, re.IGNORECASE)), 1)
    return Decimal(bare) * unit


_FACTORS: Final = (("tkr", 1_000), ("kkr", 1_000), ("mkr", 1_000_000), ("mnkr", 1_000_000))

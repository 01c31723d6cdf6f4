"""Budget and verksamhetsplan of a year as one value: amounts, the three years' plan, goals and how they went."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from finsam_desktop.domain.ids import new_id


class PlanKind(StrEnum):
    """What a line of the budget is."""

    INCOME = "income"
    COST = "cost"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """A post of the budget. Amounts in kr, positive for income and cost alike.

    ``later`` are the two years after the budget year, so that the plan covers three years (KL 11 kap. 6 §). ``area`` is
    the group it is printed under ("Insatser", "Administration"). ``member_id`` is the member that contributes it, and
    ``measure_id`` the insats that it pays for. ``source`` is where the budget year's amount was read.
    """

    id: str = field(default_factory=new_id)
    label: str
    kind: PlanKind = PlanKind.COST
    amount: Decimal | None = None
    later: tuple[Decimal | None, Decimal | None] = (None, None)
    area: str = ""
    member_id: str = ""
    note: str = ""
    measure_id: str = ""
    source: str = ""

    def of(self, place: int) -> Decimal | None:
        """The amount of the budget year (0), or of one of the two years after it (1, 2)."""
        return self.amount if place == 0 else self.later[place - 1]


CONTRIBUTIONS, OTHER_INCOME = "Medlemsbidrag", "Övriga intäkter"
BOARD, ADMINISTRATION, AUDIT, MEASURES = "Styrelse", "Administration", "Revision", "Insatser"
INCOME_AREAS = (CONTRIBUTIONS, OTHER_INCOME)
COST_AREAS = (BOARD, ADMINISTRATION, AUDIT, MEASURES)
"""The usual areas of a förbund's budget; a plan may have others."""


class GoalKind(StrEnum):
    """What a goal is about: the economy (KL 11 kap. 6 §) or the activity."""

    FINANCIAL = "financial"
    ACTIVITY = "activity"


class Judgement(StrEnum):
    """How a goal went; unset until somebody has judged it."""

    UNSET = "unset"
    REACHED = "reached"
    PARTLY = "partly"
    NOT_REACHED = "not_reached"
    TOO_EARLY = "too_early"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalOutcome:
    """How a goal stood after ``tertial`` 1–3 (3 is the whole year). ``outcome`` as printed: "64 %"."""

    tertial: int
    outcome: str = ""
    judgement: Judgement = Judgement.UNSET
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanGoal:
    """A goal with its target value as printed ("minst 65 %") and its outcomes through the year.

    ``indicator_id`` and ``team_id`` name the reading that the outcome is taken from, where there is one.
    """

    id: str = field(default_factory=new_id)
    text: str
    kind: GoalKind = GoalKind.ACTIVITY
    target: str = ""
    indicator_id: str = ""
    team_id: str = ""
    outcomes: tuple[GoalOutcome, ...] = ()

    def after(self, tertial: int) -> GoalOutcome | None:
        """The outcome after the tertial, or None."""
        return next((outcome for outcome in self.outcomes if outcome.tertial == tertial), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPlan:
    """The budget and verksamhetsplan of ``year``. Texts are Markdown, amounts in kr.

    ``opening_equity`` is the equity expected at the start of the year. ``deficit_reason`` is why costs exceed income
    (R44). ``guidelines`` are the riktlinjer of the plan, ``economy`` the text about the economy. ``fixed_in`` is the
    id of the item in which the board fixed it; ``fixed_on`` the day and ``fixed_at`` the §, where the meeting is not in
    the file.
    """

    id: str = field(default_factory=new_id)
    year: int
    lines: tuple[PlanLine, ...] = ()
    opening_equity: Decimal | None = None
    goals: tuple[PlanGoal, ...] = ()
    introduction: str = ""
    guidelines: str = ""
    economy: str = ""
    deficit_reason: str = ""
    fixed_in: str = ""
    fixed_on: date | None = None
    fixed_at: str = ""

"""Measures (insatser) that the association finances, and the nine questions of substance about them (R70–R78)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from finsam_desktop.domain.ids import new_id


class MeasureKind(StrEnum):
    """Whom a measure is directed to."""

    INDIVIDUAL = "individual"
    STRUCTURAL = "structural"


class Answer(StrEnum):
    """The answer to a question of substance."""

    UNSET = "unset"
    YES = "yes"
    NO = "no"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True, kw_only=True)
class SubstanceCheck:
    """The answer to one question (``rule`` is R70 … R78) and why, "motiverad avvikelse" where it departs (R79)."""

    rule: str
    answer: Answer = Answer.UNSET
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A measure. ``amount`` in kr for the whole period; ``performer`` the party that carries it out."""

    id: str = field(default_factory=new_id)
    name: str
    kind: MeasureKind = MeasureKind.INDIVIDUAL
    performer: str = ""
    target_group: str = ""
    amount: Decimal | None = None
    financing: str = ""
    since: date | None = None
    until: date | None = None
    goals: str = ""
    follow_up: str = ""
    checks: tuple[SubstanceCheck, ...] = ()
    deviation: str = ""

    def answer(self, rule: str) -> SubstanceCheck | None:
        """The answer to the question of ``rule``, or None."""
        return next((check for check in self.checks if check.rule == rule), None)

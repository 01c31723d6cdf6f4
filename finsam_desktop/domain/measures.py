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


@dataclass(frozen=True, slots=True, kw_only=True)
class SubstanceQuestion:
    """A question of substance about a measure. ``rule`` names it, ``source`` is the § or the paper behind it.

    Each is put so that "yes" is the sound answer.
    """

    rule: str
    text: str
    source: str


QUESTIONS = (
    SubstanceQuestion(
        rule="R70",
        text="Är insatsen till för personer som behöver samordnade insatser för att kunna arbeta?",
        source="2 § finsamlagen",
    ),
    SubstanceQuestion(
        rule="R71",
        text="Är deltagarna i arbetsför ålder, från 16 år, eller förebygger insatsen för en grupp i risk?",
        source="2 § finsamlagen och dess tillämpning",
    ),
    SubstanceQuestion(
        rule="R72",
        text="Ligger insatsen inom parternas samlade ansvarsområde, utförs den av en part och är den"
        " förbehållen målgruppen?",
        source="7 § första stycket 3 finsamlagen",
    ),
    SubstanceQuestion(
        rule="R73",
        text="Är insatsen fri från förmåner, myndighetsutövning och tjänster till enskilda i förbundets namn?",
        source="7 § andra stycket finsamlagen",
    ),
    SubstanceQuestion(
        rule="R74",
        text="Är insatsen något annat än försörjningsstöd, och behandlas invånarna lika?",
        source="Likställighetsprincipen",
    ),
    SubstanceQuestion(
        rule="R75",
        text="Är insatsen förankrad hos den part som ska utföra den?",
        source="Förbundet kan inte ålägga en part något",
    ),
    SubstanceQuestion(
        rule="R76",
        text="Kommer insatsen förbundets geografiska område till del?",
        source="Lokaliseringsprincipen",
    ),
    SubstanceQuestion(
        rule="R77",
        text="Är finansieringen fri från pengar som inte är förenliga med finsamlagen?",
        source="5 § finsamlagen och Nationella rådets rekommendation",
    ),
    SubstanceQuestion(
        rule="R78",
        text="Är uppföljning och utvärdering planerade mot mätbara mål?",
        source="7 § första stycket 5 finsamlagen",
    ),
)
"""The nine questions, in the order they are asked."""


def unanswered(measure: Measure) -> tuple[SubstanceQuestion, ...]:
    """The questions that nobody has answered for the measure."""
    return tuple(q for q in QUESTIONS if (c := measure.answer(q.rule)) is None or c.answer is Answer.UNSET)


def departing(measure: Measure) -> tuple[SubstanceQuestion, ...]:
    """The questions answered no: each needs a reason (R79)."""
    return tuple(q for q in QUESTIONS if (c := measure.answer(q.rule)) is not None and c.answer is Answer.NO)

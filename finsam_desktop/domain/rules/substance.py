"""Measures that the association pays for: the nine questions of substance, deviations, and whom to ask about jäv."""

from __future__ import annotations

from collections.abc import Iterator

from finsam_desktop.domain.agenda import AgendaItem, walk
from finsam_desktop.domain.association import BOARD_ROLES, Member, Role
from finsam_desktop.domain.decisions import Outcome
from finsam_desktop.domain.measures import QUESTIONS, Answer, Measure, SubstanceQuestion, unanswered
from finsam_desktop.domain.rules.finding import Case, Check, Hit, Place, Rule, Severity
from finsam_desktop.domain.wording import join_names

_SAYS = {
    "R70": (
        "En insats gäller personer med behov av samordnad rehabilitering och syftar till förvärvsarbete.",
        "Beskriv hur deltagarna närmar sig arbete, eller varför insatsen ändå ryms inom lagen.",
    ),
    "R71": (
        "Målgruppen är i arbetsför ålder, och en förebyggande insats riktas till individer eller riskgrupper.",
        "Från 16 år har godtagits. En förebyggande insats riktas inte till alla. Avgränsa målgruppen.",
    ),
    "R72": (
        "En insats ligger inom parternas samlade ansvarsområde och utförs av en part för målgruppen.",
        "Ange vilken part som har ansvaret och utför insatsen.",
    ),
    "R73": (
        "Förbundet ger inga förmåner eller tjänster till enskilda och utövar inte myndighet.",
        "Det är parterna som möter de enskilda. Ändra upplägget så att en part utför insatsen.",
    ),
    "R74": (
        "Medlen går inte till försörjningsstöd, och invånarna behandlas lika.",
        "Försörjningsstöd är kommunens uppgift. Se över vad medlen går till.",
    ),
    "R75": (
        "Insatsen är förankrad hos huvudmannen innan styrelsen beslutar.",
        "Förbundet kan inte ålägga en part något. Förankra insatsen, och anteckna med vem.",
    ),
    "R76": (
        "En insats bedrivs inom förbundets geografiska område.",
        "Avgränsa insatsen till medlemmarnas område, eller samverka med grannförbundet.",
    ),
    "R77": (
        "Privata medel och ojämna extra bidrag används inte. Andra externa medel än ESF är omtvistade.",
        "Se över finansieringen. Nationella rådet nämner bara ESF som extern källa, vilket är omtvistat.",
    ),
    "R78": (
        "Uppföljning och utvärdering är planerad, mot mål som går att mäta.",
        "Ange mål med målvärde, och när och hur insatsen följs upp.",
    ),
}
"""By rule: what it holds, and what to do when the answer to its question is no."""


def measures_of(case: Case) -> Iterator[tuple[AgendaItem, Measure]]:
    """The items of the agenda that concern a measure in the register, with the measure."""
    measures = {measure.id: measure for measure in case.association.measures}
    for item in walk(case.meeting.items):
        if item.measure_id in measures:
            yield item, measures[item.measure_id]


def _no(question: SubstanceQuestion) -> Check:
    """The check that tells a measure whose answer to the question is no and whose reason is not written."""

    def answered_no(case: Case) -> Iterator[Hit]:
        for item, measure in measures_of(case):
            answer = measure.answer(question.rule)
            if answer is not None and answer.answer is Answer.NO and not answer.reason.strip():
                yield Hit(
                    title=f"{measure.name}: nej på frågan ”{question.text}”",
                    advice=_SAYS[question.rule][1],
                    place=Place(item_id=item.id, field="measure_id"),
                )

    return answered_no


def _unanswered(case: Case) -> Iterator[Hit]:
    if case.held:
        return
    for item, measure in measures_of(case):
        left = unanswered(measure)
        if left:
            yield Hit(
                title=f"{measure.name}: {len(left)} av {len(QUESTIONS)} frågor om insatsen är obesvarade",
                advice=f"Svara på dem innan styrelsen beslutar. Den första: {left[0].text}",
                place=Place(item_id=item.id, field="measure_id"),
                severity=Severity.NOTE,
            )


def _deviation(case: Case) -> Iterator[Hit]:
    for item, measure in measures_of(case):
        departs = any(check.answer is Answer.NO for check in measure.checks)
        if departs and not measure.deviation.strip():
            yield Hit(
                title=f"{measure.name}: motivering till avvikelsen saknas",
                advice="En rekommendation binder inte, men styrelsens skäl ska gå att läsa i efterhand. Skriv dem som "
                "motiverad avvikelse.",
                place=Place(item_id=item.id, field="measure_id"),
            )


def _ask_about_conflicts(case: Case) -> Iterator[Hit]:
    """A measure carried out by a member: ask the ledamöter whom that member has appointed, until it is decided."""
    if case.adjusted:
        return
    for item, measure in measures_of(case):
        member = next((m for m in case.association.members if _names(measure.performer, m)), None)
        if member is None or item.decision.outcome is not Outcome.UNSET:
            continue
        told = {
            conflict.person_id
            for conflict in case.meeting.attendance.conflicts
            if conflict.item_id == item.id
        }
        asked = [
            case.name(a.person_id)
            for a in case.association.appointed(case.meeting.date, *BOARD_ROLES, Role.DEPUTY)
            if a.member_id == member.id and a.person_id not in told
        ]
        if asked and not told:
            yield Hit(
                title=f"{measure.name} ger medel till {member.name}. Fråga om jäv",
                advice=f"Att vara utsedd av en medlem gör ingen jävig i sig. Fråga {join_names(asked)} om de har egna "
                "uppdrag i den verksamhet som får medlen.",
                place=Place(item_id=item.id, field="attendance"),
            )


def _names(performer: str, member: Member) -> bool:
    return bool(performer.strip()) and member.name.strip().casefold() in performer.casefold()


RULES = (
    Rule(
        id="R29",
        text="Fråga om jäv när ett ärende ger medel till den som en ledamot företräder.",
        source="KL 6 kap. 28 §, en tolkning",
        severity=Severity.NOTE,
        check=_ask_about_conflicts,
        places=("attendance",),
    ),
    *(
        Rule(
            id=question.rule,
            text=_SAYS[question.rule][0],
            source=question.source,
            severity=Severity.WARNING,
            check=_no(question),
            places=("measure_id",),
        )
        for question in QUESTIONS
    ),
    Rule(
        id="R78",
        text="De nio frågorna om en insats är besvarade innan styrelsen beslutar.",
        source="7 § finsamlagen",
        severity=Severity.NOTE,
        check=_unanswered,
        places=("measure_id",),
    ),
    Rule(
        id="R79",
        text="Den som avviker från en rekommendation skriver varför.",
        source="Advokatfirman Delphi 2022",
        severity=Severity.WARNING,
        check=_deviation,
        places=("measure_id",),
    ),
)

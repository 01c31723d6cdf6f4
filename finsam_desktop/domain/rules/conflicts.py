"""Jäv: KL 6 kap. 28–32 §§. Who is in conflict neither takes part nor is present."""

from __future__ import annotations

from collections.abc import Iterator

from finsam_desktop.domain.agenda import find, walk
from finsam_desktop.domain.attendance import ConflictOfInterest, Ruling, deciders
from finsam_desktop.domain.decisions import Decision
from finsam_desktop.domain.rules.finding import Case, Hit, Place, Rule, Severity
from finsam_desktop.domain.sentences import genitive


def acts_of(decision: Decision, person_id: str) -> list[str]:
    """What the person has done in the decision, in words: "ett yrkande", "en röst", "en reservation"."""
    acts = []
    if any(
        person_id == m.person_id or person_id in m.supporters for m in decision.motions if not m.withdrawn
    ):
        acts.append("ett yrkande")
    if decision.vote is not None and decision.vote.cast_by(person_id) is not None:
        acts.append("en röst")
    if any(dissent.person_id == person_id for dissent in decision.dissents):
        acts.append("en reservation")
    return acts


def _conflicts(case: Case) -> Iterator[Hit]:
    for conflict in case.meeting.attendance.conflicts:
        yield from _of_one(case, conflict)


def _of_one(case: Case, conflict: ConflictOfInterest) -> Iterator[Hit]:
    item = find(case.meeting.items, conflict.item_id)
    if item is None:
        return
    name, place = case.name(conflict.person_id), Place(item_id=item.id, field="attendance")
    if not conflict.reason.strip() and case.held:
        yield Hit(
            title=f"{case.label(item)}: skäl saknas för {genitive(name)} jäv",
            advice="Skriv kort varför. Det ska gå att förstå i efterhand varför ledamoten inte deltog.",
            place=place,
            severity=Severity.WARNING,
        )
    if conflict.ruling is Ruling.NOT_IN_CONFLICT:
        return  # the board found none: the person takes part, and what was decided is recorded
    acts = sorted({act for one in walk((item,)) for act in acts_of(one.decision, conflict.person_id)})
    if acts:
        yield Hit(
            title=f"{case.label(item)}: {name} är jävig men har {' och '.join(acts)}",
            advice="Den som är jävig får varken delta eller vara närvarande. Rätta jävet eller det som är antecknat.",
            place=Place(item_id=item.id, field="decision"),
        )
    serving = {d.serving_for: d.person_id for d in deciders(case.meeting, case.association, item.id)}
    if conflict.substitute_id and serving.get(conflict.person_id) != conflict.substitute_id:
        yield Hit(
            title=f"{case.label(item)}: {case.name(conflict.substitute_id)} kan inte tjänstgöra för {name}",
            advice="Ersättaren är inte närvarande, tjänstgör för någon annan eller saknar uppdrag. Välj en annan.",
            place=place,
        )


RULES = (
    Rule(
        id="R28",
        text="Den som är jävig deltar inte, och det framgår varför och vem som tjänstgör i stället.",
        source="KL 6 kap. 28–30 §§",
        severity=Severity.ERROR,
        check=_conflicts,
        places=("attendance", "decision"),
    ),
)

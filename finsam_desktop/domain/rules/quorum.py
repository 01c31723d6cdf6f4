"""Whether the board could decide, item by item, and who served for whom: KL 6 kap. 27 §, 10 and 15 §§ finsamlagen."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from finsam_desktop.domain.agenda import walk
from finsam_desktop.domain.association import BOARD_ROLES
from finsam_desktop.domain.attendance import Decider, deciders
from finsam_desktop.domain.decisions import Outcome
from finsam_desktop.domain.numbering import NBSP, section_label
from finsam_desktop.domain.rules.finding import Case, Hit, Place, Rule, Severity
from finsam_desktop.domain.wording import join_names

_NOT_DECIDED = (Outcome.UNSET, Outcome.NOTED, Outcome.WITHDRAWN)


def _quorum(case: Case) -> Iterator[Hit]:
    seats = case.association.seats(case.meeting.date)
    if not seats:
        return
    counts = [
        (item.id, len(deciders(case.meeting, case.association, item.id))) for item in case.meeting.items
    ]
    few = [(item_id, count) for item_id, count in counts if 2 * count <= seats]
    if not few:
        return
    places = {item.id: place for place, item in enumerate(case.meeting.items)}
    acted = {
        item.id
        for item in case.meeting.items
        if any(one.decision.outcome not in _NOT_DECIDED for one in walk((item,)))
    }
    # A run of items with the same number is one finding: a meeting of 15 items must not give 15.
    for _, group in groupby(enumerate(few), key=lambda e: (places[e[1][0]] - e[0], e[1][1])):
        run = [entry for _, entry in group]
        # What fell for want of quorum was lawfully not decided; only what was decided is a fault.
        fell = case.held and not any(item_id in acted for item_id, _ in run)
        yield Hit(
            title=f"{_labels(case, [item_id for item_id, _ in run])}: {run[0][1]} av {seats} beslutande. "
            "Styrelsen är inte beslutför.",
            advice="Inget beslut är antecknat här, och inget får fattas. Ta upp ärendena på nästa sammanträde."
            if fell
            else "Fler än hälften av platserna ska vara fyllda. Kalla in ersättare, eller bordlägg. Du kan ändå "
            "anteckna vad som hände.",
            place=Place(item_id=run[0][0], field="attendance"),
            severity=Severity.WARNING if fell else None,
        )


def _labels(case: Case, item_ids: list[str]) -> str:
    if case.held:
        return section_label(case.paragraphs[item_id] for item_id in item_ids if item_id in case.paragraphs)
    first, last = case.agenda_numbers[item_ids[0]], case.agenda_numbers[item_ids[-1]]
    return f"Ärende{NBSP}{first}" if first == last else f"Ärende{NBSP}{first}–{last}"


def _served(case: Case) -> Iterator[Hit]:
    seen: set[tuple[str, str]] = set()
    board = case.association.appointed(case.meeting.date, *BOARD_ROLES)
    members = {appointment.person_id: appointment.member_id for appointment in board}
    for item in case.meeting.items:
        for decider in deciders(case.meeting, case.association, item.id):
            pair = (decider.person_id, decider.serving_for)
            if not decider.serving_for or pair in seen:
                continue
            seen.add(pair)
            if _other_member(decider, members):
                yield Hit(
                    title=f"{case.name(decider.person_id)} tjänstgör för en annan medlems ledamot, "
                    f"{case.name(decider.serving_for)}",
                    advice="En ersättare representerar den medlem som har utsett den. Se efter vad som är bestämt om "
                    "tjänstgöringen.",
                    place=Place(item_id=item.id, field="attendance"),
                )


def _other_member(decider: Decider, members: dict[str, str]) -> bool:
    wanted = members.get(decider.serving_for, "")
    return bool(wanted and decider.member_id) and wanted != decider.member_id


def _gone(case: Case) -> Iterator[Hit]:
    """Times, and jäv, at items that have been removed: they would count from the start, to the end or not at all."""
    known = {item.id: place for place, item in enumerate(walk(case.meeting.items))}
    if not known:
        return
    attendance = case.meeting.attendance
    lost: dict[str, list[str]] = {}
    for one in attendance.presences:
        pairs = (("kom", one.from_item), ("gick", one.to_item))
        words = [word for word, item_id in pairs if item_id and item_id not in known]
        if any(end not in known for away in one.away for end in (away.from_item, away.to_item)):
            words.append("var borta")
        if words:
            lost.setdefault(one.person_id, []).extend(words)
    for conflict in attendance.conflicts:
        if conflict.item_id not in known:
            lost.setdefault(conflict.person_id, []).append("var jävig")
    for one in attendance.presences:
        spans = [(away.from_item, away.to_item) for away in one.away] + [(one.from_item, one.to_item)]
        if any(known.get(first, 0) > known.get(last, len(known)) for first, last in spans):
            yield Hit(
                title=f"{case.name(one.person_id)} har en tid som slutar innan den börjar",
                advice="Ärendena har kanske bytt plats. Ange på nytt när personen kom och gick.",
                place=Place(field="attendance"),
            )
    for person_id, words in lost.items():
        yield Hit(
            title=f"{case.name(person_id)} {join_names(list(dict.fromkeys(words)))} vid ett ärende som är borttaget",
            advice="Närvaron kan bli fel: utan ärendet räknas personen från början, till slutet eller som närvarande. "
            "Ange ärendet på nytt under Närvaro och beslut.",
            place=Place(field="attendance"),
        )


RULES = (
    Rule(
        id="R14",
        text="Fler än hälften av styrelsens platser är fyllda i varje ärende, räknat efter jäv.",
        source="KL 6 kap. 27 §",
        severity=Severity.ERROR,
        check=_quorum,
        places=("attendance",),
    ),
    Rule(
        id="R18",
        text="En ersättare tjänstgör för en ledamot som samma medlem har utsett.",
        source="10 och 15 §§ finsamlagen, en tolkning",
        severity=Severity.WARNING,
        check=_served,
        places=("attendance",),
    ),
    Rule(
        id="R33",
        text="När någon kom, gick eller var jävig är antecknat vid ett ärende som finns.",
        source="KL 5 kap. 66 §",
        severity=Severity.ERROR,
        check=_gone,
        places=("attendance",),
    ),
)

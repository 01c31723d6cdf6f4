"""Whether the board could decide, item by item, and who served for whom: KL 6 kap. 27 §, 10 and 15 §§ finsamlagen."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from finsam_desktop.domain.association import BOARD_ROLES
from finsam_desktop.domain.attendance import Decider, deciders
from finsam_desktop.domain.numbering import NBSP, section_label
from finsam_desktop.domain.rules.finding import Case, Hit, Place, Rule, Severity


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
    # A run of items with the same number is one finding: a meeting of 15 items must not give 15.
    for _, group in groupby(enumerate(few), key=lambda e: (places[e[1][0]] - e[0], e[1][1])):
        run = [entry for _, entry in group]
        yield Hit(
            title=f"{_labels(case, [item_id for item_id, _ in run])}: {run[0][1]} av {seats} beslutande. "
            "Styrelsen är inte beslutför.",
            advice="Fler än hälften av platserna ska vara fyllda. Kalla in ersättare, eller bordlägg. Du kan ändå "
            "anteckna vad som hände.",
            place=Place(item_id=run[0][0], field="attendance"),
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
)

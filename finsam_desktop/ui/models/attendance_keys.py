"""What each key of the grid records about a person at a paragraph, with the words that undo shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import time

from finsam_desktop.domain import recording
from finsam_desktop.domain.association import BOARD_ROLES, Association, Role
from finsam_desktop.domain.attendance import (
    Away,
    Presence,
    attends,
    conflict_in,
    deciders,
    is_in_conflict,
    present_by_default,
    suggested_deputies,
)
from finsam_desktop.domain.meeting import Adjuster, Meeting


@dataclass(frozen=True, slots=True, kw_only=True)
class At:
    """The person and paragraph at hand. ``at`` is the clock, while the meeting goes on."""

    association: Association
    person_id: str
    name: str
    item_id: str
    paragraph: int
    at: time | None = None


Recorded = tuple[str, Meeting]


def pressed(letter: str, meeting: Meeting, here: At) -> Recorded | None:
    """What the key records, as the words for undo and the meeting after it; None when it does nothing here."""
    function = _KEYS.get(letter)
    return function(meeting, here) if function is not None else None


def with_presence(meeting: Meeting, presence: Presence) -> Meeting:
    """The meeting with a person's exception, in its old place when there was one."""
    found = meeting.attendance.presences
    same = [one.person_id == presence.person_id for one in found]
    kept = tuple(presence if is_it else one for one, is_it in zip(found, same, strict=True))
    presences = kept if any(same) else (*found, presence)
    return replace(meeting, attendance=replace(meeting.attendance, presences=presences))


def _absent(meeting: Meeting, here: At) -> Recorded:
    presence = meeting.attendance.of(here.person_id)
    if presence is not None and not presence.present:
        return f"{here.name} är närvarande", recording.present(meeting, here.person_id)
    return f"{here.name} är frånvarande", recording.absent(meeting, here.person_id)


def _arrives(meeting: Meeting, here: At) -> Recorded:
    if here.item_id == meeting.items[0].id:
        return f"{here.name} är närvarande", recording.present(meeting, here.person_id)
    came = recording.arrives(meeting, here.person_id, here.item_id, here.at)
    return f"{here.name} kom § {here.paragraph}", came


def _leaves(meeting: Meeting, here: At) -> Recorded:
    left = recording.leaves(meeting, here.person_id, here.item_id, here.at)
    return f"{here.name} gick efter § {here.paragraph}", left


def _out(meeting: Meeting, here: At) -> Recorded:
    """Out during the paragraph; beside a time away that is noted it becomes longer, within it shorter."""
    order = [item.id for item in meeting.items]
    place = order.index(here.item_id)
    kept = meeting.attendance.of(here.person_id) or Presence(person_id=here.person_id)
    spans = [(order.index(a.from_item), order.index(a.to_item), a) for a in kept.away
             if a.from_item in order and a.to_item in order]  # fmt: skip
    lost = [a for a in kept.away if a.from_item not in order or a.to_item not in order]
    label = f"{here.name} ute § {here.paragraph}"
    covering = next((span for span in spans if span[0] <= place <= span[1]), None)
    if covering is not None:
        label = f"{here.name} inte ute § {here.paragraph}"
        spans.remove(covering)
        spans += _without(covering, place)
    else:
        before = next((span for span in spans if span[1] == place - 1), None)
        after = next((span for span in spans if span[0] == place + 1), None)
        if before is not None:
            spans[spans.index(before)] = (before[0], place, before[2])
        elif after is not None:
            spans[spans.index(after)] = (place, after[1], after[2])
        else:
            spans.append((place, place, Away(from_item="", to_item="", left_at=here.at)))
    found = (
        replace(a, from_item=order[first], to_item=order[last])
        for first, last, a in sorted(spans, key=_first)
    )
    return label, with_presence(meeting, replace(kept, present=True, away=(*lost, *found)))


def _first(span: tuple[int, int, Away]) -> int:
    return span[0]


def _without(span: tuple[int, int, Away], place: int) -> list[tuple[int, int, Away]]:
    """What is left of a time away when one paragraph is taken out of it."""
    first, last, away = span
    parts = [(first, place - 1, replace(away, back_at=None)), (place + 1, last, replace(away, left_at=None))]
    if place == first:
        parts[1] = (place + 1, last, away)
    if place == last:
        parts[0] = (first, place - 1, away)
    return [part for part in parts if part[0] <= part[1]]


def _conflict(meeting: Meeting, here: At) -> Recorded:
    if meeting.attendance.conflict(here.person_id, here.item_id) is not None:
        label = f"Jäv § {here.paragraph} togs bort"
        return label, recording.no_conflict(meeting, here.person_id, here.item_id)
    return f"Jäv § {here.paragraph}", recording.conflict(meeting, here.person_id, here.item_id)


def _distance(meeting: Meeting, here: At) -> Recorded:
    presence = meeting.attendance.of(here.person_id)
    if presence is not None and presence.distance:
        return f"{here.name} deltar i rummet", recording.in_the_room(meeting, here.person_id)
    return f"{here.name} deltar på distans", recording.at_distance(meeting, here.person_id)


def _adjuster(meeting: Meeting, here: At) -> Recorded:
    kept = tuple(one for one in meeting.adjusters if one.person_id != here.person_id)
    if kept != meeting.adjusters:
        return f"{here.name} justerar inte", replace(meeting, adjusters=kept)
    new = (*meeting.adjusters, Adjuster(person_id=here.person_id))
    return f"{here.name} justerar", replace(meeting, adjusters=new)


def _serves(meeting: Meeting, here: At) -> Recorded | None:
    """The ersättare who is first in turn takes the seat; again, the next in turn."""
    board = {a.person_id for a in here.association.appointed(meeting.date, *BOARD_ROLES)}
    if here.person_id in board:
        return _is_served(meeting, here)
    deputies = {a.person_id for a in here.association.appointed(meeting.date, Role.DEPUTY)}
    return _serves_for(meeting, here, board) if here.person_id in deputies else None


def _is_served(meeting: Meeting, here: At) -> Recorded | None:
    if attends(meeting, here.association, here.person_id, here.item_id):
        return None
    in_conflict = is_in_conflict(meeting, here.person_id, here.item_id)
    suggested = suggested_deputies(meeting, here.association, here.person_id, here.item_id)
    if in_conflict:  # who steps in for one item is in the room already, where anyone is
        suggested = tuple(sorted(suggested, key=lambda one: not one.is_there))
    offered = [one.person_id for one in suggested]
    if not offered:
        return None
    deciding = deciders(meeting, here.association, here.item_id)
    now = next((d.person_id for d in deciding if d.serving_for == here.person_id), "")
    deputy = offered[(offered.index(now) + 1) % len(offered)] if now in offered else offered[0]
    person = here.association.person(deputy)
    label = f"{person.name if person is not None else 'Ersättaren'} tjänstgör för {here.name}"
    conflict = conflict_in(meeting, here.person_id, here.item_id)
    if conflict is not None and in_conflict:
        if not attends(meeting, here.association, deputy, here.item_id):
            meeting = recording.present(meeting, deputy)
        changed = replace(conflict, substitute_id=deputy)
        conflicts = tuple(changed if c is conflict else c for c in meeting.attendance.conflicts)
        return label, replace(meeting, attendance=replace(meeting.attendance, conflicts=conflicts))
    return label, recording.serves(meeting, deputy, here.person_id)


def _serves_for(meeting: Meeting, here: At, board: set[str]) -> Recorded | None:
    """The deputy takes an empty seat, first that of a ledamot from the same member; then no seat."""
    association, day = here.association, meeting.date
    deciding = deciders(meeting, association, here.item_id)
    mine = next((d.serving_for for d in deciding if d.person_id == here.person_id), "")
    filled = {d.serving_for for d in deciding if d.person_id != here.person_id}
    member = {a.member_id for a in association.appointed(day, Role.DEPUTY) if a.person_id == here.person_id}
    seats = [a for a in association.appointed(day, *BOARD_ROLES) if a.person_id in board]
    empty = [
        a.person_id
        for a in sorted(seats, key=lambda a: a.member_id not in member)
        if a.person_id not in filled and not attends(meeting, association, a.person_id, here.item_id)
    ]
    if mine in empty[:-1]:
        wanted = empty[empty.index(mine) + 1]
    elif mine:
        return f"{here.name} tjänstgör inte", recording.serves_nobody(meeting, here.person_id)
    elif not empty:
        if attends(meeting, association, here.person_id, here.item_id):
            return None
        return f"{here.name} är närvarande", recording.present(meeting, here.person_id)
    else:
        wanted = empty[0]
    person = association.person(wanted)
    alone = recording.serves_nobody(meeting, here.person_id)
    label = f"{here.name} tjänstgör för {person.name if person is not None else 'ledamoten'}"
    return label, recording.serves(alone, here.person_id, wanted)


def _toggle(meeting: Meeting, here: At) -> Recorded:
    """Without the exception at hand: the jäv in the paragraph, the time out, else everything about the person.

    Where there is none the person is noted as absent, or as there who was not expected.
    """
    if meeting.attendance.conflict(here.person_id, here.item_id) is not None:
        return _conflict(meeting, here)
    presence = meeting.attendance.of(here.person_id)
    usual = Presence(person_id=here.person_id)
    if presence is None or presence == usual:
        if present_by_default(here.association, here.person_id, meeting.date):
            return f"{here.name} är frånvarande", recording.absent(meeting, here.person_id)
        if presence is None:
            return f"{here.name} är närvarande", recording.present(meeting, here.person_id)
    return f"Ångra undantag för {here.name}", recording.as_usual(meeting, here.person_id)


_KEYS: dict[str, Callable[[Meeting, At], Recorded | None]] = {
    "F": _absent,
    "K": _arrives,
    "G": _leaves,
    "U": _out,
    "J": _conflict,
    "T": _serves,
    "D": _distance,
    "S": _adjuster,
    " ": _toggle,
}

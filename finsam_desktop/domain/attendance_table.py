"""Who attends and who decides through a whole meeting, worked out once per change of situation and not per item."""

from __future__ import annotations

from dataclasses import dataclass

from finsam_desktop.domain.agenda import walk
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.attendance import Decider, attends, deciders
from finsam_desktop.domain.meeting import Meeting


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Who is there (ids) and who decides, during one item or a row of items alike."""

    attending: frozenset[str] = frozenset()
    deciders: tuple[Decider, ...] = ()

    def decider(self, person_id: str) -> Decider | None:
        """The person as one who decides, or None."""
        return next((one for one in self.deciders if one.person_id == person_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceTable:
    """The situation during each of the meeting's items, in their order. Sub-items are not in it."""

    situations: tuple[Situation, ...] = ()

    def counts(self) -> tuple[int, ...]:
        """How many decide each item."""
        return tuple(len(one.deciders) for one in self.situations)


def attendance_table(meeting: Meeting, association: Association) -> AttendanceTable:
    """The same as asking ``attends`` and ``deciders`` about every item and every appointed person.

    They are asked only about the first of the items between two changes: where someone comes, goes, is away or has
    a conflict of interest. A meeting of 200 items has a handful of changes.
    """
    people = dict.fromkeys(a.person_id for a in association.appointed(meeting.date))
    changes = _changes(meeting)
    found: list[Situation] = []
    for place, item in enumerate(meeting.items):
        if place == 0 or place in changes:
            there = frozenset(one for one in people if attends(meeting, association, one, item.id))
            found.append(Situation(attending=there, deciders=deciders(meeting, association, item.id)))
        else:
            found.append(found[-1])
    return AttendanceTable(situations=tuple(found))


def _changes(meeting: Meeting) -> frozenset[int]:
    """Places of the items where the situation may differ from that of the item before."""
    order = {one.id: place for place, item in enumerate(meeting.items) for one in walk((item,))}
    begins: list[str] = []
    ends: list[str] = []
    for presence in meeting.attendance.presences:
        begins += [presence.from_item, *(one.from_item for one in presence.away)]
        ends += [presence.to_item, *(one.to_item for one in presence.away)]
        # An end whose item is gone falls on the other end, so each end may be the first or the last missed.
        begins += [one.to_item for one in presence.away]
        ends += [one.from_item for one in presence.away]
    for conflict in meeting.attendance.conflicts:
        begins.append(conflict.item_id)
        ends.append(conflict.item_id)
    first = {order[item_id] for item_id in begins if item_id in order}
    after = {order[item_id] + 1 for item_id in ends if item_id in order}
    return frozenset(first | after)

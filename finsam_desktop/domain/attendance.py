"""Who was there, item by item, recorded as exceptions only; from it who decided and whether the board could."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import TYPE_CHECKING

from finsam_desktop.domain.agenda import Items, find, parent_of, walk
from finsam_desktop.domain.association import BOARD_ROLES, Appointment, Association, Role
from finsam_desktop.domain.remembering import remembered

if TYPE_CHECKING:
    from finsam_desktop.domain.meeting import Meeting

PRESENT_BY_DEFAULT = (*BOARD_ROLES, Role.DIRECTOR, Role.SECRETARY)
"""Roles whose holders are present until something else is recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """A time out of the room between coming and leaving: ``from_item`` … ``to_item`` are missed, both included."""

    from_item: str
    to_item: str
    left_at: time | None = None
    back_at: time | None = None
    lost_connection: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """What differs from the default for one person.

    ``from_item`` is the first item and ``to_item`` the last that the person attends (ids; empty: start and end).
    ``serving_for`` names the ledamot whose seat a deputy fills whenever that ledamot is away, ``also_serving_for``
    further ones whose seats the deputy fills when free, in order. ``away`` are the times between that are missed.
    """

    person_id: str
    present: bool = True
    distance: bool = False
    audio_only: bool = False
    from_item: str = ""
    arrived_at: time | None = None
    to_item: str = ""
    left_at: time | None = None
    serving_for: str = ""
    away: tuple[Away, ...] = ()
    audio_reason: str = ""
    also_serving_for: tuple[str, ...] = ()


class Ruling(StrEnum):
    """What the board decided when a conflict of interest was disputed (KL 6 kap. 30 §)."""

    UNDISPUTED = "undisputed"
    IN_CONFLICT = "in_conflict"
    NOT_IN_CONFLICT = "not_in_conflict"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictOfInterest:
    """Jäv: the person neither takes part nor is present during the item (KL 6 kap. 28–32 §§).

    With the ruling NOT_IN_CONFLICT the person does take part; what the board decided is still recorded.
    """

    item_id: str
    person_id: str
    reason: str = ""
    substitute_id: str = ""
    ruling: Ruling = Ruling.UNDISPUTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """The exceptions of a meeting."""

    presences: tuple[Presence, ...] = ()
    conflicts: tuple[ConflictOfInterest, ...] = ()

    def of(self, person_id: str) -> Presence | None:
        """The person's exception, or None."""
        return next((p for p in self.presences if p.person_id == person_id), None)

    def conflict(self, person_id: str, item_id: str) -> ConflictOfInterest | None:
        """The person's conflict of interest in the item, or None."""
        return next((c for c in self.conflicts if c.person_id == person_id and c.item_id == item_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decider:
    """Someone who decides an item: a ledamot, or a deputy serving for one."""

    person_id: str
    role: Role
    member_id: str
    serving_for: str = ""


@remembered
def present_by_default(association: Association, person_id: str, day: date) -> bool:
    """Whether the person is there until something else is recorded."""
    return any(a.person_id == person_id for a in association.appointed(day, *PRESENT_BY_DEFAULT))


def attends(meeting: Meeting, association: Association, person_id: str, item_id: str) -> bool:
    """Whether the person is in the room (or connected) during the item or sub-item.

    A sub-item is attended as the item it belongs to; only a conflict of interest may concern it alone.
    """
    if is_in_conflict(meeting, person_id, item_id):
        return False
    return would_attend(meeting, association, person_id, item_id)


def would_attend(meeting: Meeting, association: Association, person_id: str, item_id: str) -> bool:
    """Whether the person is there during the item, conflicts of interest aside."""
    presence = meeting.attendance.of(person_id)
    if presence is None:
        return present_by_default(association, person_id, meeting.date)
    if not presence.present or not (presence.from_item or presence.to_item or presence.away):
        return presence.present
    order = _places(meeting.items)
    place = order[item_id]
    first = order.get(presence.from_item, 0)
    last = order.get(presence.to_item, len(meeting.items) - 1)
    return first <= place <= last and not any(_misses(order, away, place) for away in presence.away)


@remembered
def _places(items: Items) -> dict[str, int]:
    """The place of every item on the agenda by id; a sub-item has that of the item it belongs to."""
    return {one.id: place for place, item in enumerate(items) for one in walk((item,))}


def _misses(order: dict[str, int], away: Away, place: int) -> bool:
    """Whether the time away covers the place. An end whose item has been removed falls on the other end."""
    first = order.get(away.from_item, order.get(away.to_item))
    last = order.get(away.to_item, order.get(away.from_item))
    return first is not None and last is not None and first <= place <= last


def conflict_in(meeting: Meeting, person_id: str, item_id: str) -> ConflictOfInterest | None:
    """What is recorded about the person's conflict of interest in the item, or in the item it is a sub-item of."""
    if all(one.person_id != person_id for one in meeting.attendance.conflicts):
        return None  # to look for the parent takes long in a meeting of hundreds of items
    found = meeting.attendance.conflict(person_id, item_id)
    parent = parent_of(meeting.items, item_id) if found is None else None
    return found if parent is None else conflict_in(meeting, person_id, parent.id)


def is_in_conflict(meeting: Meeting, person_id: str, item_id: str) -> bool:
    """Whether the person is kept out of the item, which ends with a ruling that there is no conflict."""
    found = conflict_in(meeting, person_id, item_id)
    return found is not None and found.ruling is not Ruling.NOT_IN_CONFLICT


@remembered
def deciders(meeting: Meeting, association: Association, item_id: str) -> tuple[Decider, ...]:
    """Who decides the item: chair, vice chairs and ledamöter in register order, then serving deputies.

    A seat is filled once and a deputy fills one seat (KL 6 kap. 27 §). Empty seats are filled in three rounds, each
    in register order: by the substitute named at the ledamot's conflict of interest, unless the deputy's own
    ``serving_for`` is away; by the deputy who serves for the ledamot; by one who also serves for the ledamot.
    """
    board = _board(meeting, association)
    there = [one for one in board if attends(meeting, association, one.person_id, item_id)]
    empty = [one.person_id for one in board if one not in there]
    return (*there, *_serving(meeting, association, item_id, board, empty))


@remembered
def _board(meeting: Meeting, association: Association) -> tuple[Decider, ...]:
    """The holders of seats, each once, in the highest of their roles."""
    found: dict[str, Decider] = {}
    for role in BOARD_ROLES:
        for one in association.appointed(meeting.date, role):
            found.setdefault(
                one.person_id, Decider(person_id=one.person_id, role=role, member_id=one.member_id)
            )
    return tuple(found.values())


def _serving(
    meeting: Meeting,
    association: Association,
    item_id: str,
    board: Sequence[Decider],
    empty: Sequence[str],
) -> tuple[Decider, ...]:
    """The deputies who fill the empty seats, in the order of the seats."""
    taken = {one.person_id for one in board}
    free = {
        a.person_id: a
        for a in reversed(association.appointed(meeting.date, Role.DEPUTY))
        if a.person_id not in taken and attends(meeting, association, a.person_id, item_id)
    }
    filled: dict[str, Appointment] = {}
    for seat, deputy_id in _claims(meeting, item_id, empty):
        if seat not in filled and deputy_id in free:
            filled[seat] = free.pop(deputy_id)
    return tuple(
        Decider(
            person_id=filled[seat].person_id,
            role=Role.DEPUTY,
            member_id=filled[seat].member_id,
            serving_for=seat,
        )
        for seat in empty
        if seat in filled
    )


def _claims(meeting: Meeting, item_id: str, empty: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Who may fill which empty seat, the strongest claim first: pairs of ledamot and deputy."""
    presences = meeting.attendance.presences
    own_seat = {p.person_id: p.serving_for for p in presences}
    for seat in empty:
        conflict = conflict_in(meeting, seat, item_id)
        if conflict is None or conflict.ruling is Ruling.NOT_IN_CONFLICT:
            continue
        own = own_seat.get(conflict.substitute_id, "")
        if own == seat or own not in empty:
            yield seat, conflict.substitute_id
    for seat in empty:
        yield from ((seat, p.person_id) for p in presences if p.serving_for == seat)
    for seat in empty:
        yield from ((seat, p.person_id) for p in presences if seat in p.also_serving_for)


def is_quorate(meeting: Meeting, association: Association, item_id: str) -> bool:
    """Whether more than half of the board's seats are filled during the item (KL 6 kap. 27 §, R14)."""
    return 2 * len(deciders(meeting, association, item_id)) > association.seats(meeting.date)


def taking_part(meeting: Meeting, association: Association, item_id: str) -> tuple[str, ...]:
    """Ids of those who decide the item and have not stood aside from it: they vote, and may reserve (R27)."""
    item = find(meeting.items, item_id)
    aside = item.decision.not_taking_part if item is not None else ()
    return tuple(d.person_id for d in deciders(meeting, association, item_id) if d.person_id not in aside)


def presiding(meeting: Meeting, association: Association, item_id: str) -> Decider | None:
    """Who leads the item: the chair, else a vice chair in register order, else the one the board has chosen.

    Only one who decides the item leads it. None when nobody is known to.
    """
    return leader_among(meeting, deciders(meeting, association, item_id))


def leader_among(meeting: Meeting, deciding: Sequence[Decider]) -> Decider | None:
    """Who of those who decide leads, see ``presiding``."""
    for role in (Role.CHAIR, Role.VICE_CHAIR):
        for decider in deciding:
            if decider.role is role:
                return decider
    return next((d for d in deciding if d.person_id == meeting.chaired_by), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedDeputy:
    """A deputy who can fill a seat. ``same_member``: appointed by the ledamot's member (10 and 15 §§, R18).

    ``is_there`` is whether the deputy is recorded as present, else the deputy has to be called in.
    """

    person_id: str
    member_id: str
    same_member: bool
    order: int
    is_there: bool


def suggested_deputies(
    meeting: Meeting, association: Association, person_id: str, item_id: str
) -> tuple[SuggestedDeputy, ...]:
    """Who can fill the ledamot's seat during the item: deputies of the same member first, then by order of service.

    Left out are those who are recorded as away, have a conflict of interest in the item or fill another's seat.
    Deputies without an order come after those with one.
    """
    board = {one.person_id: one.member_id for one in _board(meeting, association)}
    busy = {
        d.person_id
        for d in deciders(meeting, association, item_id)
        if d.serving_for and d.serving_for != person_id
    }
    found: dict[str, SuggestedDeputy] = {}
    for one in association.appointed(meeting.date, Role.DEPUTY):
        if one.person_id in board or one.person_id in busy or one.person_id in found:
            continue
        recorded = meeting.attendance.of(one.person_id) is not None
        is_there = attends(meeting, association, one.person_id, item_id)
        if is_in_conflict(meeting, one.person_id, item_id) or (recorded and not is_there):
            continue
        found[one.person_id] = SuggestedDeputy(
            person_id=one.person_id,
            member_id=one.member_id,
            same_member=bool(one.member_id) and one.member_id == board.get(person_id),
            order=one.order,
            is_there=is_there,
        )
    return tuple(sorted(found.values(), key=lambda s: (not s.same_member, s.order == 0, s.order)))


def item_at(meeting: Meeting, moment: time) -> str:
    """Id of the last item that has begun at the time as planned; "" where the items have no planned minutes."""
    begun = [item_id for item_id, begin, _ in _planned(meeting) if begin <= _minute(moment)]
    return begun[-1] if begun else _first_planned(meeting)


def item_before(meeting: Meeting, moment: time) -> str:
    """Id of the last item that is over at the time as planned, at least the first; "" as for ``item_at``."""
    over = [item_id for item_id, _, end in _planned(meeting) if end <= _minute(moment)]
    return over[-1] if over else _first_planned(meeting)


def _first_planned(meeting: Meeting) -> str:
    return meeting.items[0].id if _planned(meeting) else ""


def _planned(meeting: Meeting) -> list[tuple[str, int, int]]:
    """Each item with the minutes of the day it begins and ends, from the opening on, with adjournments between."""
    opened = meeting.opened_at or meeting.start
    if opened is None or not any(item.minutes for item in meeting.items):
        return []
    now = _minute(opened)
    pauses = sorted((_minute(a.start), _minute(a.end)) for a in meeting.adjournments)
    planned = []
    for item in meeting.items:
        begin, now = now, now + (item.minutes or 0)
        for pause_start, pause_end in pauses:
            if begin <= pause_start < now:
                now += max(0, pause_end - pause_start)
        planned.append((item.id, begin, now))
    return planned


def _minute(moment: time) -> int:
    return 60 * moment.hour + moment.minute

"""Who was there, item by item, recorded as exceptions only; from it who decided and whether the board could."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import TYPE_CHECKING

from finsam_desktop.domain.agenda import parent_of, walk
from finsam_desktop.domain.association import BOARD_ROLES, Association, Role

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
    ``serving_for`` names the ledamot whose seat a deputy fills whenever that ledamot is away.
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


def present_by_default(association: Association, person_id: str, day: date) -> bool:
    """Whether the person is there until something else is recorded."""
    return any(a.person_id == person_id for a in association.appointed(day, *PRESENT_BY_DEFAULT))


def attends(meeting: Meeting, association: Association, person_id: str, item_id: str) -> bool:
    """Whether the person is in the room (or connected) during the item or sub-item.

    A sub-item is attended as the item it belongs to; only a conflict of interest may concern it alone.
    """
    if conflict_in(meeting, person_id, item_id) is not None:
        return False
    presence = meeting.attendance.of(person_id)
    if presence is None:
        return present_by_default(association, person_id, meeting.date)
    if not presence.present:
        return False
    order = {one.id: index for index, item in enumerate(meeting.items) for one in walk((item,))}
    place = order[item_id]
    first = order.get(presence.from_item, 0)
    last = order.get(presence.to_item, len(meeting.items) - 1)
    return first <= place <= last


def conflict_in(meeting: Meeting, person_id: str, item_id: str) -> ConflictOfInterest | None:
    """The person's conflict of interest in the item, or in the item it is a sub-item of; None without one."""
    found = meeting.attendance.conflict(person_id, item_id)
    parent = parent_of(meeting.items, item_id) if found is None else None
    return found if parent is None else conflict_in(meeting, person_id, parent.id)


def deciders(meeting: Meeting, association: Association, item_id: str) -> tuple[Decider, ...]:
    """Who decides the item: chair, vice chairs and ledamöter in register order, then serving deputies.

    A deputy serves when the ledamot named in ``serving_for`` is away, or when named as substitute at a
    conflict of interest. A seat is filled once, a deputy fills one seat (KL 6 kap. 27 §).
    """
    board = [a for role in BOARD_ROLES for a in association.appointed(meeting.date, role)]
    found: list[Decider] = []
    empty: list[str] = []
    seen: set[str] = set()
    for appointment in board:
        if appointment.person_id in seen:
            continue
        seen.add(appointment.person_id)
        if attends(meeting, association, appointment.person_id, item_id):
            found.append(
                Decider(
                    person_id=appointment.person_id, role=appointment.role, member_id=appointment.member_id
                )
            )
        else:
            empty.append(appointment.person_id)
    for absent_id in empty:
        deputy = _serving(meeting, association, absent_id, item_id, seen)
        if deputy is not None:
            seen.add(deputy.person_id)
            found.append(deputy)
    return tuple(found)


def _serving(
    meeting: Meeting, association: Association, absent_id: str, item_id: str, taken: set[str]
) -> Decider | None:
    conflict = conflict_in(meeting, absent_id, item_id)
    named = [conflict.substitute_id] if conflict is not None and conflict.substitute_id else []
    named += [p.person_id for p in meeting.attendance.presences if p.serving_for == absent_id]
    for appointment in (
        a
        for person_id in named
        for a in association.appointed(meeting.date, Role.DEPUTY)
        if a.person_id == person_id
    ):
        if appointment.person_id in taken:
            continue
        if attends(meeting, association, appointment.person_id, item_id):
            return Decider(
                person_id=appointment.person_id,
                role=Role.DEPUTY,
                member_id=appointment.member_id,
                serving_for=absent_id,
            )
    return None


def is_quorate(meeting: Meeting, association: Association, item_id: str) -> bool:
    """Whether more than half of the board's seats are filled during the item (KL 6 kap. 27 §, R14)."""
    return 2 * len(deciders(meeting, association, item_id)) > association.seats(meeting.date)

"""The ways attendance is recorded: by exceptions. Every function returns a new value."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from finsam_desktop.domain.attendance import Attendance, ConflictOfInterest, Presence


def _with(attendance: Attendance, presence: Presence) -> Attendance:
    others = tuple(p for p in attendance.presences if p.person_id != presence.person_id)
    return replace(attendance, presences=(*others, presence))


def _of(attendance: Attendance, person_id: str) -> Presence:
    return attendance.of(person_id) or Presence(person_id=person_id)


def absent(attendance: Attendance, person_id: str) -> Attendance:
    """The person is away from the whole meeting; whom a deputy serves for is forgotten with it."""
    return _with(attendance, Presence(person_id=person_id, present=False))


def present(attendance: Attendance, person_id: str) -> Attendance:
    """The person is there from start to end."""
    kept = _of(attendance, person_id)
    return _with(
        attendance, Presence(person_id=person_id, distance=kept.distance, serving_for=kept.serving_for)
    )


def arrived(attendance: Attendance, person_id: str, item_id: str, at: time | None) -> Attendance:
    """The person came before the item, at the time when it is known."""
    kept = _of(attendance, person_id)
    return _with(attendance, replace(kept, present=True, from_item=item_id, arrived_at=at))


def left(attendance: Attendance, person_id: str, last_item_id: str, at: time | None) -> Attendance:
    """The person left after the item, at the time when it is known."""
    kept = _of(attendance, person_id)
    return _with(attendance, replace(kept, present=True, to_item=last_item_id, left_at=at))


def serving(attendance: Attendance, deputy_id: str, for_id: str) -> Attendance:
    """The deputy is there and fills the ledamot's seat whenever the ledamot is away."""
    kept = _of(attendance, deputy_id)
    others = tuple(replace(p, serving_for="") if p.serving_for == for_id else p for p in attendance.presences)
    return _with(replace(attendance, presences=others), replace(kept, present=True, serving_for=for_id))


def conflict(attendance: Attendance, person_id: str, item_id: str, *, reason: str = "") -> Attendance:
    """The person has a conflict of interest in the item; recorded once."""
    if attendance.conflict(person_id, item_id) is not None:
        return attendance
    entry = ConflictOfInterest(person_id=person_id, item_id=item_id, reason=reason)
    return replace(attendance, conflicts=(*attendance.conflicts, entry))


def cleared(attendance: Attendance, person_id: str, item_id: str) -> Attendance:
    """Without the exception at hand: the jäv in the item, else everything about the person."""
    if attendance.conflict(person_id, item_id) is not None:
        kept = tuple(
            c for c in attendance.conflicts if not (c.person_id == person_id and c.item_id == item_id)
        )
        return replace(attendance, conflicts=kept)
    return replace(attendance, presences=tuple(p for p in attendance.presences if p.person_id != person_id))

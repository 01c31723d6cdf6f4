"""Who attended a year's meetings, for how long and as what: what fees (arvoden, 11 § finsamlagen) are paid from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from finsam_desktop.domain.association import BOARD_ROLES, Association, Role
from finsam_desktop.domain.attendance_table import attendance_table
from finsam_desktop.domain.deadlines import reached
from finsam_desktop.domain.meeting import Meeting, MeetingState
from finsam_desktop.domain.numbering import paragraphs
from finsam_desktop.domain.sentences import person_name, section_range

_BOARD = (*BOARD_ROLES, Role.DEPUTY)
"""Those who can be paid a fee for a meeting, the first role a person holds counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attended:
    """One person at one meeting. ``hours`` is the meeting's length without adjournments, None where not noted.

    ``sections`` are the §§ where not all, ``serving`` whether a deputy served; ``fee`` in kr, None where none is set.
    """

    meeting_id: str
    day: date
    person_id: str
    name: str
    member: str
    role: Role
    serving: bool = False
    distance: bool = False
    sections: str = ""
    hours: Decimal | None = None
    fee: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSum:
    """One person's year: how many meetings, hours and kr. ``hours`` and ``fee`` count what is known."""

    person_id: str
    name: str
    member: str
    roles: tuple[Role, ...]
    meetings: int
    serving: int
    hours: Decimal
    fee: Decimal


def hours(meeting: Meeting) -> Decimal | None:
    """How long the meeting was, adjournments taken off, to a hundredth; None when it is not known or impossible."""
    if meeting.opened_at is None or meeting.closed_at is None:
        return None
    pauses = sum(_minutes(pause.start, pause.end) for pause in meeting.adjournments)
    minutes = _minutes(meeting.opened_at, meeting.closed_at) - pauses
    return (Decimal(minutes) / 60).quantize(Decimal("0.01")) if minutes > 0 else None


def _minutes(start: time, end: time) -> int:
    day = date(2000, 1, 1)
    return max(0, int((datetime.combine(day, end) - datetime.combine(day, start)).total_seconds() // 60))


def attended(association: Association, meetings: Iterable[Meeting], meeting: Meeting) -> tuple[Attended, ...]:
    """The ledamöter and deputies who were there, in order of role and register; nobody for a meeting not yet held."""
    if (
        meeting.cancelled_on is not None
        or not reached(meeting, MeetingState.HELD)
        or not meeting.kind.decides
    ):
        return ()
    known = tuple(meetings)
    numbers = paragraphs(known if meeting in known else (*known, meeting), meeting)
    table = attendance_table(meeting, association)
    everything = [numbers[item.id] for item in meeting.items]
    length = hours(meeting)
    found: dict[str, Attended] = {}
    for role in _BOARD:
        for appointment in association.appointed(meeting.date, role):
            person_id = appointment.person_id
            there = [
                numbers[item.id]
                for item, situation in zip(meeting.items, table.situations, strict=True)
                if person_id in situation.attending
            ]
            if person_id in found or not there:
                continue
            served = any(
                (one := s.decider(person_id)) is not None and one.serving_for for s in table.situations
            )
            presence = meeting.attendance.of(person_id)
            member = association.member(appointment.member_id)
            found[person_id] = Attended(
                meeting_id=meeting.id,
                day=meeting.date,
                person_id=person_id,
                name=person_name(association, person_id),
                member=member.name if member is not None else "",
                role=role,
                serving=served,
                distance=presence is not None and presence.distance,
                sections=section_range(there, everything),
                hours=length,
                fee=fee(association, role),
            )
    return tuple(found.values())


def fee(association: Association, role: Role) -> Decimal | None:
    """What the role is paid for a meeting, in kr; None when the association has set none."""
    return next((one.per_meeting for one in association.rules.fees if one.role is role), None)


def year_attended(association: Association, meetings: Iterable[Meeting], year: int) -> tuple[Attended, ...]:
    """Everyone at every meeting of the year, in order of day."""
    known = tuple(meetings)
    of_year = sorted((m for m in known if m.date.year == year), key=lambda m: (m.date, m.id))
    return tuple(one for meeting in of_year for one in attended(association, known, meeting))


def sums(rows: Iterable[Attended]) -> tuple[PersonSum, ...]:
    """One row for each person, in order of role and then of name."""
    people: dict[str, list[Attended]] = {}
    for row in rows:
        people.setdefault(row.person_id, []).append(row)
    made = [
        PersonSum(
            person_id=person_id,
            name=of_person[-1].name,
            member=of_person[-1].member,
            roles=tuple(dict.fromkeys(row.role for row in of_person)),
            meetings=len(of_person),
            serving=sum(row.serving for row in of_person),
            hours=sum((row.hours for row in of_person if row.hours is not None), Decimal()),
            fee=sum((row.fee for row in of_person if row.fee is not None), Decimal()),
        )
        for person_id, of_person in people.items()
    ]
    return tuple(sorted(made, key=lambda one: (_BOARD.index(one.roles[0]), one.name)))

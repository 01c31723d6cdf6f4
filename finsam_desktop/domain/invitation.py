"""The meeting as a calendar holds it: what the invitation says, and when a new one must replace the last.

Times are by the clock in Stockholm. The identity never changes; SEQUENCE rises each time an invitation that says
something else is made, so that calendars put the new one in the place of the old.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from finsam_desktop.domain import sentences
from finsam_desktop.domain.addressees import addressees, usable_address
from finsam_desktop.domain.association import Association, Person, Role
from finsam_desktop.domain.meeting import CalendarEntry, Meeting, MeetingForm
from finsam_desktop.domain.wording import FORMS, KINDS

USUAL_LENGTH = timedelta(hours=2)
"""How long a meeting without an end is taken to last, where its items say no time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """Someone who is invited. ``required``: holds a seat; others may come."""

    name: str
    email: str
    required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """What a calendar is told. ``start`` and ``end`` are times by the clock in Stockholm, both None for the whole day.

    ``end_assumed``: the meeting has no end, so one was reckoned.
    """

    uid: str
    sequence: int
    day: date
    start: datetime | None
    end: datetime | None
    summary: str
    location: str
    description: str
    organizer: Attendee | None = None
    attendees: tuple[Attendee, ...] = ()
    cancelled: bool = False
    end_assumed: bool = False


def invitation(association: Association, meeting: Meeting, *, public: bool = False) -> Invitation:
    """The invitation as it would be made now, with the SEQUENCE it would have.

    ``public``: without people and their addresses, for a calendar that anyone may read; the meeting is then one that
    has been made public already.
    """
    start, end, assumed = _times(meeting)
    made = Invitation(
        uid=uid(meeting),
        sequence=0,
        day=meeting.date,
        start=start,
        end=end,
        summary=_summary(association, meeting),
        location=meeting.place
        or (FORMS[MeetingForm.DISTANCE] if meeting.form is MeetingForm.DISTANCE else ""),
        description=_description(association, meeting, public),
        organizer=_organizer(association, meeting, public),
        attendees=() if public else _attendees(association, meeting),
        cancelled=meeting.cancelled_on is not None,
        end_assumed=assumed,
    )
    # What is public says less, and is no change of what was said before.
    sequence = max(meeting.calendar.sequence, 0) if public else _sequence(meeting.calendar, _print(made))
    return replace(made, sequence=sequence)


def uid(meeting: Meeting) -> str:
    """What the meeting is called in every calendar, for ever."""
    return f"{meeting.id}@finsam-desktop"


def entered(association: Association, meeting: Meeting) -> Meeting:
    """The meeting with the invitation that is made now noted as the last; the same meeting when it says nothing new."""
    made = invitation(association, meeting)
    entry = CalendarEntry(sequence=made.sequence, fingerprint=_print(made))
    return meeting if entry == meeting.calendar else replace(meeting, calendar=entry)


def is_stale(association: Association, meeting: Meeting) -> bool:
    """Whether an invitation has been made that no longer says what holds."""
    return meeting.calendar.sequence >= 0 and entered(association, meeting).calendar != meeting.calendar


def _sequence(last: CalendarEntry, fingerprint: str) -> int:
    if last.sequence < 0:
        return 0
    return last.sequence if last.fingerprint == fingerprint else last.sequence + 1


def _print(made: Invitation) -> str:
    """A SHA-256 of what the invitation says to those who have it: time, place, words, whether it is called off.

    People are left out: someone new in the register is no change for the others.
    """
    said = [
        made.day.isoformat(),
        made.start.isoformat() if made.start is not None else "",
        made.end.isoformat() if made.end is not None else "",
        made.summary,
        made.location,
        made.description,
        made.cancelled,
    ]
    return sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def _times(meeting: Meeting) -> tuple[datetime | None, datetime | None, bool]:
    """Start, end, and whether the end was reckoned: from the items' minutes, in whole quarters, else two hours.

    An end that is not after the start is no end; a meeting past midnight ends with the day.
    """
    if meeting.start is None:
        return None, None, False
    start = datetime.combine(meeting.date, meeting.start)
    if meeting.end is not None and meeting.end > meeting.start:
        return start, datetime.combine(meeting.date, meeting.end), False
    minutes = sum(item.minutes or 0 for item in meeting.items)
    length = timedelta(minutes=-(-minutes // 15) * 15) if minutes > 0 else USUAL_LENGTH
    latest = datetime.combine(meeting.date, time(23, 59))
    return start, max(min(start + length, latest), start), True


def _summary(association: Association, meeting: Meeting) -> str:
    words = f"{KINDS[meeting.kind]}, {association.name}"
    return f"Inställt: {words}" if meeting.cancelled_on is not None else words


def _description(association: Association, meeting: Meeting, public: bool) -> str:
    if meeting.cancelled_on is not None:
        reason = f" {sentences.sentence_end(meeting.cancel_reason)}" if meeting.cancel_reason else ""
        return f"Sammanträdet är inställt.{reason}"
    form = FORMS[meeting.form] if meeting.form is not MeetingForm.IN_PERSON else ""
    lines = (
        f"{form}." if form else "",
        sentences.public(meeting),
        "" if public else sentences.absence(meeting, association),
    )
    return "\n".join(line.replace("\u00a0", " ") for line in lines if line)


def _organizer(association: Association, meeting: Meeting, public: bool) -> Attendee | None:
    secretary = association.first_with(meeting.date, Role.SECRETARY)
    director = association.first_with(meeting.date, Role.DIRECTOR)
    office = Person(name=association.name, email=association.letterhead.email)
    for one in (office,) if public else (secretary, director, office):
        email = usable_address(one.email)[0] if one is not None else ""
        if one is not None and email:
            return Attendee(name=" ".join(one.name.split()), email=email, required=True)
    return None


def _attendees(association: Association, meeting: Meeting) -> tuple[Attendee, ...]:
    found: dict[str, Attendee] = {}
    for one in addressees(meeting, association):
        if one.email:
            found.setdefault(
                one.email.casefold(), Attendee(name=one.name, email=one.email, required=one.line == "to")
            )
    return tuple(found.values())

"""Calendar files (.ics): one meeting's invitation, and the meetings of a year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from finsam_desktop.domain.association import Association
from finsam_desktop.domain.days import later
from finsam_desktop.domain.invitation import Attendee, Invitation, invitation
from finsam_desktop.domain.meeting import Meeting

if TYPE_CHECKING:
    from icalendar import Calendar, Event, Timezone, vCalAddress

ZONE = "Europe/Stockholm"
_PRODUCT = "-//Finsam Desktop//Kalender//SV"


class Method(StrEnum):
    """What a calendar is asked to do with the file (RFC 5546). NONE: only to show what is in it."""

    REQUEST = "REQUEST"
    PUBLISH = "PUBLISH"
    CANCEL = "CANCEL"
    NONE = ""


def method_of(made: Invitation) -> Method:
    """REQUEST asks the invited to answer and needs both them and someone to answer to; CANCEL takes the meeting out of
    the calendar; PUBLISH only puts it there. Without anyone who invites, the standard allows neither."""
    if made.cancelled:
        return Method.CANCEL
    if made.organizer is None:
        return Method.NONE
    return Method.REQUEST if made.attendees else Method.PUBLISH


def invitation_file(made: Invitation, at: datetime) -> bytes:
    """The invitation as a calendar file. ``at`` is now: local time, with or without zone."""
    calendar = _calendar(method_of(made))
    calendar.add_component(_event(made, at))
    return calendar.to_ical()


def year_file(
    association: Association,
    meetings: Iterable[Meeting],
    year: int | None,
    at: datetime,
    *,
    public: bool = False,
) -> bytes:
    """The meetings of a year, or all of them, as one calendar: the same identities as in the invitations.

    Nobody is asked to answer. A meeting that is called off stands there as called off.
    """
    from icalendar import vText

    calendar = _calendar(Method.NONE)
    name = f"{association.name}{f' {year}' if year is not None else ''}"
    calendar.add("X-WR-CALNAME", vText(" ".join(_plain(name).split())))  # not known to the library as text
    calendar.add("X-WR-TIMEZONE", ZONE)
    for meeting in sorted(meetings, key=lambda one: (one.date, one.id)):
        if year is None or meeting.date.year == year:
            calendar.add_component(_event(invitation(association, meeting, public=public), at, people=False))
    return calendar.to_ical()


def _calendar(method: Method) -> Calendar:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("PRODID", _PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    if method is not Method.NONE:
        calendar.add("METHOD", method.value)
    calendar.add_component(_zone())
    return calendar


def _zone() -> Timezone:
    """Sweden's time since 1996, by rules: every calendar reads them, and no table of zones is needed."""
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

    zone = Timezone()
    zone.add("TZID", ZONE)
    summer, winter = timedelta(hours=2), timedelta(hours=1)
    for part, name, start, month, before, after in (
        (TimezoneDaylight(), "CEST", datetime(1996, 3, 31, 2), 3, winter, summer),
        (TimezoneStandard(), "CET", datetime(1996, 10, 27, 3), 10, summer, winter),
    ):
        part.add("DTSTART", start)
        part.add("RRULE", vRecur({"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": "-1SU"}))
        part.add("TZOFFSETFROM", before)
        part.add("TZOFFSETTO", after)
        part.add("TZNAME", name)
        zone.add_component(part)
    return zone


def _event(made: Invitation, at: datetime, *, people: bool = True) -> Event:
    from icalendar import Event

    event = Event()
    event.add("UID", made.uid)
    event.add("SEQUENCE", made.sequence)
    event.add("DTSTAMP", at.astimezone(UTC).replace(microsecond=0))
    _add_time(event, "DTSTART", made.start, made.day)
    _add_time(event, "DTEND", made.end, later(made.day, 1))
    event.add("SUMMARY", _plain(made.summary))
    if made.location:
        event.add("LOCATION", _plain(made.location))
    if made.description:
        event.add("DESCRIPTION", _plain(made.description))
    event.add("STATUS", "CANCELLED" if made.cancelled else "CONFIRMED")
    event.add("TRANSP", "TRANSPARENT" if made.cancelled else "OPAQUE")
    if made.organizer is not None and people:
        event.add("ORGANIZER", _address(made.organizer))
    for attendee in made.attendees if people else ():
        address = _address(attendee)
        address.params["ROLE"] = "REQ-PARTICIPANT" if attendee.required else "OPT-PARTICIPANT"
        address.params["PARTSTAT"] = "NEEDS-ACTION"
        address.params["RSVP"] = "FALSE" if made.cancelled else "TRUE"
        event.add("ATTENDEE", address)
    return event


def _add_time(event: Event, name: str, moment: datetime | None, day: date) -> None:
    """A time by the clock in Stockholm, or a day. The zone is only named, so that the computer needs no table of it."""
    if moment is None:
        event.add(name, day)
    else:
        event.add(name, moment, parameters={"TZID": ZONE})


def _address(one: Attendee) -> vCalAddress:
    from icalendar import vCalAddress

    address = vCalAddress(f"mailto:{one.email}")
    # A quotation mark cannot stand in a parameter (RFC 5545), and not every program reads the way around it.
    name = _plain(one.name).replace('"', "'").replace("\n", " ").strip()
    if name:
        address.params["CN"] = name
    return address


def _plain(text: str) -> str:
    """The text without signs that a calendar file cannot hold; every way to end a line becomes the same one."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").split("\n")
    return "\n".join("".join(sign for sign in line if sign.isprintable() or sign.isspace()) for line in lines)

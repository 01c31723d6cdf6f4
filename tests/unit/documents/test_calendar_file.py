"""Calendar files: strict reading, Stockholm's time through its changes, and what makes a new version."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from finsam_desktop.documents.calendar_file import Method, invitation_file, method_of, year_file
from finsam_desktop.domain.association import Appointment, Association, Letterhead, Person, Role
from finsam_desktop.domain.invitation import entered, invitation, is_stale, uid
from finsam_desktop.domain.meeting import CalendarEntry, Meeting, MeetingForm, MeetingKind, MeetingState
from tests.strategies import associations, meetings

NOW = datetime(2026, 10, 19, 10, 42, tzinfo=UTC)
BOARD = Association(
    name="Samordningsförbundet Östra Å, Ä & Ö; väst",
    people=(
        Person(id="o", name='Eva "Evis" Blomhed', email="eva@example.se"),
        Person(id="e", name="Åke Öst; ersättare, andre", email="ake@example.se"),
        Person(id="s", name="Ola Rimfors", email="ola@example.se", phone="010-1"),
        Person(id="x", name="Utan Adress"),
    ),
    appointments=(
        Appointment(person_id="o", role=Role.CHAIR),
        Appointment(person_id="x", role=Role.BOARD_MEMBER),
        Appointment(person_id="e", role=Role.DEPUTY),
        Appointment(person_id="s", role=Role.SECRETARY),
    ),
)
MEETING = Meeting(
    id="m1", date=date(2026, 10, 29), start=time(9), end=time(12), place="Rum 1, Å\\b; c\nlänk: x"
)


def read(content: bytes) -> tuple[Calendar, list[Event]]:
    """The calendar as the strict reader sees it; anything it has to forgive fails the test."""
    calendar = Calendar.from_ical(content)
    for component in calendar.walk():
        assert component.errors == [], component.errors
    return calendar, calendar.events


def made(meeting: Meeting, association: Association = BOARD, **how: bool) -> tuple[Calendar, Event]:
    calendar, events = read(invitation_file(invitation(association, meeting, **how), NOW))
    assert len(events) == 1
    return calendar, events[0]


def test_it_says_when_where_who_and_from_whom() -> None:
    calendar, event = made(MEETING)
    assert calendar["METHOD"] == "REQUEST"
    assert event["UID"] == "m1@finsam-desktop"
    assert event["SEQUENCE"] == 0
    assert event["SUMMARY"] == "Ordinarie sammanträde, Samordningsförbundet Östra Å, Ä & Ö; väst"
    assert event["LOCATION"] == "Rum 1, Å\\b; c\nlänk: x"
    assert event["STATUS"] == "CONFIRMED"
    assert event["ORGANIZER"] == "mailto:ola@example.se"
    assert event["ORGANIZER"].params["CN"] == "Ola Rimfors"
    attendees = event["ATTENDEE"]
    assert [str(one) for one in attendees] == [f"mailto:{n}@example.se" for n in ("eva", "ake", "ola")]
    assert [one.params["ROLE"] for one in attendees] == [
        "REQ-PARTICIPANT",
        "OPT-PARTICIPANT",
        "OPT-PARTICIPANT",
    ]
    assert [one.params["CN"] for one in attendees][:2] == ["Eva 'Evis' Blomhed", "Åke Öst; ersättare, andre"]
    assert event["DTSTAMP"].dt == NOW
    assert "Anmäl frånvaro" in event["DESCRIPTION"]
    assert "\u00a0" not in event["DESCRIPTION"]


@pytest.mark.parametrize(
    ("day", "start", "end", "utc_start", "utc_end"),
    [
        (date(2026, 3, 28), time(9), time(12), datetime(2026, 3, 28, 8), datetime(2026, 3, 28, 11)),
        (date(2026, 3, 29), time(1), time(4), datetime(2026, 3, 29, 0), datetime(2026, 3, 29, 2)),
        (date(2026, 3, 29), time(9), time(12), datetime(2026, 3, 29, 7), datetime(2026, 3, 29, 10)),
        (date(2026, 10, 24), time(9), time(12), datetime(2026, 10, 24, 7), datetime(2026, 10, 24, 10)),
        (date(2026, 10, 25), time(1), time(4), datetime(2026, 10, 24, 23), datetime(2026, 10, 25, 3)),
        (date(2026, 10, 25), time(9), time(12), datetime(2026, 10, 25, 8), datetime(2026, 10, 25, 11)),
        (
            date(2026, 12, 31),
            time(22),
            time(23, 59),
            datetime(2026, 12, 31, 21),
            datetime(2026, 12, 31, 22, 59),
        ),
        (date(2027, 1, 1), time(0), time(0, 30), datetime(2026, 12, 31, 23), datetime(2026, 12, 31, 23, 30)),
    ],
)
def test_clock_times_hold_when_the_clocks_change_and_the_year_turns(
    day: date, start: time, end: time, utc_start: datetime, utc_end: datetime
) -> None:
    _, event = made(replace(MEETING, date=day, start=start, end=end))
    assert event["DTSTART"].params["TZID"] == "Europe/Stockholm"
    for name, moment, at in (("DTSTART", utc_start, start), ("DTEND", utc_end, end)):
        found = event[name].dt
        assert found.astimezone(UTC) == moment.replace(tzinfo=UTC)
        assert found.replace(tzinfo=None) == datetime.combine(day, at)


@given(st.datetimes(min_value=datetime(1997, 1, 1), max_value=datetime(2060, 12, 31)))
def test_the_rules_for_the_zone_say_what_the_table_of_zones_says(moment: datetime) -> None:
    """The file carries the zone itself, for calendars without a table: it must agree with the table."""
    calendar, _ = read(invitation_file(invitation(BOARD, MEETING), NOW))
    zone = calendar.timezones[0].to_tz(lookup_tzid=False)
    mine = moment.replace(tzinfo=zone)
    theirs = moment.replace(tzinfo=ZoneInfo("Europe/Stockholm"))
    if theirs.replace(fold=0).utcoffset() == theirs.replace(fold=1).utcoffset():  # neither gap nor twice
        assert mine.utcoffset() == theirs.utcoffset()


@pytest.mark.parametrize(
    ("start", "end", "minutes", "lasts"),
    [
        (time(9), None, (), timedelta(hours=2)),
        (time(9), None, (10, 37), timedelta(hours=1)),
        (time(9), time(9), (), timedelta(hours=2)),
        (time(9), time(8), (), timedelta(hours=2)),
        (time(23), None, (), timedelta(minutes=59)),
        (time(23, 59), None, (), timedelta(0)),
    ],
)
def test_an_end_that_is_missing_is_reckoned_and_told(
    start: time, end: time | None, minutes: tuple[int, ...], lasts: timedelta
) -> None:
    from finsam_desktop.domain.agenda import AgendaItem

    items = tuple(AgendaItem(title="x", minutes=length) for length in minutes)
    meeting = replace(MEETING, start=start, end=end, items=items)
    assert invitation(BOARD, meeting).end_assumed
    _, event = made(meeting)
    assert event["DTEND"].dt - event["DTSTART"].dt == lasts


def test_without_a_start_it_takes_the_day() -> None:
    _, event = made(replace(MEETING, start=None))
    assert event["DTSTART"].dt == date(2026, 10, 29)
    assert event["DTEND"].dt == date(2026, 10, 30)


def test_the_number_rises_when_it_says_something_else_and_only_then() -> None:
    first = entered(BOARD, MEETING)
    assert first.calendar.sequence == 0
    assert entered(BOARD, first) is first
    assert not is_stale(BOARD, first)
    assert not is_stale(BOARD, MEETING)
    someone_new = replace(BOARD, people=(*BOARD.people, Person(id="n", name="N", email="n@x.se")))
    assert entered(someone_new, replace(first, state=MeetingState.NOTIFIED)).calendar == first.calendar
    moved = replace(first, place="Rum 2")
    assert is_stale(BOARD, moved)
    second = entered(BOARD, moved)
    assert second.calendar.sequence == 1
    back = entered(BOARD, replace(second, place=MEETING.place))
    assert back.calendar.sequence == 2
    assert made(back)[1]["SEQUENCE"] == 2


@pytest.mark.parametrize(
    "change",
    [
        {"date": date(2026, 10, 30)},
        {"start": time(10)},
        {"end": time(13)},
        {"place": "B"},
        {"form": MeetingForm.HYBRID},
        {"kind": MeetingKind.EXTRA},
        {"cancelled_on": date(2026, 10, 1)},
        {"absence_deadline": date(2026, 10, 20)},
    ],
)
def test_every_change_of_what_is_told_makes_it_stale(change: dict[str, object]) -> None:
    assert is_stale(BOARD, replace(entered(BOARD, MEETING), **change))


def test_called_off_is_cancelled_with_the_same_identity() -> None:
    off = replace(entered(BOARD, MEETING), cancelled_on=date(2026, 10, 20), cancel_reason="Sjukdom")
    calendar, event = made(off)
    assert calendar["METHOD"] == "CANCEL"
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == ("m1@finsam-desktop", 1, "CANCELLED")
    assert event["SUMMARY"].startswith("Inställt: ")
    assert event["DESCRIPTION"] == "Sammanträdet är inställt. Sjukdom."
    assert {one.params["RSVP"] for one in event["ATTENDEE"]} == {"FALSE"}


def test_nobody_is_asked_to_answer_to_nobody() -> None:
    alone = replace(BOARD, people=BOARD.people[3:])
    assert method_of(invitation(alone, MEETING)) is Method.NONE
    assert "METHOD" not in made(MEETING, alone)[0]
    office = replace(alone, letterhead=Letterhead(email="kansli@x.se"))
    calendar, event = made(MEETING, office)
    assert calendar["METHOD"] == "PUBLISH"
    assert event["ORGANIZER"] == "mailto:kansli@x.se"


def test_the_public_one_names_nobody() -> None:
    content = invitation_file(invitation(BOARD, MEETING, public=True), NOW)
    for secret in (b"example.se", b"Rimfors", b"Blomhed"):
        assert secret not in content
    later = replace(MEETING, calendar=CalendarEntry(sequence=4, fingerprint="x"))
    assert invitation(BOARD, later, public=True).sequence == 4


def test_a_year_is_one_calendar_with_the_same_identities() -> None:
    days = (date(2026, 12, 31), date(2026, 1, 1), date(2027, 1, 1), date(2025, 12, 31))
    several = [replace(MEETING, id=f"m{n}", date=day) for n, day in enumerate(days)]
    several[0] = replace(several[0], cancelled_on=date(2026, 5, 1))
    calendar, events = read(year_file(BOARD, several, 2026, NOW))
    assert [event["UID"] for event in events] == [uid(several[1]), uid(several[0])]
    assert [event["STATUS"] for event in events] == ["CONFIRMED", "CANCELLED"]
    assert calendar["X-WR-CALNAME"] == "Samordningsförbundet Östra Å\\, Ä & Ö\\; väst 2026"
    broken = replace(BOARD, name="A\nB,")
    assert read(year_file(broken, several, None, NOW))[0]["X-WR-CALNAME"] == "A B\\,"
    assert "METHOD" not in calendar
    assert all("ATTENDEE" not in event and "ORGANIZER" not in event for event in events)
    assert len(calendar.timezones) == 1
    assert len(read(year_file(BOARD, several, None, NOW))[1]) == 4


@settings(max_examples=settings.default.max_examples // 4)
@given(associations().flatmap(lambda a: st.tuples(st.just(a), meetings(a, items=1))))
def test_any_meeting_makes_a_file_that_the_strict_reader_takes(values: tuple[Association, Meeting]) -> None:
    association, meeting = values
    for content in (
        invitation_file(invitation(association, meeting), NOW),
        year_file(association, [meeting], None, NOW),
    ):
        calendar, events = read(content)
        assert events[0]["UID"] == uid(meeting)
        assert calendar.to_ical() == content
        assert all(len(line) <= 75 for line in content.split(b"\r\n"))

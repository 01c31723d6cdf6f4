"""The table of a whole meeting says the same as asking about each person and each item."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from finsam_desktop.domain import attendance as rules
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.association import Appointment, Association, Person, Role
from finsam_desktop.domain.attendance import Attendance, Away, ConflictOfInterest, Presence, Ruling
from finsam_desktop.domain.attendance_table import attendance_table
from finsam_desktop.domain.meeting import Meeting

LEDAMOTER, DEPUTIES = ("a", "b", "c", "d", "e"), ("p", "q", "r")
ASSOCIATION = Association(
    name="Test",
    people=tuple(Person(id=one, name=one) for one in (*LEDAMOTER, *DEPUTIES, "s", "gäst")),
    appointments=(
        Appointment(person_id="a", role=Role.CHAIR),
        *(Appointment(person_id=one, role=Role.BOARD_MEMBER) for one in LEDAMOTER[1:]),
        *(Appointment(person_id=one, role=Role.DEPUTY, order=n) for n, one in enumerate(DEPUTIES, 1)),
        Appointment(person_id="s", role=Role.SECRETARY),
        Appointment(person_id="gäst", role=Role.COOPTED),
    ),
)
ITEMS = tuple(
    AgendaItem(
        id=f"i{n}", title=str(n), sub_items=(AgendaItem(id=f"i{n}s", title="A"),) if n % 3 == 0 else ()
    )
    for n in range(8)
)
PLACES = st.sampled_from([*(item.id for item in ITEMS), "i0s", "i3s", "i6s", "borta", ""])
EVERYONE = st.sampled_from([*LEDAMOTER, *DEPUTIES, "s", "gäst"])
AWAYS = st.builds(Away, from_item=PLACES, to_item=PLACES)
PRESENCES = st.builds(
    Presence,
    person_id=EVERYONE,
    present=st.booleans(),
    from_item=PLACES,
    to_item=PLACES,
    serving_for=st.sampled_from(["", *LEDAMOTER]),
    also_serving_for=st.lists(st.sampled_from(LEDAMOTER), max_size=2).map(tuple),
    away=st.lists(AWAYS, max_size=2).map(tuple),
)
CONFLICTS = st.builds(
    ConflictOfInterest,
    person_id=EVERYONE,
    item_id=PLACES,
    substitute_id=st.sampled_from(["", *DEPUTIES]),
    ruling=st.sampled_from(Ruling),
)
ATTENDANCES = st.builds(
    Attendance,
    presences=st.lists(PRESENCES, max_size=5, unique_by=lambda p: p.person_id).map(tuple),
    conflicts=st.lists(CONFLICTS, max_size=3).map(tuple),
)


@given(ATTENDANCES)
def test_the_table_is_what_each_question_answers(attendance: Attendance) -> None:
    meeting = Meeting(date=date(2026, 10, 29), items=ITEMS, attendance=attendance)
    table = attendance_table(meeting, ASSOCIATION)
    assert len(table.situations) == len(ITEMS)
    people = [a.person_id for a in ASSOCIATION.appointments]
    for item, situation in zip(ITEMS, table.situations, strict=True):
        assert situation.deciders == rules.deciders(meeting, ASSOCIATION, item.id)
        assert situation.attending == {
            one for one in people if rules.attends(meeting, ASSOCIATION, one, item.id)
        }


def test_a_long_meeting_without_exceptions_is_asked_about_once() -> None:
    items = tuple(AgendaItem(title=str(n)) for n in range(300))
    meeting = Meeting(date=date(2026, 10, 29), items=items)
    situations = attendance_table(meeting, ASSOCIATION).situations
    assert len({id(one) for one in situations}) == 1
    assert attendance_table(replace(meeting, items=()), ASSOCIATION).situations == ()


def test_a_time_away_whose_first_item_is_gone_counts_at_its_last() -> None:
    for away in (Away(from_item="borta", to_item="i4"), Away(from_item="i4", to_item="borta")):
        attendance = Attendance(presences=(Presence(person_id="b", away=(away,)),))
        meeting = Meeting(date=date(2026, 10, 29), items=ITEMS, attendance=attendance)
        there = ["b" in one.attending for one in attendance_table(meeting, ASSOCIATION).situations]
        assert there == [place != 4 for place in range(8)]

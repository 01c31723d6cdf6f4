"""Attendance, deciders and quorum against a slow, separate oracle."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from finsam_desktop.domain.agenda import AgendaItem, walk
from finsam_desktop.domain.association import Appointment, Association, Person, Role, StandingRules
from finsam_desktop.domain.attendance import (
    Attendance,
    Away,
    ConflictOfInterest,
    Presence,
    Ruling,
    attends,
    deciders,
    is_quorate,
)
from finsam_desktop.domain.meeting import Meeting
from tests.oracle.attendance import Day

DAY = date(2026, 10, 29)
PEOPLE = tuple("abcdefgh")
Scene = tuple[Meeting, Association]


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    """A meeting and a register with overlaps, ended appointments, late comers, jäv and deputies, at random."""
    people = st.sampled_from(PEOPLE)
    spans = st.sampled_from(
        [(None, None), (None, None), (None, DAY), (DAY, None), (None, DAY - timedelta(days=1))]
    )
    roles = st.sampled_from(
        [
            Role.CHAIR,
            Role.VICE_CHAIR,
            *[Role.BOARD_MEMBER] * 4,
            *[Role.DEPUTY] * 4,
            Role.DIRECTOR,
            Role.AUDITOR,
        ]
    )
    appointments = tuple(
        Appointment(person_id=person, role=role, since=since, until=until)
        for person, role, (since, until) in draw(st.lists(st.tuples(people, roles, spans), max_size=10))
    )
    items = tuple(
        AgendaItem(
            id=f"{place}",
            title="",
            sub_items=tuple(
                AgendaItem(id=f"{place}{letter}", title="") for letter in "AB"[: draw(st.integers(0, 2))]
            ),
        )
        for place in range(draw(st.integers(1, 4)))
    )
    places = st.sampled_from(["", "", "borta", *(item.id for item in walk(items))])
    presences = draw(
        st.lists(
            st.builds(
                Presence,
                person_id=people,
                present=st.sampled_from([True, True, False]),
                from_item=places,
                to_item=places,
                serving_for=st.sampled_from(["", "", *PEOPLE]),
                also_serving_for=st.lists(people, max_size=2).map(tuple),
                away=st.lists(st.builds(Away, from_item=places, to_item=places), max_size=2).map(tuple),
            ),
            max_size=7,
            unique_by=lambda presence: presence.person_id,
        )
    )
    conflicts = draw(
        st.lists(
            st.builds(
                ConflictOfInterest,
                item_id=st.sampled_from([item.id for item in walk(items)]),
                person_id=people,
                substitute_id=st.sampled_from(["", *PEOPLE]),
                ruling=st.sampled_from(Ruling),
            ),
            max_size=3,
            unique_by=lambda conflict: (conflict.item_id, conflict.person_id),
        )
    )
    register = Association(
        name="",
        people=tuple(Person(id=person, name=person) for person in PEOPLE),
        appointments=appointments,
        rules=StandingRules(board_size=draw(st.integers(0, 7))),
    )
    attendance = Attendance(presences=tuple(presences), conflicts=tuple(conflicts))
    return Meeting(date=DAY, items=items, attendance=attendance), register


@settings(max_examples=400)
@given(scenes())
def test_presence_deciders_and_quorum_equal_the_oracles(scene: Scene) -> None:
    meeting, register = scene
    oracle = Day(meeting, register, 1)
    for item in walk(meeting.items):
        room = {person for person in PEOPLE if attends(meeting, register, person, item.id)}
        assert room == {person for person in PEOPLE if oracle.in_room(person, item.id)}
        decided = [(d.person_id, d.serving_for) for d in deciders(meeting, register, item.id)]
        assert decided == oracle.table(item.id)
        assert is_quorate(meeting, register, item.id) is oracle.quorate(oracle.table(item.id))


@given(scenes())
def test_nobody_decides_twice_and_no_seat_is_filled_twice(scene: Scene) -> None:
    meeting, register = scene
    for item in walk(meeting.items):
        found = deciders(meeting, register, item.id)
        people = [decider.person_id for decider in found]
        seats = [decider.serving_for or decider.person_id for decider in found]
        assert len(set(people)) == len(people)
        assert len(set(seats)) == len(seats)


@given(scenes(), st.data())
def test_who_is_in_conflict_never_decides_and_others_are_untouched_elsewhere(
    scene: Scene, data: st.DataObject
) -> None:
    meeting, register = scene
    chosen = data.draw(st.sampled_from([item.id for item in meeting.items]))
    person = data.draw(st.sampled_from(PEOPLE))
    # One record of a person and an item, as the window and the terminal keep it.
    others = [c for c in meeting.attendance.conflicts if (c.item_id, c.person_id) != (chosen, person)]
    conflicts = (*others, ConflictOfInterest(item_id=chosen, person_id=person))
    after = replace(meeting, attendance=replace(meeting.attendance, conflicts=conflicts))
    for item in meeting.items:
        people = [decider.person_id for decider in deciders(after, register, item.id)]
        if item.id == chosen:
            assert person not in people
        else:
            assert deciders(after, register, item.id) == deciders(meeting, register, item.id)

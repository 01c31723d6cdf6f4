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
    ConflictOfInterest,
    Presence,
    attends,
    deciders,
    is_quorate,
)
from finsam_desktop.domain.meeting import Meeting

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


class Oracle:
    """The same questions answered by laying out everybody's whole day, without the program's functions."""

    def __init__(self, meeting: Meeting, register: Association) -> None:
        self.meeting = meeting
        self.tops = [item.id for item in meeting.items]
        self.path = {item.id: [item.id] for item in meeting.items}
        for item in meeting.items:
            for sub in item.sub_items:
                self.path[sub.id] = [sub.id, item.id]
        self.offices = [
            a
            for a in register.appointments
            if (a.since is None or not DAY < a.since) and (a.until is None or not a.until < DAY)
        ]
        self.size = register.rules.board_size

    def offices_of(self, person: str) -> set[Role]:
        return {office.role for office in self.offices if office.person_id == person}

    def room(self, item: str) -> set[str]:
        """Who is in the room: walk the day item by item and let people in and out."""
        inside: set[str] = set()
        for person in PEOPLE:
            mine = [p for p in self.meeting.attendance.presences if p.person_id == person]
            day = [True] * len(self.tops)
            if mine:
                day = [mine[0].present] * len(self.tops)
                for place, top in enumerate(self.tops):
                    starts = self.path.get(mine[0].from_item, [""])[-1]
                    if starts and place < self.tops.index(starts):
                        day[place] = False
                    ends = self.path.get(mine[0].to_item, [""])[-1]
                    if ends and place > self.tops.index(ends):
                        day[place] = False
                    assert top == self.tops[place]
            else:
                usual = {Role.CHAIR, Role.VICE_CHAIR, Role.BOARD_MEMBER, Role.DIRECTOR, Role.SECRETARY}
                day = [bool(self.offices_of(person) & usual)] * len(self.tops)
            if day[self.tops.index(self.path[item][-1])] and not self.conflict(person, item):
                inside.add(person)
        return inside

    def conflict(self, person: str, item: str) -> list[ConflictOfInterest]:
        return [
            c
            for part in self.path[item]
            for c in self.meeting.attendance.conflicts
            if (c.item_id, c.person_id) == (part, person)
        ]

    def board(self) -> list[str]:
        """The ledamöter: chairs, vice chairs, then others, each once."""
        order = [
            office.person_id
            for role in (Role.CHAIR, Role.VICE_CHAIR, Role.BOARD_MEMBER)
            for office in self.offices
            if office.role is role
        ]
        return list(dict.fromkeys(order))

    def deciding(self, item: str) -> list[tuple[str, str]]:
        """(person, for whom) of everyone who decides."""
        room, board = self.room(item), self.board()
        found = [(person, "") for person in board if person in room]
        free = [p for p in room if p not in board and Role.DEPUTY in self.offices_of(p)]
        for absent in (person for person in board if person not in room):
            asked = [c.substitute_id for c in self.conflict(absent, item)[:1]]
            asked += [p.person_id for p in self.meeting.attendance.presences if p.serving_for == absent]
            chosen = next((person for person in asked if person in free), None)
            if chosen is not None:
                free.remove(chosen)
                found.append((chosen, absent))
        return found

    def quorate(self, item: str) -> bool:
        seats = self.size
        if not seats:
            leads = (Role.CHAIR, Role.VICE_CHAIR, Role.BOARD_MEMBER)
            seats = len({office.person_id for office in self.offices if office.role in leads})
        return len(self.deciding(item)) > seats / 2


@settings(max_examples=400)
@given(scenes())
def test_presence_deciders_and_quorum_equal_the_oracles(scene: Scene) -> None:
    meeting, register = scene
    oracle = Oracle(meeting, register)
    for item in walk(meeting.items):
        room = {person for person in PEOPLE if attends(meeting, register, person, item.id)}
        assert room == oracle.room(item.id)
        decided = [(d.person_id, d.serving_for) for d in deciders(meeting, register, item.id)]
        assert decided == oracle.deciding(item.id)
        assert is_quorate(meeting, register, item.id) is oracle.quorate(item.id)


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
    conflicts = (*meeting.attendance.conflicts, ConflictOfInterest(item_id=chosen, person_id=person))
    after = replace(meeting, attendance=replace(meeting.attendance, conflicts=conflicts))
    for item in meeting.items:
        people = [decider.person_id for decider in deciders(after, register, item.id)]
        if item.id == chosen:
            assert person not in people
        else:
            assert deciders(after, register, item.id) == deciders(meeting, register, item.id)

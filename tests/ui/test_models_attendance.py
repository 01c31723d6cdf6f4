"""The grid of presence: exceptions in words, bars that join, and the number who decide."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from finsam_desktop.domain import attendance as rules
from finsam_desktop.domain import recording
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.association import (
    Appointment,
    Association,
    Member,
    MemberKind,
    Person,
    Role,
)
from finsam_desktop.domain.attendance import Ruling
from finsam_desktop.domain.catalogue import ItemType
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.ui.models.attendance_grid import CellKind, RowKind, attendance_grid
from finsam_desktop.ui.models.attendance_keys import At, pressed, with_presence
from finsam_desktop.ui.models.attendance_model import AttendanceModel

PEOPLE = ("ann", "bo", "cia", "dag", "eva")
ASSOCIATION = Association(
    name="Test",
    members=(Member(id="k", name="Ekvik", kind=MemberKind.MUNICIPALITY),),
    people=tuple(Person(id=name, name=name.title()) for name in PEOPLE),
    appointments=(
        Appointment(person_id="ann", role=Role.CHAIR, member_id="k"),
        Appointment(person_id="bo", role=Role.BOARD_MEMBER, member_id="k"),
        Appointment(person_id="cia", role=Role.BOARD_MEMBER, member_id="k"),
        Appointment(person_id="dag", role=Role.DEPUTY, member_id="k", order=1),
        Appointment(person_id="eva", role=Role.DIRECTOR),
    ),
)
MEETING = Meeting(
    date=date(2026, 10, 29),
    first_paragraph=61,
    items=tuple(
        AgendaItem(id=f"i{n}", title=f"Ärende {n}", type=ItemType.DECISION if n == 2 else ItemType.NONE)
        for n in range(4)
    ),
)


def grid(meeting: Meeting = MEETING):
    return attendance_grid(meeting, ASSOCIATION, ())


def press(meeting: Meeting, keys: str, person: str, item: str, at: time | None = None) -> Meeting:
    """The meeting after the keys at a person and paragraph; each key must record something."""
    for key in keys:
        here = At(
            association=ASSOCIATION, person_id=person, name=person.title(), item_id=item, paragraph=61, at=at
        )
        recorded = pressed(key, meeting, here)
        assert recorded is not None, key
        assert recorded[0]
        meeting = recorded[1]
    return meeting


def row(grid, name: str):
    return next(one for one in grid.rows if one.name == name)


def kinds(grid, name: str) -> str:
    return "".join(cell.kind[0] for cell in row(grid, name).cells)


def test_all_are_there_until_something_else_is_said():
    shown = grid()
    assert [r.name for r in shown.rows] == [
        "Beslutande", "Ann", "Bo", "Cia", "Ersättare", "Dag", "Övriga", "Eva", "Beslutande",
    ]  # fmt: skip
    assert [c.paragraph for c in shown.columns] == [61, 62, 63, 64]
    assert [c.decides for c in shown.columns] == [False, False, True, False]
    assert kinds(shown, "Bo") == "ssss"
    assert [(c.starts, c.ends) for c in row(shown, "Bo").cells] == [
        (True, False), (False, False), (False, False), (False, True),
    ]  # fmt: skip
    assert kinds(shown, "Dag") == "aaaa"
    assert row(shown, "Dag").cells[0].word == "Inte närvarande"
    assert (row(shown, "Ann").note, row(shown, "Dag").note) == ("ordförande, Ekvik", "Ekvik, 1")
    assert [c.count for c in shown.rows[-1].cells] == [3, 3, 3, 3]
    assert shown.rows[-1].note == "minst 2 av 3 krävs"


def test_late_early_and_conflict():
    meeting = press(MEETING, "K", "bo", "i1", time(8, 52))
    meeting = press(meeting, "G", "bo", "i2", time(10, 40))
    shown = grid(press(meeting, "J", "cia", "i2"))
    assert kinds(shown, "Bo") == "assa"
    assert [c.word for c in row(shown, "Bo").cells] == ["kom 08.52", "", "", "gick 10.40"]
    assert kinds(shown, "Cia") == "sscs"
    assert row(shown, "Cia").cells[2].word == "Jäv"
    assert row(shown, "Cia").cells[1].ends
    assert row(shown, "Cia").cells[3].starts
    assert [(c.count, c.quorate) for c in shown.rows[-1].cells] == [
        (2, True), (3, True), (2, True), (2, True),
    ]  # fmt: skip


def test_deputy_takes_the_seat_and_quorum_follows():
    meeting = press(press(MEETING, "F", "bo", "i0"), "F", "cia", "i0")
    assert [c.quorate for c in grid(meeting).rows[-1].cells] == [False] * 4
    shown = grid(press(meeting, "T", "bo", "i0"))
    assert kinds(shown, "Dag") == "ssss"
    assert row(shown, "Dag").cells[0].word == "för Bo"
    assert row(shown, "Bo").cells[0].word == "Frånvarande, ersätts av Dag"
    assert [c.quorate for c in shown.rows[-1].cells] == [True] * 4


def test_deputy_for_a_latecomer_serves_only_until_then():
    meeting = recording.serves(press(MEETING, "K", "bo", "i2"), "dag", "bo")
    shown = grid(meeting)
    assert kinds(shown, "Dag") == "sspp"
    assert [c.starts for c in row(shown, "Dag").cells] == [True, False, True, False]


def test_space_notes_absence_and_takes_back_the_exception_at_hand():
    meeting = press(press(MEETING, "G", "bo", "i2"), "J", "bo", "i1")
    meeting = press(meeting, " ", "bo", "i1")
    assert meeting.attendance.conflict("bo", "i1") is None
    assert meeting.attendance.of("bo") is not None
    meeting = press(meeting, " ", "bo", "i1")
    assert meeting == MEETING
    meeting = press(meeting, " ", "bo", "i1")
    assert kinds(grid(meeting), "Bo") == "aaaa"
    assert press(meeting, " ", "bo", "i1") == MEETING
    there = press(MEETING, " ", "dag", "i1")
    assert kinds(grid(there), "Dag") == "pppp", "an ersättare is not expected, so space says there"
    assert press(there, " ", "dag", "i1") == MEETING


def test_out_grows_and_shrinks_with_the_key():
    meeting = press(MEETING, "U", "bo", "i1", time(9, 5))
    meeting = press(meeting, "U", "bo", "i2")
    assert kinds(grid(meeting), "Bo") == "soos"
    presence = meeting.attendance.of("bo")
    assert presence is not None
    assert [(a.from_item, a.to_item, a.left_at) for a in presence.away] == [("i1", "i2", time(9, 5))]
    assert [c.mark for c in row(grid(meeting), "Bo").cells] == ["", "ute", "ute", ""]
    meeting = press(meeting, "U", "bo", "i0")
    assert kinds(grid(meeting), "Bo") == "ooos"
    meeting = press(meeting, "U", "bo", "i1")
    assert kinds(grid(meeting), "Bo") == "osos"
    meeting = press(press(meeting, "U", "bo", "i0"), "U", "bo", "i2")
    assert kinds(grid(meeting), "Bo") == "ssss"


def test_a_deputy_steps_in_at_a_conflict_of_interest_and_only_then():
    meeting = press(press(MEETING, "J", "bo", "i2"), "T", "bo", "i2")
    shown = grid(meeting)
    assert kinds(shown, "Dag") == "ppsp"
    assert row(shown, "Dag").cells[2].word == "för Bo"
    assert [c.count for c in shown.rows[-1].cells] == [3, 3, 3, 3]


def test_the_time_out_keeps_its_hours_where_its_end_still_is():
    meeting = MEETING
    for item, at in (("i1", time(9, 5)), ("i2", None), ("i3", None)):
        meeting = press(meeting, "U", "bo", item, at)
    presence = meeting.attendance.of("bo")
    assert presence is not None
    back = replace(presence, away=(replace(presence.away[0], back_at=time(10, 0)),))
    meeting = with_presence(meeting, back)

    def spans(after: Meeting) -> list[tuple[str, str, time | None, time | None]]:
        found = after.attendance.of("bo")
        assert found is not None
        return [(a.from_item, a.to_item, a.left_at, a.back_at) for a in found.away]

    assert spans(press(meeting, "U", "bo", "i2")) == [
        ("i1", "i1", time(9, 5), None), ("i3", "i3", None, time(10, 0)),
    ]  # fmt: skip
    assert spans(press(meeting, "U", "bo", "i1")) == [("i2", "i3", time(9, 5), time(10, 0))]
    assert spans(press(meeting, "U", "bo", "i3")) == [("i1", "i2", time(9, 5), time(10, 0))]
    assert spans(press(meeting, "U", "bo", "i0")) == [("i0", "i3", time(9, 5), time(10, 0))]


def test_at_a_conflict_the_deputy_who_is_there_goes_before_the_one_first_in_turn():
    both = replace(
        ASSOCIATION,
        people=(*ASSOCIATION.people, Person(id="fia", name="Fia")),
        appointments=(
            *ASSOCIATION.appointments, Appointment(person_id="fia", role=Role.DEPUTY, member_id="k", order=2),
        ),
    )  # fmt: skip
    meeting = press(recording.present(MEETING, "fia"), "J", "bo", "i2")
    here = At(association=both, person_id="bo", name="Bo", item_id="i2", paragraph=63)
    recorded = pressed("T", meeting, here)
    assert recorded is not None
    conflict = recorded[1].attendance.conflict("bo", "i2")
    assert conflict is not None
    assert conflict.substitute_id == "fia"
    again = pressed("T", recorded[1], here)
    assert again is not None
    conflict = again[1].attendance.conflict("bo", "i2")
    assert conflict is not None
    assert conflict.substitute_id == "dag", "the key goes round"


def test_a_deputys_key_goes_from_seat_to_seat():
    meeting = press(press(MEETING, "F", "bo", "i0"), "F", "cia", "i0")
    first = press(meeting, "T", "dag", "i0")
    assert row(grid(first), "Dag").cells[0].word == "för Bo"
    second = press(first, "T", "dag", "i0")
    assert row(grid(second), "Dag").cells[0].word == "för Cia"
    assert kinds(grid(press(second, "T", "dag", "i0")), "Dag") == "pppp"


def test_a_deputys_own_key_takes_the_empty_seat_and_gives_it_back():
    meeting = press(MEETING, "F", "cia", "i0")
    served = press(meeting, "T", "dag", "i0")
    assert row(grid(served), "Dag").cells[0].word == "för Cia"
    freed = press(served, "T", "dag", "i0")
    assert kinds(grid(freed), "Dag") == "pppp"


def test_distance_and_adjuster():
    meeting = press(MEETING, "D", "bo", "i0")
    assert row(grid(meeting), "Bo").note == "distans, Ekvik"
    assert row(grid(press(meeting, "D", "bo", "i0")), "Bo").note == "Ekvik"
    meeting = press(MEETING, "S", "bo", "i0")
    assert [a.person_id for a in meeting.adjusters] == ["bo"]
    assert press(meeting, "S", "bo", "i0").adjusters == ()


def test_a_ruling_that_there_is_no_conflict_keeps_the_seat_with_a_mark():
    meeting = recording.conflict(MEETING, "bo", "i1", ruling=Ruling.NOT_IN_CONFLICT)
    shown = grid(meeting)
    assert kinds(shown, "Bo") == "ssss"
    assert [c.mark for c in row(shown, "Bo").cells] == ["", "ej jäv", "", ""]


def test_nobody_to_serve_records_nothing():
    here = At(association=ASSOCIATION, person_id="bo", name="Bo", item_id="i0", paragraph=61)
    assert pressed("T", MEETING, here) is None, "the ledamot is there"
    assert pressed("T", press(MEETING, "F", "eva", "i0"), replace(here, person_id="eva")) is None
    assert pressed("Q", MEETING, here) is None


@pytest.mark.parametrize("name", PEOPLE)
def test_grid_agrees_with_the_rules(name: str):
    at = press(press(press(MEETING, "F", "bo", "i0"), "J", "ann", "i2"), "T", "bo", "i0")
    for item, cell in zip(at.items, row(grid(at), name.title()).cells, strict=True):
        deciding = name in {d.person_id for d in rules.deciders(at, ASSOCIATION, item.id)}
        assert (cell.kind is CellKind.SERVING) == deciding
        in_room = cell.kind in (CellKind.SERVING, CellKind.PRESENT)
        assert in_room == rules.attends(at, ASSOCIATION, name, item.id)


def test_model_refreshes_in_place(qtbot):
    model = AttendanceModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(grid())
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.show(grid(press(MEETING, "J", "bo", "i2")))
    bo = next(i for i, r in enumerate(model.grid.rows) if r.person_id == "bo")
    spoken = model.index(bo, 3).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Bo, § 63 Ärende 2, jäv Jäv"
    assert model.index(bo, 3).flags() & Qt.ItemFlag.ItemIsSelectable
    heading = next(i for i, r in enumerate(model.grid.rows) if r.kind is RowKind.HEADING)
    assert not model.index(heading, 3).flags() & Qt.ItemFlag.ItemIsSelectable
    assert tester.model() is model

"""The grid of presence: exceptions in words, bars that join, and the number who decide."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from finsam_desktop.domain import attendance as rules
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.association import (
    Appointment,
    Association,
    Member,
    MemberKind,
    Person,
    Role,
)
from finsam_desktop.domain.attendance import Attendance
from finsam_desktop.domain.catalogue import ItemType
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.ui.models import attendance_edits as edits
from finsam_desktop.ui.models.attendance_grid import CellKind, RowKind, attendance_grid
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


NOTHING = Attendance()


def grid(attendance: Attendance = NOTHING):
    return attendance_grid(replace(MEETING, attendance=attendance), ASSOCIATION, ())


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
    attendance = edits.arrived(Attendance(), "bo", "i1", time(8, 52))
    attendance = edits.left(attendance, "bo", "i2", time(10, 40))
    attendance = edits.conflict(attendance, "cia", "i2")
    shown = grid(attendance)
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
    attendance = edits.absent(edits.absent(Attendance(), "bo"), "cia")
    assert [c.quorate for c in grid(attendance).rows[-1].cells] == [False] * 4
    attendance = edits.serving(attendance, "dag", "bo")
    shown = grid(attendance)
    assert kinds(shown, "Dag") == "ssss"
    assert row(shown, "Dag").cells[0].word == "för Bo"
    assert row(shown, "Bo").cells[0].word == "Frånvarande, ersätts av Dag"
    assert [c.quorate for c in shown.rows[-1].cells] == [True] * 4


def test_deputy_for_a_latecomer_serves_only_until_then():
    attendance = edits.serving(edits.arrived(Attendance(), "bo", "i2", None), "dag", "bo")
    shown = grid(attendance)
    assert kinds(shown, "Dag") == "sspp"
    assert [c.starts for c in row(shown, "Dag").cells] == [True, False, True, False]


def test_space_takes_back_the_exception_at_hand():
    attendance = edits.conflict(edits.left(Attendance(), "bo", "i2", None), "bo", "i1")
    attendance = edits.cleared(attendance, "bo", "i1")
    assert attendance.conflict("bo", "i1") is None
    assert attendance.of("bo") is not None
    assert edits.cleared(attendance, "bo", "i1") == Attendance()


@pytest.mark.parametrize("name", PEOPLE)
def test_grid_agrees_with_the_rules(name: str):
    attendance = edits.conflict(edits.absent(Attendance(), "bo"), "ann", "i2")
    attendance = edits.serving(attendance, "dag", "bo")
    at = replace(MEETING, attendance=attendance)
    for item, cell in zip(at.items, row(grid(attendance), name.title()).cells, strict=True):
        deciding = name in {d.person_id for d in rules.deciders(at, ASSOCIATION, item.id)}
        assert (cell.kind is CellKind.SERVING) == deciding
        in_room = cell.kind in (CellKind.SERVING, CellKind.PRESENT)
        assert in_room == rules.attends(at, ASSOCIATION, name, item.id)


def test_model_refreshes_in_place(qtbot):
    model = AttendanceModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(grid())
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.show(grid(edits.conflict(Attendance(), "bo", "i2")))
    bo = next(i for i, r in enumerate(model.grid.rows) if r.person_id == "bo")
    spoken = model.index(bo, 3).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Bo, § 63 Ärende 2, jäv Jäv"
    assert model.index(bo, 3).flags() & Qt.ItemFlag.ItemIsSelectable
    heading = next(i for i, r in enumerate(model.grid.rows) if r.kind is RowKind.HEADING)
    assert not model.index(heading, 3).flags() & Qt.ItemFlag.ItemIsSelectable
    assert tester.model() is model

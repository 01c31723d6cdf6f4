"""Närvaro och beslut: exceptions by keys and buttons, decisions, votes and reservations."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from finsam_desktop.domain import agenda
from finsam_desktop.domain import attendance as rules
from finsam_desktop.domain.decisions import Ballot, Decision, MotionKind, Outcome
from finsam_desktop.ui.models.attendance_grid import CellKind
from finsam_desktop.ui.views.record.person_rows import PersonRow
from finsam_desktop.ui.views.record.step import AttendanceStep
from tests.ui.meeting_cases import MeetingCase, wait

Key = Qt.Key


@pytest.fixture
def step(case: MeetingCase) -> AttendanceStep:
    case.page.show_step("narvaro", "p08")
    found = case.page._steps["narvaro"]
    assert isinstance(found, AttendanceStep)
    found.grid.setFocus()
    return found


def cells(step: AttendanceStep, person: str) -> list[CellKind]:
    return [c.kind for c in next(r for r in step.model.grid.rows if r.person_id == person).cells]


def decision(case: MeetingCase, item_id: str = "p08") -> Decision:
    item = agenda.find(case.meeting.items, item_id)
    assert item is not None
    return item.decision


def deciding(case: MeetingCase, item_id: str = "p08") -> set[str]:
    return {d.person_id for d in rules.deciders(case.meeting, case.session.association, item_id)}


@pytest.mark.parametrize("width", [1440, 1060, 1040, 960, 800])
def test_grid_and_decision_never_lie_over_each_other(case: MeetingCase, step: AttendanceStep, width: int):
    case.window.resize(960, 700)
    wait(30)
    case.window.resize(width, 700)
    wait(30)
    presence, decision_pane = step._splitter.widget(0), step._splitter.widget(1)
    beside = width >= 1060
    assert step.tabs.isVisible() is not beside
    assert presence.isVisible()
    assert decision_pane.isVisible() is beside, "beside where there is room, one at a time where not"
    if not beside:
        step.tabs.setCurrentIndex(1)
        wait(10)
        assert decision_pane.isVisible()
        assert not presence.isVisible()
    else:
        assert not presence.geometry().intersects(decision_pane.geometry())
    for shown in (one for one in (presence, decision_pane) if one.isVisible()):
        assert step._splitter.rect().contains(shown.geometry())
        assert shown.height() >= 400


def test_a_small_window_shows_at_least_seven_people(case: MeetingCase, step: AttendanceStep):
    case.window.resize(960, 600)
    wait(50)
    row = step.grid.rowHeight(1)
    assert step.grid.viewport().height() >= 7 * row
    step.grid.setFocus()
    QTest.keyClick(step.grid, Key.Key_Y)
    assert step.decision.isVisible(), "a key for the decision brings it into sight"
    QTest.keyClick(step.decision.motions._rows[0].person, Key.Key_Escape)
    assert step.grid.isVisible()
    assert step.grid.hasFocus()


def test_all_are_present_from_the_start(case: MeetingCase, step: AttendanceStep):
    assert set(cells(step, "ekvind")) == {CellKind.SERVING}
    assert [c.count for c in step.model.grid.rows[-1].cells] == [7] * 15
    assert step.counts.accessibleName() == "Beslutande, minst 4 av 7 krävs. Beslutför i alla paragrafer."


def test_keys(case: MeetingCase, step: AttendanceStep):
    step.grid.choose("p08", "ekvind")
    QTest.keyClick(step.grid, Key.Key_J)
    assert cells(step, "ekvind")[7] is CellKind.CONFLICT
    assert case.session.undo_label == "Jäv § 8"
    QTest.keyClick(step.grid, Key.Key_Space)
    assert cells(step, "ekvind")[7] is CellKind.SERVING
    QTest.keyClick(step.grid, Key.Key_K)
    assert [k is CellKind.AWAY for k in cells(step, "ekvind")] == [True] * 7 + [False] * 8
    QTest.keyClick(step.grid, Key.Key_Right)
    QTest.keyClick(step.grid, Key.Key_Right)
    QTest.keyClick(step.grid, Key.Key_G)
    assert [k is CellKind.SERVING for k in cells(step, "ekvind")] == [False] * 7 + [True] * 3 + [False] * 5
    QTest.keyClick(step.grid, Key.Key_F)
    assert set(cells(step, "ekvind")) == {CellKind.AWAY}
    for _ in range(5):
        assert case.session.undo()
    assert set(cells(step, "ekvind")) == {CellKind.SERVING}


def test_arrows_go_from_person_to_person(step: AttendanceStep):
    step.grid.choose("p08", "stenmyr")
    QTest.keyClick(step.grid, Key.Key_Down)
    row = step.grid.row()
    assert row is not None
    assert row.name == "Lars-Erik Stenkvarn", "over the heading"
    column = step.grid.column()
    assert column is not None
    assert column.item_id == "p08"


def test_absent_member_offers_the_deputy_of_the_same_member(case: MeetingCase, step: AttendanceStep):
    step.grid.choose("p08", "lindskar")
    QTest.keyClick(step.grid, Key.Key_F)
    assert "Eva Blomhed" in case.notice()
    assert "lindskar" not in deciding(case)
    case.press_notice()
    assert "blomhed" in deciding(case)
    row = next(r for r in step.model.grid.rows if r.person_id == "blomhed")
    assert row.cells[0].word == "för Maria Lindskär"


def test_the_bar_does_what_the_keys_do(case: MeetingCase, step: AttendanceStep):
    step.grid.choose("p08", "ekvind")
    conflict = next(b for b in step.bar._buttons if b.text() == "Jäv")
    conflict.click()
    assert case.meeting.attendance.conflict("ekvind", "p08") is not None
    assert step.bar.reason.isVisible()
    QTest.keyClicks(step.bar.reason, "part i avtalet")
    step.bar.flush()
    recorded = case.meeting.attendance.conflict("ekvind", "p08")
    assert recorded is not None
    assert recorded.reason == "part i avtalet"


def test_time_of_arrival_is_written(case: MeetingCase, step: AttendanceStep):
    step.grid.choose("p05", "ekvind")
    QTest.keyClick(step.grid, Key.Key_K)
    assert step.bar.arrived.isVisible()
    step.bar.arrived.setText("8.52")
    step.bar.arrived.editingFinished.emit()
    presence = case.meeting.attendance.of("ekvind")
    assert presence is not None
    assert presence.arrived_at == dt.time(8, 52)
    row = next(r for r in step.model.grid.rows if r.person_id == "ekvind")
    assert row.cells[3].word == "kom 08.52"


def test_lack_of_quorum_is_recorded_and_said(case: MeetingCase, step: AttendanceStep):
    for person in ("ekvind", "lindskar", "norrgran", "askvist"):
        step.grid.choose("p08", person)
        QTest.keyClick(step.grid, Key.Key_F)
    assert step.counts.accessibleName().startswith("Beslutande, minst 4 av 7 krävs. Inte beslutför i § 1, 2")
    assert "inte beslutför" in step.decision._meta.text()
    step.decision.outcome.chosen.emit(Outcome.TABLED)
    assert decision(case).outcome is Outcome.TABLED, "it advises, it never blocks"


def test_motions_vote_and_reservation(case: MeetingCase, step: AttendanceStep):
    pane = step.decision
    step.grid.setFocus()
    QTest.keyClick(step.grid, Key.Key_Y)
    QTest.keyClick(step.grid, Key.Key_Y)
    rows = (
        PersonRow(person_id="almkvarn", choice=MotionKind.SUPPORT),
        PersonRow(person_id="norrgran", choice=MotionKind.OWN, text="att ordningen gäller från 2028"),
    )
    pane.motions.edited.emit(rows)
    motions = decision(case).motions
    assert [(m.person_id, m.kind, m.text) for m in motions] == [
        ("almkvarn", MotionKind.SUPPORT, ""),
        ("norrgran", MotionKind.OWN, "ordningen gäller från 2028"),
    ]
    QTest.keyClick(step.grid, Key.Key_V)
    vote = decision(case).vote
    assert vote is not None
    assert (vote.yes_motion, vote.no_motion) == (motions[0].id, motions[1].id)
    assert {c.person_id for c in vote.ballots} == deciding(case)
    pane.vote._fields["norrgran"].setCurrentIndex(1)
    pane.vote._fields["askvist"].setCurrentIndex(2)
    vote = decision(case).vote
    assert vote is not None
    assert (vote.count(Ballot.YES), vote.count(Ballot.NO), vote.count(Ballot.ABSTAIN)) == (5, 1, 1)
    assert pane.vote._count.text() == "5 ja, 1 nej, 1 avstår"
    QTest.keyClick(step.grid, Key.Key_R)
    assert [d.person_id for d in decision(case).dissents] == ["norrgran"], "who voted no is proposed"
    pane.dissents.edited.emit((PersonRow(person_id="norrgran", choice="", second="", at=dt.time(10, 21)),))
    assert decision(case).dissents[0].announced_at == dt.time(10, 21)


def test_removing_the_first_motion_keeps_the_seconds_identity(case: MeetingCase, step: AttendanceStep):
    step.decision.add_motion()
    step.decision.add_motion()
    pane = step.decision
    rows = (
        PersonRow(person_id="almkvarn", choice=MotionKind.SUPPORT),
        PersonRow(person_id="norrgran", choice=MotionKind.REJECTION),
    )
    pane.motions.edited.emit(rows)
    second = decision(case).motions[1]
    pane.motions._rows[0]._remove()
    assert decision(case).motions == (second,)


def test_decision_in_own_words(case: MeetingCase, step: AttendanceStep):
    pane = step.decision
    item = agenda.find(case.meeting.items, "p08")
    assert item is not None
    pane.outcome.chosen.emit(Outcome.OWN_WORDS)
    assert decision(case).clauses == item.proposal.clauses, "begins from the proposal"
    field = pane.clauses.fields()[0]
    field.selectAll()
    QTest.keyClicks(field, "att avvakta")
    pane.flush()
    assert decision(case).clauses[0] == "avvakta"
    assert case.session.undo()
    assert decision(case).clauses == item.proposal.clauses


def test_next_paragraph_takes_in_the_words(case: MeetingCase, step: AttendanceStep):
    pane = step.decision
    pane.outcome.chosen.emit(Outcome.TABLED)
    QTest.keyClicks(pane.reason, "till november")
    primary = case.view.primary()
    assert primary is pane.next_button
    primary.click()
    assert decision(case).reason == "till november"
    column = step.grid.column()
    assert column is not None
    assert column.item_id == "p09"
    assert pane._item_id == "p09"


def test_a_note(case: MeetingCase, step: AttendanceStep):
    step.decision.add_note()
    step.decision.notes.edited.emit((PersonRow(person_id="ekvind", text="Regionen avser att återkomma."),))
    assert decision(case).notes[0].text == "Regionen avser att återkomma."


def test_writing_goes_on_after_a_pause(case: MeetingCase, step: AttendanceStep):
    """Neither the space before a pause nor the "att" that is not stored disappears under the writer."""
    pane = step.decision
    pane.add_motion()
    pane.motions.edited.emit((PersonRow(person_id="norrgran", choice=MotionKind.OWN),))
    pane.outcome.chosen.emit(Outcome.TABLED)
    field = pane.motions._rows[0].text
    for text_field, words in ((field, ("att ", "vi ", "ger")), (pane.reason, ("till ", "maj"))):
        text_field.setFocus()
        for word in words:
            QTest.keyClicks(text_field, word)
            text_field.flush()
    assert field.text() == "att vi ger"
    assert decision(case).motions[0].text == "vi ger"
    assert decision(case).reason == "till maj"

"""Efter mötet in the window: signers, boards, papers, dispatch, corrections and what is refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from finsam_desktop.domain import agenda, sealing
from finsam_desktop.domain.meeting import Meeting, MeetingState, Signing
from finsam_desktop.ui.views.aftermath.step import AftermathStep
from finsam_desktop.ui.widgets.states import State
from tests.ui.meeting_cases import NOW, MeetingCase, draft


def minutes(meeting: Meeting) -> Meeting:
    """The example's meeting with its minutes written and nothing adjusted."""
    kept = replace(
        draft(meeting), state=MeetingState.MINUTES, attendance=meeting.attendance, date=dt.date(2026, 10, 15)
    )
    return replace(kept, items=meeting.items, opened_at=meeting.opened_at, closed_at=meeting.closed_at)


@pytest.fixture
def case(qapp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MeetingCase]:
    monkeypatch.setattr("finsam_desktop.ui.views.meeting.preview_pane.find_libreoffice", lambda: None)
    made = MeetingCase(tmp_path, minutes)
    yield made
    made.close()


@pytest.fixture
def after(case: MeetingCase) -> AftermathStep:
    case.page.show_step("efter")
    step = case.page._steps["efter"]
    assert isinstance(step, AftermathStep)
    return step


def press(table, row: int, column: int) -> None:
    table.verb_clicked.emit(table.model().index(row, column))


def cell(table, row: int, column: int) -> str:
    return str(table.model().index(row, column).data()).replace("\u00a0", " ")


def test_the_models_are_sound(after: AftermathStep):
    for model in (
        after.adjustment.model,
        after.adjustment.at_once_model,
        after.boards.model,
        after.dispatch.model,
    ):
        QAbstractItemModelTester(model)


def test_the_minutes_are_adjusted_the_day_the_last_one_signed(case: MeetingCase, after: AftermathStep):
    table = after.adjustment.table
    assert [cell(table, row, 4) for row in range(2)] == ["Har justerat", "Har justerat"]
    after.adjustment.day.set_value(dt.date(2026, 10, 16))
    press(table, 0, 4)
    after.adjustment.day.set_value(dt.date(2026, 10, 17))
    press(table, 1, 4)
    assert cell(table, 0, 4) == "Har inte justerat"
    press(table, 0, 2)
    assert {s.manner for s in case.meeting.signatures} == {Signing.PAPER, Signing.ELECTRONIC}
    after.forward.click()
    assert case.meeting.adjusted_on == dt.date(2026, 10, 17)
    assert sealing.whole_seal(case.meeting) is not None
    assert cell(table, 0, 4) == ""
    assert after.adjustment.adjusted_on.isReadOnly()
    assert case.session.undo()
    assert (case.meeting.seals, case.meeting.adjusted_on) == ((), None)


def test_adjusted_minutes_are_not_changed_by_any_step(case: MeetingCase, after: AftermathStep):
    after.forward.click()
    before = case.meeting
    desk = case.page.desk
    assert not desk.change_item("Skriv", "p08", lambda item: replace(item, minutes_text="Annat."))
    assert case.meeting == before
    assert "Protokollet är justerat, och §" in case.notice()


def test_the_minutes_are_opened_again_until_they_are_announced(case: MeetingCase, after: AftermathStep):
    after.forward.click()
    assert after.back.text() == "Öppna protokollet igen"
    after.back.click()
    assert (case.meeting.state, case.meeting.seals) == (MeetingState.MINUTES, ())
    assert case.session.history(case.meeting.id)[0].label == "Öppna protokollet igen"
    after.forward.click()
    press(after.boards.table, 1, 4)
    assert not after.back.isVisible()
    assert "öppnas inte igen" in after._explain.text()


def test_a_board_has_its_days_and_its_evidence(case: MeetingCase, after: AftermathStep):
    assert not after.boards.of_board.isVisible()
    after.forward.click()
    boards = after.boards
    boards.table.selectRow(3)
    boards.posted.changed.emit(dt.date(2026, 10, 20))
    boards.address.edited.emit("www.fjallsta.example")
    boards.posted_by.edited.emit("Registrator")
    boards.evidence.edited.emit("Bekräftat i mejl")
    (notice,) = case.meeting.public_notices
    assert (notice.member_id, notice.posted, notice.address, notice.posted_by, notice.evidence) == (
        "medlem-fjallsta", dt.date(2026, 10, 20), "www.fjallsta.example", "Registrator", "Bekräftat i mejl",
    )  # fmt: skip
    assert cell(boards.table, 3, 3) == "Länk sparad"
    boards.removed.changed.emit(dt.date(2026, 11, 20))
    assert cell(boards.table, 3, 2) == "Nere 20 nov"
    boards.copy.click()
    assert "Fjällsta kommuns anslagstavla" in QApplication.clipboard().text()


def test_papers_for_every_board_that_is_left(case: MeetingCase, after: AftermathStep):
    after.forward.click()
    press(after.boards.table, 0, 4)
    after.boards.papers.click()
    case.rest()
    folder = case.folder / "2026-10-15 Anslag"
    assert len(list(folder.glob("*.docx"))) == len(list(folder.glob("*.eml"))) == 4
    assert case.notice() == "Skapade fyra anslag med mejlutkast i mappen 2026-10-15 Anslag."
    assert [n.sent_on for n in case.meeting.public_notices if n.posted is None] == [NOW.date()] * 4


def test_a_paragraph_adjusted_at_once_has_its_own_boards(case: MeetingCase, after: AftermathStep):
    desk = case.page.desk
    flagged = agenda.find(case.meeting.items, "p08").decision
    assert desk.change_item(
        "Omedelbart", "p08", lambda i: replace(i, decision=replace(flagged, immediately_adjusted=True))
    )
    assert after.adjustment.at_once.model().rowCount() == 1
    press(after.adjustment.at_once, 0, 3)
    (seal,) = case.meeting.seals
    assert seal.items == ("p08",)
    assert after.boards.items == ("p08",)
    press(after.boards.table, 0, 4)
    assert [n.items for n in case.meeting.public_notices] == [("p08",)]
    after.forward.click()
    after.boards.which.set_value(())
    after.boards.refresh()
    assert after.boards.head._fact.text() == "0 av 5 uppsatta"


def test_everything_is_dispatched_and_sent_again_on_request(case: MeetingCase, after: AftermathStep):
    assert not after.dispatch.make.isVisible()
    after.forward.click()
    after.dispatch.make.click()
    case.rest()
    count = after.dispatch.table.model().rowCount()
    assert (
        len(list((case.folder / "2026-10-15 Utdrag").glob("*.docx"))) == count == len(case.meeting.dispatches)
    )
    assert {d.manner for d in case.meeting.dispatches} == {"Med e-post"}
    assert cell(after.dispatch.table, 0, 3) == "Skicka igen"
    assert after.dispatch.head._fact.text() == "4 av 4 paragrafer expedierade"
    press(after.dispatch.table, 0, 3)
    case.rest()
    assert cell(after.dispatch.table, 0, 2) == "19 okt, 2 gånger"


def test_a_correction_is_written_beside(case: MeetingCase, after: AftermathStep):
    assert not after.corrections.isVisible()
    after.forward.click()
    form = after.corrections
    form.add.click()
    assert form.old_row._remark.isVisibleTo(form)
    form.section.set_value("p08")
    form.old.setText("nio")
    form.new.setText("sju")
    form.add.click()
    (one,) = case.meeting.corrections
    assert (one.item_id, one.old, one.new, one.corrected_on) == ("p08", "nio", "sju", NOW.date())
    assert "”nio” har ändrats till ”sju” av Ola Rimfors, sekreterare." in form.told.text()
    assert (form.old.text(), form.new.text()) == ("", "")


def test_opening_a_file_tells_that_adjusted_minutes_were_altered(
    case: MeetingCase, after: AftermathStep, qtbot: QtBot
):
    after.forward.click()
    altered = replace(case.meeting, place="En annan plats")
    workspace = case.session.workspace
    workspace._commit("Utifrån", ((case.meeting, altered),), NOW, "do", None)
    path = workspace.path
    case.session.close()
    assert case.session.open(path)
    qtbot.waitUntil(lambda: "utanför programmet" in case.notice(), timeout=20_000)
    assert case.notice().startswith(
        "Justerade protokoll har ändrats utanför programmet: 15\u00a0oktober 2026."
    )
    shown = case.window.strip.notice
    assert shown is not None
    assert (shown.state, shown.stays) == (State.CONSIDER, True)

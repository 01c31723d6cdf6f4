"""Kallelse: facts are kept, and the real document is made beside the file, never over what someone wrote."""

from __future__ import annotations

import datetime as dt
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtTest import QTest

from finsam_desktop.documents.differences import paragraph_texts
from finsam_desktop.domain.meeting import MeetingForm, MeetingKind, MeetingState
from finsam_desktop.ui.models.cells_model import KEY_ROLE
from finsam_desktop.ui.views.notice.step import NoticeStep
from finsam_desktop.ui.widgets.states import State
from tests.ui.meeting_cases import MeetingCase, wait


@pytest.fixture
def notice(case: MeetingCase) -> NoticeStep:
    case.page.show_step("kallelse")
    step = case.page._steps["kallelse"]
    assert isinstance(step, NoticeStep)
    return step


def write(field, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    field.editingFinished.emit()


def make(case: MeetingCase) -> None:
    """Press the filled button and wait for the work."""
    case.view.primary().click()
    case.rest()


def test_facts_are_kept_and_undone(case: MeetingCase, notice: NoticeStep):
    write(notice.date, "30/10")
    write(notice.start, "9")
    write(notice.end, "1145")
    assert (case.meeting.date, case.meeting.start, case.meeting.end) == (
        dt.date(2026, 10, 30), dt.time(9), dt.time(11, 45),
    )  # fmt: skip
    write(notice.place, "Stadshuset")
    assert case.meeting.place == "Stadshuset"
    notice.form.chosen.emit(MeetingForm.DISTANCE)
    assert case.meeting.form is MeetingForm.DISTANCE
    for _ in range(5):
        assert case.session.undo()
    assert (case.meeting.date, notice.date.text()) == (dt.date(2026, 10, 29), "2026-10-29")
    assert notice.start.text() == "08.30"


def test_a_date_that_cannot_be_read_says_so_and_changes_nothing(case: MeetingCase, notice: NoticeStep):
    write(notice.notice_date, "i morgon kanske")
    assert case.meeting.notice_date == dt.date(2026, 10, 20)
    assert "går inte att läsa som datum" in notice._rows["notice_date"]._remark.text()
    write(notice.notice_date, "2026-10-21")
    assert notice._rows["notice_date"]._remark.text() == ""
    assert case.meeting.notice_date == dt.date(2026, 10, 21)


def test_who_is_called(notice: NoticeStep):
    names = [notice._people_model.index(row, 0).data() for row in range(notice._people_model.rowCount())]
    assert names[0] == "Birgitta Almkvarn"
    assert len(names) == len(set(names)) == 16


def test_sent_changes_the_state_and_the_step(case: MeetingCase, notice: NoticeStep):
    notice.sent.click()
    assert case.meeting.state is MeetingState.NOTIFIED
    assert notice.sent.text() == "Ångra att kallelsen är skickad"
    notice.sent.click()
    assert case.meeting.state is MeetingState.DRAFT


def test_make_the_document(case: MeetingCase, notice: NoticeStep):
    make(case)
    path = case.folder / "2026-10-29 Kallelse.docx"
    assert case.notice() == "Kallelsen är skapad: 2026-10-29 Kallelse.docx"
    assert zipfile.is_zipfile(path)
    words = " ".join(paragraph_texts(path.read_bytes()))
    assert "Sammankallande part för medlemssamråd" in words
    assert notice.documents._model.index(0, 0).data() == path.name
    assert notice.documents._model.index(0, 3).data(KEY_ROLE) == f"folder|{path}"


def test_the_document_is_made_in_the_folder_chosen_in_the_settings(case: MeetingCase, notice: NoticeStep):
    chosen = case.folder / "Till styrelsen"
    case.window.settings.change(export_folder=chosen)
    assert case.session.made_folder == case.folder  # it is not there
    chosen.mkdir()
    make(case)
    assert (chosen / "2026-10-29 Kallelse.docx").is_file()
    assert not (case.folder / "2026-10-29 Kallelse.docx").exists()


def test_a_document_changed_by_hand_is_kept(case: MeetingCase, notice: NoticeStep):
    make(case)
    path = case.folder / "2026-10-29 Kallelse.docx"
    _change_by_hand(path, "Sammankallande part", "Samlande part")
    by_hand = path.read_bytes()
    write(notice.place, "Biblioteket")
    make(case)
    assert path.read_bytes() == by_hand
    assert (case.folder / "2026-10-29 Kallelse (2).docx").is_file()
    assert "Din version är kvar" in case.notice()
    case.press_notice()
    assert notice.documents._changes.isVisible()
    assert "Samlande part" in notice.documents._changes.text()


def test_what_is_being_written_is_in_the_document(case: MeetingCase, notice: NoticeStep):
    notice.place.setFocus()
    notice.place.selectAll()
    QTest.keyClicks(notice.place, "Nya salen")
    make(case)
    assert "Nya salen" in " ".join(paragraph_texts((case.folder / "2026-10-29 Kallelse.docx").read_bytes()))


def test_the_public_version_is_made_in_the_step_too(case: MeetingCase, notice: NoticeStep):
    """With what is being written, and as under Offentligt: its own file, beside the full one."""
    make(case)
    notice.place.setFocus()
    notice.place.selectAll()
    QTest.keyClicks(notice.place, "Nya salen")
    notice.documents.public.click()
    case.rest()
    assert case.notice().startswith("Den offentliga versionen av kallelsen är skapad: ")
    (public,) = case.folder.glob("*offentlig*.docx")
    assert "Nya salen" in " ".join(paragraph_texts(public.read_bytes()))
    assert (case.folder / "2026-10-29 Kallelse.docx").is_file()


def _change_by_hand(path: Path, old: str, new: str) -> None:
    with zipfile.ZipFile(path) as source:
        parts = {info: source.read(info) for info in source.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for info, content in parts.items():
            if info.filename == "word/document.xml":
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            target.writestr(info, content)


def test_a_finding_about_the_budget_days_or_the_consultation_is_marked_at_its_field(
    case: MeetingCase, notice: NoticeStep
):
    case.session.change("Budget", case.meeting, replace(case.meeting, kind=MeetingKind.BUDGET))
    wait(0)
    notice.mark_field("consulted_on", "Samrådet är inte antecknat.", State.CONSIDER)
    assert notice.budget_days.rows["consulted_on"]._remark.text() == "Samrådet är inte antecknat."
    assert case.window.focusWidget() is notice.budget_days.fields["consulted_on"]
    notice.mark_field("convener", "Sammankallande saknas.", State.CONSIDER)
    assert notice.consultation.rows["convener"]._remark.text() == "Sammankallande saknas."

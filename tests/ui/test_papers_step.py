"""Handlingar in the real window: drop, rename, move, remove; numbers follow."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, Qt, QUrl
from PySide6.QtTest import QTest

from finsam_desktop.domain import agenda
from finsam_desktop.ui.views.meeting.papers_step import PapersStep
from tests.ui.meeting_cases import MeetingCase


@pytest.fixture
def papers(case: MeetingCase) -> PapersStep:
    case.page.show_step("handlingar")
    step = case.page._steps["handlingar"]
    assert isinstance(step, PapersStep)
    return step


def titles(papers: PapersStep) -> list[str]:
    return [papers.model.index(row, 1).data() for row in range(papers.model.rowCount())]


def test_shows_all_in_order_with_what_is_missing(case: MeetingCase, papers: PapersStep):
    assert [papers.model.index(row, 0).data() for row in range(7)] == list("1234567")
    missing = [row for row in range(7) if papers.model.index(row, 5).data() == "Filen saknas"]
    assert len(missing) == 7, "nothing has been stored in this test's file"
    assert papers._facts.text() == "7 saknas"


def test_files_dropped_on_the_page_go_to_the_chosen_item(
    case: MeetingCase, papers: PapersStep, tmp_path: Path
):
    files = []
    for name in ("ett.pdf", "två.docx"):
        (tmp_path / name).write_bytes(name.encode())
        files.append(tmp_path / name)
    papers.target.set_value("p06")
    papers._drop.dropped.emit(tuple(files))
    item = agenda.find(case.meeting.items, "p06")
    assert item is not None
    assert [a.title for a in item.attachments] == ["ett", "två"]
    assert case.notice() == "2 bilagor lades till i ärende 6."
    assert titles(papers)[2:4] == ["ett", "två"], "numbers and order follow the agenda"
    case.press_notice()
    assert papers.model.rowCount() == 7


def test_one_unreadable_file_is_told_of_and_the_other_is_added(
    case: MeetingCase, papers: PapersStep, tmp_path: Path
):
    (tmp_path / "bra.txt").write_bytes(b"x")
    papers.target.set_value("p06")
    papers._dropped((tmp_path / "bra.txt", tmp_path / "borta.pdf"))
    item = agenda.find(case.meeting.items, "p06")
    assert item is not None
    assert [a.title for a in item.attachments] == ["bra"]
    assert "borta.pdf lades inte till" in case.notice()
    assert "borta.pdf gick inte att läsa" in case.notice()
    before = case.meeting
    papers._dropped((tmp_path / "borta.pdf",))
    assert case.meeting == before
    assert "borta.pdf gick inte att läsa. Inget har ändrats." in case.notice()


def test_drop_of_files_on_a_row_goes_to_its_item(case: MeetingCase, papers: PapersStep, tmp_path: Path):
    (tmp_path / "ny.pdf").write_bytes(b"x")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "ny.pdf"))])
    papers.model.dropMimeData(data, Qt.DropAction.CopyAction, -1, -1, papers.model.index(5, 0))
    item = agenda.find(case.meeting.items, "p09")
    assert item is not None
    assert item.attachments[-1].title == "ny"


def test_drag_to_another_item_renumbers(case: MeetingCase, papers: PapersStep):
    first = papers.model.row_at(papers.model.index(0, 0))
    assert first is not None
    data = papers.model.mimeData([papers.model.index(0, 0)])
    papers.model.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, papers.model.index(6, 0))
    assert titles(papers)[5] == first.title
    assert case.session.undo_label == f"Flytta ”{first.title}”"
    assert case.session.undo()
    assert titles(papers)[0] == first.title


def test_keys_rename_move_and_remove(case: MeetingCase, papers: PapersStep):
    papers.show_item("b05")
    before = titles(papers)
    papers.model.setData(papers.model.index_of("b05"), "Skrivelse")
    assert titles(papers)[4] == "Skrivelse"
    QTest.keyClick(papers.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert titles(papers)[3] == "Skrivelse"
    QTest.keyClick(papers.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    found = case.page.attachments.find("b05")
    assert found is not None
    assert found[0].id == "p07", "past the end of its item it goes to the one before"
    QTest.keyClick(papers.table, Qt.Key.Key_Delete)
    assert "Skrivelse" not in titles(papers)
    for _ in range(4):
        assert case.session.undo()
    assert titles(papers) == before


def test_empty_state(case: MeetingCase, papers: PapersStep):
    for row in tuple(papers.model._rows):
        assert case.page.attachments.remove(row.attachment_id)
    assert papers._empty.isVisible()
    assert papers.model.rowCount(QModelIndex()) == 0

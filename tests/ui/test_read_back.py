"""The views Läs in ändringar and Sök och ersätt, in the real window."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from finsam_desktop.documents import Document
from finsam_desktop.documents.export import export
from finsam_desktop.workspace import Workspace
from tests.ui.waiting import wait_until
from tests.unit.read_back.made_minutes import item, values
from tests.unit.read_back.word_edits import Edited

if TYPE_CHECKING:
    from finsam_desktop.ui.main_window import MainWindow
    from finsam_desktop.ui.views.read_back.place import ReadBackView
    from finsam_desktop.ui.views.replace import ReplaceView

HELD = "2026-10-29"


@pytest.fixture
def made_file(tmp_path: Path) -> Path:
    """A file with a meeting that is held and not adjusted, and its protokoll as made."""
    association, meetings, _ = values()
    file = tmp_path / "f.finsam"
    with Workspace.create(file, association, user="Ola") as workspace:
        for meeting in meetings:
            workspace.change("Lägg till", None, meeting)
        export(workspace, HELD, Document.PROTOKOLL, tmp_path / "Protokoll.docx", today=date(2026, 11, 2))
    return file


@pytest.fixture
def example_file(made_file: Path) -> Path:
    """What the window opens."""
    return made_file


def opened(window: MainWindow, path: Path) -> ReadBackView:
    from finsam_desktop.ui.views.read_back.place import ReadBackView

    window.go("read_back", f"{HELD}|{path}")
    view = window.current_view()
    assert isinstance(view, ReadBackView)
    wait_until(lambda: not view._busy)
    return view


def edited(folder: Path) -> Path:
    path = folder / "Ändrat.docx"
    file = Edited((folder / "Protokoll.docx").read_bytes())
    file.replace("Incheckning genomförs", "Incheckning sker")
    file.tracked_replace("Utcheckning genomförs", "Utcheckning sker")
    file.replace("Med 4 ja-röster", "Med 5 ja-röster")
    file.replace("Beslutsunderlag", "Underlag")
    file.comment(file.find("Incheckning sker"), "Var det så?")
    path.write_bytes(file.docx)
    return path


def test_changes_are_taken_in_and_let_be_with_j_and_n(window: MainWindow, tmp_path: Path) -> None:
    view = opened(window, edited(tmp_path))
    QAbstractItemModelTester(view.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    headings = [row.title for row in view.model.rows() if row.heading]
    assert headings == ["Ändringar", "Kan inte placeras", "Spårade ändringar", "Kommentarer"]
    assert view.list.currentIndex().data().startswith("Text")
    QTest.keyClick(view.list, Qt.Key.Key_J)
    QTest.keyClick(view.list, Qt.Key.Key_N)
    wait_until(lambda: not view._busy and not view._queue)
    meeting = window.session.meeting(HELD)
    assert item(meeting, "p03").minutes_text == "Incheckning sker."
    assert item(meeting, "p14").minutes_text == item(values()[2], "p14").minutes_text
    told = {
        row.meta[0].text.split("\u00a0")[1][:2]: row.time
        for row in view.model.rows()
        if row.key.startswith("change")
    }
    assert told == {"63": "Intagen", "67": "Kan inte tas in", "74": "Lämnad"}
    assert window.session.undo_label == "Ta in ”Text i protokollet” i §\u00a063 ur Word"
    window.session.undo()
    wait_until(lambda: not view._busy and not view._stale)
    assert next(row.time for row in view.model.rows() if row.key.startswith("change:p03")) == ""


def test_all_that_goes_is_taken_in_as_one_step(window: MainWindow, tmp_path: Path) -> None:
    view = opened(window, edited(tmp_path))
    assert view.primary() is view.all
    view.all.click()
    wait_until(lambda: not view._busy and not view._queue)
    meeting = window.session.meeting(HELD)
    assert [item(meeting, one).minutes_text for one in ("p03", "p14")] == [
        "Incheckning sker.",
        "Utcheckning sker.",
    ]
    assert window.session.undo_label == "Ta in 2 ändringar ur Word"
    assert not view.all.isEnabled()


def test_a_tracked_change_that_is_not_accepted_is_no_change(window: MainWindow, tmp_path: Path) -> None:
    view = opened(window, edited(tmp_path))
    assert view.model.change("change:p14/text") is not None
    view._select(view.model.row_of("tracked:1"))
    assert view.page.no.isVisible()
    QTest.keyClick(view.list, Qt.Key.Key_N)
    wait_until(lambda: not view._busy)
    assert view.model.change("change:p14/text") is None
    QTest.keyClick(view.list, Qt.Key.Key_J)
    wait_until(lambda: not view._busy)
    assert view.model.change("change:p14/text") is not None


def test_a_comment_is_kept_among_the_meetings(window: MainWindow, tmp_path: Path) -> None:
    view = opened(window, edited(tmp_path))
    view._select(view.model.row_of("remark:0"))
    view.page.yes.click()
    wait_until(lambda: not view._busy)
    assert [one.by for one in window.session.meeting(HELD).comments] == ["Birgitta Almkvarn"]
    assert not view.page.yes.isVisible()


def test_every_kind_of_row_has_words_to_show(window: MainWindow, tmp_path: Path) -> None:
    view = opened(window, edited(tmp_path))
    for place, row in enumerate(view.model.rows()):
        if not row.heading:
            view._select(place)
            assert view.page._title.text()
            assert view.page.sides.isVisible() or view.page._text.text()
    view._select(view.model.row_of("loose:0"))
    assert "mallen" in view.page.why.accessibleName() or view.page.why.isVisible()
    view._go_to_item()
    assert window.current_view() is not view


def test_an_unchanged_document_and_a_bad_one_are_told(window: MainWindow, tmp_path: Path) -> None:
    view = opened(window, tmp_path / "Protokoll.docx")
    assert view.page._title.text() == "Ingen text är ändrad"
    assert not view.all.isEnabled()
    bad = tmp_path / "Fel.docx"
    bad.write_bytes(b"inget")
    opened(window, bad)
    assert "Fel.docx" in view.page._title.text()


def test_closing_the_file_while_a_document_is_read_is_no_fault(window: MainWindow, tmp_path: Path) -> None:
    window.go("read_back", f"{HELD}|{tmp_path / 'Protokoll.docx'}")
    view = window.current_view()
    window.session.close()
    wait_until(lambda: not window.jobs.running())
    assert view.model.found is None  # type: ignore[union-attr]


def test_a_file_changed_in_word_is_told_of_where_it_is_listed(window: MainWindow, tmp_path: Path) -> None:
    import os

    path = tmp_path / "Protokoll.docx"
    os.utime(path, (4e9, 4e9))
    window.go("meeting", f"{HELD}/protokoll")
    step = window.current_view().page._steps["protokoll"]  # type: ignore[union-attr]
    documents = step.whole.documents
    documents.refresh()
    assert documents.read_link.isVisible()
    documents.read_link.click()
    assert window.current_view().head().title == "Läs in Protokoll.docx"
    wait_until(lambda: not window.current_view()._busy)  # type: ignore[union-attr]


def test_a_document_dropped_on_the_step_is_read(window: MainWindow, tmp_path: Path) -> None:
    from PySide6.QtCore import QMimeData, QPointF, QUrl
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    window.go("meeting", f"{HELD}/protokoll")
    step = window.current_view().page._steps["protokoll"]  # type: ignore[union-attr]
    for name, taken in (("Protokoll.docx", True), ("bild.png", False)):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(tmp_path / name))])
        buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(step.rect().center(), Qt.DropAction.CopyAction, data, buttons, keys)
        enter.ignore()
        step.dragEnterEvent(enter)
        assert enter.isAccepted() is taken
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "Protokoll.docx"))])
    step.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, buttons, keys))
    assert window.current_view().head().title == "Läs in Protokoll.docx"
    wait_until(lambda: not window.current_view()._busy)  # type: ignore[union-attr]


# -- sök och ersätt --------------------------------------------------------------------------------


def searched(window: MainWindow, words: str, new: str) -> ReplaceView:
    from finsam_desktop.ui.views.replace import ReplaceView

    window.go("meeting", f"{HELD}/dagordning")
    window.actions["replace"].trigger()
    view = window.current_view()
    assert isinstance(view, ReplaceView)
    view.words.setText(words)
    view.new.setText(new)
    view._search()
    wait_until(lambda: bool(view._hits) and not view._rest.isActive())
    return view


def test_words_are_replaced_here_and_everywhere_with_undo(window: MainWindow) -> None:
    view = searched(window, "utcheckning", "Avslutning")
    QAbstractItemModelTester(view.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    count = len(view._hits)
    assert count >= 2
    assert view.count.text() == f"{count} ställen"
    view.one.click()
    wait_until(lambda: len(view._hits) == count - 1)
    assert window.session.undo_label == "Ersätt ”Utcheckning” i rubrik"
    view.all.click()
    wait_until(lambda: not view._hits)
    assert view.count.text() == "Hittades inte"
    assert item(window.session.meeting(HELD), "p14").title == "Avslutning"
    window.session.undo()
    window.session.undo()
    assert window.session.meeting(HELD) == values()[2]


def test_an_empty_title_and_a_reference_are_refused_with_a_word(window: MainWindow) -> None:
    view = searched(window, "Utcheckning", "")
    view.all.click()
    assert window.session.meeting(HELD) == values()[2]

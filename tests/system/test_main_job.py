"""The main job in the real window, from nothing: a new association, its meeting, figures, kallelse and protokoll."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document as WordDocument
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from finsam_desktop import app, paths
from finsam_desktop.domain.meeting import MeetingState
from finsam_desktop.settings import SettingsStore
from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.views.meeting_page import MeetingPage
from finsam_desktop.workspace import Workspace


@pytest.fixture
def window(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    monkeypatch.setattr("finsam_desktop.ui.views.preview_pane.find_libreoffice", lambda: None)
    application = app.build(qapp, SettingsStore(tmp_path / "settings.toml"))
    application.show()
    yield application.window
    application.window.close()
    application.window.deleteLater()


def text_of(path: Path) -> str:
    document = WordDocument(str(path))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(p.text for p in document.paragraphs), *cells]).replace("\u00a0", " ")


def page_of(window: MainWindow) -> MeetingPage:
    page = window.current_view().page
    assert isinstance(page, MeetingPage)
    return page


def add(page: MeetingPage, letters: str) -> None:
    """Insert, a few letters, Enter."""
    agenda = page.agenda()
    QTest.keyClick(agenda.tree, Qt.Key.Key_Insert)
    QTest.keyClicks(agenda.add_panel.search, letters)
    QTest.keyClick(agenda.add_panel.search, Qt.Key.Key_Return)


def test_from_nothing_to_kallelse_and_protokoll(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "norrbygden.finsam"

    # Välkommen: the association
    view = window.current_view()
    view.form.name.setText("Samordningsförbundet Norrbygden")
    view.form.members.add("Region Norr")
    view.form.members.add("Norrstads kommun")
    view.form.board.setText("4")
    view._create_at(file)
    assert window.place == "overview"

    # Förbundet: who sits in the board
    window.go("association", "personer")
    register = window.current_view().people
    for name in ("Ada Berg", "Bo Ek", "Eva Lind"):
        register.add()
        QTest.keyClicks(register._name, name)
        register.flush()
    assert [p.name for p in window.session.association.people] == ["Ada Berg", "Bo Ek", "Eva Lind"]

    # Sammanträden: a meeting with its frame
    window.go("meetings", "ny")
    form = window.current_view()._form
    form._date.setText("2027-02-11")
    form._date.editingFinished.emit()
    qtbot.mouseClick(form.button, Qt.MouseButton.LeftButton)
    (meeting,) = window.session.meetings
    frame = [item.title for item in meeting.items]

    # Dagordning: items by a few letters, a text, a proposal
    page = page_of(window)
    add(page, "internkontr")
    add(page, "Ett helt eget")
    titles = [item.title for item in window.session.meetings[0].items]
    assert len(titles) == len(frame) + 2
    assert "Ett helt eget" in titles
    QTest.keyClicks(page.agenda().editor.summary, "Styrelsen ska ta beslut.")
    page.flush()

    # Siffror: a workbook into the item
    item = next(i for i in window.session.meetings[0].items if i.title == "Ett helt eget")
    window.go("figures", f"{meeting.id}/{item.id}")
    figures = window.current_view()
    figures.open_file(paths.resources() / "example" / "Resultatrapport T2 2026.xlsx")
    qtbot.waitUntil(lambda: figures._figures is not None and not window.jobs.running(), timeout=10_000)
    qtbot.mouseClick(figures._insert, Qt.MouseButton.LeftButton)
    item = next(i for i in window.session.meetings[0].items if i.id == item.id)
    assert len(item.figures) == 1

    # Kallelse
    window.go("meeting", f"{meeting.id}/kallelse")
    page = page_of(window)
    page.make_document("kallelse")
    notice = file.parent / "2027-02-11 Kallelse.docx"
    qtbot.waitUntil(lambda: notice.exists() and not window.jobs.running(), timeout=15_000)
    printed = text_of(notice)
    for title in (item.title for item in window.session.meetings[0].items):
        assert title in printed
    assert "Styrelsen ska ta beslut." in printed
    assert "−1 146" in printed
    header = WordDocument(str(notice)).sections[0].first_page_header
    assert "Norrbygden" in "".join(
        cell.text for table in header.tables for row in table.rows for cell in row.cells
    )

    # Närvaro och beslut: one is absent; Protokoll
    window.go("meeting", f"{meeting.id}/narvaro")
    grid = page._steps["narvaro"].grid
    grid.choose(item.id, window.session.association.people[1].id)
    QTest.keyClick(grid, Qt.Key.Key_F)
    absent = window.session.meetings[0].attendance.presences
    assert len(absent) == 1
    assert not absent[0].present
    page.make_document("protokoll")
    minutes = file.parent / "2027-02-11 Protokoll.docx"
    qtbot.waitUntil(lambda: minutes.exists() and not window.jobs.running(), timeout=15_000)
    assert "Utkast, inte justerat" in "".join(
        p.text
        for s in WordDocument(str(minutes)).sections
        for p in (*s.footer.paragraphs, *s.first_page_footer.paragraphs)
    ) + text_of(minutes)

    # Everything is in the one file, and can be undone step by step to the beginning.
    steps = 0
    while window.session.undo():
        steps += 1
    assert window.session.meetings == ()
    while window.session.redo():
        steps -= 1
    assert steps == 0
    window.close()
    with Workspace.open(file, user="Efter") as workspace:
        (kept,) = workspace.meetings
        assert kept.state in (MeetingState.DRAFT, MeetingState.NOTIFIED)
        assert len(kept.items) == len(titles)
        assert kept.items[titles.index("Ett helt eget")].figures

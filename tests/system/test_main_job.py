"""The whole job in the real window: a new association, its people, a meeting, items, figures, and kallelse.docx.

Done as a secretary does it, with keys and buttons; only the system's file dialogs are answered by the test.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import docx
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from finsam_desktop import app
from finsam_desktop.domain.association import Role
from finsam_desktop.paths import resources
from finsam_desktop.settings import SettingsStore
from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.view import View
from finsam_desktop.ui.views.association.place import AssociationView
from finsam_desktop.ui.views.figures.place import FiguresView
from finsam_desktop.ui.views.meeting.page import MeetingPage
from finsam_desktop.ui.views.meeting.place import MeetingView
from finsam_desktop.ui.views.meetings import MeetingsView
from finsam_desktop.ui.views.welcome.place import WelcomeView
from finsam_desktop.workspace import Workspace

Key = Qt.Key
V = TypeVar("V", bound=View)
NOW = dt.datetime(2026, 10, 5, 9, 30)
WORKBOOK = resources() / "example" / "Resultatrapport T2 2026.xlsx"
CLAUSE = "godkänna tertialrapporten per 2026-08-31"


@pytest.fixture
def window(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    monkeypatch.setattr("finsam_desktop.ui.views.meeting.preview_pane.find_libreoffice", lambda: None)
    built = app.build(qapp, SettingsStore(tmp_path / "settings.toml"))
    shown = built.window
    shown.session._clock = lambda: NOW
    shown.resize(1440, 900)
    shown.show()
    shown.go("welcome")
    yield shown
    shown.close()
    shown.deleteLater()


def here(window: MainWindow, kind: type[V]) -> V:
    view = window.current_view()
    assert isinstance(view, kind)
    return view


def page_of(window: MainWindow) -> MeetingPage:
    page = here(window, MeetingView).page
    assert page is not None
    return page


def write(field: QWidget, text: str) -> None:
    """Type the text. QTest.keyClicks aborts the process at å, ä, ö: it knows the keys of ASCII only."""
    field.setFocus()
    for sign in text:
        for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
            QApplication.sendEvent(field, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, sign))


def press(qtbot: QtBot, button: Any) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def make_document(window: MainWindow, qtbot: QtBot) -> None:
    """Press the view's filled button and wait until the work is done."""
    button = here(window, MeetingView).primary()
    press(qtbot, button)
    qtbot.waitUntil(lambda: not window.jobs.running(), timeout=10_000)


def create_association(window: MainWindow, qtbot: QtBot, file: Path) -> None:
    view = here(window, WelcomeView)
    form = view.form
    write(form.name, "Samordningsförbundet Sjöbygden")
    for name in ("Region Sjöland", "Sjöbro kommun"):
        if form.members._input.isHidden():
            press(qtbot, form.members._add)
        write(form.members._input, name)
        qtbot.keyClick(form.members._input, Key.Key_Return)
    write(form.file, str(file))
    press(qtbot, view.only)
    qtbot.waitUntil(lambda: window.session.is_open, timeout=10_000)
    association = window.session.association
    rules = replace(association.rules, board_size=4)
    window.session.change(
        "Styrelsen", association, replace(association, org_number="222000-0000", rules=rules)
    )


def add_people(window: MainWindow) -> None:
    window.go("association", "personer")
    register = here(window, AssociationView).people
    for name, role in (("Åsa Berg", Role.CHAIR), ("Örjan Lind", Role.BOARD_MEMBER), ("Eva Ek", Role.DEPUTY)):
        register.add()
        write(register._name, name)
        register._role.set_value(role)
        register._role.chosen.emit(role)


def new_meeting(window: MainWindow, qtbot: QtBot) -> None:
    window.go("meetings", "ny")
    form = here(window, MeetingsView)._form
    write(form._date, "2026-10-29")
    write(form._place, "Stadshuset, Sjöbro")
    press(qtbot, form.button)
    assert window.place == "meeting"


def add_items(window: MainWindow, qtbot: QtBot, attachment: Path) -> str:
    """A template by a few letters, an own item moved by key, att-satser and a dropped file; the first's id."""
    agenda = page_of(window).agenda()
    agenda.tree.setFocus()
    search = agenda.add_panel.search
    qtbot.keyClick(agenda.tree, Key.Key_Insert)
    write(search, "tertialr")
    qtbot.keyClick(search, Key.Key_Return)
    report = agenda.item_id
    clauses = agenda.editor.proposal.clauses
    for number, words in enumerate((CLAUSE, "lägga den till handlingarna")):
        field = clauses.fields()[min(number, len(clauses.fields()) - 1)]
        field.setFocus()
        if number:
            field.moveCursor(field.textCursor().MoveOperation.End)
            qtbot.keyClick(clauses.fields()[0], Key.Key_Return)
            field = clauses.fields()[1]
        else:
            field.selectAll()
        write(field, f"att {words}")
    agenda.flush()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(attachment))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    agenda.editor.dropEvent(QDropEvent(QPointF(200, 200), Qt.DropAction.CopyAction, data, buttons, keys))
    agenda.open_add()
    write(search, "Lokalfrågan & <flytten> 🙂")
    qtbot.keyClick(search, Key.Key_End)
    own = agenda.add_panel.list.model()
    agenda.add_panel.list.setCurrentIndex(own.index(own.rowCount() - 1, 0))
    qtbot.keyClick(search, Key.Key_Return)
    agenda.tree.setFocus()
    qtbot.keyClick(agenda.tree, Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    return report


def set_in_figures(window: MainWindow, qtbot: QtBot, item_id: str) -> None:
    agenda = page_of(window).agenda()
    agenda.show_item(item_id)
    agenda.editor.attachments._figures.click()
    view = here(window, FiguresView).table
    view.open_file(WORKBOOK)
    qtbot.waitUntil(lambda: view._book is not None and not window.jobs.running(), timeout=10_000)
    press(qtbot, view._insert)


def lines_of(content: bytes) -> list[str]:
    """Every paragraph of the document: body, tables, and the heads of its pages."""
    document = docx.Document(io.BytesIO(content))
    section = document.sections[0]
    lines: list[str] = []
    for part in (document, section.header, section.first_page_header):
        cells = (cell for table in part.tables for row in table.rows for cell in row.cells)
        lines += (paragraph.text for paragraph in part.paragraphs)
        lines += (paragraph.text for cell in cells for paragraph in cell.paragraphs)
    return lines


def test_from_nothing_to_a_kallelse(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(file: Path) -> None:
        monkeypatch.setattr(
            window.dialogs, "save_file", lambda _title, _kinds, on_file, _suggestion: on_file(file)
        )

    file = tmp_path / "sjobygden.finsam"
    attachment = tmp_path / "Skrivelse om lokaler.pdf"
    attachment.write_bytes(b"%PDF-1.4\n%%EOF\n")
    create_association(window, qtbot, file)
    add_people(window)
    new_meeting(window, qtbot)
    report = add_items(window, qtbot, attachment)
    set_in_figures(window, qtbot, report)
    meeting = window.session.meetings[0]
    window.go("meeting", meeting.id)
    page_of(window).show_step("kallelse")
    make_document(window, qtbot)

    made = tmp_path / "2026-10-29 Kallelse.docx"
    lines = lines_of(made.read_bytes())
    assert sum(line.endswith("Tertialrapport 2, januari–augusti 2026") for line in lines) == 2, (
        "list and text"
    )
    assert not any("Tertialrapport 1" in line for line in lines), "the report of the season"
    text = "\n".join(lines)
    for title in (item.title for item in window.session.meeting(meeting.id).items):
        assert title in text
    for words in (
        "Samordningsförbundet Sjöbygden", "Stadshuset, Sjöbro", CLAUSE, "lägga den till handlingarna",
        "Lokalfrågan & <flytten> 🙂", "Skrivelse om lokaler", "Åsa Berg", "Örjan Lind", "Ersättare",
    ):  # fmt: skip
        assert words in text, f"{words} is not in:\n{text}"
    assert "−1\u00a0146" in lines, "the figures as a table, set as Swedish figures"
    titles = [line for line in lines if line]
    assert titles.index("Lokalfrågan & <flytten> 🙂") < max(
        place for place, line in enumerate(titles) if line.startswith("Mötets avslutande")
    )

    # What someone writes in the document is kept: the next one is laid beside it.
    document = docx.Document(str(made))
    document.add_paragraph("Tillägg för hand")
    document.save(str(made))
    by_hand = made.read_bytes()
    make_document(window, qtbot)
    assert made.read_bytes() == by_hand
    assert lines_of((tmp_path / "2026-10-29 Kallelse (2).docx").read_bytes()) == lines

    # Everything can be undone and done again, and is in the file.
    at_hand = (window.session.association, window.session.meetings)
    steps = 0
    while window.session.undo():
        steps += 1
    assert steps > 5
    assert window.session.meetings == ()
    for _ in range(steps):
        assert window.session.redo()
    assert (window.session.association, window.session.meetings) == at_hand
    window.close()
    with Workspace.open(file, user="Prov") as workspace:
        assert (workspace.association, workspace.meetings) == at_hand

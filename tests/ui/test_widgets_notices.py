"""Notices, drop zones, form rows and attachment rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from finsam_desktop.ui.widgets import notification
from finsam_desktop.ui.widgets.attachment_row import AttachmentRow
from finsam_desktop.ui.widgets.drop_zone import DropZone, local_files
from finsam_desktop.ui.widgets.empty_state import EmptyState
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.notification import Notice, NotificationStrip
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.text_edits import TextField


@pytest.fixture
def strip(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[NotificationStrip]:
    monkeypatch.setattr(notification, "SHOWN_MS", 60)
    window = QWidget()
    column = QVBoxLayout(window)
    strip = NotificationStrip()
    column.addWidget(strip)
    column.addWidget(QLineEdit())
    qtbot.addWidget(window)
    window.show()
    yield strip
    window.close()


def test_a_notice_goes_by_itself(strip: NotificationStrip, qtbot: QtBot) -> None:
    strip.show_notice(Notice(text="Ärende 8 togs bort."))
    assert strip.isVisible()
    qtbot.waitUntil(lambda: not strip.isVisible(), timeout=2000)
    assert strip.notice is None


def test_an_error_stays_until_closed_and_lets_nothing_lesser_push_it_out(
    strip: NotificationStrip, qtbot: QtBot
) -> None:
    error = Notice(text="Filen är öppen i Word.", state=State.MUST_MEND)
    strip.show_notice(error)
    strip.show_notice(Notice(text="Sparat"))
    qtbot.wait(200)
    assert strip.notice is error
    strip.close_notice()
    assert strip.notice is not None
    assert strip.notice.text == "Sparat"


def test_the_action_is_done_once_and_the_strip_goes(strip: NotificationStrip) -> None:
    done: list[str] = []
    strip.show_notice(
        Notice(text="Ärende 8 togs bort.", action="Ångra", on_action=lambda: done.append("ångra"))
    )
    button = next(each for each in strip.findChildren(QPushButton) if each.text() == "Ångra")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert done == ["ångra"]
    assert strip.isHidden()


def test_a_notice_is_not_taken_away_from_under_the_focus(strip: NotificationStrip, qtbot: QtBot) -> None:
    window = strip.window()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    strip.show_notice(Notice(text="Ärende 8 togs bort.", action="Ångra"))
    strip.findChild(QPushButton).setFocus()
    qtbot.wait(250)
    assert strip.isVisible()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert strip.isHidden()


# -- drop zone ----------------------------------------------------------------------------------------

Drag = Callable[..., QMimeData]


@pytest.fixture
def drag() -> Drag:
    def make(*names: str) -> QMimeData:
        data = QMimeData()
        data.setUrls([QUrl(name) if "://" in name else QUrl.fromLocalFile(name) for name in names])
        return data

    return make


def test_only_files_of_the_right_kind_are_taken(drag: Drag) -> None:
    data = drag("/a/Rapport.XLSX", "/a/bild.png", "https://exempel.se/x.xlsx")
    assert local_files(data, (".xlsx",)) == (Path("/a/Rapport.XLSX"),)
    assert len(local_files(data)) == 2


def _enter(data: QMimeData) -> QDragEnterEvent:
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDragEnterEvent(QPointF(5, 5).toPoint(), Qt.DropAction.CopyAction, data, left, none)
    event.setAccepted(False)
    return event


def test_a_drop_gives_the_files_and_the_button_asks_for_one(qtbot: QtBot, drag: Drag) -> None:
    zone = DropZone("Dra hit en resultatrapport", endings=(".xlsx",))
    qtbot.addWidget(zone)
    zone.show()
    dropped: list[tuple[Path, ...]] = []
    asked: list[bool] = []
    zone.dropped.connect(dropped.append)
    zone.choose_pressed.connect(lambda: asked.append(True))
    good, bad = drag("/a/Rapport.xlsx"), drag("/a/bild.png")
    refused = _enter(bad)
    zone.dragEnterEvent(refused)
    assert not refused.isAccepted()
    taken = _enter(good)
    zone.dragEnterEvent(taken)
    assert taken.isAccepted()
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    zone.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, good, left, none))
    assert dropped == [(Path("/a/Rapport.xlsx"),)]
    QTest.mouseClick(zone.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert asked == [True]


# -- form rows ----------------------------------------------------------------------------------------


def test_a_form_row_names_and_describes_its_field(qtbot: QtBot) -> None:
    field = TextField()
    row = FormRow("&Rubrik", field, "Kort, som den ska stå i kallelsen")
    qtbot.addWidget(row)
    label = next(each for each in row.findChildren(QLabel) if each.buddy() is field)
    assert label.text() == "&Rubrik"
    assert field.accessibleName() == "Rubrik"
    assert field.accessibleDescription() == "Kort, som den ska stå i kallelsen"


def test_a_remark_takes_the_place_of_the_help_and_goes_again(qtbot: QtBot) -> None:
    field = TextField()
    row = FormRow("Förslag", field, "En att-sats per rad")
    qtbot.addWidget(row)
    row.show()
    shown = lambda: {each.text() for each in row.findChildren(QLabel) if each.isVisible()} - {""}  # noqa: E731
    row.set_remark("Förslag saknas.", State.CONSIDER)
    assert shown() == {"Förslag", "Förslag saknas."}
    assert field.accessibleDescription() == "Förslag saknas."
    assert field.property("state") == "warn"
    row.set_remark("")
    assert shown() == {"Förslag", "En att-sats per rad"}
    assert field.property("state") == ""


# -- attachments and empty places ---------------------------------------------------------------------


def test_an_attachment_row_is_opened_and_offers_its_verbs(qtbot: QtBot) -> None:
    row = AttachmentRow(
        "Bilaga 4", "Skrivelse", "2 sidor · Word", verbs=(("replace", "Byt fil"), ("remove", "Ta bort"))
    )
    qtbot.addWidget(row)
    row.show()
    opened: list[bool] = []
    chosen: list[str] = []
    row.opened.connect(lambda: opened.append(True))
    row.verb_chosen.connect(chosen.append)
    QTest.keyClick(row, Qt.Key.Key_Return)
    row.show_menu()
    menu = QApplication.activePopupWidget()
    assert menu is not None
    menu.actions()[1].trigger()
    menu.close()
    assert opened == [True]
    assert chosen == ["remove"]
    assert row.accessibleName() == "Bilaga 4 Skrivelse, 2 sidor · Word"


def test_an_empty_place_offers_one_action_and_the_example(qtbot: QtBot) -> None:
    empty = EmptyState(
        "Inga sammanträden än.", "Skapa det första, så fylls dagordningen.", "Skapa sammanträde"
    )
    qtbot.addWidget(empty)
    empty.show()
    said: list[str] = []
    empty.action_pressed.connect(lambda: said.append("action"))
    empty.example_pressed.connect(lambda: said.append("example"))
    buttons = {button.text(): button for button in empty.findChildren(QPushButton)}
    for text in ("Skapa sammanträde", "Titta på exempelförbundet"):
        QTest.mouseClick(buttons[text], Qt.MouseButton.LeftButton)
    assert said == ["action", "example"]
    assert len(buttons) == 2


def test_help_that_wraps_pushes_what_comes_below(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    rows = [
        FormRow(f"Fält {n}", TextField(), "En hjälptext som behöver flera rader i ett smalt fönster")
        for n in range(3)
    ]
    column.addWidget(FormLine(*((row, 1) for row in rows)))
    below = TextField()
    column.addWidget(below)
    column.addStretch(1)
    page.resize(360, 400)
    page.show()
    qtbot.waitExposed(page)
    for row in rows:
        for label in row.findChildren(QLabel):
            if label.isVisible() and label.text():
                assert label.height() + 1 >= label.heightForWidth(label.width())
                bottom = label.mapTo(page, label.rect().bottomLeft()).y()
                assert bottom < below.geometry().top()
        assert row.field.geometry().bottom() < row.layout().itemAt(row.layout().count() - 1).geometry().top()

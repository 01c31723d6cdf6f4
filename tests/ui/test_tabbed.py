"""A tab's part that is made when it has been shown: not before, not for nobody, and never too late for a key."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from finsam_desktop.documents import Document
from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.views.meeting.place import MeetingView
from finsam_desktop.ui.views.tabbed import LaterPart
from tests.ui.waiting import wait_until

MEETING = "2026-11-26"


class Fields(QWidget):
    """A part with two fields, that counts how often it is refreshed and asked to take in what is typed."""

    head_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.refreshed = self.flushed = 0
        self.first, self.second = QLineEdit(), QLineEdit()
        column = QVBoxLayout(self)
        column.addWidget(self.first)
        column.addWidget(self.second)

    def refresh(self) -> None:
        self.refreshed += 1

    def flush(self) -> None:
        self.flushed += 1


class Place(QWidget):
    """A field above two later parts."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__()
        qtbot.addWidget(self)
        self.above = QLineEdit()
        self.stack = QStackedWidget()
        self.parts = [LaterPart(Fields), LaterPart(Fields)]
        column = QVBoxLayout(self)
        column.addWidget(self.above)
        column.addWidget(self.stack)
        for part in self.parts:
            self.stack.addWidget(part)
        self.show()
        self.activateWindow()
        assert QTest.qWaitForWindowActive(self)


def test_a_part_is_made_when_it_has_been_shown_and_tells_of_it(qtbot: QtBot) -> None:
    place = Place(qtbot)
    qtbot.waitUntil(lambda: place.parts[0].part is not None)
    assert place.parts[1].part is None
    heard: list[bool] = []
    place.parts[1].head_changed.connect(lambda: heard.append(True))
    place.stack.setCurrentIndex(1)
    assert place.parts[1].part is None, "the tab changes at once"
    qtbot.waitUntil(lambda: place.parts[1].part is not None)
    assert heard


def test_a_part_whose_tab_was_left_is_not_made(qtbot: QtBot) -> None:
    place = Place(qtbot)
    qtbot.waitUntil(lambda: place.parts[0].part is not None)
    place.stack.setCurrentIndex(1)
    place.stack.setCurrentIndex(0)
    qtbot.wait(30)
    assert place.parts[1].part is None


def test_tab_comes_to_the_first_field_also_before_the_part_was_made(qtbot: QtBot) -> None:
    place = Place(qtbot)
    qtbot.waitUntil(lambda: place.parts[0].part is not None)
    place.stack.setCurrentIndex(1)
    place.above.setFocus()
    QTest.keyClick(place.above, Qt.Key.Key_Tab)
    part = place.parts[1].part
    assert isinstance(part, Fields)
    assert QApplication.focusWidget() is part.first
    QTest.keyClick(part.first, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is part.second
    QTest.keyClick(part.second, Qt.Key.Key_Backtab)
    QTest.keyClick(part.first, Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is place.above


def test_a_part_that_is_not_seen_is_refreshed_once_when_it_is(qtbot: QtBot) -> None:
    place = Place(qtbot)
    later = place.parts[0]
    qtbot.waitUntil(lambda: later.part is not None)
    part = later.part
    assert isinstance(part, Fields)
    later.refresh()
    assert part.refreshed == 1
    place.stack.setCurrentIndex(1)
    later.refresh()
    later.refresh()
    assert part.refreshed == 1
    place.stack.setCurrentIndex(0)
    assert part.refreshed == 2
    place.stack.setCurrentIndex(1)
    later.refresh()
    assert later.made() is part
    assert part.refreshed == 3, "who asks for it has it as it is"


def test_a_part_shows_what_changed_while_it_was_made_and_is_not_refreshed_for_what_it_was_made_of(
    qtbot: QtBot,
) -> None:
    place = Place(qtbot)
    qtbot.waitUntil(lambda: place.parts[0].part is not None)
    later = place.parts[1]
    later.refresh()
    fresh = later.made()
    assert isinstance(fresh, Fields)
    assert fresh.refreshed == 0
    other = LaterPart(Fields)
    place.stack.addWidget(other)
    place.stack.setCurrentWidget(other)
    other._load()
    assert other.part is None
    other.refresh()
    part = other.made()
    assert isinstance(part, Fields)
    assert part.refreshed == 1


def test_what_a_part_says_and_is_asked_goes_through(qtbot: QtBot) -> None:
    place = Place(qtbot)
    later = place.parts[0]
    later.flush()
    qtbot.waitUntil(lambda: later.part is not None)
    part = later.part
    assert isinstance(part, Fields)
    later.flush()
    assert part.flushed == 1
    heard: list[bool] = []
    later.head_changed.connect(lambda: heard.append(True))
    part.head_changed.emit()
    assert len(heard) == 1
    place.stack.setCurrentIndex(1)
    later.refresh()
    place.stack.setCurrentIndex(0)
    assert len(heard) == 2, "what the head says may be other when it is seen again"
    place.hide()
    later.refresh()
    assert part.refreshed == 2, "in a window that is not shown yet nothing waits"


def test_a_part_is_told_of_what_happens_between_the_turns_it_is_made_and_shown_in(window: MainWindow) -> None:
    """Each stood for a moment where a key came to nothing: the pages of another document, another item's decision."""
    window.go("meeting", f"{MEETING}/dagordning")
    view = window.current_view()
    assert isinstance(view, MeetingView)
    page = view.page
    assert page is not None
    pages, _, _ = page.side._parts
    pages._load()
    assert (pages.part, pages.there is not None) == (None, True)
    page.show_step("protokoll")
    other = page.desk.meeting.items[3].id
    page.side.set_item(other)
    wait_until(lambda: pages.part is not None)
    assert page.side.preview._document is Document.PROTOKOLL
    assert page.side.preview._item_id == other


def test_the_decision_made_while_another_item_was_chosen_is_that_item_s(window: MainWindow) -> None:
    window.go("meeting", f"{MEETING}/narvaro")
    view = window.current_view()
    assert isinstance(view, MeetingView)
    assert view.page is not None
    record = view.page.attendance()
    assert record is not None
    while record._decision.there is None:
        record._decision._load()
    assert record._decision.part is None
    QTest.keyClick(record.grid, Qt.Key.Key_Right)
    column = record.grid.column()
    assert column is not None
    wait_until(lambda: record._decision.part is not None)
    assert record.decision.item_id == column.item_id

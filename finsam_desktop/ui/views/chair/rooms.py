"""The receiver's two rooms: the items to read and change, and presence and decisions as the secretary records them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from finsam_desktop.domain.agenda import parent_of
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.chair.page import ChairPage, has_minutes
from finsam_desktop.ui.views.meeting.export import MeetingExport
from finsam_desktop.ui.views.meeting.phrase_box import PhraseBox
from finsam_desktop.ui.widgets.steps import PaneTabs
from finsam_desktop.ui.widgets.surfaces import HairLine

if TYPE_CHECKING:
    from finsam_desktop.ui.views.record.step import AttendanceStep

READING, RECORD = range(2)


class ChairRooms(QWidget):
    """Tabs over the two. The second comes once there is something recorded, and is made when it is first shown.

    The paragraph at hand in one is at hand in the other. ``moved()`` when the other one is shown.
    """

    moved = Signal()

    def __init__(self, page: ChairPage, export: MeetingExport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page, self._export = page, export
        self._desk = page.desk
        self.phrases = PhraseBox(page.desk, self)
        self.tabs = PaneTabs(("Ärendena", "Närvaro och beslut"), "Läsa eller anteckna")
        self._line = HairLine("line")
        self._stack = QStackedWidget()
        self._stack.addWidget(page)
        self._record: AttendanceStep | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(current_theme().px(8), 0, 0, 0)  # the tab's word stands below the title
        row.addWidget(self.tabs)
        column.addLayout(row)
        column.addWidget(self._line)
        column.addWidget(self._stack, 1)
        self.tabs.currentChanged.connect(self._chosen)
        page.record_wanted.connect(self.show_record)
        self._desk.changed.connect(self._show_tabs)
        self._show_tabs()

    @property
    def record(self) -> AttendanceStep:
        """Närvaro och beslut."""
        if self._record is None:
            from finsam_desktop.ui.views.record.step import AttendanceStep

            self._record = AttendanceStep(self._desk, self._export, self.phrases)
            self._stack.addWidget(self._record)
        return self._record

    @property
    def is_recording(self) -> bool:
        """Whether Närvaro och beslut is shown."""
        return self._stack.currentWidget() is not self.page

    def show_reading(self, item_id: str | None = None) -> None:
        """Show the items, at one of them; "" for the meeting as a whole."""
        self.tabs.setCurrentIndex(READING)
        if item_id is not None:
            self.page.show_item(item_id)

    def show_record(self, item_id: str = "") -> None:
        """Show presence and decisions, at a paragraph, with its decision in sight."""
        self.tabs.setCurrentIndex(RECORD)
        if item_id:
            self.record.show_item(item_id)
            self.record.show_decision()
            self.record.decision.focus_adding()

    def press(self, letter: str) -> None:
        """Record what a letter of the grid says about the person and paragraph at hand."""
        self.tabs.setCurrentIndex(RECORD)
        self.record.record(letter)

    def panes(self) -> tuple[QWidget, ...]:
        """The panes F6 goes between."""
        inside = self.record.panes() if self.is_recording else self.page.panes()
        return tuple(one for one in (*inside, self.tabs) if one.isVisibleTo(self))

    def flush(self) -> None:
        """Take in what is still in the fields."""
        self.page.flush()
        if self._record is not None:
            self._record.flush()

    def _show_tabs(self) -> None:
        meeting = self._desk.meeting
        shown = meeting.kind.decides and has_minutes(meeting) and bool(meeting.items)
        for one in (self.tabs, self._line):
            one.setVisible(shown)
        if not shown:
            self.show_reading()

    def _chosen(self, index: int) -> None:
        self.flush()
        if index == RECORD:
            at = self.page.item_id
            record = self.record
            if at:
                record.show_item(at)
            self._stack.setCurrentWidget(record)
            if not self.tabs.hasFocus():
                record.show_presence()
        else:
            at = self.record.decision.item_id
            known = self._desk.meeting.items
            if at and (parent_of(known, at) or self._desk.item(at)) is not None:
                self.page.show_item(at)
            self._stack.setCurrentWidget(self.page)
        self.moved.emit()

"""What the year wheel, unfinished decisions and the last meeting propose for this agenda."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from finsam_desktop.ui.models.row_model import Row, RowModel
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.widgets.buttons import IconButton
from finsam_desktop.ui.widgets.rows import RowDelegate, RowList, RowRole
from finsam_desktop.ui.widgets.surfaces import IconLabel, Label, Link, Pane

if TYPE_CHECKING:
    from finsam_desktop.domain.suggestions import Suggestion


class SuggestionsFoot(Pane):
    """ "4 förslag att ta med · Visa" at the foot of the list; not there when there are none."""

    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("sunk", "top", parent)
        theme = current_theme()
        self._label = IconLabel("lightbulb", "", "body_medium", "text")
        self._link = Link("Visa")
        self._link.activated.connect(self.opened)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), theme.px(7), theme.px(12), theme.px(7))
        row.addWidget(self._label, 1)
        row.addWidget(self._link)

    def show_count(self, count: int) -> None:
        """Say how many there are."""
        self._label.set_text(f"{count} förslag att ta med")
        self._link.setAccessibleName(f"Visa {count} förslag att ta med")
        self.setVisible(count > 0)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.opened.emit()


class _List(RowList):
    """Enter, Insert or Space takes a proposal in; Escape closes."""

    taken = Signal(QModelIndex)
    closed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Space, Qt.Key.Key_Insert, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit(self.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


class SuggestionsPanel(Pane):
    """The list of proposals. ``accepted(AgendaItem)`` when one is taken in."""

    accepted = Signal(object)
    closed = Signal()

    def __init__(self, desk: OpenMeeting, parent: QWidget | None = None) -> None:
        super().__init__("base", "", parent)
        theme = current_theme()
        self._desk = desk
        self._suggestions: tuple[Suggestion, ...] = ()
        self._model = RowModel(parent=self)
        self.list = _List("Förslag att ta med", self, RowDelegate(self, number_width=20, indent=4))
        self.list.setModel(self._model)
        self.list.taken.connect(self._take)
        self.list.clicked.connect(self._take)
        self.list.closed.connect(self.closed)
        close = IconButton("x", "Stäng")
        close.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(16), theme.px(8), theme.px(8), theme.px(8))
        head.addWidget(Label("Förslag att ta med", "body_strong"), 1)
        head.addWidget(close)
        help_line = Label("Enter tar med ärendet. Esc stänger.", "meta", "text2")
        help_line.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addWidget(help_line)

    def refresh(self) -> int:
        """Show what is proposed now; gives how many there are."""
        self._suggestions = () if self._desk.locked else self._desk.suggestions()
        chosen = self.list.currentIndex().row()
        self._model.set_rows(
            tuple(
                Row(key=one.key, title=one.item.title, meta=one.why, icon="lightbulb", verb="Ta med")
                for one in self._suggestions
            )
        )
        if self._suggestions:
            self.list.setCurrentIndex(self._model.index(max(0, min(chosen, len(self._suggestions) - 1))))
        return len(self._suggestions)

    def is_empty(self) -> bool:
        return not self._suggestions

    def focus_list(self) -> None:
        """Put the focus on the first proposal."""
        self.list.setFocus()
        if not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self._model.index(0))

    def _take(self, index: QModelIndex) -> None:
        if index.isValid():
            key = index.data(RowRole.KEY)
            self.accepted.emit(next(one.item for one in self._suggestions if one.key == key))

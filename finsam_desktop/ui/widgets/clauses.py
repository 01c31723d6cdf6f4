"""Att-satser: one field per sentence of a proposal or decision."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QDrag, QDragEnterEvent, QDropEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.widgets.buttons import IconButton, link_button
from finsam_desktop.ui.widgets.surfaces import Label
from finsam_desktop.ui.widgets.text_edits import GrowingTextEdit

_MIME = "application/x-finsam-clause"


class _ClauseField(GrowingTextEdit):
    """One sentence. Enter asks for the next, Backspace in an empty field asks to be removed, Tab takes the offer."""

    next_wanted = Signal(object)
    removal_wanted = Signal(object)
    move_wanted = Signal(object, int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers()
        if self.isReadOnly():
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and modifiers == Qt.KeyboardModifier.NoModifier:
            self.next_wanted.emit(self)
        elif key == Qt.Key.Key_Backspace and self.document().isEmpty():
            self.removal_wanted.emit(self)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and modifiers == Qt.KeyboardModifier.AltModifier:
            self.move_wanted.emit(self, -1 if key == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab in an empty field takes the offer and stays; otherwise it goes on. (Tab never reaches keyPressEvent.)"""
        if forward and self.document().isEmpty() and self.placeholderText():
            self.setPlainText(self.placeholderText().removesuffix("…").rstrip())
            self.moveCursor(self.textCursor().MoveOperation.End)
            self.flush()
            return True
        return super().focusNextPrevChild(forward)


class _Grip(IconButton):
    """What a sentence is dragged by; with the keyboard Alt+Up and Alt+Down move it."""

    def __init__(self, row: _ClauseRow) -> None:
        super().__init__("grip-vertical", "Dra för att flytta, eller tryck Alt+Pil i fältet")
        self._row = row
        self._pressed: QPoint | None = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            return
        if (event.position().toPoint() - self._pressed).manhattanLength() < QApplication.startDragDistance():
            return
        self._pressed = None
        self._row.start_drag()


class _ClauseRow(QWidget):
    def __init__(self, text: str, placeholder: str) -> None:
        super().__init__()
        self.field = _ClauseField(text, placeholder)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(current_theme().px(4))
        self._grip = _Grip(self)
        line.addWidget(self.field, 1)
        line.addWidget(self._grip, 0, Qt.AlignmentFlag.AlignTop)

    def set_read_only(self, read_only: bool) -> None:
        self.field.setReadOnly(read_only)
        self._grip.setVisible(not read_only)

    def start_drag(self) -> None:
        drag = QDrag(self)
        data = QMimeData()
        data.setData(_MIME, b"1")
        drag.setMimeData(data)
        drag.setPixmap(self.grab())
        drag.exec(Qt.DropAction.MoveAction)


class ClauseListEdit(QWidget):
    """The sentences after a lead-in. `edited(tuple)` gives all sentences, without empty ones, when they change.

    `placeholder` is last year's wording, shown in an empty first field; Tab takes it.
    """

    edited = Signal(tuple)
    height_changed = Signal()

    def __init__(
        self,
        lead_in: str = "Styrelsen beslutar",
        clauses: tuple[str, ...] = (),
        *,
        placeholder: str = "",
        name: str = "Att-sats",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._name = name
        self._placeholder = placeholder
        self._reported: tuple[str, ...] = clauses
        self._lead_in = Label(lead_in, "body", "text", wrap=True)
        self._rows: list[_ClauseRow] = []
        self._read_only = False
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(4))
        self._add = link_button("Ny att-sats", "plus")
        self._add.clicked.connect(self._add_last)
        self._foot = QHBoxLayout()
        self._foot.setContentsMargins(0, 0, 0, 0)
        self._foot.addWidget(self._add)
        self._foot.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.px(4))
        outer.addWidget(self._lead_in)
        outer.addLayout(self._column)
        outer.addLayout(self._foot)
        self.setAcceptDrops(True)
        self._fill(clauses)

    # -- what views use -------------------------------------------------------------------------------

    def clauses(self) -> tuple[str, ...]:
        """The sentences that are not empty, in order."""
        return tuple(text for row in self._rows if (text := row.field.text().strip()))

    def set_clauses(self, clauses: tuple[str, ...]) -> None:
        """Show sentences without reporting them; ignored while the user has text that is not yet taken in."""
        if any(row.field.has_unreported_text() for row in self._rows) or clauses == self.clauses():
            return
        self._reported = clauses
        self._fill(clauses)

    def set_read_only(self, read_only: bool) -> None:
        """Whether the sentences are only read: none is added, moved or removed either."""
        self._read_only = read_only
        for row in self._rows:
            row.set_read_only(read_only)
        self._add.setVisible(not read_only)

    def set_lead_in(self, text: str) -> None:
        self._lead_in.setText(text)
        self._lead_in.setVisible(bool(text))

    def set_placeholder(self, text: str) -> None:
        """Last year's wording, offered in an empty first field."""
        self._placeholder = text
        if self._rows:
            self._rows[0].field.setPlaceholderText(text)

    def add_foot_widget(self, widget: QWidget) -> None:
        """Put a verb beside "Ny att-sats", such as "Inget förslag läggs"."""
        self._foot.insertWidget(self._foot.count() - 1, widget)

    def fields(self) -> tuple[GrowingTextEdit, ...]:
        """The text fields, for focus and remarks."""
        return tuple(row.field for row in self._rows)

    def flush(self) -> None:
        """Report text that is not yet taken in."""
        for row in self._rows:
            row.field.flush()

    def setFocus(self, *_reason: object) -> None:
        if self._rows:
            self._rows[0].field.setFocus()

    # -- inside ---------------------------------------------------------------------------------------

    def _fill(self, clauses: tuple[str, ...]) -> None:
        texts = clauses or ("",)
        while len(self._rows) > len(texts):
            self._drop_row(self._rows[-1])
        for position, text in enumerate(texts):
            if position < len(self._rows):
                self._rows[position].field.set_text(text)
            else:
                self._insert_row(position, text)
        self._name_rows()

    def _insert_row(self, position: int, text: str) -> _ClauseRow:
        row = _ClauseRow(text, self._placeholder if position == 0 else "")
        row.field.edited.connect(self._report)
        row.field.next_wanted.connect(self._add_after)
        row.field.removal_wanted.connect(self._remove)
        row.field.move_wanted.connect(self._move_by)
        row.field.height_changed.connect(self.height_changed)
        self._rows.insert(position, row)
        self._column.insertWidget(position, row)
        if self._read_only:
            row.set_read_only(True)
        return row

    def _drop_row(self, row: _ClauseRow) -> None:
        self._rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _name_rows(self) -> None:
        for number, row in enumerate(self._rows, start=1):
            row.field.setAccessibleName(f"{self._name} {number}")
            row.field.setPlaceholderText(self._placeholder if number == 1 else "")
        self._order_tabs()
        self.height_changed.emit()

    def _order_tabs(self) -> None:
        """Tab goes from sentence to sentence and then to "Ny att-sats", in whatever order they were made."""
        for above, below in pairwise((*self.fields(), self._add)):
            QWidget.setTabOrder(above, below)

    def _report(self, _text: str = "") -> None:
        clauses = self.clauses()
        if clauses != self._reported:
            self._reported = clauses
            self.edited.emit(clauses)

    def _position(self, field: object) -> int:
        return next(i for i, row in enumerate(self._rows) if row.field is field)

    def add(self) -> None:
        """Have a clause written last: in the empty one that stands there, or in a new one."""
        last = self.fields()[-1]
        if last.text():
            self._add_last()
        else:
            last.setFocus()

    def _add_last(self) -> None:
        self._focus_new(len(self._rows))

    def _add_after(self, field: object) -> None:
        self._focus_new(self._position(field) + 1)

    def _focus_new(self, position: int) -> None:
        self.flush()
        row = self._insert_row(position, "")
        self._name_rows()
        row.field.setFocus()

    def _remove(self, field: object) -> None:
        position = self._position(field)
        if len(self._rows) == 1:
            return
        self._drop_row(self._rows[position])
        self._name_rows()
        neighbour = self._rows[max(position - 1, 0)].field
        neighbour.setFocus()
        neighbour.moveCursor(neighbour.textCursor().MoveOperation.End)
        self._report()

    def _move_by(self, field: object, step: int) -> None:
        position = self._position(field)
        self._move(position, position + step)
        if 0 <= position + step < len(self._rows):
            self._rows[position + step].field.setFocus()

    def _move(self, source: int, target: int) -> None:
        if source == target or not 0 <= target < len(self._rows):
            return
        row = self._rows.pop(source)
        self._rows.insert(target, row)
        self._column.removeWidget(row)
        self._column.insertWidget(target, row)
        self._name_rows()
        self._report()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(_MIME) and event.source() in self._rows:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        source = event.source()
        if source not in self._rows:
            return
        y = event.position().y()
        above = [row for row in self._rows if row is not source and row.geometry().center().y() < y]
        event.acceptProposedAction()
        self._move(self._rows.index(source), len(above))  # type: ignore[arg-type]

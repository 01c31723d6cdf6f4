"""Phrases in the texts of the minutes: "#" opens the list, Ctrl+Shift+1 to 9 set in the first nine."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import isValid

from finsam_desktop.domain.association import Phrase
from finsam_desktop.domain.phrases import (
    HOTKEYS,
    expanded,
    fill,
    matching,
    merged,
    typed_key,
    variables,
    words_of_meeting,
)
from finsam_desktop.ui.models.row_model import Row, RowModel
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.widgets.rows import RowDelegate, RowList, RowRole
from finsam_desktop.ui.widgets.surfaces import Label, Pane
from finsam_desktop.ui.widgets.text_edits import GrowingTextEdit

WIDTH = 460
ROWS_SHOWN = 6


class PhraseList(Pane):
    """The list that stands under the cursor. It never has the focus: the writer goes on writing."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("base", "left top right bottom", parent)
        theme = current_theme()
        self._window = parent
        self.model = RowModel(parent=self)
        self.list = RowList("Fraser", self, RowDelegate(self, number_width=0))
        self.list.setModel(self.model)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        help_line = Label("Enter sätter in frasen. Esc stänger.", "meta", "text2")
        help_line.setContentsMargins(theme.px(12), theme.px(6), theme.px(12), theme.px(6))
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.list)
        column.addWidget(help_line)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def show_rows(self, rows: tuple[Row, ...], under: QPoint, line_height: int) -> None:
        """Show the rows under a point of the window, or above it where there is no room below."""
        theme = current_theme()
        self.model.set_rows(rows)
        self.list.setCurrentIndex(self.model.index(0))
        window = self._window
        width = min(theme.px(WIDTH), window.width() - theme.px(16))
        self.setFixedWidth(width)
        self.list.setFixedWidth(width - 2)
        shown = [self.list.sizeHintForRow(place) for place in range(min(len(rows), ROWS_SHOWN))]
        self.list.setFixedHeight(sum(shown) + theme.px(2))
        height = self._column.sizeHint().height()
        self.setFixedHeight(height)
        below = under.y() + line_height + theme.px(2)
        top = below if below + height <= window.height() else max(under.y() - height - theme.px(2), 0)
        self.move(max(min(under.x(), window.width() - width - theme.px(8)), 0), top)
        self.show()
        self.raise_()


class PhraseBox(QObject):
    """Offers phrases in the fields that are given to ``serve``. One for a meeting's page."""

    def __init__(self, desk: OpenMeeting, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._window_of = parent
        self._fields: dict[GrowingTextEdit, str] = {}
        self._box: PhraseList | None = None
        self._field: GrowingTextEdit | None = None
        self._closed_at = -1

    def serve(self, field: GrowingTextEdit, item_id: str = "") -> None:
        """Offer phrases in the field; ``item_id`` is the item that its blanks are filled from."""
        if field not in self._fields:
            self._fields = {one: item for one, item in self._fields.items() if isValid(one)}
            field.installEventFilter(self)
            field.textChanged.connect(self._text_changed)
        self._fields[field] = item_id

    def phrases(self) -> tuple[Phrase, ...]:
        """All phrases, the association's own first; those with a key of their own are the first nine."""
        from finsam_desktop.files.phrase_files import standard_phrases

        own = self._desk.association.phrases
        known = merged(own, self._desk.session.guarded(standard_phrases) or ())
        return merged(known, words_of_meeting())

    def insert_number(self, number: int) -> bool:
        """Set in the phrase with this key, 1 to 9, where the cursor stands; False when it stands in no text."""
        field = QApplication.focusWidget()
        phrases = self.phrases()
        if not isinstance(field, GrowingTextEdit) or field not in self._fields or field.isReadOnly():
            return False
        if not 1 <= number <= min(HOTKEYS, len(phrases)):
            return False
        self.close()
        self._insert(field, phrases[number - 1], 0)
        return True

    def is_open(self) -> bool:
        return self._box is not None and self._box.isVisible()

    def close(self) -> None:
        """Take the list away."""
        if self._box is not None:
            self._box.hide()
        self._field = None

    # -- while writing --------------------------------------------------------------------------------

    def _text_changed(self) -> None:
        field = self.sender()
        if not isinstance(field, GrowingTextEdit) or not field.hasFocus() or field.isReadOnly():
            return
        typed = typed_key(_before_cursor(field))
        if typed is None:
            self._expand(field)
            self._closed_at = -1
            self.close()
            return
        start = field.textCursor().position() - len(typed) - 1
        if start != self._closed_at:
            self._open(field, typed)

    def _expand(self, field: GrowingTextEdit) -> None:
        """Put the word of the meeting in place of its name, just written out: "#ordförande " becomes "Anna Ek ".

        Not where the list was closed with Esc: then the sign was meant as it stands.
        """
        before = _before_cursor(field)
        change = expanded(before, self._values(field)) if "#" in before else None
        if change is None:
            return
        written, words = change
        cursor = field.textCursor()
        if cursor.position() - _units(written) == self._closed_at:
            return
        cursor.movePosition(
            QTextCursor.MoveOperation.PreviousCharacter, QTextCursor.MoveMode.KeepAnchor, _units(written)
        )
        cursor.insertText(words)
        field.setTextCursor(cursor)

    def _open(self, field: GrowingTextEdit, typed: str) -> None:
        phrases = self.phrases()
        hits = matching(phrases, typed)
        if not hits:
            self.close()
            return
        box = self._made_box()
        values = self._values(field)
        keys = {phrase.key: f"Ctrl+Skift+{n}" for n, phrase in enumerate(phrases[:HOTKEYS], start=1)}
        rows = tuple(
            Row(title=f"#{p.key}", key=p.key, meta=fill(p.text, values).text, time=keys.get(p.key, ""))
            for p in hits
        )
        self._field = field
        cursor = field.cursorRect()
        box.show_rows(
            rows, field.viewport().mapTo(self._window_of.window(), cursor.topLeft()), cursor.height()
        )

    def _made_box(self) -> PhraseList:
        if self._box is None:
            self._box = PhraseList(self._window_of.window())
            self._box.list.clicked.connect(self._take)
        return self._box

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._field and self.is_open():
            if event.type() is QEvent.Type.FocusOut:
                self.close()
            elif event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
                if event.key() in _KEYS and not event.modifiers():
                    event.accept()
                    return True
            elif event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._key_pressed(event)
        return super().eventFilter(watched, event)

    def _key_pressed(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or self._box is None:
            return False
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._box.list.keyPressEvent(event)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            self._take(self._box.list.currentIndex())
            return True
        if key == Qt.Key.Key_Escape:
            field = self._field
            if field is not None:
                typed = typed_key(_before_cursor(field)) or ""
                self._closed_at = field.textCursor().position() - len(typed) - 1
            self.close()
            return True
        return False

    def _take(self, index: QModelIndex) -> None:
        field, key = self._field, index.data(RowRole.KEY)
        self.close()
        phrase = next((one for one in self.phrases() if one.key == key), None)
        if field is None or phrase is None:
            return
        typed = typed_key(_before_cursor(field))
        self._insert(field, phrase, len(typed) + 1 if typed is not None else 0)

    def _insert(self, field: GrowingTextEdit, phrase: Phrase, replaced: int) -> None:
        """Put the phrase in place of what was typed; the first blank left to fill in is chosen."""
        filled = fill(phrase.text, self._values(field))
        cursor = field.textCursor()
        cursor.movePosition(
            QTextCursor.MoveOperation.PreviousCharacter, QTextCursor.MoveMode.KeepAnchor, replaced
        )
        start = cursor.selectionStart()
        cursor.insertText(filled.text)
        if filled.blank is not None:
            first, last = (start + _units(filled.text[:place]) for place in filled.blank)
            cursor.setPosition(first)
            cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        field.setTextCursor(cursor)

    def _values(self, field: GrowingTextEdit) -> dict[str, str]:
        desk = self._desk
        item_id = self._fields.get(field, "")
        return variables(desk.meeting, desk.association, desk.meetings, item_id, desk.clock())


_KEYS = (
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
    Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Escape,
)  # fmt: skip


def _before_cursor(field: GrowingTextEdit) -> str:
    """The line's text before the cursor. Qt counts positions in UTF-16, so the text is asked for and not cut."""
    cursor = field.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText()


def _units(text: str) -> int:
    """The length of a text as Qt counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2

"""Text fields that report what was written when the writer pauses: they never undo on their own.

Undo belongs to the workspace ("Ångra: Ny rubrik"), so the fields' own undo is off and Ctrl+Z goes on to the window.
`edited(str)` comes 400 ms after the last key, at the latest 1.2 s after the first one that is not yet taken in, and
at once when the focus leaves. `set_text` is silent, and keeps
the cursor when the text is the same; a field with unreported text ignores it, so a refresh never eats a word.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShowEvent,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QStyle,
    QStyleOptionFrame,
    QToolTip,
    QWidget,
)

from finsam_desktop.domain.printable import one_line, without_controls
from finsam_desktop.ui.spelling import current_speller
from finsam_desktop.ui.theme import current_theme

if TYPE_CHECKING:
    from finsam_desktop.ui.widgets.spelling_marks import SpellingMarks

_LINE_MARGIN = 2
"""What Qt keeps free on each side of the text in a field of one line."""
_DOCUMENT_MARGIN = 2
"""Around a text of several lines, inside the padding; with it a text of one line is as high as a field of one line."""
IDLE_MS = 400
"""How long a writer pauses before the text is taken in."""
LATEST_MS = 1200
"""How long text waits while the writer does not pause; with the writing to disk under two seconds can be lost."""


class _Pause(QObject):
    """Says `over` when the keys have rested, or have gone on for so long that the text must be taken in."""

    over = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rest, self._limit = QTimer(self), QTimer(self)
        for timer, milliseconds in ((self._rest, IDLE_MS), (self._limit, LATEST_MS)):
            timer.setSingleShot(True)
            timer.setInterval(milliseconds)
            timer.timeout.connect(self.over)

    def key(self) -> None:
        """A key was pressed."""
        self._rest.start()
        if not self._limit.isActive():
            self._limit.start()

    def stop(self) -> None:
        """Nothing waits any more."""
        self._rest.stop()
        self._limit.stop()


class TextField(QLineEdit):
    """One line of text."""

    edited = Signal(str)

    def __init__(self, text: str = "", placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._hint = ""
        self.setPlaceholderText(placeholder)
        self._reported = text
        self._pause = _Pause(self)
        self._pause.over.connect(self.flush)
        self.textEdited.connect(self._pause.key)
        self.textEdited.connect(self._keep_to_one_line)
        self.editingFinished.connect(self.flush)

    def set_text(self, text: str) -> None:
        """Show a value without reporting it, unless the user has text that is not yet taken in.

        The space before a pause stays too, though it is not stored: the next word comes after it.
        """
        if self.has_unreported_text() or text == self.text() or _is_being_written(self, text):
            return
        self._reported = text
        self.setText(text)
        if not self.hasFocus():
            self.setCursorPosition(0)  # a long text is shown from its beginning

    def setPlaceholderText(self, text: str) -> None:
        """Say what may be written; nothing where nothing may, since it could be read as what was decided."""
        self._hint = text
        super().setPlaceholderText("" if self.isReadOnly() else text)

    def setReadOnly(self, read_only: bool) -> None:
        super().setReadOnly(read_only)
        self.setPlaceholderText(self._hint)

    def has_unreported_text(self) -> bool:
        return self.text() != self._reported

    def flush(self) -> None:
        """Report text that is not yet taken in; also called before the window closes."""
        self._pause.stop()
        if self.has_unreported_text():
            self._reported = self.text()
            self.edited.emit(self._reported)

    def _keep_to_one_line(self, text: str) -> None:
        """Qt shows a pasted line end as a sign and keeps it, and what no document can hold: neither may stay."""
        if text.isprintable() or (without_controls(text) == text and not set("\n\t\x85") & set(text)):
            return
        at = self.cursorPosition()
        before, after = (one_line(f"x{part}x")[1:-1] for part in (text[:at], text[at:]))
        before = before.lstrip() if after.strip() else before.strip()
        after = after.strip() if before.endswith(" ") else after.rstrip()
        self.setText(before + after)
        self.setCursorPosition(len(before))

    def event(self, event: QEvent) -> bool:
        # A text field claims Ctrl+Z for itself before shortcuts are looked at; leave it to the window.
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_undo(event):
            self.flush()
            event.ignore()
            return False
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self.is_cut():
            QToolTip.showText(event.globalPos(), escape(self.text()), self)
            return True
        return super().event(event)

    def is_cut(self) -> bool:
        """Whether the text is longer than the field shows at once; then a tooltip shows the whole."""
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        room = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self).width()
        return self.fontMetrics().horizontalAdvance(self.text()) > room - 2 * _LINE_MARGIN


class GrowingTextEdit(QPlainTextEdit):
    """Text of any length in a field that grows with it: no scroll bar of its own.

    ``markdown`` says that the text is Markdown, so that lists and tables can be pasted; ``spelling`` that its unknown
    words are underlined.
    """

    edited = Signal(str)
    height_changed = Signal()

    def __init__(
        self,
        text: str = "",
        placeholder: str = "",
        *,
        min_lines: int = 1,
        markdown: bool = False,
        spelling: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._hint = ""
        self.markdown = markdown
        self._spelling = spelling
        self._marks: SpellingMarks | None = None
        self._min_lines = min_lines
        self._reported = text
        self._height = 0
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setPlaceholderText(placeholder)
        self.document().setDocumentMargin(_DOCUMENT_MARGIN)
        self.setPlainText(text)
        self._pause = _Pause(self)
        self._pause.over.connect(self.flush)
        self.textChanged.connect(self._text_changed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        current_theme().changed.connect(self._fit)
        current_speller().changed.connect(self._mark_spelling)
        self._fit()

    def text(self) -> str:
        """The text as written. `toPlainText` turns no-break spaces into spaces, and would so alter "1 724 tkr"."""
        return self.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")

    def set_text(self, text: str) -> None:
        """Show a value without reporting it, unless the user has text that is not yet taken in.

        The space before a pause stays too, though it is not stored: the next word comes after it.
        """
        if self.has_unreported_text() or text == self.text() or _is_being_written(self, text):
            return
        self._reported = text
        position = self.textCursor().position()
        self.setPlainText(text)
        cursor = self.textCursor()
        cursor.setPosition(min(position, len(self.text())))
        self.setTextCursor(cursor)

    def has_unreported_text(self) -> bool:
        return self.text() != self._reported

    def flush(self) -> None:
        """Report text that is not yet taken in; also called before the window closes."""
        self._pause.stop()
        if self.has_unreported_text():
            self._reported = self.text()
            self.edited.emit(self._reported)

    def setPlaceholderText(self, text: str) -> None:
        """Say what may be written; nothing where nothing may, since it could be read as what was decided."""
        self._hint = text
        super().setPlaceholderText("" if self.isReadOnly() else text)

    def setReadOnly(self, read_only: bool) -> None:
        super().setReadOnly(read_only)
        self.setPlaceholderText(self._hint)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste words: Word's colours and fonts stay behind; lists, tables and bold come along where the field's
        text is Markdown."""
        text = source.text()
        if self.markdown and source.hasHtml():
            from finsam_desktop.word.pasted import markdown_from_html

            text = markdown_from_html(source.html()) or text
        if text:
            self.textCursor().insertText(without_controls(text))

    def event(self, event: QEvent) -> bool:
        # A text field claims Ctrl+Z for itself before shortcuts are looked at; leave it to the window.
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_undo(event):
            self.flush()
            event.ignore()
            return False
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.flush()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()
        self._mark_spelling()

    # -- spelling -------------------------------------------------------------------------------------

    def spelling_marks(self) -> SpellingMarks | None:
        """What underlines unknown words; None while the field does not."""
        return self._marks

    def open_spelling_menu(self) -> bool:
        """Open the menu for the unknown word at the cursor, else for the next one. False when there is none."""
        from finsam_desktop.ui.widgets.spelling_marks import open_menu

        found = self._marks.next_unknown(self.textCursor().position()) if self._marks is not None else None
        return found is not None and open_menu(self, found)

    def exchange(self, found: tuple[int, int, str], words: str) -> None:
        """Put other words in an unknown word's place, unless the text says something else by now."""
        from finsam_desktop.spelling.words import spelling

        cursor = self.textCursor()
        cursor.setPosition(found[0])
        cursor.setPosition(found[0] + found[1], QTextCursor.MoveMode.KeepAnchor)
        if spelling(cursor.selectedText()) == found[2]:
            cursor.insertText(words)
            self.setTextCursor(cursor)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The usual menu, with what can be done about the word that was pressed at its top."""
        if self._marks is None or self.isReadOnly():
            super().contextMenuEvent(event)
            return
        from finsam_desktop.ui.widgets.spelling_marks import open_menu_at

        open_menu_at(self, event.pos(), event.globalPos())

    def _mark_spelling(self) -> None:
        if self._spelling and self._marks is None and self.isVisible() and current_speller().is_on:
            from finsam_desktop.ui.widgets.spelling_marks import SpellingMarks

            self._marks = SpellingMarks(self)

    def sizeHint(self) -> QSize:
        return QSize(current_theme().px(240), max(self._height, self._least_height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(current_theme().px(80), self._least_height())

    def _text_changed(self) -> None:
        self._pause.key()
        self._fit()

    def _least_height(self) -> int:
        return self.fontMetrics().lineSpacing() * self._min_lines + self._frame()

    def _frame(self) -> int:
        """What the field has around its lines: the style's edge and padding, and the document's margin."""
        around = self.height() - self.viewport().height() if self.isVisible() else current_theme().px(10)
        return around + 2 * round(self.document().documentMargin())

    def _fit(self) -> None:
        # The height of a QPlainTextEdit's document is counted in lines; the blocks know pixels, once asked.
        layout = self.document().documentLayout()
        height, block = 0.0, self.document().firstBlock()
        while block.isValid():
            height += layout.blockBoundingRect(block).height()
            block = block.next()
        if self.placeholderText() and self.document().isEmpty():
            height = max(height, self._placeholder_height())
        # The last block's height is with the margin below it, once more than the frame counts.
        least = self.fontMetrics().lineSpacing() * self._min_lines + self.document().documentMargin()
        wanted = round(max(height, least)) + self._frame()
        if wanted != self._height:
            self._height = wanted
            self.setFixedHeight(wanted)
            self.updateGeometry()
            self.height_changed.emit()

    def _placeholder_height(self) -> float:
        width = max(self.viewport().width() - 2 * round(self.document().documentMargin()), 40)
        area = self.fontMetrics().boundingRect(
            0, 0, width, 10_000, int(Qt.TextFlag.TextWordWrap), self.placeholderText()
        )
        return float(area.height())


class WrappedLine(GrowingTextEdit):
    """One line of prose, shown on as many lines as it takes: a heading is seen whole. It holds no line break.

    Enter takes the text in and gives `left()`.
    """

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.flush()
            self.left.emit()
            return
        super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """One line, whatever is pasted."""
        if source.hasText():
            # A space at the end of what is pasted stays: it keeps two words apart.
            self.textCursor().insertText(one_line(f"x{source.text()}x")[1:-1])


def _is_being_written(field: TextField | GrowingTextEdit, text: str) -> bool:
    """Whether the writer has these words in hand, with spaces around them that are not stored."""
    return field.hasFocus() and field.text().strip() == text.strip()


def _is_undo(event: QKeyEvent) -> bool:
    """Undo and redo go to the window, whose undo also knows what happened elsewhere."""
    return event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)

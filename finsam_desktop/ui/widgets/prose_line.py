"""One line of prose, such as a heading: its unknown words are underlined like those of longer texts.

A line of text has no formats of its own, so the wave is painted over it where the words stand.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QShowEvent,
    QTextLayout,
)
from PySide6.QtWidgets import QMenu, QStyle, QStyleOptionFrame, QWidget

from finsam_desktop.ui.spelling import current_speller
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.widgets.text_edits import TextField

Unknown = tuple[int, int, str]
"""Place in the line, length and spelling of an unknown word, in the units of a cursor."""
_BESIDE_CURSOR = 5
"""How much wider than its stroke Qt calls the cursor of a line of text, on its left side."""


class ProseLine(TextField):
    """A `TextField` for words that are to be spelt right: headings, reasons, comments. Not for names and numbers."""

    def __init__(self, text: str = "", placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, placeholder, parent)
        self._unknown: tuple[Unknown, ...] = ()
        self._written_at = -1
        self.textEdited.connect(self._written)
        self.textChanged.connect(self._look)
        self.cursorPositionChanged.connect(self._look)
        speller = current_speller()
        speller.changed.connect(self._look)
        speller.told.connect(self._look)

    def unknown_words(self) -> tuple[Unknown, ...]:
        """The words that are underlined."""
        return self._unknown

    def open_spelling_menu(self) -> bool:
        """Open the menu for the unknown word at the cursor, else for the next one. False when there is none."""
        found = self._all_unknown()
        at = self.cursorPosition()
        one = next((one for one in found if one[0] + one[1] >= at), found[0] if found else None)
        if one is None:
            return False
        self.setSelection(one[0], one[1])
        self._open(QMenu(self), one, QPointF(self._place_of(one[0]), self.height()))
        return True

    def exchange(self, found: Unknown, words: str) -> None:
        """Put other words in a word's place, unless the line says something else by now."""
        from finsam_desktop.spelling.words import spelling

        self.setSelection(found[0], found[1])
        if spelling(self.selectedText()) == found[2]:
            self.insert(words)
        self.deselect()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The usual menu, with what can be done about the word that was pressed at its top."""
        at = self.cursorPositionAt(event.pos())
        one = next((one for one in self._all_unknown() if one[0] <= at <= one[0] + one[1]), None)
        if one is None or self.isReadOnly():
            super().contextMenuEvent(event)
            return
        self._open(self.createStandardContextMenu(), one, QPointF(event.pos()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._look()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._unknown:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(self._words_area())
        theme = current_theme()
        painter.setPen(QPen(theme.color("err"), max(1.0, theme.px(1))))
        drawn = self._drawn()
        start = self._start(drawn)
        base = self.cursorRect().top() + drawn.lineAt(0).ascent() + theme.px(2)
        for first, length, _word in self._unknown:
            left, right = start + _x(drawn, first), start + _x(drawn, first + length)
            painter.drawPolyline(_wave(left, right, base, theme.px(2)))
        painter.end()

    # -- words ----------------------------------------------------------------------------------------

    def _written(self) -> None:
        self._written_at = self.cursorPosition()
        self._look()

    def _look(self, _told: object = None) -> None:
        """Find the unknown words; the one that is being written is left alone until the cursor has left it."""
        at = self._written_at if self.hasFocus() and self.cursorPosition() == self._written_at else -1
        found = tuple(one for one in self._all_unknown() if not one[0] < at == one[0] + one[1])
        if found != self._unknown:
            self._unknown = found
            self.update()

    def _all_unknown(self) -> tuple[Unknown, ...]:
        speller = current_speller()
        if not speller.is_on or not self.isVisible():
            return ()
        from finsam_desktop.spelling.words import words_of
        from finsam_desktop.ui.widgets.spelling_marks import in_units

        text = self.text()
        return tuple(in_units(text, one) for one in words_of(text) if speller.verdict(one[2]) is False)

    def _open(self, menu: QMenu, found: Unknown, place: QPointF) -> None:
        from finsam_desktop.ui.widgets.spelling_marks import open_word_menu

        open_word_menu(menu, found, self.mapToGlobal(place.toPoint()))

    # -- places ---------------------------------------------------------------------------------------

    def _drawn(self) -> QTextLayout:
        """The line as it is drawn, to measure in. A line of it lives no longer than the whole."""
        drawn = QTextLayout(self.displayText(), self.font())
        drawn.beginLayout()
        drawn.createLine()
        drawn.endLayout()
        return drawn

    def _start(self, drawn: QTextLayout) -> float:
        """Where the line begins, beyond the left edge when it has been scrolled: told by where the cursor is."""
        return self.cursorRect().left() + _BESIDE_CURSOR - round(_x(drawn, self.cursorPosition()))

    def _place_of(self, position: int) -> float:
        drawn = self._drawn()
        return self._start(drawn) + _x(drawn, position)

    def _words_area(self) -> QRect:
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        return self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)


def _x(drawn: QTextLayout, position: int) -> float:
    found: object = drawn.lineAt(0).cursorToX(position)  # PySide gives the position along with it
    return float(found[0]) if isinstance(found, tuple) else float(str(found))


def _wave(left: float, right: float, base: float, step: float) -> QPolygonF:
    points, x, low = [QPointF(left, base)], left, False
    while x < right:
        x, low = min(x + step, right), not low
        points.append(QPointF(x, base + (step / 2 if low else 0)))
    return QPolygonF(points)

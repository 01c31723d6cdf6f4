"""The wave under unknown words of a text field, and the menu that mends them."""

from __future__ import annotations

from collections import deque
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction, QSyntaxHighlighter, QTextBlock, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QMenu, QPlainTextEdit

from finsam_desktop.ui.next_turn import NextTurn
from finsam_desktop.ui.spelling import current_speller
from finsam_desktop.ui.theme import current_theme

if TYPE_CHECKING:
    from finsam_desktop.ui.widgets.text_edits import GrowingTextEdit

AT_ONCE_S = 0.015
"""How long words are marked before the window gets its turn."""


class SpellingMarks(QSyntaxHighlighter):
    """Underlines the unknown words of a field. The text itself is never touched.

    The word that is being written is left alone until the cursor has left it.
    """

    def __init__(self, field: QPlainTextEdit) -> None:
        super().__init__(field.document())
        self._field = field
        self._waiting: dict[str, list[QTextBlock]] = {}
        self._left: deque[QTextBlock] = deque()
        self._spent = 0.0
        self._turn = NextTurn(self, self._go_on)
        self._format = QTextCharFormat()
        self._at: tuple[int, int] = (-1, -1)
        self._take_theme()
        current_theme().changed.connect(self._theme_changed)
        speller = current_speller()
        speller.told.connect(self._told)
        speller.changed.connect(self.rehighlight)
        field.cursorPositionChanged.connect(self._cursor_moved)

    def words(self, block: QTextBlock) -> list[tuple[int, int, str]]:
        """Place in the block, length and spelling of its unknown words, in the units of a cursor."""
        from finsam_desktop.spelling.words import words_of

        speller = current_speller()
        text = block.text()
        found = [word for word in words_of(text) if speller.verdict(word[2]) is False]
        return found if len(text) == block.length() - 1 else [in_units(text, word) for word in found]

    def unknown_at(self, position: int) -> tuple[int, int, str] | None:
        """Place in the document, length and spelling of the unknown word at a position."""
        block = self.document().findBlock(position)
        for start, length, word in self.words(block):
            if start <= position - block.position() <= start + length:
                return block.position() + start, length, word
        return None

    def next_unknown(self, position: int) -> tuple[int, int, str] | None:
        """The unknown word at a position, else the next one, from the beginning again after the end."""
        first = block = self.document().findBlock(position)
        while block.isValid():
            for start, length, word in self.words(block):
                if block.position() + start + length >= position:
                    return block.position() + start, length, word
            block = block.next()
        block = self.document().firstBlock()
        while block.isValid() and block.position() <= first.position():
            for start, length, word in self.words(block):
                return block.position() + start, length, word
            block = block.next()
        return None

    def highlightBlock(self, text: str) -> None:
        if not text or not current_speller().is_on:
            return
        if self._spent > AT_ONCE_S:  # much has been pasted, or a long text is shown: the rest comes by and by
            self._left.append(self.currentBlock())
            return
        started = perf_counter()
        self._mark(text, self.currentBlock())
        self._spent += perf_counter() - started
        self._turn.start()

    def _mark(self, text: str, block: QTextBlock) -> None:
        from finsam_desktop.spelling.words import words_of

        speller = current_speller()
        is_plain = len(text) == block.length() - 1
        at = self._at[1] if self._at[0] == block.blockNumber() else -1
        for found in words_of(text):
            verdict = speller.verdict(found[2])
            if verdict is None:
                self._waiting.setdefault(found[2], []).append(block)
            elif not verdict:
                start, length, _ = found if is_plain else in_units(text, found)
                if not start < at == start + length:
                    self.setFormat(start, length, self._format)

    def _go_on(self) -> None:
        """A new turn of the window's: mark what is left, for as long as nobody notices."""
        self._spent = 0.0
        while self._left and self._spent <= AT_ONCE_S:
            block = self._left.popleft()
            if block.isValid():
                self.rehighlightBlock(block)
        if self._left:
            self._turn.start()

    def _told(self, words: object) -> None:
        if not isinstance(words, frozenset):
            return
        again: dict[int, QTextBlock] = {}
        for word in words & self._waiting.keys():
            again.update((block.position(), block) for block in self._waiting.pop(word) if block.isValid())
        self._left.extend(again[place] for place in sorted(again))
        self._turn.start()

    def _cursor_moved(self) -> None:
        before, cursor = self._at, self._field.textCursor()
        self._at = (cursor.blockNumber(), cursor.positionInBlock()) if self._field.hasFocus() else (-1, -1)
        if before[0] >= 0 and before != self._at:
            block = self.document().findBlockByNumber(before[0])
            if block.isValid() and (before[0] != self._at[0] or not self._is_within_word(block, before[1])):
                self.rehighlightBlock(block)

    def _is_within_word(self, block: QTextBlock, before: int) -> bool:
        """Whether the cursor went on in the word it was in, so that nothing new is to be underlined."""
        text, at = block.text(), self._at[1]
        between = text[min(before, at) : max(before, at)]
        return at > before and between.isalpha()

    def _take_theme(self) -> None:
        self._format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        self._format.setUnderlineColor(current_theme().color("err"))

    def _theme_changed(self) -> None:
        self._take_theme()
        self.rehighlight()


class SpellingMenu(QObject):
    """What can be done with an unknown word, at the top of a field's menu: suggestions as they come, the list, passing
    over. It holds no field: one that only a menu held would end in the middle of the menu's own end."""

    def __init__(self, found: tuple[int, int, str], menu: QMenu) -> None:
        super().__init__(menu)
        self._unknown, self._word = found, found[2]
        self._menu = menu
        self._found: tuple[str, ...] = ()
        first = menu.actions()[0] if menu.actions() else None
        self._looking = QAction("Söker förslag …", menu)
        self._looking.setEnabled(False)
        self._add = QAction(f"Lägg till ”{self._word}” i ordlistan", menu)
        self._add.triggered.connect(self._list_word)
        self._pass = QAction("Ignorera tills filen stängs", menu)
        self._pass.triggered.connect(self._ignore)
        self._line = QAction(menu)
        self._line.setSeparator(True)
        last = QAction(menu)
        last.setSeparator(True)
        for action in (self._looking, self._line, self._add, self._pass, last):
            menu.insertAction(first, action) if first is not None else menu.addAction(action)
        current_speller().suggested.connect(self._suggested)
        current_speller().suggest(self._word)

    def _suggested(self, word: str, words: object, more: bool) -> None:
        if word != self._word or not isinstance(words, tuple):
            return
        for suggestion in words[len(self._found) :] if words[: len(self._found)] == self._found else ():
            action = QAction(suggestion, self._menu)
            action.setData(suggestion)
            font = action.font()
            font.setBold(True)
            action.setFont(font)
            action.triggered.connect(self._replace)
            self._menu.insertAction(self._looking, action)
        if words and not self._found and self._menu.isVisible():
            self._menu.setActiveAction(self._menu.actions()[0])
        self._found = words or self._found
        if not more:
            current_speller().suggested.disconnect(self._suggested)
            self._looking.setText("Inga förslag")
            self._looking.setVisible(not self._found)

    def _replace(self) -> None:
        action, field = self.sender(), self._menu.parentWidget()
        if isinstance(action, QAction) and field is not None:
            field.exchange(self._unknown, str(action.data()))  # type: ignore[attr-defined]

    def _list_word(self) -> None:
        current_speller().listed.emit(self._word, True)

    def _ignore(self) -> None:
        current_speller().ignore(self._word)


def open_menu(field: GrowingTextEdit, found: tuple[int, int, str]) -> bool:
    """Open the menu of an unknown word below it, the word chosen."""
    cursor = field.textCursor()
    cursor.setPosition(found[0] + found[1])
    field.setTextCursor(cursor)
    where = field.viewport().mapToGlobal(field.cursorRect(cursor).bottomLeft())
    open_word_menu(QMenu(field), found, where)
    return True


def open_word_menu(menu: QMenu, found: tuple[int, int, str], where: QPoint) -> None:
    """Open a field's menu with what can be done about an unknown word at its top; the field has ``exchange``."""
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    SpellingMenu(found, menu)
    menu.popup(where)


def open_menu_at(field: GrowingTextEdit, place: QPoint, where: QPoint) -> None:
    """Open the usual menu of a field, with what belongs to the word at ``place`` first; ``where`` is on the screen."""
    menu = field.createStandardContextMenu(place)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    marks = field.spelling_marks()
    at = field.cursorForPosition(place)
    found = marks.unknown_at(at.position()) if marks is not None else None
    if found is not None:
        SpellingMenu(found, menu)
    else:
        at.select(QTextCursor.SelectionType.WordUnderCursor)
        if current_speller().is_listed(at.selectedText()):
            _Unlist(at.selectedText(), menu)
    menu.popup(where)


class _Unlist(QAction):
    """Takes a word out of the association's own list."""

    def __init__(self, word: str, menu: QMenu) -> None:
        super().__init__(f"Ta bort ”{word}” ur ordlistan", menu)
        self._word = word
        self.triggered.connect(self._take_out)
        menu.insertAction(menu.actions()[0], self)

    def _take_out(self) -> None:
        current_speller().listed.emit(self._word, False)


def in_units(text: str, found: tuple[int, int, str]) -> tuple[int, int, str]:
    """A place counted in letters as one counted in the units of Qt, where a sign outside the first plane is two."""
    start, length, word = found
    return _units(text[:start]), _units(text[start : start + length]), word


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2

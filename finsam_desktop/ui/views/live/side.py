"""Beside the stage of mötesläge: who is there, and own notes. Neither is seen while the screen is shared."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from finsam_desktop.ui.actions import LETTERS
from finsam_desktop.ui.models.row_model import Row, RowModel
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.widgets.forms import FormRow
from finsam_desktop.ui.widgets.rows import RowDelegate, RowList, RowRole
from finsam_desktop.ui.widgets.surfaces import Pane, PaneHead
from finsam_desktop.ui.widgets.text_edits import GrowingTextEdit

STAYS = (
    "Stannar i din fil. Kommer inte med i protokoll, handlingar, offentlig version, arkiv eller mötespaket."
)


class PeopleList(RowList):
    """The people. The letters of the meeting work here as on the stage; ← and → go between items."""

    letter = Signal(str)
    stepped = Signal(int)
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = " " if event.key() == Qt.Key.Key_Space else event.text().upper()
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        if plain and letter and letter in LETTERS:
            self.letter.emit(letter)
        elif plain and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.stepped.emit(-1 if event.key() == Qt.Key.Key_Left else 1)
        elif plain and event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class LiveSide(Pane):
    """``note_edited(text)`` when the note of the item at hand has been written in."""

    note_edited = Signal(str)
    note_left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("base", "left", parent)
        theme = current_theme()
        self._head = PaneHead("Närvaro")
        self.model = RowModel(parent=self)
        self.people = PeopleList("Närvaro", self, RowDelegate(self, number_width=0, indent=4))
        self.people.setModel(self.model)
        self.note = _Note("", "Skriv fritt", min_lines=5)
        self.note.edited.connect(self.note_edited)
        self.note.left.connect(self.note_left)
        self._note_row = FormRow("Egen anteckning", self.note, STAYS, fact="Ctrl+Skift+N")
        notes = Pane("sunk", "top")
        under = QVBoxLayout(notes)
        under.setContentsMargins(theme.px(16), theme.px(10), theme.px(16), theme.px(12))
        under.addWidget(self._note_row)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self.people, 1)
        column.addWidget(notes)

    def person(self) -> tuple[str, str]:
        """Id and name of the person at hand, empty when there is none."""
        index = self.people.currentIndex()
        if not index.isValid() or index.data(RowRole.HEADING):
            return "", ""
        return str(index.data(RowRole.KEY)), str(index.data(RowRole.TITLE))

    def step_person(self, by: int) -> None:
        """To the person before or after."""
        rows = self.model.rows()
        place = self.people.currentIndex().row() + by
        while 0 <= place < len(rows) and rows[place].heading:
            place += by
        if 0 <= place < len(rows):
            self._choose(self.model.index(place))

    def show_people(self, rows: tuple[Row, ...], fact: str) -> None:
        """Show everyone; the one at hand stays at hand."""
        before, _ = self.person()
        self.model.set_rows(rows)
        self._head.set_fact(fact)
        place = self.model.row_of(before)
        if place < 0:
            place = next((at for at, row in enumerate(rows) if not row.heading), -1)
        if place >= 0 and self.people.currentIndex().row() != place:
            self._choose(self.model.index(place))

    def show_note(self, title: str, text: str, *, anew: bool, writable: bool) -> None:
        """Show the note of an item; ``anew`` when it is another item's."""
        self._note_row.set_label(title)
        if anew:
            self.note.flush()
        self.note.set_text(text)
        self.note.setReadOnly(not writable)

    def _choose(self, index: QModelIndex) -> None:
        self.people.setCurrentIndex(index)
        self.people.scrollTo(index)


class _Note(GrowingTextEdit):
    """Esc goes back to the stage."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.flush()
            self.left.emit()
        else:
            super().keyPressEvent(event)

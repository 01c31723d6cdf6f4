"""Rows of a person and what that person did: yrkanden, reservationer, anteckningar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.widgets.buttons import IconButton
from finsam_desktop.ui.widgets.fields import ChoiceField
from finsam_desktop.ui.widgets.text_edits import GrowingTextEdit

People = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """What one row holds: who, what kind (a value of the choices), which words, and a checkable fact."""

    person_id: str = ""
    choice: object = None
    text: str = ""


class _Row(QWidget):
    changed = Signal()
    removed = Signal(object)

    def __init__(
        self,
        name: str,
        people: People,
        choices: tuple[tuple[object, str], ...],
        texts_for: tuple[object, ...] | None,
        placeholder: str,
        normal: Callable[[str], str],
    ) -> None:
        super().__init__()
        theme = current_theme()
        self._normal = normal
        self._texts_for = texts_for
        self.person = ChoiceField(people)
        self.person.setAccessibleName(f"{name}, vem")
        self.choice = ChoiceField(choices)
        self.choice.setAccessibleName(f"{name}, vad")
        self.choice.setVisible(bool(choices))
        self.text = GrowingTextEdit("", placeholder)
        self.text.setAccessibleName(f"{name}, text")
        remove = IconButton("x", f"Ta bort {name.lower()}")
        remove.clicked.connect(self._remove)
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(self.person, 5)
        line.addWidget(self.choice, 5)
        line.addWidget(remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.px(4))
        column.setSpacing(theme.px(4))
        column.addLayout(line)
        column.addWidget(self.text)
        self.person.chosen.connect(self._report)
        self.choice.chosen.connect(self._report)
        self.text.edited.connect(self._report)
        self._show_text(self.choice.value())

    def show_row(self, row: PersonRow, people: People) -> None:
        self.person.set_choices(people)
        self.person.set_value(row.person_id)
        self.choice.set_value(row.choice)
        if self._normal(self.text.text()) != row.text:
            self.text.set_text(row.text)
        self._show_text(row.choice)

    def row(self) -> PersonRow:
        person = self.person.value()
        return PersonRow(
            person_id=person if isinstance(person, str) else "",
            choice=self.choice.value(),
            text=self._normal(self.text.text()),
        )

    def _show_text(self, choice: object) -> None:
        self.text.setVisible(self._texts_for is None or choice in self._texts_for)

    def _report(self, _value: object = None) -> None:
        self._show_text(self.choice.value())
        self.changed.emit()

    def _remove(self) -> None:
        self.removed.emit(self)


class PersonRows(QWidget):
    """A list of such rows. ``edited(tuple[PersonRow, ...])`` when one is changed, added or removed.

    ``texts_for``: the choices that have words; None when all have. ``normal`` makes the words that are stored out
    of those written; a field keeps what is written while both come to the same.
    """

    edited = Signal(tuple)

    def __init__(
        self,
        name: str,
        choices: tuple[tuple[object, str], ...] = (),
        *,
        texts_for: tuple[object, ...] | None = None,
        placeholder: str = "",
        normal: Callable[[str], str] = str.strip,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._normal = normal
        self._name, self._choices, self._texts_for = name, choices, texts_for
        self._placeholder = placeholder
        self._people: People = ()
        self._rows: list[_Row] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_rows(self, rows: tuple[PersonRow, ...], people: People) -> None:
        """Show rows without reporting them; text being written stays."""
        self._people = people
        while len(self._rows) > len(rows):
            self._drop(self._rows[-1])
        while len(self._rows) < len(rows):
            self._append()
        for widget, row in zip(self._rows, rows, strict=True):
            if widget.row() != row or widget.person.count() != len(people):
                widget.show_row(row, people)

    def flush(self) -> None:
        for row in self._rows:
            row.text.flush()

    def focus_last(self) -> None:
        """Put the focus in the newest row."""
        if self._rows:
            self._rows[-1].person.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_read_only(self, read_only: bool) -> None:
        self.setEnabled(not read_only)

    def _append(self) -> None:
        row = _Row(
            f"{self._name} {len(self._rows) + 1}",
            self._people,
            self._choices,
            self._texts_for,
            self._placeholder,
            self._normal,
        )
        row.changed.connect(self._report)
        row.removed.connect(self._remove)
        self._rows.append(row)
        self._column.addWidget(row)

    def _drop(self, row: _Row) -> None:
        self._rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _remove(self, row: _Row) -> None:
        self._drop(row)
        self._report()

    def _report(self) -> None:
        self.edited.emit(tuple(row.row() for row in self._rows))

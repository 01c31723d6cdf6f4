"""Rows of a person and what that person did: yrkanden, reservationer, anteckningar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.widgets.buttons import IconButton
from finsam_desktop.ui.widgets.fields import ChoiceField, TimeField
from finsam_desktop.ui.widgets.people_button import PeopleButton
from finsam_desktop.ui.widgets.text_edits import GrowingTextEdit

People = tuple[tuple[str, str], ...]
Choices = tuple[tuple[object, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """What one row holds: who, one or two values of the choices, which words, when, who else, and a yes or no."""

    person_id: str = ""
    choice: object = None
    text: str = ""
    second: object = None
    at: time | None = None
    others: tuple[str, ...] = ()
    flag: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RowParts:
    """What each row is made of beside the person.

    ``texts_for`` are the choices that have words, None when all have, () when none. ``second`` names a second
    choice, ``clock`` a time, ``others`` the word and the "nobody" of a list of people, ``flag`` a yes or no.
    ``normal`` makes the words that are stored out of those written; a field keeps what is written while both come
    to the same.
    """

    name: str
    choices: Choices = ()
    texts_for: tuple[object, ...] | None = None
    placeholder: str = ""
    second: str = ""
    clock: str = ""
    others: tuple[str, str] | None = None
    flag: str = ""
    normal: Callable[[str], str] = str.strip


class _Row(QWidget):
    changed = Signal()
    removed = Signal(object)

    def __init__(
        self, number: int, parts: RowParts, people: People, choices: Choices, seconds: Choices
    ) -> None:
        super().__init__()
        theme = current_theme()
        name = f"{parts.name} {number}"
        self._parts = parts
        self._people, self._choices, self._seconds = people, choices, seconds
        self.person = ChoiceField(people)
        self.person.setAccessibleName(f"{name}, vem")
        self.choice = ChoiceField(choices)
        self.choice.setAccessibleName(f"{name}, vad")
        self.second = ChoiceField(seconds)
        self.second.setAccessibleName(f"{name}, {parts.second.lower()}")
        self.clock = TimeField()
        self.clock.setPlaceholderText(parts.clock)
        self.clock.setAccessibleName(f"{name}, {parts.clock.lower()}")
        self.clock.setFixedWidth(theme.px(104))
        self.others = PeopleButton(*(parts.others or ("", "Ingen")))
        self.flag = QCheckBox(parts.flag)
        self.text = GrowingTextEdit("", parts.placeholder)
        self.text.setAccessibleName(f"{name}, text")
        remove = IconButton("x", f"Ta bort {name.lower()}")
        remove.clicked.connect(self._remove)
        line, below = QHBoxLayout(), QHBoxLayout()
        for layout in (line, below):
            layout.setSpacing(theme.px(8))
        line.addWidget(self.person, 5)
        line.addWidget(self.choice, 5)
        line.addWidget(remove)
        # A choice as wide as its longest words need; the others as they are.
        self.second.setSizeAdjustPolicy(self.second.SizeAdjustPolicy.AdjustToContents)
        for part in (self.clock, self.second, self.flag):
            below.addWidget(part)
        below.addWidget(self.others)
        below.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.px(4))
        column.setSpacing(theme.px(4))
        column.addLayout(line)
        column.addWidget(self.text)
        column.addLayout(below)
        shown = ((self.choice, bool(choices)), (self.second, bool(parts.second)), (self.clock, bool(parts.clock)),
                 (self.others, parts.others is not None), (self.flag, bool(parts.flag)))  # fmt: skip
        widget: QWidget
        for widget, is_shown in shown:
            if not is_shown:
                widget.hide()
        # Tab goes as one writes: who, what, the words, then the rest.
        order = (self.person, self.choice, self.text, self.clock, self.second, self.flag, self.others, remove)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
        self.person.chosen.connect(self._report)
        self.choice.chosen.connect(self._report)
        self.second.chosen.connect(self._report)
        self.clock.changed.connect(self._report)
        self.others.edited.connect(self._report)
        self.flag.clicked.connect(self._report)
        self.text.edited.connect(self._report)
        self._show_text(self.choice.value())

    def show_row(self, row: PersonRow, people: People, choices: Choices, seconds: Choices) -> None:
        for field, values, before in (
            (self.person, people, self._people), (self.choice, choices, self._choices),
            (self.second, seconds, self._seconds),
        ):  # fmt: skip
            if values != before:
                field.set_choices(values)
        self._people, self._choices, self._seconds = people, choices, seconds
        self.person.set_value(row.person_id)
        self.choice.set_value(row.choice)
        self.second.set_value(row.second)
        if not (self.clock.hasFocus() and self.clock.isModified()):
            self.clock.set_value(row.at)
        self.others.show_people(tuple(p for p in people if p[0] != row.person_id), row.others)
        self.flag.setChecked(row.flag)
        if self._parts.normal(self.text.text()) != row.text:
            self.text.set_text(row.text)
        self._show_text(row.choice)

    def row(self) -> PersonRow:
        person = self.person.value()
        return PersonRow(
            person_id=person if isinstance(person, str) else "",
            choice=self.choice.value(),
            text=self._parts.normal(self.text.text()),
            second=self.second.value(),
            at=self.clock.value(),
            others=self.others.chosen(),
            flag=self.flag.isChecked(),
        )

    def _show_text(self, choice: object) -> None:
        texts_for = self._parts.texts_for
        self.text.setVisible(texts_for is None or choice in texts_for)

    def _report(self, _value: object = None) -> None:
        self._show_text(self.choice.value())
        self.changed.emit()

    def _remove(self) -> None:
        self.removed.emit(self)


class PersonRows(QWidget):
    """A list of such rows. ``edited(tuple[PersonRow, ...])`` when one is changed, added or removed."""

    edited = Signal(tuple)

    def __init__(self, parts: RowParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._people: People = ()
        self._choices: Choices = parts.choices
        self._seconds: Choices = ()
        self._rows: list[_Row] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_rows(
        self,
        rows: tuple[PersonRow, ...],
        people: People,
        choices: Choices | None = None,
        seconds: Choices = (),
    ) -> None:
        """Show rows without reporting them; text being written stays."""
        self._people = people
        self._choices = self._parts.choices if choices is None else choices
        self._seconds = seconds
        while len(self._rows) > len(rows):
            self._drop(self._rows[-1])
        while len(self._rows) < len(rows):
            self._append()
        for widget, row in zip(self._rows, rows, strict=True):
            widget.show_row(row, people, self._choices, seconds)

    def texts(self) -> tuple[GrowingTextEdit, ...]:
        """The fields for words."""
        return tuple(row.text for row in self._rows)

    def flush(self) -> None:
        for row in self._rows:
            row.text.flush()
            if row.clock.isModified():
                row.clock.editingFinished.emit()

    def focus_last(self) -> None:
        """Put the focus in the newest row."""
        if self._rows:
            self._rows[-1].person.setFocus(Qt.FocusReason.OtherFocusReason)

    def _append(self) -> None:
        row = _Row(len(self._rows) + 1, self._parts, self._people, self._choices, self._seconds)
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

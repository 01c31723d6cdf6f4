"""What the forms for an item's papers share: rows, one signal, and text that is taken in before anything else."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import fields
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.widgets.fields import ChoiceField, DateField
from finsam_desktop.ui.widgets.text_edits import GrowingTextEdit, TextField

Field = TextField | GrowingTextEdit | DateField | ChoiceField


class PaperForm(QWidget):
    """Edits one paper of an item. ``edited(value, what)`` with the new value and the name of the field that changed.

    A subclass makes its rows, shows a value in its fields, and reads one out of them.
    """

    edited = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: Any = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(current_theme().px(10))

    # -- what a subclass gives ------------------------------------------------------------------------

    @abstractmethod
    def editors(self) -> tuple[Field, ...]:
        """Every field of the form, in reading order."""

    @abstractmethod
    def fill(self, value: Any) -> None:
        """Show a value in the fields without reporting it."""

    @abstractmethod
    def read(self, value: Any) -> Any:
        """The value with what the fields hold. ValueError when a field cannot be read: then nothing is reported."""

    # -- what the section uses ------------------------------------------------------------------------

    def show_value(self, value: Any) -> None:
        """Show the paper; text that is being written stays."""
        self._value = value
        self.fill(value)

    def flush(self) -> None:
        """Report text that is not yet taken in."""
        for editor in self.editors():
            if isinstance(editor, TextField | GrowingTextEdit):
                editor.flush()

    def set_read_only(self, read_only: bool) -> None:
        """When the minutes are adjusted the papers are only read."""
        for editor in self.editors():
            if isinstance(editor, ChoiceField):
                editor.setEnabled(not read_only)
            else:
                editor.setReadOnly(read_only)

    def focus_first(self) -> None:
        """Put the cursor where the writing begins."""
        self.editors()[0].setFocus()

    # -- for a subclass -------------------------------------------------------------------------------

    def add_row(self, row: QWidget) -> None:
        """Put a row last."""
        self._column.addWidget(row)

    def listen(self) -> None:
        """Follow every field; called when they are all made."""
        for editor in self.editors():
            self.listen_to(editor)

    def listen_to(self, editor: Field) -> None:
        """Follow one field."""
        if isinstance(editor, ChoiceField):
            editor.chosen.connect(self.take)
        elif isinstance(editor, DateField):
            editor.changed.connect(self.take)
        else:
            editor.edited.connect(self.take)

    def take(self, _text: object = None) -> None:
        """Read the fields and report what changed."""
        try:
            value = self.read(self._value)
        except ValueError:
            return
        changed = [f.name for f in fields(value) if getattr(value, f.name) != getattr(self._value, f.name)]
        if changed:
            self._value = value
            self.edited.emit(value, changed[0])

"""Two fields of an item: its heading, and who presents it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from finsam_desktop.domain.printable import one_line
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.widgets.fields import ChoiceField
from finsam_desktop.ui.widgets.text_edits import WrappedLine


class TitleEdit(WrappedLine):
    """A heading one writes in. Enter leaves it (``left``) instead of making a line."""

    def __init__(self) -> None:
        super().__init__("", "Skriv rubrik")
        self.setProperty("plain", "true")
        self.document().setDocumentMargin(0)
        self._apply_font()
        current_theme().changed.connect(self._apply_font)

    def _apply_font(self) -> None:
        self.setFont(current_theme().font("editor_title"))


class PresenterField(ChoiceField):
    """Who presents: a person of the register, or any name written in. ``edited(person_id, free_text)``."""

    edited = Signal(str, str)

    def __init__(self) -> None:
        super().__init__((), editable=True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._shown: tuple[str, str] = ("", "")
        self._people: dict[str, str] = {}
        line = self.lineEdit()
        assert line is not None
        line.setPlaceholderText("Ingen")
        line.editingFinished.connect(self.flush)
        self.chosen.connect(self._chose)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        line = self.lineEdit()
        if line is not None:
            line.setAccessibleName(name)

    def set_people(self, people: tuple[tuple[str, str], ...]) -> None:
        """The register: pairs of person's id and name."""
        if dict(people) != self._people:
            self._people = dict(people)
            self.set_choices(people)
            self.set_presenter(*self._shown, force=True)

    def set_presenter(self, person_id: str, text: str, *, force: bool = False) -> None:
        """Show who presents, unless a name is being written."""
        if not force and self.has_unreported_text():
            return
        self._shown = (person_id, text)
        if person_id in self._people:
            self.set_value(person_id)
        else:
            self.setCurrentIndex(-1)
            self.setEditText(text)
        line = self.lineEdit()
        if line is not None:
            line.setCursorPosition(0)

    def has_unreported_text(self) -> bool:
        person_id, text = self._shown
        return self.currentText() != self._people.get(person_id, text)

    def flush(self) -> None:
        """Report what is written: a name of the register, or free text."""
        text = one_line(self.currentText())
        if not self.has_unreported_text():
            return
        match = next((i for i, name in self._people.items() if name.lower() == text.lower()), "")
        self._report_presenter(match, "" if match else text)

    def _chose(self, person_id: str) -> None:
        self._report_presenter(person_id, "")

    def _report_presenter(self, person_id: str, text: str) -> None:
        if (person_id, text) != self._shown:
            self._shown = (person_id, text)
            self.edited.emit(person_id, text)

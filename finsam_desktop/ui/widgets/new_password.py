"""A new password: written twice, shown on request, with a word on how hard it is to guess."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from finsam_desktop.domain.passwords import SHORTEST, Strength, password_hint
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Label

APART = (
    "Säg lösenordet på telefon eller i ett sms. Skriv det aldrig i mejlet som filen följer med. "
    "Glöms det bort går filen inte att öppna; då skapar du en ny."
)
DIFFERENT = "De två är inte lika. Skriv om den andra."
SHORT = f"Minst {SHORTEST} tecken. Välj några ord som du kan säga i telefon."
MISSING = "Skriv ett lösenord, eller ta bort bocken."
_STATES = {Strength.WEAK: State.CONSIDER, Strength.FAIR: State.NOTE, Strength.GOOD: State.DONE}


class PasswordField(QLineEdit):
    """A password is never shown unless asked for, and never spelled, completed or remembered."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(200)

    def show_letters(self, shown: bool) -> None:
        """Whether what is written can be read."""
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.setEchoMode(mode)


class NewPassword(QWidget):
    """A tick for whether there is a password, and two fields for it. ``changed()`` when any of it is."""

    changed = Signal()

    def __init__(self, what: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self.wanted = QCheckBox(what)
        self.first, self.again = PasswordField(), PasswordField()
        self.shown = QCheckBox("Visa lösenordet")
        self._first_row = FormRow("Lösenord", self.first)
        self._again_row = FormRow("Samma lösenord igen", self.again)
        self._fields = QWidget()
        inner = QVBoxLayout(self._fields)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(current_theme().px(8))
        inner.addWidget(FormLine((self._first_row, 1), (self._again_row, 1)))
        inner.addWidget(self.shown)
        inner.addWidget(Label(APART, "meta", "text2", wrap=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().px(8))
        column.addWidget(self.wanted)
        column.addWidget(self._fields)
        self._fields.hide()
        self.wanted.toggled.connect(self._want)
        self.shown.toggled.connect(self.first.show_letters)
        self.shown.toggled.connect(self.again.show_letters)
        self.first.textChanged.connect(self._typed)
        self.again.textChanged.connect(self._typed)
        self.again.editingFinished.connect(self._compare)

    def set_names(self, names: tuple[str, ...]) -> None:
        """Words that make a bad password: those that anyone who finds the file can guess."""
        self._names = names

    def password(self) -> str | None:
        """The password, None for none. Ask ``fault`` first."""
        return self.first.text() if self.wanted.isChecked() else None

    def fault(self) -> str:
        """Why it cannot be used, "" when it can. The field at fault says it and takes the focus."""
        if not self.wanted.isChecked():
            return ""
        if not self.first.text():
            self._first_row.set_remark(MISSING, State.MUST_MEND)
            self.first.setFocus()
            return MISSING
        if len(self.first.text()) < SHORTEST:
            self._first_row.set_remark(SHORT, State.MUST_MEND)
            self.first.setFocus()
            return SHORT
        if self.first.text() != self.again.text():
            self._again_row.set_remark(DIFFERENT, State.MUST_MEND)
            self.again.setFocus()
            return DIFFERENT
        return ""

    def clear(self) -> None:
        """Forget what was written."""
        for field in (self.first, self.again):
            field.clear()

    def _want(self, wanted: bool) -> None:
        self._fields.setVisible(wanted)
        self.changed.emit()

    def _typed(self, _text: str) -> None:
        hint = password_hint(self.first.text(), self._names)
        self._first_row.set_remark(hint.text, _STATES.get(hint.strength, State.NOTE))
        if self.first.text() == self.again.text():
            self._again_row.set_remark("")
        self.changed.emit()

    def _compare(self) -> None:
        differs = bool(self.again.text()) and self.first.text() != self.again.text()
        self._again_row.set_remark(DIFFERENT if differs else "", State.MUST_MEND)

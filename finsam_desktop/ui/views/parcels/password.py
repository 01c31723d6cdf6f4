"""A page in the middle of the window that asks for a mötespaket's password, or says why the file cannot be opened."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from finsam_desktop.errors import UserError
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.page import Page
from finsam_desktop.ui.widgets.buttons import link_button, primary_button
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.new_password import PasswordField
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import IconLabel, Label

ASK = "Paketet är låst. Lösenordet ska du ha fått på annat sätt än i mejlet, till exempel på telefon."
ASK_OWN = "Svaret är låst, oftast med lösenordet som du själv valde när du skapade paketet."
WRONG = "Lösenordet stämmer inte. Stora och små bokstäver, mellanslag och bindestreck gör skillnad."
MISSING = "Skriv lösenordet först."
WAIT = "Öppnar paketet …"


class ParcelPassword(Page):
    """``given(str)`` when a password is written, ``other_wanted()`` when another file is to be chosen.

    ``ask`` says which password it is.
    """

    given = Signal(str)
    other_wanted = Signal()

    def __init__(self, ask: str = ASK, parent: QWidget | None = None) -> None:
        super().__init__("Mötespaketet", text_width=560, parent=parent)
        theme = current_theme()
        self._name = Label("", "editor_title", wrap=True)
        self._ask = Label(ask, "body", "text2", wrap=True)
        self.field = PasswordField()
        self.shown = QCheckBox("Visa lösenordet")
        self.button = primary_button("Öppna")
        self.row = FormRow("Lösenord", self.field)
        self.other = link_button("Välj en annan fil", "folder-open")
        self._fault = IconLabel("circle-x", "", "body_medium", "err", wrap=True)
        self._advice = Label("", "body", "text2", wrap=True)
        self._form = QWidget()
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(theme.px(10))
        form.addWidget(self._ask)
        form.addWidget(FormLine((self.row, 3), (QWidget(), 2)))
        form.addWidget(self.shown)
        line = QHBoxLayout()
        line.addWidget(self.button)
        line.addStretch(1)
        form.addLayout(line)
        self._told = QWidget()
        told = QVBoxLayout(self._told)
        told.setContentsMargins(0, 0, 0, 0)
        told.setSpacing(theme.px(10))
        told.addWidget(self._fault)
        told.addWidget(self._advice)
        away = QHBoxLayout()
        away.addWidget(self.other)
        away.addStretch(1)
        told.addLayout(away)
        self._wait = Label(WAIT, "body", "text2", wrap=True)
        self.add(self._name)
        for widget in (self._form, self._told, self._wait):
            self.add(widget)
        self._show(self._wait)
        self.shown.toggled.connect(self.field.show_letters)
        self.field.returnPressed.connect(self._give)
        self.button.clicked.connect(self._give)
        self.other.clicked.connect(self.other_wanted)

    def show_name(self, name: str) -> None:
        """Begin with another file."""
        self._form.hide()
        self._name.setText(name)
        self.field.clear()
        self.shown.setChecked(False)
        self.row.set_remark("")
        self.wait()

    def wait(self) -> None:
        """The file is being read. A form that has been filled in stays, so that the focus has somewhere to be."""
        asked = self.is_asking()
        self._show(self._form if asked else self._wait)
        self._wait.show()
        self.field.setReadOnly(asked)

    def ask(self, *, wrong: bool = False) -> None:
        """Ask for the password; ``wrong`` when the one that was given did not fit."""
        self.field.setReadOnly(False)
        self._show(self._form)
        self.row.set_remark(WRONG if wrong else "", State.MUST_MEND)
        self.field.selectAll()
        self.field.setFocus()

    def tell(self, error: UserError) -> None:
        """Say why the file cannot be opened."""
        self._show(self._told)
        self._fault.set_text(error.message)
        self._advice.setText(error.advice)
        self.other.setFocus()

    def is_asking(self) -> bool:
        """Whether it waits for a password."""
        return not self._form.isHidden()

    def fault_text(self) -> str:
        """What is said of a file that cannot be opened, "" when nothing is."""
        told = not self._told.isHidden()
        return f"{self._fault.text()} {self._advice.text()}" if told else ""

    def _show(self, shown: QWidget) -> None:
        for widget in (self._wait, self._form, self._told):
            widget.setVisible(widget is shown)

    def _give(self) -> None:
        if self.field.isReadOnly():
            return
        if not self.field.text().strip():
            self.row.set_remark(MISSING, State.MUST_MEND)
            self.field.setFocus()
            return
        self.wait()
        self.given.emit(self.field.text())

"""What a workbook would change in the register, shown before anything is changed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from finsam_desktop.domain.people_import import RegisterChange
from finsam_desktop.errors import UserError
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.views.page import Page
from finsam_desktop.ui.widgets.buttons import primary_button, secondary_button
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Label, SectionHead, StateIcon, empty

LABEL = "Hämta registret från Excel"


class RegisterImport(Page):
    """The preview. ``closed()`` when it is taken or left; nothing is written until "Ändra registret"."""

    closed = Signal()

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__("Hämta från Excel", text_width=820, parent=parent)
        self._shell = shell
        self._path = Path()
        self._change: RegisterChange | None = None
        self._head = SectionHead("Hämta från Excel")
        self._about = Label("", "body", "text2", wrap=True)
        self.end_missing = QCheckBox("Avsluta i dag uppdragen för dem som inte finns i filen")
        self.end_missing.toggled.connect(self._read_again)
        self._lists = QWidget()
        self._rows = QVBoxLayout(self._lists)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(current_theme().px(4))
        self.take = primary_button("Ändra registret", "check")
        self.take.clicked.connect(self._take)
        self.leave = secondary_button("Avbryt")
        self.leave.clicked.connect(self.closed)
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.take)
        row.addWidget(self.leave)
        row.addStretch(1)
        self.add(self._head)
        self.add(self._about)
        self.add(self._lists)
        self.add(self.end_missing)
        self.add(buttons, space_before=8)

    @property
    def change(self) -> RegisterChange | None:
        """What the workbook at hand would change, or None."""
        return self._change

    def open_file(self, path: Path) -> bool:
        """Show what the workbook would change. False, and a notice, when it cannot be read."""
        self._path = path
        blocked = self.end_missing.blockSignals(True)
        self.end_missing.setChecked(False)
        self.end_missing.blockSignals(blocked)
        return self._read()

    def refresh(self) -> None:
        """The register has changed meanwhile: see again what would be changed."""
        if self.isVisible() and self._change is not None:
            self._read()

    def _read(self) -> bool:
        from finsam_desktop.files.people_files import load

        session = self._shell.session
        try:
            self._change = load(
                self._path, session.association, today=session.today, end_missing=self.end_missing.isChecked()
            )
        except UserError as error:
            self._change = None
            session.failed.emit(error)
            return False
        self._show(self._change)
        return True

    def _read_again(self, _checked: bool) -> None:
        if self._change is not None and not self._read():
            self.closed.emit()

    def _show(self, change: RegisterChange) -> None:
        empty(self._rows)
        kept = tuple(line for line in change.missing if line not in change.ended)
        for title, rows, state in (
            ("Läggs till", change.added, State.DONE),
            ("Ändras", change.changed, State.NOTE),
            ("Avslutas i dag", change.ended, State.CONSIDER),
            ("Finns inte i filen och står kvar", kept, State.HINT),
        ):
            if not rows:
                continue
            self._rows.addSpacing(current_theme().px(8))
            self._rows.addWidget(SectionHead(title, str(len(rows))))
            for text in rows:
                self._rows.addWidget(_line(text, state))
        self._head.set_fact(self._path.name)
        self.end_missing.setVisible(bool(change.missing))
        self.take.setEnabled(change.says_something)
        self._about.setText(
            "Inget är ändrat än. Se igenom listan och välj Ändra registret. Det går att ångra."
            if change.says_something
            else "Registret är som i filen. Det finns inget att ändra."
        )

    def _take(self) -> None:
        change, session = self._change, self._shell.session
        if change is None:
            return
        before = session.association
        self._change = None
        if session.change(LABEL, before, change.after, tell=True):
            self.closed.emit()
        else:
            self._change = change


def _line(text: str, state: State) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, current_theme().px(2), 0, current_theme().px(2))
    row.setSpacing(current_theme().px(8))
    row.addWidget(StateIcon(state, 15), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Label(text, "body", wrap=True), 1)
    return box

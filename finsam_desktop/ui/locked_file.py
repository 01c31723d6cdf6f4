"""A file that somebody else has open: who, where and since when, and the two ways on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QMessageBox

from finsam_desktop.ui.widgets.notification import Notice
from finsam_desktop.ui.widgets.states import State

if TYPE_CHECKING:
    from finsam_desktop.ui.main_window import MainWindow
    from finsam_desktop.workspace import LockedError


def notice_of(window: MainWindow, error: LockedError) -> Notice:
    """The notice in the strip, with the way to the choices."""
    return Notice(
        text=error.message,
        state=State.CONSIDER,
        action="Visa vad du kan göra",
        on_action=partial(show_choices, window, error),
    )


def show_choices(window: MainWindow, error: LockedError) -> None:
    """Ask what to do; no event loop is nested."""
    LockedFileBox(window, error).open()


class LockedFileBox(QMessageBox):
    """Read the file; or take it over, when the one who had it open sits at another computer."""

    def __init__(self, window: MainWindow, error: LockedError) -> None:
        super().__init__(window)
        self._main_window = window
        self._error = error
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Finsam Desktop")
        self.setAccessibleName("Filen är öppen hos någon annan")
        self.setAccessibleDescription(error.message)
        self.setIcon(QMessageBox.Icon.Information)
        self.setText(error.message)
        self.read = self.addButton("Öppna för läsning", QMessageBox.ButtonRole.AcceptRole)
        self.take: QAbstractButton | None = None
        if error.here:
            self.setInformativeText(error.advice)
        else:
            who = error.user or "den andra"
            self.setInformativeText(
                f"{error.advice}\n\nSkriver {who} i filen medan du har tagit över den går den enes ord förlorade. "
                f"Ta bara över den när du vet att den inte är öppen på {error.host}."
            )
            self.take = self.addButton("Ta över filen", QMessageBox.ButtonRole.DestructiveRole)
        self.addButton("Avbryt", QMessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(self.read)
        self.buttonClicked.connect(self._chosen)

    def _chosen(self, button: QAbstractButton) -> None:
        session = self._main_window.session
        if button is self.read:
            session.open(self._error.path, read_only=True)
        elif button is self.take:
            session.open(self._error.path, take_over=self._error.host)

"""Receiving a mötespaket that came back, from the menu: which file it is. What it holds is shown in its own place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from finsam_desktop.ui.dialog_service import PARCEL_FILES

if TYPE_CHECKING:
    from finsam_desktop.ui.main_window import MainWindow


class ParcelActions(QObject):
    """The window's own action. Lives with the window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.actions.handle("receive_parcel", self.ask)

    def ask(self) -> None:
        """Ask for the file that came back."""
        self._window.flush()
        session = self._window.session
        folder = session.path.parent if session.path is not None else Path.home()
        self._window.dialogs.open_file("Ta emot mötespaket", PARCEL_FILES, self.receive, folder)

    def receive(self, path: Path) -> None:
        """Show what the file holds."""
        self._window.go("parcel_back", str(path))

"""Loads the views' modules soon after a file was opened, so that the first visit to a place does not wait for them.

In the window's own thread, a module at a time and with rests between: a thread beside it would be in the way of the
one that draws.
"""

from __future__ import annotations

import importlib
import pkgutil

from PySide6.QtCore import QObject, QTimer

from finsam_desktop.ui.session import Session

REST_MS = 40
"""Between two modules; each takes a few ms."""


class Preloading(QObject):
    """Begins when the first file has been opened, and ends when all modules are loaded."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._left: list[str] = []
        self._timer = QTimer(self)
        self._timer.setInterval(REST_MS)
        self._timer.timeout.connect(self._load_one)
        self._session = session
        session.opened.connect(self._begin)

    @property
    def left(self) -> int:
        """How many modules are still to be loaded."""
        return len(self._left)

    def _begin(self) -> None:
        from finsam_desktop.ui import views, widgets

        self._session.opened.disconnect(self._begin)
        self._left = [
            f"{package.__name__}.{found.name}"
            for package in (views, widgets)  # from the end: what views are made of comes first
            for found in pkgutil.iter_modules(package.__path__)
        ]
        self._timer.start()

    def _load_one(self) -> None:
        importlib.import_module(self._left.pop())
        if not self._left:
            self._timer.stop()

"""Loads what the first file and the first visit to a place need, before anybody waits for it.

What has nothing of Qt is loaded by a thread as soon as the window is shown. The views' modules are loaded in the
window's own thread once a file is open, one at a time and with rests between.
"""

from __future__ import annotations

import gc
import importlib
import pkgutil
import threading

from PySide6.QtCore import QObject, QTimer

from finsam_desktop.ui.session import Session

SOON_MS = 200
"""After the window was made; then it has been shown."""
REST_MS = 5
"""Between two modules of views; each takes a few ms."""
WITHOUT_QT = (
    "finsam_desktop.storage.document", "finsam_desktop.domain.overview_facts", "finsam_desktop.catalogue_files",
    "finsam_desktop.bookkeeping_reports", "finsam_desktop.sources.books",
)  # fmt: skip


class Preloading(QObject):
    """Begins when the window has been shown, and ends when all modules are loaded."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._left: list[str] = []
        self._timer = QTimer(self)
        self._timer.setInterval(REST_MS)
        self._timer.timeout.connect(self._load_one)
        self._session = session
        session.opened.connect(self._begin)
        QTimer.singleShot(SOON_MS, self._load_beside)

    @property
    def left(self) -> int:
        """How many modules of views are still to be loaded."""
        return len(self._left)

    def _load_beside(self) -> None:
        threading.Thread(target=load_without_qt, name="förladdning", daemon=True).start()

    def _begin(self) -> None:
        from finsam_desktop.ui import views, widgets

        self._session.opened.disconnect(self._begin)
        self._left = [
            found.name
            for package in (views, widgets)  # from the end: what views are made of comes first
            for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        ]
        if self._left:
            self._timer.start()

    def _load_one(self) -> None:
        importlib.import_module(self._left.pop())
        if not self._left:
            self._timer.stop()
            gc.freeze()  # modules stay to the end: looking through them for garbage would stop the window


def load_without_qt() -> None:
    """Load the heavy modules that reading a file and Översikt need."""
    for name in WITHOUT_QT:
        importlib.import_module(name)

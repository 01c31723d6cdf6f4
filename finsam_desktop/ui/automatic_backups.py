"""Backups that nobody needs to think of: a while after a file is opened, and as long as it is open."""

from __future__ import annotations

import datetime as dt
import logging
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from finsam_desktop.ui.jobs import Jobs, Progress
from finsam_desktop.ui.session import Session

_log = logging.getLogger(__name__)

FIRST_MS = 30_000
"""After opening: when the window has come to rest."""
NEXT_MS = 30 * 60_000


class AutomaticBackups(QObject):
    """Backs up the open file in the background, where something has changed since the latest backup.

    A fault goes to the log: the work at hand is saved in the file all the same, and must not be disturbed.
    """

    def __init__(self, session: Session, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs = jobs
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.back_up)
        session.opened.connect(self._opened)
        session.closed.connect(self._timer.stop)

    def _opened(self) -> None:
        self._timer.start(FIRST_MS)

    def back_up(self) -> None:
        """Back up the open file now, in the background."""
        path = self._session.path
        if path is None:
            return
        self._timer.start(NEXT_MS)
        self._jobs.run(_Work(path), label="Säkerhetskopierar", on_error=self._failed)

    def _failed(self, error: Exception) -> None:
        _log.info("no backup was made: %s", error)


class _Work:
    """The work of a thread: one file, backed up."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self, progress: Progress) -> object:
        from finsam_desktop.file_backups import back_up

        def step(done: int, total: int) -> None:
            progress.step("", done, total)

        return back_up(self._path, at=dt.datetime.now(), step=step)

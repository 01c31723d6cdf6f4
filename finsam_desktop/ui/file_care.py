"""What is done with a file after it has been opened, in the background: all of it is read and held to its checksums.

Opening reads only what is shown first. Here the rest is read within seconds, so that nobody waits for it later;
then the stored files, a piece at a time, spread over minutes. What is wrong is told once, with what to do.
"""

from __future__ import annotations

import datetime as dt
import gc
import logging
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from finsam_desktop.ui.jobs import Progress
from finsam_desktop.ui.widgets.notification import Notice
from finsam_desktop.ui.widgets.states import State

if TYPE_CHECKING:
    from finsam_desktop.file_health import Health, IntegrityCheck
    from finsam_desktop.ui.main_window import MainWindow
    from finsam_desktop.workspace import Workspace

_log = logging.getLogger(__name__)

READ_MS = 3_000
"""After opening, when what is shown first has been worked out."""
FIRST_MS = 20_000
"""After opening, when the window has come to rest: the first piece of the check."""
NEXT_MS = 400
"""Between pieces, so that a disk or a network is never kept busy."""


class FileCare(QObject):
    """Reads and checks the file that is open in the window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._check: IntegrityCheck | None = None
        self._first = QTimer(self)
        self._first.setSingleShot(True)
        self._first.timeout.connect(self._rested)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._next_piece)
        window.session.opened.connect(self._opened)
        window.session.closed.connect(self._closed)

    # -- at once: every value -------------------------------------------------------------------------

    def _opened(self) -> None:
        self._first.start(READ_MS)
        self._timer.start(FIRST_MS)

    def _rested(self) -> None:
        self._read_all(self._window.session.workspace)

    def _read_all(self, workspace: Workspace) -> None:
        self._window.jobs.run(
            _ReadAll(workspace),
            label="Läser filen",
            on_done=self._read,
            on_error=partial(self._unreadable, workspace),
            quiet=True,
        )

    def _closed(self) -> None:
        self._first.stop()
        self._timer.stop()
        self._check = None
        gc.unfreeze()

    def _read(self, found: object) -> None:
        from finsam_desktop.domain.wording import join_names, long_date

        session = self._window.session
        if not isinstance(found, _Found) or not session.is_open or session.workspace is not found.workspace:
            return
        if found.altered:
            days = join_names([long_date(day) for day in found.altered])
            session.warned.emit(f"Justerade protokoll har ändrats utanför programmet: {days}. Se Kontroller.")
        elif found.copies:
            names = join_names([copy.name for copy in found.copies])
            session.warned.emit(
                f"Bredvid filen ligger {names}: en kopia som synkroniseringen gjorde när två datorer skrev samtidigt. "
                "Öppna den och jämför. Det som bara finns där för du över för hand; ta sedan bort den."
            )

    def _unreadable(self, workspace: Workspace, error: Exception) -> None:
        """A meeting cannot be read: nothing of the file is shown as if it were all of it.

        A file that was closed meanwhile cannot be read either, and may be open again.
        """
        from finsam_desktop.workspace import DamagedFileError, NewerFileError

        _log.info("the file was not read: %s", error)
        if isinstance(error, DamagedFileError | NewerFileError):
            self._window.session.give_up(workspace, error)

    # -- spread over minutes: everything that is stored ---------------------------------------------

    def check_now(self) -> None:
        """Begin the check of the whole file."""
        self._timer.stop()
        self._next_piece()

    def _next_piece(self) -> None:
        path = self._window.session.path
        if path is not None:
            self._window.jobs.run(
                _Piece(path, self._check),
                label="Kontrollerar filen",
                on_done=self._piece_done,
                on_error=self._not_checked,
                quiet=True,
            )

    def _piece_done(self, done: object) -> None:
        if not isinstance(done, _PieceDone) or done.path != self._window.session.path:
            return
        if done.more:
            self._check = done.check
            self._timer.start(NEXT_MS)
            return
        self._check = None
        health = done.check.health
        _log.info("the file was checked: %d files, %d damages", health.files, len(health.damages))
        if health.damages:
            self._tell(health)
        elif not self._window.session.read_only:
            work = _Thin(self._window.session.workspace)
            self._window.jobs.run(work, label="Ordnar historiken", on_error=self._not_checked, quiet=True)

    def _not_checked(self, error: Exception) -> None:
        """As when a disk is gone: what the user does next tells it."""
        self._check = None
        _log.info("the file was not checked: %s", error)

    def _tell(self, health: Health) -> None:
        from finsam_desktop.file_health import ADVICE, told

        self._window.notify(
            Notice(
                text=f"{told(health.damages)} {ADVICE}",
                state=State.MUST_MEND,
                detail="\n".join(f"{one.what}: {one.detail}" for one in health.damages),
                action="Se vad som går att rädda",
                on_action=self._show_salvage,
            )
        )

    def _show_salvage(self) -> None:
        path = self._window.session.path
        if path is not None:
            self._window.go("salvage", str(path))


@dataclass(frozen=True, slots=True)
class _Found:
    workspace: Workspace
    altered: tuple[dt.date, ...]
    copies: tuple[Path, ...]


class _ReadAll:
    """The work of a thread: every value read, seals held against the words, conflict copies looked for."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def __call__(self, progress: Progress) -> object:
        from finsam_desktop.domain import sealing
        from finsam_desktop.file_health import copies_beside, sweep_leftovers

        self._workspace.read_all(lambda _done, _total: progress.give_way())
        gc.freeze()  # what was read stays while the file is open: to look through twenty years of it takes 130 ms
        altered = []
        for meeting in self._workspace.meetings:
            progress.give_way()
            if meeting.seals and sealing.broken(meeting):
                altered.append(meeting.date)
        if not self._workspace.read_only:
            sweep_leftovers(self._workspace.path)
        return _Found(self._workspace, tuple(altered), copies_beside(self._workspace.path))


@dataclass(frozen=True, slots=True)
class _PieceDone:
    path: Path
    check: IntegrityCheck
    more: bool


class _Piece:
    """The work of a thread: the next piece of a check, or the first of a new one."""

    def __init__(self, path: Path, check: IntegrityCheck | None) -> None:
        self._path = path
        self._check = check

    def __call__(self, progress: Progress) -> object:
        from finsam_desktop.file_health import start_check

        check = self._check or start_check(self._path)
        return _PieceDone(self._path, check, check.step())


class _Thin:
    """The work of a thread: old versions that nobody needs are removed from the history, subject by subject."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def __call__(self, progress: Progress) -> object:
        def step(done: int, total: int) -> None:
            progress.step("", done, total)

        return self._workspace.thin_history(step)

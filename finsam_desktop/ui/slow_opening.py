"""Opens a large file of an earlier version beside the window: all of it is copied before it is made anew."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from finsam_desktop.errors import UserError
from finsam_desktop.ui.jobs import Cancelled, Progress
from finsam_desktop.ui.widgets.notification import Notice

if TYPE_CHECKING:
    from finsam_desktop.ui.main_window import MainWindow
    from finsam_desktop.workspace import Workspace


class SlowOpening(QObject):
    """What the window does when the session says that a file takes a while to open."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._under_way: set[Path] = set()
        window.session.slow_chosen.connect(self._open)

    def _open(self, path: Path, opening: Callable[[], Workspace]) -> None:
        if path in self._under_way:
            return
        self._under_way.add(path)
        self._window.notify(
            Notice(
                text=f"{path.name} är från en tidigare version av programmet och görs om till den här. Först kopieras "
                "hela filen. Den är stor, så det kan ta några minuter. Den öppnas när allt är klart."
            )
        )
        job = self._window.jobs.run(
            _Work(opening),
            label=f"Gör om {path.name}",
            on_done=partial(self._opened, path),
            on_error=partial(self._failed, path),
        )
        job.stopped.connect(partial(self._under_way.discard, path))

    def _opened(self, path: Path, workspace: object) -> None:
        self._under_way.discard(path)
        self._window.flush()
        self._window.strip.close_notice()
        self._window.session.take(workspace)  # type: ignore[arg-type]

    def _failed(self, path: Path, error: Exception) -> None:
        self._under_way.discard(path)
        if not isinstance(error, UserError):
            raise error
        self._window.session.failed.emit(error)


class _Work:
    """The opening as a value: called in the background."""

    def __init__(self, opening: Callable[[], Workspace]) -> None:
        self._opening = opening

    def __call__(self, progress: Progress) -> object:
        workspace = self._opening()
        if progress.cancelled:  # nobody waits for it any longer
            workspace.close()
            raise Cancelled
        return workspace

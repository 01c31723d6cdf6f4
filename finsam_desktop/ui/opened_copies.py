"""Copies of files from outside, opened in the system's programs: what is done to a copy changes nothing here."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.widgets.notification import Notice
from finsam_desktop.ui.widgets.states import State

OPEN_ANYWAY = "Öppna ändå"


class OpenedCopies:
    """The copies that a view has opened; they go with ``close``. Which files may be opened is said in
    ``pdf.opening``."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def open(self, key: str, file_name: str, read: Callable[[], bytes]) -> bool:
        """Open a copy of what ``read`` gives, in a folder for this key. False when it is not opened, or not before
        a question has been answered; the window then says why."""
        made = self._shell.session.guarded(lambda: self.copy(key, file_name, read()))
        if made is None:
            return False
        path, question = made
        if question:
            notice = Notice(text=question, state=State.CONSIDER, action=OPEN_ANYWAY, on_action=_Opening(path))
            self._shell.notify(notice)
            return False
        return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def copy(self, key: str, file_name: str, content: bytes) -> tuple[Path, str]:
        """A copy to open, and what to ask first ("" for nothing). UserError: it is nothing to open."""
        from finsam_desktop.pdf.opening import openable

        found = openable(file_name, content)
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="finsam-", ignore_cleanup_errors=True)
        # A key may come from another computer: as the name of a folder it could lead out of ours.
        folder = sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        path = Path(self._folder.name) / folder / found.name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        return path, found.question

    def close(self) -> None:
        """Remove the copies."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None


class _Opening:
    """Opens a copy when it is called, unless it is gone."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self) -> None:
        if self._path.exists():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path)))

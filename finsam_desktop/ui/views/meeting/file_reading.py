"""Files that become bilagor: read, stored and looked through in the background, in the order they were given."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from finsam_desktop.documents.file_barriers import barriers
from finsam_desktop.domain.agenda import Attachment
from finsam_desktop.errors import UserError
from finsam_desktop.ui.jobs import Progress
from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.widgets.notification import Notice
from finsam_desktop.ui.widgets.states import State

if TYPE_CHECKING:
    from finsam_desktop.workspace import Workspace

Taken = Callable[[tuple[Attachment, ...]], None]
_UNCHANGED = " Inget har ändrats."
_QUICK = 1_000_000
"""Bytes up to which a file that no other process has to look through is read at once."""


def read_file(path: Path) -> bytes:
    """The file's content. UserError naming the file when it cannot be read or is no file."""
    if path.is_dir():
        raise UserError(
            f"{path.name} är en mapp och kan inte bli bilaga.", advice="Dra in filerna i mappen i stället."
        )
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UserError(
            f"{path.name} gick inte att läsa.{_UNCHANGED}",
            advice="Kontrollera att filen finns kvar och inte är öppen i ett annat program.",
            detail=str(error),
        ) from error
    if not content:
        raise UserError(f"{path.name} är tom.{_UNCHANGED}", advice="Välj en annan fil.")
    return content


class FileReading(QObject):
    """Reads files for one open association. What it gives on is not hung on any view: whoever adds a bilaga and goes
    elsewhere has added it."""

    def __init__(self, shell: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._orders: deque[tuple[_Work, Taken]] = deque()

    def read(self, paths: Sequence[Path], taken: Taken) -> None:
        """Read and store the files and call ``taken`` with their bilagor, at once when they are small. Of
        what cannot be read the user is told; the others are taken."""
        self._orders.append((_Work(self._shell.session.workspace, tuple(paths)), taken))
        if len(self._orders) == 1:
            self._next()

    def _next(self) -> None:
        work, _taken = self._orders[0]
        if work.is_quick():
            self._done(self._shell.session.guarded(partial(work, None)))
            return
        job = self._shell.jobs.run(
            work, label="Lägger till", on_done=self._done, on_error=partial(self._failed, work)
        )
        job.stopped.connect(self._stopped)

    def _done(self, attachments: object) -> None:
        work, taken = self._orders.popleft()
        session = self._shell.session
        if not session.is_open or session.workspace is not work.workspace:
            self._tell_closed(work)
        elif isinstance(attachments, tuple):
            taken(attachments)
            if work.left_out:
                session.failed.emit(_not_added(work.left_out))
        if self._orders:
            self._next()

    def _failed(self, work: _Work, error: Exception) -> None:
        session = self._shell.session
        if session.is_open and session.workspace is work.workspace:
            if not isinstance(error, UserError):
                raise error
            session.failed.emit(error)
        self._done(None)

    def _stopped(self) -> None:
        self._done(None)

    def _tell_closed(self, work: _Work) -> None:
        names = ", ".join(path.name for path in work.paths)
        text = f"{names} lades inte till. Förbundets fil stängdes innan den hade lästs."
        self._shell.notify(Notice(text=text, state=State.CONSIDER))


class _Work:
    """The reading, as a value that is called with its progress."""

    def __init__(self, workspace: Workspace, paths: tuple[Path, ...]) -> None:
        self.workspace, self.paths = workspace, paths
        self.left_out: list[tuple[str, UserError]] = []

    def is_quick(self) -> bool:
        """Whether nobody notices it. What is no file is told at once."""
        return not any(path.is_file() and _takes_time(path) for path in self.paths)

    def __call__(self, progress: Progress | None) -> tuple[Attachment, ...]:
        stored = []
        for done, path in enumerate(self.paths):
            if progress is not None:
                progress.step(path.name, done, len(self.paths))
            try:
                stored.append(self._stored(path))
            except UserError as error:
                if len(self.paths) == 1:
                    raise
                self.left_out.append((path.name, error))
        if not stored and self.left_out:
            raise _not_added(self.left_out, alone=True)
        return tuple(stored)

    def _stored(self, path: Path) -> Attachment:
        content = read_file(path)
        return Attachment(
            title=path.stem,
            file_name=path.name,
            sha256=self.workspace.add_file(content),
            size=len(content),
            barriers=barriers(content),
        )


def _not_added(left_out: list[tuple[str, UserError]], *, alone: bool = False) -> UserError:
    """What is said of files that were not added; ``alone`` when no other was."""
    if len(left_out) == 1:
        name, error = left_out[0]
        return UserError(
            f"{name} lades inte till, men de andra filerna gjorde det. {error.message.removesuffix(_UNCHANGED)}",
            advice=error.advice,
            detail=error.detail,
        )
    names = ", ".join(name for name, _error in left_out)
    return UserError(
        f"{names} lades inte till" + ("." if alone else ", men de andra filerna gjorde det."),
        advice="Filerna är tomma eller går inte att läsa. Öppna dem och se efter.",
        detail="\n".join(error.message for _name, error in left_out),
    )


def _takes_time(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(4) == b"%PDF" or path.stat().st_size > _QUICK
    except OSError:
        return False

"""Making a document of the meeting in the background, and telling what came of it."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from shiboken6 import isValid

from finsam_desktop.documents import Document, file_name
from finsam_desktop.documents.kinds import KINDS, WHOLE, About
from finsam_desktop.errors import UserError
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.widgets.notification import Notice
from finsam_desktop.ui.widgets.states import State

if TYPE_CHECKING:
    from finsam_desktop.documents.export import ExportResult
    from finsam_desktop.ui.jobs import Progress
    from finsam_desktop.workspace import Workspace


_PRONOUNS = {"skapad": "den", "skapat": "det", "skapade": "dem"}
_Wanted = tuple[Document, About]


class MeetingExport(QObject):
    """Makes documents beside the association's file. ``made(Document, ExportResult)`` after each, and
    ``made_of(Document, About, ExportResult)`` with what of the meeting it concerns."""

    made = Signal(object, object)
    made_of = Signal(object, object, object)
    changes_wanted = Signal(object, tuple)

    def __init__(self, desk: OpenMeeting, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shell = desk.shell
        self._running: set[_Wanted] = set()
        self._open_after: set[_Wanted] = set()
        self._last: dict[Document, ExportResult] = {}
        self._told: Document | None = None

    def path(self, document: Document, about: About = WHOLE) -> Path:
        """Where the document is made: beside the file, by date, name and what it concerns."""
        desk = self._desk
        name = file_name(document, desk.meeting, about, association=desk.association, meetings=desk.meetings)
        return desk.session.made_folder / name

    def make(self, document: Document, about: About = WHOLE, *, open_after: bool = False) -> None:
        """Make the document in the background; a file changed by hand is kept and the new one laid beside it."""
        wanted = (document, about)
        if wanted in self._running:
            return
        self._running.add(wanted)
        if open_after:
            self._open_after.add(wanted)
        out = self.path(document, about)
        desk = self._desk
        work = _Export(desk.session.workspace, desk.meeting_id, wanted, out, desk.today)
        self._desk.shell.jobs.run(
            work,
            label=f"Skapar {out.name}",
            on_done=self._done,
            on_error=_Failed(self, wanted),
            cancel=False,
        )

    def open(self, path: Path) -> None:
        """Open a made file in the system's program."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def show_in_folder(self, path: Path) -> None:
        """Show the folder that holds a made file."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))

    def _done(self, answer: object) -> None:
        assert isinstance(answer, tuple)
        wanted: _Wanted = answer[0]
        document = wanted[0]
        result: ExportResult = answer[1]
        self._running.discard(wanted)
        self._last[document] = result
        self._told = document
        if isValid(self):  # the page may be gone while the work went on; the file is made all the same
            self.made.emit(document, result)
            self.made_of.emit(document, wanted[1], result)
        if wanted in self._open_after:
            self._open_after.discard(wanted)
            self.open(result.path)
        name, made = KINDS[document].the, KINDS[document].made
        if wanted[1].public:
            name, made = f"Den offentliga versionen av {name.lower()}", "skapad"
        if result.beside:
            text = (
                f"{name} har ändrats i Word sedan du skapade {_PRONOUNS[made]}. "
                f"Din version är kvar. Den nya heter {result.path.name}."
            )
            self._shell.notify(
                Notice(
                    text=text, state=State.CONSIDER, action="Visa ändringarna", on_action=self._show_changes
                )
            )
        else:
            text = f"{name} är {made}: {result.path.name}"
            if result.warnings:
                more = f" Och {len(result.warnings) - 1} till." if len(result.warnings) > 1 else ""
                text += f". Att se över: {result.warnings[0]}{more}"
            self._shell.notify(
                Notice(
                    text=text,
                    state=State.CONSIDER if result.warnings else State.DONE,
                    detail="\n".join(result.warnings),
                    action="Öppna",
                    on_action=self._open_told,
                )
            )

    def fail(self, wanted: _Wanted, error: Exception) -> None:
        """Tell of a fault; nothing has been written."""
        self._running.discard(wanted)
        self._open_after.discard(wanted)
        if not isinstance(error, UserError):
            raise error
        self._shell.session.failed.emit(error)

    def _open_told(self) -> None:
        if self._told is not None:
            self.open(self._last[self._told].path)

    def _show_changes(self) -> None:
        if self._told is not None and isValid(self):
            self.changes_wanted.emit(self._told, self._last[self._told].differences)


class _Export:
    """The work as a value: called in the background."""

    def __init__(
        self, workspace: Workspace, meeting_id: str, wanted: _Wanted, out: Path, today: date
    ) -> None:
        self._workspace, self._meeting_id, self._wanted, self._out = workspace, meeting_id, wanted, out
        self._today = today
        cache = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.CacheLocation)
        # Not the preview's: two LibreOffice at once cannot share a profile.
        self._profile = Path(cache) / "libreoffice-sidor"

    def __call__(self, progress: Progress) -> object:
        from finsam_desktop.documents.export import export
        from finsam_desktop.documents.page_numbers import measured

        document, about = self._wanted
        result = export(
            self._workspace,
            self._meeting_id,
            document,
            self._out,
            about=about,
            today=self._today,
            measure=partial(measured, profile=self._profile),
        )
        return self._wanted, result


class _Failed:
    """Carries a fault back with the document it concerns."""

    def __init__(self, exporter: MeetingExport, wanted: _Wanted) -> None:
        self._exporter, self._wanted = exporter, wanted

    def __call__(self, error: Exception) -> None:
        self._exporter.fail(self._wanted, error)

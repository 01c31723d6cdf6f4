"""Making a document of the meeting as PDF in the background, and telling what came of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Signal
from shiboken6 import isValid

from finsam_desktop.documents import Document, file_name
from finsam_desktop.documents.kinds import WHOLE, About
from finsam_desktop.errors import UserError
from finsam_desktop.ui.views.meeting.made_files import Opening
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.widgets.notification import Notice
from finsam_desktop.ui.widgets.states import State

if TYPE_CHECKING:
    from finsam_desktop.documents.export import ExportResult
    from finsam_desktop.ui.jobs import Progress
    from finsam_desktop.workspace import Workspace


class PdfExport(QObject):
    """Makes PDF files beside the open file. ``made(ExportResult)`` after each."""

    made = Signal(object)

    def __init__(self, desk: OpenMeeting, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._running: set[Path] = set()

    def make(self, document: Document, about: About = WHOLE) -> None:
        """Make the document in the background; a file that somebody has changed is kept, the new one laid beside."""
        desk = self._desk
        name = file_name(document, desk.meeting, about, association=desk.association, meetings=desk.meetings)
        out = (desk.session.made_folder / name).with_suffix(".pdf")
        if out in self._running:
            return
        self._running.add(out)
        work = _Work(desk.session.workspace, desk.meeting_id, (document, about), out, desk.today)
        desk.shell.jobs.run(
            work, label=f"Skapar {out.name}", on_done=self._done, on_error=_Failed(self, out), cancel=False
        )

    def _done(self, answer: object) -> None:
        assert isinstance(answer, tuple)
        out, result = answer
        self._running.discard(out)
        text = f"PDF skapad: {result.path.name}"
        if result.beside:
            text = f"Den förra filen är ändrad och finns kvar. Den nya heter {result.path.name}"
        elif result.warnings:
            text += f". Att se över: {result.warnings[0]}"
        self._desk.shell.notify(
            Notice(
                text=text,
                state=State.CONSIDER if result.beside or result.warnings else State.DONE,
                detail="\n".join(result.warnings),
                action="Öppna",
                on_action=Opening(result.path),
            )
        )
        if isValid(self):  # the page may be gone while the work went on; the file is made all the same
            self.made.emit(result)

    def fail(self, out: Path, error: Exception) -> None:
        """Tell of a fault; nothing has been written."""
        self._running.discard(out)
        if not isinstance(error, UserError):
            raise error
        self._desk.session.failed.emit(error)


class _Work:
    """The work as a value: called in the background."""

    def __init__(
        self, workspace: Workspace, meeting_id: str, wanted: tuple[Document, About], out: Path, today: date
    ) -> None:
        self._workspace, self._meeting_id, self._wanted = workspace, meeting_id, wanted
        self._out, self._today = out, today
        cache = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.CacheLocation)
        # Not the preview's: two LibreOffice at once cannot share a profile.
        self._profile = Path(cache) / "libreoffice-sidor"

    def __call__(self, _progress: Progress) -> tuple[Path, ExportResult]:
        from finsam_desktop.document_pdf import export_pdf

        document, about = self._wanted
        result = export_pdf(
            self._workspace,
            self._meeting_id,
            document,
            self._out,
            about=about,
            today=self._today,
            profile=self._profile,
        )
        return self._out, result


class _Failed:
    """Carries a fault back with the file it concerns."""

    def __init__(self, exporter: PdfExport, out: Path) -> None:
        self._exporter, self._out = exporter, out

    def __call__(self, error: Exception) -> None:
        self._exporter.fail(self._out, error)

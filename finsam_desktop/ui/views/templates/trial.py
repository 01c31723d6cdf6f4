"""Trying a Word template while it is made: with any meeting, and at each save."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QWidget

from finsam_desktop.documents import Document, file_name, render
from finsam_desktop.documents.kinds import has_document
from finsam_desktop.domain import wording
from finsam_desktop.ui.jobs import Progress
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.widgets.buttons import secondary_button
from finsam_desktop.ui.widgets.fields import ChoiceField
from finsam_desktop.ui.widgets.surfaces import Label

SETTLE_MS = 700
"""Word writes a file in several steps; what is there in between is not looked at."""


class SavedFiles(QObject):
    """Follows template files and says ``saved(path, document)`` when one has been written anew."""

    saved = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._documents: dict[str, Document] = {}
        self._waiting: set[str] = set()
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._touched)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(SETTLE_MS)
        self._settled.timeout.connect(self._tell)

    def follow(self, path: Path, document: Document) -> None:
        """Follow a file from now on; one that does not exist is left alone."""
        self._documents[str(path)] = document
        if path.is_file():
            self._watcher.addPath(str(path))

    def _touched(self, path: str) -> None:
        self._waiting.add(path)
        self._settled.start()

    def _tell(self) -> None:
        waiting, self._waiting = self._waiting, set()
        for name in sorted(waiting):
            path = Path(name)
            if path.is_file():
                # Word saves by putting a new file in the old one's place, and the watcher follows the old one.
                self._watcher.addPath(name)
                self.saved.emit(path, self._documents[name])


class TemplateTrial(QWidget):
    """ "Prova mallen med" a meeting: the document is made aside and opened in the system's program."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._document = Document.KALLELSE
        self.meetings = ChoiceField()
        self.meetings.setAccessibleName("Sammanträde att prova mallen med")
        self.meetings.setMinimumContentsLength(24)
        self.button = secondary_button("Prova mallen", "eye")
        self.button.clicked.connect(self.make)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current_theme().px(8))
        row.addWidget(Label("Prova med", "body", "text2"))
        row.addWidget(self.meetings)
        row.addWidget(self.button)
        row.addStretch(1)

    def show_document(self, document: Document) -> None:
        """Try this document's template; only meetings that have such a document are offered."""
        self._document = document
        chosen = self.meetings.value()
        offered = tuple(
            meeting for meeting in reversed(self._shell.session.meetings) if has_document(document, meeting)
        )
        self.meetings.set_choices(
            tuple((m.id, f"{wording.short_date(m.date)} {m.date.year}") for m in offered)
        )
        known = chosen in {meeting.id for meeting in offered}
        self.meetings.set_value(chosen if known else offered[0].id if offered else None)
        self.setVisible(bool(offered))

    def make(self) -> None:
        """Make the document aside, in the background, and open it."""
        session = self._shell.session
        meeting = next((m for m in session.meetings if m.id == self.meetings.value()), None)
        if meeting is None:
            return
        folder = Path(tempfile.mkdtemp(prefix="finsam-prov-"))
        target = folder / f"Prov {file_name(self._document, meeting)}"
        work = partial(
            render,
            self._document,
            session.association,
            session.meetings,
            meeting,
            session.workspace.file,
            session.today,
        )
        self._shell.jobs.run(
            partial(_written, work, target), label=f"Gör {target.name}", on_done=_open, cancel=False
        )


def _written(work: Callable[[], bytes], target: Path, _progress: Progress) -> Path:
    target.write_bytes(work())
    return target


def _open(made: object) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(made)))

"""Exportera allt, and reading such an export in again, from the menu Arkiv and from Inställningar."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from finsam_desktop.errors import UserError
from finsam_desktop.ui.dialog_service import FINSAM_FILES
from finsam_desktop.ui.widgets.notification import Notice
from finsam_desktop.ui.widgets.states import State

if TYPE_CHECKING:
    from finsam_desktop.archive.manifest import Manifest
    from finsam_desktop.ui.jobs import Progress
    from finsam_desktop.ui.main_window import MainWindow
    from finsam_desktop.workspace import Workspace


class LeavingActions(QObject):
    """The two actions. Lives with the window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._place: Path | None = None
        window.actions.handle("export_all", self.ask_export)
        window.actions.handle("import_all", self.ask_import)

    def ask_export(self) -> None:
        """Ask in which folder the export is put."""
        session = self._window.session
        assert session.path is not None
        self._window.flush()
        self._window.dialogs.choose_folder("Var exporten ska läggas", self.export, session.path.parent)

    def export(self, folder: Path) -> None:
        """Export everything to a new folder in ``folder``, in the background."""
        from finsam_desktop.documents.kinds import safe_stem

        session = self._window.session
        stem = safe_stem(f"{session.association.name} {session.today.isoformat()}")
        target = next(
            place
            for number in range(1, 1000)
            if not (place := folder / (stem if number == 1 else f"{stem} ({number})")).exists()
        )
        self._window.jobs.run(
            _Export(session.workspace, target, session.now),
            label="Exporterar",
            on_done=self._exported,
            on_error=self._failed,
        )

    def _exported(self, answer: object) -> None:
        assert isinstance(answer, tuple)
        target: Path = answer[0]
        manifest: Manifest = answer[1]
        told = manifest.told
        text = f"Hela förbundet är exporterat: {len(manifest.entries)} filer i mappen {target.name}."
        if told:
            text += f" {len(told)} att se över, det står i Innehåll.html."
        self._window.notify(
            Notice(
                text=text,
                state=State.CONSIDER if told else State.DONE,
                detail="\n".join(told),
                action="Öppna mapp",
                on_action=_OpenFolder(target),
            )
        )

    def ask_import(self) -> None:
        """Ask for the folder of an export, then where the new file is put."""
        recent = self._window.session.recent_files
        folder = recent[0].parent if recent else Path.home()
        self._window.dialogs.choose_folder("Mappen med det exporterade förbundet", self.import_from, folder)

    def import_from(self, place: Path) -> None:
        """Ask where the new file is put."""
        self._place = place
        suggestion = place.parent / f"{place.name}.finsam"
        self._window.dialogs.save_file(
            "Spara det inlästa förbundet", FINSAM_FILES, self.import_to, suggestion
        )

    def import_to(self, path: Path) -> None:
        """Make the new file in the background, and open it."""
        if self._place is not None:
            self._window.jobs.run(
                _Import(self._place, path, self._window.session.user),
                label="Läser in",
                on_done=self._imported,
                on_error=self._failed,
                cancel=False,
            )

    def _imported(self, answer: object) -> None:
        assert isinstance(answer, tuple)
        path: Path = answer[0]
        self._window.open_file(path)
        self._window.notify(Notice(text=f"Inläst. {answer[1]}", state=State.DONE))

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._window.session.failed.emit(error)


class _OpenFolder:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))


class _Export:
    """The work as a value: called in the background."""

    def __init__(self, workspace: Workspace, target: Path, now: datetime) -> None:
        self._workspace, self._target, self._now = workspace, target, now

    def __call__(self, progress: Progress) -> object:
        from finsam_desktop.leaving import export_all

        return self._target, export_all(self._workspace, self._target, now=self._now, step=progress.step)


class _Import:
    """The work as a value: called in the background."""

    def __init__(self, place: Path, out: Path, user: str) -> None:
        self._place, self._out, self._user = place, out, user

    def __call__(self, _progress: Progress) -> object:
        from finsam_desktop.leaving import import_all

        return self._out, import_all(self._place, self._out, user=self._user)

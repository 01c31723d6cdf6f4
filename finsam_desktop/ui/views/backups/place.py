"""Säkerhetskopior: what has been kept, by age; what differs from now; restoring beside the file or in it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from finsam_desktop.domain import wording
from finsam_desktop.errors import UserError
from finsam_desktop.ui.dialog_service import FINSAM_FILES
from finsam_desktop.ui.models.row_model import Row, RowModel
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Head, Shell, View
from finsam_desktop.ui.views.backups.changes import BackupChanges
from finsam_desktop.ui.views.backups.work import (
    Listing,
    Looked,
    Looking,
    Making,
    Overlaying,
    Restoring,
    moment,
)
from finsam_desktop.ui.widgets.buttons import primary_button, secondary_button
from finsam_desktop.ui.widgets.empty_state import EmptyState
from finsam_desktop.ui.widgets.notification import Notice
from finsam_desktop.ui.widgets.rows import RowDelegate, RowList, RowRole
from finsam_desktop.ui.widgets.states import State

if TYPE_CHECKING:
    from finsam_desktop.file_backups import Backup

GROUPS = ("I dag", "Den senaste veckan", "Den senaste månaden", "Äldre")


def make(shell: Shell) -> View:
    """The view of the place "backups"."""
    return BackupsView(shell)


def group_of(days: int) -> str:
    """Under which heading a backup of that age stands."""
    return GROUPS[0 if days <= 0 else 1 if days < 7 else 2 if days < 31 else 3]


class BackupsView(View):
    """The backups of the open file, or of every file while none is open."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        px = current_theme().px
        self._backups: tuple[Backup, ...] = ()
        self._looked: Looked | None = None
        self._model = RowModel(parent=self)
        self.list = RowList("Säkerhetskopior", delegate=RowDelegate(number_width=0))
        self.list.setModel(self._model)
        self.list.setFixedWidth(px(320))
        self.list.chosen.connect(self._chosen)
        self.changes = BackupChanges()
        self.make_one = secondary_button("Säkerhetskopiera nu", "save")
        self.beside = secondary_button("Återställ som ny fil", "copy")
        self.over = primary_button("Återställ i filen", "undo-2")
        self.make_one.clicked.connect(self._make_one)
        self.beside.clicked.connect(self._ask_where)
        self.over.clicked.connect(self._restore_over)
        self.over.setAccessibleDescription("Filen säkerhetskopieras först, och det går att ångra")
        self._empty = EmptyState(
            "Inga säkerhetskopior än.",
            "Programmet gör en kopia en stund efter att du har öppnat filen och sedan varje halvtimme du arbetar.",
            example=False,
        )
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addWidget(self.changes, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(page)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._enable()

    def head(self) -> Head:
        path = self.shell.session.path
        return Head(title="Säkerhetskopior", facts=(path.name if path else "Alla filer",))

    def head_widgets(self) -> tuple[QWidget, ...]:
        return (self.make_one, self.beside, self.over) if self.shell.session.is_open else (self.beside,)

    def panes(self) -> tuple[QWidget, ...]:
        return (self.list, self.changes)

    def primary(self) -> QPushButton | None:
        return self.over if self.shell.session.is_open else self.beside

    def show_target(self, target: str) -> None:
        """The list anew. ``target`` is a file's name, to choose the latest backup of it."""
        self._list_anew(target)

    # -- the list -------------------------------------------------------------------------------------

    def _list_anew(self, wanted: str = "") -> None:
        self.shell.jobs.run(
            Listing(self.shell.session.path),
            label="Läser säkerhetskopiorna",
            on_done=partial(self._show_list, wanted),
            on_error=self._failed,
        )

    def _show_list(self, wanted: str, found: object) -> None:
        if not isValid(self) or not isinstance(found, tuple):
            return
        self._backups = found
        rows: list[Row] = []
        group = ""
        for backup in found:
            of = group_of((self.shell.session.today - backup.at.date()).days)
            if of != group:
                group = of
                count = sum(group_of((self.shell.session.today - b.at.date()).days) == of for b in found)
                rows.append(Row(title=of, heading=True, time=str(count)))
            rows.append(self._row(backup))
        self._model.set_rows(tuple(rows))
        self._stack.setCurrentIndex(0 if found else 1)
        chosen = next(
            (b for b in found if wanted and Path(b.source).name == wanted), found[0] if found else None
        )
        if chosen is not None:
            index = self._model.index(self._model.row_of(str(chosen.path)))
            if self.list.currentIndex() == index:
                self._chosen(index)  # the backup is as before, but the file may not be
            else:
                self.list.setCurrentIndex(index)
        self._enable()

    def _row(self, backup: Backup) -> Row:
        facts = f"{backup.meetings} sammanträden, {backup.files} filer, {wording.file_size(backup.size)}"
        name = "" if self.shell.session.is_open else f"{Path(backup.source).name}. "
        return Row(title=moment(backup.at), key=str(backup.path), meta=name + facts)

    def chosen(self) -> Backup | None:
        """The backup whose row is chosen."""
        key = self.list.currentIndex().data(RowRole.KEY)
        return next((backup for backup in self._backups if str(backup.path) == key), None)

    def _chosen(self, _index: QModelIndex) -> None:
        backup = self.chosen()
        if backup is None:
            return
        self._looked = None
        self._enable()
        self.changes.show_reading()
        session = self.shell.session
        self.shell.jobs.run(
            Looking(session.workspace if session.is_open else None, backup),
            label="Jämför säkerhetskopian",
            on_done=self._show_changes,
            on_error=self._failed,
        )

    def _show_changes(self, looked: object) -> None:
        backup = self.chosen() if isValid(self) else None
        if backup is None or not isinstance(looked, Looked) or looked.backup != backup:
            return
        self._looked = looked
        self.changes.show_looked(looked)
        self._enable()

    def _enable(self) -> None:
        session, backup = self.shell.session, self.chosen()
        self.beside.setEnabled(backup is not None)
        differs = self._looked is not None and bool(self._looked.changes)
        self.over.setEnabled(differs and not session.read_only)
        self.make_one.setEnabled(session.is_open)

    # -- making and restoring -------------------------------------------------------------------------

    def _make_one(self) -> None:
        path = self.shell.session.path
        if path is not None:
            self.shell.jobs.run(
                Making(path, self.shell.session.now),
                label="Säkerhetskopierar",
                on_done=self._made,
                on_error=self._failed,
            )

    def _made(self, made: object) -> None:
        text = "Säkerhetskopian är gjord." if made else "Inget har ändrats sedan den senaste säkerhetskopian."
        self.shell.notify(Notice(text=text))
        if isValid(self):
            self._list_anew()

    def _ask_where(self) -> None:
        backup = self.chosen()
        if backup is not None:
            source = Path(backup.source)
            name = f"{source.stem} {backup.at:%Y-%m-%d %H.%M}.finsam"
            folder = source.parent if source.parent.is_dir() else Path.home()
            self.shell.dialogs.save_file(
                "Spara den återställda filen", FINSAM_FILES, self.restore_to, folder / name
            )

    def restore_to(self, path: Path) -> None:
        """Make the file anew at ``path`` in the background; what is there already is not written over."""
        backup = self.chosen()
        if backup is not None:
            self.shell.jobs.run(
                Restoring(backup, path),
                label=f"Återställer {path.name}",
                on_done=self._restored,
                on_error=self._failed,
            )

    def _restored(self, path: object) -> None:
        assert isinstance(path, Path)
        self.shell.notify(
            Notice(
                text=f"Kopian är återställd som en ny fil: {path.name}. Den öppna filen är orörd."
                if self.shell.session.is_open
                else f"Kopian är återställd som en ny fil: {path.name}.",
                action="Öppna",
                on_action=partial(_open, self.shell, path),
            )
        )

    def _restore_over(self) -> None:
        backup, session = self.chosen(), self.shell.session
        if backup is not None and session.is_open:
            self.over.setEnabled(False)
            self.shell.jobs.run(
                Overlaying(session.workspace, backup, session.now),
                label="Förbereder återställningen",
                on_done=self._put_back,
                on_error=self._failed,
            )

    def _put_back(self, overlay: object) -> None:
        from finsam_desktop.file_backups import Overlay

        assert isinstance(overlay, Overlay)
        session = self.shell.session
        done = session.guarded(partial(session.workspace.change_together, overlay.label, overlay.edits))
        if done is not None:
            session.notified.emit(
                "Filen är som i säkerhetskopian. Som den var nyss finns den i en kopia.", "Ångra"
            )
        if isValid(self):
            self._list_anew()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self.shell.notify(Notice(text=str(error), state=State.MUST_MEND, detail=error.detail))
        if isValid(self):
            self._enable()


def _open(shell: Shell, path: Path) -> None:
    shell.session.open(path)

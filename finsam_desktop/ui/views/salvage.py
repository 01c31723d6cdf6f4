"""Rädda en skadad fil: what of it can be had, by name, and putting it in a new file. The damaged one stays."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from finsam_desktop.errors import UserError
from finsam_desktop.settings import cache_folder
from finsam_desktop.ui.dialog_service import FINSAM_FILES
from finsam_desktop.ui.models.row_model import Row, RowModel
from finsam_desktop.ui.view import Head, Shell, View
from finsam_desktop.ui.views.backups.work import Keeping, Rescued, Rescuing, moment
from finsam_desktop.ui.views.page import Page
from finsam_desktop.ui.widgets.buttons import primary_button, secondary_button
from finsam_desktop.ui.widgets.notification import Notice
from finsam_desktop.ui.widgets.rows import RowDelegate, RowList, RowRole
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Label, SectionHead

if TYPE_CHECKING:
    from finsam_desktop.file_backups import Backup

_FROM_FILE = "Det här går att få tillbaka ur filen"


def make(shell: Shell) -> View:
    """The view of the place "salvage"."""
    return SalvageView(shell)


class SalvageView(View):
    """``show_target`` names the damaged file. What can be had is read at once, in the background."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._damaged: Path | None = None
        self._rescued: Rescued | None = None
        self._place = cache_folder() / "raddat.finsam"
        self.save = primary_button("Spara det räddade", "download")
        self.save.clicked.connect(self._ask_where)
        self.choose = secondary_button("Välj en skadad fil", "folder-open")
        self.choose.clicked.connect(self.ask_file)
        self.page = Page("Vad som går att rädda", text_width=760)
        self._about = Label("", "body", "text2", wrap=True)
        self._model = RowModel(parent=self)
        self.rows = RowList("Vad som går att rädda", delegate=RowDelegate(number_width=20, indent=6))
        self.rows.setModel(self._model)
        self._backups_head = SectionHead("Säkerhetskopior av filen")
        self._backups_model = RowModel(parent=self)
        self.backups = RowList("Säkerhetskopior av filen", delegate=RowDelegate(number_width=0, indent=0))
        self.backups.setModel(self._backups_model)
        self.backups.opened.connect(self._open_backups)
        self.backups.verb_clicked.connect(self._open_backups)
        for widget in (self._about, self.rows):
            self.page.add(widget)
        self.page.add(self._backups_head, space_before=12)
        self.page.add(self.backups)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page)
        self._show_nothing("Välj filen som inte går att öppna. Den lämnas orörd.")

    def head(self) -> Head:
        return Head(
            title="Rädda en skadad fil", facts=(self._damaged.name,) if self._damaged is not None else ()
        )

    def head_widgets(self) -> tuple[QWidget, ...]:
        return (self.choose, self.save)

    def panes(self) -> tuple[QWidget, ...]:
        return (self.choose, self.rows, self.backups)

    def primary(self) -> QPushButton | None:
        return self.save

    def show_target(self, target: str) -> None:
        """Read what can be had of the file with this path."""
        if target:
            self.rescue(Path(target))

    def ask_file(self) -> None:
        """Ask which file is damaged."""
        self.shell.dialogs.open_file("Välj en skadad fil", FINSAM_FILES, self.rescue, Path.home())

    def rescue(self, damaged: Path) -> None:
        """Read what can be had, in the background."""
        self._damaged = damaged
        self._show_nothing(f"Läser {damaged.name} …")
        self.head_changed.emit()
        self.shell.jobs.run(
            Rescuing(damaged, self._place),
            label=f"Läser {damaged.name}",
            on_done=self._show,
            on_error=self._failed,
        )

    def _show(self, found: object) -> None:
        if not isValid(self) or not isinstance(found, Rescued):
            return
        self._rescued = found
        salvaged = found.salvaged
        whole = bool(found.association) and not salvaged.older and not salvaged.missing
        files = f"{salvaged.files} filer och {salvaged.changes} händelser i historiken"
        self._about.setText(
            f"Det här går att rädda, med {files}. Ett sammanträde som inte står i listan gick inte att läsa."
            + ("" if whole else " Det du behöver se över står sist.")
        )
        rows = [Row(title=_FROM_FILE, heading=True, time=str(len(found.meetings)))]
        rows.append(
            Row(title=found.association, leading=State.DONE, meta="Förbundets uppgifter")
            if found.association
            else Row(
                title="Förbundets uppgifter gick inte att läsa", leading=State.MUST_MEND,
                meta="Fyll i dem på nytt under Förbundet, eller återställ en säkerhetskopia",
            )
        )  # fmt: skip
        rows += [Row(title=name, leading=State.DONE) for name in found.meetings]
        if salvaged.older or salvaged.missing:
            count = len(salvaged.older) + len(salvaged.missing)
            rows.append(Row(title="Det här behöver du se över", heading=True, time=str(count)))
        rows += [
            Row(title=name[:1].upper() + name[1:], leading=State.CONSIDER, meta="En äldre version är räddad")
            for name in salvaged.older
        ]
        rows += [
            Row(title=name, leading=State.MUST_MEND, meta="Bilagan är förlorad") for name in salvaged.missing
        ]
        self._set(self.rows, self._model, tuple(rows))
        self._show_backups(found.backups)
        self.save.setEnabled(True)

    def _show_backups(self, found: tuple[Backup, ...]) -> None:
        self._set(
            self.backups,
            self._backups_model,
            tuple(
                Row(
                    title=moment(b.at),
                    key=Path(b.source).name,
                    meta=f"{b.meetings} sammanträden, {b.files} filer",
                    verb="Visa",
                )
                for b in found[:5]
            ),
        )
        self._backups_head.setVisible(bool(found))
        self._backups_head.set_fact(str(len(found)))

    def _open_backups(self, index: QModelIndex) -> None:
        key = str(index.data(RowRole.KEY) or "")
        self.shell.session.close()
        self.shell.go("backups", key)

    def _ask_where(self) -> None:
        if self._rescued is not None and self._damaged is not None:
            suggestion = self._damaged.with_name(f"{self._damaged.stem} räddad.finsam")
            self.shell.dialogs.save_file(
                "Spara det räddade som en ny fil", FINSAM_FILES, self.save_to, suggestion
            )

    def save_to(self, path: Path) -> None:
        """Put what was rescued in a new file at ``path``; what is there already is not written over."""
        if self._rescued is not None:
            self.save.setEnabled(False)
            self.shell.jobs.run(
                Keeping(self._rescued.salvaged.target, path),
                label=f"Sparar {path.name}",
                on_done=self._saved,
                on_error=self._not_saved,
                cancel=False,
            )

    def _saved(self, path: object) -> None:
        assert isinstance(path, Path)
        self._rescued = None
        self.shell.notify(
            Notice(
                text=f"Det räddade är sparat: {path.name}. Den skadade filen är orörd.",
                action="Öppna",
                on_action=partial(_open, self.shell, path),
            )
        )

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        if isValid(self):
            self._show_nothing(str(error))

    def _not_saved(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self.shell.session.failed.emit(error)
        if isValid(self):
            self.save.setEnabled(True)

    def _show_nothing(self, text: str) -> None:
        self._rescued = None
        self.save.setEnabled(False)
        self._about.setText(text)
        self._set(self.rows, self._model, ())
        self._show_backups(())

    def _set(self, rows: RowList, model: RowModel, values: tuple[Row, ...]) -> None:
        model.set_rows(values)
        rows.setVisible(bool(values))
        rows.setFixedHeight(rows.height_of_rows() + 4)


def _open(shell: Shell, path: Path) -> None:
    shell.session.open(path)

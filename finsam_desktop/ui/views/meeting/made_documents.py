"""The files made of one document: open, show in folder, and what was changed by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from finsam_desktop.documents import About, Document
from finsam_desktop.documents.kinds import KINDS
from finsam_desktop.ui.dialog_service import WORD_FILES
from finsam_desktop.ui.models.cells_model import KEY_ROLE, CellsModel, TableCell, TableColumn
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.meeting.export import MeetingExport
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.widgets.buttons import link_button
from finsam_desktop.ui.widgets.drop_zone import DropZone
from finsam_desktop.ui.widgets.surfaces import IconLabel, Label
from finsam_desktop.ui.widgets.tables import DataTable

if TYPE_CHECKING:
    from finsam_desktop.workspace import ExportRecord

COLUMNS = tuple(TableColumn(title=title) for title in ("Fil", "Skapad", "", ""))
READABLE = (Document.PROTOKOLL, Document.KALLELSE)
"""Documents whose changes in Word can be read back."""
GRACE = 2.0
"""Seconds between a file's own time and when it was recorded, for disks with a coarse clock."""


class MadeDocuments(QWidget):
    """A table of the files, newest first, and a place for the changes made in Word."""

    public_wanted = Signal(Document, About)

    def __init__(
        self, desk: OpenMeeting, export: MeetingExport, document: Document, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._export, self._document = desk, export, document
        kind = KINDS[document]
        self._none = Label(f"{kind.the} är inte {kind.made} än.", "body", "text2")
        self._table = DataTable("Skapade filer")
        self._model = CellsModel(COLUMNS, parent=self._table)
        self._table.setModel(self._model)
        self._table.stretch_column(0)
        self._table.verb_clicked.connect(self._verb)
        self._changes_head = Label("Ändrat i Word", "body_medium")
        self._changes = Label("", "body", "text2", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().px(8))
        self._edited: Path | None = None
        self._edited_row = QWidget()
        self._edited_label = IconLabel("pencil", "", "body", "warn", wrap=True)
        self.read_link = link_button("Läs in ändringar", "download")
        line = QHBoxLayout(self._edited_row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._edited_label, 1)
        line.addWidget(self.read_link)
        self._edited_row.hide()
        self.read_link.clicked.connect(self._read_edited)
        self.public = link_button("Skapa offentlig version", "eye")
        self.public.setToolTip(
            "Samma handling utan det som är sekretess. Vad som tas bort visas under Offentligt."
        )
        self.public.setAccessibleName(f"Skapa offentlig version av {kind.the.lower()}")
        self.public.clicked.connect(self._make_public)
        self._public_row = QWidget()
        beside = QHBoxLayout(self._public_row)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self.public)
        beside.addStretch(1)
        self.drop = DropZone("Ändrat i Word? Släpp filen här", endings=(".docx",))
        self.drop.dropped.connect(self._dropped)
        self.drop.choose_pressed.connect(self.choose)
        for widget in (
            self._none, self._table, self._public_row, self._edited_row, self._changes_head, self._changes, self.drop,
        ):  # fmt: skip
            column.addWidget(widget)
        self.drop.setVisible(document in READABLE)  # shown before it has a parent it would open a window
        self._changes_head.hide()
        self._changes.hide()
        export.made.connect(self._made)
        self.refresh()

    def refresh(self) -> None:
        """Show the files made so far that are still where they were put."""
        records = self._desk.session.workspace.made_files(self._desk.meeting_id)
        newest = {}
        for record in records:
            if record.document == self._document.value and Path(record.path).exists():
                newest[Path(record.path)] = record
        rows = tuple(
            (
                TableCell(text=path.name, key=str(path)),
                TableCell(text=f"{record.at:%Y-%m-%d %H.%M}", tone="text2"),
                TableCell(text="Öppna", verb=True, key=f"open|{path}"),
                TableCell(text="Visa i mapp", verb=True, key=f"folder|{path}"),
            )
            for path, record in sorted(newest.items(), key=lambda pair: pair[1].at, reverse=True)
        )
        self._model.set_table(COLUMNS, rows)
        self._none.setVisible(not rows)
        self._table.setVisible(bool(rows))
        self._table.fit_height()
        self._show_edited(newest)

    def _show_edited(self, records: Mapping[Path, ExportRecord]) -> None:
        """Tell of the file that was last saved by another program since it was made, and the way to read it."""
        edited = [path for path, record in records.items() if _saved_since(path, record.at)]
        wanted = bool(edited) and self._document in READABLE
        self._edited = max(edited, key=_saved_at) if wanted else None
        self._edited_row.setVisible(wanted)
        if self._edited is not None:
            self._edited_label.set_text(f"{self._edited.name} är ändrad i Word.")

    def _read_edited(self) -> None:
        if self._edited is not None:
            self._read(self._edited)

    def show_changes(self, differences: tuple[str, ...]) -> None:
        """Show what was changed in Word, paragraph by paragraph."""
        self._changes.setText("\n".join(differences) or "Det går inte att säga vad som är ändrat.")
        self._changes_head.show()
        self._changes.show()

    def _made(self, document: Document, _result: object) -> None:
        if document is self._document:
            self.refresh()

    def _verb(self, index: QModelIndex) -> None:
        verb, _, path = str(index.data(KEY_ROLE)).partition("|")
        if verb == "open":
            self._export.open(Path(path))
        elif verb == "folder":
            self._export.show_in_folder(Path(path))

    def _make_public(self) -> None:
        """As the button under Offentligt: the same file in the same folder."""
        self.public_wanted.emit(self._document, About(public=True))

    def _dropped(self, files: tuple[Path, ...]) -> None:
        self._read(files[0])

    def choose(self) -> None:
        """Ask for a document to read back."""
        self._desk.shell.dialogs.open_file(
            f"Läs in ändringar i {KINDS[self._document].the.lower()}",
            WORD_FILES,
            self._read,
            self._export_folder(),
        )

    def _export_folder(self) -> Path:
        return self._desk.session.made_folder

    def _read(self, path: Path) -> None:
        self._desk.shell.go("read_back", f"{self._desk.meeting_id}|{path}")


def _saved_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _saved_since(path: Path, made_at: datetime) -> bool:
    return _saved_at(path) > made_at.timestamp() + GRACE

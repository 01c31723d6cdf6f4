"""The files that were made of one or more kinds: open, and show in the folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from finsam_desktop.ui.models.cells_model import KEY_ROLE, CellsModel, TableCell, TableColumn
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.widgets.tables import DataTable

_COLUMNS = tuple(TableColumn(title=title) for title in ("Fil", "Skapad", "", ""))


class MadeFiles(QWidget):
    """A table of the files that are still where they were put, newest first; hidden where there are none."""

    def __init__(self, desk: OpenMeeting, name: str, *kinds: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._kinds = desk, kinds
        self.table = DataTable(name)
        self._model = CellsModel(_COLUMNS, parent=self.table)
        self.table.setModel(self._model)
        self.table.stretch_column(0)
        self.table.verb_clicked.connect(self._verb)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)
        self.refresh()

    def refresh(self) -> None:
        """Show what was made."""
        newest = {}
        for record in self._desk.session.workspace.made_files(self._desk.meeting_id):
            if record.document in self._kinds and Path(record.path).exists():
                newest[Path(record.path)] = record
        rows = tuple(
            (
                TableCell(text=path.name, key=str(path)),
                TableCell(text=f"{record.at:%Y-%m-%d %H.%M}", tone="text2"),
                TableCell(text="Öppna", verb=True, key=f"open|{path}"),
                TableCell(text="Öppna mapp", verb=True, key=f"folder|{path}"),
            )
            for path, record in sorted(newest.items(), key=lambda pair: pair[1].at, reverse=True)
        )
        self._model.set_table(_COLUMNS, rows)
        self.setVisible(bool(rows))
        self.table.fit_height()

    def _verb(self, index: QModelIndex) -> None:
        verb, _, path = str(index.data(KEY_ROLE)).partition("|")
        place = Path(path) if verb == "open" else Path(path).parent
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(place)))


class Opening:
    """Opens a file when it is called, also after the page is gone."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path)))

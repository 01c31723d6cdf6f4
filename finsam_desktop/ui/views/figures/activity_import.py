"""What a workbook would change among the readings, shown before anything is changed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal

from finsam_desktop.domain.activity_import import ActivityImport
from finsam_desktop.domain.activity_tables import period_name
from finsam_desktop.errors import UserError
from finsam_desktop.ui.models.cells_model import CellsModel, TableCell, TableColumn
from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.views.section import Remarks, Section
from finsam_desktop.ui.widgets.buttons import primary_button, secondary_button
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Label
from finsam_desktop.ui.widgets.tables import DataTable

_COLUMNS = (
    TableColumn(title="Team"), TableColumn(title="Indikator"), TableColumn(title="Förut", right=True),
    TableColumn(title="Nytt", right=True), TableColumn(title="Källa"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Asked:
    path: Path
    year: int
    tertial: int


class ActivityImportSection(Section):
    """The preview. ``taken(year, tertial)`` when it is read in, ``closed`` when it is left."""

    taken = Signal(int, int)
    closed = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, "Hämta från fil")
        self.made: ActivityImport | None = None
        self._about = Label("", "body", "text2", wrap=True)
        self._remarks = Remarks("Om filen")
        self.table = DataTable("Avläsningar i filen")
        self._model = CellsModel(parent=self.table)
        self.table.setModel(self._model)
        self.take = primary_button("Läs in", "check")
        self.take.clicked.connect(self._take)
        self.leave = secondary_button("Avbryt")
        self.leave.clicked.connect(self._leave)
        self.add(self._about)
        self.add(self._remarks)
        self.add(self.table)
        self.add_row(self.take, self.leave)
        self.hide()

    def open_file(self, path: Path, year: int, tertial: int) -> None:
        """Read a workbook in the background and show what it would change; its own period goes before the given."""
        asked = _Asked(path, year, tertial)
        session = self._shell.session
        association, today = session.association, session.today

        def read(_progress: object) -> ActivityImport:
            from finsam_desktop.files.activity_files import readings_from

            try:
                return readings_from(association, asked.path, today=today)
            except UserError as error:
                if "period" not in error.message:
                    raise
                return readings_from(
                    association, asked.path, year=asked.year, tertial=asked.tertial, today=today
                )

        self.head.set_fact(path.name)
        self._shell.jobs.run(
            read, label=f"Läser {path.name}", on_done=self._show_result, on_error=self._failed, cancel=False
        )

    def fill(self) -> None:
        """What was read was of the association as it was; a change meanwhile closes the preview."""
        if self.made is not None and not self.isHidden():
            self._leave()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._shell.session.failed.emit(error)

    def _show_result(self, made: object) -> None:
        if not isinstance(made, ActivityImport) or not self._shell.session.is_open:
            return
        self.made = made
        period = period_name(made.year, made.tertial)
        if made.changes:
            says = f"{_numbers(len(made.changes))} för {period}. Inget är ändrat än. Det går att ångra."
        else:
            says = f"Filen säger samma som avläsningarna för {period}. Det finns inget att läsa in."
        self._about.setText(says)
        told = [(State.NOTE, f"Nya team: {', '.join(made.new_teams)}.")] if made.new_teams else []
        if made.new_indicators:
            told.append((State.NOTE, f"Nya indikatorer: {'; '.join(made.new_indicators)}."))
        if made.unchanged:
            told.append((State.DONE, f"{made.unchanged} tal är desamma som i programmet."))
        told += [(State.CONSIDER, remark) for remark in made.remarks]
        self._remarks.show_remarks(tuple(told))
        rows = tuple(
            (
                TableCell(text=each.team), TableCell(text=each.indicator), TableCell(text=each.before or "–"),
                TableCell(text=each.after, strong=not each.is_new), TableCell(text=each.source, tone="text2"),
            )
            for each in made.changes
        )  # fmt: skip
        self._model.set_table(_COLUMNS, rows)
        self.table.stretch_column(4)
        self.table.fit_height()
        self.table.setVisible(bool(rows))
        self.take.setEnabled(bool(rows))
        self.show()
        self.take.setFocus()

    def _take(self) -> None:
        made = self.made
        if made is None:
            return
        self.made = None
        label = f"Läs in {_numbers(len(made.changes)).lower()} om teamen"
        if self.change(label, made.after, tell=True):
            self.hide()
            self.taken.emit(made.year, made.tertial)

    def _leave(self) -> None:
        self.made = None
        self.hide()
        self.closed.emit()


def _numbers(count: int) -> str:
    return "En avläsning" if count == 1 else f"{count} avläsningar"

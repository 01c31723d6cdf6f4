"""A table of cells that are written in place: the model tells what was written where, and changes nothing itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

from finsam_desktop.ui.models.cells_model import AnyIndex, CellsModel, TableCell, TableColumn

CanEdit = Callable[[int, int], bool]


class EditCellsModel(CellsModel):
    """`CellsModel` whose cells can be written where ``can_edit(row, column)`` says so.

    ``edited(row, column, text)`` when a cell is left with another text than it had; ``pasted(row, column, rows)`` when
    cells from another program are put in. What a cell then shows is for the one who listens to set.
    """

    edited = Signal(int, int, str)
    pasted = Signal(int, int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent=parent)
        self._can_edit: CanEdit | None = None

    def set_cells(
        self, columns: tuple[TableColumn, ...], rows: tuple[tuple[TableCell, ...], ...], can_edit: CanEdit
    ) -> None:
        """Show another table; one of the same size changes in place, so that the cell in hand stays in hand."""
        self._can_edit = can_edit
        same = columns == self._columns and len(rows) == len(self._rows) and bool(rows)
        if not same:
            self.set_table(columns, rows)
            return
        if rows != self._rows:
            self._rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(columns) - 1))

    def is_editable(self, row: int, column: int) -> bool:
        """Whether the cell can be written."""
        inside = 0 <= row < self.rowCount() and 0 <= column < self.columnCount()
        return inside and self._can_edit is not None and self._can_edit(row, column)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if self.is_editable(index.row(), index.column()) else flags

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return super().data(index, Qt.ItemDataRole.DisplayRole if role == Qt.ItemDataRole.EditRole else role)

    def setData(self, index: AnyIndex, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not self.is_editable(index.row(), index.column()):
            return False
        text = str(value)
        if text != str(self.data(index)):
            self.edited.emit(index.row(), index.column(), text)
        return True

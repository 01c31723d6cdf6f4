"""The grid of people and paragraphs as a table model; the first column names the person."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from finsam_desktop.ui.models.attendance_grid import CELL_WORDS, Cell, Grid, GridColumn, GridRow, RowKind

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class AttendanceRole(IntEnum):
    """Named data of a cell."""

    ROW = Qt.ItemDataRole.UserRole + 300
    CELL = Qt.ItemDataRole.UserRole + 301
    COLUMN = Qt.ItemDataRole.UserRole + 302


class AttendanceModel(QAbstractTableModel):
    """Shows a `Grid`. Column 0 holds names, column *n* the paragraph in place *n* − 1."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._grid = Grid()

    @property
    def grid(self) -> Grid:
        return self._grid

    def show(self, grid: Grid) -> None:
        """Show this grid; the same people and paragraphs are only refreshed."""
        same = [r.person_id for r in grid.rows] == [r.person_id for r in self._grid.rows] and [
            c.item_id for c in grid.columns
        ] == [c.item_id for c in self._grid.columns]
        if not same:
            self.beginResetModel()
            self._grid = grid
            self.endResetModel()
            return
        before, self._grid = self._grid, grid
        if before.columns != grid.columns and grid.columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 1, len(grid.columns))
        for row, (old, new) in enumerate(zip(before.rows, grid.rows, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(grid.columns)))

    def row_at(self, index: Index) -> GridRow | None:
        """The row, None outside the grid."""
        return self._grid.rows[index.row()] if index.isValid() else None

    def column_at(self, column: int) -> GridColumn | None:
        """The paragraph of a column, None for the names."""
        return self._grid.columns[column - 1] if 1 <= column <= len(self._grid.columns) else None

    def cell_at(self, index: Index) -> Cell | None:
        """The cell, None for names and headings."""
        row = self.row_at(index)
        if row is None or not row.cells or index.column() == 0:
            return None
        return row.cells[index.column() - 1]

    # -- Qt's questions -------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._grid.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._grid.columns) + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = self.column_at(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return str(column.paragraph) if column is not None else "Paragraf"
        if role == AttendanceRole.COLUMN:
            return column
        if role == Qt.ItemDataRole.ToolTipRole and column is not None:
            return f"§ {column.paragraph} {column.title}"
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index)
        if row is None:
            return None
        cell = self.cell_at(index)
        if role == AttendanceRole.ROW:
            return row
        if role == AttendanceRole.CELL:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            if index.column() == 0:
                return row.name
            return str(cell.count) if cell is not None and row.kind is RowKind.COUNT else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row, cell, index.column())
        return None

    def _spoken(self, row: GridRow, cell: Cell | None, column: int) -> str:
        paragraph = self.column_at(column)
        if cell is None or paragraph is None:
            return ", ".join(part for part in (row.name, row.note) if part)
        if row.kind is RowKind.COUNT:
            quorum = "beslutför" if cell.quorate else "ej beslutför"
            return f"§ {paragraph.paragraph}, {cell.count} beslutande, {quorum}"
        words = f"{CELL_WORDS[cell.kind]} {cell.word}".strip()
        return f"{row.name}, § {paragraph.paragraph} {paragraph.title}, {words}"

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self.row_at(index)
        if row is None:
            return Qt.ItemFlag.NoItemFlags
        if row.kind is not RowKind.PERSON:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

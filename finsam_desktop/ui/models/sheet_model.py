"""A sheet of a workbook as Excel shows it, and which of its cells the recognised table takes."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from finsam_desktop.sources.workbook import column_letters
from finsam_desktop.ui.theme import current_theme

if TYPE_CHECKING:
    from finsam_desktop.sources import RecognisedTable, Sheet

AnyIndex = QModelIndex | QPersistentModelIndex
_LEAST_ROWS, _LEAST_COLUMNS = 30, 8


class SheetRole(IntEnum):
    """What a cell is to the table. Types in parentheses."""

    INSIDE = Qt.ItemDataRole.UserRole + 70  # (bool) within the recognised range
    HEADER = Qt.ItemDataRole.UserRole + 71  # (bool) in a header row of the table
    STRONG = Qt.ItemDataRole.UserRole + 72  # (bool) in a sum row
    DOUBT = Qt.ItemDataRole.UserRole + 73  # (bool) a check has something to say of it
    NUMBER = Qt.ItemDataRole.UserRole + 75  # (bool) holds something else than text
    LEFT_OUT = Qt.ItemDataRole.UserRole + 74  # (bool) inside, in a column that is not taken


class SheetModel(QAbstractTableModel):
    """The cells of one sheet; rows and columns of the model count from 0, those of the sheet from 1."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sheet: Sheet | None = None
        self._columns = 0
        self._table: RecognisedTable | None = None
        self._doubts: frozenset[str] = frozenset()

    def set_sheet(self, sheet: Sheet | None) -> None:
        """Show another sheet, without a table."""
        self.beginResetModel()
        self._sheet, self._table, self._doubts = sheet, None, frozenset()
        # Counted once: the view asks for it all the time, and a large sheet has many rows to count.
        self._columns = sheet.column_count if sheet is not None else 0
        self.endResetModel()

    def set_table(self, table: RecognisedTable | None, doubts: frozenset[str] = frozenset()) -> None:
        """Mark a recognised table; ``doubts`` are addresses that a check has something to say of."""
        self._table, self._doubts = table, doubts
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    @property
    def sheet_columns(self) -> int:
        """The sheet's own columns, without the empty ones that are shown after them."""
        return self._columns

    @property
    def table(self) -> RecognisedTable | None:
        return self._table

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() or self._sheet is None else max(self._sheet.row_count + 5, _LEAST_ROWS)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() or self._sheet is None else max(self._columns + 1, _LEAST_COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        # Row numbers and letters are small and quiet: what is read is in the cells.
        if role == Qt.ItemDataRole.FontRole:
            return current_theme().font("small")
        if role == Qt.ItemDataRole.ForegroundRole:
            return current_theme().color("text2")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return column_letters(section + 1) if orientation is Qt.Orientation.Horizontal else str(section + 1)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or self._sheet is None:
            return None
        from finsam_desktop.sources import shown

        row, column = index.row() + 1, index.column() + 1
        cell = self._sheet.cell(row, column)
        if role == Qt.ItemDataRole.DisplayRole:
            return shown(cell)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._sheet.place(row, column) or cell.address} {shown(cell) or 'tom'}"
        number = not isinstance(cell.value, str | None)
        if role == SheetRole.NUMBER:
            return number
        if role == Qt.ItemDataRole.TextAlignmentRole:
            edge = Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
            return edge | Qt.AlignmentFlag.AlignVCenter
        if role == SheetRole.DOUBT:
            return self._sheet.place(row, column) in self._doubts
        return self._in_table(row, column, role)

    def _in_table(self, row: int, column: int, role: int) -> object:
        table = self._table
        if table is None:
            return None
        inside = table.top <= row <= table.bottom and table.left <= column <= table.right
        if role == SheetRole.INSIDE:
            return inside
        if role == SheetRole.HEADER:
            return inside and row in table.header_rows
        if role == SheetRole.STRONG:
            return inside and any(
                r.row == row and r.kind.value in ("sum", "total", "heading") for r in table.rows
            )
        if role == SheetRole.LEFT_OUT:
            return inside and all(c.column != column for c in table.columns)
        return None

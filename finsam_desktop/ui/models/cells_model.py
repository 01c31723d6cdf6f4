"""Rows and columns for a `DataTable` out of plain values: for tables that are read, not edited in place."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from finsam_desktop.ui.theme import Role
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.tables import TableRole

AnyIndex = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True, kw_only=True)
class TableColumn:
    """A column's heading and whether its cells stand to the right."""

    title: str
    right: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCell:
    """A cell; see `TableRole` for what each field does. `key` is what a verb or the row leads to."""

    text: str = ""
    key: str = ""
    sum: bool = False
    strong: bool = False
    verb: bool = False
    doubt: bool = False
    indent: int = 0
    tone: Role | None = None
    state: State = State.NONE


KEY_ROLE = Qt.ItemDataRole.UserRole + 60


class CellsModel(QAbstractTableModel):
    """A table of `TableCell` values, every row as wide as the columns."""

    def __init__(
        self,
        columns: tuple[TableColumn, ...] = (),
        rows: tuple[tuple[TableCell, ...], ...] = (),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = columns
        self._rows = rows

    def set_table(self, columns: tuple[TableColumn, ...], rows: tuple[tuple[TableCell, ...], ...]) -> None:
        """Show another table."""
        if (columns, rows) == (self._columns, self._rows):
            return
        self.beginResetModel()
        self._columns, self._rows = columns, rows
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or section >= len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self._columns[section].right else _LEFT
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        cell = self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            title = self._columns[index.column()].title
            return f"{title}: {cell.text}" if title else cell.text
        values: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: cell.text,
            Qt.ItemDataRole.TextAlignmentRole: _RIGHT if self._columns[index.column()].right else _LEFT,
            TableRole.SUM: cell.sum,
            TableRole.STRONG: cell.strong,
            TableRole.VERB: cell.verb,
            TableRole.DOUBT: cell.doubt,
            TableRole.INDENT: cell.indent,
            TableRole.TONE: cell.tone,
            TableRole.STATE: cell.state if cell.state is not State.NONE else None,
            KEY_ROLE: cell.key,
        }
        return values.get(role)

"""Rows for a `RowList` out of plain values: for lists that are read, followed and replaced whole."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from finsam_desktop.ui.widgets.rows import MetaPart, RowRole, row_in_words
from finsam_desktop.ui.widgets.states import State

AnyIndex = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row; see `RowRole` for what each field does. `key` is what following the row leads to."""

    title: str
    key: str = ""
    number: str = ""
    meta: tuple[MetaPart, ...] | str = ""
    time: str = ""
    time_tone: str = ""
    verb: str = ""
    icon: str = ""
    leading: State = State.NONE
    state: State = State.NONE
    heading: bool = False
    quiet: bool = False
    child: bool = False
    marks: tuple[tuple[int, int], ...] = ()


class RowModel(QAbstractListModel):
    """A list of `Row` values. `set_rows` replaces them and keeps the selection where it can."""

    def __init__(self, rows: tuple[Row, ...] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = rows

    def rows(self) -> tuple[Row, ...]:
        return self._rows

    def set_rows(self, rows: tuple[Row, ...]) -> None:
        """Show other rows. The same number of rows changes in place; else the list is made anew."""
        if rows == self._rows:
            return
        if len(rows) == len(self._rows) and rows:
            self._rows = rows
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row_of(self, key: str) -> int:
        """Place of the row with this key, −1 when there is none or the key is empty."""
        return next((place for place, row in enumerate(self._rows) if key and row.key == key), -1)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if index.isValid() and self._rows[index.row()].heading:
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row_in_words(index)
        name = _FIELDS.get(role)
        if name is None:
            return None
        value = getattr(row, name)
        return (value or None) if role in _MAY_LACK else None if value is State.NONE else value


# A list of a thousand rows asks for tens of thousands of them, so they are looked up and not made anew.
_FIELDS: dict[int, str] = {
    int(role): name
    for role, name in (
        (Qt.ItemDataRole.DisplayRole, "title"),
        (RowRole.TITLE, "title"),
        (RowRole.KEY, "key"),
        (RowRole.NUMBER, "number"),
        (RowRole.META, "meta"),
        (RowRole.TIME, "time"),
        (RowRole.TIME_TONE, "time_tone"),
        (RowRole.VERB, "verb"),
        (RowRole.ICON, "icon"),
        (RowRole.LEADING, "leading"),
        (RowRole.STATE, "state"),
        (RowRole.HEADING, "heading"),
        (RowRole.QUIET, "quiet"),
        (RowRole.CHILD, "child"),
        (RowRole.MARKS, "marks"),
    )
}
_MAY_LACK = frozenset(map(int, (RowRole.TIME_TONE, RowRole.MARKS)))

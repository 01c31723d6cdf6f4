"""A standard report as one works in it: posts by rows, the law's columns, and a forecast and a comment to write."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from finsam_desktop.domain import wording
from finsam_desktop.domain.figures import ColumnRole, FigureCell, FigureTable, RowKind
from finsam_desktop.ui.widgets.tables import TableRole

AnyIndex = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_AMOUNT = re.compile(r"([+-]?)(\d{1,12}(?:,\d{1,2})?)(kr|tkr|mkr)?\.?")
_FACTOR = {"": 1, "kr": 1, "tkr": 1000, "mkr": 1_000_000}
COMMENT = "Kommentar till\navvikelsen"


def read_amount(text: str, *, is_cost: bool) -> Decimal | None:
    """An amount in kr as typed: "2 300 000", "2300 tkr", "−1,5 mkr"; None when empty.

    A cost without a sign is a cost: it becomes negative. ValueError when it cannot be read.
    """
    bare = re.sub(r"[\s\u00a0\u202f]", "", text.lower()).replace("−", "-").replace("–", "-").replace(".", ",")
    if not bare:
        return None
    found = _AMOUNT.fullmatch(bare)
    if found is None:
        raise ValueError(
            f"”{text.strip()}” går inte att läsa som belopp. Skriv till exempel 2 300 000 eller 2 300 tkr."
        )
    sign, digits, unit = found.group(1), found.group(2), found.group(3) or ""
    amount = Decimal(digits.replace(",", ".")) * _FACTOR[unit]
    return -amount if sign == "-" or (is_cost and not sign) else amount


@dataclass(frozen=True, slots=True)
class _Column:
    title: str
    role: ColumnRole | None
    source: int | None
    """Place among the table's columns; None for a column that the table does not have yet, and for the comment."""


class ReportModel(QAbstractTableModel):
    """The rows of one report. ``forecast_typed(post, text)`` and ``comment_typed(post, text)`` ask for a change."""

    forecast_typed = Signal(str, str)
    comment_typed = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table: FigureTable | None = None
        self._columns: tuple[_Column, ...] = ()
        self._doubts: frozenset[tuple[int, int]] = frozenset()
        self._editable = True

    def show(
        self, table: FigureTable | None, doubts: frozenset[tuple[int, int]] = frozenset(), *, editable: bool = True,
        forecasts: bool = True,
    ) -> None:  # fmt: skip
        """Show a report; ``doubts`` are rows and columns that a check has something to say of."""
        columns = _columns(table, forecasts=forecasts) if table is not None else ()
        same = (
            self._table is not None and table is not None and columns == self._columns
            and len(table.rows) == len(self._table.rows)
        )  # fmt: skip
        if not same:
            self.beginResetModel()
        self._table, self._columns, self._doubts, self._editable = table, columns, doubts, editable
        if not same:
            self.endResetModel()
        elif self.rowCount():
            # The cells only: a reset would take the focus from the one that is being worked in.
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    @property
    def table(self) -> FigureTable | None:
        return self._table

    def post(self, index: AnyIndex) -> str:
        """What the row of the cell is called."""
        assert self._table is not None
        label = self._table.column_index(ColumnRole.LABEL)
        return self._table.rows[index.row()].cells[label].text if label is not None else ""

    def cell(self, index: AnyIndex) -> FigureCell | None:
        """The figure in a cell; None where there is none."""
        if self._table is None or not index.isValid():
            return None
        source = self._columns[index.column()].source
        return None if source is None else self._table.rows[index.row()].cells[source]

    def column_title(self, index: AnyIndex) -> str:
        """The heading of the cell's column, as the report has it."""
        return self._columns[index.column()].title

    def is_cost(self, index: AnyIndex) -> bool:
        """Whether the cell's row is a cost."""
        assert self._table is not None
        return self._table.rows[index.row()].is_cost

    def can_override(self, index: AnyIndex) -> bool:
        """Whether a person's own amount may stand in the cell: what the source says, and sums of it."""
        column = self._columns[index.column()] if index.isValid() else None
        if column is None or column.source is None or self._table is None:
            return False
        typed = (ColumnRole.LABEL, ColumnRole.DEVIATION, ColumnRole.FULL_YEAR_FORECAST)
        return self._table.rows[index.row()].kind is not RowKind.HEADING and column.role not in typed

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() or self._table is None else len(self._table.rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or section >= len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            # Two lines: the columns are narrow and their names are not.
            head, _, rest = column.title.partition(" ")
            return f"{head}\n{rest}" if rest and column.role not in (None, ColumnRole.LABEL) else column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if column.role in (None, ColumnRole.LABEL) else _RIGHT
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        base = super().flags(index)
        return base | Qt.ItemFlag.ItemIsEditable if self._is_typed(index) else base

    def _is_typed(self, index: AnyIndex) -> bool:
        if not index.isValid() or self._table is None or not self._editable:
            return False
        column = self._columns[index.column()]
        row = self._table.rows[index.row()]
        return row.kind is RowKind.ROW and column.role in (ColumnRole.FULL_YEAR_FORECAST, None)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or self._table is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index)
        column, row = self._columns[index.column()], self._table.rows[index.row()]
        if role == TableRole.SUM:
            return row.kind in (RowKind.SUM, RowKind.TOTAL)
        if role == TableRole.STRONG:
            return row.kind is RowKind.HEADING
        cell = self.cell(index)
        if role == Qt.ItemDataRole.EditRole:
            return self._edited(index)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if column.role in (None, ColumnRole.LABEL) else _RIGHT
        if role == Qt.ItemDataRole.ToolTipRole:
            return _origin(cell) or (self._text(index) if column.role is None else None) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.post(index)}, {column.title}: {self._text(index) or 'tom'}" + (
                f". {_origin(cell)}" if cell is not None and cell.override else ""
            )
        if role == TableRole.DOUBT:
            return (index.row(), column.source) in self._doubts
        if role == TableRole.ICON:
            return "pencil" if cell is not None and cell.override is not None else ""
        if role == TableRole.TONE:
            follows = cell is not None and cell.address == "prognos lika med budget"
            return "text2" if follows or column.role is None else None
        return None

    def setData(self, index: AnyIndex, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not self._is_typed(index):
            return False
        text = str(value).strip()
        if text == str(self._edited(index)).strip():
            return False
        is_comment = self._columns[index.column()].role is None
        (self.comment_typed if is_comment else self.forecast_typed).emit(self.post(index), text)
        return True

    def _text(self, index: AnyIndex) -> str:
        assert self._table is not None
        column, row = self._columns[index.column()], self._table.rows[index.row()]
        if column.role is None:
            return row.comment
        cell = self.cell(index)
        if cell is None:
            return ""
        if cell.error or cell.amount is None:
            return cell.error or cell.text
        return wording.number(cell.amount, 0)

    def _edited(self, index: AnyIndex) -> str:
        assert self._table is not None
        if self._columns[index.column()].role is None:
            return self._table.rows[index.row()].comment
        cell = self.cell(index)
        if cell is None or cell.amount is None:
            return ""
        whole = cell.amount == cell.amount.to_integral_value()
        return wording.number(cell.amount, 0 if whole else 2)


def _columns(table: FigureTable, *, forecasts: bool) -> tuple[_Column, ...]:
    made = [_Column(column.title, column.role, place) for place, column in enumerate(table.columns)]
    if not forecasts:
        return tuple(made)
    roles = {column.role for column in made}
    year = table.period.end.year if table.period else ""
    if ColumnRole.FULL_YEAR_FORECAST not in roles:
        place = next((p for p, c in enumerate(made) if c.role is ColumnRole.DEVIATION), len(made))
        made.insert(place, _Column(f"Prognos {year}".strip(), ColumnRole.FULL_YEAR_FORECAST, None))
    return (*made, _Column(COMMENT, None, None))


def _origin(cell: FigureCell | None) -> str:
    """Where a figure comes from, to the öre: for the one who points at it."""
    if cell is None or cell.amount is None:
        return ""
    said = f"{wording.number(cell.amount, 2)} kr" + (f", {cell.address}" if cell.address else "")
    if cell.override is None:
        return said
    made = cell.override
    before = "tomt" if made.before is None else f"{wording.number(made.before, 2)} kr"
    return f"{said}. Ändrat av {made.by} {made.at:%Y-%m-%d}: {made.why}. Källan säger {before}."

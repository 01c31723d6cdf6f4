"""Figure tables: numbers with their origin, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from finsam_desktop.domain.ids import new_id


class Purpose(StrEnum):
    """What a figure table shows."""

    INCOME_STATEMENT = "income_statement"
    BALANCE_SHEET = "balance_sheet"
    INDICATORS = "indicators"
    OTHER = "other"


class ColumnRole(StrEnum):
    """What a column holds (LKBR 13 kap. 3 § names the usual four)."""

    ACCOUNT = "account"
    LABEL = "label"
    OUTCOME = "outcome"
    PREVIOUS_OUTCOME = "previous_outcome"
    BUDGET = "budget"
    FULL_YEAR_FORECAST = "full_year_forecast"
    DEVIATION = "deviation"
    OTHER = "other"


class ColumnKind(StrEnum):
    """How a column's cells are written."""

    TEXT = "text"
    AMOUNT = "amount"
    COUNT = "count"
    PERCENT = "percent"


class RowKind(StrEnum):
    """How a row is set: a heading over rows, a row, a sum of rows, the table's total."""

    HEADING = "heading"
    ROW = "row"
    SUM = "sum"
    TOTAL = "total"


class Post(StrEnum):
    """Rows that the program must find again whatever they are called."""

    NONE = "none"
    INCOME = "income"
    COSTS = "costs"
    RESULT = "result"
    OPENING_EQUITY = "opening_equity"
    CLOSING_EQUITY = "closing_equity"
    TOTAL_ASSETS = "total_assets"
    TOTAL_EQUITY_AND_LIABILITIES = "total_equity_and_liabilities"


class Unit(StrEnum):
    """Unit of amounts."""

    KR = "kr"
    TKR = "tkr"
    MKR = "mkr"


UNIT_IN_KR = {Unit.KR: Decimal(1), Unit.TKR: Decimal(1000), Unit.MKR: Decimal(1_000_000)}


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureCell:
    """One value as read. ``amount`` in the source's unit (percent as 0.74); ``address`` such as B16.

    ``error`` holds a cell error such as #DIV/0! as the workbook shows it; then there is no amount.
    """

    amount: Decimal | None = None
    text: str = ""
    address: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureColumn:
    """A column: heading, what it holds and how it is written. ``source`` is the workbook's column letter."""

    title: str
    role: ColumnRole = ColumnRole.OTHER
    kind: ColumnKind = ColumnKind.TEXT
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """A row with one cell per column. ``is_cost`` marks costs and their sum, which are printed negative."""

    cells: tuple[FigureCell, ...]
    kind: RowKind = RowKind.ROW
    post: Post = Post.NONE
    is_cost: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureSource:
    """Where a table was read: file name, SHA-256 of the file, sheet, cell range such as A5:E16, and the day."""

    file_name: str
    sha256: str
    sheet: str
    cells: str
    read_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureTable:
    """A table of figures. Amounts are kept in ``source_unit`` as read and printed in ``unit``.

    ``position`` places the table in a text: its number in the item's list decides. ``costs_positive`` says that the
    source writes costs without minus; cells stay as read, and ``kr`` gives them negative.
    """

    id: str = field(default_factory=new_id)
    title: str
    purpose: Purpose = Purpose.OTHER
    columns: tuple[FigureColumn, ...] = ()
    rows: tuple[FigureRow, ...] = ()
    source_unit: Unit = Unit.KR
    unit: Unit = Unit.TKR
    source: FigureSource | None = None
    note: str = ""
    costs_positive: bool = False

    def column_index(self, role: ColumnRole) -> int | None:
        """Place of the first column with ``role``, or None."""
        return next((i for i, column in enumerate(self.columns) if column.role is role), None)

    def kr(self, row: FigureRow, column: int) -> Decimal | None:
        """The amount of ``row`` in the column with that index, in kr, costs negative whatever the source's habit."""
        amount = row.cells[column].amount
        if amount is None:
            return None
        turned = row.is_cost and self.costs_positive
        return (-amount if turned else amount) * UNIT_IN_KR[self.source_unit]

    def row_with(self, post: Post) -> FigureRow | None:
        """The row that holds ``post``, or None."""
        return next((row for row in self.rows if row.post is post), None)

    def amount(self, post: Post, role: ColumnRole) -> Decimal | None:
        """The amount of ``post`` in the column with ``role``, in kr, costs negative; None when either is missing."""
        index = self.column_index(role)
        row = self.row_with(post)
        return None if index is None or row is None else self.kr(row, index)

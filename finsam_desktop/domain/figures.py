"""Figure tables: numbers with their origin, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from finsam_desktop.domain.account_plan import AccountPlan
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


class Origin(StrEnum):
    """What kind of source a table was read from."""

    WORKBOOK = "workbook"
    BOOKKEEPING = "bookkeeping"
    PASTED = "pasted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The first and last day that figures cover."""

    start: date
    end: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A value that a person set in the place of what the source says: what stood there, who, why and when.

    ``before`` is None when the source had no number there.
    """

    before: Decimal | None
    by: str
    why: str
    at: datetime


def _is_usable(amount: Decimal) -> bool:
    return amount.is_finite() and amount.adjusted() < 18 and int(amount.as_tuple().exponent) > -40


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureCell:
    """One value as read. ``amount`` in the source's unit (percent as 0.74); ``address`` such as B16 or "konto 3010".

    ``error`` holds a cell error such as #DIV/0! as the workbook shows it; then there is no amount. With an
    ``override`` the amount is the person's and the source's is in it.
    """

    amount: Decimal | None = None
    text: str = ""
    address: str = ""
    error: str = ""
    override: Override | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureColumn:
    """A column: heading, what it holds and how it is written. ``source`` is the workbook's column letter."""

    title: str
    role: ColumnRole = ColumnRole.OTHER
    kind: ColumnKind = ColumnKind.TEXT
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """A row with one cell per column. ``is_cost`` marks costs and their sum, which are printed negative.

    ``comment`` is why the forecast departs from the budget.
    """

    cells: tuple[FigureCell, ...]
    kind: RowKind = RowKind.ROW
    post: Post = Post.NONE
    is_cost: bool = False
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureSource:
    """Where a table was read: file name, SHA-256 of the file, sheet, cell range such as A5:E16, and the day.

    What was pasted has no file: its name says so, and the SHA-256 is that of the pasted text.
    """

    file_name: str
    sha256: str
    sheet: str
    cells: str
    read_on: date
    origin: Origin = Origin.WORKBOOK


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportMade:
    """How a standard report was made, so that a later file gives it again without a question.

    ``tertial`` 3 is the whole year; ``span``, ``objects``, ``accounts`` and ``by`` are what was chosen. ``sheet`` is
    the workbook's, "" for a bookkeeping file. ``plan`` is the account plan when it was not the one that the file
    follows, ``previous_file`` last year's own file when one was given.
    """

    tertial: int
    span: str
    objects: tuple[tuple[int, str], ...] = ()
    accounts: tuple[tuple[int, int], ...] = ()
    by: int | None = None
    sheet: str = ""
    plan: AccountPlan | None = None
    previous_file: str = ""
    previous_sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureTable:
    """A table of figures. Amounts are kept in ``source_unit`` as read and printed in ``unit``.

    ``position`` places the table in a text: its number in the item's list decides. ``costs_positive`` says that the
    source writes costs without minus; cells stay as read, and ``kr`` gives them negative. ``period`` is what the
    outcome covers, when the source says.
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
    period: Period | None = None
    made: ReportMade | None = None

    @property
    def is_sound(self) -> bool:
        """Whether every row has a cell per column, with amounts that can be added and printed. Others are refused where
        tables come from outside; nothing in the program makes them."""
        return all(
            len(row.cells) == len(self.columns)
            and all(cell.amount is None or _is_usable(cell.amount) for cell in row.cells)
            for row in self.rows
        )

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

    def with_override(
        self, row: int, column: int, amount: Decimal, *, by: str, why: str, at: datetime
    ) -> FigureTable:
        """The table with another amount in a cell, in the source's unit, marked with who, why and when.

        Setting it again keeps what the source said first.
        """
        cell = self.rows[row].cells[column]
        before = cell.override.before if cell.override else cell.amount
        changed = replace(
            cell, amount=amount, error="", override=Override(before=before, by=by, why=why, at=at)
        )
        return self._with_cell(row, column, changed)

    def without_override(self, row: int, column: int) -> FigureTable:
        """The table with the source's own amount in the cell again."""
        cell = self.rows[row].cells[column]
        if cell.override is None:
            return self
        return self._with_cell(row, column, replace(cell, amount=cell.override.before, override=None))

    def _with_cell(self, row: int, column: int, cell: FigureCell) -> FigureTable:
        cells = list(self.rows[row].cells)
        cells[column] = cell
        rows = list(self.rows)
        rows[row] = replace(rows[row], cells=tuple(cells))
        return replace(self, rows=tuple(rows))

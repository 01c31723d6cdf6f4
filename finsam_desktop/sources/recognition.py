"""Finding the tables of a sheet: where they stand, what each column and row is, the unit and the period.

Nothing here is final: the result is a value that a person corrects (``replace``), and what was corrected is remembered
for the sender's next file (mapping.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from finsam_desktop.domain.figures import ColumnKind, ColumnRole, Post, Purpose, RowKind, Unit
from finsam_desktop.errors import UserError
from finsam_desktop.sources import columns as column_reading
from finsam_desktop.sources import headings, rows
from finsam_desktop.sources.number_formats import quoted, scale
from finsam_desktop.sources.periods import Period, find_period, is_financial_year
from finsam_desktop.sources.seen import Grid, Kind
from finsam_desktop.sources.workbook import Sheet, Workbook, column_letters, range_text, split_range

_LOOK_AHEAD: Final = 8
_MAX_HEADER_ROWS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognisedColumn:
    """A column of the sheet (1 = A) in the place where it is to be printed."""

    column: int
    title: str
    role: ColumnRole
    kind: ColumnKind

    @property
    def letters(self) -> str:
        """The column as Excel names it."""
        return column_letters(self.column)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognisedRow:
    """A row of the sheet. ``is_cost`` is True for costs and their sum."""

    row: int
    kind: RowKind
    post: Post = Post.NONE
    is_cost: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognisedTable:
    """A table on a sheet, as understood. ``columns`` stand in the order they are printed.

    ``costs_positive`` says that the source writes costs without minus. ``certainty`` is 0–1; under 0.6 a person should
    look. ``remarks`` say in Swedish what was guessed.
    """

    sheet: str
    top: int
    left: int
    bottom: int
    right: int
    header_rows: tuple[int, ...]
    columns: tuple[RecognisedColumn, ...]
    rows: tuple[RecognisedRow, ...]
    title: str
    purpose: Purpose = Purpose.OTHER
    unit: Unit = Unit.KR
    period: Period | None = None
    costs_positive: bool = False
    certainty: float = 1.0
    remarks: tuple[str, ...] = ()

    @property
    def cells(self) -> str:
        """The range, such as A5:E16."""
        return range_text(self.top, self.left, self.bottom, self.right)


def recognise(workbook: Workbook) -> tuple[RecognisedTable, ...]:
    """The tables with figures on the sheets that Excel shows, in the workbook's order."""
    return tuple(table for sheet in workbook.visible_sheets for table in recognise_sheet(sheet))


def recognise_usual(workbook: Workbook) -> tuple[RecognisedTable, ...]:
    """The tables meant when nobody has chosen a sheet: of a bookkeeping file those of its latest period."""
    usual = workbook.usual_sheets
    return tuple(table for table in recognise(workbook) if not usual or table.sheet in usual)


def recognise_sheet(sheet: Sheet) -> tuple[RecognisedTable, ...]:
    """The tables with figures on one sheet, from the top."""
    if sheet.table is not None:
        return (sheet.table,)
    grid = Grid(sheet)
    tables = []
    row, free_from = 1, 1
    while row <= grid.bottom:
        header = _header(grid, row)
        if not header:
            row += 1
            continue
        numbers = _number_columns(grid, header[-1] + 1)
        last = _last_row(grid, header[-1] + 1, numbers)
        if not _has_numbers(grid, header[-1] + 1, last, numbers):
            # A line with the sender's name and the day of printing over the head itself.
            row += 1
            continue
        tables.append(_table(grid, header, last, free_from))
        row = free_from = last + 1
    if not tables and (whole := _headless(grid)):
        tables.append(_table(grid, (), whole[1], 1, first=whole[0]))
    return tuple(tables)


def recognise_range(workbook: Workbook, sheet: str, cells: str) -> RecognisedTable:
    """The table in the range that a person marked. UserError when it holds no numbers."""
    try:
        top, left, bottom, right = split_range(cells)
    except ValueError as error:
        raise UserError(
            f"Området {cells} går inte att förstå.", advice="Skriv det som i Excel, till exempel A5:E16."
        ) from error
    grid = Grid(workbook.sheet(sheet), top, left, bottom, right)
    header = next((found for row in range(grid.top, grid.bottom + 1) if (found := _header(grid, row))), ())
    if header:
        return _table(grid, header, grid.bottom, grid.top)
    whole = _headless(grid)
    if not whole:
        raise UserError(
            f"Området {cells} på bladet {sheet} i {workbook.file_name} innehåller inga tal.",
            advice="Markera rubrikraden och raderna med tal.",
        )
    return _table(grid, (), grid.bottom, grid.top, first=whole[0])


def _header(grid: Grid, row: int) -> tuple[int, ...]:
    """The header rows that begin at ``row``: at most three, the first of them there; () when there is no header."""
    if not _is_header(grid, row):
        return ()
    found = [row]
    numbers = _number_columns(grid, row + 1)
    while len(found) < _MAX_HEADER_ROWS and _continues_header(grid, found[-1] + 1, numbers):
        found.append(found[-1] + 1)
        numbers = _number_columns(grid, found[-1] + 1)
    return tuple(found) if numbers else ()


def _is_header(grid: Grid, row: int) -> bool:
    """Words, days or years above at least half of the columns that have numbers in the rows that follow."""
    cells = grid.filled(row)
    if not cells or any(grid.kind(row, column) in (Kind.NUMBER, Kind.ERROR) for column in cells):
        return False
    numbers = _number_columns(grid, row + 1, _LOOK_AHEAD)
    over_numbers = [column for column in numbers if grid.spanned(row, column)]
    if not over_numbers or 2 * len(over_numbers) < len(numbers):
        return False
    only_title = len(cells) == 1 and cells[0] == grid.leftmost
    # A row of years or days alone could be data of a table without a header.
    return not only_title and (
        any(grid.kind(row, column) is Kind.TEXT for column in cells) or len(cells) == len(over_numbers)
    )


def _continues_header(grid: Grid, row: int, numbers: frozenset[int]) -> bool:
    cells = grid.filled(row)
    if not cells or any(grid.kind(row, column) in (Kind.NUMBER, Kind.ERROR) for column in cells):
        return False
    if not any(column in numbers for column in cells):
        return False
    below = _number_columns(grid, row + 1, _LOOK_AHEAD)
    return bool(below) and 2 * len([column for column in cells if column in below]) >= len(below)


def _number_columns(grid: Grid, first: int, most: int | None = None) -> frozenset[int]:
    """Columns with a number in the rows from ``first`` until the table ends (or ``most`` filled rows have passed)."""
    found: set[int] = set()
    blank = passed = 0
    for row in range(first, grid.bottom + 1):
        cells = grid.filled(row)
        if not cells:
            blank += 1
            if blank > 1:
                break
            continue
        blank = 0
        passed += 1
        if most is not None and passed > most:
            break
        here = {column for column in cells if grid.kind(row, column) in (Kind.NUMBER, Kind.ERROR)}
        years = {column for column in cells if grid.kind(row, column) is Kind.YEAR}
        if here:
            found |= here | (years if found & years or len(here) >= len(years) else set())
    return frozenset(found)


def _last_row(grid: Grid, first: int, numbers: frozenset[int]) -> int:
    """The last row with a number before two empty rows, a new header or the end of the sheet."""
    last, blank = first - 1, 0
    for row in range(first, grid.bottom + 1):
        cells = grid.filled(row)
        if not cells:
            blank += 1
            if blank > 1:
                break
            continue
        if blank and _is_header(grid, row):
            break
        blank = 0
        if any(column in numbers and grid.kind(row, column).counts_as_number for column in cells):
            last = row
    return max(last, first)


def _has_numbers(grid: Grid, first: int, last: int, numbers: frozenset[int]) -> bool:
    return any(
        grid.kind(row, column).counts_as_number for row in range(first, last + 1) for column in numbers
    )


def _headless(grid: Grid) -> tuple[int, int] | None:
    """First and last row of a block of numbers without a header, or None."""
    first = next(
        (row for row in range(grid.top, grid.bottom + 1)
         if any(grid.kind(row, column) is Kind.NUMBER for column in grid.filled(row))),
        None,
    )  # fmt: skip
    return None if first is None else (first, _last_row(grid, first, _number_columns(grid, first)))


def _table(
    grid: Grid, header: tuple[int, ...], last: int, free_from: int, *, first: int | None = None
) -> RecognisedTable:
    first = header[-1] + 1 if header else (first or grid.top)
    above = _lines_above(grid, free_from, header[0] if header else first)
    read = column_reading.read_columns(grid, header, first, last)
    label = next((c.column for c in read if c.role is ColumnRole.LABEL), None)
    labels = [grid.text(row, label) if label else "" for row in range(first, last + 1)]
    titles = [column.title for column in read]
    purpose = _purpose(above, grid.sheet.name, titles, labels, read)
    read = column_reading.settle_roles(read, purpose)
    read_rows = rows.read_rows(grid, first, last, read, label, purpose)
    unit, unit_known = _unit(grid, [*titles, *above, grid.sheet.name], read, first, last)
    remarks = _remarks(header, read, purpose, unit, unit_known)
    texts = sorted([*above, *titles], key=is_financial_year)
    period = next((found for text in texts if (found := find_period(text))), None)
    columns = [column.column for column in read]
    return RecognisedTable(
        sheet=grid.sheet.name,
        top=header[0] if header else first,
        left=min(columns),
        bottom=last,
        right=max(columns),
        header_rows=header,
        columns=tuple(
            RecognisedColumn(column=c.column, title=c.title, role=c.role, kind=c.kind)
            for c in column_reading.in_print_order(read, purpose)
        ),
        rows=tuple(RecognisedRow(row=r.row, kind=r.kind, post=r.post, is_cost=r.is_cost) for r in read_rows),
        title=_title(above, grid.sheet.name),
        purpose=purpose,
        unit=unit,
        period=period,
        costs_positive=rows.costs_positive(grid, read_rows, read),
        certainty=max(0.1, 1 - 0.25 * len(remarks)),
        remarks=tuple(remarks),
    )


def _lines_above(grid: Grid, free_from: int, top: int) -> list[str]:
    """The texts over a table, from the top, one per row."""
    lines = []
    for row in range(max(free_from, top - 12), top):
        texts = [grid.text(row, column) for column in grid.filled(row)]
        if line := " ".join(text for text in texts if text):
            lines.append(line)
    return lines


def _title(above: Iterable[str], sheet: str) -> str:
    """The line above that says what the table is, else the first that can be a title, else the sheet's name."""
    above = [re.sub(r"\s*\butskri(ven|vet|ft)\b.*", "", line, flags=re.IGNORECASE) for line in above]
    for line in above:
        if headings.purpose_of(line) is not Purpose.OTHER or line.lower().startswith("tabell"):
            return line
    return next((line for line in above if headings.is_title(line)), sheet)


def _purpose(
    above: list[str], sheet: str, titles: list[str], labels: list[str], read: list[column_reading.ReadColumn]
) -> Purpose:
    for texts in (" ".join(above), sheet, " ".join(labels)):
        if (found := headings.purpose_of(texts)) is not Purpose.OTHER:
            return found
    numeric = [
        column
        for column in read
        if column.kind is not ColumnKind.TEXT and column.role is not ColumnRole.ACCOUNT
    ]
    counted = [c for c in numeric if c.kind in (ColumnKind.COUNT, ColumnKind.PERCENT)]
    return Purpose.INDICATORS if numeric and 2 * len(counted) > len(numeric) else Purpose.OTHER


def _unit(
    grid: Grid, texts: list[str], read: list[column_reading.ReadColumn], first: int, last: int
) -> tuple[Unit, bool]:
    """The unit and whether the sheet says it. A number format that only shows thousands leaves the value in kr."""
    amounts = [column.column for column in read if column.kind is ColumnKind.AMOUNT]
    for text in texts:
        if unit := headings.unit_of(text):
            return unit, True
    formats = {grid.cell(row, column).number_format for row in range(first, last + 1) for column in amounts}
    for code in formats:
        if not scale(code) and (unit := headings.unit_of(quoted(code))):
            return unit, True
        if scale(code):
            return Unit.KR, True
    largest = max(
        (abs(value) for row in range(first, last + 1) for column in amounts
         if (value := grid.number(row, column)) is not None),
        default=Decimal(0),
    )  # fmt: skip
    return (Unit.KR, True) if largest >= 100_000 or not amounts else (Unit.KR, False)


def _remarks(
    header: tuple[int, ...],
    read: list[column_reading.ReadColumn],
    purpose: Purpose,
    unit: Unit,
    unit_known: bool,
) -> list[str]:
    remarks = []
    if not header:
        remarks.append("Tabellen har ingen rubrikrad. Kolumnerna heter som i arket.")
    if not any(column.role is ColumnRole.LABEL for column in read):
        remarks.append("Ingen kolumn med namn på posterna hittades.")
    if not unit_known:
        remarks.append(f"Arket säger inte om beloppen är i kr eller tkr. De är lästa som {unit}.")
    money = (
        ColumnRole.OUTCOME,
        ColumnRole.BUDGET,
        ColumnRole.FULL_YEAR_FORECAST,
        ColumnRole.PREVIOUS_OUTCOME,
    )
    if purpose is Purpose.INCOME_STATEMENT and not any(column.role in money for column in read):
        remarks.append("Ingen kolumn kändes igen som utfall, budget eller prognos.")
    return remarks

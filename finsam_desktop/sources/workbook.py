"""What was read from a spreadsheet: sheets of cells, each with its address, number format and what is wrong with it."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache, partial
from itertools import count, repeat
from typing import TYPE_CHECKING, Final, NamedTuple

from finsam_desktop.domain.figures import Origin
from finsam_desktop.errors import UserError
from finsam_desktop.sources.number_formats import GENERAL

if TYPE_CHECKING:
    from finsam_desktop.sources.recognition import RecognisedTable

CellValue = Decimal | str | bool | date | datetime | time | None
#: A number with more digits than Excel shows is kept as the double that Excel keeps, and made a decimal when asked for.
RawValue = Decimal | float | str | bool | date | datetime | time | None

#: Excel's own limits; an address beyond them is an error in the file.
MAX_ROW: Final = 1_048_576
MAX_COLUMN: Final = 16_384


@lru_cache(maxsize=2048)
def column_letters(column: int) -> str:
    """Column 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@lru_cache(maxsize=2048)
def column_number(letters: str) -> int:
    """A is column 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def split_address(text: str) -> tuple[int, int]:
    """Row and column of an address such as B16 or $B$16; ValueError for anything else."""
    plain = text.replace("$", "").upper()
    letters = plain.rstrip("0123456789")
    digits = plain[len(letters) :]
    if not (letters.isascii() and letters.isalpha() and digits and len(letters) <= 3):
        raise ValueError(text)
    row, column = int(digits), column_number(letters)
    if not (1 <= row <= MAX_ROW and column <= MAX_COLUMN):
        raise ValueError(text)
    return row, column


def split_range(text: str) -> tuple[int, int, int, int]:
    """Top, left, bottom and right of a range such as A5:E16 or a single address; ValueError for anything else."""
    first, _, last = text.partition(":")
    top, left = split_address(first)
    bottom, right = split_address(last or first)
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)


def range_text(top: int, left: int, bottom: int, right: int) -> str:
    """The range as written in Excel: A5:E16."""
    return f"{column_letters(left)}{top}:{column_letters(right)}{bottom}"


def as_shown(number: float) -> Decimal:
    """The exact decimal that Excel shows for a double: 15 significant digits, so that 0.1+0.2 is 0.3."""
    if number.is_integer() and -1e15 < number < 1e15:
        return Decimal(int(number))
    text = f"{number:.15g}"
    return Decimal(int(float(text))) if "e+" in text else Decimal(text)


class SheetCell(NamedTuple):
    """One cell. ``error`` is what Excel shows instead of a value (#DIV/0!); ``formula`` says that it is computed.

    A percentage is its share: 0.74 with number format 0%. Rows and columns count from 1.
    """

    value: CellValue = None
    row: int = 1
    column: int = 1
    number_format: str = GENERAL
    error: str = ""
    formula: bool = False

    @property
    def address(self) -> str:
        """The cell's name in Excel, such as B16."""
        return f"{column_letters(self.column)}{self.row}"

    @property
    def uncalculated(self) -> bool:
        """True when the cell has a formula whose value was never saved in the file."""
        return self.formula and self.value is None and not self.error

    @property
    def empty(self) -> bool:
        """True when the cell shows nothing."""
        return not self.error and not self.formula and (self.value is None or self.value == "")


#: SheetCell from a tuple of all its fields, a third of the time of calling it.
_NEW_CELL: Final[Callable[[tuple[object, ...]], SheetCell]] = partial(tuple.__new__, SheetCell)


def _cells(row: int, values: tuple[RawValue, ...], codes: Iterable[str]) -> tuple[SheetCell, ...]:
    """Cells without errors and formulas."""
    shown = [as_shown(value) if type(value) is float else value for value in values]
    return tuple(
        map(_NEW_CELL, zip(shown, repeat(row), count(1), codes, repeat(""), repeat(False), strict=False))
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sheet:
    """One sheet. Rows and columns count from 1. Cells are kept compact and built when asked for.

    ``values`` and ``styles`` hold one entry per row, as long as the row's last cell; ``formats`` is the number format
    of each style. ``merged`` holds ranges such as A1:C1.
    """

    name: str
    hidden: bool = False
    values: tuple[tuple[RawValue, ...], ...] = ()
    styles: tuple[array[int] | None, ...] = ()
    formats: tuple[str, ...] = (GENERAL,)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas: frozenset[tuple[int, int]] = frozenset()
    merged: tuple[str, ...] = ()
    table: RecognisedTable | None = None
    places: dict[tuple[int, int], str] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"Sheet({self.name!r}, {self.row_count} x {self.column_count})"

    @property
    def row_count(self) -> int:
        """Number of the last row with a cell."""
        return len(self.values)

    @property
    def column_count(self) -> int:
        """Number of the last column with a cell."""
        # Counted by map: a generator takes four times as long, and a large sheet is asked while it is shown.
        return max(map(len, self.values), default=0)

    def cell(self, row: int, column: int) -> SheetCell:
        """The cell there; an empty one outside what the sheet holds."""
        if not (1 <= row <= len(self.values) and 1 <= column <= len(self.values[row - 1])):
            return SheetCell(None, row, column)
        return self._cell(row, column, self.values[row - 1][column - 1], self.styles[row - 1])

    def place(self, row: int, column: int) -> str:
        """Where the figure there comes from: the cell's name, or what a bookkeeping file calls it ("" for headings)."""
        return self.places.get((row, column), "") if self.places else f"{column_letters(column)}{row}"

    def row(self, row: int) -> tuple[SheetCell, ...]:
        """The cells of a row up to its last one."""
        if not 1 <= row <= len(self.values):
            return ()
        values, styles = self.values[row - 1], self.styles[row - 1]
        if self.errors or self.formulas:
            return tuple(
                [self._cell(row, column, value, styles) for column, value in enumerate(values, start=1)]
            )
        # Most rows of most sheets: this way takes a third of the time.
        return _cells(row, values, self._codes(styles))

    def _codes(self, styles: array[int] | None) -> Iterable[str]:
        """The number formats of a row's cells."""
        formats = self.formats
        return [formats[style] for style in styles] if styles is not None else repeat(formats[0])

    def _cell(self, row: int, column: int, value: RawValue, styles: array[int] | None) -> SheetCell:
        return SheetCell(
            as_shown(value) if isinstance(value, float) else value,
            row,
            column,
            self.formats[styles[column - 1] if styles is not None else 0],
            self.errors.get((row, column), "") if self.errors else "",
            bool(self.formulas) and (row, column) in self.formulas,
        )

    @property
    def rows(self) -> Iterator[tuple[SheetCell, ...]]:
        """Every row from the first, each as long as its last cell."""
        if self.errors or self.formulas:
            yield from map(self.row, range(1, len(self.values) + 1))
            return
        # Rows that were written alike share their styles.
        seen: array[int] | None = None
        codes = self._codes(None)
        for row, (values, styles) in enumerate(zip(self.values, self.styles, strict=True), start=1):
            if styles is not seen:
                seen, codes = styles, self._codes(styles)
            yield _cells(row, values, codes)

    def uncalculated(self) -> tuple[str, ...]:
        """Addresses of formulas whose value was never saved in the file, in reading order."""
        return tuple(
            cell.address
            for place in sorted(self.formulas)
            if (cell := self.cell(*place)).uncalculated
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinedName:
    """A name that the workbook gives a range; ``target`` as Excel writes it: Resultat!$A$5:$E$16."""

    name: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedTable:
    """A range that was formatted as a table in Excel."""

    name: str
    sheet: str
    cells: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """A spreadsheet file as read, with the SHA-256 of its bytes; or a bookkeeping file as reports on sheets.

    ``remarks`` say in Swedish what a person should know before using the figures. ``usual_sheets`` are those meant when
    nobody has chosen; () means all that Excel shows.
    """

    file_name: str
    sha256: str
    sheets: tuple[Sheet, ...]
    defined_names: tuple[DefinedName, ...] = ()
    tables: tuple[NamedTable, ...] = ()
    origin: Origin = Origin.WORKBOOK
    remarks: tuple[str, ...] = ()
    usual_sheets: tuple[str, ...] = ()

    @property
    def visible_sheets(self) -> tuple[Sheet, ...]:
        """The sheets that Excel shows."""
        return tuple(sheet for sheet in self.sheets if not sheet.hidden)

    def sheet(self, name: str) -> Sheet:
        """The sheet called ``name`` (capitals do not matter); UserError listing those there are."""
        for sheet in self.sheets:
            if sheet.name.casefold() == name.strip().casefold():
                return sheet
        raise UserError(
            f"Bladet {name} finns inte i {self.file_name}.",
            advice=f"Blad i filen: {', '.join(sheet.name for sheet in self.sheets)}.",
        )

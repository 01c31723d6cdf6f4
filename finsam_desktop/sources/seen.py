"""A sheet as a reader's eye sees it: which cells hold words, numbers, years, days or nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Final

from finsam_desktop.sources import number_formats
from finsam_desktop.sources.cell_numbers import number_of, shown
from finsam_desktop.sources.workbook import Sheet, SheetCell, split_range

#: Tables are looked for within this many rows and columns; reports that a board reads are far smaller.
MAX_ROWS: Final = 5_000
MAX_COLUMNS: Final = 120


class Kind(Enum):
    """What a cell holds."""

    EMPTY = "empty"
    TEXT = "text"
    NUMBER = "number"
    YEAR = "year"
    DAY = "day"
    DASH = "dash"
    ERROR = "error"

    @property
    def counts_as_number(self) -> bool:
        """True for what may stand in a column of numbers."""
        return self in (Kind.NUMBER, Kind.YEAR, Kind.DASH, Kind.ERROR)


class Grid:
    """The cells of a sheet, or of a range of it, classified once."""

    def __init__(
        self, sheet: Sheet, top: int = 1, left: int = 1, bottom: int | None = None, right: int | None = None
    ):
        self.sheet = sheet
        self.top = top
        self.bottom = min(bottom or sheet.row_count, sheet.row_count, top + MAX_ROWS)
        right = min(right or MAX_COLUMNS, left + MAX_COLUMNS)
        self._rows: dict[int, dict[int, tuple[SheetCell, Kind]]] = {}
        for row in range(top, self.bottom + 1):
            seen: dict[int, tuple[SheetCell, Kind]] = {}
            for column in range(left, min(right, len(sheet.values[row - 1])) + 1):
                cell = sheet.cell(row, column)
                if (kind := classify(cell)) is not Kind.EMPTY:
                    seen[column] = (cell, kind)
            self._rows[row] = seen
        self.leftmost = min((min(seen) for seen in self._rows.values() if seen), default=left)
        self._spans = self._merged_spans(sheet)

    def filled(self, row: int) -> tuple[int, ...]:
        """Columns of the row that show something, from the left."""
        return tuple(self._rows.get(row, ()))

    def kind(self, row: int, column: int) -> Kind:
        """What the cell holds."""
        found = self._rows.get(row, {}).get(column)
        return found[1] if found else Kind.EMPTY

    def cell(self, row: int, column: int) -> SheetCell:
        """The cell itself."""
        return self.sheet.cell(row, column)

    def number(self, row: int, column: int) -> Decimal | None:
        """The cell's number, also one written as text."""
        return number_of(self.sheet.cell(row, column))

    def text(self, row: int, column: int) -> str:
        """The cell as shown, on one line."""
        return " ".join(shown(self.sheet.cell(row, column)).split())

    def spanned(self, row: int, column: int) -> bool:
        """True when the cell shows something or lies under a merged cell that does."""
        return bool(self.header_text(row, column))

    def header_text(self, row: int, column: int) -> str:
        """The text over ``column`` in a header row, also when it stands in a merged cell to the left."""
        origin = self._spans.get((row, column))
        return self.text(*origin) if origin else self.text(row, column)

    def _merged_spans(self, sheet: Sheet) -> dict[tuple[int, int], tuple[int, int]]:
        spans = {}
        for text in sheet.merged[:2_000]:
            try:
                top, left, bottom, right = split_range(text)
            except ValueError:
                continue
            if (bottom - top) * (right - left) > 2_000:
                continue
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    spans[row, column] = (top, left)
        return spans


def classify(cell: SheetCell) -> Kind:
    """What ``cell`` holds, as a reader sees it."""
    value = cell.value
    if cell.error or cell.uncalculated:
        return Kind.ERROR
    if value is None or value == "":
        return Kind.EMPTY
    if isinstance(value, bool):
        return Kind.TEXT
    if isinstance(value, date):
        return Kind.DAY
    if isinstance(value, str):
        plain = value.strip()
        if not plain:
            return Kind.EMPTY
        if plain in ("-", "–", "—", "−"):
            return Kind.DASH
        if len(plain) == 4 and plain.isdecimal() and 1990 <= int(plain) <= 2100:
            return Kind.YEAR
    number = number_of(cell)
    if number is None:
        return Kind.TEXT
    if 1990 <= number <= 2100 and number == int(number) and not number_formats.quoted(cell.number_format):
        return Kind.YEAR if cell.number_format in (number_formats.GENERAL, "0", "@") else Kind.NUMBER
    return Kind.NUMBER

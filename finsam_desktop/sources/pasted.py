"""A table pasted from Excel, LibreOffice, Google or a web page, as a workbook with one sheet.

The table as HTML comes first, because it keeps merged cells and exact numbers; else the text with tabs. What was pasted
is never run or fetched: only the texts of its cells are taken.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from html.parser import HTMLParser
from typing import Final

from finsam_desktop.domain.figures import Origin
from finsam_desktop.errors import UserError
from finsam_desktop.sources.cell_numbers import parse_number
from finsam_desktop.sources.delimited import cell_value, separator_of
from finsam_desktop.sources.workbook import RawValue, Sheet, Workbook, range_text

FILE_NAME: Final = "Inklistrad tabell"
SHEET: Final = "Inklistrat"
MAX_CHARACTERS: Final = 8_000_000
_MARK: Final = re.compile(r"<!\[[^<>]{0,200}>")
MAX_ROWS: Final = 5_000
MAX_COLUMNS: Final = 200
_MAX_CELL: Final = 32_767
_HIDDEN: Final = frozenset(("script", "style", "head", "template", "noscript"))
_ERROR: Final = re.compile(
    r"#(DIV/0!|DIVISION/0!|REF!|REFERENS!|N/A|SAKNAS!|VALUE!|VÄRDEFEL!|NAME\?|NAMN\?|NUM!|OGILTIGT!|NULL!|SKÄRNING!)$"
)


def pasted_workbook(html: str, text: str) -> Workbook:
    """The pasted table; ``html`` and ``text`` are what the clipboard holds of each kind ("" for nothing).

    Of several tables in the HTML the largest is taken. UserError when nothing in it is a table.
    """
    if max(len(html), len(text)) > MAX_CHARACTERS:
        raise UserError(
            "Det som skulle klistras in är för stort.", advice="Markera bara tabellen och kopiera den igen."
        )
    grids = _html_tables(html) if "<t" in html.lower() else []
    grid = max(grids, key=lambda each: each.size, default=None)
    if grid is None or grid.size < 2:
        grid = _text_table(text)
    if grid is None or grid.size < 2:
        raise UserError(
            "Det som är kopierat är ingen tabell.",
            advice="Markera rubrikraden och raderna med tal i Excel eller på webbsidan, kopiera och klistra in igen.",
        )
    kept: dict[int, int] = {}
    for number, column in grid.errors:
        kept[number] = max(column, kept.get(number, 0))
    rows = [_trimmed(row, kept.get(number, 0)) for number, row in enumerate(grid.rows, start=1)]
    while rows and not rows[-1]:
        rows.pop()
    sheet = Sheet(
        name=SHEET,
        values=tuple(rows),
        styles=(None,) * len(rows),
        errors=grid.errors,
        merged=tuple(grid.merged),
    )
    return Workbook(
        file_name=FILE_NAME,
        sha256=hashlib.sha256((html or text).encode("utf-8", "surrogatepass")).hexdigest(),
        sheets=(sheet,),
        origin=Origin.PASTED,
    )


class _Grid:
    """Cells as they are placed, with room taken by cells that span rows or columns."""

    def __init__(self) -> None:
        self.rows: list[list[RawValue]] = []
        self.merged: list[str] = []
        self.errors: dict[tuple[int, int], str] = {}
        self._taken: set[tuple[int, int]] = set()

    @property
    def size(self) -> int:
        """Number of cells with something in them."""
        return sum(value is not None for row in self.rows for value in row) + len(self.errors)

    def new_row(self) -> None:
        if len(self.rows) >= MAX_ROWS:
            raise UserError(
                f"Den inklistrade tabellen har fler än {MAX_ROWS} rader.",
                advice="Spara den som en Excel-fil och släpp filen i Siffror i stället.",
            )
        self.rows.append([])

    def add(self, value: RawValue, error: str, across: int, down: int) -> None:
        if not self.rows:
            self.new_row()
        row, cells = len(self.rows), self.rows[-1]
        column = len(cells) + 1
        while (row, column) in self._taken:
            cells.append(None)
            column += 1
        across = max(1, min(across, MAX_COLUMNS - column + 1))
        if column > MAX_COLUMNS:
            return
        cells.append(None if error else value)
        cells.extend([None] * (across - 1))
        if error:
            self.errors[row, column] = error
        down = max(1, min(down, 200))
        if across * down > 1:
            self.merged.append(range_text(row, column, row + down - 1, column + across - 1))
        for below in range(row + 1, row + down):
            self._taken.update((below, beside) for beside in range(column, column + across))


class _Tables(HTMLParser):
    """Collects the tables of a page; a table within a cell is read as text of that cell's table."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[_Grid] = []
        self._depth = 0
        self._hidden = 0
        self._cell: list[str] | None = None
        self._exact: RawValue = None
        self._across = self._down = 1
        self._length = 0

    def parse_html_declaration(self, i: int) -> int:
        """As the parser does, but past <![words]> that it does not know, or finds no end of."""
        try:
            after = super().parse_html_declaration(i)
        except AssertionError:
            after = self.rawdata.find(">", i) + 1 or -1
        if after < 0 and (mark := _MARK.match(self.rawdata, i)):
            return mark.end()
        return after

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.found.append(_Grid())
        elif self._depth == 1 and tag == "tr":
            self._end_cell()
            self.found[-1].new_row()
        elif self._depth == 1 and tag in ("td", "th"):
            self._end_cell()
            given = dict(attrs)
            self._cell, self._length = [], 0
            self._exact = _exact(given)
            self._across, self._down = _count(given.get("colspan")), _count(given.get("rowspan"))
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag in ("td", "th", "tr") and self._depth == 1:
            self._end_cell()
        elif tag == "table" and self._depth:
            if self._depth == 1:
                self._end_cell()
            self._depth -= 1
        elif tag in ("p", "div", "li") and self._cell is not None:
            self._cell.append(" ")

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._hidden and self._length < _MAX_CELL:
            self._cell.append(data[: _MAX_CELL - self._length])
            self._length += len(data)

    def _end_cell(self) -> None:
        if self._cell is None:
            return
        text = " ".join("".join(self._cell).split())
        value, error = _value(text)
        # The exact number stands in for the rounded one that is shown, never for words or a share.
        if isinstance(value, float) and self._exact is not None:
            value = self._exact
        self.found[-1].add(value, error, self._across, self._down)
        self._cell, self._exact = None, None


def _html_tables(html: str) -> list[_Grid]:
    parser = _Tables()
    parser.feed(html)
    parser.close()
    return parser.found


def _text_table(text: str) -> _Grid | None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n")
    if len(lines) < 2 and "\t" not in text:
        return None
    separator = "\t" if "\t" in text else separator_of(text)
    grid = _Grid()
    for line in lines:
        grid.new_row()
        for cell in line.split(separator)[:MAX_COLUMNS]:
            value, error = _value(cell[:_MAX_CELL].strip().strip('"'))
            grid.add(value, error, 1, 1)
    return grid if any(len(row) > 1 for row in grid.rows) else None


def _value(text: str) -> tuple[RawValue, str]:
    if not text:
        return None, ""
    if _ERROR.match(text):
        return None, text
    return cell_value(text), ""


def _exact(given: dict[str, str | None]) -> RawValue:
    """The number behind what is shown: Excel's x:num, LibreOffice's sdval, Google's data-sheets-value."""
    for name in ("x:num", "sdval"):
        if written := given.get(name):
            try:
                number = Decimal(written)
            except InvalidOperation:
                continue
            return number if number.is_finite() and len(written) < 40 else None
    if written := given.get("data-sheets-value"):
        try:
            held = json.loads(written[:500])
        except ValueError:
            return None
        held_number = held.get("3") if isinstance(held, dict) and held.get("1") == 3 else None
        return parse_number(str(held_number)) if isinstance(held_number, int | float) else None
    return None


def _count(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 5 else 1


def _trimmed(cells: Sequence[RawValue], kept: int) -> tuple[RawValue, ...]:
    """The cells without the empty ones at the end; those up to ``kept`` stay."""
    last = len(cells)
    while last > kept and cells[last - 1] is None:
        last -= 1
    return tuple(cells[:last])

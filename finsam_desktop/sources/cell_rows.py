"""The rows of one sheet as they are taken in: values, styles, errors and formulas, kept compact.

Rows come as the pattern or the XML walk finds their cells (``add_row``), or many rows of one shape at a time
(``add_run``, see row_shapes.py).
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from datetime import datetime, time
from decimal import Decimal, InvalidOperation
from itertools import repeat
from math import isfinite
from typing import TYPE_CHECKING, Final

from finsam_desktop.errors import UserError
from finsam_desktop.sources import number_formats
from finsam_desktop.sources.workbook import MAX_COLUMN, MAX_ROW, RawValue, Sheet, column_number

if TYPE_CHECKING:
    from finsam_desktop.sources.row_shapes import Shape
    from finsam_desktop.sources.sheet_cells import SheetReader

#: Cells of a sheet counted with the empty ones to the left of and between them.
MAX_PLACES: Final = 8_000_000

#: One cell element as written, "" for what is missing: letters, row, style, type, formula element, value, inline text.
Written = tuple[str, ...]

#: A number of at most this many characters has no more digits than Excel shows, and is exact as it stands.
_EXACT: Final = 15
_ENTITY: Final = re.compile(r"&(?:#([0-9]+)|#x([0-9A-Fa-f]+)|(lt|gt|amp|quot|apos));")
_NAMED: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


class CellRows:
    """The rows of one sheet as they grow. ``escaped``: texts have XML entities left in them."""

    def __init__(self, reader: SheetReader, name: str, *, escaped: bool) -> None:
        self._reader = reader
        self._name = name
        self._escaped = escaped
        self._values: list[tuple[RawValue, ...]] = []
        self._styles: list[array[int] | None] = []
        self._errors: dict[tuple[int, int], str] = {}
        self._formulas: list[tuple[int, int]] = []
        self._places = 0
        self._column_of: dict[str, int] = {}
        self._style_of: dict[str, int] = {"": 0}

    def add_row(self, row: int, cells: Sequence[Written]) -> None:
        """Take in the cells of ``row``, which must come after the rows before it."""
        dated, style_of, column_of = self._reader.dated, self._style_of, self._column_of
        row_text = str(row)
        values: list[RawValue] = []
        styles: list[int] = []
        width = 0
        kept = 0  # Cells up to this column stay although they have no value.
        for letters, written_row, style_text, kind, formula, text, inline in cells:
            column = column_of.get(letters) or self.column(letters)
            if written_row != row_text or column <= width:
                raise self._damaged(row)
            if column - width > 1:
                values.extend((None,) * (column - width - 1))
                styles.extend((0,) * (column - width - 1))
            width = column
            style = style_of.get(style_text)
            if style is None:
                style = self.style(style_text)
            if formula:
                self._formulas.append((row, column))
                kept = column
            if text and (not kind or kind == "n") and not dated[style]:
                value: RawValue = number_of(text)
                error = "" if value is not None else "#VALUE!"
            else:
                value, error = self._other(kind, text or inline, style)
            if error:
                self._errors[row, column] = error
                kept = column
            values.append(value)
            styles.append(style)
        while len(values) > kept and values[-1] is None:
            values.pop()
            styles.pop()
        self._append(row, tuple(values), array("H", styles) if any(styles) else None)

    def add_run(self, shape: Shape, found: Sequence[tuple[str, ...]], *, exact: bool) -> bool:
        """Take in rows of one shape; False, with nothing taken in, when one of them holds what the shape cannot say.

        ``found`` has a row's number and the texts of its cells. ``exact`` keeps decimals; else numbers become doubles,
        which are as exact when shown and a quarter of the size.
        """
        numbers, *texts = zip(*found, strict=True)
        try:
            columns = [
                repeat(None) if place is None else shape.ways[place](self, texts[place], exact)
                for place in shape.places
            ]
            rows = list(zip(*columns, strict=False))
            places = list(map(int, numbers))
        except (ValueError, IndexError, InvalidOperation, OverflowError):
            return False
        for column in shape.formulas:
            self._formulas.extend(zip(places, repeat(column)))
        first = places[0]
        if first == len(self._values) + 1 and places == list(range(first, first + len(places))):
            self._values.extend(rows)
            self._styles.extend(repeat(shape.styles, len(rows)))
            self._count(len(rows) * len(shape.places), places[-1])
        else:
            for place, row in zip(places, rows, strict=True):
                self._append(place, row, shape.styles)
        return True

    def sheet(self, hidden: bool, merged: tuple[str, ...]) -> Sheet:
        """The sheet, without empty rows at its end."""
        while self._values and not self._values[-1]:
            self._values.pop()
            self._styles.pop()
        return Sheet(
            name=self._name,
            hidden=hidden,
            values=tuple(self._values),
            styles=tuple(self._styles),
            formats=self._reader.formats,
            errors=self._errors,
            formulas=frozenset(self._formulas),
            merged=merged,
        )

    def column(self, letters: str) -> int:
        """The column's number; UserError beyond Excel's last one."""
        column = self._column_of[letters] = column_number(letters)
        if column > MAX_COLUMN:
            raise self._damaged(len(self._values) + 1)
        return column

    def style(self, text: str) -> int:
        """The place of a style's format; a style that is not there is the usual one."""
        if not text:
            return 0
        style = int(text)
        style = self._style_of[text] = style if style < len(self._reader.dated) else 0
        return style

    def is_dated(self, style: int) -> bool:
        """Whether numbers in the style are days or times."""
        return self._reader.dated[style]

    # -- a column of a run, by what its cells hold ---------------------------------------------------

    def numbers(self, texts: Sequence[str], exact: bool) -> Sequence[RawValue]:
        """Plain numbers."""
        if not exact:
            return list(map(float, texts))
        return [
            Decimal(text) if len(text) <= _EXACT and "E" not in text and "e" not in text else float(text)
            for text in texts
        ]

    def moments(self, texts: Sequence[str], _exact: bool) -> Sequence[RawValue]:
        """Numbers that are days or times."""
        start = self._reader.from_1904
        made: list[RawValue] = []
        for text in texts:
            moment = number_formats.moment(float(text), from_1904=start)
            if moment is None:
                raise ValueError(text)
            made.append(moment)
        return made

    def strings(self, texts: Sequence[str], _exact: bool) -> Sequence[RawValue]:
        """Shared strings by their numbers."""
        return list(map(self._reader.strings.__getitem__, map(int, texts)))

    def logicals(self, texts: Sequence[str], _exact: bool) -> Sequence[RawValue]:
        """True and false as 1 and 0."""
        return [text == "1" for text in texts]

    def texts(self, texts: Sequence[str], _exact: bool) -> Sequence[RawValue]:
        """Texts that stand in the cells themselves."""
        # The same words stand in many rows: they are kept once.
        known = {text: self._text(text) for text in set(texts)}
        return [known[text] for text in texts]

    # ------------------------------------------------------------------------------------------------

    def _append(self, row: int, values: tuple[RawValue, ...], styles: array[int] | None) -> None:
        empty = row - len(self._values) - 1
        if empty < 0 or row > MAX_ROW:
            raise self._damaged(row)
        if empty:
            self._values.extend(((),) * empty)
            self._styles.extend((None,) * empty)
        self._values.append(values)
        self._styles.append(styles)
        self._count(len(values) + empty, row)

    def _count(self, places: int, last: int) -> None:
        self._places += places
        if last > MAX_ROW:
            raise self._damaged(last)
        if self._places > MAX_PLACES:
            raise UserError(
                f"Bladet {self._name} i {self._reader.file_name} är för stort att läsa.",
                advice="Spara den del som behövs i en egen arbetsbok.",
            )

    def _other(self, kind: str, text: str, style: int) -> tuple[RawValue, str]:
        """Value and error of a cell that is no plain number (ECMA-376 part 1, 18.18.11 ST_CellType)."""
        if kind == "inlineStr" or kind == "str":
            return self._text(text), ""
        if self._escaped and "&" in text:
            text = _ENTITY.sub(_entity, text)
        if not text.strip():
            return None, ""
        if not kind or kind == "n":
            return self._moment(text, style)
        if kind == "s":
            found = self._reader.string(text)
            return found, "" if found is not None else "#REF!"
        if kind == "b":
            return text.strip() == "1", ""
        if kind == "d":
            return _iso_moment(text), ""
        return None, text if kind == "e" else "#VALUE!"

    def _text(self, text: str) -> str:
        """A text that stands in the cell itself."""
        return unescape(_ENTITY.sub(_entity, text) if self._escaped and "&" in text else text)

    def _moment(self, text: str, style: int) -> tuple[RawValue, str]:
        """The day or time that a number with such a format is, or the number when it is none."""
        number = number_of(text)
        if number is None:
            return None, "#VALUE!"
        if not self._reader.dated[style]:
            return number, ""
        moment = number_formats.moment(float(number), from_1904=self._reader.from_1904)
        return number if moment is None else moment, ""

    def _damaged(self, row: int) -> UserError:
        return UserError(
            f"Bladet {self._name} i {self._reader.file_name} är skadat vid rad {row}.",
            advice="Öppna filen i Excel, låt Excel reparera den och spara den. Lägg sedan in den igen.",
        )


def unescape(text: str) -> str:
    """Text with SpreadsheetML's escapes of control characters (_x000D_) turned back, and line ends as newlines."""
    if "_x" in text:
        text = _ESCAPED.sub(_escaped, text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def number_of(text: str) -> Decimal | float | None:
    """The number as written: a decimal when that is exact, else a double; None when it is no finite number."""
    if len(text) <= _EXACT and "E" not in text and "e" not in text:
        try:
            exact = Decimal(text)
        except InvalidOperation:
            return None
        return exact if exact.is_finite() else None
    try:
        double = float(text)
    except ValueError:
        return None
    return double if isfinite(double) else None


def _entity(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    return chr(int(decimal)) if decimal else chr(int(hexadecimal, 16)) if hexadecimal else _NAMED[name]


def _escaped(match: re.Match[str]) -> str:
    code = int(match.group(1), 16)
    return match.group() if 0xD800 <= code < 0xE000 or code == 0 else chr(code)


def _iso_moment(text: str) -> RawValue:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return moment.date() if moment.time() == time() else moment

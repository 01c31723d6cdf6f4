"""The cells of one worksheet part, read in one pass.

Two ways find the same cells. The plain one matches each cell by pattern in the text as Excel, LibreOffice and most
programs write it, which is three times as fast; it is used only when the pattern accounts for every cell element
there. The general one walks the XML and is right for everything else. The tests hold them
against each other.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal, InvalidOperation
from functools import cached_property
from io import BytesIO
from math import isfinite
from typing import TYPE_CHECKING, Final, NamedTuple

from finsam_desktop.errors import UserError
from finsam_desktop.sources import number_formats
from finsam_desktop.sources.container import damaged, refuse_declarations
from finsam_desktop.sources.number_formats import FormatKind
from finsam_desktop.sources.workbook import (
    MAX_COLUMN,
    MAX_ROW,
    RawValue,
    Sheet,
    column_letters,
    column_number,
    split_address,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

#: Cells of a sheet counted with the empty ones to the left of and between them.
MAX_PLACES: Final = 8_000_000

#: One cell element as written, "" for what is missing: letters, row, style, type, formula element, value, inline text.
_Written = tuple[str, ...]

#: Possessive quantifiers (++, *+, ?+) never look back: four times as fast on a real sheet.
_CELL: Final = re.compile(
    r'<c r="([A-Z]{1,3}+)([0-9]{1,7}+)"(?: s="([0-9]{1,5}+)")?+(?: t="([A-Za-z]{1,9}+)")?+(?:/>|>'
    r"(<f(?: [^<>/]*+)?+(?:/>|>[^<]*+</f>))?+"
    r"(?:<v/>|<v(?: [^<>/]*+)?+>([^<]*+)</v>)?+"
    r"(?:<is>(?:<t/>|<t(?: [^<>/]*+)?+>([^<]*+)</t>)</is>)?+"
    r"</c>)"
)
_NUMBER: Final = -1
_STRING: Final = -2
_LOGICAL: Final = -3
_INLINE: Final = -4
_WAYS: Final = {"": _NUMBER, "n": _NUMBER, "s": _STRING, "b": _LOGICAL, "inlineStr": _INLINE}
#: Rows of a table mostly have the same shape; a sheet with more shapes than this is no table.
_MOST_SHAPES: Final = 500
#: Bytes of a sheet that are taken at a time.
_PIECE: Final = 2**18
#: A number of at most this many characters has no more digits than Excel shows, and is exact as it stands.
_EXACT: Final = 15
_ENTITY: Final = re.compile(r"&(?:#([0-9]+)|#x([0-9A-Fa-f]+)|(lt|gt|amp|quot|apos));")
_LETTER: Final = re.compile(r"(&#(1[6-9][0-9]|[2-9][0-9]{2}|[1-9][0-9]{3});)")
_NAMED: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MERGED: Final = re.compile(r'<mergeCell ref="([A-Z0-9:]+)"')


@dataclass(frozen=True, kw_only=True)
class SheetReader:
    """Reads sheets of one workbook: its shared strings, the number format of each style, and where its days begin."""

    file_name: str
    strings: tuple[str, ...]
    formats: tuple[str, ...]
    from_1904: bool

    def sheet(self, content: bytes, name: str, hidden: bool) -> Sheet:
        """The sheet in ``content``; UserError naming file and sheet when it cannot be read."""
        try:
            return self._plain(content, name, hidden)
        except (_NotPlainError, UserError):
            pass  # The general way decides whether the sheet is damaged.
        refuse_declarations(content, f"{self.file_name}, bladet {name}")
        return self._general(content, name, hidden)

    def _plain(self, content: bytes, name: str, hidden: bool) -> Sheet:
        start, end = content.find(b"<sheetData"), content.rfind(b"</sheetData>")
        if start < 0 or end < 0:
            raise _NotPlainError
        frame = plain_text_of(content[:start] + content[end:])
        if frame is None:
            raise _NotPlainError
        collected = _Collected(self, name, escaped=True)
        # In pieces, because a worker that works on all of it at once would hold up the window's thread.
        for text in _pieces(content, start, end):
            found = 0
            for row in text.split("</row>"):
                if cells := _CELL.findall(row):
                    found += len(cells)
                    collected.add_row(int(cells[0][1]), cells)
            # Also counts <color> and the like inside rich text, which is then read the general way.
            if found != text.count("<c"):
                raise _NotPlainError
        return collected.sheet(hidden, tuple(_MERGED.findall(frame)))

    def _general(self, content: bytes, name: str, hidden: bool) -> Sheet:
        merged: list[str] = []
        collected = _Collected(self, name, escaped=False)
        try:
            for row, cells in general_rows(content, merged):
                collected.add_row(row, cells)
        except SyntaxError as error:  # lxml's XMLSyntaxError is one
            raise damaged(f"{self.file_name}, bladet {name}", str(error)) from error
        return collected.sheet(hidden, tuple(merged))

    @cached_property
    def dated(self) -> tuple[bool, ...]:
        """For each style, whether it shows days or times."""
        moments = (FormatKind.DATE, FormatKind.TIME)
        return tuple(number_formats.kind(code) in moments for code in self.formats)

    def string(self, index: str) -> str | None:
        """The shared string with that number, or None."""
        place = int(index) if index.isdecimal() else -1
        return self.strings[place] if 0 <= place < len(self.strings) else None


class _NotPlainError(Exception):
    """The pattern did not account for every cell element."""


class _Shape(NamedTuple):
    """What the rows of a table have in common: how each cell is read, and the styles."""

    ways: tuple[int, ...]
    styles: array[int] | None


class _Collected:
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
        self._shapes: dict[tuple[tuple[str, ...], ...], _Shape | None] = {}

    def add_row(self, row: int, cells: Sequence[_Written]) -> None:
        """Take in the cells of ``row``, which must come after the rows before it."""
        letters, rows, styles, kinds, formulas, texts, inlines = zip(*cells, strict=True)
        key = (letters, styles, kinds)
        shape = self._shapes.get(key)
        if shape is None and key not in self._shapes and len(self._shapes) < _MOST_SHAPES:
            shape = self._shapes[key] = self._shape(letters, styles, kinds)
        if shape is None or any(formulas) or rows.count(rows[0]) != len(rows):
            self._add_any_row(row, cells)
            return
        strings, ways = self._reader.strings, shape.ways
        values: list[RawValue] = []
        for way, text, inline in zip(ways, texts, inlines, strict=True):
            if way == _NUMBER:
                value: RawValue = _number(text)
            elif way == _INLINE:
                value = self._text(inline) if inline and not text else None
            elif way == _STRING:
                place = int(text) if text.isdecimal() else -1
                value = strings[place] if 0 <= place < len(strings) else None
            elif way == _LOGICAL:
                value = text == "1" if text else None
            else:
                value = self._moment(text, way)[0]
            if value is None:
                self._add_any_row(row, cells)
                return
            values.append(value)
        self._append(row, values, shape.styles)

    def _shape(
        self, letters: tuple[str, ...], styles: tuple[str, ...], kinds: tuple[str, ...]
    ) -> _Shape | None:
        """How rows with such cells are read; None when they leave out a column or hold another kind of value."""
        if any(self._column(each) != place for place, each in enumerate(letters, start=1)):
            return None
        if any(kind not in _WAYS for kind in kinds):
            return None
        numbers = [self._style_of[text] if text in self._style_of else self._style(text) for text in styles]
        dated = self._reader.dated
        ways = [
            number if _WAYS[kind] == _NUMBER and dated[number] else _WAYS[kind]
            for kind, number in zip(kinds, numbers, strict=True)
        ]
        return _Shape(ways=tuple(ways), styles=array("H", numbers) if any(numbers) else None)

    def _add_any_row(self, row: int, cells: Sequence[_Written]) -> None:
        dated, style_of, column_of = self._reader.dated, self._style_of, self._column_of
        row_text = str(row)
        values: list[RawValue] = []
        styles: list[int] = []
        width = 0
        kept = 0  # Cells up to this column stay although they have no value.
        for letters, written_row, style_text, kind, formula, text, inline in cells:
            column = column_of.get(letters) or self._column(letters)
            if written_row != row_text or column <= width:
                raise self._damaged(row)
            if column - width > 1:
                values.extend((None,) * (column - width - 1))
                styles.extend((0,) * (column - width - 1))
            width = column
            style = style_of.get(style_text)
            if style is None:
                style = self._style(style_text)
            if formula:
                self._formulas.append((row, column))
                kept = column
            if text and (not kind or kind == "n") and not dated[style]:
                value: RawValue = _number(text)
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
        self._append(row, values, array("H", styles) if any(styles) else None)

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

    def _append(self, row: int, values: list[RawValue], styles: array[int] | None) -> None:
        empty = row - len(self._values) - 1
        if empty < 0 or row > MAX_ROW:
            raise self._damaged(row)
        if empty:
            self._values.extend(((),) * empty)
            self._styles.extend((None,) * empty)
        self._values.append(tuple(values))
        self._styles.append(styles)
        self._places += len(values) + empty
        if self._places > MAX_PLACES:
            raise UserError(
                f"Bladet {self._name} i {self._reader.file_name} är för stort att läsa.",
                advice="Spara den del som behövs i en egen arbetsbok.",
            )

    def _column(self, letters: str) -> int:
        column = self._column_of[letters] = column_number(letters)
        if column > MAX_COLUMN:
            raise self._damaged(len(self._values) + 1)
        return column

    def _style(self, text: str) -> int:
        """The place of a style's format; a style that is not there is the usual one."""
        style = int(text)
        style = self._style_of[text] = style if style < len(self._reader.dated) else 0
        return style

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
        number = _number(text)
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


def _pieces(content: bytes, start: int, end: int) -> Iterator[str]:
    """The rows between ``start`` and ``end`` as text, some at a time; _NotPlainError if something could hide cells."""
    while start < end:
        stop = content.rfind(b"</row>", start, start + _PIECE) + 6 if start + _PIECE < end else end
        if stop <= start + 6:
            found = content.find(b"</row>", start + _PIECE - 6, end)
            stop = found + 6 if found >= 0 else end
        piece = content[start:stop]
        if b"<!" in piece or b"<?" in piece or b'xmlns="' in piece:
            raise _NotPlainError
        try:
            yield _letters(piece.decode("utf-8"))
        except UnicodeDecodeError as error:
            raise _NotPlainError from error
        start = stop


def plain_text_of(content: bytes) -> str | None:
    """``content`` as text when nothing in it could hide a cell from the pattern or show it one that is not there."""
    if not content[-64:].rstrip().endswith(b"</worksheet>"):
        return None
    if b"<!" in content or content.find(b"<?", 5) >= 0 or content.count(b'xmlns="') != 1:
        return None
    if not content.startswith((b"<?xml", b"<worksheet", b"\xef\xbb\xbf<")):
        return None
    declaration = content[: content.find(b">") + 1].lower()
    if b"encoding=" in declaration and b"utf-8" not in declaration:
        return None
    try:
        return _letters(content.decode("utf-8"))
    except UnicodeDecodeError:
        return None


def _letters(text: str) -> str:
    """``text`` with letters for their numbers (&#229; for å, as some programs write), which cannot be taken for XML."""
    if "&#" in text:
        for entity, code in set(_LETTER.findall(text)):
            text = text.replace(entity, chr(int(code)))
    return text


def general_rows(content: bytes, merged: list[str]) -> Iterator[tuple[int, list[_Written]]]:
    """The rows with cells of any worksheet XML, with their numbers; merged ranges are added to ``merged``."""
    from lxml import etree

    events = etree.iterparse(
        BytesIO(content),
        events=("end",),
        tag=("{*}row", "{*}mergeCell"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    row = 0
    for _, element in events:
        if etree.QName(element).localname == "mergeCell":
            merged.append(element.get("ref", ""))
            continue
        written = element.get("r", "")
        row = int(written) if written.isdecimal() else row + 1
        cells: list[_Written] = []
        column = 0
        for cell in element.iterchildren("{*}c"):
            try:
                row, column = split_address(cell.get("r") or "")
            except ValueError:
                column += 1
            cells.append((column_letters(column), str(row), *_parts(cell)))
        if cells:
            yield row, cells
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def plain_text(item: _Element) -> str:
    """The text of a string item: its runs joined, without the reading aids (rPh) of Japanese."""
    texts = list(item.iterchildren("{*}t"))
    texts += [text for run in item.iterchildren("{*}r") for text in run.iterchildren("{*}t")]
    return unescape("".join(text.text or "" for text in texts))


def unescape(text: str) -> str:
    """Text with SpreadsheetML's escapes of control characters (_x000D_) turned back, and line ends as newlines."""
    if "_x" in text:
        text = _ESCAPED.sub(_escaped, text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _number(text: str) -> Decimal | float | None:
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


def _parts(cell: _Element) -> tuple[str, str, str, str, str]:
    """Style, type, formula, value and inline text of a cell element, as the pattern gives them."""
    style = cell.get("s", "")
    formula = value = inline = ""
    for child in cell.iterchildren("{*}f", "{*}v", "{*}is"):
        name = child.tag.rpartition("}")[2]
        if name == "f":
            formula = "<f>"
        elif name == "is":
            inline = plain_text(child)
        else:
            value = child.text or ""
    return style if style.isdecimal() else "", cell.get("t", ""), formula, value, inline


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

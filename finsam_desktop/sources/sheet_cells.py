"""The cells of one worksheet part, read in one pass.

Two ways find the same cells. The plain one matches each cell by pattern in the text as Excel, LibreOffice and most
programs write it, which is three times as fast; it is used only when the pattern accounts for every cell element
there. The general one walks the XML and is right for everything else. The tests hold them
against each other.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Final

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

#: One cell element as written: column letters, row, style, type, formula element, value, inline text.
_Written = tuple[str | None, ...]

_CELL: Final = re.compile(
    r'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="([0-9]{1,5})")?(?: t="([A-Za-z]{1,9})")?(?:/>|>'
    r"(<f(?: [^<>]*)?(?:/>|>[^<]*</f>))?"
    r"(?:<v/>|<v(?: [^<>]*)?>([^<]*)</v>)?"
    r"(?:<is>(?:<t/>|<t(?: [^<>]*)?>([^<]*)</t>)</is>)?"
    r"</c>)"
)
_ENTITY: Final = re.compile(r"&(?:#([0-9]+)|#x([0-9A-Fa-f]+)|(lt|gt|amp|quot|apos));")
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
        refuse_declarations(content, f"{self.file_name}, bladet {name}")
        text = plain_text_of(content)
        if text is not None:
            try:
                return self._plain(text, name, hidden)
            except (_NotPlainError, UserError):
                pass  # The general way decides whether the sheet is damaged.
        return self._general(content, name, hidden)

    def _plain(self, text: str, name: str, hidden: bool) -> Sheet:
        start, end = text.find("<sheetData"), text.rfind("</sheetData>")
        collected = _Collected(self, name)
        found = collected.add(map(re.Match.groups, _CELL.finditer(text, start, max(end, 0))), escaped=True)
        # Also counts <color> and the like inside rich text, which is then read the general way.
        if start < 0 or found != text.count("<c", start, max(end, 0)):
            raise _NotPlainError
        merged = _MERGED.findall(text, max(end, 0))
        return collected.sheet(hidden, tuple(merged))

    def _general(self, content: bytes, name: str, hidden: bool) -> Sheet:
        merged: list[str] = []
        collected = _Collected(self, name)
        try:
            collected.add(general_cells(content, merged), escaped=False)
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


class _Collected:
    """The rows of one sheet as they grow."""

    def __init__(self, reader: SheetReader, name: str) -> None:
        self._reader = reader
        self._name = name
        self._values: list[tuple[RawValue, ...]] = []
        self._styles: list[array[int] | None] = []
        self._errors: dict[tuple[int, int], str] = {}
        self._formulas: list[tuple[int, int]] = []
        self._places = 0

    def add(self, cells: Iterable[_Written], *, escaped: bool) -> int:
        """Take in ``cells`` in the file's order and return their number. ``escaped``: texts have XML entities left."""
        reader, dated = self._reader, self._reader.dated
        columns: dict[str | None, int] = {}
        styles: dict[str | None, int] = {None: 0}
        errors, formulas = self._errors, self._formulas
        values: list[RawValue] = []
        row_styles: list[int] = []
        row, row_text, found, last = 1, "1", 0, 0
        for letters, number, style_text, kind, formula, text, inline in cells:
            found += 1
            if number != row_text:
                row_text, before = number or "", row
                row = int(row_text)
                self._finish_row(before, row, values, row_styles, last)
                values, row_styles, last = [], [], 0
            column = columns.get(letters)
            if column is None:
                column = columns[letters] = column_number(letters or "")
            gap = column - len(values) - 1
            if gap:
                if gap < 0 or column > MAX_COLUMN:
                    raise self._damaged(row)
                values.extend((None,) * gap)
                row_styles.extend((0,) * gap)
            style = styles.get(style_text)
            if style is None:
                style = int(style_text or 0)
                style = styles[style_text] = style if style < len(dated) else 0
            row_styles.append(style)
            if formula is not None:
                formulas.append((row, column))
                last = column
            if (kind is None or kind == "n") and text:
                value: RawValue
                try:
                    value = number_read = float(text)
                except ValueError:
                    value = None
                    errors[row, column] = "#VALUE!"
                    last = column
                else:
                    if dated[style]:
                        moment = number_formats.moment(number_read, from_1904=reader.from_1904)
                        value = number_read if moment is None else moment
                    elif not -1e308 < number_read < 1e308:
                        value = None
                        errors[row, column] = "#NUM!"
                        last = column
                values.append(value)
                continue
            written = inline if text is None else text
            if written is not None and escaped and "&" in written:
                written = _ENTITY.sub(_entity, written)
            value, error = self._other(kind or "n", written)
            values.append(value)
            if error:
                errors[row, column] = error
                last = column
        self._finish_row(row, row + 1, values, row_styles, last)
        return found

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

    def _finish_row(
        self, row: int, following: int, values: list[RawValue], styles: list[int], last: int
    ) -> None:
        """Keep the row up to its last value, or to column ``last`` that has an error or a formula without a value."""
        if not row < following <= MAX_ROW + 1:
            raise self._damaged(following)
        while len(values) > last and values[-1] is None:
            values.pop()
            styles.pop()
        self._values.append(tuple(values))
        self._styles.append(array("H", styles) if any(styles) else None)
        empty = following - row - 1
        if empty:
            self._values.extend(((),) * empty)
            self._styles.extend((None,) * empty)
        self._places += len(values) + empty
        if self._places > MAX_PLACES:
            raise UserError(
                f"Bladet {self._name} i {self._reader.file_name} är för stort att läsa.",
                advice="Spara den del som behövs i en egen arbetsbok.",
            )

    def _other(self, kind: str, text: str | None) -> tuple[RawValue, str]:
        """Value and error of a cell that is no number (ECMA-376 part 1, 18.18.11 ST_CellType)."""
        if kind == "inlineStr":
            return unescape(text or ""), ""
        if text is None or (kind == "n" and not text.strip()):
            return None, ""
        if kind == "s":
            found = self._reader.string(text)
            return found, "" if found is not None else "#REF!"
        if kind == "str":
            return unescape(text), ""
        if kind == "b":
            return text.strip() == "1", ""
        if kind == "d":
            return _iso_moment(text), ""
        return None, text if kind == "e" and text else "#VALUE!"

    def _damaged(self, row: int) -> UserError:
        return UserError(
            f"Bladet {self._name} i {self._reader.file_name} är skadat vid rad {row}.",
            advice="Öppna filen i Excel, låt Excel reparera den och spara den. Lägg sedan in den igen.",
        )


def plain_text_of(content: bytes) -> str | None:
    """``content`` as text when nothing in it could hide a cell from the pattern or show it one that is not there."""
    if not content.rstrip().endswith(b"</worksheet>"):
        return None
    if b"<!" in content or content.find(b"<?", 5) >= 0 or content.count(b'xmlns="') != 1:
        return None
    if not content.startswith((b"<?xml", b"<worksheet", b"\xef\xbb\xbf<")):
        return None
    declaration = content[: content.find(b">") + 1].lower()
    if b"encoding=" in declaration and b"utf-8" not in declaration:
        return None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return None


def general_cells(content: bytes, merged: list[str]) -> Iterator[_Written]:
    """The cells of any worksheet XML, row by row; merged ranges are added to ``merged``."""
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
        column = 0
        for cell in element.iterchildren("{*}c"):
            try:
                row, column = split_address(cell.get("r") or "")
            except ValueError:
                column += 1
            yield (column_letters(column), str(row), *_parts(cell))
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


def _parts(cell: _Element) -> tuple[str | None, str | None, str | None, str | None, str | None]:
    """Style, type, formula, value and inline text of a cell element, as the pattern gives them."""
    style = cell.get("s")
    formula = value = inline = None
    for child in cell.iterchildren("{*}f", "{*}v", "{*}is"):
        name = child.tag.rpartition("}")[2]
        if name == "f":
            formula = child.text or ""
        elif name == "is":
            inline = plain_text(child)
        else:
            value = child.text
    return style if style and style.isdecimal() else None, cell.get("t"), formula, value, inline


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

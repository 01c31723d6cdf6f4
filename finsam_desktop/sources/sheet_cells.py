"""The cells of one worksheet part, read in one pass.

Two ways read the same cells. The plain one matches each cell by pattern in the bytes as Excel, LibreOffice and most
programs write them; it is used only when the XML is well formed and the pattern accounts for every cell element there.
The general one walks the XML and is right for everything else. tests/unit/sources/test_sheet_cells.py and the
property tests hold them against each other.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Final, NamedTuple

from finsam_desktop.errors import UserError
from finsam_desktop.sources import number_formats
from finsam_desktop.sources.container import check_well_formed
from finsam_desktop.sources.number_formats import FormatKind
from finsam_desktop.sources.workbook import MAX_COLUMN, MAX_ROW, RawValue, Sheet, column_number, split_address

if TYPE_CHECKING:
    from lxml.etree import _Element

#: Cells of a sheet counted with the empty ones to the left of and between them.
MAX_PLACES: Final = 20_000_000

_CELL: Final = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="([0-9]{1,5})")?(?: t="([A-Za-z]{1,9})")?(?:/>|>'
    rb"(<f(?: [^<>]*)?(?:/>|>[^<]*</f>))?"
    rb"(?:<v/>|<v(?: [^<>]*)?>([^<]*)</v>)?"
    rb"(?:<is>(?:<t/>|<t(?: [^<>]*)?>([^<]*)</t>)</is>)?"
    rb"</c>)"
)
_CELL_STARTS: Final = (b"<c ", b"<c>", b"<c/", b"<c\t", b"<c\r", b"<c\n")
_ENTITY: Final = re.compile(r"&(?:#([0-9]+)|#x([0-9A-Fa-f]+)|(lt|gt|amp|quot|apos));")
_NAMED: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MERGED: Final = re.compile(rb'<mergeCell ref="([A-Z0-9:]+)"')


class _Found(NamedTuple):
    """One cell element: column, row, style, type, whether it has a formula, and its text."""

    column: int
    row: int
    style: int
    type: str
    formula: bool
    text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetReader:
    """Reads sheets of one workbook: its shared strings, the number format of each style, and where its days begin."""

    file_name: str
    strings: tuple[str, ...]
    formats: tuple[str, ...]
    from_1904: bool

    def sheet(self, content: bytes, name: str, hidden: bool) -> Sheet:
        """The sheet in ``content``; UserError naming file and sheet when it cannot be read."""
        where = f"{self.file_name}, bladet {name}"
        check_well_formed(content, where)
        if may_be_plain(content):
            try:
                return self._collect(plain_cells(content), merged_plain(content), name, hidden)
            except (_NotPlainError, UserError):
                pass  # The general way decides whether the sheet is damaged.
        merged: list[str] = []
        return self._collect(general_cells(content, merged), merged, name, hidden)

    def _collect(self, cells: Iterator[_Found], merged: list[str], name: str, hidden: bool) -> Sheet:
        values: list[tuple[RawValue, ...]] = []
        styles: list[array[int] | None] = []
        errors: dict[tuple[int, int], str] = {}
        formulas: list[tuple[int, int]] = []
        row_values: list[RawValue] = []
        row_styles: list[int] = []
        current, places = 1, 0
        kinds = tuple(number_formats.kind(code) for code in self.formats)

        def finish_row() -> None:
            while row_values and row_values[-1] is None and (current, len(row_values)) not in marked:
                row_values.pop()
                row_styles.pop()
            values.append(tuple(row_values))
            styles.append(array("H", row_styles) if any(row_styles) else None)

        marked: set[tuple[int, int]] = set()
        for column, row, style, kind, formula, text in cells:
            if row != current:
                if row < current:
                    raise self._out_of_order(name, row)
                finish_row()
                places += len(row_values) + (row - current)
                values.extend(((),) * (row - current - 1))
                styles.extend((None,) * (row - current - 1))
                row_values, row_styles, current = [], [], row
                if places > MAX_PLACES:
                    raise self._too_spread(name)
            gap = column - len(row_values) - 1
            if gap:
                if gap < 0 or column > MAX_COLUMN or row > MAX_ROW:
                    raise self._out_of_order(name, row)
                row_values.extend((None,) * gap)
                row_styles.extend((0,) * gap)
            if style >= len(kinds):
                style = 0
            value, error = self._value(kind, text, kinds[style])
            row_values.append(value)
            row_styles.append(style)
            if error:
                errors[(row, column)] = error
                marked.add((row, column))
            if formula:
                formulas.append((row, column))
                marked.add((row, column))
        finish_row()
        while values and not values[-1]:
            values.pop()
            styles.pop()
        return Sheet(
            name=name,
            hidden=hidden,
            values=tuple(values),
            styles=tuple(styles),
            formats=self.formats,
            errors=errors,
            formulas=frozenset(formulas),
            merged=tuple(merged),
        )

    def _value(self, kind: str, text: str | None, shown: FormatKind) -> tuple[RawValue, str]:
        """Value and error of a cell of type ``kind`` (ECMA-376, ST_CellType) whose style shows ``shown``."""
        if text is None:
            return None, ""
        if kind == "s":
            index = int(text) if text.isdecimal() else -1
            return (self.strings[index], "") if 0 <= index < len(self.strings) else (None, "#REF!")
        if kind == "inlineStr" or kind == "str":
            return unescape(text), ""
        if kind == "b":
            return text.strip() == "1", ""
        if kind == "e":
            return None, text or "#VALUE!"
        if kind == "d":
            return _iso_moment(text), ""
        if not text.strip():
            return None, ""
        try:
            number = float(text)
        except ValueError:
            return None, "#VALUE!"
        if number != number or number in (float("inf"), float("-inf")):
            return None, "#NUM!"
        if shown in (FormatKind.DATE, FormatKind.TIME):
            moment = number_formats.moment(number, from_1904=self.from_1904)
            return (number if moment is None else moment), ""
        return number, ""

    def _out_of_order(self, sheet: str, row: int) -> UserError:
        return UserError(
            f"Bladet {sheet} i {self.file_name} är skadat vid rad {row}.",
            advice="Öppna filen i Excel, låt Excel reparera den och spara den. Lägg sedan in den igen.",
        )

    def _too_spread(self, sheet: str) -> UserError:
        return UserError(
            f"Bladet {sheet} i {self.file_name} är för stort att läsa.",
            advice="Spara den del som behövs i en egen arbetsbok.",
        )


class _NotPlainError(Exception):
    """The pattern did not account for every cell element."""


def may_be_plain(content: bytes) -> bool:
    """False when something in ``content`` could hide a cell from the pattern or show it one that is not there."""
    if b"<!" in content or content.find(b"<?", 5) >= 0 or content.count(b'xmlns="') != 1:
        return False
    if not content.startswith((b"<?xml", b"<worksheet", b"\xef\xbb\xbf<")):
        return False
    declaration = content[: content.find(b">") + 1].lower()
    return b"encoding=" not in declaration or b"utf-8" in declaration


def plain_cells(content: bytes) -> Iterator[_Found]:
    """The cells of plain ``content`` in the file's order; _NotPlainError at the end if any was missed."""
    columns: dict[bytes, int] = {}
    found = 0
    for match in _CELL.finditer(content):
        found += 1
        letters, row, style, kind, formula, value, inline = match.groups()
        column = columns.get(letters)
        if column is None:
            column = columns[letters] = column_number(letters.decode("ascii"))
        raw = inline if value is None else value
        text: str | None = None
        if raw is not None:
            text = raw.decode("utf-8")
            if "&" in text:
                text = _ENTITY.sub(_entity, text)
        elif kind == b"inlineStr":
            text = ""
        yield _Found(
            column,
            int(row),
            int(style) if style else 0,
            kind.decode("ascii") if kind else "n",
            formula is not None,
            text,
        )
    if found != sum(content.count(start) for start in _CELL_STARTS):
        raise _NotPlainError


def merged_plain(content: bytes) -> list[str]:
    """The merged ranges of plain ``content``."""
    return [ref.decode("ascii") for ref in _MERGED.findall(content, max(content.rfind(b"</sheetData>"), 0))]


def general_cells(content: bytes, merged: list[str]) -> Iterator[_Found]:
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
            yield _found(cell, row, column)
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def plain_text(item: _Element) -> str:
    """The text of a string item: its runs joined, without the reading aids (rPh) of Japanese."""
    texts = [text for text in item.iterchildren("{*}t")]
    texts += [text for run in item.iterchildren("{*}r") for text in run.iterchildren("{*}t")]
    return unescape("".join(text.text or "" for text in texts))


def unescape(text: str) -> str:
    """Text with SpreadsheetML's escapes of control characters (_x000D_) turned back, and line ends as newlines."""
    if "_x" in text:
        text = _ESCAPED.sub(_escaped, text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _found(cell: _Element, row: int, column: int) -> _Found:
    style, kind = cell.get("s", ""), cell.get("t", "n")
    formula, text = False, None
    for child in cell.iterchildren("{*}f", "{*}v", "{*}is"):
        name = child.tag.rpartition("}")[2]
        if name == "f":
            formula = True
        elif name == "is":
            text = plain_text(child)
        elif len(child) or child.text is not None or kind == "str":
            text = child.text or ""
    if kind == "inlineStr" and text is None:
        text = ""
    return _Found(column, row, int(style) if style.isdecimal() else 0, kind, formula, text)


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

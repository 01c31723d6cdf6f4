"""The cells of one worksheet part, read in one pass.

Two ways find the same cells. The plain one matches each cell by pattern in the text as Excel, LibreOffice and most
programs write it, rows that are written alike many at a time (row_shapes.py); it is used only when the patterns account
for every cell element there. The general one walks the XML and is right for everything else. The tests hold them
against each other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Final

from finsam_desktop.errors import UserError
from finsam_desktop.sources import number_formats
from finsam_desktop.sources.cell_rows import CellRows, Written, unescape
from finsam_desktop.sources.container import damaged, refuse_declarations
from finsam_desktop.sources.number_formats import FormatKind
from finsam_desktop.sources.row_shapes import RowShapes, Shape
from finsam_desktop.sources.workbook import Sheet, column_letters, split_address

if TYPE_CHECKING:
    from lxml.etree import _Element

Step = Callable[[], object]

#: Possessive quantifiers (++, *+, ?+) never look back: four times as fast on a real sheet.
_CELL: Final = re.compile(
    r'<c r="([A-Z]{1,3}+)([0-9]{1,7}+)"(?: s="([0-9]{1,5}+)")?+(?: t="([A-Za-z]{1,9}+)")?+(?:/>|>'
    r"(<f(?: [^<>/]*+)?+(?:/>|>[^<]*+</f>))?+"
    r"(?:<v/>|<v(?: [^<>/]*+)?+>([^<]*+)</v>)?+"
    r"(?:<is>(?:<t/>|<t(?: [^<>/]*+)?+>([^<]*+)</t>)</is>)?+"
    r"</c>)"
)
#: Bytes of a sheet that are taken at a time.
_PIECE: Final = 2**18
#: From this size on numbers are kept as doubles: decimals would take four times the memory.
_LARGE: Final = 2**20
#: Shapes of the rows just above that a row is held against.
_RECENT: Final = 4
_MERGED: Final = re.compile(r'<mergeCell ref="([A-Z0-9:]+)"')


@dataclass(frozen=True, kw_only=True)
class SheetReader:
    """Reads sheets of one workbook: its shared strings, the number format of each style, and where its days begin."""

    file_name: str
    strings: tuple[str, ...]
    formats: tuple[str, ...]
    from_1904: bool

    def sheet(self, content: bytes, name: str, hidden: bool, step: Step | None = None) -> Sheet:
        """The sheet in ``content``; UserError naming file and sheet when it cannot be read.

        ``step`` is called now and then and may raise to stop the reading.
        """
        try:
            return self._plain(content, name, hidden, step)
        except (_NotPlainError, UserError):
            pass  # The general way decides whether the sheet is damaged.
        refuse_declarations(content, f"{self.file_name}, bladet {name}")
        return self._general(content, name, hidden, step)

    def _plain(self, content: bytes, name: str, hidden: bool, step: Step | None) -> Sheet:
        start, end = content.find(b"<sheetData"), content.rfind(b"</sheetData>")
        if start < 0 or end < 0:
            raise _NotPlainError
        frame = plain_text_of(content[:start] + content[end:])
        if frame is None:
            raise _NotPlainError
        rows = CellRows(self, name, escaped=True)
        runs = _Runs(rows, exact=end - start < _LARGE)
        # In pieces, because a worker that works on all of it at once would hold up the window's thread.
        for text in _pieces(content, start, end):
            if step is not None:
                step()
            # Also counts <color> and the like inside rich text, which is then read the general way.
            if runs.take(text) != text.count("<c"):
                raise _NotPlainError
        return rows.sheet(hidden, tuple(_MERGED.findall(frame)))

    def _general(self, content: bytes, name: str, hidden: bool, step: Step | None) -> Sheet:
        merged: list[str] = []
        collected = CellRows(self, name, escaped=False)
        try:
            for row, cells in general_rows(content, merged):
                if step is not None and not row % 1_000:
                    step()
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


class _Runs:
    """Takes in the rows of text, those that are written alike together."""

    def __init__(self, rows: CellRows, *, exact: bool) -> None:
        self._rows = rows
        self._exact = exact
        self._shapes = RowShapes(rows)
        self._recent: list[Shape] = []
        self._run: list[tuple[str, ...]] = []
        self._texts: list[str] = []

    def take(self, text: str) -> int:
        """Take in every row of ``text``; the number of cells that were found."""
        found = 0
        for row in text.split("</row>"):
            for shape in self._recent:
                if same := shape.pattern.fullmatch(row):
                    self._begin(shape)
                    self._run.append(same.groups())
                    self._texts.append(row)
                    found += shape.cells
                    break
            else:
                if cells := _CELL.findall(row):
                    self._end_run()
                    found += len(cells)
                    self._rows.add_row(int(cells[0][1]), cells)
                    if new := self._shapes.of(cells):
                        self._begin(new)
        self._end_run()
        return found

    def _begin(self, shape: Shape) -> None:
        """The rows that follow are of ``shape``, the one seen last."""
        if self._recent and self._recent[0] is shape:
            return
        self._end_run()
        self._recent = [shape, *(each for each in self._recent if each is not shape)][:_RECENT]

    def _end_run(self) -> None:
        run, texts = self._run, self._texts
        if not run:
            return
        self._run, self._texts = [], []
        if not self._rows.add_run(self._recent[0], run, exact=self._exact):
            for row in texts:
                cells = _CELL.findall(row)
                self._rows.add_row(int(cells[0][1]), cells)


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
            yield piece.decode("utf-8")
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
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return None


def general_rows(content: bytes, merged: list[str]) -> Iterator[tuple[int, list[Written]]]:
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
        cells: list[Written] = []
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

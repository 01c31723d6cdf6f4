"""What is pasted from Word, Outlook or a web page, cleaned to Markdown: words, lists, tables, bold, italic, links.

Fonts, colours, comments and pictures stay behind; no word of the text does. Word writes its lists as paragraphs with
a mark of their own (`mso-list`) and the bullet as text inside a conditional comment: the mark is kept, the bullet is
not, since Markdown's list makes a new one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from finsam_desktop.word.markdown_blocks import Block, Run, Table, blocks_text, cell_text
from finsam_desktop.word.office_html import OfficeHtmlParser

_SKIPPED = frozenset({"head", "style", "script", "title", "xml", "template", "noscript"})
_BLOCKS = frozenset(
    {"p", "div", "li", "tr", "blockquote", "section", "article", "header", "footer", "dt", "dd", "pre"}
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_WORD_LIST = re.compile(r"mso-list:\s*[^;]*?level(\d+)", re.IGNORECASE)
_WEIGHT = re.compile(r"font-weight:\s*(\w+)", re.IGNORECASE)
_SLANT = re.compile(r"font-style:\s*(\w+)", re.IGNORECASE)
_ORDERED_MARK = re.compile(r"^\W*[0-9a-zA-Z]{1,4}\s*[.)]")
_SPACES = re.compile(r"[ \t\r\n\f]+")


@dataclass(slots=True)
class _Style:
    """What an open tag changed."""

    tag: str
    bold: bool
    italic: bool
    link: str


class _Reader(OfficeHtmlParser):
    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[Block | Table] = []
        self._block = Block()
        self._lists: list[bool] = []
        self._styles: list[_Style] = []
        self._skipped = 0
        self._mark: str | None = None
        self._cell: list[Run] | None = None
        self._table: Table | None = None

    # -- tags ------------------------------------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        style = values.get("style", "")
        if tag in _SKIPPED:
            self._skipped += 1
        elif tag == "br":
            self._add("\n")
        elif tag in ("ul", "ol"):
            self._end_block()
            self._lists.append(tag == "ol")
        elif tag == "table" and self._table is None:
            self._end_block()
            self._table = Table()
            self.blocks.append(self._table)
        elif tag == "tr" and self._table is not None:
            self._table.rows.append([])
        elif tag in ("td", "th") and self._table is not None:
            self._cell = []
        elif tag in _BLOCKS or tag in _HEADINGS:
            self._start_block(tag, style)
        else:
            self._open_style(tag, values, style)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._skipped = max(0, self._skipped - 1)
        elif tag in ("ul", "ol"):
            self._end_block()
            if self._lists:
                self._lists.pop()
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag == "table":
            self._end_cell()
            self._table = None
        elif tag in _BLOCKS or tag in _HEADINGS:
            self._end_block()
        else:
            self._close_style(tag)

    def unknown_decl(self, data: str) -> None:
        """Word puts the bullet it shows in `<![if !supportLists]>…<![endif]>`."""
        if "supportlists" in data.lower():
            self._mark = ""
        elif data.lower().startswith("endif") and self._mark is not None:
            self._block.ordered = bool(_ORDERED_MARK.match(self._mark))
            self._mark = None

    def handle_data(self, data: str) -> None:
        if self._skipped:
            return
        if self._mark is not None:
            self._mark += data
            return
        self._add(_SPACES.sub(" ", data))

    # -- blocks ----------------------------------------------------------------------------------------

    def _start_block(self, tag: str, style: str) -> None:
        if self._cell is not None:
            if self._cell:
                self._cell.append(Run(" "))
            return
        self._end_block()
        level = len(self._lists) if tag == "li" or (self._lists and tag in ("p", "div")) else 0
        ordered = bool(self._lists and self._lists[-1])
        word = _WORD_LIST.search(style)
        if word is not None:
            level = int(word[1])
        self._block = Block(level=level, ordered=ordered, heading=_HEADINGS.get(tag, 0))

    def _end_block(self) -> None:
        if self._block.words:
            self.blocks.append(self._block)
            self._block = Block()
        else:
            # An empty paragraph keeps nothing but the place in the list that the next text takes.
            self._block = Block(level=self._block.level, ordered=self._block.ordered)
        if not self._lists and self._block.level:
            self._block = Block()

    def _end_cell(self) -> None:
        if self._cell is None or self._table is None:
            return
        text = cell_text(self._cell)
        if not self._table.rows:
            self._table.rows.append([])
        self._table.rows[-1].append(text)
        self._cell = None

    def _add(self, text: str) -> None:
        if not text:
            return
        if self._cell is not None:
            self._cell.append(Run(" ") if text == "\n" else self._run(text))
        else:
            self._block.runs.append(Run(text) if text == "\n" else self._run(text))

    # -- look ------------------------------------------------------------------------------------------

    def _open_style(self, tag: str, values: dict[str, str], style: str) -> None:
        now = self._styles[-1] if self._styles else _Style("", False, False, "")
        bold = now.bold or tag in ("b", "strong")
        italic = now.italic or tag in ("i", "em")
        weight, slant = _WEIGHT.search(style), _SLANT.search(style)
        if weight is not None:
            bold = weight[1] in ("bold", "bolder") or (weight[1].isdigit() and int(weight[1]) >= 600)
        if slant is not None:
            italic = slant[1] in ("italic", "oblique")
        link = values.get("href", "") if tag == "a" else now.link
        if not link.lower().startswith(("http://", "https://", "mailto:")) or set(link) & set(" ()<>"):
            link = ""
        if tag not in ("img", "hr", "meta", "link", "col", "input", "wbr"):
            self._styles.append(_Style(tag, bold, italic, link))

    def _close_style(self, tag: str) -> None:
        for place in range(len(self._styles) - 1, -1, -1):
            if self._styles[place].tag == tag:
                del self._styles[place:]
                return

    def _run(self, text: str) -> Run:
        now = self._styles[-1] if self._styles else _Style("", False, False, "")
        return Run(text, now.bold, now.italic, now.link)


def markdown_from_html(html: str) -> str:
    """The words of an HTML fragment as Markdown, in order.

    Headings are kept as headings, Word's and the web's lists as lists, tables as tables with their first row as head.
    An empty string when there are no words.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader._end_cell()
    reader._end_block()
    return blocks_text(reader.blocks)

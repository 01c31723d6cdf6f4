"""What is pasted from Word, Outlook or a web page, cleaned to Markdown: words, lists, tables, bold, italic, links.

Fonts, colours, comments and pictures stay behind; no word of the text does. Word writes its lists as paragraphs with
a mark of their own (`mso-list`) and the bullet as text inside a conditional comment: the mark is kept, the bullet is
not, since Markdown's list makes a new one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

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
_BLOCK_START = re.compile(r"^(\d{1,9})([.)])(?=\s|$)|^(>|[#+-](?=[#\s]|$))")
_TABLE_RULE = re.compile(r"^[\s|:-]*-[\s|:-]*$")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_INDENT = "   "


@dataclass(frozen=True, slots=True)
class _Run:
    """Text of one look. ``link`` is an address or empty."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""

    @property
    def look(self) -> tuple[bool, bool, str]:
        return self.bold, self.italic, self.link


@dataclass(slots=True)
class _Block:
    """A paragraph in the making. ``level`` 1– for list items, ``heading`` 1–6 for headings."""

    level: int = 0
    ordered: bool = False
    heading: int = 0
    runs: list[_Run] = field(default_factory=list)

    @property
    def words(self) -> bool:
        """Whether the block says anything."""
        return any(run.text.strip() for run in self.runs)


@dataclass(slots=True)
class _Table:
    rows: list[list[str]] = field(default_factory=list)


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
        self.blocks: list[_Block | _Table] = []
        self._block = _Block()
        self._lists: list[bool] = []
        self._styles: list[_Style] = []
        self._skipped = 0
        self._mark: str | None = None
        self._cell: list[_Run] | None = None
        self._table: _Table | None = None

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
            self._table = _Table()
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
                self._cell.append(_Run(" "))
            return
        self._end_block()
        level = len(self._lists) if tag == "li" or (self._lists and tag in ("p", "div")) else 0
        ordered = bool(self._lists and self._lists[-1])
        word = _WORD_LIST.search(style)
        if word is not None:
            level = int(word[1])
        self._block = _Block(level=level, ordered=ordered, heading=_HEADINGS.get(tag, 0))

    def _end_block(self) -> None:
        if self._block.words:
            self.blocks.append(self._block)
            self._block = _Block()
        else:
            # An empty paragraph keeps nothing but the place in the list that the next text takes.
            self._block = _Block(level=self._block.level, ordered=self._block.ordered)
        if not self._lists and self._block.level:
            self._block = _Block()

    def _end_cell(self) -> None:
        if self._cell is None or self._table is None:
            return
        text = _SPACES.sub(" ", _marked(self._cell)).strip().replace("|", "\\|")
        if not self._table.rows:
            self._table.rows.append([])
        self._table.rows[-1].append(text)
        self._cell = None

    def _add(self, text: str) -> None:
        if not text:
            return
        if self._cell is not None:
            self._cell.append(_Run(" ") if text == "\n" else self._run(text))
        else:
            self._block.runs.append(_Run(text) if text == "\n" else self._run(text))

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

    def _run(self, text: str) -> _Run:
        now = self._styles[-1] if self._styles else _Style("", False, False, "")
        return _Run(text, now.bold, now.italic, now.link)


def _marked(runs: list[_Run]) -> str:
    """The runs with Markdown's marks. A run that touches a marked one gets no marks: words before look."""
    merged: list[_Run] = []
    for run in runs:
        if merged and merged[-1].look == run.look:
            merged[-1] = _Run(merged[-1].text + run.text, *run.look)
        else:
            merged.append(run)
    out = ""
    for run in merged:
        touches = out.endswith(("*", ")")) and not run.text[:1].isspace()
        out += _escaped(run.text) if touches else _one_marked(run)
    return out


def _one_marked(run: _Run) -> str:
    # Marks stand against word characters only: beside punctuation Markdown may take them for text.
    edge = re.match(r"^(\W*)(.*?)(\W*)$", run.text, re.DOTALL)
    if edge is None or not edge[2] or "\n" in edge[2]:
        return _escaped(run.text)
    marks = "**" * run.bold + "*" * run.italic
    shown = f"{marks}{_escaped(edge[2])}{marks[::-1]}"
    if run.link and "[" not in edge[2] and "]" not in edge[2]:
        shown = f"[{shown}]({run.link})"
    return f"{_escaped(edge[1])}{shown}{_escaped(edge[3])}"


def _escaped(text: str) -> str:
    """Text that Markdown leaves as it is."""
    return re.sub(r"([*\\]|(?<!\w)_|_(?!\w)|(?<=\])(?=\())", r"\\\1", text)


def _protected(line: str) -> str:
    """A line that does not begin with a mark of Markdown's own."""
    if _TABLE_RULE.match(line):
        return line.replace("-", "\\-", 1)
    return _BLOCK_START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", line)


def _joined(text: str) -> str:
    """The text of a block: joined look, no spaces at the ends of its lines."""
    lines = [_SPACES.sub(" ", line).strip(" ") for line in text.strip("\n ").split("\n")]
    return "\n".join(_protected(line) for line in lines if line)


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
    parts: list[str] = []
    in_list = False
    for block in reader.blocks:
        if isinstance(block, _Table):
            text, listed = _table(block), False
        else:
            text, listed = _block_text(block), bool(block.level)
        if not text:
            continue
        if parts:
            parts.append("\n" if listed and in_list else "\n\n")
        parts.append(text)
        in_list = listed
    return "".join(parts)


def _block_text(block: _Block) -> str:
    text = _joined(_marked(block.runs))
    if not text:
        return ""
    if block.heading:
        return "#" * block.heading + " " + text.replace("\n", " ")
    if block.level:
        indent = _INDENT * (block.level - 1)
        mark = "1. " if block.ordered else "- "
        return indent + mark + text.replace("\n", f"\n{indent}{_INDENT}")
    return text


def _table(table: _Table) -> str:
    rows = [row for row in table.rows if any(row)]
    if not rows:
        return ""
    width = max(len(row) for row in rows)
    lines = ["| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])

"""Blocks of text as Markdown: what is pasted and what is read out of a Word file are written the same way.

Words before look: where Markdown's marks could be taken for text, the marks go.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

_BLOCK_START = re.compile(r"^(\d{1,9})([.)])(?=\s|$)|^(>|[#+-](?=[#\s]|$))")
_TABLE_RULE = re.compile(r"^[\s|:-]*-[\s|:-]*$")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_INDENT = "   "


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one look. ``link`` is an address or empty."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""

    @property
    def look(self) -> tuple[bool, bool, str]:
        return self.bold, self.italic, self.link


@dataclass(slots=True)
class Block:
    """A paragraph in the making. ``level`` 1– for list items, ``heading`` 1–6 for headings."""

    level: int = 0
    ordered: bool = False
    heading: int = 0
    runs: list[Run] = field(default_factory=list)

    @property
    def words(self) -> bool:
        """Whether the block says anything."""
        return any(run.text.strip() for run in self.runs)


@dataclass(slots=True)
class Table:
    rows: list[list[str]] = field(default_factory=list)


def blocks_text(blocks: Iterable[Block | Table]) -> str:
    """The blocks as Markdown, in order. A table has its first row as head. "" when there are no words."""
    parts: list[str] = []
    in_list = False
    for block in blocks:
        if isinstance(block, Table):
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


def cell_text(runs: list[Run]) -> str:
    """The runs as they stand in a cell of a table."""
    return _SPACES.sub(" ", marked(runs)).strip().replace("|", "\\|")


def marked(runs: list[Run]) -> str:
    """The runs with Markdown's marks. A run that touches a marked one gets no marks: words before look."""
    merged: list[Run] = []
    for run in runs:
        if merged and merged[-1].look == run.look:
            merged[-1] = Run(merged[-1].text + run.text, *run.look)
        else:
            merged.append(run)
    out = ""
    for run in merged:
        touches = out.endswith(("*", ")")) and not run.text[:1].isspace()
        out += _escaped(run.text) if touches else _one_marked(run)
    return out


def _one_marked(run: Run) -> str:
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


def _block_text(block: Block) -> str:
    text = _joined(marked(block.runs))
    if not text:
        return ""
    if block.heading:
        return "#" * block.heading + " " + text.replace("\n", " ")
    if block.level:
        indent = _INDENT * (block.level - 1)
        mark = "1. " if block.ordered else "- "
        return indent + mark + text.replace("\n", f"\n{indent}{_INDENT}")
    return text


def _table(table: Table) -> str:
    rows = [row for row in table.rows if any(row)]
    if not rows:
        return ""
    width = max(len(row) for row in rows)
    lines = ["| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])

"""Markdown to paragraphs of the template's own styles, never direct formatting.

Only marks that add look are read. What Markdown would make vanish or reinterpret (HTML, entities, code, link
definitions,
underlined headings, rules) is switched off and stays as the text it is: in minutes no character may disappear.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from finsam_desktop.word import escape
from finsam_desktop.word.blocks import paragraph
from finsam_desktop.word.rich import is_safe_target, link, run, span_style, styled
from finsam_desktop.word.values import Column, Markdown, MarkdownStyles, RichText, Row, Span, Table
from finsam_desktop.word.work import ParagraphPlace

if TYPE_CHECKING:
    from markdown_it.token import Token

    from finsam_desktop.word.work import Work

_OFF = (
    "code",
    "fence",
    "lheading",
    "hr",
    "reference",
    "html_block",
    "html_inline",
    "backticks",
    "entity",
    "autolink",
)
_DEEPEST = 8


@lru_cache(maxsize=1)
def _reader() -> Any:
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False, "maxNesting": 40}).enable(["table"])
    reader.disable(list(_OFF), ignoreInvalid=True)
    reader.validateLink = _any_link  # type: ignore[method-assign]
    reader.normalizeLink = _as_written  # type: ignore[method-assign]
    return reader


def warm_up() -> None:
    """Load the reader now rather than at the first text."""
    _reader()


def _any_link(url: str) -> bool:
    """An address that is not let through is printed as text instead."""
    return True


def _as_written(url: str) -> str:
    return url


@dataclass(slots=True)
class _List:
    """A list being read: its instance and whether the item's first paragraph has been written."""

    num_id: int
    numbered: bool
    fresh: bool = True


@dataclass(slots=True)
class _Writer:
    work: Work
    place: ParagraphPlace
    styles: MarkdownStyles
    shift: int
    breaks: bool
    out: list[str] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)
    quotes: int = 0


def markdown_xml(value: Markdown, work: Work, place: ParagraphPlace) -> str:
    """The paragraphs of the text. "" gives none."""
    text = escape.line_breaks(escape.check(value.text)).replace("\x00", "")
    if not text.strip():
        return ""
    writer = _Writer(work, place, value.styles, value.shift, value.breaks)
    _blocks(_reader().parse(text), writer)
    return "".join(writer.out)


def _blocks(tokens: list[Token], writer: _Writer) -> None:
    at = 0
    while at < len(tokens):
        token = tokens[at]
        kind = token.type
        if kind in ("bullet_list_open", "ordered_list_open"):
            writer.lists.append(_new_list(kind == "ordered_list_open", token, writer))
        elif kind in ("bullet_list_close", "ordered_list_close"):
            writer.lists.pop()
        elif kind == "list_item_open":
            writer.lists[-1].fresh = True
            if tokens[at + 1].type == "list_item_close":
                _paragraph("", writer)
        elif kind == "blockquote_open":
            writer.quotes += 1
        elif kind == "blockquote_close":
            writer.quotes -= 1
        elif kind == "heading_open":
            level = min(9, int(token.tag[1:]) + writer.shift)
            style = writer.work.styles.paragraph(writer.styles.heading.format(level=level))
            writer.out.append(paragraph(_inline(tokens[at + 1], writer), style))
            at += 2
        elif kind == "table_open":
            at = _table(tokens, at, writer)
        elif kind == "inline":
            _paragraph(_inline(token, writer), writer)
        at += 1


def _new_list(numbered: bool, token: Token, writer: _Writer) -> _List:
    styles, numbering = writer.work.styles, writer.work.numbering
    name = writer.styles.number if numbered else writer.styles.bullet
    style_num = styles.number_of(name)
    indent = styles.left_indent(writer.styles.paragraph or "Body Text")
    level = min(_DEEPEST, len(writer.lists))
    if not numbered:
        return _List(numbering.bullets(style_num, indent), False)
    start = token.attrGet("start")
    return _List(numbering.numbered(style_num, indent, int(start) if start is not None else 1, level), True)


def _paragraph(runs: str, writer: _Writer) -> None:
    styles = writer.work.styles
    if writer.lists:
        current = writer.lists[-1]
        level = min(_DEEPEST, len(writer.lists) - 1)
        if current.fresh:
            style = styles.paragraph(writer.styles.number if current.numbered else writer.styles.bullet)
            more = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{current.num_id}"/></w:numPr>'
            current.fresh = False
        else:  # the item's second paragraph: body text under the first one's text
            style, more = _continued(writer, level), ""
        writer.out.append(paragraph(runs, style, more=more))
    elif writer.quotes:
        writer.out.append(paragraph(runs, styles.paragraph(writer.styles.quote)))
    elif writer.styles.paragraph:
        writer.out.append(paragraph(runs, styles.paragraph(writer.styles.paragraph)))
    elif writer.place.style_id or writer.place.ppr:
        writer.out.append(paragraph(runs, None, writer.place))
    else:
        writer.out.append(paragraph(runs, styles.paragraph("Body Text")))


def _continued(writer: _Writer, level: int) -> str:
    """The style of a list item's second paragraph, which stands under the first one's text.

    The template's List Continue where body text has it, else the style of the text around with the list's indent.
    """
    from finsam_desktop.word.numbering import STEP

    styles = writer.work.styles
    body = styles.paragraph(writer.styles.paragraph or "Body Text")
    around = writer.place.style_id or body
    own = f"List Continue {level + 1}" if level else "List Continue"
    if around == body and styles.has("paragraph", own):
        return styles.paragraph(own)
    left = styles.left_indent(writer.styles.paragraph or "Body Text") + STEP * (level + 1)
    look = f'<w:pPr><w:ind w:left="{left}" w:firstLine="0"/></w:pPr>'
    return styles.variant(around, f"fortsättning {level + 1}", look)


def _inline(token: Token, writer: _Writer) -> str:
    return _spans(token.children or [], writer)


def _spans(children: list[Token], writer: _Writer) -> str:
    out: list[str] = []
    bold = italic = 0
    links: list[tuple[str, int]] = []
    for child in children:
        kind = child.type
        if kind == "text" or kind == "text_special":
            out.append(_run(child.content, bold, italic, bool(links), writer))
        elif kind == "softbreak":
            out.append(_run("\n" if writer.breaks else " ", bold, italic, bool(links), writer))
        elif kind == "hardbreak":
            out.append(_run("\n", bold, italic, bool(links), writer))
        elif kind in ("strong_open", "strong_close"):
            bold += 1 if kind.endswith("open") else -1
        elif kind in ("em_open", "em_close"):
            italic += 1 if kind.endswith("open") else -1
        elif kind == "link_open":
            links.append((str(child.attrGet("href") or ""), len(out)))
        elif kind == "link_close":
            target, begin = links.pop()
            out[begin:] = [_link(target, "".join(out[begin:]), writer)]
        elif kind == "image":
            out.append(_run(child.content, bold, italic, bool(links), writer))
            out.append(_run(f" ({child.attrGet('src')})", bold, italic, bool(links), writer))
        else:
            out.append(_run(child.content, bold, italic, bool(links), writer))
    return "".join(out)


def _run(text: str, bold: int, italic: int, linked: bool, writer: _Writer) -> str:
    work = writer.work
    if linked:
        return run(text, styled("", work.styles.character(writer.styles.link)))
    if not bold and not italic:
        return run(text)
    style = ""
    if bold and not italic:
        style = writer.styles.strong
    elif italic and not bold:
        style = writer.styles.emphasis
    return run(
        text, styled("", span_style(Span(text="", bold=bool(bold), italic=bool(italic), style=style), work))
    )


def _link(target: str, runs: str, writer: _Writer) -> str:
    if is_safe_target(target):
        return link(target, runs, writer.work)
    return f"{runs}{run(f' ({target})')}" if target else runs


def _table(tokens: list[Token], start: int, writer: _Writer) -> int:
    """Write the table that begins at ``start``; give back where it ends."""
    rows: list[tuple[RichText, ...]] = []
    aligns: list[str] = []
    cells: list[RichText] = []
    at = start
    while tokens[at].type != "table_close":
        token = tokens[at]
        if token.type == "th_open":
            aligns.append(str(token.attrGet("style") or ""))
        elif token.type == "inline":
            cells.append(RichText((_Finished(_inline(token, writer)),)))
        elif token.type == "tr_close":
            rows.append(tuple(cells))
            cells = []
        at += 1
    from finsam_desktop.word.tables import table_xml

    columns = tuple(
        Column(align="right" if "right" in style else "center" if "center" in style else "left")
        for style in aligns
    )
    table = Table(
        columns=columns, rows=tuple(Row(cells=cells) for cells in rows[1:]), style=writer.styles.table
    )
    writer.out.append(table_xml(table, writer.work, titles=rows[0]))
    return at


class _Finished(str):
    """Runs already written, passed through a table cell."""

    __slots__ = ()


def is_finished(value: object) -> bool:
    """Whether the text is runs already written."""
    return isinstance(value, _Finished)

"""Paragraphs, tables and fields as WordprocessingML, each a small function that returns text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from .measures import INK, LETTERHEAD_HEIGHT, dxa, eighths, twips
from .stylesheet import style_id


def run(text: str, style: str = "") -> str:
    """A run; tabs and line ends in ``text`` become Word's own. ``style`` is a character style's shown
    name."""
    properties = f'<w:rPr><w:rStyle w:val="{style_id(style)}"/></w:rPr>' if style else ""
    content = ""
    for piece in _pieces(text):
        if piece == "\t":
            content += "<w:tab/>"
        elif piece == "\n":
            content += "<w:br/>"
        else:
            content += f'<w:t xml:space="preserve">{escape(piece)}</w:t>'
    return f"<w:r>{properties}{content}</w:r>"


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for character in text:
        if character in "\t\n" or not pieces or pieces[-1] in "\t\n":
            pieces.append(character)
        else:
            pieces[-1] += character
    return pieces


def field(instruction: str, cached: str) -> str:
    """A field with the value it shows until Word works it out anew."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f"{run(cached)}"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def bookmark(name: str, content: str, number: int) -> str:
    """``content`` inside a bookmark."""
    return (
        f'<w:bookmarkStart w:id="{number}" w:name={quoteattr(name)}/>{content}<w:bookmarkEnd'
        f' w:id="{number}"/>'
    )


def paragraph(
    style: str,
    *content: str,
    page_break: bool = False,
    before: float | None = None,
    keep_next: bool | None = None,
) -> str:
    """A paragraph of a style. Content that does not begin with a tag of markup is text.

    ``page_break`` starts a new page and takes the space above away, which would stay at the page's top.
    """
    properties = f'<w:pStyle w:val="{style_id(style)}"/>' if style != "Normal" else ""
    if keep_next is not None:
        properties += "<w:keepNext/>" if keep_next else '<w:keepNext w:val="0"/>'
    if page_break:
        properties += '<w:pageBreakBefore/><w:spacing w:before="0"/>'
    elif before is not None:
        properties += f'<w:spacing w:before="{twips(before)}"/>'
    runs = "".join(part if part.startswith("<w:") else run(part) for part in content)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}</w:p>"


def code(tag: str) -> str:
    """A paragraph that only steers the template; it is gone in the finished document."""
    return paragraph("Mallkod", tag)


def when(condition: str, *content: str) -> str:
    """``content`` only when the condition holds."""
    return code(f"{{%p if {condition} %}}") + "".join(content) + code("{%p endif %}")


def each(name: str, values: str, *content: str) -> str:
    """``content`` once for every value."""
    return code(f"{{%p for {name} in {values} %}}") + "".join(content) + code("{%p endfor %}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell: its text (tags and all), paragraph style, and how many columns it covers."""

    text: str
    style: str = "Tabelltext"
    span: int = 1


def row(widths: Sequence[float], cells: Sequence[Cell], *, kind: str = "row") -> str:
    """A row that is never split over pages.

    ``kind``: header (repeated on every page), row, sum, bare (no rules), letterhead, key_head and key_foot
    (key figures); above, within and last are rows that belong together, without rules between them.
    """
    header = "<w:tblHeader/>" if kind in ("header", "key_head") else ""
    made = ""
    place = 0
    for cell in cells:
        width = sum(widths[place : place + cell.span])
        place += cell.span
        made += _cell(cell, width, kind, last=place == len(widths))
    height = (
        f'<w:trHeight w:val="{dxa(LETTERHEAD_HEIGHT)}" w:hRule="atLeast"/>' if kind == "letterhead" else ""
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{height}{header}</w:trPr>{made}</w:tr>"


def _cell(cell: Cell, width: float, kind: str, *, last: bool) -> str:
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    borders = {
        "header": _edge("bottom", 0.75, INK),
        "sum": _edge("top", 0.75, INK) + _edge("bottom", 1.5, INK),
        "bare": "",
        "letterhead": "",
        "row": "",
        "above": _no_edge("bottom"),
        "within": _no_edge("top") + _no_edge("bottom"),
        "last": _no_edge("top"),
        "key_head": _edge("top", 0.75, INK),
        "key_foot": _edge("bottom", 1.5, INK),
    }[kind]
    edges = f"<w:tcBorders>{borders}</w:tcBorders>" if borders else ""
    margins = '<w:right w:w="0" w:type="dxa"/>' if last and cell.style.endswith("tal") else ""
    if kind in ("key_head", "key_foot"):
        side = "top" if kind == "key_head" else "bottom"
        margins += f'<w:{side} w:w="{dxa(1.5)}" w:type="dxa"/>'
    flush = f"<w:tcMar>{margins}</w:tcMar>" if margins else ""
    align = '<w:vAlign w:val="bottom"/>' if kind == "header" else ""
    content = cell.text if cell.text.startswith("<w:p>") else paragraph(cell.style, cell.text)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{dxa(width)}"'
        f' w:type="dxa"/>{span}{edges}{flush}{align}</w:tcPr>{content}</w:tc>'
    )


def _no_edge(side: str) -> str:
    """No rule towards the row beside, whatever the table's style says."""
    return f'<w:{side} w:val="nil"/>'


def _edge(side: str, width: float, colour: str) -> str:
    return f'<w:{side} w:val="single" w:sz="{eighths(width)}" w:space="0" w:color="{colour}"/>'


def table(
    widths: Sequence[float],
    rows: Sequence[str],
    *,
    caption: str,
    description: str = "",
    indent: float = 0,
    rules: bool = True,
) -> str:
    """A table in the style Förbundstabell, widths in mm. ``caption`` and ``description`` are for screen
    readers."""
    style = "Frbundstabell" if rules else "Normaltabell"
    grid = "".join(f'<w:gridCol w:w="{dxa(width)}"/>' for width in widths)
    place = f'<w:tblInd w:w="{dxa(indent)}" w:type="dxa"/>'
    told = f"<w:tblDescription w:val={quoteattr(description)}/>" if description else ""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(dxa(w) for w in widths)}"'
        ' w:type="dxa"/>'
        f'{place}<w:tblLayout w:type="fixed"/><w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0"'
        ' w:firstColumn="0"'
        ' w:lastColumn="0" w:noHBand="1" w:noVBand="1"/><w:tblCaption'
        f" w:val={quoteattr(caption)}/>{told}</w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def loop_rows(widths: Sequence[float], name: str, values: str, *rows: str) -> list[str]:
    """Rows repeated for every value, between the two rows that hold the tags."""
    return [
        row(widths, [Cell(text=f"{{%tr for {name} in {values} %}}", span=len(widths))]),
        *rows,
        row(widths, [Cell(text="{%tr endfor %}", span=len(widths))]),
    ]


def layout_table(widths: Sequence[float], rows: Sequence[str]) -> str:
    """A table without rules, for the letterhead only."""
    grid = "".join(f'<w:gridCol w:w="{dxa(width)}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Normaltabell"/><w:tblW w:w="{sum(dxa(w) for w in widths)}"'
        ' w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook'
        f' w:val="0000"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )

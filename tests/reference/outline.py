"""A Word file as lines that a person can read and compare: style and text of every paragraph, tables row
by row."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_VISIBLE = {"\u00a0": "°", "\u2011": "-", "\n": "⏎", "\t": "⇥"}


def outline(docx: bytes) -> str:
    """Body, headers and footers. No-break spaces show as °, tabs as ⇥, line breaks as ⏎, fields as their
    cached text."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        names = _style_names(archive)
        parts = [
            "word/document.xml",
            *sorted(n for n in archive.namelist() if n.startswith(("word/header", "word/footer"))),
        ]
        lines: list[str] = []
        for part in parts:
            root = etree.fromstring(archive.read(part))
            lines.append(f"== {part.removeprefix('word/').removesuffix('.xml')}")
            lines += _blocks(root.find(f"{W}body") if part.endswith("document.xml") else root, names)
        for part in sorted(n for n in archive.namelist() if n.startswith("word/charts/chart")):
            lines += _chart(etree.fromstring(archive.read(part)))
    return "\n".join(lines) + "\n"


def paragraphs(docx: bytes) -> list[tuple[str, str]]:
    """Style name and text of every paragraph of the body, those in tables included."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        names = _style_names(archive)
        root = etree.fromstring(archive.read("word/document.xml"))
    return [(_style(p, names), _text(p, shown=False)) for p in root.iter(f"{W}p")]


def text_of(docx: bytes) -> str:
    """All text of the body, one paragraph on each line."""
    return "\n".join(text for _, text in paragraphs(docx))


def _style_names(archive: zipfile.ZipFile) -> dict[str, str]:
    root = etree.fromstring(archive.read("word/styles.xml"))
    return {s.get(f"{W}styleId"): s.find(f"{W}name").get(f"{W}val") for s in root.iter(f"{W}style")}


def _style(paragraph: etree._Element, names: dict[str, str]) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return names[style.get(f"{W}val")] if style is not None else "Normal"


def _blocks(parent: etree._Element, names: dict[str, str]) -> list[str]:
    lines: list[str] = []
    for block in parent:
        if block.tag == f"{W}p":
            lines.append(f"[{_style(block, names)}{_direct(block)}] {_text(block)}".rstrip())
        elif block.tag == f"{W}tbl":
            lines += _table(block, names)
    return lines


def _direct(paragraph: etree._Element) -> str:
    """Formatting that does not come from the style, so that none creeps in."""
    properties = paragraph.find(f"{W}pPr")
    found = (
        [] if properties is None else [etree.QName(e).localname for e in properties if e.tag != f"{W}pStyle"]
    )
    return "".join(f" +{name}" for name in found)


def _table(table: etree._Element, names: dict[str, str]) -> list[str]:
    style = table.find(f"{W}tblPr/{W}tblStyle")
    widths = [column.get(f"{W}w") for column in table.iter(f"{W}gridCol")]
    lines = [f"<{names[style.get(f'{W}val')]} {' '.join(widths)}>"]
    for row in table.iterchildren(f"{W}tr"):
        properties = {etree.QName(e).localname for e in row.iterfind(f"{W}trPr/*")}
        mark = "#" if "tblHeader" in properties else "|"
        cells = []
        for cell in row.iterchildren(f"{W}tc"):
            inside = list(cell.iterchildren(f"{W}p"))
            cells.append(" / ".join(_text(p) for p in inside) + f" «{_style(inside[0], names)}»")
        lines.append(f"  {mark} {' | '.join(cells)}{'' if 'cantSplit' in properties else ' SPLITS'}")
    return lines


def _text(paragraph: etree._Element, *, shown: bool = True) -> str:
    text = ""
    for element in paragraph.iter():
        if element.tag == f"{W}t":
            text += element.text or ""
        elif element.tag in (f"{W}tab", f"{W}br", f"{W}noBreakHyphen") and element.getparent().tag == f"{W}r":
            text += {"tab": "\t", "br": "\n", "noBreakHyphen": "-"}[etree.QName(element).localname]
        elif element.tag == f"{WP}docPr":
            text += f"{{bild: {element.get('descr')}}}"
    return text if not shown else "".join(_VISIBLE.get(c, c) for c in text)


def _chart(root: etree._Element) -> list[str]:
    lines = ["== diagram"]
    for series in root.iter(f"{C}ser"):
        name = "".join(v.text or "" for v in series.iterfind(f"{C}tx//{C}v"))
        categories = [v.text or "" for v in series.iterfind(f"{C}cat//{C}v")]
        values = [f"{p.get('idx')}={p.findtext(f'{C}v')}" for p in series.iterfind(f"{C}val//{C}pt")]
        lines.append(f"  {name}: {'; '.join(categories)} → {' '.join(values)}")
    return lines

"""The last look at a rendered part: runs opened up, empty tables and cells mended, the XML strictly read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.parsers import expat

from finsam_desktop.word.emit import RUN_CLOSE, RUN_OPEN

_EMPTY_TABLE = re.compile(
    r"<w:tbl(?: [^>]*)?>(?:<w:tblPr(?: [^>]*)?/>|<w:tblPr(?: [^>]*)?>(?:(?!</w:tblPr>).)*</w:tblPr>)?"
    r"(?:<w:tblGrid/>|<w:tblGrid>(?:(?!</w:tblGrid>).)*</w:tblGrid>)?</w:tbl>",
    re.DOTALL,
)
_EMPTY_ROW = re.compile(
    r"<w:tr(?: [^>]*)?>(?:<w:tblPrEx>(?:(?!</w:tblPrEx>).)*</w:tblPrEx>)?"
    r"(?:<w:trPr/>|<w:trPr>(?:(?!</w:trPr>).)*</w:trPr>)?</w:tr>",
    re.DOTALL,
)
_CELL_ENDS = (
    ("</w:tcPr></w:tc>", "</w:tcPr><w:p/></w:tc>"),
    ("</w:tbl></w:tc>", "</w:tbl><w:p/></w:tc>"),
    ("<w:tcPr/></w:tc>", "<w:tcPr/><w:p/></w:tc>"),
)
_ROW_ENDS = ("<w:tr></w:tr>", "</w:trPr></w:tr>", "<w:trPr/></w:tr>", "</w:tblPrEx></w:tr>", '"></w:tr>')
_TABLE_ENDS = (
    "</w:tblGrid></w:tbl>",
    "<w:tblGrid/></w:tbl>",
    "</w:tblPr></w:tbl>",
    "<w:tblPr/></w:tbl>",
    "<w:tbl></w:tbl>",
)
_BLOCK_HOLDERS = ("hdr", "ftr", "footnote", "endnote", "comment", "txbxContent", "tc")
_EMPTY_HOLDER = re.compile(
    rf"(<w:(?:{'|'.join(_BLOCK_HOLDERS)})(?: [^>]*)?(?<!/)>)(</w:(?:{'|'.join(_BLOCK_HOLDERS)})>)"
)
_LINK = re.compile(r"<w:hyperlink(?=[ >])|</w:hyperlink>")
_RUN_START = re.compile(r"<w:r(?: [^>]*)?>")
_RPR = re.compile(r"<w:rPr>.*?</w:rPr>|<w:rPr/>", re.DOTALL)


def repair(xml: str) -> str:
    """Put right what a loop over nothing leaves behind and Word refuses to open: no rows, no cells, no paragraphs.

    Searches for fixed strings first: they cost next to nothing in a long document, and are hardly ever there.
    """
    if "</w:tbl>" in xml:
        while True:
            before = len(xml)
            if any(ending in xml for ending in _ROW_ENDS):
                xml = _EMPTY_ROW.sub("", xml)
            if any(ending in xml for ending in _TABLE_ENDS):
                xml = _EMPTY_TABLE.sub("", xml)
            if len(xml) == before:
                break
        for ending, mended in _CELL_ENDS:
            if ending in xml:
                xml = xml.replace(ending, mended)
    for holder in _BLOCK_HOLDERS:
        if f'"></w:{holder}>' in xml or f"<w:{holder}></w:{holder}>" in xml:
            return _EMPTY_HOLDER.sub(r"\1<w:p/>\2", xml)
    return xml


def unfold_runs(xml: str) -> str:
    """Runs printed inside a run's text: close the run before them and open one like it after."""
    out: list[str] = []
    at = 0
    look = 0
    while (start := xml.find(RUN_OPEN, at)) >= 0:
        end = xml.index(RUN_CLOSE, start)
        runs = list(_RUN_START.finditer(xml, look, start))
        opening = runs[-1] if runs else None
        head = opening.group() if opening else "<w:r>"
        rpr = _RPR.match(xml, opening.end()) if opening else None
        properties = rpr.group() if rpr else ""
        out += [xml[at:start], "</w:t></w:r>", _with_look(xml[start + 1 : end], properties)]
        out.append(f'{head}{properties}<w:t xml:space="preserve">')
        at = end + 1
        look = opening.start() if opening else at
    out.append(xml[at:])
    return "".join(out)


def _with_look(runs: str, properties: str) -> str:
    """Runs without a look of their own take that of the run they stand in."""
    return runs.replace("<w:r><w:t", f"<w:r>{properties}<w:t") if properties else runs


def has_nested_links(xml: str) -> bool:
    """Whether a link stands inside a link, which Word refuses: a linked value printed in a template's own link."""
    inside = False
    for match in _LINK.finditer(xml):
        if match.group() == "</w:hyperlink>":
            inside = False
        elif inside:
            return True
        else:
            inside = True
    return False


def complaint(chunks: Iterable[bytes]) -> str | None:
    """None if the pieces together are well-formed XML, else what a strict reader says."""
    parser = expat.ParserCreate()
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        return str(error)
    return None

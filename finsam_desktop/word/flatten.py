"""Gathers a tag that Word has split over runs into one place, and puts a placeholder there.

Word cuts a tag wherever it likes: at a spelling mark, a bookmark, a comment, a change of language. The text of
a paragraph
is therefore read as one string that remembers where each character stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from finsam_desktop.word import names
from finsam_desktop.word.names import (
    A_BR,
    A_P,
    A_T,
    BR,
    CR,
    INSTR,
    MC,
    NO_BREAK_HYPHEN,
    RPR,
    RUN,
    SOFT_HYPHEN,
    TAB,
    P,
    T,
)
from finsam_desktop.word.scan import Loose, Tag, scan

PLACE_OPEN, PLACE_CLOSE = (
    "\ufdd0",
    "\ufdd1",
)  # noncharacters: refused in templates and values, so they mean only this
PLACEHOLDER = re.compile(f'{PLACE_OPEN}(\\d+){PLACE_CLOSE}|<{names.MARK} n="(\\d+)"/>')
_OBJECT = "\ufffc"
_STANDS_FOR = {TAB: "\t", BR: "\n", CR: "\n", NO_BREAK_HYPHEN: "‑", SOFT_HYPHEN: "", A_BR: "\n"}
_NOT_TEXT = {
    names.w(name)
    for name in ("delText", "delInstrText", "rPr", "pPr", "moveFrom", "del", "fldChar", "proofErr")
}
_NOT_TEXT |= {names.w("lastRenderedPageBreak"), names.w("bookmarkStart"), names.w("bookmarkEnd")}
_CONTAINERS = {
    RUN,
    names.A_R,
    names.w("hyperlink"),
    names.w("ins"),
    names.w("moveTo"),
    names.w("smartTag"),
    names.w("sdt"),
    names.w("sdtContent"),
    names.w("fldSimple"),
    names.w("bdo"),
    names.w("dir"),
    names.w("ruby"),
    names.w("rubyBase"),
    names.w("rt"),
    names.w("customXml"),
    f"{{{names.A}}}fld",
    f"{{{MC}}}AlternateContent",
    f"{{{MC}}}Choice",
    f"{{{MC}}}Fallback",
}
_OBJECTS = {
    names.w(name)
    for name in (
        "drawing",
        "pict",
        "object",
        "sym",
        "footnoteReference",
        "endnoteReference",
        "ptab",
        "pgNum",
        "footnoteRef",
        "endnoteRef",
    )
}


@dataclass(slots=True)
class Piece:
    """An element that carries text of a paragraph, and where its text starts in the paragraph's."""

    node: Any
    text: str
    start: int


def paragraphs(root: Any) -> Iterator[tuple[int, Any]]:
    """Every paragraph with its number in document order (nested ones too: text boxes, table cells)."""
    return enumerate(root.iter(P, A_P))


def pieces(paragraph: Any, *, fields: bool = False) -> list[Piece]:
    """The text-carrying elements of a paragraph in order, without those of paragraphs inside it.

    ``fields`` gives the field codes instead of the text.
    """
    found: list[Piece] = []
    at = 0
    for node in _leaves(paragraph):
        tag = node.tag
        if tag == (INSTR if fields else T) or (tag == A_T and not fields):
            text = node.text or ""
        elif fields:
            continue
        elif tag in _STANDS_FOR:
            text = (
                _OBJECT if tag == BR and node.get(names.w("type")) in ("page", "column") else _STANDS_FOR[tag]
            )
        elif tag in _OBJECTS:
            text = _OBJECT
        else:
            continue
        found.append(Piece(node, text, at))
        at += len(text)
    return found


def _leaves(element: Any) -> Iterator[Any]:
    for child in element:
        tag = child.tag
        if tag in _NOT_TEXT:
            continue
        if tag in _CONTAINERS:
            yield from _leaves(child)
        else:
            yield child


def text_of(paragraph: Any) -> str:
    """The paragraph's text as a reader sees it; pictures and the like are left out."""
    return "".join(piece.text for piece in pieces(paragraph)).replace(_OBJECT, "")


def has_brace(root_part: list[Piece]) -> bool:
    """Whether the paragraph can hold a tag at all."""
    return any("{" in piece.text or "}" in piece.text for piece in root_part)


def find_tags(found: list[Piece]) -> tuple[list[Tag], list[Loose]]:
    """Tags in the joined text of the pieces. A tag across a picture or a page break is loose."""
    tags, loose = scan("".join(piece.text for piece in found))
    whole = []
    for tag in tags:
        if _OBJECT in tag.raw:
            loose.append(
                Loose(
                    tag.start,
                    tag.raw.replace(_OBJECT, "…"),
                    "Mitt i taggen står en bild eller en sidbrytning.",
                )
            )
        else:
            whole.append(tag)
    return whole, loose


def place(found: list[Piece], tags: list[Tag], numbers: list[int]) -> None:
    """Put each tag's placeholder where its first character stands, and take the rest of the tag away."""
    texts: list[str | None] = [piece.text for piece in found]
    touched: set[int] = set()
    for tag, number in zip(reversed(tags), reversed(numbers), strict=True):
        mark = f"{PLACE_OPEN}{number}{PLACE_CLOSE}"
        first = last = None
        for index, piece in enumerate(found):
            end = piece.start + len(piece.text)
            if first is None and piece.start <= tag.start < end:
                first = index
            if piece.start < tag.end <= end:
                last = index
                break
        assert first is not None
        assert last is not None
        head = (texts[first] or "")[: tag.start - found[first].start]
        tail = (texts[last] or "")[tag.end - found[last].start :]
        if first == last:
            texts[first] = head + mark + tail
        else:
            texts[first] = head + mark
            for between in range(first + 1, last):
                texts[between] = None
            texts[last] = tail or None
        touched.update(range(first, last + 1))
    for index in sorted(touched):
        _write(found[index].node, texts[index])


def _write(node: Any, text: str | None) -> None:
    if text is None:
        run = node.getparent()
        run.remove(node)
        if run.tag in (RUN, names.A_R) and all(
            child.tag == RPR or child.tag.endswith("}rPr") for child in run
        ):
            run.getparent().remove(run)
        return
    node.text = text
    if node.tag == T:
        node.set(names.XML_SPACE, "preserve")

"""Where a paragraph stands, in words a template's author can follow: "tabell 2, rad 3, cell 1"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from finsam_desktop.word import names
from finsam_desktop.word.names import A_P, TBL, TC, TR, P

_PARTS = {
    "document": "brödtexten",
    "header": "sidhuvudet",
    "footer": "sidfoten",
    "footnotes": "fotnoterna",
    "endnotes": "slutnoterna",
    "comments": "kommentarerna",
    "core": "dokumentegenskaperna",
    "custom": "de egna dokumentegenskaperna",
    "app": "dokumentegenskaperna",
    "chart": "ett diagram",
    "rels": "länkarna",
}
_HEADER_KINDS = {"first": " på första sidan", "even": " på jämna sidor"}


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph's place: the part in Swedish, its number counted from 1, the table place if any, and its text."""

    part: str
    paragraph: int | None
    where: str
    text: str


def part_word(part: str, header_kinds: dict[str, str] | None = None) -> str:
    """What a part is called: "word/header2.xml" is "sidhuvudet", with the kind of page where it is known."""
    stem = re.sub(
        r"\d+$", "", part.rsplit("/", 1)[-1].removesuffix(".xml").removesuffix(".rels").removesuffix(".xml")
    )
    if part.endswith(".rels"):
        stem = "rels"
    return _PARTS.get(stem, part) + _HEADER_KINDS.get((header_kinds or {}).get(part, ""), "")


def locate(root: Any, part_name: str, paragraph: int) -> Place:
    """The place of the paragraph with this number (from 0) in document order."""
    from finsam_desktop.word.flatten import text_of

    for number, element in enumerate(root.iter(P, A_P)):
        if number == paragraph:
            where = _table_place(root, element) or f"stycke {number + 1}"
            return Place(part_name, number + 1, where, text_of(element))
    return Place(part_name, None, "", "")


def _table_place(root: Any, paragraph: Any) -> str:
    cell = next(paragraph.iterancestors(TC), None)
    row = next(cell.iterancestors(TR), None) if cell is not None else None
    table = next(row.iterancestors(TBL), None) if row is not None else None
    if cell is None or row is None or table is None:
        return (
            "en textruta" if next(paragraph.iterancestors(names.w("txbxContent")), None) is not None else ""
        )
    tables = list(root.iter(TBL))
    rows = [found for found in table.iter(TR) if next(found.iterancestors(TBL)) is table]
    cells = [found for found in row.iter(TC) if next(found.iterancestors(TR)) is row]
    return f"tabell {tables.index(table) + 1}, rad {rows.index(row) + 1}, cell {cells.index(cell) + 1}"


def around(text: str, at: int, length: int = 30) -> str:
    """The text near a character, cut with dots."""
    start, end = max(0, at - length), min(len(text), at + length)
    return ("…" if start else "") + text[start:end].strip() + ("…" if end < len(text) else "")


def header_kinds(parts: dict[str, bytes], main: str) -> dict[str, str]:
    """Which headers and footers are for the first page or even pages, by part name."""
    from finsam_desktop.word.relations import parse_xml, relations

    targets = {relation.id: relation.target for relation in relations(parts, main)}
    found: dict[str, str] = {}
    for reference in parse_xml(parts[main], main).iter(
        names.w("headerReference"), names.w("footerReference")
    ):
        target = targets.get(reference.get(f"{{{names.R}}}id", ""))
        kind = reference.get(names.w("type"), "default")
        if target and found.get(target, "default") == "default":
            found[target] = kind
    return found

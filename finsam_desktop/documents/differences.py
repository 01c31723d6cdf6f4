"""What differs between the texts of two Word files, told paragraph by paragraph in Swedish."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MARKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_PARTS = ("word/document.xml", "word/header", "word/footer", "word/footnotes.xml")
_LARGEST = 64 * 1024 * 1024
MOST_LINES = 40
"""Changes told in full; the rest are counted."""
UNREADABLE = "Filen går inte att läsa som ett Word-dokument."
SAME_TEXT = "Texten är densamma, men utseendet eller något annat i filen är ändrat."


def differences(before: bytes, after: bytes) -> tuple[str, ...]:
    """Lines such as 'Ändrat: ”…” till ”…”', at most ``MOST_LINES`` and one that counts the rest."""
    try:
        old, new = paragraph_texts(before), paragraph_texts(after)
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, ValueError, OSError):
        return (UNREADABLE,)
    lines = list(_changes(old, new))
    if not lines:
        return (SAME_TEXT,)
    if len(lines) > MOST_LINES:
        rest = len(lines) - MOST_LINES
        lines = [*lines[:MOST_LINES], f"… och {rest} {'ändring' if rest == 1 else 'ändringar'} till."]
    return tuple(lines)


def paragraph_texts(docx: bytes) -> list[str]:
    """The text of every paragraph that has any: body first, then headers, footers and notes.

    Raises BadZipFile, KeyError, ValueError or XMLSyntaxError for what is no Word file.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    texts: list[str] = []
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        names = [name for name in archive.namelist() if name.startswith(_PARTS) and name.endswith(".xml")]
        if "word/document.xml" not in names:
            raise KeyError("word/document.xml")
        if sum(archive.getinfo(name).file_size for name in names) > _LARGEST:
            raise ValueError("the parts are too large")
        for name in sorted(names, key=lambda name: (name != "word/document.xml", name)):
            root = etree.fromstring(archive.read(name), parser)
            texts += [
                text for paragraph in root.iter(f"{_W}p") if (text := "".join(_pieces(paragraph))).strip()
            ]
    return texts


def _pieces(paragraph: etree._Element) -> Iterator[str]:
    for element in paragraph.iter():
        if element.tag == f"{_W}t":
            yield element.text or ""
        elif element.tag in _MARKS and element.getparent().tag == f"{_W}r":
            yield _MARKS[element.tag]


def _changes(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    for kind, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        paired = min(b - a, d - c)
        for place in range(paired):
            yield f"Ändrat: ”{old[a + place]}” till ”{new[c + place]}”."
        yield from (f"Borttaget: ”{text}”." for text in old[a + paired : b])
        yield from (f"Tillagt: ”{text}”." for text in new[c + paired : d])

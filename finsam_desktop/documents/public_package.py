"""A zip file of an office program as parts, and its XML: read with limits, masked, written without a trace of when."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from finsam_desktop.documents.public_pictures import NotCleaned, cleaned_picture
from finsam_desktop.domain.masking import BAR, Masking

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_PARTS, _LARGEST_PART, _LARGEST_ALL = 5_000, 100 * 2**20, 250 * 2**20
_PARAGRAPHS = frozenset(("p", "h", "si", "is", "rich", "title", "desc"))
"""Local names of elements whose text is read as one, however it is divided by formatting."""


def read_parts(content: bytes) -> dict[str, bytes]:
    """The parts by name. NotCleaned when the file is locked, damaged or grows beyond reason."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            total = sum(entry.file_size for entry in entries)
            largest = max((entry.file_size for entry in entries), default=0)
            if len(entries) > _MOST_PARTS or largest > _LARGEST_PART or total > _LARGEST_ALL:
                raise NotCleaned("Filen packas upp till orimligt mycket.")
            if any(entry.flag_bits & 0x1 for entry in entries):
                raise NotCleaned("Filen är låst med lösenord.")
            return {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, RuntimeError) as error:
        raise NotCleaned("Filen är skadad eller låst med lösenord.") from error


def write_parts(parts: dict[str, bytes], first: str) -> bytes:
    """The zip file with ``first`` first and, as ODF asks of it, not compressed when it is "mimetype"."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda one: (one != first, one)):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, parts[name])
    return out.getvalue()


def parsed(content: bytes) -> _Element:
    """The XML without its comments and processing instructions. NotCleaned when it is not sound or has a DOCTYPE."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise NotCleaned("Filen är skadad.") from error
    if root.getroottree().docinfo.doctype:
        raise NotCleaned("Filen har en del som inte kan läsas säkert.")
    return root


def written(root: _Element) -> bytes:
    """The XML as bytes."""
    from lxml import etree

    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def local(element: Any) -> str:
    """The element's name without namespace."""
    return str(element.tag).rpartition("}")[2]


def remove(element: _Element) -> None:
    """Take an element away, keeping the text that stands after it."""
    parent = element.getparent()
    if parent is None:
        return
    _keep_tail(element)
    parent.remove(element)


def unwrap(element: _Element) -> None:
    """Take an element away and leave what is in it in its place."""
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    for child in reversed(list(element)):
        parent.insert(place, child)
    _keep_tail(element)
    parent.remove(element)


def _keep_tail(element: _Element) -> None:
    tail, before, parent = element.tail, element.getprevious(), element.getparent()
    if not tail or parent is None:
        return
    element.tail = None
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail


def elements(root: _Element, *names: str) -> list[_Element]:
    """Every element with one of the local names, as a list, so that they may be taken away."""
    wanted = frozenset(names)
    return [one for one in root.iter() if isinstance(one.tag, str) and local(one) in wanted]


# -- masking ---------------------------------------------------------------------------------------

_Slot = tuple[Any, str]
"""An element and "text" or "tail"."""


def _slots(element: _Element) -> Iterator[_Slot]:
    yield element, "text"
    for child in element:
        yield from _slots(child)
        yield child, "tail"


def mask(root: _Element, masking: Masking) -> int:
    """Mask every text and attribute of the XML; how many places. Words divided by formatting are found as one."""
    if not masking:
        return 0
    count = 0
    for element in root.iter():
        if isinstance(element.tag, str):
            if local(element) in _PARAGRAPHS:
                count += _mask_slots(list(_slots(element)), masking)
            for name, value in element.attrib.items():
                masked = masking.masked(str(value))
                if masked != value:
                    element.set(name, masked)
                    count += 1
    for slot in _slots(root):
        count += _mask_slots([slot], masking)
    return count


def _mask_slots(slots: list[_Slot], masking: Masking) -> int:
    texts = [getattr(element, which) or "" for element, which in slots]
    spans = masking.spans("".join(texts))
    if not spans:
        return 0
    for span in reversed(spans):
        start = 0
        for place, text in enumerate(list(texts)):
            end = start + len(text)
            first, last = max(span.start, start), min(span.end, end)
            if first < last or (first == last == span.start and start <= span.start < end):
                instead = (span.word.instead or BAR) if start <= span.start < end else ""
                texts[place] = text[: first - start] + instead + text[last - start :]
            start = end
    for (element, which), text in zip(slots, texts, strict=True):
        if (getattr(element, which) or "") != text:
            setattr(element, which, text)
    return len(spans)


def still_finds(root: _Element, masking: Masking) -> bool:
    """Whether masked words still stand there when everything is read together, as words in two cells of a table."""
    return bool(masking) and masking.finds(" ".join(text for text in root.itertext() if text.strip()))


def cleaned_parts(parts: dict[str, bytes], names: Iterable[str]) -> None:
    """Clean the pictures with these names in place. NotCleaned for one that cannot be."""
    for name in names:
        parts[name] = cleaned_picture(parts[name])

"""Alternative texts of charts: LibreOffice reads them from the Word file and leaves them out of the PDF.

They are put back where it is certain which chart is which: the figures without a text are as many as the file's charts,
and both come in the order of the text.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf

_DRAWING = re.compile(rb"<w:drawing\b.*?</w:drawing>", re.DOTALL)
_CHART = b'/drawingml/2006/chart"'
_DESCRIBED = re.compile(rb"<wp:docPr\b[^>]*?\bdescr=\"([^\"]*)\"")
_FALLBACK = re.compile(rb"<mc:Fallback\b.*?</mc:Fallback>", re.DOTALL)
_MOST = 32 * 1024 * 1024
_DEEPEST = 200


def chart_descriptions(docx: bytes) -> tuple[str, ...]:
    """The alternative texts of the charts in a Word file's text, in order; "" for one without. () for other files."""
    try:
        with zipfile.ZipFile(BytesIO(docx)) as archive:
            entry = archive.getinfo("word/document.xml")
            if entry.file_size > _MOST:
                return ()
            text = _FALLBACK.sub(b"", archive.read(entry))
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, RuntimeError, zlib.error):
        return ()
    found = []
    for drawing in _DRAWING.findall(text):
        if _CHART in drawing:
            told = _DESCRIBED.search(drawing)
            found.append(unescape(told[1].decode("utf-8", "replace")) if told is not None else "")
    return tuple(found)


def describe_figures(document: pikepdf.Pdf, descriptions: Sequence[str]) -> bool:
    """Give the figures without an alternative text theirs; whether any got one."""
    from pikepdf import String

    tree = document.Root.get("/StructTreeRoot")
    if tree is None or not any(descriptions):
        return False
    bare = [
        one for one in _figures(tree.get("/K"), 0) if not str(one.get("/Alt", one.get("/ActualText", "")))
    ]
    if len(bare) != len(descriptions):
        return False
    for figure, told in zip(bare, descriptions, strict=True):
        if told:
            figure.Alt = String(told)
    return True


def _figures(kids: Any, depth: int) -> Iterator[Any]:
    """The structure's figures in reading order, each without those inside it."""
    import pikepdf

    if depth > _DEEPEST:
        return
    if isinstance(kids, pikepdf.Array):
        for one in kids:
            yield from _figures(one, depth + 1)
    elif isinstance(kids, pikepdf.Dictionary):
        if str(kids.get("/S", "")) == "/Figure":
            yield kids
        else:
            yield from _figures(kids.get("/K"), depth + 1)

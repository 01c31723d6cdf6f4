"""Pages of a PDF drawn by PDFium, a few at a time and never larger than a screen needs."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass

PDFIUM = threading.Lock()
"""PDFium works for one at a time: whoever calls it holds this."""
MAX_DRAWN_HEIGHT = 6_000
MAX_WIDTH = 3_000
MAX_PAGES = 3_000
_MAX_TEXTS = 2_000
_PAGES_READ = 200
"""Pages whose words are looked up before they are drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageImage:
    """A page drawn: ``pixels`` are rows of ``stride`` bytes, four per pixel, blue green red and unused.

    A page that is not drawn yet has no pixels. ``texts`` are the words of the page with the top and bottom of their
    lines, as shares of the page's height.
    """

    width: int
    height: int
    stride: int
    pixels: bytes
    texts: tuple[tuple[str, float, float], ...] = ()


def draw(
    pdf: bytes,
    width: int,
    *,
    first: int = 0,
    count: int | None = None,
    others: bool = False,
    step: Callable[[int, int], None] | None = None,
) -> tuple[PageImage, ...]:
    """Pages ``width`` pixels wide, ``count`` of them from ``first`` (0 is the first); all when None.

    ``others``: the rest of the pages too, with their sizes and words and no pixels. A page too high for its width is
    drawn narrower. ``step(done, total)`` is called before each page drawn and may raise to stop. ValueError when it
    is no PDF.
    """
    import pypdfium2 as pdfium

    width = min(width, MAX_WIDTH)
    pages = []
    with PDFIUM:
        try:
            document = pdfium.PdfDocument(pdf)
        except pdfium.PdfiumError as error:
            raise ValueError(str(error)) from error
        try:
            end = len(document) if count is None else min(len(document), first + count)
            for number in range(min(len(document), MAX_PAGES)) if others else range(first, end):
                is_drawn = first <= number < end
                if step is not None and is_drawn:
                    step(number - first, end - first)
                pages.append(_page(document, number, width, is_drawn))
        except pdfium.PdfiumError as error:
            raise ValueError(str(error)) from error
        finally:
            document.close()
    return tuple(pages)


def _page(document: object, number: int, width: int, is_drawn: bool) -> PageImage:
    across, up = document.get_page_size(number)  # type: ignore[attr-defined]
    scale = min(width / max(across, 1), MAX_DRAWN_HEIGHT / max(up, 1))
    if not is_drawn and number >= _PAGES_READ:
        return PageImage(
            width=max(1, round(across * scale)), height=max(1, round(up * scale)), stride=0, pixels=b""
        )
    page = document[number]  # type: ignore[index]
    try:
        texts = _lines(page)
        if not is_drawn:
            return PageImage(
                width=max(1, round(across * scale)),
                height=max(1, round(up * scale)),
                stride=0,
                pixels=b"",
                texts=texts,
            )
        bitmap = page.render(scale=scale, rev_byteorder=False, prefer_bgrx=True)
        try:
            return PageImage(
                width=bitmap.width,
                height=bitmap.height,
                stride=bitmap.stride,
                pixels=bytes(bitmap.buffer),
                texts=texts,
            )
        finally:
            bitmap.close()
    finally:
        page.close()


def _lines(page: object) -> tuple[tuple[str, float, float], ...]:
    """The lines of text from the top, with where they are. Some programs write each word for itself."""
    text_page = page.get_textpage()  # type: ignore[attr-defined]
    height = page.get_height()  # type: ignore[attr-defined]
    rows: list[list[tuple[float, str, float, float]]] = []
    pieces = []
    for place in range(min(text_page.count_rects(), _MAX_TEXTS)):
        left, bottom, right, top = text_page.get_rect(place)
        text = text_page.get_text_bounded(left, bottom, right, top).strip()
        if text:
            pieces.append((left, text, 1 - top / height, 1 - bottom / height))
    text_page.close()
    for piece in sorted(pieces, key=lambda piece: (piece[2] + piece[3], piece[0])):
        middle = (piece[2] + piece[3]) / 2
        if rows and rows[-1][0][2] < middle < rows[-1][0][3]:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return tuple(
        (
            " ".join(text for _, text, _, _ in sorted(row)),
            min(top for _, _, top, _ in row),
            max(bottom for _, _, _, bottom in row),
        )
        for row in rows
    )


def packed(pages: tuple[PageImage, ...]) -> bytes:
    """Pages as bytes that another process can read: a line of JSON, then the pixels of each."""
    heads = [[page.width, page.height, page.stride, len(page.pixels), page.texts] for page in pages]
    return json.dumps(heads).encode("ascii") + b"\n" + b"".join(page.pixels for page in pages)


def unpacked(content: bytes) -> tuple[PageImage, ...]:
    """What ``packed`` made. ValueError when it is not whole."""
    head, _, body = content.partition(b"\n")
    pages, place = [], 0
    for width, height, stride, size, texts in json.loads(head):
        is_whole = 0 < stride * height <= size == len(body[place : place + size])
        if not (0 < width <= MAX_WIDTH + 1 and 0 < height and (is_whole or size == 0)):
            raise ValueError("not whole")
        lines = tuple((str(text), float(top), float(bottom)) for text, top, bottom in texts)
        pixels = body[place : place + size]
        pages.append(PageImage(width=width, height=height, stride=stride, pixels=pixels, texts=lines))
        place += size
    return tuple(pages)

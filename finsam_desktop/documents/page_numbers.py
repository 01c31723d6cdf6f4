"""The page numbers of the minutes' list of items and of a long report's contents, measured where LibreOffice is
at hand.

In the file the numbers are PAGEREF fields, which Word works out anew when its fields are updated (Ctrl+A, F9);
LibreOffice does so when the file is opened. Nothing but a layout program knows the pages, so where none is at hand
the list has no column for pages: a wrong number or a dash would be worse. A field that asks to be updated
(w:dirty, w:updateFields) is not used: Word then asks a question each time the file is opened.
"""

from __future__ import annotations

import contextlib
import re
import tempfile
from pathlib import Path

from finsam_desktop.errors import UserError

_SECTION = re.compile(r"§\s*(\d+)")


def measured(docx: bytes, profile: Path | None = None) -> dict[str, int]:
    """The page of every § heading by its bookmark, and of other headings; empty where LibreOffice is missing or fails.

    ``profile`` is a folder for LibreOffice's own files that is kept for the next time. Takes some seconds.
    """
    from finsam_desktop.documents.page_images import find_libreoffice, to_pdf

    if find_libreoffice() is None:
        return {}
    with tempfile.TemporaryDirectory(prefix="finsam-", ignore_cleanup_errors=True) as folder:
        place = profile or Path(folder)
        try:
            place.mkdir(parents=True, exist_ok=True)
            pdf = to_pdf(docx, profile=place)
            return {**heading_pages(pdf), **pages_of(pdf)}
        except (OSError, UserError):
            # The minutes are whole without their pages.
            return {}


def pages_of(pdf: bytes) -> dict[str, int]:
    """The page, from 1, of the bookmark of every § heading in a PDF of the minutes: {"paragraf_67": 4}."""
    import pypdfium2 as pdfium

    from finsam_desktop.pdf.drawing import PDFIUM

    pages: dict[str, int] = {}
    with PDFIUM, contextlib.closing(pdfium.PdfDocument(pdf)) as document:
        for entry in document.get_toc():
            target = entry.get_dest()
            found = _SECTION.match(entry.get_title())
            if found is not None and target is not None:
                pages.setdefault(f"paragraf_{found[1]}", target.get_index() + 1)
    return pages


PAGES = "sidor"
"""The key of the number of pages."""


def heading_key(title: str) -> str:
    """The key of the page of a heading with these words."""
    return f"rubrik {' '.join(title.split())}"


def heading_pages(pdf: bytes) -> dict[str, int]:
    """The page, from 1, of every heading by ``heading_key``, and how many pages there are (``PAGES``).

    A heading that stands in two places is left out: nobody could tell which is meant.
    """
    import pypdfium2 as pdfium

    from finsam_desktop.pdf.drawing import PDFIUM

    found: dict[str, list[int]] = {}
    with PDFIUM, contextlib.closing(pdfium.PdfDocument(pdf)) as document:
        for entry in document.get_toc():
            target = entry.get_dest()
            if target is not None:
                found.setdefault(heading_key(entry.get_title()), []).append(target.get_index() + 1)
        return {PAGES: len(document), **{key: places[0] for key, places in found.items() if len(places) == 1}}

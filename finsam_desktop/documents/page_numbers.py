"""The page numbers of the minutes' list of items, measured where LibreOffice is at hand.

In the file the numbers are PAGEREF fields, which Word works out anew when the document is printed or when its
fields are updated (Ctrl+A, F9); LibreOffice does so when the file is opened. Nothing but a layout program
knows the pages, so without a measured one the field shows a dash until then. A
field that asks to be updated (w:dirty, w:updateFields) is not used: Word then asks a question each time
the file is opened.
"""

from __future__ import annotations

import re

_SECTION = re.compile(r"§\s*(\d+)")


def pages_of(pdf: bytes) -> dict[str, int]:
    """The page, from 1, of the bookmark of every § heading in a PDF of the minutes: {"paragraf_67": 4}."""
    import pypdfium2 as pdfium

    pages: dict[str, int] = {}
    document = pdfium.PdfDocument(pdf)
    try:
        for entry in document.get_toc():
            target = entry.get_dest()
            found = _SECTION.match(entry.get_title())
            if found is not None and target is not None:
                pages.setdefault(f"paragraf_{found[1]}", target.get_index() + 1)
    finally:
        document.close()
    return pages

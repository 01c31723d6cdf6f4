"""The pages of a Word document as pictures: LibreOffice or the bundled renderer lays them out, PDFium draws them.

Both are slow (a second or two the first time) and belong in the background.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from finsam_desktop.errors import UserError
from finsam_desktop.pdf import libreoffice as office
from finsam_desktop.pdf.drawing import PageImage, draw
from finsam_desktop.pdf.libreoffice import find_libreoffice

__all__ = ["PageImage", "draw_pages", "find_libreoffice", "to_pdf"]


def to_pdf(docx: bytes, *, profile: Path, libreoffice: Path | None = None) -> bytes:
    """The document as PDF, tagged. ``profile`` is a folder of our own, so that an open LibreOffice is not disturbed.

    UserError when LibreOffice is missing or cannot make it.
    """
    program = libreoffice or find_libreoffice()
    if program is None:
        raise UserError("LibreOffice finns inte på datorn.", advice="Öppna dokumentet i Word i stället.")
    with tempfile.TemporaryDirectory(prefix="finsam-", ignore_cleanup_errors=True) as folder:
        source, target = Path(folder) / "dokument.docx", Path(folder) / "pdf"
        source.write_bytes(docx)
        target.mkdir()
        (made,) = office.make_pdfs([source], target, program=program, profiles=profile)
    if made.problem:
        raise UserError(
            "Sidorna gick inte att visa. Dokumentet är oskadat.",
            advice="Öppna det i Word i stället.",
            detail=made.problem,
        )
    return made.pdf


def draw_pages(
    pdf: bytes, width: int, *, step: Callable[[int, int], None] | None = None
) -> tuple[PageImage, ...]:
    """Every page ``width`` pixels wide. ``step(done, total)`` is called before each and may raise to stop."""
    return draw(pdf, width, step=step)

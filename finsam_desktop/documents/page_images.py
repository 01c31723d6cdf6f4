"""The pages of a Word document as pictures: LibreOffice makes the PDF, PDFium draws the pages.

Both are slow (a second or two the first time) and belong in the background. Where LibreOffice is missing there are
no pictures; the Word file is the document all the same.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from finsam_desktop.errors import UserError

_TIMEOUT_S = 120
_WINDOWS_PLACES = (
    Path("C:/Program Files/LibreOffice/program/soffice.exe"),
    Path("C:/Program Files (x86)/LibreOffice/program/soffice.exe"),
)
_MAC_PLACE = Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageImage:
    """A page drawn: ``pixels`` are rows of ``stride`` bytes, four per pixel, blue green red and unused.

    ``texts`` are the words of the page with the top and bottom of their lines, as shares of the page's height.
    """

    width: int
    height: int
    stride: int
    pixels: bytes
    texts: tuple[tuple[str, float, float], ...] = ()


def find_libreoffice() -> Path | None:
    """Where LibreOffice is on this computer, or None."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is not None:
        return Path(found)
    places = _WINDOWS_PLACES if sys.platform == "win32" else (_MAC_PLACE,)
    return next((place for place in places if place.is_file()), None)


def to_pdf(docx: bytes, *, profile: Path, libreoffice: Path | None = None) -> bytes:
    """The document as PDF. ``profile`` is a folder of our own, so that an open LibreOffice is not disturbed.

    UserError when LibreOffice is missing or cannot make it.
    """
    program = libreoffice or find_libreoffice()
    if program is None:
        raise UserError("LibreOffice finns inte på datorn.", advice="Öppna dokumentet i Word i stället.")
    with tempfile.TemporaryDirectory(prefix="finsam-", ignore_cleanup_errors=True) as folder:
        source = Path(folder) / "dokument.docx"
        source.write_bytes(docx)
        command = [str(program), f"-env:UserInstallation={profile.resolve().as_uri()}", "--headless"]
        command += ["--norestore", "--convert-to", "pdf", "--outdir", folder, str(source)]
        try:
            run = subprocess.run(command, capture_output=True, timeout=_TIMEOUT_S, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise _no_pdf(str(error)) from error
        target = source.with_suffix(".pdf")
        if run.returncode != 0 or not target.is_file():
            raise _no_pdf(run.stderr.decode("utf-8", "replace"))
        return target.read_bytes()


def _no_pdf(detail: str) -> UserError:
    return UserError(
        "Sidorna gick inte att visa. Dokumentet är oskadat.",
        advice="Öppna det i Word i stället.",
        detail=detail,
    )


def draw_pages(
    pdf: bytes, width: int, *, step: Callable[[int, int], None] | None = None
) -> tuple[PageImage, ...]:
    """Every page ``width`` pixels wide. ``step(done, total)`` is called before each and may raise to stop."""
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(pdf)
    try:
        pages = []
        for number in range(len(document)):
            if step is not None:
                step(number, len(document))
            page = document[number]
            bitmap = page.render(scale=width / page.get_width(), rev_byteorder=False, prefer_bgrx=True)
            pages.append(
                PageImage(
                    width=bitmap.width,
                    height=bitmap.height,
                    stride=bitmap.stride,
                    pixels=bytes(bitmap.buffer),
                    texts=_lines(page),
                )
            )
            bitmap.close()
            page.close()
        return tuple(pages)
    finally:
        document.close()


def _lines(page: object) -> tuple[tuple[str, float, float], ...]:
    """The lines of text from the top, with where they are."""
    text_page = page.get_textpage()  # type: ignore[attr-defined]
    height = page.get_height()  # type: ignore[attr-defined]
    found = []
    for place in range(text_page.count_rects()):
        left, bottom, right, top = text_page.get_rect(place)
        text = text_page.get_text_bounded(left, bottom, right, top).strip()
        if text:
            found.append((text, 1 - top / height, 1 - bottom / height))
    text_page.close()
    return tuple(sorted(found, key=lambda line: line[1]))

"""What is done to files from outside in a process of its own: libraries in C read them, and may fail badly."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from finsam_desktop import paths
from finsam_desktop.pdf.recognise import RESEND, SAVE_AS_PDF, Unfit, locked
from finsam_desktop.pdf.tagged_page import Picture, picture_pages

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_PAGES = 3_000
_MAX_PIXELS = 150_000_000
_LONGEST_SIDE = 3508
"""A4 at 300 dots per inch."""
_MAX_FRAMES = 300
_LARGEST_DOCUMENT = 200_000_000
"""Bytes of all its parts. What is larger is shown as it is."""
_BORDERS = re.compile(rb"<w:pBdr>.{1,2000}?</w:pBdr>", re.DOTALL)
_LEFT_BORDER = re.compile(rb"<w:left [^>]*/>")
_HYPHENS = ((b"<w:noBreakHyphen/>", b"<w:t>-</w:t>"), ("\u2011".encode(), b"-"))


@dataclass(frozen=True, slots=True)
class Done:
    """The result of a work: bytes, and what is known of them."""

    content: bytes
    told: Mapping[str, object] = field(default_factory=dict)


def pdf_as_it_is(content: bytes, _told: Mapping[str, str]) -> Done:
    """A PDF that can be read and put together with others: the bytes as they came unless they had to be mended."""
    import pikepdf

    try:
        pdf = pikepdf.open(io.BytesIO(content))
    except pikepdf.PasswordError:
        raise locked(".pdf") from None
    except pikepdf.PdfError as error:
        raise Unfit("PDF-filen är skadad och går inte att öppna.", RESEND) from error
    with pdf:
        try:
            pages = len(pdf.pages)
            root = pdf.Root
            if "/Collection" in root:
                raise Unfit(
                    "PDF-filen är en portfölj, ett omslag med andra filer i.",
                    "Öppna den i Adobe Reader, spara filerna och lägg in dem var för sig.",
                )
            if bool(root.get("/NeedsRendering", False)):
                raise Unfit(
                    "PDF-filen är ett formulär som bara Adobe Reader kan visa.",
                    "Öppna den i Adobe Reader, skriv ut den till PDF och lägg in den nya filen i stället.",
                )
            marks = root.get("/MarkInfo")
            tagged = "/StructTreeRoot" in root and marks is not None and bool(marks.get("/Marked", False))
        except (pikepdf.PdfError, AttributeError, TypeError, ValueError) as error:
            raise Unfit("PDF-filen är skadad och går inte att öppna.", RESEND) from error
        if not pages:
            raise Unfit("PDF-filen har inga sidor.", RESEND)
        if pages > MAX_PAGES:
            raise Unfit(f"PDF-filen har {pages} sidor.", f"Dela den i filer med högst {MAX_PAGES} sidor.")
        if pdf.is_encrypted or pdf.get_warnings() or not content.startswith(b"%PDF"):
            target = io.BytesIO()
            try:
                pdf.save(target, encryption=False)
            except (pikepdf.PdfError, RuntimeError) as error:
                raise Unfit("PDF-filen är skadad och går inte att öppna.", RESEND) from error
            content = target.getvalue()
    _go_through(content)
    return Done(content, {"tagged": tagged, "pages": pages})


def gone_through(content: bytes, _told: Mapping[str, str]) -> Done:
    """All that is done to a PDF in the program's own process, done here first; see ``proven.py``."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
            for thing in pdf.objects:
                repr(type(thing))
            pdf.save(io.BytesIO(), object_stream_mode=pikepdf.ObjectStreamMode.generate)
    except pikepdf.PasswordError:
        raise locked(".pdf") from None
    except (pikepdf.PdfError, ValueError, RuntimeError, RecursionError) as error:
        raise Unfit("PDF-filen är skadad och går inte att öppna.", RESEND) from error
    _go_through(content)
    return Done(b"")


def _go_through(content: bytes) -> None:
    """Draw the top of every page and read its words. What stops this process stops no window."""
    from contextlib import suppress

    import pypdfium2 as pdfium

    from finsam_desktop.errors import UserError
    from finsam_desktop.pdf.page_facts import look_at

    with suppress(UserError, pdfium.PdfiumError):
        look_at(content)
        document = pdfium.PdfDocument(content)
        for number in range(len(document)):
            document[number].get_textpage().get_text_range()
        document.close()


def picture_as_pdf(content: bytes, told: Mapping[str, str]) -> Done:
    """A picture on pages of A4; a scanned file of several pages becomes as many."""
    from PIL import Image as images
    from PIL import UnidentifiedImageError

    images.MAX_IMAGE_PIXELS = _MAX_PIXELS
    try:
        with images.open(io.BytesIO(content), formats=("JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP")) as image:
            if image.width * image.height > _MAX_PIXELS:
                raise Unfit(
                    "Bilden är för stor för att visas.", "Spara den i mindre storlek och lägg in den igen."
                )
            pictures = _pictures(image, content)
    except images.DecompressionBombError as error:
        raise Unfit(
            "Bilden är för stor för att visas.", "Spara den i mindre storlek och lägg in den igen."
        ) from error
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        zlib.error,
        IndexError,
    ) as error:
        raise Unfit("Bilden är skadad och går inte att öppna.", RESEND) from error
    title = told["title"]
    pdf = picture_pages(pictures, title=title, alternative=f"Bild: {title}", language=told["language"])
    return Done(pdf, {"tagged": True, "pages": len(pictures)})


def _pictures(image: Image, content: bytes) -> list[Picture]:
    if image.format == "JPEG" and image.mode in ("RGB", "L", "CMYK"):
        image.load()  # a picture that was cut off is told of here
        turn = {3: 180, 6: 90, 8: 270}.get(int(image.getexif().get(0x0112, 1)), 0)
        colors = {"RGB": "DeviceRGB", "L": "DeviceGray", "CMYK": "DeviceCMYK"}[image.mode]
        return [
            Picture(
                data=_bare_jpeg(content), filter="DCTDecode", width=image.width, height=image.height,
                colors=colors, turn=turn, inverted=image.mode == "CMYK" and "adobe" in image.info,
            )
        ]  # fmt: skip
    frames = min(getattr(image, "n_frames", 1), _MAX_FRAMES) if image.format == "TIFF" else 1
    pictures = []
    for frame in range(frames):
        if frames > 1:
            image.seek(frame)
        pictures.append(_packed(image))
    return pictures


def _packed(image: Image) -> Picture:
    from PIL import Image as images
    from PIL import ImageOps

    image = ImageOps.exif_transpose(image)
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        seen = image.convert("RGBA")
        ground = images.new("RGBA", seen.size, (255, 255, 255, 255))
        image = images.alpha_composite(ground, seen).convert("RGB")
    elif image.mode.startswith("I") or image.mode == "F":
        plain = image.convert("F")
        low, high = cast("tuple[float, float]", plain.getextrema())
        scale = 255 / (high - low) if high > low else 1.0
        image = plain.point(lambda value: value * scale - low * scale).convert("L")
    elif image.mode not in ("1", "L", "RGB"):
        image = image.convert("RGB")
    if max(image.size) > _LONGEST_SIDE and image.mode != "1":
        image.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    return Picture(
        data=zlib.compress(image.tobytes(), 6),
        filter="FlateDecode",
        width=image.width,
        height=image.height,
        colors="DeviceRGB" if image.mode == "RGB" else "DeviceGray",
        bits=1 if image.mode == "1" else 8,
    )


def _bare_jpeg(content: bytes) -> bytes:
    """The picture without what the camera noted beside it, such as where it was taken."""
    kept, place = [content[:2]], 2
    while place + 4 <= len(content) and content[place] == 0xFF:
        mark, size = content[place + 1], int.from_bytes(content[place + 2 : place + 4])
        if mark == 0xDA:
            return b"".join(kept) + content[place:]
        is_note = mark == 0xFE or (0xE1 <= mark <= 0xEF and mark != 0xEE)
        if not is_note:
            kept.append(content[place : place + 2 + size])
        place += 2 + size
    return content


def word_as_pdf(content: bytes, _told: Mapping[str, str]) -> Done:
    """A Word document as the bundled renderer lays it out."""
    import rdocx

    try:
        document = rdocx.Document.from_bytes(_as_it_can_be_drawn(content))
        pdf = document.to_pdf(font_dir=paths.resources() / "fonts")
    except (rdocx.RdocxError, ValueError, OSError) as error:
        raise Unfit("Dokumentet är skadat eller innehåller något som inte kan visas.", SAVE_AS_PDF) from error
    return Done(pdf, {"tagged": True})


def _as_it_can_be_drawn(content: bytes) -> bytes:
    """Without what these pages show wrongly.

    Their typeface lacks the hyphen that holds a date together, a box stood in its place; and the bar beside a
    paragraph with a hanging indent went through its letters.
    """
    made = io.BytesIO()
    try:
        with ZipFile(io.BytesIO(content)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
            parts = old.infolist()
            if sum(part.file_size for part in parts) > _LARGEST_DOCUMENT:
                return content
            for part in parts:
                data = old.read(part)
                if part.filename.endswith(".xml"):
                    for hyphen, plain in _HYPHENS:
                        data = data.replace(hyphen, plain)
                    data = _BORDERS.sub(_without_left, data)
                new.writestr(part.filename, data)
    except (BadZipFile, RuntimeError, ValueError, OSError, zlib.error, EOFError):
        return content  # whoever reads it tells what is wrong with it
    return made.getvalue()


def _without_left(borders: re.Match[bytes]) -> bytes:
    return _LEFT_BORDER.sub(b"", borders[0])


def workbook_as_pdf(content: bytes, told: Mapping[str, str]) -> Done:
    """A workbook's sheets as tables of text."""
    from finsam_desktop.pdf.readable import document_of_tables
    from finsam_desktop.pdf.sheets import sheets_of

    try:
        sheets = sheets_of(content, told["ending"])
    except (ValueError, KeyError, OSError, TypeError, AttributeError, IndexError) as error:
        raise Unfit("Arbetsboken är skadad och går inte att öppna.", RESEND) from error
    return word_as_pdf(document_of_tables(sheets, told["title"], told["language"]), told)


def drawn_pages(content: bytes, told: Mapping[str, str]) -> Done:
    """Some of the pages of a PDF as pictures, see ``drawing.packed``."""
    from finsam_desktop.pdf.drawing import draw, packed

    first, count, width = (int(told[key]) for key in ("first", "count", "width"))
    # A page that cannot be drawn raises, which the child tells of.
    return Done(packed(draw(content, width, first=first, count=count, others=told["others"] == "1")))


def words_of(content: bytes, told: Mapping[str, str]) -> Done:
    """The words of a file for searching: JSON, a list of pairs of a part's name and its text."""
    import json

    from finsam_desktop.pdf.file_text import parts_of

    try:
        parts = parts_of(told["title"], content)
    except (ValueError, KeyError, OSError, zlib.error, NotImplementedError) as error:
        raise Unfit("Filen är skadad och går inte att läsa.", RESEND) from error
    return Done(json.dumps(parts).encode())


WORKS: Mapping[str, Callable[[bytes, Mapping[str, str]], Done]] = {
    "pdf": pdf_as_it_is,
    "prove": gone_through,
    "picture": picture_as_pdf,
    "word": word_as_pdf,
    "workbook": workbook_as_pdf,
    "draw": drawn_pages,
    "words": words_of,
}

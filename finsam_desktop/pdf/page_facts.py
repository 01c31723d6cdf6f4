"""What must be known of a PDF's pages before they are put together with others: what stands at the top, and the like.

Drawing every page takes some milliseconds each, so the answer is worth keeping by the content's hash.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from finsam_desktop.errors import UserError

if TYPE_CHECKING:
    import pikepdf

STRIP_MM = 12.9
"""How much of the top is looked at: a stamp stands within 13 mm, and our own papers' text begins there."""
_MM = 72 / 25.4
_WHITE = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """A page. ``top`` is how far down in mm its first mark is when that is within 13 mm, else None.

    ``before`` and ``after`` are graphics states to save before its content and to restore after it, beyond the usual
    one, where the content does not keep count itself. ``text``: whether it has text, and is no mere picture.
    """

    top: float | None = None
    before: int = 0
    after: int = 0
    text: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfFacts:
    """A PDF. ``tagged``: it has a structure for screen readers. ``left_out`` is what does not follow into a pack."""

    pages: tuple[PageFacts, ...]
    tagged: bool
    left_out: tuple[str, ...] = ()

    def to_json(self) -> bytes:
        """As bytes, to keep."""
        return json.dumps(asdict(self), ensure_ascii=False).encode()

    @classmethod
    def from_json(cls, data: bytes) -> PdfFacts:
        """What ``to_json`` made. ValueError for anything else."""
        try:
            known = json.loads(data)
            pages = tuple(PageFacts(**page) for page in known["pages"])
            return cls(pages=pages, tagged=bool(known["tagged"]), left_out=tuple(known["left_out"]))
        except (KeyError, TypeError) as error:
            raise ValueError("not the facts of a PDF") from error


def look_at(pdf: bytes) -> PdfFacts:
    """The facts of a PDF. UserError when it is locked, broken or has no pages."""
    with tempfile.TemporaryDirectory(prefix="finsam-", ignore_cleanup_errors=True) as folder:
        with open_pdf(pdf, Path(folder) / "1.pdf") as opened:
            states = [_states(page) for page in opened.pages]
            units = [_number(page.obj.get("/UserUnit"), 1.0) for page in opened.pages]
            tagged = "/StructTreeRoot" in opened.Root
            left_out = _left_out(opened)
    tops = _tops(pdf, units)
    pages = tuple(
        PageFacts(top=top, before=before, after=after, text=text)
        for (top, text), (before, after) in zip(tops, states, strict=True)
    )
    return PdfFacts(pages=pages, tagged=tagged, left_out=left_out)


def open_pdf(pdf: bytes, place: Path) -> pikepdf.Pdf:
    """The PDF opened. UserError when it is locked, broken or has no pages.

    It is laid down at ``place`` first, which must stay until it is closed: a file opens in a quarter of the time that
    the same bytes in memory take.
    """
    import pikepdf

    try:
        place.write_bytes(pdf)
        opened = pikepdf.open(place, suppress_warnings=True)
        count = len(opened.pages)
    except pikepdf.PasswordError as error:
        raise UserError(
            "Filen är låst med lösenord.", advice="Ta bort lösenordet och lägg in filen igen."
        ) from error
    except OSError as error:
        raise UserError(
            "Det gick inte att skriva i datorns mapp för tillfälliga filer.",
            advice="Se efter att disken inte är full och försök igen.",
            detail=str(error),
        ) from error
    except Exception as error:
        raise UserError("Filen är skadad.", advice="Hämta filen på nytt.", detail=str(error)) from error
    if not count:
        opened.close()
        raise UserError("Filen har inga sidor.", advice="Hämta filen på nytt.")
    return opened


def _number(value: object, usual: float) -> float:
    try:
        number = float(value) if value is not None else usual  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return usual
    return number if number > 0 else usual


def _states(page: pikepdf.Page) -> tuple[int, int]:
    """How many graphics states a page restores too many, and how many it leaves open at its end."""
    import pikepdf

    try:
        instructions = pikepdf.parse_content_stream(page, "q Q")
    except Exception:  # a content that cannot be read is left as it is
        return 0, 0
    depth = lowest = 0
    for instruction in instructions:
        depth += 1 if str(instruction.operator) == "q" else -1
        lowest = min(lowest, depth)
    return -lowest, depth - lowest


def _tops(pdf: bytes, units: list[float]) -> list[tuple[float | None, bool]]:
    """Where the first mark of each page is, and whether it has text."""
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(pdf)
    try:
        found: list[tuple[float | None, bool]] = []
        for number, unit in enumerate(units):
            try:
                page = document[number]
            except pdfium.PdfiumError:
                found.append((0.0, False))
                continue
            text_page = page.get_textpage()
            text = text_page.count_chars() > 0
            text_page.close()
            found.append((_top(page, unit), text))
            page.close()
        return found
    finally:
        document.close()


def _top(page: object, unit: float) -> float | None:
    height = page.get_height()  # type: ignore[attr-defined]
    strip = min(STRIP_MM * _MM / unit, height)
    scale = min(unit, 4.0)
    bitmap = page.render(scale=scale, crop=(0, height - strip, 0, 0), grayscale=True)  # type: ignore[attr-defined]
    try:
        pixels, stride, width = bytes(bitmap.buffer), bitmap.stride, bitmap.width
        for row in range(bitmap.height):
            line = pixels[row * stride : row * stride + width]
            if line and min(line) < _WHITE:
                return round(row / scale * unit / _MM, 2)
        return None
    finally:
        bitmap.close()


def _left_out(pdf: pikepdf.Pdf) -> tuple[str, ...]:
    """What of the file does not follow into a pack, in Swedish."""
    root, told = pdf.Root, []
    form = root.get("/AcroForm")
    fields = form.get("/Fields") if form is not None else None
    if form is not None and "/XFA" in form:
        told.append("formuläret kan inte fyllas i, och visas kanske inte")
    elif fields is not None and len(fields):
        signed = form is not None and int(form.get("/SigFlags", 0)) & 1
        told.append(
            "den elektroniska underskriften gäller bara originalet"
            if signed
            else "formuläret kan inte fyllas i"
        )
    try:
        count = len(pdf.attachments)
    except Exception:
        count = 0
    if count:
        told.append(
            "en fil inuti filen följer inte med"
            if count == 1
            else f"{count} filer inuti filen följer inte med"
        )
    if pdf.is_encrypted:
        told.append("filens skydd mot ändring följer inte med")
    return tuple(told)

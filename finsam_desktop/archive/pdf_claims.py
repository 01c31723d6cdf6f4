"""What a PDF claims to be, and whether the claim holds as far as can be checked here.

The checks are the basic rules of ISO 19005-2: they find what usually breaks an archive PDF, and are no full validation.
A claim that does not pass them is not repeated by the program.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf

_PART = re.compile(rb"pdfaid:part(?:>|=\")\s*(\d)")
_LEVEL = re.compile(rb"(pdfaid:conformance(?:>|=\")\s*)([ABUabu])")
_ACTIONS = ("/JavaScript", "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide", "/Rendition")
_LARGEST_NESTING = 60


def claim(pdf: bytes) -> str:
    """What the PDF says it is: "PDF/A-2b", or "" when it says nothing or cannot be read."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            return _claim(document)
    except (pikepdf.PdfError, ValueError, TypeError):
        return ""


def checked(pdf: bytes) -> tuple[bytes, str, tuple[str, ...]]:
    """(the PDF, what it may be called, what breaks its claim).

    A PDF/A-2b that is tagged, has a language, and whose every font tells its letters becomes PDF/A-2a. Where the
    claim does not hold "" is given with the faults as sentences, and the PDF is unchanged.
    """
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            said = _claim(document)
            if not said:
                return pdf, "", ("Filen säger inte att den är PDF/A.",)
            faults = tuple(dict.fromkeys(_faults(document)))
            if faults:
                return pdf, "", faults
            lacking = tuple(dict.fromkeys(_lacking_for_a(document)))
            if said.endswith("a"):
                return (pdf, said, ()) if not lacking else (pdf, "", lacking)
            if lacking or not said.startswith("PDF/A-2"):
                return pdf, said, ()
            return _raised(document), f"{said[:-1]}a", ()
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError) as error:
        return pdf, "", (f"Filen går inte att kontrollera: {error}",)


def _claim(document: pikepdf.Pdf) -> str:
    metadata = _metadata(document)
    part, level = _PART.search(metadata), _LEVEL.search(metadata)
    if part is None or level is None:
        return ""
    return f"PDF/A-{part[1].decode()}{level[2].decode().lower()}"


def _metadata(document: pikepdf.Pdf) -> bytes:
    stream = document.Root.get("/Metadata")
    return bytes(stream.read_bytes()) if stream is not None else b""


def _raised(document: pikepdf.Pdf) -> bytes:
    """The PDF with level A in its metadata."""
    stream: Any = document.Root["/Metadata"]
    stream.write(_LEVEL.sub(lambda found: found[1] + b"A", _metadata(document)))
    out = io.BytesIO()
    document.save(out, deterministic_id=True, object_stream_mode=_as_it_is())
    return out.getvalue()


def _as_it_is() -> Any:
    import pikepdf

    return pikepdf.ObjectStreamMode.preserve


def _faults(document: pikepdf.Pdf) -> Iterator[str]:
    """What breaks PDF/A-2 at any level, as sentences."""
    import pikepdf

    root: Any = document.Root
    if document.is_encrypted:
        yield "Filen är låst."
    if not document.trailer.get("/ID"):
        yield "Filen har inget eget id."
    intents = root.get("/OutputIntents")
    if intents is None or not any("/DestOutputProfile" in intent for intent in intents):
        yield "Färgprofilen saknas."
    names = root.get("/Names", {})
    if "/JavaScript" in names:
        yield "Filen innehåller program."
    if "/EmbeddedFiles" in names:
        yield "Filen har andra filer i sig."
    if "/AA" in root or "/XFA" in root.get("/AcroForm", {}):
        yield "Filen innehåller program eller ett formulär."
    for thing in document.objects:
        if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            continue
        if str(thing.get("/S", "")) in _ACTIONS and "/Type" in thing and thing.get("/Type") == "/Action":
            yield "Filen innehåller program."
        if isinstance(thing, pikepdf.Stream) and (
            "/F" in thing or "/LZWDecode" in str(thing.get("/Filter", ""))
        ):
            yield "Filen har delar i ett format som inte får arkiveras."
        if thing.get("/Type") == "/Font" and not _embedded(thing):
            yield f"Teckensnittet {str(thing.get('/BaseFont', '')).lstrip('/')} är inte inbäddat."


def _lacking_for_a(document: pikepdf.Pdf) -> Iterator[str]:
    """What PDF/A-2a needs beyond level B, as sentences."""
    import pikepdf

    root: Any = document.Root
    if "/StructTreeRoot" not in root or not bool(root.get("/MarkInfo", {}).get("/Marked", False)):
        yield "Filen är inte taggad."
    if not str(root.get("/Lang", "")):
        yield "Språket saknas."
    for thing in document.objects:
        if not isinstance(thing, pikepdf.Dictionary):
            continue
        if thing.get("/Type") == "/Font" and not _tells_letters(thing):
            yield f"Teckensnittet {str(thing.get('/BaseFont', '')).lstrip('/')} säger inte vilka tecken det visar."
        if (
            thing.get("/S") == "/Figure"
            and "/P" in thing
            and "/Alt" not in thing
            and "/ActualText" not in thing
        ):
            yield "En bild saknar beskrivning."


def _embedded(font: Any) -> bool:
    kind = str(font.get("/Subtype", ""))
    if kind == "/Type3":
        return True
    if kind == "/Type0":
        return all(_embedded(one) for one in font.get("/DescendantFonts", []))
    descriptor = font.get("/FontDescriptor")
    return descriptor is not None and any(
        name in descriptor for name in ("/FontFile", "/FontFile2", "/FontFile3")
    )


def _tells_letters(font: Any) -> bool:
    if str(font.get("/Subtype", "")).startswith("/CIDFont"):
        return True  # its parent tells
    if "/ToUnicode" in font:
        return True
    encoding = font.get("/Encoding")
    return str(encoding) in ("/WinAnsiEncoding", "/MacRomanEncoding", "/MacExpertEncoding")

"""Looking for a word in a file the way somebody who wants to find it would: everything unpacked, whatever it is in."""

from __future__ import annotations

import binascii
import quopri
import re
import zipfile
import zlib
from collections.abc import Iterator
from email import message_from_bytes
from io import BytesIO
from urllib.parse import unquote_to_bytes

_BASE64 = re.compile(rb"(?:[A-Za-z0-9+/]{4}[\r\n]*){6,}(?:[A-Za-z0-9+/]{2,3}={0,2})?")
_TAGS = re.compile(rb"<[^<>]{0,4000}>")
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp1252", "cp437")


def unpacked(content: bytes, place: str = "", depth: int = 0) -> Iterator[tuple[str, bytes]]:
    """The bytes and everything inside them: members of zips, streams and strings of PDFs, parts of mails."""
    yield place, content
    if depth > 6:
        return
    if content[:2] == b"PK":
        try:
            with zipfile.ZipFile(BytesIO(content)) as archive:
                yield f"{place}#comment", archive.comment
                for entry in archive.infolist():
                    yield (
                        f"{place}/{entry.filename}#name",
                        entry.filename.encode() + entry.comment + entry.extra,
                    )
                    yield from unpacked(archive.read(entry), f"{place}/{entry.filename}", depth + 1)
        except zipfile.BadZipFile:
            pass
    elif content[:5] == b"%PDF-":
        yield from _of_pdf(content, place)
    elif b"MIME-Version" in content[:4000] or content[:8].lower() in (b"x-unsent", b"subject:"):
        for number, part in enumerate(message_from_bytes(content).walk()):
            for header, value in part.items():
                yield f"{place}~{number}#{header}", str(value).encode("utf-8", "surrogateescape")
            inner = part.get_payload(decode=True)
            if isinstance(inner, bytes):
                yield from unpacked(inner, f"{place}~{number}", depth + 1)
    elif content[:15] == b"BEGIN:VCALENDAR":
        yield f"{place}#unfolded", content.replace(b"\r\n ", b"").replace(b"\n ", b"")
    else:
        if b"<" in content:
            yield f"{place}#text", _TAGS.sub(b"", content)
        for found in _BASE64.finditer(content):
            packed = re.sub(rb"\s", b"", found[0])
            try:
                yield f"{place}#base64", binascii.a2b_base64(packed + b"=" * (-len(packed) % 4))
            except binascii.Error:
                pass
        yield f"{place}#quoted", quopri.decodestring(content)


def _of_pdf(content: bytes, place: str) -> Iterator[tuple[str, bytes]]:
    import pikepdf
    import pypdfium2

    for number, raw in enumerate(re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL)):
        try:
            yield f"{place}#raw{number}", zlib.decompressobj().decompress(raw)
        except zlib.error:
            pass
    with pikepdf.open(BytesIO(content)) as pdf:
        for number, thing in enumerate(pdf.objects):
            if isinstance(thing, pikepdf.Stream):
                try:
                    data = thing.read_bytes()
                except pikepdf.PdfError:
                    data = thing.read_raw_bytes()
                yield from unpacked(data, f"{place}#{number}", 5)
            for text in _strings(thing, 0):
                yield f"{place}#{number}", text.encode("utf-8", "surrogatepass")
    document = pypdfium2.PdfDocument(content)
    for number in range(len(document)):
        text = document[number].get_textpage().get_text_range()
        yield f"{place}#page{number + 1}", " ".join(text.split()).encode("utf-8", "replace")
    document.close()


def _strings(thing: object, depth: int) -> Iterator[str]:
    import pikepdf

    if isinstance(thing, pikepdf.String):
        yield str(thing)
    elif depth < 6 and isinstance(thing, pikepdf.Array):
        for one in thing:
            yield from _strings(one, depth + 1)
    elif depth < 6 and isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for _, one in thing.items():
            yield from _strings(one, depth + 1)


def leaks(content: bytes, words: tuple[str, ...], name: str = "") -> list[str]:
    """Where any of the words stands, in any usual encoding and case; empty when nowhere."""
    wanted = [(word, {word.lower().encode(one, "ignore") for one in _ENCODINGS}) for word in words]
    found = [f"{word} in the name" for word in words if word.lower() in name.lower()]
    for place, data in unpacked(content):
        for one in {data, unquote_to_bytes(data) if b"%" in data else data}:
            low = one.lower()
            found += [
                f"{word} in {name}{place}" for word, forms in wanted if any(form in low for form in forms)
            ]
    return found

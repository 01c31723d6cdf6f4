"""What a file is, by its bytes and its ending, and why it cannot become pages, before any other program opens it."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from enum import StrEnum
from pathlib import PurePath
from typing import Final

MAX_FILE_BYTES: Final = 200 * 2**20
MAX_ENTRIES: Final = 10_000
MAX_INFLATED_BYTES: Final = 600 * 2**20
MAX_XML_BYTES: Final = 200 * 2**20
MAX_RATIO: Final = 150
RATIO_FROM_BYTES: Final = 20 * 2**20
MAX_TEXT_BYTES: Final = 5 * 2**20
_STEP: Final = 2**20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Way(StrEnum):
    """Which way a file takes to its pages."""

    PDF = "pdf"
    OFFICE = "office"
    PICTURE = "picture"
    TEXT = "text"
    MARKDOWN = "markdown"
    MAIL = "mail"
    OUTLOOK = "outlook"


class Unfit(Exception):
    """The file cannot become pages: ``reason`` and ``advice`` in Swedish."""

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.advice = advice


RESEND = "Be avsändaren skicka filen igen, helst som PDF."
SAVE_AS_PDF = "Öppna filen i det program som den är gjord i, spara den som PDF och lägg in den i stället."
_UNLOCK = {
    "word": "Öppna den i Word med lösenordet, välj Arkiv, Info, Skydda dokument, Kryptera med lösenord, "
    "töm rutan och spara. Lägg sedan in filen igen.",
    "excel": "Öppna den i Excel med lösenordet, välj Arkiv, Info, Skydda arbetsbok, Kryptera med lösenord, "
    "töm rutan och spara. Lägg sedan in filen igen.",
    "powerpoint": "Öppna den i PowerPoint med lösenordet, välj Arkiv, Info, Skydda presentation, "
    "Kryptera med lösenord, töm rutan och spara. Lägg sedan in filen igen.",
    "": "Öppna den med lösenordet, spara den utan lösenord och lägg in den igen.",
}
_PROGRAM = {
    **dict.fromkeys((".docx", ".docm", ".dotx", ".doc", ".rtf"), "word"),
    **dict.fromkeys((".xlsx", ".xlsm", ".xltx", ".xls"), "excel"),
    **dict.fromkeys((".pptx", ".pptm", ".ppsx", ".potx", ".ppt", ".pps"), "powerpoint"),
}
_OOXML = {"word/": ".docx", "xl/": ".xlsx", "ppt/": ".pptx"}
_ODF = {
    b"application/vnd.oasis.opendocument.text": ".odt",
    b"application/vnd.oasis.opendocument.spreadsheet": ".ods",
    b"application/vnd.oasis.opendocument.presentation": ".odp",
    b"application/vnd.oasis.opendocument.graphics": ".odg",
}
_PICTURES: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", ".jpg"),
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"GIF87a", ".gif"),
    (b"GIF89a", ".gif"),
    (b"BM", ".bmp"),
    (b"II*\0", ".tif"),
    (b"MM\0*", ".tif"),
)
_HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypheim", b"ftyphevc")
ENDINGS = (
    ".bmp .doc .docm .docx .eml .gif .jpeg .jpg .md .msg .odp .ods .odt .pdf .png .ppsx .ppt .pptm .pptx .rtf .tif"
    " .tiff .txt .webp .xls .xlsm .xlsx"
).split()
"""The endings of files that can become pages."""


def recognise(name: str, content: bytes) -> tuple[Way, str]:
    """The way the file takes, and the ending it should have by its content. Raises Unfit."""
    ending = PurePath(name).suffix.lower()
    if not content:
        raise Unfit("Filen är tom.", RESEND)
    if len(content) > MAX_FILE_BYTES:
        megabytes = f"{len(content) / 1e6:.0f}"
        raise Unfit(
            f"Filen är för stor: {megabytes} MB.", "Dela den eller spara den som PDF med mindre bilder."
        )
    if b"%PDF-" in content[:1024]:
        return Way.PDF, ".pdf"
    if content.startswith(b"PK"):
        return Way.OFFICE, _in_zip(ending, content)
    if content.startswith(_OLE):
        return _in_ole(ending, content)
    if content.startswith(b"{\\rtf"):
        return Way.OFFICE, ".rtf"
    for start, picture in _PICTURES:
        if content.startswith(start):
            return Way.PICTURE, picture
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return Way.PICTURE, ".webp"
    if content[4:12] in _HEIC:
        raise Unfit(
            "Bilden är sparad i telefonens format HEIC, som inte kan visas här.",
            "Spara bilden som JPG, till exempel genom att mejla den till dig själv, och lägg in den i stället.",
        )
    if ending == ".eml":
        return Way.MAIL, ".eml"
    if ending in (".md", ".txt"):
        return _as_text(ending, content)
    if ending in ENDINGS:
        raise Unfit(
            f"Filen är skadad eller är inte det som namnet säger ({ending}).",
            f"Öppna den för att se om den går att läsa. {RESEND}",
        )
    raise Unfit("Filer av det här slaget kan inte visas som sidor.", SAVE_AS_PDF)


def locked(ending: str) -> Unfit:
    """The file asks for a password."""
    return Unfit("Filen är skyddad med lösenord.", _UNLOCK[_PROGRAM.get(ending, "")])


def _as_text(ending: str, content: bytes) -> tuple[Way, str]:
    if len(content) > MAX_TEXT_BYTES:
        raise Unfit("Texten är för lång för att bli sidor.", "Dela filen eller lägg in den del som behövs.")
    if b"\0" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unfit("Filen är ingen text, fast namnet säger det.", SAVE_AS_PDF)
    return (Way.MARKDOWN, ".md") if ending == ".md" else (Way.TEXT, ".txt")


def _in_zip(ending: str, content: bytes) -> str:
    """The ending that the parts of an Office file ask for, when they are sound."""
    damaged = Unfit("Filen är skadad eller bara delvis kopierad.", RESEND)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            kind = _office_kind(archive, names)
            if any(entry.flag_bits & 0x1 for entry in entries):
                raise locked(ending)
            _weigh(archive, entries, len(content))
            if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read(
                "META-INF/manifest.xml"
            ):
                raise locked(ending)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
        struct.error,
    ) as error:
        raise damaged from error
    except (IndexError, RuntimeError, UnicodeError) as error:
        raise damaged from error
    if not kind:
        raise Unfit("Filen är ett arkiv med andra filer i.", "Packa upp det och lägg in filerna var för sig.")
    # A workbook named .xlsm or a template named .dotx keeps its name: its content type says the same.
    return ending if _PROGRAM.get(ending) == _PROGRAM.get(kind, "-") else kind


def _office_kind(archive: zipfile.ZipFile, names: set[str]) -> str:
    if "[Content_Types].xml" in names:
        found = (kind for start, kind in _OOXML.items() if any(name.startswith(start) for name in names))
        return next(found, "")
    if "mimetype" in names:
        said = archive.read("mimetype")[:100].strip().removesuffix(b"-template")
        return _ODF.get(said, "")
    return ""


def _weigh(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], file_bytes: int) -> None:
    """Unpack everything once and count, since the sizes in the list may be lies. Raises Unfit."""
    heavy = Unfit("Filen packar upp till orimligt mycket data och har inte öppnats.", RESEND)
    if len(entries) > MAX_ENTRIES or sum(entry.compress_size for entry in entries) > file_bytes:
        raise heavy
    whole = 0
    for entry in entries:
        is_xml = entry.filename.endswith((".xml", ".rels"))
        size = 0
        with archive.open(entry) as part:
            while piece := part.read(_STEP):
                if size == 0 and is_xml and b"<!ENTITY" in piece.replace(b"\0", b""):
                    raise Unfit("Filen innehåller något som inte hör hemma i ett dokument.", RESEND)
                size += len(piece)
                whole += len(piece)
                if whole > MAX_INFLATED_BYTES or (is_xml and size > MAX_XML_BYTES):
                    raise heavy
                if whole > RATIO_FROM_BYTES and whole > MAX_RATIO * file_bytes:
                    raise heavy


def _in_ole(ending: str, content: bytes) -> tuple[Way, str]:
    """The old Office files, mails of Outlook, and new Office files with a password."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(content)) as archive:
            if archive.exists("EncryptedPackage"):
                raise locked(ending)
            if archive.exists("__properties_version1.0"):
                return Way.OUTLOOK, ".msg"
            if archive.exists("WordDocument"):
                flags = archive.openstream("WordDocument").read(12)
                if len(flags) == 12 and struct.unpack_from("<H", flags, 10)[0] & 0x0100:
                    raise locked(".doc")
                return Way.OFFICE, ".doc"
            book = next((name for name in ("Workbook", "Book") if archive.exists(name)), "")
            if book:
                if _has_file_pass(archive.openstream(book).read(4096)):
                    raise locked(".xls")
                return Way.OFFICE, ".xls"
            if archive.exists("PowerPoint Document"):
                user = archive.openstream("Current User").read(16) if archive.exists("Current User") else b""
                if len(user) == 16 and struct.unpack_from("<L", user, 12)[0] == 0xF3D1C4DF:
                    raise locked(".ppt")
                return Way.OFFICE, ".ppt"
    except Unfit:
        raise
    except Exception as error:  # olefile raises what it meets
        raise Unfit("Filen är skadad eller bara delvis kopierad.", RESEND) from error
    raise Unfit("Filer av det här slaget kan inte visas som sidor.", SAVE_AS_PDF)


def _has_file_pass(records: bytes) -> bool:
    """Whether a workbook's first records say that the rest is encrypted."""
    place = 0
    while place + 4 <= len(records):
        kind, size = struct.unpack_from("<HH", records, place)
        if kind == 0x002F:
            return True
        place += 4 + size
    return False

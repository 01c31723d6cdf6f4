"""Zip and XML from files that strangers made, read without trusting what they say about themselves.

Office files are zip archives with XML in them. A small file can claim, or inflate to, gigabytes; XML can pull in other
files or grow by entities. Nothing is read here before its size is known, the bytes that really come out are counted,
and XML with a document type declaration is refused.
"""

from __future__ import annotations

import zipfile
import zlib
from functools import lru_cache
from io import BytesIO
from typing import IO, TYPE_CHECKING, Final

from finsam_desktop.errors import UserError

if TYPE_CHECKING:
    from lxml.etree import XMLParser, _Element

MAX_FILE_BYTES: Final = 200 * 2**20
MAX_ENTRIES: Final = 5_000
MAX_PART_BYTES: Final = 160 * 2**20
MAX_INFLATED_BYTES: Final = 400 * 2**20
#: Real workbooks inflate 5–30 times. Small ones may do more without harm, so the ratio counts from this size on.
MAX_RATIO: Final = 120
RATIO_FROM_BYTES: Final = 10 * 2**20
_STEP: Final = 2**20

_RESAVE = "Öppna filen i Excel, välj Spara som och spara den som Excel-arbetsbok (.xlsx). Lägg sedan in den nya filen."
_ASK_SENDER = "Be avsändaren skicka filen igen. Öppna den inte om du inte vet vem den kommer från."


class Container:
    """The parts of one Office file. Raises UserError naming ``file_name`` when the archive is unsafe or damaged."""

    def __init__(self, content: bytes, file_name: str) -> None:
        self.file_name = file_name
        self._inflated = 0
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, IndexError) as error:
            raise damaged(file_name, repr(error)) from error
        _check_entries(entries, len(content), file_name)
        self.names = frozenset(entry.filename for entry in entries)

    def read(self, name: str) -> bytes:
        """The bytes of part ``name``, at most MAX_PART_BYTES; UserError if it is missing or damaged."""
        if name not in self.names:
            raise UserError(
                f"Filen {self.file_name} är inte hel: delen {name} saknas.",
                advice=_RESAVE,
            )
        try:
            with self._zip.open(name) as part:
                content = self._inflate(part, name)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise damaged(self.file_name, f"{name}: {error!r}") from error
        return content

    def _inflate(self, part: IO[bytes], name: str) -> bytes:
        """All bytes of ``part``, counted as they come: the size in the archive's list may be a lie."""
        pieces = []
        size = 0
        while piece := part.read(_STEP):
            size += len(piece)
            self._inflated += len(piece)
            if size > MAX_PART_BYTES or self._inflated > MAX_INFLATED_BYTES:
                raise _too_large(self.file_name, f"{name}: {self._inflated} byte uppackat")
            pieces.append(piece)
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def xml(self, name: str) -> _Element:
        """The root element of XML part ``name``."""
        return parse_xml(self.read(name), f"{self.file_name} ({name})")


def parse_xml(content: bytes, file_name: str) -> _Element:
    """The root element. No document type declaration, entity, network or very deep tree is accepted."""
    from lxml import etree

    refuse_declarations(content, file_name)
    try:
        root = etree.fromstring(content, _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged(file_name, str(error)) from error
    if root.getroottree().docinfo.doctype:
        raise _declaration(file_name)
    return root


@lru_cache(maxsize=1)
def _parser() -> XMLParser:
    from lxml import etree

    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def refuse_declarations(content: bytes, file_name: str) -> None:
    """UserError if XML ``content`` declares a document type or entities, in whatever encoding it is written."""
    plain = content.replace(b"\0", b"") if b"\0" in content else content
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise _declaration(file_name)


def _check_entries(entries: list[zipfile.ZipInfo], file_bytes: int, file_name: str) -> None:
    if len(entries) > MAX_ENTRIES:
        raise _too_large(file_name, f"{len(entries)} delar")
    seen: set[str] = set()
    for entry in entries:
        if _unsafe(entry.filename) or entry.filename.casefold() in seen:
            raise UserError(
                f"Filen {file_name} är gjord på ett sätt som vanliga program inte gör. Den har inte öppnats.",
                advice=_ASK_SENDER,
                detail=f"Delens namn: {entry.filename!r}",
            )
        seen.add(entry.filename.casefold())
        if entry.flag_bits & 0x1:
            raise locked_with_password(file_name)
    inflated = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    largest = max((entry.file_size for entry in entries), default=0)
    if packed > file_bytes or inflated > MAX_INFLATED_BYTES or largest > MAX_PART_BYTES:
        raise _too_large(file_name, f"{inflated} byte uppackat, {packed} byte packat")
    if inflated > RATIO_FROM_BYTES and inflated > MAX_RATIO * max(packed, 1):
        raise _too_large(file_name, f"{inflated} byte uppackat ur {packed} byte")


def _unsafe(name: str) -> bool:
    return (
        not name
        or name.startswith("/")
        or "\\" in name
        or ":" in name
        or "\0" in name
        or ".." in name.split("/")
    )


def locked_with_password(file_name: str) -> UserError:
    """The error for a file that is encrypted."""
    return UserError(
        f"Filen {file_name} är skyddad med lösenord.",
        advice="Öppna den i Excel med lösenordet, välj Arkiv, Info, Skydda arbetsbok, Kryptera med lösenord, "
        "töm rutan och spara. Lägg sedan in filen igen.",
    )


def damaged(file_name: str, detail: str) -> UserError:
    """The error for a file whose content cannot be read."""
    return UserError(
        f"Filen {file_name} är skadad eller bara delvis kopierad.",
        advice=f"Hämta filen igen från avsändaren. {_RESAVE}",
        detail=detail,
    )


def _too_large(file_name: str, detail: str) -> UserError:
    return UserError(
        f"Filen {file_name} packar upp till orimligt mycket data. Den har inte öppnats.",
        advice=_ASK_SENDER,
        detail=detail,
    )


def _declaration(file_name: str) -> UserError:
    return UserError(
        f"Filen {file_name} innehåller en instruktion (DOCTYPE) som inte hör hemma i en arbetsbok. "
        "Den har inte öppnats.",
        advice=_ASK_SENDER,
    )

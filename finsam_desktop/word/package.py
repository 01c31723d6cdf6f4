"""A .docx file as parts: read with limits before anything is unpacked, written the same way every time."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import TypeAlias
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from finsam_desktop.word.errors import UnsafeTemplate

MAX_ENTRIES = 2_000
MAX_FILE = 50 * 1024 * 1024
MAX_PART = 32 * 1024 * 1024
MAX_TOTAL = 64 * 1024 * 1024
MAX_RATIO = 200
RATIO_FROM = 1024 * 1024
MAX_XML = 16 * 1024 * 1024

_LARGE = 400_000

Chunks: TypeAlias = tuple[bytes, ...]
"""The bytes of a part in pieces."""

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DOS_TIME = (0, 33)  # 1980-01-01 00:00, the first moment a zip file can tell


@dataclass(slots=True)
class Package:
    """The parts of an Office file in order, by name without a leading slash; ``packed`` as they came, compressed."""

    parts: dict[str, bytes] = field(default_factory=dict)
    packed: dict[str, Packed] = field(default_factory=dict)


def read_bytes(source: str | Path | bytes) -> tuple[bytes, str]:
    """The file's bytes and its name for messages."""
    if isinstance(source, bytes):
        return source, "mallen"
    path = Path(source)
    try:
        if path.stat().st_size > MAX_FILE:
            raise UnsafeTemplate(f"{path.name} är orimligt stor för en mall och öppnas därför inte.")
        return path.read_bytes(), path.name
    except FileNotFoundError:
        raise UnsafeTemplate(f"Mallen {path.name} finns inte i mappen {path.parent}.") from None
    except OSError as error:
        raise UnsafeTemplate(f"Mallen {path.name} går inte att läsa.", detail=str(error)) from error


def read_package(data: bytes, name: str = "mallen") -> Package:
    """All parts of a Word file. Raises UnsafeTemplate, naming ``name``, for what is no sound Office zip file.

    Sizes are checked before anything is unpacked.
    """
    if len(data) > MAX_FILE:
        raise UnsafeTemplate(f"{name} är orimligt stor för en mall och öppnas därför inte.")
    if data.startswith(OLE_MAGIC):
        raise UnsafeTemplate(
            f"{name} är skyddad med lösenord eller sparad i det gamla formatet .doc. Öppna den i Word och "
            "spara den som "
            ".docx utan lösenord."
        )
    try:
        archive = ZipFile(BytesIO(data))
    except (BadZipFile, ValueError, OSError, struct.error) as error:
        raise UnsafeTemplate(f"{name} är inte en Word-fil eller är skadad.", detail=str(error)) from error
    with archive:
        infos = archive.infolist()
        _check_directory(infos, name)
        package = Package()
        for info in infos:
            if info.is_dir():
                continue
            package.parts[info.filename] = _inflate(archive, info, name)
            package.packed[info.filename] = _as_packed(data, info, package.parts[info.filename])
    if "[Content_Types].xml" not in package.parts:
        raise UnsafeTemplate(f"{name} är inte en Word-fil: innehållsförteckningen saknas.")
    return package


def _check_directory(infos: list[ZipInfo], name: str) -> None:
    if len(infos) > MAX_ENTRIES:
        raise UnsafeTemplate(f"{name} innehåller {len(infos)} delar. Fler än {MAX_ENTRIES} tas inte emot.")
    seen: set[str] = set()
    total = 0
    for info in infos:
        path = info.filename
        if (
            path.startswith(("/", "\\"))
            or "\\" in path
            or ":" in path
            or "\0" in path
            or ".." in PurePosixPath(path).parts
        ):
            raise UnsafeTemplate(f"{name} innehåller en del med ett otillåtet namn: {path[:80]!r}.")
        if path.lower() in seen:
            raise UnsafeTemplate(f"{name} innehåller samma del två gånger: {path[:80]}.")
        seen.add(path.lower())
        if info.flag_bits & 0x1:
            raise UnsafeTemplate(f"{name} är krypterad. Spara den utan lösenord.")
        total += info.file_size
        bomb = info.file_size > RATIO_FROM and info.file_size > MAX_RATIO * max(1, info.compress_size)
        if info.file_size > MAX_PART or total > MAX_TOTAL or bomb:
            raise UnsafeTemplate(
                f"{name} packas upp till orimligt mycket ({path[:80]}) och öppnas därför inte."
            )


def _inflate(archive: ZipFile, info: ZipInfo, name: str) -> bytes:
    """The part's bytes. zipfile stops at the declared size, which is checked above, and at a wrong check sum."""
    try:
        return archive.read(info)
    except (BadZipFile, zlib.error, EOFError, ValueError, struct.error, RuntimeError, OSError) as error:
        message = f"{name} är skadad: delen {info.filename[:80]} går inte att läsa."
        raise UnsafeTemplate(message, detail=str(error)) from error


@dataclass(frozen=True, slots=True)
class Packed:
    """A part already compressed, so that what never changes is compressed once per template."""

    size: int
    crc: int
    content: bytes
    stored: bool


def _as_packed(data: bytes, info: ZipInfo, content: bytes) -> Packed:
    """The part's compressed bytes as they lie in the file, so that what never changes is not compressed again."""
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        return pack(content)
    start = info.header_offset
    name_length, extra_length = struct.unpack("<HH", data[start + 26 : start + 30])
    at = start + 30 + name_length + extra_length
    return Packed(
        info.file_size, info.CRC, data[at : at + info.compress_size], info.compress_type == ZIP_STORED
    )


def pack(*chunks: bytes) -> Packed:
    """Compress a part. Large parts are compressed lightly: the file grows by a third, the time falls to a fifth."""
    size = sum(map(len, chunks))
    deflater = zlib.compressobj(6 if size < _LARGE else 1, zlib.DEFLATED, -15)
    packed = bytearray()
    checksum = 0
    for chunk in chunks:
        checksum = zlib.crc32(chunk, checksum)
        packed += deflater.compress(chunk)
    packed += deflater.flush()
    if len(packed) >= size:
        return Packed(size, checksum, b"".join(chunks), True)
    return Packed(size, checksum, bytes(packed), False)


def write_package(parts: dict[str, Packed]) -> bytes:
    """A zip file with the parts in order, the content types first, and one fixed time on them all."""
    names = sorted(parts, key=lambda name: name != "[Content_Types].xml")
    out = bytearray()
    directory = bytearray()
    for name in names:
        part = parts[name]
        path = name.encode("utf-8")
        flags = 0x800 if len(path) != len(name) else 0
        method = 0 if part.stored else 8
        common = struct.pack(
            "<HHHHHIIIHH", 20, flags, method, *_DOS_TIME, part.crc, len(part.content), part.size, len(path), 0
        )
        offset = len(out)
        out += b"PK\x03\x04" + common + path
        out += part.content
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + common
        directory += struct.pack("<HHHII", 0, 0, 0, 0, offset) + path
    start = len(out)
    out += directory
    out += b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, len(names), len(names), len(directory), start, 0)
    return bytes(out)

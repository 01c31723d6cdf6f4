"""The workbook inside an .xls file, taken out of its container and checked before the compiled reader sees it.

An .xls is a compound file, a small file system whose chains can run in circles, with records that can claim any size.
The reader believes both and would take all memory there is. Here the workbook's stream is read with limits, its records
are counted, and it is put alone in a new container.

Source: [MS-CFB] 2.2–2.6 (the container), [MS-XLS] 2.1.4 and 2.4 (records).
"""

from __future__ import annotations

import struct
from io import BytesIO
from typing import Final

from finsam_desktop.errors import UserError
from finsam_desktop.sources.cell_rows import MAX_PLACES
from finsam_desktop.sources.container import MAX_PART_BYTES, damaged

MAX_SHEETS: Final = 500
_STREAMS: Final = ("Workbook", "WORKBOOK", "Book", "BOOK")
_SECTOR: Final = 4096
_END, _FAT, _FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
#: Records of cells: their first two numbers are row and column.
_CELLS: Final = frozenset(
    (0x06, 0x02, 0x03, 0x04, 0x05, 0x201, 0x203, 0x204, 0x205, 0x27E, 0xFD, 0xBD, 0xBE, 0xD6)
)
_BEGIN, _SHEET, _STRINGS, _SIZE = (0x09, 0x209, 0x409, 0x809), 0x85, 0xFC, 0x200
#: A row of numbers in one record reaches at most this many columns to the right of its first.
_REACH: Final = 1_400


def checked_xls(content: bytes, file_name: str) -> bytes:
    """The file with nothing but its workbook, safe to read. UserError when it is damaged or claims too much."""
    stream = bytearray(_workbook_stream(content, file_name))
    _check_records(stream, file_name)
    return _container(bytes(stream))


def _workbook_stream(content: bytes, file_name: str) -> bytes:
    import olefile

    try:
        with olefile.OleFileIO(BytesIO(content)) as container:
            name = next((name for name in _STREAMS if container.exists(name)), None)
            if name is None:
                raise damaged(file_name, "inget Workbook i behållaren")
            if container.get_size(name) > min(MAX_PART_BYTES, len(content)):
                raise damaged(file_name, "Workbook är större än filen")
            with container.openstream(name) as stream:
                read: bytes = stream.read()
    except (OSError, ValueError, IndexError, struct.error, AttributeError, TypeError, OverflowError) as error:
        # olefile's own errors are OSErrors; the others come of damage that it did not think of.
        raise damaged(file_name, repr(error)) from error
    return read


def _check_records(stream: bytearray, file_name: str) -> None:
    """UserError when the records would take more memory than any report; a sheet's claimed size is set to nothing."""
    place, sheets, places = 0, 0, 0
    top, bottom, left, right = 1 << 16, -1, 1 << 16, -1
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        body = place + 4
        if kind in _CELLS and length >= 4:
            row, column = struct.unpack_from("<HH", stream, body) if body + 4 <= len(stream) else (0, 0)
            top, bottom = min(top, row), max(bottom, row)
            left, right = min(left, column), max(right, column + (_REACH if kind in (0xBD, 0xBE) else 0))
            if (bottom - top + 1) * (right - left + 1) + places > MAX_PLACES + _REACH * (bottom - top + 1):
                raise _too_large(file_name)
        elif kind in _BEGIN and bottom >= 0:
            places += (bottom - top + 1) * (right - left + 1)
            top, bottom, left, right = 1 << 16, -1, 1 << 16, -1
        elif kind == _SHEET:
            sheets += 1
            if sheets > MAX_SHEETS:
                raise UserError(
                    f"{file_name} har fler än {MAX_SHEETS} blad.",
                    advice="Spara de blad som behövs i en egen arbetsbok.",
                )
        elif kind == _STRINGS and length >= 8 and body + 8 <= len(stream):
            if struct.unpack_from("<I", stream, body + 4)[0] * 3 > len(stream):
                raise damaged(file_name, "fler texter än filen rymmer")
        elif kind == _SIZE:
            # The reader sets aside memory for the size that is claimed here; it needs none of it.
            stream[body : min(body + length, len(stream))] = bytes(
                max(0, min(body + length, len(stream)) - body)
            )
        place = body + length


def _container(stream: bytes) -> bytes:
    """A compound file with the stream called Workbook, in sectors of 4096 bytes."""
    stream = stream.ljust(_SECTOR, b"\0")
    count = -(-len(stream) // _SECTOR)
    tables = -(-(count + 2) // (_SECTOR // 4 - 1))
    first = tables + 1
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 4, 0xFFFE, 12, 6,
        1, tables, tables, 0, 4096, _END, 0, _END, 0,
    )  # fmt: skip
    places = [*range(tables), *(_FREE,) * (109 - tables)]
    header = (header + struct.pack("<109I", *places)).ljust(_SECTOR, b"\0")
    chain = [*(_FAT,) * tables, _END, *range(first + 1, first + count), _END]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(tables * _SECTOR, b"\xff")
    directory = _entry("Root Entry", 5, child=1, start=first) + _entry(
        "Workbook", 2, start=first, size=len(stream)
    )
    directory += (_entry("", 0)) * (_SECTOR // 128 - 2)
    return header + table + directory + stream.ljust(count * _SECTOR, b"\0")


def _entry(name: str, kind: int, *, child: int = _FREE, start: int = 0, size: int = 0) -> bytes:
    encoded = (name + "\0").encode("utf-16-le") if name else b""
    return struct.pack(
        "<64sHBBIII16xIQQIQ", encoded, len(encoded), kind, 1, _FREE, _FREE, child, 0, 0, 0, start, size
    ).ljust(128, b"\0")


def _too_large(file_name: str) -> UserError:
    return UserError(
        f"{file_name} har ett blad som är för stort att läsa.",
        advice="Spara den del som behövs i en egen arbetsbok.",
    )

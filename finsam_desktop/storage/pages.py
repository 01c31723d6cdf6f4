"""The rows that stand in the pages of a damaged SQLite file, read without its tree of pages.

SQLite gives up at the first page that does not fit; here every page is looked at by itself, and every row that is
whole is given. Rows of pages that are no longer in use are given too: who asks must know which row is the right one.
Specification: the SQLite file format, sections 1.6 (b-tree pages), 1.7 (overflow pages) and 2.1 (records).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

Row = tuple[object, ...]

_LEAF = 0x0D
_HEADER = 100
_LARGEST = 1_000_000_000
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}


class _Broken(Exception):
    """This row or page cannot be read."""


_PAGES_A_STEP = 2048


def rows(
    data: bytes | memoryview, step: Callable[[int, int], None] | None = None
) -> Iterator[tuple[int, Row]]:
    """Every whole row of the file with its rowid: numbers, text, bytes and None, page by page.

    Never raises for what the file holds. The size of the pages is guessed where the header is lost.
    ``step(done, total)`` is called now and then, in pages, and may raise to stop.
    """
    size = _page_size(data)
    usable = size - (data[20] if len(data) > 20 and data[:6] == b"SQLite" else 0)
    total = len(data) // size + (len(data) % size > 0)
    for number in range(total):
        if step is not None and number % _PAGES_A_STEP == 0:
            step(number, total)
        start = number * size
        page = data[start : start + size]
        with suppress(_Broken, IndexError):
            yield from _leaf(data, page, _HEADER if number == 0 else 0, size, usable)


def _page_size(data: bytes | memoryview) -> int:
    stated = int.from_bytes(data[16:18])
    size = 65536 if stated == 1 else stated
    return size if size in (512, 1024, 2048, 4096, 8192, 16384, 32768, 65536) else 4096


def _leaf(
    data: bytes | memoryview, page: bytes | memoryview, head: int, size: int, usable: int
) -> Iterator[tuple[int, Row]]:
    if len(page) < head + 8 or page[head] != _LEAF:
        return
    count = int.from_bytes(page[head + 3 : head + 5])
    for place in range(count):
        pointer = int.from_bytes(page[head + 8 + 2 * place : head + 10 + 2 * place])
        with suppress(_Broken, IndexError):
            yield _cell(data, page, pointer, size, usable)


def _cell(
    data: bytes | memoryview, page: bytes | memoryview, place: int, size: int, usable: int
) -> tuple[int, Row]:
    length, place = _varint(page, place)
    rowid, place = _varint(page, place)
    rowid -= (rowid >> 63) << 64  # a number with a sign
    if length > min(_LARGEST, len(data)):
        raise _Broken
    most = usable - 35
    if length <= most:
        payload = bytes(page[place : place + length])
    else:
        least = (usable - 12) * 32 // 255 - 23
        here = least + (length - least) % (usable - 4)
        here = here if here <= most else least
        payload = bytes(page[place : place + here]) + _overflow(
            data, int.from_bytes(page[place + here : place + here + 4]), length - here, size, usable
        )
    if len(payload) != length:
        raise _Broken
    return rowid, _record(payload)


def _overflow(data: bytes | memoryview, page: int, left: int, size: int, usable: int) -> bytes:
    parts, seen = [], set()
    while left > 0:
        start = (page - 1) * size
        if page < 2 or page in seen or start + 4 > len(data):
            raise _Broken
        seen.add(page)
        part = bytes(data[start + 4 : start + 4 + min(left, usable - 4)])
        if len(part) < min(left, usable - 4):
            raise _Broken
        parts.append(part)
        left -= len(part)
        page = int.from_bytes(data[start : start + 4])
    return b"".join(parts)


def _record(payload: bytes) -> Row:
    end, place = _varint(payload, 0)
    if not place <= end <= len(payload):
        raise _Broken
    kinds = []
    while place < end:
        kind, place = _varint(payload, place)
        kinds.append(kind)
    values: list[object] = []
    for kind in kinds:
        value, place = _value(payload, kind, place)
        values.append(value)
    if place != len(payload):
        raise _Broken
    return tuple(values)


def _value(payload: bytes, kind: int, place: int) -> tuple[object, int]:
    if kind == 0:
        return None, place
    if kind in (8, 9):
        return kind - 8, place
    if kind in (7, 10, 11):  # no column of ours holds a float; 10 and 11 are never written
        raise _Broken
    length = _INTEGERS.get(kind) or (kind - 12) // 2
    part = payload[place : place + length]
    if len(part) != length:
        raise _Broken
    if kind in _INTEGERS:
        return int.from_bytes(part, signed=True), place + length
    if kind % 2 == 0:
        return part, place + length
    try:
        return part.decode(), place + length
    except UnicodeDecodeError as error:
        raise _Broken from error


def _varint(data: bytes | memoryview, place: int) -> tuple[int, int]:
    value = 0
    for used in range(9):
        byte = data[place + used]
        if used == 8:
            return (value << 8) | byte, place + 9
        value = (value << 7) | (byte & 0x7F)
        if byte < 0x80:
            return value, place + used + 1
    raise _Broken

"""Values as bytes and back: JSON by msgspec, exact in both directions, and compressed for the history.

The JSON of a value is what the .finsam file and the exchange format hold, see docs/file-format.md.
"""

from __future__ import annotations

import zlib
from hashlib import sha256
from typing import Any, TypeVar

import msgspec

from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting

Document = Association | Meeting
T = TypeVar("T")


class CodecError(ValueError):
    """Bytes that are not the JSON of a value, or a value that JSON cannot hold. The text is technical."""


class UnknownFieldError(CodecError):
    """JSON that holds more than the value can: reading it would lose words. The text is the place."""


def encode(value: object) -> bytes:
    """The JSON of a value, UTF-8. CodecError when it cannot be read back as the same value.

    That check is what stands between a wrongly typed value (a list for a tuple, text that is not Unicode)
    and a file that does not open tomorrow.
    """
    try:
        data = msgspec.json.encode(value)
        same = msgspec.json.decode(data, type=type(value)) == value
    except (UnicodeError, TypeError, ValueError, RecursionError) as error:
        raise CodecError(str(error)) from error
    if not same:
        raise CodecError(f"{type(value).__name__} does not survive a round trip through JSON")
    return data


def decode(data: bytes, kind: type[T]) -> T:
    """The value of its JSON. CodecError when it is broken, UnknownFieldError when words would be lost."""
    try:
        value = msgspec.json.decode(data, type=kind)
    except (ValueError, RecursionError) as error:  # msgspec's own errors are ValueErrors
        raise CodecError(str(error)) from error
    # What this version wrote gives equal bytes; only otherwise is it worth looking for what was dropped.
    again = msgspec.json.encode(value)
    if again != data:
        place = dropped_field(msgspec.json.decode(data), msgspec.json.decode(again))
        if place:
            raise UnknownFieldError(place)
    return value


def dropped_field(source: Any, kept: Any, place: str = "") -> str:
    """Where ``source`` has a field that ``kept``, made of it, lacks, such as items[0].titel; else ""."""
    if isinstance(source, dict) and isinstance(kept, dict):
        for key, inner in source.items():
            here = f"{place}.{key}" if place else str(key)
            if key not in kept:
                return here
            if found := dropped_field(inner, kept[key], here):
                return found
    elif isinstance(source, list | tuple) and isinstance(kept, list | tuple):
        for index, (inner, kept_inner) in enumerate(zip(source, kept, strict=True)):
            if found := dropped_field(inner, kept_inner, f"{place}[{index}]"):
                return found
    return ""


def pack(data: bytes) -> bytes:
    """Bytes compressed for the history."""
    return zlib.compress(data, 6)


def unpack(packed: bytes) -> bytes:
    """What ``pack`` was given. CodecError when the bytes are altered (zlib has a checksum)."""
    try:
        return zlib.decompress(packed)
    except zlib.error as error:
        raise CodecError(str(error)) from error


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return sha256(data).hexdigest()

"""Values as bytes and back: JSON by msgspec, exact in both directions, and compressed for the history.

The JSON of a value is what the .finsam file and the exchange format hold, see docs/file-format.md.
"""

from __future__ import annotations

import re
import sys
import zlib
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from hashlib import sha256
from types import ModuleType, UnionType
from typing import Any, ForwardRef, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import defstruct

from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.known_types import MAKING, known

LARGEST_VALUE = 50_000_000
"""Bytes of JSON; a meeting with many large tables has some five million. A hostile kilobyte can grow to a gigabyte."""

Document = Association | Meeting
T = TypeVar("T")
_NO_NUMBER = re.compile(
    rb'"(?=[-+\s_sSnNiI])[-+\s_]*(?:[sS]_*)?(?:[nN]_*[aA]_*[nN][\d_\s]*|[iI]_*[nN]_*[fF][inityINITY_\s]*)"'
)
"""A whole text that may be read as such an amount. Up to its end: "Information" begins many a title. What may
come first is asked for first: most quotation marks end a text, and a file of twenty years has a million."""


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
        reader = known(type(value))
        data = msgspec.json.encode(value)
        same = reader.decode(data) == value
    except (UnicodeError, TypeError, ValueError, RecursionError, ArithmeticError) as error:
        raise CodecError(str(error)) from error
    if not same:
        raise CodecError(f"{type(value).__name__} does not survive a round trip through JSON")
    return data


def decode(data: bytes, kind: type[T]) -> T:
    """The value of its JSON. CodecError when it is broken, UnknownFieldError when words would be lost."""
    try:
        value = known(kind).decode(data)
        try:
            _strict(kind).decode(data)  # type: ignore[arg-type]
        except msgspec.ValidationError:
            again = msgspec.json.encode(value)
            place = dropped_field(msgspec.json.decode(data), msgspec.json.decode(again))
            if place:
                raise UnknownFieldError(place) from None
    except UnknownFieldError:
        raise
    except (ValueError, RecursionError) as error:  # msgspec's own errors are ValueErrors
        raise CodecError(str(error)) from error
    if _NO_NUMBER.search(data) and _has_no_number(value):
        raise CodecError("an amount that is no number")
    return value


def make_ready() -> None:
    """Make what reads a file's values, so that nobody waits for it at the first file: it takes a tenth of a second."""
    for kind in (Association, Meeting):
        known(kind)
        _strict(kind)


def _has_no_number(value: object) -> bool:
    """Whether there is an amount in it that cannot even be compared (sNaN), or that no sum can hold (Infinity)."""
    left: list[object] = [value]
    while left:
        one = left.pop()
        if isinstance(one, Decimal) and not one.is_finite():
            return True
        if is_dataclass(one):
            left += [getattr(one, field.name) for field in fields(one)]
        elif isinstance(one, tuple | list):
            left += one
        elif isinstance(one, dict):
            left += one.values()
    return False


@cache
def _strict(kind: Any) -> msgspec.json.Decoder[Any]:
    """A decoder of the same fields that refuses every other one.

    It does in C what comparing the JSON with what was read of it would do in Python, at a twentieth of the time: every
    value of a file that was written before a field was added goes this way.
    """
    with (
        MAKING
    ):  # recursive types find each other in a module by name, too: two threads would find each other's
        return msgspec.json.Decoder(_mirror(kind, {}, ModuleType(f"{__name__}.strict")))


def _mirror(kind: Any, made: dict[type, str], names: ModuleType) -> Any:
    """The type with every dataclass in it as a struct that forbids unknown fields. ``names`` is where recursive
    types find each other."""
    if is_dataclass(kind) and isinstance(kind, type):
        if kind not in made:
            name = made[kind] = f"{kind.__name__}{len(made)}"
            sys.modules[names.__name__] = names
            hints = get_type_hints(kind)
            fields_of = [(f.name, _mirror(hints[f.name], made, names), None) for f in fields(kind)]
            struct = defstruct(name, fields_of, module=names.__name__, forbid_unknown_fields=True)
            setattr(names, name, struct)
        return getattr(names, made[kind], ForwardRef(made[kind]))
    arguments = get_args(kind)
    if not arguments or get_origin(kind) is Literal:
        return kind
    inner = tuple(_mirror(one, made, names) if one is not Ellipsis else one for one in arguments)
    if get_origin(kind) in (Union, UnionType):
        return Union[inner]  # noqa: UP007
    return get_origin(kind)[inner]  # type: ignore[index]


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


def unpack(packed: bytes, most: int = LARGEST_VALUE) -> bytes:
    """What ``pack`` was given. CodecError when the bytes are altered (zlib has a checksum), or too many."""
    opened = zlib.decompressobj()
    try:
        data = opened.decompress(packed, most)
    except zlib.error as error:
        raise CodecError(str(error)) from error
    if not opened.eof:
        raise CodecError("cut off, or larger than any value")
    return data


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return sha256(data).hexdigest()

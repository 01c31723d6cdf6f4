"""Values with every field filled, made from their types, so that a field added tomorrow is filled too.

Every text is ``word`` with a number after it, and every tuple has one member; sub-items go one step down.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from finsam_desktop.domain.agenda import AgendaItem

T = TypeVar("T")

_hints = lru_cache(maxsize=256)(get_type_hints)

_PLAIN: dict[type, Any] = {
    int: 7,
    bool: True,
    Decimal: Decimal("12"),
    date: date(2026, 10, 29),
    datetime: datetime(2026, 10, 29, 8, 30),
    time: time(8, 30),
}


def filled(kind: type[T], word: str, **named: str) -> T:
    """An instance of the dataclass with nothing empty. TypeError for a kind of field that is unknown here.

    The texts of fields that are ``named`` begin with other words.
    """
    value: T = _value(kind, word, iter(range(10_000)), (), named)
    return value


def _value(kind: Any, word: str, count: Iterator[int], above: tuple[type, ...], named: dict[str, str]) -> Any:
    if kind is str:
        return f"{word} {next(count)}"
    if kind in _PLAIN:
        return _PLAIN[kind]
    if get_origin(kind) in (Union, UnionType):
        return _value(next(one for one in get_args(kind) if one is not NoneType), word, count, above, named)
    if get_origin(kind) is tuple:
        inner = [one for one in get_args(kind) if one is not Ellipsis]
        if inner[0] is AgendaItem and above.count(AgendaItem) > 1:
            return ()
        return tuple(_value(one, word, count, above, named) for one in inner)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    if is_dataclass(kind):
        hints = _hints(kind)
        below = (*above, kind)
        return kind(
            **{
                f.name: _value(hints[f.name], named.get(f.name, word), count, below, named)
                for f in fields(kind)
            }
        )
    raise TypeError(f"no value for {kind}")


def texts(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of the value with the names of the fields that lead to it."""
    if isinstance(value, str):
        yield path, str(value)
    elif isinstance(value, tuple):
        for one in value:
            yield from texts(one, path)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from texts(getattr(value, field.name), f"{path}.{field.name}")

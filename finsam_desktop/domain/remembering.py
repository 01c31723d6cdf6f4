"""Answers that are given again for the same values.

The rules ask the same of one meeting many times over: who decides an item, who is appointed on the day. The answer
cannot change, since values do not.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import TypeVar, TypeVarTuple

Ts = TypeVarTuple("Ts")
T = TypeVar("T")

MOST = 1000
"""Answers that one function keeps; then it begins anew."""
_BY_VALUE = (str, date)


def _known_by(value: object) -> object:
    if isinstance(value, _BY_VALUE):
        return value
    return tuple(map(id, value)) if isinstance(value, tuple) else id(value)


def remembered(function: Callable[[*Ts], T]) -> Callable[[*Ts], T]:
    """Keep the answers of a pure function whose arguments are given by position: frozen values, tuples of them, texts,
    days, enums.

    Values are known by identity, texts and days by what they are: to compare or hash a whole meeting takes longer than
    most answers. They are kept with the answer, so that no other value gets their identity. A list would be wrong here:
    it can change. So would an answer that somebody changes: of a dict, give a copy.
    """
    kept: dict[tuple[object, ...], tuple[object, T]] = {}

    @wraps(function)
    def once(*args: *Ts) -> T:
        key = tuple([_known_by(one) for one in args])
        found = kept.get(key)
        if found is not None:
            return found[1]
        answer = function(*args)
        if len(kept) >= MOST:
            kept.clear()
        kept[key] = (args, answer)
        return answer

    return once

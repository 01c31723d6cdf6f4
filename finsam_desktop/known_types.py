"""What msgspec works out of a type, one thread at a time.

It keeps it in the type, from before it is complete. A thread that read or wrote such a value meanwhile brought the
program down, which happened when a file was opened while the decoders were being made.
"""

from __future__ import annotations

from threading import RLock
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")

MAKING = RLock()
"""Held by whoever makes something of types. Types share types."""
_DECODERS: dict[type, msgspec.json.Decoder[Any]] = {}


def known(kind: type[T]) -> msgspec.json.Decoder[T]:
    """The reader of JSON for a type. Ask for it before a value of the type is read, converted or written."""
    found = _DECODERS.get(kind)
    if found is None:
        with MAKING:
            found = _DECODERS.setdefault(kind, msgspec.json.Decoder(kind))
    return found

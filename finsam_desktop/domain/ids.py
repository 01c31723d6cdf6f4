"""Identifiers of values: random, never reused, without meaning."""

from __future__ import annotations

from uuid import uuid4


def new_id() -> str:
    """A new identifier, 32 hexadecimal digits."""
    return uuid4().hex

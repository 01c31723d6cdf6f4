"""Reading TOML that a person wrote or a stranger sent: every fault of it is one kind of error."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from typing import Any


def read_toml(text: str, *, parse_float: Callable[[str], Any] = float) -> dict[str, Any]:
    """The table that the text is. TOMLDecodeError for everything that cannot be read.

    The library lets two faults of hostile text through as others: lists a thousand deep, and numbers of thousands
    of digits.
    """
    try:
        return tomllib.loads(text, parse_float=parse_float)
    except tomllib.TOMLDecodeError:
        raise
    except (RecursionError, ArithmeticError, ValueError) as error:
        raise tomllib.TOMLDecodeError(f"{type(error).__name__}: {error}") from error

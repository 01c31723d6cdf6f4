"""Pasted text as a document can hold it: no signs that Word refuses, lines where there are lines."""

from __future__ import annotations

import re

_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
_SPACE = re.compile(r"\s+")
_KEPT = ("\u00a0", "\u202f", "\u2007")


def without_controls(text: str) -> str:
    """Line ends as one, Word's soft line break as a line break; signs that no document can hold are left out."""
    for line_end in ("\r\n", "\r", "\v", "\f", "\u2028", "\u2029"):
        text = text.replace(line_end, "\n")
    return _UNPRINTABLE.sub("", text)


def one_line(text: str) -> str:
    """All on one line with single spaces. A no-break space between words stays: "1 724 tkr" is not to be parted."""
    return _SPACE.sub(_space, without_controls(text)).strip()


def _space(found: re.Match[str]) -> str:
    return found[0] if found[0] in _KEPT else " "

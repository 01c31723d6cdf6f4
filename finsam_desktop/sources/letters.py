"""Which letters the bytes of a text file are, told from the bytes alone: no exporting program can be trusted to say."""

from __future__ import annotations

import re
from typing import Final

#: The bytes of å ä ö Å Ä Ö é ü É in the two sets that a SIE file without UTF-8 can be in.
_PC: Final = bytes((0x86, 0x84, 0x94, 0x8F, 0x8E, 0x99, 0x82, 0x90))
_WINDOWS: Final = bytes((0xE5, 0xE4, 0xF6, 0xC5, 0xC4, 0xD6, 0xE9, 0xC9))
_ASCII: Final = bytes(range(128))
_MAC: Final = bytes((0x8C, 0x8A, 0x9A, 0x81, 0x80, 0x85))
_UTF8_LETTER: Final = re.compile(rb"\xc3[\x84\x85\x96\xa4\xa5\xb6\xa9\x89]")


def likely_letters(content: bytes, *, usual: str) -> str:
    """The set whose Swedish letters the bytes have most of; ``usual`` when they have none or as many of another."""
    rest = content.translate(None, _ASCII)
    scores = {
        "cp437": sum(rest.count(byte) for byte in _PC),
        "cp1252": sum(rest.count(byte) for byte in _WINDOWS),
        "mac_roman": sum(rest.count(byte) for byte in _MAC),
        "utf-8": 2 * len(_UTF8_LETTER.findall(content)),
    }
    return max(scores, key=lambda name: (scores[name], name == usual))


def wide_letters(content: bytes) -> str:
    """The name of UTF-16 without its mark, told by every other byte of the first lines being zero; "" for others."""
    head = content[:400]
    if len(head) < 8 or head.count(0) < len(head) // 3:
        return ""
    if head[1::2].count(0) > 0.8 * len(head[1::2]):
        return "utf-16-le"
    return "utf-16-be" if head[::2].count(0) > 0.8 * len(head[::2]) else ""

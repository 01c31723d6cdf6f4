"""The checksum of #KSUMMA (SIE filformat 4B, 10): CRC-32 of labels and fields in code page 437."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from typing import Final

#: Spaces, tabs and braces outside quotes are not part of the sum.
_LEFT_OUT: Final = {ord(character): None for character in " \t\r\n{}"}
_ESCAPED_QUOTE: Final = re.compile(r'\\"')


def checksum(lines: Iterable[str], encoding: str = "cp437") -> int:
    """The sum of the posts in ``lines``, as an unsigned number."""
    total = 0
    for line in lines:
        parts = _ESCAPED_QUOTE.sub("\0", line).split('"')
        for place in range(0, len(parts), 2):
            parts[place] = parts[place].translate(_LEFT_OUT)
        total = zlib.crc32("".join(parts).replace("\0", '"').encode(encoding, "replace"), total)
    return total


def agrees(lines: list[str], stated: str, encoding: str) -> bool:
    """Whether ``stated`` is the sum of the lines, in the specified letters or in those the file was written in.

    Some programs write the number signed, some as hexadecimal.
    """
    try:
        wanted = {int(stated) & 0xFFFFFFFF}
    except ValueError:
        try:
            wanted = {int(stated, 16)}
        except ValueError:
            return False
    names = dict.fromkeys(("cp437", encoding if encoding != "ascii" else "cp437"))
    return any(checksum(lines, name) in wanted for name in names)

"""Which letters the bytes of a SIE file are. The file's own #FORMAT is not asked: it says PC8 whatever they are."""

from __future__ import annotations

import re
from typing import Final

#: The bytes of å ä ö Å Ä Ö é ü É in the two sets that a SIE file without UTF-8 can be in.
_PC: Final = bytes((0x86, 0x84, 0x94, 0x8F, 0x8E, 0x99, 0x82, 0x90))
_WINDOWS: Final = bytes((0xE5, 0xE4, 0xF6, 0xC5, 0xC4, 0xD6, 0xE9, 0xC9))
_ASCII: Final = bytes(range(128))
_MAC: Final = bytes((0x8C, 0x8A, 0x9A, 0x81, 0x80, 0x85))
_UTF8_LETTER: Final = re.compile(rb"\xc3[\x84\x85\x96\xa4\xa5\xb6\xa9\x89]")
#: What å ä ö of the PC set become when a program takes them for Windows letters: "Ink”p tj„nster".
_TAKEN_FOR_WINDOWS: Final = re.compile(r"(?<=[a-zA-Z])[”„†](?=[a-zA-Z])")
_TAKEN_TWICE: Final = re.compile(r"Ã[¥¤¶…„–©]")
_RIGHT: Final = re.compile(r"[åäöÅÄÖ]")


def decode(content: bytes) -> tuple[str, str, str]:
    """The text, the name of its encoding, and a remark in Swedish when letters had to be mended ("" else)."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if content.startswith(mark):
            return _with_losses(content[len(mark) :], name)
    if wide := _wide(content):
        return _with_losses(content, wide)
    if content.isascii():
        return content.decode("ascii"), "ascii", ""
    try:
        return _mended(content.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    rest = content.translate(None, _ASCII)
    scores = {
        "cp437": sum(rest.count(byte) for byte in _PC),
        "cp1252": sum(rest.count(byte) for byte in _WINDOWS),
        "mac_roman": sum(rest.count(byte) for byte in _MAC),
        "utf-8": 2 * len(_UTF8_LETTER.findall(content)),
    }
    # The first of equals: a file of this kind is cp437 by the specification.
    name = max(scores, key=lambda key: scores[key])
    if name == "cp437":
        # Python gives control characters below 32 as themselves; 21 is the section sign in the PC set.
        return content.decode("cp437").replace("\x15", "§"), name, ""
    return _with_losses(content, name)


def _with_losses(content: bytes, name: str) -> tuple[str, str, str]:
    text = content.decode(name, "replace")
    lost = text.count("\ufffd")
    remark = f"{lost} tecken i filen gick inte att tyda och visas som \ufffd." if lost else ""
    return text, name, remark


def _wide(content: bytes) -> str:
    """UTF-16 without its mark: every other byte of the first lines is zero."""
    head = content[:400]
    if len(head) < 8 or head.count(0) < len(head) // 3:
        return ""
    if head[1::2].count(0) > 0.8 * len(head[1::2]):
        return "utf-16-le"
    return "utf-16-be" if head[::2].count(0) > 0.8 * len(head[::2]) else ""


def _mended(text: str) -> tuple[str, str, str]:
    """UTF-8, with letters turned right when the program that wrote them had taken them for others throughout."""
    if not _RIGHT.search(text):
        for pattern, wrong, right in (
            (_TAKEN_FOR_WINDOWS, "cp1252", "cp437"),
            (_TAKEN_TWICE, "cp1252", "utf-8"),
        ):
            if pattern.search(text):
                try:
                    mended = text.encode(wrong).decode(right)
                except UnicodeError:
                    continue
                return mended, "utf-8", "Å, ä och ö var förvanskade i filen och har rättats vid läsningen."
    return text, "utf-8", ""

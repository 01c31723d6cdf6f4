"""Which letters the bytes of a SIE file are. The file's own #FORMAT is not asked: it says PC8 whatever they are."""

from __future__ import annotations

import re
from typing import Final

from finsam_desktop.sources.letters import likely_letters, wide_letters

#: What å ä ö of the PC set become when a program takes them for Windows letters: "Ink”p tj„nster".
_TAKEN_FOR_WINDOWS: Final = re.compile(r"(?<=[a-zA-Z])[”„†](?=[a-zA-Z])")
_TAKEN_TWICE: Final = re.compile(r"Ã[¥¤¶…„–©]")
_RIGHT: Final = re.compile(r"[åäöÅÄÖ]")


def decode(content: bytes) -> tuple[str, str, str]:
    """The text, the name of its encoding, and a remark in Swedish when letters had to be mended ("" else)."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if content.startswith(mark):
            return _with_losses(content[len(mark) :], name)
    if wide := wide_letters(content):
        return _with_losses(content, wide)
    if content.isascii():
        return content.decode("ascii"), "ascii", ""
    try:
        return _mended(content.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    name = likely_letters(content, usual="cp437")
    if name == "cp437":
        # Python gives control characters below 32 as themselves; 21 is the section sign in the PC set.
        return content.decode("cp437").replace("\x15", "§"), name, ""
    return _with_losses(content, name)


def _with_losses(content: bytes, name: str) -> tuple[str, str, str]:
    text = content.decode(name, "replace")
    lost = text.count("\ufffd")
    remark = f"{lost} tecken i filen gick inte att tyda och visas som \ufffd." if lost else ""
    return text, name, remark


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

"""How texts are made alike before they are compared: case, accents, composed letters, hyphens nobody sees.

å, ä and ö are letters of their own and never become a and o; é becomes e, so that "idé" is found by "ide".
"""

from __future__ import annotations

import re
import unicodedata

_UNSEEN = re.compile(
    "[\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
    "\ufff9-\ufffb\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f]"
)
"""Soft hyphens, joiners and signs that no page shows."""
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_LIGATURE = re.compile(f"[{''.join(_LIGATURES)}]")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n[ \n]*")
_FOREIGN = re.compile("[^\x00-\x7fåäö§·]")
_SIGNS = {"–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "’": "'", "”": '"', "“": '"'}


def shown(text: str) -> str:
    """The text as it is searched and shown in a hit: composed letters, no unseen signs, single spaces.

    Line breaks stay; they tell paragraphs apart.
    """
    text = _UNSEEN.sub("", unicodedata.normalize("NFC", text))
    if not text.isascii():
        text = _LIGATURE.sub(lambda found: _LIGATURES[found[0]], text)
    return _LINES.sub("\n", _SPACES.sub(" ", text))


def folded(text: str) -> str:
    """What is compared, line breaks as spaces. As long as ``text``, so that places agree; for what ``shown`` gave."""
    low = text.replace("\u0130", "I").replace("\n", " ").lower()
    if low.isascii():
        return low
    return _FOREIGN.sub(_base, low)


def _base(found: re.Match[str]) -> str:
    return _SIGNS.get(found[0]) or unicodedata.normalize("NFD", found[0])[0]

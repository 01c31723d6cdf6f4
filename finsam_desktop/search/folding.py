"""How texts are made alike before they are compared: case, accents, composed letters, hyphens nobody sees.

å, ä and ö are letters of their own and never become a and o; é becomes e, so that "idé" is found by "ide".
"""

from __future__ import annotations

import re
import unicodedata

_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff\x00-\x08\x0e-\x1b\x7f\ud800-\udfff]")
"""Soft hyphens, joiners and signs that no page shows."""
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_LIGATURE = re.compile(f"[{''.join(_LIGATURES)}]")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n[ \n]*")
_FOREIGN = re.compile("[^\x00-\x7fåäö\u00a0–—”§−·]")
_DASHES = str.maketrans({"–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "’": "'", "”": '"', "“": '"'})


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
    return _FOREIGN.sub(_base, low).translate(_DASHES)


def _base(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFD", found[0])[0]

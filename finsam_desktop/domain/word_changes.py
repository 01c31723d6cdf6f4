"""What differs between two versions of a text, word by word, so that it can be shown side by side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORDS = re.compile(r"\d+(?:[ \u00a0]\d{3})*(?:,\d+)?|\w+|\s|[^\w\s]")
"""A number is one word with its spaces and decimals: "22 400", "0,9"."""
MOST_WORDS = 4000
"""Texts with more words than this are compared line by line: word by word would take seconds."""


class Kind(StrEnum):
    """What happened to a piece of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of text and what happened to it."""

    kind: Kind
    text: str


def word_changes(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces that both texts are made of: SAME and REMOVED together give ``before``, SAME and ADDED ``after``.

    A lone space between two changed words belongs to the change, so that a new sentence is one piece.
    """
    old, new = _words(before), _words(after)
    codes = SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes()
    removed: list[str] = []
    added: list[str] = []
    pieces: list[Piece] = []

    def close() -> None:
        for kind, words in ((Kind.REMOVED, removed), (Kind.ADDED, added)):
            if words:
                pieces.append(Piece(kind=kind, text="".join(words)))
                words.clear()

    for place, (code, a, b, c, d) in enumerate(codes):
        if code != "equal":
            removed += old[a:b]
            added += new[c:d]
            continue
        lone = b - a == 1 and old[a].isspace() and 0 < place < len(codes) - 1
        if lone:
            removed.append(old[a])
            added.append(new[c])
            continue
        close()
        pieces.append(Piece(kind=Kind.SAME, text="".join(old[a:b])))
    close()
    return tuple(pieces)


def _words(text: str) -> list[str]:
    words = _WORDS.findall(text)
    return words if len(words) <= MOST_WORDS else text.splitlines(keepends=True)


def told(pieces: tuple[Piece, ...]) -> str:
    """The changes in words, for a screen reader: "Borttaget: nio. Tillagt: tio." Empty when there are none."""
    words = {Kind.REMOVED: "Borttaget", Kind.ADDED: "Tillagt"}
    return " ".join(
        f"{words[piece.kind]}: {' '.join(piece.text.split()) or 'mellanrum'}."
        for piece in pieces
        if piece.kind is not Kind.SAME
    )

"""What somebody searches for: words that must all be there, and which year and kind of place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from finsam_desktop.search.folding import folded, shown

_WORDS = re.compile(r'"([^"]+)"?|([^\s"]+)')
MOST_WORDS = 12


class Kind(StrEnum):
    """The kinds of place that a word can stand in; a filter chooses one."""

    MEETING = "meeting"
    ITEM = "item"
    DECISION = "decision"
    MINUTES = "minutes"
    FILE = "file"
    ASSOCIATION = "association"


KIND_WORDS: dict[Kind, str] = {
    Kind.MEETING: "Sammanträden",
    Kind.ITEM: "Ärenden",
    Kind.DECISION: "Förslag och beslut",
    Kind.MINUTES: "Protokollets texter",
    Kind.FILE: "Handlingar",
    Kind.ASSOCIATION: "Förbundet och mallarna",
}
"""What the kinds are called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Words to find, folded; all of them must stand in the same place. None is every year, every kind."""

    words: tuple[str, ...]
    year: int | None = None
    kind: Kind | None = None


def query(text: str, *, year: int | None = None, kind: Kind | None = None) -> Query:
    """The query that a person wrote. Words between quotation marks belong together, in that order.

    More than twelve words are cut off there.
    """
    words: dict[str, None] = {}
    for together, single in _WORDS.findall(folded(shown(text.replace("\n", " ")))):
        word = " ".join((together or single).split())
        if word:
            words[word] = None
    return Query(words=tuple(words)[:MOST_WORDS], year=year, kind=kind)

"""Which paragraph of an edited document is which of the one it was made from.

Each § is found by its bookmark or its heading, so that one that was moved is still itself; within a § the paragraphs
are paired in order, the equal ones first and then those most alike.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from finsam_desktop.documents.read_back_places import Placed
from finsam_desktop.word.reading import WordParagraph

Pair = tuple[int | None, int | None]
"""The place of a paragraph in the base and in the edited document; None where it has none."""

_WORD = re.compile(r"\w+")
_LEAST_ALIKE = 0.34
_MOST_CELLS = 60_000
"""Paragraphs times paragraphs that are held against each other; more than that are paired by their order."""


def align(base: Sequence[Placed], word: Sequence[WordParagraph]) -> list[Pair]:
    """Every paragraph of both exactly once, in the order of the edited document; what was taken away stands after the
    paragraph it followed."""
    starts = _starts(base)
    found = _found_headings(base, word, starts)
    segments = _segments(base, word, starts, found)
    pairs: list[Pair] = []
    for (first, last), (begin, end) in segments:
        pairs += _within(base, word, range(first, last), range(begin, end))
    return pairs


def _starts(base: Sequence[Placed]) -> list[int]:
    """Where each item begins."""
    places, before = [], ""
    for place, one in enumerate(base):
        if one.item_id and one.item_id != before and any(g.part in ("heading", "title") for g in one.groups):
            places.append(place)
            before = one.item_id
    return places


def _found_headings(
    base: Sequence[Placed], word: Sequence[WordParagraph], starts: Sequence[int]
) -> dict[int, int]:
    """The edited document's paragraph for each item's heading that is found there beyond doubt."""
    marks: dict[str, list[int]] = {}
    texts: dict[str, list[int]] = {}
    for place, one in enumerate(word):
        for name in one.bookmarks:
            marks.setdefault(name, []).append(place)
        if one.cell is None:
            texts.setdefault(one.key, []).append(place)
    base_texts = Counter(one.key for one in base if one.paragraph.cell is None)
    found: dict[int, int] = {}
    for start in starts:
        heading = base[start].paragraph
        same = texts.get(heading.key, ()) if base_texts[heading.key] == 1 else ()
        marked = [marks[name] for name in heading.bookmarks if name in marks]
        if len(same) == 1:
            found[start] = same[0]
        elif marked and len(marked[0]) == 1 and _alike(heading.key, word[marked[0][0]].key) > 0:
            found[start] = marked[0][0]
    used = Counter(found.values())
    return {start: place for start, place in found.items() if used[place] == 1}


def _segments(
    base: Sequence[Placed], word: Sequence[WordParagraph], starts: Sequence[int], found: dict[int, int]
) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Stretches of both documents that belong together, in the order of the edited one."""
    edges = [0, *(start for start in starts if start in found and start > 0), len(base)]
    stretches = {first: (first, last) for first, last in pairwise(edges)}
    heads = sorted((place, start) for start, place in found.items())
    made = []
    if not heads or heads[0][0] > 0 or 0 not in found:
        end = heads[0][0] if heads else len(word)
        made.append((stretches.get(0, (0, 0)), (0, end)))
    for at, (place, start) in enumerate(heads):
        end = heads[at + 1][0] if at + 1 < len(heads) else len(word)
        made.append((stretches[start], (place, end)))
    return made


def _within(
    base: Sequence[Placed], word: Sequence[WordParagraph], ours: range, theirs: range
) -> Iterator[Pair]:
    old = [_same_key(base[i].paragraph) for i in ours]
    new = [_same_key(word[j]) for j in theirs]
    for code, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if code == "equal":
            yield from zip(ours[a:b], theirs[c:d], strict=True)
        else:
            yield from _replaced(base, word, ours[a:b], theirs[c:d])


def _same_key(one: WordParagraph) -> tuple[int, str]:
    return one.cell[2] + 1 if one.cell is not None else 0, one.key


def _replaced(
    base: Sequence[Placed], word: Sequence[WordParagraph], ours: range, theirs: range
) -> Iterator[Pair]:
    i, j = 0, 0
    for a, b in [*_most_alike(base, word, ours, theirs), (len(ours), len(theirs))]:
        yield from _rest(base, word, ours[i:a], theirs[j:b])
        if a < len(ours) and b < len(theirs):
            yield ours[a], theirs[b]
        i, j = a + 1, b + 1


def _rest(
    base: Sequence[Placed], word: Sequence[WordParagraph], ours: range, theirs: range
) -> Iterator[Pair]:
    """Paragraphs between pairs: one rewritten altogether is still the one that stood there, if it looks so."""
    if len(ours) == len(theirs) and all(
        _kind(base[i].paragraph) == _kind(word[j]) for i, j in zip(ours, theirs, strict=True)
    ):
        yield from zip(ours, theirs, strict=True)
        return
    yield from ((i, None) for i in ours)
    yield from ((None, j) for j in theirs)


def _kind(one: WordParagraph) -> tuple[bool, str, str]:
    return one.cell is not None, one.style, one.bullets


def _most_alike(
    base: Sequence[Placed], word: Sequence[WordParagraph], ours: range, theirs: range
) -> list[tuple[int, int]]:
    """The pairs, in order, that together are most alike."""
    n, m = len(ours), len(theirs)
    if not n or not m or n * m > _MOST_CELLS:
        return []
    likeness = [[_likeness(base[i].paragraph, word[j]) for j in theirs] for i in ours]
    best = [[0.0] * (m + 1) for _ in range(n + 1)]
    for a in range(n - 1, -1, -1):
        for b in range(m - 1, -1, -1):
            alike = likeness[a][b]
            paired = alike + best[a + 1][b + 1] if alike >= _LEAST_ALIKE else 0.0
            best[a][b] = max(best[a + 1][b], best[a][b + 1], paired)
    pairs, a, b = [], 0, 0
    while a < n and b < m:
        alike = likeness[a][b]
        if alike >= _LEAST_ALIKE and best[a][b] == alike + best[a + 1][b + 1]:
            pairs.append((a, b))
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            a += 1
        else:
            b += 1
    return pairs


def _likeness(old: WordParagraph, new: WordParagraph) -> float:
    if (old.cell is None) != (new.cell is None):
        return 0.0
    return _alike(old.key, new.key) + (0.05 if _kind(old) == _kind(new) else 0.0)


def _alike(old: str, new: str) -> float:
    """How much of their words two texts share, 0 to 1."""
    one, other = Counter(_WORD.findall(old.lower())), Counter(_WORD.findall(new.lower()))
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0

"""The places where a query's words stand, with a piece of the text around each and the words marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from finsam_desktop.search.field_texts import FieldText, Thing
from finsam_desktop.search.query import Kind, Query

Marks = tuple[tuple[int, int], ...]
"""Where in a text the words stand: start and length, in order, not overlapping."""
PART = "\f"
"""Between the parts of a file's text: its pages, sheets or slides."""
AROUND = 60
"""Letters shown before the first mark."""
LONGEST = 170
MOST_PLACES = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One place where words stand: a field, or a page, sheet or paragraph of a file; and the text around them.

    ``label`` says where in a file ("sida 3"), ``field`` in which field of a thing; the other is empty.
    """

    text: str
    marks: Marks
    field: str = ""
    label: str = ""
    kind: Kind = Kind.FILE
    words: int = 1
    """How many of the query's words stand here."""


def marks(folded: str, words: Iterable[str]) -> Marks:
    """Where the words stand in a folded text; overlapping ones become one mark."""
    spans: list[tuple[int, int]] = []
    for word in words:
        start = folded.find(word)
        while start >= 0:
            spans.append((start, start + len(word)))
            start = folded.find(word, start + len(word))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple((start, end - start) for start, end in merged)


def matches(thing: Thing, query: Query) -> bool:
    """Whether every word stands in the thing; with a kind, in its texts of that kind."""
    if not query.words or not all(word in thing.all for word in query.words):
        return False
    return query.kind is None or all(
        any(word in one.folded for one in _wanted(thing, query)) for word in query.words
    )


def places_in(thing: Thing, query: Query) -> tuple[Place, ...]:
    """The fields of a thing where any of the words stands: those with most of them first."""
    places = sorted(_in_fields(_wanted(thing, query), query.words), key=lambda place: -place.words)
    return tuple(places[:MOST_PLACES])


def _wanted(thing: Thing, query: Query) -> tuple[FieldText, ...]:
    return thing.texts if query.kind is None else tuple(one for one in thing.texts if one.kind is query.kind)


def _in_fields(texts: Iterable[FieldText], words: tuple[str, ...]) -> Iterator[Place]:
    for one in texts:
        inside = tuple(word for word in words if word in one.folded)
        if inside:
            text, where = piece(one.text, marks(one.folded, inside))
            yield Place(text=text, marks=where, field=one.field, kind=one.kind, words=len(inside))


def find_in_file(
    text: str, folded: str, labels: tuple[str, ...], words: tuple[str, ...]
) -> tuple[Place, ...]:
    """The places in a file's text: at most one a page, sheet or slide, else one a paragraph; best first.

    ``text`` is the parts with ``PART`` between them, ``labels`` what each part is called; one without a label is told
    by its paragraphs. ``folded`` is the text folded.
    """
    found: list[tuple[int, int, int, str]] = []
    start = 0
    for number, part in enumerate(text.split(PART)):
        end = start + len(part)
        if any(folded.find(word, start, end) >= 0 for word in words):
            label = labels[number] if number < len(labels) else ""
            for paragraph, first, last in _paragraphs(part) if not label else ((0, 0, len(part)),):
                count = sum(folded.find(word, start + first, start + last) >= 0 for word in words)
                if count:
                    found.append((-count, start + first, start + last, label or f"stycke {paragraph}"))
        start = end + 1
    found.sort(key=lambda one: one[:2])
    return tuple(
        _in_part(text[first:last], folded[first:last], label, words, -count)
        for count, first, last, label in found[:MOST_PLACES]
    )


def _in_part(text: str, folded: str, label: str, words: tuple[str, ...], count: int) -> Place:
    shown, where = piece(text, marks(folded, words))
    return Place(text=shown, marks=where, label=label, words=count)


def _paragraphs(text: str) -> Iterator[tuple[int, int, int]]:
    """Number, start and end of each line that says something."""
    start = number = 0
    for line in text.split("\n"):
        if line:
            number += 1
            yield number, start, start + len(line)
        start += len(line) + 1


def piece(text: str, where: Marks) -> tuple[str, Marks]:
    """A piece of the text around the first mark, on one line, and the marks in it; cut at spaces, with "…"."""
    if len(text) <= LONGEST:
        return text.replace("\n", " "), where
    first = where[0][0] if where else 0
    start = max(0, min(first - AROUND, len(text) - LONGEST))
    if start:
        space = text.find(" ", start, first)
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + LONGEST)
    if end < len(text):
        space = text.rfind(" ", first + (where[0][1] if where else 0), end)
        end = space if space > 0 else end
    before, after = "… " if start else "", " …" if end < len(text) else ""
    inside = tuple(
        (at - start + len(before), min(length, end - at)) for at, length in where if start <= at < end
    )
    return before + text[start:end].replace("\n", " ") + after, inside

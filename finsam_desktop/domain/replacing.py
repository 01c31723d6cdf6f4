"""Sök och ersätt over a meeting: every place where words stand in what a person has written, and other words there.

References are left whole: nothing is found inside one, and none comes about by what is put in. What is adjusted is
found but not changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from finsam_desktop.domain.adjusting import Refusal, forbidden_change
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.references import mark_spans
from finsam_desktop.domain.text_places import Path, TextPlace, at_path, text_places, with_text

CONTEXT = 40
"""Letters shown before and after what was found."""
_NEEDED = ("title", "minutes_title")
"""Fields of an item where nothing but words can stand; without any the item would have no name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What to look for. A space fits a no-break space too, and a line break nothing."""

    words: str
    whole_words: bool = False
    match_case: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One place where the words stand. ``refusal`` says why it cannot be changed, None when it can."""

    place: TextPlace
    start: int
    end: int
    refusal: Refusal | None = None

    @property
    def found(self) -> str:
        return self.place.text[self.start : self.end]

    @property
    def before(self) -> str:
        """The words just before, from the beginning of a word."""
        text = self.place.text[max(0, self.start - CONTEXT) : self.start]
        cut = self.start > CONTEXT
        return ("…" + text.partition(" ")[2] if cut and " " in text else text).replace("\n", " ")

    @property
    def after(self) -> str:
        text = self.place.text[self.end : self.end + CONTEXT]
        cut = self.end + CONTEXT < len(self.place.text)
        return (text.rpartition(" ")[0] + "…" if cut and " " in text else text).replace("\n", " ")


def hits(meeting: Meeting, meetings: Iterable[Meeting], wanted: Wanted) -> tuple[Hit, ...]:
    """Every place in the meeting's texts, in the order of the agenda. None when nothing is looked for."""
    pattern = _pattern(wanted)
    if pattern is None:
        return ()
    known = tuple(meetings)
    found: list[Hit] = []
    for place in text_places(meeting):
        marks = mark_spans(place.text)
        spans = [
            one.span()
            for one in pattern.finditer(place.text)
            if not any(one.start() < end and start < one.end() for start, end in marks)
        ]
        if spans:
            refusal = forbidden_change(meeting, with_text(meeting, place.path, f"{place.text} x"), known)
            found += [Hit(place=place, start=start, end=end, refusal=refusal) for start, end in spans]
    return tuple(found)


def replaced(meeting: Meeting, chosen: Iterable[Hit], words: str) -> Meeting:
    """The meeting with other words in the chosen places; the same value when nothing changed.

    ValueError, in Swedish, when a text is no longer what was found in, when a title would be empty, or when the words
    would make or break a reference.
    """
    by_place: dict[Path, list[Hit]] = {}
    for hit in chosen:
        by_place.setdefault(hit.place.path, []).append(hit)
    for path, found in by_place.items():
        text = found[0].place.text
        if _at(meeting, path) != text:
            raise ValueError("Texten har ändrats sedan du sökte. Sök igen.")
        new = text
        for hit in sorted(found, key=lambda one: one.start, reverse=True):
            new = new[: hit.start] + words + new[hit.end :]
        if path[-1] in _NEEDED and text.strip() and not new.strip():
            raise ValueError("En rubrik skulle bli tom. Skriv vad som ska stå i stället.")
        if [text[a:b] for a, b in mark_spans(text)] != [new[a:b] for a, b in mark_spans(new)]:
            raise ValueError("Det du skriver skulle bli en hänvisning. Skriv det utan klamrar.")
        if new != text:
            meeting = with_text(meeting, path, new)
    return meeting


def _at(meeting: Meeting, path: Path) -> object:
    try:
        return at_path(meeting, path)
    except (LookupError, AttributeError):
        return None


def _pattern(wanted: Wanted) -> re.Pattern[str] | None:
    if not wanted.words.strip():
        return None
    body = "".join("[ \u00a0\u202f]" if sign in " \u00a0\u202f" else re.escape(sign) for sign in wanted.words)
    if wanted.whole_words:
        body = rf"(?<!\w){body}(?!\w)"
    return re.compile(body, 0 if wanted.match_case else re.IGNORECASE)

"""References in texts: none to what has been removed, and numbers typed by hand that could be references."""

from __future__ import annotations

from collections.abc import Iterator

from finsam_desktop.domain.agenda import find, walk
from finsam_desktop.domain.references import References
from finsam_desktop.domain.rules.finding import Case, Hit, Place, Rule, Severity
from finsam_desktop.domain.rules.text_places import TEXT_FIELDS, texts_of
from finsam_desktop.domain.wording import join_names

GOOD_PRACTICE = "God sed, ingen lagregel"
MAKE_REFERENCES = "T15"
"""The rule whose findings are mended by ``References.livened``."""


def _gone(case: Case) -> Iterator[Hit]:
    written = case.written or case.meeting
    references = References(case.meetings, written)
    for item in walk(written.items):
        for field, text in texts_of(item):
            count = references.missing(text)
            if count:
                which = "En hänvisning" if count == 1 else f"{count} hänvisningar"
                yield Hit(
                    title=f"{which} gäller något som är borttaget",
                    advice="I dokumenten står (hänvisningen saknas). Ta bort hänvisningen ur texten, eller hänvisa "
                    "till något annat.",
                    place=Place(item_id=item.id, field=field),
                )


def _typed(case: Case) -> Iterator[Hit]:
    if case.adjusted:
        return
    written = case.written or case.meeting
    references = References(case.meetings, written)
    for item in walk(written.items):
        for field, text in texts_of(item):
            words = list(dict.fromkeys(one.words for one in references.typed(text)))
            if not words:
                continue
            marks = [next(one.mark for one in references.typed(text) if one.words == word) for word in words]
            targets = [_title(case, mark) for mark in marks]
            named = [
                f"”{word}”{f' ({title})' if title else ''}"
                for word, title in zip(words, targets, strict=True)
            ]
            yield Hit(
                title=f"{join_names(named)} är skrivet för hand och följer inte med om ordningen ändras",
                advice="Gör det till en hänvisning, så får det alltid rätt nummer.",
                place=Place(item_id=item.id, field=field),
            )


def _title(case: Case, mark: str) -> str:
    kind, _, target = mark.strip("{}").partition(":")
    if kind.lower() == "bilaga":
        bilagor = (a for item in walk(case.meeting.items) for a in item.attachments)
        return next((a.title for a in bilagor if a.id == target), "")
    item = find(case.meeting.items, target)
    return item.title if item is not None else ""


RULES = (
    Rule(
        id="T14",
        text="Varje hänvisning gäller något som finns.",
        source=GOOD_PRACTICE,
        severity=Severity.ERROR,
        check=_gone,
        places=TEXT_FIELDS,
    ),
    Rule(
        id=MAKE_REFERENCES,
        text="Nummer i texten är hänvisningar som följer ärendena.",
        source=GOOD_PRACTICE,
        severity=Severity.NOTE,
        check=_typed,
        places=TEXT_FIELDS,
    ),
)

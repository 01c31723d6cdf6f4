"""Bilagor: every one is there, and every one that a text names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from finsam_desktop.domain.agenda import AgendaItem, walk
from finsam_desktop.domain.meeting import MeetingKind
from finsam_desktop.domain.numbering import attachment_numbers
from finsam_desktop.domain.rules.finding import Case, Hit, Place, Rule, Severity
from finsam_desktop.domain.rules.text_places import TEXT_FIELDS, texts_of

_NUMBERED = re.compile(r"\bbilag(?:a|orna|or)[ \u00a0](\d{1,3})(?:[–-](\d{1,3}))?\b", re.IGNORECASE)
_UNNUMBERED = re.compile(
    r"\b(?:enligt|se|i|bifogad|bifogade|av)[ \u00a0]bilag(?:a|an|or|orna)\b(?![ \u00a0]\d)", re.IGNORECASE
)


def _missing_files(case: Case) -> Iterator[Hit]:
    numbers = attachment_numbers(case.meeting)
    for item in walk(case.meeting.items):
        for attachment in item.attachments:
            if not attachment.sha256:
                yield Hit(
                    title=f"Bilaga {numbers.get(attachment.id, '')} saknas",
                    advice=f"Lägg till filen för ”{attachment.title}”, eller ta bort bilagan. "
                    "Kallelsen hänvisar till den.",
                    place=Place(item_id=item.id, field="attachments"),
                    severity=Severity.NOTE if case.adjusted else None,
                )


def _mentioned(case: Case) -> Iterator[Hit]:
    last = max(attachment_numbers(case.meeting).values(), default=0)
    for item in walk(case.meeting.items):
        seen: set[int] = set()
        for field, text in texts_of(item):
            if field in ("attachments", "report"):
                continue  # a bilaga's own text counts its own bilagor
            for found in _NUMBERED.finditer(text):
                number = int(found[2] or found[1])
                if number > last and number not in seen:
                    seen.add(number)
                    yield Hit(
                        title=f"Texten nämner bilaga {number}, som inte finns",
                        advice=_advice(last),
                        place=Place(item_id=item.id, field=field),
                    )
            if _UNNUMBERED.search(text) and not _has_attachments(case, item):
                yield Hit(
                    title="Texten nämner en bilaga, men ärendet har ingen",
                    advice="Lägg till filen, eller ändra texten.",
                    place=Place(item_id=item.id, field=field),
                    severity=Severity.WARNING,
                )


def _advice(last: int) -> str:
    known = f"Sammanträdet har bilaga 1–{last}." if last > 1 else "Sammanträdet har bilaga 1." if last else ""
    return f"{known} Lägg till filen, eller rätta numret i texten.".strip()


def _has_attachments(case: Case, item: AgendaItem) -> bool:
    top = next((one for one in case.meeting.items if one.id == case.top_item(item.id)), item)
    return any(one.attachments for one in walk((top,)))


RULES = (
    Rule(
        id="T05",
        text="Varje bilaga har sin fil.",
        source="God sed, ingen lagregel",
        severity=Severity.ERROR,
        check=_missing_files,
        places=("attachments",),
        kinds=tuple(MeetingKind),
    ),
    Rule(
        id="T06",
        text="Varje bilaga som en text nämner finns.",
        source="God sed, ingen lagregel",
        severity=Severity.ERROR,
        check=_mentioned,
        places=TEXT_FIELDS,
        kinds=tuple(MeetingKind),
    ),
)

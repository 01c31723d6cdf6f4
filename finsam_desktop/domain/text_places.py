"""Every text of a meeting that a person has written, where it stands and what that field is called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import lru_cache
from typing import Any

from finsam_desktop.domain import field_words
from finsam_desktop.domain.agenda import AgendaItem, Attachment
from finsam_desktop.domain.attendance import ConflictOfInterest, Presence
from finsam_desktop.domain.confidentiality import Secret
from finsam_desktop.domain.decisions import (
    Candidate,
    Election,
    FollowUp,
    MinuteNote,
    Motion,
)
from finsam_desktop.domain.figures import FigureTable
from finsam_desktop.domain.meeting import Meeting, Participant
from finsam_desktop.domain.papers import (
    JointBoard,
    Letter,
    Memo,
    Question,
    Referral,
    Signatory,
    Statistic,
    StatisticTable,
)
from finsam_desktop.domain.report import EarlierText, Goal, ReportSection, TertialReport

Path = tuple[str | int, ...]
"""Names of fields and places in tuples, from the meeting inwards."""

_OF_MEETING = ("place", "adjustment_place", "items", "attendance", "participants", "convener")
_LEFT = (FigureTable, Secret, EarlierText)
"""Values with texts that are nobody's to rewrite here: figures out of a file, provisions, what last report said."""
_NO_WORDS = frozenset(
    "id items from_item to_item serving_for also_serving_for supporters yes_motion no_motion requested_by"
    " in_favour_of not_taking_part template_id origin sha256 file_name begun_from team_ids name barriers"
    " previous".split()
)
"""Fields that name other values instead of saying something."""
_NAMES: dict[type, dict[str, str]] = {
    Participant: {"name": "Deltagare", "organisation": "Deltagare", "title": "Deltagare"},
    AgendaItem: {"presenter": "Föredragande"},
    Attachment: {"title": "Bilagans titel", "sender": "Bilagans avsändare", "description": "Bilagans beskrivning"},
    Motion: {"text": "Yrkande"},
    MinuteNote: {"text": "Protokollsanteckning"},
    Candidate: {"name": "Kandidat"},
    Election: {"drawn": "Lottning"},
    FollowUp: {"task": "Uppföljning", "responsible": "Uppföljning", "report": "Uppföljning"},
    ConflictOfInterest: {"reason": "Jäv"},
    Presence: {"audio_reason": "Närvaro"},
    Memo: {"background": "Bakgrund", "assessment": "Bedömning", "consequences": "Ekonomiska konsekvenser"},
    Letter: {
        "receiver": "Skrivelsens mottagare", "heading": "Skrivelsens rubrik", "decider": "Skrivelsen",
        "clauses": "Skrivelsen", "background": "Skrivelsens bakgrund", "text": "Skrivelsens text",
    },
    Signatory: {"name": "Undertecknare", "title": "Undertecknare", "organisation": "Undertecknare"},
    Question: {"text": "Remissens fråga", "answer": "Remissvar"},
    Referral: {
        "sender": "Remissens avsändare", "sender_reference": "Remissens diarienummer", "introduction": "Remissvar",
        "conclusion": "Remissvar",
    },
    Statistic: {"label": "Tabellens rad"},
    StatisticTable: {"title": "Tabellens rubrik", "note": "Tabellens not"},
    JointBoard: {"association": "Förbund som beslutar detsamma"},
    TertialReport: {
        "summary": "Rapportens sammanfattning", "introduction": "Rapportens inledning", "economy": "Rapportens ekonomi",
        "deviations": "Rapportens avvikelser",
    },
    ReportSection: {"heading": "Rapportens rubrik", "text": "Rapportens text"},
    Goal: {"text": "Mål", "target": "Målvärde", "outcome": "Måluppfyllelse", "judgement": "Bedömning av mål"},
}  # fmt: skip
"""Names that say more than ``field_words``, for fields that stand alone here and with their thing there."""
_WORDS_ALL_THE_SAME = ((Participant, "name"), (Candidate, "name"), (Signatory, "name"))
"""Names of people who are written in words, not chosen from the register."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPlace:
    """A text: ``path`` leads to it from the meeting, ``item_id`` is the innermost item's ("" for the meeting's own)."""

    path: Path
    text: str
    label: str
    item_id: str = ""


def text_places(meeting: Meeting) -> tuple[TextPlace, ...]:
    """Every text of the meeting that a person has written, in the order of the agenda; also empty ones."""
    return tuple(_walk(meeting, (), "", "", Meeting))


def with_text(value: Any, path: Path, text: str) -> Any:
    """The value with another text at the path."""
    if not path:
        return text
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        return (*value[:step], with_text(value[step], rest, text), *value[step + 1 :])
    return replace(value, **{step: with_text(getattr(value, step), rest, text)})


def at_path(value: Any, path: Path) -> Any:
    """What stands at the path. LookupError or AttributeError when nothing does."""
    for step in path:
        value = value[step] if isinstance(step, int) else getattr(value, step)
    return value


def _walk(value: Any, path: Path, item_id: str, label: str, kind: type) -> Iterator[TextPlace]:
    if type(value) is str:
        yield TextPlace(path=path, text=value, label=label, item_id=item_id)
    elif isinstance(value, tuple):
        for place, one in enumerate(value):
            yield from _walk(one, (*path, place), item_id, label, kind)
    elif is_dataclass(value) and not isinstance(value, (type, *_LEFT)):
        kind = type(value)
        own = value.id if isinstance(value, AgendaItem) else item_id
        if isinstance(value, ConflictOfInterest):
            own = value.item_id
        for name in _fields(kind):
            called = _NAMES.get(kind, {}).get(name) or field_words.label(kind, name)
            yield from _walk(getattr(value, name), (*path, name), own, called, kind)


@lru_cache(maxsize=256)
def _fields(kind: type) -> tuple[str, ...]:
    names = [one.name for one in fields(kind)]
    if kind is Meeting:
        return _OF_MEETING
    return tuple(
        name
        for name in names
        if (kind, name) in _WORDS_ALL_THE_SAME or (name not in _NO_WORDS and not name.endswith("_id"))
    )

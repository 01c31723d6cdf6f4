"""Standing phrases for the minutes: which there are, which match what is typed, and how their blanks are filled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time

from finsam_desktop.domain import sentences, wording
from finsam_desktop.domain.agenda import find, parent_of
from finsam_desktop.domain.association import Association, Phrase, Role
from finsam_desktop.domain.decisions import Ballot
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.numbering import paragraphs, section_label

HOTKEYS = 9
"""So many phrases have a key of their own, Ctrl+Shift+1 to 9."""

VARIABLES = (
    "ordförande",
    "sekreterare",
    "justerare",
    "tid",
    "datum",
    "paragraf",
    "nästa sammanträde",
    "föredragande",
    "röster",
)
"""What a phrase may hold within braces and have filled in. Other words within braces are left for the writer."""

_BLANK = re.compile(r"\{([^{}\n]*)\}")
_ENDED = re.compile(r"#([\wåäöÅÄÖ-]+)([ \u00a0.,;:!?)])$")
_TYPED = re.compile(r"#([\wåäöÅÄÖ-]*)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A phrase ready to stand in a text. ``blank`` is where the first blank still to be filled by hand stands,
    as first and last position (the last not included), or None."""

    text: str
    blank: tuple[int, int] | None = None


def merged(own: Sequence[Phrase], standard: Sequence[Phrase]) -> tuple[Phrase, ...]:
    """The association's own phrases, then the program's that none of them replaces by having the same key."""
    kept = {phrase.key.strip().casefold() for phrase in own}
    return (*own, *(phrase for phrase in standard if phrase.key.casefold() not in kept))


def matching(phrases: Iterable[Phrase], typed: str) -> tuple[Phrase, ...]:
    """The phrases whose key begins with what is typed, then those with it anywhere in the key, then in the text."""
    wanted = typed.strip().casefold()
    ranked: list[tuple[int, Phrase]] = []
    for phrase in phrases:
        key = phrase.key.casefold()
        if key.startswith(wanted):
            ranked.append((0, phrase))
        elif wanted in key:
            ranked.append((1, phrase))
        elif wanted in phrase.text.casefold():
            ranked.append((2, phrase))
    return tuple(phrase for _rank, phrase in sorted(ranked, key=lambda pair: pair[0]))


def typed_key(before: str) -> str | None:
    """What is typed after a "#" that stands last before the cursor, "" for the sign alone; None where none stands.

    The sign begins a phrase only at the beginning of a word: "A#1" and "##" at the start of a heading do not.
    """
    found = _TYPED.search(before)
    if found is None or (
        found.start() > 0 and (before[found.start() - 1].isalnum() or before[found.start() - 1] == "#")
    ):
        return None
    return found[1]


def words_of_meeting() -> tuple[Phrase, ...]:
    """A phrase for every variable, so that `#ordförande` gives the name; a space in one is written "-"."""
    return tuple(Phrase(key=name.replace(" ", "-"), text=f"{{{name}}}") for name in VARIABLES)


def expanded(before: str, values: Mapping[str, str]) -> tuple[str, str] | None:
    """What stands before the cursor and what is to stand there, when a variable has just been ended by a space or a
    mark: ("#ordförande ", "Anna Ek "). None where nothing is to be done; a variable without a value is left alone.
    """
    found = _ENDED.search(before)
    if found is None or typed_key(before[: found.end(1)]) is None:
        return None
    value = values.get(found[1].casefold().replace("-", " "), "")
    return (found[0], f"{value}{found[2]}") if value else None


def fill(text: str, values: Mapping[str, str]) -> Filled:
    """The phrase with its blanks filled. One without a value keeps its braces, so that it is seen and filled in."""
    parts: list[str] = []
    blank: tuple[int, int] | None = None
    end = length = 0
    for found in _BLANK.finditer(text):
        value = values.get(found[1].strip().casefold(), "")
        before = text[end : found.start()]
        put = value or found[0]
        length += len(before)
        if not value and blank is None:
            blank = (length, length + len(put))
        length += len(put)
        parts += (before, put)
        end = found.end()
    return Filled(text="".join((*parts, text[end:])), blank=blank)


def variables(
    meeting: Meeting, association: Association, meetings: Iterable[Meeting], item_id: str, at: time | None
) -> dict[str, str]:
    """The value of every variable at an item; empty where it is not known. ``at`` is the clock, or None."""
    meetings = tuple(meetings)
    leader = sentences.presiding(meeting, association)
    secretary = association.first_with(meeting.date, Role.SECRETARY)
    following = sentences.next_meeting(meeting, meetings)
    adjusters = [
        sentences.person_name(association, adjuster.person_id, party=False) for adjuster in meeting.adjusters
    ]
    return {
        "ordförande": _name(association, leader.person_id) if leader is not None else "",
        "sekreterare": secretary.name if secretary is not None else "",
        "justerare": wording.join_names(adjusters),
        "tid": wording.clock(at) if at is not None else "",
        "datum": wording.long_date(meeting.date),
        "paragraf": _paragraph(meeting, meetings, item_id),
        "nästa sammanträde": wording.weekday_date(following.date) if following is not None else "",
        "föredragande": _presenter(meeting, association, item_id),
        "röster": _votes(meeting, item_id),
    }


def _name(association: Association, person_id: str) -> str:
    return sentences.person_name(association, person_id, party=False)


def _paragraph(meeting: Meeting, meetings: tuple[Meeting, ...], item_id: str) -> str:
    numbers = paragraphs(meetings, meeting)
    parent = parent_of(meeting.items, item_id) if item_id not in numbers else None
    number = numbers.get(parent.id if parent is not None else item_id)
    return section_label((number,)) if number is not None else ""


def _presenter(meeting: Meeting, association: Association, item_id: str) -> str:
    item = find(meeting.items, item_id)
    if item is None:
        return ""
    return _name(association, item.presenter_id) if item.presenter_id else item.presenter.strip()


def _votes(meeting: Meeting, item_id: str) -> str:
    item = find(meeting.items, item_id)
    vote = item.decision.vote if item is not None else None
    if vote is None:
        return ""
    yes, no, abstain = (vote.count(ballot) for ballot in (Ballot.YES, Ballot.NO, Ballot.ABSTAIN))
    parts = (f"{yes} ja", f"{no} nej", f"{abstain} avstår" if abstain else "")
    return wording.join_names([part for part in parts if part])

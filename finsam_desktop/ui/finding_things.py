"""What Ctrl+K finds: items, decisions, attachments, people and things to do. Pure; no Qt."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from finsam_desktop.domain import agenda, numbering, references, wording
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.decisions import Outcome
from finsam_desktop.domain.meeting import Meeting

GROUPS = ("Ärenden", "Beslut", "Handlingar", "Personer", "Gör")
_LIMIT = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Something found. `marks` are the places in the title that matched: (start, length).

    `action` is an action's id, or `place` and `target` say where to go; `key` is a shortcut to show.
    """

    group: str
    icon: str
    title: str
    meta: str = ""
    place: str = ""
    target: str = ""
    action: str = ""
    key: str = ""
    marks: tuple[tuple[int, int], ...] = ()


def find(
    text: str, association: Association | None, meetings: tuple[Meeting, ...], actions: Iterable[Hit]
) -> tuple[Hit, ...]:
    """At most six hits in each group, latest meeting first. Every word must be found in title or meta.

    A text that begins with § finds decisions only, one that begins with > only things to do.
    """
    text = text.strip()
    only = {"§": "Beslut", ">": "Gör"}.get(text[:1], "")
    words = tuple(_fold(word) for word in (text[1:] if only == "Gör" else text).split())
    everything = [*_things(association, meetings), *actions]
    found: list[Hit] = []
    for group in GROUPS:
        if only and group != only:
            continue
        candidates = (hit for hit in everything if hit.group == group)
        matching = [matched for hit in candidates if (matched := _match(hit, words)) is not None]
        matching.sort(key=lambda hit: not hit.marks)
        found.extend(matching[: _LIMIT if words else 4])
    return tuple(found)


def _match(hit: Hit, words: tuple[str, ...]) -> Hit | None:
    title, meta = _fold(hit.title), _fold(hit.meta)
    marks: list[tuple[int, int]] = []
    for word in words:
        position = title.find(word)
        if position >= 0:
            marks.append((position, len(word)))
        elif word not in meta:
            return None
    return replace(hit, marks=tuple(sorted(marks)))


def _fold(text: str) -> str:
    """Lower case with foreign accents off but å, ä and ö kept; same length, so that places agree."""
    return "".join(_plain(char) for char in text)


def _plain(char: str) -> str:
    lower = char.lower()
    if lower in "åäö" or len(lower) != 1:
        return lower if len(lower) == 1 else char
    return unicodedata.normalize("NFD", lower)[0]


def _things(association: Association | None, meetings: tuple[Meeting, ...]) -> Iterator[Hit]:
    for meeting in sorted(meetings, key=lambda each: each.date, reverse=True):
        yield from _of_meeting(references.resolved(meeting, meetings), meetings)
    if association is not None:
        for person in association.people:
            roles = ", ".join(a.title or "" for a in association.appointments if a.person_id == person.id)
            yield Hit(
                group="Personer", icon="user", title=person.name, meta=roles.strip(", "), place="association",
                target=f"personer/{person.id}",
            )  # fmt: skip


def _of_meeting(meeting: Meeting, meetings: tuple[Meeting, ...]) -> Iterator[Hit]:
    day = wording.long_date(meeting.date)
    numbers = numbering.agenda_numbers(meeting)
    sections = numbering.paragraphs(meetings, meeting)
    attachments = numbering.attachment_numbers(meeting)
    yield Hit(
        group="Ärenden", icon="calendar-days", title=f"Sammanträde {day}", meta=meeting.place, place="meeting",
        target=meeting.id,
    )  # fmt: skip
    for item in agenda.walk(meeting.items):
        target = f"{meeting.id}/dagordning/{item.id}"
        yield Hit(
            group="Ärenden", icon="list-ordered", title=item.title,
            meta=f"Ärende {numbers.get(item.id, '')}, {day}", place="meeting", target=target,
        )  # fmt: skip
        for clause in _decided(item):
            section = sections.get(item.id)
            yield Hit(
                group="Beslut", icon="gavel", title=f"att {_one_line(clause)}",
                meta=f"§ {section}, {day}" if section else day, place="meeting",
                target=f"{meeting.id}/narvaro/{item.id}",
            )  # fmt: skip
        for attachment in item.attachments:
            yield Hit(
                group="Handlingar", icon="paperclip", title=attachment.title,
                meta=f"Bilaga {attachments.get(attachment.id, '')}, {day}", place="meeting",
                target=f"{meeting.id}/handlingar/{attachment.id}",
            )  # fmt: skip


def _decided(item: agenda.AgendaItem) -> tuple[str, ...]:
    if item.decision.outcome is Outcome.AS_PROPOSED:
        return item.proposal.clauses
    return item.decision.clauses


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()

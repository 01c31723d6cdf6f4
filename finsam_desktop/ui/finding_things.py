"""What Ctrl+K finds: items, decisions, attachments, people and things to do. Pure; no Qt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from finsam_desktop.domain import agenda, numbering, references, wording
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.decisions import Outcome
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.search.folding import folded, shown

NOT_NOW = "Går inte här"
"""The group of things that cannot be done where one stands, last and each with the reason."""
GROUPS = ("Ärenden", "Beslut", "Handlingar", "Personer", "Gör", NOT_NOW)
TO_DO = ("Gör", NOT_NOW)
TEXTS = "I texten"
"""The group of hits in texts, which come a moment after the others."""
_LIMIT, _LIMIT_NOT_NOW = 6, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Something found. `marks` are the places in the title that matched: (start, length).

    `action` is an action's id, or `place` and `target` say where to go; `key` is a shortcut to show. `reason` is why it
    cannot be done now, and then it cannot be chosen.
    """

    group: str
    icon: str
    title: str
    meta: str = ""
    place: str = ""
    target: str = ""
    action: str = ""
    key: str = ""
    reason: str = ""
    marks: tuple[tuple[int, int], ...] = ()


def find(
    text: str, association: Association | None, meetings: tuple[Meeting, ...], actions: Iterable[Hit]
) -> tuple[Hit, ...]:
    """At most six hits in each group, latest meeting first. Every word must be found in title or meta.

    A text that begins with § finds decisions only, one that begins with > only things to do.
    """
    return Things().find(text, association, meetings, actions)


class Things:
    """The things that can be found, kept from one search to the next; a changed meeting is gone through anew.

    Usable from any thread.
    """

    def __init__(self) -> None:
        self._meetings: dict[str, tuple[tuple[Meeting, ...], _ByGroup]] = {}
        self._people: tuple[Association | None, _ByGroup] = (None, {})

    def find(
        self,
        text: str,
        association: Association | None,
        meetings: tuple[Meeting, ...],
        actions: Iterable[Hit],
        *,
        most_new: int | None = None,
    ) -> tuple[Hit, ...]:
        """As the function ``find``. ``most_new`` meetings at most are gone through now; the others are passed over
        until ``prepare`` has come to them."""
        text = text.strip()
        only = {"§": ("Beslut",), ">": TO_DO}.get(text[:1], GROUPS)
        words = tuple(folded(shown(word)) for word in (text[1:] if only is TO_DO else text).split())
        known = list(self._known(association, meetings, most_new))
        to_do = [_known_action(action) for action in actions]
        known.append({group: [one for one in to_do if one[0].group == group] for group in TO_DO})
        found: list[Hit] = []
        for group in GROUPS:
            if group not in only or (group == NOT_NOW and not words):
                continue
            most = _LIMIT_NOT_NOW if group == NOT_NOW else _LIMIT if words else 4
            # Hits in a title come before those in the line below it; enough of them, and the search is over.
            in_title: list[Hit] = []
            in_meta: list[Hit] = []
            for one in (one for part in known for one in part.get(group, ())):
                if (matched := _match(one, words)) is not None:
                    (in_title if matched.marks else in_meta).append(matched)
                    if len(in_title) >= most:
                        break
            found.extend((in_title + in_meta)[:most])
        return tuple(found)

    def prepare(self, association: Association, meetings: tuple[Meeting, ...]) -> None:
        """Go through everything, so that the first search is as quick as the next."""
        for _ in self._known(association, meetings, None):
            pass

    def _known(
        self, association: Association | None, meetings: tuple[Meeting, ...], most_new: int | None
    ) -> Iterator[_ByGroup]:
        years: dict[int, list[Meeting]] = {}
        for meeting in meetings:
            years.setdefault(meeting.date.year, []).append(meeting)
        new = 0
        for meeting in sorted(meetings, key=lambda each: each.date, reverse=True):
            # The numbers of a § follow from all meetings of its year.
            near = (meeting, *years[meeting.date.year])
            kept = self._meetings.get(meeting.id)
            if (
                kept is None
                or len(kept[0]) != len(near)
                or any(a is not b for a, b in zip(kept[0], near, strict=True))
            ):
                if most_new is not None and new >= most_new:
                    continue
                new += 1
                kept = (near, _by_group(_of_meeting(meeting, meetings)))
                self._meetings[meeting.id] = kept
            yield kept[1]
        if self._people[0] is not association:
            self._people = (association, _by_group(_people(association)) if association else {})
        yield self._people[1]


_Known = tuple[Hit, str, str]
"""A hit with title and meta folded."""
_ByGroup = dict[str, list[_Known]]


def _by_group(hits: Iterable[Hit]) -> _ByGroup:
    found: _ByGroup = {}
    for hit in hits:
        found.setdefault(hit.group, []).append(_known(hit))
    return found


def _known(hit: Hit) -> _Known:
    clean = shown(hit.title)
    if len(clean) == len(hit.title):  # no-break spaces stay where nothing else differs
        return hit, folded(clean), folded(shown(hit.meta))
    return replace(hit, title=clean.replace("\n", " ")), folded(clean), folded(shown(hit.meta))


@cache
def _known_action(action: Hit) -> _Known:
    """The things to do are the same few hundred for each letter that is typed."""
    return _known(action)


def _match(known: _Known, words: tuple[str, ...]) -> Hit | None:
    hit, title, meta = known
    marks: list[tuple[int, int]] = []
    for word in words:
        position = title.find(word)
        if position >= 0:
            marks.append((position, len(word)))
        elif word not in meta:
            return None
    return replace(hit, marks=tuple(sorted(marks))) if marks else hit


def _people(association: Association) -> Iterator[Hit]:
    for person in association.people:
        roles = ", ".join(a.title or "" for a in association.appointments if a.person_id == person.id)
        yield Hit(
            group="Personer", icon="user", title=person.name, meta=roles.strip(", "), place="association",
            target=f"personer/{person.id}",
        )  # fmt: skip


def _of_meeting(meeting: Meeting, meetings: tuple[Meeting, ...]) -> Iterator[Hit]:
    said = references.References(meetings, meeting).resolve
    day = wording.long_date(meeting.date)
    numbers = numbering.agenda_numbers(meeting)
    sections = numbering.paragraphs(meetings, meeting)
    attachments = numbering.attachment_numbers(meeting)
    yield Hit(
        group="Ärenden", icon="calendar-days", title=f"Sammanträde {day}", meta=meeting.place, place="meeting",
        target=meeting.id,
    )  # fmt: skip
    for item, secret in _with_secrecy(meeting.items, False):
        hidden = ", sekretess" if secret else ""
        yield Hit(
            group="Ärenden", icon="lock" if secret else "list-ordered", title=said(item.title),
            meta=f"Ärende {numbers.get(item.id, '')}, {day}{hidden}", place="meeting",
            target=f"{meeting.id}/dagordning/{item.id}",
        )  # fmt: skip
        for clause in _decided(item):
            section = sections.get(item.id)
            where = f"§ {section}, {day}" if section else day
            yield Hit(
                group="Beslut", icon="gavel", title=f"att {_one_line(said(clause))}", meta=where + hidden,
                place="meeting", target=f"{meeting.id}/narvaro/{item.id}",
            )  # fmt: skip
        for attachment in item.attachments:
            closed = ", sekretess" if secret or attachment.confidential else ""
            yield Hit(
                group="Handlingar", icon="paperclip", title=attachment.title,
                meta=f"Bilaga {attachments.get(attachment.id, '')}, {day}{closed}", place="meeting",
                target=f"{meeting.id}/handlingar/{attachment.id}",
            )  # fmt: skip


def _with_secrecy(items: agenda.Items, secret: bool) -> Iterator[tuple[agenda.AgendaItem, bool]]:
    """Every item and sub-item, and whether it or one that it belongs to is confidential."""
    for item in items:
        hidden = secret or item.confidential
        yield item, hidden
        yield from _with_secrecy(item.sub_items, hidden)


def _decided(item: agenda.AgendaItem) -> tuple[str, ...]:
    if item.decision.outcome is Outcome.AS_PROPOSED:
        return item.proposal.clauses
    return item.decision.clauses


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()

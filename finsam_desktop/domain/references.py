"""Hänvisningar in texts: "§ 14", "bilaga 3" and "punkt 7B" that follow what they point at.

A text holds ``{§:ID}``, ``{bilaga:ID}`` or ``{punkt:ID}``, where the id is an item's or an attachment's; so no move
can make it wrong. ``resolved`` gives the meeting as every reader sees it; it is called where documents, checks and
lists take a meeting in. In an editor the reference stands as ``{§ 14}`` (``shown``), and what is typed so becomes a
reference (``taken``). At the adjustment what each says is kept with the minutes (``frozen``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property, lru_cache
from typing import Any, TypeVar

from finsam_desktop.domain import numbering
from finsam_desktop.domain.agenda import AgendaItem, walk
from finsam_desktop.domain.figures import FigureTable
from finsam_desktop.domain.meeting import FrozenReference, Meeting
from finsam_desktop.domain.remembering import remembered
from finsam_desktop.domain.wording import NBSP, long_date

MISSING = "(hänvisningen saknas)"
"""What is printed where the item or attachment has been removed; a check finds it."""
SECTION, ATTACHMENT, ITEM = "§", "bilaga", "punkt"

_MARK = re.compile(r"\{(§|[Bb]ilaga|[Pp]unkt):([^{}\s]{1,80})\}")
_SHOWN = re.compile(r"\{(§|[Bb]ilaga|[Pp]unkt)[ \u00a0]([^{}\n:]{1,60})\}")
_TYPED = re.compile(
    r"(?<![\w§{:])(?<!\d[ \u00a0])"
    r"(?:(?P<kind>§|[Bb]ilaga|[Pp]unkt)[ \u00a0](?P<number>\d{1,4}(?:(?<=\d)[A-Z])?))(?![\w}]|[–/-]\d)"
    r"(?!,?[ \u00a0](?:den[ \u00a0]\d|\d|st\b|stycket|och[ \u00a0]\d|i[ \u00a0]|till[ \u00a0]|av[ \u00a0]"
    r"|\w*(?:lag|ordning)(?:en|s)?\b))"
)
"""A number as it is typed. Not "19 § 2 st", a range, another year, a law, or "bilaga 2 till rapporten"."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Something that can be referred to: the mark to put in a text, the words it gives, and its title."""

    mark: str
    words: str
    title: str
    meeting_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A number typed by hand that fits something in the meeting: where in the text, and the mark to put there."""

    start: int
    end: int
    words: str
    mark: str


class References:
    """What the references of a meeting's texts say, as the values are now."""

    def __init__(self, meetings: Iterable[Meeting], meeting: Meeting) -> None:
        self._meeting = meeting
        self._meetings = (meeting, *(one for one in meetings if one.id != meeting.id))
        self._years: dict[int, dict[str, dict[str, int]]] = {}
        register = meeting.frozen_register
        self._frozen = {one.mark: one.words for one in register.references} if register is not None else {}

    def words(self, kind: str, target: str) -> str | None:
        """ "§ 14", "bilaga 3" or "punkt 7B" with a no-break space; None when the target is gone.

        What belongs to another meeting says so where the number alone would mislead. What was kept at the
        adjustment stays.
        """
        kept = self._frozen.get(f"{kind}:{target}")
        if kept is not None:
            return None if kept == MISSING else kept
        if kind == ATTACHMENT:
            return self._attachments.get(target)
        place = self._places.get(target)
        if place is None:
            return None
        meeting, top, label = place
        elsewhere = meeting.id != self._meeting.id
        if kind == ITEM:
            where = f" vid sammanträdet den {long_date(meeting.date)}" if elsewhere else ""
            return f"punkt{NBSP}{label}{where}"
        number = self._paragraphs(meeting.date.year).get(meeting.id, {}).get(top)
        if number is None:
            return None
        other_year = meeting.date.year != self._meeting.date.year
        return f"§{NBSP}{number}/{meeting.date.year}" if other_year else f"§{NBSP}{number}"

    def resolve(self, text: str) -> str:
        """The text with every reference as words."""
        return (
            _MARK.sub(lambda found: self._say(found[1], found[2]) or MISSING, text) if "{" in text else text
        )

    def shown(self, text: str) -> str:
        """The text as it is edited: ``{§ 14}``. A reference to what is gone stands as it is."""

        def said(found: re.Match[str]) -> str:
            words = self._say(found[1], found[2])
            return found[0] if words is None else f"{{{words.replace(NBSP, ' ')}}}"

        return _MARK.sub(said, text) if "{" in text else text

    def taken(self, text: str) -> str:
        """What was typed, with ``{§ 14}`` as a reference; what fits nothing is left as it was typed."""
        return (
            _SHOWN.sub(lambda found: self._mark(found[1], found[2]) or found[0], text)
            if "{" in text
            else text
        )

    def missing(self, text: str) -> int:
        """How many references of the text point at something that is gone."""
        return sum(1 for kind, target in _MARK.findall(text) if self.words(kind.lower(), target) is None)

    def typed(self, text: str) -> Iterator[Typed]:
        """Numbers typed by hand that fit an item or attachment of this meeting."""
        for found in _TYPED.finditer(text):
            mark = self._mark(found["kind"], found["number"])
            if mark is not None:
                yield Typed(start=found.start(), end=found.end(), words=found[0], mark=mark)

    def livened(self, text: str) -> str:
        """The text with every number of ``typed`` as a reference."""
        for one in reversed(list(self.typed(text))):
            text = text[: one.start] + one.mark + text[one.end :]
        return text

    def targets(self) -> tuple[Target, ...]:
        """What can be referred to: this meeting's §, punkter and bilagor, then other meetings' §, latest first."""
        own = [*self._sections_of(self._meeting), *self._items(), *self._own_attachments()]
        others = sorted(self._meetings[1:], key=lambda one: one.date, reverse=True)
        return (*own, *(target for one in others for target in self._sections_of(one)))

    # -- how it is known ------------------------------------------------------------------------------

    @cached_property
    def _places(self) -> dict[str, tuple[Meeting, str, str]]:
        """(meeting, id of the item with the §, "7" or "7B") by id of item or sub-item; this meeting's own first."""
        found: dict[str, tuple[Meeting, str, str]] = {}
        for meeting in self._meetings:
            numbers = numbering.agenda_numbers(meeting)
            for top in meeting.items:
                for item in walk((top,)):
                    label = numbers[top.id] + (numbers.get(item.id, "") if item.id != top.id else "")
                    found.setdefault(item.id, (meeting, top.id, label))
        return found

    @cached_property
    def _attachments(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for meeting in self._meetings:
            numbers = numbering.attachment_numbers(meeting)
            where = (
                f" till protokollet den {long_date(meeting.date)}" if meeting.id != self._meeting.id else ""
            )
            for item in walk(meeting.items):
                for attachment in item.attachments:
                    found.setdefault(attachment.id, f"bilaga{NBSP}{numbers[attachment.id]}{where}")
        return found

    @cached_property
    def _marks(self) -> dict[str, str]:
        """The mark for each of the words that are in use, in lower case with ordinary spaces."""
        found: dict[str, str] = {}
        for target in self.targets():
            found.setdefault(target.words.replace(NBSP, " ").lower(), target.mark)
        for attachment_id, words in self._attachments.items():
            found.setdefault(words.replace(NBSP, " ").lower(), f"{{{ATTACHMENT}:{attachment_id}}}")
        return found

    def _paragraphs(self, year: int) -> dict[str, dict[str, int]]:
        if year not in self._years:
            self._years[year] = numbering.year_paragraphs(self._meetings, year)
        return self._years[year]

    def _say(self, kind: str, target: str) -> str | None:
        words = self.words(kind.lower(), target)
        return words if words is None or kind.islower() or kind == SECTION else words[:1].upper() + words[1:]

    def _mark(self, kind: str, label: str) -> str | None:
        mark = self._marks.get(f"{kind.lower()} {' '.join(label.split())}".lower())
        return (
            mark if mark is None or kind.islower() or kind == SECTION else f"{{{kind}{mark[len(kind) + 1 :]}"
        )

    def _sections_of(self, meeting: Meeting) -> Iterator[Target]:
        for item in meeting.items:
            words = self.words(SECTION, item.id)
            if words is not None:
                yield Target(
                    mark=f"{{{SECTION}:{item.id}}}", words=words, title=_title(item), meeting_id=meeting.id
                )

    def _items(self) -> Iterator[Target]:
        for item in walk(self._meeting.items):
            words = self.words(ITEM, item.id) or ""
            yield Target(
                mark=f"{{{ITEM}:{item.id}}}", words=words, title=item.title, meeting_id=self._meeting.id
            )

    def _own_attachments(self) -> Iterator[Target]:
        for item in walk(self._meeting.items):
            for attachment in item.attachments:
                yield Target(
                    mark=f"{{{ATTACHMENT}:{attachment.id}}}",
                    words=self._attachments[attachment.id],
                    title=attachment.title,
                    meeting_id=self._meeting.id,
                )


def _title(item: AgendaItem) -> str:
    return item.minutes_title or item.title


def refers(meeting: Meeting) -> bool:
    """Whether any of its texts may have a reference, so that it cannot be read without the other meetings."""
    return not all(map(_is_plain, meeting.items)) or _has_brace(meeting.attendance)


def resolved(meeting: Meeting, meetings: Iterable[Meeting]) -> Meeting:
    """The meeting as it is read: every reference in its texts as words. The same value when there is none."""
    if not refers(meeting):
        return meeting
    return _with_texts(meeting, References(meetings, meeting).resolve)


def carried(item: AgendaItem, renewed: AgendaItem) -> AgendaItem:
    """``renewed``, the item with new identities, with its references to its own parts following those.

    Its bilagor and punkter are then those of the meeting it comes to. A § stays the one it was: that is where the
    item was treated before.
    """
    ids = dict(zip(_parts(item), _parts(renewed), strict=True))

    def moved(found: re.Match[str]) -> str:
        own = found[1] != SECTION and found[2] in ids
        return f"{{{found[1]}:{ids[found[2]]}}}" if own else found[0]

    return mapped(renewed, lambda text: _MARK.sub(moved, text))


def sent_out(item: AgendaItem, references: References) -> AgendaItem:
    """The item with its references as words, but for those to its own bilagor and punkter, which go with it."""
    own = set(_parts(item))

    def said(found: re.Match[str]) -> str:
        return found[0] if found[1] != SECTION and found[2] in own else references.resolve(found[0])

    return mapped(item, lambda text: _MARK.sub(said, text))


def _parts(item: AgendaItem) -> list[str]:
    """Ids of the item, its sub-items and all their attachments."""
    return [an_id for part in walk((item,)) for an_id in (part.id, *(a.id for a in part.attachments))]


def shown(meeting: Meeting, references: References) -> Meeting:
    """The meeting as it is edited: every reference as ``{§ 14}``."""
    return _with_texts(meeting, references.shown)


def taken(meeting: Meeting, references: References) -> Meeting:
    """The edited meeting with every ``{§ 14}`` as the reference it stood for, by the numbers it was shown with."""
    return _with_texts(meeting, references.taken)


def frozen(
    meeting: Meeting, meetings: Iterable[Meeting], items: Iterable[str]
) -> tuple[FrozenReference, ...]:
    """What every reference of these items says now, beside what the meeting has kept already."""
    references = References(meetings, meeting)
    wanted = set(items)
    register = meeting.frozen_register
    kept = {one.mark: one.words for one in register.references} if register is not None else {}
    for item in meeting.items:
        if item.id in wanted:
            for kind, target in _marks_of(item):
                kept.setdefault(f"{kind.lower()}:{target}", references.words(kind.lower(), target) or MISSING)
    return tuple(FrozenReference(mark=mark, words=words) for mark, words in sorted(kept.items()))


def marked(value: object) -> frozenset[str]:
    """Ids of everything that the value's texts refer to."""
    return frozenset(target for _, target in _marks_of(value))


def mark_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where the references of a text begin and end in it."""
    return tuple(found.span() for found in _MARK.finditer(text)) if "{" in text else ()


def marks_of(items: Iterable[AgendaItem]) -> frozenset[str]:
    """The marks in the items' texts, without braces: "§:ID", "bilaga:ID"."""
    return frozenset(f"{kind.lower()}:{target}" for kind, target in _marks_of(tuple(items)))


def _marks_of(value: object) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()

    def collect(text: str) -> str:
        found.update(_MARK.findall(text))
        return text

    mapped(value, collect)
    return found


def _with_texts(meeting: Meeting, change: Callable[[str], str]) -> Meeting:
    items = tuple(item if _is_plain(item) else mapped(item, change) for item in meeting.items)
    attendance = mapped(meeting.attendance, change)
    if attendance is meeting.attendance and all(a is b for a, b in zip(items, meeting.items, strict=True)):
        return meeting
    return replace(meeting, items=items, attendance=attendance)


_PLAIN: dict[int, AgendaItem] = {}
"""Items that are known to hold no "{", by identity. They are kept here so that the number stays theirs.

Items are values: one that was plain stays plain. Of 160 meetings' items all but the one being written in are known.
"""
_MOST_PLAIN = 6000


def _is_plain(item: AgendaItem) -> bool:
    """Whether no text of the item can hold a reference. Looked for once in each value."""
    if _PLAIN.get(id(item)) is item:
        return True
    if _has_brace(item):
        return False
    if len(_PLAIN) >= _MOST_PLAIN:
        _PLAIN.clear()
    _PLAIN[id(item)] = item
    return True


@remembered
def _has_brace(value: Any) -> bool:
    if isinstance(value, str):
        return "{" in value
    if isinstance(value, tuple):
        return any(map(_has_brace, value))
    if is_dataclass(value) and not isinstance(value, FigureTable | type):
        return any(_has_brace(getattr(value, name)) for name in _names(type(value)))
    return False


@lru_cache(maxsize=256)
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def mapped(value: T, change: Callable[[str], str]) -> T:
    """The value with ``change`` done to every text in it that holds a "{"; itself when nothing changed.

    Figures are left alone: their texts come from a workbook.
    """
    return mapped_texts(value, lambda text: change(text) if "{" in text else text)


def mapped_texts(value: T, change: Callable[[str], str]) -> T:
    """The value with ``change`` done to every text in it, as ``mapped``."""
    result: Any = value
    if isinstance(value, str):
        new_text = change(value) if type(value) is str else value
        result = value if new_text == value else new_text
    elif isinstance(value, tuple):
        inner = [mapped_texts(one, change) for one in value]
        if any(new is not old for new, old in zip(inner, value, strict=True)):
            result = tuple(inner)
    elif is_dataclass(value) and not isinstance(value, FigureTable | type):
        new_fields = {}
        for name in _names(type(value)):
            old = getattr(value, name)
            if isinstance(old, str | tuple) or is_dataclass(old):
                new = mapped_texts(old, change)
                if new is not old:
                    new_fields[name] = new
        if new_fields:
            result = replace(result, **new_fields)
    mapped_value: T = result
    return mapped_value

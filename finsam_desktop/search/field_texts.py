"""Every text of the association and its meetings, each with the thing it belongs to and where in the window that is.

The values are walked by their dataclasses, so that a field that is added later is searched too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import lru_cache
from typing import Any

from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting, SealedPart
from finsam_desktop.domain.sweeping import NOT_TEXT
from finsam_desktop.search.folding import folded, shown
from finsam_desktop.search.query import Kind

Resolve = Callable[[str], str]
_ID = re.compile("[0-9a-f]{32}")
_IDS = frozenset(
    "id items from_item to_item serving_for also_serving_for supporters yes_motion no_motion requested_by"
    " in_favour_of not_taking_part chaired_by reported_at fixed_in part_of count_of begun_from rule sha256"
    " presenter_role meeting_kinds plan_types fingerprint redacted_under origin".split()
)
"""Fields that name other values instead of saying something."""
_WALKED = {
    AgendaItem: frozenset(("sub_items", "attachments")),
    Meeting: frozenset(("items", "frozen_register")),
}
"""Fields that are things of their own, and the register kept at the adjustment, which says what the register does."""
_ITEM_KINDS = {"proposal": Kind.DECISION, "decision": Kind.DECISION, "minutes_text": Kind.MINUTES,
               "minutes_title": Kind.MINUTES}  # fmt: skip
_TITLES = ("title", "name", "label", "key", "group", "heading", "text", "subject", "year")
"""The fields that a thing may be called after, the first that it has."""


@dataclass(frozen=True, slots=True)
class FieldText:
    """One text: the field of its thing, the text as it is shown, and folded for comparing."""

    field: str
    kind: Kind
    text: str
    folded: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """What texts belong to: a meeting's own facts, an item, a bilaga, a person, a phrase …

    ``owner`` is the field of the association that holds it, "" for what belongs to a meeting; ``key`` its id.
    """

    meeting_id: str = ""
    owner: str = ""
    key: str = ""
    title: str
    what: type
    confidential: bool = False
    texts: tuple[FieldText, ...] = ()
    all: str = ""
    """The folded texts after one another, a line each: what is looked in first."""
    refers: bool = False
    """A text refers to something by number, so that it changes when others do."""


def of_meeting(meeting: Meeting, resolve: Resolve | None = None) -> tuple[Thing, ...]:
    """The meeting, its items in reading order, and each item's bilagor. ``resolve`` gives references as words."""
    found = [
        _thing(meeting, _own(meeting, Kind.MEETING), resolve, meeting_id=meeting.id, key=meeting.id, title="")
    ]
    for item, secret in _items(meeting.items, False):
        facts = {"meeting_id": meeting.id, "key": item.id, "title": item.title, "confidential": secret}
        found.append(_thing(item, _own(item, Kind.ITEM), resolve, **facts))
        for one in item.attachments:
            hidden = secret or one.confidential
            facts = {"meeting_id": meeting.id, "key": one.id, "title": one.title, "confidential": hidden}
            found.append(_thing(one, _own(one, Kind.FILE), resolve, **facts))
    return tuple(found)


def of_association(association: Association) -> tuple[Thing, ...]:
    """The association itself, and every person, member, template, phrase … it has."""
    facts: list[tuple[str, str]] = []
    found: list[Thing] = []
    for name in _names(Association):
        value = getattr(association, name)
        if isinstance(value, tuple) and value and is_dataclass(value[0]):
            found += [
                _thing(
                    one,
                    _own(one, Kind.ASSOCIATION),
                    None,
                    owner=name,
                    key=getattr(one, "id", ""),
                    title=_called(one),
                )
                for one in value
            ]
        else:
            facts += [(name, text) for text in _texts(value, name)]
    own = ((name, Kind.ASSOCIATION, text) for name, text in facts)
    return (_thing(association, own, None, owner="name", title=association.name), *found)


def _items(items: Iterable[AgendaItem], secret: bool) -> Iterator[tuple[AgendaItem, bool]]:
    """Every item in reading order, and whether it or one that it belongs to is confidential."""
    for item in items:
        hidden = secret or item.confidential
        yield item, hidden
        yield from _items(item.sub_items, hidden)


def _own(value: Any, kind: Kind) -> Iterator[tuple[str, Kind, str]]:
    """The texts of a value by its fields, without those of the things in it."""
    apart = _WALKED.get(type(value), frozenset())
    left = NOT_TEXT.get(type(value), frozenset())
    for name in _names(type(value)):
        if name not in apart and name not in left:
            its_kind = _ITEM_KINDS.get(name, kind) if isinstance(value, AgendaItem) else kind
            for text in _texts(getattr(value, name), name):
                yield name, its_kind, text


def _texts(value: Any, name: str) -> Iterator[str]:
    kind = type(value)
    if kind is str:
        if value and not (name in _IDS or name.endswith(("_id", "_ids")) or _ID.fullmatch(value)):
            yield value
    elif kind is tuple:
        for one in value:
            yield from _texts(one, name)
    else:
        for inner in _walked(kind):
            yield from _texts(getattr(value, inner), inner)


def _thing(
    value: object, texts: Iterable[tuple[str, Kind, str]], resolve: Resolve | None, **facts: Any
) -> Thing:
    found: dict[tuple[str, str], FieldText] = {}
    refers = False
    for name, kind, text in texts:
        if resolve is not None and "{" in text:
            before, text = text, resolve(text)
            refers = refers or text != before
        clean, compared = _both(text)
        if clean and (name, clean) not in found:
            found[name, clean] = FieldText(name, kind, clean, compared)
    kept = tuple(found.values())
    return Thing(
        what=type(value), texts=kept, all="\n".join(one.folded for one in kept), refers=refers, **facts
    )


@lru_cache(maxsize=8192)
def _both(text: str) -> tuple[str, str]:
    """Shown and folded. Kept, since standing phrases come back a thousand times."""
    clean = shown(text).strip()
    return clean, folded(clean)


def _called(value: object) -> str:
    for name in _TITLES:
        said = getattr(value, name, "")
        if said:
            return " ".join(str(said).split())[:200]
    return ""


_NAMES: dict[Any, tuple[str, ...]] = {}
_WORDED: dict[Any, tuple[str, ...]] = {}


def _names(kind: Any) -> tuple[str, ...]:
    """The fields of a dataclass; none of any other kind of value."""
    if kind not in _NAMES:
        _NAMES[kind] = tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()
    return _NAMES[kind]


def _walked(kind: Any) -> tuple[str, ...]:
    """The fields of a dataclass that may hold words."""
    if kind not in _WORDED:
        if kind is SealedPart:  # its name is one of ours
            return ()
        left = NOT_TEXT.get(kind, frozenset())
        _WORDED[kind] = tuple(name for name in _names(kind) if name not in left)
    return _WORDED[kind]

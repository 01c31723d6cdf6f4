"""Agenda items and the ways an agenda is edited. Every function returns a new value."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from finsam_desktop.domain.catalogue import ItemType
from finsam_desktop.domain.confidentiality import Secret
from finsam_desktop.domain.decisions import Decision, Proposal
from finsam_desktop.domain.figures import FigureTable
from finsam_desktop.domain.ids import new_id
from finsam_desktop.domain.papers import JointBoard, Letter, Memo, Referral
from finsam_desktop.domain.remembering import remembered
from finsam_desktop.domain.report import TertialReport


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A bilaga. ``sha256`` names the stored file, empty while the file is missing; ``size`` in bytes.
    ``secret`` says why a confidential bilaga is kept from the public version; ``reviewed`` that somebody has looked
    at its pictures, which the program cannot read, and found nothing to mask. ``description`` says what a picture shows
    (alternative text), ``barriers`` what in the file hinders a screen reader, see ``accessibility.Barrier``.

    Its number is derived from its place in the agenda, see ``numbering.attachment_numbers``.
    """

    id: str = field(default_factory=new_id)
    title: str
    file_name: str = ""
    sha256: str = ""
    size: int = 0
    pages: int | None = None
    sender: str = ""
    dated: date | None = None
    confidential: bool = False
    secret: Secret = Secret()
    reviewed: bool = False
    description: str = ""
    barriers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """An item (ärende). Texts are Markdown; ``minutes`` of meeting time; ``reference`` is the diarienummer.

    Sub-items (A, B …) are items themselves so that nothing is lost when an item becomes one.
    ``presenter_id`` is a person's id; ``presenter`` is free text when the person is not in the register.
    ``minutes_text`` is what the protokoll says happened.
    """

    id: str = field(default_factory=new_id)
    title: str
    type: ItemType = ItemType.NONE
    presenter_id: str = ""
    presenter: str = ""
    minutes: int | None = None
    reference: str = ""
    summary: str = ""
    proposal: Proposal = Proposal()
    sub_items: tuple[AgendaItem, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    recipients: tuple[str, ...] = ()
    confidential: bool = False
    template_id: str = ""
    origin: str = ""
    figures: tuple[FigureTable, ...] = ()
    report: TertialReport | None = None
    minutes_title: str = ""
    minutes_text: str = ""
    decision: Decision = Decision()
    memo: Memo | None = None
    letter: Letter | None = None
    referral: Referral | None = None
    measure_id: str = ""
    joint: tuple[JointBoard, ...] = ()
    secret: Secret = Secret()


Items = tuple[AgendaItem, ...]


def walk(items: Items) -> Iterator[AgendaItem]:
    """Every item and sub-item in reading order."""
    for item in items:
        yield item
        yield from walk(item.sub_items)


def find(items: Items, item_id: str) -> AgendaItem | None:
    """The item or sub-item with this id, or None."""
    return next((item for item in walk(items) if item.id == item_id), None)


def parent_of(items: Items, item_id: str) -> AgendaItem | None:
    """The item that has ``item_id`` as sub-item, or None."""
    return _parents(items).get(item_id)


@remembered
def _parents(items: Items) -> dict[str, AgendaItem]:
    """The item that each sub-item is in, by the sub-item's id."""
    found: dict[str, AgendaItem] = {}
    for item in walk(items):
        for sub in item.sub_items:
            found.setdefault(sub.id, item)
    return found


def update(items: Items, item_id: str, change: Callable[[AgendaItem], AgendaItem]) -> Items:
    """The items with one item or sub-item changed. KeyError when it is not there."""
    if find(items, item_id) is None:
        raise KeyError(item_id)
    return tuple(_updated(item, item_id, change) for item in items)


def _updated(item: AgendaItem, item_id: str, change: Callable[[AgendaItem], AgendaItem]) -> AgendaItem:
    if item.id == item_id:
        return change(item)
    if not item.sub_items:
        return item
    subs = tuple(_updated(sub, item_id, change) for sub in item.sub_items)
    return (
        item
        if all(a is b for a, b in zip(subs, item.sub_items, strict=True))
        else replace(item, sub_items=subs)
    )


def insert(items: Items, place: int, item: AgendaItem) -> Items:
    """The items with ``item`` at ``place`` (0 or less is first; past the end is last)."""
    place = max(0, place)
    return (*items[:place], item, *items[place:])


def remove(items: Items, item_id: str) -> Items:
    """The items without this item or sub-item. KeyError when it is not there."""
    if find(items, item_id) is None:
        raise KeyError(item_id)
    return tuple(
        replace(item, sub_items=remove(item.sub_items, item_id)) if find(item.sub_items, item_id) else item
        for item in items
        if item.id != item_id
    )


def move(items: Items, item_id: str, place: int) -> Items:
    """The items with an item moved among its siblings so that it ends up at ``place`` (clamped)."""
    parent = parent_of(items, item_id)
    if parent is not None:
        return update(items, parent.id, lambda p: replace(p, sub_items=move(p.sub_items, item_id, place)))
    moved = next((item for item in items if item.id == item_id), None)
    if moved is None:
        raise KeyError(item_id)
    rest = tuple(item for item in items if item.id != item_id)
    return insert(rest, max(0, min(place, len(rest))), moved)


def demote(items: Items, item_id: str) -> Items:
    """Make an item the last sub-item of the item before it. Unchanged when there is none, or it has sub-items."""
    index = next((i for i, item in enumerate(items) if item.id == item_id), 0)
    if index == 0 or items[index].sub_items:
        return items
    above, item = items[index - 1], items[index]
    return (*items[: index - 1], replace(above, sub_items=(*above.sub_items, item)), *items[index + 1 :])


def promote(items: Items, item_id: str) -> Items:
    """Make a sub-item an item of its own, right after its parent. Unchanged when it is none."""
    parent = parent_of(items, item_id)
    if parent is None:
        return items
    item = next(sub for sub in parent.sub_items if sub.id == item_id)
    index = next(i for i, candidate in enumerate(items) if candidate.id == parent.id)
    return insert(remove(items, item_id), index + 1, item)

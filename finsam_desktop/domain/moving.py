"""An item moved to the next meeting, and the items of an agenda changed several at a time. All pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from finsam_desktop.domain import agenda
from finsam_desktop.domain.agenda import AgendaItem, Items, find, walk
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.catalogue import ItemTemplate, ItemType
from finsam_desktop.domain.catalogue_use import new_meeting, with_items
from finsam_desktop.domain.decisions import Outcome
from finsam_desktop.domain.holidays import is_working_day
from finsam_desktop.domain.meeting import Meeting, MeetingKind, MeetingState
from finsam_desktop.domain.numbering import paragraphs, section_label
from finsam_desktop.domain.suggestions import continued
from finsam_desktop.domain.wording import long_date

WEEKS_BETWEEN = 6
"""So long after a meeting the next one is made where none is planned, on the same day of the week."""

_LEFT = (Outcome.TABLED, Outcome.REMITTED, Outcome.WITHDRAWN)


class Stay(StrEnum):
    """What is left of an item where it was."""

    NOTHING = "nothing"
    TABLED = "tabled"
    AS_IT_IS = "as_it_is"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Both meetings after the move. ``made``: the target is new. ``refused`` are ids of items with a decision, which
    stay; ``tabled`` of those that stay as bordlagda."""

    source: Meeting
    target: Meeting
    made: bool
    moved: tuple[str, ...] = ()
    tabled: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


def next_draft(meeting: Meeting, meetings: Iterable[Meeting]) -> Meeting | None:
    """The first later meeting where the board decides whose kallelse has not been sent, or None."""
    coming = (
        one
        for one in meetings
        if one.id != meeting.id
        and (one.date, one.id) > (meeting.date, meeting.id)
        and one.state is MeetingState.DRAFT
        and one.cancelled_on is None
        and one.kind.decides
    )
    return min(coming, key=lambda one: (one.date, one.id), default=None)


def made_next(
    meeting: Meeting,
    association: Association,
    meetings: Sequence[Meeting],
    templates: Sequence[ItemTemplate],
    today: date,
) -> Meeting:
    """A draft some weeks later, for when no next is planned; on a working day, and never before ``today``."""
    day = meeting.date + timedelta(weeks=WEEKS_BETWEEN)
    while not is_working_day(day) or day < today:
        day += timedelta(days=1) if day.weekday() > 4 else timedelta(weeks=1)
    return new_meeting(MeetingKind.ORDINARY, day, association, templates, meetings, today=today)


def stays(meeting: Meeting, item: AgendaItem) -> Stay:
    """What of the item is to be left in the meeting it is moved from.

    Before the kallelse is sent nothing is left. From then on it is tabled, so that what was called to is accounted
    for; what is already tabled, sent back or fallen stands as it is, and what is decided is not moved at all.
    """
    outcome = item.decision.outcome
    if outcome in _LEFT:
        return Stay.AS_IT_IS
    if outcome is not Outcome.UNSET or item.decision.immediately_adjusted:
        return Stay.DECIDED
    if any(sub.decision.outcome not in (Outcome.UNSET, *_LEFT) for sub in walk(item.sub_items)):
        return Stay.DECIDED
    return Stay.NOTHING if meeting.state is MeetingState.DRAFT else Stay.TABLED


def moved_on(
    meeting: Meeting,
    item_ids: Collection[str],
    target: Meeting,
    meetings: Sequence[Meeting],
    templates: Sequence[ItemTemplate],
    *,
    made: bool = False,
) -> Moved:
    """The items moved to ``target`` with attachments, in their order. ``meetings`` hold the source; values as stored.

    An item that leaves nothing behind keeps its identity, so that references to it follow; one that does comes up
    again under a new one. A sub-item becomes an item of its own.
    """
    source, added = meeting, []
    gone: list[str] = []
    tabled: list[str] = []
    refused: list[str] = []
    for item in tops(meeting.items, item_ids):
        stay = stays(meeting, item)
        if stay is Stay.DECIDED:
            refused.append(item.id)
            continue
        if stay is Stay.NOTHING:
            source = replace(source, items=agenda.remove(source.items, item.id))
            added.append(replace(item, origin=item.origin or f"Flyttat från den {long_date(meeting.date)}"))
        else:
            added.append(continued(item, origin=_why(meeting, item, meetings)))
        if stay is Stay.TABLED:
            source = replace(
                source, items=agenda.update(source.items, item.id, lambda one: _tabled(one, target.date))
            )
            tabled.append(item.id)
        gone.append(item.id)
    if any(item_id not in tabled for item_id in gone):
        attendance = source.attendance
        left = {one.id for one in walk(source.items)}
        kept = tuple(one for one in attendance.conflicts if one.item_id in left)
        source = replace(source, attendance=replace(attendance, conflicts=kept))
    after = replace(target, items=with_items(target.items, tuple(added), templates)) if added else target
    return Moved(
        source=source,
        target=after,
        made=made,
        moved=tuple(gone),
        tabled=tuple(tabled),
        refused=tuple(refused),
    )


def _tabled(item: AgendaItem, to: date) -> AgendaItem:
    return replace(item, decision=replace(item.decision, outcome=Outcome.TABLED, tabled_to=to))


def _why(meeting: Meeting, item: AgendaItem, meetings: Sequence[Meeting]) -> str:
    """ "Bordlagt den 29 oktober 2026, § 67"."""
    outcome = item.decision.outcome
    word = (
        "Återremitterat"
        if outcome is Outcome.REMITTED
        else "Utgick"
        if outcome is Outcome.WITHDRAWN
        else "Bordlagt"
    )
    numbers = paragraphs(meetings, meeting)
    top = next((one.id for one in meeting.items if find((one,), item.id) is not None), "")
    number = numbers.get(top)
    return f"{word} den {long_date(meeting.date)}" + (f", {section_label((number,))}" if number else "")


def tops(items: Items, item_ids: Collection[str]) -> Items:
    """The chosen items and sub-items in reading order; a sub-item whose item is chosen too comes with that."""
    found: list[AgendaItem] = []
    for item in items:
        if item.id in item_ids:
            found.append(item)
        else:
            found += tops(item.sub_items, item_ids)
    return tuple(found)


# ------------------------------------------------------------------------------------------- several at a time


def removed(items: Items, item_ids: Collection[str]) -> Items:
    """The items without these."""
    return tuple(
        replace(item, sub_items=removed(item.sub_items, item_ids)) if item.sub_items else item
        for item in items
        if item.id not in item_ids
    )


def shifted(items: Items, item_ids: Collection[str], steps: int) -> Items:
    """These items each one place up (−1) or down (+1) among their siblings; a block at the end stays together."""
    order = [
        replace(item, sub_items=shifted(item.sub_items, item_ids, steps)) if item.sub_items else item
        for item in items
    ]
    places = range(len(order)) if steps < 0 else range(len(order) - 1, -1, -1)
    for place in places:
        other = place + steps
        if order[place].id in item_ids and 0 <= other < len(order) and order[other].id not in item_ids:
            order[place], order[other] = order[other], order[place]
    return tuple(order)


def typed(items: Items, item_ids: Collection[str], kind: ItemType) -> Items:
    """These items as items of a type."""
    for item in (one for one in walk(items) if one.id in item_ids):
        items = agenda.update(items, item.id, lambda one: replace(one, type=kind))
    return items


def presented(items: Items, item_ids: Collection[str], person_id: str) -> Items:
    """These items presented by a person of the register; empty takes the föredragande away."""
    for item in (one for one in walk(items) if one.id in item_ids):
        items = agenda.update(items, item.id, lambda one: replace(one, presenter_id=person_id, presenter=""))
    return items

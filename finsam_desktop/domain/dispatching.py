"""Expediering: what goes to whom of the minutes' §§, and what has already been sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from finsam_desktop.domain import numbering
from finsam_desktop.domain.agenda import walk
from finsam_desktop.domain.meeting import Dispatch, Meeting


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """The §§ that go to one recipient: ids of items in the order of the agenda, and what was sent before.

    ``sent`` are the dispatches to this recipient, oldest first; ``left`` the items that none of them held.
    """

    recipient: str
    items: tuple[str, ...]
    sent: tuple[Dispatch, ...] = ()

    @property
    def left(self) -> tuple[str, ...]:
        gone = {item_id for dispatch in self.sent for item_id in dispatch.items}
        return tuple(item_id for item_id in self.items if item_id not in gone)

    @property
    def latest(self) -> Dispatch | None:
        """What was sent last, or None."""
        return max(self.sent, key=lambda one: one.sent_on, default=None)


def same_recipient(one: str, other: str) -> bool:
    """Whether two ways of writing are the same recipient: spaces and the size of letters do not count."""
    return _key(one) == _key(other)


def _key(recipient: str) -> str:
    return " ".join(recipient.split()).casefold().rstrip(".")


def batches(meeting: Meeting) -> tuple[Batch, ...]:
    """One batch for each recipient of "Expedieras till", in the order they are first named.

    What a sub-item names goes with its whole §. A recipient who got something that is no longer to be sent is there
    with no items, so that the log is whole.
    """
    names: dict[str, str] = {}
    items: dict[str, list[str]] = {}
    for item in meeting.items:
        for recipient in (r for one in walk((item,)) for r in one.recipients if r.strip()):
            names.setdefault(_key(recipient), " ".join(recipient.split()))
            wanted = items.setdefault(_key(recipient), [])
            if item.id not in wanted:
                wanted.append(item.id)
    for dispatch in meeting.dispatches:
        names.setdefault(_key(dispatch.recipient), " ".join(dispatch.recipient.split()))
    return tuple(
        Batch(
            recipient=name,
            items=tuple(items.get(key, ())),
            sent=tuple(one for one in meeting.dispatches if _key(one.recipient) == key),
        )
        for key, name in names.items()
    )


def batch_of(meeting: Meeting, recipient: str) -> Batch | None:
    """The recipient's batch, or None."""
    return next((batch for batch in batches(meeting) if same_recipient(batch.recipient, recipient)), None)


def log(
    meeting: Meeting,
    sent: Iterable[tuple[str, tuple[str, ...], str]],
    *,
    on: date,
    manner: str = "",
    by: str = "",
) -> Meeting:
    """The meeting with what was sent put in its log: (recipient, ids of items, file name) for each."""
    new = tuple(
        Dispatch(items=items, recipient=recipient, sent_on=on, manner=manner, sent_by=by, file_name=file_name)
        for recipient, items, file_name in sent
    )
    return replace(meeting, dispatches=(*meeting.dispatches, *new))


def take_back(meeting: Meeting, dispatch_id: str) -> Meeting:
    """The meeting without an entry of the log that was put there by mistake."""
    return replace(meeting, dispatches=tuple(one for one in meeting.dispatches if one.id != dispatch_id))


def progress(meeting: Meeting) -> tuple[int, int]:
    """(§§ sent to everyone they go to, §§ that go to someone)."""
    all_batches = batches(meeting)
    wanted = {item_id for batch in all_batches for item_id in batch.items}
    left = {item_id for batch in all_batches for item_id in batch.left}
    return len(wanted - left), len(wanted)


def section_names(meetings: Iterable[Meeting], meeting: Meeting, items: Iterable[str]) -> str:
    """ "§ 68" or "§§ 67–68" of items."""
    numbers = numbering.paragraphs(meetings, meeting)
    return numbering.section_label(numbers[item_id] for item_id in items if item_id in numbers)

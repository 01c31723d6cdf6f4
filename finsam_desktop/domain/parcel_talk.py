"""What a receiver of a mötespaket writes beside the items: one comment and one note of their own on each.

Comments travel with the meeting; notes are of the receiver's own file and go nowhere.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from finsam_desktop.domain.agenda import walk
from finsam_desktop.domain.ids import new_id
from finsam_desktop.domain.live import LiveRecord
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.parcel_values import Comment, OwnNote, ParcelCopy


def own_comment(meeting: Meeting, copy: ParcelCopy, item_id: str) -> Comment | None:
    """The receiver's comment on an item, or on the meeting (""); None until one is written."""
    return next(
        (one for one in meeting.comments if one.item_id == item_id and one.parcel_id == copy.id), None
    )


def own_note(copy: ParcelCopy, item_id: str) -> OwnNote | None:
    """The receiver's note on an item, or on the meeting (""); None until one is written."""
    return next((one for one in copy.notes if one.item_id == item_id), None)


def with_comment(meeting: Meeting, copy: ParcelCopy, item_id: str, text: str, at: datetime) -> Meeting:
    """The meeting with the receiver's comment on an item; an empty one is taken away."""
    before = own_comment(meeting, copy, item_id)
    others = tuple(one for one in meeting.comments if one is not before)
    if not text.strip():
        return replace(meeting, comments=others)
    comment = Comment(
        id=before.id if before is not None else new_id(),
        text=text.strip(),
        by=copy.receiver.name,
        written_at=at,
        item_id=item_id,
        parcel_id=copy.id,
    )
    if before is None:
        return replace(meeting, comments=(*others, comment))
    return replace(meeting, comments=tuple(comment if one is before else one for one in meeting.comments))


def with_note(copy: ParcelCopy, item_id: str, text: str, at: datetime) -> ParcelCopy:
    """The copy with the receiver's note on an item; an empty one is taken away."""
    before = own_note(copy, item_id)
    if not text.strip():
        return replace(copy, notes=tuple(one for one in copy.notes if one is not before))
    if before is None:
        return replace(copy, notes=(*copy.notes, OwnNote(text=text.strip(), written_at=at, item_id=item_id)))
    after = replace(before, text=text.strip(), written_at=at)
    return replace(copy, notes=tuple(after if one is before else one for one in copy.notes))


def changed_items(base: Meeting, meeting: Meeting) -> frozenset[str]:
    """Ids of the items and sub-items that differ from ``base``, each apart from its sub-items; new ones too.

    "" is among them when something of the meeting itself differs, such as its attendance.
    """
    was = {item.id: replace(item, sub_items=()) for item in walk(base.items)}
    now = {item.id: replace(item, sub_items=()) for item in walk(meeting.items)}
    found = {item_id for item_id, item in now.items() if was.get(item_id) != item}
    if _apart(base) != _apart(meeting) or was.keys() - now.keys():
        found.add("")
    return frozenset(found)


def _apart(meeting: Meeting) -> Meeting:
    """The meeting without its items, and without what is said and approved of it."""
    return replace(meeting, items=(), comments=(), approvals=(), parcels=(), live=LiveRecord())

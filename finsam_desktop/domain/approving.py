"""Approving minutes in a mötespaket: what exactly was approved, and whether that is still what stands.

An approval holds the SHA-256 of every part of what the minutes say, in the same form as the seal of adjusted minutes
(``sealing``), but for what comes about by the adjustment itself: signatures, days and seals.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from finsam_desktop.domain import numbering, sealing
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.live import LiveRecord
from finsam_desktop.domain.meeting import Meeting, SealedPart
from finsam_desktop.domain.parcel_values import Approval, ApprovedPart, Receiver

_LEFT_OUT = frozenset(("adjustment",))


def parts(association: Association, meetings: Iterable[Meeting], meeting: Meeting) -> tuple[SealedPart, ...]:
    """The SHA-256 of every part of what the minutes print, with the numbers and names they would be adjusted with.

    The same before the adjustment, after it, and in a mötespaket of the meeting.
    """
    return tuple(
        part for part in sealing.parts(_printed(association, meetings, meeting)) if part.name not in _LEFT_OUT
    )


def _printed(association: Association, meetings: Iterable[Meeting], meeting: Meeting) -> Meeting:
    """The meeting as it would be sealed: with its numbers and names, without what is said of it."""
    everyone = tuple(meetings)
    plain = replace(
        meeting, comments=(), approvals=(), parcels=(), signatures=(), seals=(), live=LiveRecord()
    )
    if sealing.whole_seal(meeting) is not None:
        return plain
    sections, bilagor = numbering.freeze(everyone, plain)
    printed, _ = sealing.as_adjusted(association, everyone, plain)
    ids = tuple(item.id for item in plain.items)
    plain = replace(plain, frozen_paragraphs=sections, frozen_attachments=bilagor)
    return replace(plain, frozen_register=sealing.register_of(printed, plain, everyone, ids))


def approved(
    association: Association,
    meetings: Iterable[Meeting],
    meeting: Meeting,
    receiver: Receiver,
    on: date,
    at: datetime,
    parcel_id: str = "",
) -> Meeting:
    """The meeting with the receiver's approval of it as it stands; an earlier one of the same person is replaced."""
    made = parts(association, meetings, meeting)
    approval = Approval(
        person_id=receiver.person_id,
        name=receiver.name,
        role=receiver.role,
        approved_on=on,
        recorded_at=at,
        sha256=sealing.of_parts(made),
        parts=tuple(ApprovedPart(name=one.name, sha256=one.sha256) for one in made),
        parcel_id=parcel_id,
    )
    return replace(meeting, approvals=(*_others(meeting, receiver), approval))


def withdrawn(meeting: Meeting, receiver: Receiver) -> Meeting:
    """The meeting without the receiver's approval."""
    return replace(meeting, approvals=_others(meeting, receiver))


def approval_of(meeting: Meeting, receiver: Receiver) -> Approval | None:
    """The receiver's approval, or None."""
    return next((one for one in meeting.approvals if _is_by(one, receiver)), None)


def _others(meeting: Meeting, receiver: Receiver) -> tuple[Approval, ...]:
    return tuple(one for one in meeting.approvals if not _is_by(one, receiver))


def _is_by(approval: Approval, receiver: Receiver) -> bool:
    if approval.person_id or receiver.person_id:
        return approval.person_id == receiver.person_id
    return approval.name == receiver.name


def whole(approval: Approval) -> bool:
    """Whether the approval's checksum is that of its parts: False when it has been altered."""
    made = tuple(SealedPart(name=one.name, sha256=one.sha256) for one in approval.parts)
    return sealing.of_parts(made) == approval.sha256


def changed_since(
    approval: Approval, association: Association, meetings: Iterable[Meeting], meeting: Meeting
) -> tuple[str, ...]:
    """Names in words of the parts that are no longer what was approved, such as "§ 67 Budget" or "närvaron".

    Empty when what was approved is what stands.
    """
    everyone = tuple(meetings)
    was = {one.name: one.sha256 for one in approval.parts}
    now = {one.name: one.sha256 for one in parts(association, everyone, meeting)}
    changed = [name for name in {**now, **was} if was.get(name) != now.get(name)]
    printed = _printed(association, everyone, meeting)
    found = [sealing.name_of(name, printed) for name in changed]
    if not whole(approval):
        found.insert(0, "uppgiften om justeringen")
    return tuple(dict.fromkeys(found))

"""Who a mötespaket may be made for: the chair, and those who adjust the minutes."""

from __future__ import annotations

from collections.abc import Iterator

from finsam_desktop.domain.adjusting import signers
from finsam_desktop.domain.association import Association, Role
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.parcel_values import Receiver, ReceiverRole


def receivers(meeting: Meeting, association: Association) -> tuple[Receiver, ...]:
    """The chair of that day first, then who led the meeting, the justerare with their deputies, and the vice chairs.

    Each person once, as what they are named for first.
    """
    found: dict[str, Receiver] = {}
    for person_id, role in _ids(meeting, association):
        person = association.person(person_id)
        if person is not None and person_id not in found:
            found[person_id] = Receiver(name=person.name, role=role, person_id=person_id)
    return tuple(found.values())


def _ids(meeting: Meeting, association: Association) -> Iterator[tuple[str, ReceiverRole]]:
    chair = association.first_with(meeting.date, Role.CHAIR)
    if chair is not None:
        yield chair.id, ReceiverRole.CHAIR
    adjusters = {one.person_id for one in meeting.adjusters}
    for signer in signers(meeting, association):
        role = ReceiverRole.ADJUSTER if signer.person_id in adjusters else ReceiverRole.CHAIR
        yield signer.person_id, role
    for one in meeting.adjusters:
        if one.deputy_id:
            yield one.deputy_id, ReceiverRole.ADJUSTER
    for appointment in association.appointed(meeting.date, Role.VICE_CHAIR):
        yield appointment.person_id, ReceiverRole.CHAIR

"""What a mötespaket leaves in the values: comments, approvals, what was sent and answered, the receiver's own notes.

``Meeting`` holds comments and approvals, which travel with it, and ``parcels``, what its secretary has sent. In the
file that a receiver works in, ``Association.parcel`` says that it is one, and holds the notes that never leave it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from finsam_desktop.domain.ids import new_id


class ReceiverRole(StrEnum):
    """As what someone gets a mötespaket."""

    CHAIR = "chair"
    ADJUSTER = "adjuster"


RECEIVER_ROLES = {ReceiverRole.CHAIR: "ordförande", ReceiverRole.ADJUSTER: "justerare"}
"""What they are called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Who a mötespaket is made for. ``person_id`` is empty for someone who is not in the register."""

    name: str
    role: ReceiverRole = ReceiverRole.CHAIR
    person_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What somebody says about an item (``item_id``), or about the meeting as a whole (empty).

    ``parcel_id`` is the mötespaket it came with, empty for one written in the association's own file. It is handled
    once ``handled_at`` is set.
    """

    id: str = field(default_factory=new_id)
    text: str
    by: str
    written_at: datetime
    item_id: str = ""
    parcel_id: str = ""
    handled_at: datetime | None = None
    handled_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovedPart:
    """The SHA-256 of a part of what was approved; ``name`` as in ``SealedPart``."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """That somebody who adjusts the minutes has approved them as they stood, in a mötespaket.

    ``sha256`` and ``parts`` are of what was approved, see ``approving``. It is no signature and no adjustment: the
    secretary confirms it with ``adjusting.sign``.
    """

    id: str = field(default_factory=new_id)
    person_id: str
    name: str
    role: ReceiverRole
    approved_on: date
    recorded_at: datetime
    sha256: str
    parts: tuple[ApprovedPart, ...] = ()
    parcel_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelReply:
    """A mötespaket that came back and was gone through: its id, and when it was made and received."""

    id: str
    made_at: datetime
    received_at: datetime
    file_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentParcel:
    """A mötespaket that was made of the meeting. ``base_sha256`` is ``parcel.fingerprint`` of it as it was sent.

    ``declined`` are the fingerprints of changes that came back and were declined.
    """

    id: str = field(default_factory=new_id)
    receiver: Receiver
    made_at: datetime
    made_by: str = ""
    note: str = ""
    file_name: str = ""
    base_sha256: str = ""
    public: bool = False
    protected: bool = False
    replies: tuple[ParcelReply, ...] = ()
    declined: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnNote:
    """A receiver's own note on an item, or on the meeting (``item_id`` empty). It is never sent."""

    id: str = field(default_factory=new_id)
    text: str
    written_at: datetime
    item_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelCopy:
    """What makes a file a receiver's working copy of a mötespaket.

    ``base_sha256`` is ``parcel.fingerprint`` of the meeting as it was sent, ``base_file`` the stored file that holds
    it. ``public`` is set for the version without what is confidential. ``sent_back_at`` is when an answer was last
    made, None while none was. ``made_by_email`` is where an answer is mailed, "" when nobody knows.
    """

    id: str
    meeting_id: str
    receiver: Receiver
    made_at: datetime
    made_by: str = ""
    note: str = ""
    base_sha256: str = ""
    base_file: str = ""
    public: bool = False
    protected: bool = False
    notes: tuple[OwnNote, ...] = ()
    sent_back_at: datetime | None = None
    made_by_email: str = ""

"""A meeting (sammanträde) as one value: when and where, its agenda, attendance and what happens to the minutes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date as Date
from datetime import datetime
from datetime import time as Time
from enum import StrEnum

from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.attendance import Attendance
from finsam_desktop.domain.confidentiality import MaskedWord
from finsam_desktop.domain.ids import new_id
from finsam_desktop.domain.live import LiveRecord
from finsam_desktop.domain.parcel_values import Approval, Comment, SentParcel


class MeetingKind(StrEnum):
    """What kind of meeting it is."""

    ORDINARY = "ordinary"
    EXTRA = "extra"
    CONSTITUENT = "constituent"
    BUDGET = "budget"
    MEMBER_CONSULTATION = "member_consultation"
    PLANNING_DAY = "planning_day"

    @property
    def decides(self) -> bool:
        """Whether the board decides there, so that the items get § numbers and a protokoll is written (R56)."""
        return self not in (MeetingKind.MEMBER_CONSULTATION, MeetingKind.PLANNING_DAY)


class MeetingForm(StrEnum):
    """How people take part (19 a § finsamlagen)."""

    IN_PERSON = "in_person"
    DISTANCE = "distance"
    HYBRID = "hybrid"


class MeetingState(StrEnum):
    """How far a meeting has come, in order."""

    DRAFT = "draft"
    NOTIFIED = "notified"
    HELD = "held"
    MINUTES = "minutes"
    ADJUSTED = "adjusted"
    ANNOUNCED = "announced"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjuster:
    """A justerare and the one who steps in (``deputy_id``, may be empty)."""

    person_id: str
    deputy_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicNotice:
    """The announcement of the adjustment on one member's notice board (19 § finsamlagen, KL 8 kap. 12 §).

    ``items`` are the ids of immediately adjusted items that it announces; empty when it announces the minutes.
    ``evidence`` tells in words how we know that it was posted (bevis), ``sent_on`` when the text went to the member.
    """

    member_id: str
    posted: Date | None = None
    removed: Date | None = None
    address: str = ""
    posted_by: str = ""
    items: tuple[str, ...] = ()
    evidence: str = ""
    sent_on: Date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjournment:
    """A pause in the meeting."""

    start: Time
    end: Time


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """An addendum after the adjustment: who changed what, when. The old text stays where it stood."""

    id: str = field(default_factory=new_id)
    item_id: str
    corrected_on: Date
    corrected_by: str
    old: str
    new: str


class Signing(StrEnum):
    """How someone adjusted the minutes."""

    PAPER = "paper"
    ELECTRONIC = "electronic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """That a person adjusted the minutes: on which day and how."""

    person_id: str
    signed_on: Date
    manner: Signing = Signing.PAPER


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedPart:
    """The SHA-256 of a part of the record: ``name`` is an item's id or one of ``adjusting.PARTS``."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """What was adjusted: the SHA-256 of the record, see ``adjusting.fingerprint``, and who adjusted it when.

    ``items`` are the ids of the items that were adjusted immediately; empty when it is the whole record.
    ``adjusted_on`` is the day of the adjustment; ``parts`` tell which part has been changed since.
    """

    sha256: str
    sealed_at: datetime
    sealed_by: str = ""
    items: tuple[str, ...] = ()
    adjusted_on: Date | None = None
    parts: tuple[SealedPart, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenReference:
    """What a reference said when the minutes were adjusted; ``mark`` is as in the text, without braces."""

    mark: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenRegister:
    """What the minutes print from outside themselves, as it was when they were adjusted.

    ``association`` holds only the members, people, appointments and rules; ``next_date`` and ``next_kind`` are the
    following meeting's, None when there was none.
    """

    association: Association
    next_date: Date | None = None
    next_kind: MeetingKind = MeetingKind.ORDINARY
    references: tuple[FrozenReference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """An extract that was sent: which items, to whom, how and when (expediering)."""

    id: str = field(default_factory=new_id)
    items: tuple[str, ...]
    recipient: str
    sent_on: Date
    manner: str = ""
    sent_by: str = ""
    file_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Someone at a member consultation or a planning day: in words, with the member he or she speaks for."""

    name: str
    member_id: str = ""
    organisation: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenNumber:
    """The § or bilaga number that a value got when the minutes were adjusted."""

    id: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file kept in the .finsam file: its name, SHA-256 and size in bytes, the day it was taken in and what it is."""

    id: str = field(default_factory=new_id)
    file_name: str
    sha256: str
    size: int = 0
    added_on: Date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentAttachment:
    """The number that a bilaga had in an utskick, and the SHA-256 of its file then."""

    attachment_id: str
    number: int
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Utskick:
    """A pack that was sent: when, which file, and the bilaga numbers it carried, which a later pack keeps."""

    id: str = field(default_factory=new_id)
    sent_at: datetime
    file_name: str = ""
    supplementary: bool = False
    attachments: tuple[SentAttachment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """The invitation that was last made: its SEQUENCE and a fingerprint of what it said, to see what has changed.

    ``sequence`` is -1 until an invitation has been made.
    """

    sequence: int = -1
    fingerprint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A meeting. ``reference`` is the diarienummer; ``first_paragraph`` set only where the series must start anew.

    ``frozen_paragraphs`` and ``frozen_attachments`` are filled when the minutes are adjusted and never change after.
    ``public_announced`` and ``budget_published`` are the days a public budget meeting was announced and its
    proposal put on the web; ``consulted_on`` the day the members were consulted on the budget (23 § finsamlagen).
    ``sent_for_adjustment`` is the day the minutes went to those who adjust them; ``frozen_register`` what they print
    from outside the meeting, kept since the adjustment.
    ``chaired_by`` is the ledamot chosen to lead where neither the chair nor a vice chair can.
    ``masked`` words are kept from the public versions, ``utskick`` are the packs that were sent, ``signed_minutes`` the
    signed protokoll as files, ``calendar`` the last invitation. ``redacted_under`` are the provisions that a public
    version lost something under ("" for none in particular); set in such a copy only, see ``visibility``.
    ``comments``, ``approvals`` and ``parcels`` belong to mötespaket, see ``parcel_values``.
    ``live`` is the secretary's own, from mötesläge, and goes into nothing that is made of the meeting.
    ``participants``, ``convener`` and ``associations`` (the other associations) belong to a member consultation.
    """

    id: str = field(default_factory=new_id)
    date: Date
    start: Time | None = None
    end: Time | None = None
    place: str = ""
    form: MeetingForm = MeetingForm.IN_PERSON
    kind: MeetingKind = MeetingKind.ORDINARY
    state: MeetingState = MeetingState.DRAFT
    reference: str = ""
    notice_date: Date | None = None
    absence_deadline: Date | None = None
    first_paragraph: int | None = None
    items: tuple[AgendaItem, ...] = ()
    attendance: Attendance = Attendance()
    adjusters: tuple[Adjuster, ...] = ()
    adjustment_place: str = ""
    adjustment_date: Date | None = None
    adjusted_on: Date | None = None
    opened_at: Time | None = None
    closed_at: Time | None = None
    adjournments: tuple[Adjournment, ...] = ()
    public_notices: tuple[PublicNotice, ...] = ()
    frozen_paragraphs: tuple[FrozenNumber, ...] = ()
    frozen_attachments: tuple[FrozenNumber, ...] = ()
    cancelled_on: Date | None = None
    cancel_reason: str = ""
    public_announced: Date | None = None
    budget_published: Date | None = None
    consulted_on: Date | None = None
    corrections: tuple[Correction, ...] = ()
    seals: tuple[Seal, ...] = ()
    dispatches: tuple[Dispatch, ...] = ()
    sent_for_adjustment: Date | None = None
    signatures: tuple[Signature, ...] = ()
    frozen_register: FrozenRegister | None = None
    participants: tuple[Participant, ...] = ()
    convener: str = ""
    associations: tuple[str, ...] = ()
    chaired_by: str = ""
    masked: tuple[MaskedWord, ...] = ()
    utskick: tuple[Utskick, ...] = ()
    signed_minutes: tuple[StoredFile, ...] = ()
    calendar: CalendarEntry = CalendarEntry()
    redacted_under: tuple[str, ...] = ()
    comments: tuple[Comment, ...] = ()
    approvals: tuple[Approval, ...] = ()
    parcels: tuple[SentParcel, ...] = ()
    live: LiveRecord = LiveRecord()

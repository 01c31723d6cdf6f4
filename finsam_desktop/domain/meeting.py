"""A meeting (sammanträde) as one value: when and where, its agenda, attendance and what happens to the minutes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date as Date
from datetime import time as Time
from enum import StrEnum

from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.attendance import Attendance
from finsam_desktop.domain.ids import new_id


class MeetingKind(StrEnum):
    """What kind of meeting it is."""

    ORDINARY = "ordinary"
    EXTRA = "extra"
    CONSTITUENT = "constituent"
    BUDGET = "budget"


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
    """The announcement of the adjustment on one member's notice board (19 § finsamlagen, KL 8 kap. 12 §)."""

    member_id: str
    posted: Date | None = None
    removed: Date | None = None
    address: str = ""
    posted_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjournment:
    """A pause in the meeting."""

    start: Time
    end: Time


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenNumber:
    """The § or bilaga number that a value got when the minutes were adjusted."""

    id: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A meeting. ``reference`` is the diarienummer; ``first_paragraph`` set only where the series must start anew.

    ``frozen_paragraphs`` and ``frozen_attachments`` are filled when the minutes are adjusted and never change after.
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

"""What a check says, where, and the rule behind it. Findings advise; nothing here stops the secretary."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from finsam_desktop.domain import numbering
from finsam_desktop.domain.agenda import AgendaItem, parent_of
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.deadlines import reached
from finsam_desktop.domain.meeting import Meeting, MeetingKind, MeetingState

DECIDING = tuple(kind for kind in MeetingKind if kind.decides)
"""The kinds of meeting at which the board decides; a consultation and a planning day are none (R56)."""


class Severity(StrEnum):
    """How much a finding matters, in the order they are listed: Att åtgärda, Att överväga, För kännedom."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What a finding concerns: an item (empty: the meeting or the association) and a field of it.

    ``field`` is the name of a field of AgendaItem, Meeting or Association.
    """

    item_id: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """What a check found. ``severity`` and ``source`` replace the rule's own where they differ.

    ``latest`` is the last day to do what is asked for, ``earliest`` the first day it may be done.
    """

    title: str
    advice: str
    place: Place = Place()
    severity: Severity | None = None
    source: str = ""
    latest: date | None = None
    earliest: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A finding as shown: what (``title``), how to mend it (``advice``), where, and the law or source."""

    rule: str
    severity: Severity
    title: str
    advice: str
    source: str
    place: Place = Place()
    latest: date | None = None
    earliest: date | None = None

    def days_left(self, today: date) -> int | None:
        """Days from ``today`` to the day that counts, negative when it has passed; None where there is none."""
        day = self.latest or self.earliest
        return None if day is None else (day - today).days


@dataclass(frozen=True, kw_only=True)
class Case:
    """What the checks look at: a meeting among the association's meetings, on a day.

    ``meeting`` is as it is read; ``written`` has its references as marks, see ``references`` (None: it has none).
    """

    meeting: Meeting
    association: Association
    meetings: tuple[Meeting, ...]
    today: date
    written: Meeting | None = None

    @cached_property
    def held(self) -> bool:
        """Whether the meeting has taken place, so that what happened can be asked for."""
        return reached(self.meeting, MeetingState.HELD) or self.meeting.date < self.today

    @cached_property
    def adjusted(self) -> bool:
        """Whether the minutes are adjusted and can no longer be mended."""
        return reached(self.meeting, MeetingState.ADJUSTED)

    @cached_property
    def paragraphs(self) -> dict[str, int]:
        """§ by item id."""
        return numbering.paragraphs(self.meetings, self.meeting)

    @cached_property
    def agenda_numbers(self) -> dict[str, str]:
        """Agenda number by item id."""
        return numbering.agenda_numbers(self.meeting)

    def top_item(self, item_id: str) -> str:
        """The id of the item that has the § of ``item_id``: itself, or the item it is a sub-item of."""
        parent = parent_of(self.meeting.items, item_id)
        return item_id if parent is None else parent.id

    def label(self, item: AgendaItem) -> str:
        """ "§ 67" once the meeting is held, "Ärende 7" or "Ärende 7 B" before."""
        top = self.top_item(item.id)
        if self.held and top in self.paragraphs:
            return numbering.section_label((self.paragraphs[top],))
        number = f"Ärende{numbering.NBSP}{self.agenda_numbers.get(top, '')}"
        return number if top == item.id else f"{number}{numbering.NBSP}{self.agenda_numbers.get(item.id, '')}"

    def name(self, person_id: str) -> str:
        """The person's name, or words for someone not in the register."""
        person = self.association.person(person_id)
        return person.name if person is not None else "En person som inte finns i registret"


Check = Callable[[Case], Iterable[Hit]]


class Scope(StrEnum):
    """What a rule is about, and where its findings are shown.

    MEETING: the meeting. ASSOCIATION: the association, told with its meetings too since it bears on them.
    REGISTER: the association alone, told under Förbundet only. BOTH: the meeting, and the association besides.
    """

    MEETING = "meeting"
    ASSOCIATION = "association"
    REGISTER = "register"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule as data. It holds for meetings from ``since`` to ``until``, both included; None is no limit.

    ``places`` are the fields that its findings lead to, ``kinds`` the kinds of meeting it is about.
    """

    id: str
    text: str
    source: str
    severity: Severity
    check: Check
    places: tuple[str, ...]
    scope: Scope = Scope.MEETING
    kinds: tuple[MeetingKind, ...] = DECIDING
    since: date | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the rule is in force on ``day``."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def findings(self, case: Case) -> list[Finding]:
        """The rule's findings, none when it is not in force on the day of the meeting or is about other kinds."""
        if not self.holds(case.meeting.date) or case.meeting.kind not in self.kinds:
            return []
        return [
            Finding(
                rule=self.id,
                severity=hit.severity or self.severity,
                title=hit.title,
                advice=hit.advice,
                source=hit.source or self.source,
                place=hit.place,
                latest=hit.latest,
                earliest=hit.earliest,
            )
            for hit in self.check(case)
        ]

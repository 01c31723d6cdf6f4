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
from finsam_desktop.domain.meeting import Meeting, MeetingState


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
    """What a check found. ``severity`` and ``source`` replace the rule's own where they differ."""

    title: str
    advice: str
    place: Place = Place()
    severity: Severity | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A finding as shown: what (``title``), how to mend it (``advice``), where, and the law or source."""

    rule: str
    severity: Severity
    title: str
    advice: str
    source: str
    place: Place = Place()


@dataclass(frozen=True, kw_only=True)
class Case:
    """What the checks look at: a meeting among the association's meetings, on a day."""

    meeting: Meeting
    association: Association
    meetings: tuple[Meeting, ...]
    today: date

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
    """What a rule is about: the meeting, or the association whatever the meeting."""

    MEETING = "meeting"
    ASSOCIATION = "association"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule as data. It holds for meetings from ``since`` to ``until``, both included; None is no limit."""

    id: str
    text: str
    source: str
    severity: Severity
    check: Check
    scope: Scope = Scope.MEETING
    since: date | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the rule is in force on ``day``."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def findings(self, case: Case) -> list[Finding]:
        """The rule's findings, none when it is not in force on the day of the meeting."""
        if not self.holds(case.meeting.date):
            return []
        return [
            Finding(
                rule=self.id,
                severity=hit.severity or self.severity,
                title=hit.title,
                advice=hit.advice,
                source=hit.source or self.source,
                place=hit.place,
            )
            for hit in self.check(case)
        ]

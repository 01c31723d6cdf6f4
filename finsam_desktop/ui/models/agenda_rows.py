"""What one row of the agenda says, derived from the meeting: number, time, bilagor, presenter, state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from finsam_desktop.domain import wording
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.catalogue import ItemType
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.numbering import agenda_numbers, attachment_label, attachment_numbers
from finsam_desktop.ui.widgets.rows import MetaPart
from finsam_desktop.ui.widgets.states import STATE_LOOK, State

NBSP = "\u00a0"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaRow:
    """The texts of one row. ``formal`` rows are one line; ``decides`` sets the type in the accent colour."""

    item_id: str
    number: str
    title: str
    type_word: str = ""
    decides: bool = False
    formal: bool = False
    attachments: str = ""
    presenter: str = ""
    clock: str = ""
    state: State = State.NONE
    sub_item: bool = False

    @property
    def meta(self) -> tuple[MetaPart, ...]:
        """The line under the title: type, bilagor, föredragande."""
        parts = []
        if self.type_word and not self.formal:
            parts.append(MetaPart(self.type_word, accent=self.decides))
        if self.attachments:
            parts.append(MetaPart(self.attachments, icon="paperclip"))
        if self.presenter and not self.formal:
            parts.append(MetaPart(self.presenter))
        return tuple(parts)

    @property
    def spoken(self) -> str:
        """The whole row in words, for screen readers."""
        parts = [f"{self.number} {self.title}", self.type_word, self.attachments, self.presenter]
        parts += [f"klockan {self.clock}" if self.clock else "", STATE_LOOK[self.state].word]
        return ", ".join(part for part in parts if part)


def clock_times(meeting: Meeting) -> dict[str, time]:
    """When every item starts, by id: the meeting's start and the minutes before it. Empty without a start."""
    if meeting.start is None:
        return {}
    at = datetime.combine(meeting.date, meeting.start)
    times = {}
    for item in meeting.items:
        times[item.id] = at.time()
        at += timedelta(minutes=item.minutes or 0)
    return times


def end_time(meeting: Meeting) -> time | None:
    """When the meeting ends by the items' minutes; None without a start."""
    if meeting.start is None:
        return None
    total = sum(item.minutes or 0 for item in meeting.items)
    return (datetime.combine(meeting.date, meeting.start) + timedelta(minutes=total)).time()


def presenter_name(association: Association, item: AgendaItem) -> str:
    """The item's föredragande: by title for the förbund's own staff ("Förbundschefen"), else by name."""
    person = association.person(item.presenter_id)
    return person.name if person is not None else item.presenter


def agenda_rows(
    meeting: Meeting, association: Association, states: Mapping[str, State]
) -> dict[str, AgendaRow]:
    """A row for every item and sub-item, by id. ``states`` holds the gravest finding per item."""
    numbers = agenda_numbers(meeting)
    bilagor = attachment_numbers(meeting)
    times = clock_times(meeting)
    rows = {}
    for item in meeting.items:
        for one, is_sub in ((item, False), *((sub, True) for sub in item.sub_items)):
            label = attachment_label(one, bilagor)
            rows[one.id] = AgendaRow(
                item_id=one.id,
                number=numbers[one.id],
                title=one.title or "Utan rubrik",
                type_word=wording.ITEM_TYPES[one.type],
                decides=one.type.decides,
                formal=one.type in (ItemType.NONE, ItemType.FORMALITY),
                attachments=f"Bilaga{NBSP}{label}" if label else "",
                presenter=presenter_name(association, one),
                clock=wording.clock(times[one.id]) if one.id in times else "",
                state=states.get(one.id, State.NONE),
                sub_item=is_sub,
            )
    return rows

"""Everything that Översikt shows, worked out in one go: a function of the values, for a thread of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from finsam_desktop.domain import numbering
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.catalogue import ItemTemplate
from finsam_desktop.domain.deadlines import Deadline, upcoming
from finsam_desktop.domain.economy_years import EconomyYear, economy_years
from finsam_desktop.domain.meeting import Meeting, MeetingKind, MeetingState
from finsam_desktop.domain.overview import (
    Economy,
    LeftOpen,
    economy,
    latest_meeting,
    left_open,
    next_meeting,
)
from finsam_desktop.domain.references import resolved
from finsam_desktop.domain.register import DecisionEntry, open_entries, register
from finsam_desktop.domain.rules import Finding, check
from finsam_desktop.domain.suggestions import Suggestion, suggestions
from finsam_desktop.domain.year_wheel import YearTask, year_tasks

AHEAD_DAYS = 75
"""A requirement of the year is shown when its last day is at most so many days away, or has passed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewFacts:
    """What Översikt shows on ``today``. ``meeting`` is the next one, else the latest; None when there is none.

    ``sections`` are its §, ``findings`` and ``offers`` (what the agenda of a draft may lack) are its own; ``days`` are
    the days of the meetings that were not called off, with their kinds. ``left`` is what was tabled or sent back, with
    its § (0: none), ``tasks`` what the law still wants of the year, ``years`` what is known of each year's economy.
    """

    today: date
    meeting: Meeting | None = None
    is_coming: bool = False
    sections: tuple[int, ...] = ()
    findings: tuple[Finding, ...] = ()
    offers: tuple[Suggestion, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    days: tuple[tuple[date, MeetingKind], ...] = ()
    entries: tuple[DecisionEntry, ...] = ()
    left: tuple[tuple[LeftOpen, int], ...] = ()
    tasks: tuple[YearTask, ...] = ()
    economy: Economy | None = None
    years: tuple[EconomyYear, ...] = ()


def overview_facts(
    association: Association,
    meetings: Sequence[Meeting],
    today: date,
    templates: Sequence[ItemTemplate],
    give_way: Callable[[], None] = lambda: None,
) -> OverviewFacts:
    """What Översikt shows of the association and its meetings. ``templates`` are those that come with the program.

    ``give_way`` is called every few ms of the work; what it raises ends it.
    """
    coming = next_meeting(meetings, today)
    meeting = coming or latest_meeting(meetings, today)
    read = []
    for one in meetings:
        give_way()
        read.append(resolved(one, meetings))
    left = ((one, numbering.paragraphs(meetings, one.meeting).get(one.item.id, 0)) for one in left_open(read))
    draft = meeting is not None and meeting.state is MeetingState.DRAFT
    return OverviewFacts(
        today=today,
        meeting=meeting,
        is_coming=coming is not None,
        sections=tuple(numbering.paragraphs(meetings, meeting).values()) if meeting else (),
        findings=check(meeting, association, meetings, today) if meeting else (),
        offers=suggestions(meeting, association, meetings, templates) if meeting and draft else (),
        deadlines=upcoming(association, meetings, today),
        days=tuple((one.date, one.kind) for one in meetings if one.cancelled_on is None),
        entries=tuple(open_entries(register(meetings), today)),
        left=tuple(left),
        tasks=_tasks(meetings, today),
        economy=economy(meetings, association.rules.contribution),
        years=economy_years(association, meetings),
    )


def _tasks(meetings: Sequence[Meeting], today: date) -> tuple[YearTask, ...]:
    started = min((one.date for one in meetings), default=today)
    return tuple(
        task
        for year in (today.year, today.year + 1)
        for task in year_tasks(year, meetings)
        if not task.done
        and task.due is not None
        and (task.due - today).days <= AHEAD_DAYS
        and task.due >= started
    )

"""The year of the association: what recurs when, which meeting takes it up, and what the law wants done by when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from finsam_desktop.domain.agenda import AgendaItem, walk
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.catalogue import Frame, ItemTemplate
from finsam_desktop.domain.catalogue_use import merged, shown_title, with_template
from finsam_desktop.domain.deadlines import (
    ANNUAL_REPORT,
    BUDGET,
    fixes_annual_report,
    fixes_budget,
    reached,
    year_deadlines,
)
from finsam_desktop.domain.decisions import Outcome
from finsam_desktop.domain.meeting import Meeting, MeetingKind, MeetingState

_PERIODS = (
    ("Bokslut och årsredovisning", ("bokslutslage", "arsredovisning")),
    ("Medlemssamråd", ("medlemssamrad",)),
    ("Tertialrapport 1", ("tertialrapport-1",)),
    ("Tertialrapport 2", ("tertialrapport-2",)),
    ("Budget och samråd", ("budget-samrad", "budget-tillkannagivande", "budget")),
)
"""The stretches of the picture: from the first to the last month of these templates."""


class Standing(StrEnum):
    """How it stands with a recurring item in its year."""

    DONE = "done"
    ON_AGENDA = "on_agenda"
    TO_PLACE = "to_place"
    NO_MEETING = "no_meeting"
    PASSED = "passed"


@dataclass(frozen=True, slots=True, kw_only=True)
class WheelEntry:
    """A recurring item in one stretch of months (``first``–``last``, 1–12).

    ``month`` is where it is listed: that of its meeting, else the first month of the stretch. ``meeting`` is the
    one that has it, or the one it could be put on; ``item_id`` its item there, empty while it is on no agenda.
    """

    template: ItemTemplate
    title: str
    first: int
    last: int
    month: int
    standing: Standing
    meeting: Meeting | None = None
    item_id: str = ""

    @property
    def key(self) -> str:
        """Stays the same while the template has the stretch."""
        return f"{self.template.id}:{self.first}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A stretch of the year in the picture; ``first`` and ``last`` are months, both included."""

    title: str
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class YearTask:
    """Something the law or a recommendation wants once a year. ``when`` is the last day in words.

    ``due`` is None where it depends on a meeting that is not planned. ``target`` is where it is recorded:
    a meeting's id and step, or empty. ``advice`` says what to do while it remains.
    """

    key: str
    title: str
    source: str
    when: str
    due: date | None = None
    done: bool = False
    done_on: date | None = None
    target: str = ""
    advice: str = ""

    def is_late(self, today: date) -> bool:
        """Whether it remains after its last day."""
        return not self.done and self.due is not None and today > self.due


@dataclass(frozen=True, slots=True, kw_only=True)
class YearWheel:
    """The whole year: entries by month, meetings by date, periods, and what must be done."""

    year: int
    entries: tuple[WheelEntry, ...]
    meetings: tuple[Meeting, ...]
    periods: tuple[Period, ...]
    tasks: tuple[YearTask, ...]

    def of_month(self, month: int) -> tuple[WheelEntry, ...]:
        """The entries listed under the month."""
        return tuple(entry for entry in self.entries if entry.month == month)

    @property
    def done(self) -> int:
        """How many entries are done."""
        return sum(1 for entry in self.entries if entry.standing is Standing.DONE)


def wheel(
    year: int,
    association: Association,
    templates: Iterable[ItemTemplate],
    meetings: Sequence[Meeting],
    today: date,
) -> YearWheel:
    """The year as it stands on ``today``."""
    every = merged(templates, association)
    of_year = tuple(
        sorted((m for m in meetings if m.date.year == year and m.cancelled_on is None), key=lambda m: m.date)
    )
    board = tuple(m for m in of_year if m.kind.decides)
    entries = [
        _entry(template, first, last, year, association, board, today)
        for template in every
        if of_the_season(template)
        for first, last in stretches(template.months)
    ]
    order = {template.id: place for place, template in enumerate(every)}
    return YearWheel(
        year=year,
        entries=tuple(sorted(entries, key=lambda e: (e.month, order[e.template.id], e.first))),
        meetings=of_year,
        periods=tuple(_periods(every)),
        tasks=year_tasks(year, meetings),
    )


def of_the_season(template: ItemTemplate) -> bool:
    """Whether a template belongs to some months of the year: not to the frame, nor to every meeting."""
    return template.frame is Frame.NONE and 0 < len(set(template.months)) < 12


def stretches(months: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Months as unbroken stretches: (4, 9, 10) → ((4, 4), (9, 10)). December and January stay apart."""
    ordered = sorted(set(months))
    starts = [month for month in ordered if month - 1 not in ordered]
    ends = [month for month in ordered if month + 1 not in ordered]
    return tuple(zip(starts, ends, strict=True))


def _entry(
    template: ItemTemplate,
    first: int,
    last: int,
    year: int,
    association: Association,
    meetings: Sequence[Meeting],
    today: date,
) -> WheelEntry:
    title = shown_title(template, association, Meeting(date=date(year, first, 1)))
    runs = stretches(template.months)
    placed = next(
        (
            (meeting, item)
            for meeting in meetings
            for item in walk(meeting.items)
            if _is_of(item, template, title) and _nearest(runs, meeting.date.month) == (first, last)
        ),
        None,
    )
    if placed is not None:
        meeting, item = placed
        done = reached(meeting, MeetingState.HELD) and item.decision.outcome not in (
            Outcome.TABLED,
            Outcome.REMITTED,
        )
        return WheelEntry(
            template=template,
            title=title,
            first=first,
            last=last,
            month=meeting.date.month,
            standing=Standing.DONE if done else Standing.ON_AGENDA,
            meeting=meeting,
            item_id=item.id,
        )
    coming = next(
        (
            m
            for m in meetings
            if first <= m.date.month <= last and m.date >= today and not reached(m, MeetingState.HELD)
        ),
        None,
    )
    passed = (year, last) < (today.year, today.month)
    standing = Standing.TO_PLACE if coming is not None else Standing.PASSED if passed else Standing.NO_MEETING
    return WheelEntry(
        template=template,
        title=title,
        first=first,
        last=last,
        month=coming.date.month if coming is not None else first,
        standing=standing,
        meeting=coming,
    )


def _is_of(item: AgendaItem, template: ItemTemplate, title: str) -> bool:
    """Whether an item is the template's; the two that the law sets a day for are known by what they decide too."""
    if item.template_id == template.id or item.title == title:
        return True
    if template.id == BUDGET:
        return fixes_budget(item)
    return template.id == ANNUAL_REPORT and fixes_annual_report(item)


def _nearest(runs: Sequence[tuple[int, int]], month: int) -> tuple[int, int]:
    """The stretch that a month is in, or nearest to."""
    return min(runs, key=lambda run: (max(run[0] - month, month - run[1], 0), run[0]))


def _periods(templates: Iterable[ItemTemplate]) -> Iterator[Period]:
    months = {template.id: template.months for template in templates}
    for title, ids in _PERIODS:
        every = [month for key in ids for month in months.get(key, ())]
        if every:
            yield Period(title=title, first=min(every), last=max(every))


def with_months(association: Association, template: ItemTemplate, months: Iterable[int]) -> Association:
    """The association with its own version of the template in other months."""
    return with_template(association, replace(template, months=tuple(sorted(set(months)))))


# -- what must be done ------------------------------------------------------------------------------------


def year_tasks(year: int, meetings: Sequence[Meeting]) -> tuple[YearTask, ...]:
    """What the law and the recommendation want of the year: R19, R40–R42, R51, R60, in the order it comes."""
    annual, budget = year_deadlines(year, meetings)
    of_year = sorted(
        (m for m in meetings if m.date.year == year and m.cancelled_on is None), key=lambda m: m.date
    )
    consultations = [m for m in of_year if m.kind is MeetingKind.MEMBER_CONSULTATION]
    planned = budget_meeting(year, meetings)
    return (
        YearTask(
            key="arsredovisning",
            title=f"Årsredovisning {year - 1} klar",
            source=annual.source,
            when="31 mars",
            due=annual.day,
            done=annual.done,
            done_on=annual.done_on,
            target=annual.meeting_id,
            advice="Ta upp årsredovisningen på ett sammanträde före den 31 mars.",
        ),
        _consultation(year, consultations),
        *_budget_steps(year, planned),
        YearTask(
            key="budget",
            title=f"Budget {year + 1} fastställd",
            source=budget.source,
            when="30 november",
            due=budget.day,
            done=budget.done,
            done_on=budget.done_on,
            target=budget.meeting_id or (planned.id if planned is not None else ""),
            advice="Håll budgetsammanträdet senast den 30 november.",
        ),
    )


def _consultation(year: int, consultations: Sequence[Meeting]) -> YearTask:
    held = next((m for m in consultations if reached(m, MeetingState.HELD)), None)
    planned = next(iter(consultations), None)
    return YearTask(
        key="medlemssamrad",
        title="Minst ett medlemssamråd",
        source="Nationella rådets rekommendation, 18 § finsamlagen",
        when="under året, helst på våren",
        due=date(year, 12, 31),
        done=held is not None,
        done_on=held.date if held is not None else None,
        target=planned.id if planned is not None else "",
        advice="Lägg in ett medlemssamråd på våren, när bokslut och revisionsberättelse är klara.",
    )


def budget_meeting(year: int, meetings: Sequence[Meeting]) -> Meeting | None:
    """The meeting that fixes, or is to fix, the budget for the year after ``year``; None when none is planned."""
    of_year = sorted(
        (m for m in meetings if m.date.year == year and m.cancelled_on is None), key=lambda m: m.date
    )
    by_kind = next((m for m in of_year if m.kind is MeetingKind.BUDGET), None)
    return by_kind or next((m for m in of_year if any(_fixes(item) for item in walk(m.items))), None)


def _fixes(item: AgendaItem) -> bool:
    return fixes_budget(item) and item.decision.outcome not in (Outcome.TABLED, Outcome.REMITTED)


def _budget_steps(year: int, meeting: Meeting | None) -> tuple[YearTask, ...]:
    """The consultation, the announcement and the publishing that come before the budget is fixed."""
    due = meeting.date if meeting is not None else None
    target = f"{meeting.id}/kallelse" if meeting is not None else ""
    steps = (
        (
            "samrad",
            "Samråd med medlemmarna om budgeten",
            "23 § finsamlagen",
            meeting.consulted_on if meeting else None,
            "Sänd förslaget till medlemmarna, och skriv dagen för samrådet under Kallelse.",
        ),
        (
            "tillkannagivande",
            "Budgetsammanträdet tillkännagivet",
            "19 § finsamlagen",
            meeting.public_announced if meeting else None,
            "Sammanträdet är offentligt. Tillkännage det så som förbundsordningen anger.",
        ),
        (
            "webb",
            "Budgetförslaget på webbplatsen",
            "KL 8 kap. 14 §",
            meeting.budget_published if meeting else None,
            "Lägg ut förslaget samma dag som sammanträdet tillkännages, senast.",
        ),
    )
    return tuple(
        YearTask(
            key=key,
            title=title,
            source=source,
            when="före budgetsammanträdet",
            due=due,
            done=day is not None and (due is None or day <= due),
            done_on=day,
            target=target,
            advice=advice if meeting is not None else "Lägg in ett budgetsammanträde senast den 30 november.",
        )
        for key, title, source, day, advice in steps
    )

"""The days that a meeting and a year must keep: kallelse, justering, anslag, 31 March, 30 November.

A time set by law that would end on a weekend or holiday ends the next working day (lag 1930:173); ``day`` is what
the law counts to and what to plan for, ``last_day`` the day after which it is late.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from finsam_desktop.domain.agenda import AgendaItem, walk
from finsam_desktop.domain.association import Association, Member, MemberKind
from finsam_desktop.domain.days import later
from finsam_desktop.domain.decisions import Outcome
from finsam_desktop.domain.holidays import lawful_end
from finsam_desktop.domain.meeting import Meeting, MeetingKind, MeetingState, PublicNotice
from finsam_desktop.domain.numbering import section_label
from finsam_desktop.domain.remembering import remembered
from finsam_desktop.domain.wording import days_from, short_date

ADJUSTMENT_DAYS = 14
"""KL 5 kap. 69 §."""
PUBLIC_NOTICE_DAYS = 2
"""KL 8 kap. 12 §."""
APPEAL_DAYS = 21
"""Three weeks, KL 13 kap. 5 §."""
ANNUAL_REPORT = "arsredovisning"
BUDGET = "budget"
"""Ids of the item templates that the year's two lawful days concern."""
_DECIDED = (Outcome.AS_PROPOSED, Outcome.OWN_WORDS)


class DeadlineKind(StrEnum):
    """What is to be done by the day, or not before it."""

    NOTICE = "notice"
    ABSENCE = "absence"
    ADJUSTMENT = "adjustment"
    PUBLIC_NOTICE = "public_notice"
    APPEAL = "appeal"
    REMOVAL = "removal"
    ANNUAL_REPORT = "annual_report"
    BUDGET = "budget"


class Limit(StrEnum):
    """Whether the day is the last on which it may be done, or the first."""

    LATEST = "latest"
    EARLIEST = "earliest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A day to keep. ``title`` is a clause such as "Kallelsen ska ut"; ``done_on`` when it has been done.

    ``last_day`` is ``day`` moved off weekends and holidays where the law allows it. ``meeting_id`` and
    ``member_id`` say whose it is; ``items`` are the immediately adjusted items it is about, empty for the minutes.
    """

    kind: DeadlineKind
    title: str
    day: date
    last_day: date
    source: str
    limit: Limit = Limit.LATEST
    done: bool = False
    done_on: date | None = None
    meeting_id: str = ""
    member_id: str = ""
    items: tuple[str, ...] = ()

    def days_left(self, today: date) -> int:
        """Days from ``today`` to the day; negative when it has passed."""
        return (self.day - today).days

    def is_late(self, today: date) -> bool:
        """Whether the last day has passed with nothing done, or it was done after it."""
        if self.limit is Limit.EARLIEST:
            return False
        return (self.done_on or self.last_day) > self.last_day if self.done else today > self.last_day

    def sentence(self, today: date) -> str:
        """ "Kallelsen ska ut senast torsdag 22 oktober, om 3 dagar", with the lawful last day where it is another.

        It stands in rows and in the status bar, which have no full stop.
        """
        word = "senast" if self.limit is Limit.LATEST else "tidigast"
        moved = f" (lagens sista dag är {short_date(self.last_day)})" if self.last_day != self.day else ""
        return f"{self.title} {word} {short_date(self.day)}{moved}, {days_from(self.day, today)}"


def reached(meeting: Meeting, state: MeetingState) -> bool:
    """Whether the meeting has come as far as ``state``."""
    order = list(MeetingState)
    return order.index(meeting.state) >= order.index(state)


def boards(association: Association) -> tuple[Member, ...]:
    """The members on whose boards the adjustment is announced: kommuner and regioner only (19 § finsamlagen)."""
    return tuple(m for m in association.members if m.kind in (MemberKind.REGION, MemberKind.MUNICIPALITY))


def notice_day(meeting: Meeting, association: Association) -> date:
    """The last day for the notice by the association's own rules; no law sets one (R13)."""
    return later(meeting.date, -association.rules.notice_days)


def adjustment_day(meeting: Meeting) -> date:
    """The fourteenth day after the meeting (KL 5 kap. 69 §)."""
    return later(meeting.date, ADJUSTMENT_DAYS)


def adjusted_day(meeting: Meeting, items: tuple[str, ...] = ()) -> date | None:
    """The day the minutes were adjusted, or these items where some are named; None until then."""
    if not items:
        return meeting.adjusted_on
    return next((seal.adjusted_on for seal in meeting.seals if set(seal.items) == set(items)), None)


def announced_apart(meeting: Meeting) -> tuple[tuple[str, ...], ...]:
    """The items that were adjusted immediately, those together that were adjusted together; each has its own anslag."""
    return tuple(seal.items for seal in meeting.seals if seal.items)


def notices_of(meeting: Meeting, items: tuple[str, ...] = ()) -> dict[str, PublicNotice]:
    """The announcements of the minutes, or of these items where some are named, by member's id."""
    wanted = set(items)
    return {notice.member_id: notice for notice in meeting.public_notices if set(notice.items) == wanted}


def public_notice_day(meeting: Meeting, items: tuple[str, ...] = ()) -> date | None:
    """The second day after the adjustment (KL 8 kap. 12 §); None until adjusted."""
    adjusted = adjusted_day(meeting, items)
    return None if adjusted is None else later(adjusted, PUBLIC_NOTICE_DAYS)


def all_posted(meeting: Meeting, association: Association, items: tuple[str, ...] = ()) -> date | None:
    """The day the last board got its announcement; None while one is missing or there is none."""
    posted = notices_of(meeting, items)
    days = [posted[board.id].posted if board.id in posted else None for board in boards(association)]
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None


def last_appeal_day(meeting: Meeting, association: Association, items: tuple[str, ...] = ()) -> date | None:
    """The last day to appeal: three weeks from the last board's announcement, moved off holidays.

    Counting from the last board is a reading by analogy with gemensam nämnd (KL 13 kap. 5 §, R37). None until
    the announcement is on every board.
    """
    posted = all_posted(meeting, association, items)
    return None if posted is None else lawful_end(later(posted, APPEAL_DAYS))


def removal_day(meeting: Meeting, association: Association, items: tuple[str, ...] = ()) -> date | None:
    """The first day an announcement may come down: the day after the last appeal day.

    That day a decision that nobody has appealed has also gained legal force (laga kraft).
    """
    last = last_appeal_day(meeting, association, items)
    return None if last is None else later(last, 1)


def deadlines(meeting: Meeting, association: Association) -> tuple[Deadline, ...]:
    """The meeting's days in the order they come. Days that depend on something not yet done are not in it.

    A cancelled meeting has none; one where the board decides nothing has no minutes to adjust.
    """
    if meeting.cancelled_on is not None:
        return ()
    found = _before(meeting, association)
    if meeting.kind.decides:
        found += [_adjustment(meeting), *_after(meeting, association)]
    return tuple(sorted(found, key=lambda deadline: deadline.day))


def _before(meeting: Meeting, association: Association) -> list[Deadline]:
    notified = reached(meeting, MeetingState.NOTIFIED)
    found = [
        Deadline(
            kind=DeadlineKind.NOTICE,
            title=(
                "Inbjudan ska ut" if meeting.kind is MeetingKind.MEMBER_CONSULTATION else "Kallelsen ska ut"
            ),
            day=notice_day(meeting, association),
            last_day=notice_day(meeting, association),
            source="Förbundets arbetsordning",
            done=notified,
            done_on=meeting.notice_date if notified else None,
            meeting_id=meeting.id,
        )
    ]
    if meeting.absence_deadline is not None:
        found.append(
            Deadline(
                kind=DeadlineKind.ABSENCE,
                title="Frånvaro anmäls",
                day=meeting.absence_deadline,
                last_day=meeting.absence_deadline,
                source="Förbundets arbetsordning",
                done=reached(meeting, MeetingState.HELD),
                meeting_id=meeting.id,
            )
        )
    return found


def _adjustment(meeting: Meeting) -> Deadline:
    return Deadline(
        kind=DeadlineKind.ADJUSTMENT,
        title="Protokollet ska vara justerat",
        day=adjustment_day(meeting),
        last_day=lawful_end(adjustment_day(meeting)),
        source="KL 5 kap. 69 §",
        done=meeting.adjusted_on is not None,
        done_on=meeting.adjusted_on,
        meeting_id=meeting.id,
    )


def _after(meeting: Meeting, association: Association) -> list[Deadline]:
    apart = announced_apart(meeting)
    return [found for items in (*apart, ()) for found in _announcements(meeting, association, items)]


def _announcements(meeting: Meeting, association: Association, items: tuple[str, ...]) -> list[Deadline]:
    due = public_notice_day(meeting, items)
    if due is None:
        return []
    numbers = {entry.id: entry.number for entry in meeting.frozen_paragraphs}
    label = section_label(numbers[item_id] for item_id in items if item_id in numbers)
    which = f" om {label}" if items else ""
    posted = notices_of(meeting, items)
    found = [
        Deadline(
            kind=DeadlineKind.PUBLIC_NOTICE,
            title=f"Anslaget{which} ska upp hos {board.name}",
            day=due,
            last_day=lawful_end(due),
            source="KL 8 kap. 12 §, 19 § finsamlagen",
            done=board.id in posted and posted[board.id].posted is not None,
            done_on=posted[board.id].posted if board.id in posted else None,
            meeting_id=meeting.id,
            member_id=board.id,
            items=items,
        )
        for board in boards(association)
    ]
    last, removal = last_appeal_day(meeting, association, items), removal_day(meeting, association, items)
    if last is None or removal is None:
        return found
    down = [posted[board.id].removed for board in boards(association)]
    gone = [day for day in down if day is not None]
    found.append(
        Deadline(
            kind=DeadlineKind.APPEAL,
            title=f"Besluten under {label} kan överklagas" if items else "Besluten kan överklagas",
            day=last,
            last_day=last,
            source="28 § finsamlagen, KL 13 kap. 5 §",
            meeting_id=meeting.id,
            items=items,
        )
    )
    found.append(
        Deadline(
            kind=DeadlineKind.REMOVAL,
            title=f"Anslagen{which} får tas ned",
            day=removal,
            last_day=removal,
            limit=Limit.EARLIEST,
            source="KL 8 kap. 12 §",
            done=len(gone) == len(down),
            done_on=max(gone) if len(gone) == len(down) else None,
            meeting_id=meeting.id,
            items=items,
        )
    )
    return found


def year_deadlines(year: int, meetings: Iterable[Meeting]) -> tuple[Deadline, ...]:
    """31 March and 30 November of ``year``, done when a held meeting of the year has decided.

    They do not move for weekends: a board that plans for the next Monday has no margin left.
    """
    of_year = sorted((m for m in meetings if m.date.year == year), key=lambda m: (m.date, m.id))
    return (
        _yearly(
            DeadlineKind.ANNUAL_REPORT,
            f"Årsredovisningen för {year - 1} ska vara klar",
            date(year, 3, 31),
            "24 § finsamlagen",
            of_year,
        ),
        _yearly(
            DeadlineKind.BUDGET,
            f"Budgeten för {year + 1} ska vara fastställd",
            date(year, 11, 30),
            "23 § finsamlagen",
            of_year,
        ),
    )


def _yearly(kind: DeadlineKind, title: str, day: date, source: str, meetings: Sequence[Meeting]) -> Deadline:
    concerns = fixes_budget if kind is DeadlineKind.BUDGET else fixes_annual_report
    decided = next(
        (
            meeting
            for meeting in meetings
            if reached(meeting, MeetingState.HELD)
            and any(concerns(item) and item.decision.outcome in _DECIDED for item in walk(meeting.items))
        ),
        None,
    )
    return Deadline(
        kind=kind,
        title=title,
        day=day,
        last_day=day,
        source=source,
        done=decided is not None,
        done_on=None if decided is None else decided.date,
        meeting_id="" if decided is None else decided.id,
    )


def fixes_budget(item: AgendaItem) -> bool:
    """Whether the board fixes the coming year's budget under the item."""
    return item.type.decides and (item.template_id == BUDGET or _asks(item, ("fastställa", "budget")))


@remembered
def budget_items(meeting: Meeting) -> tuple[AgendaItem, ...]:
    """The meeting's items under which the board fixes the coming year's budget; none of one that was cancelled."""
    return () if meeting.cancelled_on else tuple(item for item in walk(meeting.items) if fixes_budget(item))


def fixes_annual_report(item: AgendaItem) -> bool:
    """Whether the board decides the annual report under the item."""
    return item.type.decides and (
        item.template_id == ANNUAL_REPORT or _asks(item, ("årsredovisning", "fastställa"))
    )


def _asks(item: AgendaItem, words: tuple[str, ...]) -> bool:
    clauses = (*item.proposal.clauses, *item.decision.clauses)
    return any(all(word in clause.lower() for word in words) for clause in clauses)


def upcoming(association: Association, meetings: Sequence[Meeting], today: date) -> tuple[Deadline, ...]:
    """What is left to do, by day: all meetings' days and those of this year and the next, with the late first.

    Days of meetings that are archived, and times that have run out by themselves, are left out.
    """
    found = [
        deadline
        for meeting in meetings
        if meeting.state is not MeetingState.ARCHIVED
        for deadline in deadlines(meeting, association)
        if not (deadline.kind in (DeadlineKind.ABSENCE, DeadlineKind.APPEAL) and deadline.day < today)
    ]
    years = {today.year, today.year + 1} if meetings else {today.year}
    started = min((meeting.date for meeting in meetings), default=today)
    found += [
        deadline
        for year in sorted(years)
        for deadline in year_deadlines(year, meetings)
        if deadline.day >= started
    ]
    return tuple(sorted((d for d in found if not d.done), key=lambda d: d.day))

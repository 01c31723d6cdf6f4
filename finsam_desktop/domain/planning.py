"""Next year's meetings: a proposal of dates that keeps the lawful days and goes around holidays.

Sources: domain rules R19, R40–R42 (budget), R60 (annual report), R51–R55 (consultation), R10 (mandate); the slots are
the year that many associations have, see the item templates. The weeks of school holidays differ between
municipalities, so they only weigh against a day; they never rule one out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from finsam_desktop.domain.agenda import walk
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.catalogue import ItemTemplate
from finsam_desktop.domain.catalogue_use import item_from_template, merged, new_meeting, with_items
from finsam_desktop.domain.holidays import easter_sunday, holidays, is_working_day
from finsam_desktop.domain.meeting import Meeting, MeetingForm, MeetingKind
from finsam_desktop.domain.wording import KINDS, WEEKDAYS, short_date

_DAY = timedelta(days=1)
CONSULTATION_DAYS = 21
"""The members get three weeks to answer on the budget before it is fixed."""
APART_DAYS = 12
"""Two meetings are never proposed closer than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the association wants. None: as it was earlier. ``avoid`` are days that do not suit."""

    weekday: int | None = None
    start: time | None = None
    end: time | None = None
    avoid: tuple[date, ...] = ()
    planning_day: bool = False
    december: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A meeting that the year needs: its purpose, the days it may be on, and what its agenda begins with."""

    key: str
    kind: MeetingKind
    purpose: str
    first: date
    last: date
    best: date
    templates: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedMeeting:
    """A proposed day and why. ``existing`` is the id of a meeting that already fills the slot, or empty."""

    slot: Slot
    date: date
    start: time | None = None
    end: time | None = None
    why: tuple[str, ...] = ()
    drawbacks: tuple[str, ...] = ()
    existing: str = ""

    @property
    def title(self) -> str:
        """ "Budgetsammanträde torsdag 18 november"."""
        return f"{KINDS[self.slot.kind]} {short_date(self.date)}"


def slots(year: int, association: Association, wishes: Wishes = Wishes()) -> tuple[Slot, ...]:
    """The meetings that ``year`` needs, in order of their days."""

    def day(month: int, of_month: int) -> date:
        return date(year, month, of_month)

    board = MeetingKind.ORDINARY
    found = [
        Slot(
            key="arsredovisning",
            kind=board,
            purpose="Bokslut och årsredovisning",
            first=day(2, 25),
            last=day(3, 26),
            best=day(3, 12),
            templates=("arsredovisning",),
            source="Årsredovisningen ska vara klar senast den 31 mars (24 § finsamlagen)",
        ),
        Slot(
            key="samrad",
            kind=MeetingKind.MEMBER_CONSULTATION,
            purpose="Förra årets resultat och budgetförutsättningar",
            first=day(4, 8),
            last=day(5, 31),
            best=day(4, 26),
            source="Samråd hålls minst en gång om året, på våren när bokslut och revisionsberättelse är klara "
            "(Nationella rådets rekommendation)",
        ),
        Slot(
            key="tertial-1",
            kind=board,
            purpose="Tertialrapport 1",
            first=day(5, 12),
            last=day(6, 5),
            best=day(5, 24),
            templates=("tertialrapport-1",),
            source="Tertialrapport 1 omfattar januari–april",
        ),
        Slot(
            key="juni",
            kind=board,
            purpose="Behovsanalys och uppföljning av insatser",
            first=day(6, 7),
            last=day(6, 18),
            best=day(6, 15),
            templates=("behovsanalys", "insatsuppfoljning"),
            source="Behoven och insatserna följs upp före sommaren (7 § finsamlagen)",
        ),
        Slot(
            key="tertial-2",
            kind=board,
            purpose="Tertialrapport 2 och budgetförslag för samråd",
            first=day(9, 15),
            last=day(10, 22),
            best=day(10, 5),
            templates=("tertialrapport-2", "budget-samrad"),
            source="Budgetförslaget går på samråd till medlemmarna, som får minst tre veckor på sig (23 § finsamlagen)",
        ),
        Slot(
            key="budget",
            kind=MeetingKind.BUDGET,
            purpose="Budget och verksamhetsplan",
            first=day(11, 9),
            last=day(11, 27),
            best=day(11, 18),
            source="Budgeten ska fastställas senast den 30 november, efter samråd och vid ett offentligt "
            "sammanträde (19 och 23 §§ finsamlagen)",
        ),
    ]
    if year % 4 == 3:  # the year after a general election: 2022 and 2026 give 2023 and 2027
        month, of_month = association.rules.mandate_starts
        start = date(year, month, min(of_month, 28))
        found.append(
            Slot(
                key="konstituerande",
                kind=MeetingKind.CONSTITUENT,
                purpose="Ny mandatperiod",
                first=start,
                last=start + timedelta(days=30),
                best=start + timedelta(days=12),
                source="Ny mandattid börjar året efter valet. Styrelsen väljer ordförande (13 och 17 §§ finsamlagen)",
            )
        )
    if wishes.planning_day:
        found.append(
            Slot(
                key="planeringsdag",
                kind=MeetingKind.PLANNING_DAY,
                purpose="Inriktning för nästa år",
                first=day(8, 23),
                last=day(9, 10),
                best=day(9, 1),
                source="Behov, mål och inriktning tas upp före budgetarbetet (7 § finsamlagen)",
            )
        )
    if wishes.december:
        found.append(
            Slot(
                key="december",
                kind=board,
                purpose="Medel till insatser och sammanträdesplan",
                first=day(12, 1),
                last=day(12, 17),
                best=day(12, 9),
                templates=("sammantradesplan",),
                source="Budgeten är fastställd och medlen kan fördelas (7 § finsamlagen)",
            )
        )
    return tuple(sorted(found, key=lambda slot: slot.best))


def propose(
    year: int,
    association: Association,
    meetings: Sequence[Meeting],
    wishes: Wishes = Wishes(),
) -> tuple[ProposedMeeting, ...]:
    """A day for every meeting that ``year`` needs, by date.

    Never a weekend, a holiday, the eve that counts as one, or a day in ``wishes.avoid``; the budget comes at the
    latest on 30 November and at least three weeks after the proposal went to the members. A slot that a planned
    meeting fills keeps that meeting's day.
    """
    weekday = wishes.weekday if wishes.weekday is not None else usual_weekday(meetings)
    start, end = _usual_hours(meetings, wishes)
    planned = [m for m in meetings if m.date.year == year and m.cancelled_on is None]
    taken: set[str] = set()
    found: list[ProposedMeeting] = []
    wanted = slots(year, association, wishes)
    for slot in wanted:
        fits = next((m for m in planned if m.id not in taken and _fills(m, slot)), None)
        if fits is not None:
            taken.add(fits.id)
            found.append(
                ProposedMeeting(
                    slot=slot,
                    date=fits.date,
                    start=fits.start,
                    end=fits.end,
                    why=(slot.source,),
                    existing=fits.id,
                )
            )
    filled = {one.slot.key for one in found}
    for slot in wanted:
        if slot.key in filled:
            continue
        others = [one.date for one in found] + [m.date for m in planned]
        day = _best_day(_narrowed(slot, found), weekday, wishes, others)
        found.append(
            ProposedMeeting(
                slot=slot,
                date=day,
                start=start,
                end=end,
                why=_why(slot, day, weekday, meetings),
                drawbacks=drawbacks(day),
            )
        )
    return tuple(sorted(found, key=lambda one: one.date))


def _fills(meeting: Meeting, slot: Slot) -> bool:
    """Whether a planned meeting is the slot's: right kind, and in its window or with its item."""
    if meeting.kind is not slot.kind:
        return False
    if slot.first - 14 * _DAY <= meeting.date <= slot.last + 5 * _DAY:
        return True
    return any(item.template_id in slot.templates for item in walk(meeting.items) if item.template_id)


def _narrowed(slot: Slot, found: Sequence[ProposedMeeting]) -> Slot:
    """The budget's slot begins when the members have had their three weeks."""
    if slot.key != "budget":
        return slot
    sent = next((one.date for one in found if one.slot.key == "tertial-2"), None)
    if sent is None:
        return slot
    earliest = min(max(slot.first, sent + CONSULTATION_DAYS * _DAY), slot.last)
    return replace(slot, first=earliest, best=max(slot.best, earliest))


def _best_day(slot: Slot, weekday: int | None, wishes: Wishes, others: Sequence[date]) -> date:
    days = [slot.first + n * _DAY for n in range((slot.last - slot.first).days + 1)]
    working = [day for day in days if is_working_day(day)]
    free = [day for day in working if day not in wishes.avoid]
    apart = [day for day in free if all(abs((day - other).days) >= APART_DAYS for other in others)]
    # A year so full that nothing is left still gets a day: the lawful one goes before the comfortable.
    candidates = apart or [day for day in free if day not in others] or free or working
    return min(candidates, key=lambda day: (_cost(day, slot, weekday), day))


def _cost(day: date, slot: Slot, weekday: int | None) -> float:
    cost = abs((day - slot.best).days) * 0.6
    cost += 0 if weekday is None or day.weekday() == weekday else 12
    cost += 4 if weekday is None and day.weekday() in (0, 4) else 0
    return cost + 25 * len(drawbacks(day))


def drawbacks(day: date) -> tuple[str, ...]:
    """Why a working day is still a poor choice: between holidays, before one, in a week without school."""
    found = []
    if is_bridge_day(day):
        found.append("klämdag")
    elif day + _DAY in holidays(day.year) or not (is_working_day(day + _DAY) or day.weekday() == 4):
        found.append("dagen före en helgdag")
    week = school_holiday(day)
    if week:
        found.append(week)
    return tuple(found)


def is_bridge_day(day: date) -> bool:
    """Whether a working day stands alone between days off (klämdag)."""
    return is_working_day(day) and not is_working_day(day - _DAY) and not is_working_day(day + _DAY)


def school_holiday(day: date) -> str:
    """The school holiday that the week usually is in Sweden: "sportlov", "påsklov", "sommarlov", "höstlov", "jullov"
    with its week; empty otherwise. Sportlov is spread over weeks 7–10."""
    week = day.isocalendar().week
    easter = easter_sunday(day.year)
    around_easter = (easter - 6 * _DAY).isocalendar().week, (easter + _DAY).isocalendar().week
    named = ""
    if 7 <= week <= 10 and day.month in (2, 3):
        named = "sportlov i en del av landet"
    elif week in around_easter:
        named = "påsklov"
    elif date(day.year, 6, 14) < day < date(day.year, 8, 16):
        named = "sommarlov"
    elif week == 44:
        named = "höstlov"
    elif (day.month == 12 and day.day >= 21) or (day.month == 1 and day.day <= 8):
        named = "jullov"
    return f"{named} (vecka {week})" if named else ""


def usual_weekday(meetings: Sequence[Meeting]) -> int | None:
    """The weekday of most board meetings, 0 Monday; None when there are too few to tell (under two)."""
    counted = Counter(m.date.weekday() for m in meetings if m.kind.decides and m.cancelled_on is None)
    if not counted:
        return None
    weekday, times = min(counted.most_common(), key=lambda pair: (-pair[1], pair[0]))
    return weekday if times > 1 else None


def _usual_hours(meetings: Sequence[Meeting], wishes: Wishes) -> tuple[time | None, time | None]:
    last = max((m for m in meetings if m.kind.decides), key=lambda m: m.date, default=None)
    return wishes.start or (last.start if last else None), wishes.end or (last.end if last else None)


def _why(slot: Slot, day: date, weekday: int | None, meetings: Sequence[Meeting]) -> tuple[str, ...]:
    lines = [slot.source]
    if weekday is not None and day.weekday() == weekday:
        usual = weekday == usual_weekday(meetings)
        lines.append(
            f"{WEEKDAYS[weekday].capitalize()}, som de flesta av era sammanträden"
            if usual
            else f"{WEEKDAYS[weekday].capitalize()}, som ni önskar"
        )
    avoided = _avoided(slot, day, weekday)
    if avoided:
        lines.append(f"Går runt {avoided}")
    return tuple(lines)


def _avoided(slot: Slot, day: date, weekday: int | None) -> str:
    """What stood in the way of the days that would have been nearer the best one."""
    reach = abs((day - slot.best).days) + 7
    nearer = (slot.best + n * _DAY for n in range(-reach, reach + 1))
    names: list[str] = []
    for other in nearer:
        if other == day or not slot.first <= other <= slot.last:
            continue
        if weekday is not None and other.weekday() != weekday:
            continue
        named = holidays(other.year).get(other) or next(iter(drawbacks(other)), "")
        if named and named not in names and not drawbacks(day):
            names.append(named)
    first, second = (*names, "", "")[:2]
    name, mark, week = first.partition(" (vecka ")
    if mark and second.startswith(name + mark):
        # One holiday over two weeks is named once.
        return f"{name} (vecka {week.rstrip(')')} och {second.removeprefix(name + mark).rstrip(')')})"
    return " och ".join(names[:2])


def drafts(
    proposed: Sequence[ProposedMeeting],
    association: Association,
    templates: Sequence[ItemTemplate],
    meetings: Sequence[Meeting],
) -> tuple[Meeting, ...]:
    """A draft with its frame for every proposed day that has no meeting yet, its main items in their place."""
    made: list[Meeting] = []
    every = {template.id: template for template in merged(templates, association)}
    for one in sorted(proposed, key=lambda p: p.date):
        if one.existing:
            continue
        known = (*meetings, *made)
        form = next((m.form for m in reversed(known) if m.date < one.date), MeetingForm.IN_PERSON)
        draft = new_meeting(
            one.slot.kind, one.date, association, templates, known, start=one.start, end=one.end, form=form
        )
        added = tuple(
            item_from_template(every[key], association, draft, known)
            for key in one.slot.templates
            if key in every
        )
        made.append(replace(draft, items=with_items(draft.items, added, every.values())))
    return tuple(made)

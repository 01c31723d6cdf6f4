"""After the meeting: justering within 14 days, anslag by the second day, on every board, until the appeal time ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from finsam_desktop.domain.agenda import walk
from finsam_desktop.domain.association import MemberKind
from finsam_desktop.domain.days import later
from finsam_desktop.domain.deadlines import (
    APPEAL_DAYS,
    adjusted_day,
    adjustment_day,
    announced_apart,
    boards,
    last_appeal_day,
    notices_of,
    public_notice_day,
    reached,
    removal_day,
)
from finsam_desktop.domain.holidays import lawful_end
from finsam_desktop.domain.meeting import MeetingState
from finsam_desktop.domain.numbering import section_label
from finsam_desktop.domain.rules.finding import Case, Hit, Place, Rule, Severity
from finsam_desktop.domain.sealing import broken, name_of, renamed, sealed_items
from finsam_desktop.domain.wording import NBSP, days_from, join_names, long_date, short_date

_ADJUSTED = Place(field="adjusted_on")
_NOTICES = Place(field="public_notices")


def _adjusted_in_time(case: Case) -> Iterator[Hit]:
    meeting = case.meeting
    day = adjustment_day(meeting)
    last = lawful_end(day)
    if meeting.adjusted_on is not None:
        if meeting.adjusted_on < meeting.date:
            yield Hit(
                title=f"Justeringen är daterad den {long_date(meeting.adjusted_on)}, före sammanträdet",
                advice="Kontrollera datumet.",
                place=_ADJUSTED,
                earliest=meeting.date,
                latest=last,
            )
        elif meeting.adjusted_on > last:
            yield Hit(
                title=f"Protokollet justerades {_days((meeting.adjusted_on - day).days)} för sent",
                advice=f"Sista dag var {short_date(last)}. Det går inte att ändra i efterhand. Anteckna varför.",
                place=_ADJUSTED,
                severity=Severity.WARNING,
                earliest=meeting.date,
                latest=last,
            )
        return
    if case.held:
        yield from _not_adjusted(case, day, last)
    if meeting.adjustment_date is not None and meeting.adjustment_date > last:
        yield Hit(
            title=f"Justeringen är planerad till {short_date(meeting.adjustment_date)}, efter sista dag",
            advice=f"Protokollet ska vara justerat senast {short_date(last)}.",
            place=Place(field="adjustment_date"),
            severity=Severity.WARNING,
            earliest=meeting.date,
            latest=last,
        )


def _not_adjusted(case: Case, day: date, last: date) -> Iterator[Hit]:
    if case.today > last:
        yield Hit(
            title=f"Protokollet är inte justerat. Sista dag var {short_date(last)}, {days_from(last, case.today)}",
            advice="Låt ordföranden och justeraren justera det snarast, och anteckna datumet här.",
            place=_ADJUSTED,
            earliest=case.meeting.date,
            latest=last,
        )
    else:
        moved = f" Dagen är ingen vardag, så {short_date(last)} räcker (lag 1930:173)." if last != day else ""
        yield Hit(
            title=f"Protokollet ska vara justerat senast {short_date(day)}, {days_from(day, case.today)}",
            advice=f"Skicka det till ordföranden och justeraren.{moved}",
            place=_ADJUSTED,
            severity=Severity.NOTE,
            earliest=case.meeting.date,
            latest=last,
        )


def _days(count: int) -> str:
    return "en dag" if count == 1 else f"{count}{NBSP}dagar"


def _announced(case: Case) -> Iterator[Hit]:
    for items in (*announced_apart(case.meeting), ()):
        yield from _announced_of(case, items)


def _label(case: Case, items: tuple[str, ...]) -> str:
    """ "§ 63" of immediately adjusted items; empty for the minutes."""
    numbers = case.paragraphs
    return section_label(numbers[item_id] for item_id in items if item_id in numbers)


def _announced_of(case: Case, items: tuple[str, ...]) -> Iterator[Hit]:
    due, all_boards = public_notice_day(case.meeting, items), boards(case.association)
    adjusted = adjusted_day(case.meeting, items)
    if due is None or adjusted is None or not all_boards:
        early = [one for one in notices_of(case.meeting, items).values() if one.posted is not None]
        if adjusted is None and early and all_boards:
            yield Hit(
                title="Anslag är antecknat fast protokollet inte är justerat",
                advice="Det som tillkännages är att protokollet är justerat. Anteckna justeringen, eller ta bort dagen "
                "för anslaget.",
                place=_NOTICES,
            )
        return
    last = lawful_end(due)
    which = f" om {_label(case, items)}" if items else ""
    posted = {member_id: one.posted for member_id, one in notices_of(case.meeting, items).items()}
    missing = [board for board in all_boards if posted.get(board.id) is None]
    if missing and not case.meeting.public_notices and reached(case.meeting, MeetingState.ANNOUNCED):
        yield Hit(
            title="Dagarna för anslag är inte antecknade",
            advice="Sammanträdet är markerat som anslaget. Ange när anslaget kom upp hos varje kommun och region.",
            place=_NOTICES,
            severity=Severity.NOTE,
            earliest=adjusted,
            latest=last,
        )
    elif missing:
        yield Hit(
            title=f"Anslag{which} återstår på {len(missing)} av {len(all_boards)} anslagstavlor, "
            f"senast {_when(last, case.today)}",
            advice=f"Återstår: {join_names([board.name for board in missing])}. Anslaget ska sättas upp hos varje "
            "kommun och region, inte bara på förbundets webbplats.",
            place=_NOTICES,
            severity=Severity.ERROR if case.today > last else Severity.WARNING,
            earliest=adjusted,
            latest=last,
        )
    for board in all_boards:
        day = posted.get(board.id)
        if day is None:
            continue
        if day < adjusted:
            yield Hit(
                title=f"Anslaget{which} hos {board.name} är daterat före justeringen",
                advice=f"{'Justeringen är från' if items else 'Protokollet justerades'} den {long_date(adjusted)}. "
                "Kontrollera datumen.",
                place=_NOTICES,
                earliest=adjusted,
                latest=last,
            )
        elif day > last:
            yield Hit(
                title=f"Anslaget{which} hos {board.name} sattes upp {_days((day - due).days)} för sent",
                advice=f"Sista dag var {short_date(last)}. Tiden för överklagande räknas från den dag det kom upp.",
                place=_NOTICES,
                severity=Severity.WARNING,
                earliest=adjusted,
                latest=last,
            )


def _when(day: date, today: date) -> str:
    """ "i dag onsdag 11 november", else "onsdag 11 november, om 2 dagar"."""
    return f"i dag {short_date(day)}" if day == today else f"{short_date(day)}, {days_from(day, today)}"


def _right_boards(case: Case) -> Iterator[Hit]:
    state = (MemberKind.SOCIAL_INSURANCE_AGENCY, MemberKind.EMPLOYMENT_SERVICE)
    for notice in case.meeting.public_notices:
        member = case.association.member(notice.member_id)
        if member is not None and member.kind in state:
            yield Hit(
                title=f"{member.name} ska inte ha något anslag",
                advice="Justeringen tillkännages hos kommuner och regioner. Raden kan tas bort.",
                place=_NOTICES,
            )


def _left_up(case: Case) -> Iterator[Hit]:
    for items in (*announced_apart(case.meeting), ()):
        last = last_appeal_day(case.meeting, case.association, items)
        for notice in notices_of(case.meeting, items).values():
            member = case.association.member(notice.member_id)
            if notice.removed is None or notice.posted is None or member is None:
                continue
            until = last or lawful_end(later(notice.posted, APPEAL_DAYS))
            if notice.removed <= until:
                yield Hit(
                    title=f"Anslaget hos {member.name} togs ned den {long_date(notice.removed)}, innan tiden för "
                    "överklagande var slut",
                    advice=f"Det ska sitta uppe till och med den {long_date(until)}. Annars löper tiden inte ut. "
                    "Tiden är räknad från den sista anslagstavlan, vilket är en tolkning.",
                    place=_NOTICES,
                    earliest=later(until, 1),
                )


def _may_come_down(case: Case) -> Iterator[Hit]:
    if reached(case.meeting, MeetingState.ARCHIVED):
        return
    for items in (*announced_apart(case.meeting), ()):
        first = removal_day(case.meeting, case.association, items)
        up = [
            n for n in notices_of(case.meeting, items).values() if n.posted is not None and n.removed is None
        ]
        if first is not None and first <= case.today and up:
            which = f" om {_label(case, items)}" if items else ""
            yield Hit(
                title=f"Anslagen{which} får tas ned sedan {short_date(first)}",
                advice="Tiden för överklagande är slut. Be dem som har anslagstavlorna om bevis på att anslaget har "
                "suttit uppe, och anteckna dagen då det togs ned.",
                place=_NOTICES,
                earliest=first,
            )


def _at_once(case: Case) -> Iterator[Hit]:
    """§§ that the board adjusted at once but that are not recorded so after the meeting."""
    if not case.held or case.adjusted:
        return
    done = sealed_items(case.meeting)
    left = [
        item.id
        for item in case.meeting.items
        if item.id not in done and any(one.decision.immediately_adjusted for one in walk((item,)))
    ]
    if left:
        yield Hit(
            title=f"{_label(case, tuple(left))} är omedelbart justerad, men justeringen är inte antecknad",
            advice="Anteckna den under Efter mötet. Paragrafen behåller sedan sina ord och nummer, och får ett eget "
            "anslag.",
            place=_ADJUSTED,
        )


def _untouched(case: Case) -> Iterator[Hit]:
    meeting = case.written or case.meeting
    changed = broken(meeting)
    if changed:
        what = join_names([name_of(part, meeting) for part in changed])
        when = max(seal.sealed_at for seal in meeting.seals)
        yield Hit(
            title=f"Det justerade protokollet har ändrats: {what}",
            advice=f"Ändringen är gjord utanför programmet efter den {long_date(when.date())}. Jämför med det "
            "undertecknade protokollet. Under Händelser finns protokollet som det justerades.",
            place=_ADJUSTED,
        )


def _renamed(case: Case) -> Iterator[Hit]:
    names = renamed(case.meeting, case.association)
    if names:
        told = join_names([f"{then} heter nu {now}" for then, now in names])
        yield Hit(
            title=f"Registret har ändrats sedan justeringen: {told}",
            advice="Protokollet skrivs ut med namn och parti som de var när det justerades.",
            place=_ADJUSTED,
        )


RULES = (
    Rule(
        id="R34",
        text="Protokollet justeras senast fjorton dagar efter sammanträdet.",
        source="KL 5 kap. 69 §",
        severity=Severity.ERROR,
        check=_adjusted_in_time,
        places=("adjusted_on", "adjustment_date"),
    ),
    Rule(
        id="R35",
        text="Justeringen tillkännages senast andra dagen efter den.",
        source="KL 8 kap. 12 §, 19 § finsamlagen",
        severity=Severity.ERROR,
        check=_announced,
        places=("public_notices",),
    ),
    Rule(
        id="R36",
        text="Justeringen tillkännages hos varje kommun och region som är medlem.",
        source="19 § finsamlagen",
        severity=Severity.NOTE,
        check=_right_boards,
        places=("public_notices",),
    ),
    Rule(
        id="R34a",
        text="En omedelbart justerad paragraf är antecknad som justerad.",
        source="KL 5 kap. 69 §",
        severity=Severity.WARNING,
        check=_at_once,
        places=("adjusted_on",),
    ),
    Rule(
        id="R34b",
        text="Ett justerat protokoll ändras inte.",
        source="KL 5 kap. 69 §",
        severity=Severity.ERROR,
        check=_untouched,
        places=("adjusted_on",),
    ),
    Rule(
        id="R34c",
        text="Det justerade protokollet skrivs ut med namnen som de var.",
        source="God sed, ingen lagregel",
        severity=Severity.NOTE,
        check=_renamed,
        places=("adjusted_on",),
    ),
    Rule(
        id="R37",
        text="Anslaget sitter uppe till dess att tiden för överklagande är slut.",
        source="KL 8 kap. 12 §, 13 kap. 5 §",
        severity=Severity.ERROR,
        check=_left_up,
        places=("public_notices",),
    ),
    Rule(
        id="R37",
        text="När tiden för överklagande är slut får anslagen tas ned.",
        source="KL 8 kap. 12 §",
        severity=Severity.NOTE,
        check=_may_come_down,
        places=("public_notices",),
    ),
)

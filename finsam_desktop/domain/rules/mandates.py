"""Terms of office: how long, who steps in, and when a member appoints anew. 12, 13, 15 and 16 §§ finsamlagen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from finsam_desktop.domain.association import BOARD_ROLES, Appointment, MemberKind, Role
from finsam_desktop.domain.days import later
from finsam_desktop.domain.rules.finding import Case, Hit, Place, Rule, Scope, Severity
from finsam_desktop.domain.wording import MONTHS, NBSP, days_from, long_date, number

MANDATE_WARNING_DAYS = 90
EMPLOYMENT_WARNING_DAYS = 30
VACANCY_DAYS = 365
"""How long an empty seat is told of by the name of the one who left it."""
_STATE = (MemberKind.SOCIAL_INSURANCE_AGENCY, MemberKind.EMPLOYMENT_SERVICE)
_APPOINTMENTS = Place(field="appointments")


def _seats(case: Case, day: date) -> tuple[Appointment, ...]:
    return case.association.appointed(day, *BOARD_ROLES, Role.DEPUTY)


def mandate_end(appointments: tuple[Appointment, ...]) -> date | None:
    """The day the mandate ends: the day most of the appointments end, the latest of equals; None when open."""
    ends = Counter(a.until for a in appointments if a.until is not None)
    if not ends:
        return None
    most = max(ends.values())
    return max(day for day, count in ends.items() if count == most)


def _steps_in(case: Case, leaving: Appointment, day: date) -> Appointment | None:
    """The ersättare of the same member who is next in the order of service, or None."""
    deputies = [
        a
        for a in case.association.appointed(day, Role.DEPUTY)
        if a.member_id == leaving.member_id and a.person_id != leaving.person_id
    ]
    return min(deputies, key=lambda a: (a.order <= 0, a.order), default=None)


def _member_name(case: Case, appointment: Appointment) -> str:
    member = case.association.member(appointment.member_id)
    return member.name if member is not None else "Medlemmen"


def _leaving(case: Case) -> Iterator[Hit]:
    """Appointments that end before the mandate, and seats that somebody has left."""
    day = case.meeting.date
    now = _seats(case, day)
    end = mandate_end(now)
    for appointment in now:
        if appointment.until is None or end is None or appointment.until >= end:
            continue
        if not _followed(case, appointment):
            yield _left(case, appointment, f"{_word(appointment)} {case.name(appointment.person_id)} lämnar "
                        f"uppdraget den {long_date(appointment.until)}, före mandattidens slut")  # fmt: skip
    for appointment in case.association.appointments:
        until = appointment.until
        if appointment.role not in (*BOARD_ROLES, Role.DEPUTY) or until is None:
            continue
        if later(day, -VACANCY_DAYS) <= until < day and not _followed(case, appointment):
            yield _left(case, appointment, f"Platsen efter {_word(appointment).lower()} "
                        f"{case.name(appointment.person_id)} är inte fylld")  # fmt: skip


def _word(appointment: Appointment) -> str:
    return "Ersättaren" if appointment.role is Role.DEPUTY else "Ledamoten"


def _followed(case: Case, ended: Appointment) -> bool:
    """Whether the member has as many of the kind after the day as it had on it."""
    if ended.until is None:
        return True
    roles = (Role.DEPUTY,) if ended.role is Role.DEPUTY else BOARD_ROLES
    after = max(later(ended.until, 1), case.meeting.date)

    def count(day: date) -> int:
        return len(
            {a.person_id for a in case.association.appointed(day, *roles) if a.member_id == ended.member_id}
        )

    return count(after) >= count(ended.until)


def _left(case: Case, leaving: Appointment, title: str) -> Hit:
    member = _member_name(case, leaving)
    deputy = None if leaving.role is Role.DEPUTY else _steps_in(case, leaving, case.meeting.date)
    if leaving.role is Role.DEPUTY:
        advice = f"{member} utser en ny ersättare för återstoden av mandattiden."
    elif deputy is not None:
        advice = (
            f"{case.name(deputy.person_id)}, ersättare för samma medlem, inträder för återstoden av mandattiden. "
            f"{member} utser en ny ersättare."
        )
    else:
        advice = f"Ersättare saknas. {member} utser en ny ledamot för återstoden av mandattiden."
    return Hit(title=title, advice=advice, place=_APPOINTMENTS, latest=leaving.until)


def _employment(case: Case) -> Iterator[Hit]:
    for appointment in _seats(case, case.meeting.date):
        member, ends = case.association.member(appointment.member_id), appointment.eligible_until
        if member is None or member.kind not in _STATE or ends is None:
            continue
        if appointment.until is not None and appointment.until <= ends:
            continue
        if case.today >= later(ends, -EMPLOYMENT_WARNING_DAYS):
            verb = "upphör" if ends >= case.today else "upphörde"
            yield Hit(
                title=f"Anställningen för {case.name(appointment.person_id)} {verb} den {long_date(ends)}",
                advice=f"{member.name} får då återkalla uppdraget. Fråga om det, och anteckna uppdragets sista dag.",
                place=_APPOINTMENTS,
                latest=ends,
            )


def _mandates(case: Case) -> Iterator[Hit]:
    seats = case.association.rules.board_size
    board = case.association.appointed(case.meeting.date, *BOARD_ROLES)
    people = len({appointment.person_id for appointment in board})
    if seats and board and people != seats:
        yield Hit(
            title=f"Styrelsen har {number(people)} ledamöter, men {number(seats)} platser",
            advice="Lägg in den som saknas, eller rätta antalet platser efter förbundsordningen.",
            place=Place(field="rules"),
            source="9 § 3 finsamlagen, förbundsordningen",
        )
    appointments = _seats(case, case.meeting.date)
    if any(a.since and a.until and a.until >= years_after(a.since, 4) for a in appointments):
        yield Hit(
            title="Mandattid längre än fyra år",
            advice="Styrelsen väljs för fyra år, om förbundsordningen inte anger kortare tid. Rätta datumen.",
            place=_APPOINTMENTS,
        )
    yield from _starts(case, appointments)
    end = mandate_end(appointments)
    if end is not None and case.today <= end <= later(case.today, MANDATE_WARNING_DAYS):
        yield Hit(
            title=f"Mandattiden går ut den {long_date(end)}, {days_from(end, case.today)}",
            advice="Medlemmarna utser nya ledamöter och ersättare. Planera ett konstituerande sammanträde.",
            place=_APPOINTMENTS,
            severity=Severity.NOTE,
            latest=end,
        )


def _starts(case: Case, appointments: tuple[Appointment, ...]) -> Iterator[Hit]:
    """Most mandates began on another day of the year than the one that is set, in the year after an election."""
    starts = Counter(a.since for a in appointments if a.since is not None and a.since.year % 4 == 3)
    if not starts:
        return
    begun, count = starts.most_common(1)[0]
    month, day = case.association.rules.mandate_starts
    if 2 * count > len(appointments) and (begun.month, begun.day) != (month, day):
        set_to = f"{day}{NBSP}{MONTHS[month - 1]}"
        yield Hit(
            title=f"Mandattiden började den {long_date(begun)}, men er dag är den {set_to}",
            advice="Mandattiden räknas från den 1 april året efter valet, om förbundsordningen inte anger annat. "
            "Rätta uppdragen, eller dagen under Uppgifter.",
            place=Place(field="rules"),
            severity=Severity.NOTE,
        )


def years_after(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes 1 March in a year without one."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date.max if day.year + years > date.max.year else date(day.year + years, 3, 1)


RULES = (
    Rule(
        id="R08",
        text="När en ledamot avgår inträder ersättaren för samma medlem, annars utser medlemmen en ny.",
        source="15 § finsamlagen",
        severity=Severity.WARNING,
        check=_leaving,
        places=("appointments",),
        scope=Scope.ASSOCIATION,
    ),
    Rule(
        id="R09",
        text="När en anställning vid myndigheten upphör kan uppdraget återkallas.",
        source="16 § finsamlagen",
        severity=Severity.NOTE,
        check=_employment,
        places=("appointments",),
        scope=Scope.ASSOCIATION,
    ),
    Rule(
        id="R10",
        text="Styrelsens platser är fyllda och mandattiden är högst fyra år.",
        source="13 § finsamlagen",
        severity=Severity.WARNING,
        check=_mandates,
        places=("appointments", "rules"),
        scope=Scope.ASSOCIATION,
    ),
)

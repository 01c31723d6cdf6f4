"""The standing sentences about a meeting, each derived from what is recorded: place and time, adjusters,
announcement. Who was there is told by ``attendance_sentences``, what was decided by ``decision_sentences`` and
``vote_sentences``.

Present tense, names before pronouns, and nothing is claimed that the record does not hold: a time that is not
noted is left out of its sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from finsam_desktop.domain import attendance
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.association import Association, MemberKind, Role
from finsam_desktop.domain.attendance import Decider
from finsam_desktop.domain.meeting import Adjuster, Meeting, MeetingForm, MeetingKind
from finsam_desktop.domain.numbering import section_label
from finsam_desktop.domain.wording import (
    ROLES,
    clock_range,
    join_names,
    long_date,
    weekday_date,
)

NBSP = "\u00a0"


def person_name(association: Association, person_id: str, *, party: bool = True) -> str:
    """ "Eva Blomhed (M)". Someone who has left the register is "okänd person", never left out."""
    person = association.person(person_id)
    if person is None:
        return "okänd person"
    return f"{person.name} ({person.party})" if party and person.party else person.name


def genitive(name: str) -> str:
    """The name's genitive: "Eva Blomheds", "Andreas", "Max" (no s after s, x and z)."""
    return name if name[-1:].lower() in ("s", "x", "z") else f"{name}s"


def sentence_end(text: str) -> str:
    """The text as a sentence: with a full stop unless it already ends with a mark."""
    text = text.rstrip()
    return text if not text or text[-1] in ".:;!?…" else f"{text}."


def capitalised(text: str) -> str:
    """The text with its first letter large, the rest untouched."""
    return text[:1].upper() + text[1:]


def presiding(meeting: Meeting, association: Association) -> Decider | None:
    """Who leads the meeting from its first item, see ``attendance.presiding``; None where nobody is known to."""
    return attendance.presiding(meeting, association, meeting.items[0].id) if meeting.items else None


def adjusters_clause(adjusters: Sequence[Adjuster], association: Association, latest: date | None) -> str:
    """The att-sats, without "att", by which adjusters are chosen; empty when there are none."""
    if not adjusters:
        return ""
    chosen = [
        person_name(association, adjuster.person_id)
        + (
            f", med {person_name(association, adjuster.deputy_id)} som ersättare"
            if adjuster.deputy_id
            else ""
        )
        for adjuster in adjusters
    ]
    comma = "," if adjusters[-1].deputy_id else ""
    names = ", och ".join((", ".join(chosen[:-1]), chosen[-1])) if len(chosen) > 1 else chosen[0]
    when = f" senast den {long_date(latest)}" if latest is not None else ""
    return f"utse {names}{comma} att jämte ordföranden justera protokollet{when}"


def next_meeting(meeting: Meeting, meetings: Iterable[Meeting]) -> Meeting | None:
    """The first meeting on a later day, or None."""
    later = [m for m in meetings if m.date > meeting.date]
    return min(later, key=lambda m: (m.date, m.id), default=None)


def place(meeting: Meeting) -> str:
    """Where the meeting is held, with a line about distance for the notice."""
    if meeting.form is MeetingForm.DISTANCE:
        lines = [meeting.place or "Distansmöte"]
        if meeting.place and "distans" not in meeting.place.lower():
            lines.append("Sammanträdet hålls på distans. Länk finns i kalenderinbjudan.")
        return "\n".join(lines)
    if meeting.form is MeetingForm.HYBRID:
        return "\n".join(
            line
            for line in (meeting.place, "Det går att delta på distans. Länk finns i kalenderinbjudan.")
            if line
        )
    return meeting.place


def absence(meeting: Meeting, association: Association) -> str:
    """How absence is announced: by when, to whom, and that deputies are called in their order (12 §
    finsamlagen)."""
    contact = association.first_with(meeting.date, Role.SECRETARY)
    role = ROLES[Role.SECRETARY]
    if contact is None:
        contact, role = association.first_with(meeting.date, Role.DIRECTOR), ROLES[Role.DIRECTOR]
    deadline = meeting.absence_deadline
    if contact is None and deadline is None:
        return ""
    when = (
        f" senast {weekday_date(deadline).removesuffix(f' {deadline.year}')}" if deadline is not None else ""
    )
    whom = ""
    if contact is not None:
        ways = [way for way in (contact.phone, contact.email) if way]
        whom = f" till {contact.name}, {role}" + (f": {' eller '.join(ways)}" if ways else "")
    return f"Anmäl frånvaro{when}{whom}. Ersättare kallas in enligt den beslutade turordningen."


def public(meeting: Meeting) -> str:
    """The line that says that a meeting that fixes the budget is public; empty for others."""
    return "Sammanträdet är offentligt när budgeten fastställs." if meeting.kind is MeetingKind.BUDGET else ""


def notice_boards(association: Association) -> tuple[str, ...]:
    """Ids of the members on whose boards the adjustment is announced: every kommun and region (19 §
    finsamlagen)."""
    kinds = (MemberKind.MUNICIPALITY, MemberKind.REGION)
    return tuple(member.id for kind in kinds for member in association.members if member.kind is kind)


def announcement(meeting: Meeting) -> str:
    """The first sentence of the page Anslag och bevis: what has happened, or what is to happen."""
    if meeting.adjusted_on is None:
        return (
            "När protokollet är justerat tillkännages justeringen på anslagstavlan hos varje kommun och"
            " region som är medlem i förbundet."
        )
    return (
        "Protokollet är justerat. Justeringen har tillkännagetts på anslagstavlan hos varje kommun och region"
        " som är medlem i förbundet."
        if any(notice.posted for notice in meeting.public_notices)
        else (
            "Protokollet är justerat. Justeringen tillkännages på anslagstavlan hos varje kommun och region"
            " som är medlem i förbundet."
        )
    )


def kept(association: Association) -> str:
    """Where the minutes are kept and published; empty when neither is known."""
    where, address = association.minutes_kept_at, association.minutes_published_at
    if where and address:
        return f"Protokollet förvaras {where}, och finns på {address}."
    if where:
        return f"Protokollet förvaras {where}."
    return f"Protokollet finns på {address}." if address else ""


def place_and_time(meeting: Meeting) -> str:
    """Plats och tid of the minutes, with adjournments on a line of their own."""
    opened, closed = meeting.opened_at or meeting.start, meeting.closed_at
    when = f"klockan{NBSP}{clock_range(opened, closed)}" if opened or closed else ""
    first = ", ".join(part for part in (meeting.place, when) if part)
    pauses = [f"klockan{NBSP}{clock_range(a.start, a.end)}" for a in meeting.adjournments]
    return "\n".join(line for line in (first, f"Ajournering {join_names(pauses)}" if pauses else "") if line)


def section_range(numbers: Iterable[int], all_numbers: Iterable[int]) -> str:
    """ "§§ 65–66" where it is not the whole meeting; empty when it is."""
    mine = set(numbers)
    return "" if mine == set(all_numbers) else section_label(mine)


def opens(item: AgendaItem) -> bool:
    """Whether the item is the opening of the meeting."""
    return item.template_id == "oppnande" or "öppnande" in item.title.lower()


def chooses_adjusters(item: AgendaItem) -> bool:
    """Whether the item is the choice of adjusters."""
    return (
        item.template_id == "justerare"
        or "val av justerare" in item.title.lower()
        or "justeringsperson" in item.title.lower()
    )


def closes(item: AgendaItem) -> bool:
    """Whether the item is the end of the meeting."""
    title = item.title.lower()
    if item.template_id == "avslutande":
        return True
    return ("avslutande" in title and ("möte" in title or "sammanträde" in title)) or title in (
        "avslutande",
        "avslutning",
    )

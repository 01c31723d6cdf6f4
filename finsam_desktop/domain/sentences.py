"""The standing sentences about a meeting, each derived from what is recorded: opening, presence, conflict of
interest, adjusters, announcement, closing. What was decided is told by ``decision_sentences``.

Present tense, names before pronouns, and nothing is claimed that the record does not hold: a time that is not
noted is left out of its sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, time

from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.association import BOARD_ROLES, Association, MemberKind, Role
from finsam_desktop.domain.attendance import Decider, attends, deciders, is_quorate
from finsam_desktop.domain.meeting import Adjuster, Meeting, MeetingForm, MeetingKind
from finsam_desktop.domain.numbering import section_label
from finsam_desktop.domain.wording import (
    ROLES,
    clock,
    clock_range,
    join_names,
    long_date,
    number_word,
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


def _at(moment: time | None) -> str:
    return f" klockan{NBSP}{clock(moment)}" if moment is not None else ""


def presiding(meeting: Meeting, association: Association) -> Decider | None:
    """Who leads the meeting: the chair where present at the first item, else a vice chair, else nobody
    known."""
    if not meeting.items:
        return None
    present = deciders(meeting, association, meeting.items[0].id)
    for role in (Role.CHAIR, Role.VICE_CHAIR):
        for decider in present:
            if decider.role is role:
                return decider
    return None


def _leader(meeting: Meeting, association: Association) -> str:
    """ "Ordföranden", "Vice ordföranden", or "" when neither is there."""
    leader = presiding(meeting, association)
    return "" if leader is None else capitalised(f"{ROLES[leader.role]}n")


def opening(meeting: Meeting, association: Association, item_id: str) -> tuple[str, ...]:
    """Who opens, the roll-call, the seats filled and whether the board is quorate (KL 6 kap. 27 §)."""
    leader = _leader(meeting, association)
    first = (
        f"{leader} öppnar sammanträdet{_at(meeting.opened_at)} och förrättar upprop."
        if leader
        else f"Sammanträdet öppnas{_at(meeting.opened_at)} och upprop förrättas."
    )
    filled, seats = len(deciders(meeting, association, item_id)), association.seats(meeting.date)
    filled_words = capitalised(number_word(filled))
    verb = "fylld" if filled == 1 else "fyllda"
    seat_words = (
        f"{filled_words} av styrelsens {number_word(seats)} platser är {verb} av ledamöter eller"
        " tjänstgörande ersättare."
    )
    quorate = (
        "Styrelsen är beslutför."
        if is_quorate(meeting, association, item_id)
        else "Styrelsen är inte beslutför."
    )
    return (f"{first} {seat_words} {quorate}",)


def distance(meeting: Meeting, association: Association) -> tuple[str, ...]:
    """Who takes part from elsewhere and how (19 a § finsamlagen); empty when all are in the room."""
    there = [
        p
        for p in meeting.attendance.presences
        if p.distance and _attends_any(meeting, association, p.person_id)
    ]
    if not there:
        return ()
    video = [person_name(association, p.person_id) for p in there if not p.audio_only]
    audio = [person_name(association, p.person_id) for p in there if p.audio_only]
    decided = association.rules.distance_decision.strip()
    by = f", enligt styrelsens beslut {decided}" if decided else ""
    told: list[str] = []
    if video:
        first = f"{join_names(video)} deltar på distans med ljud- och bildöverföring i realtid{by}."
        equal = "" if audio else " Samtliga deltagare kan se och höra varandra och delta på lika villkor."
        told.append(sentence_end(first + equal))
    if audio:
        told.append(f"{join_names(audio)} deltar på distans med enbart ljudöverföring i realtid{by}.")
    return tuple(told)


def _attends_any(meeting: Meeting, association: Association, person_id: str) -> bool:
    return any(attends(meeting, association, person_id, item.id) for item in meeting.items)


def _tells_moves(association: Association, meeting: Meeting, person_id: str, moment: time | None) -> bool:
    """Board members and deputies are told of always, others only when a time is noted."""
    board = association.appointed(meeting.date, *BOARD_ROLES, Role.DEPUTY)
    return moment is not None or any(a.person_id == person_id for a in board)


def arrivals(meeting: Meeting, association: Association, item_id: str, paragraph: int) -> tuple[str, ...]:
    """Who comes before this item, and which deputies begin to serve with it."""
    first = meeting.items[0].id
    told: list[str] = []
    for presence in meeting.attendance.presences:
        here = presence.from_item or (first if presence.arrived_at is not None else "")
        if not presence.present or here != item_id:
            continue
        if not _tells_moves(association, meeting, presence.person_id, presence.arrived_at):
            continue
        if item_id == first and presence.arrived_at is None:
            continue
        name = person_name(association, presence.person_id)
        before = "" if item_id == first else f", före behandlingen av §{NBSP}{paragraph}"
        told.append(f"{name} kommer till sammanträdet{_at(presence.arrived_at)}{before}.")
    return (*told, *_new_service(meeting, association, item_id, paragraph))


def _new_service(meeting: Meeting, association: Association, item_id: str, paragraph: int) -> Iterable[str]:
    place = next(index for index, item in enumerate(meeting.items) if item.id == item_id)
    if place == 0:
        return
    for decider in deciders(meeting, association, item_id):
        if not decider.serving_for or meeting.attendance.conflict(decider.serving_for, item_id) is not None:
            continue
        if _served_before(meeting, association, decider, place):
            continue
        deputy = person_name(association, decider.person_id)
        replaced = person_name(association, decider.serving_for)
        yield f"{deputy} tjänstgör i stället för {replaced} från och med §{NBSP}{paragraph}."


def _served_before(meeting: Meeting, association: Association, decider: Decider, place: int) -> bool:
    """Whether the deputy has served for the same ledamot before, other than during a conflict of interest."""
    return any(
        decider in deciders(meeting, association, item.id)
        for item in meeting.items[:place]
        if meeting.attendance.conflict(decider.serving_for, item.id) is None
    )


def departures(meeting: Meeting, association: Association, item_id: str, paragraph: int) -> tuple[str, ...]:
    """Who leaves after this item."""
    last = meeting.items[-1].id
    told: list[str] = []
    for presence in meeting.attendance.presences:
        here = presence.to_item or (last if presence.left_at is not None else "")
        if not presence.present or here != item_id:
            continue
        if not _tells_moves(association, meeting, presence.person_id, presence.left_at):
            continue
        if item_id == last and presence.left_at is None:
            continue
        name = person_name(association, presence.person_id)
        after = "" if item_id == last else f", efter §{NBSP}{paragraph}"
        told.append(f"{name} lämnar sammanträdet{_at(presence.left_at)}{after}.")
    return tuple(told)


def conflicts(meeting: Meeting, association: Association, item_id: str) -> tuple[str, ...]:
    """Each conflict of interest at the item: who, why, that the person leaves, and who serves instead."""
    serving = {
        d.serving_for: d.person_id
        for d in deciders(meeting, association, _top_item(meeting, item_id))
        if d.serving_for
    }
    told: list[str] = []
    for conflict in meeting.attendance.conflicts:
        if conflict.item_id != item_id:
            continue
        full = person_name(association, conflict.person_id)
        short = person_name(association, conflict.person_id, party=False)
        reason = conflict.reason.strip().removeprefix("eftersom ")
        because = f", eftersom {reason}" if reason else ""
        text = sentence_end(f"{full} anmäler jäv{because}")
        text += (
            f" {short} deltar varken i handläggningen eller i beslutet och lämnar sammanträdet under"
            " paragrafen."
        )
        deputy = serving.get(conflict.person_id)
        if deputy is not None:
            text += f" {person_name(association, deputy)} tjänstgör i {genitive(short)} ställe."
        told.append(text)
    return tuple(told)


def _top_item(meeting: Meeting, item_id: str) -> str:
    """The item that a sub-item belongs to; attendance is kept for items."""
    for item in meeting.items:
        if item.id == item_id or any(sub.id == item_id for sub in item.sub_items):
            return item.id
    return item_id


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


def closing(meeting: Meeting, association: Association, meetings: Iterable[Meeting]) -> tuple[str, ...]:
    """Who closes and when the next meeting is held; a meeting that fixes the budget is public (19 §
    finsamlagen)."""
    leader = _leader(meeting, association)
    text = (
        f"{leader} avslutar sammanträdet{_at(meeting.closed_at)}."
        if leader
        else f"Sammanträdet avslutas{_at(meeting.closed_at)}."
    )
    following = next_meeting(meeting, meetings)
    if following is not None and following.kind is MeetingKind.BUDGET:
        year = following.date.year + 1
        text += (
            f" Nästa sammanträde, då budgeten för {year} fastställs, hålls {weekday_date(following.date)} och"
            " är offentligt."
        )
    elif following is not None:
        text += f" Nästa sammanträde hålls {weekday_date(following.date)}."
    return (text,)


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

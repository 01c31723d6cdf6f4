"""Medlemssamråd: 18 § finsamlagen and Nationella rådet's recommendation. It advises the members and decides nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from finsam_desktop.domain.agenda import walk
from finsam_desktop.domain.association import BOARD_ROLES, Role
from finsam_desktop.domain.audit import audit_of
from finsam_desktop.domain.deadlines import reached
from finsam_desktop.domain.decisions import Outcome
from finsam_desktop.domain.meeting import MeetingKind, MeetingState
from finsam_desktop.domain.rules.finding import Case, Hit, Place, Rule, Scope, Severity
from finsam_desktop.domain.rules.text_places import text_of
from finsam_desktop.domain.wording import join_names

SOURCE = "Nationella rådets rekommendation om medlemssamråd"
GUIDE = (
    (re.compile(r"resultat|bokslut|årsredovisning", re.IGNORECASE), "föregående års resultat"),
    (re.compile(r"hinder", re.IGNORECASE), "strukturella hinder för samverkan"),
    (re.compile(r"verksamhet", re.IGNORECASE), "årets verksamhet i förhållande till behoven"),
    (re.compile(r"långsiktig|behovsanalys|utveckling", re.IGNORECASE), "långsiktig utveckling"),
    (re.compile(r"budget", re.IGNORECASE), "budgetförutsättningar"),
)
"""The five points of the recommended agenda: how a text names each, and what it is called."""
ONLY = (MeetingKind.MEMBER_CONSULTATION,)
_ASKED_FROM = (9, 1)
_SPRING_ENDS = (6, 30)
_PEOPLE = Place(field="participants")


def _every_year(case: Case) -> Iterator[Hit]:
    """Told from September when the file shows a board at work since spring and no consultation that year."""
    today = case.today
    of_year = [m for m in case.meetings if m.date.year == today.year and m.cancelled_on is None]
    since_spring = any(m.date <= date(today.year, *_SPRING_ENDS) for m in of_year)
    if not since_spring or today < date(today.year, *_ASKED_FROM):
        return
    if not any(m.kind is MeetingKind.MEMBER_CONSULTATION for m in of_year):
        yield Hit(
            title=f"Inget medlemssamråd är inlagt för {today.year}",
            advice="Minst ett samråd per år rekommenderas. Planera det, eller lägg in det som har hållits.",
            place=Place(field="meetings"),
        )


def _representatives(case: Case) -> Iterator[Hit]:
    board = {
        case.name(a.person_id).casefold() for a in case.association.appointed(case.meeting.date, *BOARD_ROLES)
    }
    for participant in case.meeting.participants:
        member = case.association.member(participant.member_id)
        if member is not None and participant.name.strip().casefold() in board:
            yield Hit(
                title=f"{participant.name} företräder {member.name} men är ledamot i styrelsen",
                advice="Medlemmen bör företrädas av någon som inte är ledamot i förbundets styrelse.",
                place=_PEOPLE,
            )


def _own_side(case: Case) -> Iterator[Hit]:
    if not case.held or not case.meeting.participants:
        return
    there = {participant.name.strip().casefold() for participant in case.meeting.participants}

    def any_of(*roles: Role) -> bool:
        appointed = case.association.appointed(case.meeting.date, *roles)
        return not appointed or any(case.name(a.person_id).casefold() in there for a in appointed)

    missing = [
        word
        for word, present in (
            ("ordföranden eller en ledamot", any_of(*BOARD_ROLES)),
            ("förbundschefen", any_of(Role.DIRECTOR)),
        )
        if not present
    ]
    if missing:
        yield Hit(
            title=f"{_capital(' och '.join(missing))} finns inte bland deltagarna",
            advice="Förbundet bör företrädas av ordföranden eller en ordinarie ledamot, och av förbundschefen.",
            place=_PEOPLE,
        )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _convener(case: Case) -> Iterator[Hit]:
    if reached(case.meeting, MeetingState.NOTIFIED) and not case.meeting.convener.strip():
        yield Hit(
            title="Det framgår inte vem som sammankallar samrådet",
            advice="Sammankallande bör vara en person som någon av medlemmarna har utsett. Ange vem.",
            place=Place(field="convener"),
        )


def _after_the_audit(case: Case) -> Iterator[Hit]:
    if case.adjusted:
        return
    year, day = case.meeting.date.year - 1, case.meeting.date
    received = audit_of(case.association.audits, year).report_received
    if received is not None and received > day:
        yield Hit(
            title=f"Samrådet hålls innan revisionsberättelsen för {year} har kommit in",
            advice="Det bör hållas på våren, när medlemmarna har fått bokslut, verksamhetsberättelse och "
            "revisionsberättelse. En annan tid går också bra.",
            place=Place(field="date"),
        )


def _guide(case: Case) -> Iterator[Hit]:
    if case.meeting.items and not case.adjusted:
        whole = "\n".join(text_of(item) for item in case.meeting.items)
        missing = [name for pattern, name in GUIDE if not pattern.search(whole)]
        if missing:
            yield Hit(
                title=f"Samrådets dagordning saknar {join_names(missing)}",
                advice="Rekommendationen har fem punkter för samrådet. Lägg till det som ni vill ta upp.",
                place=Place(field="items"),
            )
    decided = (Outcome.AS_PROPOSED, Outcome.OWN_WORDS, Outcome.REJECTED)
    for item in walk(case.meeting.items):
        if item.decision.outcome in decided:
            yield Hit(
                title="Ett samråd fattar inga beslut",
                advice="Skriv vad medlemmarna sade i minnesanteckningarna. Styrelsen beslutar på sitt sammanträde.",
                place=Place(item_id=item.id, field="decision"),
                severity=Severity.WARNING,
            )


RULES = (
    Rule(
        id="R51",
        text="Minst ett medlemssamråd hålls varje år.",
        source=SOURCE,
        severity=Severity.NOTE,
        check=_every_year,
        places=("meetings",),
        scope=Scope.REGISTER,
    ),
    Rule(
        id="R52",
        text="Medlemmen företräds av någon som inte är ledamot i styrelsen.",
        source=SOURCE,
        severity=Severity.WARNING,
        check=_representatives,
        places=("participants",),
        kinds=ONLY,
    ),
    Rule(
        id="R53",
        text="Förbundet företräds av ordföranden eller en ledamot och av förbundschefen.",
        source=SOURCE,
        severity=Severity.NOTE,
        check=_own_side,
        places=("participants",),
        kinds=ONLY,
    ),
    Rule(
        id="R54",
        text="Den som sammankallar samrådet är utsedd av en medlem.",
        source=SOURCE,
        severity=Severity.NOTE,
        check=_convener,
        places=("convener",),
        kinds=ONLY,
    ),
    Rule(
        id="R55",
        text="Samrådet hålls när medlemmarna har fått bokslut och revisionsberättelse.",
        source=SOURCE,
        severity=Severity.NOTE,
        check=_after_the_audit,
        places=("date",),
        kinds=ONLY,
    ),
    Rule(
        id="R56",
        text="Samrådet följer de fem rekommenderade punkterna och fattar inga beslut.",
        source=SOURCE,
        severity=Severity.NOTE,
        check=_guide,
        places=("items", "decision"),
        kinds=ONLY,
    ),
)

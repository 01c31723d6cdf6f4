"""A small, complete and lawful association and meeting for tests of the domain; tests change what they are about.

Seven seats: a chair (kommun), a vice chair (region), five ledamöter; a deputy each, from the same member.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from typing import Any

from finsam_desktop.domain.agenda import AgendaItem, Attachment
from finsam_desktop.domain.association import (
    Appointment,
    Association,
    Member,
    MemberKind,
    Person,
    Role,
    StandingRules,
)
from finsam_desktop.domain.attendance import Presence
from finsam_desktop.domain.catalogue import ItemType
from finsam_desktop.domain.decisions import Decision, Outcome, Proposal, ProposalKind
from finsam_desktop.domain.meeting import Adjuster, Meeting, MeetingState
from finsam_desktop.domain.rules import Finding, check

DAY = date(2026, 10, 29)
"""The meeting's day, a Thursday."""
SINCE, UNTIL = date(2023, 4, 1), date(2027, 3, 31)

MEMBERS = (
    Member(id="ek", name="Eks kommun", kind=MemberKind.MUNICIPALITY, notice_board="ek.example"),
    Member(id="reg", name="Region Alm", kind=MemberKind.REGION, notice_board="alm.example"),
    Member(id="bjork", name="Björks kommun", kind=MemberKind.MUNICIPALITY, notice_board="bjork.example"),
    Member(id="fk", name="Försäkringskassan", kind=MemberKind.SOCIAL_INSURANCE_AGENCY),
    Member(id="af", name="Arbetsförmedlingen", kind=MemberKind.EMPLOYMENT_SERVICE),
)
_BOARD = (
    ("anna", Role.CHAIR, "ek"),
    ("bo", Role.VICE_CHAIR, "reg"),
    ("cia", Role.BOARD_MEMBER, "bjork"),
    ("dan", Role.BOARD_MEMBER, "fk"),
    ("eva", Role.BOARD_MEMBER, "af"),
    ("finn", Role.BOARD_MEMBER, "ek"),
    ("gun", Role.BOARD_MEMBER, "reg"),
)
BOARD = tuple(name for name, _, _ in _BOARD)
DEPUTIES = tuple(f"{name}-e" for name in BOARD)
PEOPLE = (*BOARD, *DEPUTIES, "chef", "ekonom")


def appointments() -> tuple[Appointment, ...]:
    seats = [
        Appointment(person_id=name, role=role, member_id=member, since=SINCE, until=UNTIL)
        for name, role, member in _BOARD
    ]
    deputies = [
        Appointment(
            person_id=f"{name}-e",
            role=Role.DEPUTY,
            member_id=member,
            order=1 + sum(1 for other, _, its in _BOARD[:place] if its == member),
            since=SINCE,
            until=UNTIL,
        )
        for place, (name, _, member) in enumerate(_BOARD)
    ]
    return (
        *seats,
        *deputies,
        Appointment(person_id="chef", role=Role.DIRECTOR),
        Appointment(person_id="ekonom", role=Role.ECONOMIST),
    )


def association(**fields: Any) -> Association:
    """The association, with fields replaced; ``rules`` may be a dict of standing rules."""
    rules = StandingRules(
        board_size=7,
        notice_days=7,
        adjuster_count=1,
        distance_decision="den 12 februari 2026, § 9",
        contribution=Decimal(11_490_000),
    )
    whole = Association(
        name="Samordningsförbundet Exempel",
        members=MEMBERS,
        people=tuple(Person(id=name, name=name.capitalize()) for name in PEOPLE),
        appointments=appointments(),
        rules=replace(rules, **fields.pop("rules", {})),
    )
    return replace(whole, **fields)


def proposal(*clauses: str) -> Proposal:
    return Proposal(kind=ProposalKind.CLAUSES, clauses=clauses or ("godkänna rapporten.",))


def decision_item(item_id: str = "beslut", **fields: Any) -> AgendaItem:
    """A decision item with a proposal."""
    values: dict[str, Any] = {"title": "Rapport", "type": ItemType.DECISION, "proposal": proposal(), **fields}
    return AgendaItem(id=item_id, **values)


def decided_item(item_id: str = "beslut", **fields: Any) -> AgendaItem:
    """A decision item decided as proposed, unless ``decision`` says otherwise."""
    return decision_item(item_id, **{"decision": Decision(outcome=Outcome.AS_PROPOSED), **fields})


def attachment(name: str = "bilaga", **fields: Any) -> Attachment:
    """A bilaga whose file is stored."""
    return Attachment(id=name, title="Rapporten", sha256="0" * 64, **fields)


def meeting(*items: AgendaItem, **fields: Any) -> Meeting:
    """A draft with the frame's two ends around ``items``; 30 days before it, nothing is wrong with it."""
    frame = (
        AgendaItem(id="oppnande", title="Mötets öppnande", type=ItemType.FORMALITY, template_id="oppnande"),
        *items,
        AgendaItem(
            id="avslutande", title="Mötets avslutande", type=ItemType.FORMALITY, template_id="avslutande"
        ),
    )
    values: dict[str, Any] = {
        "id": "mötet",
        "date": DAY,
        "start": time(8, 30),
        "end": time(12, 0),
        "place": "Linden",
        "items": frame,
        **fields,
    }
    return Meeting(**values)


def held(*items: AgendaItem, **fields: Any) -> Meeting:
    """The meeting when it has taken place with everyone present."""
    values: dict[str, Any] = {
        "state": MeetingState.HELD,
        "opened_at": time(8, 30),
        "closed_at": time(11, 50),
        "adjusters": (Adjuster(person_id="cia"),),
        **fields,
    }
    return meeting(*items, **values)


def absent(*names: str) -> tuple[Presence, ...]:
    return tuple(Presence(person_id=name, present=False) for name in names)


def found(
    rule: str,
    one: Meeting,
    today: date = date(2026, 9, 29),
    *,
    register: Association | None = None,
    others: tuple[Meeting, ...] = (),
) -> list[Finding]:
    """What ``rule`` says of the meeting, 30 days before it unless ``today`` says otherwise."""
    whole = register if register is not None else association()
    return [finding for finding in check(one, whole, (*others, one), today) if finding.rule == rule]

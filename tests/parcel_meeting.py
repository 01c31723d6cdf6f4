"""A small association and a meeting whose minutes are written, for the tests of mötespaket."""

from __future__ import annotations

import datetime as dt

from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.association import Appointment, Association, Member, MemberKind, Person, Role
from finsam_desktop.domain.catalogue import ItemType
from finsam_desktop.domain.decisions import Decision, Outcome, Proposal, ProposalKind
from finsam_desktop.domain.meeting import Adjuster, Meeting, MeetingState

PASSWORD = "grind vante sjuk kajuta"
NAMES = ("Maria Ekvall", "Anders Björkman", "Lena Granström", "Sara Lindmark")


def association() -> Association:
    roles = (Role.CHAIR, Role.VICE_CHAIR, Role.BOARD_MEMBER, Role.SECRETARY)
    return Association(
        name="Samordningsförbundet Sjöbygden",
        members=(Member(id="m0", name="Region Sjöland", kind=MemberKind.REGION),),
        people=tuple(Person(id=name, name=name) for name in NAMES),
        appointments=tuple(
            Appointment(person_id=name, role=role, member_id="m0")
            for name, role in zip(NAMES, roles, strict=True)
        ),
    )


def item(number: int, title: str, text: str, clause: str = "") -> AgendaItem:
    decision = Decision(outcome=Outcome.OWN_WORDS, clauses=(clause,)) if clause else Decision()
    laid = Proposal(kind=ProposalKind.CLAUSES, clauses=(clause,)) if clause else Proposal()
    return AgendaItem(
        id=f"i{number}",
        title=title,
        type=ItemType.DECISION if clause else ItemType.FORMALITY,
        minutes_text=text,
        proposal=laid,
        decision=decision,
    )


def meeting() -> Meeting:
    return Meeting(
        id="mote",
        date=dt.date(2026, 10, 29),
        start=dt.time(8, 30),
        end=dt.time(12, 0),
        opened_at=dt.time(8, 30),
        closed_at=dt.time(11, 40),
        place="Stadshuset, Sjöbro",
        state=MeetingState.MINUTES,
        first_paragraph=61,
        adjusters=(Adjuster(person_id="Lena Granström"),),
        items=(
            item(1, "Mötets öppnande", "Ordföranden öppnar mötet."),
            item(2, "Avtal om lokaler", "Avtalet gäller lokalerna på Torget.", "godkänna avtalet om lokaler"),
            item(3, "Sammanträdesplan", "Planen har sex sammanträden.", "fastställa sammanträdesplanen"),
            item(4, "Mötets avslutande", "Ordföranden avslutar mötet."),
        ),
    )

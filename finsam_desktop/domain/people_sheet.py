"""The register of members and people as two sheets of rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finsam_desktop.domain.association import (
    Association,
    Eligibility,
    MemberKind,
)
from finsam_desktop.domain.wording import ROLES

Value = str | int | Decimal | date | None
MEMBERS, PEOPLE = "Medlemmar", "Ledamöter och personer"
KEY = "Nyckel"
MEMBER_HEADS = ("Medlem", "Slag", "Andel i procent", "Anslagstavla", "Adress för expediering", KEY)
PEOPLE_HEADS = (
    "Namn", "Parti", "E-post", "Telefon", "Uppdrag", "Utsedd av", "Turordning", "Titel", "Från och med",
    "Till och med", "Valbar som", "Valbar till och med", KEY,
)  # fmt: skip
KINDS = {
    MemberKind.SOCIAL_INSURANCE_AGENCY: "Försäkringskassan",
    MemberKind.EMPLOYMENT_SERVICE: "Arbetsförmedlingen",
    MemberKind.REGION: "Region",
    MemberKind.MUNICIPALITY: "Kommun",
}
ELIGIBILITY = {
    Eligibility.UNKNOWN: "",
    Eligibility.COUNCIL_MEMBER: "Ledamot i fullmäktige",
    Eligibility.COUNCIL_DEPUTY: "Ersättare i fullmäktige",
    Eligibility.EMPLOYEE: "Anställd vid myndigheten",
}
PERSON_FIELDS = (("Namn", "name"), ("Parti", "party"), ("E-post", "email"), ("Telefon", "phone"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A value of a sheet with the name of its cell, "B7"."""

    value: Value = None
    cell: str = ""

    @property
    def text(self) -> str:
        """The value as text, without blanks around it; empty when there is none."""
        return "" if self.value is None else str(self.value).strip()


GivenRow = Mapping[str, Given]
"""A row of a sheet by the heads of its columns; a head that the sheet lacks is not in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFault:
    """What cannot be understood, and where."""

    sheet: str
    cell: str
    text: str


def member_rows(association: Association) -> tuple[tuple[Value, ...], ...]:
    """The members as rows under ``MEMBER_HEADS``."""
    return tuple(
        (m.name, KINDS[m.kind], m.share, m.notice_board, m.contact, m.id) for m in association.members
    )


def people_rows(association: Association) -> tuple[tuple[Value, ...], ...]:
    """A row under ``PEOPLE_HEADS`` for every appointment, and one for everyone without any."""
    rows: list[tuple[Value, ...]] = []
    for a in association.appointments:
        person = association.person(a.person_id)
        if person is not None:
            rows.append(
                (
                    person.name, person.party, person.email, person.phone, ROLES[a.role].capitalize(),
                    _member_word(association, a.member_id), a.order or None, a.title, a.since, a.until,
                    ELIGIBILITY[a.eligibility], a.eligible_until, person.id,
                )
            )  # fmt: skip
    busy = {appointment.person_id for appointment in association.appointments}
    for person in association.people:
        if person.id not in busy:
            blank: tuple[Value, ...] = ("", "", None, "", None, None, "", None)
            rows.append((person.name, person.party, person.email, person.phone, *blank, person.id))
    return tuple(rows)


def _member_word(association: Association, member_id: str) -> str:
    """The member's name, or its key in brackets where the name does not tell it from another."""
    member = association.member(member_id)
    if member is None:
        return f"[{member_id}]" if member_id else ""
    alike = [m for m in association.members if m.name.strip().casefold() == member.name.strip().casefold()]
    word = member.name.strip()
    plain = word and not word.startswith("[") and not any(ord(c) < 32 or c in "\ufffe\uffff" for c in word)
    return member.name if len(alike) == 1 and plain else f"[{member_id}]"

"""Who gets the mail about a meeting, and as what: from their appointments on the day of the meeting."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from finsam_desktop.domain.adjusting import signers
from finsam_desktop.domain.association import BOARD_ROLES, Association, Person, Role
from finsam_desktop.domain.mail_texts import MailKind
from finsam_desktop.domain.meeting import Meeting, MeetingKind
from finsam_desktop.domain.wording import ROLES, join_names


class Line(StrEnum):
    """On which line of the mail someone stands."""

    TO = "to"
    COPY = "cc"
    HIDDEN = "bcc"


LINE_NAMES = {Line.TO: "Till", Line.COPY: "Kopia", Line.HIDDEN: "Hemlig kopia"}
"""What each line is called."""

_BOARD = {
    **dict.fromkeys(BOARD_ROLES, Line.TO),
    Role.DEPUTY: Line.COPY,
    Role.DIRECTOR: Line.COPY,
    Role.SECRETARY: Line.COPY,
    Role.COOPTED: Line.COPY,
}
_CONSULTATION = {
    Role.MEMBER_REPRESENTATIVE: Line.TO,
    Role.CHAIR: Line.COPY,
    Role.VICE_CHAIR: Line.COPY,
    Role.DIRECTOR: Line.COPY,
    Role.SECRETARY: Line.COPY,
}
_NONE = "E-post saknas"
_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"\\]+@[^\s@<>()\[\],;:\"\\.]+(?:\.[^\s@<>()\[\],;:\"\\.]+)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Someone a mail goes to. ``email`` is empty where no address can be used; ``fault`` then says why."""

    person_id: str
    name: str
    role: str
    line: Line
    email: str = ""
    fault: str = ""


def addressees(
    meeting: Meeting, association: Association, kind: MailKind = MailKind.KALLELSE
) -> tuple[Addressee, ...]:
    """Everyone the mail goes to, each once, in the order of their roles.

    Ledamöter stand on the line Till; ersättare and others get a copy for their information. Minutes to adjust go to
    those who adjust them; an invitation to a consultation to the members' representatives.
    """
    if kind is MailKind.JUSTERING:
        signing = {one.person_id: one for one in reversed(signers(meeting, association))}
        return tuple(
            _addressee(association.person(one.person_id), one.role, Line.TO, one.person_id, one.name)
            for one in reversed(signing.values())
        )
    lines = _CONSULTATION if meeting.kind is MeetingKind.MEMBER_CONSULTATION else _BOARD
    found: dict[str, Addressee] = {}
    for role, line in lines.items():
        for appointment in association.appointed(meeting.date, role):
            person = association.person(appointment.person_id)
            if person is not None and person.id not in found:
                found[person.id] = _addressee(person, appointment.title or ROLES[role], line)
    return tuple(found.values())


def on_line(people: Iterable[Addressee], line: Line) -> tuple[Addressee, ...]:
    """Those with an address who stand on the line, each address once."""
    seen: dict[str, Addressee] = {}
    for one in people:
        if one.email and one.line is line:
            seen.setdefault(one.email.casefold(), one)
    return tuple(seen.values())


def all_hidden(people: Iterable[Addressee]) -> tuple[Addressee, ...]:
    """The same people, none of whom sees who else got the mail."""
    return tuple(replace(one, line=Line.HIDDEN) for one in people)


def missing_sentence(people: Iterable[Addressee]) -> str:
    """Who cannot be reached by mail, as a sentence; "" where everyone can."""
    known = tuple(people)
    lacking = [one.name for one in known if one.fault == _NONE]
    broken = [one.name for one in known if not one.email and one.fault != _NONE]
    sentences = (
        f"E-post saknas för {join_names(lacking)}." if lacking else "",
        f"E-postadressen till {join_names(broken)} går inte att använda." if broken else "",
    )
    return " ".join(sentence for sentence in sentences if sentence)


def usable_address(text: str) -> tuple[str, str]:
    """(address, "") of what stands in the register, or ("", why it cannot be used).

    A domain with å, ä or ö is written as mail programs do (xn--…).
    """
    address = text.strip().removeprefix("mailto:").strip()
    if not address:
        return "", _NONE
    if not _ADDRESS.fullmatch(address) or not address.isprintable():
        return "", "E-postadressen är inte hel"
    local, _, domain = address.rpartition("@")
    if not local.isascii():
        return "", "E-postadressen har tecken som inte går att skicka till"
    try:
        return f"{local}@{domain.encode('idna').decode('ascii')}", ""
    except UnicodeError:
        return "", "E-postadressen är inte hel"


def _addressee(
    person: Person | None, role: str, line: Line, person_id: str = "", name: str = ""
) -> Addressee:
    email, fault = usable_address(person.email if person is not None else "")
    shown = " ".join((person.name if person is not None else name).split())
    return Addressee(
        person_id=person.id if person is not None else person_id,
        name=shown or "Namn saknas",
        role=role,
        line=line,
        email=email,
        fault=fault,
    )

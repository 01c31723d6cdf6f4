"""How domain values become values a template can print: Markdown, dates that do not break, people by name
and role."""

from __future__ import annotations

from datetime import date

from finsam_desktop.domain.association import Association, Person, Role
from finsam_desktop.domain.sentences import capitalised
from finsam_desktop.domain.wording import ROLES, no_break
from finsam_desktop.word import Markdown, NoBreakHyphens, RichText

NBSP = "\u00a0"
DOT = " · "
EMPTY_LINE = "_" * 14
"""A line to fill in by hand, where a date is not known yet."""

_PLURALS = {
    Role.DEPUTY: "ersättare",
    Role.DIRECTOR: "förbundschefer",
    Role.ECONOMIST: "ekonomer",
    Role.PROCESS_LEADER: "processledare",
    Role.COOPTED: "adjungerade",
    Role.AUDITOR: "revisorer",
}


def markdown(text: str, *, shift: int) -> Markdown | None:
    """The text as blocks, its headings ``shift`` levels down; None when there is no text, so that ``if``
    works."""
    return Markdown(no_break(text), shift=shift) if text.strip() else None


def iso(day: date | None) -> NoBreakHyphens | str:
    """ "2026-10-29" that never breaks over a line end; "" without a day."""
    return NoBreakHyphens(day.isoformat()) if day is not None else ""


def with_dates(*parts: str | date) -> RichText:
    """Text with ISO dates inside it that do not break."""
    return RichText(tuple(NoBreakHyphens(p.isoformat()) if isinstance(p, date) else p for p in parts if p))


def role_title(association: Association, person_id: str, day: date, *roles: Role) -> str:
    """What the person is, as printed after the name: the appointment's own title, else the role; "" when
    none."""
    for appointment in association.appointed(day, *roles):
        if appointment.person_id == person_id:
            return appointment.title or ROLES[appointment.role]
    return ""


def name_and_role(association: Association, person: Person, day: date, *roles: Role) -> str:
    """ "Katrin Hagelby, förbundschef"."""
    title = role_title(association, person.id, day, *roles)
    return f"{person.name}, {title}" if title else person.name


def role_groups(association: Association, day: date) -> list[str]:
    """Those who get the notice for information, by role: "Ersättare", "förbundschef", "revisorer"."""
    groups: list[str] = []
    for role, plural in _PLURALS.items():
        people = {a.person_id for a in association.appointed(day, role)}
        if people:
            groups.append(plural if len(people) > 1 else ROLES[role])
    return [capitalised(groups[0]), *groups[1:]] if groups else []

"""People and their appointments: a list by role, and a form for the chosen person."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from finsam_desktop.domain import wording
from finsam_desktop.domain.association import (
    BOARD_ROLES,
    Appointment,
    Association,
    Eligibility,
    Person,
    Role,
)
from finsam_desktop.domain.people_sheet import ELIGIBILITY
from finsam_desktop.ui.models.row_model import Row
from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.views.decisions.delegated_register import left_aligned
from finsam_desktop.ui.views.register_pane import RegisterPane
from finsam_desktop.ui.widgets.buttons import link_button
from finsam_desktop.ui.widgets.fields import ChoiceField, CountField, DateField
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.text_edits import TextField

_GROUPS = (
    ("Ledamöter", BOARD_ROLES),
    ("Ersättare", (Role.DEPUTY,)),
    ("Övriga", tuple(role for role in Role if role not in (*BOARD_ROLES, Role.DEPUTY))),
)


class PeopleRegister(RegisterPane):
    """The third tab of Förbundet. Where a person has several appointments one is chosen to be edited."""

    EMPTY = (
        "Inga ledamöter eller andra personer än.",
        "Lägg in dem som kallas till sammanträdena, eller hämta dem från Excel.",
    )

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, "Ledamöter och personer", "Ny person", "Ta bort personen", parent)
        self._members_shown: tuple[tuple[str, str], ...] = ()
        self._name, self._party, self._email, self._phone, self._title = (TextField() for _ in range(5))
        for field in self.texts():
            field.edited.connect(self._take)
        self._role = ChoiceField(tuple((role, wording.ROLES[role].capitalize()) for role in Role))
        self._appointed_by = ChoiceField()
        for choice in (self._role, self._appointed_by):
            choice.chosen.connect(self._take)
        self._eligibility = ChoiceField(
            tuple((value, word or "Inte antecknat") for value, word in ELIGIBILITY.items())
        )
        self._eligibility.chosen.connect(self._take)
        self._order = CountField(least=0, most=99)
        self._since, self._until, self._eligible_until = DateField(), DateField(), DateField()
        for value in (self._order, self._since, self._until, self._eligible_until):
            value.changed.connect(self._take)
        self._which = ChoiceField()
        self._which.chosen.connect(self._which_chosen)
        self._which_row = FormRow("Vilket uppdrag", self._which)
        self._which_row.hide()
        self._another = link_button("Lägg till uppdrag", "plus")
        self._another.clicked.connect(self.add_appointment)
        self._place, self._place_of = 0, ""
        self.lay_out(
            FormLine(
                (FormRow("Namn", self._name), 5), (FormRow("Parti", self._party, "Tomt för tjänstemän."), 2)
            ),
            FormLine((FormRow("E-post", self._email), 4), (FormRow("Telefon", self._phone), 3)),
            self._which_row,
            FormLine((FormRow("Uppdrag", self._role), 3), (FormRow("Utsedd av", self._appointed_by), 4)),
            FormLine(
                (FormRow("Titel om annan än uppdraget", self._title), 4),
                (FormRow("Turordning", self._order, "För ersättare: 1 tjänstgör först."), 3),
            ),
            FormLine((FormRow("Från och med", self._since), 3), (FormRow("Till och med", self._until), 3)),
            FormLine(
                (
                    FormRow(
                        "Valbar som",
                        self._eligibility,
                        "Fullmäktige, eller anställd vid myndigheten (12\u00a0§).",
                    ),
                    4,
                ),
                (FormRow("Valbar till och med", self._eligible_until, "Dagen då en anställning upphör."), 3),
            ),
            left_aligned(self._another),
            width=640,
        )

    def rows(self) -> tuple[Row, ...]:
        return _rows(self._shell.session.association)

    def texts(self) -> tuple[TextField, ...]:
        return (self._name, self._party, self._email, self._phone, self._title)

    def fill(self) -> bool:
        association = self._shell.session.association
        members = (("", "Ingen"), *((m.id, m.name) for m in association.members))
        if members != self._members_shown:
            self._members_shown = members
            self._appointed_by.set_choices(members)
        person = association.person(self.shown)
        if person is None:
            return False
        self._show_which(association)
        appointment = self._appointment()
        title = appointment.title if appointment else ""
        for field, text in zip(
            self.texts(), (person.name, person.party, person.email, person.phone, title), strict=True
        ):
            field.set_text(text)
        self._role.set_value(appointment.role if appointment else None)
        self._appointed_by.set_value(appointment.member_id if appointment else "")
        self._order.set_value((appointment.order or None) if appointment else None)
        self._since.set_value(appointment.since if appointment else None)
        self._until.set_value(appointment.until if appointment else None)
        self._eligibility.set_value(appointment.eligibility if appointment else Eligibility.UNKNOWN)
        self._eligible_until.set_value(appointment.eligible_until if appointment else None)
        return True

    def _mine(self) -> tuple[Appointment, ...]:
        return tuple(a for a in self._shell.session.association.appointments if a.person_id == self.shown)

    def _appointment(self) -> Appointment | None:
        mine = self._mine()
        return mine[min(self._place, len(mine) - 1)] if mine else None

    def _show_which(self, association: Association) -> None:
        """The choice between appointments, where there are several; another person begins with the first."""
        mine = self._mine()
        if self._place >= len(mine) or self._place_of != self.shown:
            self._place, self._place_of = 0, self.shown
        choices = tuple((place, _in_short(association, one)) for place, one in enumerate(mine))
        self._which.set_choices(choices)
        self._which.set_value(self._place)
        self._which_row.setVisible(len(mine) > 1)

    def _which_chosen(self, place: object) -> None:
        self.flush()
        self._place = place if isinstance(place, int) else 0
        self.fill()

    def _take(self, _value: object = None) -> None:
        before = self._shell.session.association
        person = before.person(self.shown)
        if person is None:
            return
        changed = replace(
            person,
            name=self._name.text(),
            party=self._party.text(),
            email=self._email.text(),
            phone=self._phone.text(),
        )
        people = tuple(changed if p.id == person.id else p for p in before.people)
        after = replace(before, people=people, appointments=self._appointments(before, person))
        self._shell.session.change(f"Ändra {changed.name}", before, after, merge=f"person:{person.id}")

    def _appointments(self, association: Association, person: Person) -> tuple[Appointment, ...]:
        role = self._role.value()
        old = self._appointment()
        if not isinstance(role, Role):
            return association.appointments
        eligibility = self._eligibility.value()
        new = Appointment(
            person_id=person.id,
            role=role,
            member_id=str(self._appointed_by.value() or ""),
            order=self._order.value() or 0,
            title=self._title.text(),
            since=self._since.value(),
            until=self._until.value(),
            eligibility=eligibility if isinstance(eligibility, Eligibility) else Eligibility.UNKNOWN,
            eligible_until=self._eligible_until.value(),
        )
        if old is None:
            return (*association.appointments, new)
        return tuple(new if a is old else a for a in association.appointments)

    def add(self) -> None:
        before = self._shell.session.association
        person = Person(name="Ny person")
        appointment = Appointment(person_id=person.id, role=Role.BOARD_MEMBER)
        after = replace(
            before, people=(*before.people, person), appointments=(*before.appointments, appointment)
        )
        self._shell.session.change("Lägg till person", before, after)
        self.choose(person.id)
        self._name.setFocus()
        self._name.selectAll()

    def add_appointment(self) -> None:
        """Give the person another appointment and choose it."""
        self.flush()
        before = self._shell.session.association
        person = before.person(self.shown)
        if person is None:
            return
        new = Appointment(person_id=person.id, role=Role.COOPTED)
        self._place, self._place_of = len(self._mine()), self.shown
        after = replace(before, appointments=(*before.appointments, new))
        self._shell.session.change(f"Lägg till uppdrag för {person.name}", before, after)
        self._role.setFocus()

    def remove(self) -> None:
        before = self._shell.session.association
        person = before.person(self.shown)
        if person is None:
            return
        after = replace(
            before,
            people=tuple(p for p in before.people if p.id != person.id),
            appointments=tuple(a for a in before.appointments if a.person_id != person.id),
        )
        self._shell.session.change(f"Ta bort {person.name}", before, after, tell=True)


def _in_short(association: Association, appointment: Appointment) -> str:
    """ "Ledamot, Region Alm, från 2023-04-01"."""
    member = association.member(appointment.member_id)
    since = f"från {appointment.since.isoformat()}" if appointment.since else ""
    parts = (wording.ROLES[appointment.role].capitalize(), member.name if member else "", since)
    return ", ".join(part for part in parts if part)


def _rows(association: Association) -> tuple[Row, ...]:
    rows: list[Row] = []
    shown: set[str] = set()
    for title, roles in _GROUPS:
        group: list[Row] = []
        for appointment in association.appointments:
            person = association.person(appointment.person_id)
            if person is None or appointment.role not in roles or person.id in shown:
                continue
            shown.add(person.id)
            group.append(_row(association, person, appointment))
        if group:
            rows += [Row(title=title, heading=True, time=str(len(group))), *group]
    rest = tuple(p for p in association.people if p.id not in shown)
    if rest:
        rows.append(Row(title="Utan uppdrag", heading=True, time=str(len(rest))))
        rows += [Row(title=p.name or "Namn saknas", key=p.id) for p in rest]
    return tuple(rows)


def _row(association: Association, person: Person, appointment: Appointment) -> Row:
    member = association.member(appointment.member_id)
    role = appointment.title or wording.ROLES[appointment.role]
    name = (
        f"{person.name or 'Namn saknas'} ({person.party})" if person.party else person.name or "Namn saknas"
    )
    return Row(
        title=name,
        key=person.id,
        meta=", ".join(part for part in (role, member.name if member else "") if part),
    )

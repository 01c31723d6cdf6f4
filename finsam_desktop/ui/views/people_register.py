"""People and their appointments: a list by role, and a form for the chosen person."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from finsam_desktop.domain import wording
from finsam_desktop.domain.association import BOARD_ROLES, Appointment, Association, Person, Role
from finsam_desktop.ui.models.row_model import Row, RowModel
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.widgets.buttons import link_button, secondary_button
from finsam_desktop.ui.widgets.fields import ChoiceField, CountField, DateField
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.rows import RowDelegate, RowList, RowRole
from finsam_desktop.ui.widgets.surfaces import Pane
from finsam_desktop.ui.widgets.text_edits import TextField

_GROUPS = (
    ("Ledamöter", BOARD_ROLES),
    ("Ersättare", (Role.DEPUTY,)),
    ("Övriga", tuple(role for role in Role if role not in (*BOARD_ROLES, Role.DEPUTY))),
)


class PeopleRegister(Pane):
    """The third tab of Förbundet. A person's first appointment is the one that is edited here."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__("base", parent=parent)
        self._shell = shell
        self._shown = ""
        self._members_shown: tuple[tuple[str, str], ...] = ()
        theme = current_theme()
        self._model = RowModel(parent=self)
        self._list = RowList("Ledamöter och personer", delegate=RowDelegate(number_width=0))
        self._list.setModel(self._model)
        self._list.chosen.connect(self._show)
        self._list.setFixedWidth(theme.px(360))
        add = secondary_button("Ny person", "plus")
        add.clicked.connect(self._add)
        left = QVBoxLayout()
        left.setContentsMargins(theme.px(12), theme.px(12), 0, theme.px(12))
        left.addWidget(self._list, 1)
        left.addWidget(add)
        self._make_fields()
        right = QVBoxLayout()
        right.setContentsMargins(theme.px(28), theme.px(20), theme.px(28), theme.px(20))
        right.addWidget(self._make_form())
        right.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(left)
        row.addLayout(right, 4)
        row.addStretch(1)

    def _make_fields(self) -> None:
        self._name, self._party, self._email, self._phone, self._title = (TextField() for _ in range(5))
        self._texts = (self._name, self._party, self._email, self._phone, self._title)
        for field in self._texts:
            field.edited.connect(self._take)
        self._role = ChoiceField(tuple((role, wording.ROLES[role].capitalize()) for role in Role))
        self._appointed_by = ChoiceField()
        for choice in (self._role, self._appointed_by):
            choice.chosen.connect(self._take)
        self._order = CountField(least=0, most=99)
        self._since, self._until = DateField(), DateField()
        for value in (self._order, self._since, self._until):
            value.changed.connect(self._take)

    def _make_form(self) -> QWidget:
        theme = current_theme()
        self._form = QWidget()
        self._form.setMaximumWidth(theme.px(640))
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(theme.px(12))
        form.addWidget(
            FormLine(
                (FormRow("Namn", self._name), 5), (FormRow("Parti", self._party, "Tomt för tjänstemän."), 2)
            )
        )
        form.addWidget(FormLine((FormRow("E-post", self._email), 4), (FormRow("Telefon", self._phone), 3)))
        form.addWidget(
            FormLine((FormRow("Uppdrag", self._role), 3), (FormRow("Utsedd av", self._appointed_by), 4))
        )
        form.addWidget(
            FormLine(
                (FormRow("Titel om annan än uppdraget", self._title), 4),
                (FormRow("Turordning", self._order, "För ersättare: 1 tjänstgör först."), 3),
            )
        )
        form.addWidget(
            FormLine((FormRow("Från och med", self._since), 3), (FormRow("Till och med", self._until), 3))
        )
        remove = link_button("Ta bort personen", "trash-2")
        remove.clicked.connect(self._remove)
        form.addWidget(remove, 0, Qt.AlignmentFlag.AlignLeft)
        return self._form

    def choose(self, person_id: str) -> None:
        """Show a person's form."""
        place = self._model.row_of(person_id)
        if place >= 0:
            self._list.setCurrentIndex(self._model.index(place))

    def refresh(self) -> None:
        """Show the register as it is, the same person chosen."""
        chosen = self._chosen_id()
        association = self._shell.session.association
        members = (("", "Ingen"), *((m.id, m.name) for m in association.members))
        if members != self._members_shown:
            self._members_shown = members
            self._appointed_by.set_choices(members)
        self._model.set_rows(_rows(association))
        place = self._model.row_of(chosen)
        if place < 0:
            place = next((i for i, row in enumerate(self._model.rows()) if row.key), -1)
        if place >= 0 and self._list.currentIndex().row() != place:
            self._list.setCurrentIndex(self._model.index(place))
        self._show()

    def flush(self) -> None:
        """Take in what is being typed."""
        for field in self._texts:
            field.flush()

    def _chosen_id(self) -> str:
        return str(self._list.currentIndex().data(RowRole.KEY) or "")

    def _appointment(self) -> Appointment | None:
        appointments = self._shell.session.association.appointments
        return next((a for a in appointments if a.person_id == self._shown), None)

    def _show(self, _index: QModelIndex | None = None) -> None:
        if self._shown != self._chosen_id():
            # What is being typed belongs to the person shown until now.
            self.flush()
            self._shown = self._chosen_id()
        person = self._shell.session.association.person(self._shown)
        self._form.setEnabled(person is not None)
        if person is None:
            return
        appointment = self._appointment()
        for field, text in zip(
            self._texts,
            (person.name, person.party, person.email, person.phone, appointment.title if appointment else ""),
            strict=True,
        ):
            field.set_text(text)
        self._role.set_value(appointment.role if appointment else None)
        self._appointed_by.set_value(appointment.member_id if appointment else "")
        self._order.set_value(appointment.order if appointment else None)
        self._since.set_value(appointment.since if appointment else None)
        self._until.set_value(appointment.until if appointment else None)

    def _take(self, _value: object = None) -> None:
        before = self._shell.session.association
        person = before.person(self._shown)
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
        new = Appointment(
            person_id=person.id,
            role=role,
            member_id=str(self._appointed_by.value() or ""),
            order=self._order.value() or 0,
            title=self._title.text(),
            since=self._since.value(),
            until=self._until.value(),
        )
        if old is None:
            return (*association.appointments, new)
        return tuple(new if a is old else a for a in association.appointments)

    def _add(self) -> None:
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

    def _remove(self) -> None:
        before = self._shell.session.association
        person = before.person(self._chosen_id())
        if person is None:
            return
        after = replace(
            before,
            people=tuple(p for p in before.people if p.id != person.id),
            appointments=tuple(a for a in before.appointments if a.person_id != person.id),
        )
        self._shell.session.change(f"Ta bort {person.name}", before, after, tell=True)


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

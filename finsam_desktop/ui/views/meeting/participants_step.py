"""Deltagare: who was at a consultation or a planning day, in words, with the member each one speaks for."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from finsam_desktop.domain.association import BOARD_ROLES, Association, Role
from finsam_desktop.domain.meeting import Meeting, Participant
from finsam_desktop.domain.wording import ROLES
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.views.page import Page
from finsam_desktop.ui.widgets.buttons import IconButton, secondary_button
from finsam_desktop.ui.widgets.fields import ChoiceField
from finsam_desktop.ui.widgets.surfaces import Label, SectionHead
from finsam_desktop.ui.widgets.text_edits import TextField

_WIDTHS = (4, 3, 4, 3)
_HEADS = ("Namn", "Uppdrag", "Organisation", "Företräder")


def usual_participants(meeting: Meeting, association: Association) -> tuple[Participant, ...]:
    """Whom the register knows: each member's representative, and the board's and the office's own people."""
    found: list[Participant] = []
    for appointment in association.appointed(meeting.date, Role.MEMBER_REPRESENTATIVE):
        person, member = association.person(appointment.person_id), association.member(appointment.member_id)
        if person is not None:
            found.append(
                Participant(
                    name=person.name,
                    member_id=appointment.member_id,
                    organisation=member.name if member is not None else "",
                    title=appointment.title,
                )
            )
    for role in (*BOARD_ROLES[:2], Role.DIRECTOR):
        for appointment in association.appointed(meeting.date, role):
            person = association.person(appointment.person_id)
            if person is not None:
                title = appointment.title or ROLES[role].capitalize()
                found.append(Participant(name=person.name, organisation=association.name, title=title))
    return tuple(found)


class _Row(QWidget):
    """One participant's fields. ``edited(_Row)`` when something is written, ``dropped(_Row)`` on ×."""

    edited = Signal(object)
    dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.title, self.organisation = TextField(), TextField(), TextField()
        self.member = ChoiceField()
        self._drop = IconButton("x", "Ta bort deltagaren")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current_theme().px(8))
        fields = (self.name, self.title, self.organisation, self.member)
        for field, share, head in zip(fields, _WIDTHS, _HEADS, strict=True):
            field.setAccessibleName(head)
            row.addWidget(field, share)
        row.addWidget(self._drop)
        for text in self.texts():
            text.edited.connect(self._edited)
        self.member.chosen.connect(self._edited)
        self._drop.clicked.connect(self._dropped)

    def texts(self) -> tuple[TextField, ...]:
        return (self.name, self.title, self.organisation)

    def show_participant(
        self, one: Participant, members: tuple[tuple[object, str], ...], locked: bool
    ) -> None:
        """Show a participant; what is being written stays."""
        self.name.set_text(one.name)
        self.title.set_text(one.title)
        self.organisation.set_text(one.organisation)
        self.member.set_choices(members)
        self.member.set_value(one.member_id)
        for text in self.texts():
            text.setReadOnly(locked)
            if not text.hasFocus():
                text.setCursorPosition(0)  # a long name shows its beginning
        self.member.setEnabled(not locked)
        self._drop.setVisible(not locked)
        self._drop.set_name(f"Ta bort {one.name}" if one.name else "Ta bort deltagaren")

    def participant(self) -> Participant:
        """What the fields hold."""
        return Participant(
            name=self.name.text().strip(),
            title=self.title.text().strip(),
            organisation=self.organisation.text().strip(),
            member_id=str(self.member.value() or ""),
        )

    def _edited(self, _value: object) -> None:
        self.edited.emit(self)

    def _dropped(self) -> None:
        self.dropped.emit(self)


class ParticipantsStep(Page):
    """The step Deltagare."""

    def __init__(self, desk: OpenMeeting, parent: QWidget | None = None) -> None:
        super().__init__("Deltagare", text_width=980, parent=parent)
        self._desk = desk
        self.rows: list[_Row] = []
        self._head = SectionHead("Deltagare")
        self.add(self._head)
        self.add(
            Label(
                "Varje medlem företräds av någon som inte är ledamot i styrelsen (Nationella rådets rekommendation).",
                "meta",
                "text2",
                wrap=True,
            )
        )
        heads = QWidget()
        line = QHBoxLayout(heads)
        line.setContentsMargins(0, 0, current_theme().px(36), 0)
        line.setSpacing(current_theme().px(8))
        for head, share in zip(_HEADS, _WIDTHS, strict=True):
            line.addWidget(Label(head, "label", "text2"), share)
        self._heads = heads
        self.add(heads)
        box = QWidget()
        self._lines = QVBoxLayout(box)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(current_theme().px(6))
        self.add(box)
        self._new = secondary_button("Lägg till deltagare", "plus")
        self._new.clicked.connect(self.add_participant)
        self._fetch = secondary_button("Hämta ur registret", "users")
        self._fetch.clicked.connect(self.fetch)
        foot = QWidget()
        buttons = QHBoxLayout(foot)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.addWidget(self._new)
        buttons.addWidget(self._fetch)
        buttons.addStretch(1)
        self.add(foot)
        desk.changed.connect(self.refresh)
        self.refresh()

    def panes(self) -> tuple[QWidget, ...]:
        return (self,)

    def show_item(self, _item_id: str) -> None:
        """The step has no items; the first field takes the focus."""
        (self.rows[0].name if self.rows else self._new).setFocus()

    def flush(self) -> None:
        for row in self.rows:
            for text in row.texts():
                text.flush()

    def refresh(self) -> None:
        """Show the participants; a field being written in stays."""
        participants = self._desk.meeting.participants
        while len(self.rows) < len(participants):
            row = _Row()
            row.edited.connect(self._edited)
            row.dropped.connect(self._dropped)
            self._lines.addWidget(row)
            self.rows.append(row)
        while len(self.rows) > len(participants):
            row = self.rows.pop()
            self._lines.removeWidget(row)
            row.hide()
            row.deleteLater()
        members = (("", "Ingen"), *((m.id, m.name) for m in self._desk.association.members))
        for row, one in zip(self.rows, participants, strict=True):
            row.show_participant(one, members, self._desk.locked)
        represented = {one.member_id for one in participants} - {""}
        count = len(participants)
        people = "1 deltagare" if count == 1 else f"{count} deltagare"
        self._head.set_fact(f"{people}, {len(represented)} av {len(members) - 1} medlemmar företrädda")
        self._heads.setVisible(bool(participants))
        for button in (self._new, self._fetch):
            button.setEnabled(not self._desk.locked)

    def add_participant(self) -> None:
        """Make an empty row and put the cursor in it."""
        self.flush()
        participants = (*self._desk.meeting.participants, Participant(name=""))
        if self._desk.change_fields("Lägg till deltagare", participants=participants):
            self.rows[-1].name.setFocus()

    def fetch(self) -> None:
        """Add those in the register who are not there yet."""
        self.flush()
        have = {one.name for one in self._desk.meeting.participants}
        usual = usual_participants(self._desk.meeting, self._desk.association)
        new = tuple(one for one in usual if one.name not in have)
        if not new:
            self._desk.tell(
                "Alla i registret är redan med. Medlemmarnas representanter läggs in under Förbundet."
            )
            return
        kept = tuple(one for one in self._desk.meeting.participants if one != Participant(name=""))
        self._desk.change_fields("Hämta deltagare ur registret", participants=(*kept, *new))

    def _edited(self, row: _Row) -> None:
        place = self.rows.index(row)
        participants = list(self._desk.meeting.participants)
        participants[place] = row.participant()
        self._desk.change_fields(
            "Ändra deltagare",
            merge=f"{self._desk.meeting_id}.participant.{place}",
            participants=tuple(participants),
        )

    def _dropped(self, row: _Row) -> None:
        place = self.rows.index(row)
        self.flush()
        participants = self._desk.meeting.participants
        self._desk.change(
            "Ta bort deltagare",
            replace(self._desk.meeting, participants=(*participants[:place], *participants[place + 1 :])),
        )

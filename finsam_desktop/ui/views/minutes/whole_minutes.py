"""What concerns the minutes as a whole: opening and closing, who adjusts, and the document."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from finsam_desktop.documents import Document
from finsam_desktop.domain.association import BOARD_ROLES, Role
from finsam_desktop.domain.meeting import Adjuster
from finsam_desktop.ui.views.meeting.export import MeetingExport
from finsam_desktop.ui.views.meeting.made_documents import MadeDocuments
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.views.minutes.comment_rows import CommentRows
from finsam_desktop.ui.views.page import Page
from finsam_desktop.ui.views.parcels.link import ParcelLink
from finsam_desktop.ui.views.record.person_rows import PersonRow, PersonRows, RowParts
from finsam_desktop.ui.views.when_seen import WhenSeen
from finsam_desktop.ui.widgets.buttons import link_button
from finsam_desktop.ui.widgets.fields import DateField, TimeField
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import SectionHead
from finsam_desktop.ui.widgets.text_edits import TextField


class WholeMinutes(Page):
    """What concerns the minutes as a whole."""

    def __init__(self, desk: OpenMeeting, export: MeetingExport, parent: QWidget | None = None) -> None:
        super().__init__("Hela protokollet", text_width=720, parent=parent)
        self._desk = desk
        self.opened_at, self.closed_at = TimeField(), TimeField()
        self.adjusters = PersonRows(RowParts(name="Justerare", texts_for=(), second="Ersättare"))
        self.adjustment_place = TextField("", "Till exempel på förbundets kansli")
        self.adjustment_date = DateField(today=desk.today)
        self.documents = MadeDocuments(desk, export, Document.PROTOKOLL)
        self._add = link_button("Lägg till justerare", "plus")
        self._rows = {
            "opened_at": FormRow("Mötet öppnades", self.opened_at),
            "closed_at": FormRow("Mötet avslutades", self.closed_at),
            "adjusters": FormRow("Justerare, utöver ordföranden", self.adjusters),
            "adjustment_place": FormRow("Plats för justeringen", self.adjustment_place),
            "adjustment_date": FormRow("Justeras senast", self.adjustment_date),
        }
        self.add(SectionHead("Öppnande och avslutande"))
        self.add(FormLine((self._rows["opened_at"], 1), (self._rows["closed_at"], 1), (QWidget(), 2)))
        self.add(SectionHead("Justering"), space_before=16)
        self.add(self._rows["adjusters"])
        self._add.setSizePolicy(self._add.sizePolicy().Policy.Maximum, self._add.sizePolicy().Policy.Fixed)
        self.add(self._add)
        self.add(FormLine((self._rows["adjustment_place"], 3), (self._rows["adjustment_date"], 2)))
        self.add(SectionHead("Dokument"), space_before=16)
        self.add(self.documents)
        self.add(ParcelLink(desk))
        self.comments = CommentRows("Kommentarer om hela mötet")
        self.add(self.comments)
        self._seen = WhenSeen(self, self.refresh)
        desk.changed.connect(self._seen.changed)
        self.opened_at.changed.connect(self._opened_changed)
        self.closed_at.changed.connect(self._closed_changed)
        self.adjusters.edited.connect(self._adjusters_edited)
        self._add.clicked.connect(self._add_adjuster)
        self.adjustment_place.edited.connect(self._place_edited)
        self.adjustment_date.changed.connect(self._date_changed)
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._seen.now()

    def refresh(self) -> None:
        """Show what the meeting holds."""
        meeting, locked = self._desk.meeting, self._desk.locked
        for field, value in ((self.opened_at, meeting.opened_at), (self.closed_at, meeting.closed_at)):
            if not (field.hasFocus() and field.isModified()):
                field.set_value(value)
            field.setReadOnly(locked)
        if not (self.adjustment_date.hasFocus() and self.adjustment_date.isModified()):
            self.adjustment_date.set_value(meeting.adjustment_date)
        self.adjustment_date.setReadOnly(locked)
        self.adjustment_place.set_text(meeting.adjustment_place)
        self.adjustment_place.setReadOnly(locked)
        self.adjusters.show_rows(
            tuple(PersonRow(person_id=one.person_id, second=one.deputy_id) for one in meeting.adjusters),
            self._board(),
            seconds=(("", "Ingen ersättare"), *((i, f"Ersättare: {name}") for i, name in self._board())),
        )
        self.adjusters.setEnabled(not locked)
        self._add.setVisible(not locked)
        self.documents.refresh()
        self.comments.show_comments(tuple(one for one in self._desk.stored.comments if not one.item_id))

    def flush(self) -> None:
        """Take in what is still in the fields."""
        self.adjustment_place.flush()
        for field in (self.opened_at, self.closed_at, self.adjustment_date):
            field.editingFinished.emit()

    def mark_field(self, field: str, text: str, state: State) -> None:
        """Show a finding at its field."""
        row = self._rows.get(field)
        if row is not None:
            row.set_remark(text, state)
            self.ensureWidgetVisible(row)

    def _board(self) -> tuple[tuple[str, str], ...]:
        association, day = self._desk.association, self._desk.meeting.date
        chair = association.first_with(day, Role.CHAIR)
        people = (
            association.person(a.person_id) for a in association.appointed(day, *BOARD_ROLES, Role.DEPUTY)
        )
        adjusters = self._desk.meeting.adjusters
        named = {i for one in adjusters for i in (one.person_id, one.deputy_id)}
        return tuple(
            {p.id: p.name for p in people if p is not None and (p != chair or p.id in named)}.items()
        )

    def _change(self, label: str, **fields: Any) -> None:
        self._desk.change_fields(label, **fields)

    def _opened_changed(self, at: time | None) -> None:
        self._change("Ändra när mötet öppnades", opened_at=at)

    def _closed_changed(self, at: time | None) -> None:
        self._change("Ändra när mötet avslutades", closed_at=at)

    def _place_edited(self, text: str) -> None:
        self._change("Ändra plats för justeringen", adjustment_place=text.strip())

    def _date_changed(self, day: date | None) -> None:
        self._change("Ändra dag för justeringen", adjustment_date=day)

    def _add_adjuster(self) -> None:
        taken = {one.person_id for one in self._desk.meeting.adjusters}
        free = [person_id for person_id, _name in self._board() if person_id not in taken]
        if free:
            new = (*self._desk.meeting.adjusters, Adjuster(person_id=free[0]))
            self._change("Lägg till justerare", adjusters=new)
            self.adjusters.focus_last()

    def _adjusters_edited(self, rows: tuple[PersonRow, ...]) -> None:
        new = tuple(Adjuster(person_id=row.person_id, deputy_id=str(row.second or "")) for row in rows)
        self._change("Ändra justerare", adjusters=new)

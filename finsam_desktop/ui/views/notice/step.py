"""Kallelse: the facts of the meeting, who is called, and the document."""

from __future__ import annotations

from datetime import date, time

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from finsam_desktop.domain import wording
from finsam_desktop.domain.association import BOARD_ROLES, Role
from finsam_desktop.domain.deadlines import reached
from finsam_desktop.domain.meeting import Meeting, MeetingForm, MeetingKind, MeetingState
from finsam_desktop.ui.models.cells_model import CellsModel, TableCell, TableColumn
from finsam_desktop.ui.next_turn import NextTurn
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.meeting.export import MeetingExport
from finsam_desktop.ui.views.meeting.kinds import document_before
from finsam_desktop.ui.views.meeting.made_documents import MadeDocuments
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.views.notice.extras import BudgetDays, Cancellation, ConsultationFacts
from finsam_desktop.ui.views.notice.sending import SendingPart
from finsam_desktop.ui.views.page import Page
from finsam_desktop.ui.views.parcels.link import ParcelLink
from finsam_desktop.ui.widgets.buttons import secondary_button
from finsam_desktop.ui.widgets.fields import ChoiceField, DateField, TimeField
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import SectionHead
from finsam_desktop.ui.widgets.tables import DataTable
from finsam_desktop.ui.widgets.text_edits import TextField

CALLED = (*BOARD_ROLES, Role.DEPUTY, Role.DIRECTOR, Role.SECRETARY)
LABELS = {
    "date": "datum", "start": "starttid", "end": "sluttid", "place": "plats", "form": "form", "kind": "typ",
    "reference": "diarienummer", "notice_date": "kallelsens datum", "absence_deadline": "sista dag för frånvaro",
}  # fmt: skip


class NoticeStep(Page):
    """The step Kallelse. What comes after the document is made in the turn after the page is shown, or when it is asked
    for."""

    def __init__(self, desk: OpenMeeting, export: MeetingExport, parent: QWidget | None = None) -> None:
        super().__init__("Kallelse", text_width=760, parent=parent)
        self._desk = desk
        self.date = DateField(today=desk.today)
        self.start, self.end = TimeField(), TimeField()
        self.place, self.reference = TextField(), TextField()
        self.form = ChoiceField(tuple((form, wording.FORMS[form]) for form in MeetingForm))
        self.kind = ChoiceField(tuple((kind, wording.KINDS[kind]) for kind in MeetingKind))
        self.notice_date = DateField(today=desk.today)
        self.absence_deadline = DateField(today=desk.today)
        self.people = DataTable("Kallade")
        self._people_model = CellsModel(parent=self.people)
        self.people.setModel(self._people_model)
        self.documents = MadeDocuments(desk, export, document_before(desk.meeting.kind))
        self.budget_days, self.consultation = BudgetDays(desk), ConsultationFacts(desk)
        self._foot: tuple[SendingPart, QPushButton, Cancellation] | None = None
        self._make_page()
        self._connect()
        self.refresh()
        self._soon = NextTurn(self, self._make_foot)

    # -- what the page uses ---------------------------------------------------------------------------

    @property
    def sending(self) -> SendingPart:
        """The mail and the invitation to calendars."""
        return self._made_foot()[0]

    @property
    def cancellation(self) -> Cancellation:
        """Where the meeting is called off."""
        return self._made_foot()[2]

    @property
    def sent(self) -> QPushButton:
        """Tells that the kallelse has been sent."""
        return self._made_foot()[1]

    def panes(self) -> tuple[QWidget, ...]:
        return (self,)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._soon.start()

    def flush(self) -> None:
        for field in (self.place, self.reference):
            field.flush()
        for part in (self.budget_days, self.consultation):
            part.flush()
        if self._foot is not None:
            self.sending.flush()
            self.cancellation.flush()
        for value_field in (self.date, self.start, self.end, self.notice_date, self.absence_deadline):
            value_field.editingFinished.emit()

    def show_item(self, _item_id: str) -> None:
        """The step has no items; the first field takes the focus."""
        self.date.setFocus()

    def show_changes(self, differences: tuple[str, ...]) -> None:
        """Show what has been changed by hand in the document."""
        self.documents.show_changes(differences)
        self.ensureWidgetVisible(self.documents)

    def mark_field(self, field: str, text: str, state: State) -> None:
        """Show a finding at its field."""
        row = (self._rows | self.budget_days.rows | self.consultation.rows).get(field)
        if row is not None:
            row.set_remark(text, state)
            row.field.setFocus()
            self.ensureWidgetVisible(row)

    def refresh(self) -> None:
        """Show what the meeting holds; a field being written in stays."""
        meeting = self._desk.meeting
        for field, value in (
            (self.date, meeting.date), (self.start, meeting.start), (self.end, meeting.end),
            (self.notice_date, meeting.notice_date), (self.absence_deadline, meeting.absence_deadline),
        ):  # fmt: skip
            if not (field.hasFocus() and field.isModified()):
                field.set_value(value)  # type: ignore[arg-type]
            field.setReadOnly(self._desk.locked)
        self.place.set_text(meeting.place)
        self.reference.set_text(meeting.reference)
        self.form.set_value(meeting.form)
        self.kind.set_value(meeting.kind)
        for choice in (self.form, self.kind):
            choice.setEnabled(not self._desk.locked)
        for text in (self.place, self.reference):
            text.setReadOnly(self._desk.locked)
        self._show_people(meeting)
        invited = meeting.kind is MeetingKind.MEMBER_CONSULTATION
        self._rows["notice_date"].set_label("Inbjudan daterad" if invited else "Kallelse daterad")
        self._people_head.set_title("Bjuds in" if invited else "Kallas")
        for part in (self.budget_days, self.consultation):
            part.refresh()
        self.documents.refresh()
        if self._foot is not None:
            self._refresh_foot()

    def _refresh_foot(self) -> None:
        meeting = self._desk.meeting
        self.sending.refresh()
        self.cancellation.refresh()
        what = "Inbjudan" if meeting.kind is MeetingKind.MEMBER_CONSULTATION else "Kallelsen"
        is_sent = reached(meeting, MeetingState.NOTIFIED)
        self.sent.setText(f"Ångra att {what.lower()} är skickad" if is_sent else f"{what} är skickad")
        self.sent.setVisible(meeting.state in (MeetingState.DRAFT, MeetingState.NOTIFIED))

    # -- making ---------------------------------------------------------------------------------------

    def _make_page(self) -> None:
        rows = {
            "date": FormRow("Datum", self.date),
            "start": FormRow("Börjar", self.start),
            "end": FormRow("Slutar", self.end),
            "kind": FormRow("Typ av sammanträde", self.kind),
            "place": FormRow("Plats", self.place, "Adress, och länk för den som deltar på distans"),
            "form": FormRow("Form", self.form),
            "reference": FormRow("Diarienummer", self.reference),
            "notice_date": FormRow("Kallelse daterad", self.notice_date),
            "absence_deadline": FormRow("Frånvaro anmäls senast", self.absence_deadline),
        }
        self._rows: dict[str, FormRow] = rows
        self.add(SectionHead("Tid och plats"))
        self.add(FormLine((rows["date"], 3), (rows["start"], 2), (rows["end"], 2), (rows["kind"], 5)))
        self.add(rows["place"])
        self.add(FormLine((rows["form"], 4), (rows["reference"], 3)))
        self.add(FormLine((rows["notice_date"], 3), (rows["absence_deadline"], 3)))
        self.add(self.budget_days)
        self.add(self.consultation)
        self._people_head = SectionHead("Kallas")
        self.add(self._people_head, space_before=16)
        self.add(self.people)
        self.add(SectionHead("Dokument"), space_before=16)
        self.add(self.documents)

    def _make_foot(self) -> None:
        if self.isVisible():  # begun anew when the step is seen again; the file may be closed
            self._made_foot()

    def _made_foot(self) -> tuple[SendingPart, QPushButton, Cancellation]:
        if self._foot is None:
            theme = current_theme()
            sent = secondary_button("Kallelsen är skickad", "send")
            sent.clicked.connect(self._toggle_sent)
            self._foot = sending, _, cancellation = SendingPart(self._desk), sent, Cancellation(self._desk)
            self.add(sending, space_before=16)
            self.add(ParcelLink(self._desk))
            box = QWidget()
            column = QVBoxLayout(box)
            column.setContentsMargins(0, theme.px(4), 0, 0)
            column.addWidget(sent)
            box.setMaximumWidth(theme.px(300))
            self.add(box)
            self.add(cancellation)
            self._refresh_foot()
        return self._foot

    def _connect(self) -> None:
        self._desk.changed.connect(self.refresh)
        self.date.changed.connect(self._date_changed)
        self.start.changed.connect(self._start_changed)
        self.end.changed.connect(self._end_changed)
        self.place.edited.connect(self._place_edited)
        self.reference.edited.connect(self._reference_edited)
        self.form.chosen.connect(self._form_chosen)
        self.kind.chosen.connect(self._kind_chosen)
        self.notice_date.changed.connect(self._notice_date_changed)
        self.absence_deadline.changed.connect(self._absence_deadline_changed)
        for name in ("date", "start", "end", "notice_date", "absence_deadline"):
            self._rows[name].field.editingFinished.connect(self._show_faults)  # type: ignore[attr-defined]

    def _show_people(self, meeting: Meeting) -> None:
        association = self._desk.association
        seen: set[str] = set()
        rows = []
        consultation = meeting.kind is MeetingKind.MEMBER_CONSULTATION
        for role in (Role.MEMBER_REPRESENTATIVE, *CALLED[:2], Role.DIRECTOR) if consultation else CALLED:
            for appointment in association.appointed(meeting.date, role):
                person = association.person(appointment.person_id)
                if person is None or person.id in seen:
                    continue
                seen.add(person.id)
                member = association.member(appointment.member_id)
                word = appointment.title or wording.ROLES[role]
                rows.append(
                    (
                        TableCell(text=person.name),
                        TableCell(text=word.capitalize()),
                        TableCell(text=member.name if member is not None else "", tone="text2"),
                        TableCell(text=person.email or "E-post saknas", tone="text2"),
                    )
                )
        # A column of nothing but missing addresses says nothing.
        shown = 4 if any(person.email for person in association.people) else 3
        columns = tuple(TableColumn(title=title) for title in ("Namn", "Uppdrag", "Utsedd av", "E-post"))
        self._people_model.set_table(columns[:shown], tuple(row[:shown] for row in rows))
        self.people.stretch_column(shown - 1)
        self.people.fit_height()
        self._people_head.set_fact(f"{len(rows)} personer")

    # -- changing -------------------------------------------------------------------------------------

    def _change(self, field: str, value: object) -> None:
        self._rows[field].set_remark("")
        self._desk.change_fields(
            f"Ändra {LABELS[field]}", merge=f"{self._desk.meeting_id}.{field}", **{field: value}
        )

    def _show_faults(self) -> None:
        for name in ("date", "start", "end", "notice_date", "absence_deadline"):
            row = self._rows[name]
            fault = row.field.fault()  # type: ignore[attr-defined]
            if fault or row.field.property("state"):
                row.set_remark(fault, State.MUST_MEND)

    def _date_changed(self, day: date | None) -> None:
        if day is None:
            self.date.set_value(self._desk.meeting.date)
            return
        self._change("date", day)

    def _start_changed(self, at: time | None) -> None:
        self._change("start", at)

    def _end_changed(self, at: time | None) -> None:
        self._change("end", at)

    def _place_edited(self, text: str) -> None:
        self._change("place", text.strip())

    def _reference_edited(self, text: str) -> None:
        self._change("reference", text.strip())

    def _form_chosen(self, form: MeetingForm) -> None:
        self._change("form", form)

    def _kind_chosen(self, kind: MeetingKind) -> None:
        self._change("kind", kind)

    def _notice_date_changed(self, day: date | None) -> None:
        self._change("notice_date", day)

    def _absence_deadline_changed(self, day: date | None) -> None:
        self._change("absence_deadline", day)

    def _toggle_sent(self) -> None:
        self.flush()
        invited = self._desk.meeting.kind is MeetingKind.MEMBER_CONSULTATION
        what = "Inbjudan" if invited else "Kallelsen"
        if reached(self._desk.meeting, MeetingState.NOTIFIED):
            self._desk.change_fields(f"{what} är inte skickad", state=MeetingState.DRAFT)
        else:
            day = self._desk.meeting.notice_date or self._desk.today
            self._desk.change_fields(f"{what} är skickad", state=MeetingState.NOTIFIED, notice_date=day)

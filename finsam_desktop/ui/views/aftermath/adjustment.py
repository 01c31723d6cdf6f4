"""Justering: who adjusts and when, §§ adjusted at once, and corrections beside what was adjusted."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from finsam_desktop.domain import adjusting, deadlines, sealing, wording
from finsam_desktop.domain.agenda import walk
from finsam_desktop.domain.association import Role
from finsam_desktop.domain.meeting import Meeting, MeetingState, Signing
from finsam_desktop.ui.models.cells_model import KEY_ROLE, CellsModel, TableCell, TableColumn
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.meeting.facts import brief
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.views.parcels.link import ParcelLink
from finsam_desktop.ui.widgets.buttons import secondary_button
from finsam_desktop.ui.widgets.fields import ChoiceField, DateField
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.prose_line import ProseLine
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Label, SectionHead
from finsam_desktop.ui.widgets.tables import DataTable
from finsam_desktop.ui.widgets.text_edits import TextField

COLUMNS = tuple(TableColumn(title=title) for title in ("Namn", "Roll", "Hur", "Datum", ""))
HOW, VERB = 2, 4
MANNERS = {Signing.PAPER: "På papper", Signing.ELECTRONIC: "E-underskrift"}
AT_ONCE = tuple(TableColumn(title=title) for title in ("§", "Ärende", "Omedelbart justerad", ""))


class AdjustmentSection(QWidget):
    """The signers, and the §§ that are adjusted at once."""

    def __init__(self, desk: OpenMeeting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._desk = desk
        self.head = SectionHead("Justering")
        self.sent = DateField(today=desk.today)
        self.adjusted_on = DateField(today=desk.today)
        self.day = DateField(desk.today, today=desk.today)
        self.adjusted_row = FormRow("Protokollet justerades", self.adjusted_on)
        self.day_row = FormRow("Dag för justeringen", self.day)
        self.sent_row = FormRow("Skickat för justering", self.sent)
        self.table = DataTable("Justerare")
        self.model = CellsModel(COLUMNS, parent=self.table)
        self.table.setModel(self.model)
        self.table.stretch_column(0)
        self._at_once_text = Label("Paragrafer som styrelsen har justerat omedelbart", "label", "text2")
        self.at_once = DataTable("Omedelbart justerade paragrafer")
        self.at_once_model = CellsModel(AT_ONCE, parent=self.at_once)
        self.at_once.setModel(self.at_once_model)
        self.at_once.stretch_column(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.head)
        column.addWidget(
            FormLine((self.sent_row, 1), (self.day_row, 1), (self.adjusted_row, 1), (QWidget(), 1))
        )
        column.addWidget(self.table)
        column.addWidget(ParcelLink(desk))
        column.addWidget(self._at_once_text)
        column.addWidget(self.at_once)
        self.table.verb_clicked.connect(self._pressed)
        self.at_once.verb_clicked.connect(self._adjust_at_once)
        self.sent.changed.connect(self._sent_changed)
        self.adjusted_on.changed.connect(self._adjusted_changed)

    def refresh(self) -> None:
        """Show who has adjusted."""
        desk, meeting = self._desk, self._desk.stored
        adjusted = deadlines.reached(meeting, MeetingState.ADJUSTED)
        held = deadlines.reached(meeting, MeetingState.HELD)
        open_to_write = held and not adjusted and not desk.session.read_only
        for field, day in ((self.sent, meeting.sent_for_adjustment), (self.adjusted_on, meeting.adjusted_on)):
            if not (field.hasFocus() and field.isModified()):
                field.set_value(day)
        self.adjusted_row.setVisible(adjusted)
        self.day_row.setVisible(open_to_write)
        self.sent.setReadOnly(desk.session.read_only)
        self.adjusted_on.setReadOnly(sealing.whole_seal(meeting) is not None or desk.session.read_only)
        self.head.set_fact(_fact(meeting, desk.today))
        people = adjusting.signers(meeting, desk.association)
        self.model.set_table(COLUMNS, tuple(_signer(one, meeting, open_to_write) for one in people))
        self.table.fit_height()
        self._show_at_once(meeting, open_to_write)

    def _show_at_once(self, meeting: Meeting, open_to_write: bool) -> None:
        done = {item_id: seal.adjusted_on for seal in meeting.seals for item_id in seal.items}
        marked = [
            item
            for item in self._desk.session.as_read(meeting).items
            if item.id in done or any(one.decision.immediately_adjusted for one in walk((item,)))
        ]
        sections = self._desk.sections()
        rows = []
        for item in marked:
            day = done.get(item.id)
            verb = "Anteckna justeringen" if day is None and open_to_write else ""
            rows.append(
                (
                    TableCell(text=f"§\u00a0{sections.get(item.id, '')}"),
                    TableCell(text=item.minutes_title or item.title),
                    TableCell(
                        text=brief(day) if day is not None else "Inte antecknad",
                        state=State.DONE if day is not None else State.NOT_BEGUN,
                    ),
                    TableCell(text=verb, verb=bool(verb), key=item.id),
                )
            )
        self.at_once_model.set_table(AT_ONCE, tuple(rows))
        self.at_once.fit_height()
        for widget in (self._at_once_text, self.at_once):
            widget.setVisible(bool(rows))

    # -- changing -------------------------------------------------------------------------------------

    def _sent_changed(self, day: date | None) -> None:
        desk = self._desk
        desk.change_stored("Skickat för justering", adjusting.send_out(desk.stored, day))

    def _adjusted_changed(self, day: date | None) -> None:
        if day is None or sealing.whole_seal(self._desk.stored) is not None:
            self.adjusted_on.set_value(self._desk.stored.adjusted_on)
            return
        self._desk.change_fields("Ändra justeringens dag", adjusted_on=day)

    def _pressed(self, index: QModelIndex) -> None:
        person_id = str(index.data(KEY_ROLE) or "")
        desk, meeting = self._desk, self._desk.stored
        signer = next(
            (s for s in adjusting.signers(meeting, desk.association) if s.person_id == person_id), None
        )
        if signer is None:
            return
        signed = signer.signature
        if index.column() == HOW and signed is not None:
            other = Signing.PAPER if signed.manner is Signing.ELECTRONIC else Signing.ELECTRONIC
            after = adjusting.sign(meeting, person_id, signed.signed_on, other)
            desk.change_stored(f"{signer.name}: {MANNERS[other].lower()}", after)
        elif signed is not None:
            desk.change_stored(f"{signer.name} har inte justerat", adjusting.sign(meeting, person_id, None))
        else:
            electronic = desk.association.rules.electronic_signing
            manner = Signing.ELECTRONIC if electronic else Signing.PAPER
            day = self.day.value() or desk.today
            desk.change_stored(f"{signer.name} har justerat", adjusting.sign(meeting, person_id, day, manner))

    def _adjust_at_once(self, index: QModelIndex) -> None:
        item_id = str(index.data(KEY_ROLE) or "")
        desk = self._desk
        if not item_id:
            return
        after = adjusting.adjust_items(
            desk.stored,
            desk.association,
            desk.meetings,
            (item_id,),
            at=desk.session.now,
            by=desk.session.user,
        )
        desk.change_stored("Justera paragrafen omedelbart", after, tell=True)


def _fact(meeting: Meeting, today: date) -> str:
    last = deadlines.adjustment_day(meeting)
    if meeting.adjusted_on is None:
        return f"Senast {wording.short_date(last)}, {wording.days_from(last, today)}"
    days = (last - meeting.adjusted_on).days
    return f"{days} dagar före sista dag" if days > 1 else "I tid" if days >= 0 else "Efter sista dag"


def _signer(one: adjusting.Signer, meeting: Meeting, can_write: bool) -> tuple[TableCell, ...]:
    signed = one.signature
    how = MANNERS[signed.manner] if signed is not None else "–"
    day = brief(signed.signed_on) if signed is not None else "Inte justerat"
    if signed is None and meeting.adjusted_on is not None:
        day = brief(meeting.adjusted_on)
    done = signed is not None or meeting.adjusted_on is not None
    verb = "" if not can_write else "Har inte justerat" if signed is not None else "Har justerat"
    return (
        TableCell(text=one.name),
        TableCell(text=one.role[:1].upper() + one.role[1:]),
        TableCell(text=how, verb=can_write and signed is not None, key=one.person_id),
        TableCell(text=day, state=State.DONE if done else State.NOT_BEGUN),
        TableCell(text=verb, verb=bool(verb), key=one.person_id),
    )


class CorrectionsSection(QWidget):
    """Rättelser: what stands beside the adjusted minutes, and a form for one more."""

    def __init__(self, desk: OpenMeeting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._desk = desk
        self.head = SectionHead("Rättelser")
        self.told = Label("", "body", wrap=True)
        self.section = ChoiceField()
        self.old, self.new = ProseLine(), ProseLine()
        self.by = TextField(placeholder="Namn, roll")
        self.add = secondary_button("Skriv rättelsen", "pencil")
        self.old_row = FormRow("Det som står", self.old)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.head)
        column.addWidget(self.told)
        self.form = QWidget()
        form = QVBoxLayout(self.form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(theme.px(8))
        form.addWidget(FormLine((FormRow("Var", self.section), 1), (FormRow("Vem rättar", self.by), 1)))
        form.addWidget(FormLine((self.old_row, 1), (FormRow("Det som ska stå", self.new), 1)))
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.add)
        row.addStretch(1)
        form.addWidget(buttons)
        column.addWidget(self.form)
        self.add.clicked.connect(self.write)

    def refresh(self) -> None:
        """Show the corrections; the section is there when the minutes are adjusted."""
        desk, meeting = self._desk, self._desk.stored
        adjusted = deadlines.reached(meeting, MeetingState.ADJUSTED)
        self.setVisible(adjusted)
        said = [adjusting.correction_sentence(one) for one in meeting.corrections]
        self.told.setText(
            "\n".join(said) or "Det justerade ändras inte. En rättelse skrivs bredvid, med dag och namn."
        )
        self.told.set_look("body", "text" if said else "text2")
        self.form.setVisible(not desk.session.read_only)
        sections = desk.sections()
        choices = (
            ("", "Framsidan"),
            *(
                (item.id, f"§ {sections[item.id]} {item.title}")
                for item in desk.session.as_read(meeting).items
                if item.id in sections
            ),
        )
        if tuple(self.section._values) != tuple(value for value, _ in choices):
            kept = self.section.value()
            self.section.set_choices(choices)
            self.section.set_value(kept if kept is not None else "")
        if not self.by.text():
            secretary = desk.association.first_with(meeting.date, Role.SECRETARY)
            self.by.set_text(f"{secretary.name}, sekreterare" if secretary is not None else desk.session.user)

    def write(self) -> None:
        """Add the correction that the form holds."""
        desk = self._desk
        try:
            after = adjusting.correct(
                desk.stored,
                str(self.section.value() or ""),
                self.old.text(),
                self.new.text(),
                by=self.by.text(),
                on=desk.today,
            )
        except ValueError as error:
            self.old_row.set_remark(str(error), State.CONSIDER)
            return
        self.old_row.set_remark("")
        if desk.change_stored("Skriv en rättelse", after, tell=True):
            for field in (self.old, self.new):
                field.flush()
                field.set_text("")

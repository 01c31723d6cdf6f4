"""Parts of the step Kallelse that only some meetings have: the days before the budget, who convenes a consultation,
and calling a meeting off."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from finsam_desktop.domain.agenda import walk
from finsam_desktop.domain.deadlines import fixes_budget, reached
from finsam_desktop.domain.meeting import Meeting, MeetingKind, MeetingState
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.widgets.buttons import link_button
from finsam_desktop.ui.widgets.fields import DateField
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.prose_line import ProseLine
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Label, SectionHead
from finsam_desktop.ui.widgets.text_edits import TextField

DAYS = {
    "consulted_on": ("Samråd med medlemmarna", "23 § finsamlagen, före sammanträdet."),
    "public_announced": ("Sammanträdet tillkännagivet", "19 § finsamlagen, så som förbundsordningen anger."),
    "budget_published": (
        "Budgetförslaget på webbplatsen",
        "KL 8 kap. 14 §, senast samma dag som tillkännagivandet.",
    ),
}


def is_budget_meeting(meeting: Meeting) -> bool:
    """Whether the budget is fixed there, by the meeting's kind or by an item."""
    if meeting.kind is MeetingKind.BUDGET:
        return True
    return meeting.kind.decides and any(fixes_budget(item) for item in walk(meeting.items))


class _Part(QWidget):
    """A section of the page that comes and goes with the meeting."""

    def __init__(self, desk: OpenMeeting, title: str) -> None:
        super().__init__()
        self._desk = desk
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, current_theme().px(8), 0, 0)
        self._column.setSpacing(current_theme().px(12))
        if title:
            self._column.addWidget(SectionHead(title))


class BudgetDays(_Part):
    """The three days that come before the budget is fixed (R19, R41, R42)."""

    def __init__(self, desk: OpenMeeting) -> None:
        super().__init__(desk, "Före budgetsammanträdet")
        self.fields = {name: _Day(desk, name) for name in DAYS}
        self.rows = {
            name: FormRow(DAYS[name][0], field, DAYS[name][1]) for name, field in self.fields.items()
        }
        self._column.addWidget(FormLine(*((row, 1) for row in self.rows.values())))

    def refresh(self) -> None:
        """Show the days; a day after the meeting is told under its field."""
        meeting = self._desk.meeting
        self.setVisible(is_budget_meeting(meeting))
        for name, field in self.fields.items():
            value = getattr(meeting, name)
            if not (field.hasFocus() and field.isModified()):
                field.set_value(value)
            field.setReadOnly(self._desk.locked)
            late = value is not None and value > meeting.date
            text = field.fault() or ("Dagen är efter sammanträdet." if late else "")
            self.rows[name].set_remark(text, State.MUST_MEND if field.fault() else State.CONSIDER)

    def flush(self) -> None:
        for field in self.fields.values():
            field.editingFinished.emit()


class _Day(DateField):
    """A day of the meeting that changes its field."""

    def __init__(self, desk: OpenMeeting, name: str) -> None:
        super().__init__(today=desk.today)
        self._desk, self._name = desk, name
        self.changed.connect(self._store)

    def _store(self, day: object) -> None:
        after = replace(self._desk.meeting, **{self._name: day})  # type: ignore[arg-type]
        self._desk.change(f"Ändra {DAYS[self._name][0].lower()}", after)


class ConsultationFacts(_Part):
    """Who convenes a consultation, and which other associations it is held together with (R54)."""

    def __init__(self, desk: OpenMeeting) -> None:
        super().__init__(desk, "Samrådet")
        self.convener, self.associations = TextField(), TextField()
        self.rows = {
            "convener": FormRow(
                "Sammankallande", self.convener, "Den medlem som kallar, till exempel Regionstyrelsen."
            ),
            "associations": FormRow(
                "Andra förbund",
                self.associations,
                "När flera förbund håller samrådet tillsammans. Skilj med semikolon.",
            ),
        }
        for row in self.rows.values():
            self._column.addWidget(row)
        self.convener.edited.connect(self._convener_edited)
        self.associations.edited.connect(self._associations_edited)

    def refresh(self) -> None:
        """Show what the meeting holds."""
        meeting = self._desk.meeting
        self.setVisible(meeting.kind is MeetingKind.MEMBER_CONSULTATION)
        self.convener.set_text(meeting.convener)
        self.associations.set_text("; ".join(meeting.associations))
        for field in (self.convener, self.associations):
            field.setReadOnly(self._desk.locked)

    def flush(self) -> None:
        self.convener.flush()
        self.associations.flush()

    def _convener_edited(self, text: str) -> None:
        self._desk.change_fields("Ändra sammankallande", merge="convener", convener=text.strip())

    def _associations_edited(self, text: str) -> None:
        names = tuple(name.strip() for name in text.split(";") if name.strip())
        self._desk.change_fields("Ändra andra förbund", merge="associations", associations=names)


class Cancellation(_Part):
    """Calling the meeting off, and taking that back."""

    def __init__(self, desk: OpenMeeting) -> None:
        super().__init__(desk, "")
        self.call_off = link_button("Ställ in sammanträdet", "x")
        self.reason = ProseLine()
        self._told = Label("", "body_medium", "warn", wrap=True)
        self._row = FormRow("Orsak", self.reason, "Står i listan över sammanträden.")
        self.call_off.clicked.connect(self.toggle)
        self.reason.edited.connect(self._reason_edited)
        self._column.addWidget(self._told)
        self._column.addWidget(self._row)
        self._column.addWidget(self.call_off, 0, Qt.AlignmentFlag.AlignLeft)

    def refresh(self) -> None:
        """Show whether the meeting is called off; a meeting that was held cannot be."""
        meeting = self._desk.meeting
        day = meeting.cancelled_on
        self.setVisible(day is not None or not reached(meeting, MeetingState.HELD))
        self._told.setVisible(day is not None)
        self._row.setVisible(day is not None)
        self._told.setText(f"Inställt den {day}. Ärendena får inga paragrafer." if day is not None else "")
        self.reason.set_text(meeting.cancel_reason)
        self.call_off.setText("Håll sammanträdet ändå" if day is not None else "Ställ in sammanträdet")
        self.call_off.setEnabled(not self._desk.locked)

    def flush(self) -> None:
        self.reason.flush()

    def toggle(self) -> None:
        """Call off, or take it back; both can be undone."""
        if self._desk.meeting.cancelled_on is not None:
            self._desk.change_fields("Håll sammanträdet ändå", cancelled_on=None, cancel_reason="")
        elif not reached(self._desk.meeting, MeetingState.HELD):
            if self._desk.change_fields("Ställ in sammanträdet", cancelled_on=self._desk.today):
                self._desk.tell("Sammanträdet är inställt.", undo=True)
                self.reason.setFocus()

    def _reason_edited(self, text: str) -> None:
        if self._desk.meeting.cancelled_on is not None:
            self._desk.change_fields("Orsak till inställt", merge="cancel_reason", cancel_reason=text.strip())

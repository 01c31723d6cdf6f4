"""The form for a new meeting: when, where, what kind. The rest comes from the frame and last time."""

from __future__ import annotations

from datetime import date, time

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from finsam_desktop.domain import wording
from finsam_desktop.domain.catalogue_use import new_meeting
from finsam_desktop.domain.meeting import Meeting, MeetingForm, MeetingKind
from finsam_desktop.files.catalogue_files import standard_templates
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.views.meeting.kinds import LINES
from finsam_desktop.ui.widgets.buttons import link_button, primary_button
from finsam_desktop.ui.widgets.fields import ChoiceField, DateField, TimeField
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Label, Pane
from finsam_desktop.ui.widgets.text_edits import TextField


class NewMeetingForm(Pane):
    """Makes a meeting with its frame. ``made(str)`` gives its id, ``closed()`` when the user changes mind."""

    made = Signal(str)
    closed = Signal()

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__("sunk", "bottom", parent)
        self._shell = shell
        theme = current_theme()
        self._date = DateField(today=shell.session.today)
        self._start, self._end = TimeField(), TimeField()
        self._kind = ChoiceField(tuple(wording.KINDS.items()))
        self._form = ChoiceField(tuple(wording.FORMS.items()))
        self._place = TextField()
        self._date_row = FormRow("Datum", self._date, "Till exempel 2027-02-11.")
        self.button: QPushButton = primary_button("Skapa sammanträdet", "calendar-plus")
        self.button.clicked.connect(self._make)
        cancel = link_button("Avbryt")
        cancel.clicked.connect(self.closed)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        buttons.addWidget(self.button)
        buttons.addWidget(cancel)
        buttons.addStretch(1)
        inner = QWidget()
        inner.setMaximumWidth(theme.px(720))
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addWidget(Label("Nytt sammanträde", "section"))
        column.addWidget(
            FormLine(
                (self._date_row, 3),
                (FormRow("Börjar", self._start), 2),
                (FormRow("Slutar", self._end), 2),
                (FormRow("Typ", self._kind), 4),
            )
        )
        column.addWidget(FormLine((FormRow("Plats", self._place), 5), (FormRow("Form", self._form), 3)))
        self._about = Label(LINES[MeetingKind.ORDINARY], "meta", "text2", wrap=True)
        self._kind.currentIndexChanged.connect(self._tell_kind)
        column.addWidget(self._about)
        column.addLayout(buttons)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(theme.px(28), theme.px(20), theme.px(28), theme.px(20))
        outer.addWidget(inner, 4)
        outer.addStretch(1)

    def start(self) -> None:
        """Fill in what was so last time, and put the cursor in the date."""
        meetings = self._shell.session.meetings
        last = meetings[-1] if meetings else None
        self._date.set_value(None)
        self._date_row.set_remark("")
        self._start.set_value(last.start if last else time(9, 0))
        self._end.set_value(last.end if last else time(12, 0))
        self._place.set_text(last.place if last else "")
        self._form.set_value(last.form if last else MeetingForm.IN_PERSON)
        self._kind.set_value(MeetingKind.ORDINARY)
        self._date.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _tell_kind(self, _index: int) -> None:
        """One line about the kind that is chosen."""
        kind = self._kind.value()
        if isinstance(kind, MeetingKind):
            self._about.setText(LINES[kind])

    def _make(self) -> None:
        day = self._date.value()
        kind, form = self._kind.value(), self._form.value()
        if (
            not isinstance(day, date)
            or not isinstance(kind, MeetingKind)
            or not isinstance(form, MeetingForm)
        ):
            self._date_row.set_remark("Skriv datum, till exempel 2027-02-11.", State.MUST_MEND)
            self._date.setFocus()
            return
        session = self._shell.session
        made: Meeting = new_meeting(
            kind,
            day,
            session.association,
            standard_templates(),
            start=self._start.value(),
            end=self._end.value(),
            place=self._place.text(),
            form=form,
            meetings=session.meetings,
            today=session.today,
        )
        name = "sammanträde" if kind.decides else wording.KINDS[kind].lower()
        if session.change(f"Nytt {name} {day}", None, made):
            self.made.emit(made.id)

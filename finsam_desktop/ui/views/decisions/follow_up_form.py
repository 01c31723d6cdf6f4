"""What is to be done after one decision: who, by when, how far it has come. Each field changes the meeting."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QScrollArea, QVBoxLayout, QWidget

from finsam_desktop.domain import wording
from finsam_desktop.domain.decisions import FollowUp, FollowUpState
from finsam_desktop.domain.register import OUTCOMES, DecisionEntry, responsible_people, with_follow_up
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.widgets.buttons import link_button
from finsam_desktop.ui.widgets.fields import ChoiceField, DateField
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Label, Link, Pane
from finsam_desktop.ui.widgets.text_edits import GrowingTextEdit, TextField

STATES = (
    (FollowUpState.OPEN, "Pågår"),
    (FollowUpState.DONE, "Klart"),
    (FollowUpState.DROPPED, "Utgår"),
)


class FollowUpForm(Pane):
    """The form beside the list of decisions. The first thing that is written makes the assignment."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__("base", "left", parent)
        self._shell = shell
        self._entry: DecisionEntry | None = None
        self._title = Label("", "section", wrap=True)
        self._facts = Label("", "meta", "text2", wrap=True)
        self._words = Label("", "body", wrap=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._go = Link("Visa i sammanträdet")
        self._go.activated.connect(self._show_meeting)
        self._task, self._report = GrowingTextEdit(min_lines=2), GrowingTextEdit(min_lines=2)
        self._responsible = TextField()
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self._responsible)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._responsible.setCompleter(completer)
        self._due = DateField(today=shell.session.today)
        self._state = ChoiceField(STATES)
        self._state.setPlaceholderText("Inget uppdrag")
        self._reported = DateField(today=shell.session.today)
        self._due_row = FormRow("Senast", self._due)
        self._reported_row = FormRow("Rapporterat", self._reported)
        self._drop = link_button("Ta bort uppföljningen", "trash-2")
        self._lay_out()
        self._task.edited.connect(self._task_edited)
        self._report.edited.connect(self._report_edited)
        self._responsible.edited.connect(self._responsible_edited)
        self._due.changed.connect(self._due_changed)
        self._due.editingFinished.connect(self._show_faults)
        self._reported.changed.connect(self._reported_changed)
        self._reported.editingFinished.connect(self._show_faults)
        self._state.chosen.connect(self._state_chosen)
        self._drop.clicked.connect(self._remove)

    def _lay_out(self) -> None:
        theme = current_theme()
        inner = QWidget()
        inner.setMaximumWidth(theme.px(560))
        column = QVBoxLayout(inner)
        column.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16))
        column.setSpacing(theme.px(12))
        for widget in (self._title, self._facts, self._words, self._go):
            column.addWidget(widget)
        column.addSpacing(theme.px(4))
        self._task_row = FormRow("Vad som ska göras", self._task)
        column.addWidget(self._task_row)
        column.addWidget(FormLine((FormRow("Ansvarig", self._responsible), 4), (self._due_row, 3)))
        column.addWidget(FormLine((FormRow("Läge", self._state), 4), (self._reported_row, 3)))
        column.addWidget(
            FormRow(
                "Återrapport", self._report, "Följer med till nästa dagordning, under Uppföljning av beslut."
            )
        )
        column.addWidget(self._drop, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setAccessibleName("Uppföljning")
        ground = Pane("base")
        outer = QVBoxLayout(ground)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(inner)
        scroll.setWidget(ground)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(1, 0, 0, 0)
        frame.addWidget(scroll)

    # -- showing --------------------------------------------------------------------------------------

    def show_entry(self, entry: DecisionEntry | None) -> None:
        """Show a decision; what is being written for another one is taken in first."""
        if entry is None or self._entry is None or not _same(entry, self._entry):
            self.flush()
        self._entry = entry
        self.setEnabled(entry is not None)
        if entry is None:
            self._title.setText("Välj ett beslut i listan.")
            for label in (self._facts, self._words):
                label.setText("")
            return
        follow_up = entry.follow_up or FollowUp()
        self._title.setText(f"{entry.label}  {entry.title}")
        day = f"{wording.short_date(entry.meeting.date)} {entry.meeting.date.year}"
        self._facts.setText(f"{OUTCOMES[entry.item.decision.outcome]}  ·  {day}")
        self._words.setText("\n".join(entry.words.split("; ")) if entry.clauses else "")
        self._words.setVisible(bool(entry.clauses))
        self._task.set_text(follow_up.task)
        self._report.set_text(follow_up.report)
        self._responsible.set_text(follow_up.responsible)
        for field, value in ((self._due, follow_up.due), (self._reported, follow_up.reported_on)):
            if not (field.hasFocus() and field.isModified()):
                field.set_value(value)
        self._state.set_value(follow_up.state if entry.follow_up is not None else None)
        self._drop.setVisible(entry.follow_up is not None)

    def texts(self) -> tuple[TextField | GrowingTextEdit, ...]:
        """The fields that may hold text that is not yet taken in."""
        return (self._task, self._responsible, self._report)

    def flush(self) -> None:
        """Take in what is being typed."""
        for field in self.texts():
            field.flush()
        for value in (self._due, self._reported):
            value.editingFinished.emit()

    def focus_task(self) -> None:
        """Put the cursor in the first field."""
        self._task.setFocus()

    def known_people(self, entries: tuple[DecisionEntry, ...]) -> None:
        """Offer the names that are responsible for something already, and the register's people."""
        names = {*responsible_people(entries), *(p.name for p in self._shell.session.association.people)}
        self._names.setStringList(sorted(names - {""}, key=str.casefold))

    # -- changing -------------------------------------------------------------------------------------

    def _task_edited(self, text: str) -> None:
        self._change("task", task=text.strip())

    def _responsible_edited(self, text: str) -> None:
        self._change("responsible", responsible=text.strip())

    def _report_edited(self, text: str) -> None:
        entry = self._entry
        known = entry.follow_up.reported_on if entry is not None and entry.follow_up is not None else None
        day = (known or self._shell.session.today) if text.strip() else None
        self._change("report", report=text.strip(), reported_on=day)

    def _due_changed(self, day: object) -> None:
        self._change("due", due=day)

    def _reported_changed(self, day: object) -> None:
        self._change("reported_on", reported_on=day)

    def _state_chosen(self, state: object) -> None:
        self._change("state", state=state)

    def _show_faults(self) -> None:
        for row, field in ((self._due_row, self._due), (self._reported_row, self._reported)):
            row.set_remark(field.fault(), State.MUST_MEND)

    def _change(self, field: str, **values: Any) -> None:
        entry = self._entry
        if entry is None:
            return
        session = self._shell.session
        before = session.meeting(entry.meeting.id)
        current = entry.follow_up or FollowUp()
        after = with_follow_up(before, entry.item.id, replace(current, **values))
        session.change(
            f"Uppföljning av {entry.label}", before, after, merge=f"follow_up:{entry.item.id}:{field}"
        )

    def _remove(self) -> None:
        entry = self._entry
        if entry is not None:
            before = self._shell.session.meeting(entry.meeting.id)
            after = with_follow_up(before, entry.item.id, None)
            self._shell.session.change(f"Ta bort uppföljningen av {entry.label}", before, after, tell=True)

    def _show_meeting(self) -> None:
        if self._entry is not None:
            self._shell.go("meeting", f"{self._entry.meeting.id}/narvaro/{self._entry.item.id}")


def _same(entry: DecisionEntry, other: DecisionEntry) -> bool:
    return (entry.meeting.id, entry.item.id) == (other.meeting.id, other.item.id)

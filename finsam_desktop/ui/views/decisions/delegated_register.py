"""Delegated decisions and the delegations they rest on (10 § finsamlagen): two tabs of Beslut."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from finsam_desktop.domain import wording
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.delegation import DelegatedDecision, Delegation, reported, unreported
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.ui.models.row_model import Row
from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.views.meeting.facts import brief
from finsam_desktop.ui.views.register_pane import RegisterPane
from finsam_desktop.ui.widgets.buttons import secondary_button
from finsam_desktop.ui.widgets.fields import ChoiceField, DateField
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.rows import MetaPart
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.text_edits import TextField


def left_aligned(button: QWidget) -> QWidget:
    """A row with the button at its own width."""
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(button)
    row.addStretch(1)
    return box


class DelegatedRegister(RegisterPane):
    """The decisions, those that wait for a meeting first."""

    EMPTY = (
        "Inga delegationsbeslut än.",
        "Anteckna beslut som fattas på delegation, så föreslås de för anmälan på nästa dagordning.",
    )

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(
            shell, "Delegationsbeslut", "Nytt delegationsbeslut", "Ta bort delegationsbeslutet", parent
        )
        self._text, self._by, self._reference = TextField(), TextField(), TextField()
        self._day = DateField(today=shell.session.today)
        self._delegation, self._meeting = ChoiceField(), ChoiceField()
        self._groups_shown: tuple[tuple[object, str], ...] = ()
        self._meetings_shown: tuple[tuple[object, str], ...] = ()
        for field in self.texts():
            field.edited.connect(self._take)
        self._day.changed.connect(self._take)
        self._day.editingFinished.connect(self._show_fault)
        for choice in (self._delegation, self._meeting):
            choice.chosen.connect(self._take)
        self._day_row = FormRow("Beslutat", self._day)
        self._report = secondary_button("Anmäl dem som väntar", "check")
        self._report.clicked.connect(self.report)
        self.lay_out(
            FormRow("Beslut", self._text),
            FormLine((self._day_row, 3), (FormRow("Beslutat av", self._by), 4)),
            FormLine(
                (FormRow("Delegation", self._delegation), 4), (FormRow("Diarienummer", self._reference), 3)
            ),
            FormRow(
                "Anmält vid",
                self._meeting,
                "Sätts för alla som väntar med knappen nedan, efter sammanträdet.",
            ),
            left_aligned(self._report),
            width=600,
            note="Beslut som fattas på delegation ska anmälas till styrelsen (10 § finsamlagen). De som väntar "
            "föreslås på nästa dagordning.",
        )

    # -- what the register asks -----------------------------------------------------------------------

    def rows(self) -> tuple[Row, ...]:
        session = self._shell.session
        decisions = sorted(
            session.association.delegated_decisions, key=lambda one: one.decided_on, reverse=True
        )
        days = {meeting.id: meeting.date for meeting in session.meetings}
        waiting = [one for one in decisions if not one.reported_at]
        told = [one for one in decisions if one.reported_at]
        rows: list[Row] = []
        for title, group in (("Att anmäla", waiting), ("Anmälda", told)):
            if group:
                rows.append(Row(title=title, heading=True, time=str(len(group))))
            rows += [_row(one, days.get(one.reported_at)) for one in group]
        return tuple(rows)

    def texts(self) -> tuple[TextField, ...]:
        return (self._text, self._by, self._reference)

    def fill(self) -> bool:
        self._offer()
        decision = self._decision()
        if decision is None:
            return False
        self._text.set_text(decision.text)
        self._by.set_text(decision.decided_by)
        self._reference.set_text(decision.reference)
        if not (self._day.hasFocus() and self._day.isModified()):
            self._day.set_value(decision.decided_on)
        self._delegation.set_value(decision.delegation_id)
        self._meeting.set_value(decision.reported_at)
        return True

    def add(self) -> None:
        session = self._shell.session
        director = next((d.delegate for d in session.association.delegations if d.delegate), "Förbundschefen")
        made = DelegatedDecision(decided_on=session.today, decided_by=director, text="Nytt delegationsbeslut")
        self._change("Lägg till delegationsbeslut", lambda all_: (*all_, made))
        self.choose(made.id)
        self._text.setFocus()
        self._text.selectAll()

    def remove(self) -> None:
        shown = self.shown
        self._change(
            "Ta bort delegationsbeslut", lambda all_: tuple(one for one in all_ if one.id != shown), tell=True
        )

    # -- reporting ------------------------------------------------------------------------------------

    def next_report(self) -> tuple[Meeting, int] | None:
        """The meeting at which what waits was or will be told, and how many wait; None when nothing does."""
        session = self._shell.session
        board = [m for m in session.meetings if m.kind.decides and m.cancelled_on is None]
        decisions = session.association.delegated_decisions
        past = [m for m in board if m.date <= session.today and unreported(decisions, m.date)]
        meeting = past[-1] if past else next((m for m in board if m.date > session.today), None)
        count = len(unreported(decisions, meeting.date)) if meeting is not None else 0
        return (meeting, count) if meeting is not None and count else None

    def report(self) -> None:
        """Write down that what waits was told at the meeting."""
        self.flush()
        told = self.next_report()
        if told is None:
            return
        meeting, count = told
        label = f"Anmäl {count} delegationsbeslut {brief(meeting.date)}"
        self._change(label, lambda all_: reported(all_, meeting.id, meeting.date), tell=True)

    def _offer(self) -> None:
        """Fill the choices, and say on the button which meeting it means."""
        session = self._shell.session
        groups = tuple((one.id, one.group or "Utan namn") for one in session.association.delegations)
        choices: tuple[tuple[object, str], ...] = (("", "Ingen angiven"), *groups)
        if choices != self._groups_shown:
            self._groups_shown = choices
            self._delegation.set_choices(choices)
        board = [m for m in reversed(session.meetings) if m.kind.decides and m.cancelled_on is None]
        days = tuple((m.id, wording.long_date(m.date)) for m in board)
        meetings: tuple[tuple[object, str], ...] = (("", "Inte anmält"), *days)
        if meetings != self._meetings_shown:
            self._meetings_shown = meetings
            self._meeting.set_choices(meetings)
        told = self.next_report()
        self._report.setVisible(told is not None)
        if told is not None:
            self._report.setText(f"Anmäl {told[1]} vid sammanträdet {brief(told[0].date)}")

    def _decision(self) -> DelegatedDecision | None:
        every = self._shell.session.association.delegated_decisions
        return next((one for one in every if one.id == self.shown), None)

    def _show_fault(self) -> None:
        self._day_row.set_remark(self._day.fault(), State.MUST_MEND)

    def _take(self, _value: object) -> None:
        decision = self._decision()
        if decision is None:
            return
        day = self._day.value()
        changed = replace(
            decision,
            text=self._text.text(),
            decided_by=self._by.text(),
            reference=self._reference.text(),
            decided_on=day if isinstance(day, date) else decision.decided_on,
            delegation_id=str(self._delegation.value() or ""),
            reported_at=str(self._meeting.value() or ""),
        )
        self._change(
            "Ändra delegationsbeslut",
            lambda all_: tuple(changed if one.id == changed.id else one for one in all_),
            merge=f"delegated:{decision.id}",
        )

    def _change(
        self,
        label: str,
        edit: Callable[[tuple[DelegatedDecision, ...]], tuple[DelegatedDecision, ...]],
        **options: Any,
    ) -> None:
        before: Association = self._shell.session.association
        after = replace(before, delegated_decisions=edit(before.delegated_decisions))
        self._shell.session.change(label, before, after, **options)


def _row(decision: DelegatedDecision, told: date | None) -> Row:
    when = (
        f"anmält {brief(told)}" if told is not None else "anmält" if decision.reported_at else "inte anmält"
    )
    parts = (decision.decided_on.isoformat(), decision.decided_by, when)
    return Row(
        title=decision.text or "Beslutets innehåll saknas",
        key=decision.id,
        meta=tuple(MetaPart(part) for part in parts if part),
        state=State.DONE if decision.reported_at else State.NOT_BEGUN,
    )


class DelegationRegister(RegisterPane):
    """The groups of matters that the board has handed over."""

    EMPTY = (
        "Inga delegationer än.",
        "Lägg in vad styrelsen har delegerat, till vem, och var det står.",
    )

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, "Delegationer", "Ny delegation", "Ta bort delegationen", parent)
        self._group, self._delegate, self._source = TextField(), TextField(), TextField()
        self._since, self._until = DateField(today=shell.session.today), DateField(today=shell.session.today)
        for field in self.texts():
            field.edited.connect(self._take)
        for day in (self._since, self._until):
            day.changed.connect(self._take)
        self.lay_out(
            FormRow("Grupp av ärenden", self._group, "Till exempel avtal upp till 100 000 kronor."),
            FormLine(
                (FormRow("Delegat", self._delegate), 4),
                (FormRow("Plats i delegationsordningen", self._source), 4),
            ),
            FormLine((FormRow("Från och med", self._since), 3), (FormRow("Till och med", self._until), 3)),
            width=600,
            note="Styrelsen kan delegera en viss grupp av ärenden, men aldrig verksamhetens mål, inriktning, "
            "omfattning eller kvalitet (10 § finsamlagen).",
        )

    def rows(self) -> tuple[Row, ...]:
        return tuple(
            Row(
                title=one.group or "Gruppens namn saknas",
                key=one.id,
                meta=tuple(MetaPart(part) for part in (one.delegate, one.source) if part),
            )
            for one in self._shell.session.association.delegations
        )

    def texts(self) -> tuple[TextField, ...]:
        return (self._group, self._delegate, self._source)

    def fill(self) -> bool:
        delegation = self._delegation()
        if delegation is None:
            return False
        self._group.set_text(delegation.group)
        self._delegate.set_text(delegation.delegate)
        self._source.set_text(delegation.source)
        for field, value in ((self._since, delegation.since), (self._until, delegation.until)):
            if not (field.hasFocus() and field.isModified()):
                field.set_value(value)
        return True

    def add(self) -> None:
        made = Delegation(group="Ny grupp av ärenden", delegate="Förbundschefen")
        self._change("Lägg till delegation", lambda all_: (*all_, made))
        self.choose(made.id)
        self._group.setFocus()
        self._group.selectAll()

    def remove(self) -> None:
        shown = self.shown
        self._change("Ta bort delegation", lambda all_: tuple(o for o in all_ if o.id != shown), tell=True)

    def _delegation(self) -> Delegation | None:
        every = self._shell.session.association.delegations
        return next((one for one in every if one.id == self.shown), None)

    def _take(self, _value: object) -> None:
        delegation = self._delegation()
        if delegation is None:
            return
        changed = replace(
            delegation,
            group=self._group.text(),
            delegate=self._delegate.text(),
            source=self._source.text(),
            since=delegation.since if self._since.fault() else self._since.value(),
            until=delegation.until if self._until.fault() else self._until.value(),
        )
        self._change(
            "Ändra delegation",
            lambda all_: tuple(changed if one.id == changed.id else one for one in all_),
            merge=f"delegation:{delegation.id}",
        )

    def _change(
        self, label: str, edit: Callable[[tuple[Delegation, ...]], tuple[Delegation, ...]], **options: Any
    ) -> None:
        before = self._shell.session.association
        self._shell.session.change(
            label, before, replace(before, delegations=edit(before.delegations)), **options
        )

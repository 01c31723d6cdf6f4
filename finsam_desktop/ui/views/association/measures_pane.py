"""The measures (insatser) that the association finances: a list, and for the chosen one facts and nine questions."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from finsam_desktop.domain.measures import (
    QUESTIONS,
    Answer,
    Measure,
    MeasureKind,
    SubstanceCheck,
    departing,
    unanswered,
)
from finsam_desktop.domain.wording import number
from finsam_desktop.ui.models.row_model import Row
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.views.register_pane import RegisterPane
from finsam_desktop.ui.widgets.fields import ChoiceField, DateField
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Label
from finsam_desktop.ui.widgets.text_edits import GrowingTextEdit, TextField

KINDS = ((MeasureKind.INDIVIDUAL, "Individinriktad"), (MeasureKind.STRUCTURAL, "Strukturinriktad"))
ANSWERS = (
    (Answer.UNSET, "Inte besvarad"),
    (Answer.YES, "Ja"),
    (Answer.NO, "Nej"),
    (Answer.NOT_APPLICABLE, "Inte aktuell"),
)
_AMOUNT = re.compile(r"\d{1,12}(?:[.,]\d{1,2})?")


def read_amount(text: str) -> Decimal | None:
    """An amount in kr as typed: "3 450 000", "3450000 kr"; None when empty. ValueError when it cannot be read."""
    bare = re.sub(r"[\s\u00a0\u202f]|kr\.?$", "", text.strip().lower())
    if not bare:
        return None
    if _AMOUNT.fullmatch(bare) is None:
        raise ValueError(f"”{text.strip()}” går inte att läsa som belopp. Skriv till exempel 3 450 000.")
    return Decimal(bare.replace(",", "."))


class _QuestionRow(QWidget):
    """One question of substance: its text and source, the answer and why."""

    def __init__(self, place: int) -> None:
        super().__init__()
        question = QUESTIONS[place]
        self.rule = question.rule
        self.answer = ChoiceField(ANSWERS)
        self.answer.setMinimumContentsLength(10)
        self.answer.setAccessibleName(f"Svar på fråga {place + 1}")
        self.reason = GrowingTextEdit("", "Motivering")
        self.reason.setAccessibleName(f"Motivering till fråga {place + 1}")
        line = QHBoxLayout()
        line.addWidget(self.answer, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.reason, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().px(4))
        column.addWidget(Label(f"{place + 1}. {question.text}", "body", wrap=True))
        column.addWidget(Label(question.source, "meta", "text2", wrap=True))
        column.addLayout(line)


class MeasuresPane(RegisterPane):
    """A tab of Förbundet. Text that is typed is taken in as in the other registers."""

    EMPTY = (
        "Inga insatser än.",
        "Varje insats har sina mål, sitt belopp och en prövning i sak, som går att skriva ut som ett beslut.",
    )

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, "Insatser", "Ny insats", "Ta bort insatsen", parent)
        self._name, self._performer, self._financing = TextField(), TextField(), TextField()
        self._amount = TextField(placeholder="kr")
        self._target_group = GrowingTextEdit()
        self._kind = ChoiceField(KINDS)
        self._since, self._until = DateField(), DateField()
        self._goals = GrowingTextEdit("", "Mätbara mål", min_lines=2, markdown=True)
        self._follow_up = GrowingTextEdit("", "Hur och när insatsen följs upp", min_lines=2, markdown=True)
        self._deviation = GrowingTextEdit(
            "", "Vilken rekommendation, och varför den inte följs", markdown=True
        )
        self._questions = tuple(_QuestionRow(place) for place in range(len(QUESTIONS)))
        self._amount_row = FormRow("Belopp för hela perioden", self._amount)
        self._deviation_row = FormRow("Motiverad avvikelse", self._deviation)
        self._state = Label("", "meta", "text2", wrap=True)
        for field in self._all_texts():
            field.edited.connect(self._take)
        for choice in (self._kind, *(row.answer for row in self._questions)):
            choice.chosen.connect(self._take)
        for day in (self._since, self._until):
            day.changed.connect(self._take)
        self._lay_out()

    def _lay_out(self) -> None:
        self.lay_out(
            FormLine((FormRow("Insats", self._name), 3), (FormRow("Slag", self._kind), 2)),
            FormRow("Utförs av", self._performer, "Den part som utför insatsen."),
            FormRow("Målgrupp", self._target_group),
            FormLine(
                (self._amount_row, 2), (FormRow("Från", self._since), 2), (FormRow("Till", self._until), 2)
            ),
            FormRow("Finansiering", self._financing, "Budgetpost, eller eget kapital."),
            FormRow("Mål", self._goals),
            FormRow("Uppföljning och utvärdering", self._follow_up),
            Label("Prövning i sak", "section"),
            self._state,
            *self._questions,
            self._deviation_row,
            width=704,
        )

    # -- what the register asks -----------------------------------------------------------------------

    def rows(self) -> tuple[Row, ...]:
        return tuple(
            Row(title=measure.name or "Namn saknas", key=measure.id, meta=_told(measure))
            for measure in self._shell.session.association.measures
        )

    def texts(self) -> tuple[TextField, ...]:
        return (self._name, self._performer, self._amount, self._financing)

    def _all_texts(self) -> tuple[TextField | GrowingTextEdit, ...]:
        reasons = (row.reason for row in self._questions)
        longer = (self._target_group, self._goals, self._follow_up, *reasons, self._deviation)
        return (*self.texts(), *longer)

    def flush(self) -> None:
        for field in self._all_texts():
            field.flush()

    def fill(self) -> bool:
        measure = self._measure()
        self._form.setVisible(measure is not None)
        if measure is None:
            return False
        self._name.set_text(measure.name)
        self._kind.set_value(measure.kind)
        self._performer.set_text(measure.performer)
        self._target_group.set_text(measure.target_group)
        if self._amount_read() != measure.amount:
            self._amount.set_text(number(measure.amount) if measure.amount is not None else "")
        self._financing.set_text(measure.financing)
        for field, day in ((self._since, measure.since), (self._until, measure.until)):
            if not field.hasFocus():
                field.set_value(day)
        self._goals.set_text(measure.goals)
        self._follow_up.set_text(measure.follow_up)
        for row in self._questions:
            check = measure.answer(row.rule)
            row.answer.set_value(check.answer if check is not None else Answer.UNSET)
            row.reason.set_text(check.reason if check is not None else "")
        self._deviation.set_text(measure.deviation)
        self._tell(measure)
        return True

    def add(self) -> None:
        measure = Measure(name="Ny insats")
        self._change("Lägg till insats", lambda measures: (*measures, measure))
        self.choose(measure.id)
        self._name.setFocus()
        self._name.selectAll()

    def remove(self) -> None:
        measure = self._measure()
        if measure is not None:
            self._change(
                f"Ta bort {measure.name}",
                lambda measures: tuple(m for m in measures if m.id != measure.id),
                tell=True,
            )

    # -- taking in ------------------------------------------------------------------------------------

    def _measure(self) -> Measure | None:
        return next((m for m in self._shell.session.association.measures if m.id == self.shown), None)

    def _amount_read(self) -> Decimal | None:
        try:
            return read_amount(self._amount.text())
        except ValueError:
            return None

    def _take(self, _value: object = None) -> None:
        measure = self._measure()
        kind = self._kind.value()
        if measure is None or not isinstance(kind, MeasureKind):
            return
        amount = measure.amount
        try:
            amount = read_amount(self._amount.text())
            self._amount_row.set_remark("")
        except ValueError as error:
            self._amount_row.set_remark(str(error), State.MUST_MEND)
        changed = replace(
            measure,
            name=self._name.text(),
            kind=kind,
            performer=self._performer.text(),
            target_group=self._target_group.text(),
            amount=amount,
            financing=self._financing.text(),
            since=self._since.value(),
            until=self._until.value(),
            goals=self._goals.text(),
            follow_up=self._follow_up.text(),
            checks=self._checks(),
            deviation=self._deviation.text(),
        )
        self._change(
            "Ändra insats",
            lambda measures: tuple(changed if m.id == measure.id else m for m in measures),
            merge=f"measure:{measure.id}",
        )

    def _checks(self) -> tuple[SubstanceCheck, ...]:
        made = []
        for row in self._questions:
            answer = row.answer.value()
            assert isinstance(answer, Answer)
            if answer is not Answer.UNSET or row.reason.text():
                made.append(SubstanceCheck(rule=row.rule, answer=answer, reason=row.reason.text()))
        return tuple(made)

    def _tell(self, measure: Measure) -> None:
        left, against = len(unanswered(measure)), departing(measure)
        self._state.setText(
            f"{left} av {len(QUESTIONS)} frågor är inte besvarade." if left else "Alla frågor är besvarade."
        )
        lacking = bool(against) and not measure.deviation.strip()
        self._deviation_row.set_remark("Skriv varför, när svaret på en fråga är nej." if lacking else "")

    def _change(
        self,
        label: str,
        edit: Callable[[tuple[Measure, ...]], tuple[Measure, ...]],
        *,
        merge: str = "",
        tell: bool = False,
    ) -> None:
        before = self._shell.session.association
        after = replace(before, measures=edit(before.measures))
        self._shell.session.change(label, before, after, merge=merge, tell=tell)


def _told(measure: Measure) -> str:
    """Who carries it out, and what is left to answer."""
    left = len(unanswered(measure))
    parts = (measure.performer, f"{left} frågor kvar" if left else "")
    return " · ".join(part for part in parts if part)

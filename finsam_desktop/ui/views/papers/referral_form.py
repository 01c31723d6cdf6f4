"""Remissvar and utredning: numbered questions with answers, and tables of women and men."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from finsam_desktop.domain.papers import Question, Referral, StatisticTable
from finsam_desktop.domain.statistic_tables import read_rows, unreconciled, written_rows
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.papers.form import Field, PaperForm
from finsam_desktop.ui.widgets.buttons import IconButton, link_button
from finsam_desktop.ui.widgets.fields import DateField
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Label
from finsam_desktop.ui.widgets.text_edits import GrowingTextEdit, TextField

ROWS_HELP = "En rad för varje grupp: benämning; kvinnor; män; totalt. Det går att klistra in från Excel."


class Part(QWidget):
    """A numbered part that can be taken away."""

    removal_wanted = Signal(QWidget)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._head = Label("", "body_medium")
        self._remove = IconButton("trash-2", f"Ta bort {name}")
        self._remove.clicked.connect(self._ask)
        line = QHBoxLayout()
        line.addWidget(self._head, 1)
        line.addWidget(self._remove)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(current_theme().px(6))
        self.column.addLayout(line)

    def set_head(self, text: str) -> None:
        self._head.setText(text)

    def set_removable(self, removable: bool) -> None:
        self._remove.setVisible(removable)

    def _ask(self) -> None:
        self.removal_wanted.emit(self)


class _QuestionPart(Part):
    def __init__(self, question: Question) -> None:
        super().__init__("frågan")
        self.question = question
        self.text = GrowingTextEdit(question.text, "Frågan som den är ställd")
        self.answer = GrowingTextEdit(question.answer, "Svaret", min_lines=2, markdown=True)
        self.column.addWidget(FormRow("Fråga", self.text))
        self.column.addWidget(FormRow("Svar", self.answer))

    def editors(self) -> tuple[Field, ...]:
        return (self.text, self.answer)

    def show_value(self, question: Question) -> None:
        self.question = question
        self.text.set_text(question.text)
        self.answer.set_text(question.answer)

    def value(self) -> Question:
        return replace(self.question, text=self.text.text(), answer=self.answer.text())


class _TablePart(Part):
    def __init__(self, table: StatisticTable) -> None:
        super().__init__("tabellen")
        self.title = TextField(table.title)
        self.note = GrowingTextEdit(table.note)
        self.rows = GrowingTextEdit(written_rows(table.rows), "19 år; 7; 14; 21", min_lines=3)
        self._rows_row = FormRow("Rader", self.rows, ROWS_HELP)
        self.column.addWidget(FormRow("Tabellens rubrik", self.title))
        self.column.addWidget(self._rows_row)
        self.column.addWidget(FormRow("Källa och anmärkning", self.note))
        self._tell(table)

    def editors(self) -> tuple[Field, ...]:
        return (self.title, self.rows, self.note)

    def show_value(self, table: StatisticTable) -> None:
        self.title.set_text(table.title)
        self.note.set_text(table.note)
        if not self._says(table):
            self.rows.set_text(written_rows(table.rows))
        self._tell(table)

    def _says(self, table: StatisticTable) -> bool:
        try:
            return read_rows(self.rows.text()) == table.rows
        except ValueError:
            return True  # what cannot be read is still being written

    def value(self) -> StatisticTable:
        """The table as written. UnreadableRow, told under the field, when a number cannot be read."""
        try:
            rows = read_rows(self.rows.text())
        except ValueError as error:
            self._rows_row.set_remark(str(error), State.MUST_MEND)
            raise
        table = StatisticTable(title=self.title.text(), rows=rows, note=self.note.text())
        self._tell(table)
        return table

    def _tell(self, table: StatisticTable) -> None:
        self._rows_row.set_remark(" ".join(unreconciled(table)), State.CONSIDER)


class ReferralForm(PaperForm):
    """The answer to a referral. Without a sender it is an inquiry of our own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.from_whom, self.sender_reference = TextField(), TextField()
        self.due = DateField()
        self.introduction = GrowingTextEdit("", min_lines=2, markdown=True)
        self.conclusion = GrowingTextEdit("", min_lines=2, markdown=True)
        self._questions: list[_QuestionPart] = []
        self._tables: list[_TablePart] = []
        self._read_only = False
        self._question_column, self._table_column = QVBoxLayout(), QVBoxLayout()
        self._add_question = link_button("Ny fråga", "plus")
        self._add_question.clicked.connect(self.add_question)
        self._add_table = link_button("Ny tabell med kvinnor och män", "table-2")
        self._add_table.clicked.connect(self.add_table)
        self.add_row(FormRow("Avsändare", self.from_whom, "Lämna tomt för en egen utredning."))
        self.add_row(
            FormLine((FormRow("Beteckning", self.sender_reference), 3), (FormRow("Svar senast", self.due), 2))
        )
        self.add_row(FormRow("Inledning", self.introduction))
        for column, button in (
            (self._question_column, self._add_question),
            (self._table_column, self._add_table),
        ):
            column.setSpacing(current_theme().px(12))
            self._column.addLayout(column)
            self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_row(FormRow("Slutsats", self.conclusion))
        self.listen()

    def editors(self) -> tuple[Field, ...]:
        parts = [editor for question in self._questions for editor in question.editors()]
        parts += [editor for table in self._tables for editor in table.editors()]
        own: tuple[Field, ...] = (self.from_whom, self.sender_reference, self.due, self.introduction)
        return (*own, *parts, self.conclusion)

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        super().set_read_only(read_only)
        for button in (self._add_question, self._add_table):
            button.setVisible(not read_only)
        for part in (*self._questions, *self._tables):
            part.set_removable(not read_only)

    def fill(self, value: Referral) -> None:
        self.from_whom.set_text(value.sender)
        self.sender_reference.set_text(value.sender_reference)
        if not self.due.hasFocus():
            self.due.set_value(value.due)
        self.introduction.set_text(value.introduction)
        self.conclusion.set_text(value.conclusion)
        if [part.question.id for part in self._questions] != [question.id for question in value.questions]:
            self._make_questions(value.questions)
        for part, question in zip(self._questions, value.questions, strict=True):
            part.show_value(question)
        if len(self._tables) != len(value.statistics):
            self._make_tables(value.statistics)
        for table_part, table in zip(self._tables, value.statistics, strict=True):
            table_part.show_value(table)

    def read(self, value: Referral) -> Referral:
        return replace(
            value,
            sender=self.from_whom.text(),
            sender_reference=self.sender_reference.text(),
            due=self.due.value(),
            introduction=self.introduction.text(),
            questions=tuple(part.value() for part in self._questions),
            statistics=tuple(part.value() for part in self._tables),
            conclusion=self.conclusion.text(),
        )

    # -- questions and tables -------------------------------------------------------------------------

    def add_question(self) -> None:
        """Put an empty question last and the cursor in it."""
        self.flush()
        self._report(replace(self._value, questions=(*self._value.questions, Question(text=""))), "questions")
        self._questions[-1].text.setFocus()

    def add_table(self) -> None:
        """Put an empty table last and the cursor in its title."""
        self.flush()
        self._report(
            replace(self._value, statistics=(*self._value.statistics, StatisticTable(title=""))), "statistics"
        )
        self._tables[-1].title.setFocus()

    def _report(self, value: Referral, what: str) -> None:
        self.show_value(value)
        self.edited.emit(value, what)

    def _remove_question(self, part: QWidget) -> None:
        self.flush()
        place = next(i for i, one in enumerate(self._questions) if one is part)
        kept = tuple(q for i, q in enumerate(self._value.questions) if i != place)
        self._report(replace(self._value, questions=kept), "questions")

    def _remove_table(self, part: QWidget) -> None:
        place = next(i for i, one in enumerate(self._tables) if one is part)
        kept = tuple(t for i, t in enumerate(self._value.statistics) if i != place)
        self._make_tables(kept)
        self._report(replace(self._value, statistics=kept), "statistics")

    def _make_questions(self, questions: tuple[Question, ...]) -> None:
        _clear(self._question_column)
        self._questions = [_QuestionPart(question) for question in questions]
        for number, part in enumerate(self._questions, start=1):
            part.set_head(f"Fråga {number}")
            part.removal_wanted.connect(self._remove_question)
            self._take_in(part, self._question_column)

    def _make_tables(self, tables: tuple[StatisticTable, ...]) -> None:
        _clear(self._table_column)
        self._tables = [_TablePart(table) for table in tables]
        for number, part in enumerate(self._tables, start=1):
            part.set_head(f"Tabell {number}")
            part.removal_wanted.connect(self._remove_table)
            self._take_in(part, self._table_column)

    def _take_in(self, part: _QuestionPart | _TablePart, column: QVBoxLayout) -> None:
        column.addWidget(part)
        part.set_removable(not self._read_only)
        for editor in part.editors():
            self.listen_to(editor)
            if self._read_only and isinstance(editor, TextField | GrowingTextEdit):
                editor.setReadOnly(True)


def _clear(column: QVBoxLayout) -> None:
    while column.count():
        item = column.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()

"""The right column of Översikt: assignments that are open, what was tabled, and what the year still wants."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from finsam_desktop.domain.overview_facts import OverviewFacts
from finsam_desktop.domain.register import OUTCOMES, DecisionEntry, EntryState
from finsam_desktop.domain.year_wheel import YearTask
from finsam_desktop.ui.models.row_model import Row, RowModel
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.views.meeting.facts import brief
from finsam_desktop.ui.widgets.rows import MetaPart, RowDelegate, RowList, RowRole
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Label, SectionHead

_ROWS = {1: 5, 2: 2, 3: 1}
"""Rows of the first list, by how many lists there are; the others, with lower rows, have one more. The column is not
to push the money out of sight."""


class OpenColumn(QWidget):
    """Three lists, each there only when it has something; the first says when there is nothing."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        theme = current_theme()
        self._head = SectionHead("Öppna uppdrag", link="Alla beslut")
        self._head.followed.connect(self._go_to_decisions)
        self.assignments, self._assignment_list = row_list("Öppna uppdrag", 44)
        self._nothing = Label("Inga öppna uppdrag.", "body", "text2", wrap=True)
        self._left_head = SectionHead("Bordlagt och återremitterat")
        self.left, self._left_list = row_list("Bordlagt och återremitterat", 44)
        self._year_head = SectionHead("Årets krav", link="Årshjul")
        self._year_head.followed.connect(self._go_to_year)
        self.tasks, self._task_list = row_list("Årets krav", 22)
        self._assignment_list.opened.connect(self._follow_assignment)
        self._left_list.opened.connect(self._follow)
        self._task_list.opened.connect(self._follow_task)
        self._targets: dict[str, str] = {}
        self._rows = _ROWS[1]
        self._low = False
        self._facts: OverviewFacts | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        for widget in (self._head, self._assignment_list, self._nothing):
            column.addWidget(widget)
        for head, shown in ((self._left_head, self._left_list), (self._year_head, self._task_list)):
            column.addSpacing(theme.px(10))
            column.addWidget(head)
            column.addWidget(shown)

    def set_low(self, low: bool) -> None:
        """Whether there is little height: then the lower lists have a row less."""
        if low is not self._low:
            self._low = low
            if self._facts is not None:
                self.show_facts(self._facts)

    def show_facts(self, facts: OverviewFacts) -> None:
        """Show what the file holds today."""
        self._facts = facts
        today, entries = facts.today, facts.entries
        self._rows = _ROWS[max(1, sum(map(bool, (entries, facts.left, facts.tasks))))]
        self.assignments.set_rows(tuple(_assignment(entry, today) for entry in entries[: self._rows]))
        self._head.set_link(f"Alla {len(entries)}" if len(entries) > 1 else "Alla beslut")
        self._assignment_list.setVisible(bool(entries))
        self._nothing.setVisible(not entries)
        self._show_left(facts)
        self._show_tasks(facts)
        for shown in (self._assignment_list, self._left_list, self._task_list):
            shown.fit()

    def _show_left(self, facts: OverviewFacts) -> None:
        rows = tuple(
            Row(
                title=left.item.title,
                number=f"§ {number}" if number else "",
                key=f"{left.meeting.id}/narvaro/{left.item.id}",
                time=OUTCOMES[left.outcome].lower(),
                quiet=True,
            )
            for left, number in facts.left[: self._lower_rows()]
        )
        self.left.set_rows(rows)
        for part in (self._left_head, self._left_list):
            part.setVisible(bool(rows))

    def _show_tasks(self, facts: OverviewFacts) -> None:
        count = self._lower_rows()
        self.tasks.set_rows(tuple(_task(task, facts.today) for task in facts.tasks[:count]))
        self._year_head.set_link(f"Alla {len(facts.tasks)}" if len(facts.tasks) > count else "Årshjul")
        self._targets = {task.key: task.target for task in facts.tasks}
        for part in (self._year_head, self._task_list):
            part.setVisible(bool(facts.tasks))

    def _lower_rows(self) -> int:
        return self._rows if self._low else self._rows + 1

    # -- going ----------------------------------------------------------------------------------------

    def _go_to_decisions(self) -> None:
        self._shell.go("decisions", "oppna" if self.assignments.rows() else "")

    def _go_to_year(self) -> None:
        self._shell.go("year_wheel")

    def _follow_assignment(self, index: QModelIndex) -> None:
        self._shell.go("decisions", str(index.data(RowRole.KEY)))

    def _follow(self, index: QModelIndex) -> None:
        self._shell.go("meeting", str(index.data(RowRole.KEY)))

    def _follow_task(self, index: QModelIndex) -> None:
        target = self._targets.get(str(index.data(RowRole.KEY)), "")
        if target:
            self._shell.go("meeting", target)
        else:
            self._shell.go("year_wheel", "föreslå")


def _assignment(entry: DecisionEntry, today: date) -> Row:
    follow_up = entry.follow_up
    due = follow_up.due if follow_up is not None else None
    late = entry.state(today) is EntryState.OVERDUE
    who = follow_up.responsible if follow_up is not None else ""
    return Row(
        title=entry.task,
        number=entry.label,
        key=entry.item.id,
        meta=(
            *((MetaPart(who),) if who else ()),
            *((MetaPart(_days_late(due, today)),) if late and due is not None else ()),
        ),
        state=State.DATE_WARN if late else State.NONE,
        time=brief(due) if due is not None else "",
        time_tone="err" if late else "",
    )


def _days_late(due: date, today: date) -> str:
    days = (today - due).days
    return "1 dag försenat" if days == 1 else f"{days} dagar försenat"


def _task(task: YearTask, today: date) -> Row:
    late = task.is_late(today)
    return Row(
        title=task.title,
        key=task.key,
        quiet=True,
        leading=State.MUST_MEND if late else State.DATE,
        time=brief(task.due) if task.due is not None else "",
        time_tone="err" if late else "",
    )


class FittedList(RowList):
    """A list that stands in a page, always as tall as its rows are at its width."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def fit(self) -> None:
        """Take the height of the rows."""
        height = self.height_of_rows() + 2
        if height != self.height():
            self.setFixedHeight(height)


def row_list(name: str, number_width: int) -> tuple[RowModel, FittedList]:
    """A list that stands in a page, as tall as its rows."""
    shown = FittedList(name, delegate=RowDelegate(number_width=number_width, indent=0, margin=4))
    model = RowModel(parent=shown)
    shown.setModel(model)
    shown.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return model, shown

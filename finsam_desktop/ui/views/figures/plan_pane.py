"""Budget och plan: a budget over three years, equity, goals, texts, and where it was fixed. A tab of Siffror."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QPushButton, QWidget

from finsam_desktop.domain.deadlines import budget_items
from finsam_desktop.domain.plan_start import ReadPlan, empty_plan, next_plan, with_lines
from finsam_desktop.domain.plan_sums import fixed_plan, plan_of
from finsam_desktop.domain.wording import long_date
from finsam_desktop.domain.year_plan import YearPlan
from finsam_desktop.errors import UserError
from finsam_desktop.ui.dialog_service import WORKBOOKS
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.views.figures.plan_desk import PlanDesk, PlanSection
from finsam_desktop.ui.views.figures.plan_equity import EquitySection
from finsam_desktop.ui.views.figures.plan_goals import GoalsSection
from finsam_desktop.ui.views.figures.plan_lines import LinesSection
from finsam_desktop.ui.views.page import Page
from finsam_desktop.ui.widgets.buttons import link_button, secondary_button
from finsam_desktop.ui.widgets.empty_state import EmptyState
from finsam_desktop.ui.widgets.fields import ChoiceField, DateField
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.notification import Notice
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.text_edits import GrowingTextEdit, TextField

ELSEWHERE = "elsewhere"


class TextsSection(PlanSection):
    """The plan's texts."""

    def __init__(self, desk: PlanDesk) -> None:
        super().__init__(desk, "Verksamhetsplanens texter")
        self.fields = {
            "introduction": GrowingTextEdit(
                "", "Vad förbundet ska göra under året", min_lines=3, markdown=True
            ),
            "guidelines": GrowingTextEdit("", "Riktlinjer för verksamheten", min_lines=3, markdown=True),
            "economy": GrowingTextEdit("", "Förutsättningar för ekonomin", min_lines=2, markdown=True),
        }
        names = {"introduction": "Inledning", "guidelines": "Riktlinjer", "economy": "Ekonomi"}
        for name, field in self.fields.items():
            field.setProperty("of_plan", name)
            field.edited.connect(self._written)
            self.add(FormRow(names[name], field))

    def fill(self) -> None:
        plan = self.desk.plan
        if plan is not None:
            for name, field in self.fields.items():
                field.set_text(getattr(plan, name))

    def flush(self) -> None:
        for field in self.fields.values():
            field.flush()

    def _written(self, text: str) -> None:
        sender = self.sender()
        name = str(sender.property("of_plan")) if sender is not None else ""
        if name in self.fields:
            changed: dict[str, Any] = {name: text}
            self.desk.put("Ändra planens text", lambda plan: replace(plan, **changed), merge=f"plan-{name}")


class FixedSection(PlanSection):
    """Which plan is shown, and where the board fixed it."""

    def __init__(self, desk: PlanDesk) -> None:
        super().__init__(desk, "Budget och verksamhetsplan")
        self.year = ChoiceField()
        self.fixed = ChoiceField()
        self.fixed.setMinimumContentsLength(26)
        self.day = DateField(today=desk.shell.session.today)
        self.paragraph = TextField(placeholder="§")
        self._day_row = FormRow("Fastställd den", self.day)
        self._paragraph_row = FormRow("Paragraf", self.paragraph)
        self.new = secondary_button("Ny plan", "plus")
        self.drop = link_button("Ta bort planen", "trash-2")
        self.fixed.chosen.connect(self._fixed_chosen)
        self.day.changed.connect(self._day_written)
        self.day.editingFinished.connect(self._show_fault)
        self.paragraph.edited.connect(self._paragraph_written)
        self.line = FormLine(
            (FormRow("År", self.year), 2), (FormRow("Fastställd i ärende", self.fixed), 5), (self._day_row, 2),
            (self._paragraph_row, 2),
        )  # fmt: skip
        self.line.setMaximumWidth(current_theme().px(860))
        self.add(self.line)
        self.add_row(self.new, self.drop)

    def fill(self) -> None:
        desk = self.desk
        association, plan = desk.association, desk.plan
        years = tuple((each.year, str(each.year)) for each in reversed(association.plans))
        if [self.year.itemText(place) for place in range(self.year.count())] != [text for _, text in years]:
            self.year.set_choices(years)
        self.year.set_value(desk.year)
        self.new.setText(f"Ny plan för {self.next_year()}")
        if plan is None:
            return
        choices: list[tuple[object, str]] = [("", "Inte fastställd än"), (ELSEWHERE, "Annat sammanträde")]
        for meeting in desk.shell.session.meetings:
            choices += [(item.id, f"{meeting.date}, {item.title}") for item in budget_items(meeting)]
        self.fixed.set_choices(tuple(choices))
        known = plan.fixed_in if any(value == plan.fixed_in for value, _ in choices) else ""
        outside = not known and (plan.fixed_on is not None or bool(plan.fixed_at))
        self.fixed.set_value(known or (ELSEWHERE if outside else ""))
        self._show_day(outside)
        if not self.day.hasFocus():
            self.day.set_value(plan.fixed_on)
        self.paragraph.set_text(plan.fixed_at)
        fixed = fixed_plan(association, desk.shell.session.meetings, plan.year)
        if fixed is None:
            self.head.set_fact("")
        else:
            word = "Fastställs" if fixed.day > desk.shell.session.today else "Fastställd"
            self.head.set_fact(f"{word} den {long_date(fixed.day)}")

    def flush(self) -> None:
        self.paragraph.flush()

    def next_year(self) -> int:
        """The year after the last plan."""
        plans = self.desk.association.plans
        return plans[-1].year + 1 if plans else self.desk.year

    def _show_day(self, outside: bool) -> None:
        self._day_row.setVisible(outside)
        self._paragraph_row.setVisible(outside)

    def _fixed_chosen(self, value: object) -> None:
        if value == ELSEWHERE:
            self.desk.put("Ändra var planen är fastställd", lambda plan: replace(plan, fixed_in=""))
            self._show_day(True)
            self.fixed.set_value(ELSEWHERE)
            self.day.setFocus()
            return
        self.desk.put(
            "Ändra var planen är fastställd",
            lambda plan: replace(plan, fixed_in=str(value or ""), fixed_on=None, fixed_at=""),
        )
        self.fill()

    def _day_written(self, _value: object) -> None:
        day = self.day.value()
        self.desk.put("Ändra när planen fastställdes", lambda plan: replace(plan, fixed_on=day))

    def _show_fault(self) -> None:
        self._day_row.set_remark(self.day.fault(), State.MUST_MEND)

    def _paragraph_written(self, text: str) -> None:
        self.desk.put("Ändra paragraf", lambda plan: replace(plan, fixed_at=text), merge="fixed_at")


class PlanPane(Page):
    """The parts one below the other. Sums and equity follow what is written."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__("Budget och plan", text_width=900, parent=parent)
        self._shell = shell
        self.desk = PlanDesk(shell)
        self.fetch = secondary_button("Hämta budget från fil", "file-spreadsheet")
        self.fetch.clicked.connect(self._choose_file)
        self.empty = EmptyState(
            "Här görs årets budget, verksamhetsplan och ekonomiska plan för tre år.",
            "Börja med de vanliga posterna, eller hämta en budget från Excel.",
            f"Ny plan för {self.desk.year}",
            icon="plus",
            margins=False,
        )
        self.empty.action_pressed.connect(self.start)
        self.empty.example_pressed.connect(shell.open_example)
        self.fixed = FixedSection(self.desk)
        self.fixed.year.chosen.connect(self._year_chosen)
        self.fixed.new.clicked.connect(self.start)
        self.fixed.drop.clicked.connect(self._remove)
        self.lines = LinesSection(self.desk)
        self.equity = EquitySection(self.desk)
        self.goals = GoalsSection(self.desk)
        self.texts = TextsSection(self.desk)
        self._sections: tuple[PlanSection, ...] = (
            self.fixed,
            self.lines,
            self.equity,
            self.goals,
            self.texts,
        )
        self.add(self.empty)
        for place, section in enumerate(self._sections):
            self.add(section, space_before=12 if place else 0)
        self.refresh()

    # -- what the place asks --------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the plan as it is."""
        if not self._shell.session.is_open:
            return
        association = self._shell.session.association
        if self.desk.plan is None and association.plans:
            self.desk.year = association.plans[-1].year
        there = self.desk.plan is not None
        self.empty.setVisible(not there)
        for section in self._sections:
            section.setVisible(there)
            section.fill()

    def flush(self) -> None:
        """Take in what is being typed."""
        for section in self._sections:
            section.flush()

    def head_widgets(self) -> tuple[QWidget, ...]:
        """Buttons for the head of the place."""
        return (self.fetch,)

    def primary(self) -> QPushButton | None:
        """Nothing is filled here: all that is written is taken in at once."""
        return None

    def panes(self) -> tuple[QWidget, ...]:
        """Where F6 goes."""
        return (self.fixed.year, self.lines.table, self.equity.opening, self.goals.table, self.texts)

    def show_target(self, target: str) -> None:
        """A year, such as "2027"."""
        if target.isdigit() and plan_of(self._shell.session.association, int(target)) is not None:
            self.show_year(int(target))

    def show_year(self, year: int) -> None:
        """Take another year's plan in hand."""
        self.flush()
        self.desk.year = year
        self.refresh()

    # -- doing ----------------------------------------------------------------------------------------

    def start(self) -> None:
        """Make the next year's plan: out of the last one, else with the usual lines."""
        self.flush()
        association, year = self._shell.session.association, self.fixed.next_year()
        before = plan_of(association, year - 1)
        plan = next_plan(before) if before is not None else empty_plan(association, year)
        how = f"ur planen för {before.year}" if before is not None else "med vanliga poster"
        if self.desk.add(f"Gör planen för {year} {how}", plan):
            self.refresh()
            self.lines.table.setFocus()

    def open_file(self, path: Path) -> None:
        """Read the budget column of a workbook into the plan in hand, or into a new one."""
        self.flush()
        association, today = self._shell.session.association, self._shell.session.today

        def read(_progress: object) -> ReadPlan:
            from finsam_desktop.files.activity_files import budget_from

            return budget_from(association, path, today=today)

        self._shell.jobs.run(
            read, label=f"Läser {path.name}", on_done=self._take_read, on_error=self._failed, cancel=False
        )

    def _take_read(self, read: object) -> None:
        if not isinstance(read, ReadPlan) or not self._shell.session.is_open:
            return
        if self.desk.plan is None:
            self.desk.add(
                f"Hämta budgeten för {self.desk.year}", YearPlan(year=self.desk.year, lines=read.lines)
            )
        else:
            self.desk.put("Hämta budgeten från fil", lambda plan: with_lines(plan, read.lines), tell=True)
        self.refresh()
        if read.remarks:
            self._shell.notify(Notice(text=" ".join(read.remarks), state=State.CONSIDER))

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._shell.session.failed.emit(error)

    def _choose_file(self) -> None:
        self._shell.dialogs.open_file("Hämta budgeten från en fil", WORKBOOKS, self.open_file)

    def _year_chosen(self, value: object) -> None:
        if isinstance(value, int):
            self.show_year(value)

    def _remove(self) -> None:
        if self.desk.remove():
            self.refresh()

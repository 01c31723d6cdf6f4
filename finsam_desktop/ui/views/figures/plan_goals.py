"""Goals with target values, how they stood after each tertial, and the judgement."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QModelIndex

from finsam_desktop.domain.plan_goals import (
    GOAL_KIND_WORDS,
    JUDGEMENT_WORDS,
    GoalRow,
    goals_after,
    proposed_judgement,
    reading_in_words,
    with_goal,
    with_outcome,
)
from finsam_desktop.domain.year_plan import GoalKind, GoalOutcome, Judgement, PlanGoal, YearPlan
from finsam_desktop.ui.models.cells_model import KEY_ROLE, TableCell, TableColumn
from finsam_desktop.ui.views.figures.plan_desk import PlanDesk, PlanSection
from finsam_desktop.ui.widgets.buttons import link_button, secondary_button
from finsam_desktop.ui.widgets.edit_table import EditTable
from finsam_desktop.ui.widgets.fields import ChoiceField
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.prose_line import ProseLine
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Label
from finsam_desktop.ui.widgets.text_edits import TextField

TERTIALS = ((1, "Tertial 1"), (2, "Tertial 2"), (3, "Helår"))
STATES = {
    Judgement.UNSET: State.NONE, Judgement.REACHED: State.DONE, Judgement.PARTLY: State.UNDER_WAY,
    Judgement.NOT_REACHED: State.CONSIDER, Judgement.TOO_EARLY: State.NOT_BEGUN,
}  # fmt: skip
_TEXT, _TARGET, _FIRST_OUTCOME = 0, 1, 2
_COLUMNS = (
    TableColumn(title="Mål"), TableColumn(title="Målvärde"), TableColumn(title="Utfall T1"),
    TableColumn(title="Utfall T2"), TableColumn(title="Utfall helår"), TableColumn(title="Senaste bedömning"),
)  # fmt: skip


class GoalsSection(PlanSection):
    """The table of goals, and for the chosen one its link to a reading and its outcome after a tertial."""

    def __init__(self, desk: PlanDesk) -> None:
        super().__init__(desk, "Mål")
        self.table = EditTable("Mål")
        self.new = secondary_button("Nytt mål", "plus")
        self.drop = link_button("Ta bort målet", "trash-2")
        self.kind = ChoiceField(tuple(GOAL_KIND_WORDS.items()))
        self.kind.setMinimumContentsLength(14)
        self.indicator, self.team = ChoiceField(), ChoiceField()
        self.tertial = ChoiceField(TERTIALS)
        self.outcome, self.comment = TextField(), ProseLine()
        self.judgement = ChoiceField(
            tuple((each, words or "Inte bedömt") for each, words in JUDGEMENT_WORDS.items())
        )
        self.judgement.setMinimumContentsLength(18)
        self.propose = link_button("Ta in avläsningen", "check")
        self._proposal = Label("", "meta", "text2", wrap=True)
        self._keys: tuple[str, ...] = ()
        self._chosen_id = ""
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._facts = FormLine(
            (FormRow("Slag av mål", self.kind), 2), (FormRow("Utfallet läses ur", self.indicator), 3),
            (FormRow("För team", self.team), 3),
        )  # fmt: skip
        self._follow_up = FormLine(
            (FormRow("Uppföljning efter", self.tertial), 2), (FormRow("Utfall", self.outcome), 2),
            (FormRow("Bedömning", self.judgement), 3), (FormRow("Kommentar", self.comment), 4),
        )  # fmt: skip
        self.add(self.table)
        self.add_row(self.new, self.drop)
        self.add(self._facts)
        self.add(self._follow_up)
        self.add_row(self.propose)
        self.add(self._proposal)

    def _connect(self) -> None:
        self.table.cells.edited.connect(self._written)
        self.table.selectionModel().currentChanged.connect(self._row_chosen)
        self.new.clicked.connect(self.add_goal)
        self.drop.clicked.connect(self.remove_goal)
        self.propose.clicked.connect(self.take_reading)
        for choice in (self.kind, self.indicator, self.team):
            choice.chosen.connect(self._facts_changed)
        self.tertial.chosen.connect(self._tertial_chosen)
        self.judgement.chosen.connect(self._outcome_changed)
        for field in (self.outcome, self.comment):
            field.edited.connect(self._outcome_changed)
        self.tertial.set_value(2)

    # -- showing --------------------------------------------------------------------------------------

    def flush(self) -> None:
        self.table.flush()
        self.outcome.flush()
        self.comment.flush()

    def fill(self) -> None:
        plan = self.desk.plan
        if plan is None:
            return
        by_tertial = [goals_after(plan, tertial, self.association) for tertial, _ in TERTIALS]
        rows = tuple(
            _row(goal, [each[place] for each in by_tertial]) for place, goal in enumerate(plan.goals)
        )
        self._keys = tuple(goal.id for goal in plan.goals)
        self.table.cells.set_cells(_COLUMNS, rows, self._can_edit)
        self.table.stretch_column(_TEXT)
        self.table.fit_height()
        self.table.setVisible(bool(rows))
        self.head.set_fact(f"{len(rows)} mål" if rows else "Inga mål är inlagda")
        if self._chosen_id not in self._keys:
            self._chosen_id = ""
        self._fill_form(plan)

    def _can_edit(self, row: int, column: int) -> bool:
        return row < len(self._keys) and column < len(_COLUMNS) - 1

    def _goal(self) -> PlanGoal | None:
        plan = self.desk.plan
        goals = plan.goals if plan is not None else ()
        return next((goal for goal in goals if goal.id == self._chosen_id), None)

    def _after(self) -> int:
        value = self.tertial.value()
        return value if isinstance(value, int) else 2

    def _fill_form(self, plan: YearPlan) -> None:
        goal, association = self._goal(), self.association
        for widget in (self._facts, self._follow_up, self._proposal, self.propose):
            widget.setVisible(goal is not None)
        self.drop.setEnabled(goal is not None)
        if goal is None:
            return
        self.kind.set_value(goal.kind)
        self.indicator.set_choices(
            (("", "Skrivs för hand"), *((e.id, e.name) for e in association.indicators))
        )
        self.indicator.set_value(goal.indicator_id)
        self.team.set_choices((("", "Samtliga team"), *((team.id, team.name) for team in association.teams)))
        self.team.set_value(goal.team_id)
        self.team.setEnabled(bool(goal.indicator_id))
        known = goal.after(self._after()) or GoalOutcome(tertial=self._after())
        read = reading_in_words(plan, goal, self._after(), association)
        self.outcome.setPlaceholderText(read)
        self.outcome.set_text(known.outcome)
        self.judgement.set_value(known.judgement)
        self.comment.set_text(known.comment)
        words = JUDGEMENT_WORDS[proposed_judgement(goal, known.outcome or read)].lower()
        told = f"Avläsningen är {read}." if read else ""
        if words:
            told = f"{told} Målvärde och utfall talar för: {words}.".strip()
        self._proposal.setText(told)
        self._proposal.setVisible(bool(told))
        self.propose.setVisible(bool(read) and known.outcome != read)

    def _row_chosen(self, index: QModelIndex, _before: QModelIndex) -> None:
        key = str(index.siblingAtColumn(_TEXT).data(KEY_ROLE) or "")
        plan = self.desk.plan
        column = index.column() - _FIRST_OUTCOME
        if 0 <= column < len(TERTIALS) and TERTIALS[column][0] != self._after():
            self.outcome.flush()
            self.comment.flush()
            self.tertial.set_value(TERTIALS[column][0])
        elif key == self._chosen_id:
            return
        if key != self._chosen_id:
            self.outcome.flush()
            self.comment.flush()
            self._chosen_id = key
        if plan is not None:
            self._fill_form(plan)

    # -- writing --------------------------------------------------------------------------------------

    def _written(self, row: int, column: int, text: str) -> None:
        plan = self.desk.plan
        goal = (
            next((each for each in plan.goals if each.id == self._keys[row]), None)
            if plan is not None
            else None
        )
        text = text.strip()
        if goal is None or (column == _TEXT and not text):
            return
        if column == _TEXT:
            self._put(replace(goal, text=text), "Ändra mål")
        elif column == _TARGET:
            self._put(replace(goal, target=text), "Ändra målvärde")
        else:
            tertial = TERTIALS[column - _FIRST_OUTCOME][0]
            known = goal.after(tertial) or GoalOutcome(tertial=tertial)
            self._put(with_outcome(goal, replace(known, outcome=text)), "Ändra målets utfall")

    def _facts_changed(self, _value: object) -> None:
        goal, kind = self._goal(), self.kind.value()
        if goal is not None and isinstance(kind, GoalKind):
            indicator = str(self.indicator.value() or "")
            team = str(self.team.value() or "") if indicator else ""
            self._put(replace(goal, kind=kind, indicator_id=indicator, team_id=team), "Ändra mål")

    def _tertial_chosen(self, _value: object) -> None:
        plan = self.desk.plan
        if plan is not None:
            self._fill_form(plan)

    def _outcome_changed(self, _value: object) -> None:
        goal, judgement = self._goal(), self.judgement.value()
        if goal is None or not isinstance(judgement, Judgement):
            return
        after = GoalOutcome(
            tertial=self._after(),
            outcome=self.outcome.text(),
            judgement=judgement,
            comment=self.comment.text(),
        )
        self._put(with_outcome(goal, after), "Följ upp mål", merge=f"goal:{goal.id}:{self._after()}")

    def take_reading(self) -> None:
        """Write the reading as the outcome, with the judgement that the numbers give where nobody has judged."""
        plan, goal = self.desk.plan, self._goal()
        if plan is None or goal is None:
            return
        read = reading_in_words(plan, goal, self._after(), self.association)
        known = goal.after(self._after()) or GoalOutcome(tertial=self._after())
        judged = known.judgement
        if judged is Judgement.UNSET:
            judged = proposed_judgement(goal, read)
        self._put(with_outcome(goal, replace(known, outcome=read, judgement=judged)), "Ta in målets utfall")

    def add_goal(self) -> None:
        """Add a goal and open its text."""
        goal = PlanGoal(text="Nytt mål")
        if self._put(goal, "Lägg till mål"):
            self._chosen_id = goal.id
            self.fill()
            index = self.table.cells.index(self._keys.index(goal.id), _TEXT)
            self.table.setCurrentIndex(index)
            self.table.setFocus()
            self.table.edit(index)

    def remove_goal(self) -> None:
        """Take the chosen goal away."""
        goal = self._goal()
        if goal is not None:
            self.desk.put(
                "Ta bort mål",
                lambda plan: replace(plan, goals=tuple(each for each in plan.goals if each.id != goal.id)),
                tell=True,
            )
            self.fill()

    def _put(self, goal: PlanGoal, label: str, *, merge: str = "") -> bool:
        done = self.desk.put(label, lambda plan: with_goal(plan, goal), merge=merge)
        self.fill()
        return done


def _row(goal: PlanGoal, after: list[GoalRow]) -> tuple[TableCell, ...]:
    judged = next((row for row in reversed(after) if row.judgement is not Judgement.UNSET), None)
    outcomes = (
        TableCell(text=row.outcome, key=goal.id, tone="text2" if row.proposed else None) for row in after
    )
    return (
        TableCell(text=goal.text, key=goal.id),
        TableCell(text=goal.target, key=goal.id),
        *outcomes,
        TableCell(text=judged.words, key=goal.id, state=STATES[judged.judgement])
        if judged
        else TableCell(key=goal.id),
    )

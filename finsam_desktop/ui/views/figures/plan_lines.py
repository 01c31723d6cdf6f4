"""The budget's posts over three years, area by area, with sums that follow as one writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import QModelIndex

from finsam_desktop.domain.plan_start import with_contributions
from finsam_desktop.domain.plan_sums import AreaSum, areas, plan_years
from finsam_desktop.domain.typed_numbers import UnreadableNumber, read_kr
from finsam_desktop.domain.wording import number
from finsam_desktop.domain.year_plan import (
    COST_AREAS,
    INCOME_AREAS,
    MEASURES,
    OTHER_INCOME,
    PlanKind,
    PlanLine,
    YearPlan,
)
from finsam_desktop.ui.models.cells_model import KEY_ROLE, TableCell, TableColumn
from finsam_desktop.ui.views.figures.plan_desk import PlanDesk, PlanSection
from finsam_desktop.ui.views.section import Remarks
from finsam_desktop.ui.widgets.buttons import link_button, secondary_button
from finsam_desktop.ui.widgets.edit_table import EditTable
from finsam_desktop.ui.widgets.fields import ChoiceField
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.prose_line import ProseLine
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.text_edits import TextField

_LABEL, _FIRST, _LAST, _NOTE = 0, 1, 3, 4


class LinesSection(PlanSection):
    """The table of posts, and a form for the post that is chosen."""

    def __init__(self, desk: PlanDesk) -> None:
        super().__init__(desk, "Budget")
        self.head.set_fact("Belopp i kronor")
        self.table = EditTable("Budgetens poster")
        self.remarks = Remarks("Kontroller, budget")
        self.new_cost = secondary_button("Ny kostnad", "plus")
        self.new_income = secondary_button("Ny intäkt", "plus")
        self.drop = link_button("Ta bort posten", "trash-2")
        self.contribution = TextField(placeholder="kr för hela året")
        self.divide = secondary_button("Fördela på medlemmarna")
        self.area, self.member, self.measure = ChoiceField(editable=True), ChoiceField(), ChoiceField()
        self.note = ProseLine()
        self._keys: tuple[str, ...] = ()
        self._unread = ""
        self._chosen_id = ""
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        for choice in (self.area, self.member, self.measure):
            choice.setMinimumContentsLength(14)
        self._member_row = FormRow("Medlem", self.member)
        self._measure_row = FormRow("Insats", self.measure)
        self._note_row = FormRow("Anmärkning", self.note)
        self.form = FormLine(
            (FormRow("Område för posten", self.area), 3), (self._member_row, 3), (self._measure_row, 3),
            (self._note_row, 4),
        )  # fmt: skip
        self.add(self.table)
        self.add(self.remarks)
        self.add_row(self.new_cost, self.new_income, self.drop)
        self.add(self.form)
        self._contribution_row = FormRow("Medlemsbidrag", self.contribution)
        self.contribution.setMinimumWidth(180)
        self.add_row(self._contribution_row, self.divide)

    def _connect(self) -> None:
        self.table.cells.edited.connect(self._written)
        self.table.cells.pasted.connect(self._take)
        self.table.selectionModel().currentChanged.connect(self._row_chosen)
        self.new_cost.clicked.connect(self.add_cost)
        self.new_income.clicked.connect(self.add_income)
        self.drop.clicked.connect(self.remove_line)
        self.divide.clicked.connect(self.divide_contributions)
        self.area.chosen.connect(self._form_changed)
        line_edit = self.area.lineEdit()
        if line_edit is not None:
            line_edit.editingFinished.connect(self._area_written)
        for choice in (self.member, self.measure):
            choice.chosen.connect(self._form_changed)
        self.note.edited.connect(self._form_changed)

    # -- showing --------------------------------------------------------------------------------------

    def flush(self) -> None:
        self.table.flush()
        self.note.flush()

    def fill(self) -> None:
        plan = self.desk.plan
        if plan is None:
            return
        columns = (
            TableColumn(title="Post"), TableColumn(title=f"Budget {plan.year}", right=True),
            TableColumn(title=f"Plan {plan.year + 1}", right=True),
            TableColumn(title=f"Plan {plan.year + 2}", right=True), TableColumn(title="Anmärkning"),
        )  # fmt: skip
        rows, keys = _rows(plan)
        self._keys = keys
        self.table.cells.set_cells(columns, rows, self._can_edit)
        # The notes take what is left, so that a long one never pushes the posts' names together.
        noted = any(line.note or line.source for line in plan.lines)
        self.table.setColumnHidden(_NOTE, not noted)
        self.table.stretch_column(_NOTE if noted else _LABEL)
        self.table.fit_height()
        self.table.setVisible(bool(plan.lines))
        if self._chosen_id not in keys:
            self._chosen_id = ""
        self._fill_form(plan)
        if not self.contribution.has_unreported_text() and not self.contribution.hasFocus():
            whole = plan_years(plan)[0].contribution or self.association.rules.contribution
            self.contribution.set_text("" if whole is None else _kr(whole))
        self.remarks.show_remarks(((State.MUST_MEND, self._unread),) if self._unread else ())

    def _can_edit(self, row: int, column: int) -> bool:
        return row < len(self._keys) and bool(self._keys[row]) and column <= _LAST

    def _line(self, plan: YearPlan | None = None) -> PlanLine | None:
        plan = plan or self.desk.plan
        lines = plan.lines if plan is not None else ()
        return next((line for line in lines if line.id == self._chosen_id), None)

    def _fill_form(self, plan: YearPlan) -> None:
        line = self._line(plan)
        self.form.setVisible(line is not None)
        self.drop.setEnabled(line is not None)
        if line is None:
            return
        usual = INCOME_AREAS if line.kind is PlanKind.INCOME else COST_AREAS
        own = [each.area for each in plan.lines if each.kind is line.kind and each.area not in usual]
        names = tuple(dict.fromkeys((*usual, *own)))
        if [self.area.itemText(place) for place in range(self.area.count())] != list(names):
            self.area.set_choices(tuple((name, name) for name in names))
        self.area.setEditText(line.area)
        members = ((("", "Ingen")), *((m.id, m.name) for m in self.association.members))
        self.member.set_choices(members)
        self.member.set_value(line.member_id)
        self.measure.set_choices((("", "Ingen"), *((m.id, m.name) for m in self.association.measures)))
        self.measure.set_value(line.measure_id)
        self._member_row.setVisible(line.kind is PlanKind.INCOME)
        self._measure_row.setVisible(line.kind is PlanKind.COST)
        self.note.set_text(line.note)
        self._note_row.set_help(f"Källa: {line.source}" if line.source else "")

    def _row_chosen(self, index: QModelIndex, _before: QModelIndex) -> None:
        key = str(index.siblingAtColumn(_LABEL).data(KEY_ROLE) or "")
        if key != self._chosen_id:
            self.note.flush()
            self._chosen_id = key
            plan = self.desk.plan
            if plan is not None:
                self._fill_form(plan)

    # -- writing --------------------------------------------------------------------------------------

    def _written(self, row: int, column: int, text: str) -> None:
        self._take(row, column, ((text,),))

    def _take(self, first: int, left: int, rows: Sequence[Sequence[str]]) -> None:
        """Put in a block of texts from a cell on; all or nothing, as one step to undo."""
        plan = self.desk.plan
        if plan is None:
            return
        lines = {line.id: line for line in plan.lines}
        self._unread = ""
        for down, texts in enumerate(rows):
            for right, text in enumerate(texts):
                row, column = first + down, left + right
                if not self._can_edit(row, column):
                    continue
                line = lines[self._keys[row]]
                try:
                    lines[line.id] = _with_cell(line, column, text)
                except UnreadableNumber as error:
                    self._unread = str(error)
                    self.fill()
                    return
        changed = tuple(lines[line.id] for line in plan.lines)
        one = [new for old, new in zip(plan.lines, changed, strict=True) if new != old]
        label = f"Ändra {one[0].label or 'post'} i budgeten" if len(one) == 1 else "Ändra budgeten"
        self.desk.put(label, lambda each: replace(each, lines=changed))
        self.fill()

    def _area_written(self) -> None:
        self._form_changed()

    def _form_changed(self, _value: object = None) -> None:
        line = self._line()
        if line is None:
            return
        changed = replace(
            line,
            area=self.area.currentText().strip(),
            member_id=str(self.member.value() or "") if line.kind is PlanKind.INCOME else "",
            measure_id=str(self.measure.value() or "") if line.kind is PlanKind.COST else "",
            note=self.note.text(),
        )
        self.desk.put(f"Ändra {line.label} i budgeten", lambda plan: _with_line(plan, changed), merge="line")
        self.fill()

    def add_cost(self) -> None:
        """Add a cost and open its name."""
        self._add(PlanLine(label="Ny kostnad", area=self._area_at_hand(PlanKind.COST, MEASURES)))

    def add_income(self) -> None:
        """Add an income and open its name."""
        area = self._area_at_hand(PlanKind.INCOME, OTHER_INCOME)
        self._add(PlanLine(label="Ny intäkt", kind=PlanKind.INCOME, area=area))

    def _area_at_hand(self, kind: PlanKind, usual: str) -> str:
        line = self._line()
        return line.area if line is not None and line.kind is kind else usual

    def _add(self, line: PlanLine) -> None:
        if self.desk.put("Lägg till post i budgeten", lambda plan: replace(plan, lines=(*plan.lines, line))):
            self._chosen_id = line.id
            self.fill()
            index = self.table.cells.index(self._keys.index(line.id), _LABEL)
            self.table.setCurrentIndex(index)
            self.table.setFocus()
            self.table.edit(index)

    def remove_line(self) -> None:
        """Take the chosen post away."""
        line = self._line()
        if line is not None:
            self.desk.put(
                f"Ta bort {line.label} ur budgeten",
                lambda plan: replace(plan, lines=tuple(each for each in plan.lines if each.id != line.id)),
                tell=True,
            )
            self.fill()

    def divide_contributions(self) -> None:
        """Divide the year's contributions by the law and the members' shares, in all years that have contributions."""
        plan = self.desk.plan
        try:
            whole = read_kr(self.contribution.text())
        except UnreadableNumber as error:
            self._contribution_row.set_remark(str(error), State.MUST_MEND)
            return
        self._contribution_row.set_remark("")
        if plan is None or whole is None:
            return
        years = plan_years(plan)
        totals: list[Decimal | None] = [whole, *(year.contribution or whole for year in years[1:])]
        members = self.association.members
        self.desk.put(
            "Fördela medlemsbidragen", lambda each: with_contributions(each, members, totals), tell=True
        )
        self.fill()


def _rows(plan: YearPlan) -> tuple[tuple[tuple[TableCell, ...], ...], tuple[str, ...]]:
    """The table's rows and, for each, the id of its line; sums and headings have none."""
    rows: list[tuple[TableCell, ...]] = []
    keys: list[str] = []

    def put(key: str, *cells: TableCell) -> None:
        rows.append((*cells, *(TableCell(key=key, sum=cells[0].sum) for _ in range(5 - len(cells)))))
        keys.append(key)

    for kind, total in ((PlanKind.INCOME, "Summa intäkter"), (PlanKind.COST, "Summa kostnader")):
        of_kind = [area for area in areas(plan) if area.kind is kind]
        for area in of_kind:
            alone = len(area.lines) == 1 and area.lines[0].label == area.name
            if not alone:
                put("", TableCell(text=area.name or "Utan område", tone="text2"),
                    *(TableCell(text=_kr(a), tone="text2") for a in _several(area)))  # fmt: skip
            for line in area.lines:
                told = line.note or line.source
                put(
                    line.id, TableCell(text=line.label, key=line.id, indent=0 if alone else 1),
                    *(TableCell(text=_kr(line.of(offset)), key=line.id) for offset in range(3)),
                    TableCell(text=told, key=line.id, tone="text2"),
                )  # fmt: skip
        if of_kind:
            years = plan_years(plan)
            sums = [year.income if kind is PlanKind.INCOME else year.costs for year in years]
            put("", TableCell(text=total, sum=True), *(TableCell(text=_kr(a), sum=True) for a in sums))
    results = [year.result for year in plan_years(plan)]
    if rows:
        put("", TableCell(text="Resultat", sum=True), *(TableCell(text=_kr(a), sum=True) for a in results))
    return tuple(rows), tuple(keys)


def _several(area: AreaSum) -> tuple[Decimal | None, ...]:
    """The area's sums; an area of one line has none of its own."""
    return area.sums if len(area.lines) > 1 else (None, None, None)


def _with_cell(line: PlanLine, column: int, text: str) -> PlanLine:
    if column == _LABEL:
        return replace(line, label=text.strip()) if text.strip() else line
    amount = read_kr(text)
    if column == _FIRST:
        return replace(line, amount=amount, source="")
    first, second = line.later
    return replace(line, later=(amount, second) if column == _FIRST + 1 else (first, amount))


def _with_line(plan: YearPlan, line: PlanLine) -> YearPlan:
    return replace(plan, lines=tuple(line if each.id == line.id else each for each in plan.lines))


def _kr(amount: Decimal | None) -> str:
    if amount is None:
        return ""
    return number(amount, 0 if amount == amount.to_integral_value() else 2)

"""Equity through the plan's three years against both measures, and why a budget is not balanced."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from finsam_desktop.domain.equity_measures import NOT_THE_SAME
from finsam_desktop.domain.plan_sums import PlanYear, plan_years
from finsam_desktop.domain.typed_numbers import UnreadableNumber, read_kr
from finsam_desktop.domain.wording import number
from finsam_desktop.ui.models.cells_model import CellsModel, TableCell, TableColumn
from finsam_desktop.ui.views.figures.plan_desk import PlanDesk, PlanSection
from finsam_desktop.ui.widgets.forms import FormRow
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Label
from finsam_desktop.ui.widgets.tables import DataTable
from finsam_desktop.ui.widgets.text_edits import GrowingTextEdit, TextField


class EquitySection(PlanSection):
    """Opening equity, the table, and the reason of a deficit."""

    def __init__(self, desk: PlanDesk) -> None:
        super().__init__(desk, "Eget kapital")
        self.opening = TextField(placeholder="kr")
        self.opening.setMinimumWidth(180)
        self._opening_row = FormRow("Eget kapital vid årets början", self.opening)
        self.table = DataTable("Eget kapital de tre åren")
        self._model = CellsModel(parent=self.table)
        self.table.setModel(self._model)
        self.reason = GrowingTextEdit(
            "", "Varför kostnaderna får vara större än intäkterna", min_lines=2, markdown=True
        )
        self._reason_row = FormRow(
            "Motivering till underskottet", self.reason,
            "Intäkterna ska överstiga kostnaderna (KL 11 kap. 5 §). Många förbund använder eget kapital.",
        )  # fmt: skip
        self.opening.edited.connect(self._opening_written)
        self.reason.edited.connect(self._reason_written)
        self.add_row(self._opening_row)
        self.add(self.table)
        self.add(Label(NOT_THE_SAME, "meta", "text2", wrap=True))
        self.add(self._reason_row)

    def flush(self) -> None:
        self.opening.flush()
        self.reason.flush()

    def fill(self) -> None:
        plan = self.desk.plan
        if plan is None:
            return
        years = plan_years(plan)
        shown = "" if plan.opening_equity is None else _kr(plan.opening_equity)
        if self._read() != plan.opening_equity or not self.opening.text():
            self.opening.set_text(shown)
        columns = (TableColumn(title=""), *(TableColumn(title=str(year.year), right=True) for year in years))
        rows = (
            _row("Vid årets början", [year.opening for year in years]),
            _row("Årets resultat", [year.result for year in years]),
            _row("Vid årets slut", [year.closing for year in years], total=True),
            _row("Tak enligt Nationella rådets trappa", [_cap(year) for year in years]),
            _row("Tak enligt måttet 20 procent", [_plain_cap(year) for year in years]),
            _verdict("Inom trappan", [_within(year, "within_ladder") for year in years]),
            _verdict("Inom 20 procent", [_within(year, "within_plain") for year in years]),
        )
        self._model.set_table(columns, rows)
        self.table.stretch_column(0)
        self.table.fit_height()
        self.reason.set_text(plan.deficit_reason)
        result = years[0].result
        deficit = result is not None and result < 0
        self._reason_row.setVisible(deficit or bool(plan.deficit_reason))
        lacking = deficit and not plan.deficit_reason.strip()
        self._reason_row.set_remark("Budgeten har ett underskott. Skriv styrelsens skäl." if lacking else "")

    def _read(self) -> Decimal | None:
        try:
            return read_kr(self.opening.text())
        except UnreadableNumber:
            return None

    def _opening_written(self, text: str) -> None:
        try:
            amount = read_kr(text)
        except UnreadableNumber as error:
            self._opening_row.set_remark(str(error), State.MUST_MEND)
            return
        self._opening_row.set_remark("")
        self.desk.put(
            "Ändra ingående eget kapital", lambda plan: replace(plan, opening_equity=amount), merge="opening"
        )
        self.fill()

    def _reason_written(self, text: str) -> None:
        self.desk.put("Ändra motiveringen", lambda plan: replace(plan, deficit_reason=text), merge="reason")


def _cap(year: PlanYear) -> Decimal | None:
    return year.measured.cap if year.measured is not None else None


def _plain_cap(year: PlanYear) -> Decimal | None:
    return year.measured.plain_cap if year.measured is not None else None


def _within(year: PlanYear, name: str) -> bool | None:
    return None if year.measured is None else getattr(year.measured, name)


def _row(label: str, amounts: list[Decimal | None], *, total: bool = False) -> tuple[TableCell, ...]:
    return (
        TableCell(text=label, sum=total),
        *(TableCell(text="" if a is None else _kr(a), sum=total) for a in amounts),
    )


def _verdict(label: str, verdicts: list[bool | None]) -> tuple[TableCell, ...]:
    words = {None: "", True: "Ja", False: "Nej"}
    cells = (TableCell(text=words[each], tone="warn" if each is False else None) for each in verdicts)
    return (TableCell(text=label), *cells)


def _kr(amount: Decimal) -> str:
    return number(amount, 0 if amount == amount.to_integral_value() else 2)

"""Budget och plan in the window: posts written in place, equity, goals, where it was fixed, and a workbook's budget."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from finsam_desktop.domain.plan_sums import plan_of, plan_years
from finsam_desktop.domain.year_plan import Judgement, PlanKind, YearPlan
from finsam_desktop.ui.views.figures.plan_pane import ELSEWHERE, PlanPane
from tests.ui.one_pane import PaneShell
from tests.ui.waiting import wait_until


@pytest.fixture
def shell(qapp: object, example_file: Path, tmp_path: Path) -> Iterator[PaneShell]:
    made = PaneShell(example_file, tmp_path)
    yield made
    made.close()


@pytest.fixture
def pane(shell: PaneShell) -> PlanPane:
    made = PlanPane(shell)  # type: ignore[arg-type]
    shell.show(made)
    return made


def plan(shell: PaneShell, year: int = 2027) -> YearPlan:
    found = plan_of(shell.session.association, year)
    assert found is not None
    return found


def place(pane: PlanPane, label: str) -> int:
    model = pane.lines.table.cells
    return next(row for row in range(model.rowCount()) if model.index(row, 0).data() == label)


def shown(pane: PlanPane, label: str) -> list[str]:
    model = pane.lines.table.cells
    return [
        str(model.index(place(pane, label), column).data()).replace("\u00a0", " ") for column in (1, 2, 3)
    ]


def test_sums_and_equity_follow_what_is_written(shell: PaneShell, pane: PlanPane) -> None:
    QAbstractItemModelTester(pane.lines.table.cells, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert shown(pane, "Resultat") == ["−360 000", "0", "0"]
    model = pane.lines.table.cells
    assert model.setData(model.index(place(pane, "Särskilda insatser"), 1), "1,6 mkr")
    assert shown(pane, "Summa kostnader")[0] == "12 180 000"
    assert shown(pane, "Resultat") == ["−460 000", "0", "0"]
    closing = [str(pane.equity.table.model().index(2, column).data()) for column in (1, 2, 3)]
    assert [text.replace("\u00a0", " ") for text in closing] == ["1 264 000"] * 3
    assert shell.session.undo_label == "Ändra Särskilda insatser i budgeten, 2027"
    shell.session.undo()
    assert shown(pane, "Resultat")[0] == "−360 000"


def test_sums_can_not_be_written_and_bad_amounts_are_refused(shell: PaneShell, pane: PlanPane) -> None:
    model = pane.lines.table.cells
    before = shell.session.association
    assert not model.setData(model.index(place(pane, "Resultat"), 1), "1")
    model.setData(model.index(place(pane, "Arbetsmarknadstorgen"), 1), "sju miljoner")
    assert shell.session.association == before
    assert pane.lines.remarks.texts() == (
        "”sju miljoner” går inte att läsa som belopp. Skriv till exempel 1 985 200.",
    )


def test_posts_come_and_go(shell: PaneShell, pane: PlanPane) -> None:
    pane.lines.new_cost.click()
    pane.flush()
    line = plan(shell).lines[-1]
    assert (line.label, line.area, line.kind) == ("Ny kostnad", "Insatser", PlanKind.COST)
    pane.lines.drop.click()
    assert plan(shell).lines[-1].label != "Ny kostnad"


def test_contributions_are_divided_among_the_members(shell: PaneShell, pane: PlanPane) -> None:
    pane.lines.contribution.setText("12 000 000")
    pane.lines.divide.click()
    years = plan_years(plan(shell))
    assert (years[0].contribution, years[1].contribution) == (12_000_000, 11_900_000)
    by_name = {line.label: line.amount for line in plan(shell).lines}
    assert (by_name["Försäkringskassan"], by_name["Norrmyra kommun"]) == (6_000_000, 360_000)


def test_the_next_plan_starts_from_the_last(shell: PaneShell, pane: PlanPane) -> None:
    assert pane.fixed.new.text() == "Ny plan för 2028"
    pane.fixed.new.click()
    new = plan(shell, 2028)
    assert plan_years(new)[0].opening == 1_364_000
    assert pane.desk.year == 2028
    assert new.goals[0].text == plan(shell).goals[0].text
    pane.fixed.drop.click()
    assert plan_of(shell.session.association, 2028) is None
    assert pane.desk.plan is not None


def test_a_plan_is_linked_to_the_item_that_fixed_it_or_to_a_day(shell: PaneShell, pane: PlanPane) -> None:
    assert pane.fixed.fixed.value() == "r05"
    pane.fixed.fixed.set_value("")
    pane.fixed.fixed.chosen.emit("")
    assert plan(shell).fixed_in == ""
    pane.fixed.fixed.chosen.emit(ELSEWHERE)
    pane.fixed.day.setText("2026-11-20")
    pane.fixed.day.editingFinished.emit()
    assert plan(shell).fixed_on == date(2026, 11, 20)
    pane.fixed.fixed.chosen.emit("r05")
    assert (plan(shell).fixed_in, plan(shell).fixed_on) == ("r05", None)


def test_an_outcome_is_taken_from_the_reading_with_its_judgement(shell: PaneShell, pane: PlanPane) -> None:
    pane.show_target("2026")
    goals = pane.goals
    goals.table.setCurrentIndex(goals.table.cells.index(1, 2))
    assert goals.tertial.value() == 1
    assert goals.outcome.placeholderText() == "52\u00a0%"
    assert goals._proposal.text() == "Avläsningen är 52\u00a0%. Målvärde och utfall talar för: inte uppfyllt."
    goals.propose.click()
    outcome = plan(shell, 2026).goals[1].after(1)
    assert outcome is not None
    assert (outcome.outcome, outcome.judgement) == ("52\u00a0%", Judgement.NOT_REACHED)
    assert goals.table.cells.index(1, 2).data() == "52\u00a0%"
    goals.table.cells.setData(goals.table.cells.index(1, 1), "minst 50 %")
    assert plan(shell, 2026).goals[1].target == "minst 50 %"
    goals.new.click()
    pane.flush()
    assert plan(shell, 2026).goals[-1].text == "Nytt mål"
    goals.drop.click()
    assert len(plan(shell, 2026).goals) == 4


def test_texts_and_the_deficits_reason_are_taken_in(shell: PaneShell, pane: PlanPane) -> None:
    pane.texts.fields["guidelines"].setPlainText("- En riktlinje")
    pane.equity.reason.setPlainText("")
    pane.flush()
    assert (plan(shell).guidelines, plan(shell).deficit_reason) == ("- En riktlinje", "")
    pane.equity.fill()
    assert not pane.equity._reason_row.isHidden()


def test_a_budget_column_is_read_into_the_plan(
    shell: PaneShell, pane: PlanPane, example_folder: Path
) -> None:
    pane.show_target("2026")
    before = plan(shell, 2026)
    cleared = tuple(replace(line, amount=Decimal(0)) for line in before.lines)
    pane.desk.put("Nolla", lambda each: replace(each, lines=cleared))
    pane.open_file(example_folder / "Resultatrapport T2 2026.xlsx")
    wait_until(lambda: plan_years(plan(shell, 2026))[0].costs == 12_635_400)
    again = plan(shell, 2026)
    assert plan_years(again)[0].result == plan_years(before)[0].result
    torgen = next(line for line in again.lines if line.label == "Arbetsmarknadstorgen")
    assert (torgen.later, torgen.source) == (
        (Decimal(6_900_000), Decimal(6_950_000)), "Resultatrapport T2 2026.xlsx, Resultatrapport, E15",
    )  # fmt: skip


def test_without_a_plan_the_first_is_one_click_away(shell: PaneShell, pane: PlanPane) -> None:
    before = shell.session.association
    shell.session.change("Töm", before, replace(before, plans=()))
    assert not pane.empty.isHidden()
    pane.empty.action_pressed.emit()
    made = shell.session.association.plans[0]
    assert plan_years(made)[0].contribution == 11_490_000
    assert pane.empty.isHidden()

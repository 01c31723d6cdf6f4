"""Verksamhet in the window: writing and pasting numbers, a workbook read with preview, teams and indicators."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLineEdit

from finsam_desktop.domain.activity import ACTIVE, STANDARD_INDICATORS, Reading
from finsam_desktop.domain.activity_tables import reading_of
from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.views.figures.activity_pane import ActivityPane
from finsam_desktop.ui.views.figures.place import FiguresView
from finsam_desktop.ui.views.figures.plan_pane import PlanPane
from tests.ui.one_pane import PaneShell
from tests.ui.waiting import wait_until


@pytest.fixture
def shell(qapp: object, example_file: Path, tmp_path: Path) -> Iterator[PaneShell]:
    made = PaneShell(example_file, tmp_path)
    yield made
    made.close()


@pytest.fixture
def pane(shell: PaneShell) -> ActivityPane:
    made = ActivityPane(shell)  # type: ignore[arg-type]
    shell.show(made)
    return made


def test_the_place_leads_to_both_tabs(window: MainWindow) -> None:
    for target, kind in (("verksamhet", ActivityPane), ("plan", PlanPane)):
        window.go("figures", target)
        view = window.findChild(FiguresView)
        assert view is not None
        assert isinstance(view.shown_part(), kind)


def reading(shell: PaneShell, team: str, indicator: str, tertial: int = 2) -> Reading | None:
    return reading_of(shell.session.association, team, indicator, 2026, tertial)


def write(pane: ActivityPane, row: int, column: int, text: str) -> None:
    """Open a cell by its key, type and leave it with Enter, as a person does."""
    table = pane.period.table
    table.setCurrentIndex(table.cells.index(row, column))
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_F2)
    editor = next(field for field in table.findChildren(QLineEdit) if field.isVisible())
    editor.setText(text)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    wait_until(lambda: not table.is_writing())


def test_a_number_is_written_in_its_cell_and_can_be_undone(shell: PaneShell, pane: ActivityPane) -> None:
    QAbstractItemModelTester(pane.period.table.cells, QAbstractItemModelTester.FailureReportingMode.Fatal)
    write(pane, 0, 1, "37")
    read = reading(shell, "team-ungdom", ACTIVE)
    assert read is not None
    assert (read.total, read.source[:12]) == (Decimal(37), "Inskrivet av")
    assert shell.session.undo_label == "Ändra Ungdomstorget, Aktiva"
    assert pane.period.table.cells.index(0, 1).data() == "37"
    assert pane.period.table.currentIndex().row() == 1, "Enter goes to the cell below"
    shell.session.undo()
    assert pane.period.table.cells.index(0, 1).data() == "34"


def test_what_is_no_number_is_refused_with_a_word_and_changes_nothing(
    shell: PaneShell, pane: ActivityPane
) -> None:
    before = shell.session.association
    write(pane, 0, 1, "trettio")
    assert shell.session.association == before
    assert pane.period.remarks.texts() == ("”trettio” går inte att läsa som antal. Skriv till exempel 54.",)
    assert pane.period.table.cells.index(0, 1).data() == "34"


def test_an_impossible_percentage_is_told_below_the_table(pane: ActivityPane) -> None:
    write(pane, 2, 4, "75 %")
    assert pane.period.remarks.texts() == (
        "75 procent av 35 går inte ihop. Björkdalen, Positiv lösning, andel, T2 2026: 26 personer är 74,3 procent, "
        "27 är 77,1.",
    )
    write(pane, 2, 4, "")
    assert pane.period.table.cells.index(2, 4).data() == "77,1\u00a0%"
    assert pane.period.remarks.texts() == ()


def test_a_block_from_a_spreadsheet_is_pasted_as_one_step(shell: PaneShell, pane: ActivityPane) -> None:
    table = pane.period.table
    QGuiApplication.clipboard().setText("38\t60\r\n41\t61\r\n")
    table.setCurrentIndex(table.cells.index(0, 1))
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [table.cells.index(row, column).data() for row in (0, 1) for column in (1, 2)] == [
        "38",
        "60",
        "41",
        "61",
    ]
    assert shell.session.undo_label == "Ändra 4 avläsningar"
    shell.session.undo()
    assert table.cells.index(1, 2).data() == "56"


def test_a_paste_with_one_bad_cell_changes_nothing(shell: PaneShell, pane: ActivityPane) -> None:
    before = shell.session.association
    table = pane.period.table
    QGuiApplication.clipboard().setText("38\tmånga")
    table.setCurrentIndex(table.cells.index(0, 1))
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert shell.session.association == before
    assert "många" in pane.period.remarks.texts()[0]


def test_another_period_and_few_persons(pane: ActivityPane) -> None:
    pane.show_target("2026/1")
    assert pane.period.table.cells.index(0, 1).data() == "38"
    assert pane.period.remarks.texts() == (
        "Färre än fem personer: Björkdalen, Nya. Slå ihop team innan tabellen lämnas ut.",
    )


def test_one_indicator_through_the_years_with_a_bar_for_each_period(pane: ActivityPane) -> None:
    history = pane.history
    history.indicator.set_value("avslutade")
    history.indicator.chosen.emit("avslutade")
    head = [history.table.cells.headerData(column, Qt.Orientation.Horizontal) for column in range(6)]
    assert head == ["Team", "T1 2025", "T2 2025", "T3 2025", "T1 2026", "T2 2026"]
    history.table.setCurrentIndex(history.table.cells.index(1, 3))
    assert [point.shown for point in history.chart.points()] == ["15", "44", "69", "21", "56"]
    assert history.chart.accessibleDescription().endswith("T2 2026: 56")


def test_a_workbook_is_shown_before_it_is_read_in(
    shell: PaneShell, pane: ActivityPane, example_folder: Path
) -> None:
    workbook = example_folder / "Resultatrapport T2 2026.xlsx"
    write(pane, 0, 1, "99")
    pane.open_file(workbook)
    wait_until(lambda: not pane.preview.isHidden())
    assert pane.preview.made is not None
    by_team = {(each.team, each.indicator): each for each in pane.preview.made.changes}
    assert by_team[("Ungdomstorget", "Aktiva")].before == "99"
    assert by_team[("Ungdomstorget", "Aktiva")].after == "34"
    assert by_team[("Ungdomstorget", "Aktiva")].source == "Resultatrapport T2 2026.xlsx, Teamen, B7"
    assert shell.session.undo_label == "Ändra Ungdomstorget, Aktiva", "nothing is changed by the preview"
    QTest.mouseClick(pane.preview.take, Qt.MouseButton.LeftButton)
    read = reading(shell, "team-ungdom", ACTIVE)
    assert read is not None
    assert (read.total, read.source) == (Decimal(34), "Resultatrapport T2 2026.xlsx, Teamen, B7")
    assert pane.preview.isHidden()
    shell.session.undo()
    undone = reading(shell, "team-ungdom", ACTIVE)
    assert undone is not None
    assert undone.total == 99


def test_a_workbook_without_teams_is_told_of_and_nothing_changes(
    shell: PaneShell, pane: ActivityPane, tmp_path: Path
) -> None:
    bad = tmp_path / "tom.csv"
    bad.write_text("Rubrik;Text\nett;två\n", encoding="utf-8")
    told: list[object] = []
    shell.session.failed.connect(told.append)
    pane.open_file(bad)
    wait_until(lambda: bool(told))
    assert "Ingen tabell med team känns igen" in str(told[0])
    assert pane.preview.isHidden()


def test_teams_and_indicators_come_and_go(shell: PaneShell, pane: ActivityPane) -> None:
    pane.teams.new.click()
    pane.flush()
    assert shell.session.association.teams[-1].name == "Nytt team"
    model = pane.teams.table.cells
    model.setData(model.index(model.rowCount() - 1, 0), "Nya torget")
    assert shell.session.association.teams[-1].name == "Nya torget"
    pane.teams.table.verb_clicked.emit(model.index(model.rowCount() - 1, 3))
    assert [team.name for team in shell.session.association.teams][-1] == "Fjällsta och Norrmyra"
    indicators = pane.indicators
    indicators.table.setCurrentIndex(indicators.table.cells.index(0, 0))
    indicators.by_sex.set_value(True)
    indicators.by_sex.chosen.emit(True)
    assert shell.session.association.indicators[0].by_sex


def test_an_empty_association_gets_the_usual_indicators_in_one_click(
    shell: PaneShell, pane: ActivityPane
) -> None:
    before = shell.session.association
    bare = replace(before, teams=(), indicators=(), readings=(), plans=())
    shell.session.change("Töm", before, bare)
    assert not pane.empty.isHidden()
    pane.empty.action_pressed.emit()
    assert shell.session.association.indicators == STANDARD_INDICATORS
    assert pane.empty.isHidden()


def test_a_numbers_source_is_shown_and_a_note_is_kept_with_it(shell: PaneShell, pane: ActivityPane) -> None:
    table = pane.period.table
    table.setCurrentIndex(table.cells.index(1, 1))
    assert pane.period.note.accessibleName() == "Anmärkning till Vuxentorget, Aktiva"
    assert pane.period.note.accessibleDescription() == "Källa: Teamens statistik T2 2026"
    pane.period.note.setText("Inflödet stoppades i maj")
    table.setCurrentIndex(table.cells.index(0, 1))
    noted = reading(shell, "team-vuxen", ACTIVE)
    assert noted is not None
    assert (noted.note, noted.total) == ("Inflödet stoppades i maj", 45)
    assert pane.period.note.text() == ""

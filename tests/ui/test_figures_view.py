"""Siffror in the real window: a workbook in, a table in the item, differences before anything is replaced."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from finsam_desktop.domain.figures import ColumnRole, Post
from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.models.sheet_model import SheetModel, SheetRole
from finsam_desktop.ui.views.figures import FiguresView
from finsam_desktop.ui.widgets.rows import RowRole

WORKBOOK = "Resultatrapport T2 2026.xlsx"


@pytest.fixture
def view(window: MainWindow, qtbot: QtBot, example_folder: Path) -> FiguresView:
    window.go("figures", "2026-11-26/r09")
    shown = window.current_view()
    assert isinstance(shown, FiguresView)
    open_file(shown, qtbot, example_folder / WORKBOOK)
    return shown


def open_file(view: FiguresView, qtbot: QtBot, path: Path) -> None:
    before = view._book
    view.open_file(path)
    qtbot.waitUntil(lambda: view._book is not before and not view.shell.jobs.running(), timeout=10_000)


def test_without_a_file_it_says_what_belongs_here(window: MainWindow) -> None:
    window.go("figures")
    view = window.current_view()
    assert view._stack.currentIndex() == 0
    assert not view._insert.isEnabled()


def test_the_recognised_table_is_marked_on_the_sheet(view: FiguresView) -> None:
    model = view._sheet_model
    assert model.table is not None
    header = model.index(model.table.top - 1, model.table.left - 1)
    assert header.data(SheetRole.HEADER)
    assert model.index(0, 0).data(SheetRole.INSIDE) is False
    assert model.headerData(1, Qt.Orientation.Horizontal) == "B"
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_table(model.table)
    del tester


def test_reading_and_result_say_the_same(view: FiguresView) -> None:
    assert view._reading._columns[ColumnRole.BUDGET].currentText().startswith("E")
    assert "−1\u00a0146" in view._paper.accessibleDescription()
    assert view._insert.text() == "Sätt in i ärende 9"


def test_the_table_lands_in_the_item_and_can_be_undone(
    view: FiguresView, window: MainWindow, qtbot: QtBot
) -> None:
    qtbot.mouseClick(view._insert, Qt.MouseButton.LeftButton)
    item = next(i for i in window.session.meeting("2026-11-26").items if i.id == "r09")
    (table,) = item.figures
    assert round(table.amount(Post.RESULT, ColumnRole.BUDGET) / 1000) == -1146
    assert table.source.file_name == WORKBOOK
    assert len(table.source.sha256) == 64
    assert window.session.undo_label == "Sätt in siffror i ärende 9"
    window.session.undo()
    item = next(i for i in window.session.meeting("2026-11-26").items if i.id == "r09")
    assert item.figures == ()


def test_a_column_can_be_corrected_with_a_choice(view: FiguresView) -> None:
    choice = view._reading._columns[ColumnRole.DEVIATION]
    choice.set_value(0)
    choice.chosen.emit(0)
    assert view._figures.column_index(ColumnRole.DEVIATION) is None
    budget = view._reading._columns[ColumnRole.BUDGET]
    budget.set_value(6)
    budget.chosen.emit(6)
    column = view._figures.columns[view._figures.column_index(ColumnRole.BUDGET)]
    assert column.source == "F"


def test_changed_figures_are_shown_before_they_replace(
    view: FiguresView, window: MainWindow, qtbot: QtBot, example_folder: Path, tmp_path: Path
) -> None:
    qtbot.mouseClick(view._insert, Qt.MouseButton.LeftButton)
    changed = tmp_path / WORKBOOK
    book = openpyxl.load_workbook(example_folder / WORKBOOK, data_only=True)
    cell = book["Resultatrapport"]["C8"]
    old = cell.value
    cell.value = old + 5000
    book.save(changed)
    open_file(view, qtbot, changed)
    assert view._insert.text() == "Uppdatera ärende 9"
    before = window.session.meeting("2026-11-26")
    qtbot.mouseClick(view._insert, Qt.MouseButton.LeftButton)
    assert window.session.meeting("2026-11-26") == before
    rows = [view._differences.index(r).data(RowRole.META) for r in range(view._differences.rowCount())]
    assert any("C8" in str(row) for row in rows)
    assert view._insert.text().startswith("Ersätt")
    qtbot.mouseClick(view._insert, Qt.MouseButton.LeftButton)
    item = next(i for i in window.session.meeting("2026-11-26").items if i.id == "r09")
    values = [c.amount for row in item.figures[0].rows for c in row.cells if c.address == "C8"]
    assert values == [old + 5000]
    assert len(item.figures) == 1


def test_a_sheet_without_a_table_says_so(view: FiguresView) -> None:
    names = [view._sheet_tabs.tabText(i) for i in range(view._sheet_tabs.count())]
    view._sheet_tabs.setCurrentIndex(names.index("Noter"))
    assert not view._insert.isEnabled()
    assert view._figures is None


@pytest.mark.parametrize("content", [b"hej", b"", b"PK\x03\x04" + b"\0" * 30], ids=["text", "tom", "zip"])
def test_a_file_that_is_no_workbook_is_named_and_nothing_changes(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, content: bytes
) -> None:
    window.go("figures")
    view = window.current_view()
    path = tmp_path / "fel.xlsx"
    path.write_bytes(content)
    view.open_file(path)
    qtbot.waitUntil(lambda: not window.jobs.running(), timeout=10_000)
    notice = window.strip.notice
    assert notice is not None
    assert "fel.xlsx" in notice.text
    assert notice.stays
    assert view._book is None


def test_the_model_without_a_sheet_is_empty() -> None:
    model = SheetModel()
    assert (model.rowCount(), model.columnCount()) == (0, 0)

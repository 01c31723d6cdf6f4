"""Siffror in the real window: a workbook in, a table in the item, differences before anything is replaced."""

from __future__ import annotations

import threading
import time
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QEventLoop, QMimeData, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from finsam_desktop.domain import numbering
from finsam_desktop.domain.figures import ColumnRole, Origin, Post
from finsam_desktop.ui.jobs import Progress
from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.models.sheet_model import SheetModel, SheetRole
from finsam_desktop.ui.views.figures.place import TARGETS
from finsam_desktop.ui.views.figures.table_pane import FigureTablePane
from finsam_desktop.ui.widgets.rows import RowRole
from tests.bench.bench_sources import write as write_ledger
from tests.unit.sources import sie_files

WORKBOOK = "Resultatrapport T2 2026.xlsx"


@pytest.fixture
def view(window: MainWindow, qtbot: QtBot, example_folder: Path) -> FigureTablePane:
    window.go("figures", "2026-11-26/r09")
    shown = window.current_view().table
    assert isinstance(shown, FigureTablePane)
    open_file(shown, qtbot, example_folder / WORKBOOK)
    return shown


def open_file(view: FigureTablePane, qtbot: QtBot, path: Path) -> None:
    before = view._book
    view.open_file(path)
    qtbot.waitUntil(lambda: view._book is not before and not view.shell.jobs.running(), timeout=10_000)


def number(view: FigureTablePane) -> str:
    """The number of the item that the tests set tables into."""
    return numbering.agenda_numbers(view.shell.session.meeting("2026-11-26"))["r09"]


def test_without_a_file_it_says_what_belongs_here(window: MainWindow) -> None:
    window.go("figures")
    view = window.current_view().table
    assert view._stack.currentIndex() == 0
    assert not view._insert.isEnabled()


def test_the_recognised_table_is_marked_on_the_sheet(view: FigureTablePane) -> None:
    model = view._sheet_model
    assert model.table is not None
    header = model.index(model.table.top - 1, model.table.left - 1)
    assert header.data(SheetRole.HEADER)
    assert model.index(0, 0).data(SheetRole.INSIDE) is False
    assert model.headerData(1, Qt.Orientation.Horizontal) == "B"
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_table(model.table)
    del tester


def test_reading_and_result_say_the_same(view: FigureTablePane) -> None:
    assert view._reading._columns[ColumnRole.BUDGET].currentText().startswith("E")
    assert "−1\u00a0146" in view._paper.accessibleDescription()
    assert view._insert.text() == f"Sätt in i ärende {number(view)}"


def test_the_table_lands_in_the_item_and_can_be_undone(
    view: FigureTablePane, window: MainWindow, qtbot: QtBot
) -> None:
    qtbot.mouseClick(view._insert, Qt.MouseButton.LeftButton)
    item = next(i for i in window.session.meeting("2026-11-26").items if i.id == "r09")
    (table,) = item.figures
    assert round(table.amount(Post.RESULT, ColumnRole.BUDGET) / 1000) == -1146
    assert table.source.file_name == WORKBOOK
    assert len(table.source.sha256) == 64
    assert window.session.undo_label == f"Sätt in siffror i ärende {number(view)}"
    window.session.undo()
    item = next(i for i in window.session.meeting("2026-11-26").items if i.id == "r09")
    assert item.figures == ()


def test_a_column_can_be_corrected_with_a_choice(view: FigureTablePane) -> None:
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
    view: FigureTablePane, window: MainWindow, qtbot: QtBot, example_folder: Path, tmp_path: Path
) -> None:
    qtbot.mouseClick(view._insert, Qt.MouseButton.LeftButton)
    changed = tmp_path / WORKBOOK
    book = openpyxl.load_workbook(example_folder / WORKBOOK, data_only=True)
    cell = book["Resultatrapport"]["C8"]
    old = cell.value
    cell.value = old + 5000
    book.save(changed)
    open_file(view, qtbot, changed)
    assert view._insert.text() == f"Uppdatera ärende {number(view)}"
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


def test_a_sheet_without_a_table_says_so(view: FigureTablePane) -> None:
    names = [view._sheet_tabs.tabText(i) for i in range(view._sheet_tabs.count())]
    view._sheet_tabs.setCurrentIndex(names.index("Noter"))
    assert not view._insert.isEnabled()
    assert view._figures is None


@pytest.mark.parametrize("content", [b"hej", b"", b"PK\x03\x04" + b"\0" * 30], ids=["text", "tom", "zip"])
def test_a_file_that_is_no_workbook_is_named_and_nothing_changes(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, content: bytes
) -> None:
    window.go("figures")
    view = window.current_view().table
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


def tabs(view: FigureTablePane) -> list[str]:
    return [view._sheet_tabs.tabText(i) for i in range(view._sheet_tabs.count())]


def test_a_bookkeeping_file_becomes_reports(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, example_folder: Path
) -> None:
    path = tmp_path / "bok.se"
    path.write_bytes(sie_files.made("4E").encode("cp437"))
    window.go("figures", "2026-11-26/r09")
    view = window.current_view().table
    open_file(view, qtbot, path)
    assert tabs(view) == ["Resultat T2", "Balans T2", "Resultat T1", "Balans T1"]
    assert "Kontona är grupperade efter kontoplanen Kommun-Bas." in view._reading._remarks.text()
    qtbot.mouseClick(view._insert, Qt.MouseButton.LeftButton)
    item = next(i for i in window.session.meeting("2026-11-26").items if i.id == "r09")
    (table,) = item.figures
    assert table.source.origin is Origin.BOOKKEEPING
    income = sum(-Decimal(row[2]) for row in sie_files.ROWS if row[1].startswith("3"))
    assert table.amount(Post.INCOME, ColumnRole.OUTCOME) == income
    cell = next(row.cells[2] for row in table.rows if row.cells[0].text == "4510")
    assert cell.address == "konto 4510 2026-08-31"


def test_a_correction_is_remembered_for_the_next_tertial(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    """Last year's outcome is left out of T1; the same sender's file at T2 is understood so from the start."""
    first, second = tmp_path / "t1.se", tmp_path / "t2.se"
    text = sie_files.made("2")
    early = [
        line for line in text.split("\n") if not (line.startswith("#PSALDO 0 2026") and line[14] in "5678")
    ]
    first.write_bytes("\n".join(early).replace("#OMFATTN 20260831", "#OMFATTN 20260430").encode("cp437"))
    second.write_bytes(text.encode("cp437"))
    window.go("figures", "2026-11-26/r09")
    view = window.current_view().table
    open_file(view, qtbot, first)
    assert view._table.sheet == "Resultat T1"
    choice = view._reading._columns[ColumnRole.PREVIOUS_OUTCOME]
    choice.set_value(0)
    choice.chosen.emit(0)
    assert view._figures.column_index(ColumnRole.PREVIOUS_OUTCOME) is None
    qtbot.mouseClick(view._insert, Qt.MouseButton.LeftButton)
    open_file(view, qtbot, second)
    assert view._table.sheet == "Resultat T2"
    assert view._figures.column_index(ColumnRole.PREVIOUS_OUTCOME) is None
    assert view._figures.column_index(ColumnRole.BUDGET) is not None


def test_a_table_is_pasted_with_the_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    window.go("figures", "2026-11-26/r09")
    view = window.current_view().table
    held = QMimeData()
    held.setHtml(
        "<table><tr><td>Post<td>Utfall 2026<tr><td>Resor<td>1 234,50<tr><td>Summa<td>1 234,50</table>"
    )
    held.setText("fel\ttabell\n1\t2")
    QGuiApplication.clipboard().setMimeData(held)
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert tabs(view) == ["Inklistrat"]
    qtbot.mouseClick(view._insert, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(view._paste, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(view._insert, Qt.MouseButton.LeftButton)
    item = next(i for i in window.session.meeting("2026-11-26").items if i.id == "r09")
    assert [table.source.origin for table in item.figures] == [Origin.PASTED, Origin.PASTED]
    assert str(item.figures[0].rows[0].cells[1].amount) == "1234.5"


def test_what_is_copied_but_no_table_is_told(window: MainWindow) -> None:
    window.go("figures")
    view = window.current_view().table
    QGuiApplication.clipboard().setText("bara ord")
    view.paste()
    assert window.strip.notice is not None
    assert "ingen tabell" in window.strip.notice.text
    assert view._stack.currentIndex() == 0


def test_the_window_lives_while_a_large_file_is_read_and_reading_can_be_stopped(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "stor.xlsx"
    write_ledger(path, 20_000)
    window.go("figures")
    view = window.current_view().table
    loop = QEventLoop()
    beats = [time.perf_counter()]

    def beat() -> None:
        beats.append(time.perf_counter())
        if (view._book is not None and not window.jobs.running()) or beats[-1] - beats[0] > 120:
            loop.quit()

    timer = QTimer()
    timer.timeout.connect(beat)
    timer.start(5)
    view.open_file(path)
    loop.exec()  # not qtbot's wait, which keeps the other thread from running
    timer.stop()
    assert view._book is not None
    reading = sorted(after - before for before, after in pairwise(beats))
    # How long it takes depends on what else the machine does; a window that stood still would have had long pauses.
    assert len(reading) > 20
    assert reading[-3] < sum(reading) / 4, reading[-5:]
    assert window.strip.notice is not None
    assert "har 5000 rader" in window.strip.notice.text or "har högst 1000" in window.strip.notice.text
    assert not view._insert.isEnabled()
    view._book = None
    view.open_file(path)
    (job,) = window.jobs.running()
    job.cancel()
    qtbot.waitUntil(lambda: not window.jobs.running(), timeout=30_000)
    assert view._book is None


def test_a_sum_is_counted_again_marked_and_taken_back(
    view: FigureTablePane, window: MainWindow, qtbot: QtBot, example_folder: Path, tmp_path: Path
) -> None:
    changed = tmp_path / WORKBOOK
    book = openpyxl.load_workbook(example_folder / WORKBOOK, data_only=True)
    sheet = book["Resultatrapport"]
    place = next(cell for cell in sheet["B"] if cell.value == "Resultat").row
    right = sheet.cell(place, 5).value
    sheet.cell(place, 5).value = right - 1000
    book.save(changed)
    open_file(view, qtbot, changed)
    address = f"E{place}"

    def button(words: str) -> QPushButton:
        return next(b for b in view._reading._mends.findChildren(QPushButton) if b.text().startswith(words))

    again = button(f"Räkna om {address} till ")
    assert str(right)[-3:] in again.text()
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    row = view._figures.row_with(Post.RESULT)
    cell = next(each for each in row.cells if each.address == address)
    assert (cell.amount, cell.override.before, cell.override.by) == (right, right - 1000, window.session.user)
    assert openpyxl.load_workbook(changed, data_only=True)["Resultatrapport"][address].value == right - 1000
    qtbot.mouseClick(view._insert, Qt.MouseButton.LeftButton)
    item = next(i for i in window.session.meeting("2026-11-26").items if i.id == "r09")
    kept = next(each for r in item.figures[0].rows for each in r.cells if each.address == address)
    assert kept.override.why == "Räknat om så att summan stämmer"
    qtbot.mouseClick(button("Ta tillbaka "), Qt.MouseButton.LeftButton)
    row = view._figures.row_with(Post.RESULT)
    assert next(each for each in row.cells if each.address == address).override is None


def test_before_a_file_there_is_nothing_to_change_and_files_at_hand_are_offered(
    window: MainWindow, qtbot: QtBot, example_folder: Path
) -> None:
    near = window.session.path.parent / WORKBOOK
    near.write_bytes((example_folder / WORKBOOK).read_bytes())
    (near.parent / f"~${WORKBOOK}").write_bytes(b"")
    window.go("figures")
    view = window.current_view().table
    view.refresh()
    assert [button.text() for button in view.head_widgets()] == ["Klistra in tabell"]
    assert list(view.near.buttons()) == [WORKBOOK]
    assert not view._example.isVisible(), "the example is what is open, or files of one's own are at hand"
    qtbot.mouseClick(view.near.buttons()[WORKBOOK], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view._book is not None, timeout=10_000)
    assert "Byt fil" in [button.text() for button in view.head_widgets()]


def test_the_tabs_of_the_place_are_reached_by_name(window: MainWindow) -> None:
    window.go("figures")
    view = window.current_view()
    names = [view.tabs.tabText(place) for place in range(view.tabs.count())]
    assert names == ["Källa och tabell", "Rapporter", "Ekonomi", "Verksamhet", "Budget och plan"]
    for place, target in enumerate(TARGETS):
        window.go("figures", target)
        assert window.current_view() is view
        assert view.tabs.currentIndex() == place
        assert view.shown_part().isVisibleTo(view)
        assert view.panes()[0] is view.tabs
    window.go("figures", "2026-11-26/r09")
    assert view.tabs.currentIndex() == 0


def test_reading_200_000_rows_can_be_stopped_and_leaves_what_was_shown(
    view: FigureTablePane,
    window: MainWindow,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "stor.csv"
    rows = (f"{4000 + row % 1000};Rad {row};{row},50;{row}\n" for row in range(200_000))
    path.write_text("Konto;Benämning;Utfall 2026;Budget 2026\n" + "".join(rows), encoding="utf-8")
    before, shown = view._book, view._figures
    steps, go_on, step = [], threading.Event(), Progress.step

    def held(self: Progress, *said: object, **more: object) -> None:
        steps.append(said)
        if len(steps) == 3:  # in the middle of the file, however fast it is read
            go_on.wait(60)
        step(self, *said, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Progress, "step", held)
    view.open_file(path)
    (job,) = window.jobs.running()
    qtbot.waitUntil(lambda: len(steps) == 3)
    job.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: not window.jobs.running(), timeout=60_000)
    assert view._book is before
    assert view._figures is shown
    assert view._insert.isEnabled()


def test_the_rows_of_head_and_sums_can_be_corrected(view: FigureTablePane) -> None:
    reading = view._reading
    top = view._table.top
    sums = reading._sums.text()
    assert reading._header.currentText().startswith(f"Rad {top}  Konto, Benämning")
    first = view._figures.rows[0]
    reading._header.set_value(top + 1)
    reading._header.chosen.emit(top + 1)
    assert view._table.top > top, "the words that were the head are outside now"
    reading._header.set_value(top)
    reading._header.chosen.emit(top)
    assert view._table.top == top
    assert view._figures.rows[0] == first, "back where it was"
    reading._sums.set_text("8, 12")
    reading._sums.edited.emit("8, 12")
    kinds = {r.row: r.kind for r in view._table.rows}
    assert (kinds[8], kinds[12], kinds[21]) == ("sum", "sum", "row")
    reading._sums.edited.emit("8, 900")
    assert not reading._sums_row._remark.isHidden()
    reading._sums.edited.emit(sums)
    kinds = {r.row: r.kind for r in view._table.rows}
    assert (kinds[8], kinds[12], kinds[21]) == ("row", "sum", "sum")

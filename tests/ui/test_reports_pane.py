"""Rapporter in the real window: from the bookkeeping file to a finished report, with what people have said kept."""

from __future__ import annotations

import re
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.figures import ColumnRole, FigureTable, Origin, Post, Purpose
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.models.report_model import COMMENT, ReportModel, read_amount
from finsam_desktop.ui.views.figures.report_settings import read_accounts
from finsam_desktop.ui.views.figures.reports_pane import FigureReportsPane
from finsam_desktop.ui.widgets.rows import RowRole

BOOKS = "Bokföring 2026.se"


@pytest.fixture
def books(example_folder: Path) -> Path:
    return example_folder / BOOKS


@pytest.fixture
def pane(window: MainWindow, qtbot: QtBot, books: Path) -> FigureReportsPane:
    window.go("figures", "rapporter")
    shown = window.current_view().shown_part()
    assert isinstance(shown, FigureReportsPane)
    open_file(shown, qtbot, books)
    return shown


def open_file(pane: FigureReportsPane, qtbot: QtBot, path: Path) -> None:
    pane.open_file(path)
    qtbot.waitUntil(lambda: not pane.shell.jobs.running(), timeout=10_000)


def one_line(title: object) -> str:
    return str(title).replace("\n", " ")


def place(model: ReportModel, post: str, heading: str) -> QModelIndex:
    """The cell of a post under a heading that begins so."""
    titles = [model.headerData(c, Qt.Orientation.Horizontal) for c in range(model.columnCount())]
    column = next(c for c, title in enumerate(titles) if one_line(title).startswith(one_line(heading)))
    row = next(r for r in range(model.rowCount()) if model.post(model.index(r, 0)) == post)
    return model.index(row, column)


def listed(pane: FigureReportsPane) -> list[str]:
    model = pane.tables.list.model()
    return [str(model.index(row, 0).data(RowRole.TITLE)) for row in range(model.rowCount())]


def raw_sum(text: str, pattern: str) -> Decimal:
    """The sum of the amounts of the lines that match: nothing of the program's reader."""
    return sum((Decimal(amount) for amount in re.findall(pattern, text, re.MULTILINE)), Decimal())


def test_the_next_meeting_is_meant_also_when_the_coming_year_is_planned(
    window: MainWindow, qtbot: QtBot, books: Path
) -> None:
    planned = Meeting(id="2027-09-16", date=date(2027, 9, 16), items=(AgendaItem(title="Tertialrapport 2"),))
    assert window.session.change("Nytt sammanträde", None, planned)
    window.go("figures", "rapporter")
    pane = window.current_view().shown_part()
    open_file(pane, qtbot, books)
    meeting = pane.settings.target.meeting()
    assert meeting is not None
    assert meeting.date == date(2026, 11, 26)


class Clicks:
    """Counts what a user would press."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.count = 0

    def press(self, widget: QWidget, at: QPoint | None = None) -> None:
        assert widget.isVisible()
        assert widget.isEnabled()
        self.count += 1
        self._qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at or widget.rect().center())

    def drop(self, widget: QWidget, path: Path) -> None:
        assert widget.isVisible()
        self.count += 1
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        action, buttons, keys = (
            Qt.DropAction.CopyAction,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        widget.dropEvent(QDropEvent(QPointF(60, 20), action, data, buttons, keys))


def test_from_the_file_to_a_finished_report_in_five_clicks_and_to_the_ore(
    window: MainWindow, qtbot: QtBot, books: Path
) -> None:
    window.go("overview")
    clicks = Clicks(qtbot)
    window.go("figures")
    clicks.count += 1  # Siffror among the places
    view = window.current_view()
    clicks.press(view.tabs, view.tabs.tabRect(1).center())
    pane = view.shown_part()
    assert isinstance(pane, FigureReportsPane)
    qtbot.waitUntil(pane._zone.isVisible)
    clicks.drop(pane._zone, books)
    qtbot.waitUntil(lambda: pane.tables.made is not None and not window.jobs.running(), timeout=10_000)
    assert pane.make_report.text() == "Skapa tertialrapport T2"
    clicks.press(pane.make_report)
    out = window.session.path.parent / "2026-11-26 Tertialrapport.docx"
    qtbot.waitUntil(lambda: not window.jobs.running(), timeout=60_000)
    made = sorted(window.session.path.parent.glob("*.docx"))
    assert clicks.count <= 5, clicks.count
    assert made, out

    item = next(
        each
        for each in window.session.meeting("2026-11-26").items
        if each.title == "Tertialrapport 2, januari–augusti 2026"
    )
    result, balance = item.figures
    assert item.report is not None
    assert (item.report.year, item.report.tertial) == (2026, 2)
    text = books.read_bytes().decode("cp437").replace("\r", "")
    until = r"#PSALDO 0 20260[1-8] %s\d* \{\} (\S+)$"
    income, costs = -raw_sum(text, until % "3"), -raw_sum(text, until % "[4-7]")
    spring = -raw_sum(text, r"#PSALDO 0 20260[5-8] 3\d* \{\} (\S+)$")
    last_year = -raw_sum(text, r"#PSALDO -1 20250[1-8] [3-7]\d* \{\} (\S+)$")
    budget = -raw_sum(text, r"#PBUDGET 0 2026\d\d [3-7]\d* \{\} (\S+)$")
    assert result.amount(Post.INCOME, ColumnRole.OUTCOME) == income == Decimal("7724650.00")
    assert result.amount(Post.COSTS, ColumnRole.OUTCOME) == costs
    assert result.amount(Post.RESULT, ColumnRole.OUTCOME) == income + costs
    assert result.amount(Post.RESULT, ColumnRole.PREVIOUS_OUTCOME) == last_year
    assert result.amount(Post.RESULT, ColumnRole.BUDGET) == budget
    row = result.row_with(Post.INCOME)
    assert row is not None
    assert row.cells[1].amount == spring
    # And by the vouchers themselves, which the balances must agree with.
    vouchers = re.findall(r'#VER A \d+ 20260[1-8]\d\d "[^"]*"\n\{\n(.*?)\n\}', text, re.DOTALL)
    booked = sum((raw_sum(each, r"^#TRANS 3\d* \{[^}]*\} (\S+)$") for each in vouchers), Decimal())
    assert -booked == income
    assets = raw_sum(text, r"#IB 0 1\d* (\S+)$") + raw_sum(text, until % "1")
    assert balance.amount(Post.TOTAL_ASSETS, ColumnRole.OUTCOME) == assets
    assert balance.amount(Post.TOTAL_EQUITY_AND_LIABILITIES, ColumnRole.OUTCOME) == assets

    document = docx.Document(str(made[-1]))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "7\u00a0725" in cells, "the income in tkr"
    assert "Periodens resultat" in cells


def test_a_forecast_and_a_comment_are_typed_in_the_table_and_kept_with_the_association(
    pane: FigureReportsPane, window: MainWindow, qtbot: QtBot, books: Path
) -> None:
    model = pane.tables.model
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert model.setData(place(model, "Personal", "Prognos"), "2 900 tkr")
    assert model.setData(place(model, "Personal", COMMENT), "Vakanser på torgen")
    assert place(model, "Personal", "Prognos").data() == "−2\u00a0900\u00a0000", (
        "a cost without a sign is a cost"
    )
    assert "Prognos saknas" in " ".join(listed(pane)), "the sum has no forecast yet"
    qtbot.mouseClick(pane.settings.rest, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    table = pane.tables.made.tables[0]
    expected = sum(
        (
            Decimal(-2_900_000)
            if row.cells[0].text == "Personal"
            else table.kr(row, table.column_index(ColumnRole.BUDGET))
            for row in table.rows
            if row.kind == "row"
        ),
        Decimal(),
    )
    assert table.amount(Post.RESULT, ColumnRole.FULL_YEAR_FORECAST) == expected
    assert next(row.comment for row in table.rows if row.cells[0].text == "Personal") == "Vakanser på torgen"
    assert window.session.undo_label == "Övriga poster enligt budget"
    # The same words stand when the file is opened again, also in a later session.
    (said,) = window.session.association.report_inputs
    assert (said.year, said.tertial) == (2026, 2)
    open_file(pane, qtbot, books)
    assert place(model, "Personal", COMMENT).data() == "Vakanser på torgen"
    for _ in range(3):
        window.session.undo()
    assert window.session.association.report_inputs == ()
    assert place(model, "Personal", "Prognos").data() == ""
    del tester


def test_what_cannot_be_read_as_an_amount_is_told_and_changes_nothing(
    pane: FigureReportsPane, window: MainWindow
) -> None:
    model = pane.tables.model
    model.setData(place(model, "Personal", "Prognos"), "ungefär tre miljoner")
    assert window.strip.notice is not None
    assert "går inte att läsa som belopp" in window.strip.notice.text
    assert window.session.association.report_inputs == ()
    model.setData(place(model, "Övriga intäkter", COMMENT), "Ränta")
    assert window.session.association.report_inputs[0].forecasts.entries[0].amount == 0, (
        "its budget is nothing"
    )


def test_a_cell_can_be_changed_with_who_and_why_and_taken_back(
    pane: FigureReportsPane, window: MainWindow, qtbot: QtBot
) -> None:
    model = pane.tables.model
    index = place(model, "Personal", "Utfall jan–aug 2026")
    before = model.cell(index)
    assert before is not None
    pane.tables.grid.setCurrentIndex(index)
    pane.tables.grid.setFocus()
    qtbot.keyClick(pane.tables.grid, Qt.Key.Key_F2)
    assert pane.override.isVisible()
    pane.override.amount.set_text("−1 900 000")
    qtbot.mouseClick(pane.override.save, Qt.MouseButton.LeftButton)
    assert pane.override.isVisible(), "a reason is asked for"
    assert window.session.association.report_inputs == ()
    pane.override.why.set_text("Faktura bokförd på fel konto")
    qtbot.mouseClick(pane.override.save, Qt.MouseButton.LeftButton)
    assert not pane.override.isVisible()
    cell = model.cell(place(model, "Personal", "Utfall jan–aug 2026"))
    assert cell is not None
    assert cell.override is not None
    assert (cell.amount, cell.override.before) == (Decimal(-1_900_000), before.amount)
    assert (cell.override.why, cell.override.by) == ("Faktura bokförd på fel konto", window.session.user)
    assert "Faktura bokförd på fel konto" in str(index.data(Qt.ItemDataRole.ToolTipRole))
    assert any("Verksamhetens kostnader" in title and "skiljer" in title for title in listed(pane)), listed(
        pane
    )
    pane.tables.grid.setCurrentIndex(place(model, "Personal", "Utfall jan–aug 2026"))
    qtbot.keyClick(pane.tables.grid, Qt.Key.Key_F2)
    qtbot.mouseClick(pane.override.drop, Qt.MouseButton.LeftButton)
    assert model.cell(place(model, "Personal", "Utfall jan–aug 2026")) == before


def test_a_sum_that_does_not_agree_can_be_counted_again_from_the_list(
    pane: FigureReportsPane, window: MainWindow, qtbot: QtBot
) -> None:
    model = pane.tables.model
    pane._override(place(model, "Personal", "Utfall jan–aug 2026"), Decimal(-1_900_000), "Fel konto")
    qtbot.mouseClick(pane.override.save, Qt.MouseButton.LeftButton)
    rows = pane.tables.list.model()
    wrong = next(rows.index(r, 0) for r in range(rows.rowCount()) if rows.index(r, 0).data(RowRole.VERB))
    pane.tables.list.opened.emit(wrong)
    assert pane.override.isVisible()
    assert pane.override.why.text() == "Räknat om så att summan stämmer"
    qtbot.mouseClick(pane.override.save, Qt.MouseButton.LeftButton)
    cell = model.cell(place(model, "Verksamhetens kostnader", "Utfall jan–aug 2026"))
    assert cell is not None
    assert cell.override is not None
    assert cell.amount == cell.override.before - (Decimal(1_900_000) - Decimal("1880744.05"))


def test_a_changed_file_shows_every_difference_before_anything_is_replaced(
    pane: FigureReportsPane, window: MainWindow, qtbot: QtBot, books: Path, tmp_path: Path
) -> None:
    qtbot.mouseClick(pane.insert, Qt.MouseButton.LeftButton)
    before = window.session.meeting("2026-11-26")
    assert pane.insert.text().startswith("Uppdatera ärende")
    changed = tmp_path / "Bokföring 2026 ny.se"
    text = books.read_bytes().decode("cp437")
    # One voucher of August is larger by 12,34 kr, and its counter-entry with it.
    text = re.sub(r"(#VER A \d+ 20260825 \"Särskilda insatser\"\r\n\{\r\n#TRANS 4510 \{20 \"30\"\} )(\S+)",
                  lambda m: m[1] + str(Decimal(m[2]) + Decimal("12.34")), text)  # fmt: skip
    changed.write_bytes(text.encode("cp437"))
    open_file(pane, qtbot, changed)
    qtbot.mouseClick(pane.insert, Qt.MouseButton.LeftButton)
    assert window.session.meeting("2026-11-26") == before
    assert pane.insert.text().startswith("Ersätt")
    metas = [
        pane.tables.list.model().index(r, 0).data(RowRole.META)
        for r in range(pane.tables.list.model().rowCount())
    ]
    assert any("−4\u00a0787\u00a0530 → −4\u00a0787\u00a0542,34" in str(meta) for meta in metas), metas
    qtbot.mouseClick(pane.insert, Qt.MouseButton.LeftButton)
    item = next(i for i in window.session.meeting("2026-11-26").items if i.figures)
    assert len(item.figures) == 2, "replaced, though the file is called otherwise"
    costs = item.figures[0].amount(Post.COSTS, ColumnRole.OUTCOME)
    assert costs == Decimal("-7542662.34")


def test_the_part_the_period_and_the_plan_can_be_chosen(pane: FigureReportsPane) -> None:
    def choose(field: object, value: object) -> FigureTable:
        field.set_value(value)
        field.chosen.emit(value)
        return pane.tables.made.tables[0]

    by = choose(pane.settings.part, 20)
    assert (by.purpose, by.title) == (
        Purpose.OTHER,
        "Resultat per samverkansplattform maj–augusti 2026",
    ) or by.rows
    assert "Arbetsmarknadstorgen" in [row.cells[0].text for row in by.rows]
    part = choose(pane.settings.part, (20, "20"))
    assert part.amount(Post.RESULT, ColumnRole.OUTCOME) == Decimal("-4460240.00"), (
        "the workbook's, to the öre"
    )
    choose(pane.settings.part, None)
    first = choose(pane.settings.tertial, 1)
    assert first.period.end.month == 4
    assert pane.make_report.text() == "Skapa tertialrapport T1"
    choose(pane.settings.tertial, 2)
    plan = choose(pane.settings.plan, "BAS")
    assert "Insatser och köpta tjänster" in [row.cells[0].text for row in plan.rows]
    pane.settings.accounts.set_text("5000-5999")
    pane.settings.changed.emit()
    assert [row.cells[0].text for row in pane.tables.made.tables[0].rows if row.kind == "row"]
    pane.settings.accounts.set_text("femtusen")
    pane.settings.changed.emit()
    assert not pane.settings._accounts_row._remark.isHidden()


def test_last_years_file_must_be_last_years(
    pane: FigureReportsPane, window: MainWindow, qtbot: QtBot, books: Path, tmp_path: Path
) -> None:
    pane.open_previous(books)
    qtbot.waitUntil(lambda: not window.jobs.running(), timeout=10_000)
    assert window.strip.notice is not None
    assert "gäller inte året före" in window.strip.notice.text
    older = tmp_path / "Bokföring 2025.se"
    older.write_bytes(books.read_bytes().replace(b"2026", b"2025"))
    pane.open_previous(older)
    qtbot.waitUntil(lambda: not window.jobs.running(), timeout=10_000)
    table = pane.tables.made.tables[0]
    assert table.amount(Post.INCOME, ColumnRole.PREVIOUS_OUTCOME) == Decimal("7724650.00")


def test_a_file_that_is_no_bookkeeping_is_named_and_nothing_changes(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.go("figures", "rapporter")
    pane = window.current_view().shown_part()
    wrong = tmp_path / "Bilaga.se"
    wrong.write_bytes(b"PK\x03\x04 nej")
    pane.open_file(wrong)
    qtbot.waitUntil(lambda: not window.jobs.running(), timeout=10_000)
    assert window.strip.notice is not None
    assert "Bilaga.se" in window.strip.notice.text
    assert pane.tables.made is None
    assert pane.head_widgets() == ()


def test_a_file_beside_the_associations_own_is_one_click_away(
    window: MainWindow, qtbot: QtBot, books: Path
) -> None:
    shutil.copyfile(books, window.session.path.parent / BOOKS)
    window.go("figures", "rapporter")
    pane = window.current_view().shown_part()
    pane.refresh()
    qtbot.mouseClick(pane.near.buttons()[BOOKS], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: pane.tables.made is not None, timeout=10_000)
    assert pane.tables.made.tables[0].source.origin is Origin.BOOKKEEPING


def test_a_bookkeeping_file_among_the_tables_becomes_reports_with_a_click(
    window: MainWindow, qtbot: QtBot, books: Path
) -> None:
    window.go("figures")
    view = window.current_view()
    view.table.open_file(books)
    qtbot.waitUntil(lambda: not window.jobs.running(), timeout=20_000)
    button = next(each for each in view.head_widgets() if each.text() == "Gör rapporter")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    pane = view.shown_part()
    qtbot.waitUntil(lambda: pane.tables.made is not None and not window.jobs.running(), timeout=20_000)
    assert view.head().facts == (BOOKS, "januari–augusti 2026")


def test_a_workbook_with_accounts_becomes_reports_too(
    pane: FigureReportsPane, qtbot: QtBot, example_folder: Path
) -> None:
    open_file(pane, qtbot, example_folder / "Resultatrapport T2 2026.xlsx")
    table = pane.tables.made.tables[0]
    assert table.amount(Post.RESULT, ColumnRole.OUTCOME) == 182_000
    assert table.amount(Post.RESULT, ColumnRole.BUDGET) == -1_145_700
    assert pane.settings.span.count() == 1, "the workbook knows the year so far only"


@pytest.mark.parametrize(
    ("text", "is_cost", "amount"),
    [
        ("2 300 000", True, "-2300000"), ("+5 000", True, "5000"), ("−1,5 mkr", False, "-1500000"),
        ("2300 tkr", False, "2300000"), ("12.50", False, "12.50"), ("0", True, "0"),
    ],
)  # fmt: skip
def test_amounts_as_they_are_typed(text: str, is_cost: bool, amount: str) -> None:
    assert read_amount(text, is_cost=is_cost) == Decimal(amount)


def test_accounts_as_they_are_typed() -> None:
    assert read_accounts("4500–4599, 50") == ((4500, 4599), (5000, 5099))
    assert read_accounts("") == ()
    for wrong in ("abc", "4599-4500", "45000"):
        with pytest.raises(ValueError, match="konton"):
            read_accounts(wrong)

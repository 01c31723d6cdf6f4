"""Ekonomi in the real window: both measures, shares and fee with the domain's own figures, and bars that lead home."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from finsam_desktop.domain.association import Association
from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.models.cells_model import KEY_ROLE
from finsam_desktop.ui.views.figures.economy_pane import FigureEconomyPane
from finsam_desktop.ui.widgets.bar_chart import Bar, BarChart, BarGroup, Limit, Look
from finsam_desktop.ui.widgets.tables import DataTable


@pytest.fixture
def pane(window: MainWindow) -> FigureEconomyPane:
    window.go("figures", "ekonomi")
    shown = window.current_view().shown_part()
    assert isinstance(shown, FigureEconomyPane)
    return shown


def cells(table: DataTable) -> list[list[str]]:
    model = table.model()
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_equity_is_measured_by_both_measures_at_every_moment(pane: FigureEconomyPane) -> None:
    said = [bar.words for bar in pane.equity.bars()]
    assert said == [
        "Eget kapital vid årets början: 2\u00a0010\u00a0tkr, 17,5\u00a0% av medlemsbidragen",
        "Eget kapital nu: 2\u00a0192\u00a0tkr, 19,1\u00a0% av medlemsbidragen",
        "Eget kapital prognos vid årets slut: 1\u00a0724\u00a0tkr, 15,0\u00a0% av medlemsbidragen",
    ]
    titles = [row.title for row in pane.verdicts.rows()]
    assert titles == [
        "Eget kapital ryms inom Nationella rådets trappa",
        "Eget kapital ryms inom måttet 20 procent",
        "Måtten ger olika svar nu",
    ]
    # 20 % of 7 mkr and 15 % of the rest; 20 % of the whole.
    ladder = Decimal(7_000_000) * 20 / 100 + Decimal(4_490_000) * 15 / 100
    assert [limit.amount for limit in pane.equity._limits] == [ladder, Decimal(11_490_000) / 5]


def test_equity_over_a_measure_is_told(pane: FigureEconomyPane, window: MainWindow) -> None:
    before = window.session.association
    after = replace(before, rules=replace(before.rules, contribution=Decimal(8_000_000)))
    window.session.change("Lägre bidrag", before, after)
    assert [row.title for row in pane.verdicts.rows()][:2] == [
        "Eget kapital är över Nationella rådets trappa",
        "Eget kapital är över måttet 20 procent",
    ]


def test_the_shares_make_the_whole_and_the_fee_shows_both_rates(pane: FigureEconomyPane) -> None:
    rows = cells(pane.parts)
    assert rows[0][:3] == ["Försäkringskassan", "50,00\u00a0%", "5\u00a0745\u00a0000,00"]
    amounts = [Decimal(row[2].replace("\u00a0", "").replace(",", ".")) for row in rows]
    assert sum(amounts[:-1]) == amounts[-1] == 11_490_000
    fees = cells(pane.fees)
    assert [row[2] for row in fees] == ["22\u00a0980,00", "40\u00a0215,00"]
    assert "inte förenligt med finsamlagen" in pane._conflict.text()
    assert "inga juridiska hinder" in pane._conflict.text()


def test_a_bar_and_a_cell_lead_to_the_table_they_come_from(
    pane: FigureEconomyPane, window: MainWindow, qtbot: QtBot
) -> None:
    pane.capital.setFocus()
    qtbot.keyClick(pane.capital, Qt.Key.Key_Right)
    qtbot.keyClick(pane.capital, Qt.Key.Key_Return)
    assert window.current_view().page.desk.meeting_id == "2026-10-29"
    window.go("figures", "ekonomi")
    place, area = next(iter(enumerate(pane.costs._placed())))
    assert place == 0
    qtbot.mouseClick(
        pane.costs,
        Qt.MouseButton.LeftButton,
        pos=QPoint(int(area[1].center().x()), int(area[1].center().y())),
    )
    assert window.current_view().page.desk.meeting_id == "2026-10-29"
    model = pane.years.model()
    keys = [model.index(row, 4).data(KEY_ROLE) for row in range(model.rowCount())]
    assert keys[0] == "2026-10-29/dagordning/p05"


def test_without_anything_it_says_what_belongs_here(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    assert window.session.create(tmp_path / "nytt.finsam", Association(name="Nytt förbund"))
    window.go("figures", "ekonomi")
    view = window.current_view()
    pane = view.shown_part()
    assert pane._stack.currentIndex() == 0
    assert pane.facts() == ()
    button = next(b for b in pane._stack.widget(0).findChildren(QPushButton) if b.text() == "Gör rapporter")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert view.tabs.tabText(view.tabs.currentIndex()) == "Rapporter"
    association = window.session.association
    rules = replace(association.rules, contribution=Decimal(4_000_000))
    window.session.change("Bidrag", association, replace(association, rules=rules))
    window.go("figures", "ekonomi")
    assert pane._stack.currentIndex() == 1, "counted when it is shown again"
    assert pane._no_equity.isVisibleTo(pane)
    assert cells(pane.parts)[0][2] == "2\u00a0000\u00a0000,00"


def test_a_chart_of_nothing_and_of_zeros_can_be_drawn(qtbot: QtBot) -> None:
    chart = BarChart("Prov")
    qtbot.addWidget(chart)
    chart.show()
    for groups in (
        (),
        (BarGroup(label="2026", bars=(Bar(amount=Decimal(0)),)),),
        (BarGroup(label="2026", bars=(Bar(amount=Decimal(-5), look=Look.PLAN, words="minus"),)),),
    ):
        chart.set_chart(groups, (Limit(label="Tak", amount=Decimal(0)),))
        assert not chart.grab().isNull()
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert "minus" in chart.accessibleDescription()

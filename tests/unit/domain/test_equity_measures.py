"""Equity against both measures (R47, R47b), at every moment that the figures tell of."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from finsam_desktop.domain.equity_measures import MeasuredEquity, Moment, decisive, measured_equity
from finsam_desktop.domain.figures import (
    ColumnKind,
    ColumnRole,
    FigureCell,
    FigureColumn,
    FigureRow,
    FigureTable,
    Period,
    Post,
    Purpose,
    RowKind,
    Unit,
)

FK_2020 = Path(__file__).parents[2] / "data" / "spreadsheets" / "fk_ansvarsfrihet_2020.csv"
T2 = Period(start=date(2026, 1, 1), end=date(2026, 8, 31))


def statement(purpose: Purpose, role: ColumnRole, period: Period, **posts: int) -> FigureTable:
    return FigureTable(
        title="",
        purpose=purpose,
        columns=(FigureColumn(title="", role=role, kind=ColumnKind.AMOUNT),),
        rows=tuple(
            FigureRow(cells=(FigureCell(amount=Decimal(amount)),), kind=RowKind.SUM, post=Post(post))
            for post, amount in posts.items()
        ),
        source_unit=Unit.TKR,
        period=period,
    )


def test_equity_at_the_start_now_and_by_the_forecast() -> None:
    balance = statement(
        Purpose.BALANCE_SHEET, ColumnRole.OUTCOME, T2, opening_equity=2010, closing_equity=2192
    )
    income = statement(Purpose.INCOME_STATEMENT, ColumnRole.FULL_YEAR_FORECAST, T2, result=-286)
    found = measured_equity((income, balance), Decimal(11_490_000))
    assert [(each.moment, each.amount, each.day) for each in found] == [
        (Moment.START, 2_010_000, date(2026, 1, 1)),
        (Moment.NOW, 2_192_000, date(2026, 8, 31)),
        (Moment.FORECAST, 1_724_000, date(2026, 12, 31)),
    ]
    assert [each.cap for each in found] == [2_073_500] * 3
    assert [each.plain_cap for each in found] == [2_298_000] * 3
    assert [(each.within_ladder, each.within_plain) for each in found] == [
        (True, True),
        (False, True),
        (True, True),
    ]
    assert decisive(found) is found[2]


def test_a_closed_year_has_an_end_and_no_forecast() -> None:
    year = Period(start=date(2026, 1, 1), end=date(2026, 12, 31))
    balance = statement(
        Purpose.BALANCE_SHEET, ColumnRole.OUTCOME, year, opening_equity=2010, closing_equity=1700
    )
    income = statement(Purpose.INCOME_STATEMENT, ColumnRole.FULL_YEAR_FORECAST, year, result=-286)
    found = measured_equity((balance, income), None)
    assert [each.moment for each in found] == [Moment.START, Moment.YEAR_END]
    assert decisive(found) is found[1]
    assert (found[1].cap, found[1].share, found[1].within_ladder, found[1].within_plain) == (None,) * 4


def test_nothing_is_measured_without_a_balance_report() -> None:
    assert measured_equity((), Decimal(1)) == ()
    assert decisive(()) is None


@pytest.mark.parametrize(
    ("amount", "contribution", "ladder", "plain"),
    [
        (1_400_000, 7_000_000, True, True),
        (1_400_001, 7_000_000, False, False),
        (1_550_000, 8_000_000, True, True),
        (1_550_001, 8_000_000, False, True),
        (1_600_001, 8_000_000, False, False),
        (0, 0, True, True),
        (1, 0, False, False),
        (-5, 7_000_000, True, True),
    ],
)
def test_the_two_measures_part_ways_above_seven_million(
    amount: int, contribution: int, ladder: bool, plain: bool
) -> None:
    measured = MeasuredEquity(moment=Moment.START, amount=Decimal(amount), contribution=Decimal(contribution))
    assert (measured.within_ladder, measured.within_plain) == (ladder, plain)


def test_the_78_associations_of_2020() -> None:
    """Försäkringskassan writes that 17 of 78 reach the recommendation: that is the plain measure, not the ladder."""
    with FK_2020.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert len(rows) == 78
    within_plain = within_ladder = 0
    for row in rows:
        amount = Decimal(row["utg_eget_kapital_tkr"]) * 1000
        share = Decimal(row["eget_kap_per_medlbidrag_pct"]) / 100
        measured = MeasuredEquity(moment=Moment.YEAR_END, amount=amount, contribution=amount / share)
        within_plain += bool(share <= Decimal("0.20"))
        within_ladder += bool(measured.within_ladder)
        assert measured.share is not None
        assert abs(measured.share - share) < Decimal("1e-9")
    assert within_plain == 17
    assert 9 <= within_ladder <= 14

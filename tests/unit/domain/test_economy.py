"""The recommended cap of equity (R47, R47b) and what is drawn from figure tables."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_desktop.domain import economy
from finsam_desktop.domain.figures import (
    ColumnKind,
    ColumnRole,
    FigureCell,
    FigureColumn,
    FigureRow,
    FigureTable,
    Post,
    Purpose,
    RowKind,
    Unit,
)

MKR = Decimal(1_000_000)


@pytest.mark.parametrize(
    ("contribution", "cap"),
    [
        ("0", "0"),
        ("6999999", "1399999.8"),
        ("7000000", "1400000"),
        ("7000001", "1400000.15"),
        ("11490000", "2073500"),
        ("15000000", "2600000"),
        ("15000001", "2600000.1"),
        ("20000000", "3100000"),
        ("-5", "0"),
    ],
)
def test_ladder_at_and_beside_its_steps(contribution: str, cap: str) -> None:
    assert economy.recommended_cap(Decimal(contribution)) == Decimal(cap)


def oracle(t: Decimal) -> Decimal:
    """The formula as it is written in the recommendation, in mkr."""
    t = t / MKR
    fifteenth = max(Decimal(0), min(t, Decimal(15)) - 7)
    return (
        Decimal("0.2") * min(t, Decimal(7))
        + Decimal("0.15") * fifteenth
        + Decimal("0.1") * max(Decimal(0), t - 15)
    ) * MKR


@given(st.integers(min_value=0, max_value=100_000_000))
def test_ladder_against_the_formula(contribution: int) -> None:
    assert economy.recommended_cap(Decimal(contribution)) == oracle(Decimal(contribution))


def table(
    purpose: Purpose, roles: tuple[ColumnRole, ...], *rows: tuple, unit: Unit = Unit.TKR
) -> FigureTable:
    columns = (FigureColumn(title="", role=ColumnRole.LABEL),) + tuple(
        FigureColumn(title=role.value, role=role, kind=ColumnKind.AMOUNT) for role in roles
    )
    made = tuple(
        FigureRow(
            cells=(
                FigureCell(text=label),
                *(FigureCell(amount=None if v is None else Decimal(v)) for v in values),
            ),
            kind=kind,
            post=post,
        )
        for label, kind, post, *values in rows
    )
    return FigureTable(title="", purpose=purpose, columns=columns, rows=made, source_unit=unit)


INCOME = table(
    Purpose.INCOME_STATEMENT,
    (ColumnRole.BUDGET, ColumnRole.FULL_YEAR_FORECAST),
    ("Bidrag", RowKind.ROW, Post.NONE, 11490, 11555),
    ("Summa intäkter", RowKind.SUM, Post.INCOME, 11490, 11555),
    ("Kostnader", RowKind.HEADING, Post.NONE, None, None),
    ("Litet", RowKind.ROW, Post.NONE, -500, -496),
    ("Stort", RowKind.ROW, Post.NONE, -7050, -6760),
    ("Utan prognos", RowKind.ROW, Post.NONE, -100, None),
    ("Projekt med överskott", RowKind.ROW, Post.NONE, -50, 15),
    ("Summa kostnader", RowKind.SUM, Post.COSTS, -12635, -11841),
    ("Resultat", RowKind.TOTAL, Post.RESULT, -1145, -286),
)
BALANCE = table(
    Purpose.BALANCE_SHEET, (ColumnRole.OUTCOME,), ("Ingående", RowKind.ROW, Post.OPENING_EQUITY, 2010)
)


def test_equity_from_balance_sheet_and_forecast() -> None:
    equity = economy.equity((INCOME, BALANCE), Decimal(11_490_000))
    assert equity is not None
    assert (equity.opening, equity.forecast, equity.closing) == (2_010_000, 1_724_000, 1_724_000)
    assert equity.cap == 2_073_500
    assert equity.share is not None
    assert round(equity.share, 4) == Decimal("0.1500")


def test_equity_without_forecast_or_contribution_claims_nothing_more() -> None:
    equity = economy.equity((BALANCE,), None)
    assert equity is not None
    assert (equity.forecast, equity.closing, equity.cap, equity.share) == (None, 2_010_000, None, None)
    assert economy.equity((INCOME,), Decimal(1)) is None


def test_cost_areas_are_the_rows_of_costs_only_largest_first() -> None:
    areas = economy.cost_areas(INCOME)
    assert [(a.name, a.budget, a.forecast) for a in areas] == [
        ("Stort", 7_050_000, 6_760_000),
        ("Litet", 500_000, 496_000),
    ]
    assert economy.cost_areas(BALANCE) == ()


def test_total_of_a_counted_column() -> None:
    counted = FigureTable(
        title="",
        columns=(FigureColumn(title="Team"), FigureColumn(title="Avslutade", kind=ColumnKind.COUNT)),
        rows=(
            FigureRow(cells=(FigureCell(text="A"), FigureCell(amount=Decimal(54)))),
            FigureRow(
                cells=(FigureCell(text="Samtliga"), FigureCell(amount=Decimal(188))), kind=RowKind.TOTAL
            ),
        ),
    )
    assert economy.total_count(counted, "avslutade") == 188
    assert economy.total_count(counted, "aktiva") is None

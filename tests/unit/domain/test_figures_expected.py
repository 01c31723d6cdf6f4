"""Turned signs, forecasts against the pace so far, and a budget that is not the one the board fixed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

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
from finsam_desktop.domain.figures_checks import Level
from finsam_desktop.domain.figures_expected import check_budget, check_pace, check_signs

NBSP = "\u00a0"
T2 = Period(start=date(2026, 1, 1), end=date(2026, 8, 31))
ROWS = (
    ("Bidrag", RowKind.ROW, Post.NONE, False), ("Intäkter", RowKind.SUM, Post.INCOME, False),
    ("Personal", RowKind.ROW, Post.NONE, True), ("Insatser", RowKind.ROW, Post.NONE, True),
    ("Kostnader", RowKind.SUM, Post.COSTS, True), ("Resultat", RowKind.TOTAL, Post.RESULT, False),
)  # fmt: skip


def report(*, unit: Unit = Unit.TKR, year: int = 2026, **columns: tuple[str, ...]) -> FigureTable:
    """Six rows; each column a role's name with its amounts."""
    roles = [ColumnRole(name) for name in columns]
    return FigureTable(
        title="Resultat",
        purpose=Purpose.INCOME_STATEMENT,
        columns=(
            FigureColumn(title="Post", role=ColumnRole.LABEL),
            *(FigureColumn(title=f"{role.value} {year}", role=role, kind=ColumnKind.AMOUNT) for role in roles),
        ),
        rows=tuple(
            FigureRow(
                cells=(
                    FigureCell(text=label),
                    *(
                        FigureCell(amount=Decimal(amounts[n]), address=f"{'BCDE'[place]}{n + 2}")
                        for place, amounts in enumerate(columns.values())
                    ),
                ),
                kind=kind, post=post, is_cost=is_cost,
            )
            for n, (label, kind, post, is_cost) in enumerate(ROWS)
        ),
        source_unit=unit,
        period=T2,
    )  # fmt: skip


OUTCOME = ("8000", "8000", "-2000", "-4000", "-6000", "2000")
FORECAST = ("12000", "12000", "-3000", "-7000", "-10000", "2000")


def test_figures_as_expected() -> None:
    good = report(outcome=OUTCOME, full_year_forecast=FORECAST, budget=FORECAST)
    assert check_signs(good) == check_pace(good) == check_budget(good, good, "den 20 november") == ()


def test_a_row_whose_other_sign_makes_the_sum() -> None:
    (finding,) = check_signs(report(outcome=("8000", "8000", "2000", "-4000", "-6000", "2000")))
    assert finding.title == "Tecknet på Personal i B4 verkar omvänt"
    assert (finding.address, finding.expected, finding.level) == ("B4", Decimal(-2000), Level.WARNING)
    assert f"−2{NBSP}000{NBSP}000{NBSP}kr" in finding.text


def test_a_wrong_sum_is_no_question_of_signs() -> None:
    assert check_signs(report(outcome=("8000", "8000", "-2000", "-4000", "-6500", "1500"))) == ()


def test_a_surplus_in_a_row_of_costs_is_allowed_where_the_sum_agrees() -> None:
    assert check_signs(report(outcome=("8000", "8000", "50", "-4000", "-3950", "4050"))) == ()


def test_a_report_with_the_bookkeepings_signs() -> None:
    turned = report(outcome=tuple(str(-int(amount)) for amount in OUTCOME))
    assert [finding.title for finding in check_signs(turned)] == [
        "Intäkterna är negativa och kostnaderna positiva"
    ]


def test_an_outcome_beyond_its_forecast() -> None:
    (finding,) = check_pace(report(
        outcome=OUTCOME, full_year_forecast=("12000", "12000", "-1999", "-7000", "-8999", "3001")
    ))  # fmt: skip
    assert finding.title == "Utfallet för Personal är redan större än helårsprognosen"
    assert finding.level is Level.WARNING
    assert (
        finding.text == f"Utfall −2{NBSP}000{NBSP}tkr på åtta månader, prognos −1{NBSP}999{NBSP}tkr för året."
    )


@pytest.mark.parametrize(
    ("forecast", "asked"),
    [("-3000", False), ("-4000", False), ("-4001", True), ("-2500", False), ("-2490", True)],
)
def test_a_forecast_at_another_pace(forecast: str, asked: bool) -> None:
    """−2 000 in eight months is −250 a month: the four that are left may take half to double that."""
    total = str(int(forecast) - 7000)
    table = report(outcome=OUTCOME, full_year_forecast=("12000", "12000", forecast, "-7000", total, "2000"))
    found = check_pace(table)
    assert [finding.address for finding in found] == (["C4"] if asked else [])
    if asked:
        assert found[0].level is Level.NOTE


def test_small_posts_and_whole_years_are_not_asked_about() -> None:
    small = report(outcome=("8000", "8000", "-2", "-4000", "-4002", "0"),
                   full_year_forecast=("12000", "12000", "-300", "-7000", "-7300", "0"))  # fmt: skip
    assert check_pace(small) == ()
    over = report(outcome=OUTCOME, full_year_forecast=("12000", "12000", "-9000", "-7000", "-16000", "0"))
    assert check_pace(over) != ()
    year = replace(over, period=Period(start=date(2026, 1, 1), end=date(2026, 12, 31)))
    tertial = replace(over, period=Period(start=date(2026, 5, 1), end=date(2026, 8, 31)))
    assert check_pace(year) == check_pace(tertial) == check_pace(replace(over, period=None)) == ()


def test_a_budget_that_is_not_the_fixed_one() -> None:
    fixed = report(budget=FORECAST)
    changed = report(budget=("12000", "12000", "-3100", "-7000", "-10100", "1900"))
    found = check_budget(changed, fixed, "den 20 november 2025")
    assert [finding.address for finding in found] == ["B4", "B6", "B7"]
    assert found[0].title == f"Budgeten för Personal skiljer 100{NBSP}000{NBSP}kr från den fastställda"
    assert found[0].level is Level.WARNING
    assert "den 20 november 2025" in found[0].text


def test_a_budget_in_thousands_against_one_in_kronor_is_rounding() -> None:
    fixed = report(budget=tuple(str(int(amount) * 1000 + 400) for amount in FORECAST), unit=Unit.KR)
    found = check_budget(report(budget=FORECAST), fixed, "i fjol")
    assert {finding.level for finding in found} == {Level.NOTE}
    assert all(finding.title.endswith("genom avrundning") for finding in found)


def test_another_years_budget_is_not_compared() -> None:
    other = report(budget=("1", "1", "1", "1", "1", "1"), year=2025)
    other = replace(other, period=Period(start=date(2025, 1, 1), end=date(2025, 12, 31)))
    assert check_budget(report(budget=FORECAST), other, "i fjol") == ()


def test_rows_with_other_names_are_found_by_their_post() -> None:
    fixed = report(budget=FORECAST)
    renamed = replace(fixed, rows=tuple(
        replace(row, cells=(FigureCell(text=f"Budgeterade {row.cells[0].text}"), *row.cells[1:])) for row in fixed.rows
    ))  # fmt: skip
    changed = report(budget=("12500", "12500", "-3000", "-7000", "-10000", "2500"))
    assert [f.address for f in check_budget(changed, renamed, "i fjol")] == ["B3", "B7"]

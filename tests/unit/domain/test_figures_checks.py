"""Figures that do not agree are found with their cell; rounding is told apart from a real difference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

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
from finsam_desktop.domain.figures_checks import Level, check_table, check_together, passed_checks

NBSP = "\u00a0"
Line = tuple[str, RowKind, Post, bool, str | None]


def table(
    lines: Sequence[Line],
    *,
    unit: Unit = Unit.KR,
    purpose: Purpose = Purpose.INCOME_STATEMENT,
    costs_positive: bool = False,
) -> FigureTable:
    """One amount column B; rows from 2."""
    rows = tuple(
        FigureRow(
            cells=(
                FigureCell(text=label, address=f"A{n}"),
                FigureCell(amount=None if amount is None else Decimal(amount), address=f"B{n}"),
            ),
            kind=kind,
            post=post,
            is_cost=cost,
        )
        for n, (label, kind, post, cost, amount) in enumerate(lines, start=2)
    )
    return FigureTable(
        title="Resultat",
        purpose=purpose,
        columns=(
            FigureColumn(title="Post", role=ColumnRole.LABEL),
            FigureColumn(title="Utfall", role=ColumnRole.OUTCOME, kind=ColumnKind.AMOUNT),
        ),
        rows=rows,
        source_unit=unit,
        costs_positive=costs_positive,
    )


def statement(
    income: str,
    costs: Sequence[str],
    total: str,
    result: str,
    *,
    unit: Unit = Unit.KR,
    costs_positive: bool = False,
) -> FigureTable:
    lines: list[Line] = [("Summa intäkter", RowKind.SUM, Post.INCOME, False, income)]
    lines += [(f"Kostnad {n}", RowKind.ROW, Post.NONE, True, amount) for n, amount in enumerate(costs)]
    lines.append(("Summa kostnader", RowKind.SUM, Post.COSTS, True, total))
    lines.append(("Resultat", RowKind.TOTAL, Post.RESULT, False, result))
    return table(lines, unit=unit, costs_positive=costs_positive)


def test_figures_that_agree() -> None:
    good = statement("11489700", ("-8000400", "-4635000"), "-12635400", "-1145700")
    assert check_table(good) == ()
    assert [(f.check, f.title, f.text) for f in passed_checks(good)] == [
        ("sum", "Summa kostnader stämmer i alla kolumner", "B3–B4 mot B5"),
        ("result", "Resultat stämmer i alla kolumner", "B2–B5 mot B6"),
    ]


@pytest.mark.parametrize("positive", [False, True])
def test_a_result_that_is_not_income_minus_costs(positive: bool) -> None:
    sign = 1 if positive else -1
    costs, total = (str(sign * 8000401), str(sign * 4635001)), str(sign * 12635402)
    (finding,) = check_table(statement("11489701", costs, total, "-1146701", costs_positive=positive))
    assert (finding.check, finding.level, finding.address) == ("result", Level.WARNING, "B6")
    assert finding.title == f"Resultatet i B6 skiljer 1{NBSP}000{NBSP}kr"
    assert finding.text == (
        f"11{NBSP}489{NBSP}701 − 12{NBSP}635{NBSP}402 = −1{NBSP}145{NBSP}701, cellen säger −1{NBSP}146{NBSP}701"
    )
    assert (finding.row, finding.column, finding.expected) == (4, 1, Decimal(-1145701))


@pytest.mark.parametrize(
    ("unit", "scale", "difference"), [(Unit.TKR, "1", "1 000 kr"), (Unit.KR, "1000", "1 000 kr")]
)
def test_a_result_that_rounding_explains(unit: Unit, scale: str, difference: str) -> None:
    """12 635 and 11 490 make 1 145, but the real report said 1 146: each was rounded on its own."""

    def times(amount: int) -> str:
        return str(amount * int(scale))

    (finding,) = check_table(
        statement(times(11490), (times(-8000), times(-4635)), times(-12635), times(-1146), unit=unit)
    )
    assert finding.level is Level.NOTE
    assert finding.title == f"Resultatet i B6 skiljer {difference.replace(' ', NBSP)} genom avrundning"


def test_a_sum_of_costs_that_is_wrong_says_what_would_agree_in_the_sources_sign() -> None:
    wrong = statement("5000", ("1000", "2000"), "3500", "1500", costs_positive=True)
    (finding,) = check_table(wrong)
    assert finding.title == f"Summa kostnader i B5 skiljer 500{NBSP}kr"
    assert finding.text == f"−1{NBSP}000 − 2{NBSP}000 = −3{NBSP}000, cellen säger −3{NBSP}500"
    assert finding.expected == Decimal(3000)


@pytest.mark.parametrize(
    ("stated", "level"), [("-10.01", Level.NOTE), ("-10.02", Level.NOTE), ("-10.03", Level.WARNING)]
)
def test_rounding_reaches_half_a_step_for_each_number(stated: str, level: Level) -> None:
    """Two rows and their sum, each rounded to whole ören: at most 1.5 öre; three ören is real."""
    lines: list[Line] = [
        ("A", RowKind.ROW, Post.NONE, False, "-4.99"), ("B", RowKind.ROW, Post.NONE, False, "-3.01"),
        ("C", RowKind.ROW, Post.NONE, False, "-2.00"), ("Summa", RowKind.TOTAL, Post.NONE, False, stated),
    ]  # fmt: skip
    (finding,) = check_table(table(lines, purpose=Purpose.OTHER))
    assert finding.level is level


BALANCE: tuple[Line, ...] = (
    ("Kassa", RowKind.ROW, Post.NONE, False, "3686001"),
    ("Summa tillgångar", RowKind.SUM, Post.TOTAL_ASSETS, False, "3686001"),
    ("Eget kapital vid årets början", RowKind.ROW, Post.OPENING_EQUITY, False, "2010000"),
    ("Periodens resultat", RowKind.ROW, Post.RESULT, False, "182001"),
    ("Summa eget kapital", RowKind.SUM, Post.CLOSING_EQUITY, False, "2192001"),
    ("Skulder", RowKind.ROW, Post.NONE, False, "1494000"),
    ("Summa eget kapital och skulder", RowKind.TOTAL, Post.TOTAL_EQUITY_AND_LIABILITIES, False, "3686001"),
)


def with_amount(lines: Sequence[Line], place: int, amount: str) -> list[Line]:
    changed = list(lines)
    changed[place] = (*changed[place][:4], amount)
    return changed


def test_a_balance_that_agrees() -> None:
    good = table(BALANCE, purpose=Purpose.BALANCE_SHEET)
    assert check_table(good) == ()
    assert {finding.check for finding in passed_checks(good)} == {"sum", "balance", "equity"}


def test_assets_and_liabilities_that_differ() -> None:
    lines = with_amount(with_amount(BALANCE, 0, "3700001"), 1, "3700001")
    (finding,) = check_table(table(lines, purpose=Purpose.BALANCE_SHEET))
    assert (finding.check, finding.level, finding.address) == ("balance", Level.WARNING, "B8")
    assert finding.title == f"Balansen i Utfall skiljer 14{NBSP}000{NBSP}kr"


def test_equity_that_does_not_follow_is_said_once() -> None:
    lines = with_amount(BALANCE, 3, "200000")
    findings = check_table(table(lines, purpose=Purpose.BALANCE_SHEET))
    assert [(f.address, f.title) for f in findings if f.address == "B6"] == [
        ("B6", f"Summa eget kapital i B6 skiljer 17{NBSP}999{NBSP}kr")
    ]


def test_last_years_closing_equity_is_this_years_opening() -> None:
    base = table(BALANCE, purpose=Purpose.BALANCE_SHEET)
    before = ("3195000", "3195000", "1993000", "27000", "2020000", "1175000", "3195000")
    rows = tuple(
        replace(row, cells=(*row.cells, FigureCell(amount=Decimal(amount), address=f"C{n}")))
        for n, (row, amount) in enumerate(zip(base.rows, before, strict=True), start=2)
    )
    column = FigureColumn(title="2025-12-31", role=ColumnRole.PREVIOUS_OUTCOME, kind=ColumnKind.AMOUNT)
    (finding,) = check_table(replace(base, columns=(*base.columns, column), rows=rows))
    assert (
        finding.title == f"Eget kapital vid årets början skiljer 10{NBSP}000{NBSP}kr från förra årets utgång"
    )
    assert finding.address == "B4"
    same_day = replace(column, title="2025-08-31")
    assert check_table(replace(base, columns=(*base.columns, same_day), rows=rows)) == ()


def test_an_error_cell_is_an_error_with_its_place() -> None:
    base = statement("5000", ("-1000", "-2000"), "-3000", "2000")
    broken = replace(base.rows[1], cells=(base.rows[1].cells[0], FigureCell(error="#DIV/0!", address="B3")))
    (finding,) = check_table(replace(base, rows=(base.rows[0], broken, *base.rows[2:])))
    assert (finding.level, finding.address) == (Level.ERROR, "B3")
    assert finding.title == "Cell B3 visar #DIV/0! i stället för ett tal"
    assert finding.text == "Kostnad 0, Utfall. Rätta formeln i källfilen och läs in den igen."


def shares(*rows: tuple[str, str]) -> FigureTable:
    return FigureTable(
        title="Team",
        purpose=Purpose.INDICATORS,
        columns=(
            FigureColumn(title="Team", role=ColumnRole.LABEL),
            FigureColumn(title="Avslutade", kind=ColumnKind.COUNT),
            FigureColumn(title="Andel", kind=ColumnKind.PERCENT),
        ),
        rows=tuple(
            FigureRow(
                cells=(
                    FigureCell(text="T"),
                    FigureCell(amount=Decimal(n)),
                    FigureCell(amount=Decimal(s), address="C2"),
                )
            )
            for n, s in rows
        ),
    )


@pytest.mark.parametrize(
    "share",
    [
        ("54", "0.80"), ("56", "0.61"), ("10", "0.50"), ("22", "0.86"), ("17", "0.71"), ("4", "0.75"),
        ("54", "0.796296296296296"), ("25", "0"), ("25", "1"), ("0", "0.5"),
    ],
)  # fmt: skip
def test_a_share_that_some_number_of_persons_gives(share: tuple[str, str]) -> None:
    assert check_table(shares(share)) == ()


@pytest.mark.parametrize(
    ("share", "title", "text"),
    [
        (("25", "0.74"), "74 procent av 25 går inte ihop", "T, C2: 18 personer är 72 procent, 19 är 76."),
        (("3", "0.5"), "50 procent av 3 går inte ihop", "T, C2: 1 personer är 33,3 procent, 2 är 66,7."),
    ],
)
def test_a_share_that_no_number_of_persons_gives(share: tuple[str, str], title: str, text: str) -> None:
    (finding,) = check_table(shares(share))
    assert (finding.title, finding.text) == (title, text.replace("1 personer", "1 person"))


def test_a_deviation_that_is_wrong() -> None:
    base = statement("500001", ("-100001", "-200001"), "-300002", "199999")
    columns = (*base.columns, FigureColumn(title="Budget 2026", role=ColumnRole.BUDGET, kind=ColumnKind.AMOUNT),
               FigureColumn(title="Avvikelse", role=ColumnRole.DEVIATION, kind=ColumnKind.AMOUNT))  # fmt: skip
    budget = ("400001", "-100000", "-100000", "-200000", "200001")
    deviation = ("100000", "1", "-100001", "-100002", "-99")
    rows = tuple(
        replace(
            row,
            cells=(*row.cells, FigureCell(amount=Decimal(b)), FigureCell(amount=Decimal(d), address=f"D{n}")),
        )
        for n, (row, b, d) in enumerate(zip(base.rows, budget, deviation, strict=True), start=2)
    )
    (finding,) = check_table(replace(base, columns=columns, rows=rows))
    assert (finding.check, finding.address) == ("deviation", "D6")
    assert finding.text == f"Resultat: Utfall minus Budget 2026 är −2{NBSP}kr, cellen säger −99{NBSP}kr"


def test_statement_and_balance_together() -> None:
    income = statement("7724650", ("-7542649",), "-7542649", "182001")
    balance = table(BALANCE, purpose=Purpose.BALANCE_SHEET)
    (finding,) = check_together((income, balance))
    assert (finding.level, finding.title) == (Level.OK, "Resultatet är detsamma i balansrapporten")
    (finding,) = check_together(
        (income, table(with_amount(BALANCE, 3, "190000"), purpose=Purpose.BALANCE_SHEET))
    )
    assert (
        finding.title
        == f"Resultatet i balansrapporten (B5) skiljer 7{NBSP}999{NBSP}kr från resultatrapporten"
    )
    assert finding.level is Level.WARNING
    assert check_together((income,)) == ()

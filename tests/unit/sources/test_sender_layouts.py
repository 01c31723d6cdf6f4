"""The same figures in the layouts of many senders become the same standard reports, to the krona."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from finsam_desktop.domain.figures import ColumnRole, FigureTable, Origin, Post
from finsam_desktop.domain.figures_layout import source_text
from finsam_desktop.errors import UserError
from finsam_desktop.sources import compare, read_workbook_bytes, recognise, reread
from finsam_desktop.sources.books import read_books
from finsam_desktop.sources.sie.reports import Selection, Span, report_by_objects, standard_reports
from tests.unit.sources import sender_layouts, workbooks
from tests.unit.sources.sender_layouts import ACCOUNTS, BALANCES, LAYOUTS, TEAMS

DAY = date(2026, 9, 20)


def total(place: int, *, income: bool) -> Decimal:
    return Decimal(-sum(each[place] for each in ACCOUNTS if (each[0][0] == "3") is income))


def rows(table: FigureTable, role: ColumnRole) -> dict[str, Decimal | None]:
    label, place = table.column_index(ColumnRole.LABEL), table.column_index(role)
    assert label is not None
    assert place is not None
    return {row.cells[label].text: row.cells[place].amount for row in table.rows}


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_gives_the_same_report(name: str, tmp_path: Path) -> None:
    made, has_previous, has_budget = LAYOUTS[name]
    path = tmp_path / name
    path.write_bytes(made())
    table = standard_reports(
        read_books(path), Selection(tertial=2, span=Span.ACCUMULATED), read_on=DAY
    ).result
    wanted = {ColumnRole.OUTCOME: 2}
    wanted |= {ColumnRole.PREVIOUS_OUTCOME: 3} if has_previous else {}
    wanted |= {ColumnRole.BUDGET: 4} if has_budget else {}
    for role, place in wanted.items():
        assert table.amount(Post.INCOME, role) == total(place, income=True), role
        assert table.amount(Post.COSTS, role) == total(place, income=False), role
        assert table.amount(Post.RESULT, role) == total(place, income=True) + total(place, income=False), role
    assert {column.role for column in table.columns} >= set(wanted)
    assert (table.column_index(ColumnRole.PREVIOUS_OUTCOME) is not None) is has_previous
    assert (table.column_index(ColumnRole.BUDGET) is not None) is has_budget
    assert table.source is not None
    assert (table.source.file_name, table.source.origin) == (name, Origin.BOOKKEEPING)
    assert f"Källa: {name}, blad " in source_text(table)
    assert compare(table, reread(table, path, read_on=DAY)) == ()


def test_balances_of_a_list_of_balances(tmp_path: Path) -> None:
    path = tmp_path / "saldolista.xlsx"
    path.write_bytes(sender_layouts.fortnox())
    balance = standard_reports(read_books(path), read_on=DAY).balance
    assert balance is not None
    assets = sum(each[3] for each in BALANCES if each[0] < "2000")
    assert balance.amount(Post.TOTAL_ASSETS, ColumnRole.OUTCOME) == assets
    assert balance.amount(Post.TOTAL_EQUITY_AND_LIABILITIES, ColumnRole.OUTCOME) == assets
    assert balance.amount(Post.OPENING_EQUITY, ColumnRole.OUTCOME) == 2_010_000
    assert balance.amount(Post.RESULT, ColumnRole.OUTCOME) == total(2, income=True) + total(2, income=False)


@pytest.mark.parametrize("name", ["kolumn per team.xlsx", "rad per team.xlsx"])
def test_parts_by_column_and_by_row(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(LAYOUTS[name][0]())
    books = read_books(path)
    by = rows(report_by_objects(books, 1, Selection(tertial=2), read_on=DAY), ColumnRole.OUTCOME)
    west, east = (Decimal(-sum(each[k] for each in TEAMS.values())) for k in (0, 1))
    assert (by["Team Väst"], by["Team Öst"], by["Summa"]) == (west, east, west + east)
    part = standard_reports(books, Selection(tertial=2, objects=((1, "Team Väst"),)), read_on=DAY).result
    assert part.amount(Post.RESULT, ColumnRole.OUTCOME) == west
    pay = standard_reports(books, Selection(tertial=2, accounts=((5000, 5999),)), read_on=DAY).result
    assert pay.amount(Post.RESULT, ColumnRole.OUTCOME) == -1_200_000 - 377_040


def test_months_give_the_tertial_alone_and_sums_from_the_year_do_not(tmp_path: Path) -> None:
    path = tmp_path / "månader.xlsx"
    path.write_bytes(sender_layouts.by_months())
    alone = standard_reports(read_books(path), Selection(tertial=2, span=Span.TERTIAL), read_on=DAY).result
    each = ACCOUNTS[0][2] // 8
    other = ACCOUNTS[1][2] // 8
    expected = -Decimal(4 * each) - (4 * other + (ACCOUNTS[1][2] - 8 * other))
    assert alone.amount(Post.INCOME, ColumnRole.OUTCOME) == expected
    path.write_bytes(sender_layouts.visma())
    with pytest.raises(UserError, match="har bara siffror från årets början"):
        standard_reports(read_books(path), Selection(tertial=2, span=Span.TERTIAL), read_on=DAY)
    both = standard_reports(read_books(path), Selection(tertial=2), read_on=DAY).result
    assert [column.role for column in both.columns].count(ColumnRole.OTHER) == 0


def test_what_no_books_can_be_made_of_is_told(tmp_path: Path) -> None:
    path = tmp_path / "bok.xlsx"
    for made, told in [
        (workbooks.of_rows([("Post", "Utfall 2026"), ("Resor", 5_000), ("Mat", 7)]), "ingen tabell med kontonummer"),
        (workbooks.of_rows([("Konto", "Namn", "Utfall"), ("5010", "Lön", 5_000), ("5020", "b", 7)]), "vilken period"),
        (
            workbooks.of_rows([("Period maj–augusti 2026",), ("Konto", "Namn", "Utfall"), ("5010", "Lön", 5_000)]),
            "inte från årets början",
        ),
        (
            workbooks.of_rows([("januari–augusti 2026",), ("Konto", "Namn", "Utfall"), ("5010", "Lön", 5),
                               ("5020", "Mat", "#DIV/0!")]),
            "Cell C4 på bladet Blad1 i bok.xlsx har #DIV/0!",
        ),
    ]:  # fmt: skip
        path.write_bytes(made)
        with pytest.raises(UserError) as caught:
            read_books(path)
        assert told in caught.value.message
        assert len(caught.value.advice) > 20


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_is_recognised_without_doubt_about_its_columns(name: str) -> None:
    book = read_workbook_bytes(LAYOUTS[name][0](), name)
    tables = recognise(book)
    assert len(tables) == 1
    roles = [column.role for column in tables[0].columns]
    assert roles.count(ColumnRole.ACCOUNT) == 1
    assert all(roles.count(role) <= 1 for role in roles if role is not ColumnRole.OTHER)

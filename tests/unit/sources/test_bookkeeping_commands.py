"""A bookkeeping file from the terminal: its accounts, its reports, and its way back to the same file a month later."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from finsam_desktop.commands import bookkeeping_listing, listing
from finsam_desktop.domain.figures import ColumnRole, Origin, Post
from finsam_desktop.domain.figures_checks import Level, check_table, check_together
from finsam_desktop.errors import UserError
from finsam_desktop.sources import compare, figure_table, read_workbook, recognise_usual, reread
from tests.unit.sources import sie_files

DAY = date(2026, 9, 20)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "bok.se"
    file.write_bytes(sie_files.made("4E").encode("cp437"))
    return file


def test_accounts_with_their_balances(path: Path) -> None:
    shown = bookkeeping_listing.accounts(path, 1)
    assert shown.lines[0] == "Samordningsförbundet Exempelbygden, SIE 4E, januari–april 2026"
    account = next(each for each in shown.data["accounts"] if each["account"] == "3510")
    assert (account["accumulated"], account["previous_accumulated"]) == ("-2000000.00", "-1800000.00")
    assert shown.data["transactions"] == 2 * len(sie_files.ROWS)
    with pytest.raises(UserError, match=r"borta\.se gick inte att läsa"):
        bookkeeping_listing.accounts(path.with_name("borta.se"), None)


def test_reports_of_the_latest_period_or_of_a_chosen_sheet(path: Path) -> None:
    latest = listing.tables(path, DAY)
    assert [table["sheet"] for table in latest.data] == ["Resultat T2", "Balans T2"]
    chosen = listing.tables(path, DAY, "resultat t1")
    assert [table["title"] for table in chosen.data] == ["Resultat januari–april 2026"]


def test_the_report_is_the_bookkeeping_to_the_ore(path: Path) -> None:
    book = read_workbook(path)
    result, balance = (figure_table(book, table, read_on=DAY) for table in recognise_usual(book))
    income = -sum(Decimal(row[2]) for row in sie_files.ROWS if row[1].startswith("3"))
    costs = -sum(Decimal(row[2]) for row in sie_files.ROWS if row[1][0] in "45")
    assert result.amount(Post.INCOME, ColumnRole.OUTCOME) == income
    assert result.amount(Post.COSTS, ColumnRole.OUTCOME) == costs
    assert result.amount(Post.RESULT, ColumnRole.OUTCOME) == income + costs
    assert balance.amount(Post.TOTAL_ASSETS, ColumnRole.OUTCOME) == balance.amount(
        Post.TOTAL_EQUITY_AND_LIABILITIES, ColumnRole.OUTCOME
    )
    for table in (result, balance):
        assert table.source is not None
        assert (table.source.origin, table.source.sha256) == (Origin.BOOKKEEPING, book.sha256)
        assert table.period is not None
        assert table.period.end == date(2026, 8, 31)
        assert check_table(table) == ()
    assert [finding.level for finding in check_together((result, balance))] == [Level.OK]


def test_a_later_file_shows_what_was_booked_since(path: Path) -> None:
    book = read_workbook(path)
    old = figure_table(book, recognise_usual(book)[0], read_on=DAY)
    more = '#VER B 1 20260830 "Sen faktura"\n{\n#TRANS 4510 {} 1000.25\n#TRANS 2440 {} -1000.25\n}\n'
    path.write_bytes((sie_files.made("4E") + more).encode("cp437"))
    new = reread(old, path, read_on=DAY)
    assert [str(difference) for difference in compare(old, new)] == [
        "Köpta insatser, Utfall jan–aug 2026 (konto 4510 2026-08-31): "
        "−3\u00a0300\u00a0000,25 → −3\u00a0301\u00a0000,5",
        "Summa kostnader, Utfall jan–aug 2026 (konto 4510–5011 2026-08-31): "
        "−4\u00a0500\u00a0000,25 → −4\u00a0501\u00a0000,5",
        "Resultat, Utfall jan–aug 2026 (konto 3510–5011 2026-08-31): 1\u00a0500\u00a0000,25 → 1\u00a0499\u00a0000",
    ]


def test_a_file_of_type_1_becomes_the_year_and_says_why(tmp_path: Path) -> None:
    path = tmp_path / "bok.se"
    path.write_bytes(sie_files.made("1").encode("cp437"))
    book = read_workbook(path)
    assert [sheet.name for sheet in book.sheets] == ["Resultat helår", "Balans helår"]
    assert "har bara saldon för hela året, så den kan inte ge tertialsiffror" in book.remarks[0]


def test_vouchers_alone_give_no_balance_report(tmp_path: Path) -> None:
    path = tmp_path / "bok.si"
    path.write_bytes(sie_files.made("4I").encode("cp437"))
    book = read_workbook(path)
    assert [sheet.name for sheet in book.sheets] == ["Resultat T2", "Resultat T1"]
    assert "inga ingående balanser (SIE 4I)" in book.remarks[0]

"""Resultatrapport and balansrapport: the columns of LKBR 13:3, to the öre against sums made from the file's lines."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from finsam_desktop.domain.figures import ColumnRole, FigureTable, Post, RowKind
from finsam_desktop.domain.figures_checks import Level, check_table, check_together
from finsam_desktop.domain.figures_layout import printed
from finsam_desktop.domain.forecasts import Forecast, Forecasts
from finsam_desktop.errors import UserError
from finsam_desktop.sources.account_plans import plan_from_text
from finsam_desktop.sources.forecasts import forecast_from_text, read_forecasts
from finsam_desktop.sources.sie import SieFile, read_sie
from finsam_desktop.sources.sie.reports import Selection, Span, report_by_objects, standard_reports
from tests.unit.sources import sie_files

DAY = date(2026, 9, 20)
REAL = Path(__file__).parents[2] / "data" / "sie"


def sie(text: str, name: str = "bok.se") -> SieFile:
    return read_sie(text.encode("cp437"), name)


@pytest.fixture
def book() -> SieFile:
    return sie(sie_files.made("4E"))


def kr(table: FigureTable, label: str, role: ColumnRole) -> Decimal | None:
    row = next(row for row in table.rows if row.cells[0].text == label)
    place = table.column_index(role)
    return None if place is None else row.cells[place].amount


def booked(first: int, last: int, *, classes: str, objects: str = "") -> Decimal:
    """The report's amount of the made file's rows: no code of ours, only the rows themselves."""
    return -sum(
        (Decimal(row[2]) for row in sie_files.ROWS
         if first <= row[0] <= last and row[1][0] in classes and objects in row[4]), Decimal(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("number", "span", "first", "last"),
    [
        (1, None, 1, 4),
        (2, None, 1, 8),
        (2, Span.TERTIAL, 5, 8),
        (2, Span.ACCUMULATED, 1, 8),
        (3, None, 1, 12),
    ],
)
def test_the_result_is_the_bookkeeping_to_the_ore(
    book: SieFile, number: int, span: Span | None, first: int, last: int
) -> None:
    made = standard_reports(book, Selection(tertial=number, span=span), read_on=DAY)
    table = made.result
    assert table.amount(Post.INCOME, ColumnRole.OUTCOME) == booked(first, last, classes="3")
    assert table.amount(Post.COSTS, ColumnRole.OUTCOME) == booked(first, last, classes="45")
    assert table.amount(Post.RESULT, ColumnRole.OUTCOME) == booked(first, last, classes="345")
    assert table.amount(Post.INCOME, ColumnRole.BUDGET) == 12 * 600_000
    assert table.amount(Post.COSTS, ColumnRole.BUDGET) == -12 * Decimal("425000.50")
    year_ago = table.amount(Post.RESULT, ColumnRole.PREVIOUS_OUTCOME)
    assert year_ago is not None
    # Last year's lines were each rounded to the öre at nine tenths.
    assert abs(year_ago - booked(first, last, classes="345") * 9 / 10) < Decimal("0.10")
    assert [finding for each in made.tables for finding in check_table(each)] == []


def test_tertial_2_shows_the_period_and_the_year_so_far(book: SieFile) -> None:
    table = standard_reports(book, read_on=DAY).result
    assert [column.title for column in table.columns] == [
        "Post", "Utfall maj–aug 2026", "Utfall jan–aug 2026", "Utfall jan–aug 2025", "Budget 2026",
    ]  # fmt: skip
    assert kr(table, "Personal", ColumnRole.OTHER) == booked(5, 8, classes="5")


def test_the_balance_holds_equity_at_start_result_and_equity_now(book: SieFile) -> None:
    made = standard_reports(book, Selection(tertial=2), read_on=DAY)
    assert made.balance is not None
    result = booked(1, 8, classes="345")
    amount = made.balance.amount
    assert amount(Post.OPENING_EQUITY, ColumnRole.OUTCOME) == 2_010_000
    assert amount(Post.RESULT, ColumnRole.OUTCOME) == result
    assert amount(Post.CLOSING_EQUITY, ColumnRole.OUTCOME) == 2_010_000 + result
    assert amount(Post.CLOSING_EQUITY, ColumnRole.PREVIOUS_OUTCOME) == 2_010_000
    debts = sum(Decimal(row[2]) for row in sie_files.ROWS if row[3] == "2440")
    assert kr(made.balance, "Kortfristiga skulder", ColumnRole.OUTCOME) == debts
    assert amount(Post.TOTAL_ASSETS, ColumnRole.OUTCOME) == 2_010_000 + result + debts
    assert [column.title for column in made.balance.columns] == ["Post", "2026-08-31", "2025-12-31"]
    assert [finding.level for finding in check_together(made.tables)] == [Level.OK]


@pytest.mark.parametrize("name", ["Sie1.se", "Sie2.se", "Sie3.se", "Sie4.se"])
def test_a_closed_year_of_a_real_file(name: str) -> None:
    """The account that moves the result to equity makes neither the result nothing nor equity twice."""
    content = (REAL / name).read_bytes()
    made = standard_reports(read_sie(content, name), Selection(tertial=3), read_on=DAY)
    stated = re.findall(rb'#RES\s+0\s+"?([3-8]\d{3})"?\s+(-?[\d.]+)', content)
    by_account = {account: Decimal(amount.decode()) for account, amount in stated}
    transfer = by_account.pop(b"8999")
    assert made.result.amount(Post.RESULT, ColumnRole.OUTCOME) == -sum(by_account.values())
    assert made.balance is not None
    equity = [
        Decimal(amount.decode())
        for account, amount in re.findall(rb'#UB\s+0\s+"?(\d{4})"?\s+(-?[\d.]+)', content)
        if account.startswith((b"20", b"21"))
    ]
    booked_over = transfer + sum(by_account.values())
    assert made.balance.amount(Post.CLOSING_EQUITY, ColumnRole.OUTCOME) == -sum(equity) - booked_over
    # The file's opening balances are 76 663 kr apart, and so are the report's two sides.
    assert {f.text for f in check_table(made.balance) if f.check == "balance"} != set()
    assert check_table(made.result) == ()


def test_each_cell_knows_accounts_days_and_file(book: SieFile) -> None:
    table = standard_reports(book, read_on=DAY).result
    row = next(row for row in table.rows if row.cells[0].text == "Verksamhetens kostnader")
    assert [cell.address for cell in row.cells] == [
        "konto 4510–5011",
        "konto 4510–5011 2026-05-01–2026-08-31",
        "konto 4510–5011 2026-01-01–2026-08-31",
        "konto 4510–5011 2025-01-01–2025-08-31",
        "konto 4510–5011 budget 2026",
    ]
    assert table.source is not None
    assert (table.source.file_name, table.source.sha256) == ("bok.se", book.sha256)
    assert table.source.cells == "konto 3510–5011"


def test_a_forecast_gives_deviation_and_comment(book: SieFile) -> None:
    forecasts = Forecasts(entries=(
        Forecast(post="Bidrag från medlemmar och andra", amount=Decimal("7199999.50")),
        Forecast(post="bidrag och köp av verksamhet", amount=Decimal(-5_000_000), comment="Ett team startar senare."),
        Forecast(post="Personal", amount=Decimal("-1800000.25"), comment="Ny tjänst", place="prognos.toml rad 9"),
    ))  # fmt: skip
    table = standard_reports(book, forecasts=forecasts, read_on=DAY).result
    assert kr(table, "Verksamhetens kostnader", ColumnRole.FULL_YEAR_FORECAST) == Decimal("-6800000.25")
    assert kr(table, "Periodens resultat", ColumnRole.FULL_YEAR_FORECAST) == Decimal("399999.25")
    assert kr(table, "Periodens resultat", ColumnRole.DEVIATION) == Decimal("399999.25") - (
        7_200_000 - 12 * Decimal("425000.50")
    )
    assert [row.comment for row in table.rows if row.comment] == ["Ett team startar senare.", "Ny tjänst"]
    assert (
        "Avvikelser: Bidrag och köp av verksamhet: Ett team startar senare. Personal: Ny tjänst."
        in printed(table).note
    )
    cell = next(row for row in table.rows if row.cells[0].text == "Personal").cells[5]
    assert (cell.amount, cell.address) == (Decimal("-1800000.25"), "prognos.toml rad 9")
    assert check_table(table) == ()


def test_a_sum_has_no_forecast_before_all_its_rows_have_one(book: SieFile) -> None:
    one = (Forecast(post="Personal", amount=Decimal(1_800_000)),)
    made = standard_reports(book, forecasts=Forecasts(entries=one), read_on=DAY)
    assert kr(made.result, "Periodens resultat", ColumnRole.FULL_YEAR_FORECAST) is None
    assert (
        "Prognos saknas för Bidrag från medlemmar och andra, Bidrag och köp av verksamhet." in made.remarks[0]
    )
    assert made.remarks[1] == "Prognosen för Personal är positiv. Kostnader skrivs med minus."
    rest = standard_reports(book, forecasts=Forecasts(entries=one, rest_as_budget=True), read_on=DAY).result
    assert kr(rest, "Periodens resultat", ColumnRole.FULL_YEAR_FORECAST) == (
        7_200_000 - 12 * Decimal("425000.50") + 1_800_000
    )


def test_a_forecast_for_no_post_is_refused(book: SieFile) -> None:
    with pytest.raises(UserError, match=r"Prognosen för Löner \(angiven prognos\) hör inte till") as told:
        standard_reports(
            book, forecasts=Forecasts(entries=(Forecast(post="Löner", amount=Decimal(1)),)), read_on=DAY
        )
    assert "Personal" in str(told.value.advice)


def test_one_platform_and_one_range_of_accounts(book: SieFile) -> None:
    west = standard_reports(book, Selection(tertial=2, objects=((1, "100"),)), read_on=DAY)
    assert west.result.title == "Resultat januari–augusti 2026, Team Väst"
    assert west.result.amount(Post.RESULT, ColumnRole.OUTCOME) == booked(
        1, 8, classes="345", objects='1 "100"'
    )
    assert west.balance is None
    assert "Balansrapporten görs bara för hela förbundet." in west.remarks
    pay = standard_reports(book, Selection(tertial=2, accounts=((5000, 5999),)), read_on=DAY)
    assert pay.result.amount(Post.RESULT, ColumnRole.OUTCOME) == booked(1, 8, classes="5")
    with pytest.raises(
        UserError, match="inga resultatkonton med belopp för januari–augusti 2026 och konto 9000–9999"
    ):
        standard_reports(book, Selection(tertial=2, accounts=((9000, 9999),)), read_on=DAY)


def test_objects_and_the_rest_make_the_whole(book: SieFile) -> None:
    table = report_by_objects(book, 1, Selection(tertial=2), read_on=DAY)
    assert [row.cells[0].text for row in table.rows] == ["Team Väst", "Team Öst", "Inte fördelat", "Summa"]
    assert kr(table, "Team Öst", ColumnRole.OUTCOME) == booked(1, 8, classes="345", objects='1 "200"')
    assert kr(table, "Inte fördelat", ColumnRole.OUTCOME) == booked(1, 8, classes="3") - booked(
        1, 8, classes="3", objects='"100"'
    )
    assert table.rows[-1].kind is RowKind.TOTAL
    assert kr(table, "Summa", ColumnRole.OUTCOME) == booked(1, 8, classes="345")
    assert check_table(table) == ()
    with pytest.raises(UserError, match="inga belopp på objekt i dimension 7") as told:
        report_by_objects(book, 7, read_on=DAY)
    assert "1 Samverkansplattform" in str(told.value.advice)


def test_last_years_own_file_and_a_break_in_continuity() -> None:
    before = sie(
        sie_files.made("4E").replace("2026", "2025").replace("20250101 20251231\n#RAR -1 20250101 20251231",
                                                           "20250101 20251231\n#RAR -1 20240101 20241231"),
        "bok2025.se",
    )  # fmt: skip
    made = standard_reports(sie(sie_files.made("4E")), previous=before, read_on=DAY)
    assert made.result.amount(Post.RESULT, ColumnRole.PREVIOUS_OUTCOME) == booked(1, 8, classes="345")
    bank = Decimal(2_010_000) - sum(Decimal(row[2]) for row in sie_files.ROWS if row[3] == "1930")
    told = next(remark for remark in made.remarks if remark.startswith("Konto 1930"))
    assert f"{bank:,.2f}".replace(",", "\u00a0").replace(".", ",") in told


def test_what_the_law_asks_for_and_the_file_lacks_is_said() -> None:
    year = standard_reports(sie(sie_files.made("1")), read_on=DAY)
    assert "Budgeten för året saknas i filen." in year.remarks
    with pytest.raises(UserError, match="SIE-fil av typ 1"):
        standard_reports(sie(sie_files.made("1")), Selection(tertial=2), read_on=DAY)
    vouchers = standard_reports(sie(sie_files.made("4I"), "bok.si"), read_on=DAY)
    assert vouchers.balance is None
    assert any("inga ingående balanser" in remark for remark in vouchers.remarks)
    late = standard_reports(sie(sie_files.made("4E")), Selection(tertial=3), read_on=DAY)
    assert (
        late.remarks[0]
        == "Filen har inget bokfört efter augusti 2026, fast rapporten går till och med 2026-12-31."
    )


def test_no_account_falls_outside_the_reports() -> None:
    """A plan that names almost nothing still gives the same totals, with the accounts shown for themselves."""
    plan = plan_from_text(
        '[[group]]\ntitle = "Personal"\npost = "verksamhetens kostnader"\naccounts = ["5000-5999"]\n'
        '[[group]]\ntitle = "Eget kapital"\npost = "eget kapital"\naccounts = ["2000-2099"]\n', "liten.toml",
    )  # fmt: skip
    made = standard_reports(sie(sie_files.made("4E")), plan=plan, read_on=DAY)
    assert made.result.amount(Post.RESULT, ColumnRole.OUTCOME) == booked(1, 8, classes="345")
    assert made.balance is not None
    assert check_table(made.balance) == ()
    assert any("står inte i kontoplanen liten" in remark for remark in made.remarks)


def test_money_booked_straight_against_equity_is_shown() -> None:
    text = sie_files.made("4E") + "#VER B 1 20260830\n{\n#TRANS 2010 {} 500.50\n#TRANS 1930 {} -500.50\n}\n"
    balance = standard_reports(sie(text), read_on=DAY).balance
    assert balance is not None
    assert kr(balance, "Bokfört direkt mot eget kapital", ColumnRole.OUTCOME) == Decimal("-500.50")
    assert [finding.check for finding in check_table(balance)] == ["equity"]


def test_forecasts_out_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "prognos.toml"
    path.write_text(
        'rest_as_budget = true\n\n[[forecast]]\npost = "Personal"\namount = -12345678901.05\ncomment = "Två\\nrader"\n',
        encoding="utf-8",
    )
    read = read_forecasts(path)
    assert read.rest_as_budget
    assert read.of("PERSONAL") == Forecast(
        post="Personal", amount=Decimal("-12345678901.05"), comment="Två rader", place="prognos.toml rad 3"
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[forecast]\n", "prognos.toml har ett skrivfel"),
        ("x = 1\n", "rad 1: Det står något"),
        ("forecast = 3\n", "rad 1: Det står något"),
        ("\n[[forecast]]\namount = 1\n", "rad 2: Prognosen saknar post"),
        ('[[forecast]]\npost = "A"\namount = "1"\n', "rad 1: Prognosen för A saknar ett belopp"),
        ('[[forecast]]\npost = "A"\namount = nan\n', "rad 1: Prognosen för A saknar ett belopp"),
        ('[[forecast]]\npost = "A"\namount = true\n', "rad 1: Prognosen för A saknar ett belopp"),
        ('[[forecast]]\npost = "A"\nbelopp = 1\n', "rad 1: Prognosen har något annat"),
    ],
)
def test_a_faulty_forecast_file_is_told_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "prognos.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=told):
        read_forecasts(path)


def test_a_forecast_file_that_is_not_there_or_not_text(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="finns inte"):
        read_forecasts(tmp_path / "borta.toml")
    (tmp_path / "latin.toml").write_bytes(b"# \xe5")
    with pytest.raises(UserError, match="gick inte att läsa"):
        read_forecasts(tmp_path / "latin.toml")


def test_a_forecast_on_the_command_line() -> None:
    assert forecast_from_text("Personal=\u22122 300 000,50=Vakant = tom") == Forecast(
        post="Personal", amount=Decimal("-2300000.50"), comment="Vakant = tom"
    )
    for text in ("Personal", "=5", "Personal=fem", "Personal=1e9", "Personal=1,234"):
        with pytest.raises(UserError, match="går inte att förstå"):
            forecast_from_text(text)

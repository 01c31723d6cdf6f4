"""The example workbooks hold the figures they should, and every kind of file gives the same table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from finsam_desktop import paths
from finsam_desktop.domain.figures import ColumnRole, FigureTable, Post, Purpose
from finsam_desktop.domain.figures_checks import Level, check_table, check_together
from finsam_desktop.domain.figures_layout import printed
from finsam_desktop.sources import compare, figure_table, read_workbook, read_workbook_bytes, recognise
from tests.unit.sources.test_bad_files import ODS, open_document

EXAMPLE = paths.resources() / "example"
DATA = Path(__file__).parents[2] / "data" / "spreadsheets"


def tables(path: Path) -> tuple[FigureTable, ...]:
    book = read_workbook(path)
    return tuple(figure_table(book, found, read_on=date(2026, 10, 19)) for found in recognise(book))


@pytest.mark.parametrize("year", [2026, 2021])
def test_key_figures(year: int) -> None:
    statement, balance, equity, teams = tables(EXAMPLE / f"Resultatrapport T2 {year}.xlsx")
    assert statement.amount(Post.COSTS, ColumnRole.BUDGET) == Decimal(-12_635_400)
    assert statement.amount(Post.INCOME, ColumnRole.BUDGET) == Decimal(11_489_700)
    assert statement.amount(Post.RESULT, ColumnRole.BUDGET) == Decimal(-1_145_700)
    assert statement.amount(Post.RESULT, ColumnRole.FULL_YEAR_FORECAST) == Decimal(-286_000)
    assert balance.amount(Post.OPENING_EQUITY, ColumnRole.OUTCOME) == Decimal(2_010_000)
    assert equity.amount(Post.CLOSING_EQUITY, ColumnRole.FULL_YEAR_FORECAST) == Decimal(1_724_000)
    assert [t.purpose for t in (statement, balance, equity, teams)] == [
        Purpose.INCOME_STATEMENT, Purpose.BALANCE_SHEET, Purpose.OTHER, Purpose.INDICATORS,
    ]  # fmt: skip
    assert all(column.role is not ColumnRole.OTHER for column in statement.columns)
    (together,) = check_together((statement, balance))
    assert together.level is Level.OK


def test_the_example_agrees_and_the_real_one_has_its_impossible_share() -> None:
    assert [check_table(table) for table in tables(EXAMPLE / "Resultatrapport T2 2026.xlsx")] == [()] * 4
    findings = [
        finding
        for table in tables(EXAMPLE / "Resultatrapport T2 2021.xlsx")
        for finding in check_table(table)
    ]
    assert [(finding.title, finding.text) for finding in findings] == [
        ("74 procent av 25 går inte ihop", "Vännäs, D9: 18 personer är 72 procent, 19 är 76.")
    ]


def test_the_printed_result_is_the_sources() -> None:
    statement = printed(tables(EXAMPLE / "Resultatrapport T2 2026.xlsx")[0])
    assert [column.lines for column in statement.columns] == [
        ("Belopp i tkr",), ("Utfall", "jan–aug", "2026"), ("Utfall", "jan–aug", "2025"), ("Budget", "2026"),
        ("Prognos", "2026"), ("Avvikelse", "mot budget"),
    ]  # fmt: skip
    assert statement.rows[-1].cells == ("Resultat", "182", "−172", "−1\u00a0146", "−286", "860")
    assert "Summorna är beräknade på hela kronor" in statement.note


@pytest.mark.parametrize("suffix", ["ods", "xls"])
def test_other_kinds_of_file_give_the_same_table(suffix: str) -> None:
    """Saved from the example by LibreOffice; only the kind of file and its hash differ."""
    ours = tables(EXAMPLE / "Resultatrapport T2 2026.xlsx")
    others = tables(DATA / f"Resultatrapport T2 2026.{suffix}")
    assert len(others) == 4
    for table, other in zip(ours, others, strict=True):
        assert compare(table, other) == ()
        assert replace(other, id=table.id, source=table.source) == table


@pytest.mark.parametrize("separator", [";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_separated_text_gives_the_same_figures(separator: str, encoding: str, tmp_path: Path) -> None:
    rows = [("Resultatrapport", "", ""), ("Benämning", "Utfall 2026", "Budget 2026"),
            ("Årsavgift; å ä ö", "7 724 650,50", "-1 145 700"),
            ("Konto 0012", "−5", "1.234,50"), ("", "", ""), ("Utskriven 2026-09-24", "", "")]  # fmt: skip
    text = "\r\n".join(separator.join(f'"{cell}"' if ";" in cell else cell for cell in row) for row in rows)
    path = tmp_path / "export.csv"
    path.write_bytes(text.replace("−", "-").encode(encoding))
    (table,) = tables(path)
    assert [[cell.amount for cell in row.cells[1:]] for row in table.rows] == [
        [Decimal("7724650.50"), Decimal(-1145700)], [Decimal(-5), Decimal("1234.50")],
    ]  # fmt: skip
    assert table.rows[0].cells[0].text == "Årsavgift; å ä ö"


def test_captions_say_what_and_when() -> None:
    assert [table.title for table in tables(EXAMPLE / "Resultatrapport T2 2026.xlsx")] == [
        "Resultat januari–augusti 2026 och prognos för helåret",
        "Tillgångar, eget kapital och skulder",
        "Eget kapital vid utgången av 2026",
        "Deltagare per samordningsteam, januari–augusti 2026",
    ]


def test_errors_and_shares_of_an_open_document() -> None:
    """As LibreOffice writes them; calamine alone gives nothing for the errors and no format for the share."""
    extended = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
    cells = (
        "<table:table-row><table:table-cell office:value-type='string'><text:p>Post</text:p></table:table-cell>"
        "<table:table-cell office:value-type='string'><text:p>Andel</text:p></table:table-cell></table:table-row>"
        "<table:table-row table:number-rows-repeated='2'><table:table-cell office:value-type='string'>"
        "<text:p>A</text:p></table:table-cell><table:table-cell office:value-type='percentage' office:value='0.74'>"
        "<text:p>74 %</text:p></table:table-cell></table:table-row>"
        f"<table:table-row><table:table-cell/><table:table-cell xmlns:c='{extended}' table:formula='of:=1/0' "
        "office:value-type='string' office:string-value='' c:value-type='error'><text:p>#DIV/0!</text:p>"
        "</table:table-cell></table:table-row>"
    )
    start, end = ODS.index("<table:table-row"), ODS.index("</table:table>")
    content = open_document(1, 1, ODS[:start] + cells + ODS[end:])
    (sheet,) = read_workbook_bytes(content, "bok.ods").sheets
    assert sheet.cell(4, 2).error == "#DIV/0!"
    assert (sheet.cell(2, 2).number_format, sheet.cell(2, 2).value) == ("0%", Decimal("0.74"))


def test_an_old_workbook_says_that_errors_cannot_be_seen() -> None:
    (remark,) = read_workbook(DATA / "Resultatrapport T2 2026.xls").remarks
    assert "#DIVISION/0!" in remark
    assert read_workbook(DATA / "Resultatrapport T2 2026.ods").remarks == ()

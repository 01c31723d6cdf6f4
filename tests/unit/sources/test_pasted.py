"""A table pasted from Excel, LibreOffice, Google or the web becomes a table with figures, and nothing else is taken."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_desktop.domain.figures import ColumnRole, Origin, Post
from finsam_desktop.domain.figures_layout import printed
from finsam_desktop.errors import UserError
from finsam_desktop.sources import figure_table, pasted_workbook, recognise

EXCEL = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style><!--td {color:red}--></style></head>
<body><!--StartFragment--><table border=0><col width=87>
<tr height=20><td colspan=3>Resultatrapport januari–augusti 2026</td></tr>
<tr><td>Belopp i kr</td><td>Utfall 2026</td><td>Budget 2026</td></tr>
<tr><td>Intäkter</td><td align=right x:num="7724650.456">7 724 650</td><td x:num>11&nbsp;489&nbsp;700</td></tr>
<tr><td>Kostnader<br>totalt</td><td>-7&nbsp;543&nbsp;000</td><td>-12 635 400</td></tr>
<tr><td>Resultat</td><td>181 650</td><td>#DIVISION/0!</td></tr>
</table><script>alert(1)</script></body></html>"""


def test_a_table_from_excel_keeps_exact_numbers_and_errors() -> None:
    book = pasted_workbook(EXCEL, "x\ty")
    sheet = book.sheets[0]
    assert sheet.cell(3, 2).value == Decimal("7724650.456")
    assert sheet.cell(3, 3).value == 11_489_700
    assert sheet.cell(4, 1).value == "Kostnader totalt"
    assert sheet.cell(5, 3).error == "#DIVISION/0!"
    assert sheet.merged == ("A1:C1",)
    table = figure_table(book, recognise(book)[0], read_on=date(2026, 10, 19))
    assert table.amount(Post.COSTS, ColumnRole.BUDGET) == -12_635_400
    assert table.period is not None
    assert table.period.end == date(2026, 8, 31)
    assert table.source is not None
    assert (table.source.origin, len(table.source.sha256)) == (Origin.PASTED, 64)
    assert "Källa: inklistrad tabell, 2026-10-19." in printed(table).note


@pytest.mark.parametrize(
    ("cell", "value"),
    [('sdval="12.345" sdnum="1053;"', Decimal("12.345")), ("data-sheets-value='{\"1\":3,\"3\":12.5}'", Decimal("12.5")),
     ('x:num="inf"', 12), ("data-sheets-value='{'", 12), ("", 12)],
)  # fmt: skip
def test_the_number_behind_what_is_shown(cell: str, value: Decimal) -> None:
    html = f"<table><tr><th>Post<th>Utfall</tr><tr><td>Resor<td {cell}>12</table>"
    assert pasted_workbook(html, "").sheets[0].cell(2, 2).value == value


def test_rows_and_columns_that_are_spanned() -> None:
    html = (
        "<table><tr><th rowspan=2>Post<th colspan=2>Utfall</tr><tr><th>2026<th>2025</tr>"
        "<tr><td>Resor<td>1<td>2</table>"
    )
    sheet = pasted_workbook(html, "").sheets[0]
    assert [[cell.value for cell in row] for row in sheet.rows] == [
        ["Post", "Utfall"],
        [None, 2026, 2025],
        ["Resor", 1, 2],
    ]
    assert sheet.merged == ("A1:A2", "B1:C1")


def test_the_largest_table_of_a_page_is_taken() -> None:
    html = "<table><tr><td>Meny</table><table><tr><td>A<td>B<tr><td>C<td>5</table>"
    assert pasted_workbook(html, "").sheets[0].cell(2, 2).value == 5


@pytest.mark.parametrize("text", ["Post\tUtfall\r\nResor\t1 234,50\r\n", "Post;Utfall\nResor;1 234,50"])
def test_text_with_separators(text: str) -> None:
    sheet = pasted_workbook("", text).sheets[0]
    assert sheet.cell(2, 2).value == Decimal("1234.5")


@pytest.mark.parametrize(
    ("html", "text"), [("", ""), ("", "bara ord"), ("<p>ord</p>", "ord\nord"), ("<table>", "")]
)
def test_what_is_no_table_is_told(html: str, text: str) -> None:
    with pytest.raises(UserError, match="Det som är kopierat är ingen tabell") as caught:
        pasted_workbook(html, text)
    assert "Markera rubrikraden" in caught.value.advice


def test_hostile_tables_cost_little() -> None:
    started = time.process_time()
    wide = pasted_workbook("<table><tr><td>A<td>B<tr><td>5<td colspan=9999 rowspan=9999>C</table>", "")
    assert wide.sheets[0].column_count <= 200
    deep = "<table><tr><td>" * 20_000
    pasted_workbook(f"<table><tr><td>A<td>5</table>{deep}", "")
    with pytest.raises(UserError, match="fler än 5000 rader"):
        pasted_workbook("<table>" + "<tr><td>1<td>2" * 6_000, "")
    with pytest.raises(UserError, match="för stort"):
        pasted_workbook("<table>" + "x" * 9_000_000, "")
    assert time.process_time() - started < 3


def test_formulas_and_scripts_are_only_text() -> None:
    html = "<table><tr><td>Post<td>Utfall<tr><td>=cmd|' /C calc'!A0<td onclick=x>5<script>9</script></table>"
    sheet = pasted_workbook(html, "").sheets[0]
    assert sheet.cell(2, 1).value == "=cmd|' /C calc'!A0"
    assert sheet.cell(2, 2).value == 5
    assert sheet.formulas == frozenset()


PIECES = st.sampled_from([
    "<table>", "</table>", "<tr>", "<td>", "</td>", "<td colspan=3>", "<!--", "-->", "<td rowspan=2>", "<script>", "5",
    "å", "&amp;", "&#0;", "<", "\t", "\n", "</tr>", "<style>", "\ud800",
])  # fmt: skip


@given(st.lists(PIECES, max_size=40), st.lists(PIECES, max_size=20))
def test_nothing_pasted_is_too_odd(html: list[str], text: list[str]) -> None:
    with suppress(UserError):
        recognise(pasted_workbook("".join(html), "".join(text)))


@pytest.mark.parametrize(
    "mark", ["<![if !supportEmptyParas]>", "<![endif]>", "<![C9ATA[ x ]]>", "<![", "<!x", "<![CDATA[<td>]]>"]
)
def test_marks_of_office_are_passed_over(mark: str) -> None:
    sheet = pasted_workbook(
        f"<table><tr><td>Post<td>Utfall<tr><td>Resor{mark}<td>5</table>", "Post\tUtfall\nResor\t5"
    ).sheets[0]
    assert sheet.cell(1, 1).value == "Post"
    assert any(str(cell.value).endswith("5") for row in sheet.rows for cell in row)


def test_the_end_of_a_conditional_comment_is_no_word_of_a_cell() -> None:
    html = "<table><tr><td>Post<![endif]--><td>Utfall<tr><td>Resor<td>5</table>"
    assert "endif" not in str(pasted_workbook(html, "").sheets[0].cell(1, 1).value)

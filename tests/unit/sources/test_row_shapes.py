"""Rows read many at a time hold what the XML walk finds in them, cell by cell, whatever stands between them."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finsam_desktop.errors import UserError
from finsam_desktop.sources import Sheet, read_workbook_bytes
from finsam_desktop.sources.workbook import MAX_ROW
from tests.unit.sources import workbooks

STYLES = '<numFmts><numFmt numFmtId="200" formatCode="0.0%"/></numFmts><cellXfs count="4"><xf numFmtId="0"/>' \
    '<xf numFmtId="14"/><xf numFmtId="200"/><xf numFmtId="4"/></cellXfs>'  # fmt: skip
STRINGS = "<si><t>Resor</t></si><si><t>Lön</t></si>"

NUMBERS = st.sampled_from(["5", "-12.50", "1234567.891", "0.30000000000000004", "1E-7", "46265", "2958466", "1.5e+20",
                           "000", "-0"])  # fmt: skip
ODD = st.sampled_from(["tolv", "1.2.3", "1e999", "", " 5 ", "1_0"])
TEXTS = st.sampled_from(
    ["Resor", "a &lt; b &amp; c", "&#229;&#x41;", "_x000D_", "  kant  ", "#DIV/0!", "=1+1"]
)


@st.composite
def cells(draw: st.DrawFn, letter: str, odd: bool) -> tuple[str, str]:
    """A cell's form with a place for its row, and for its value."""
    style = draw(st.sampled_from(["", ' s="1"', ' s="2"', ' s="3"', ' s="9"']))
    formula = draw(st.sampled_from(["", "", "<f>A1*2</f>", '<f t="shared" si="0"/>']))
    kind = draw(
        st.sampled_from(["n", "n", "", "s", "b", "str", "inline", "blank", *(["e", "d"] if odd else [])])
    )
    head = f'<c r="{letter}{{row}}"{style}'
    match kind:
        case "n" | "":
            said = ' t="n"' if kind else ""
            return f"{head}{said}>{formula}<v>{{value}}</v></c>", "number"
        case "s" | "b":
            return f'{head} t="{kind}"><v>{{value}}</v></c>', kind
        case "str":
            return f'{head} t="str">{formula}<v>{{value}}</v></c>', "text"
        case "inline":
            return f'{head} t="inlineStr"><is><t xml:space="preserve">{{value}}</t></is></c>', "text"
        case "e":
            return f'{head} t="e">{formula}<v>#DIV/0!</v></c>', "none"
        case "d":
            return f'{head} t="d"><v>2026-08-31</v></c>', "none"
    return f"{head}/>", "none"


@st.composite
def sheets(draw: st.DrawFn) -> str:
    """Sheet data of a few shapes with enough rows of each to be read together."""
    letters = ["A", "B", "D", "AA"]
    shapes = [
        [draw(cells(letter, odd=number == 0)) for letter in draw(st.sampled_from([letters, letters[:2], letters[1:]]))]
        for number in range(draw(st.integers(1, 3)))
    ]  # fmt: skip
    values = {"number": NUMBERS, "s": st.sampled_from(["0", "1"]), "b": st.sampled_from("01"), "text": TEXTS,
              "none": st.just("")}  # fmt: skip
    rows, number = [], 0
    for shape in draw(st.lists(st.sampled_from(shapes), min_size=10, max_size=40)):
        number += draw(st.sampled_from([1, 1, 1, 1, 2, 5]))
        made = ""
        for form, kind in shape:
            value = draw(values[kind])
            if draw(st.integers(0, 60)) == 0:
                value = draw(ODD) if kind == "number" else "7" if kind == "s" else value
            made += form.replace("{row}", str(number)).replace("{value}", value)
        rows.append(f'<row r="{number}" spans="1:4">{made}</row>')
    return "".join(rows)


def seen(sheet: Sheet) -> tuple[object, ...]:
    return list(sheet.rows), sheet.errors, sheet.formulas, sheet.uncalculated()


def read(data: str, before: str = "") -> Sheet:
    content = workbooks.written(data, strings=STRINGS, styles=STYLES, before=before)
    return read_workbook_bytes(content, "bok.xlsx").sheets[0]


@given(sheets())
@settings(max_examples=60, deadline=None)
def test_rows_read_together_are_the_rows_of_the_xml(data: str) -> None:
    assert seen(read(data)) == seen(read(data, before="<!-- walked -->"))


@pytest.mark.long
@given(sheets())
@settings(max_examples=3_000, deadline=None)
def test_rows_read_together_are_the_rows_of_the_xml_three_thousand_times(data: str) -> None:
    assert seen(read(data)) == seen(read(data, before="<!-- walked -->"))


@lru_cache(maxsize=2)
def ledger(rows: int) -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["Konto", "Benämning", "Utfall", "Andel"])
    for number in range(rows):
        book.active.append([3000 + number, f"Insats å {number % 7}", number * 1234.56 + 0.1, number / 7])
        book.active.cell(number + 2, 4).number_format = "0.0%"
    return workbooks.saved(book)


def test_no_error_cell_is_lost_among_rows_that_are_written_alike() -> None:
    book = openpyxl.load_workbook(BytesIO(ledger(400)))
    book.active["C200"] = "#DIV/0!"
    book.active["A300"] = None
    sheet = read_workbook_bytes(workbooks.saved(book), "bok.xlsx").sheets[0]
    assert sheet.errors == {(200, 3): "#DIV/0!"}
    assert sheet.cell(200, 3).error == "#DIV/0!"
    assert sheet.cell(300, 1).empty
    assert sheet.cell(300, 2).value == "Insats å 4"
    assert (sheet.row_count, sheet.cell(401, 4).number_format) == (401, "0.0%")


def test_a_large_sheet_has_the_values_that_excel_shows() -> None:
    """Above a megabyte numbers are kept as doubles; what is shown is the same to the last digit."""
    content = ledger(9_000)
    sheet = read_workbook_bytes(content, "bok.xlsx").sheets[0]
    assert isinstance(sheet.values[5_000][2], float)
    for number in (0, 1, 4_321, 8_999):
        cells = sheet.row(number + 2)
        expected = Decimal(f"{number * 1234.56 + 0.1:.15g}")
        assert [cell.value for cell in cells[:3]] == [3000 + number, f"Insats å {number % 7}", expected]
        assert cells[3].number_format == "0.0%"


def test_reading_a_large_sheet_can_be_stopped() -> None:
    steps: list[tuple[int, int]] = []

    class StoppedError(Exception):
        pass

    def stop(done: int, total: int) -> None:
        steps.append((done, total))
        if len(steps) == 3:
            raise StoppedError

    with pytest.raises(StoppedError):
        read_workbook_bytes(ledger(9_000), "bok.xlsx", stop)
    assert steps == [(0, 1)] * 3


def test_rows_in_the_wrong_order_and_beyond_the_sheet_are_damage() -> None:
    row = '<row r="{0}"><c r="A{0}"><v>1</v></c></row>'
    for numbers in ([*range(1, 30), 12], [*range(1, 30), MAX_ROW + 1]):
        with pytest.raises(UserError, match="är skadat vid rad"):
            read("".join(row.format(number) for number in numbers))

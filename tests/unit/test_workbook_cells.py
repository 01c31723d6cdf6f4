"""Values in the cells of a saved workbook."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from finsam_desktop.errors import UserError
from finsam_desktop.sources import read_workbook
from finsam_desktop.workbook_cells import LONGEST, without_control, write


def read_back(value: str | int | date | Decimal | None) -> object:
    """The value as our own reader of workbooks gives it, which undoes SpreadsheetML's escapes as Excel does."""
    book = Workbook()
    sheet = book.active
    write(sheet.cell(1, 1), value)
    sheet.cell(1, 2, "slut")
    with TemporaryDirectory() as folder:
        path = Path(folder, "bok.xlsx")
        book.save(path)
        assert load_workbook(path).active.cell(1, 1).data_type != "f"
        return read_workbook(path).sheets[0].values[0][0]


@pytest.mark.parametrize("text", ["=1+1", "+46 70", "-2", "@SUM(A1)", "\tx", "_x0041_", '=HYPERLINK("a")'])
def test_text_that_looks_like_something_else_stays_text(text: str) -> None:
    assert read_back(text) == text


@given(
    st.text(
        alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r\ufffe\uffff"),
        max_size=40,
    )
)
def test_text_is_read_back_as_it_was(text: str) -> None:
    assert (read_back(text) or "") == text


def test_days_and_amounts_are_the_programs_own() -> None:
    assert read_back(date(2026, 12, 1)) == date(2026, 12, 1)
    assert read_back(Decimal("12.50")) == Decimal("12.5")
    assert read_back(None) is None


def test_a_text_longer_than_a_cell_is_refused_not_cut() -> None:
    cell = Workbook().active.cell(3, 2)
    write(cell, "x" * LONGEST)
    assert len(cell.value) == LONGEST
    with pytest.raises(UserError, match="cell B3, bladet Sheet"):
        write(cell, "x" * (LONGEST + 1))


def test_titles_hold_nothing_that_xml_cannot() -> None:
    assert without_control("A\x00B\x0bC\ud800D\n") == "ABCD\n"

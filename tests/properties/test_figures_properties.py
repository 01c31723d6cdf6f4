"""Any workbook is read back as it was written, every difference is found and no other, printed numbers parse back."""

from __future__ import annotations

import math
import random
import zipfile
from dataclasses import replace
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finsam_desktop.domain import wording
from finsam_desktop.domain.figures import (
    UNIT_IN_KR,
    ColumnKind,
    ColumnRole,
    FigureCell,
    FigureColumn,
    FigureRow,
    FigureTable,
    Purpose,
    Unit,
)
from finsam_desktop.domain.figures_checks import check_table, passed_checks
from finsam_desktop.domain.figures_layout import head_lines, printed
from finsam_desktop.errors import UserError
from finsam_desktop.sources import compare, figure_table, read_workbook_bytes, recognise
from finsam_desktop.sources.cell_numbers import parse_number
from tests.unit.sources import workbooks

# openpyxl writes 16 digits, so a number that needs 17 is not the same once it is in the file.
# What openpyxl itself refuses or changes: control characters, and text that looks like a formula or its own escape.
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="=\ufffe\uffff"),
    min_size=1,
    max_size=20,
).filter(lambda text: "_x" not in text and not text.startswith("#"))
NUMBERS = st.one_of(
    st.integers(-(10**14), 10**14),
    st.floats(-1e12, 1e12, allow_nan=False).filter(lambda x: abs(x) > 1e-9 and float(f"{x:.16g}") == x),
)
DAYS = st.dates(date(1901, 1, 1), date(2199, 12, 31))
CELLS = st.one_of(st.none(), TEXTS, NUMBERS, st.booleans(), DAYS)


def expected(value: object) -> object:
    """What reading gives back for ``value``: numbers as Excel's 15 digits."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    number = Decimal(f"{float(value):.15g}")
    return Decimal(int(number)) if number == int(number) else number


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=6), max_size=12))
def test_any_workbook_is_read_as_it_was_written(rows: list[list[object]]) -> None:
    book = openpyxl.Workbook()
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            if value is not None:
                book.active.cell(number, column, value)
    sheet = read_workbook_bytes(workbooks.saved(book), "bok.xlsx").sheets[0]
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            read = sheet.cell(number, column).value
            assert read == expected(value), sheet.cell(number, column)
            assert type(read) is type(expected(value))
    peer = openpyxl.load_workbook(BytesIO(workbooks.saved(book)), data_only=True).active
    for peer_row in peer.iter_rows():
        for cell in peer_row:
            ours = sheet.cell(cell.row, cell.column)
            theirs = cell.value.date() if isinstance(cell.value, datetime) else cell.value
            assert ours.value == expected(theirs)
            if cell.value is not None:
                assert ours.number_format == cell.number_format


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=5), max_size=8))
def test_both_ways_of_reading_a_sheet_agree(rows: list[list[object]]) -> None:
    content = workbooks.of_rows([[v if not isinstance(v, str) else f"'{v}" for v in row] for row in rows])
    plain = read_workbook_bytes(content, "bok.xlsx").sheets[0]
    part = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(BytesIO(content)) as archive:
        xml = archive.read(part).decode()
    general_content = workbooks.replaced(content, part, xml.replace("<sheetData", "<!-- x --><sheetData", 1))
    general = read_workbook_bytes(general_content, "bok.xlsx").sheets[0]
    assert list(plain.rows) == list(general.rows)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.integers(-(10**9), 10**9), min_size=3, max_size=3), min_size=2, max_size=15),
    st.data(),
)
def test_exactly_the_changed_cells_are_told(rows: list[list[int]], data: st.DataObject) -> None:
    header = ["Post", "Utfall 2026", "Utfall 2025", "Budget 2026"]
    labels = [f"Post {chr(97 + n)}" for n in range(len(rows))]
    places = st.tuples(st.integers(0, len(rows) - 1), st.integers(0, 2))
    changes = data.draw(st.dictionaries(places, st.integers(-(10**9), 10**9), max_size=6))

    def read(values: list[list[int]]) -> FigureTable:
        lines = [["Resultatrapport"], header, *([label, *v] for label, v in zip(labels, values, strict=True))]
        book = read_workbook_bytes(workbooks.of_rows(lines), "bok.xlsx")
        return figure_table(book, recognise(book)[0], read_on=date(2026, 10, 19))

    changed = [[changes.get((r, c), value) for c, value in enumerate(row)] for r, row in enumerate(rows)]
    oracle = {
        (labels[r], header[c + 1], f"{'BCD'[c]}{r + 3}", rows[r][c], new)
        for (r, c), new in changes.items()
        if rows[r][c] != new
    }
    told = {
        (d.row, d.column, d.address, parsed(d.before), parsed(d.after))
        for d in compare(read(rows), read(changed))
    }
    assert told == oracle


def parsed(text: str) -> int:
    number = parse_number(text)
    assert number is not None
    return int(number)


AMOUNTS = st.one_of(
    st.none(), st.decimals(-(10**11), 10**11, allow_nan=False, allow_infinity=False, places=2)
)


@st.composite
def statements(draw: st.DrawFn) -> FigureTable:
    roles = (ColumnRole.OUTCOME, ColumnRole.BUDGET)
    rows = draw(
        st.lists(
            st.builds(
                FigureRow,
                cells=st.tuples(
                    st.builds(FigureCell, text=TEXTS), *[st.builds(FigureCell, amount=AMOUNTS) for _ in roles]
                ),
                is_cost=st.booleans(),
            ),
            max_size=10,
        )
    )
    return FigureTable(
        title="Tabell",
        purpose=draw(st.sampled_from(Purpose)),
        columns=(
            FigureColumn(title="Post", role=ColumnRole.LABEL),
            *(FigureColumn(title=str(role), role=role, kind=ColumnKind.AMOUNT) for role in roles),
        ),
        rows=tuple(rows),
        source_unit=draw(st.sampled_from(Unit)),
        costs_positive=draw(st.booleans()),
    )


@given(statements(), st.sampled_from(Unit))
def test_every_printed_number_parses_back_to_the_rounded_value(table: FigureTable, unit: Unit) -> None:
    shown = printed(table, unit=unit, deviation=True)
    quantum = Decimal("0.1") if unit is Unit.MKR else Decimal(1)
    for row, source in zip(shown.rows, table.rows, strict=True):
        values = [table.kr(source, 1), table.kr(source, 2)]
        difference = None if None in values else values[0] - values[1]  # type: ignore[operator]
        for text, kr in zip(row.cells[1:], [*values, difference], strict=True):
            if kr is None:
                assert text == ""
                continue
            assert not set(text) - set("0123456789,−\u00a0"), text
            back = Decimal(text.replace("\u00a0", "").replace("−", "-").replace(",", "."))
            assert back == (kr / UNIT_IN_KR[unit]).quantize(quantum, rounding=ROUND_HALF_UP)
            assert parse_number(text) == back


@given(statements())
def test_turning_all_costs_changes_nothing_that_is_printed(table: FigureTable) -> None:
    turned = tuple(
        replace(
            row,
            cells=(
                row.cells[0],
                *(replace(c, amount=None if c.amount is None else -c.amount) for c in row.cells[1:]),
            ),
        )
        if row.is_cost
        else row
        for row in table.rows
    )
    other = replace(table, rows=turned, costs_positive=not table.costs_positive)
    assert printed(other).rows == printed(table).rows
    assert [f.title for f in check_table(other)] == [f.title for f in check_table(table)]
    passed_checks(other)


@given(st.decimals(-(10**12), 10**12, allow_nan=False, allow_infinity=False, places=3), st.integers(0, 3))
def test_wording_and_parsing_are_each_others_reverse(number: Decimal, places: int) -> None:
    rounded = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    assert parse_number(wording.number(number, places)) == rounded


@given(st.text(max_size=30))
def test_no_text_breaks_the_number_parser(text: str) -> None:
    number = parse_number(text)
    assert number is None or math.isfinite(number)


@given(
    st.lists(st.text(st.characters(categories=("L", "Nd", "Po")), min_size=1, max_size=12), max_size=8).map(
        " ".join
    )
)
def test_no_word_of_a_head_is_lost_or_moved(title: str) -> None:
    lines = head_lines(title)
    assert " ".join(lines).split() == title.split()
    assert 1 <= len(lines) <= 3


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_workbook_never_ends_in_a_traceback(seed: int, tmp_path: Path) -> None:
    """Bytes turned at random: read, or a message with the file's name."""
    rng = random.Random(seed)
    content = bytearray(workbooks.of_rows([("Post", "Utfall"), ("A", 1), ("B", 2.5), ("Summa", 3.5)]))
    for _ in range(rng.randrange(1, 30)):
        content[rng.randrange(len(content))] = rng.randrange(256)
    message = "trasig.xlsx"
    try:
        recognise(read_workbook_bytes(bytes(content), "trasig.xlsx"))
    except UserError as error:
        message = error.message
    assert "trasig.xlsx" in message

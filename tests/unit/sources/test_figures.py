"""A figure table knows where each value stood; a second reading tells exactly what has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from finsam_desktop.domain.figures import ColumnRole, FigureTable, Period, Post, Unit
from finsam_desktop.errors import UserError
from finsam_desktop.sources import compare, figure_table, read_workbook, recognise, reread
from tests.unit.sources import workbooks

DAY = date(2026, 10, 19)
ROWS: tuple[tuple[Any, ...], ...] = (
    ("Resultatrapport",),
    ("Belopp i kr", "Utfall 2026", "Budget 2026"),
    ("Intäkter", 7725000, 11489700),
    ("Resor", 100000, 200000),
    ("Övrigt", 1, 2),
    ("Övrigt", 3, 4),
    ("Summa kostnader", 7543000, 12635400),
    ("Resultat", 182000, -1145700),
)


def write(path: Path, rows: Sequence[Sequence[Any]] = ROWS) -> FigureTable:
    path.write_bytes(workbooks.of_rows(rows, sheet="Resultat"))
    book = read_workbook(path)
    return figure_table(book, recognise(book)[0], read_on=DAY)


def test_every_value_has_its_origin(tmp_path: Path) -> None:
    path = tmp_path / "T2.xlsx"
    table = write(path)
    assert table.source is not None
    assert table.source.file_name == "T2.xlsx"
    assert table.source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (table.source.sheet, table.source.cells, table.source.read_on) == ("Resultat", "A2:C8", DAY)
    assert [cell.address for cell in table.rows[1].cells] == ["A4", "B4", "C4"]
    assert [column.source for column in table.columns] == ["A", "B", "C"]
    assert (table.source_unit, table.unit) == (Unit.KR, Unit.TKR)
    assert table.amount(Post.RESULT, ColumnRole.BUDGET) == Decimal(-1145700)
    assert table.amount(Post.COSTS, ColumnRole.BUDGET) == Decimal(-12635400)
    assert table.amount(Post.OPENING_EQUITY, ColumnRole.BUDGET) is None


def test_amounts_in_thousands_are_kr(tmp_path: Path) -> None:
    table = write(
        tmp_path / "T2.xlsx",
        [("Resultatrapport",), ("tkr", "Utfall"), ("Intäkter", 7725), ("Kostnader", -7543.5)],
    )
    assert table.amount(Post.INCOME, ColumnRole.OUTCOME) == Decimal(7_725_000)
    assert table.amount(Post.COSTS, ColumnRole.OUTCOME) == Decimal(-7_543_500)


def test_shares_written_as_whole_percent_become_shares(tmp_path: Path) -> None:
    table = write(tmp_path / "T2.xlsx", [("Team", "Avslutade", "Andel, %"), ("A", 54, 80), ("B", 25, 74)])
    assert [row.cells[2].amount for row in table.rows] == [Decimal("0.8"), Decimal("0.74")]


def test_an_error_cell_is_kept_as_an_error(tmp_path: Path) -> None:
    table = write(tmp_path / "T2.xlsx", [("Post", "Utfall"), ("A", 1), ("B", "#DIV/0!")])
    cell = table.rows[1].cells[1]
    assert (cell.amount, cell.error, cell.address) == (None, "#DIV/0!", "B3")


def test_what_changed_is_said_cell_by_cell(tmp_path: Path) -> None:
    path = tmp_path / "T2.xlsx"
    old = write(path)
    rows = [list(row) for row in ROWS]
    rows[3][2] = 210000
    rows[5][1] = None
    rows.insert(4, ["Hyra", 50000, 60000])
    del rows[2]
    write(path, rows)
    new = reread(old, path, read_on=date(2026, 10, 20))
    assert [str(difference) for difference in compare(old, new)] == [
        "Resor, Budget 2026 (C3): 200\u00a0000 → 210\u00a0000",
        "Hyra, Belopp i kr (A4): tom → Hyra",
        "Hyra, Utfall 2026 (B4): tom → 50\u00a0000",
        "Hyra, Budget 2026 (C4): tom → 60\u00a0000",
        "Övrigt, Utfall 2026 (B6): 3 → tom",
        "Intäkter, Belopp i kr (A3): Intäkter → tom",
        "Intäkter, Utfall 2026 (B3): 7\u00a0725\u00a0000 → tom",
        "Intäkter, Budget 2026 (C3): 11\u00a0489\u00a0700 → tom",
    ]


def test_nothing_has_changed(tmp_path: Path) -> None:
    path = tmp_path / "T2.xlsx"
    old = write(path)
    new = reread(old, path, read_on=date(2026, 11, 1))
    assert compare(old, new) == ()
    assert new.id == old.id
    assert new.source is not None
    assert new.source.read_on == date(2026, 11, 1)


def test_reading_again_keeps_what_was_corrected(tmp_path: Path) -> None:
    path = tmp_path / "T2.xlsx"
    book_table = write(path)
    columns = (
        book_table.columns[0],
        book_table.columns[2],
        replace(book_table.columns[1], role=ColumnRole.OTHER),
    )
    rows = tuple(replace(row, cells=(row.cells[0], row.cells[2], row.cells[1])) for row in book_table.rows)
    corrected = replace(
        book_table, columns=columns, rows=rows, title="Min titel", note="Min not", unit=Unit.KR
    )
    again = reread(corrected, path, read_on=DAY)
    assert again == corrected


def test_a_column_that_is_new_or_gone_and_a_unit(tmp_path: Path) -> None:
    old = write(tmp_path / "a.xlsx")
    new = write(
        tmp_path / "b.xlsx",
        [("Resultatrapport",), ("Belopp i tkr", "Utfall 2026", "Prognos 2026"), *ROWS[2:]],
    )
    said = [str(difference) for difference in compare(old, new)]
    assert "Prognos 2026 (C): tom → ny kolumn" in said
    assert "Budget 2026 (C): kolumn → tom" in said
    assert "Enhet: kr → tkr" in said


def test_a_table_that_is_gone_is_told(tmp_path: Path) -> None:
    path = tmp_path / "T2.xlsx"
    old = write(path)
    path.write_bytes(workbooks.of_rows([("hej",)], sheet="Annat"))
    with pytest.raises(UserError, match=r"Bladet Resultat finns inte i T2\.xlsx"):
        reread(old, path, read_on=DAY)
    path.write_bytes(workbooks.of_rows([("hej",)], sheet="Resultat"))
    with pytest.raises(UserError, match="innehåller inga tal"):
        reread(old, path, read_on=DAY)
    with pytest.raises(UserError, match="är inte läst ur en fil"):
        reread(replace(old, source=None), path, read_on=DAY)


def test_a_persons_own_figure_stays_while_the_source_says_the_same(tmp_path: Path) -> None:
    path = tmp_path / "T2.xlsx"
    table = write(path)
    at = datetime(2026, 10, 19, 9, 30)
    own = table.with_override(1, 2, Decimal(250000), by="Eva Ek", why="Enligt faktura 17", at=at)
    own = own.with_override(1, 2, Decimal(260000), by="Eva Ek", why="Enligt faktura 18", at=at)
    made = own.rows[1].cells[2].override
    assert made is not None
    assert (made.before, made.by, made.why, made.at) == (Decimal(200000), "Eva Ek", "Enligt faktura 18", at)
    assert own.without_override(1, 2) == table
    assert table.without_override(1, 2) is table
    again = reread(own, path, read_on=DAY)
    assert again.rows[1].cells[2] == own.rows[1].cells[2]
    rows = [list(row) for row in ROWS]
    rows[3][2] = 210000
    write(path, rows)
    changed = reread(own, path, read_on=DAY)
    assert changed.rows[1].cells[2].override is None
    assert [str(difference) for difference in compare(own, changed)] == [
        "Resor, Budget 2026 (C4): 260\u00a0000 → 210\u00a0000"
    ]


def test_the_period_of_the_outcome_is_kept(tmp_path: Path) -> None:
    table = write(tmp_path / "T2.xlsx", [("Resultatrapport januari–augusti 2026",), *ROWS[1:]])
    assert table.period == Period(start=date(2026, 1, 1), end=date(2026, 8, 31))
    assert write(tmp_path / "T2.xlsx").period is None


def test_a_ledger_is_too_long_for_an_item(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"i T2\.xlsx har 1500 rader\. En tabell i ett ärende har högst 1000"):
        write(tmp_path / "T2.xlsx", [("Post", "Utfall"), *((f"Rad {n}", n) for n in range(3000, 4500))])

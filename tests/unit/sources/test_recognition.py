"""Tables are found and understood as a person would: headings, columns, sums, unit, period and sign."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from finsam_desktop.domain.figures import ColumnKind, ColumnRole, Post, Purpose, RowKind, Unit
from finsam_desktop.errors import UserError
from finsam_desktop.sources import (
    RecognisedTable,
    apply,
    figure_table,
    fits,
    mapping_of,
    read_workbook_bytes,
    recognise,
    recognise_range,
)
from tests.unit.sources import workbooks

#: Short names, for the columns of a table in a row.
ROLES = {
    "konto": ColumnRole.ACCOUNT,
    "namn": ColumnRole.LABEL,
    "utfall": ColumnRole.OUTCOME,
    "förra": ColumnRole.PREVIOUS_OUTCOME,
    "budget": ColumnRole.BUDGET,
    "prognos": ColumnRole.FULL_YEAR_FORECAST,
    "avvikelse": ColumnRole.DEVIATION,
    "annat": ColumnRole.OTHER,
}

STATEMENT = (
    ("Intäkter", None, None, None),
    ("Medlemsbidrag", 7660000, 11490000, 11490000),
    ("Summa intäkter", 7660000, 11490000, 11490000),
    ("Kostnader", None, None, None),
    ("Styrelse", 148520, 310000, 270000),
    ("Administration", 7449480, 12325000, 11506000),
    ("Summa kostnader", 7598000, 12635000, 11776000),
    ("Resultat", 62000, -1145000, -286000),
)


def tables(*rows: Sequence[Any], sheet: str = "Blad1") -> tuple[RecognisedTable, ...]:
    return recognise(read_workbook_bytes(workbooks.of_rows(rows, sheet=sheet), "bok.xlsx"))


def roles(table: RecognisedTable) -> str:
    """The roles by their short names, in the sheet's order."""
    return said(column.role for column in sorted(table.columns, key=lambda column: column.column))


def said(roles: Iterable[ColumnRole]) -> str:
    short = {role: name for name, role in ROLES.items()}
    return " ".join(short[role] for role in roles)


def test_the_rows_of_an_income_statement_with_positive_costs() -> None:
    (table,) = tables(
        ("Samordningsförbundet Exempelbygden",), ("Resultatrapport tertial 2",), ("Period 2026-01-01–2026-08-31",), (),
        ("Benämning", "Utfall", "Budget 2026", "Prognos"), *STATEMENT, (), ("Ansvarig: ekonomen",),
        ("Utskriven 2026-09-24",),
    )  # fmt: skip
    assert table.cells == "A5:D13"
    assert table.title == "Resultatrapport tertial 2"
    assert table.purpose is Purpose.INCOME_STATEMENT
    assert table.period is not None
    assert (table.period.start, table.period.end) == (date(2026, 1, 1), date(2026, 8, 31))
    assert [row.kind for row in table.rows] == [
        RowKind.HEADING, RowKind.ROW, RowKind.SUM,
        RowKind.HEADING, RowKind.ROW, RowKind.ROW, RowKind.SUM, RowKind.TOTAL,
    ]  # fmt: skip
    assert [row.post for row in table.rows if row.post is not Post.NONE] == [
        Post.INCOME,
        Post.COSTS,
        Post.RESULT,
    ]
    assert [row.is_cost for row in table.rows] == [False, False, False, True, True, True, True, False]
    assert table.costs_positive
    assert table.certainty == 1.0


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (
            "Konto|Benämning|Utfall jan–aug 2026|Utfall jan–aug 2025|Budget 2026|Prognos 2026|Avvikelse mot budget",
            "konto namn utfall förra budget prognos avvikelse",
        ),
        (
            "Kontonr|Kontonamn|Ack utfall|Fg år|Årsbudget|Helårsprognos|Diff",
            "konto namn utfall förra budget prognos avvikelse",
        ),
        (
            "Konto|Text|Budget 2026|Utfall|Utfall 2025|Prognos|Budget - utfall",
            "konto namn budget utfall förra prognos avvikelse",
        ),
        (
            "Konto|Post|Perioden|Samma period föregående år|Budget helår|Prognos helår|Avvikelse prognos/budget",
            "konto namn utfall förra budget prognos avvikelse",
        ),
        (
            "Konto|Namn|2026|2025|Budget 2026|Budget 2027|Prognos",
            "konto namn utfall förra budget annat prognos",
        ),
        (
            "Konto|Namn|Bokslut 2025|Utfall 2026-08-31|Budget 2026|Prognos 1|Prognos 2",
            "konto namn förra utfall budget prognos annat",
        ),
        (
            "Konto|Namn|Utfall|Utfall i % av budget|Budget|Kvar av budget|Prognos",
            "konto namn utfall annat budget annat prognos",
        ),
    ],
)
def test_columns_by_their_headings(header: str, expected: str) -> None:
    (table,) = tables(
        header.split("|"),
        (3010, "Bidrag", 1000, 900, 2000, 2100, 100),
        (4010, "Resor", 500, 400, 600, 700, 50),
    )
    assert roles(table) == expected


def test_reports_are_printed_in_the_order_of_the_law_and_others_as_they_stand() -> None:
    (table,) = tables(
        ("Resultatrapport",), ("Post", "Budget 2026", "Utfall 2026", "Prognos 2026"), *STATEMENT
    )
    assert said(column.role for column in table.columns) == "namn utfall budget prognos"
    assert [column.letters for column in table.columns] == ["A", "C", "B", "D"]
    (other,) = tables(("Insats", "Budget", "Utfall"), ("Torget", 100000, 90000), ("Teamet", 200000, 150000))
    assert said(column.role for column in other.columns) == "namn budget utfall"


def test_a_header_over_two_lines_with_merged_cells() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ("Resultatrapport",),
        ("", "Utfall", None, "Budget", "Prognos"),
        ("tkr", "jan-aug 2026", "jan-aug 2025", 2026, 2026),
        ("Medlemsbidrag", 7660, 7580, 11490, 11490),
        ("Personal", -7598, -7661, -12635, -11776),
        ("Resultat", 62, -81, -1145, -286),
    ):
        sheet.append(list(row))
    sheet.merge_cells("B2:C2")
    (table,) = recognise(read_workbook_bytes(workbooks.saved(book), "bok.xlsx"))
    assert table.header_rows == (2, 3)
    assert [column.title for column in table.columns] == [
        "tkr", "Utfall jan-aug 2026", "Utfall jan-aug 2025", "Budget 2026", "Prognos 2026",
    ]  # fmt: skip
    assert roles(table) == "namn utfall förra budget prognos"
    assert table.unit is Unit.TKR


def test_a_balance_sheet_by_days() -> None:
    (table,) = tables(
        ("Balansrapport",),
        ("Belopp i kr", date(2025, 12, 31), date(2026, 8, 31)), ("Kassa och bank", 3195000, 3686000),
        ("Summa tillgångar", 3195000, 3686000), ("Eget kapital vid årets början", 1993000, 2010000),
        ("Periodens resultat", 17000, 182000), ("Summa eget kapital", 2010000, 2192000), ("Skulder", 1185000, 1494000),
        ("Summa eget kapital och skulder", 3195000, 3686000),
    )  # fmt: skip
    assert table.purpose is Purpose.BALANCE_SHEET
    assert [c.title for c in table.columns] == ["Belopp i kr", "2026-08-31", "2025-12-31"]
    assert roles(table) == "namn förra utfall"
    posts = [(row.kind, row.post) for row in table.rows if row.post is not Post.NONE]
    assert posts == [
        (RowKind.SUM, Post.TOTAL_ASSETS), (RowKind.ROW, Post.OPENING_EQUITY), (RowKind.ROW, Post.RESULT),
        (RowKind.SUM, Post.CLOSING_EQUITY), (RowKind.TOTAL, Post.TOTAL_EQUITY_AND_LIABILITIES),
    ]  # fmt: skip


def test_indicators_count_persons_and_shares() -> None:
    (table,) = tables(
        ("Team", "Aktiva", "Avslutade", "Positiv lösning, andel"),
        ("Ungdomstorget", 34, 54, "80 %"),
        ("Vännäs", 10, 25, "74 %"),
    )
    assert table.purpose is Purpose.INDICATORS
    assert [column.kind for column in table.columns] == [
        ColumnKind.TEXT,
        ColumnKind.COUNT,
        ColumnKind.COUNT,
        ColumnKind.PERCENT,
    ]


@pytest.mark.parametrize(
    ("heading", "unit", "sure"),
    [("Belopp i kr", Unit.KR, True), ("Belopp i tkr", Unit.TKR, True), ("(tusental kronor)", Unit.TKR, True),
     ("mnkr", Unit.MKR, True), ("Benämning", Unit.KR, False)],
)  # fmt: skip
def test_the_unit(heading: str, unit: Unit, sure: bool) -> None:
    (table,) = tables((heading, "Utfall", "Budget"), ("Resor", 5, 6), ("Mat", 7, 8))
    assert table.unit is unit
    assert (table.certainty == 1.0) is sure
    if not sure:
        assert table.remarks == ("Arket säger inte om beloppen är i kr eller tkr. De är lästa som kr.",)


def test_costs_first_and_no_headings() -> None:
    (table,) = tables(
        ("Resultaträkning",), ("", "Utfall"), ("Personal", 300000), ("Resor", 200000), ("Summa kostnader", 500000),
        ("Bidrag", 600000), ("Summa intäkter", 600000), ("Årets resultat", 100000),
    )  # fmt: skip
    assert [row.is_cost for row in table.rows] == [True, True, True, False, False, False]


def test_several_tables_on_a_sheet_and_none_on_a_sheet_of_text() -> None:
    found = tables(
        ("Intäkter och kostnader",), ("Post", "Utfall"), ("A", 1), ("B", 2), (), (), ("Deltagare",), ("Team", "Antal"),
        ("X", 3), ("Y", 4),
    )  # fmt: skip
    assert [table.cells for table in found] == ["A2:B4", "A8:B10"]
    assert tables(("Noter",), ("Källa: bokföringen",), ("Budgeten fastställdes 2025-11-27.",)) == ()


def test_hidden_sheets_are_left_alone() -> None:
    book = openpyxl.Workbook()
    book.active.append(["hej"])
    hidden = book.create_sheet("Dold")
    for row in (("Post", "Utfall"), ("A", 1)):
        hidden.append(row)
    hidden.sheet_state = "hidden"
    assert recognise(read_workbook_bytes(workbooks.saved(book), "bok.xlsx")) == ()


def test_a_table_without_header_is_found_and_doubted() -> None:
    (table,) = tables(("Resor", 500000, 400000), ("Mat", 300000, 200000))
    assert table.header_rows == ()
    assert [column.title for column in table.columns] == ["A", "B", "C"]
    assert "Tabellen har ingen rubrikrad. Kolumnerna heter som i arket." in table.remarks
    assert table.certainty < 1


def test_a_marked_range() -> None:
    rows = [("Titel",), ("Post", "Utfall", "Budget"), ("A", 1, 2), ("B", 3, 4), ("C", 5, 6)]
    book = read_workbook_bytes(workbooks.of_rows(rows), "bok.xlsx")
    table = recognise_range(book, "Blad1", "A2:B4")
    assert (table.cells, [row.row for row in table.rows]) == ("A2:B4", [3, 4])
    for cells, message in (("rad 5", "Området rad 5 går inte att förstå"), ("A1:A1", "innehåller inga tal")):
        with pytest.raises(UserError, match=message):
            recognise_range(book, "Blad1", cells)


CORRECTED = (ROLES["namn"], ROLES["utfall"], ROLES["förra"], ROLES["prognos"])


def test_a_correction_is_remembered_for_the_senders_next_file() -> None:
    header = ("Post", "Kol 1 2026", "Kol 1 2025", "Kol 2")
    book = read_workbook_bytes(
        workbooks.of_rows([header, ("Bidrag", 900000, 800000, 7), ("Städ", 300000, 200000, 8)]), "t1.xlsx"
    )
    (found,) = recognise(book)
    columns = tuple(replace(c, role=role) for c, role in zip(found.columns, CORRECTED, strict=True))
    rows = tuple(replace(row, is_cost=row.row == 3) for row in found.rows)
    corrected = replace(
        found, columns=(columns[0], columns[2], columns[1]), rows=rows, unit=Unit.TKR, costs_positive=True
    )
    mapping = mapping_of(corrected, book.sheets[0])

    later = [
        ("Rapport",),
        ("Kol 2", "Post", "Kol 1 2026", "Kol 1 2027"),
        (1, "Lokal", 5, 6),
        (2, "Städ", 300, 200),
        (3, "Bidrag", 9, 8),
    ]
    book = read_workbook_bytes(workbooks.of_rows(later), "t2.xlsx")
    (found,) = recognise(book)
    assert fits(mapping, found)
    table = apply(mapping, found, book.sheets[0])
    assert [c.title for c in table.columns] == ["Post", "Kol 1 2026", "Kol 1 2027"]
    assert said(c.role for c in table.columns) == "namn förra utfall"
    assert [row.is_cost for row in table.rows] == [False, True, False]
    assert (table.unit, table.costs_positive) == (Unit.TKR, True)
    figures = figure_table(book, table, read_on=date(2026, 10, 19))
    assert figures.kr(figures.rows[1], 2) == Decimal(-200_000)
    (other,) = tables(("Team", "Aktiva", "Avslutade"), ("X", 1, 2))
    assert not fits(mapping, other)

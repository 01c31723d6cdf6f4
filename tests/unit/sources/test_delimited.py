"""Text files with tables: letters, separator and decimal sign are told from the bytes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from finsam_desktop.domain.figures import ColumnRole
from finsam_desktop.sources import read_workbook_bytes, recognise
from finsam_desktop.sources.delimited import separator_of

ROWS = [
    ["Konto", "Benämning", "Utfall jan–aug 2026".replace("–", "-"), "Budget 2026"],
    ["3010", "Bidrag från Försäkringskassan", "4 000 000,50", "6 000 000"],
    ["4010", "Köpta insatser, Åsö", "-3 300 000,25", "-5 100 000"],
    ["5010", "Löner", "-1 200 000", "-1 800 000,75"],
    ["0100", "Övrigt", "12,5", "0"],
]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "cp437", "mac_roman"]


def written(separator: str, decimals: str, ends: str = "\r\n") -> str:
    lines = []
    for number, row in enumerate(ROWS):
        cells = row if not number else [row[0], row[1], *(cell.replace(",", decimals) for cell in row[2:])]
        lines.append(separator.join(f'"{cell}"' if separator in cell else cell for cell in cells))
    return ends.join(lines) + ends


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("decimals", [",", "."])
def test_letters_separator_and_decimals_are_told_from_the_bytes(
    encoding: str, separator: str, decimals: str
) -> None:
    name = "export.tsv" if separator == "\t" else "export.csv"
    book = read_workbook_bytes(written(separator, decimals).encode(encoding), name)
    sheet = book.sheets[0]
    assert [cell.value for cell in sheet.row(2)] == [
        Decimal(3010), "Bidrag från Försäkringskassan", Decimal("4000000.50"), Decimal(6_000_000)
    ]  # fmt: skip
    assert [cell.value for cell in sheet.row(3)][1:] == [
        "Köpta insatser, Åsö",
        Decimal("-3300000.25"),
        Decimal(-5_100_000),
    ]
    assert [cell.value for cell in sheet.row(5)] == ["0100", "Övrigt", Decimal("12.5"), Decimal(0)]
    (table,) = recognise(book)
    assert {column.role for column in table.columns} == {
        ColumnRole.ACCOUNT, ColumnRole.LABEL, ColumnRole.OUTCOME, ColumnRole.BUDGET
    }  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "mac_roman"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_lines_end_as_any_program_ends_them(encoding: str, ends: str) -> None:
    book = read_workbook_bytes(written(";", ",", ends).encode(encoding), "export.csv")
    assert (book.sheets[0].row_count, book.sheets[0].column_count) == (5, 4)


def test_cells_with_separators_quotes_and_line_ends_inside() -> None:
    text = 'Post;Utfall\r\n"Resor; ""tåg""\r\noch buss";5\r\n=cmd|\' /C calc\'!A0;7\r\n'
    sheet = read_workbook_bytes(text.encode(), "export.csv").sheets[0]
    assert sheet.cell(2, 1).value == 'Resor; "tåg"\r\noch buss'
    assert sheet.cell(3, 1).value == "=cmd|' /C calc'!A0"
    assert sheet.formulas == frozenset()


def test_decimal_commas_are_no_separators() -> None:
    assert separator_of("Post Utfall\nResor 1,5\nMat 2,5\n") == ";"
    assert separator_of("a|b|c\n1,5|2|3\n") == "|"

"""What an .xlsx holds is read as Excel shows it: values, formats, errors, formulas, hidden sheets, names, tables."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table

from finsam_desktop.errors import UserError
from finsam_desktop.sources import Sheet, SheetCell, read_workbook_bytes, sheet_cells
from finsam_desktop.sources.workbook import as_shown, column_letters, column_number, split_range
from tests.unit.sources import workbooks


def first_sheet(content: bytes) -> Sheet:
    return read_workbook_bytes(content, "bok.xlsx").sheets[0]


def test_values_formats_and_addresses() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(
        ["Årsavgift å ä ö < & > ”", 12635400, -0.5, True, date(2026, 8, 31), datetime(2026, 8, 31, 13, 45)]
    )
    sheet["G1"], sheet["H1"] = time(8, 30), 0.74
    sheet["B1"].number_format = '#,##0 "kr"'
    sheet["H1"].number_format = "0%"
    read = first_sheet(workbooks.saved(book))
    assert [cell.value for cell in read.row(1)] == [
        "Årsavgift å ä ö < & > ”",
        Decimal(12635400),
        Decimal("-0.5"),
        True,
        date(2026, 8, 31),
        datetime(2026, 8, 31, 13, 45),
        time(8, 30),
        Decimal("0.74"),
    ]
    assert read.cell(1, 2).number_format == '#,##0 "kr"'
    assert read.cell(1, 8).number_format == "0%"
    assert read.cell(1, 8).address == "H1"
    assert read.cell(99, 99) == SheetCell(None, 99, 99)


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (0.1 + 0.2, "0.3"), (1.1 * 3, "3.3"), (12635400.0, "12635400"), (-1145700.0, "-1145700"), (0.0, "0"),
        (1e15, "1000000000000000"), (2.5e-7, "2.5E-7"), (1 / 3, "0.333333333333333"), (1e22, "10000000000000000000000"),
    ],
)  # fmt: skip
def test_a_double_is_the_decimal_that_excel_shows(number: float, shown: str) -> None:
    assert as_shown(number) == Decimal(shown)
    assert as_shown(number).as_tuple() == Decimal(shown).as_tuple() or number != int(number)


def test_hidden_sheets_merged_cells_names_and_tables() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Resultat"
    sheet.append(["Post", "Utfall"])
    sheet.append(["Resor", 5])
    sheet.merge_cells("A4:B4")
    sheet.add_table(Table(displayName="Utfall", ref="A1:B2"))
    book.create_sheet("Dold").sheet_state = "hidden"
    book.create_sheet("Djupt").sheet_state = "veryHidden"
    book.defined_names["Resultatet"] = DefinedName("Resultatet", attr_text="Resultat!$A$1:$B$2")
    read = read_workbook_bytes(workbooks.saved(book), "bok.xlsx")
    assert [(s.name, s.hidden) for s in read.sheets] == [("Resultat", False), ("Dold", True), ("Djupt", True)]
    assert [s.name for s in read.visible_sheets] == ["Resultat"]
    assert read.sheets[0].merged == ("A4:B4",)
    assert [(n.name, n.target) for n in read.defined_names] == [("Resultatet", "Resultat!$A$1:$B$2")]
    assert [(t.name, t.sheet, t.cells) for t in read.tables] == [("Utfall", "Resultat", "A1:B2")]
    assert read.sheet("resultat ").name == "Resultat"
    with pytest.raises(UserError, match=r"Bladet Utfall finns inte i bok\.xlsx") as caught:
        read.sheet("Utfall")
    assert caught.value.advice == "Blad i filen: Resultat, Dold, Djupt."


def test_shared_rich_and_phonetic_strings_and_escapes() -> None:
    strings = (
        "<si><t>Resor</t></si><si><r><rPr><b/></rPr><t>Summa </t></r><r><t>kostnader</t></r></si>"
        "<si><t>rad_x000D_\n två</t><rPh sb='0' eb='1'><t>läs</t></rPh></si>"
        "<si><t xml:space='preserve'> _x0041_ </t></si>"
    )
    row = "".join(f'<c r="{letter}1" t="s"><v>{n}</v></c>' for n, letter in enumerate("ABCDE"))
    read = first_sheet(workbooks.written(f'<row r="1">{row}</row>', strings=strings))
    assert [cell.value for cell in read.row(1)] == ["Resor", "Summa kostnader", "rad\n två", " A ", None]
    assert read.cell(1, 5).error == "#REF!"


def test_errors_and_formulas() -> None:
    row = (
        '<c r="A1" t="e"><v>#DIV/0!</v></c><c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="C1"><f>A1</f></c>'
        '<c r="D1" t="str"><f>"a"</f><v>a &amp; b</v></c><c r="E1"><f t="shared" si="0"/><v>4</v></c>'
        '<c r="F1" t="b"><v>1</v></c>'
        '<c r="G1"><v>tolv</v></c><c r="H1"><v>1e999</v></c>'
    )
    read = first_sheet(workbooks.written(f'<row r="1">{row}</row>'))
    cells = read.row(1)
    assert [cell.error for cell in cells] == ["#DIV/0!", "#DIV/0!", "", "", "", "", "#VALUE!", "#VALUE!"]
    assert [cell.formula for cell in cells] == [False, True, True, True, True, False, False, False]
    assert [cell.value for cell in cells] == [None, None, None, "a & b", Decimal(4), True, None, None]
    assert read.uncalculated() == ("C1",)


@pytest.mark.parametrize(
    ("book", "day"), [("", date(2026, 8, 31)), ('<workbookPr date1904="1"/>', date(2030, 9, 1))]
)
def test_days_count_from_the_workbooks_own_start(book: str, day: date) -> None:
    styles = '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    content = workbooks.written('<row r="1"><c r="A1" s="1"><v>46265</v></c></row>', styles=styles, book=book)
    assert first_sheet(content).cell(1, 1).value == day


SAME = (
    '<row r="2"><c r="B2" s="1"><v>46265</v></c><c r="D2" t="inlineStr"><is><t>a &lt; &#229; &#x41;</t></is></c>'
    '<c r="E2"/></row><row r="5"><c r="A5" t="str"><f>X</f><v>ö&#13;\n</v></c><c r="B5" t="e"><v>#N/A</v></c></row>'
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<!-- not plain -->", ""),
        ('<sheetPr xmlns:x="urn:x"/><x:a xmlns:x="urn:x" xmlns="urn:y"/>', ""),
        ("<?note here?>", ""),
    ],
)
def test_both_ways_of_reading_agree(before: str, after: str) -> None:
    styles = '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    merged = '<mergeCells count="1"><mergeCell ref="A8:C8"/></mergeCells>' + after
    plain = first_sheet(workbooks.written(SAME, styles=styles, after=merged))
    general = first_sheet(workbooks.written(SAME, styles=styles, before=before, after=merged))
    assert (plain.values, plain.errors, plain.formulas, plain.merged) == (
        general.values, general.errors, general.formulas, general.merged,
    )  # fmt: skip
    assert list(plain.rows) == list(general.rows)
    assert plain.cell(2, 4).value == "a < å A"
    assert plain.cell(5, 1).value == "ö\n"


def test_the_plain_way_is_not_taken_when_a_cell_is_written_otherwise() -> None:
    """Attributes in another order, rich inline text, a prefix: the pattern misses them, so the XML is walked."""
    odd = (
        '<row r="1"><c s="0" r="A1"><v>1</v></c><c r="B1" cm="1"><v>2</v></c><c><v>3</v></c>'
        '<c r="D1" t="inlineStr"><is><r><rPr><color rgb="FF0000"/></rPr><t>röd</t></r>'
        "<r><t> text</t></r></is></c></row>"
    )
    content = workbooks.written(odd)
    assert [cell.value for cell in first_sheet(content).row(1)] == [
        Decimal(1),
        Decimal(2),
        Decimal(3),
        "röd text",
    ]
    prefixed = (
        f'<x:worksheet xmlns:x="{workbooks.MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>7</x:v></x:c></x:row>'
        "</x:sheetData></x:worksheet>"
    )
    content = workbooks.replaced(workbooks.written(""), "xl/worksheets/sheet0.xml", prefixed)
    assert first_sheet(content).cell(1, 1).value == Decimal(7)


def test_hidden_cells_are_not_seen_by_the_pattern_alone() -> None:
    row = '<row r="1"><c r="A1"><v>1</v></c></row>'
    hidden = f'<worksheet xmlns="{workbooks.MAIN}"><sheetData><!-- {row} --></sheetData></worksheet>'
    assert sheet_cells.plain_text_of(hidden.encode()) is None
    content = workbooks.replaced(workbooks.written(""), "xl/worksheets/sheet0.xml", hidden)
    assert first_sheet(content).row_count == 0


def test_strict_workbooks_and_macro_workbooks_are_read() -> None:
    good = workbooks.written('<row r="1"><c r="A1"><v>1</v></c></row>')
    strict = workbooks.replaced(
        good,
        "xl/worksheets/sheet0.xml",
        '<worksheet xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"><sheetData>'
        '<row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>',
    )
    assert first_sheet(strict).cell(1, 1).value == Decimal(1)
    with_macro = workbooks.replaced(good, "xl/vbaProject.bin", b"\0\1\2")
    assert read_workbook_bytes(with_macro, "bok.xlsm").sheets[0].cell(1, 1).value == Decimal(1)


def test_addresses() -> None:
    assert [column_letters(n) for n in (1, 26, 27, 702, 703, 16384)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
    assert all(column_number(column_letters(n)) == n for n in range(1, 16385))
    assert split_range("$E$16:a5") == (5, 1, 16, 5)
    for wrong in ("", "A", "5", "A0", "A1:B", "XFE1", "A1048577", "Å1"):
        with pytest.raises(ValueError, match=r".*"):
            split_range(wrong)

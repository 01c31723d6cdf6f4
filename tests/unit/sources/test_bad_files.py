"""Every file that cannot be read gets a Swedish message with its name and what to do, quickly and in little memory."""

from __future__ import annotations

import os
import sys
import time
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from finsam_desktop.errors import UserError
from finsam_desktop.sources import figure_table, read_workbook, read_workbook_bytes, recognise
from tests.unit.sources import cost, workbooks
from tests.unit.sources.workbooks import HEAD, MAIN

GOOD = workbooks.of_rows([("Post", "Utfall"), ("Summa", 5)])
TEXT = "Konto;Namn\n3010;Försäkringskassan\n".encode("cp1252")
ENTITIES = (
    '<!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">'
    '<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>'
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'


def sheet_with(declaration: str, text: str) -> bytes:
    sheet = (f'{HEAD}{declaration}<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>{text}'
             "</t></is></c></row></sheetData></worksheet>")  # fmt: skip
    return workbooks.replaced(workbooks.written(""), "xl/worksheets/sheet0.xml", sheet)


def with_entry(name: str) -> bytes:
    out = BytesIO(GOOD)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, "x")
    return out.getvalue()


def encrypted_entry() -> bytes:
    """The archive's list says that every part is encrypted (bit 0 of the general purpose flag)."""
    content = bytearray(GOOD)
    place = content.find(b"PK\x01\x02")
    while place >= 0:
        content[place + 8] |= 1
        place = content.find(b"PK\x01\x02", place + 1)
    return bytes(content)


def doubled() -> bytes:
    out = BytesIO(GOOD)
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("xl/workbook.xml", "<x/>")
    return out.getvalue()


BAD = {
    "tom.xlsx": (b"", "är tom"),
    "text.xlsx": (TEXT, "är en textfil med Excel-namn"),
    "webb.xls": (b"<html><table><tr><td>1</td></tr></table></html>", "är en webbsida med Excel-namn"),
    "rapport.xlsx": (b"%PDF-1.7\n%\xe2\xe3", "är en PDF-fil"),
    "bild.xlsx": (b"\x89PNG\r\n\x1a\n\0\0", "är en bild"),
    "skräp.xlsx": (b"\x01\x02\0\x04" * 50, "är ingen arbetsbok"),
    "låst.xlsx": (workbooks.protected(), "är skyddad med lösenord"),
    "chiffer.xlsx": (encrypted_entry(), "är skyddad med lösenord"),
    "gammal.xls": (
        workbooks.protected().replace("EncryptedPackage".encode("utf-16-le"), b"x" * 32),
        "är ingen arbetsbok",
    ),
    "halv.xlsx": (GOOD[: len(GOOD) // 2], "är skadad eller bara delvis kopierad"),
    "brev.xlsx": (
        workbooks.zipped({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}),
        "är ett Word-dokument",
    ),
    "bilder.xlsx": (workbooks.zipped({"ppt/presentation.xml": "<x/>"}), "är en PowerPoint-presentation"),
    "binär.xlsb": (workbooks.zipped({"xl/workbook.bin": "x"}), "är en binär arbetsbok"),
    "arkiv.xlsx": (workbooks.zipped({"läsmig.txt": "hej"}), "är ingen arbetsbok"),
    "förbund.finsam": (b"SQLite format 3\0" + b"\0" * 52 + b"FnSm", "är ett förbunds fil i Finsam Desktop"),
    "databas.db": (b"SQLite format 3\0" + b"\0" * 84, "är en databas (SQLite)"),
    "program.xlsx": (b"MZ\x90\0" + b"\0" * 80, "är ett program"),
    "packad.xlsx": (b"\x1f\x8b\x08\0" + b"\0" * 80, "är en packad fil"),
    "sie5.sie": (b"<?xml version='1.0'?><Sie xmlns='http://www.sie.se/sie5'/>", "är en SIE 5-fil (XML)"),
    "bok.xml": (b"<?xml version='1.0'?><Sie xmlns='http://www.sie.se/sie5'/>", "är en SIE 5-fil (XML)"),
    "läsmig.md": (b"# Rubrik\ntext", "är en textfil och ingen arbetsbok"),
    "sidan.se": (b"<html><body>404</body></html>", "är ingen SIE-fil"),
    "tom.se": (b"#FLAGGA 0\n#SIETYP 4\n#RAR 0 20260101 20261231\n", "är en SIE-fil utan belopp för räkenskapsåret"),
    "doctype.xlsx": (sheet_with(OUTSIDE, "&secret;"), "DOCTYPE"),
    "skratt.xlsx": (sheet_with(ENTITIES, "&d;"), "DOCTYPE"),
    "utf16.xlsx": (
        workbooks.replaced(GOOD, "xl/workbook.xml", f"<!DOCTYPE x>{HEAD}<workbook xmlns='{MAIN}'/>".encode("utf-16")),
        "DOCTYPE",
    ),
    "bomb.xlsx": (workbooks.bomb("xl/worksheets/sheet0.xml", 120), "packar upp till orimligt mycket data"),
    "upp.xlsx": (with_entry("../../startup.cmd"), "på ett sätt som vanliga program inte gör"),
    "rot.xlsx": (with_entry("/etc/passwd"), "på ett sätt som vanliga program inte gör"),
    "enhet.xlsx": (with_entry("C:/x"), "på ett sätt som vanliga program inte gör"),
    "dubbel.xlsx": (doubled(), "på ett sätt som vanliga program inte gör"),
    "stympat.xlsx": (
        workbooks.replaced(GOOD, "xl/worksheets/sheet1.xml", '<worksheet><sheetData><row r="1"><c r="A1"'),
        "är skadad eller bara delvis kopierad",
    ),
    "rader.xlsx": (
        workbooks.written('<row r="5"><c r="A5"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>'),
        "är skadat vid rad 2",
    ),
    "utanför.xlsx": (
        workbooks.written(
            '<row r="1"><c r="A1"><v>1</v></c></row><row r="2000000"><c r="A2000000"><v>1</v></c></row>'
        ),
        "är skadat vid rad 2000000",
    ),
    "bladlös.xlsx": (workbooks.written("", sheets=()), "har inget blad med celler"),
    "många.xlsx": (workbooks.written("", sheets=[f"B{n}" for n in range(600)]), "har 600 blad"),
    "delar.xlsx": (
        workbooks.zipped({f"xl/worksheets/sheet{n}.xml": "<x/>" for n in range(10_000)}),
        "packar upp till orimligt",
    ),
    "bok.xlsx": (workbooks.replaced(workbooks.written(""), "xl/workbook.xml", "<bok/>"), "är ingen arbetsbok"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_named_and_said_what_to_do_about(name: str) -> None:
    content, message = BAD[name]
    started = time.process_time()
    with pytest.raises(UserError) as caught:
        read_workbook_bytes(content, name)
    assert time.process_time() - started < 2
    assert name in caught.value.message
    assert message in caught.value.message
    assert len(caught.value.advice) > 20
    assert "!" not in str(caught.value)


def test_a_missing_file_a_folder_and_a_forbidden_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"Filen borta\.xlsx finns inte längre"):
        read_workbook(tmp_path / "borta.xlsx")
    (tmp_path / "mapp.xlsx").mkdir()
    with pytest.raises(UserError, match=r"mapp\.xlsx är en mapp"):
        read_workbook(tmp_path / "mapp.xlsx")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may read every file")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "hemlig.xlsx"
    path.write_bytes(GOOD)
    path.chmod(0)
    with pytest.raises(UserError, match=r"hemlig\.xlsx får inte läsas"):
        read_workbook(path)


def test_a_refused_open_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "öppen.xlsx"
    path.write_bytes(GOOD)

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(UserError, match=r"öppen\.xlsx får inte läsas") as caught:
        read_workbook(path)
    assert "Stäng den" in caught.value.advice


def test_formulas_that_were_never_calculated_are_explained() -> None:
    content = workbooks.of_rows([("Post", "Utfall"), ("A", 1), ("Summa", "=SUM(B2:B2)")], sheet="Resultat")
    with pytest.raises(UserError) as caught:
        read_workbook_bytes(content, "räknad.xlsx")
    assert caught.value.message == (
        "räknad.xlsx har formler men inga uträknade värden, först i cell B3 på bladet Resultat."
    )
    assert "Öppna filen i Excel, spara den" in caught.value.advice


def test_one_formula_without_a_value_is_named_when_its_table_is_taken() -> None:
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>Post</t></is></c>'
    rows += '<c r="B1" t="inlineStr"><is><t>Utfall</t></is></c></row>'
    rows += (
        '<row r="2"><c r="A2" t="inlineStr"><is><t>Resor</t></is></c><c r="B2"><f>1+1</f><v>2</v></c></row>'
    )
    rows += '<row r="3"><c r="A3" t="inlineStr"><is><t>Mat</t></is></c><c r="B3"><f>2+2</f></c></row>'
    book = read_workbook_bytes(workbooks.written(rows), "delvis.xlsx")
    assert book.sheets[0].uncalculated() == ("B3",)
    with pytest.raises(
        UserError, match=r"Cell B3 på bladet Blad1 i delvis\.xlsx har en formel utan uträknat värde"
    ):
        figure_table(book, recognise(book)[0], read_on=date(2026, 10, 19))


def test_an_error_cell_is_never_nothing() -> None:
    book = openpyxl.Workbook()
    for row in (("Post", "Utfall", "Budget"), ("Resor", 10, 20), ("Mat", "#DIV/0!", 5)):
        book.active.append(row)
    sheet = read_workbook_bytes(workbooks.saved(book), "fel.xlsx").sheets[0]
    assert sheet.cell(3, 2).error == "#DIV/0!"
    assert sheet.cell(3, 2).value is None
    assert not sheet.cell(3, 2).empty


def far_apart() -> bytes:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    return workbooks.written(rows, before='<dimension ref="A1:XFD1048576"/>')


def wide_rows() -> bytes:
    rows = "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, 40_000))
    return workbooks.written(rows)


def many_sheets(count: int) -> bytes:
    """A workbook that lists so many sheets, all of them the same part."""
    listed = "".join(f'<sheet name="B{n}" sheetId="{n + 1}" r:id="s0"/>' for n in range(count))
    book = f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{workbooks.OFFICE}"><sheets>{listed}</sheets></workbook>'
    return workbooks.replaced(GOOD, "xl/workbook.xml", book)


ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="Blad1"><table:table-row table:number-rows-repeated="{rows}">'
    '<table:table-cell table:number-columns-repeated="{columns}" office:value-type="float" office:value="1">'
    "<text:p>1</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body>"
    "</office:document-content>"
)


def open_document(rows: int, columns: int, content: str = ODS) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        archive.writestr("content.xml", content.format(rows=rows, columns=columns))
    return out.getvalue()


def laughing_document() -> bytes:
    """An OpenDocument sheet whose text is an entity that grows."""
    return open_document(1, 1, ENTITIES + ODS.replace("<text:p>1<", "<text:p>&d;<"))


@pytest.mark.skipif(sys.platform != "linux", reason="measures memory by /proc")
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bomb.xlsx", workbooks.bomb("xl/worksheets/sheet0.xml", 150)),
        ("ljuger.xlsx", workbooks.lying_bomb("xl/worksheets/sheet0.xml", 150)),
        ("strängar.xlsx", workbooks.bomb("xl/workbook.xml", 150)),
        ("långt.xlsx", far_apart()),
        ("brett.xlsx", wide_rows()),
        ("skratt.xlsx", sheet_with(ENTITIES, "&d;")),
        ("blad.xlsx", workbooks.written("", sheets=[f"B{n}" for n in range(4_900)])),
        ("tiotusen.xlsx", many_sheets(10_000)),
        ("upprepad.ods", open_document(1_048_576, 1_024)),
        ("skratt.ods", laughing_document()),
    ],
)
def test_a_hostile_file_costs_little(name: str, content: bytes, tmp_path: Path) -> None:
    hostile, good = tmp_path / name, tmp_path / "bra.xlsx"
    hostile.write_bytes(content)
    good.write_bytes(GOOD)
    taken = cost.of_reading(hostile, good)
    assert name == "långt.xlsx" or name in taken.message, taken  # two cells far apart are only two cells
    assert taken.seconds < cost.MOST_SECONDS, taken
    assert taken.megabytes < cost.MOST_MEGABYTES, taken


def test_repeated_cells_of_an_open_document_are_counted_before_they_are_written_out() -> None:
    assert read_workbook_bytes(open_document(3, 2), "liten.ods").sheets[0].row_count == 3
    with pytest.raises(UserError, match=r"stor\.ods har ett blad som är för stort att läsa"):
        read_workbook_bytes(open_document(1_048_576, 1_024), "stor.ods")
    with pytest.raises(UserError, match=r"trasig\.ods .*är skadad"):
        read_workbook_bytes(open_document(1, 1).replace(b"spreadsheet></o", b"spreadsheet><<o"), "trasig.ods")

"""What LibreOffice leaves undone in a tagged PDF is done, and nothing that is seen changes."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from pdfua import validate
from pikepdf import Array, Dictionary, Name

from finsam_desktop import paths
from finsam_desktop.pdf.completed import completed
from finsam_desktop.pdf.convert import SourceFile, convert_all
from finsam_desktop.pdf.embedded_font import embed, subset
from finsam_desktop.pdf.libreoffice import find_libreoffice
from finsam_desktop.pdf.tagged_page import message_page
from tests.unit.pdf.test_recognise import workbook_file


def sheet() -> bytes:
    """A sheet as LibreOffice 7 leaves it: one cell marked, two not, a line, and rows drawn in another order."""
    font = subset(paths.resources() / "fonts" / "Carlito-Regular.ttf", frozenset("ABC"), "Carlito")
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842)).obj
    page.Resources = Dictionary(Font=Dictionary(F=embed(pdf, font)))
    show = "BT %d %d Td /F 12 Tf " + "%s Tj ET"
    texts = [font.encoded(letter).decode() for letter in "ABC"]
    stream = "\n".join(
        [
            "q 1 0 0 1 100 0 cm",
            "0 0 m 50 50 l S",
            show % (0, 700, texts[2]),
            "Q",
            "/P <</MCID 0>> BDC",
            show % (100, 720, texts[0]),
            "EMC",
            show % (50, 700.5, texts[1]),
        ]
    )
    page.Contents = pdf.make_stream(stream.encode())
    page.StructParents = 0
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.Lang = "sv-SE"
    element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, K=0, Pg=page))
    pdf.Root.StructTreeRoot = Dictionary(
        Type=Name.StructTreeRoot, K=element, ParentTree=Dictionary(Nums=Array([0, Array([element])]))
    )
    content = io.BytesIO()
    pdf.save(content)
    return content.getvalue()


def look(pdf: bytes) -> bytes:
    document = pdfium.PdfDocument(pdf)
    pixels = bytes(document[0].render(scale=1).buffer)
    document.close()
    return pixels


def test_the_cells_of_a_sheet_are_read_row_by_row_and_look_the_same() -> None:
    made = completed(sheet(), "Budget", sheets=True)
    assert look(made) == look(sheet())
    with pikepdf.open(io.BytesIO(made)) as pdf:
        rows = pdf.Root.StructTreeRoot.K.K
        # A alone in the first row; B and C in the second, from the left.
        assert [[int(number) for number in row.K] for row in rows] == [[1], [2, 0]]
        owners = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
        assert [owner.objgen for owner in owners] == [rows[i].objgen for i in (1, 0, 1)]
        content = pdf.pages[0].Contents.read_bytes()
        assert content.count(b"BDC") == 3
        assert content.count(b"/Artifact BMC") == 1
        assert content.count(b"EMC") == 4
        assert str(pdf.docinfo.Title) == "Budget"


def test_a_pdf_that_lacks_nothing_is_left_as_it_is() -> None:
    made = message_page("Rubrik", ("Text",))
    assert completed(made, "Annat", sheets=True) == made


def test_a_title_of_its_own_is_kept() -> None:
    with pikepdf.open(io.BytesIO(sheet())) as pdf:
        pdf.docinfo["/Title"] = "Egen titel"
        content = io.BytesIO()
        pdf.save(content)
    with pikepdf.open(io.BytesIO(completed(content.getvalue(), "Annat"))) as pdf:
        assert str(pdf.docinfo.Title) == "Egen titel"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 inget"])
def test_what_cannot_be_opened_is_left_as_it_is(content: bytes) -> None:
    assert completed(content, "Titel", sheets=True) == content


def faults(folder: Path, pdf: bytes) -> list[str]:
    (folder / "fil.pdf").write_bytes(pdf)
    return [f"{finding.rule_id} {finding.location}" for finding in validate(str(folder / "fil.pdf")).findings]


@pytest.mark.needs_libreoffice
def test_a_workbook_by_libreoffice_passes_the_rules_that_can_be_checked(tmp_path: Path) -> None:
    file = SourceFile(name="Budget.xlsx", content=workbook_file())
    (made,) = convert_all([file], profile=tmp_path, libreoffice=find_libreoffice())
    assert made.program == "LibreOffice"
    assert faults(tmp_path, made.pdf) == []


def test_a_page_that_stands_in_a_files_place_passes_them_too(tmp_path: Path) -> None:
    long = "Ett långt skäl " * 60 + "ettordsomärlängreänenradochmåstebrytas" * 5
    made = message_page("Bilaga 3 åäö " * 12, (long, "", "Ett råd."))
    assert faults(tmp_path, made) == []
    document = pdfium.PdfDocument(made)
    text = document[0].get_textpage()
    boxes = [text.get_rect(number) for number in range(text.count_rects())]
    assert len(boxes) > 5
    assert min(left for left, _, _, _ in boxes) > 60
    assert max(right for _, _, right, _ in boxes) < 535
    assert min(bottom for _, bottom, _, _ in boxes) > 40
    document.close()

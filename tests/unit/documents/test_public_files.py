"""Files for publishing: what is not seen is gone, what is seen stands, and what is not sure is left out."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from finsam_desktop.documents.public_files import public_file
from finsam_desktop.domain.confidentiality import MaskedWord
from finsam_desktop.domain.masking import BAR, Masking
from tests import secret_files
from tests.leaks import leaks

NONE = Masking(())
WORD, SEEN = "Qvarnhed", "Rapporten visas"
MAKERS: dict[str, Callable[[str, str], bytes]] = {
    "docx": secret_files.docx,
    "xlsx": secret_files.xlsx,
    "odt": secret_files.odt,
    "pdf": secret_files.pdf,
    "jpg": lambda _seen, word: secret_files.jpeg(word),
    "png": lambda _seen, word: secret_files.png(word),
}


def text_of(suffix: str, content: bytes) -> str:
    """What is seen in the file, read by another program's library than ours where there is one."""
    if suffix == "docx":
        import docx

        return "\n".join(one.text for one in docx.Document(BytesIO(content)).paragraphs)
    if suffix == "xlsx":
        import openpyxl

        book = openpyxl.load_workbook(BytesIO(content))
        return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    if suffix == "pdf":
        from finsam_desktop.documents.public_pdf import page_texts

        return "\n".join(page_texts(content))
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read("content.xml").decode()


@pytest.mark.parametrize("suffix", MAKERS)
def test_what_is_not_seen_is_gone(suffix: str) -> None:
    content = MAKERS[suffix](SEEN, WORD)
    assert leaks(content, (WORD,)), "the file to clean has nothing in it to find"
    made = public_file(f"Fil.{suffix}", content, NONE)
    assert made.problem == ""
    assert made.content is not None
    assert leaks(made.content, (WORD,)) == []


@pytest.mark.parametrize("suffix", ["docx", "xlsx", "odt", "pdf"])
def test_what_is_seen_stands(suffix: str) -> None:
    made = public_file(f"Fil.{suffix}", MAKERS[suffix](SEEN, WORD), NONE)
    assert made.content is not None
    assert SEEN in text_of(suffix, made.content)
    if suffix == "docx":
        assert "Tillagtkommenterat" in text_of(suffix, made.content)


@pytest.mark.parametrize("suffix", ["docx", "xlsx", "odt"])
def test_masked_words_are_masked_where_they_are_seen(suffix: str) -> None:
    masking = Masking((MaskedWord(words="Kim Ek"),))
    made = public_file(f"Fil.{suffix}", MAKERS[suffix]("Intyg för Kim Eks räkning", WORD), masking)
    assert made.content is not None, made.problem
    assert f"Intyg för {BAR} räkning" in text_of(suffix, made.content)
    assert leaks(made.content, ("Kim Ek",)) == []


def test_words_divided_by_formatting_are_masked_as_one() -> None:
    import docx

    document = docx.Document()
    paragraph = document.add_paragraph("Hos ")
    for part, bold in (("Ki", True), ("m ", False), ("E", True), ("ks läkare", False)):
        paragraph.add_run(part).bold = bold
    out = BytesIO()
    document.save(out)
    made = public_file("Fil.docx", out.getvalue(), Masking((MaskedWord(words="Kim Ek"),)))
    assert made.content is not None
    assert f"Hos {BAR} läkare" in text_of("docx", made.content)


def test_words_in_two_cells_stop_the_file() -> None:
    import docx

    document = docx.Document()
    row = document.add_table(1, 2).rows[0]
    row.cells[0].text, row.cells[1].text = "Kim", "Ek"
    out = BytesIO()
    document.save(out)
    made = public_file("Fil.docx", out.getvalue(), Masking((MaskedWord(words="Kim Ek"),)))
    assert made.content is None
    assert "maskeras" in made.problem


def test_words_in_a_pdf_stop_it_since_they_cannot_be_taken_out() -> None:
    masking = Masking((MaskedWord(words="Kim Ek"),))
    made = public_file("Fil.pdf", secret_files.pdf("Intyg för Kim Ek", WORD), masking)
    assert made.content is None
    assert "Kim" not in made.problem


def test_a_picture_may_show_masked_words_until_somebody_has_looked() -> None:
    masking = Masking((MaskedWord(words="Kim Ek"),))
    assert public_file("Foto.jpg", secret_files.jpeg(WORD), masking).content is None
    made = public_file("Foto.jpg", secret_files.jpeg(WORD), masking, reviewed=True)
    assert made.content is not None
    assert leaks(made.content, (WORD,)) == []


def test_a_turned_picture_stays_turned() -> None:
    made = public_file("Foto.jpg", secret_files.jpeg(WORD), NONE).content
    assert made is not None
    assert b"Exif\x00\x00MM\x00*" in made
    assert b"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06" in made


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Fil.docx", b"PK\x03\x04 trasig"),
        ("Fil.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("Fil.pdf", b"%PDF-1.7 trasig"),
        ("Fil.jpg", b"\xff\xd8\xff"),
        ("Fil.png", b"\x89PNG\r\n\x1a\n"),
        ("Brev.eml", b"Subject: Hej\r\n\r\nHej"),
        ("Fil", b""),
        ("Fil.odt", secret_files.docx(SEEN, WORD)),
    ],
)
def test_what_cannot_be_read_is_left_out_with_a_reason(name: str, content: bytes) -> None:
    made = public_file(name, content, NONE)
    assert made.content is None
    assert made.problem.endswith(".")


def test_a_locked_pdf_is_left_out() -> None:
    import pikepdf

    out = BytesIO()
    with pikepdf.open(BytesIO(secret_files.pdf(SEEN, WORD))) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert "lösenord" in public_file("Fil.pdf", out.getvalue(), NONE).problem


def test_text_is_masked() -> None:
    made = public_file("Fil.txt", "Åsa Ek och Kim".encode("cp1252"), Masking((MaskedWord(words="Åsa Ek"),)))
    assert made.content == f"{BAR} och Kim".encode()


def test_nothing_of_the_reader_of_files_is_written(tmp_path: Path) -> None:
    """Cleaning twice gives the same file: no clock, no name of ours in it."""
    content = secret_files.docx(SEEN, WORD)
    first = public_file("Fil.docx", content, NONE).content
    assert first == public_file("Fil.docx", content, NONE).content


def test_the_title_is_the_one_that_is_public() -> None:
    import docx

    made = public_file("Fil.docx", secret_files.docx(SEEN, WORD), NONE, title="Årsrapport <1> & 2").content
    assert made is not None
    assert docx.Document(BytesIO(made)).core_properties.title == "Årsrapport <1> & 2"

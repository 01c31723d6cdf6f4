"""What is handed to the system to be opened, and what is refused, by name and by content."""

from __future__ import annotations

import io
import zipfile

import pytest

from finsam_desktop.errors import UserError
from finsam_desktop.pdf.opening import DOCUMENTS, PROGRAMS, openable, plain_name
from finsam_desktop.pdf.recognise import ENDINGS

PDF = b"%PDF-1.7 sidor"
PROGRAM = b"MZ\x90\0\x03\0\0\0"


def zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    return buffer.getvalue()


def refusal(name: str, content: bytes = b"x") -> str:
    with pytest.raises(UserError) as refused:
        openable(name, content)
    assert refused.value.advice
    return refused.value.message


@pytest.mark.parametrize("ending", sorted(DOCUMENTS))
def test_documents_are_opened_under_their_own_names(ending: str) -> None:
    for name in (f"Rapport{ending}", f"Rapport{ending.upper()}"):
        assert openable(name, b"sidor").name == name


def test_all_that_can_become_pages_can_be_opened() -> None:
    assert set(ENDINGS) <= DOCUMENTS
    assert not DOCUMENTS & PROGRAMS


@pytest.mark.parametrize(
    "name",
    [
        "faktura.exe", "faktura.EXE", "faktura.pdf.exe", "faktura.exe.", "faktura.exe . ", "kör.bat", "kör.cmd",
        "x.com", "x.scr", "x.js", "x.jse", "x.vbs", "x.ps1", "x.msi", "x.lnk", "x.hta", "x.jar", "x.url", "x.xll",
        "x.sh", "x.desktop", "rapport\u202efdp.exe", "rapport.ex\u200be", "mapp\\x.exe", "../../x.exe", "x.exe\0",
    ],
)  # fmt: skip
def test_programs_and_scripts_are_refused(name: str) -> None:
    assert "program eller ett skript" in refusal(name)
    assert "program eller ett skript" in refusal(name, PDF), "what it holds does not make the name harmless"


@pytest.mark.parametrize("content", [PROGRAM, b"\x7fELF\x02", b"\xcf\xfa\xed\xfe\x07"])
def test_a_program_by_another_name_is_refused(content: bytes) -> None:
    assert "fast namnet säger något annat" in refusal("Rapport.pdf", content)


def test_a_text_that_begins_like_a_program_is_a_text() -> None:
    assert openable("Anteckning.txt", b"MZ var hans initialer").name == "Anteckning.txt"


@pytest.mark.parametrize("ending", ["html", "htm", "svg", "mht", "xml", "xhtml"])
def test_what_can_run_scripts_in_a_browser_is_refused(ending: str) -> None:
    assert "kan köra skript" in refusal(f"sida.{ending}", b"<html>")


def test_archives_and_what_is_unknown_are_refused() -> None:
    assert "arkiv med andra filer i" in refusal("handlingar.zip", zipped("a.pdf"))
    for name in ("ritning.dwg", "okänt", "x.settingcontent", "film.mp4", "x.pdf:gömt.exe"):
        assert "öppnades inte" in refusal(name)


def test_a_document_without_its_ending_gets_it_from_what_it_is() -> None:
    assert openable("Rapport", PDF).name == "Rapport.pdf"
    assert openable("Rapport nr 3. Bilaga", PDF).name == "Rapport nr 3. Bilaga.pdf"
    assert openable("", b"\xff\xd8\xff bild").name == "Bilaga.jpg"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Mall.docm", b"x"),
        ("Mall.XLSM", b"x"),
        ("Mall.docx", zipped("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")),
        ("Blad.xlsb", zipped("[Content_Types].xml", "xl/vbaProject.bin")),
        ("Text.odt", zipped("mimetype", "content.xml", "Basic/Standard/script-lb.xml")),
        ("Gammal.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "_VBA_PROJECT".encode("utf-16-le")),
    ],
)
def test_macros_are_asked_about(name: str, content: bytes) -> None:
    found = openable(name, content)
    assert found.name == name
    assert "innehåller makron" in found.question


def test_a_document_without_macros_is_not_asked_about() -> None:
    for name, content in (
        ("A.docx", zipped("[Content_Types].xml", "word/document.xml")),
        ("A.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 ord"),
        ("A.docx", b"PK\x03\x04 trasig"),
    ):
        assert openable(name, content).question == ""


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("a/b/c.pdf", "c.pdf"), ("a\\b\\c.pdf", "c.pdf"), ("/", "Bilaga"), ("..", "Bilaga"), (" . ", "Bilaga"),
        ("År 2026: läget?.pdf", "År 2026_ läget_.pdf"), ("a\nb.pdf", "ab.pdf"),
        ("x" * 400 + ".pdf", "x" * 120 + ".pdf"),
    ],
)  # fmt: skip
def test_names_are_plain(given: str, plain: str) -> None:
    assert plain_name(given) == plain

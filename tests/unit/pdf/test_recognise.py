"""What a file is, and why one cannot become pages, is told before any program opens it."""

from __future__ import annotations

import io
import struct
import zipfile

import docx
import openpyxl
import pytest

from finsam_desktop.pdf.recognise import Unfit, Way, recognise
from tests.unit.pdf.hostile_files import bomb
from tests.unit.pdf.ole_files import ole, outlook_mail


def word_file(text: str = "Text") -> bytes:
    document = docx.Document()
    document.add_paragraph(text)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def workbook_file() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["Konto", 12.5])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def in_zip(parts: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "way", "ending"),
    [
        ("a.docx", word_file(), Way.OFFICE, ".docx"),
        ("a.docm", word_file(), Way.OFFICE, ".docm"),
        ("fel namn.pdf", word_file(), Way.OFFICE, ".docx"),
        ("tabell.xlsx", workbook_file(), Way.OFFICE, ".xlsx"),
        ("tabell.docx", workbook_file(), Way.OFFICE, ".xlsx"),
        ("a.odt", in_zip({"mimetype": b"application/vnd.oasis.opendocument.text"}), Way.OFFICE, ".odt"),
        ("a.doc", ole({"WordDocument": bytes(512)}), Way.OFFICE, ".doc"),
        ("a.xls", ole({"Workbook": struct.pack("<HH", 0x809, 4) + bytes(4)}), Way.OFFICE, ".xls"),
        ("a.ppt", ole({"PowerPoint Document": bytes(64)}), Way.OFFICE, ".ppt"),
        ("a.msg", outlook_mail(), Way.OUTLOOK, ".msg"),
        ("a.rtf", b"{\\rtf1 hej}", Way.OFFICE, ".rtf"),
        ("a.pdf", b"%PDF-1.7\n", Way.PDF, ".pdf"),
        ("a.jpg", b"\xff\xd8\xff\xe0", Way.PICTURE, ".jpg"),
        ("a.webp", b"RIFF\0\0\0\0WEBPVP8 ", Way.PICTURE, ".webp"),
        ("a.eml", b"From: a\n\nb", Way.MAIL, ".eml"),
        ("a.txt", "åäö".encode("cp1252"), Way.TEXT, ".txt"),
        ("a.TXT", "å".encode("utf-16"), Way.TEXT, ".txt"),
        ("a.md", b"# a", Way.MARKDOWN, ".md"),
    ],
)
def test_a_file_is_what_its_bytes_say(name: str, content: bytes, way: Way, ending: str) -> None:
    assert recognise(name, content) == (way, ending)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.docx", b"", "Filen är tom."),
        ("a.docx", word_file()[:3000], "skadad"),
        ("a.docx", b"inte en Word-fil", "inte det som namnet säger (.docx)"),
        ("a.docx", bomb(30), "orimligt mycket"),
        ("a.docx", ole({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}), "lösenord"),
        ("a.doc", ole({"WordDocument": bytes(10) + struct.pack("<H", 0x0100)}), "lösenord"),
        ("a.xls", ole({"Workbook": struct.pack("<HH4xHH", 0x809, 4, 0x2F, 0)}), "lösenord"),
        ("a.ppt", ole({"PowerPoint Document": b"x", "Current User": struct.pack("<12xL", 0xF3D1C4DF)}), "lösenord"),
        (
            "a.odt",
            in_zip({
                "mimetype": b"application/vnd.oasis.opendocument.text",
                "META-INF/manifest.xml": b"<manifest:encryption-data/>",
            }),
            "lösenord",
        ),
        ("a.docx", in_zip({"[Content_Types].xml": b"<!ENTITY a 'b'>", "word/document.xml": b""}), "inte hör hemma"),
        ("a.zip", in_zip({"a.txt": b"hej"}), "arkiv"),
        ("a.dwg", b"AC1027", "av det här slaget"),
        ("a.msi", ole({"Annat": b"x"}), "av det här slaget"),
        ("a.heic", b"\0\0\0\x18ftypheic", "HEIC"),
        ("a.txt", b"MZ\0\0", "ingen text"),
        ("a.txt", b"a" * 6_000_000, "för lång"),
    ],
)  # fmt: skip
def test_what_cannot_become_pages_is_told_with_advice(name: str, content: bytes, reason: str) -> None:
    with pytest.raises(Unfit, match=r".") as caught:
        recognise(name, content)
    assert reason in caught.value.reason
    assert caught.value.advice.endswith(".")


def test_the_advice_names_the_program_that_can_take_the_password_away() -> None:
    locked = ole({"EncryptedPackage": b"x"})
    advice = []
    for name in ("a.docx", "a.xlsx", "a.pptx"):
        with pytest.raises(Unfit) as caught:
            recognise(name, locked)
        advice.append(caught.value.advice)
    assert [("Word" in a, "Excel" in a, "PowerPoint" in a) for a in advice] == [
        (True, False, False),
        (False, True, False),
        (False, False, True),
    ]

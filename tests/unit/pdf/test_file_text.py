"""The words of files from outside: every part of real files, and damaged and hostile ones told of and bounded."""

from __future__ import annotations

import io
import json
import zipfile
from functools import cache
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finsam_desktop.pdf.apart import Task, do_apart
from finsam_desktop.pdf.file_text import MOST_LETTERS, parts_of
from finsam_desktop.pdf.recognise import Unfit
from finsam_desktop.pdf.works import words_of
from tests.made_pdfs import Made, made, marker


@cache
def word_file() -> bytes:
    document = docx.Document()
    document.add_heading("Rubriken om samverkan", 1)
    document.add_paragraph("Stycke med rehabiliterings\u00adinsatser på Öland")
    document.add_table(1, 2).cell(0, 1).text = "I tabellcellen står Ånge"
    document.sections[0].header.paragraphs[0].text = "Sidhuvudets diarienummer 2026/17"
    document.sections[0].footer.paragraphs[0].text = "Sidfotens adress"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@cache
def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "Budget"
    book.active.append(["Löner", 1724, "=1+1"])
    hidden = book.create_sheet("Dolt blad")
    hidden.append(["Åtgärder på Gotland"])
    hidden.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def zipped(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def said(name: str, content: bytes) -> dict[str, str]:
    return dict(parts_of(name, content))


def test_a_word_file_is_read_with_tables_header_and_footer() -> None:
    parts = said("Brev.docx", word_file())
    assert parts[""].split("\n")[0] == "Rubriken om samverkan"
    assert "Ånge" in parts[""]
    assert parts["sidhuvudet"] == "Sidhuvudets diarienummer 2026/17"
    assert parts["sidfoten"] == "Sidfotens adress"


def test_footnotes_and_text_boxes_are_read() -> None:
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    box = "<w:p><w:r><w:t>utanför </w:t></w:r><w:r><w:txbxContent><w:p><w:r><w:t>i rutan</w:t></w:r></w:p>"
    box += "</w:txbxContent></w:r><w:r><w:t>efter</w:t></w:r></w:p>"
    content = zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f"<w:document {w}><w:body>{box}</w:body></w:document>",
            "word/footnotes.xml": f"<w:footnotes {w}><w:p><w:r><w:t>I fotnoten</w:t></w:r></w:p></w:footnotes>",
        }
    )
    parts = said("a.docx", content)
    assert parts == {"": "i rutan\nutanför efter", "fotnoterna": "I fotnoten"}


def test_a_workbook_is_read_sheet_by_sheet_with_hidden_ones() -> None:
    assert said("Budget.xlsx", workbook()) == {
        "bladet Budget": "Löner 1724",
        "bladet Dolt blad": "Åtgärder på Gotland",
    }


def test_slides_and_open_documents_are_read() -> None:
    a = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    slides = {
        f"ppt/slides/slide{n}.xml": f"<s {a}><a:p><a:r><a:t>Bild nummer {n}</a:t></a:r></a:p></s>"
        for n in (10, 2)
    }
    assert list(said("a.pptx", zipped({"[Content_Types].xml": "<Types/>", **slides}))) == [
        "bild 2",
        "bild 10",
    ]
    t = 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    body = f"<o {t}><text:h>Om<text:s/>Åre</text:h><text:p>en <text:span>insats</text:span> till</text:p></o>"
    content = zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": body})
    assert said("a.odt", content) == {"": "Om Åre\nen insats till"}


def test_a_pdf_is_read_page_by_page_and_a_scanned_one_has_no_words() -> None:
    assert said("a.pdf", made(Made(name="Alfa", pages=3))) == {
        f"sida {page + 1}": marker("Alfa", page) for page in range(3)
    }
    picture = Path("resources/example/logotyp.png").read_bytes()
    assert parts_of("Skannad.png", picture) == []


def test_texts_tables_and_mails_are_read() -> None:
    assert said("a.csv", "län;Åre".encode("cp1252")) == {"": "län;Åre"}
    assert said("a.se", '#KONTO 5010 "Lokalhyra f\x94r \x8fre"'.encode("latin-1"))[""].endswith(
        '"Lokalhyra för Åre"'
    )
    mail = (
        b"From: a@b.se\r\nSubject: =?utf-8?q?=C3=84rende?=\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    )
    mail += "Hej på dig".encode()
    assert "Ärende\na@b.se" in said("a.eml", mail)[""]
    assert "Hej på dig" in said("a.eml", mail)[""]
    rich = rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0 Sm\'f6rg\'e5s\u8211?bord\par n\'e4sta {\b fet} rad}"
    assert said("a.rtf", rich) == {"": "Smörgås–bord\nnästa fet rad"}


def test_words_divided_at_the_end_of_a_line_in_a_pdf_are_put_together() -> None:
    from finsam_desktop.pdf.file_text import _BROKEN

    assert _BROKEN.sub("", "rehabiliterings-\r\ninsatser") == "rehabiliteringsinsatser"
    assert _BROKEN.sub("", "rehabiliterings\x02insatser") == "rehabiliteringsinsatser"
    assert _BROKEN.sub("", "social-\r\noch arbetsmarknad") == "social-\r\noch arbetsmarknad"
    assert _BROKEN.sub("", "Umeå-\nRegionen") == "Umeå-\nRegionen"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.docx", b"", "tom"),
        ("a.docx", word_file()[:3000], "skadad"),
        ("a.pdf", b"%PDF-1.7 nonsense", "skadad"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "skadad"),
        ("a.doc", b"", "tom"),
        ("a.zip", zipped({"x.txt": "hej"}), "arkiv"),
        (
            "a.docx",
            zipped(
                {"[Content_Types].xml": "<T/>", "word/document.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"}
            ),
            "",
        ),
    ],
)
def test_what_cannot_be_read_says_why(name: str, content: bytes, reason: str) -> None:
    with pytest.raises(Unfit) as told:
        words_of(content, {"title": name})
    assert reason in told.value.reason
    assert told.value.advice


def test_a_long_text_is_cut_and_a_bomb_refused() -> None:
    sheets = zipped(
        {
            "[Content_Types].xml": "<T/>",
            "word/document.xml": f"<d><p><t>{'å' * (MOST_LETTERS + 9)}</t></p></d>",
        }
    )
    assert [len(text) for _, text in parts_of("a.docx", sheets)] == [MOST_LETTERS]
    bomb = zipped({"[Content_Types].xml": "<T/>", "word/document.xml": " " * 60_000_000})
    with pytest.raises(Unfit, match="orimligt"):
        parts_of("a.docx", bomb)


WHOLE = {"docx": word_file(), "xlsx": workbook(), "pdf": made(Made(name="A", pages=2))}


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(("docx", "xlsx", "pdf", "rtf", "eml", "csv")), st.data())
def test_damage_ends_in_words_or_a_reason(kind: str, data: st.DataObject) -> None:
    content = bytearray(WHOLE.get(kind, b"{\\rtf1 From: a\\par Subject: b\r\n\r\nhej}"))
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=6)):
        content[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(1, len(content)))
    try:
        done = words_of(bytes(content[:cut]), {"title": f"a.{kind}"})
    except Unfit:
        return
    assert all(text for _, text in json.loads(done.content))


def test_the_child_reads_many_and_goes_on_after_a_bad_one(tmp_path: Path) -> None:
    files = {"a": ("a.docx", word_file()), "b": ("b.pdf", b"%PDF-broken"), "c": ("c.xlsx", workbook())}
    tasks = []
    for key, (name, content) in files.items():
        (tmp_path / key).write_bytes(content)
        tasks.append(Task(key=key, work="words", source=key, title=name))
    results = do_apart(tasks, tmp_path)
    assert "Rubriken" in results["a"].content.decode()
    assert "skadad" in results["b"].reason
    assert "Gotland" in json.loads(results["c"].content)[1][1]

"""Saved mails are read whole: who, when, what, and the names of the files that came with them."""

from __future__ import annotations

import io
from email.message import EmailMessage

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finsam_desktop.pdf.mail import Attached, read_eml, read_msg, text_of_html
from finsam_desktop.pdf.readable import document_of_mail, document_of_markdown, document_of_text, text_of
from tests.unit.pdf.ole_files import ole, outlook_mail


def written(docx_bytes: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(docx_bytes)).paragraphs]


def mail() -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Anna Åkesson <anna@example.se>"
    message["To"] = "info@example.se"
    message["Cc"] = "per@example.se"
    message["Date"] = "Thu, 28 Oct 2021 12:05:00 +0000"
    message["Subject"] = "Yttrande över budget"
    message.set_content("Hej,\n\nVi tillstyrker förslaget.\nAnna")
    return message


def test_a_mail_is_read_with_its_files_and_swedish_time() -> None:
    message = mail()
    message.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="Yttrande åäö.pdf")
    inner = EmailMessage()
    inner["Subject"] = "Tidigare mejl"
    inner.set_content("gammalt")
    inner.add_attachment(b"x", maintype="application", subtype="pdf", filename="inuti.pdf")
    message.add_attachment(inner)
    read = read_eml(bytes(message))
    assert read.sender == "Anna Åkesson <anna@example.se>"
    assert (read.to, read.copy, read.subject) == ("info@example.se", "per@example.se", "Yttrande över budget")
    assert read.sent == "28 oktober 2021 kl. 14.05"
    assert "Vi tillstyrker förslaget.\nAnna" in read.body.replace("\r", "")
    assert read.attached[0] == Attached(name="Yttrande åäö.pdf", size=8)
    # The file inside the mail that came with it is part of that mail, not of this.
    assert [file.name for file in read.attached] == ["Yttrande åäö.pdf", "Tidigare mejl"]


def test_a_mail_written_as_a_web_page_loses_marks_and_pictures_but_no_words() -> None:
    message = mail()
    message.set_content(
        "<head><style>p {color: red}</style></head><p>Hej <b>Per</b>,</p><p>Ja &amp; nej<br>rad två</p>"
        "<ul><li>ett<li>två</ul><script>alert(1)</script><img src='http://example.se/spion.png'>",
        subtype="html",
    )
    assert read_eml(bytes(message)).body == "Hej Per,\n\nJa & nej\nrad två\n\n• ett\n• två"


def test_a_mail_of_outlook_is_read() -> None:
    read = read_msg(outlook_mail())
    assert read.sender == "Anna Åkesson <anna@example.se>"
    assert (read.to, read.subject) == ("Samordningsförbundet", "Yttrande över budget")
    assert read.sent == "28 oktober 2021 kl. 14.05"
    assert "Vi tillstyrker förslaget." in read.body
    assert [file.name for file in read.attached] == ["yttrande.pdf"]


@pytest.mark.parametrize("content", [b"", b"\0\1\2", b"Ingen rubrik alls\n\ntext"])
def test_what_is_no_mail_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_eml(content)


def test_a_container_without_a_mail_is_refused() -> None:
    with pytest.raises(ValueError, match=r"."):
        read_msg(ole({"__properties_version1.0": bytes(32)}))


def test_a_mail_becomes_a_page_with_headings_and_a_list() -> None:
    read = read_msg(outlook_mail())
    document = docx.Document(io.BytesIO(document_of_mail(read, "Bilaga", "sv-SE")))
    assert document.core_properties.title == "Yttrande över budget"
    kinds = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs]
    assert kinds[0] == ("Heading 1", "Yttrande över budget")
    assert ("Heading 2", "Bifogade filer") in kinds
    assert kinds[-2][0] == "List Bullet"
    assert kinds[-2][1].startswith("yttrande.pdf (")
    assert all(text for _, text in kinds), "no empty paragraphs"


@settings(max_examples=15)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_no_word_of_a_text_is_lost(text: str) -> None:
    shown = " ".join(written(document_of_text(text, "Titel", "sv-SE")))
    words = [word for word in text.split() if all(sign >= " " for sign in word)]
    seen = "".join(shown.split())
    assert all(word.translate({0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD}) in seen for word in words)


def test_a_text_is_read_in_the_encoding_it_is_in() -> None:
    assert [text_of("Åre".encode(name)) for name in ("utf-8", "utf-8-sig", "utf-16", "cp1252")] == ["Åre"] * 4


def test_markdown_gets_headings_lists_and_tables() -> None:
    text = "# Rubrik\n\nEn **fet** [sida](https://a.se).\n\n- ett\n- två\n\n1. först\n"
    text += "\n| A | B |\n|---|---|\n| x | 1 |\n"
    document = docx.Document(io.BytesIO(document_of_markdown(text, "Plan", "sv-SE")))
    kinds = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs]
    assert kinds == [
        ("Heading 1", "Rubrik"),
        ("Normal", "En fet sida (https://a.se)."),
        ("List Bullet", "ett"),
        ("List Bullet", "två"),
        ("List Number", "först"),
    ]
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [["A", "B"], ["x", "1"]]


@given(st.text(max_size=300))
def test_any_web_page_gives_text(page: str) -> None:
    assert isinstance(text_of_html(page), str)


@pytest.mark.parametrize(
    "mark", ["<![if !supportEmptyParas]>", "<![endif]>", "<![C9ATA[ x ]]>", "<![endif]-->", "<!x>"]
)
def test_marks_of_outlook_lose_no_word_and_add_none(mark: str) -> None:
    """The library's parser stops at some of them: then style and script were shown, and " < 6" was lost."""
    page = (
        "<head><style>p {color: red}</style></head>"
        f"<p>Hej {mark}Per</p>{mark}<p>5 < 6</p><script>alert(1)</script><p>Anna</p>"
    )
    words = text_of_html(page).replace("-->", "").split()
    assert words == ["Hej", "Per", "5", "<", "6", "Anna"]

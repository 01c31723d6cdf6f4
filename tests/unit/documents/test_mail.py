"""A draft says what it was made of when a mail program reads it: words, people, and every byte of every file."""

from __future__ import annotations

import socket
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from finsam_desktop.documents.mail import Attached, Draft, Mailbox, attachments_of, draft_bytes, media_type
from tests.strategy_values import SWEDISH

lines = st.text(alphabet=SWEDISH.replace("\n", "") + '"<>@();:?=_', max_size=120) | st.text(
    alphabet=st.characters(exclude_categories=["Cs"]), max_size=40
)
file_names = st.builds(
    lambda stem, suffix: f"{' '.join(stem.split()).strip() or 'Bilaga'}{suffix}",
    st.text(alphabet="abcåäöÅÄÖ ,;'-()§0123456789", min_size=1, max_size=130),
    st.sampled_from([".pdf", ".docx", ".xlsx", ".eml", ".ics", ".txt", ".csv", "", ".msg", ".mht"]),
)
boxes = st.builds(
    Mailbox,
    name=lines,
    email=st.sampled_from(["a@x.se", "eva.blom-heds+sf@example.se", "o'neill@xn--rjeng-nua.se"]),
)


def read(content: bytes) -> EmailMessage:
    return BytesParser(EmailMessage, policy=SMTP).parsebytes(content)


def visible(text: str) -> str:
    """What is left of a text in a header: what can be seen, with single spaces."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


@given(st.lists(st.tuples(file_names, st.binary(max_size=400)), max_size=4))
@example([("Protokoll för justering, Förbundsstyrelsen åäö, med lång text som bryts.pdf", b"%PDF")])
@example(
    [("brev.eml", b"Subject: hej\r\n\r\nText\r\n.\r\n"), ("a.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")]
)
@example([("a.txt", b"rad\nrad\r\nrad\r"), ("a.txt", b"\x00\xff--\r\n")])
def test_every_attachment_comes_back_byte_for_byte(files: list[tuple[str, bytes]]) -> None:
    attached = tuple(Attached(name=name, content=content) for name, content in files)
    content = draft_bytes(Draft(subject="Kallelse", body="Hej", attached=attached))
    assert attachments_of(content) == attached


@given(lines, st.text(alphabet=SWEDISH, max_size=300), st.lists(boxes, max_size=3))
@example(
    "Kallelse till styrelsens sammanträde torsdagen den 29 oktober 2026 i Förbundshuset, åäö ÅÄÖ " * 2,
    "x",
    [],
)
def test_words_and_people_come_back(subject: str, body: str, people: list[Mailbox]) -> None:
    mail = read(draft_bytes(Draft(subject=subject, body=body, to=tuple(people), hidden=tuple(people))))
    assert mail["Subject"] == visible(subject)
    wanted = body.replace("\u00a0", " ").rstrip("\n") + "\n"
    assert mail.get_body().get_content().replace("\r\n", "\n") == wanted
    for header in ("To", "Bcc"):
        found = mail[header].addresses if people else ()
        assert [one.addr_spec for one in found] == [one.email for one in people]
        assert [one.display_name for one in found] == [visible(one.name) for one in people]
    assert mail["Cc"] is None


def test_a_name_cannot_add_a_line_to_the_mail() -> None:
    box = Mailbox(name="Eva\r\nBcc: x@y.se", email="eva@x.se")
    mail = read(draft_bytes(Draft(subject="a\nX-Evil: 1", body="", to=(box,))))
    assert mail["Bcc"] is None
    assert mail["X-Evil"] is None


def test_the_draft_opens_for_sending_and_tells_of_no_computer() -> None:
    draft = Draft(subject="Kallelse", body="Hej", attached=(Attached(name="a.pdf", content=b"1"),))
    content = draft_bytes(draft)
    mail = read(content)
    assert mail["X-Unsent"] == "1"
    assert mail["Date"] is None
    assert mail["From"] is None
    assert mail["Message-ID"].endswith("@utkast.finsam-desktop.invalid>")
    assert socket.gethostname().encode() not in content
    assert draft_bytes(draft) == content
    other = draft_bytes(Draft(subject="Kallelse", body="Hej.", attached=draft.attached))
    assert read(other)["Message-ID"] != mail["Message-ID"]


def test_lines_end_as_mail_wants_and_stay_short() -> None:
    content = draft_bytes(Draft(subject="å" * 200, body="ö" * 5000 + "\n" + "o" * 5000, to=()))
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(len(line) for line in content.split(b"\r\n")) <= 998


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.PDF", "application/pdf"),
        ("a.ics", "text/calendar"),
        ("a.eml", "application/octet-stream"),
        ("a", "application/octet-stream"),
        ("a.okänd", "application/octet-stream"),
    ],
)
def test_a_file_has_its_type_by_name(name: str, kind: str) -> None:
    assert media_type(name) == kind


def test_a_calendar_keeps_its_method() -> None:
    one = Attached(name="a.ics", content=b"x", parameters=(("method", "REQUEST"), ("charset", "utf-8")))
    part = next(iter(read(draft_bytes(Draft(subject="", body="", attached=(one,)))).iter_attachments()))
    assert part.get_content_type() == "text/calendar"
    assert part.get_param("method") == "REQUEST"


def test_a_mail_that_most_systems_refuse_is_told() -> None:
    small = Draft(subject="", body="", attached=(Attached(name="a.pdf", content=b"x" * 1000),))
    large = Draft(subject="", body="", attached=(Attached(name="a.pdf", content=b"x" * 16 * 1024 * 1024),))
    assert not small.is_large
    assert large.is_large

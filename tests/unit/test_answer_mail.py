"""The mail draft that takes a mötespaket back: to whom, with what, and never over what somebody has written."""

from __future__ import annotations

import json
from dataclasses import replace
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP
from pathlib import Path

import pytest

from finsam_desktop.domain.association import Letterhead, Person
from finsam_desktop.domain.parcel_values import ParcelCopy
from finsam_desktop.errors import UserError
from finsam_desktop.parcels import received
from finsam_desktop.parcels.answer_mail import NO_ADDRESS, make_answer_mail, sender_email
from finsam_desktop.storage import parcel_file
from finsam_desktop.storage.codec import decode, encode
from finsam_desktop.workspace import Workspace
from tests.board import association
from tests.parcel_cases import LATER, opened, sent, the_meeting


def read(path: Path) -> EmailMessage:
    return BytesParser(EmailMessage, policy=SMTP).parsebytes(path.read_bytes())


def test_the_draft_goes_to_the_sender_with_the_answer_attached(office: Workspace, tmp_path: Path) -> None:
    before = office.association
    sender = Person(id="sek", name="Sekreteraren", email="sara@example.se")
    office.change("Ny", before, replace(before, people=(*before.people, sender)))
    made = sent(office, tmp_path / "p.motespaket")
    with opened(made.path) as copy:
        assert copy.copy.made_by_email == "sara@example.se"
        before_, after, label = received.approve(copy.workspace, LATER)
        copy.change(label, before_, after)
        answer = copy.send_back(tmp_path / "2026-10-29 Från Anna.motespaket", at=LATER).path
        draft = make_answer_mail(copy.workspace, answer, protected=True)
        assert draft.told == ()
        again = make_answer_mail(copy.workspace, answer, protected=True)
        assert again.path == draft.path, "an untouched draft is made anew in its place"
        draft.path.write_bytes("ändrat i ett mejlprogram".encode())
        beside = make_answer_mail(copy.workspace, answer, protected=True)
        assert beside.path != draft.path
        assert draft.path.read_bytes() == "ändrat i ett mejlprogram".encode()
    assert draft.path.name == "2026-10-29 Mejl Från Anna.eml"
    mail = read(beside.path)
    assert mail["To"] == "Sekreteraren <sara@example.se>"
    assert mail["X-Unsent"] == "1"
    assert mail["Subject"] == "Mötespaketet tillbaka: Samordningsförbundet Exempel, 29 oktober 2026"
    (attached,) = mail.iter_attachments()
    assert attached.get_filename() == answer.name
    assert attached.get_payload(decode=True) == answer.read_bytes()
    words = mail.get_body().get_content()  # type: ignore[union-attr]
    assert "Jag justerade protokollet den 4 november 2026." in words
    assert "låst med lösenord" in words


def test_without_an_address_the_draft_says_so(office: Workspace, tmp_path: Path) -> None:
    made = sent(office, tmp_path / "p.motespaket")
    with opened(made.path) as copy:
        answer = copy.send_back(tmp_path / "svar.motespaket", at=LATER).path
        draft = make_answer_mail(copy.workspace, answer, protected=False)
    assert draft.told == (NO_ADDRESS,)
    assert draft.path.name == "2026-10-29 Mejl svar.eml"
    mail = read(draft.path)
    assert mail["To"] is None
    assert "justerade" not in mail.get_body().get_content()  # type: ignore[union-attr]


def test_whose_address_it_is() -> None:
    """The maker's own, else the secretary's, else the office's; of a public version the office's alone."""
    here = association(letterhead=Letterhead(email="kansli@example.se"))
    meeting = the_meeting()
    assert sender_email(here, meeting, "Någon") == "kansli@example.se"
    people = tuple(replace(one, email="bo@example.se") if one.id == "bo" else one for one in here.people)
    known = replace(here, people=people)
    assert sender_email(known, meeting, " BO ") == "bo@example.se"
    assert sender_email(known, meeting, "Bo", public=True) == "kansli@example.se"
    broken = tuple(replace(one, email="bo@@x") if one.id == "bo" else one for one in here.people)
    assert sender_email(replace(here, people=broken), meeting, "Bo") == "kansli@example.se"
    assert sender_email(association(), meeting, "Bo") == ""


def test_an_answer_that_is_gone_is_told_and_nothing_is_made(office: Workspace, tmp_path: Path) -> None:
    made = sent(office, tmp_path / "p.motespaket")
    with opened(made.path) as copy:
        with pytest.raises(UserError, match="gick inte att läsa"):
            make_answer_mail(copy.workspace, tmp_path / "borta.motespaket", protected=False)
    with pytest.raises(UserError, match="inte ett mötespaket"):
        make_answer_mail(office, made.path, protected=False)
    assert list(tmp_path.glob("*.eml")) == []


def test_a_mötespaket_of_before_there_was_an_address_opens(office: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "p.motespaket"
    sent(office, path)
    parcel = parcel_file.unpacked(path.read_bytes(), None, path.name)
    old = json.loads(encode(parcel.content.parcel))
    del old["made_by_email"]
    assert decode(json.dumps(old).encode(), ParcelCopy).made_by_email == ""

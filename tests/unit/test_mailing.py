"""Mail drafts and invitations as files: what goes with them, what is told, and that nothing of a user's is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP
from pathlib import Path

import pytest
from icalendar import Calendar

from finsam_desktop import mailing
from finsam_desktop.cli import main
from finsam_desktop.documents.mail import attachments_of
from finsam_desktop.domain.addressees import addressees, all_hidden
from finsam_desktop.domain.mail_texts import MailKind
from finsam_desktop.errors import UserError
from finsam_desktop.mailing import Order, Parcel
from finsam_desktop.workspace import Workspace

MEETING = "2026-11-26"
TODAY = date(2026, 11, 1)
NOW = datetime(2026, 11, 1, 9, 0).astimezone()


@pytest.fixture
def opened(example_file: Path) -> Iterator[Workspace]:
    with Workspace.open(example_file, user="Anna") as workspace:
        before = workspace.association
        people = tuple(
            replace(p, email=p.email or f"p{number}@example.se") for number, p in enumerate(before.people)
        )
        workspace.change("E-post", before, replace(before, people=people))
        yield workspace


def mail_of(made: mailing.Made) -> EmailMessage:
    return BytesParser(EmailMessage, policy=SMTP).parsebytes(made.result.path.read_bytes())


def make(opened: Workspace, folder: Path, **order: object) -> mailing.Made:
    wanted = Order(**{"kind": MailKind.KALLELSE, **order})  # type: ignore[arg-type]
    return mailing.make_mail(opened, MEETING, wanted, folder, today=TODAY, now=NOW)


def test_ledamoter_are_written_to_and_the_others_get_a_copy(opened: Workspace, tmp_path: Path) -> None:
    made = make(opened, tmp_path)
    mail = mail_of(made)
    assert made.result.path.name == "2026-11-26 Mejl Kallelse.eml"
    assert (len(mail["To"].addresses), len(mail["Cc"].addresses)) == (7, 9)
    assert mail["Bcc"] is None
    assert mail["Subject"] == "Kallelse till budgetsammanträde torsdag den 26 november 2026"
    assert made.told == ()
    names = [one.name for one in attachments_of(made.result.path.read_bytes())]
    assert names == ["2026-11-26 Kallelse.docx", "2026-11-26 Kalenderinbjudan.ics"]
    assert (
        "Bifogat: 2026-11-26 Kallelse.docx och 2026-11-26 Kalenderinbjudan.ics"
        in mail.get_body().get_content()
    )


def test_the_pack_that_was_made_goes_with_it_byte_for_byte(opened: Workspace, tmp_path: Path) -> None:
    meeting = opened.find_meeting(MEETING)
    with pytest.raises(UserError, match="inga handlingar"):
        make(opened, tmp_path, parcels=frozenset({Parcel.PACK}))
    pack = tmp_path / "2026-11-26 Handlingar.pdf"
    later = tmp_path / "2026-11-26 Handlingar (2).pdf"
    public = tmp_path / "2026-11-26 Handlingar offentlig.pdf"
    for path in (pack, later, public):
        path.write_bytes(b"%PDF " + path.name.encode())
        opened.record_export(meeting.id, "handlingar", path, path.read_bytes())
    assert mailing.latest_pack(opened, meeting, MailKind.KALLELSE) == later
    assert mailing.latest_pack(opened, meeting, MailKind.KALLELSE, public=True) == public
    assert mailing.latest_pack(opened, meeting, MailKind.TILLAGG) is None
    made = make(opened, tmp_path)
    assert attachments_of(made.result.path.read_bytes())[0].content == later.read_bytes()
    later.unlink()
    assert mailing.latest_pack(opened, meeting, MailKind.KALLELSE) == pack


def test_people_files_and_a_link_are_as_asked_for(opened: Workspace, tmp_path: Path) -> None:
    meeting = opened.find_meeting(MEETING)
    people = all_hidden(addressees(meeting, opened.association)[:2])
    own = tmp_path / "Karta åäö.png"
    own.write_bytes(b"\x89PNG")
    made = make(
        opened, tmp_path, people=people, parcels=frozenset(), files=(own,), link="https://exempel.se/möte"
    )
    mail = mail_of(made)
    assert (mail["To"], mail["Cc"], len(mail["Bcc"].addresses)) == (None, None, 2)
    assert [one.name for one in attachments_of(made.result.path.read_bytes())] == ["Karta åäö.png"]
    assert "Handlingarna finns här: https://exempel.se/möte" in mail.get_body().get_content()
    with pytest.raises(UserError, match="går inte att läsa"):
        make(opened, tmp_path, files=(tmp_path / "finns inte.pdf",))


def test_the_paper_goes_as_pdf_also_without_libreoffice(
    opened: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("finsam_desktop.pdf.libreoffice.find_libreoffice", lambda: None)
    made = make(opened, tmp_path, parcels=frozenset({Parcel.PDF}))
    (paper,) = attachments_of(made.result.path.read_bytes())
    assert paper.name == "2026-11-26 Kallelse.pdf"
    assert paper.content.startswith(b"%PDF")


def test_who_cannot_be_reached_is_told(opened: Workspace, tmp_path: Path) -> None:
    before = opened.association
    opened.change(
        "Ta bort", before, replace(before, people=tuple(replace(p, email="") for p in before.people))
    )
    made = make(opened, tmp_path)
    assert made.told == ("Ingen mottagare har en e-postadress. Skriv in dem i mejlprogrammet.",)
    assert mail_of(made)["To"] is None


def test_a_draft_someone_has_changed_is_kept(opened: Workspace, tmp_path: Path) -> None:
    first = make(opened, tmp_path)
    again = make(opened, tmp_path, link="https://x.se")
    assert again.result.path == first.result.path
    first.result.path.write_bytes(b"mitt eget")
    beside = make(opened, tmp_path)
    assert beside.result.beside
    assert first.result.path.read_bytes() == b"mitt eget"
    assert beside.result.path.name == "2026-11-26 Mejl Kallelse (2).eml"
    assert beside.result.differences == ("Mejlutkastet är ändrat sedan det skapades.",)


def test_an_invitation_is_noted_and_replaced_by_the_next(opened: Workspace, tmp_path: Path) -> None:
    for place, number in (("Rum 1", 0), ("Rum 1", 0), ("Rum 2", 1)):
        before = opened.find_meeting(MEETING)
        opened.change("Plats", before, replace(before, place=place))
        made = mailing.make_invitation(opened, MEETING, tmp_path, now=NOW)
        mailing.note(opened, made)
        event = Calendar.from_ical(made.result.path.read_bytes()).events[0]
        assert event["SEQUENCE"] == opened.find_meeting(MEETING).calendar.sequence == number
    before = opened.find_meeting(MEETING)
    opened.change("Ställ in", before, replace(before, cancelled_on=TODAY))
    made = make(opened, tmp_path, kind=MailKind.INSTALLT)
    mailing.note(opened, made)
    (ics,) = attachments_of(made.result.path.read_bytes())
    calendar = Calendar.from_ical(ics.content)
    assert ics.name == "2026-11-26 Kalender inställt.ics"
    assert (calendar["METHOD"], calendar.events[0]["SEQUENCE"]) == ("CANCEL", 2)


def test_an_end_that_was_reckoned_is_told(opened: Workspace, tmp_path: Path) -> None:
    before = opened.find_meeting(MEETING)
    opened.change("Slut", before, replace(before, end=None))
    assert "sluttid" in mailing.make_invitation(opened, MEETING, tmp_path, now=NOW).told[0]
    opened.change("Start", replace(before, end=None), replace(before, end=None, start=None))
    assert "heldag" in mailing.make_invitation(opened, MEETING, tmp_path, now=NOW).told[0]


def test_a_mail_too_large_for_most_is_told(opened: Workspace, tmp_path: Path) -> None:
    big = tmp_path / "stor.pdf"
    big.write_bytes(b"x" * 16 * 2**20)
    assert "Skicka en länk" in make(opened, tmp_path, files=(big,)).told[0]


# -- the commands ---------------------------------------------------------------------------------------


def test_the_commands_make_what_the_window_makes(
    example_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(example_file)
    assert main(["mail", file, MEETING, "--to"]) == 0
    assert "Birgitta Almkvarn, ordförande: E-post saknas" in capsys.readouterr().out
    assert main(["mail", file, MEETING, "-o", str(tmp_path), "--bcc", "--skip", "Rimfors"]) == 0
    mail = BytesParser(EmailMessage, policy=SMTP).parsebytes(
        (tmp_path / "2026-11-26 Mejl Kallelse.eml").read_bytes()
    )
    assert [one.display_name for one in mail["Bcc"].addresses] == ["Katrin Hagelby"]
    assert main(["mail", file, MEETING, "--skip", "ingen sådan"]) == 3
    assert main(["calendar", file, MEETING, "-o", str(tmp_path / "a.ics")]) == 0
    assert main(["calendar", file, "2026", "-o", str(tmp_path / "år.ics")]) == 0
    assert len(Calendar.from_ical((tmp_path / "år.ics").read_bytes()).events) == 4
    assert main(["calendar", file, "1999", "-o", str(tmp_path / "inget.ics")]) == 3
    assert not (tmp_path / "inget.ics").exists()


def test_an_own_text_is_taken_into_use_and_given_up(
    example_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, text = str(example_file), tmp_path / "text.txt"
    text.write_text("Ämne: Välkomna den {datum}\n\nVi ses på {plats}.\n", encoding="utf-8")
    assert main(["mail-text", file, "kallelse", "--set", str(text)]) == 0
    assert main(["mail", file, MEETING, "-o", str(tmp_path)]) == 0
    mail = BytesParser(EmailMessage, policy=SMTP).parsebytes(
        (tmp_path / "2026-11-26 Mejl Kallelse.eml").read_bytes()
    )
    assert mail["Subject"] == "Välkomna den 26 november 2026"
    capsys.readouterr()
    assert main(["mail-text", file, "kallelse", "--reset"]) == 0
    assert capsys.readouterr().out.startswith("Ämne: Kallelse till {sammanträde}")
    for wrong, why in (
        ("Hej {plats}", "ämnesraden saknas"),
        ("Ämne: {platsen}\n\nHej", "Menade du {plats}?"),
    ):
        text.write_text(wrong, encoding="utf-8")
        assert main(["mail-text", file, "kallelse", "--set", str(text)]) == 3
        assert why in capsys.readouterr().err
    text.write_bytes(b"\xff\xfe\x00")
    assert main(["mail-text", file, "kallelse", "--set", str(text)]) == 3

"""A mötespaket made, opened and worked in, as files: what goes along, and what never does."""

from __future__ import annotations

import os
import sqlite3
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from finsam_desktop.domain.adjusting import signers
from finsam_desktop.domain.agenda import remove
from finsam_desktop.domain.confidentiality import MaskedWord
from finsam_desktop.domain.live import LiveRecord
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.parcel_receivers import receivers
from finsam_desktop.domain.parcel_talk import with_note
from finsam_desktop.domain.parcel_values import Receiver
from finsam_desktop.errors import UserError
from finsam_desktop.parcels import received, returning
from finsam_desktop.storage import parcel_file
from finsam_desktop.workspace import Workspace
from tests.board import DAY, association
from tests.leaks import unpacked as everything
from tests.parcel_cases import (
    AT,
    CHAIR,
    LATER,
    NOTE,
    PASSWORD,
    answer_of,
    body_of,
    changed,
    opened,
    sent,
    the_meeting,
    with_item,
)

# -- out -------------------------------------------------------------------------------------------


def test_what_is_opened_is_the_meeting_with_its_papers(office: Workspace, tmp_path: Path) -> None:
    made = sent(office, tmp_path / "p.motespaket", note="Läs gärna § 3.", password=PASSWORD)
    assert made.path.read_bytes()[:8] == b"FINSAMPK"
    assert made.size == made.path.stat().st_size
    with opened(made.path, PASSWORD) as copy:
        meeting = office.meeting("mötet")
        assert copy.meeting == replace(meeting, live=LiveRecord(), parcels=())
        assert copy.base == copy.meeting
        assert (copy.copy.note, copy.copy.receiver, copy.copy.made_by) == (
            "Läs gärna § 3.",
            CHAIR,
            "Sekreteraren",
        )
        for name in (copy.meeting.items[2].attachments[0].sha256, copy.workspace.association.letterhead.logo):
            assert copy.workspace.file(name) == office.file(name)
        assert copy.workspace.undo_label is None
        assert not copy.workspace.read_only
    kept = office.meeting("mötet").parcels[0]
    assert (kept.receiver, kept.made_at, kept.protected, kept.public) == (CHAIR, AT, True, False)
    assert office.undo_label == "Mötespaket till Anna"


def test_what_is_not_needed_stays_at_home(office: Workspace, tmp_path: Path) -> None:
    before = office.association
    office_people = ("chef", "ekonom")
    people = tuple(
        one if one.id in office_people else replace(one, email="hemlig@ek.example", phone="070-1234567")
        for one in before.people
    )
    outside = replace(people[0], id="utomstående", name="Ulla Utomstående")
    office.change("Adresser", before, replace(before, people=(*people, outside)))
    made = sent(office, tmp_path / "p.motespaket")
    seen = [part for _, part in everything(body_of(made.path.read_bytes()))]
    for word in ("hemlig@ek.example", "070-1234567", "Ulla", "Egen anteckning hos sekreteraren"):
        assert not any(word.encode() in part for part in seen), word
    assert any("Text i ärende 1.".encode() in part for part in seen)


def test_numbers_and_references_are_those_of_the_whole_file(office: Workspace, tmp_path: Path) -> None:
    from finsam_desktop.domain.numbering import attachment_numbers, paragraphs
    from finsam_desktop.domain.references import References, resolved

    meeting = office.meeting("mötet")
    after = with_item(meeting, "p2", minutes_text="Se {§:v1}, {§:p1} och {bilaga:bil}.")
    office.change("Hänvisa", meeting, after)
    with opened(sent(office, tmp_path / "p.motespaket").path) as copy:
        here, there = copy.workspace.meetings, office.meetings
        assert paragraphs(here, copy.meeting) == paragraphs(there, after)
        assert attachment_numbers(copy.meeting) == attachment_numbers(after)
        words = resolved(copy.meeting, here).items[3].minutes_text
        assert words == resolved(after, there).items[3].minutes_text
        assert words == "Se §\u00a01, §\u00a04 och bilaga\u00a01."
        assert {one.words for one in References(here, copy.meeting).targets()} == {
            one.words for one in References(there, after).targets()
        }


def test_confidential_things_go_along_and_it_is_said(office: Workspace, tmp_path: Path) -> None:
    meeting = office.meeting("mötet")
    secret = with_item(meeting, "p2", confidential=True, minutes_text="Hemligt om Karl")
    office.change("Sekretess", meeting, replace(secret, masked=(MaskedWord(words="Karlsson"),)))
    open_one = sent(office, tmp_path / "p.motespaket")
    assert "fullständiga versionen" in open_one.told[0]
    assert "inte låst" in open_one.told[0]
    assert "inte låst" not in sent(office, tmp_path / "q.motespaket", password=PASSWORD).told[0]
    with opened(open_one.path) as copy:
        assert copy.meeting.items[3].minutes_text == "Hemligt om Karl"
    public = sent(office, tmp_path / "o.motespaket", public=True)
    seen = [part for _, part in everything(body_of(public.path.read_bytes()))]
    assert not any(b"Hemligt om Karl" in part or b"Karlsson" in part for part in seen)
    with opened(public.path, name="public") as copy:
        assert copy.meeting.items[3].confidential
        assert copy.copy.public
        assert copy.meeting.items[2].attachments[0].sha256 == "", "its file is no pdf that can be cleaned"
        with pytest.raises(UserError, match="offentliga versionen"):
            received.approve(copy.workspace, LATER)
    assert any("följer inte med" in one for one in public.told)


def test_the_public_version_changes_only_what_was_written_in_it(office: Workspace, tmp_path: Path) -> None:
    meeting = office.meeting("mötet")
    secret = with_item(meeting, "p2", confidential=True, minutes_text="Hemligt om Karl")
    office.change("Sekretess", meeting, secret)
    made = sent(office, tmp_path / "p.motespaket", public=True)
    with opened(made.path) as copy:
        changed(copy, with_item(copy.meeting, "p0", minutes_text="Nytt."))
        back = copy.send_back(tmp_path / "b.motespaket", at=LATER).path
    answer = returning.returned(office, back)
    assert [(one.key, one.conflict) for one in answer.changes] == [
        ("field/AgendaItem/p0/minutes_text", False)
    ]
    after = returning.take(office, answer, [answer.changes[0].key], at=LATER).meeting
    assert after.items[3].minutes_text == "Hemligt om Karl"


def test_a_mailable_size_is_minded(
    office: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parcel_file, "MAIL_LIMIT", 1000)
    assert any("mejlservrar" in one for one in sent(office, tmp_path / "p.motespaket").told)


def test_a_parcel_that_cannot_be_written_leaves_nothing(office: Workspace, tmp_path: Path) -> None:
    before = office.meeting("mötet")
    with pytest.raises(UserError):
        sent(office, tmp_path / "finns inte" / "p.motespaket")
    with pytest.raises(UserError, match="för kort"):
        sent(office, tmp_path / "p.motespaket", password="kort")
    assert office.meeting("mötet") == before
    assert not list(tmp_path.glob("*.motespaket"))


# -- the receiver ----------------------------------------------------------------------------------


def test_opened_again_it_is_as_it_was_left(office: Workspace, tmp_path: Path) -> None:
    made = sent(office, tmp_path / "p.motespaket", password=PASSWORD)
    with opened(made.path, PASSWORD) as copy:
        changed(copy, with_item(copy.meeting, "p1", minutes_text="Mina ord."))
        place = copy.workspace.path
    with opened(made.path, PASSWORD) as copy:
        assert copy.workspace.path == place
        assert copy.meeting.items[2].minutes_text == "Mina ord."
        assert copy.base.items[2].minutes_text == "Text i ärende 1."
    with opened(place) as copy:
        assert copy.meeting.items[2].minutes_text == "Mina ord.", "the copy itself can be opened too"


def test_own_notes_are_never_in_what_is_sent(office: Workspace, tmp_path: Path) -> None:
    made = sent(office, tmp_path / "p.motespaket")
    with opened(made.path) as copy:
        before = copy.workspace.association
        note = with_note(copy.copy, "p1", NOTE, LATER)
        copy.workspace.change("Anteckning", before, replace(before, parcel=note))
        assert copy.copy.notes[0].text == NOTE
        typed = with_item(copy.meeting, "p1", minutes_text=f"{NOTE} struket")
        changed(copy, typed)
        copy.workspace.undo()
        back = copy.send_back(tmp_path / "b.motespaket", at=LATER).path
        again = copy.send_back(tmp_path / "c.motespaket", password=PASSWORD, at=LATER).path
        assert copy.copy.notes[0].text == NOTE
        assert copy.copy.sent_back_at is not None
        stored = sqlite3.connect(f"file:{copy.workspace.path}?mode=ro", uri=True)
        values = [
            zlib.decompress(one)
            for (one,) in stored.execute("select value from history where value not null")
        ]
        stored.close()
        assert any(NOTE.encode() in one for one in values), "the looking finds what is there"
    for data in (back.read_bytes(), body_of(back.read_bytes()), again.read_bytes()):
        seen = [part for _, part in everything(data)]
        assert not any(
            form in part
            for part in seen
            for form in (NOTE.encode(), NOTE.encode("utf-16-le"), b"om pengarna")
        )
    answer = received.read_parcel(again, PASSWORD)
    assert answer.content.parcel.notes == ()
    assert answer.files == {}


def test_notes_go_along_to_the_next_parcel_of_the_same_meeting(office: Workspace, tmp_path: Path) -> None:
    with opened(sent(office, tmp_path / "p.motespaket").path) as copy:
        before = copy.workspace.association
        noted = with_note(with_note(copy.copy, "p1", NOTE, LATER), "p3", "Om ett ärende som tas bort", LATER)
        copy.workspace.change("Anteckning", before, replace(before, parcel=noted))
    meeting = office.meeting("mötet")
    office.change("Ta bort", meeting, replace(meeting, items=remove(meeting.items, "p3")))
    newer = received.make_parcel(office, "mötet", tmp_path / "q.motespaket", receiver=CHAIR, at=LATER)
    with opened(newer.path) as copy:
        assert {(one.item_id, one.text) for one in copy.copy.notes} == {
            ("p1", NOTE),
            ("", "Om ett ärende som tas bort"),
        }


def test_what_cannot_be_opened_leaves_no_copy(office: Workspace, tmp_path: Path) -> None:
    made = sent(office, tmp_path / "p.motespaket", password=PASSWORD)
    for password in (None, "fel lösenord"):
        with pytest.raises(UserError):
            opened(made.path, password)
    made.path.write_bytes(made.path.read_bytes()[:-1])
    with pytest.raises(UserError, match="skadad"):
        opened(made.path, PASSWORD)
    assert not (tmp_path / "copies").exists()


def test_an_answer_is_not_opened_as_a_parcel_nor_a_parcel_as_an_answer(
    office: Workspace, tmp_path: Path
) -> None:
    made = sent(office, tmp_path / "p.motespaket")
    back = answer_of(office, tmp_path)
    with pytest.raises(UserError, match="är ett svar till Samordningsförbundet Exempel"):
        opened(back)
    with pytest.raises(UserError, match="är inte ett svar"):
        returning.returned(office, made.path)
    with pytest.raises(UserError, match="är inte ett mötespaket"):
        received.OpenParcel(office)


def test_leftovers_of_a_stopped_opening_are_cleared(office: Workspace, tmp_path: Path) -> None:
    made = sent(office, tmp_path / "p.motespaket")
    with opened(made.path) as copy:
        place = copy.workspace.path
    place.rename(place.with_name(f"{place.stem} (skapas).finsam"))
    other = place.with_name("2025-01-01 Mötespaket x (skapas).finsam")
    other.write_bytes(b"x")
    os.utime(other, (1, 1))
    with opened(made.path) as copy:
        assert copy.workspace.path == place
    assert [one.name for one in place.parent.iterdir() if one.suffix == ".finsam"] == [place.name]


def test_names_of_files_are_safe() -> None:
    meeting = Meeting(id="m", date=DAY)
    odd = Receiver(name='Anna / "Ek" <a:b>')
    assert received.file_name(meeting, odd) == "2026-10-29 Till Anna Ek a b.motespaket"
    assert received.answer_name(meeting, Receiver(name="///")) == "2026-10-29 Från mottagaren.motespaket"


def test_whom_it_may_go_to_are_those_who_adjust() -> None:
    found = receivers(the_meeting(), association())
    assert {one.person_id for one in found} >= {
        one.person_id for one in signers(the_meeting(), association())
    }


@pytest.mark.skipif(os.name == "nt", reason="rights of folders are others there")
def test_a_file_that_can_only_be_read_still_makes_a_parcel(office: Workspace, tmp_path: Path) -> None:
    path = office.path
    office.close()
    with Workspace.open(path, user="Bo", read_only=True) as workspace:
        made = sent(workspace, tmp_path / "p.motespaket")
        assert "antecknas inte" in made.told[-1]
        assert workspace.meeting("mötet").parcels == ()

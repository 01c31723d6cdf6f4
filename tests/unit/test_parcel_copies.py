"""A receiver's working copy: what its answer says and leaves out, whose notes come along, and how it is removed."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from finsam_desktop.domain.live import LiveNote, LiveRecord
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.parcel_talk import with_note
from finsam_desktop.errors import UserError
from finsam_desktop.parcels import folders, received, returning
from finsam_desktop.workspace import Workspace
from tests.parcel_cases import (
    AT,
    CHAIR,
    LATER,
    NOTE,
    PASSWORD,
    answer_of,
    changed,
    opened,
    sent,
    with_item,
)

UNLOCKED = "Paketet kom låst med lösenord. Svaret är inte låst."
NOT_APPROVED = "Du har inte markerat protokollet som justerat."


def approved(copy: received.OpenParcel) -> None:
    before, after, label = received.approve(copy.workspace, LATER)
    copy.workspace.change(label, before, after)


def noted(copy: received.OpenParcel, text: str) -> None:
    before = copy.workspace.association
    copy.workspace.change(
        "Anteckning", before, replace(before, parcel=with_note(copy.copy, "p1", text, LATER))
    )


def test_the_answer_tells_what_the_receiver_may_have_forgotten(office: Workspace, tmp_path: Path) -> None:
    made = sent(office, tmp_path / "p.motespaket", password=PASSWORD)
    back = tmp_path / "svar.motespaket"
    with opened(made.path, PASSWORD) as copy:
        assert copy.send_back(back, at=LATER).told == (UNLOCKED, NOT_APPROVED)
        assert copy.send_back(back, password=PASSWORD, at=LATER).told == (NOT_APPROVED,)
        approved(copy)
        assert copy.send_back(back, password=PASSWORD, at=LATER).told == ()
        changed(copy, with_item(copy.meeting, "p1", minutes_text="Andra ord."))
        (told,) = copy.send_back(back, password=PASSWORD, at=LATER).told
        assert told.startswith("Du har ändrat sedan du markerade som justerat: ")


def test_the_public_version_is_not_asked_to_be_approved(office: Workspace, tmp_path: Path) -> None:
    made = sent(office, tmp_path / "p.motespaket", public=True)
    with opened(made.path) as copy:
        assert copy.send_back(tmp_path / "svar.motespaket", at=LATER).told == ()
        with pytest.raises(UserError, match="den offentliga versionen"):
            received.approve(copy.workspace, LATER)


def test_notes_of_the_receiver_s_own_meeting_stay(office: Workspace, tmp_path: Path) -> None:
    def with_notes(meeting: Meeting) -> Meeting:
        return replace(meeting, live=LiveRecord(notes=(LiveNote(item_id="p1", text=NOTE),)))

    content = received.read_parcel(answer_of(office, tmp_path, with_notes)).content
    assert content.meeting.live == LiveRecord()


def test_the_notes_that_come_along_are_the_latest_of_the_same_meeting(
    office: Workspace, tmp_path: Path
) -> None:
    for number, text in enumerate(("Först", "Sedan")):
        made = received.make_parcel(
            office,
            "mötet",
            tmp_path / f"{number}.motespaket",
            receiver=CHAIR,
            at=AT.replace(hour=9 + number),
        )
        with opened(made.path) as copy:
            if number:
                before = copy.workspace.association
                copy.workspace.change("Tomt", before, replace(before, parcel=replace(copy.copy, notes=())))
            noted(copy, text)
    other = received.make_parcel(office, "vår", tmp_path / "vår.motespaket", receiver=CHAIR, at=LATER)
    with opened(other.path) as copy:
        assert copy.copy.notes == ()
    third = received.make_parcel(office, "mötet", tmp_path / "3.motespaket", receiver=CHAIR, at=LATER)
    with opened(third.path) as copy:
        assert [one.text for one in copy.copy.notes] == ["Sedan"]


def test_a_copy_is_removed_with_what_is_beside_it_and_nothing_else_is(
    office: Workspace, tmp_path: Path
) -> None:
    with opened(sent(office, tmp_path / "p.motespaket").path) as copy:
        place = copy.workspace.path
    folders.remember(place, tmp_path)
    received.forget(place)
    assert not list(place.parent.iterdir())
    with Workspace.create(tmp_path / "Eget.finsam", office.association, user="B"):
        pass
    with pytest.raises(UserError, match="inte en arbetskopia"):
        received.forget(tmp_path / "Eget.finsam")
    assert (tmp_path / "Eget.finsam").exists()


def test_a_file_that_is_no_copy_is_let_go_of(office: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "Eget.finsam"
    with Workspace.create(file, office.association, user="B"):
        pass
    with pytest.raises(UserError, match="är inte ett mötespaket"):
        opened(file)
    with Workspace.open(file, user="C") as workspace:
        assert not workspace.read_only


def test_what_another_opening_is_making_just_now_is_let_be(office: Workspace, tmp_path: Path) -> None:
    made = sent(office, tmp_path / "p.motespaket")
    other = tmp_path / "copies" / "2025-01-01 Mötespaket x (skapas).finsam"
    other.parent.mkdir()
    other.write_bytes(b"x")
    with opened(made.path):
        assert other.exists()


def test_a_copy_that_cannot_be_put_in_its_place_leaves_nothing(
    office: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = sent(office, tmp_path / "p.motespaket")
    real = os.replace

    def refuses(source: Path, target: Path) -> None:
        if "Mötespaket" in str(target):
            raise PermissionError(13, "upptagen")
        real(source, target)

    monkeypatch.setattr(os, "replace", refuses)
    with pytest.raises(UserError, match="kunde inte skapas"):
        opened(made.path)
    assert not list((tmp_path / "copies").glob("*.finsam"))


def test_an_answer_is_known_by_the_number_of_an_association_that_has_a_new_name(
    office: Workspace, tmp_path: Path
) -> None:
    before = office.association
    office.change("Nummer", before, replace(before, org_number="222000-1234"))
    back = answer_of(office, tmp_path, lambda m: replace(m, place="Björken"))
    before = office.association
    office.change("Nytt namn", before, replace(before, name="Samordningsförbundet Nya Exempel"))
    assert [one.field for one in returning.returned(office, back).changes] == ["Plats"]

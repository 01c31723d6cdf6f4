"""Presence, votes and reservations that a chair corrects: told as one reads them, taken in one by one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

from finsam_desktop.domain import recording
from finsam_desktop.domain.decisions import Ballot, Candidate, MotionKind, Outcome
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.parcels import returning
from finsam_desktop.workspace import Workspace
from tests.board import association
from tests.parcel_cases import LATER, answer_of, with_item

Edit = Callable[[Meeting], Meeting]
ITEM = "§\u00a04 Ärende 1"


def told(office: Workspace, back: Path) -> dict[tuple[str, str], tuple[str, str]]:
    answer = returning.returned(office, back)
    return {(one.place, one.field): (one.mine, one.theirs) for one in answer.changes}


def recorded_here(office: Workspace, edit: Edit) -> None:
    """Something that is recorded in the association's own file."""
    mine = office.meeting("mötet")
    office.change("Anteckna", mine, edit(mine))


@pytest.mark.parametrize(
    ("edit", "field", "now", "then"),
    [
        (lambda m: recording.absent(m, "bo"), "Närvaro för Bo", "Närvarande", "Frånvarande"),
        (
            lambda m: recording.arrives(m, "bo", "p1", time(9, 5)),
            "Närvaro för Bo",
            "Närvarande",
            f"Kom till {ITEM}, klockan 09.05",
        ),
        (
            lambda m: recording.leaves(m, "bo", "p1", time(9, 40)),
            "Närvaro för Bo",
            "Närvarande",
            f"Gick efter {ITEM}, klockan 09.40",
        ),
        (
            lambda m: recording.away(m, "bo", "p1", "p1", left_at=time(9)),
            "Närvaro för Bo",
            "Närvarande",
            f"Ute under {ITEM}, klockan 09.00 till okänd tid",
        ),
        (
            lambda m: recording.at_distance(m, "bo", audio_only=True, audio_reason="kameran gick sönder"),
            "Närvaro för Bo",
            "Närvarande",
            "På distans, bara ljud: kameran gick sönder",
        ),
        (
            lambda m: recording.serves(m, "bo-e", "bo"),
            "Närvaro för Bo-e",
            "Inte med på sammanträdet",
            "Tjänstgör för Bo",
        ),
    ],
)
def test_presence_is_told_as_one_thing(
    office: Workspace, tmp_path: Path, edit: Edit, field: str, now: str, then: str
) -> None:
    assert told(office, answer_of(office, tmp_path, edit)) == {("Närvaro", field): (now, then)}


@pytest.mark.parametrize(
    ("edit", "field", "then"),
    [
        (
            lambda m: recording.conflict(m, "bo", "p1", reason="part i avtalet", substitute_id="bo-e"),
            "Tillagt: jäv för Bo",
            f"Jäv i {ITEM}\nSkäl: part i avtalet\nIngen invände\nErsätts av Bo-e",
        ),
        (
            lambda m: recording.vote(m, association(), "p1", no=("bo", "cia"), abstain=("dan",)),
            "Tillagt: omröstning",
            "Ja betyder: förslaget\nNej betyder: avslag\nJa, 4: Anna, Eva, Finn och Gun\nNej, 2: Bo och Cia\n"
            "Avstår, 1: Dan",
        ),
        (
            lambda m: recording.elect(
                m, "p1", (Candidate(name="Bo", votes=4), Candidate(name="Cia", votes=1)), blank=2
            ),
            "Tillagt: val",
            "1 att välja, slutna sedlar\nBo: 4 röster\nCia: 1 röst\nBlanka sedlar: 2",
        ),
        (
            lambda m: recording.dissent(m, "p1", "bo", at=time(10, 15)),
            "Tillagt: reservation av Bo",
            "Anmäld klockan 10.15\nMuntlig",
        ),
        (
            lambda m: recording.move(m, "p1", "bo", MotionKind.REJECTION, motion_id="y"),
            "Tillagt: yrkande av Bo",
            "Avslag på förslaget",
        ),
        (lambda m: recording.note(m, "p1", "bo", "Emot."), "Tillagt: protokollsanteckning av Bo", "Emot."),
        (lambda m: recording.decide(m, "p1", Outcome.TABLED), "Utfall", "Bordlagt"),
    ],
)  # fmt: skip
def test_what_was_decided_is_told_at_its_paragraph(
    office: Workspace, tmp_path: Path, edit: Edit, field: str, then: str
) -> None:
    found = told(office, answer_of(office, tmp_path, edit))
    assert {key: theirs for key, (_, theirs) in found.items()} == {(ITEM, field): then}


def test_a_ballot_and_a_count_are_told_by_themselves(office: Workspace, tmp_path: Path) -> None:
    both = (Candidate(name="Bo", person_id="bo", votes=4), Candidate(name="Cia", person_id="cia", votes=3))
    recorded_here(office, lambda m: recording.elect(recording.vote(m, association(), "p1"), "p1", both))

    def edit(meeting: Meeting) -> Meeting:
        counted = (both[0], Candidate(name="Cia", person_id="cia", votes=2))
        return recording.elect(recording.cast(meeting, "p1", "bo", Ballot.NO), "p1", counted, blank=1)

    assert told(office, answer_of(office, tmp_path, edit)) == {
        (ITEM, "Röst av Bo"): ("Ja", "Nej"),
        (ITEM, "Kandidat Cia: röster"): ("3", "2"),
        (ITEM, "Val: blanka sedlar"): ("0", "1"),
    }


def test_votes_for_people_in_no_register_are_told_and_taken_in_one_by_one(
    office: Workspace, tmp_path: Path
) -> None:
    """They have no id: what is known of them is their names."""
    eva, finn, gun = (Candidate(name=f"{name} Utomstående", votes=4) for name in ("Eva", "Finn", "Gun"))
    recorded_here(office, lambda m: recording.elect(m, "p1", (eva, finn)))

    def edit(meeting: Meeting) -> Meeting:
        return recording.elect(meeting, "p1", (replace(eva, votes=5), replace(finn, votes=3), gun))

    back = answer_of(office, tmp_path, edit)
    assert told(office, back) == {
        (ITEM, "Kandidat Eva Utomstående: röster"): ("4", "5"),
        (ITEM, "Kandidat Finn Utomstående: röster"): ("4", "3"),
        (ITEM, "Tillagt: kandidat Gun Utomstående"): ("", "Gun Utomstående: 4 röster"),
    }
    answer = returning.returned(office, back)
    one = next(change for change in answer.changes if "Finn" in change.field)
    item = returning.take(office, answer, [one.key], at=LATER).meeting.items[2]
    assert item.decision.election is not None
    assert item.decision.election.candidates == (eva, replace(finn, votes=3))
    left = returning.again(office, answer)
    assert len(left.changes) == 2
    assert not left.conflicts


def test_taken_in_one_by_one_with_undo(office: Workspace, tmp_path: Path) -> None:
    def edit(meeting: Meeting) -> Meeting:
        meeting = recording.arrives(meeting, "bo", "p1", time(9, 5))
        return recording.vote(meeting, association(), "p2", no=("bo",))

    back = answer_of(office, tmp_path, edit)
    untouched = office.meeting("mötet")
    answer = returning.returned(office, back)
    presence = next(one for one in answer.changes if one.field == "Närvaro för Bo")
    taken = returning.take(office, answer, [presence.key], at=LATER)
    there = taken.meeting.attendance.of("bo")
    assert there is not None
    assert (there.from_item, there.arrived_at) == ("p1", time(9, 5))
    assert office.undo_label == "Ta in ”Närvaro för Bo” från Anna"
    (left,) = returning.again(office, answer).changes
    assert left.field == "Tillagt: omröstning"
    office.undo()
    assert office.meeting("mötet") == untouched
    declined = returning.take(office, answer, (), [presence.key], at=LATER).meeting
    assert declined.attendance == untouched.attendance


def test_both_having_recorded_one_persons_presence_is_a_conflict_as_a_whole(
    office: Workspace, tmp_path: Path
) -> None:
    """Half of each would be what nobody has said: that Bo came at § 4 by the secretary's clock."""
    back = answer_of(office, tmp_path, lambda m: recording.arrives(m, "bo", "p1", time(9, 5)))
    recorded_here(office, lambda m: recording.arrives(m, "bo", "p2", time(9, 20)))
    answer = returning.returned(office, back)
    (one,) = answer.changes
    assert one.conflict
    assert (one.old, one.mine, one.theirs) == (
        "Närvarande",
        "Kom till §\u00a05 Ärende 2, klockan 09.20",
        f"Kom till {ITEM}, klockan 09.05",
    )
    taken = returning.take(office, answer, [one.key], at=LATER).meeting
    assert taken.attendance == recording.arrives(answer.base, "bo", "p1", time(9, 5)).attendance


def test_votes_come_beside_what_was_rewritten_here(office: Workspace, tmp_path: Path) -> None:
    back = answer_of(office, tmp_path, lambda m: recording.vote(m, association(), "p1"))
    recorded_here(office, lambda m: with_item(m, "p1", minutes_text="Omskrivet."))
    answer = returning.returned(office, back)
    assert not answer.conflicts
    item = returning.take(office, answer, [answer.changes[0].key], at=LATER).meeting.items[2]
    assert item.minutes_text == "Omskrivet."
    assert item.decision.vote is not None

"""What happens at a meeting, noted step by step: each step leaves the rest as it was."""

from __future__ import annotations

from datetime import date, time

import pytest

from finsam_desktop.domain import recording
from finsam_desktop.domain.agenda import find
from finsam_desktop.domain.attendance import Away, ConflictOfInterest, Presence, Ruling
from finsam_desktop.domain.decisions import (
    Ballot,
    Candidate,
    CastBallot,
    Decision,
    Dissent,
    Election,
    Motion,
    MotionKind,
    Outcome,
)
from finsam_desktop.domain.meeting import Meeting
from tests import board

MEETING = board.meeting(
    board.decision_item("ett", minutes=20), board.decision_item("två", minutes=40), opened_at=time(9, 0)
)


def of(meeting: Meeting, person_id: str) -> Presence:
    found = meeting.attendance.of(person_id)
    assert found is not None
    return found


def decision(meeting: Meeting, item_id: str = "ett") -> Decision:
    found = find(meeting.items, item_id)
    assert found is not None
    return found.decision


def test_absence_forgets_what_else_was_noted_and_presence_keeps_distance_and_service() -> None:
    there = recording.serves(recording.at_distance(MEETING, "cia-e"), "cia-e", "cia")
    late = recording.leaves(recording.arrives(there, "cia-e", "två", time(9, 20)), "cia-e", "två")
    assert of(recording.present(late, "cia-e"), "cia-e") == of(there, "cia-e")
    assert of(recording.absent(late, "cia-e"), "cia-e") == Presence(person_id="cia-e", present=False)
    assert recording.as_usual(late, "cia-e").attendance.presences == ()


def test_coming_and_going_by_item_and_by_the_clock() -> None:
    one = recording.arrives(MEETING, "gun", "två", time(9, 20))
    one = recording.leaves(one, "gun", "två", time(10, 0))
    assert of(one, "gun") == Presence(
        person_id="gun", from_item="två", arrived_at=time(9, 20), to_item="två", left_at=time(10, 0)
    )
    by_clock = recording.leaves(recording.arrives(MEETING, "gun", at=time(9, 30)), "gun", at=time(9, 30))
    assert (of(by_clock, "gun").from_item, of(by_clock, "gun").to_item) == ("två", "ett")
    unknown = recording.leaves(recording.arrives(MEETING, "gun"), "gun")
    assert (of(unknown, "gun").from_item, of(unknown, "gun").to_item) == ("", "")


def test_several_times_away_and_the_same_one_corrected() -> None:
    one = recording.away(MEETING, "gun", "ett", "ett", left_at=time(9, 5), lost_connection=True)
    two = recording.away(one, "gun", "två", "två")
    again = recording.away(two, "gun", "ett", "ett", back_at=time(9, 15))
    assert of(again, "gun").away == (
        Away(from_item="två", to_item="två"),
        Away(from_item="ett", to_item="ett", back_at=time(9, 15)),
    )


def test_distance_with_sound_only_and_back_in_the_room() -> None:
    far = recording.at_distance(MEETING, "gun", audio_only=True, audio_reason="nätet")
    assert of(far, "gun") == Presence(person_id="gun", distance=True, audio_only=True, audio_reason="nätet")
    assert of(recording.in_the_room(far, "gun"), "gun") == Presence(person_id="gun")


def test_a_deputy_serves_for_one_then_also_for_another_and_takes_over_from_a_third() -> None:
    one = recording.serves(recording.serves(MEETING, "cia-e", "cia"), "cia-e", "dan")
    assert of(one, "cia-e") == Presence(person_id="cia-e", serving_for="cia", also_serving_for=("dan",))
    assert recording.serves(one, "cia-e", "dan") == one
    taken = recording.serves(one, "eva-e", "dan")
    assert of(taken, "cia-e").also_serving_for == ()
    assert of(recording.serves(taken, "finn-e", "cia"), "cia-e").serving_for == ""
    assert of(recording.serves_nobody(one, "cia-e"), "cia-e") == Presence(person_id="cia-e")


def test_a_conflict_is_noted_once_in_its_place_and_can_be_ruled_on_and_taken_back() -> None:
    one = recording.conflict(recording.conflict(MEETING, "gun", "ett", reason="part"), "bo", "ett")
    ruled = recording.conflict(one, "gun", "ett", reason="part", ruling=Ruling.NOT_IN_CONFLICT)
    assert ruled.attendance.conflicts == (
        ConflictOfInterest(person_id="gun", item_id="ett", reason="part", ruling=Ruling.NOT_IN_CONFLICT),
        ConflictOfInterest(person_id="bo", item_id="ett"),
    )
    left = recording.no_conflict(ruled, "gun", "ett")
    assert [c.person_id for c in left.attendance.conflicts] == ["bo"]
    assert recording.no_conflict(ruled, "gun", "två") == ruled


def test_what_is_decided_keeps_what_is_not_said() -> None:
    one = recording.decide(MEETING, "ett", Outcome.OWN_WORDS, clauses=("vänta",), financing="insatser")
    two = recording.decide(one, "ett", Outcome.TABLED, tabled_to=date(2026, 11, 26), reason="sent")
    assert decision(two) == Decision(
        outcome=Outcome.TABLED,
        clauses=("vänta",),
        financing="insatser",
        tabled_to=date(2026, 11, 26),
        reason="sent",
    )
    three = recording.decide(two, "ett", Outcome.AS_PROPOSED, majority_id="2/3")
    assert (decision(three).tabled_to, decision(three).majority_id) == (date(2026, 11, 26), "2/3")
    assert decision(three, "två") == Decision()
    assert decision(recording.adjust_at_once(three, "ett")).immediately_adjusted
    assert recording.adjust_at_once(recording.adjust_at_once(three, "ett"), "ett", False) == three


def test_motions_supporters_and_withdrawal() -> None:
    one = recording.move(MEETING, "ett", "bo", MotionKind.OWN, "vänta", motion_id="1")
    one = recording.move(one, "ett", "cia")
    one = recording.support(recording.support(one, "ett", "1", "dan"), "ett", "1", "dan")
    first, second = decision(one).motions
    assert first == Motion(id="1", person_id="bo", kind=MotionKind.OWN, text="vänta", supporters=("dan",))
    assert second.kind is MotionKind.SUPPORT
    assert second.id not in ("", "1")
    withdrawn = recording.withdraw(one, "ett", "1")
    assert [m.withdrawn for m in decision(withdrawn).motions] == [True, False]
    for missing in (("ett", "9"), ("borta", "1")):
        with pytest.raises(KeyError):
            recording.support(one, *missing, "dan")


def test_all_who_take_part_vote_yes_but_those_named() -> None:
    one = recording.absent(recording.stands_aside(MEETING, "ett", "gun"), "finn")
    one = recording.vote(
        one, board.association(), "ett", no_motion="1", requested_by="bo", no=("bo",), abstain=("cia",)
    )
    held = decision(one).vote
    assert held is not None
    assert {c.person_id: c.ballot.value for c in held.ballots} == {
        "anna": "yes",
        "bo": "no",
        "cia": "abstain",
        "dan": "yes",
        "eva": "yes",
    }
    assert (held.yes_motion, held.no_motion, held.requested_by) == ("", "1", "bo")


def test_ballots_one_by_one_and_who_stands_aside_has_none() -> None:
    one = recording.cast(recording.cast(MEETING, "ett", "bo", Ballot.YES), "ett", "cia", Ballot.NO)
    one = recording.cast(one, "ett", "bo", Ballot.ABSTAIN)
    held = decision(one).vote
    assert held is not None
    assert held.ballots == (
        CastBallot(person_id="bo", ballot=Ballot.ABSTAIN),
        CastBallot(person_id="cia", ballot=Ballot.NO),
    )
    aside = decision(recording.stands_aside(recording.stands_aside(one, "ett", "bo"), "ett", "bo"))
    assert aside.not_taking_part == ("bo",)
    assert aside.vote is not None
    assert [c.person_id for c in aside.vote.ballots] == ["cia"]
    assert decision(recording.stands_aside(MEETING, "ett", "bo")).vote is None


def test_elections_reservations_notes_and_who_leads() -> None:
    named = (Candidate(name="Bo", votes=2),)
    one = recording.elect(MEETING, "ett", named, seats=2, secret=False, blank=1, drawn=("Bo",))
    assert decision(one).election == Election(candidates=named, seats=2, secret=False, blank=1, drawn=("Bo",))
    one = recording.dissent(MEETING, "ett", "bo")
    one = recording.dissent(one, "ett", "cia", in_favour_of="1", at=time(10, 0), attachment_id="b")
    one = recording.dissent(one, "ett", "bo", at=time(10, 5))
    assert decision(one).dissents == (
        Dissent(person_id="cia", in_favour_of="1", announced_at=time(10, 0), attachment_id="b"),
        Dissent(person_id="bo", announced_at=time(10, 5)),
    )
    assert decision(recording.note(one, "ett", "bo", "bra")).notes[0].text == "bra"
    assert recording.led_by(MEETING, "dan").chaired_by == "dan"

"""What the keys for decisions record, without a window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from finsam_desktop.domain import recording
from finsam_desktop.domain.agenda import AgendaItem, find
from finsam_desktop.domain.association import Appointment, Association, Majority, Person, Role, StandingRules
from finsam_desktop.domain.catalogue import ItemType
from finsam_desktop.domain.decisions import (
    Decision,
    MotionKind,
    Outcome,
    Proposal,
    ProposalKind,
)
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.ui.models.decision_keys import NO_QUORUM, as_proposed, ended_without_quorum, the_rest

PEOPLE = ("ann", "bo", "cia", "dag")
ASSOCIATION = Association(
    name="Test",
    people=tuple(Person(id=one, name=one.title()) for one in PEOPLE),
    appointments=(
        Appointment(person_id="ann", role=Role.CHAIR),
        *(Appointment(person_id=one, role=Role.BOARD_MEMBER) for one in PEOPLE[1:]),
    ),
    rules=StandingRules(majorities=(Majority(id="2/3", matter="budget", numerator=2, denominator=3),)),
)
LAID = Proposal(kind=ProposalKind.CLAUSES, clauses=("godkänna rapporten",))
MEETING = Meeting(
    date=date(2026, 10, 29),
    items=(
        AgendaItem(id="open", title="Öppnande", type=ItemType.FORMALITY),
        AgendaItem(id="adj", title="Val av justerare", type=ItemType.FORMALITY),
        AgendaItem(id="laid", title="Rapport", type=ItemType.DECISION, proposal=LAID),
        AgendaItem(id="bare", title="Utan förslag", type=ItemType.DECISION),
        AgendaItem(id="info", title="Läget", type=ItemType.INFORMATION),
        AgendaItem(id="both", title="Läget med beslut", type=ItemType.INFORMATION_DECISION),
        AgendaItem(
            id="split",
            title="Delat",
            type=ItemType.DECISION,
            sub_items=(
                AgendaItem(id="sa", title="A", proposal=LAID),
                AgendaItem(id="sb", title="B", proposal=LAID, decision=Decision(outcome=Outcome.TABLED)),
            ),
        ),
    ),
)


def outcomes(meeting: Meeting) -> dict[str, Outcome]:
    ids = ("open", "adj", "laid", "bare", "info", "both", "split", "sa", "sb")
    found = {i: find(meeting.items, i) for i in ids}
    return {i: one.decision.outcome for i, one in found.items() if one is not None}


def test_as_proposed_takes_what_is_laid_and_nothing_else() -> None:
    after = as_proposed(MEETING, ASSOCIATION, "laid")
    assert after is not None
    assert [i for i, o in outcomes(after).items() if o is Outcome.AS_PROPOSED] == ["laid"]
    assert as_proposed(MEETING, ASSOCIATION, "bare") is None
    assert as_proposed(MEETING, ASSOCIATION, "finns inte") is None


def test_sub_items_follow_but_one_that_is_recorded_stays() -> None:
    after = as_proposed(MEETING, ASSOCIATION, "split")
    assert after is not None
    found = outcomes(after)
    assert (found["split"], found["sa"], found["sb"]) == (Outcome.UNSET, Outcome.AS_PROPOSED, Outcome.TABLED)


def test_the_rest_is_decided_noted_or_left() -> None:
    begun = recording.decide(MEETING, "laid", Outcome.REJECTED)
    rest = the_rest(begun, ASSOCIATION)
    assert (rest.decided, rest.noted, rest.left) == (1, 1, ("bare", "both"))
    found = outcomes(rest.meeting)
    assert found["adj"] is Outcome.AS_PROPOSED, "the choice of adjusters has its words from the meeting"
    assert found["laid"] is Outcome.REJECTED
    assert found["info"] is Outcome.NOTED
    assert found["open"] is Outcome.UNSET, "a formality needs no decision"
    assert found["sa"] is Outcome.UNSET, "part of the item is recorded, so it is in hand"
    again = the_rest(rest.meeting, ASSOCIATION)
    assert (again.meeting, again.decided, again.noted) == (rest.meeting, 0, 0)


@pytest.mark.parametrize(
    ("kind", "no", "majority", "outcome", "clauses"),
    [
        (MotionKind.REJECTION, ("bo",), "", Outcome.AS_PROPOSED, ()),
        (MotionKind.REJECTION, ("bo", "cia", "dag"), "", Outcome.REJECTED, ()),
        (MotionKind.REJECTION, ("cia", "dag"), "", Outcome.AS_PROPOSED, ()),
        (MotionKind.REJECTION, ("ann", "bo"), "", Outcome.REJECTED, ()),
        (MotionKind.OWN, ("bo", "cia", "dag"), "", Outcome.OWN_WORDS, ("vänta",)),
        (MotionKind.REJECTION, ("bo", "cia"), "2/3", Outcome.REJECTED, ()),
        (MotionKind.REJECTION, ("bo",), "2/3", Outcome.AS_PROPOSED, ()),
    ],
)
def test_after_a_vote_the_outcome_is_what_the_vote_gave(
    kind: MotionKind, no: tuple[str, ...], majority: str, outcome: Outcome, clauses: tuple[str, ...]
) -> None:
    meeting = recording.move(MEETING, "laid", "bo", kind, "vänta", motion_id="m")
    meeting = recording.vote(meeting, ASSOCIATION, "laid", no_motion="m", no=no)
    meeting = recording.decide(meeting, "laid", Outcome.UNSET, majority_id=majority)
    after = as_proposed(meeting, ASSOCIATION, "laid")
    assert after is not None
    item = find(after.items, "laid")
    assert item is not None
    assert (item.decision.outcome, item.decision.clauses) == (outcome, clauses)


def test_a_tie_without_the_chairs_ballot_is_left_for_the_secretary() -> None:
    meeting = recording.vote(MEETING, ASSOCIATION, "laid", no=("bo",), abstain=("ann", "cia"))
    after = as_proposed(meeting, ASSOCIATION, "laid")
    assert after is not None
    assert outcomes(after)["laid"] is Outcome.UNSET


def test_the_end_without_quorum_takes_what_is_left_and_keeps_what_is_done() -> None:
    begun = recording.decide(MEETING, "both", Outcome.AS_PROPOSED)
    ended = ended_without_quorum(begun, "bare", time(9, 40))
    found = outcomes(ended)
    assert [i for i, o in found.items() if o is Outcome.WITHDRAWN] == ["bare", "info", "sa"]
    assert (found["split"], found["sb"]) == (Outcome.UNSET, Outcome.TABLED), (
        "its § holds a part that is decided"
    )
    assert found["both"] is Outcome.AS_PROPOSED
    assert found["laid"] is Outcome.UNSET, "what came before the end is for the secretary to record"
    bare = find(ended.items, "bare")
    assert bare is not None
    assert bare.decision.reason == NO_QUORUM
    assert ended.closed_at == time(9, 40)
    noted = replace(begun, closed_at=time(9, 30))
    assert ended_without_quorum(noted, "bare", time(9, 40)).closed_at == time(9, 30)

"""What votes and elections give, at the very borders."""

from __future__ import annotations

import pytest

from finsam_desktop.domain import voting
from finsam_desktop.domain.association import Majority
from finsam_desktop.domain.decisions import (
    Ballot,
    Candidate,
    CastBallot,
    Decision,
    Election,
    Motion,
    MotionKind,
    Vote,
)
from tests import board

TWO_THIRDS = Majority(id="2/3", matter="plan", numerator=2, denominator=3)
REGISTER = board.association(rules={"majorities": (TWO_THIRDS,)})


def vote(yes: int, no: int, abstain: int = 0, **more: str) -> Vote:
    """Ballots by persons 0, 1, 2 …: first those who say yes, then no, then those who abstain."""
    ballots = [Ballot.YES] * yes + [Ballot.NO] * no + [Ballot.ABSTAIN] * abstain
    return Vote(ballots=tuple(CastBallot(person_id=str(n), ballot=b) for n, b in enumerate(ballots)), **more)


@pytest.mark.parametrize(
    ("yes", "no", "chair", "wins"),
    [
        (1, 0, "", True),
        (0, 1, "", False),
        (2, 2, "0", True),
        (2, 2, "3", False),
        (2, 2, "", None),
        (2, 2, "9", None),
        (0, 0, "0", None),
        (2, 1, "2", True),
    ],
)
def test_most_votes_win_and_the_chair_decides_at_a_tie(
    yes: int, no: int, chair: str, wins: bool | None
) -> None:
    assert voting.yes_wins(vote(yes, no), chair) is wins


@pytest.mark.parametrize(
    ("for_it", "votes", "enough"),
    [(2, 3, True), (4, 6, True), (3, 5, False), (1, 1, True), (0, 0, False), (5, 7, True), (4, 7, False)],
)
def test_exactly_two_thirds_are_enough_and_no_votes_are_not(for_it: int, votes: int, enough: bool) -> None:
    assert voting.reaches(TWO_THIRDS, for_it, votes) is enough


@pytest.mark.parametrize(
    ("held", "unanimous", "met"),
    [
        (None, True, True),
        (None, False, None),
        (vote(1, 0), False, True),
        (vote(2, 1), False, True),
        (vote(3, 2), False, False),
        (vote(1, 3), False, None),
        (vote(0, 0, 2), False, None),
        (vote(2, 2), False, False),
    ],
)
def test_whether_the_qualified_majority_is_met(held: Vote | None, unanimous: bool, met: bool | None) -> None:
    decision = Decision(majority_id="2/3", vote=held)
    assert voting.majority_met(decision, REGISTER, "", unanimous=unanimous) is met


def test_no_majority_is_met_where_none_is_needed() -> None:
    assert voting.majority_met(Decision(vote=vote(7, 0)), REGISTER, "", unanimous=True) is None
    assert voting.required_majority(Decision(majority_id="2/3"), REGISTER) is TWO_THIRDS
    assert voting.required_majority(Decision(majority_id="borta"), REGISTER) is None


def test_a_counter_proposal_needs_the_majority_too_and_a_motion_to_reject_does_not() -> None:
    other = Motion(id="o", person_id="0", kind=MotionKind.OWN, text="vänta")
    against = Motion(id="a", person_id="0", kind=MotionKind.REJECTION)
    for motion_id, met in (("o", False), ("a", None)):
        decision = Decision(majority_id="2/3", motions=(other, against), vote=vote(3, 4, no_motion=motion_id))
        assert voting.majority_met(decision, REGISTER, "", unanimous=False) is met


def test_which_side_rejects() -> None:
    against = Motion(id="a", person_id="0", kind=MotionKind.REJECTION)
    support = Motion(id="s", person_id="0")
    decision = Decision(motions=(against, support))
    plain = Vote()
    named = Vote(yes_motion="a", no_motion="s")
    assert [voting.rejects(decision, plain, yes=yes) for yes in (True, False)] == [False, True]
    assert [voting.rejects(decision, named, yes=yes) for yes in (True, False)] == [True, False]


@pytest.mark.parametrize(
    ("held", "taking_part", "unanimous"),
    [
        (vote(3, 0), None, True),
        (vote(3, 0), ("0", "1", "2"), True),
        (vote(3, 0), ("0", "1", "2", "3"), False),
        (vote(2, 0, 1), None, False),
        (Vote(), None, False),
        (None, ("0",), True),
    ],
)
def test_a_vote_is_unanimous_when_each_who_takes_part_said_yes(
    held: Vote | None, taking_part: tuple[str, ...] | None, unanimous: bool
) -> None:
    assert voting.is_unanimous(Decision(vote=held), taking_part) is unanimous


def test_who_voted_what_on_closed_ballots_nobody_knows() -> None:
    one = (Candidate(name="Anna", votes=7),)
    assert voting.is_unanimous(Decision(election=Election(candidates=one))) is False
    assert voting.is_unanimous(Decision(election=Election(candidates=one[:0], blank=1))) is False
    unheld = Election(candidates=(Candidate(name="Anna"),), secret=False)
    assert voting.is_unanimous(Decision(election=unheld)) is True


def elected(votes: dict[str, int], **more: object) -> tuple[str, str, str]:
    """Names of who is elected, tied and drawn, as one word each."""
    candidates = tuple(Candidate(name=name, votes=count) for name, count in votes.items())
    found = voting.election_result(Election(candidates=candidates, **more))  # type: ignore[arg-type]
    return (
        "".join(c.name for c in found.elected),
        "".join(c.name for c in found.tied),
        "".join(c.name for c in found.drawn),
    )


@pytest.mark.parametrize(
    ("votes", "more", "result"),
    [
        ({"A": 4, "B": 3}, {}, ("A", "", "")),
        ({"A": 3, "B": 4}, {}, ("B", "", "")),
        ({"A": 3, "B": 3}, {}, ("", "AB", "")),
        ({"A": 3, "B": 3}, {"drawn": ("B",)}, ("", "AB", "B")),
        ({"A": 3, "B": 3}, {"drawn": ("A", "B")}, ("", "AB", "")),
        ({"A": 3, "B": 3, "C": 1}, {"drawn": ("C",)}, ("", "AB", "")),
        ({"A": 5, "B": 3, "C": 3}, {"seats": 2, "drawn": ("C",)}, ("A", "BC", "C")),
        ({"A": 5, "B": 3, "C": 3}, {"seats": 3}, ("ABC", "", "")),
        ({"A": 5, "B": 3}, {"seats": 2}, ("AB", "", "")),
        ({"A": 5, "B": 3}, {"seats": 3}, ("AB", "", "")),
        ({"A": 5, "B": 3}, {"seats": 0}, ("", "", "")),
        ({"A": 2, "B": 5, "C": 1}, {"seats": 2}, ("BA", "", "")),
        ({"A": 0}, {}, ("", "", "")),
        ({"A": 0}, {"secret": False}, ("A", "", "")),
        ({"A": 0, "B": 0}, {"secret": False}, ("", "", "")),
        ({"A": 0, "B": 0}, {"secret": False, "seats": 2}, ("AB", "", "")),
        ({"A": 1, "B": 0}, {"secret": False}, ("A", "", "")),
        ({"A": 0, "B": 0}, {"blank": 3, "drawn": ("A",)}, ("", "AB", "A")),
    ],
)
def test_who_is_elected(votes: dict[str, int], more: dict[str, object], result: tuple[str, str, str]) -> None:
    assert elected(votes, **more) == result


def test_the_lot_may_name_a_person_by_id() -> None:
    tied = (Candidate(name="Anna", person_id="a", votes=2), Candidate(name="Bo", person_id="b", votes=2))
    found = voting.election_result(Election(candidates=tied, drawn=("b",)))
    assert found.drawn == tied[1:]

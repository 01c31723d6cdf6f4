"""What a vote or an election gives: simple and qualified majority, the chair's casting vote, the lot.

KL 5 kap. 54–56 §§ and 4 kap. 24–25 §§ through 19 § finsamlagen; 9 § 6 finsamlagen for qualified majority.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from finsam_desktop.domain.association import Association, Majority
from finsam_desktop.domain.decisions import Ballot, Candidate, Decision, Election, MotionKind, Vote


def yes_wins(vote: Vote, chair_id: str) -> bool | None:
    """Whether the yes side has most votes, the chair's ballot deciding at a tie (KL 5 kap. 55–56 §§).

    None when nobody has voted, or at a tie without the chair's ballot.
    """
    yes, no = vote.count(Ballot.YES), vote.count(Ballot.NO)
    if yes != no:
        return yes > no
    return {Ballot.YES: True, Ballot.NO: False}.get(vote.cast_by(chair_id) or Ballot.ABSTAIN)


def required_majority(decision: Decision, association: Association) -> Majority | None:
    """The qualified majority that the decision needs, or None."""
    return next((m for m in association.rules.majorities if m.id == decision.majority_id), None)


def reaches(majority: Majority, in_favour: int, votes: int) -> bool:
    """Whether so many of the votes are enough; exactly the share is. Who abstains has no part in ``votes``."""
    return votes > 0 and in_favour * majority.denominator >= votes * majority.numerator


def majority_met(
    decision: Decision, association: Association, chair_id: str, *, unanimous: bool
) -> bool | None:
    """Whether what won has the qualified majority that it needs.

    None when none is needed, when nothing is known of how the board stood, or when what won is to reject: a no
    needs no more than half. Without a vote only a ``unanimous`` board is known to reach it.
    """
    majority = required_majority(decision, association)
    if majority is None:
        return None
    vote = decision.vote
    if vote is None:
        return True if unanimous else None
    won = yes_wins(vote, chair_id)
    yes, no = vote.count(Ballot.YES), vote.count(Ballot.NO)
    if yes + no == 0 or (won is not None and rejects(decision, vote, yes=won)):
        return None
    return reaches(majority, max(yes, no), yes + no)


def rejects(decision: Decision, vote: Vote, *, yes: bool) -> bool:
    """Whether one side of the vote is to reject the proposal. A no without a motion is."""
    motion = decision.motion(vote.yes_motion if yes else vote.no_motion)
    return motion.kind is MotionKind.REJECTION if motion is not None else not yes


def is_unanimous(decision: Decision, taking_part: Collection[str] | None = None) -> bool:
    """Whether all who were there took part and nobody abstained, voted against, reserved or moved otherwise.

    ``taking_part`` are those who decide: where there was a vote each of them must have voted yes. Who voted what on
    closed ballots nobody knows, so that such a decision is never called unanimous.
    """
    if decision.dissents or decision.not_taking_part:
        return False
    if any(not m.withdrawn and m.kind is not MotionKind.SUPPORT for m in decision.motions):
        return False
    if decision.election is not None and _votes(decision.election):
        return False
    return decision.vote is None or _all_said_yes(decision.vote, taking_part)


def _all_said_yes(vote: Vote, taking_part: Collection[str] | None) -> bool:
    if not vote.ballots or any(cast.ballot is not Ballot.YES for cast in vote.ballots):
        return False
    return taking_part is None or all(vote.cast_by(person_id) for person_id in taking_part)


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectionResult:
    """Who has most votes, between whom the votes are equal, and whom of those the lot gave."""

    elected: tuple[Candidate, ...] = ()
    tied: tuple[Candidate, ...] = ()
    drawn: tuple[Candidate, ...] = ()


def election_result(election: Election) -> ElectionResult:
    """Who is elected: those with most votes; where votes are equal at the last seat, the lot (KL 5 kap. 56 §).

    Nobody wins by the chair's vote. Before any votes are noted nobody is elected, but for an open election with no
    more candidates than seats. ``drawn`` is empty until the lot has given exactly the seats that are left.
    """
    named = election.candidates
    if not _votes(election):
        agreed = not election.secret and len(named) <= election.seats
        return ElectionResult(elected=named if agreed else ())
    ranked = sorted(named, key=lambda candidate: -candidate.votes)
    if len(ranked) <= election.seats:
        return ElectionResult(elected=tuple(ranked))
    if election.seats < 1:
        return ElectionResult()
    least = ranked[election.seats - 1].votes
    sure = tuple(c for c in ranked if c.votes > least)
    level = tuple(c for c in ranked if c.votes == least)
    left = election.seats - len(sure)
    if len(level) == left:
        return ElectionResult(elected=(*sure, *level))
    drawn = tuple(c for c in level if c.name in election.drawn or c.person_id in election.drawn)
    return ElectionResult(elected=sure, tied=level, drawn=drawn if len(drawn) == left else ())


def _votes(election: Election) -> int:
    """All ballots that were cast, blank ones too."""
    return sum(candidate.votes for candidate in election.candidates) + election.blank

"""Proposals, motions, votes and decisions: what was put to the board and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from enum import StrEnum


class ProposalKind(StrEnum):
    """Whether a proposal is laid. NONE_LAID is an explicit choice: "Inget beslutsförslag läggs"."""

    UNSET = "unset"
    CLAUSES = "clauses"
    NONE_LAID = "none_laid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Förslag till beslut: a lead-in and att-satser, each without its "att"; ``condition`` in words."""

    kind: ProposalKind = ProposalKind.UNSET
    lead: str = "Styrelsen beslutar"
    clauses: tuple[str, ...] = ()
    condition: str = ""


class MotionKind(StrEnum):
    """What a motion (yrkande) asks for."""

    SUPPORT = "support"
    REJECTION = "rejection"
    OWN = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Motion:
    """A motion: who, what, who joins in. ``text`` is an att-sats without "att" for an own motion."""

    id: str
    person_id: str
    kind: MotionKind = MotionKind.SUPPORT
    text: str = ""
    supporters: tuple[str, ...] = ()
    withdrawn: bool = False


class Ballot(StrEnum):
    """How a person voted."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"


@dataclass(frozen=True, slots=True, kw_only=True)
class CastBallot:
    """One person's ballot in an open vote."""

    person_id: str
    ballot: Ballot


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """An open vote (omröstning). ``yes_motion`` and ``no_motion`` are ids of motions; empty yes is the proposal."""

    yes_motion: str = ""
    no_motion: str = ""
    requested_by: str = ""
    ballots: tuple[CastBallot, ...] = ()

    def count(self, ballot: Ballot) -> int:
        """How many voted so."""
        return sum(1 for cast in self.ballots if cast.ballot is ballot)

    def cast_by(self, person_id: str) -> Ballot | None:
        """The person's ballot, or None."""
        return next((cast.ballot for cast in self.ballots if cast.person_id == person_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dissent:
    """A reservation: announced before the meeting ends (KL 4 kap. 27 §). ``in_favour_of`` is a motion's id or empty."""

    person_id: str
    in_favour_of: str = ""
    announced_at: time | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MinuteNote:
    """A protokollsanteckning."""

    person_id: str
    text: str


class Outcome(StrEnum):
    """What the board did with an item."""

    UNSET = "unset"
    AS_PROPOSED = "as_proposed"
    OWN_WORDS = "own_words"
    NOTED = "noted"
    TABLED = "tabled"
    REMITTED = "remitted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What was decided and how. With AS_PROPOSED the words are the proposal's; with OWN_WORDS ``clauses``.

    ``propositions`` overrides the derived propositionsordning when not empty.
    """

    outcome: Outcome = Outcome.UNSET
    clauses: tuple[str, ...] = ()
    condition: str = ""
    reason: str = ""
    motions: tuple[Motion, ...] = ()
    propositions: str = ""
    vote: Vote | None = None
    dissents: tuple[Dissent, ...] = ()
    notes: tuple[MinuteNote, ...] = ()
    not_taking_part: tuple[str, ...] = ()
    immediately_adjusted: bool = False

    def motion(self, motion_id: str) -> Motion | None:
        """The motion with this id, or None."""
        return next((motion for motion in self.motions if motion.id == motion_id), None)

"""Proposals, motions, votes and decisions: what was put to the board and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
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
    """A reservation: announced before the meeting ends (KL 4 kap. 27 §). ``in_favour_of`` is a motion's id or empty.

    ``attachment_id`` is the written reservation among the item's attachments, or empty.
    """

    person_id: str
    in_favour_of: str = ""
    announced_at: time | None = None
    attachment_id: str = ""


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
class Candidate:
    """Someone who can be elected, in words or from the register, and the votes on closed ballots."""

    name: str
    person_id: str = ""
    votes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Election:
    """An election (val). ``secret`` when held by closed ballots; ``drawn`` the name that the lot gave on a tie.

    KL 5 kap. 54–56 §§. Nobody wins by the chair's casting vote in an election.
    """

    candidates: tuple[Candidate, ...] = ()
    seats: int = 1
    secret: bool = True
    blank: int = 0
    drawn: tuple[str, ...] = ()


class FollowUpState(StrEnum):
    """How far an assignment has come."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """What is to be done after a decision: by whom (``responsible``, in words), when, and what came of it."""

    task: str = ""
    responsible: str = ""
    due: date | None = None
    state: FollowUpState = FollowUpState.OPEN
    report: str = ""
    reported_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What was decided and how. With AS_PROPOSED the words are the proposal's; with OWN_WORDS ``clauses``.

    ``propositions`` overrides the derived propositionsordning when not empty. ``tabled_to`` is the meeting a
    tabled item goes to; ``financing`` says out of what the decision is paid (KL 11 kap. 15 §); ``majority_id``
    names the qualified majority the decision needs, or is empty.
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
    election: Election | None = None
    majority_id: str = ""
    tabled_to: date | None = None
    financing: str = ""
    follow_up: FollowUp | None = None

    def motion(self, motion_id: str) -> Motion | None:
        """The motion with this id, or None."""
        return next((motion for motion in self.motions if motion.id == motion_id), None)

"""The standing sentences about how the board decided: propositions, open votes, qualified majority, elections.

KL 5 kap. 53–56 §§ through 19 § finsamlagen. The chair is called so whoever leads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from finsam_desktop.domain.association import Association, Majority, Role
from finsam_desktop.domain.attendance import Decider
from finsam_desktop.domain.decisions import (
    Ballot,
    Candidate,
    Decision,
    Election,
    Motion,
    MotionKind,
    Outcome,
    Vote,
)
from finsam_desktop.domain.sentences import capitalised, genitive, person_name
from finsam_desktop.domain.voting import (
    election_result,
    majority_met,
    rejects,
    required_majority,
    yes_wins,
)
from finsam_desktop.domain.wording import ROLES, join_names, number_word


def propositions(decision: Decision, association: Association) -> tuple[str, ...]:
    """The order of propositions as recorded, else as it follows from motions, vote and outcome; empty
    without motions."""
    if decision.propositions.strip():
        return tuple(part.strip() for part in decision.propositions.split("\n\n") if part.strip())
    standing = [motion for motion in decision.motions if not motion.withdrawn]
    vote = decision.vote
    if not standing and vote is None:
        return ()
    won = _found(decision, standing, association)
    text = (
        f"Ordföranden ställer proposition på {_objects(standing)} och finner att styrelsen {won}."
        if won
        else f"Ordföranden ställer proposition på {_objects(standing)}."
    )
    if vote is not None:
        text += (
            f" Omröstning begärs{_requested(vote, association)} och ska genomföras."
            f" {_voting_order(decision, vote, association)}"
        )
    return (text,)


def _requested(vote: Vote, association: Association) -> str:
    return f" av {person_name(association, vote.requested_by)}" if vote.requested_by else ""


def _objects(standing: Sequence[Motion]) -> str:
    """What the propositions are on. Motions for the proposal only, or against it only, put nothing but the proposal."""
    kinds = {motion.kind for motion in standing}
    if len(kinds) <= 1 and MotionKind.OWN not in kinds:
        return "förslaget"
    if len(standing) == 1:
        return "förslaget och yrkandet"
    return "de två yrkandena" if len(standing) == 2 else "yrkandena vart för sig"


def _found(decision: Decision, standing: Sequence[Motion], association: Association) -> str:
    """What the chair finds before any vote: the side that is then put as yes, else what the outcome tells."""
    if decision.vote is not None:
        return _in_favour(decision, decision.vote.yes_motion, association)
    match decision.outcome:
        case Outcome.AS_PROPOSED:
            alone = _objects(standing) == "förslaget"
            return "beslutar enligt det" if alone else "beslutar enligt förslaget"
        case Outcome.REJECTED:
            return "avslår förslaget"
        case Outcome.TABLED:
            return "bordlägger ärendet"
        case Outcome.REMITTED:
            return "återremitterar ärendet"
        case Outcome.OWN_WORDS:
            own = [motion for motion in standing if motion.kind is MotionKind.OWN]
            if len(own) == 1:
                return f"beslutar enligt {_whose(own[0], association)} yrkande"
            return "fattar det beslut som framgår nedan"
        case _:
            return ""


def _whose(motion: Motion, association: Association) -> str:
    return genitive(person_name(association, motion.person_id, party=False))


def _in_favour(decision: Decision, motion_id: str, association: Association) -> str:
    motion = decision.motion(motion_id)
    if motion is None:
        return "beslutar enligt förslaget"
    return f"beslutar enligt {_whose(motion, association)} yrkande"


def _voting_order(decision: Decision, vote: Vote, association: Association) -> str:
    yes = _backs(decision, vote.yes_motion, association, otherwise="bifaller förslaget")
    no = _backs(decision, vote.no_motion, association, otherwise="avslår förslaget")
    return (
        "Ordföranden lägger fram följande omröstningsordning, som godkänns:"
        f" Den som {yes} röstar ja. Den som {no} röstar nej."
    )


def _backs(decision: Decision, motion_id: str, association: Association, *, otherwise: str) -> str:
    motion = decision.motion(motion_id)
    return otherwise if motion is None else f"bifaller {_whose(motion, association)} yrkande"


# ------------------------------------------------------------------------------------------------ open votes


BALLOT_WORDS = {Ballot.YES: "Ja", Ballot.NO: "Nej", Ballot.ABSTAIN: "Avstår"}


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotLine:
    """One row of the table of an open vote. ``name`` says who leads."""

    name: str
    ballot: Ballot


def ballot_lines(
    decision: Decision, association: Association, leader: Decider | None
) -> tuple[BallotLine, ...]:
    """How each voted, in the order recorded, the one who leads last (KL 5 kap. 67 § 5)."""
    if decision.vote is None:
        return ()
    leader_id = leader.person_id if leader is not None else ""
    lines = []
    for cast in sorted(decision.vote.ballots, key=lambda cast: cast.person_id == leader_id):
        name = person_name(association, cast.person_id)
        if leader is not None and cast.person_id == leader_id:
            name += f", {ROLES[leader.role if leader.role is Role.VICE_CHAIR else Role.CHAIR]}"
        lines.append(BallotLine(name=name, ballot=cast.ballot))
    return tuple(lines)


def vote_result(decision: Decision, association: Association, chair_id: str) -> str:
    """The result of the vote; a tie falls as the chair votes (KL 5 kap. 56 §). ``chair_id``: who led the item.

    Where a qualified majority is needed and missed nothing is said to be decided. Empty before anybody has voted.
    """
    vote = decision.vote
    if vote is None or not vote.ballots:
        return ""
    yes, no, abstain = (vote.count(ballot) for ballot in (Ballot.YES, Ballot.NO, Ballot.ABSTAIN))
    required = " ".join(majority_sentences(decision, association, chair_id, unanimous=False))
    won = yes_wins(vote, chair_id)
    if majority_met(decision, association, chair_id, unanimous=False) is False:
        return f"Omröstningen ger {_counted(yes, no, abstain)}. {required}"
    if yes == no:
        cast = f"{yes} ja, {no} nej{_abstained(abstain)}" if abstain else f"{yes} ja och {no} nej"
        text = f"Rösterna är lika, {cast}."
        if won is not None:
            text += (
                f" Ordförandens utslagsröst avgör, och styrelsen {_won(decision, vote, won, association)}."
            )
        return f"{text} {required}".rstrip()
    verb, _, rest = _won(decision, vote, yes > no, association).partition(" ")
    return f"Med {_counted(yes, no, abstain)} {verb} styrelsen {rest}. {required}".rstrip()


def _won(decision: Decision, vote: Vote, yes: bool, association: Association) -> str:
    motion_id = vote.yes_motion if yes else vote.no_motion
    if decision.motion(motion_id) is None and rejects(decision, vote, yes=yes):
        return "beslutar att avslå förslaget"
    return _in_favour(decision, motion_id, association)


def _counted(yes: int, no: int, abstain: int) -> str:
    return f"{yes} {_votes('ja', yes)} mot {no} {_votes('nej', no)}{_abstained(abstain)}"


def _votes(word: str, count: int) -> str:
    return f"{word}-röst" if count == 1 else f"{word}-röster"


def _abstained(count: int) -> str:
    return f" och {count} som avstår" if count else ""


# ------------------------------------------------------------------------------------------ qualified majority

_PARTS = {
    2: "hälften", 3: "tredjedel", 4: "fjärdedel", 5: "femtedel", 6: "sjättedel", 7: "sjundedel",
    8: "åttondel", 9: "niondel", 10: "tiondel",
}  # fmt: skip


def majority_sentences(
    decision: Decision, association: Association, chair_id: str, *, unanimous: bool
) -> tuple[str, ...]:
    """The qualified majority that the decision needs and whether it has it (9 § 6 finsamlagen); empty when none is
    needed, or when the board rejects."""
    majority = required_majority(decision, association)
    vote = decision.vote
    if majority is None:
        return ()
    won = yes_wins(vote, chair_id) if vote is not None else None
    if vote is not None and won is not None and rejects(decision, vote, yes=won):
        return ()
    told = [f"Beslutet kräver {_share(majority)} enligt {_where(majority)}."]
    met = majority_met(decision, association, chair_id, unanimous=unanimous)
    if met:
        told.append("Kravet är uppfyllt.")
    elif met is False:
        told.append("Kravet är inte uppfyllt. Förslaget har därmed inte antagits.")
    return tuple(told)


def _share(majority: Majority) -> str:
    """ "två tredjedelar av rösterna"."""
    above, below = majority.numerator, majority.denominator
    if above == below:
        return "samtliga röster"
    if below not in _PARTS:
        return f"{above}/{below} av rösterna"
    if below == 2:
        return "hälften av rösterna"
    return f"{number_word(above)} {_PARTS[below]}{'ar' if above > 1 else ''} av rösterna"


def _where(majority: Majority) -> str:
    source = majority.source.strip()
    if "förbundsordning" in source.lower():
        return source
    return f"{source} förbundsordningen" if source else "förbundsordningen"


# ------------------------------------------------------------------------------------------------- elections


def election_sentences(election: Election | None, association: Association) -> tuple[str, ...]:
    """How the election went: closed ballots, votes, the lot, who is elected. Empty before it has been held."""
    if election is None:
        return ()
    result = election_result(election)
    told: list[str] = []
    if any(c.votes for c in election.candidates) or election.blank:
        told.append("Valet sker med slutna sedlar." if election.secret else "Valet sker öppet.")
        told += _counts(election, association)
    if result.elected:
        names = _names(result.elected, association)
        told.append(f"{names} är {'vald' if len(result.elected) == 1 else 'valda'}.")
    if result.tied:
        among = (
            ""
            if len(result.tied) == len(election.candidates)
            else f" mellan {_names(result.tied, association)}"
        )
        told.append(f"Rösterna är lika{among}.")
    if result.drawn:
        told.append(f"Lottning ger att {_names(result.drawn, association)} väljs.")
    return (" ".join(told),) if told else ()


def _counts(election: Election, association: Association) -> list[str]:
    told = []
    ranked = sorted((c for c in election.candidates if c.votes), key=lambda candidate: -candidate.votes)
    if ranked:
        first, rest = ranked[0], ranked[1:]
        counts = [f"{_name(first, association)} får {first.votes} {'röst' if first.votes == 1 else 'röster'}"]
        counts += [f"{_name(c, association)} {c.votes}" for c in rest]
        told.append(f"{join_names(counts)}.")
    none = [c for c in election.candidates if not c.votes]
    if none and ranked:
        told.append(f"{_names(none, association)} får ingen röst.")
    if election.blank:
        many = election.blank > 1
        told.append(
            f"{capitalised(number_word(election.blank))} {'sedlar är blanka' if many else 'sedel är blank'}."
        )
    return told


def _names(candidates: Sequence[Candidate], association: Association) -> str:
    return join_names([_name(candidate, association) for candidate in candidates])


def _name(candidate: Candidate, association: Association) -> str:
    known = association.person(candidate.person_id) if candidate.person_id else None
    return person_name(association, candidate.person_id) if known is not None else candidate.name

"""The standing sentences about what was put to the board and what came of it (KL 5 kap. 53–67 §§ through
19 § finsamlagen)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time

from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.decisions import (
    Ballot,
    Decision,
    Motion,
    MotionKind,
    Outcome,
    Proposal,
    ProposalKind,
    Vote,
)
from finsam_desktop.domain.sentences import NBSP, capitalised, genitive, person_name, sentence_end
from finsam_desktop.domain.wording import clock, join_names, number_word

NO_PROPOSAL = "Inget beslutsförslag läggs."
NOTED = "Styrelsen noterar informationen."
IMMEDIATELY_ADJUSTED = "Paragrafen förklaras omedelbart justerad."


@dataclass(frozen=True, slots=True, kw_only=True)
class Clauses:
    """A lead-in, att-satser as printed (without "att", with their commas and full stop) and a condition."""

    lead: str
    clauses: tuple[str, ...] = ()
    condition: str = ""


def clause_lines(clauses: Sequence[str]) -> tuple[str, ...]:
    """Att-satser as a series, without their "att": nothing that is written is taken away or changed.

    Only a clause that ends without a mark gets one: a comma, ", och" in the last but one, a full stop in
    the last.
    """
    bare = [clause.strip().removeprefix("att ").strip() for clause in clauses if clause.strip()]
    ends = [","] * max(0, len(bare) - 2) + [", och"] * (len(bare) > 1) + ["."] * bool(bare)
    return tuple(_ended(text, end) for text, end in zip(bare, ends, strict=True))


def _ended(text: str, end: str) -> str:
    marked = text[-1:] in ".,;:!?…" or text.endswith((" och", " samt"))
    return text if marked else f"{text}{end}"


def condition_line(condition: str) -> str:
    """The condition as a sentence of its own; empty when there is none."""
    text = condition.strip()
    if not text:
        return ""
    if text[0].isupper():
        return sentence_end(text)
    text = text.removeprefix("under förutsättning att ").removeprefix("att ")
    return sentence_end(f"Beslutet gäller under förutsättning att {text}")


def proposal(proposed: Proposal) -> Clauses | None:
    """What the notice prints under Förslag till beslut, or None when nothing is printed."""
    if proposed.kind is ProposalKind.NONE_LAID:
        return Clauses(lead=NO_PROPOSAL)
    clauses = clause_lines(proposed.clauses)
    if proposed.kind is not ProposalKind.CLAUSES or not clauses:
        return None
    return Clauses(lead=_lead(proposed.lead), clauses=clauses, condition=condition_line(proposed.condition))


def _lead(lead: str) -> str:
    return lead.strip().removesuffix(" att").rstrip(":").strip() or "Styrelsen beslutar"


def is_unanimous(decision: Decision) -> bool:
    """Whether all who were there took part and nobody abstained, voted against, reserved or moved
    otherwise."""
    against = any(not m.withdrawn and m.kind is not MotionKind.SUPPORT for m in decision.motions)
    vote = decision.vote
    divided = vote is not None and (vote.count(Ballot.NO) > 0 or vote.count(Ballot.ABSTAIN) > 0)
    return not (against or divided or decision.dissents or decision.not_taking_part)


def decided(
    item: AgendaItem, *, adjusters: str = "", tabled_to: str = "", director: str = "förbundschefen"
) -> Clauses | None:
    """The decision as printed, or None when none is recorded.

    ``adjusters`` is the derived att-sats of the item where adjusters are chosen, used unless other words
    are recorded. ``tabled_to`` says to which meeting an item is tabled, such as "sammanträdet den 26
    november 2026".
    """
    decision, proposed = item.decision, item.proposal
    lead = _lead(proposed.lead)
    if is_unanimous(decision) and lead.endswith("beslutar"):
        lead += " enhälligt"
    condition = condition_line(decision.condition)
    clauses: tuple[str, ...] = ()
    match decision.outcome:
        case Outcome.OWN_WORDS:
            clauses = clause_lines(decision.clauses)
        case Outcome.AS_PROPOSED:
            clauses = clause_lines((adjusters,) if adjusters else proposed.clauses)
            condition = condition or condition_line(proposed.condition)
        case Outcome.TABLED:
            clauses = clause_lines((f"bordlägga ärendet till {tabled_to or 'nästa sammanträde'}",))
        case Outcome.REMITTED:
            reason = decision.reason.strip().removeprefix("för ")
            clauses = clause_lines(
                (f"återremittera ärendet till {director}" + (f" för {reason}" if reason else ""),)
            )
        case Outcome.REJECTED:
            clauses = ("avslå förslaget.",)
        case Outcome.UNSET:
            clauses = clause_lines((adjusters,)) if adjusters else ()
        case Outcome.NOTED | Outcome.WITHDRAWN:
            clauses = ()
    return Clauses(lead=lead, clauses=clauses, condition=condition) if clauses else None


def outcome_sentence(decision: Decision) -> str:
    """What is said in the running text of outcomes that are no att-sats; empty for the others."""
    if decision.outcome is Outcome.NOTED:
        return NOTED
    if decision.outcome is Outcome.WITHDRAWN:
        reason = decision.reason.strip()
        return "Ärendet utgår." + (f" {capitalised(sentence_end(reason))}" if reason else "")
    return ""


def closing_sentences(decision: Decision, association: Association) -> tuple[str, ...]:
    """Who did not take part in the decision, and that the paragraph is adjusted at once."""
    told = [
        f"{person_name(association, person_id)} deltar inte i beslutet."
        for person_id in decision.not_taking_part
    ]
    if decision.outcome in (Outcome.TABLED, Outcome.REJECTED) and decision.reason.strip():
        told.insert(0, capitalised(sentence_end(decision.reason)))
    if decision.immediately_adjusted:
        told.append(IMMEDIATELY_ADJUSTED)
    return tuple(told)


def motions(decision: Decision, association: Association) -> tuple[str, ...]:
    """Each motion, who joins in it, and that it is withdrawn where it is."""
    return tuple(_motion(motion, association) for motion in decision.motions)


def _motion(motion: Motion, association: Association) -> str:
    name = person_name(association, motion.person_id)
    own = motion.text.strip().removeprefix("att ")
    match motion.kind:
        case MotionKind.SUPPORT:
            asked = _asked("bifall", "till", own)
        case MotionKind.REJECTION:
            asked = _asked("avslag", "på", own)
        case MotionKind.OWN:
            asked = f"att {own}" if own else "ändring av förslaget"
    told = sentence_end(f"{name} yrkar {asked}")
    if motion.supporters:
        told += (
            f" {join_names([person_name(association, s) for s in motion.supporters])} instämmer i yrkandet."
        )
    if motion.withdrawn:
        told += f" {person_name(association, motion.person_id, party=False)} återtar sitt yrkande."
    return told


def _asked(word: str, preposition: str, what: str) -> str:
    """ "avslag på förslaget", or on what is written; words that already say so are left as they are."""
    return what if what.lower().startswith(word) else f"{word} {preposition} {what or 'förslaget'}"


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
    if len(standing) <= 1 and all(motion.kind is not MotionKind.OWN for motion in standing):
        return "förslaget"
    if len(standing) <= 1:
        return "förslaget och yrkandet"
    if len(standing) == 2:
        return "de två yrkandena"
    return f"de {number_word(len(standing))} yrkandena vart för sig"


def _found(decision: Decision, standing: Sequence[Motion], association: Association) -> str:
    """What the chair finds before any vote: the side that is then put as yes, else what the outcome tells."""
    if decision.vote is not None:
        return _in_favour(decision, decision.vote.yes_motion, association, verb="beslutar")
    match decision.outcome:
        case Outcome.AS_PROPOSED:
            return (
                "beslutar enligt det"
                if len(standing) <= 1 and _objects(standing) == "förslaget"
                else "beslutar enligt förslaget"
            )
        case Outcome.REJECTED:
            return "avslår förslaget"
        case Outcome.TABLED:
            return "bordlägger ärendet"
        case Outcome.REMITTED:
            return "återremitterar ärendet"
        case Outcome.OWN_WORDS:
            own = [motion for motion in standing if motion.kind is MotionKind.OWN]
            if len(own) == 1:
                return (
                    f"beslutar enligt {genitive(person_name(association, own[0].person_id, party=False))}"
                    " yrkande"
                )
            return "fattar det beslut som framgår nedan"
        case _:
            return ""


def _in_favour(decision: Decision, motion_id: str, association: Association, *, verb: str) -> str:
    motion = decision.motion(motion_id)
    if motion is None:
        return f"{verb} enligt förslaget"
    return f"{verb} enligt {genitive(person_name(association, motion.person_id, party=False))} yrkande"


def _voting_order(decision: Decision, vote: Vote, association: Association) -> str:
    return (
        "Ordföranden lägger fram följande omröstningsordning, som godkänns: Den som"
        f" {_backs(decision, vote.yes_motion, association, otherwise='bifaller förslaget')} röstar ja. Den"
        f" som {_backs(decision, vote.no_motion, association, otherwise='avslår förslaget')} röstar nej."
    )


def _backs(decision: Decision, motion_id: str, association: Association, *, otherwise: str) -> str:
    motion = decision.motion(motion_id)
    if motion is None:
        return otherwise
    return f"bifaller {genitive(person_name(association, motion.person_id, party=False))} yrkande"


def vote_result(decision: Decision, association: Association, chair_id: str) -> str:
    """The result of the vote; a tie falls as the chair votes (KL 5 kap. 54 §). ``chair_id``: who led the
    meeting."""
    vote = decision.vote
    if vote is None:
        return ""
    yes, no, abstain = (vote.count(ballot) for ballot in (Ballot.YES, Ballot.NO, Ballot.ABSTAIN))
    if yes == no:
        deciding = vote.cast_by(chair_id) if chair_id else None
        cast = f"{yes} ja, {no} nej{_abstained(abstain)}" if abstain else f"{yes} ja och {no} nej"
        text = f"Rösterna är lika, {cast}."
        if deciding in (Ballot.YES, Ballot.NO):
            text += (
                " Ordförandens utslagsröst avgör, och styrelsen"
                f" {_winner(decision, vote, deciding is Ballot.YES, association)}."
            )
        return text
    count = f"Med {yes} {_votes('ja', yes)} mot {no} {_votes('nej', no)}{_abstained(abstain)}"
    verb, _, rest = _winner(decision, vote, yes > no, association).partition(" ")
    return f"{count} {verb} styrelsen {rest}."


def _winner(decision: Decision, vote: Vote, yes: bool, association: Association) -> str:
    motion_id = vote.yes_motion if yes else vote.no_motion
    if not yes and decision.motion(motion_id) is None:
        return "beslutar att avslå förslaget"
    return _in_favour(decision, motion_id, association, verb="beslutar")


def _votes(word: str, count: int) -> str:
    return f"{word}-röst" if count == 1 else f"{word}-röster"


def _abstained(count: int) -> str:
    return f" och {count} som avstår" if count else ""


def dissents(decision: Decision, association: Association, closed_at: time | None) -> tuple[str, ...]:
    """Each reservation: in favour of what, and when it was announced (KL 4 kap. 27 §)."""
    told: list[str] = []
    for dissent in decision.dissents:
        text = f"{person_name(association, dissent.person_id)} reserverar sig mot beslutet"
        motion = decision.motion(dissent.in_favour_of)
        if motion is not None:
            mine = motion.person_id == dissent.person_id
            whose = "eget" if mine else genitive(person_name(association, motion.person_id, party=False))
            text += f" till förmån för {whose} yrkande"
        text += "."
        if dissent.announced_at is not None:
            in_time = closed_at is not None and dissent.announced_at <= closed_at
            text += f" Reservationen anmäldes klockan{NBSP}{clock(dissent.announced_at)}"
            text += ", innan sammanträdet avslutades." if in_time else "."
        told.append(text)
    return tuple(told)


def notes(decision: Decision, association: Association) -> tuple[str, ...]:
    """Each protokollsanteckning."""
    return tuple(
        sentence_end(
            f"{person_name(association, note.person_id)} lämnar följande protokollsanteckning:"
            f" {note.text.strip()}"
        )
        for note in decision.notes
    )


def recipients(names: Iterable[str]) -> str:
    """Those who get an extract, one on each line."""
    return "\n".join(capitalised(name.strip()) for name in names if name.strip())

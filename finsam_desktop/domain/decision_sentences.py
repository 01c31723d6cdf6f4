"""The standing sentences about what was put to the board and what came of it (KL 5 kap. 53–67 §§ through
19 § finsamlagen)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time

from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.decisions import Decision, Motion, MotionKind, Outcome, Proposal, ProposalKind
from finsam_desktop.domain.sentences import NBSP, capitalised, genitive, person_name, sentence_end
from finsam_desktop.domain.vote_sentences import majority_sentences
from finsam_desktop.domain.voting import is_unanimous
from finsam_desktop.domain.wording import clock, join_names, long_date

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


def decided(
    item: AgendaItem,
    *,
    adjusters: str = "",
    tabled_to: str = "",
    director: str = "förbundschefen",
    taking_part: Collection[str] | None = None,
) -> Clauses | None:
    """The decision as printed, or None when none is recorded.

    ``adjusters`` is the derived att-sats of the item where adjusters are chosen, used unless other words
    are recorded. ``tabled_to`` says to which meeting an item is tabled where no day is recorded, such as
    "sammanträdet den 26 november 2026". ``taking_part`` are those who decide the item, see ``is_unanimous``.
    """
    decision, proposed = item.decision, item.proposal
    lead = _lead(proposed.lead)
    if is_unanimous(decision, taking_part) and lead.endswith("beslutar"):
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
            if decision.tabled_to is not None:
                tabled_to = f"sammanträdet den {long_date(decision.tabled_to)}"
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


def closing_sentences(
    decision: Decision, association: Association, *, unanimous: bool = False, printed: bool = True
) -> tuple[str, ...]:
    """What follows on the decision: why, the majority it needs where there was no vote, who did not take part, out
    of what it is paid, and that the paragraph is adjusted at once.

    ``unanimous``: whether it is known that all were for it, see ``is_unanimous``. ``printed``: whether there are words
    of a decision for this to follow on.
    """
    told: list[str] = []
    if decision.outcome in (Outcome.TABLED, Outcome.REJECTED) and decision.reason.strip():
        told.append(capitalised(sentence_end(decision.reason)))
    decides = printed and decision.outcome in (Outcome.AS_PROPOSED, Outcome.OWN_WORDS)
    if decides and (decision.vote is None or not decision.vote.ballots):
        told.append(" ".join(majority_sentences(decision, association, "", unanimous=unanimous)))
    told += [
        f"{person_name(association, person_id)} deltar inte i beslutet."
        for person_id in decision.not_taking_part
    ]
    if decides:
        told.append(financing(decision.financing))
    if decision.immediately_adjusted:
        told.append(IMMEDIATELY_ADJUSTED)
    return tuple(sentence for sentence in told if sentence)


def financing(words: str) -> str:
    """Out of what the decision is paid (KL 11 kap. 15 §), "Beslutet finansieras inom insatsmedel."; empty without
    words. What is written as a sentence is left alone."""
    text = words.strip()
    if not text or "finansier" in text.lower():
        return capitalised(sentence_end(text))
    paid = text if text.split()[0].lower() in _OUT_OF else f"inom {text}"
    return sentence_end(f"Beslutet finansieras {paid[:1].lower()}{paid[1:]}")


_OUT_OF = ("inom", "ur", "av", "från", "genom", "med")


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


def dissents(
    decision: Decision,
    association: Association,
    closed_at: time | None,
    attachment_numbers: Mapping[str, int] | None = None,
) -> tuple[str, ...]:
    """Each reservation: in favour of what, when it was announced, and where it is if in writing (KL 4 kap. 27 §,
    5 kap. 67 § 6). ``attachment_numbers`` is the number of every bilaga by id."""
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
        if dissent.attachment_id:
            number = (attachment_numbers or {}).get(dissent.attachment_id)
            where = f", se bilaga{NBSP}{number}" if number is not None else ""
            text += f" Reservationen lämnades skriftligt{where}."
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

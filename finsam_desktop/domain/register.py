"""The decision register: what the board has decided, § by §, over all meetings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.decisions import Outcome
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.numbering import paragraphs

OUTCOMES = {
    Outcome.UNSET: "Inget beslut antecknat",
    Outcome.AS_PROPOSED: "Enligt förslaget",
    Outcome.OWN_WORDS: "Egen lydelse",
    Outcome.NOTED: "Informationen noterad",
    Outcome.TABLED: "Bordlagt",
    Outcome.REMITTED: "Återremitterat",
    Outcome.REJECTED: "Avslag",
    Outcome.WITHDRAWN: "Utgick",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionEntry:
    """A decision in the register: its meeting, §, item, and the att-satser that were decided."""

    meeting: Meeting
    paragraph: int
    item: AgendaItem
    clauses: tuple[str, ...]


def decided_clauses(item: AgendaItem) -> tuple[str, ...]:
    """The att-satser that were decided, without "att"; those of sub-items when the item itself has none."""
    if item.decision.outcome is Outcome.OWN_WORDS:
        return item.decision.clauses
    if item.decision.outcome is not Outcome.AS_PROPOSED:
        return ()
    own = item.proposal.clauses
    return own or tuple(clause for sub in item.sub_items for clause in sub.proposal.clauses)


def register(meetings: Sequence[Meeting]) -> tuple[DecisionEntry, ...]:
    """Every item with a recorded outcome other than noting, the latest meeting first, § by § within it."""
    found: list[DecisionEntry] = []
    for meeting in sorted(meetings, key=lambda m: (m.date, m.id), reverse=True):
        numbers = paragraphs(meetings, meeting)
        found += [
            DecisionEntry(
                meeting=meeting, paragraph=numbers[item.id], item=item, clauses=decided_clauses(item)
            )
            for item in meeting.items
            if item.decision.outcome not in (Outcome.UNSET, Outcome.NOTED)
        ]
    return tuple(found)

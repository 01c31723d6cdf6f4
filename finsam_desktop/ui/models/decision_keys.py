"""What the keys for decisions record: one item as proposed or noted, all that are left, the end without quorum."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time

from finsam_desktop.domain import attendance, recording, sentences, voting
from finsam_desktop.domain.agenda import AgendaItem, find, walk
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.catalogue import ItemType
from finsam_desktop.domain.decisions import MotionKind, Outcome, ProposalKind
from finsam_desktop.domain.meeting import Meeting

NO_QUORUM = "Styrelsen är inte beslutför"
"""Why an item falls when the meeting is ended for lack of quorum."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """All items without a decision, recorded at once. ``left`` are ids of those that need words of their own."""

    meeting: Meeting
    decided: int = 0
    noted: int = 0
    left: tuple[str, ...] = ()


def has_proposal(item: AgendaItem) -> bool:
    """Whether there are words that a decision as proposed would take: att-satser, or the choice of adjusters."""
    return item.proposal.kind is ProposalKind.CLAUSES or sentences.chooses_adjusters(item)


def as_proposed(meeting: Meeting, association: Association, item_id: str) -> Meeting | None:
    """The item and its sub-items decided as proposed, or as the vote fell; None where there is nothing proposed.

    A sub-item that already has an outcome keeps it.
    """
    item = find(meeting.items, item_id)
    if item is None:
        return None
    changed = False
    for part in walk((item,)):
        if part is not item and part.decision.outcome is not Outcome.UNSET:
            continue
        if part.decision.vote is not None:
            meeting, changed = _as_voted(meeting, association, part), True
        elif has_proposal(part):
            meeting, changed = recording.decide(meeting, part.id, Outcome.AS_PROPOSED), True
    return meeting if changed else None


def _as_voted(meeting: Meeting, association: Association, item: AgendaItem) -> Meeting:
    """The outcome that the vote gave; without a winner the item is left for the secretary."""
    decision = item.decision
    leader = attendance.presiding(meeting, association, item.id)
    assert decision.vote is not None
    leader_id = leader.person_id if leader is not None else ""
    yes = voting.yes_wins(decision.vote, leader_id)
    if yes is None:
        return meeting
    if voting.majority_met(decision, association, leader_id, unanimous=False) is False:
        return recording.decide(meeting, item.id, Outcome.REJECTED)
    if voting.rejects(decision, decision.vote, yes=yes):
        return recording.decide(meeting, item.id, Outcome.REJECTED)
    motion = decision.motion(decision.vote.yes_motion if yes else decision.vote.no_motion)
    if motion is not None and motion.kind is MotionKind.OWN:
        return recording.decide(meeting, item.id, Outcome.OWN_WORDS, clauses=(motion.text,))
    return recording.decide(meeting, item.id, Outcome.AS_PROPOSED)


def noted(meeting: Meeting, item_id: str) -> Meeting:
    """The board notes the item."""
    return recording.decide(meeting, item_id, Outcome.NOTED)


def the_rest(meeting: Meeting, association: Association) -> Rest:
    """All that has no outcome: as proposed where something is proposed, noted where it is for information."""
    decided = noted_count = 0
    left: list[str] = []
    for item in meeting.items:
        if any(part.decision.outcome is not Outcome.UNSET for part in walk((item,))):
            continue
        after = as_proposed(meeting, association, item.id)
        if after is not None:
            meeting, decided = after, decided + 1
        elif item.type.decides:
            left.append(item.id)
        elif item.type in _FOR_INFORMATION:
            meeting, noted_count = noted(meeting, item.id), noted_count + 1
    return Rest(meeting=meeting, decided=decided, noted=noted_count, left=tuple(left))


_FOR_INFORMATION = (ItemType.INFORMATION, ItemType.INFORMATION_DISCUSSION)


def ended_without_quorum(meeting: Meeting, from_item: str, at: time | None) -> Meeting:
    """The meeting ends at an item since too few decide: what is left falls, with the reason, and the time is noted.

    Formalities, and what is decided already, stay as they are.
    """
    order = [item.id for item in meeting.items]
    first = order.index(from_item) if from_item in order else 0
    for item in meeting.items[first:]:
        part_by_part = any(part.decision.outcome is not Outcome.UNSET for part in item.sub_items)
        for one in item.sub_items if part_by_part else (item,):
            kind = (
                item.type if one.type is ItemType.NONE else one.type
            )  # a part without a type is as its item
            if one.decision.outcome is Outcome.UNSET and kind not in (ItemType.NONE, ItemType.FORMALITY):
                meeting = recording.decide(meeting, one.id, Outcome.WITHDRAWN, reason=NO_QUORUM)
    return replace(meeting, closed_at=meeting.closed_at or at)

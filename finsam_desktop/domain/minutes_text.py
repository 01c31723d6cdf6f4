"""What the minutes say of each item, derived from the record: the same for the window, Word and the terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from finsam_desktop.domain import decision_sentences, vote_sentences
from finsam_desktop.domain.agenda import AgendaItem, parent_of
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.attendance import Decider, deciders, leader_among, presiding
from finsam_desktop.domain.attendance_sentences import AttendanceSentences
from finsam_desktop.domain.decision_sentences import Clauses
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.numbering import attachment_numbers, paragraphs
from finsam_desktop.domain.sentences import adjusters_clause, chooses_adjusters, closes, next_meeting, opens
from finsam_desktop.domain.vote_sentences import BallotLine
from finsam_desktop.domain.voting import is_unanimous
from finsam_desktop.domain.wording import long_date


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemText:
    """What the minutes say of one item or sub-item, part by part in the order of print. An empty part is left out.

    ``text`` is Markdown: what the secretary wrote, else what follows from the record. ``deciders`` take part in the
    decision, ``leader`` led it; ``paragraph`` is its §, None where it has none.
    """

    paragraph: int | None
    deciders: tuple[Decider, ...]
    leader: Decider | None
    quorate: bool
    arrivals: tuple[str, ...]
    conflicts: tuple[str, ...]
    text: str
    distance: tuple[str, ...]
    motions: tuple[str, ...]
    propositions: tuple[str, ...]
    ballots: tuple[BallotLine, ...]
    result: str
    election: tuple[str, ...]
    decision: Clauses | None
    after_decision: tuple[str, ...]
    dissents: tuple[str, ...]
    notes: tuple[str, ...]
    departures: tuple[str, ...]


class MinutesText:
    """The texts of one meeting. ``meetings`` are all meetings of the file, for §§ and for when the next is held."""

    def __init__(self, meeting: Meeting, association: Association, meetings: Iterable[Meeting]) -> None:
        self.meeting, self.association, self.meetings = meeting, association, tuple(meetings)
        self.paragraphs = paragraphs(self.meetings, meeting)
        self.attachment_numbers = attachment_numbers(meeting)
        self._attendance = AttendanceSentences(meeting, association, self.paragraphs)
        self._following = next_meeting(meeting, self.meetings)

    def of(self, item: AgendaItem) -> ItemText:
        """What is said of the item, which is one of the meeting's items or sub-items."""
        meeting, association, decision = self.meeting, self.association, item.decision
        parent = parent_of(meeting.items, item.id)
        deciding = deciders(meeting, association, item.id)
        leader = leader_among(meeting, deciding)
        leader_id = leader.person_id if leader is not None else ""
        taking_part = [d.person_id for d in deciding]
        printed = self.decision(item)
        return ItemText(
            paragraph=self.paragraphs.get(item.id if parent is None else parent.id),
            deciders=tuple(d for d in deciding if d.person_id not in decision.not_taking_part),
            leader=leader,
            quorate=2 * len(deciding) > association.seats(meeting.date),
            arrivals=self._attendance.arrivals(item.id) if parent is None else (),
            conflicts=self._attendance.conflicts(item.id),
            text=self.text(item),
            distance=self._attendance.distance() if self.is_opening(item) else (),
            motions=decision_sentences.motions(decision, association),
            propositions=vote_sentences.propositions(decision, association),
            ballots=vote_sentences.ballot_lines(decision, association, leader),
            result=vote_sentences.vote_result(decision, association, leader_id),
            election=vote_sentences.election_sentences(decision.election, association),
            decision=printed,
            after_decision=decision_sentences.closing_sentences(
                decision,
                association,
                unanimous=is_unanimous(decision, taking_part),
                printed=printed is not None,
            ),
            dissents=decision_sentences.dissents(
                decision, association, meeting.closed_at, self.attachment_numbers
            ),
            notes=decision_sentences.notes(decision, association),
            departures=self._attendance.departures(item.id) if parent is None else (),
        )

    def leader(self, item: AgendaItem) -> Decider | None:
        """Who led the item, None where nobody is known to."""
        return presiding(self.meeting, self.association, item.id)

    def decision(self, item: AgendaItem) -> Clauses | None:
        """The decision as printed, or None when none is recorded."""
        adjusters = ""
        if chooses_adjusters(item):
            adjusters = adjusters_clause(
                self.meeting.adjusters, self.association, self.meeting.adjustment_date
            )
        day = self._following.date if self._following is not None else None
        return decision_sentences.decided(
            item,
            adjusters=adjusters,
            tabled_to=f"sammanträdet den {long_date(day)}" if day is not None else "",
            taking_part=[d.person_id for d in deciders(self.meeting, self.association, item.id)],
        )

    def is_opening(self, item: AgendaItem) -> bool:
        """Whether the item tells of the opening: the one so called, else the first."""
        items = self.meeting.items
        return item.id == next((i.id for i in items if opens(i)), items[0].id)

    def is_closing(self, item: AgendaItem) -> bool:
        """Whether the item tells of the closing: the last so called, else the last of all where a time is noted."""
        items = self.meeting.items
        named = [i.id for i in items if closes(i)]
        if named:
            return item.id == named[-1]
        return self.meeting.closed_at is not None and item.id == items[-1].id

    def text(self, item: AgendaItem) -> str:
        """What the secretary has written, else what follows from the record, else the notice's text. Markdown.

        The secretary's own words replace the derived ones; they are never mixed.
        """
        written = item.minutes_text.strip()
        if not written:
            parts = [item.summary.strip()]
            if self.is_opening(item):
                parts = [*self._attendance.opening(item.id), *parts]
            if self.is_closing(item):
                parts += self._attendance.closing(self.meetings)
            written = "\n\n".join(part for part in parts if part)
        return _joined(written, decision_sentences.outcome_sentence(item.decision))


_BLOCK_START = re.compile(r"\s*(?:[-*+>#|]|\d+[.)]\s)")


def _joined(text: str, sentence: str) -> str:
    """The text with a sentence after it: in its last paragraph, or as a paragraph of its own after a list
    or table."""
    if not sentence or not text:
        return text or sentence
    if sentence in text:
        return text
    last = text.rsplit("\n\n", 1)[-1]
    return f"{text}\n\n{sentence}" if _BLOCK_START.match(last) or "\n" in last else f"{text} {sentence}"

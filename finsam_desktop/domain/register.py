"""The decision register: what the board has decided, § by §, over all meetings, and what is to be done about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from finsam_desktop.domain import agenda
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.decisions import FollowUp, FollowUpState, Outcome
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.numbering import sub_letter, year_paragraphs
from finsam_desktop.domain.references import resolved
from finsam_desktop.domain.remembering import remembered
from finsam_desktop.domain.wording import NBSP, long_date

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


class EntryState(StrEnum):
    """How it stands with what a decision leads to; NONE when nothing is to be done."""

    NONE = "none"
    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"
    DROPPED = "dropped"


ENTRY_STATES = {
    EntryState.NONE: "Inget uppdrag",
    EntryState.OPEN: "Pågår",
    EntryState.OVERDUE: "Försenat",
    EntryState.DONE: "Klart",
    EntryState.DROPPED: "Utgår",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionEntry:
    """A decision in the register: its meeting, §, item, and the att-satser that were decided.

    ``letter`` is the sub-item's, "B", when the decision is a sub-item's own.
    """

    meeting: Meeting
    paragraph: int
    item: AgendaItem
    clauses: tuple[str, ...]
    letter: str = ""

    @property
    def follow_up(self) -> FollowUp | None:
        """What is to be done after it, or None."""
        return self.item.decision.follow_up

    @property
    def title(self) -> str:
        """The heading as the protokoll has it."""
        return self.item.minutes_title or self.item.title

    @property
    def label(self) -> str:
        """ "§ 67" or "§ 67 B"."""
        return f"§{NBSP}{self.paragraph}" + (f"{NBSP}{self.letter}" if self.letter else "")

    @property
    def words(self) -> str:
        """The decision in words: its att-satser, else what became of the item."""
        if not self.clauses:
            return OUTCOMES[self.item.decision.outcome]
        return "; ".join(f"att {clause.removesuffix(', och').rstrip(' ,.')}" for clause in self.clauses)

    @property
    def task(self) -> str:
        """What is to be done: the follow-up's own words, else the decision's heading."""
        return (self.follow_up.task if self.follow_up is not None else "") or self.title

    def state(self, today: date) -> EntryState:
        """How it stands on ``today``; overdue from the day after the last day."""
        return follow_up_state(self.follow_up, today)


def follow_up_state(follow_up: FollowUp | None, today: date) -> EntryState:
    """The state to show of a follow-up on ``today``."""
    if follow_up is None:
        return EntryState.NONE
    if follow_up.state is not FollowUpState.OPEN:
        return EntryState.DONE if follow_up.state is FollowUpState.DONE else EntryState.DROPPED
    late = follow_up.due is not None and follow_up.due < today
    return EntryState.OVERDUE if late else EntryState.OPEN


def decided_clauses(item: AgendaItem) -> tuple[str, ...]:
    """The att-satser that were decided, without "att"; those of sub-items when the item itself has none."""
    if item.decision.outcome is Outcome.OWN_WORDS:
        return item.decision.clauses
    if item.decision.outcome is not Outcome.AS_PROPOSED:
        return ()
    own = item.proposal.clauses
    return own or tuple(clause for sub in item.sub_items for clause in sub.proposal.clauses)


def register(meetings: Sequence[Meeting]) -> tuple[DecisionEntry, ...]:
    """Every item with a recorded outcome other than noting, the latest meeting first, § by § within it.

    An item that was only noted is there when something is to be done about it. Meetings that are no board
    meetings, and those that were called off, have no decisions.
    """
    found: list[DecisionEntry] = []
    held = (m for m in meetings if m.kind.decides and m.cancelled_on is None)
    near: dict[int, list[Meeting]] = {}
    for meeting in meetings:
        near.setdefault(meeting.date.year, []).append(meeting)
    sections = {year: year_paragraphs(of_year, year) for year, of_year in near.items()}
    for meeting in sorted(held, key=lambda m: (m.date, m.id), reverse=True):
        decided = _decided(resolved(meeting, meetings))
        numbers = sections[meeting.date.year][meeting.id] if decided else {}
        found += [
            DecisionEntry(
                meeting=meeting, paragraph=numbers[item_id], item=one, clauses=clauses, letter=letter
            )
            for item_id, letter, one, clauses in decided
            if item_id in numbers
        ]
    return tuple(found)


@remembered
def _decided(meeting: Meeting) -> tuple[tuple[str, str, AgendaItem, tuple[str, ...]], ...]:
    """The items and sub-items with an outcome: whose § they are under, letter, the item, what was decided."""
    return tuple(
        (item.id, letter, one, decided_clauses(one))
        for item in meeting.items
        for letter, one in (("", item), *((sub_letter(i), sub) for i, sub in enumerate(item.sub_items)))
        if _is_decided(one)
    )


def _is_decided(item: AgendaItem) -> bool:
    if item.decision.follow_up is not None:
        return True
    return item.decision.outcome not in (Outcome.UNSET, Outcome.NOTED)


# -- narrowing down ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFilter:
    """What the register is to show. ``text`` is words that must all occur; ``states`` empty for all states."""

    text: str = ""
    year: int | None = None
    states: tuple[EntryState, ...] = ()
    responsible: str = ""


OPEN_STATES = (EntryState.OPEN, EntryState.OVERDUE)


def chosen(
    entries: Iterable[DecisionEntry], wanted: DecisionFilter, today: date
) -> tuple[DecisionEntry, ...]:
    """The entries that the filter lets through, in the order given."""
    words = wanted.text.casefold().replace("§ ", "§").replace(f"§{NBSP}", "§").split()
    return tuple(
        entry
        for entry in entries
        if (wanted.year is None or entry.meeting.date.year == wanted.year)
        and (not wanted.states or entry.state(today) in wanted.states)
        and (not wanted.responsible or _responsible(entry) == wanted.responsible)
        and all(_has(entry, word) for word in words)
    )


def _has(entry: DecisionEntry, word: str) -> bool:
    """Whether the word occurs; "§6" means that § and not "§67"."""
    if word.startswith("§") and word[1:].isdigit():
        return entry.paragraph == int(word[1:])
    return word in _searched(entry)


def _responsible(entry: DecisionEntry) -> str:
    return entry.follow_up.responsible if entry.follow_up is not None else ""


def _searched(entry: DecisionEntry) -> str:
    follow_up = entry.follow_up or FollowUp()
    words = (
        str(entry.paragraph),
        entry.title,
        OUTCOMES[entry.item.decision.outcome],
        *entry.clauses,
        follow_up.task,
        follow_up.responsible,
        follow_up.report,
        entry.meeting.date.isoformat(),
    )
    return " ".join(words).casefold()


def responsible_people(entries: Iterable[DecisionEntry]) -> tuple[str, ...]:
    """Everyone who is to do something, by name."""
    return tuple(sorted({_responsible(entry) for entry in entries} - {""}, key=str.casefold))


def years(entries: Iterable[DecisionEntry]) -> tuple[int, ...]:
    """The years that have decisions, the latest first."""
    return tuple(sorted({entry.meeting.date.year for entry in entries}, reverse=True))


def open_entries(entries: Iterable[DecisionEntry], today: date) -> tuple[DecisionEntry, ...]:
    """What remains to be done: the overdue first, then by last day; without a last day comes last."""
    left = [entry for entry in entries if entry.state(today) in OPEN_STATES]
    return tuple(sorted(left, key=lambda e: (_due(e) or date.max, e.meeting.date, e.paragraph)))


def _due(entry: DecisionEntry) -> date | None:
    return entry.follow_up.due if entry.follow_up is not None else None


def with_follow_up(meeting: Meeting, item_id: str, follow_up: FollowUp | None) -> Meeting:
    """The meeting with what is to be done after one of its decisions. KeyError when the item is not there."""

    def changed(item: AgendaItem) -> AgendaItem:
        return replace(item, decision=replace(item.decision, follow_up=follow_up))

    return replace(meeting, items=agenda.update(meeting.items, item_id, changed))


# -- for the agenda ---------------------------------------------------------------------------------------


def open_list(entries: Iterable[DecisionEntry], today: date) -> str:
    """The open assignments as a Markdown table for the item Beslutsuppföljning; empty when there are none."""
    rows = [
        (
            f"{entry.label}, {entry.meeting.date.isoformat()}",
            entry.task,
            _responsible(entry) or "–",
            due.isoformat() if (due := _due(entry)) is not None else "–",
            _standing(entry, today),
        )
        for entry in open_entries(entries, today)
    ]
    return markdown_table(("Beslut", "Uppdrag", "Ansvarig", "Senast", "Läge"), rows) if rows else ""


def _standing(entry: DecisionEntry, today: date) -> str:
    follow_up = entry.follow_up or FollowUp()
    word = ENTRY_STATES[entry.state(today)]
    if not follow_up.report:
        return word
    when = f" ({long_date(follow_up.reported_on)})" if follow_up.reported_on is not None else ""
    return f"{word}. {follow_up.report}{when}"


def markdown_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown; a bar or a line break in a text does not break it."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(_cell(text) for text in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|")

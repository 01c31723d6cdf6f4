"""What the minutes will say of the item at hand: the very sentences that are printed."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from finsam_desktop.domain import decision_sentences, wording
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.decision_sentences import Clauses
from finsam_desktop.domain.decisions import Ballot
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.minutes_text import ItemText, MinutesText
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.agenda.proposal_editor import with_att
from finsam_desktop.ui.widgets.surfaces import Label

_WORDS = {Ballot.YES: "ja", Ballot.NO: "nej", Ballot.ABSTAIN: "avstår"}


def printed_parts(
    meeting: Meeting, association: Association, meetings: tuple[Meeting, ...], item: AgendaItem
) -> tuple[tuple[str, str], ...]:
    """Headings and texts in the order of print, but for the running text; parts that are empty are left out."""
    told = MinutesText(meeting, association, meetings).of(item)
    parts = (
        ("Närvaro", _joined((*told.arrivals, *told.conflicts))),
        ("Sist i texten", decision_sentences.outcome_sentence(item.decision)),
        ("Yrkanden", _joined(told.motions)),
        ("Propositionsordning", _joined(told.propositions)),
        ("Omröstning", _joined((_ballots(told), told.result))),
        ("Val", _joined(told.election)),
        ("Beslut", _joined((decision_words(told.decision), *told.after_decision))),
        ("Reservation", _joined(told.dissents)),
        ("Protokollsanteckning", _joined(told.notes)),
        ("Efter paragrafen", _joined(told.departures)),
    )
    return tuple((head, wording.no_break(text)) for head, text in parts if text)


def decision_words(clauses: Clauses | None) -> str:
    """The decision as printed: lead-in, att-satser, condition; empty where there is none."""
    if clauses is None:
        return ""
    lines = (clauses.lead, *(with_att(clause) for clause in clauses.clauses), clauses.condition)
    return wording.no_break("\n".join(line for line in lines if line))


def _ballots(told: ItemText) -> str:
    return "; ".join(f"{line.name}: {_WORDS[line.ballot]}" for line in told.ballots)


def _joined(lines: tuple[str, ...]) -> str:
    return "\n".join(line for line in lines if line)


class PrintedWords(QWidget):
    """The sentences, part by part. Read, never written in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._parts: tuple[tuple[str, str], ...] = ()
        self._labels: list[tuple[Label, Label]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(2))
        self._empty = Label("Inget är antecknat än.", "body", "text2", wrap=True)
        self._column.addWidget(self._empty)

    def show_parts(self, parts: tuple[tuple[str, str], ...]) -> None:
        """Show headings and texts."""
        if parts == self._parts:
            return
        self._parts = parts
        while len(self._labels) < len(parts):
            head, text = Label("", "meta_strong", "text2"), Label("", "body", wrap=True)
            if self._labels:
                head.setContentsMargins(0, current_theme().px(8), 0, 0)
            self._labels.append((head, text))
            self._column.addWidget(head)
            self._column.addWidget(text)
        for place, (head, text) in enumerate(self._labels):
            shown = place < len(parts)
            head.setVisible(shown)
            text.setVisible(shown)
            if shown:
                head.setText(parts[place][0])
                text.setText(parts[place][1])
        self._empty.setVisible(not parts)

    def text(self) -> str:
        """All of it, for tests and screen readers."""
        return "\n".join(f"{head}\n{text}" for head, text in self._parts)

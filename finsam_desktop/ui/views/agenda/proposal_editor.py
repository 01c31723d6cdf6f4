"""Förslag till beslut: lead-in, att-satser, a condition, or that none is laid."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from finsam_desktop.domain.decisions import Proposal, ProposalKind
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.widgets.buttons import link_button
from finsam_desktop.ui.widgets.clauses import ClauseListEdit
from finsam_desktop.ui.widgets.forms import FormRow
from finsam_desktop.ui.widgets.prose_line import ProseLine
from finsam_desktop.ui.widgets.surfaces import Label
from finsam_desktop.ui.widgets.text_edits import GrowingTextEdit


def with_att(clause: str) -> str:
    """A clause as it is read and written: with its "att"."""
    return f"att {clause}" if clause else ""


def without_att(clause: str) -> str:
    """A clause as it is stored: without "att" before it."""
    text = clause.strip()
    return text[4:].lstrip() if text.lower().startswith("att ") else "" if text.lower() == "att" else text


class ProposalEditor(QWidget):
    """Edits a proposal. ``edited(Proposal, what)`` with the word for undo: "förslag", "villkor", "ingress"."""

    edited = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._proposal = Proposal()
        self._wants_condition = False
        self._read_only = False
        self._lead = ProseLine("", "Styrelsen beslutar")
        self._lead.setProperty("plain", "true")
        self._lead.setAccessibleName("Ingress till förslaget")
        self._lead.edited.connect(self._lead_edited)
        self.clauses = ClauseListEdit("", placeholder="att …")
        self.clauses.set_lead_in("")
        self.clauses.edited.connect(self._clauses_edited)
        self._none = link_button("Inget förslag läggs")
        self._none.clicked.connect(self._lay_none)
        self._add_condition = link_button("Villkor", "split")
        self._add_condition.clicked.connect(self._open_condition)
        self.clauses.add_foot_widget(self._add_condition)
        self.clauses.add_foot_widget(self._none)
        self._condition = GrowingTextEdit("", "alla tre förbund säger ja")
        self._condition.edited.connect(self._condition_edited)
        self._condition_row = FormRow("Under förutsättning att", self._condition)
        self._laid = QWidget()
        column = QVBoxLayout(self._laid)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(self._lead)
        column.addWidget(self.clauses)
        column.addWidget(self._condition_row)
        self._not_laid = QWidget()
        row = QHBoxLayout(self._not_laid)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Label("Inget förslag läggs.", "body"))
        self._write = link_button("Skriv förslag")
        self._write.clicked.connect(self._lay)
        row.addWidget(self._write)
        row.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._laid)
        outer.addWidget(self._not_laid)
        self.set_proposal(Proposal())

    def set_proposal(
        self, proposal: Proposal, placeholder: str = "att …", *, item_changed: bool = False
    ) -> None:
        """Show a proposal without reporting it. ``placeholder`` is last year's wording."""
        self._proposal = proposal
        if item_changed:
            self._wants_condition = False
        none_laid = proposal.kind is ProposalKind.NONE_LAID
        self._laid.setVisible(not none_laid)
        self._not_laid.setVisible(none_laid)
        self._lead.set_text(proposal.lead)
        self.clauses.set_placeholder(placeholder)
        # A clause written without "att" keeps standing as it was written, so that the cursor is not moved.
        if item_changed or tuple(map(without_att, self.clauses.clauses())) != proposal.clauses:
            self.clauses.set_clauses(tuple(map(with_att, proposal.clauses)))
        self._condition.set_text(proposal.condition)
        self._show_condition()

    def set_read_only(self, read_only: bool) -> None:
        """When the minutes are adjusted the proposal is only read."""
        self._lead.setReadOnly(read_only)
        self._condition.setReadOnly(read_only)
        self.clauses.set_read_only(read_only)
        self._read_only = read_only
        for offer in (self._none, self._write):
            offer.setVisible(not read_only)
        self._show_condition()

    def flush(self) -> None:
        """Report text that is not yet taken in."""
        self._lead.flush()
        self.clauses.flush()
        self._condition.flush()

    def focus_first(self) -> None:
        """Put the cursor where the proposal begins."""
        self.clauses.setFocus()

    def add_clause(self) -> None:
        """Have one more clause written, also where it was said that no proposal is laid."""
        if self._read_only:
            return
        if self._proposal.kind is ProposalKind.NONE_LAID:
            self._lay()
        else:
            self.clauses.add()

    def _show_condition(self) -> None:
        shown = bool(self._proposal.condition) or self._wants_condition
        self._condition_row.setVisible(shown)
        self._add_condition.setVisible(not shown and not self._read_only)

    def _open_condition(self) -> None:
        self._wants_condition = True
        self._show_condition()
        self._condition.setFocus()

    def _lead_edited(self, text: str) -> None:
        self.edited.emit(replace(self._proposal, lead=text.strip()), "ingress")

    def _clauses_edited(self, clauses: tuple[str, ...]) -> None:
        bare = tuple(text for clause in clauses if (text := without_att(clause)))
        kind = ProposalKind.CLAUSES if bare else ProposalKind.UNSET
        self.edited.emit(replace(self._proposal, clauses=bare, kind=kind), "förslag")

    def _condition_edited(self, text: str) -> None:
        self.edited.emit(replace(self._proposal, condition=text.strip()), "villkor")

    def _lay_none(self) -> None:
        self.flush()
        self.edited.emit(replace(self._proposal, kind=ProposalKind.NONE_LAID), "inget förslag")

    def _lay(self) -> None:
        kind = ProposalKind.CLAUSES if self._proposal.clauses else ProposalKind.UNSET
        self.edited.emit(replace(self._proposal, kind=kind), "förslag")
        self.focus_first()

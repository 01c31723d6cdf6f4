"""What the board did with an item: as proposed, in own words, tabled, remitted; and what belongs to the decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from finsam_desktop.domain import wording
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.decisions import Decision, Outcome, ProposalKind
from finsam_desktop.domain.sentences import chooses_adjusters
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.agenda.proposal_editor import with_att, without_att
from finsam_desktop.ui.widgets.clauses import ClauseListEdit
from finsam_desktop.ui.widgets.fields import ChoiceField, DateField
from finsam_desktop.ui.widgets.forms import FormLine, FormRow
from finsam_desktop.ui.widgets.people_button import People, PeopleButton
from finsam_desktop.ui.widgets.prose_line import ProseLine
from finsam_desktop.ui.widgets.surfaces import Label
from finsam_desktop.ui.widgets.text_edits import GrowingTextEdit

OUTCOMES = (
    (Outcome.UNSET, "Inte antecknat"),
    (Outcome.AS_PROPOSED, "Lika med förslaget"),
    (Outcome.OWN_WORDS, "Egen lydelse"),
    (Outcome.NOTED, "Noteras"),
    (Outcome.TABLED, "Bordläggs"),
    (Outcome.REMITTED, "Återremitteras"),
    (Outcome.REJECTED, "Avslås"),
    (Outcome.WITHDRAWN, "Utgår"),
)
REASONED = (Outcome.TABLED, Outcome.REMITTED, Outcome.WITHDRAWN, Outcome.REJECTED)
NO_PROPOSAL = "Det finns inget förslag i ärendet. Välj Egen lydelse och skriv vad styrelsen beslutade."


class OutcomeEditor(QWidget):
    """``edited(words for undo, a function from Decision to Decision, name of the field or "")``."""

    edited = Signal(str, object, str)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._item: AgendaItem | None = None
        self.outcome = ChoiceField(OUTCOMES)
        self.outcome.setAccessibleName("Beslut")
        self.proposed = Label("", "body", "text2", wrap=True)
        self.clauses = ClauseListEdit("", placeholder="att …", name="Att-sats i beslutet")
        self.clauses.set_lead_in("")
        self.tabled_to = DateField(today=today)
        self.reason = GrowingTextEdit()
        self.condition = GrowingTextEdit("", "alla tre förbund säger ja")
        self.financing = ProseLine("", "Till exempel inom Styrelse och administration")
        self.majority = ChoiceField()
        self.not_taking_part = PeopleButton("Deltar inte i beslutet:", "Någon deltar inte i beslutet")
        self.immediately = QCheckBox("Paragrafen justeras omedelbart")
        self._rows = {
            "tabled_to": FormRow("Till sammanträdet den", self.tabled_to),
            "reason": FormRow("Skäl", self.reason),
            "condition": FormRow("Under förutsättning att", self.condition),
            "financing": FormRow("Beslutet finansieras", self.financing),
            "majority": FormRow("Beslutet kräver", self.majority),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        for widget in (self.outcome, self.proposed, self.clauses):
            column.addWidget(widget)
        column.addWidget(FormLine((self._rows["tabled_to"], 1), (QWidget(), 1)))
        for name in ("reason", "condition", "financing", "majority"):
            column.addWidget(self._rows[name])
        column.addWidget(self.not_taking_part, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.immediately)
        self._connect()

    def show_item(
        self,
        item: AgendaItem,
        association: Association,
        people: People,
        next_meeting: date | None,
        wanted: set[str],
        *,
        anew: bool,
    ) -> None:
        """Show an item's decision. ``wanted`` are names of empty rows that have been asked for; ``anew`` when it is
        another item than before."""
        self._item = item
        decision = item.decision
        outcome = decision.outcome
        self.outcome.set_value(outcome)
        self._show_proposed(item)
        self.clauses.setVisible(outcome is Outcome.OWN_WORDS)
        if anew or tuple(map(without_att, self.clauses.clauses())) != decision.clauses:
            self.clauses.set_clauses(tuple(map(with_att, decision.clauses)))
        for field, text in (
            (self.reason, decision.reason), (self.condition, decision.condition), (self.financing, decision.financing),
        ):  # fmt: skip
            field.set_text(text)
        if not (self.tabled_to.hasFocus() and self.tabled_to.isModified()):
            self.tabled_to.set_value(decision.tabled_to)
        if next_meeting is not None:
            self.tabled_to.setPlaceholderText(next_meeting.isoformat())
        majorities = tuple(
            (m.id, f"{m.numerator} av {m.denominator}: {m.matter}") for m in association.rules.majorities
        )
        self.majority.set_choices((("", "Mer än hälften av rösterna"), *majorities))
        self.majority.set_value(decision.majority_id)
        self.not_taking_part.show_people(people, decision.not_taking_part)
        self.immediately.setChecked(decision.immediately_adjusted)
        shown = {
            "tabled_to": outcome is Outcome.TABLED,
            "reason": outcome in REASONED or bool(decision.reason),
            "condition": bool(decision.condition) or "condition" in wanted,
            "financing": bool(decision.financing) or "financing" in wanted,
            "majority": bool(majorities) and (bool(decision.majority_id) or item.type.decides),
        }
        for name, row in self._rows.items():
            row.setVisible(shown[name])
        aside = bool(decision.not_taking_part) or "not_taking_part" in wanted
        self.not_taking_part.setVisible(aside)

    def focus_row(self, name: str) -> None:
        """Put the focus in a row that has been asked for."""
        fields = {
            "condition": self.condition,
            "financing": self.financing,
            "not_taking_part": self.not_taking_part,
        }
        fields[name].setFocus(Qt.FocusReason.OtherFocusReason)

    def texts(self) -> tuple[GrowingTextEdit, ...]:
        """The fields that phrases are offered in."""
        return (self.reason, self.condition, *self.clauses.fields())

    def set_locked(self, locked: bool) -> None:
        """When the minutes are adjusted the decision is only read."""
        for widget in (self.outcome, self.majority, self.not_taking_part, self.immediately):
            widget.setEnabled(not locked)
        self.clauses.set_read_only(locked)
        for text in (self.reason, self.condition):
            text.setReadOnly(locked)
        for line in (self.financing, self.tabled_to):
            line.setReadOnly(locked)

    def flush(self) -> None:
        """Take in everything still in the fields."""
        for field in (self.clauses, self.reason, self.condition, self.financing):
            field.flush()
        if self.tabled_to.isModified():
            self.tabled_to.editingFinished.emit()

    def _show_proposed(self, item: AgendaItem) -> None:
        outcome, laid = item.decision.outcome, item.proposal.kind is ProposalKind.CLAUSES
        shown = outcome is Outcome.AS_PROPOSED or (outcome is Outcome.UNSET and laid)
        text = "\n".join(with_att(clause) for clause in item.proposal.clauses)
        if outcome is Outcome.AS_PROPOSED and not laid:
            text = "" if chooses_adjusters(item) else NO_PROPOSAL
        self.proposed.setText(wording.no_break(text))
        self.proposed.set_look(color="text" if outcome is Outcome.AS_PROPOSED else "text2")
        self.proposed.setVisible(shown and bool(text))

    # -- changing -------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.outcome.chosen.connect(self._outcome_chosen)
        self.clauses.edited.connect(self._clauses_edited)
        self.reason.edited.connect(self._reason_edited)
        self.condition.edited.connect(self._condition_edited)
        self.financing.edited.connect(self._financing_edited)
        self.tabled_to.changed.connect(self._tabled_changed)
        self.majority.chosen.connect(self._majority_chosen)
        self.not_taking_part.edited.connect(self._aside_chosen)
        self.immediately.clicked.connect(self._immediately_clicked)

    def _emit(self, label: str, field: str = "", **fields: object) -> None:
        def changed(decision: Decision) -> Decision:
            return replace(decision, **fields)  # type: ignore[arg-type]

        self.edited.emit(label, changed, field)

    def _outcome_chosen(self, outcome: Outcome) -> None:
        item = self._item
        clauses = item.decision.clauses if item is not None else ()
        if outcome is Outcome.OWN_WORDS and not clauses and item is not None:
            clauses = item.proposal.clauses
        self._emit("Beslut i", "outcome", outcome=outcome, clauses=clauses)

    def _clauses_edited(self, clauses: tuple[str, ...]) -> None:
        bare = tuple(text for clause in clauses if (text := without_att(clause)))
        self._emit("Ändra beslut i", "clauses", clauses=bare)

    def _reason_edited(self, text: str) -> None:
        self._emit("Ändra skäl i", "reason", reason=text.strip())

    def _condition_edited(self, text: str) -> None:
        self._emit("Ändra villkor i", "condition", condition=text.strip())

    def _financing_edited(self, text: str) -> None:
        self._emit("Ändra finansiering i", "financing", financing=text.strip())

    def _tabled_changed(self, day: date | None) -> None:
        self._emit("Ändra dag för bordläggning i", tabled_to=day)

    def _majority_chosen(self, majority_id: str) -> None:
        self._emit("Ändra majoritet i", majority_id=majority_id)

    def _aside_chosen(self, people: tuple[str, ...]) -> None:
        def changed(decision: Decision) -> Decision:
            vote = decision.vote
            if vote is not None:
                vote = replace(vote, ballots=tuple(c for c in vote.ballots if c.person_id not in people))
            return replace(decision, not_taking_part=people, vote=vote)

        self.edited.emit("Ändra vem som deltar i", changed, "")

    def _immediately_clicked(self, checked: bool) -> None:
        self._emit("Omedelbar justering av", immediately_adjusted=checked)

"""One paragraph's decision: yrkanden, propositionsordning, votering, beslut, reservation, anteckning."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from finsam_desktop.domain import attendance as presence
from finsam_desktop.domain import vote_sentences, wording
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.decisions import (
    Ballot,
    CastBallot,
    Decision,
    Dissent,
    MinuteNote,
    Motion,
    MotionKind,
    Outcome,
    ProposalKind,
    Vote,
)
from finsam_desktop.domain.ids import new_id
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.open_meeting import OpenMeeting
from finsam_desktop.ui.views.person_rows import People, PersonRow, PersonRows
from finsam_desktop.ui.views.proposal_editor import with_att, without_att
from finsam_desktop.ui.views.vote_editor import VoteEditor
from finsam_desktop.ui.widgets.buttons import IconButton, link_button, primary_button
from finsam_desktop.ui.widgets.clauses import ClauseListEdit
from finsam_desktop.ui.widgets.fields import ChoiceField, read_time
from finsam_desktop.ui.widgets.forms import FormRow
from finsam_desktop.ui.widgets.recipients import FlowLayout
from finsam_desktop.ui.widgets.surfaces import Label, Pane
from finsam_desktop.ui.widgets.text_edits import GrowingTextEdit

MOTIONS = (
    (MotionKind.SUPPORT, "Bifall till förslaget"),
    (MotionKind.REJECTION, "Avslag på förslaget"),
    (MotionKind.OWN, "Eget yrkande"),
)
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
REASONED = (Outcome.TABLED, Outcome.REMITTED, Outcome.WITHDRAWN)


class DecisionPane(Pane):
    """The pane of the paragraph at hand. ``step_wanted(±1)`` goes to the paragraph before or after."""

    step_wanted = Signal(int)

    def __init__(self, desk: OpenMeeting, parent: QWidget | None = None) -> None:
        super().__init__("base", "left", parent)
        self._desk = desk
        self._item_id = ""
        self._make_fields()
        self._make_page()
        self._connect()

    # -- what the step uses ---------------------------------------------------------------------------

    def show_item(self, item_id: str) -> None:
        """Show another paragraph; what was written in the one before is taken in first."""
        if item_id == self._item_id:
            return
        self.flush()
        self._item_id = item_id
        item = self._desk.item(item_id)
        if item is not None:
            self.clauses.set_clauses(tuple(map(with_att, item.decision.clauses)))
        self.refresh()
        self._scroll.verticalScrollBar().setValue(0)

    def refresh(self) -> None:
        """Show what the meeting holds."""
        item = self._desk.item(self._item_id)
        self._page.setVisible(item is not None)
        if item is None:
            return
        self._show_head(item)
        decision, deciding = item.decision, self._deciding()
        people = self._people(decision)
        self.motions.show_rows(
            tuple(PersonRow(person_id=m.person_id, choice=m.kind, text=m.text) for m in decision.motions),
            people,
        )
        derived = " ".join(
            vote_sentences.propositions(replace(decision, propositions=""), self._desk.association)
        )
        self._rows["propositions"].set_help("" if decision.propositions else derived)
        self.propositions.set_text(decision.propositions)
        self._rows["propositions"].setVisible(bool(decision.motions or decision.propositions))
        self._rows["motions"].setVisible(bool(decision.motions))
        self._rows["vote"].setVisible(decision.vote is not None)
        if decision.vote is not None:
            self.vote.show_vote(decision.vote, deciding, self._sides(decision))
        self._show_outcome(item)
        self.dissents.show_rows(
            tuple(
                PersonRow(person_id=d.person_id, text=wording.clock(d.announced_at) if d.announced_at else "")
                for d in decision.dissents
            ),
            people,
        )
        self._rows["dissents"].setVisible(bool(decision.dissents))
        self.notes.show_rows(
            tuple(PersonRow(person_id=n.person_id, text=n.text) for n in decision.notes), people
        )
        self._rows["notes"].setVisible(bool(decision.notes))
        self.immediately.setChecked(decision.immediately_adjusted)
        self._set_locked(self._desk.locked)

    def flush(self) -> None:
        """Take in everything still in the fields."""
        for field in (self.motions, self.propositions, self.clauses, self.reason, self.dissents, self.notes):
            field.flush()

    def add_motion(self) -> None:
        """A new yrkande: bifall by the chair until said otherwise."""
        if self._add_allowed():
            item = self._desk.item(self._item_id)
            taken = {m.person_id for m in item.decision.motions} if item is not None else set()
            free = [person_id for person_id, _name in self._deciding() if person_id not in taken]
            motion = Motion(id=new_id(), person_id=free[0] if free else self._first_person())
            self._change("Yrkande i", lambda d: replace(d, motions=(*d.motions, motion)))
            self.motions.focus_last()

    def add_vote(self) -> None:
        """An open vote, everyone who decides voting yes until said otherwise."""
        item = self._desk.item(self._item_id)
        if not self._add_allowed() or item is None or item.decision.vote is not None:
            return
        ballots = tuple(CastBallot(person_id=i, ballot=Ballot.YES) for i, _name in self._deciding())
        motions = item.decision.motions
        vote = Vote(
            yes_motion=next((m.id for m in motions if m.kind is MotionKind.SUPPORT), ""),
            no_motion=next((m.id for m in motions if m.kind is not MotionKind.SUPPORT), ""),
            ballots=ballots,
        )
        self._change("Votering i", lambda d: replace(d, vote=vote))

    def add_dissent(self) -> None:
        """A reservation, by someone who voted no when there was a vote."""
        item = self._desk.item(self._item_id)
        if self._add_allowed() and item is not None:
            vote = item.decision.vote
            no = [c.person_id for c in vote.ballots if c.ballot is Ballot.NO] if vote is not None else []
            dissent = Dissent(person_id=no[0] if no else self._first_person())
            self._change("Reservation i", lambda d: replace(d, dissents=(*d.dissents, dissent)))
            self.dissents.focus_last()

    def add_note(self) -> None:
        """A protokollsanteckning."""
        if self._add_allowed():
            note = MinuteNote(person_id=self._first_person(), text="")
            self._change("Anteckning i", lambda d: replace(d, notes=(*d.notes, note)))
            self.notes.focus_last()

    # -- making ---------------------------------------------------------------------------------------

    def _make_fields(self) -> None:
        self._number = Label("", "editor_title", "text2")
        self._title = Label("", "editor_title", wrap=True)
        self._meta = Label("", "meta", "text2", wrap=True)
        self._back, self._on = (
            IconButton("chevron-up", "Förra paragrafen"),
            IconButton("chevron-down", "Nästa paragraf"),
        )
        self.motions = PersonRows(
            "Yrkande", MOTIONS, texts_for=(MotionKind.OWN,), placeholder="att …", normal=without_att
        )
        self.propositions = GrowingTextEdit("", "Egen lydelse, i stället för den som står under")
        self.vote = VoteEditor()
        self.outcome = ChoiceField(OUTCOMES)
        self._proposed = Label("", "body", "text2", wrap=True)
        self.clauses = ClauseListEdit("", placeholder="att …", name="Att-sats i beslutet")
        self.clauses.set_lead_in("")
        self.reason = GrowingTextEdit()
        self.dissents = PersonRows("Reservation", placeholder="Anmäld klockan, till exempel 10.21")
        self.notes = PersonRows("Anteckning", placeholder="Anteckningens text")
        self.immediately = QCheckBox("Paragrafen justeras omedelbart")
        self.next_button = primary_button("Nästa paragraf")

    def _make_page(self) -> None:
        theme = current_theme()
        outcome = QWidget()
        words = QVBoxLayout(outcome)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(theme.px(6))
        for widget in (self.outcome, self._proposed, self.clauses):
            words.addWidget(widget)
        self._rows = {
            "motions": FormRow("Yrkanden", self.motions),
            "propositions": FormRow("Propositionsordning", self.propositions),
            "vote": FormRow("Votering", self.vote),
            "outcome": FormRow("Beslut", outcome),
            "reason": FormRow("Skäl eller till när", self.reason),
            "dissents": FormRow("Reservation", self.dissents),
            "notes": FormRow("Anteckning", self.notes),
        }
        self.outcome.setAccessibleName("Beslut")
        head = QHBoxLayout()
        head.setSpacing(theme.px(10))
        head.addWidget(self._number, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._title, 1, Qt.AlignmentFlag.AlignTop)
        for button in (self._back, self._on):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._page = QWidget()
        column = QVBoxLayout(self._page)
        column.setContentsMargins(theme.px(20), theme.px(12), theme.px(20), theme.px(16))
        column.setSpacing(theme.px(12))
        column.addLayout(head)
        column.addWidget(self._meta)
        for row in self._rows.values():
            column.addWidget(row)
        column.addWidget(self.immediately)
        column.addStretch(1)
        ground = Pane("base")
        inner = QVBoxLayout(ground)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self._page)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(ground)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._scroll, 1)
        outer.addWidget(self._make_foot())

    def _make_foot(self) -> QWidget:
        theme = current_theme()
        foot = Pane("base", "top")
        row = QHBoxLayout(foot)
        row.setContentsMargins(theme.px(12), theme.px(8), theme.px(16), theme.px(8))
        row.setSpacing(theme.px(8))
        links = QWidget()
        flow = FlowLayout(links, 0)
        flow.setContentsMargins(0, 0, 0, 0)
        self._adders = []
        for text, slot in (
            ("Yrkande", self.add_motion), ("Votering", self.add_vote),
            ("Reservation", self.add_dissent), ("Anteckning", self.add_note),
        ):  # fmt: skip
            button = link_button(text, "plus")
            button.setAccessibleName(f"Lägg till {text.lower()}")
            button.clicked.connect(slot)
            self._adders.append(button)
            flow.addWidget(button)
        flow.addWidget(QWidget())
        row.addWidget(links, 1)
        row.addWidget(self.next_button, 0, Qt.AlignmentFlag.AlignBottom)
        return foot

    def _connect(self) -> None:
        self._desk.changed.connect(self.refresh)
        self._back.clicked.connect(self._previous)
        self._on.clicked.connect(self._next)
        self.next_button.clicked.connect(self._next)
        self.motions.edited.connect(self._motions_edited)
        self.propositions.edited.connect(self._propositions_edited)
        self.vote.edited.connect(self._vote_edited)
        self.vote.removal_wanted.connect(self._vote_removed)
        self.outcome.chosen.connect(self._outcome_chosen)
        self.clauses.edited.connect(self._clauses_edited)
        self.reason.edited.connect(self._reason_edited)
        self.dissents.edited.connect(self._dissents_edited)
        self.notes.edited.connect(self._notes_edited)
        self.immediately.clicked.connect(self._immediately_clicked)

    # -- showing --------------------------------------------------------------------------------------

    def _show_head(self, item: AgendaItem) -> None:
        desk = self._desk
        self._number.setText(f"§\u00a0{desk.sections().get(item.id, '')}")
        self._title.setText(item.minutes_title or item.title)
        count = len(presence.deciders(desk.meeting, desk.association, item.id))
        quorum = (
            "beslutför" if presence.is_quorate(desk.meeting, desk.association, item.id) else "inte beslutför"
        )
        kind = wording.ITEM_TYPES[item.type]
        parts = (kind, f"Ärende {desk.numbers()[item.id]}", f"{count} beslutande, {quorum}")
        self._meta.setText("  ·  ".join(part for part in parts if part))
        self._meta.set_look(color="text2" if quorum == "beslutför" else "err")

    def _show_outcome(self, item: AgendaItem) -> None:
        outcome = item.decision.outcome
        self.outcome.set_value(outcome)
        laid = item.proposal.kind is ProposalKind.CLAUSES
        shown = outcome is Outcome.AS_PROPOSED or (outcome is Outcome.UNSET and laid)
        text = "\n".join(with_att(clause) for clause in item.proposal.clauses)
        if outcome is Outcome.AS_PROPOSED and not laid:
            text = "Det finns inget förslag i ärendet. Välj Egen lydelse och skriv vad styrelsen beslutade."
        self._proposed.setText(text)
        self._proposed.set_look(color="text" if outcome is Outcome.AS_PROPOSED else "text2")
        self._proposed.setVisible(shown and bool(text))
        self.clauses.setVisible(outcome is Outcome.OWN_WORDS)
        if tuple(map(without_att, self.clauses.clauses())) != item.decision.clauses:
            self.clauses.set_clauses(tuple(map(with_att, item.decision.clauses)))
        self.reason.set_text(item.decision.reason)
        self._rows["reason"].setVisible(outcome in REASONED or bool(item.decision.reason))

    def _set_locked(self, locked: bool) -> None:
        for widget in (self.motions, self.vote, self.outcome, self.dissents, self.notes, self.immediately):
            widget.setEnabled(not locked)
        for field in (self.propositions, self.reason, *self.clauses.fields()):
            field.setReadOnly(locked)
        for button in self._adders:
            button.setVisible(not locked)

    def _sides(self, decision: Decision) -> str:
        vote = decision.vote
        numbers = {motion.id: number for number, motion in enumerate(decision.motions, start=1)}
        if vote is None:
            return ""
        yes = f"yrkande {numbers[vote.yes_motion]}" if vote.yes_motion in numbers else "förslaget"
        no = f"yrkande {numbers[vote.no_motion]}" if vote.no_motion in numbers else "avslag"
        return f"Ja för {yes}, nej för {no}"

    def _deciding(self) -> People:
        desk = self._desk
        found = []
        for decider in presence.deciders(desk.meeting, desk.association, self._item_id):
            person = desk.association.person(decider.person_id)
            found.append((decider.person_id, person.name if person is not None else "Okänd person"))
        return tuple(found)

    def _people(self, decision: Decision) -> People:
        """Those who decide, and any other that the decision already names."""
        people = dict(self._deciding())
        named = [*(m.person_id for m in decision.motions), *(d.person_id for d in decision.dissents)]
        for person_id in (*named, *(n.person_id for n in decision.notes)):
            person = self._desk.association.person(person_id)
            if person is not None:
                people.setdefault(person_id, person.name)
        return tuple(people.items())

    def _first_person(self) -> str:
        return next((person_id for person_id, _name in self._deciding()), "")

    def _add_allowed(self) -> bool:
        return bool(self._item_id) and not self._desk.locked

    # -- changing -------------------------------------------------------------------------------------

    def _change(self, label: str, function: object, field: str = "") -> None:
        if not self._item_id:
            return
        section = self._desk.sections().get(self._item_id, "")
        self._desk.change_item(
            f"{label} §\u00a0{section}",
            self._item_id,
            lambda item: replace(item, decision=function(item.decision)),  # type: ignore[operator]
            merge=f"{self._item_id}.decision.{field}" if field else "",
        )

    def _motions_edited(self, rows: tuple[PersonRow, ...]) -> None:
        item = self._desk.item(self._item_id)
        if item is None:
            return
        kept = self._matched(item.decision.motions, rows)
        motions = tuple(
            replace(
                old or Motion(id=new_id(), person_id=row.person_id),
                person_id=row.person_id,
                kind=row.choice if isinstance(row.choice, MotionKind) else MotionKind.SUPPORT,
                text=without_att(row.text) if row.choice is MotionKind.OWN else "",
            )
            for old, row in zip(kept, rows, strict=True)
        )
        self._change("Ändra yrkande i", lambda d: replace(d, motions=motions), "motions")

    def _matched(self, motions: tuple[Motion, ...], rows: tuple[PersonRow, ...]) -> list[Motion | None]:
        """The motion behind each row: by place, or by content when one row has gone."""
        if len(motions) == len(rows):
            return list(motions)
        left = list(motions)
        found: list[Motion | None] = []
        for row in rows:
            match = next((m for m in left if (m.person_id, m.kind) == (row.person_id, row.choice)), None)
            if match is not None:
                left.remove(match)
            found.append(match)
        return found

    def _propositions_edited(self, text: str) -> None:
        self._change(
            "Ändra propositionsordning i", lambda d: replace(d, propositions=text.strip()), "propositions"
        )

    def _vote_edited(self, vote: Vote) -> None:
        self._change("Ändra votering i", lambda d: replace(d, vote=vote), "vote")

    def _vote_removed(self) -> None:
        self._change("Ta bort votering i", lambda d: replace(d, vote=None))

    def _outcome_chosen(self, outcome: Outcome) -> None:
        item = self._desk.item(self._item_id)
        clauses = item.decision.clauses if item is not None else ()
        if outcome is Outcome.OWN_WORDS and not clauses and item is not None:
            clauses = item.proposal.clauses
        self._change("Beslut i", lambda d: replace(d, outcome=outcome, clauses=clauses), "outcome")

    def _clauses_edited(self, clauses: tuple[str, ...]) -> None:
        bare = tuple(text for clause in clauses if (text := without_att(clause)))
        self._change("Ändra beslut i", lambda d: replace(d, clauses=bare), "clauses")

    def _reason_edited(self, text: str) -> None:
        self._change("Ändra skäl i", lambda d: replace(d, reason=text.strip()), "reason")

    def _dissents_edited(self, rows: tuple[PersonRow, ...]) -> None:
        item = self._desk.item(self._item_id)
        before = {d.person_id: d for d in item.decision.dissents} if item is not None else {}
        dissents = tuple(
            replace(
                before.get(row.person_id, Dissent(person_id=row.person_id)),
                announced_at=read_time(row.text) if row.text else None,
            )
            for row in rows
        )
        self._change("Ändra reservation i", lambda d: replace(d, dissents=dissents), "dissents")

    def _notes_edited(self, rows: tuple[PersonRow, ...]) -> None:
        notes = tuple(MinuteNote(person_id=row.person_id, text=row.text) for row in rows)
        self._change("Ändra anteckning i", lambda d: replace(d, notes=notes), "notes")

    def _immediately_clicked(self, checked: bool) -> None:
        self._change("Omedelbar justering av", lambda d: replace(d, immediately_adjusted=checked))

    def _previous(self) -> None:
        self.flush()
        self.step_wanted.emit(-1)

    def _next(self) -> None:
        self.flush()
        self.step_wanted.emit(1)

"""One paragraph's decision: yrkanden, propositionsordning, votering, val, beslut, reservation, anteckning."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from finsam_desktop.domain import attendance as presence
from finsam_desktop.domain import recording, vote_sentences, voting, wording
from finsam_desktop.domain.agenda import AgendaItem, parent_of
from finsam_desktop.domain.decisions import (
    Ballot,
    Decision,
    Dissent,
    Election,
    FollowUp,
    MinuteNote,
    Motion,
    MotionKind,
    Outcome,
    Vote,
)
from finsam_desktop.domain.ids import new_id
from finsam_desktop.domain.sentences import next_meeting
from finsam_desktop.ui.next_turn import NextTurn
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.views.meeting.phrase_box import PhraseBox
from finsam_desktop.ui.views.record.decision_fields import DecisionFields
from finsam_desktop.ui.views.record.decision_rows import (
    dissent_row,
    dissents_of,
    is_laid,
    motion_row,
    motions_of,
)
from finsam_desktop.ui.views.record.person_rows import Choices, People, PersonRow
from finsam_desktop.ui.views.record.printed_words import printed_parts
from finsam_desktop.ui.views.when_seen import WhenSeen


class DecisionPane(DecisionFields):
    """The pane of the paragraph at hand. ``step_wanted(±1)`` goes to the paragraph before or after."""

    step_wanted = Signal(int)

    def __init__(self, desk: OpenMeeting, phrases: PhraseBox, parent: QWidget | None = None) -> None:
        super().__init__(desk.today, parent)
        self._desk, self._phrases = desk, phrases
        self._item_id = ""
        self._wanted: set[str] = set()
        self._connect()

    # -- what the step uses ---------------------------------------------------------------------------

    @property
    def item_id(self) -> str:
        """The item or sub-item at hand."""
        return self._item_id

    def section_name(self) -> str:
        """ "§ 67", or "§ 67 A" at a sub-item, as undo and messages call it."""
        parent = parent_of(self._desk.meeting.items, self._item_id)
        section = self._desk.sections().get(parent.id if parent is not None else self._item_id, "")
        letter = f"\u00a0{self._desk.numbers().get(self._item_id, '')}" if parent is not None else ""
        return f"§\u00a0{section}{letter}"

    def show_item(self, item_id: str, *, unless_within: bool = False) -> None:
        """Show another paragraph; what was written in the one before is taken in first.

        ``unless_within``: a sub-item of it that is already shown stays. A paragraph whose proposals are those of its
        sub-items begins at the first of them.
        """
        if item_id == self._item_id or (unless_within and self._is_within(item_id)):
            return
        self.flush()
        item = self._desk.item(item_id)
        if unless_within and item is not None and item.decision == Decision() and not is_laid(item):
            laid = (sub.id for sub in item.sub_items if is_laid(sub))
            item_id = next(laid, item_id)
        self._item_id = item_id
        self._wanted = set()
        self._refresh(anew=True)
        self._scroll.verticalScrollBar().setValue(0)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._seen.now()

    def refresh(self) -> None:
        """Show what the meeting holds."""
        self._refresh(anew=False)

    def flush(self) -> None:
        """Take in everything still in the fields."""
        for rows in (self.motions, self.dissents, self.notes):
            rows.flush()
        for part in (self.propositions, self.election, self.outcome_part, self.follow_up):
            part.flush()

    def step(self, by: int) -> None:
        """To the sub-item before or after, else to the paragraph."""
        self.flush()
        parent = parent_of(self._desk.meeting.items, self._item_id)
        siblings = [sub.id for sub in parent.sub_items] if parent is not None else []
        place = siblings.index(self._item_id) + by if parent is not None else -1
        if 0 <= place < len(siblings):
            self.show_item(siblings[place])
        else:
            self.step_wanted.emit(by)

    def write_own_words(self) -> None:
        """A decision in own words, with the cursor where they are written."""
        if self._add_allowed():
            self.outcome_part.outcome.chosen.emit(Outcome.OWN_WORDS)
            self.clauses.setFocus()

    def focus_adding(self) -> None:
        """Put the focus on what can be added, the first of it."""
        self._adders[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def add_motion(self) -> None:
        """A new yrkande: bifall by the first who has made none, until said otherwise."""
        item = self._desk.item(self._item_id)
        if item is None or not self._add_allowed():
            return
        taken = {m.person_id for m in item.decision.motions}
        free = [person_id for person_id, _name in self._deciding() if person_id not in taken]
        motion = Motion(id=new_id(), person_id=free[0] if free else self._first_person())
        self._change("Yrkande i", lambda d: replace(d, motions=(*d.motions, motion)))
        self.motions.focus_last()

    def add_vote(self) -> None:
        """An open vote, everyone who takes part voting yes until said otherwise; once, then the keys are J, N, A."""
        item = self._desk.item(self._item_id)
        if item is None or not self._add_allowed():
            return
        if item.decision.vote is None:
            motions = [m for m in item.decision.motions if not m.withdrawn]
            held = recording.vote(
                self._desk.meeting,
                self._desk.association,
                self._item_id,
                yes_motion=next((m.id for m in motions if m.kind is MotionKind.SUPPORT), ""),
                no_motion=next((m.id for m in motions if m.kind is not MotionKind.SUPPORT), ""),
            )
            self._desk.change(f"Votering i {self.section_name()}", held)
        self.vote.focus_first()

    def add_dissent(self) -> None:
        """A reservation, by someone who voted no when there was a vote, to the advantage of an own motion."""
        item = self._desk.item(self._item_id)
        if item is None or not self._add_allowed():
            return
        decision = item.decision
        taken = {d.person_id for d in decision.dissents}
        voted_no = (
            [c.person_id for c in decision.vote.ballots if c.ballot is Ballot.NO] if decision.vote else []
        )
        moved = [
            m.person_id for m in decision.motions if m.kind is not MotionKind.SUPPORT and not m.withdrawn
        ]
        people = [person_id for person_id, _name in self._deciding()]
        who = next((i for i in (*voted_no, *moved, *people) if i not in taken), self._first_person())
        own = next((m.id for m in decision.motions if m.person_id == who), "")
        dissent = Dissent(person_id=who, in_favour_of=own, announced_at=self._desk.clock())
        self._change("Reservation i", lambda d: replace(d, dissents=(*d.dissents, dissent)))
        self.dissents.focus_last()

    def add_note(self) -> None:
        """A protokollsanteckning."""
        if self._add_allowed():
            note = MinuteNote(person_id=self._first_person(), text="")
            self._change("Anteckning i", lambda d: replace(d, notes=(*d.notes, note)))
            self.notes.focus_last()

    def adjust_at_once(self) -> None:
        """The paragraph is adjusted at once, or not after all."""
        if self._add_allowed():
            self.outcome_part.immediately.click()

    def add_more(self, name: str) -> None:
        """Show a row that is seldom needed, by a name of `MORE`."""
        if not self._add_allowed():
            return
        if name == "election":
            self._change("Val i", lambda d: replace(d, election=d.election or Election()))
            self.election.add_candidate()
            return
        self._wanted.add(name)
        self.refresh()
        if name == "follow_up":
            self.follow_up.task.setFocus(Qt.FocusReason.OtherFocusReason)
        elif name == "propositions":
            self.propositions.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.outcome_part.focus_row(name)

    def _connect(self) -> None:
        self._seen = WhenSeen(self, self.refresh)
        self._desk.changed.connect(self._seen.changed)
        slots = (self.add_motion, self.add_vote, self.add_dissent, self.add_note)
        for button, slot in zip(self._adders, slots, strict=False):
            button.clicked.connect(slot)
        self._more_menu.triggered.connect(self._more_chosen)
        self._into_sight = NextTurn(self, self._show_focus)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)
        self._back.clicked.connect(self._previous)
        self._on.clicked.connect(self._next)
        self.next_button.clicked.connect(self._next)
        self._parts.currentChanged.connect(self._part_chosen)
        self.motions.edited.connect(self._motions_edited)
        self.propositions.edited.connect(self._propositions_edited)
        self.vote.edited.connect(self._vote_edited)
        self.vote.removal_wanted.connect(self._vote_removed)
        self.election.edited.connect(self._election_edited)
        self.election.removal_wanted.connect(self._election_removed)
        self.outcome_part.edited.connect(self._change)
        self.dissents.edited.connect(self._dissents_edited)
        self.notes.edited.connect(self._notes_edited)
        self.follow_up.edited.connect(self._follow_up_edited)

    # -- showing --------------------------------------------------------------------------------------

    def _refresh(self, *, anew: bool) -> None:
        item = self._desk.item(self._item_id)
        self._page.setVisible(item is not None)
        if item is None:
            return
        decision, deciding = item.decision, self._deciding()
        people, motions = self._people(decision), self._motion_names(decision)
        self._show_head(item, len(deciding))
        self.motions.show_rows(tuple(map(motion_row, decision.motions)), people)
        self.propositions.set_text(decision.propositions)
        derived = vote_sentences.propositions(replace(decision, propositions=""), self._desk.association)
        self._rows["propositions"].set_help("" if decision.propositions else " ".join(derived))
        if decision.vote is not None:
            taking = set(presence.taking_part(self._desk.meeting, self._desk.association, self._item_id))
            voters = tuple(p for p in people if p[0] in taking or decision.vote.cast_by(p[0]) is not None)
            sides = (("", "Förslaget"), *motions), (("", "Avslag"), *motions)
            self.vote.show_vote(decision.vote, voters, *sides, self._tie(decision))
        if decision.election is not None:
            self.election.show_election(decision.election)
        following = next_meeting(self._desk.meeting, self._desk.meetings)
        self.outcome_part.show_item(
            item, self._desk.association, deciding, following.date if following is not None else None,
            self._wanted, anew=anew,
        )  # fmt: skip
        attachments = tuple((a.id, a.title) for a in item.attachments)
        self.dissents.show_rows(
            tuple(map(dissent_row, decision.dissents)), self._may_dissent(decision), (("", "Utan yrkande"), *motions),
            (("", "Muntlig"), *attachments),
        )  # fmt: skip
        self.notes.show_rows(
            tuple(PersonRow(person_id=n.person_id, text=n.text) for n in decision.notes), people
        )
        self.follow_up.show_follow_up(decision.follow_up)
        shown = {
            "motions": bool(decision.motions),
            "propositions": bool(decision.motions or decision.propositions or "propositions" in self._wanted),
            "vote": decision.vote is not None,
            "election": decision.election is not None,
            "dissents": bool(decision.dissents),
            "notes": bool(decision.notes),
            "follow_up": decision.follow_up is not None or "follow_up" in self._wanted,
        }
        for name, is_shown in shown.items():
            self._rows[name].setVisible(is_shown)
        desk = self._desk
        self.printed.show_parts(printed_parts(desk.meeting, desk.association, desk.meetings, item))
        self._set_locked(desk.locked)
        self._serve_phrases()

    def _show_head(self, item: AgendaItem, count: int) -> None:
        desk = self._desk
        parent = parent_of(desk.meeting.items, item.id)
        top = parent if parent is not None else item
        self._number.setText(self.section_name())
        self._title.setText(item.minutes_title or item.title)
        quorate = presence.is_quorate(desk.meeting, desk.association, item.id)
        quorum = "beslutför" if quorate else "inte beslutför"
        kind, number = wording.ITEM_TYPES[item.type], desk.numbers()[item.id]
        what = f"Ärende {number}" if parent is None else f"Underpunkt {desk.numbers()[top.id]}{number}"
        parts = (kind, what, f"{count} beslutande, {quorum}")
        self._meta.setText("  ·  ".join(part for part in parts if part))
        self._meta.set_look(color="text2" if quorate else "err")
        self._parts.setVisible(bool(top.sub_items))
        if top.sub_items:
            names = ("Ärendet", *(desk.numbers()[sub.id] for sub in top.sub_items))
            if names != tuple(self._parts.tabText(i) for i in range(self._parts.count())):
                self._parts.set_names(names)
            blocked = self._parts.blockSignals(True)
            self._parts.setCurrentIndex([top.id, *(sub.id for sub in top.sub_items)].index(item.id))
            self._parts.blockSignals(blocked)

    def _tie(self, decision: Decision) -> str:
        """What is said where the votes are equal (KL 5 kap. 56 §)."""
        vote = decision.vote
        if vote is None or vote.count(Ballot.YES) != vote.count(Ballot.NO) or not vote.ballots:
            return ""
        leader = presence.presiding(self._desk.meeting, self._desk.association, self._item_id)
        won = voting.yes_wins(vote, leader.person_id if leader is not None else "")
        if won is None:
            return "Lika röster. Ordföranden har utslagsröst, men har inte röstat."
        return f"Lika röster. Ordförandens utslagsröst ger {'ja' if won else 'nej'}."

    def _motion_names(self, decision: Decision) -> Choices:
        names = dict(self._people(decision))
        return tuple(
            (motion.id, f"Yrkande {number}, {names.get(motion.person_id, 'okänd person')}")
            for number, motion in enumerate(decision.motions, start=1)
        )

    def _set_locked(self, locked: bool) -> None:
        for widget in (self.motions, self.vote, self.election, self.dissents, self.notes, self.follow_up):
            widget.setEnabled(not locked)
        self.outcome_part.set_locked(locked)
        self.propositions.setReadOnly(locked)
        for button in self._adders:
            button.setVisible(not locked)

    def _serve_phrases(self) -> None:
        fields = (*self.motions.texts(), self.propositions, *self.outcome_part.texts(), *self.notes.texts())
        for field in (*fields, self.follow_up.task):
            self._phrases.serve(field, self._item_id)

    def _is_within(self, item_id: str) -> bool:
        parent = parent_of(self._desk.meeting.items, self._item_id)
        return parent is not None and parent.id == item_id

    def _deciding(self) -> People:
        desk = self._desk
        deciders = presence.deciders(desk.meeting, desk.association, self._item_id)
        return tuple((one.person_id, self._name(one.person_id)) for one in deciders)

    def _name(self, person_id: str) -> str:
        person = self._desk.association.person(person_id)
        return person.name if person is not None else "Okänd person"

    def _people(self, decision: Decision) -> People:
        """Those who decide, and any other that the decision already names."""
        people = dict(self._deciding())
        named = [*(m.person_id for m in decision.motions), *(d.person_id for d in decision.dissents)]
        named += [i for m in decision.motions for i in m.supporters]
        named += [c.person_id for c in decision.vote.ballots] if decision.vote is not None else []
        for person_id in (*named, *(n.person_id for n in decision.notes)):
            if self._desk.association.person(person_id) is not None:
                people.setdefault(person_id, self._name(person_id))
        return tuple(people.items())

    def _may_dissent(self, decision: Decision) -> People:
        """Only those who took part in the decision may reserve (KL 4 kap. 27 §); those noted are kept."""
        taking = presence.taking_part(self._desk.meeting, self._desk.association, self._item_id)
        ids = dict.fromkeys((*taking, *(d.person_id for d in decision.dissents)))
        return tuple((person_id, self._name(person_id)) for person_id in ids)

    def _first_person(self) -> str:
        return next((person_id for person_id, _name in self._deciding()), "")

    def _add_allowed(self) -> bool:
        return bool(self._item_id) and not self._desk.locked

    # -- changing -------------------------------------------------------------------------------------

    def _change(self, label: str, function: Callable[[Decision], Decision], field: str = "") -> None:
        if not self._item_id:
            return
        self._desk.change_item(
            f"{label} {self.section_name()}",
            self._item_id,
            lambda item: replace(item, decision=function(item.decision)),
            merge=f"{self._item_id}.decision.{field}" if field else "",
        )

    def _motions_edited(self, rows: tuple[PersonRow, ...]) -> None:
        item = self._desk.item(self._item_id)
        if item is not None:
            motions = motions_of(item.decision.motions, rows)
            self._change("Ändra yrkande i", lambda d: replace(d, motions=motions), "motions")

    def _propositions_edited(self, text: str) -> None:
        self._change(
            "Ändra propositionsordning i", lambda d: replace(d, propositions=text.strip()), "propositions"
        )

    def _vote_edited(self, vote: Vote) -> None:
        self._change("Ändra votering i", lambda d: replace(d, vote=vote), "vote")

    def _vote_removed(self) -> None:
        self._change("Ta bort votering i", lambda d: replace(d, vote=None))

    def _election_edited(self, election: Election) -> None:
        item = self._desk.item(self._item_id)
        if item is None or item.decision.election is None:
            return  # a field that is taken away reports its last words; they are not to bring the election back
        self._change("Ändra val i", lambda d: replace(d, election=election), "election")

    def _election_removed(self) -> None:
        self._change("Ta bort val i", lambda d: replace(d, election=None))

    def _dissents_edited(self, rows: tuple[PersonRow, ...]) -> None:
        dissents = dissents_of(rows)
        self._change("Ändra reservation i", lambda d: replace(d, dissents=dissents), "dissents")

    def _notes_edited(self, rows: tuple[PersonRow, ...]) -> None:
        notes = tuple(MinuteNote(person_id=row.person_id, text=row.text) for row in rows)
        self._change("Ändra anteckning i", lambda d: replace(d, notes=notes), "notes")

    def _follow_up_edited(self, follow_up: FollowUp | None) -> None:
        self._change("Ändra uppföljning av", lambda d: replace(d, follow_up=follow_up), "follow_up")

    def _part_chosen(self, index: int) -> None:
        top = parent_of(self._desk.meeting.items, self._item_id) or self._desk.item(self._item_id)
        if top is not None and 0 <= index <= len(top.sub_items):
            self.show_item((top.id, *(sub.id for sub in top.sub_items))[index])

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        """What has the keys is to be seen, also where a key of the grid brought the focus there."""
        if new is not None and self._page.isAncestorOf(new):
            self._into_sight.start()  # a row that has just come has no place until it is laid out

    def _show_focus(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and self._page.isAncestorOf(focus):
            self._scroll.ensureWidgetVisible(focus, 0, current_theme().px(60))

    def _more_chosen(self, action: object) -> None:
        self.add_more(str(action.data()))  # type: ignore[attr-defined]

    def _previous(self) -> None:
        self.step(-1)

    def _next(self) -> None:
        self.step(1)

"""Random edits, undo, redo, closing and reopening give the same values as a plain model in memory."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
)

from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting, MeetingState
from finsam_desktop.workspace import Change, Workspace
from tests.strategies import associations, meetings, texts

State = tuple[Association, dict[str, Meeting]]


def open_meetings(items: int) -> st.SearchStrategy[Meeting]:
    """Meetings with nothing adjusted: what is adjusted is refused at the door, which has tests of its own."""
    return meetings(items=items).map(_opened)


def _opened(meeting: Meeting) -> Meeting:
    return replace(
        meeting,
        state=MeetingState.DRAFT,
        adjusted_on=None,
        seals=(),
        frozen_register=None,
        frozen_paragraphs=(),
        frozen_attachments=(),
    )


@dataclass
class Model:
    """What the workspace should do, said with whole copies: a list of states and a place in it."""

    states: list[State]
    at: int = 0
    joining: str = ""

    @property
    def now(self) -> State:
        return self.states[self.at]

    def change(self, state: State, merge: str) -> None:
        if state == self.now:
            return
        del self.states[self.at + 1 :]
        if merge and merge == self.joining:
            self.states[self.at] = state
            if state == self.states[self.at - 1]:  # typed and erased again
                del self.states[self.at]
                self.at -= 1
                merge = ""
        else:
            self.states.append(state)
            self.at += 1
        self.joining = merge

    def step(self, by: int) -> bool:
        if not 0 <= self.at + by < len(self.states):
            return False
        self.at += by
        self.joining = ""
        return True


class Edits(RuleBasedStateMachine):
    """A user at work."""

    present = Bundle("present")

    @initialize(association=associations())
    def make(self, association: Association) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "bygden.finsam"
        self.now = datetime(2026, 1, 1)
        self.model = Model([(association, {})])
        self.workspace = Workspace.create(self.path, association, user="Anna", clock=self.clock)
        self.seen: dict[str, Association | Meeting | None] = {"association": association}
        self.workspace.subscribe(self.see)

    def clock(self) -> datetime:
        return self.now

    def see(self, change: Change) -> None:
        """A view that follows the changes only."""
        assert self.seen.get(change.subject) == change.before
        self.seen[change.subject] = change.after

    def teardown(self) -> None:
        if hasattr(self, "workspace"):
            self.workspace.close()
            self.folder.cleanup()

    @rule(target=present, meeting=open_meetings(items=2))
    def add(self, meeting: Meeting) -> str:
        if meeting.id not in self.model.now[1]:
            self.workspace.change("Nytt", None, meeting)
            self.model.change((self.model.now[0], {**self.model.now[1], meeting.id: meeting}), "")
        return meeting.id

    @rule(meeting_id=present, text=texts, merge=st.sampled_from(["", "a", "b"]))
    def type_text(self, meeting_id: str, text: str, merge: str) -> None:
        association, known = self.model.now
        if meeting_id not in known:
            return
        before = known[meeting_id]
        after = replace(before, place=text)
        key = f"{meeting_id}.{merge}" if merge else ""
        self.workspace.change("Skriv", before, after, merge=key)
        self.model.change((association, {**known, meeting_id: after}), key)

    @rule(meeting_id=present, other=open_meetings(items=3))
    def rewrite(self, meeting_id: str, other: Meeting) -> None:
        association, known = self.model.now
        if meeting_id not in known:
            return
        after = replace(other, id=meeting_id)
        self.workspace.change("Skriv om", known[meeting_id], after)
        self.model.change((association, {**known, meeting_id: after}), "")

    @rule(target=present, meeting_id=consumes(present))
    def remove(self, meeting_id: str) -> object:
        association, known = self.model.now
        if meeting_id not in known:
            return meeting_id
        self.workspace.change("Ta bort", known[meeting_id], None)
        left = {key: value for key, value in known.items() if key != meeting_id}
        self.model.change((association, left), "")
        return multiple()

    @rule(name=texts, merge=st.sampled_from(["", "name"]))
    def rename(self, name: str, merge: str) -> None:
        association, known = self.model.now
        after = replace(association, name=name)
        self.workspace.change("Byt namn", association, after, merge=merge)
        self.model.change((after, known), merge)

    @rule(association=associations(), meeting=open_meetings(items=1))
    def together(self, association: Association, meeting: Meeting) -> None:
        before, known = self.model.now
        current = known.get(meeting.id)
        self.workspace.change_together("Läs in", ((before, association), (current, meeting)))
        self.model.change((association, {**known, meeting.id: meeting}), "")

    @rule()
    def undo(self) -> None:
        assert (self.workspace.undo() is not None) == self.model.step(-1)

    @rule()
    def redo(self) -> None:
        assert (self.workspace.redo() is not None) == self.model.step(1)

    @rule()
    def undo_all_and_redo_all(self) -> None:
        steps = 0
        while self.workspace.undo() is not None:
            steps += 1
            assert self.model.step(-1)
        assert self.model.at == 0
        for _ in range(steps):
            assert self.workspace.redo() is not None
            assert self.model.step(1)
            self.values_are_the_models()

    @rule()
    def pause(self) -> None:
        self.now += timedelta(seconds=10)
        self.model.joining = ""

    @rule()
    def reopen(self) -> None:
        self.workspace.close()
        self.workspace = Workspace.open(self.path, user="Bo", clock=self.clock)
        self.workspace.subscribe(self.see)
        self.model = Model([self.model.now])

    @invariant()
    def values_are_the_models(self) -> None:
        if not hasattr(self, "workspace"):
            return
        association, known = self.model.now
        assert self.workspace.association == association
        assert {meeting.id: meeting for meeting in self.workspace.meetings} == known
        assert self.seen["association"] == association
        assert {key: v for key, v in self.seen.items() if v is not None and key != "association"} == known

    @invariant()
    def the_file_is_what_is_open(self) -> None:
        if not hasattr(self, "workspace"):
            return
        with Workspace.open(self.path, user="Cia", read_only=True) as reader:
            assert reader.association == self.workspace.association
            assert reader.meetings == self.workspace.meetings

    @precondition(lambda self: hasattr(self, "workspace"))
    @rule()
    def history_ends_with_what_is_open(self) -> None:
        for subject in ("association", *self.model.now[1]):
            latest = self.workspace.history(subject, limit=1)[0]
            current = self.model.now[0] if subject == "association" else self.model.now[1][subject]
            assert self.workspace.value_at(latest) == current


TestEdits = Edits.TestCase
TestEdits.settings = settings(
    max_examples=settings.default.max_examples // 4, stateful_step_count=30, deadline=None
)

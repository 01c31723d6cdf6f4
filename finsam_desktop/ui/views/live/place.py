"""The place "live": mötesläge, the meeting itself with one item at a time in large type.

What is recorded goes through the same functions as in Närvaro och beslut. While the screen is shared only what may be
seen is shown: no names of those present, no notes, of a confidential item the word Sekretess.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from finsam_desktop.domain import live, wording
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.ui.actions import LETTERS
from finsam_desktop.ui.models import live_facts
from finsam_desktop.ui.models.attendance_grid import Grid, attendance_grid
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Head, Shell, Status, View
from finsam_desktop.ui.views.live import keys
from finsam_desktop.ui.views.live.bars import LiveFoot, LiveTop
from finsam_desktop.ui.views.live.screen import ScreenForAll
from finsam_desktop.ui.views.live.shown import ShownFacts
from finsam_desktop.ui.views.live.side import LiveSide
from finsam_desktop.ui.views.live.stage import SIZES, USUAL, LiveStage
from finsam_desktop.ui.views.live.times import ItemTimes
from finsam_desktop.ui.views.meeting.facts import meeting_title
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.views.when_seen import WhenSeen
from finsam_desktop.ui.widgets.surfaces import Pane

if TYPE_CHECKING:
    from finsam_desktop.ui.views.record.decision_pane import DecisionPane

_SIDE = 380
_DECISION = 484
_TICK_MS = 1000


class LiveView(View):
    """Shows the meeting that `show_target` names: "id" or "id/item"."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.desk: OpenMeeting | None = None
        self.decision: DecisionPane | None = None
        self._item_id = ""
        self._shared = False
        self._full_screen_before: bool | None = None
        self._size = USUAL
        self._times = ItemTimes()
        self._grid = Grid()
        self._facts = ShownFacts()
        self.top, self.foot = LiveTop(), LiveFoot()
        self.stage, self.side = LiveStage(), LiveSide()
        self.for_all = ScreenForAll(self)
        theme = current_theme()
        self.side.setFixedWidth(theme.px(_SIDE))
        self._right = Pane("base")
        self._right.setFixedWidth(theme.px(_DECISION))
        self._right_column = QVBoxLayout(self._right)
        self._right_column.setContentsMargins(0, 0, 0, 0)
        self._right.hide()
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.stage, 1)
        middle.addWidget(self.side)
        middle.addWidget(self._right)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addLayout(middle, 1)
        column.addWidget(self.foot)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._seen = WhenSeen(self, self._changed)
        self._connect()

    # -- what the window asks -------------------------------------------------------------------------

    def head(self) -> Head:
        return Head(title="Mötesläge", hidden=True)

    def alone(self) -> bool:
        return True

    def status(self) -> Status | None:
        return None

    def show_target(self, target: str) -> None:
        meeting_id, _, item_id = target.partition("/")
        if meeting_id and (self.desk is None or self.desk.meeting_id != meeting_id):
            self._open(meeting_id)
        if self.desk is not None:
            kept = self._item_id if self.desk.item(self._item_id) is not None else ""
            self.show_item(item_id or kept or next(iter(live_facts.order(self.desk.meeting)), ""))
        self.stage.setFocus(Qt.FocusReason.OtherFocusReason)

    def panes(self) -> tuple[QWidget, ...]:
        return (self.stage, self.side, self._right, self.foot)

    def flush(self) -> None:
        self.side.note.flush()
        if self.decision is not None:
            self.decision.flush()

    def actions_taken(self) -> dict[str, object]:
        return {
            **{action: _Letter(self, letter) for letter, action in LETTERS.items()},
            "live_mode": self.leave,
            "live_note": self.write_note,
            "live_shared": self.toggle_shared,
            "live_screen": self.toggle_screen,
            "live_larger": self.larger,
            "live_smaller": self.smaller,
            "live_full_screen": self.toggle_full_screen,
            "adjourn": self.adjourn,
            "open_meeting_now": self.open_now,
            "close_meeting_now": self.close_now,
        }

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if event.spontaneous():
            return
        self._seen.now()
        self._times.begin(self.shell.session.now)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if event.spontaneous():  # the window is minimised: the meeting goes on, and all still see the item
            return
        self._timer.stop()
        if self._full_screen_before is False:
            self.window().showNormal()
        self._full_screen_before = None
        self.for_all.close()
        self._keep_times()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the item keeps the greater part."""
        super().resizeEvent(event)
        theme = current_theme()
        self.side.setFixedWidth(min(theme.px(_SIDE), self.width() * 2 // 5))
        self._right.setFixedWidth(min(theme.px(_DECISION), self.width() // 2))

    # -- the item at hand -----------------------------------------------------------------------------

    @property
    def item_id(self) -> str:
        return self._item_id

    @property
    def shared(self) -> bool:
        """Whether only what everyone may see is shown."""
        return self._shared

    def show_item(self, item_id: str) -> None:
        """Have another item in hand; what was being written in the one before is taken in first."""
        if self.desk is None or (item_id and self.desk.item(item_id) is None):
            return
        self.flush()
        self._close_decision()
        anew = item_id != self._item_id
        self._item_id = item_id
        if anew:
            self.stage.scroll_to_top()
        self._refresh(anew=anew)

    def step(self, by: int) -> None:
        """To the item before or after."""
        if self.desk is None:
            return
        ids = live_facts.order(self.desk.meeting)
        place = ids.index(self._item_id) + by if self._item_id in ids else -1
        if 0 <= place < len(ids):
            self.show_item(ids[place])

    def jump(self, way: int) -> None:
        """To the first (-1) or last (+1) item."""
        if self.desk is not None and self.desk.meeting.items:
            self.show_item(live_facts.order(self.desk.meeting)[0 if way < 0 else -1])

    # -- recording ------------------------------------------------------------------------------------

    def record(self, letter: str) -> None:
        """Do what a letter of the meeting says, about the item and the person at hand."""
        desk = self._to_record()
        if desk is not None and self._item_id:
            person_id, name = self.side.person()
            at = keys.AtHand(
                desk=desk, item_id=self._item_id, person_id=person_id, name=name, shared=self._shared
            )
            self._do(desk, keys.pressed(letter, at))

    def adjourn(self) -> None:
        """Adjourn the meeting, or take it up again: the pause then stands in the protokoll."""
        if (desk := self._to_record()) is not None:
            self._do(desk, keys.adjourned(desk))

    def open_now(self) -> None:
        """The meeting is opened: now, or at the time that was planned."""
        if (desk := self._to_record()) is not None:
            self._do(desk, keys.opened(desk))

    def close_now(self) -> None:
        """The meeting is closed: now, or at the time that was planned."""
        if (desk := self._to_record()) is not None:
            self._do(desk, keys.closed(desk))

    def _to_record(self) -> OpenMeeting | None:
        """The meeting to record in, with what is being typed taken in; None when it is locked."""
        if self.desk is None or self.desk.locked:
            return None
        self.flush()
        return self.desk

    def _do(self, desk: OpenMeeting, answer: keys.Answer) -> None:
        if answer.write:
            self._write(answer.write)
        done = answer.after is None or self._change(answer.label, answer.after)
        if answer.told and done:
            desk.tell(answer.told, undo=answer.undo)

    def _write(self, what: str) -> None:
        """Open the fields of the decision, where there is something to write or choose."""
        pane = self._decision_pane()
        if pane is None:
            return
        pane.show_item(self._item_id)
        self.side.hide()
        self._right.show()
        pane.setFocus(Qt.FocusReason.OtherFocusReason)
        getattr(pane, what)()

    def _change(self, label: str, after: Meeting) -> bool:
        """What was recorded, with the time the items have taken so far: one step to undo."""
        return self.desk is not None and self.desk.change(label, self._times.written(after))

    # -- looks ----------------------------------------------------------------------------------------

    def write_note(self) -> None:
        """Put the cursor in the note of the item at hand."""
        if self._shared and self.desk is not None:
            self.desk.tell(keys.HIDDEN)
            return
        self._close_decision()
        self.side.note.setFocus(Qt.FocusReason.OtherFocusReason)

    def toggle_shared(self) -> None:
        """Show only what may be seen by all, or everything again."""
        self.flush()
        self._shared = not self._shared
        self._close_decision()
        self.side.setVisible(not self._shared)
        self.stage.setFocus(Qt.FocusReason.OtherFocusReason)
        self._refresh(anew=False)

    def toggle_screen(self) -> None:
        """Open a window with what everyone may see, on another screen where there is one; or close it."""
        if self.desk is not None:
            self.for_all.toggle(self.window(), self._size)
            self._refresh(anew=True)
            self.stage.setFocus(Qt.FocusReason.OtherFocusReason)

    def larger(self) -> None:
        self._set_size(self._size + 1)

    def smaller(self) -> None:
        self._set_size(self._size - 1)

    def _set_size(self, step: int) -> None:
        self._size = max(0, min(step, len(SIZES) - 1))
        self.stage.set_size(self._size)
        self.for_all.set_size(self._size)

    def toggle_full_screen(self) -> None:
        """The whole screen, or the window as it was."""
        window = self.window()
        full = window.isFullScreen()
        if self._full_screen_before is None:
            self._full_screen_before = full
        window.showNormal() if full else window.showFullScreen()

    def leave(self) -> None:
        """Back to Närvaro och beslut, at the item at hand."""
        self.flush()
        if self.desk is not None:
            item = live_facts.paragraph_id(self.desk.meeting, self._item_id) if self._item_id else ""
            self.shell.go("meeting", f"{self.desk.meeting_id}/narvaro/{item}")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc in the decision goes back to the stage."""
        if watched is self.decision and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape and not event.modifiers():
                self._decision_done()
                return True
        return super().eventFilter(watched, event)

    # -- making and filling ---------------------------------------------------------------------------

    def _connect(self) -> None:
        self.stage.stepped.connect(self.step)
        self.stage.jumped.connect(self.jump)
        self.stage.person_stepped.connect(self.side.step_person)
        self.stage.letter.connect(self.record)
        self.stage.left.connect(self.leave)
        self.side.people.letter.connect(self.record)
        self.side.people.stepped.connect(self.step)
        self.side.people.left.connect(self._to_stage)
        self.side.note_left.connect(self._to_stage)
        self.side.note_edited.connect(self._note_edited)
        self.top.shared.clicked.connect(self.toggle_shared)
        self.top.for_all.clicked.connect(self.toggle_screen)
        self.for_all.stepped.connect(self.step)
        self.for_all.jumped.connect(self.jump)
        self.for_all.opened.connect(self.top.show_for_all)
        self.top.adjourn.clicked.connect(self.adjourn)
        self.top.close_button.clicked.connect(self.leave)
        self.foot.back.clicked.connect(self._step_back)
        self.foot.on.clicked.connect(self._step_on)
        self.shell.session.closed.connect(self._timer.stop)

    def _open(self, meeting_id: str) -> None:
        self._close_desk()
        try:
            desk = OpenMeeting(self.shell, meeting_id, self)
        except KeyError:
            return
        self.desk = desk
        desk.changed.connect(self._seen.changed)
        desk.removed.connect(self._removed)
        self._item_id = ""
        self._times = ItemTimes(desk.meeting)
        self._times.begin(self.shell.session.now)
        self._shared = False
        self.side.show()

    def _close_desk(self) -> None:
        if self.desk is None:
            return
        self.flush()
        self.for_all.close()
        self._keep_times()
        self._close_decision()
        if self.decision is not None:
            self._right_column.removeWidget(self.decision)
            self.decision.hide()
            self.decision.deleteLater()
            self.decision = None
        desk, self.desk = self.desk, None
        desk.close()
        desk.deleteLater()

    def _removed(self) -> None:
        self._times = ItemTimes()
        self._close_desk()
        self.shell.go("meetings")

    def _decision_pane(self) -> DecisionPane | None:
        if self.decision is None and self.desk is not None:
            from finsam_desktop.ui.views.meeting.phrase_box import PhraseBox
            from finsam_desktop.ui.views.record.decision_pane import DecisionPane

            self.decision = DecisionPane(self.desk, PhraseBox(self.desk, self))
            self.decision.next_button.setText("Klart")
            self.decision.next_button.setToolTip("Esc")
            self.decision.step_wanted.connect(self._decision_stepped)
            self.decision.installEventFilter(self)
            self._right_column.addWidget(self.decision)
        return self.decision

    def _decision_stepped(self, by: int) -> None:
        self._decision_done()

    def _decision_done(self) -> None:
        self._close_decision()
        self._to_stage()

    def _close_decision(self) -> None:
        if self.decision is not None:
            self.decision.flush()
        self._right.hide()
        self.side.setVisible(not self._shared)

    def _to_stage(self) -> None:
        self.stage.setFocus(Qt.FocusReason.OtherFocusReason)

    def _step_back(self) -> None:
        self.step(-1)

    def _step_on(self) -> None:
        self.step(1)

    def _changed(self) -> None:
        desk = self.desk
        if desk is None:
            return
        if desk.item(self._item_id) is None:
            self._item_id = next(iter(live_facts.order(desk.meeting)), "")
        self._refresh(anew=False)

    def _refresh(self, *, anew: bool) -> None:
        desk = self.desk
        if desk is None:
            return
        meeting = desk.meeting
        self._grid = attendance_grid(meeting, desk.association, desk.meetings)
        top = live_facts.paragraph_id(meeting, self._item_id) if self._item_id else ""
        column = self._grid.column_of(top)
        words, quorate = live_facts.quorum_words(self._grid, column, desk.association.seats(meeting.date))
        self.top.show_meeting(meeting_title(meeting), words, quorate, self._shared, meeting.live.paused_at)
        self.side.show_people(live_facts.people_rows(self._grid, column), words.partition(",")[0])
        self.side.show_note(
            "Egen anteckning",
            meeting.live.note(self._item_id),
            anew=anew,
            writable=not desk.session.read_only,
        )
        paused = meeting.live.paused_at
        pause = f"Mötet är ajournerat sedan {wording.clock(paused)}" if paused is not None else ""
        facts = self._facts.of(desk, self._item_id, shared=self._shared)
        self.stage.show_item(facts, pause)
        if self.for_all.window is not None:
            title = f"{meeting_title(meeting)}, {desk.association.name}"
            public = self._facts.of(desk, self._item_id, shared=True)
            self.for_all.window.show_item(title, public, pause, anew=anew)
        if facts is not None:
            self.foot.show_place(facts.place, facts.count)
        self._show_time()

    def _note_edited(self, text: str) -> None:
        desk = self.desk
        if desk is not None and self._item_id and not desk.session.read_only:
            noted = live.with_note(desk.meeting.live, self._item_id, text)
            after = self._times.written(replace(desk.meeting, live=noted))
            desk.change("Egen anteckning", after, merge=f"live-note:{self._item_id}")

    # -- time -----------------------------------------------------------------------------------------

    def _tick(self) -> None:
        """A second has gone."""
        self._times.tick(self.shell.session.now, self._item_id, goes_on=self._goes_on())
        self._show_time()

    def _goes_on(self) -> bool:
        desk = self.desk
        if desk is None or desk.clock() is None:
            return False
        meeting = desk.meeting
        return meeting.opened_at is not None and meeting.closed_at is None and meeting.live.paused_at is None

    def _keep_times(self) -> None:
        """Write down what the items have taken since the last thing was recorded."""
        desk = self.desk
        if desk is not None and desk.session.is_open and not desk.session.read_only:
            desk.change("Tid per ärende", self._times.written(desk.meeting))

    def _show_time(self) -> None:
        desk = self.desk
        if desk is None:
            return
        now = self.shell.session.now
        item = desk.item(self._item_id)
        seconds = self._times.seconds(self._item_id)
        planned = item.minutes if item is not None else None
        self.top.show_clock(wording.clock(now.time()))
        self.foot.show_time(
            live.time_words(seconds, planned) if seconds or planned else "",
            over=planned is not None and seconds // 60 > planned,
        )
        meeting = desk.meeting
        waits = desk.clock() is not None and meeting.opened_at is None
        self.foot.show_hint(self._shared, waits)


class _Letter:
    """Records what a letter says; an action's handler."""

    def __init__(self, view: LiveView, letter: str) -> None:
        self._view, self._letter = view, letter

    def __call__(self) -> None:
        self._view.record(self._letter)


def make(shell: Shell) -> LiveView:
    """The view for the place "live"."""
    return LiveView(shell)

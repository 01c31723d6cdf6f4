"""Mötesläge in the real window: recording, notes, a shared screen, adjournment, time, undo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from finsam_desktop.domain import agenda
from finsam_desktop.domain.confidentiality import MaskedWord, Secret
from finsam_desktop.domain.decisions import Outcome
from finsam_desktop.domain.meeting import Adjournment, Meeting
from finsam_desktop.ui.views.live.place import LiveView
from tests.ui.meeting_cases import MeetingCase, draft, wait

Key = Qt.Key
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
SECRET_ITEM, MASKED = "p08", "Tertialrapport"


def prepared(meeting: Meeting) -> Meeting:
    items = agenda.update(
        draft(meeting).items,
        SECRET_ITEM,
        lambda item: replace(
            item, title="Ärendet om Qvarnhed", confidential=True, secret=Secret(section="26 kap. 1 §")
        ),
    )
    return replace(draft(meeting), items=items, masked=(MaskedWord(words=MASKED),), adjournments=())


class Live:
    """Mötesläge at the meeting's fifth item, with a clock that the test moves."""

    def __init__(self, folder: Path) -> None:
        self.case = MeetingCase(folder, prepared)
        self.now = dt.datetime(2026, 10, 29, 9, 0)
        self.case.session._clock = lambda: self.now
        self.first = self.case.meeting
        self.item = self.first.items[4].id

    def begin(self) -> None:
        """The meeting as it was, at nine o'clock, in mötesläge."""
        session, window = self.case.session, self.case.window
        self.now = dt.datetime(2026, 10, 29, 9, 0)
        window.go("keys")
        window._forget_views()
        known = next((one for one in session.meetings if one.id == self.first.id), None)
        if known is not None:
            session.change("Bort", known, None)
        session.change("Nytt", None, self.first)
        window.strip.close_notice()
        window.go("live", f"{self.first.id}/{self.item}")
        self.case.window.activateWindow()
        wait(0)
        view = self.case.window.current_view()
        assert isinstance(view, LiveView)
        self.view = view

    def press(self, key: Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focus = self.case.window.focusWidget() or self.view.stage
        QTest.keyClick(focus, key, modifiers)
        wait(0)

    def outcome(self, item_id: str = "") -> Outcome:
        item = agenda.find(self.case.meeting.items, item_id or self.item)
        assert item is not None
        return item.decision.outcome

    def seen(self) -> str:
        """Every word that stands anywhere in the window."""
        widgets = [w for w in self.case.window.findChildren(QWidget) if w.isVisible()]
        words = [w.text() for w in widgets if isinstance(w, QLabel)]
        words += [w.accessibleDescription() for w in widgets]
        if self.view.side.isVisible():
            words += [row.title for row in self.view.side.model.rows()]
            words.append(self.view.side.note.text())
        return "\n".join(words)


@pytest.fixture(scope="module")
def one_window(qapp: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    made = Live(tmp_path_factory.mktemp("live"))
    yield made
    made.case.close()


@pytest.fixture
def live(one_window: Live) -> Live:
    one_window.begin()
    return one_window


def test_the_window_is_the_meeting_s_alone_and_comes_back(live: Live) -> None:
    window = live.case.window
    assert not window.top_bar.isVisible()
    assert not window.places.isVisible()
    assert not window.status.isVisible()
    live.press(Key.Key_Escape)
    assert window.place == "meeting"
    assert window.top_bar.isVisible()
    assert window.places.isVisible()
    assert live.case.page.step == "narvaro"
    live.press(Key.Key_P, CTRL_SHIFT)
    assert window.place == "live"
    assert live.view.item_id == live.item, "at the paragraph in hand"


def test_items_are_stepped_by_arrows_and_pages(live: Live) -> None:
    ids = [item.id for item in agenda.walk(live.case.meeting.items)]
    live.press(Key.Key_PageDown)
    assert live.view.item_id == ids[ids.index(live.item) + 1]
    live.press(Key.Key_Left)
    assert live.view.item_id == live.item
    live.press(Key.Key_End)
    live.press(Key.Key_Right)
    assert live.view.item_id == ids[-1]
    live.press(Key.Key_Home)
    assert live.view.item_id == ids[0]


@pytest.mark.parametrize(
    ("key", "outcome"),
    [
        (Key.Key_B, Outcome.AS_PROPOSED),
        (Key.Key_N, Outcome.NOTED),
        (Key.Key_M, Outcome.REMITTED),
        (Key.Key_L, Outcome.TABLED),
    ],
)
def test_a_letter_decides_and_is_undone_by_name(live: Live, key: Key, outcome: Outcome) -> None:
    live.press(key)
    assert live.outcome() is outcome
    assert live.view.item_id == live.item, "the decision is seen before the next item"
    assert live.case.session.undo_label == "Beslut i §\u00a05"
    live.press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert live.outcome() is Outcome.UNSET


def test_presence_by_letters_at_the_person_in_hand(live: Live) -> None:
    live.press(Key.Key_Down)
    person, _ = live.view.side.person()
    live.press(Key.Key_F)
    presence = live.case.meeting.attendance.of(person)
    assert presence is not None
    assert not presence.present
    row = live.view.side.model.rows()[live.view.side.model.row_of(person)]
    assert row.time == "frånvarande"
    live.press(Key.Key_Down)
    other, _ = live.view.side.person()
    live.press(Key.Key_J)
    assert live.case.meeting.attendance.conflict(other, live.item) is not None


def test_a_motion_is_written_beside_and_esc_goes_back(live: Live) -> None:
    live.press(Key.Key_Y)
    item = agenda.find(live.case.meeting.items, live.item)
    assert item is not None
    assert len(item.decision.motions) == 1
    assert live.view.decision is not None
    assert live.view.decision.isVisible()
    live.press(Key.Key_Escape)
    assert not live.view.decision.isVisible()
    assert live.case.window.focusWidget() is live.view.stage
    assert live.case.window.place == "live"


def test_a_note_is_kept_with_its_item(live: Live) -> None:
    live.press(Key.Key_N, CTRL_SHIFT)
    live.view.side.note.insertPlainText("Fråga revisorn")
    live.press(Key.Key_Escape)
    assert live.case.meeting.live.note(live.item) == "Fråga revisorn"
    live.press(Key.Key_Right)
    assert live.view.side.note.text() == ""
    live.view.side.note.insertPlainText("Annat")
    live.press(Key.Key_Left)
    assert live.view.side.note.text() == "Fråga revisorn"
    assert "Stannar i din fil" in live.seen()


def test_a_shared_screen_shows_only_what_may_be_seen(live: Live) -> None:
    live.view.side.note.insertPlainText("Hemlig tanke")
    live.press(Key.Key_D, CTRL_SHIFT)
    people = [one.name for one in live.case.session.association.people]
    for item in agenda.walk(live.case.meeting.items):
        live.view.show_item(item.id)
        seen = live.seen()
        assert "Hemlig tanke" not in seen
        assert "Qvarnhed" not in seen
        assert MASKED not in seen
        assert not [name for name in people if name in "\n".join(live.view.stage.texts()[2:3])]
        if item.id == SECRET_ITEM:
            assert live.view.stage.texts()[1] == "Sekretess"
            assert len(live.view.stage.texts()) == 2
    live.view.show_item(live.item)
    live.press(Key.Key_Y)
    assert live.view.decision is None or not live.view.decision.isVisible()
    live.press(Key.Key_B)
    assert live.outcome() is Outcome.AS_PROPOSED, "what needs no names is recorded while the screen is shared"
    live.press(Key.Key_N, CTRL_SHIFT)
    assert not live.view.side.isVisible()
    live.press(Key.Key_D, CTRL_SHIFT)
    assert live.view.side.isVisible()
    assert people[0].split()[0] in live.seen()


def on_the_screen(live: Live) -> str:
    """Every word that stands in the window for all, or that a screen reader finds in it."""
    screen = live.view.for_all.window
    assert screen is not None
    widgets = [w for w in screen.findChildren(QWidget) if w.isVisible()]
    words = [w.text() for w in widgets if isinstance(w, QLabel)]
    return "\n".join((*words, *(w.accessibleDescription() for w in widgets)))


def test_the_window_for_all_shows_only_what_may_be_seen_and_follows(live: Live) -> None:
    live.view.side.note.insertPlainText("Hemlig tanke")
    live.press(Key.Key_E, CTRL_SHIFT)
    screen = live.view.for_all.window
    assert screen is not None
    assert screen.isVisible()
    assert live.view.top.for_all.isChecked()
    assert live.view.top.for_all.text() == "Stäng fönstret"
    assert live.view.side.isVisible(), "what is for the secretary stays there"
    people = [one.name for one in live.case.session.association.people]
    for item in agenda.walk(live.case.meeting.items):
        live.view.show_item(item.id)
        seen = on_the_screen(live)
        for hidden in ("Hemlig tanke", "Qvarnhed", MASKED):
            assert hidden not in seen
        assert not [name for name in people if name in "\n".join(screen.stage.texts()[2:3])]
        assert "Sekretess" in seen if item.id == SECRET_ITEM else item.title in seen or MASKED in item.title
    assert "Hemlig tanke" not in live.view.stage.accessibleDescription()
    live.view.show_item(live.item)
    live.press(Key.Key_B)
    assert "Enligt förslaget" in on_the_screen(live)
    screen.stage.setFocus()
    QTest.keyClick(screen.stage, Key.Key_Right)
    assert live.view.item_id != live.item, "the arrows go on from there too"
    before = live.case.meeting
    QTest.keyClick(screen.stage, Key.Key_N)
    assert live.case.meeting == before, "nothing is recorded from the window that all see"


def test_the_window_for_all_goes_with_mötesläge(live: Live) -> None:
    live.press(Key.Key_E, CTRL_SHIFT)
    first = live.view.for_all.window
    assert first is not None
    QTest.keyClick(first.stage, Key.Key_Escape)
    assert live.view.for_all.window is None
    assert not live.view.top.for_all.isChecked()
    live.view.top.for_all.click()
    second = live.view.for_all.window
    assert second is not None
    live.view.larger()
    live.case.window.go("keys")
    assert live.view.for_all.window is None
    assert not second.isVisible()


def test_a_pause_becomes_an_adjournment_of_the_protokoll(live: Live) -> None:
    live.press(Key.Key_J, CTRL_SHIFT)
    assert live.case.meeting.live.paused_at == dt.time(9, 0)
    assert "ajournerat sedan 09.00" in live.seen()
    live.now = dt.datetime(2026, 10, 29, 9, 20)
    live.press(Key.Key_J, CTRL_SHIFT)
    pause = Adjournment(start=dt.time(9, 0), end=dt.time(9, 20))
    assert live.case.meeting.adjournments == (pause,)
    assert live.case.meeting.live.paused_at is None
    live.case.session.undo()
    assert live.case.meeting.adjournments == ()
    assert live.case.meeting.live.paused_at == dt.time(9, 0)


def test_time_belongs_to_the_item_in_hand_while_the_meeting_goes_on(live: Live) -> None:
    def go(seconds: int) -> None:
        for _ in range(seconds // 30):
            live.now += dt.timedelta(seconds=30)
            live.view._tick()

    live.view._tick()
    go(60)
    assert live.case.meeting.live.spent == (), "not opened yet"
    live.press(Key.Key_O, CTRL_SHIFT)
    go(120)
    live.press(Key.Key_Right)
    second = live.view.item_id
    go(60)
    live.press(Key.Key_J, CTRL_SHIFT)
    go(300)
    live.press(Key.Key_J, CTRL_SHIFT)
    live.press(Key.Key_Escape)
    record = live.case.meeting.live
    assert record.seconds(live.item) == 120
    assert record.seconds(second) == 60, "a pause takes no item's time"


def test_on_another_day_no_clock_is_written(live: Live) -> None:
    live.now = dt.datetime(2026, 10, 30, 9, 0)
    live.press(Key.Key_J, CTRL_SHIFT)
    assert live.case.meeting.live.paused_at is None
    assert "bara på mötesdagen" in live.case.notice()


def test_sizes_stop_at_both_ends(live: Live) -> None:
    for _ in range(12):
        live.view.larger()
    largest = live.view.stage._title.font().pointSizeF()
    for _ in range(12):
        live.view.smaller()
    assert largest > 2 * live.view.stage._title.font().pointSizeF()


def test_a_meeting_that_is_removed_closes_it(live: Live) -> None:
    live.case.session.change("Ta bort", live.case.meeting, None)
    wait(0)
    assert live.case.window.place == "meetings"


def test_a_locked_meeting_is_only_read(live: Live) -> None:
    from finsam_desktop.domain.meeting import MeetingState

    meeting = live.case.meeting
    live.case.session.change("Justerat", meeting, replace(meeting, state=MeetingState.ADJUSTED))
    live.press(Key.Key_B)
    assert live.outcome() is Outcome.UNSET

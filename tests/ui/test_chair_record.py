"""Närvaro och beslut in the receiver's window, and what of it comes back to the secretary."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from finsam_desktop.domain.decisions import Ballot, Decision
from finsam_desktop.domain.meeting import MeetingState
from finsam_desktop.ui.views.chair.place import ChairView
from finsam_desktop.ui.views.chair.rooms import READING, RECORD, ChairRooms
from finsam_desktop.ui.views.parcel_back import ParcelBackView
from tests.ui.parcel_windows import ParcelCase


@pytest.fixture
def case(
    qapp: object, tmp_path: Path, no_pages: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ParcelCase]:
    made = ParcelCase(tmp_path)
    monkeypatch.setattr("finsam_desktop.parcels.received.copies_folder", lambda: made.copies)
    yield made
    made.close()


def rooms(case: ParcelCase) -> ChairRooms:
    case.window.open_file(case.sent)
    case.rest()
    view = case.window.current_view()
    assert isinstance(view, ChairView)
    return view.rooms


def test_presence_and_votes_are_recorded_with_the_secretarys_keys(case: ParcelCase) -> None:
    room = rooms(case)
    assert room.tabs.isVisible()
    assert not room.is_recording
    room.page.show_item("i2")
    room.page.item.minutes.record.click()
    assert room.is_recording
    assert room.record.decision.item_id == "i2", "the paragraph at hand stays at hand"
    assert not room.record.head.live_button.isVisible()
    assert room.record.head.opened_at.isVisible()
    room.record.show_presence()
    grid = room.record.grid
    people = [row.person_id for row in room.record.model.grid.rows]
    grid.setCurrentIndex(
        room.record.model.index(people.index("Lena Granström"), grid.currentIndex().column())
    )
    QTest.keyClick(grid, Qt.Key.Key_F)
    there = case.meeting.attendance.of("Lena Granström")
    assert there is not None
    assert not there.present
    QTest.keyClick(grid, Qt.Key.Key_V)
    vote = case.meeting.items[1].decision.vote
    assert vote is not None
    assert {one.ballot for one in vote.ballots} == {Ballot.YES}
    assert "Lena Granström" not in {one.person_id for one in vote.ballots}
    room.tabs.setCurrentIndex(READING)
    assert room.page.item_id == "i2"
    printed = " ".join(
        part.text()
        for part in room.page.item.minutes.printed.findChildren(type(room.page.item.reading.title))
    )
    assert "Omröstning" in printed
    case.window.undo()
    case.window.undo()
    assert case.meeting.attendance.of("Lena Granström") is None
    assert case.meeting.items[1].decision.vote is None


def test_what_the_chair_corrected_comes_back_as_one_reads_it(case: ParcelCase) -> None:
    room = rooms(case)
    room.page.show_item("i3")
    room.tabs.setCurrentIndex(RECORD)
    grid = room.record.grid
    people = [row.person_id for row in room.record.model.grid.rows]
    grid.setCurrentIndex(
        room.record.model.index(people.index("Anders Björkman"), grid.currentIndex().column())
    )
    case.window.actions.run("mark_absent")
    case.window.actions.run("add_dissent")
    view = case.window.current_view()
    assert isinstance(view, ChairView)
    view.send_back()
    assert not room.is_recording, "the way back is on the other page"
    assert "ändringar i mötets uppgifter" in view.page.whole.sending.goes.text()
    view.page.whole.sending.button.click()
    case.rest()
    (answer,) = case.sent.parent.glob("*Från*")
    case.session.open(case.file)
    case.window.open_file(answer)
    case.rest()
    back = case.window.current_view()
    assert isinstance(back, ParcelBackView)
    assert back.first is not None
    told = {(one.place, one.field): one.theirs for one in back.first.changes}
    assert told["Närvaro", "Närvaro för Anders Björkman"] == "Frånvarande"
    (reserved,) = (field for place, field in told if place.endswith("Sammanträdesplan"))
    assert reserved.startswith("Tillagt: reservation av ")


def test_before_anything_is_recorded_there_is_one_room(case: ParcelCase) -> None:
    room = rooms(case)
    before = case.meeting
    items = tuple(replace(one, minutes_text="", decision=Decision()) for one in before.items)
    called = replace(before, state=MeetingState.NOTIFIED, opened_at=None, closed_at=None, items=items)
    room.tabs.setCurrentIndex(RECORD)
    assert case.session.change("Kallat", before, called)
    assert not room.tabs.isVisible()
    assert not room.is_recording
    case.window.undo()
    assert room.tabs.isVisible()


@pytest.mark.parametrize("width", [1280, 800])
def test_every_pane_is_reached_by_f6(case: ParcelCase, width: int) -> None:
    case.window.resize(width, 720)
    case.window.activateWindow()
    room = rooms(case)
    room.page.show_item("i2")
    room.tabs.setCurrentIndex(RECORD)
    case.rest()
    view = case.window.current_view()
    assert view is not None
    for pane in view.panes():
        pane.setFocus()
        focus = QApplication.focusWidget()
        assert focus is not None
        assert pane is focus or pane.isAncestorOf(focus) or pane is room.record.decision

"""A step that is hidden does no work for what changes, and shows it when it is seen again."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from finsam_desktop.domain import recording
from finsam_desktop.domain.decisions import Outcome
from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.views.agenda.step import AgendaStep
from finsam_desktop.ui.views.meeting.place import MeetingView
from finsam_desktop.ui.views.notice.step import NoticeStep
from finsam_desktop.ui.views.record.step import AttendanceStep
from finsam_desktop.ui.views.when_seen import WhenSeen
from finsam_desktop.ui.widgets.rows import RowRole
from tests.ui.waiting import wait, wait_until

MEETING = "2026-11-26"


def steps(window: MainWindow) -> tuple[MeetingView, AgendaStep, AttendanceStep]:
    window.go("meeting", f"{MEETING}/dagordning")
    view = window.current_view()
    assert isinstance(view, MeetingView)
    assert view.page is not None
    agenda = view.page.agenda()
    record = view.page.attendance()
    assert record is not None
    return view, agenda, record


def test_values_are_shown_at_once_where_they_are_seen_and_else_once_when_they_are(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    part, shown = QWidget(window), []
    seen = WhenSeen(part, lambda: shown.append(1))
    seen.now()
    assert not shown, "nothing has changed"
    seen.changed()
    assert len(shown) == 1, "a window that is still to be shown is made as it is"
    window.show()
    seen.now()
    part.hide()
    seen.changed()
    seen.changed()
    assert len(shown) == 1
    part.show()
    seen.now()
    seen.now()
    assert len(shown) == 2
    seen.changed()
    assert len(shown) == 3
    seen.later()
    assert len(shown) == 3
    seen.now()
    assert len(shown) == 4


def test_what_changes_at_another_step_is_shown_when_the_step_is_seen(
    window: MainWindow, qtbot, monkeypatch
) -> None:
    view, agenda, _record = steps(window)
    assert view.page is not None
    asked: list[object] = []
    monkeypatch.setattr(agenda.suggestions, "refresh", lambda: asked.append(1) or 0)
    desk = view.page.desk
    first, *rest = desk.meeting.items
    assert desk.change_fields("Ny rubrik", items=(replace(first, title="Mötet börjar"), *rest))
    assert not asked, "a hidden step works for nothing"
    view.page.show_step("dagordning")
    qtbot.waitUntil(lambda: bool(asked))  # counted in a turn of its own
    assert agenda.model.index(0, 0).data(RowRole.TITLE) == "Mötet börjar"
    agenda.show_item(first.id)
    assert agenda.editor.title.text() == "Mötet börjar"


def test_old_values_of_a_hidden_step_are_never_taken_in(window: MainWindow) -> None:
    view, agenda, _record = steps(window)
    assert view.page is not None
    desk = view.page.desk
    first, *rest = desk.meeting.items
    agenda.show_item(first.id)
    view.page.show_step("narvaro")
    assert desk.change_fields("Ny rubrik", items=(replace(first, title="Mötet börjar"), *rest))
    view.page.flush()
    assert desk.meeting.items[0].title == "Mötet börjar"


def test_a_step_behind_another_place_goes_to_an_item_that_came_meanwhile(window: MainWindow) -> None:
    view, _agenda, record = steps(window)
    assert view.page is not None
    desk = view.page.desk
    window.go("decisions")
    items = (*desk.meeting.items, replace(desk.meeting.items[0], id="nytt", title="Ett ärende till"))
    after = recording.decide(replace(desk.meeting, items=items), "nytt", Outcome.NOTED)
    assert desk.change("Lägg till", after)
    assert "nytt" not in [column.item_id for column in record.model.grid.columns]
    window.go("meeting", f"{MEETING}/narvaro/nytt")
    column = record.grid.column()
    assert column is not None
    assert column.item_id == "nytt"
    assert record.decision.item_id == "nytt"


def test_a_step_that_was_left_before_its_turn_came_makes_nothing_until_it_is_seen_again(
    window: MainWindow,
) -> None:
    """By then the file may be closed; what was made of it failed."""
    window.go("meeting", f"{MEETING}/dagordning")
    view = window.current_view()
    assert isinstance(view, MeetingView)
    assert view.page is not None
    agenda = view.page._steps["dagordning"]
    assert isinstance(agenda, AgendaStep)
    view.page.show_step("kallelse")
    notice = view.page._steps["kallelse"]
    assert isinstance(notice, NoticeStep)
    window.go("keys")
    wait(50)
    assert agenda._editor is None
    assert notice._foot is None
    window.go("meeting", f"{MEETING}/kallelse")
    wait_until(lambda: notice._foot is not None)
    view.page.show_step("dagordning")
    wait_until(lambda: agenda._editor is not None)

"""Beslut in the real window: narrowing down, following up in place, delegated decisions, the workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from finsam_desktop.domain.decisions import FollowUpState
from finsam_desktop.domain.register import DecisionEntry, register
from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.views.decisions.place import DecisionsView
from finsam_desktop.ui.widgets.states import State


def opened(window: MainWindow, target: str = "") -> DecisionsView:
    window.go("decisions", target)
    view = window.current_view()
    assert isinstance(view, DecisionsView)
    return view


def entry(window: MainWindow, item_id: str) -> DecisionEntry:
    return next(one for one in register(window.session.meetings) if one.item.id == item_id)


def keys(view: DecisionsView) -> list[str]:
    return [row.key for row in view.register._model.rows() if row.key]


def test_the_filters_narrow_the_list_and_an_empty_answer_says_so(window: MainWindow) -> None:
    view = opened(window)
    every = keys(view)
    assert len(every) == len(register(window.session.meetings))
    view.register.state.setCurrentIndex(2)
    assert keys(view) == ["q06"]  # due 12 November, the clock stands on the 22nd
    view.register.state.setCurrentIndex(0)
    view.register.search.setText("finns inte alls")
    assert keys(view) == []
    assert view.register._model.rows()[0].title == "Inget beslut svarar mot det du söker."
    view.register.search.setText("§ 69")
    assert keys(view) == ["p09"]


def test_what_is_written_becomes_the_decisions_follow_up_and_is_undone(window: MainWindow) -> None:
    view = opened(window, "p07")
    form = view.register.form
    assert entry(window, "p07").follow_up is None
    form._responsible.setText("Ekonomen")
    form._responsible.flush()
    form._due.setText("2026-12-24")
    form._due.editingFinished.emit()
    follow_up = entry(window, "p07").follow_up
    assert follow_up is not None
    assert (follow_up.responsible, follow_up.due) == ("Ekonomen", date(2026, 12, 24))
    form._state.chosen.emit(FollowUpState.DONE)
    window.session.undo()
    follow_up = entry(window, "p07").follow_up
    assert follow_up is not None
    assert follow_up.state is FollowUpState.OPEN
    window.session.undo()
    window.session.undo()
    assert entry(window, "p07").follow_up is None


def test_a_report_gets_todays_date_and_loses_it_when_erased(window: MainWindow) -> None:
    form = opened(window, "p09").register.form
    form._report.setPlainText("Avtalet är uppsagt.")
    form.flush()
    follow_up = entry(window, "p09").follow_up
    assert follow_up is not None
    assert follow_up.reported_on == window.session.today
    form._report.setPlainText("")
    form.flush()
    follow_up = entry(window, "p09").follow_up
    assert follow_up is not None
    assert (follow_up.report, follow_up.reported_on) == ("", None)


def test_text_in_hand_belongs_to_the_decision_it_was_written_for(window: MainWindow) -> None:
    view = opened(window, "p09")
    view.register.form._task.setPlainText("Skriv till parterna")
    view.register.choose("p07")
    follow_up = entry(window, "p09").follow_up
    assert follow_up is not None
    assert follow_up.task == "Skriv till parterna"
    assert entry(window, "p07").follow_up is None


def test_a_day_that_cannot_be_read_is_said_and_changes_nothing(window: MainWindow) -> None:
    form = opened(window, "p09").register.form
    form._due.setText("i höst")
    form._due.editingFinished.emit()
    follow_up = entry(window, "p09").follow_up
    assert follow_up is not None
    assert follow_up.due == date(2026, 11, 30)
    assert "går inte att läsa" in form._due.accessibleDescription()


def test_the_register_comes_by_itself_and_tells_the_head(window: MainWindow, qtbot: QtBot) -> None:
    window.go("decisions")
    view = window.current_view()
    assert isinstance(view, DecisionsView)
    every = register(window.session.meetings)
    qtbot.waitUntil(lambda: view.shown() is not None and view.shown().entries == every, timeout=10_000)  # type: ignore[union-attr]
    assert f"{len(every)} beslut" in view.head().facts
    assert [row.key for row in view.shown()._model.rows() if row.key] == [one.item.id for one in every]  # type: ignore[union-attr]


def test_what_is_shown_is_saved_as_a_workbook(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    view = opened(window, "oppna")
    shown = keys(view)
    target = tmp_path / "Öppna uppdrag.xlsx"
    view.register._save(target)
    qtbot.waitUntil(lambda: not window.jobs.running(), timeout=10_000)
    sheet = load_workbook(target).active
    assert sheet is not None
    assert sheet.max_row == len(shown) + 1
    notice = window.strip.notice
    assert notice is not None
    assert notice.text.endswith("sparades i Öppna uppdrag.xlsx.")
    view.register._save(tmp_path)  # a folder: told in words, nothing breaks
    qtbot.waitUntil(lambda: not window.jobs.running(), timeout=10_000)
    assert tmp_path.is_dir()
    notice = window.strip.notice
    assert notice is not None
    assert notice.state is State.MUST_MEND


def test_enter_in_the_list_goes_to_the_form(window: MainWindow) -> None:
    view = opened(window, "p09")
    view.register.list.setFocus()
    QTest.keyClick(view.register.list, Qt.Key.Key_Return)
    assert view.register.form._task.hasFocus()


def test_waiting_delegated_decisions_are_reported_at_the_right_meeting(window: MainWindow) -> None:
    view = opened(window, "delegationsbeslut")
    told = view.delegated.next_report()
    assert told is not None
    assert (told[0].date, told[1]) == (date(2026, 11, 26), 2)
    view.delegated.report()
    assert all(one.reported_at for one in window.session.association.delegated_decisions)
    assert view.delegated.next_report() is None
    window.session.undo()
    assert sum(1 for one in window.session.association.delegated_decisions if not one.reported_at) == 2


def test_a_delegated_decision_is_added_and_taken_away(window: MainWindow) -> None:
    view = opened(window, "delegationsbeslut")
    before = window.session.association.delegated_decisions
    view.delegated.add()
    assert len(window.session.association.delegated_decisions) == len(before) + 1
    view.delegated._text.setText("Avtal om kaffe")
    view.delegated._text.flush()
    assert window.session.association.delegated_decisions[-1].text == "Avtal om kaffe"
    view.delegated.remove()
    assert window.session.association.delegated_decisions == before

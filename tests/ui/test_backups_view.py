"""Säkerhetskopior and salvage in the real window: what differs in words, restoring beside and in the file, damage."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from finsam_desktop.domain import agenda
from finsam_desktop.file_backups import back_up, backups_of
from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.views.backups.place import BackupsView, group_of
from finsam_desktop.ui.views.salvage import SalvageView
from finsam_desktop.ui.widgets.changed_text import ChangedText
from finsam_desktop.ui.widgets.rows import RowRole
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.workspace import Workspace
from tests.ui.example_window import TODAY

MEETING = "2026-11-26"


@pytest.fixture
def backed_up(window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """The example with a backup of last week, and a new title since then."""
    monkeypatch.setattr("finsam_desktop.file_backups.backup_root", lambda: tmp_path / "kopior")
    session = window.session
    assert session.path is not None
    back_up(session.path, at=TODAY - dt.timedelta(days=3))
    before = session.meeting(MEETING)
    after = replace(
        before,
        items=agenda.update(before.items, "r06", lambda item: replace(item, title="Ny rubrik")),
    )
    assert session.change("Ny rubrik", before, after)
    return window


def shown(window: MainWindow, qtbot: QtBot) -> BackupsView:
    window.actions.run("backups")
    qtbot.waitUntil(lambda: not window.jobs.running(), timeout=20_000)
    view = window.current_view()
    assert isinstance(view, BackupsView)
    qtbot.waitUntil(lambda: view._looked is not None, timeout=20_000)
    return view


def texts(model: object, role: int = RowRole.TITLE) -> list[str]:
    return [model.index(row, 0).data(role) for row in range(model.rowCount())]  # type: ignore[attr-defined]


def test_what_differs_is_told_in_words_and_field_by_field(backed_up: MainWindow, qtbot: QtBot) -> None:
    view = shown(backed_up, qtbot)
    QAbstractItemModelTester(view._model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert texts(view._model) == ["Den senaste veckan", "Torsdag 19\u00a0november 2026 10.42"]
    rows = view.changes._model
    assert texts(rows) == ["Budgetsammanträde 26\u00a0november 2026"]
    assert texts(rows, RowRole.META) == ["1 ärende ändrat"]
    view.changes.rows.setCurrentIndex(rows.index(0, 0))
    (text,) = view.changes.findChildren(ChangedText)
    assert "Ny rubrik" in text.accessibleName()
    assert view.over.isEnabled()


def test_what_differs_is_told_anew_when_the_view_is_come_back_to(backed_up: MainWindow, qtbot: QtBot) -> None:
    backed_up.session.undo()
    view = shown(backed_up, qtbot)
    assert not view.over.isEnabled()
    backed_up.go("overview")
    assert backed_up.session.redo()
    backed_up.go("backups")
    qtbot.waitUntil(view.over.isEnabled, timeout=20_000)
    assert texts(view.changes._model) == ["Budgetsammanträde 26\u00a0november 2026"]


def test_restoring_in_the_file_is_one_step_that_can_be_undone(backed_up: MainWindow, qtbot: QtBot) -> None:
    session = backed_up.session
    assert session.path is not None
    changed = session.meeting(MEETING)
    view = shown(backed_up, qtbot)
    backed_up.press_primary()
    qtbot.waitUntil(lambda: not backed_up.jobs.running(), timeout=20_000)
    assert agenda.find(session.meeting(MEETING).items, "r06").title != "Ny rubrik"
    assert session.undo_label == "Återställ säkerhetskopian 2026-11-19 10.42"
    assert len(backups_of(session.path)) == 2, "the file as it was is among the backups"
    backed_up.undo()
    assert session.meeting(MEETING) == changed
    assert view is backed_up.current_view()


def test_restoring_beside_leaves_the_open_file_alone(
    backed_up: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    view = shown(backed_up, qtbot)
    changed = backed_up.session.meeting(MEETING)
    target = tmp_path / "bredvid.finsam"
    for expected in (True, False):
        content = target.read_bytes() if target.exists() else b""
        view.restore_to(target)
        qtbot.waitUntil(lambda: not backed_up.jobs.running(), timeout=20_000)
        notice = backed_up.strip.notice
        assert notice is not None
        assert (notice.state is State.DONE) is expected, notice.text
        assert expected or target.read_bytes() == content
    assert backed_up.session.meeting(MEETING) == changed
    with Workspace.open(target, user="Efter") as workspace:
        assert agenda.find(workspace.meeting(MEETING).items, "r06").title != "Ny rubrik"


def test_adjusted_minutes_are_not_taken_back(backed_up: MainWindow, qtbot: QtBot) -> None:
    """What has been adjusted since the backup stays; the user is told, and may restore beside."""
    from finsam_desktop.domain.adjusting import forbidden_change

    session = backed_up.session
    view = shown(backed_up, qtbot)
    looked = view._looked
    assert looked is not None
    sealed = next(m for m in session.meetings if m.seals)
    assert forbidden_change(sealed, None, session.meetings) is not None
    without = replace(looked.earlier, meetings=tuple(m for m in looked.earlier.meetings if m.id != sealed.id))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("finsam_desktop.file_backups.look", lambda _backup: without)
        backed_up.press_primary()
        qtbot.waitUntil(lambda: not backed_up.jobs.running(), timeout=20_000)
    assert backed_up.strip.notice is not None
    assert "gjordes inte" in backed_up.strip.notice.text
    assert session.meeting(sealed.id) == sealed
    assert agenda.find(session.meeting(MEETING).items, "r06").title == "Ny rubrik"


def test_a_damaged_file_offers_what_can_be_had(
    backed_up: MainWindow, qtbot: QtBot, tmp_path: Path, example_file: Path
) -> None:
    window = backed_up
    window.session.close()
    damaged = example_file
    whole = damaged.read_bytes()
    damaged.write_bytes(whole[: len(whole) // 2])
    half = damaged.read_bytes()
    window.open_file(damaged)
    notice = window.strip.notice
    assert notice is not None
    assert notice.action == "Se vad som går att rädda"
    window.strip._act()
    qtbot.waitUntil(lambda: not window.jobs.running(), timeout=20_000)
    view = window.current_view()
    assert isinstance(view, SalvageView)
    QAbstractItemModelTester(view._model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    rows = texts(view._model)
    assert any(", " in row and row.endswith(" ärenden") for row in rows), rows
    assert texts(view._backups_model) == ["Torsdag 19\u00a0november 2026 10.42"]
    target = tmp_path / "räddad.finsam"
    view.save_to(target)
    qtbot.waitUntil(lambda: not window.jobs.running(), timeout=20_000)
    assert damaged.read_bytes() == half
    assert not view._place.exists()
    with Workspace.open(target, user="Efter") as workspace:
        assert workspace.meetings
    view.backups.opened.emit(view._backups_model.index(0, 0))
    qtbot.waitUntil(lambda: not window.jobs.running(), timeout=20_000)
    assert window.place == "backups"
    backups = window.current_view()
    assert isinstance(backups, BackupsView)
    assert backups.chosen() is not None
    assert not backups.over.isVisible()


def test_a_file_of_rubbish_says_that_nothing_can_be_had(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    rubbish = tmp_path / "skräp.finsam"
    rubbish.write_bytes(b"x" * 5000)
    window.go("salvage", str(rubbish))
    qtbot.waitUntil(lambda: not window.jobs.running(), timeout=20_000)
    view = window.current_view()
    assert isinstance(view, SalvageView)
    assert "Ingenting gick att rädda ur skräp.finsam" in view._about.text()
    assert not view.save.isEnabled()
    assert rubbish.read_bytes() == b"x" * 5000


def test_ages_have_headings() -> None:
    assert [group_of(days) for days in (-1, 0, 1, 6, 7, 30, 31, 4000)] == [
        "I dag", "I dag", "Den senaste veckan", "Den senaste veckan", "Den senaste månaden",
        "Den senaste månaden", "Äldre", "Äldre",
    ]  # fmt: skip

"""After opening, the whole file is read in the background; what is wrong with it is told once, in words."""

from __future__ import annotations

import gc
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from pytestqt.qtbot import QtBot

from finsam_desktop.ui.file_care import FileCare
from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.views.overview.place import OverviewView, _Work
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.workspace import DamagedFileError, Workspace


def run(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as db:
        assert db.execute(statement).rowcount > 0
        db.commit()


def opened_again(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    assert window.session.open(path)
    qtbot.waitUntil(lambda: window.strip.notice is not None, timeout=20_000)


def checked(window: MainWindow, qtbot: QtBot, monkeypatch) -> None:
    """The whole check, from the first piece to the last."""
    monkeypatch.setattr("finsam_desktop.ui.file_care.NEXT_MS", 0)
    care = window.findChild(FileCare)
    assert care is not None
    care.check_now()
    qtbot.waitUntil(
        lambda: not window.jobs.running() and not care._timer.isActive() and care._check is None,
        timeout=30_000,
    )


def test_a_whole_file_gives_no_notice_and_no_place_in_the_status_bar(
    window: MainWindow, qtbot: QtBot, monkeypatch
) -> None:
    shown: list[object] = []
    window.jobs.changed.connect(lambda: shown.extend(window.jobs.shown()))
    checked(window, qtbot, monkeypatch)
    assert window.strip.notice is None
    assert not [job.label for job in shown if job.label == "Kontrollerar filen"]


def test_a_meeting_that_cannot_be_read_closes_the_file_and_is_named(
    window: MainWindow, example_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    damaged = tmp_path / "skadad.finsam"
    shutil.copyfile(example_file, damaged)
    run(damaged, "UPDATE meetings SET value = replace(value, 'Dialog', 'Dialig') WHERE date = '2026-09-17'")
    run(damaged, "UPDATE meetings SET value = value || ' x' WHERE date = '2026-09-17'")
    opened_again(window, damaged, qtbot)
    assert not window.session.is_open
    notice = window.strip.notice
    assert notice is not None
    assert "Filen skadad.finsam är skadad: sammanträdet 2026-09-17 går inte att läsa" in notice.text
    assert notice.state is State.MUST_MEND


def test_a_damaged_bilaga_is_named_and_the_file_stays_open(
    window: MainWindow, qtbot: QtBot, monkeypatch
) -> None:
    path = window.session.path
    assert path is not None
    qtbot.waitUntil(lambda: not window.jobs.running(), timeout=20_000)
    bilaga = next(
        a for m in window.session.meetings for item in m.items for a in item.attachments if a.sha256
    )
    statement = "UPDATE files SET content = zeroblob(size) WHERE sha256 = '" + bilaga.sha256 + "'"
    run(path, statement)
    checked(window, qtbot, monkeypatch)
    notice = window.strip.notice
    assert notice is not None
    assert f"går inte att läsa: bilagan {bilaga.title} (sammanträdet 2026-10-29)." in notice.text
    assert "Återställ en säkerhetskopia" in notice.text
    assert (notice.state, notice.action) == (State.MUST_MEND, "Se vad som går att rädda")
    assert window.session.is_open


def test_a_copy_by_a_sync_folder_is_told_of(
    window: MainWindow, example_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window.session.close()
    shutil.copyfile(example_file, tmp_path / "exempelbygden-DESKTOP-4F2A.finsam")
    opened_again(window, example_file, qtbot)
    notice = window.strip.notice
    assert notice is not None
    assert "Bredvid filen ligger exempelbygden-DESKTOP-4F2A.finsam" in notice.text
    assert notice.state is State.CONSIDER


def test_what_was_read_is_not_looked_through_for_garbage_until_the_file_closes(
    window: MainWindow, qtbot: QtBot
) -> None:
    gc.unfreeze()
    care = window.findChild(FileCare)
    assert care is not None
    care._rested()
    qtbot.waitUntil(lambda: gc.get_freeze_count() > 1000, timeout=20_000)
    window.session.close()
    assert gc.get_freeze_count() == 0


def test_a_fault_in_the_reading_of_a_file_that_was_closed_does_not_close_it_when_it_is_open_again(
    window: MainWindow, example_file: Path, qtbot: QtBot
) -> None:
    care = window.findChild(FileCare)
    assert care is not None
    earlier = window.session.workspace
    window.session.close()
    window.open_file(example_file)
    fault = DamagedFileError(example_file, "sammanträdet går inte att läsa")
    care._unreadable(earlier, fault)
    qtbot.wait(50)
    assert window.session.is_open
    care._unreadable(window.session.workspace, fault)
    qtbot.waitUntil(lambda: not window.session.is_open)


def test_what_was_begun_with_a_file_that_is_closed_never_closes_the_one_that_is_open(
    window: MainWindow, example_file: Path, qtbot: QtBot
) -> None:
    """Översikt read the file in a thread when it was closed and opened again: the new one was closed at once."""
    session = window.session
    read = Workspace.open(example_file, user="läsare", read_only=True)
    read.close()
    work = _Work(read, session.today)
    overview = window.current_view()
    assert isinstance(overview, OverviewView)
    faults: list[Exception] = []
    window.jobs.run(work, label="Läser översikten", on_error=faults.append)
    qtbot.waitUntil(lambda: bool(faults))
    overview._failed(read, faults[0])
    qtbot.wait(50)
    assert session.is_open
    overview._failed(session.workspace, faults[0])
    qtbot.waitUntil(lambda: not session.is_open)

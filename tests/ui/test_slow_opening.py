"""A large file of an earlier version is made anew beside the window, and opened when that is done."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from finsam_desktop import workspace as workspaces
from finsam_desktop.storage import schema
from finsam_desktop.ui.main_window import MainWindow

OLD = Path(__file__).parents[1] / "data" / "documents" / "version-1.finsam"


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of version 1 that counts as large."""
    monkeypatch.setattr(workspaces, "QUICK_TO_COPY", 0)
    return Path(shutil.copyfile(OLD, tmp_path / "gammal.finsam"))


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """The making anew goes on until the event is set."""
    go_on = threading.Event()
    real = schema.UPGRADES[1]

    def waiting(connection: object) -> None:
        assert threading.current_thread() is not threading.main_thread()
        assert go_on.wait(60)
        real(connection)  # type: ignore[arg-type]

    monkeypatch.setattr(schema, "UPGRADES", {**schema.UPGRADES, 1: waiting})
    return go_on


def beside(file: Path) -> list[str]:
    return sorted(path.name for path in file.parent.glob("gammal (*"))


def test_the_window_goes_on_and_the_file_opens_when_it_is_ready(
    window: MainWindow, old: Path, slow: threading.Event, qtbot: QtBot
) -> None:
    before = window.session.path
    window.open_file(old)
    assert window.session.path == before
    assert window.strip.notice is not None
    assert "Först kopieras hela filen" in window.strip.notice.text
    assert [job.label for job in window.jobs.shown()] == ["Gör om gammal.finsam"]
    window.open_file(old)
    assert len(window.jobs.shown()) == 1, "it is under way"
    window.go("meetings")
    assert window.place == "meetings"
    slow.set()
    qtbot.waitUntil(lambda: window.session.path == old.resolve(), timeout=20_000)
    assert window.place == "overview"
    assert beside(old) == ["gammal (före uppdatering 1).finsam"]
    window.session.close()
    assert window.session.open(old), "it is of this version now"


def test_a_file_that_cannot_be_made_anew_is_told_and_the_open_one_stays(
    window: MainWindow, old: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def fails(_connection: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(schema, "UPGRADES", {**schema.UPGRADES, 1: fails})
    before, content = window.session.path, old.read_bytes()
    window.open_file(old)
    qtbot.waitUntil(lambda: not window.jobs.shown(), timeout=20_000)
    assert window.session.path == before
    assert window.strip.notice is not None
    assert "gick inte att göra om" in window.strip.notice.text
    assert old.read_bytes() == content
    assert beside(old) == []


def test_what_nobody_waits_for_is_closed_again(
    window: MainWindow, old: Path, slow: threading.Event, qtbot: QtBot
) -> None:
    before = window.session.path
    window.open_file(old)
    window.jobs.shown()[0].cancel()
    slow.set()
    qtbot.waitUntil(lambda: not window.jobs.shown(), timeout=20_000)
    assert window.session.path == before
    window.open_file(old)
    assert window.session.path == old.resolve(), "nothing holds it, and it is of this version now"


def test_what_is_no_file_is_told_as_before(window: MainWindow, tmp_path: Path, old: Path) -> None:
    before = window.session.path
    for name, content in (("tom.finsam", b""), ("annat.finsam", b"x" * 200)):
        (tmp_path / name).write_bytes(content)
        window.strip.close_notice()
        window.open_file(tmp_path / name)
        assert window.strip.notice is not None
        assert name in window.strip.notice.text
    assert window.session.path == before

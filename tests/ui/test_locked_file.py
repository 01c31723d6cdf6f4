"""A file that somebody else has open: the notice says who, and the choices are to read it or to take it over."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from finsam_desktop.ui.locked_file import LockedFileBox
from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.workspace import Workspace


def box_of(window: MainWindow) -> LockedFileBox:
    """The choices, as the notice's link opens them."""
    notice = window.strip.notice
    assert notice is not None
    assert notice.action == "Visa vad du kan göra"
    assert notice.on_action is not None
    notice.on_action()
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, LockedFileBox) and w.isVisible())


@pytest.fixture
def other(window: MainWindow, example_file: Path, tmp_path: Path) -> Path:
    """Another file, locked by a computer that is not this one."""
    path = tmp_path / "annan.finsam"
    path.write_bytes(example_file.read_bytes())
    owner = {"user": "Anna", "host": "KANSLI-07", "pid": 4, "since": "2026-10-29T09:12:30"}
    path.with_name(path.name + ".lock").write_text(json.dumps(owner), "utf-8")
    assert not window.session.open(path)
    notice = window.strip.notice
    assert notice is not None
    assert notice.text == "annan.finsam är öppen hos Anna på datorn KANSLI-07 sedan 2026-10-29 kl. 09.12."
    return path


def test_it_can_be_read(window: MainWindow, other: Path, qtbot: QtBot) -> None:
    box_of(window).read.click()
    assert window.session.path == other
    assert window.session.read_only


def test_it_can_be_taken_over_from_a_computer_that_broke(
    window: MainWindow, other: Path, qtbot: QtBot
) -> None:
    box = box_of(window)
    assert "går den enes ord förlorade" in box.informativeText()
    assert box.take is not None
    box.take.click()
    assert window.session.path == other
    assert not window.session.read_only


def test_on_this_computer_there_is_nothing_to_take_over(
    window: MainWindow, example_file: Path, tmp_path: Path
) -> None:
    path = tmp_path / "annan.finsam"
    path.write_bytes(example_file.read_bytes())
    with Workspace.open(path, user="Anna"):
        assert not window.session.open(path)
        notice = window.strip.notice
        assert notice is not None
        assert f"öppen hos Anna på datorn {socket.gethostname()}" in notice.text
        box = box_of(window)
        assert box.take is None
        box.close()

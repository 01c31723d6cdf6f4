"""Start and end of the program: geometry, the process as a whole, faults nobody caught, the log."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from finsam_desktop.settings import SettingsStore
from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.session import Session
from finsam_desktop.ui.views.welcome import place as welcome


def test_geometry_comes_back(qtbot: QtBot, tmp_path: Path) -> None:
    def make() -> MainWindow:
        settings = SettingsStore(tmp_path / "i.toml")
        window = MainWindow(
            Session(settings),
            settings,
            geometry=QSettings(str(tmp_path / "f.ini"), QSettings.Format.IniFormat),
        )
        window.register_view("welcome", welcome.make)
        qtbot.addWidget(window)
        window.go("welcome")
        return window

    first = make()
    first.resize(760, 540)
    first.show()
    first.close()
    second = make()
    assert (second.width(), second.height()) == (760, 540)
    second.close()


def test_the_program_starts_shows_and_ends(tmp_path: Path) -> None:
    import os

    scratch = tmp_path / "temporary"
    scratch.mkdir()
    env = {
        **os.environ,
        "FINSAM_EXIT_WHEN_SHOWN": "1",
        "FINSAM_CONFIG_DIR": str(tmp_path / "settings"),
        "QT_QPA_PLATFORM": "offscreen",
        "TMPDIR": str(scratch),
        "TEMP": str(scratch),
    }
    run = subprocess.run(
        [sys.executable, "-m", "finsam_desktop"], env=env, capture_output=True, text=True, timeout=60
    )
    assert run.returncode == 0, run.stderr
    assert "Traceback" not in run.stderr
    assert list(scratch.iterdir()) == [], "left in the folder for temporary files"


def test_a_thread_that_works_does_not_keep_the_window_waiting(window: MainWindow) -> None:
    """Each call of Qt may wait this long for the interpreter, and a view makes hundreds of them."""
    assert sys.getswitchinterval() <= 0.001

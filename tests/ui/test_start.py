"""Start and end of the program: geometry, the process as a whole, faults nobody caught, the log."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from finsam_desktop.settings import SettingsStore
from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.session import Session
from finsam_desktop.ui.views import welcome


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


def test_a_fault_in_a_slot_reaches_log_and_strip(tmp_path: Path) -> None:
    import os

    program = """
import sys
from finsam_desktop import app
from finsam_desktop.settings import data_folder
qt = app.make_qt(sys.argv); log = app.log_to(data_folder()); a = app.build(qt); app.tell_of_faults(a); a.show()
from PySide6.QtCore import QTimer
def broken(): raise RuntimeError("prov")
QTimer.singleShot(0, broken); QTimer.singleShot(50, qt.quit); qt.exec()
print(a.window.strip.notice.text); a.window.close()
import logging; logging.shutdown(); print("RuntimeError: prov" in log.read_text("utf-8"))
"""
    env = {
        **os.environ,
        "FINSAM_CONFIG_DIR": str(tmp_path),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONIOENCODING": "utf-8",
    }
    run = subprocess.run(
        [sys.executable, "-c", program], env=env, capture_output=True, text=True, encoding="utf-8", timeout=60
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines() == [
        "Något gick fel i programmet. Det du har skrivit är sparat. Starta om programmet om något ser konstigt ut.",
        "True",
    ]


def test_log_is_set_aside_when_it_has_grown(tmp_path: Path) -> None:
    from finsam_desktop import app

    (tmp_path / "finsam.log").write_bytes(b"x" * 1_000_001)
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    assert app.log_to(tmp_path) == tmp_path / "finsam.log"
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    assert (tmp_path / "finsam.log.1").stat().st_size == 1_000_001

"""A cold start: the whole process from its start until the window has been shown, against an empty window."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from functools import partial

from tests.bench.measure import Measure, interleaved_seconds

EMPTY_WINDOW = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

application = QApplication(sys.argv)
window = QMainWindow()
window.resize(1200, 800)
window.show()
QTimer.singleShot(0, application.quit)
sys.exit(application.exec())
"""


def measures() -> list[Measure]:
    with tempfile.TemporaryDirectory() as home:
        # An installed program lies compiled on the disk; a checkout may not be allowed to keep compiled files.
        for arguments in (("-c", EMPTY_WINDOW), ("-m", "finsam_desktop")):
            _start(home, *arguments)
        empty, ours = interleaved_seconds(
            partial(_start, home, "-c", EMPTY_WINDOW), partial(_start, home, "-m", "finsam_desktop"), turns=11
        )
    return [
        Measure(name="Start: tomt fönster", value=empty, unit="s"),
        Measure(name="Start: Finsam Desktop", value=ours, unit="s"),
        Measure(name="Start: mot ett tomt fönster", value=ours / empty, unit="gånger", goal=2.0),
    ]


def _start(home: str, *arguments: str) -> None:
    """Run the process to its end; our own program ends by itself as soon as its window has been shown."""
    places = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA"), home)
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, **places, "FINSAM_EXIT_WHEN_SHOWN": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = os.path.join(home, "compiled")
    done = subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, timeout=60
    )
    if done.returncode != 0:
        raise RuntimeError(f"the process ended with {done.returncode}:\n{done.stderr}")

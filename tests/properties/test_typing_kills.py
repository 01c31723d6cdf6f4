"""Kill -9 while somebody types in the real window without a pause: the file opens, at most two seconds are lost."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from finsam_desktop.domain import agenda
from finsam_desktop.workspace import Workspace

LOST_AT_MOST = 2.0
"""Seconds of typing that may be lost."""

TYPIST = """
import os, sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from finsam_desktop import app

qt = app.make_qt(["typist"])
built = app.build(qt)
window = built.window
window.resize(1440, 900)
window.show()
assert window.session.open(Path(sys.argv[1]))
window.go("meeting", "2026-11-26/dagordning/r06")
field = window.current_view().page.agenda().editor.summary
field.setFocus()
field.selectAll()
typed = 0

def key():
    global typed
    QTest.keyClicks(field, f"{typed} ")
    typed += 1
    # What was typed, and when, as seen by the one who pulls the plug.
    os.write(1, f"{typed} {time.monotonic()}\\n".encode())

timer = QTimer()
timer.timeout.connect(key)
timer.start(40)
qt.exec()
"""


def type_until_killed(path: Path, seconds: float) -> tuple[list[tuple[int, float]], float]:
    """Type for some seconds in a window of its own and kill it; gives what was typed when, and when it died."""
    typist = subprocess.Popen(
        [sys.executable, "-c", TYPIST, str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.getcwd(), "QT_QPA_PLATFORM": "offscreen"},
    )
    assert typist.stdout is not None
    assert typist.stderr is not None
    with typist:
        first = typist.stdout.readline()
        assert first, typist.stderr.read().decode()
        time.sleep(seconds)
        killed = time.monotonic()
        typist.kill()
        lines = (first + typist.stdout.read()).decode().split("\n")
    return [(int(n), float(t)) for n, t in (line.split() for line in lines[:-1])], killed


def test_a_kill_while_typing_loses_at_most_two_seconds(
    example_file: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    chance = random.Random(20261122)
    kills = 40 if request.config.getoption("--all") else 3
    for number in range(kills):
        path = tmp_path / f"{number}.finsam"
        shutil.copy(example_file, path)
        keys, killed = type_until_killed(path, chance.uniform(0.0, 5.0))
        with Workspace.open(path, user="Efter") as workspace:
            item = agenda.find(workspace.meeting("2026-11-26").items, "r06")
            assert item is not None
        due = max((n for n, at in keys if at < killed - LOST_AT_MOST), default=0)
        if due == 0:
            # Killed within the first seconds: the old text, or the beginning of the new one.
            assert item.summary
            continue
        words = item.summary.split()
        assert words == [str(n) for n in range(len(words))], "the text is not what was typed, in order"
        assert len(words) >= due, f"{due} words were typed two seconds before the kill, {len(words)} are kept"

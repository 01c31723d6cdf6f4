"""The program goes down in earnest, in a process of its own: the next start says so, and nothing personal is told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from finsam_desktop.domain import agenda
from finsam_desktop.faults import reports, runs
from finsam_desktop.faults.log_file import NAME as LOG
from finsam_desktop.workspace import Workspace

SECRET = "Sekretessprövningen av Åsa Öberg 19121212-1212"

PROGRAM = """
import faulthandler, os, sys, threading, time
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from finsam_desktop import __main__, app

SECRET = os.environ["SECRET"]
how, path = sys.argv[1], Path(sys.argv[2])
build = app.build

def go(window):
    window.open_file(path)
    if how == "look":
        QTimer.singleShot(300, lambda: (print(window.strip.notice.text if window.strip.notice else ""), window.close()))
        return
    window.go("meeting", "2026-11-26/dagordning/r06")
    field = window.current_view().page.agenda().editor.summary
    field.setFocus(); field.selectAll()
    field.insertPlainText("Det sista som skrevs: " + SECRET)
    QTimer.singleShot(0 if how in ("slot", "memory") else 2200, fall)
    if how in ("slot", "thread", "memory", "job", "painter"):
        QTimer.singleShot(3200, lambda: (print(window.strip.notice.text), window.go("crash_report"),
            print(window.current_view().shown() is not None), window.close()))

def fall():
    if how == "segv": faulthandler._sigsegv()
    if how == "abort": os.abort()
    if how == "kill": os.kill(os.getpid(), 9)
    if how == "slot": raise RuntimeError(SECRET)
    if how == "memory": raise MemoryError(SECRET)
    if how == "thread":
        def work(): raise KeyError(SECRET)
        threading.Thread(target=work, name=SECRET).start()
    if how == "job":
        def work(progress): raise ZeroDivisionError(SECRET)
        made.window.jobs.run(work, label=SECRET)
    if how == "painter":
        from PySide6.QtWidgets import QLabel
        class Broken(QLabel):
            def paintEvent(self, event): raise ValueError(SECRET)
        broken = Broken(made.window); broken.resize(90, 90); broken.show()
        for n in range(30): QTimer.singleShot(n * 10, broken.update)

def built(qt):
    global made
    made = build(qt, remember_geometry=False)
    QTimer.singleShot(0, lambda: go(made.window))
    return made

app.build = built
raise SystemExit(__main__.main([]))
"""

Start = Callable[[str], subprocess.CompletedProcess[str]]


@pytest.fixture
def start(example_file: Path, tmp_path: Path) -> Start:
    """Run the whole program, with a file open, and let it fall in some way."""

    def run(how: str) -> subprocess.CompletedProcess[str]:
        env = {
            **os.environ,
            "FINSAM_CONFIG_DIR": str(tmp_path / "settings"),
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONIOENCODING": "utf-8",
            "PYTHONPATH": os.getcwd(),
            "SECRET": SECRET,
        }
        return subprocess.run(
            [sys.executable, "-c", PROGRAM, how, str(example_file)],
            env=env, capture_output=True, text=True, encoding="utf-8", timeout=120,
        )  # fmt: skip

    return run


def summary(path: Path) -> str:
    with Workspace.open(path, user="Efter") as workspace:
        item = agenda.find(workspace.meeting("2026-11-26").items, "r06")
        assert item is not None
        return item.summary


def assert_nothing_personal(data: Path) -> None:
    """Neither the log nor any report holds a word of what was typed, or where the file lies."""
    texts = [path.read_text("utf-8") for path in (data / LOG, *(data / reports.FOLDER).glob("*.txt"))]
    assert len(texts) >= 2
    for text in texts:
        for trace in ("Sekretess", "Åsa", "Öberg", "1212", "exempelbygden", os.getcwd(), str(Path.home())):
            assert trace not in text, text


@pytest.mark.skipif(sys.platform == "win32", reason="the ways to go down are those of Linux")
@pytest.mark.parametrize(
    ("how", "code", "told"),
    [
        ("segv", -signal.SIGSEGV, "Fatal Python error: Segmentation fault"),
        pytest.param("abort", -signal.SIGABRT, "Fatal Python error: Aborted", marks=pytest.mark.long),
        ("kill", -signal.SIGKILL, "utan att hinna säga varför"),
    ],
)
def test_the_next_start_says_what_happened(
    start: Start, tmp_path: Path, example_file: Path, how: str, code: int, told: str
) -> None:
    fallen = start(how)
    assert fallen.returncode == code, fallen.stderr
    again = start("look")
    assert again.returncode == 0, again.stderr
    assert again.stdout.startswith("Programmet avslutades oväntat ")
    assert "Det du hade skrivit finns i exempelbygden.finsam" in again.stdout
    data = tmp_path / "settings" / "data"
    (report,) = reports.kept(data)
    assert told in report.text
    if how == "segv":
        assert "in fall" in report.text
    assert_nothing_personal(data)
    assert summary(example_file) == f"Det sista som skrevs: {SECRET}"
    if how == "segv":
        assert start("look").stdout.strip() == "", "what has been told is not told again"


@pytest.mark.parametrize(
    "how",
    ["slot", *(pytest.param(how, marks=pytest.mark.long) for how in ("thread", "memory", "job", "painter"))],
)
def test_a_fault_is_told_calmly_and_the_program_goes_on(
    start: Start, tmp_path: Path, example_file: Path, how: str
) -> None:
    run = start(how)
    assert run.returncode == 0, run.stderr
    assert "Traceback" not in run.stderr
    said, shown = run.stdout.splitlines()
    what = "Datorns arbetsminne räckte inte till." if how == "memory" else "Något gick fel i programmet."
    assert said.startswith(f"{what} Det du har skrivit är sparat. ")
    assert shown == "True"
    data = tmp_path / "settings" / "data"
    (report,) = reports.kept(data)
    assert "in fall" in report.text or "in work" in report.text or "in paintEvent" in report.text
    assert_nothing_personal(data)
    assert summary(example_file) == f"Det sista som skrevs: {SECRET}"
    assert list((data / runs.FOLDER).iterdir()) == [], "a program that went on has not gone down"

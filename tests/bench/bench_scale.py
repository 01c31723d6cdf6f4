"""A new association, one of a year and one of twenty years with 3 GB of bilagor: start, open, save, search, memory.

    python -m tests.bench scale
    FINSAM_BENCH_MB=300 python -m tests.bench scale     with smaller bilagor in the twenty years, in a fifth of the time

The three are measured in turns, so that a busy moment of the machine hits them all, and what counts are the ratios to
the new association. "Start" is the whole process until the window has been painted with the file open, Översikt worked
out and the process ended. Memory is the most that the window's process has held after a walk through every place.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from finsam_desktop.__main__ import SHOWN
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.search.query import query
from finsam_desktop.searching import Search
from finsam_desktop.workspace import Workspace
from tests.bench.measure import TURNS, Measure, interleaved_seconds
from tests.years import TODAY, make_years

YEARS = (0, 1, 20)
WORDS = ("rehabilitering", "samordning", "vägledarsamtal", "åsarna", "2014", "kostnad", "Öst", "enkät")
"""Parts of compound words, names and numbers; each is searched for in every field and bilaga."""

WALK = """
import resource, sys, tempfile
from pathlib import Path
from PySide6.QtCore import QEventLoop, QTimer
from finsam_desktop import app
from finsam_desktop.ui.place_names import FOOT_PLACES, PLACES

def wait(milliseconds):
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()

qt = app.make_qt(["walk"])
window = app.build(qt, remember_geometry=False).window
window.show()
assert window.session.open(Path(sys.argv[1]))
wait(3000)
for place in (*PLACES, *FOOT_PLACES):
    window.go(place.id)
    wait(200)
for meeting in window.session.meetings[-3:]:
    window.go("meeting", meeting.id)
    wait(300)
while window.jobs.running():
    wait(200)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
window.close()
"""


def measures() -> list[Measure]:
    """Seconds, milliseconds and MB at 0, 1 and 20 years; the goals are set on the ratios and on the twenty years."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        size = _megabytes(folder)
        files = [
            make_years(folder / f"{years} år.finsam", years=years, attachments_mb=size * years / 20)
            for years in YEARS
        ]
        taken = [_row("storlek", files, [path.stat().st_size / 1e6 for path in files], "MB")]
        home = folder / "hem"
        home.mkdir()
        for path in files:
            _start(home, path)
        starts = [
            statistics.median(one) for one in zip(*(_starts(home, files) for _ in range(5)), strict=True)
        ]
        taken.append(_row("start", files, starts, "s", ratio=1.5))
        opened = interleaved_seconds(*(partial(_open, path) for path in files), turns=5 * TURNS)
        taken.append(_row("öppna", files, [1000 * one for one in opened], "ms", ratio=1.5))
        taken.append(_row("spara en ändring", files, _saved(files), "ms", most=50))
        taken.append(_row("sök", files, _searched(files, folder / "index"), "ms", most=200))
        taken.append(_row("minne", files, [_walked(home, path) for path in files], "MB", most=400))
    return [measure for row in taken for measure in row]


def _megabytes(folder: Path) -> float:
    """Of bilagor in the twenty years: 3 GB where the disk has room for it."""
    wanted = os.environ.get("FINSAM_BENCH_MB")
    if wanted:
        return float(wanted)
    return 3000.0 if shutil.disk_usage(folder).free > 12e9 else 300.0


def _row(
    what: str,
    files: list[Path],
    values: list[float],
    unit: str,
    *,
    ratio: float | None = None,
    most: float | None = None,
) -> list[Measure]:
    """A value for each file, and each one's ratio to the new association's."""
    empty = values[0]
    row = [
        Measure(name=f"Skala: {what}, {path.stem}", value=value, unit=unit, goal=most)
        for path, value in zip(files, values, strict=True)
    ]
    row += [
        Measure(name=f"Skala: {what}, {path.stem} mot 0 år", value=value / empty, unit="gånger", goal=ratio)
        for path, value in zip(files[1:], values[1:], strict=True)
        if empty
    ]
    return row


def _starts(home: Path, files: list[Path]) -> list[float]:
    return [_start(home, path) for path in files]


def _start(home: Path, path: Path) -> float:
    """Seconds from the beginning of the process until its window with the file is painted."""
    start = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "finsam_desktop", str(path)],
        env=_environment(home, {"FINSAM_EXIT_WHEN_SHOWN": "1"}), stdout=subprocess.PIPE, text=True,
        cwd=Path(__file__).parents[2],
    ) as process:  # fmt: skip
        assert process.stdout is not None
        said = process.stdout.readline().strip()
        seconds = time.perf_counter() - start
    if said != SHOWN or process.returncode != 0:
        raise RuntimeError(f"the window was not shown: {said!r}, {process.returncode}")
    return seconds


def _walked(home: Path, path: Path) -> float:
    """The most memory of a walk, in MB; the median of three."""
    return statistics.median(float(_run(home, "-c", WALK, str(path)).split()[-1]) for _ in range(3))


def _run(home: Path, *arguments: str, **environment: str) -> str:
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, *arguments],
        env=_environment(home, environment), capture_output=True, text=True, timeout=600, cwd=root,
    )  # fmt: skip
    if done.returncode != 0:
        raise RuntimeError(f"the process ended with {done.returncode}:\n{done.stderr}")
    return done.stdout


def _environment(home: Path, more: dict[str, str]) -> dict[str, str]:
    places = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"), str(home))
    whole = {"QT_QPA_PLATFORM": "offscreen", **os.environ, **places, **more}
    whole.pop("PYTHONDONTWRITEBYTECODE", None)
    return {**whole, "PYTHONPYCACHEPREFIX": str(home / "compiled")}


def _open(path: Path) -> None:
    Workspace.open(path, user="bench").close()


def _saved(files: list[Path]) -> list[float]:
    """Milliseconds to save a key typed in the latest meeting; a new association gets a meeting for it."""
    spaces = [Workspace.open(path, user="bench") for path in files]
    try:
        if not spaces[0].meetings:
            spaces[0].change("Nytt", None, Meeting(id="ny", date=TODAY))
        for space in spaces:
            space.read_all()
        return [1000 * one for one in interleaved_seconds(*map(_typist, spaces), turns=5 * TURNS)]
    finally:
        for space in spaces:
            space.close()


def _typist(workspace: Workspace) -> Callable[[], None]:
    meeting_id = workspace.meetings[-1].id

    def type_one() -> None:
        before = workspace.meeting(meeting_id)
        workspace.change("Skriv", before, replace(before, place=before.place + "a"), merge="place")

    return type_one


def _searched(files: list[Path], folder: Path) -> list[float]:
    """Milliseconds to find a word in every field and bilaga, the slowest of ``WORDS``."""
    spaces = [Workspace.open(path, user="bench", read_only=True) for path in files]
    searches = [Search(space, folder) for space in spaces]
    try:
        for search in searches:
            search.prepare()
            search.read_files()
        assert searches[-1].find(query(WORDS[0])).total > 100
        slowest = [0.0] * len(files)
        for word in WORDS:
            seconds = interleaved_seconds(*(partial(search.find, query(word)) for search in searches))
            slowest = [max(known, 1000 * one) for known, one in zip(slowest, seconds, strict=True)]
        return slowest
    finally:
        for search in searches:
            search.close()
        for space in spaces:
            space.close()


if __name__ == "__main__":
    from tests.bench.__main__ import table

    print(table(measures()))

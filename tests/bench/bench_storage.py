"""Opening a file and saving an edit, with 1 meeting and with 160 (20 years): an edit must not cost more as years pass.

    python -m tests.bench storage

The meeting is the real one of 2021-10-28, about 35 kB of JSON with its figures. An edit is committed to disk
(synchronous=FULL) with its history row, so its time is mostly the disk's.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from finsam_desktop.domain.ids import new_id
from finsam_desktop.workspace import Workspace
from tests.bench.measure import TURNS, Measure, interleaved_seconds

KEPT = Path(__file__).parents[1] / "data" / "documents" / "version-1.finsam"
YEARS = 160


def measures() -> list[Measure]:
    """Milliseconds, and what an edit costs with 160 meetings over what it costs with one."""
    with tempfile.TemporaryDirectory() as folder:
        one, many = Path(folder) / "one.finsam", Path(folder) / "many.finsam"
        shutil.copyfile(KEPT, one)
        shutil.copyfile(KEPT, many)
        fill(many)
        open_one, open_many = interleaved_seconds(lambda: opened(one), lambda: opened(many))
        with Workspace.open(one, user="bench") as small, Workspace.open(many, user="bench") as large:
            edit_one, edit_many = interleaved_seconds(typist(small), typist(large), turns=10 * TURNS)
        return [
            Measure(name="storage: open, 1 meeting", value=open_one * 1000, unit="ms"),
            Measure(name="storage: open, 160 meetings", value=open_many * 1000, unit="ms"),
            Measure(name="storage: open 160, new process", value=new_process(many) * 1000, unit="ms"),
            Measure(name="storage: save an edit, 1 meeting", value=edit_one * 1000, unit="ms"),
            Measure(name="storage: save an edit, 160 meetings", value=edit_many * 1000, unit="ms"),
            Measure(
                name="storage: save an edit, 160 over 1", value=edit_many / edit_one, unit="times", goal=1.5
            ),
        ]


def fill(path: Path) -> None:
    """Copy the meeting until there are 160, eight weeks apart."""
    with Workspace.open(path, user="bench") as workspace:
        (meeting,) = workspace.meetings
        for number in range(1, YEARS):
            day = meeting.date - timedelta(weeks=8 * number)
            workspace.change("Nytt", None, replace(meeting, id=new_id(), date=day))


def opened(path: Path) -> None:
    with Workspace.open(path, user="bench") as workspace:
        assert workspace.meetings


def typist(workspace: Workspace) -> Callable[[], None]:
    """A key at a time in the last meeting, joined as typing is."""

    def type_one() -> None:
        before = workspace.meetings[-1]
        workspace.change("Skriv", before, replace(before, place=before.place + "a"), merge="place")

    return type_one


def new_process(path: Path) -> float:
    """The seconds from a started interpreter to an open file: with the imports of first use."""
    code = (
        "import sys, time; from pathlib import Path; start = time.perf_counter()\n"
        "from finsam_desktop.workspace import Workspace\n"
        "Workspace.open(Path(sys.argv[1]), user='bench').close(); print(time.perf_counter() - start)"
    )
    root = Path(__file__).parents[2]
    runs = [
        subprocess.run(
            [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True, cwd=root
        )
        for _ in range(TURNS)
    ]
    return statistics.median(float(run.stdout) for run in runs)


if __name__ == "__main__":
    started = time.perf_counter()
    for measure in measures():
        print(f"{measure.name:40} {measure.value:9.2f} {measure.unit}")
    print(f"{time.perf_counter() - started:.1f} s", file=sys.stderr)

"""Kill -9 at any moment while typing: the file opens, and no word that was committed is lost.

The window commits typing within two seconds, so this is what holds the loss to the last two seconds of text.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.workspace import LockedError, Workspace

TYPIST = """
import sys, time
from dataclasses import replace
from pathlib import Path
from finsam_desktop.domain import agenda
from finsam_desktop.workspace import Workspace

path, pause = Path(sys.argv[1]), float(sys.argv[2])
workspace = Workspace.open(path, user="Anna")
meeting = workspace.meetings[0]
number = int(agenda.find(meeting.items, "i7").minutes_text.split()[-1])
while True:
    number += 1
    def typed(item):
        return replace(item, minutes_text=(item.minutes_text + f" {number}")[-20000:])
    after = replace(meeting, items=agenda.update(meeting.items, "i7", typed))
    # A new undo step now and then, and an attachment, so that every kind of write is interrupted.
    workspace.change("Skriv", meeting, after, merge=f"i7.{number // 20}")
    meeting = after
    if number % 30 == 0:
        workspace.add_file(str(number).encode() * 20000)
    print(number, flush=True)
    time.sleep(pause)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "Bygden.finsam"
    items = tuple(
        AgendaItem(id=f"i{n}", title=f"Ärende {n}", summary="Underlag. " * 300, minutes_text="0")
        for n in range(15)
    )
    with Workspace.create(path, Association(name="Bygden"), user="Anna") as workspace:
        workspace.change("Nytt", None, Meeting(id="m", date=date(2026, 10, 29), items=items))
    return path


def type_until_killed(path: Path, pause: float, chance: random.Random) -> int:
    """Run a typist and kill it; gives the last number it said was saved."""
    typist = subprocess.Popen(
        [sys.executable, "-c", TYPIST, str(path), str(pause)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.getcwd()},
    )
    assert typist.stdout is not None
    with typist:
        first = typist.stdout.readline()
        assert first, "the typist did not start"
        with pytest.raises(LockedError):
            Workspace.open(path, user="Bo")
        time.sleep(chance.uniform(0, 0.5))
        typist.kill()
        said = (first + typist.stdout.read()).split(b"\n")
    # The last line may be cut off by the kill; what it was to say had been saved, but was not said.
    return int(said[-2])


def check(path: Path, said: int) -> None:
    """The file opens for writing, holds every number up to the last that was said, and can be gone on with."""
    with Workspace.open(path, user="Anna") as workspace:
        assert not workspace.read_only
        (meeting,) = workspace.meetings
        numbers = [int(word) for word in meeting.items[7].minutes_text.split()]
        assert numbers == list(range(numbers[0], numbers[-1] + 1))
        assert said <= numbers[-1] <= said + 1
        latest = workspace.history("m", limit=1)[0]
        assert workspace.value_at(latest) == meeting


@pytest.mark.parametrize("pause", [0.05, 0.0], ids=["a user's pace", "without pause"])
def test_kill_while_typing(path: Path, pause: float, request: pytest.FixtureRequest) -> None:
    """One file is typed in and its typist killed again and again; without pause most kills hit a commit."""
    chance = random.Random(7)
    kills = 50 if request.config.getoption("--all") else 3
    half_made = 0
    for _ in range(kills):
        said = type_until_killed(path, pause, chance)
        half_made += path.with_name(path.name + "-journal").exists()
        check(path, said)
    assert {entry.name for entry in path.parent.iterdir()} == {path.name}
    if kills >= 50 and pause == 0:
        assert half_made, "no kill hit a commit: the test does not try what it says"

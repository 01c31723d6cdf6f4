"""Kill -9 at any moment of any work: the file opens, what was saved is there, and nothing half-made is in the way.

The window commits typing within two seconds (`test_typing_kills.py` kills the real one), so what a kill here may take
is what had not been said to be saved. `--all` kills 500 times.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from finsam_desktop.file_backups import back_up, backups_of, restore_to
from finsam_desktop.file_health import check_file
from finsam_desktop.storage.leftovers import sweep
from finsam_desktop.workspace import LockedError, Workspace
from tests.killing import KEPT, NAME, NOW, WORKS, prepare

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="children are made by fork")

KILLS = {"edit": 150, "import": 80, "export": 80, "backup": 60, "upgrade": 50, "restore": 50, "thin": 30}
assert KILLS.keys() == WORKS.keys()
LONGEST = {"edit": 0.5, "export": 1.5, "backup": 0.4}
"""Seconds of work before the kill, at most; 0.3 where nothing is said."""


class Killer:
    """The program that works, and the plug that is pulled."""

    def __init__(self) -> None:
        self.folder = Path()
        self._program = subprocess.Popen(
            [sys.executable, "-m", "tests.killing"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )

    def close(self) -> None:
        self._program.communicate(timeout=30)

    def kill(self, work: str, seconds: float) -> list[str]:
        """Let it work and kill it after ``seconds`` of work; gives what it said that it had done."""
        assert self._program.stdin is not None
        assert self._program.stdout is not None
        (self.folder / "sagt.txt").unlink(missing_ok=True)
        print(json.dumps({"work": work, "folder": str(self.folder)}), file=self._program.stdin, flush=True)
        child = int(self._program.stdout.readline())
        deadline = time.monotonic() + 60
        while not self._said() and time.monotonic() < deadline:
            time.sleep(0.005)
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        assert int(self._program.stdout.readline()) == signal.SIGKILL, f"{work} ended by itself"
        assert self._said(), f"{work} never got anything done"
        return [line.split(" ", 1)[1] for line in self._said()]

    def _said(self) -> list[str]:
        try:
            text = (self.folder / "sagt.txt").read_text()
        except FileNotFoundError:
            return []
        return text.split("\n")[:-1]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gjord")
    prepare(folder)
    return folder


@pytest.fixture(scope="module")
def program() -> Iterator[Killer]:
    one = Killer()
    yield one
    one.close()


@pytest.fixture
def killer(program: Killer, made: Path, tmp_path: Path) -> Killer:
    program.folder = tmp_path / "mapp"
    shutil.copytree(made, program.folder)
    return program


@pytest.mark.parametrize("work", WORKS)
def test_kill(work: str, killer: Killer, request: pytest.FixtureRequest) -> None:
    """One folder is worked in and the program killed again and again."""
    kills = KILLS[work] if request.config.getoption("--all") else 2
    chance = random.Random(7)
    half_made = 0
    for _ in range(kills):
        said = killer.kill(work, chance.uniform(0, LONGEST.get(work, 0.3)))
        half_made += any(_HALF.fullmatch(one.name) for one in killer.folder.rglob("*"))
        check_opens(killer.folder / NAME)
        CHECKS[work](killer.folder, said)
        sweep(killer.folder, older_than=0)
        names = {one.name for one in killer.folder.iterdir()}
        assert not [name for name in names if _HALF.fullmatch(name)], "what is half-made is swept away"
    if kills > 20:
        assert half_made, "no kill came while something was half-made: the test does not try what it says"


_HALF = re.compile(r".*-journal|\.[0-9a-f]{32}\..*")


def check_opens(path: Path) -> None:
    """It opens for writing, every value, change and file in it is whole, and it can be gone on with."""
    with Workspace.open(path, user="Anna") as workspace:
        assert not workspace.read_only
        workspace.read_all()
        latest = workspace.history("m", limit=1)[0]
        assert workspace.value_at(latest) == workspace.meeting("m")
    assert check_file(path).is_whole
    assert not path.with_name(path.name + "-journal").exists()
    assert not path.with_name(path.name + ".lock").exists()


def edited(folder: Path, said: list[str]) -> None:
    """Every number up to the last that was said; what was being saved may be there too."""
    with Workspace.open(folder / NAME, user="Anna") as workspace:
        numbers = [int(word) for word in workspace.meeting("m").items[7].minutes_text.split()]
    assert numbers == list(range(numbers[-1] + 1))
    assert int(said[-1]) <= numbers[-1] <= int(said[-1]) + 1


def taken_in(folder: Path, said: list[str]) -> None:
    """The meeting is there whole with its attachment, or not at all."""
    with Workspace.open(folder / NAME, user="Anna") as workspace:
        there = [m for m in workspace.meetings if m.id == "n"]
        for meeting in there:
            bilaga = meeting.items[0].attachments[0]
            assert len(workspace.file(bilaga.sha256)) == bilaga.size
            workspace.change("Ta bort", meeting, None)


def written_out(folder: Path, said: list[str]) -> None:
    """Each Word file is a whole one."""
    documents = sorted(folder.glob("Kallelse*.docx"))
    assert documents
    for document in documents:
        with zipfile.ZipFile(document) as archive:
            assert archive.testzip() is None


def copied(folder: Path, said: list[str]) -> None:
    """The latest backup restores to a whole file, and the next backup can be made."""
    latest = backups_of(folder / NAME, root=folder / "kopior")[0]
    check_restored(latest, folder)
    back_up(folder / NAME, at=NOW + timedelta(days=1), root=folder / "kopior")


def check_restored(backup: object, folder: Path) -> None:
    again = folder / "prov.finsam"
    restore_to(backup, again)  # type: ignore[arg-type]
    check_opens(again)
    again.unlink()


def upgraded(folder: Path, said: list[str]) -> None:
    """The file is of the old version or the new; a copy beside it is the old one to the byte."""
    old = KEPT.read_bytes()
    for path in folder.glob("gammal*.finsam"):
        if "före uppdatering" in path.name:
            assert path.read_bytes() == old
    path = folder / said[-1]
    with Workspace.open(path, user="Anna") as workspace:
        assert len(workspace.meetings) == 4
    assert check_file(path).is_whole
    for path in folder.glob("gammal*"):
        path.unlink()


def restored(folder: Path, said: list[str]) -> None:
    """Whatever has the file's name is whole."""
    for path in folder.glob("igen *.finsam"):
        check_opens(path)
        with Workspace.open(path, user="Anna") as workspace:
            bilaga = workspace.meeting("n").items[0].attachments[0]
            assert len(workspace.file(bilaga.sha256)) == 400_000
        path.unlink()


def thinned(folder: Path, said: list[str]) -> None:
    """The first change and the latest value are there."""
    with Workspace.open(folder / NAME, user="Anna") as workspace:
        changes = workspace.history("association")
        assert changes[-1].label == "Ny fil"
        assert workspace.value_at(changes[0]) == workspace.association


CHECKS = {
    "edit": edited,
    "import": taken_in,
    "export": written_out,
    "backup": copied,
    "upgrade": upgraded,
    "restore": restored,
    "thin": thinned,
}


def test_while_it_works_nobody_else_writes(killer: Killer) -> None:
    assert killer._program.stdin is not None
    assert killer._program.stdout is not None
    order = {"work": "edit", "folder": str(killer.folder)}
    print(json.dumps(order), file=killer._program.stdin, flush=True)
    child = int(killer._program.stdout.readline())
    while not killer._said():
        time.sleep(0.01)
    with pytest.raises(LockedError):
        Workspace.open(killer.folder / NAME, user="Bo")
    os.kill(child, signal.SIGKILL)
    killer._program.stdout.readline()
    check_opens(killer.folder / NAME)

"""How earlier runs ended: those that go on and those that ended well are not told of."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path

import pytest

from finsam_desktop.faults import runs

START = datetime(2026, 11, 22, 10, 42)


def abandoned(data: Path) -> runs.Run:
    """A run whose process is gone: its mark is there and nobody holds it."""
    run = runs.begin(data, START)
    assert run is not None
    run.note_file(Path("/hem/bygden.finsam"))
    return run


def let_go(run: runs.Run) -> None:
    """What the system does with a process that dies: its files are closed, nothing is taken away."""
    run.crash_file.close()
    os.close(run._descriptor)
    run._descriptor = -1


def test_a_run_that_goes_on_is_not_told_of(tmp_path: Path) -> None:
    run = abandoned(tmp_path)
    assert runs.take_ended(tmp_path) == ()
    run.end()
    run.end()
    assert list((tmp_path / runs.FOLDER).iterdir()) == []


def test_a_run_that_died_is_told_of_once(tmp_path: Path) -> None:
    run = abandoned(tmp_path)
    run.crash_file.write("Fatal Python error: Aborted")
    let_go(run)
    (ended,) = runs.take_ended(tmp_path)
    assert (ended.started, ended.file) == (START, Path("/hem/bygden.finsam"))
    assert ended.crash == "Fatal Python error: Aborted"
    assert ended.last_seen >= ended.started
    assert runs.take_ended(tmp_path) == ()


def test_the_latest_comes_first(tmp_path: Path) -> None:
    for minute in (1, 2, 3):
        run = runs.begin(tmp_path, START.replace(minute=minute))
        assert run is not None
        let_go(run)
    assert [ended.started.minute for ended in runs.take_ended(tmp_path)] == [3, 2, 1]


def test_a_computer_that_goes_down_is_no_fault(tmp_path: Path) -> None:
    run = abandoned(tmp_path)
    run.computer_ends()
    let_go(run)
    assert runs.take_ended(tmp_path) == ()
    stayed = abandoned(tmp_path)
    stayed.computer_ends()
    stayed.seen()
    let_go(stayed)
    assert len(runs.take_ended(tmp_path)) == 1, "who stayed after all works on, and may meet a fault"


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"\xff\xfe", json.dumps({"started": "i morse"}).encode()]
)
def test_a_spoilt_mark_is_told_of_all_the_same(tmp_path: Path, content: bytes) -> None:
    run = abandoned(tmp_path)
    let_go(run)
    (mark,) = (tmp_path / runs.FOLDER).glob("*.json")
    mark.write_bytes(content)
    (ended,) = runs.take_ended(tmp_path)
    assert ended.file is None


def test_a_folder_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "fil").touch()
    assert runs.begin(tmp_path / "fil", START) is None
    assert runs.take_ended(tmp_path / "fil") == ()

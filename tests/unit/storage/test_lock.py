"""One writer at a time: who is told, and when a lock is free."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import datetime
from pathlib import Path

import pytest

from finsam_desktop.storage.lock import acquire, lock_path
from finsam_desktop.workspace import LockedError, Workspace

SINCE = datetime(2026, 10, 29, 9, 12, 30)


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "Bygden.finsam"
    path.write_bytes(b"")
    return path


def test_the_second_writer_is_told_who_where_and_since_when(document: Path) -> None:
    lock = acquire(document, user="Åsa Öberg", since=SINCE)
    with pytest.raises(LockedError) as caught:
        acquire(document, user="Bo", since=SINCE)

    error = caught.value
    assert (error.user, error.host, error.since) == ("Åsa Öberg", socket.gethostname(), SINCE)
    assert error.message == (
        f"Bygden.finsam är öppen hos Åsa Öberg på datorn {socket.gethostname()} sedan 2026-10-29 kl. 09.12."
    )
    assert "Bygden.finsam.lock" in error.advice
    owner = json.loads(lock_path(document).read_text("utf-8"))
    assert owner == {
        "user": "Åsa Öberg",
        "host": socket.gethostname(),
        "pid": os.getpid(),
        "since": "2026-10-29T09:12:30",
    }
    lock.release()
    assert not lock_path(document).exists()
    acquire(document, user="Bo", since=SINCE).release()


def test_releasing_twice_leaves_the_next_owners_lock(document: Path) -> None:
    first = acquire(document, user="Anna", since=SINCE)
    first.release()
    second = acquire(document, user="Bo", since=SINCE)
    first.release()
    assert lock_path(document).exists()
    second.release()


def test_releasing_a_lock_that_was_removed_by_hand_leaves_the_next_owners(document: Path) -> None:
    first = acquire(document, user="Anna", since=SINCE)
    lock_path(document).unlink()
    second = acquire(document, user="Bo", since=SINCE)
    first.release()
    with pytest.raises(LockedError, match="öppen hos Bo"):
        acquire(document, user="Cia", since=SINCE)
    second.release()


@pytest.mark.parametrize("left", [b"", b"{", b"[]", b"\xff\xfe", b'{"user": "X"}'])
def test_a_broken_lock_of_nobody_is_not_in_the_way(document: Path, left: bytes) -> None:
    """Left by a crash between making the file and writing in it, or by something else."""
    lock_path(document).write_bytes(left)
    if left == b'{"user": "X"}':
        with pytest.raises(LockedError, match="öppen hos X"):
            acquire(document, user="Bo", since=SINCE)
        return
    lock = acquire(document, user="Bo", since=SINCE)
    assert lock.taken_over
    assert json.loads(lock_path(document).read_text("utf-8"))["user"] == "Bo"
    lock.release()


def test_an_owner_that_is_about_to_write_its_name_is_waited_for(document: Path) -> None:
    def slow_owner(descriptor: int) -> None:
        time.sleep(0.3)
        os.write(descriptor, b'{"user": "Anna", "host": "KANSLI-07"}')

    descriptor = os.open(lock_path(document), os.O_RDWR | os.O_CREAT | os.O_EXCL)
    owner = threading.Thread(target=slow_owner, args=(descriptor,))
    owner.start()
    with pytest.raises(LockedError, match="öppen hos Anna"):
        acquire(document, user="Bo", since=SINCE)
    owner.join()
    os.close(descriptor)


def test_a_lock_from_another_computer_is_respected(document: Path) -> None:
    owner = {"user": "Anna", "host": "KANSLI-07", "pid": 4, "since": "igår"}
    lock_path(document).write_text(json.dumps(owner), "utf-8")
    with pytest.raises(LockedError, match="öppen hos Anna på datorn KANSLI-07\\.") as caught:
        acquire(document, user="Bo", since=SINCE)
    assert caught.value.since is None
    assert json.loads(lock_path(document).read_text("utf-8")) == owner


def test_the_lock_of_a_program_that_died_is_taken_over(document: Path) -> None:
    code = (
        "import sys, time; from datetime import datetime; from pathlib import Path\n"
        "from finsam_desktop.storage.lock import acquire\n"
        "lock = acquire(Path(sys.argv[1]), user='Anna', since=datetime.now()); print('har', flush=True)\n"
        "time.sleep(60)"
    )
    owner = subprocess.Popen(
        [sys.executable, "-c", code, str(document)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.getcwd()},
    )
    with owner:
        assert owner.stdout is not None
        assert owner.stdout.readline().strip() == b"har"
        with pytest.raises(LockedError, match="Anna"):
            acquire(document, user="Bo", since=SINCE)
        owner.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    assert lock_path(document).exists()
    lock = acquire(document, user="Bo", since=SINCE)
    assert lock.taken_over
    lock.release()


def test_a_lock_of_ours_with_a_pid_that_is_in_use_is_still_free(document: Path) -> None:
    """After a power cut another program may have the pid of the one that died."""
    owner = {"user": "Anna", "host": socket.gethostname(), "pid": os.getpid(), "since": "2026-10-29T09:00:00"}
    lock_path(document).write_text(json.dumps(owner), "utf-8")
    acquire(document, user="Bo", since=SINCE).release()


def test_many_at_once_give_one_owner_at_a_time(document: Path) -> None:
    holders: list[int] = []
    most = []
    refused = []

    def want(number: int) -> None:
        for _ in range(40):
            try:
                lock = acquire(document, user=str(number), since=SINCE)
            except LockedError:
                refused.append(number)
                continue
            holders.append(number)
            most.append(len(holders))
            time.sleep(0.002)
            holders.remove(number)
            lock.release()

    threads = [threading.Thread(target=want, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(most) == {1}
    assert refused, "they never met"
    assert not lock_path(document).exists()


def test_reading_is_allowed_while_someone_writes(path: Path) -> None:
    with Workspace.open(path, user="Anna") as writer:
        with Workspace.open(path, user="Bo", read_only=True) as reader:
            assert reader.meetings == writer.meetings
        with pytest.raises(LockedError, match="öppen hos Anna"):
            Workspace.open(path, user="Bo")
    assert not lock_path(path).exists()


def test_a_file_that_cannot_be_opened_is_not_left_locked(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:9000])
    with pytest.raises(Exception, match="skadad"):
        Workspace.open(path, user="Bo")
    assert not lock_path(path).exists()


def locked_by(document: Path, **owner: object) -> None:
    whole = {"user": "Anna", "host": "KANSLI-07", "pid": 4, "since": "2026-10-29T09:12:30", **owner}
    lock_path(document).write_text(json.dumps(whole), "utf-8")


def test_the_lock_of_a_computer_that_broke_is_taken_over_when_it_is_named(document: Path) -> None:
    locked_by(document)
    with pytest.raises(LockedError) as caught:
        acquire(document, user="Bo", since=SINCE, take_over="KANSLI-08")
    assert not caught.value.here
    assert "Har datorn KANSLI-07 stängts av utan att stänga filen kan du ta över den." in caught.value.advice
    lock = acquire(document, user="Bo", since=SINCE, take_over="KANSLI-07")
    assert lock.taken_over
    assert json.loads(lock_path(document).read_text("utf-8"))["user"] == "Bo"
    lock.release()


def test_a_program_on_this_computer_is_never_driven_out(document: Path) -> None:
    """Not even when its lock says that it is on another computer."""
    first = acquire(document, user="Anna", since=SINCE)
    with pytest.raises(LockedError) as caught:
        acquire(document, user="Bo", since=SINCE, take_over=socket.gethostname())
    assert caught.value.here
    assert "Stäng den i det andra fönstret." in caught.value.advice
    locked_by(document)
    with pytest.raises(LockedError):
        acquire(document, user="Bo", since=SINCE, take_over="KANSLI-07")
    first.release()


def test_without_locks_of_the_system_a_dead_owner_on_this_computer_is_known_by_its_number(
    document: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on some network disks."""
    monkeypatch.setattr("finsam_desktop.storage.lock._hold", lambda _descriptor: None)
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    locked_by(document, host=socket.gethostname(), pid=os.getpid())
    with pytest.raises(LockedError):
        acquire(document, user="Bo", since=SINCE)
    locked_by(document, host=socket.gethostname(), pid=ended.pid)
    acquire(document, user="Bo", since=SINCE).release()

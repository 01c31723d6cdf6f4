"""What power cuts, full disks and disks that may only be read leave: the old words or a plain message."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from finsam_desktop.errors import UserError
from finsam_desktop.file_health import check_file
from finsam_desktop.storage.backups import make_backup, restore
from finsam_desktop.storage.thinning import superfluous
from finsam_desktop.workspace import FileError, NotSavedError, Workspace

NOW = datetime(2026, 11, 22, 9)


def everything(path: Path) -> object:
    with Workspace.open(path, user="Bo") as workspace:
        workspace.read_all()
        names = [a.sha256 for m in workspace.meetings for i in m.items for a in i.attachments]
        values = [workspace.value_at(entry) for entry in workspace.history()]
        return workspace.association, workspace.meetings, values, [workspace.file(name) for name in names]


@pytest.fixture
def cut(path: Path) -> tuple[bytes, bytes, bytes]:
    """The file before a change, the file with half of it, and the journal that would take it back."""
    before = path.read_bytes()
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA cache_size = 1")  # so that pages are written before the commit
        db.execute("BEGIN")
        db.execute("UPDATE meetings SET value = 'halvskrivet', digest = ''")
        db.execute("UPDATE files SET content = zeroblob(50000)")
        half, journal = path.read_bytes(), path.with_name(path.name + "-journal").read_bytes()
        db.execute("ROLLBACK")
    assert half != before
    assert path.read_bytes() == before
    return before, half, journal


def places(size: int) -> list[int]:
    return sorted(
        {0, 1, 8, 12, 27, 28, 511, 512, 513, 600, size // 3, size // 2, size - 4100, size - 1, size}
    )


def test_a_journal_cut_short_before_the_file_was_touched_takes_nothing(
    path: Path, cut: tuple[bytes, bytes, bytes]
) -> None:
    """Pages are written in the file only when the journal is safe on disk: so lies a cut that comes earlier."""
    before, _, journal = cut
    expected = everything(path)
    for size in places(len(journal)):
        path.write_bytes(before)
        path.with_name(path.name + "-journal").write_bytes(journal[:size])
        assert everything(path) == expected, size
        assert not path.with_name(path.name + "-journal").exists()


def test_half_a_change_with_a_journal_cut_short_is_told_or_taken_back(
    path: Path, cut: tuple[bytes, bytes, bytes]
) -> None:
    """As on a disk that said that the journal was written when it was not."""
    _, half, journal = cut
    expected = everything(path)
    told = 0
    for size in places(len(journal)):
        path.write_bytes(half)
        path.with_name(path.name + "-journal").write_bytes(journal[:size])
        try:
            found = everything(path)
            whole = check_file(path).is_whole
        except FileError:
            told += 1
            continue
        assert (found, whole) == (expected, True), size
    assert told, "no cut took anything: the test does not try what it says"
    assert told < len(places(len(journal)))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 kB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    mounting = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)]
    if subprocess.run(mounting, capture_output=True).returncode != 0:
        pytest.skip("this machine does not let root mount a disk")
    try:
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_restoring_to_a_full_disk_leaves_nothing_and_says_so(path: Path, small_disk: Path) -> None:
    with Workspace.open(path, user="Anna") as workspace:
        workspace.add_file(os.urandom(300_000))
    backup = make_backup(path, path.parent / "kopior", at=NOW)
    assert backup is not None
    with pytest.raises(NotSavedError, match=r"igen.finsam skapades inte: disken är full"):
        restore(backup, small_disk / "igen.finsam")
    assert list(small_disk.iterdir()) == []
    restore(backup, path.with_name("igen.finsam"))
    assert everything(path.with_name("igen.finsam")) == everything(path)


def test_a_backup_on_a_full_disk_is_not_there_and_the_one_before_it_is(path: Path, small_disk: Path) -> None:
    first = make_backup(path, small_disk / "kopior", at=NOW)
    assert first is not None
    with Workspace.open(path, user="Anna") as workspace:
        workspace.add_file(os.urandom(300_000))
    with pytest.raises(UserError, match="disken är full"):
        make_backup(path, small_disk / "kopior", at=NOW)
    assert [one.name for one in (small_disk / "kopior").glob("*.kopia")] == [first.path.name]
    restore(first, path.with_name("igen.finsam"))
    assert check_file(path.with_name("igen.finsam")).is_whole


def test_an_older_file_on_a_full_disk_is_left_as_it_is(small_disk: Path) -> None:
    """There is no room for the copy that is laid beside it before it is brought up to date."""
    old = Path(__file__).parents[2] / "data" / "documents" / "version-1.finsam"
    path = small_disk / "Bygden.finsam"
    subprocess.run(["mount", "-o", "remount,size=400k", str(small_disk)], check=True)
    shutil.copyfile(old, path)
    with pytest.raises(NotSavedError, match="det gick inte att lägga en kopia bredvid den"):
        Workspace.open(path, user="Bo")
    assert path.read_bytes() == old.read_bytes()
    assert [one.name for one in small_disk.iterdir()] == [path.name]


def test_a_disk_that_may_only_be_read(path: Path, small_disk: Path) -> None:
    """As a CD or a locked memory card: all can be read, nothing is written, and the reason is told."""
    copy = small_disk / path.name
    shutil.copyfile(path, copy)
    expected = everything(path)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with Workspace.open(copy, user="Bo") as workspace:
        workspace.read_all()
        assert (workspace.association, workspace.meetings) == expected[:2]  # type: ignore[index]
        assert workspace.read_only_reason == "Filen är skrivskyddad."
    assert check_file(copy).is_whole
    assert superfluous(copy, "m5", NOW) == ()
    assert [one.name for one in small_disk.iterdir()] == [copy.name]

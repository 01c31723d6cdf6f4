"""Backups: whole, small, thinned, and the same bytes back."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.errors import UserError
from finsam_desktop.storage import backups
from finsam_desktop.storage.backups import Backup, kept, make_backup, restore, restored, thin
from finsam_desktop.storage.errors import DamagedFileError, FileError
from finsam_desktop.workspace import Workspace

DAY = datetime(2026, 10, 29, 7, 41, 3)
TABLES = ("association", "meetings", "history", "files", "exports")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "bygden.finsam"
    with Workspace.create(path, Association(name="Bygden"), user="Anna") as workspace:
        workspace.change("Nytt sammanträde", None, Meeting(date=date(2026, 10, 29), place="Rådhuset"))
        workspace.add_file(b"bilaga 1" * 1000)
        workspace.add_file(b"bilaga 2" * 1000)
        workspace.record_export(workspace.meetings[0].id, "kallelse", tmp_path / "Kallelse.docx", b"docx ett")
        workspace.record_export(
            workspace.meetings[0].id, "kallelse", tmp_path / "Kallelse.docx", "docx två".encode()
        )
    return path


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, with the columns by name so that their order cannot matter."""
    with sqlite3.connect(path) as db:
        columns = {t: sorted(row[1] for row in db.execute(f"PRAGMA table_info({t})")) for t in TABLES}
        found = {
            t: db.execute(f"SELECT {', '.join(columns[t])} FROM {t} ORDER BY 1, 2, 3").fetchall()
            for t in TABLES
        }
        found["version"] = db.execute("PRAGMA user_version").fetchall()
    return found


def contents(folder: Path) -> set[str]:
    return {path.name for path in (folder / backups.CONTENTS).glob("*/*")}


def made(file: Path, folder: Path, at: datetime = DAY) -> Backup:
    backup = make_backup(file, folder, at=at)
    assert backup is not None
    return backup


def test_a_restored_file_holds_every_row_as_it_was(file: Path, tmp_path: Path) -> None:
    backup = made(file, tmp_path / "kopior")
    restore(backup, tmp_path / "igen.finsam")
    assert rows(tmp_path / "igen.finsam") == rows(file)
    with Workspace.open(tmp_path / "igen.finsam", user="Anna") as again:
        assert again.meetings[0].place == "Rådhuset"
        again.change("Flytta", again.meetings[0], replace(again.meetings[0], place="Folkets hus"))
    assert not list(tmp_path.glob(".*"))


def test_a_backup_of_an_older_version_is_restored_and_brought_up_to_date(tmp_path: Path) -> None:
    old = Path(__file__).parents[2] / "data" / "documents" / "version-1-example.finsam"
    restore(made(old, tmp_path / "kopior"), tmp_path / "igen.finsam")
    assert rows(tmp_path / "igen.finsam") == rows(old)
    with Workspace.open(tmp_path / "igen.finsam", user="Anna") as again:
        assert len(again.meetings) == 4
    assert (tmp_path / "igen (före uppdatering 1).finsam").exists()


def test_nothing_changed_makes_no_backup(file: Path, tmp_path: Path) -> None:
    made(file, tmp_path / "kopior")
    assert make_backup(file, tmp_path / "kopior", at=DAY + timedelta(days=1)) is None


def test_what_is_unchanged_is_not_copied_again(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "CHANGES", 20)
    folder = tmp_path / "kopior"
    made(file, folder)
    stamps = {path: path.stat().st_mtime_ns for path in (folder / backups.CONTENTS).glob("*/*")}
    with Workspace.open(file, user="Anna") as workspace:
        for number in range(2 * backups.CHANGES + 20):
            meeting = workspace.meetings[0]
            workspace.change(f"Ändring {number}", meeting, replace(meeting, place=f"Plats {number}"))
    second = made(file, folder, DAY + timedelta(hours=1))
    assert {path: path.stat().st_mtime_ns for path in stamps} == stamps
    before = contents(folder)
    with Workspace.open(file, user="Anna") as workspace:
        workspace.change("En till", workspace.meetings[0], replace(workspace.meetings[0], place="Sist"))
    third = made(file, folder, DAY + timedelta(hours=2))
    assert len(contents(folder) - before) == 1, "only the last piece of the history is new"
    for number, backup in enumerate((second, third)):
        restore(backup, tmp_path / f"{number}.finsam")
    assert rows(tmp_path / "1.finsam") == rows(file)
    assert len(rows(tmp_path / "0.finsam")["history"]) == len(rows(file)["history"]) - 1


def test_the_values_can_be_looked_at_first(file: Path, tmp_path: Path) -> None:
    backup = made(file, tmp_path / "kopior")
    with Workspace.open(file, user="Anna") as workspace:
        workspace.change("Flytta", workspace.meetings[0], replace(workspace.meetings[0], place="Annanstans"))
    found = restored(backup)
    assert found.association.name == "Bygden"
    assert [meeting.place for meeting in found.meetings] == ["Rådhuset"]


def test_someone_may_write_while_the_backup_is_made(file: Path, tmp_path: Path) -> None:
    before = rows(file)
    with Workspace.open(file, user="Anna") as workspace:

        def write(done: int, total: int) -> None:
            meeting = workspace.meetings[0]
            workspace.change(
                f"Under tiden {done}", meeting, replace(meeting, place=f"Plats {done} av {total}")
            )

        backup = make_backup(file, tmp_path / "kopior", at=DAY, step=write)
    assert backup is not None
    restore(backup, tmp_path / "igen.finsam")
    assert rows(tmp_path / "igen.finsam") == before


def test_a_stopped_backup_leaves_no_head(file: Path, tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_backup(file, tmp_path / "kopior", at=DAY, step=stop)
    assert backups.backups(tmp_path / "kopior") == ()
    made(file, tmp_path / "kopior")


def test_an_altered_content_is_told_and_nothing_is_left(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "kopior"
    backup = made(file, folder)
    name = max((folder / backups.CONTENTS).glob("*/*"), key=lambda path: path.stat().st_size)
    name.write_bytes(name.read_bytes()[:-1] + b"?")
    with pytest.raises(DamagedFileError, match="ett innehåll har ändrats"):
        restore(backup, tmp_path / "igen.finsam")
    name.unlink()
    with pytest.raises(DamagedFileError, match="ett innehåll saknas"):
        restore(backup, tmp_path / "igen.finsam")
    assert not (tmp_path / "igen.finsam").exists()
    assert not list(tmp_path.glob(".*"))


def test_a_damaged_head_is_left_out_and_keeps_all_contents(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "kopior"
    backup = made(file, folder)
    held = contents(folder)
    backup.path.write_bytes(backup.path.read_bytes()[:40])
    assert backups.backups(folder) == ()
    with pytest.raises(DamagedFileError, match="går inte att läsa"):
        restored(backup)
    thin(folder, DAY)
    assert contents(folder) == held


def test_what_is_kept_beside_a_head_is_never_trusted_over_it(file: Path, tmp_path: Path) -> None:
    """The list is quick because of it, and right without it."""
    folder = tmp_path / "kopior"
    made = make_backup(file, folder, at=DAY)
    assert made is not None
    facts = made.path.with_suffix(".fakta")
    assert backups.backups(folder) == (made,)
    for spoilt in (b"", b"\x81", facts.read_bytes()[:-1], None):
        facts.unlink() if spoilt is None else facts.write_bytes(spoilt)
        assert backups.backups(folder) == (made,)
    head = made.path.read_bytes()
    made.path.write_bytes(head[:-9])
    assert backups.backups(folder) == (), "the facts of another head are not its"


def test_nothing_is_written_over(file: Path, tmp_path: Path) -> None:
    backup = made(file, tmp_path / "kopior")
    with pytest.raises(FileError, match="finns redan en fil"):
        restore(backup, file)


def test_a_folder_that_cannot_be_used(file: Path, tmp_path: Path) -> None:
    (tmp_path / "kopior").write_text("en fil")
    with pytest.raises(UserError, match="Säkerhetskopian gick inte att göra"):
        make_backup(file, tmp_path / "kopior", at=DAY)


def test_a_damaged_file_is_not_backed_up(file: Path, tmp_path: Path) -> None:
    with sqlite3.connect(file) as db:
        db.execute("UPDATE files SET content = x'00' WHERE rowid = 1")
    with pytest.raises(DamagedFileError, match="bilagas innehåll har ändrats"):
        make_backup(file, tmp_path / "kopior", at=DAY)
    assert backups.backups(tmp_path / "kopior") == ()


def test_thinning_removes_what_no_backup_holds(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "kopior"
    now = DAY + timedelta(days=400)
    for day in (0, 1, 2, 3, 300, 399, 400):
        with Workspace.open(file, user="Anna") as workspace:
            workspace.change("Dag", workspace.meetings[0], replace(workspace.meetings[0], place=f"Dag {day}"))
        made(file, folder, DAY + timedelta(days=day))
    assert thin(folder, now) == 2
    left = backups.backups(folder)
    assert [backup.at for backup in left] == [DAY + timedelta(days=day) for day in (400, 399, 300, 3, 2)]
    for number, backup in enumerate(left):
        restore(backup, tmp_path / f"{number}.finsam")


@given(st.lists(st.integers(0, 3000), unique=True, max_size=80), st.integers(0, 400))
def test_what_is_kept_by_age(hours: list[int], days: int) -> None:
    times = [DAY - timedelta(hours=hour * 5) for hour in hours]
    now = DAY + timedelta(days=days)
    chosen = kept(times, now)
    assert chosen <= set(times)
    assert set(sorted(times)[-3:]) <= chosen
    for time in times:
        later_same_day = any(other.date() == time.date() and other > time for other in times)
        if (now.date() - time.date()).days < 14 and not later_same_day:
            assert time in chosen
    assert len({time.year for time in times}) == len({time.year for time in chosen})
    assert kept(chosen, now) == chosen


def test_a_file_keeps_its_folder_when_it_is_moved(file: Path, tmp_path: Path) -> None:
    before = backups.folder_of(file, tmp_path / "rot")
    moved = file.rename(tmp_path / "annat namn.finsam")
    assert backups.folder_of(moved, tmp_path / "rot") == before
    other = tmp_path / "annan.finsam"
    Workspace.create(other, Association(name="Bygden"), user="Bo").close()
    assert backups.folder_of(other, tmp_path / "rot") != before

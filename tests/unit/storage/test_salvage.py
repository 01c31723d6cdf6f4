"""Salvage: of a damaged file comes what was written in it, value for value, and the rest is told."""

from __future__ import annotations

import random
import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from finsam_desktop.domain.agenda import AgendaItem, Attachment
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.errors import UserError
from finsam_desktop.storage import pages
from finsam_desktop.storage.salvage import salvage
from finsam_desktop.workspace import Workspace

WORDS = "Styrelsen beslutar att godkänna tertialrapporten. " * 60


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Eight meetings of some pages each, edited several times, with an attachment each."""
    path = tmp_path / "bygden.finsam"
    with Workspace.create(path, Association(name="Bygden"), user="Anna") as workspace:
        for number in range(8):
            sha = workspace.add_file(random.Random(number).randbytes(9000))
            item = AgendaItem(
                id=f"item{number}",
                title="Tertialrapport",
                summary=WORDS,
                attachments=(Attachment(title=f"Rapport {number}", sha256=sha, size=9000),),
            )
            meeting = Meeting(id=f"meeting{number}", date=date(2026, 1 + number, 9), items=(item,))
            workspace.change("Nytt sammanträde", None, meeting)
            for turn in range(3):
                after = replace(meeting, place=f"Plats {turn}")
                workspace.change("Flytta", meeting, after)
                meeting = after
        gone = Meeting(id="gone", date=date(2026, 12, 1))
        workspace.change("Nytt", None, gone)
        workspace.change("Ta bort", gone, None)
    return path


def written(path: Path) -> dict[str, list[Meeting | Association | None]]:
    """Every value that ever stood in the file, by subject."""
    found: dict[str, list[Meeting | Association | None]] = {}
    with Workspace.open(path, user="Anna") as workspace:
        for entry in workspace.history(limit=1000):
            found.setdefault(entry.subject, []).append(workspace.value_at(entry))
    return found


def test_rows_of_a_whole_file_are_those_that_sqlite_gives(file: Path) -> None:
    with sqlite3.connect(file) as db:
        wanted = {tuple(row) for row in db.execute("SELECT sha256, size, content FROM files")}
        history = dict(db.execute("SELECT number, value FROM history"))
    given = list(pages.rows(file.read_bytes()))
    assert wanted <= {row for _, row in given if len(row) == 3}
    assert history == {
        n: row[6] for n, row in given if len(row) == 7 and row[0] is None and row[4] in ("do", "undo")
    }


def test_a_whole_file_comes_out_equal(file: Path, tmp_path: Path) -> None:
    result = salvage(file, tmp_path / "räddad.finsam")
    assert (result.missing, result.older, result.association) == ((), (), True)
    with (
        Workspace.open(file, user="Anna") as old,
        Workspace.open(tmp_path / "räddad.finsam", user="Anna") as new,
    ):
        assert new.association == old.association
        assert sorted(new.meetings, key=lambda m: m.id) == sorted(old.meetings, key=lambda m: m.id)
        assert [e.number for e in new.history(limit=1000)] == [e.number for e in old.history(limit=1000)]
        for meeting in new.meetings:
            sha = meeting.items[0].attachments[0].sha256
            assert new.file(sha) == old.file(sha)
        new.change("Går att skriva i", new.association, replace(new.association, name="Igen"))


@pytest.mark.parametrize("seed", range(12))
def test_of_a_damaged_file_only_what_was_written_comes_back(file: Path, tmp_path: Path, seed: int) -> None:
    ever = written(file)
    rng = random.Random(seed)
    data = bytearray(file.read_bytes())
    match seed % 4:
        case 0:
            del data[rng.randrange(len(data) // 4, len(data)) :]
        case 1:
            for _ in range(6):
                page = rng.randrange(len(data) // 4096) * 4096
                data[page : page + 4096] = rng.randbytes(4096)
        case 2:
            data[:4096] = bytes(4096)
        case 3:
            for _ in range(200):
                data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    file.write_bytes(data)
    damaged = file.read_bytes()
    result = salvage(file, tmp_path / "räddad.finsam")
    assert file.read_bytes() == damaged
    with Workspace.open(tmp_path / "räddad.finsam", user="Anna") as workspace:
        assert len(workspace.meetings) == result.meetings
        for meeting in workspace.meetings:
            assert meeting in ever[meeting.id]
            attachment = meeting.items[0].attachments[0] if meeting.items else None
            if attachment is not None:
                lost = f"{meeting.date}: {attachment.title}" in result.missing
                assert lost or len(workspace.file(attachment.sha256)) == 9000
        if seed % 4 == 2:
            assert {m.id for m in workspace.meetings} == set(ever) - {"association", "gone"}, (
                "all but the first page"
            )
            assert all(m.place == "Plats 2" for m in workspace.meetings)


def test_a_lost_row_is_taken_from_the_history_and_told(file: Path, tmp_path: Path) -> None:
    with sqlite3.connect(file) as db:
        db.execute("UPDATE meetings SET value = 'nonsens' WHERE id = 'meeting3'")
    result = salvage(file, tmp_path / "räddad.finsam")
    assert result.older == ("sammanträdet 2026-04-09",)
    with Workspace.open(tmp_path / "räddad.finsam", user="Anna") as workspace:
        assert workspace.meeting("meeting3").place == "Plats 2"


def test_a_lost_attachment_is_named(file: Path, tmp_path: Path) -> None:
    with sqlite3.connect(file) as db:
        db.execute("DELETE FROM files WHERE rowid = 2")
    sqlite3.connect(file, isolation_level=None).execute("VACUUM").connection.close()
    assert salvage(file, tmp_path / "räddad.finsam").missing == ("2026-02-09: Rapport 1",)


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0", b"x" * 10_000, bytes(100_000)])
def test_nothing_to_salvage_is_told_and_leaves_nothing(tmp_path: Path, content: bytes) -> None:
    bad = tmp_path / "skräp.finsam"
    bad.write_bytes(content)
    with pytest.raises(UserError, match="Ingenting gick att rädda ur"):
        salvage(bad, tmp_path / "ny.finsam")
    assert [path.name for path in tmp_path.iterdir()] == ["skräp.finsam"]


def test_a_missing_file_and_a_taken_name_are_told(file: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="gick inte att läsa"):
        salvage(tmp_path / "finns inte.finsam", tmp_path / "ny.finsam")
    with pytest.raises(UserError, match="finns redan"):
        salvage(file, file)


def test_a_salvage_that_is_stopped_leaves_nothing(file: Path, tmp_path: Path) -> None:
    before = file.read_bytes()
    told: list[tuple[int, int]] = []

    def step(done: int, total: int) -> None:
        told.append((done, total))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        salvage(file, tmp_path / "ny.finsam", step=step)
    assert told == [(0, len(before) // 4096)]
    assert [path.name for path in tmp_path.iterdir()] == ["bygden.finsam"]
    assert file.read_bytes() == before

"""Older files are read for ever: real ones are kept, and the way of a file through an upgrade is tried in full."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import Connection

from finsam_desktop.domain import sealing
from finsam_desktop.domain.association import Association
from finsam_desktop.storage import codec, schema
from finsam_desktop.workspace import FileError, NotSavedError, Workspace

DOCUMENTS = Path(__file__).parents[2] / "data" / "documents"


def test_a_file_of_every_version_is_kept() -> None:
    kept = {rows(file, "PRAGMA user_version")[0][0] for file in DOCUMENTS.glob("*.finsam")}
    assert kept == set(range(1, schema.SCHEMA_VERSION + 1))
    for number in kept:
        assert (DOCUMENTS / f"version-{number}.finsam").exists()


@pytest.mark.parametrize("file", sorted(DOCUMENTS.glob("*.finsam")), ids=lambda file: file.stem)
def test_the_kept_file_opens_with_every_word(file: Path, tmp_path: Path) -> None:
    """``expected.json`` was written when the file was: what it held then is what it holds now."""
    copy = tmp_path / file.name
    shutil.copyfile(file, copy)
    expected = msgspec.json.decode(file.with_suffix(".json").read_bytes())
    with Workspace.open(copy, user="Bo") as workspace:
        held = [workspace.association, *workspace.meetings]
        contents = [
            workspace.file(a.sha256)
            for m in workspace.meetings
            for i in m.items
            for a in i.attachments
            if a.sha256
        ]
        assert [entry.label for entry in workspace.history()] == expected["history"]
        assert [len(content) for content in contents] == expected["files"]
        assert [workspace.value_at(entry) is None for entry in workspace.history()].count(True) == 1
        for value, words in zip(held, expected["values"], strict=True):
            assert only(words, msgspec.json.decode(codec.encode(value))) == words
        assert not any(sealing.broken(meeting) for meeting in workspace.meetings)
        before = workspace.meetings[-1]
        workspace.change("Ta bort", before, None)
        workspace.undo()
    with Workspace.open(copy, user="Bo") as workspace:
        assert [workspace.association, *workspace.meetings] == held


@pytest.mark.parametrize(
    "file",
    [f for f in sorted(DOCUMENTS.glob("*.finsam")) if f"version-{schema.SCHEMA_VERSION}" not in f.name],
    ids=lambda file: file.stem,
)
def test_a_kept_older_file_becomes_one_of_today(file: Path, tmp_path: Path) -> None:
    """With a copy of what it was, to the byte; and its tables are then those of a new file."""
    copy, new = tmp_path / "Bygden.finsam", tmp_path / "ny.finsam"
    shutil.copyfile(file, copy)
    [(number,)] = rows(copy, "PRAGMA user_version")
    Workspace.open(copy, user="Bo").close()
    beside = tmp_path / f"Bygden (före uppdatering {number}).finsam"
    assert beside.read_bytes() == file.read_bytes()
    assert sorted(entry.name for entry in tmp_path.iterdir()) == sorted([copy.name, beside.name])
    Workspace.create(new, Association(name="Ny"), user="Bo").close()
    tables = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name"
    assert [spaceless(row) for row in rows(copy, tables)] == [spaceless(row) for row in rows(new, tables)]
    assert rows(copy, "PRAGMA user_version") == [(schema.SCHEMA_VERSION,)]


def spaceless(row: tuple[object, ...]) -> tuple[str, ...]:
    return tuple("".join(str(cell).split()).replace("IFNOTEXISTS", "") for cell in row)


def only(words: Any, found: Any) -> Any:
    """What is found of the fields that ``words`` has: fields that came later do not matter."""
    if isinstance(words, dict) and isinstance(found, dict):
        return {key: only(words[key], found[key]) for key in words if key in found}
    if isinstance(words, list) and isinstance(found, list) and len(words) == len(found):
        return [only(inner, found_inner) for inner, found_inner in zip(words, found, strict=True)]
    return found


# A step from this version to a pretended next one, as a later program would have it.

NOW = schema.SCHEMA_VERSION
NEXT = NOW + 1


def to_next(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE meetings ADD COLUMN weather TEXT NOT NULL DEFAULT ''")
    connection.exec_driver_sql("UPDATE meetings SET weather = 'sol'")


def half_way(connection: Connection) -> None:
    to_next(connection)
    raise ValueError("föll på vägen")


@pytest.fixture
def newer_program(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on, what this program reads is the next version (the file at ``path`` is made already)."""
    monkeypatch.setattr(schema, "SCHEMA_VERSION", NEXT)
    monkeypatch.setattr("finsam_desktop.storage.database.SCHEMA_VERSION", NEXT)
    monkeypatch.setattr(schema, "UPGRADES", {NOW: to_next})


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


@pytest.mark.usefixtures("newer_program")
def test_an_older_file_is_upgraded_with_a_copy_beside_it(path: Path) -> None:
    old = path.read_bytes()
    for turn in range(2):
        path.write_bytes(old)
        with Workspace.open(path, user="Bo") as workspace:
            assert len(workspace.meetings) == 3
        assert rows(path, "PRAGMA user_version") == [(NEXT,)]
        assert rows(path, "SELECT DISTINCT weather FROM meetings") == [("sol",)]
        copies = [f"Bygden (före uppdatering {NOW}){end}.finsam" for end in ("", " 2")][: turn + 1]
        for copy in copies:
            assert path.with_name(copy).read_bytes() == old
        assert sorted(entry.name for entry in path.parent.iterdir()) == sorted(["Bygden.finsam", *copies])
    Workspace.open(path, user="Bo").close()
    assert len(list(path.parent.iterdir())) == 3, "an upgraded file is not copied again"


@pytest.mark.usefixtures("newer_program")
def test_an_older_file_that_may_only_be_read_is_left_as_it_is(path: Path) -> None:
    old = path.read_bytes()
    with Workspace.open(path, user="Bo", read_only=True) as workspace:
        assert len(workspace.meetings) == 3
    assert path.read_bytes() == old
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


@pytest.mark.usefixtures("newer_program")
def test_an_upgrade_that_fails_leaves_the_old_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "UPGRADES", {NOW: half_way})
    with pytest.raises(
        FileError, match=r"gick inte att göra om till den här versionen\. Den är orörd"
    ) as caught:
        Workspace.open(path, user="Bo")
    assert "föll på vägen" in caught.value.detail
    assert rows(path, "PRAGMA user_version") == [(NOW,)]
    assert "weather" not in [row[1] for row in rows(path, "PRAGMA table_info(meetings)")]
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


@pytest.mark.usefixtures("newer_program")
def test_without_room_for_the_copy_nothing_is_upgraded(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copy2", no_room)
    old = path.read_bytes()
    with pytest.raises(NotSavedError, match="det gick inte att lägga en kopia bredvid den"):
        Workspace.open(path, user="Bo")
    assert path.read_bytes() == old
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_a_field_added_with_a_default_needs_no_step(path: Path) -> None:
    """An older file lacks fields that a value has got since: they get their default."""
    with closing(sqlite3.connect(path)) as connection:
        (value,) = connection.execute("SELECT value FROM meetings WHERE id = 'm5'").fetchone()
        older = value.replace(',"adjustment_place":""', "").replace(',"minutes_title":""', "")
        assert older != value
        digest = sha256(older.encode()).hexdigest()
        connection.execute("UPDATE meetings SET value = ?, digest = ? WHERE id = 'm5'", (older, digest))
        connection.commit()
    with Workspace.open(path, user="Bo") as workspace:
        assert workspace.meeting("m5").adjustment_place == ""
        assert workspace.meeting("m5").items[0].minutes_title == ""
        assert workspace.meeting("m5").items[0].title == "Ärende 0"

"""The check of a whole file finds what is damaged and names it; a whole file has nothing to tell."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from finsam_desktop.file_health import check_file, start_check, told
from finsam_desktop.storage.integrity import Damage
from finsam_desktop.storage.sync_copies import copies_beside, is_mark
from finsam_desktop.workspace import FileError, NotFinsamFileError, Workspace


def run(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as db:
        assert db.execute(statement).rowcount > 0
        db.commit()


def test_a_whole_file(path: Path) -> None:
    with Workspace.open(path, user="Bo") as workspace:
        changes = len(workspace.history())
    before = path.read_bytes()
    health = check_file(path)
    assert health.is_whole
    assert (health.meetings, health.changes, health.files) == (3, changes, 1)
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE association SET value = replace(value, 'Bygden', 'Bygdan')", "uppgifterna om förbundet"),
        ("UPDATE meetings SET value = value || ' ' WHERE id = 'm5'", "sammanträdet 2026-05-12"),
        ("UPDATE meetings SET value = x'ff00' WHERE id = 'm5'", "sammanträdet 2026-05-12"),
        ("UPDATE history SET value = substr(value, 1, 20) WHERE number = 2", "historiken"),
        ("UPDATE files SET content = replace(content, 'P', 'Q')", "bilagan"),
        ("UPDATE exports SET content = x'00' WHERE content IS NOT NULL", "ett skapat dokument"),
    ],
)
def test_what_is_damaged_is_named(path: Path, statement: str, what: str) -> None:
    run(path, statement)
    damages = check_file(path).damages
    assert len(damages) == 1
    assert damages[0].what.startswith(what)
    assert what in told(damages)


def test_flipped_bytes_anywhere_are_found_or_lie_where_nothing_is(path: Path) -> None:
    """What the check calls whole is whole: every value, change and file reads as before."""
    whole = path.read_bytes()
    held = everything(path)
    chance = random.Random(5)
    found = 0
    for _ in range(40):
        place = chance.randrange(100, len(whole))
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x41]) + whole[place + 1 :])
        try:
            healthy = check_file(path).is_whole
        except FileError:
            healthy = False
        found += not healthy
        if healthy:
            assert everything(path) == held
    assert found > 5


def everything(path: Path) -> object:
    with Workspace.open(path, user="Bo", read_only=True) as workspace:
        names = [a.sha256 for m in workspace.meetings for i in m.items for a in i.attachments]
        history = workspace.history()
        return (
            workspace.association,
            workspace.meetings,
            [workspace.value_at(entry) for entry in history],
            [workspace.file(name) for name in names],
        )


def test_the_check_keeps_nobody_from_writing(path: Path) -> None:
    check = start_check(path)
    with Workspace.open(path, user="Bo") as workspace:
        for number in range(20):
            more = check.step()
            before = workspace.meetings[0]
            after = type(before)(id=before.id, date=before.date, place=str(number), items=before.items)
            workspace.change("Skriv", before, after)
        while more:
            more = check.step()
    assert check.health.is_whole


def test_what_is_no_file_of_ours(tmp_path: Path) -> None:
    (tmp_path / "brev.finsam").write_text("hej")
    with pytest.raises(NotFinsamFileError):
        check_file(tmp_path / "brev.finsam")


def test_many_damages_are_told_in_one_sentence() -> None:
    damages = tuple(Damage(what=f"bilagan {letter}") for letter in "ABCDEF")
    assert told(damages) == "Det här i filen går inte att läsa: bilagan A, bilagan B, bilagan C och 3 till."


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("-DESKTOP-4F2A", True),
        ("-ANNAS-DATOR", True),
        (" (Anna Berg's conflicted copy 2026-10-29)", True),
        (" (Annas konfliktkopia 2026-10-29)", True),
        (".sync-conflict-20261029-081500-ABCDEFG", True),
        (" (före uppdatering 1)", False),
        (" 2026", False),
        ("-2026-10-29", False),
        ("-kopia", False),
        ("-KOPIA", False),
        ("", False),
    ],
)
def test_what_sync_folders_call_their_copies(end: str, expected: bool) -> None:
    assert is_mark(end) is expected


def test_copies_are_looked_for_beside_the_file(path: Path) -> None:
    assert copies_beside(path) == ()
    copy = path.with_name(f"{path.stem}-DESKTOP-4F2A.finsam")
    copy.write_bytes(b"x")
    path.with_name("annat-DESKTOP-4F2A.finsam").write_bytes(b"x")
    assert copies_beside(path) == (copy,)
    assert copies_beside(path.parent / "borta" / "x.finsam") == ()

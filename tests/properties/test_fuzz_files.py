"""The association's file, its backups and what is salvaged of it, damaged by disks, strangers and half-made copies.

Damaged bytes meet checksums; rows written by somebody who knows the format, with checksums of their own, do not.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings

from finsam_desktop import file_backups
from finsam_desktop.commands import listing
from finsam_desktop.domain.agenda import walk
from finsam_desktop.storage import backups
from finsam_desktop.storage.codec import pack, unpack
from finsam_desktop.workspace import DamagedFileError, MissingContentError, Workspace
from tests.fuzzing import Judged, Memory, Step, bomb, damaged, damaged_json, few, judged, steps, tries

DOCUMENTS = Path(__file__).parents[1] / "data" / "documents"
TODAY = date(2026, 11, 22)
TABLES = ("association", "meetings", "history", "files", "exports")
ODD = (
    None, 0, -1, 2**62, 1.5, "", "x" * 10_000, b"", b"\xff" * 100, "2026-99-99", "\0", "'", "[", "9" * 4_000, bomb(100),
)  # fmt: skip

RELEASES = sorted(DOCUMENTS.glob("version-*.finsam"))
released = pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.stem)


def _everything(path: Path, *, read_only: bool) -> None:
    """What opening a file and going through it asks for."""
    with Workspace.open(path, user="Bo", read_only=read_only) as workspace:
        association, meetings = workspace.association, workspace.meetings
        for meeting in meetings:
            listing.meeting(association, meetings, meeting)
            listing.findings(association, meetings, (meeting,), TODAY, whole=True)
            workspace.exports(meeting.id)
            for item in walk(meeting.items):
                for attachment in item.attachments:
                    with suppress(
                        MissingContentError
                    ):  # one of the files kept here was released without them
                        workspace.file(attachment.sha256)
        for entry in workspace.history(limit=5):
            workspace.value_at(entry)


def _salvaged(path: Path) -> None:
    new = path.with_name("räddat.finsam")
    new.unlink(missing_ok=True)
    file_backups.salvage_to(path, new)
    _everything(new, read_only=True)


def _tried(path: Path, content: bytes, about: object, *, salvage: bool) -> Judged:
    for left in path.parent.iterdir():
        left.unlink()
    path.write_bytes(content)
    outcome = judged(lambda: _everything(path, read_only=bool(len(content) % 2)), about)
    if salvage:
        path.write_bytes(content)
        judged(lambda: _salvaged(path), about)
    return outcome


def with_rows(content: bytes, damage: list[Step], scratch: Path) -> bytes:
    """The file with values and other columns changed by somebody who also writes new checksums."""
    scratch.write_bytes(content)
    with closing(sqlite3.connect(scratch)) as db:
        for step in damage:
            table = TABLES[step.kind % len(TABLES)]
            columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
            rows = [row[0] for row in db.execute(f"SELECT rowid FROM {table}")]
            if not rows:
                continue
            row = rows[min(int(step.place * len(rows)), len(rows) - 1)]
            with suppress(sqlite3.Error, ValueError, AttributeError):
                if step.size % 3 == 0 and table in ("association", "meetings"):
                    value = db.execute(f"SELECT value FROM {table} WHERE rowid = ?", (row,)).fetchone()[0]
                    text = damaged_json(value.encode(), [step]).decode("utf-8", "replace")
                    digest = sha256(text.encode()).hexdigest()
                    db.execute(
                        f"UPDATE {table} SET value = ?, digest = ? WHERE rowid = ?", (text, digest, row)
                    )
                else:
                    column = columns[step.odd % len(columns)]
                    db.execute(
                        f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (ODD[step.size % len(ODD)], row)
                    )
        db.commit()
    changed = scratch.read_bytes()
    scratch.unlink()
    return changed


Damager = Callable[[bytes, list[Step], Path], bytes]
WAYS: dict[str, Damager] = {
    "bytes": lambda content, damage, _scratch: damaged(content, damage),
    "rows": with_rows,
}
ways = pytest.mark.parametrize("way", WAYS)


def _fuzzed(release: Path, way: str, folder: Path, number: settings, *, salvage: bool) -> list[str]:
    content, told = release.read_bytes(), []
    place = folder / "fil"
    place.mkdir()

    @number
    @given(steps)
    def tried(damage: list[Step]) -> None:
        changed = WAYS[way](content, damage, folder / "skiss.finsam")
        told.append(_tried(place / "a.finsam", changed, damage, salvage=salvage).told)

    with Memory():
        tried()
    return told


@ways
def test_damaged_files_are_read_or_refused(way: str, tmp_path: Path) -> None:
    assert any(_fuzzed(RELEASES[-1], way, tmp_path, tries(12), salvage=True))


@pytest.mark.long
@released
@ways
def test_many_damaged_files(release: Path, way: str, tmp_path: Path) -> None:
    told = _fuzzed(release, way, tmp_path, tries(300), salvage=True)
    assert any(told)
    assert not all(told)


CODE = {
    "trigger": "CREATE TRIGGER t AFTER INSERT ON history BEGIN DELETE FROM meetings; END",
    "endless view": "ALTER TABLE meetings RENAME TO m; CREATE VIEW meetings AS WITH RECURSIVE c(n) AS (SELECT 1 UNION "
    "ALL SELECT n + 1 FROM c) SELECT 'a' AS id, 'x' AS value, 'y' AS digest FROM c",
}  # fmt: skip


@pytest.mark.parametrize("release", RELEASES[-1:])
@pytest.mark.parametrize("code", CODE.values(), ids=CODE)
def test_a_file_that_does_things_by_itself_is_refused(release: Path, code: str, tmp_path: Path) -> None:
    """A trigger could take meetings away when something else is saved."""
    path = tmp_path / "a.finsam"
    shutil.copyfile(release, path)
    with closing(sqlite3.connect(path)) as db:
        db.executescript(code)
    with pytest.raises(DamagedFileError, match=r"a\.finsam"):
        Workspace.open(path, user="Bo")


@pytest.mark.parametrize("release", RELEASES[-1:])
def test_a_history_that_grows_beyond_bounds_is_refused(release: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.finsam"
    shutil.copyfile(release, path)
    with closing(sqlite3.connect(path)) as db:
        db.execute(
            "UPDATE history SET value = ? WHERE number = (SELECT max(number) FROM history)", (bomb(200),)
        )
        db.commit()

    def looked() -> None:
        with Workspace.open(path, user="Bo") as workspace:
            workspace.value_at(workspace.history(limit=1)[0])

    with Memory():
        assert judged(looked).told
        judged(lambda: _salvaged(path))


# Backups


def _backed_up(folder: Path) -> dict[Path, bytes]:
    source = folder / "a.finsam"
    shutil.copyfile(max(DOCUMENTS.glob("version-*.finsam")), source)
    with Workspace.open(source, user="Bo"):
        pass  # an older one is made one of this version
    place = folder / "kopior"
    assert backups.make_backup(source, place, at=datetime(2026, 11, 22))
    return {path: path.read_bytes() for path in sorted(place.rglob("*")) if path.is_file()}


def _used(folder: Path) -> None:
    new = folder / "återställd.finsam"
    new.unlink(missing_ok=True)
    place = folder / "kopior"
    for backup in backups.backups(place):
        file_backups.look(backup)
        file_backups.restore_to(backup, new)
    backups.thin(place, datetime(2026, 11, 22))


def _fuzzed_backups(folder: Path, number: settings) -> list[str]:
    whole, told = _backed_up(folder), []

    @number
    @given(steps)
    def tried(damage: list[Step]) -> None:
        hit = list(whole)[damage[0].odd % len(whole)]
        hit.write_bytes(damaged(whole[hit], damage))
        told.append(judged(lambda: _used(folder), damage).told)
        for path, content in whole.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    with Memory():
        tried()
    return told


def test_damaged_backups_are_read_or_refused(tmp_path: Path) -> None:
    assert any(_fuzzed_backups(tmp_path, few))


@pytest.mark.long
def test_many_damaged_backups(tmp_path: Path) -> None:
    assert any(_fuzzed_backups(tmp_path, tries(500)))


def test_a_head_whose_words_are_no_text_is_left_out(tmp_path: Path) -> None:
    whole = _backed_up(tmp_path)
    head = next(path for path in whole if path.suffix == ".kopia")
    head.write_bytes(
        pack(unpack(whole[head]).replace(b"bygden", b"byg\xffen").replace(b"a.finsam", b"a\xcdfinsam"))
    )
    assert backups.backups(tmp_path / "kopior") == ()


def test_a_head_that_grows_beyond_bounds_is_left_out(tmp_path: Path) -> None:
    _backed_up(tmp_path)
    (tmp_path / "kopior" / "2026-11-23 000000.kopia").write_bytes(
        pack(b"\xdd\xff\xff\xff\xff" + bytes(2_000_000))
    )
    with Memory():
        assert len(backups.backups(tmp_path / "kopior")) == 1

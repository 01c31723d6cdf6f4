"""Every file that cannot be opened or saved gets a Swedish message that names it, and is left as it was."""

from __future__ import annotations

import json
import os
import random
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.errors import UserError
from finsam_desktop.storage.schema import APPLICATION_ID
from finsam_desktop.workspace import (
    DamagedFileError,
    FileError,
    MissingFileError,
    NewerFileError,
    NotFinsamFileError,
    NotSavedError,
    Workspace,
)


def everything(path: Path) -> object:
    """All that a file holds, or the UserError that says why not."""
    with Workspace.open(path, user="Bo") as workspace:
        history = workspace.history()
        values = [workspace.value_at(entry) for entry in history]
        names = [a.sha256 for m in workspace.meetings for i in m.items for a in i.attachments]
        contents = [workspace.file(name) for name in names]
        return workspace.association, workspace.meetings, history, values, contents, workspace.exports("m2")


def snapshot(folder: Path) -> dict[str, bytes | None]:
    return {entry.name: entry.read_bytes() if entry.is_file() else None for entry in folder.iterdir()}


def refused(path: Path, kind: type[FileError], words: str) -> None:
    """The file is refused in these words, when it is opened or its values read, and the folder is as before."""
    before = snapshot(path.parent)
    for read_only in (False, True):
        with pytest.raises(kind, match=words) as caught:
            with Workspace.open(path, user="Bo", read_only=read_only) as workspace:
                workspace.read_all()
        assert path.name in caught.value.message
        assert caught.value.advice
    assert snapshot(path.parent) == before


@contextmanager
def sql(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path)) as connection:
        yield connection
        connection.commit()


def test_a_missing_file(tmp_path: Path) -> None:
    refused(tmp_path / "Bygden.finsam", MissingFileError, "finns inte i mappen")
    refused(tmp_path / "saknas.finsam", MissingFileError, "finns inte")


def test_a_file_in_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match="borta"):
        Workspace.open(tmp_path / "borta" / "Bygden.finsam", user="Bo")


def test_a_folder(tmp_path: Path) -> None:
    (tmp_path / "Bygden.finsam").mkdir()
    refused(tmp_path / "Bygden.finsam", NotFinsamFileError, "det är en mapp")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "den är tom"),
        (b"PK\x03\x04" + b"\x00" * 500, "av ett annat slag"),
        (b"hej", "av ett annat slag"),
        (bytes(4096), "av ett annat slag"),
        ("åäö".encode() * 300, "av ett annat slag"),
    ],
    ids=["empty", "zip", "short text", "zeros", "text"],
)
def test_what_is_no_database(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "Bygden.finsam"
    path.write_bytes(content)
    refused(path, NotFinsamFileError, words)


def test_another_programs_database(tmp_path: Path) -> None:
    path = tmp_path / "Bygden.finsam"
    with sql(path) as connection:
        connection.execute("CREATE TABLE meetings (id TEXT, value TEXT)")
    refused(path, NotFinsamFileError, "hör till ett annat program")


def test_a_file_of_a_newer_version(path: Path) -> None:
    with sql(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    refused(
        path,
        NewerFileError,
        r"är skapad i en nyare version\. Den är orörd\. Uppdatera programmet för att öppna den\.",
    )


def test_a_value_with_a_field_of_a_newer_version(path: Path) -> None:
    rewrite(path, '"place":', '"weather":"sol","place":')
    refused(path, NewerFileError, "nyare version")


def rewrite(path: Path, old: str, new: str, *, digest: bool = True) -> None:
    """Alter the JSON of one meeting, and its digest unless it is the alteration that is tested."""
    with sql(path) as connection:
        (value,) = connection.execute("SELECT value FROM meetings WHERE id = 'm5'").fetchone()
        assert old in value
        altered = value.replace(old, new, 1)
        connection.execute("UPDATE meetings SET value = ? WHERE id = 'm5'", (altered,))
        if digest:
            new_digest = sha256(altered.encode()).hexdigest()
            connection.execute("UPDATE meetings SET digest = ? WHERE id = 'm5'", (new_digest,))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"place":', '"place" '),
        ('{"id"', '["id"'),
        ('"2026-05-12"', '"2026-05-32"'),
        ('"title":"Ärende 3"', '"title":3'),
        ('"id":"m5"', '"id":"m6"'),
    ],
    ids=["syntax", "bracket", "date", "kind", "id"],
)
def test_broken_json_in_a_row_names_the_meeting(path: Path, old: str, new: str) -> None:
    rewrite(path, old, new)
    refused(path, DamagedFileError, "är skadad: sammanträdet 2026-05-12 går inte att läsa")


def test_a_silently_altered_word_is_noticed(path: Path) -> None:
    rewrite(path, "lägesbild", "lagesbild", digest=False)
    refused(path, DamagedFileError, "sammanträdet 2026-05-12")


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE association SET value = '{}'", "uppgifterna om förbundet går inte"),
        ("DELETE FROM association", "uppgifterna om förbundet saknas"),
        ("DROP TABLE meetings", "innehållet går inte att läsa"),
        ("DROP TABLE history", "historiken går inte att läsa"),
        (
            "UPDATE meetings SET value = x'ff00', date = 'x' WHERE id = 'm5'",
            "innehållet går inte att läsa",
        ),
        ("UPDATE history SET at = 'igår'", "historiken går inte att läsa"),
    ],
)
def test_rows_and_tables_out_of_order(path: Path, statement: str, words: str) -> None:
    with sql(path) as connection:
        connection.execute(statement)
    refused(path, DamagedFileError, words)


def test_history_and_stored_files_are_verified_when_read(path: Path) -> None:
    with sql(path) as connection:
        connection.execute("UPDATE history SET value = substr(value, 1, 40) WHERE label = 'Bifoga'")
        connection.execute("UPDATE files SET content = replace(content, 'P', 'Q')")
    with Workspace.open(path, user="Bo") as workspace:
        with pytest.raises(DamagedFileError, match="historiken"):
            workspace.value_at(workspace.history()[0])
        name = workspace.meeting("m2").items[0].attachments[0].sha256
        with pytest.raises(DamagedFileError, match="bilaga"):
            workspace.file(name)


def test_truncated_anywhere(path: Path, tmp_path: Path) -> None:
    """A cut file is refused whole: nothing of it is shown as if it were all."""
    whole = path.read_bytes()
    cut = tmp_path / "avklippt" / "Bygden.finsam"
    cut.parent.mkdir()
    places = {1, 8, 15, 16, 17, 50, 99, 100, 101, 1000, len(whole) - 1, len(whole) - 100}
    for size in sorted(places | set(range(0, len(whole), 4096)) - {0}):
        cut.write_bytes(whole[:size])
        refused(cut, DamagedFileError, "är skadad: bara")


@pytest.mark.parametrize("seed", range(6))
def test_altered_bytes_are_refused_or_change_nothing(path: Path, seed: int) -> None:
    """Wherever a disk flips bytes: the same words, or a UserError that says that the file is damaged."""
    before = everything(path)
    whole = path.read_bytes()
    chance = random.Random(seed)
    refusals = []
    for _ in range(60):
        altered = bytearray(whole)
        start = chance.randrange(len(whole))
        for place in range(start, min(len(whole), start + chance.choice((1, 1, 8, 300, 5000)))):
            altered[place] = chance.randrange(256)
        path.write_bytes(altered)
        try:
            after = everything(path)
        except UserError as error:
            refusals.append(error.message)
        else:
            assert values_of(after) == values_of(before)
        assert not path.with_name(path.name + ".lock").exists()
    assert refusals
    assert all(path.name in message for message in refusals)


def values_of(held: object) -> object:
    """Association, meetings and attachments: what has a checksum. Labels in the history have none."""
    assert isinstance(held, tuple)
    return held[0], held[1], held[4]


# No permission


def without_rights(code: str, *arguments: Path) -> subprocess.CompletedProcess[str]:
    """Run Python bound by permissions: of root, take what lets it read and write everything."""
    drop = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    return subprocess.run(
        [*drop, sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.getcwd()},
    )


OPEN = """
import sys
from pathlib import Path
from dataclasses import replace
from hashlib import sha256
from finsam_desktop.errors import UserError
from finsam_desktop.workspace import Workspace
try:
    with Workspace.open(Path(sys.argv[1]), user="Bo") as w:
        print(w.read_only, w.read_only_reason, len(w.meetings))
        w.change("Byt namn", w.association, replace(w.association, name="X"))
except UserError as error:
    print(type(error).__name__, error)
"""


@pytest.fixture
def shared(path: Path) -> Iterator[Path]:
    """The file in a folder of its own, whose permissions the test takes away."""
    folder = path.parent / "delad"
    folder.mkdir()
    copy = folder / path.name
    shutil.copyfile(path, copy)
    yield copy
    folder.chmod(0o755)


needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="uses POSIX permissions")


@needs_posix
def test_no_permission_to_read(shared: Path) -> None:
    shared.chmod(0o000)
    run = without_rights(OPEN, shared)
    assert run.stdout.startswith("FileError Du har inte behörighet att läsa Bygden.finsam."), run.stderr


@needs_posix
def test_a_read_only_file_opens_for_reading(shared: Path) -> None:
    shared.parent.chmod(0o777)
    shared.chmod(0o444)
    run = without_rights(OPEN, shared)
    assert run.stdout.splitlines()[0] == "True Filen är skrivskyddad. 3", run.stderr
    assert "ReadOnlyError Ändringen sparades inte: Bygden.finsam kan bara läsas." in run.stdout


@needs_posix
def test_a_read_only_folder_opens_for_reading(shared: Path) -> None:
    shared.chmod(0o666)
    shared.parent.chmod(0o555)
    run = without_rights(OPEN, shared)
    assert run.stdout.splitlines()[0] == "True Du får inte skriva i mappen. 3", run.stderr


@needs_posix
def test_creating_in_a_folder_without_permission(shared: Path) -> None:
    shared.parent.chmod(0o555)
    code = OPEN.replace("Workspace.open(Path(sys.argv[1])", "Workspace.create(Path(sys.argv[1]), None")
    run = without_rights(code, shared.with_name("ny.finsam"))
    assert run.stdout.startswith("NotSavedError ny.finsam skapades inte: "), run.stderr
    assert [entry.name for entry in shared.parent.iterdir()] == [shared.name]


# While it is open


@pytest.fixture
def workspace(path: Path) -> Iterator[Workspace]:
    with Workspace.open(path, user="Anna") as opened:
        yield opened


def failing_change(workspace: Workspace, text: str, words: str) -> None:
    """A change that cannot be saved leaves memory, undo and history as they were."""
    before = workspace.meetings, workspace.association, workspace.undo_label, workspace.history()
    told: list[object] = []
    stop = workspace.subscribe(told.append)
    meeting = workspace.meeting("m5")
    with pytest.raises(NotSavedError, match=words) as caught:
        workspace.change("Skriv", meeting, replace(meeting, place=text))
    stop()
    assert caught.value.advice
    assert "Bygden.finsam" in caught.value.message
    assert told == []
    assert (workspace.meetings, workspace.association, workspace.undo_label, workspace.history()) == before


def still_works(workspace: Workspace, path: Path) -> None:
    """The next change is saved, and the file holds what memory does."""
    meeting = workspace.meeting("m9")
    workspace.change("Skriv", meeting, replace(meeting, place="Efteråt"))
    with Workspace.open(path, user="Bo", read_only=True) as reader:
        assert (reader.association, reader.meetings) == (workspace.association, workspace.meetings)


def noise(size: int) -> str:
    """Text that does not compress."""
    return random.Random(1).randbytes(size // 2).hex()


@needs_posix
def test_a_limit_on_file_size_while_saving(workspace: Workspace, path: Path) -> None:
    """The system refuses to let the file grow: a write in the middle of a transaction fails."""
    resource = pytest.importorskip("resource")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 8192, limits[1]))
    try:
        failing_change(workspace, noise(200_000), "disken")
        with pytest.raises(NotSavedError, match="disken"):
            workspace.add_file(os.urandom(300_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    still_works(workspace, path)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 kB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)], capture_output=True
    )
    if mounted.returncode != 0:
        pytest.skip("this machine does not let root mount a disk")
    try:
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_while_saving(path: Path, small_disk: Path) -> None:
    copy = small_disk / path.name
    shutil.copyfile(path, copy)
    with Workspace.open(copy, user="Anna") as workspace:
        failing_change(workspace, noise(200_000), "disken är full")
        with pytest.raises(NotSavedError, match="disken är full"):
            workspace.add_file(os.urandom(300_000))
        still_works(workspace, copy)
    (small_disk / "fyllnad").write_bytes(os.urandom(256 * 1024 - copy.stat().st_size - 16384))
    with pytest.raises(NotSavedError, match=r"^ny.finsam skapades inte: disken är full"):
        Workspace.create(small_disk / "ny.finsam", Association(name="X"), user="Anna")
    assert sorted(entry.name for entry in small_disk.iterdir()) == [path.name, "fyllnad"]
    with Workspace.open(copy, user="Bo", read_only=True) as reader:
        assert reader.meeting("m9").place == "Efteråt"


@pytest.mark.parametrize("fault", ["removed", "moved", "replaced"])
@needs_posix
def test_the_file_is_taken_away_while_open(workspace: Workspace, path: Path, fault: str) -> None:
    """Writing in a file that is no longer at its path would lose every word; putting it back mends it."""
    kept = path.with_name("undan.finsam")
    path.rename(kept)
    if fault == "replaced":
        shutil.copyfile(kept, path)
    failing_change(workspace, "x", "har flyttats, tagits bort eller bytts ut")
    kept.replace(path)
    still_works(workspace, path)


def test_another_program_writes_in_the_file(workspace: Workspace, path: Path) -> None:
    with sql(path) as connection:
        connection.execute("UPDATE association SET name = 'x'")
    failing_change(workspace, "x", "ett annat program har ändrat i filen")


def test_another_program_holds_the_file(workspace: Workspace, path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        workspace._file._db.exec_driver_sql("PRAGMA busy_timeout = 50")
        workspace._file._db.rollback()
        connection.execute("BEGIN EXCLUSIVE")
        with pytest.raises(NotSavedError, match="ett annat program använder filen"):
            workspace.change("Byt namn", workspace.association, Association(name="X"))
        connection.execute("ROLLBACK")
    still_works(workspace, path)


def test_nobody_writes_between_the_check_and_the_change(workspace: Workspace, path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as connection:
        with workspace._file._transaction(), pytest.raises(sqlite3.OperationalError, match="locked"):
            connection.execute("UPDATE association SET name = 'x'")
    still_works(workspace, path)


def test_a_stored_file_too_large(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("finsam_desktop.storage.document.LARGEST_FILE", 3 * 2**20)
    with pytest.raises(UserError, match=r"Filen är 4 MB\. Högst 3 MB"):
        workspace.add_file(bytes(4 * 2**20))


# Power cuts


def cut_power(path: Path) -> Path:
    """A copy of the file as a power cut leaves it: half of a change in it, and the journal beside it."""
    left = path.parent / "efter strömavbrott" / path.name
    left.parent.mkdir()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 1")  # so that pages are written before the commit
        connection.execute("BEGIN")
        connection.execute("UPDATE meetings SET value = 'halvskrivet', digest = ''")
        connection.execute("UPDATE association SET name = 'halvskrivet', value = ?", ("x" * 100_000,))
        connection.execute("UPDATE files SET content = zeroblob(50000)")
        shutil.copyfile(path, left)
        journal = path.with_name(path.name + "-journal")
        shutil.copyfile(journal, left.with_name(journal.name))
        connection.execute("ROLLBACK")
    # SQLite writes the count of pages in the journal's header when the journal is safe on disk.
    assert left.with_name(left.name + "-journal").stat().st_size > 512
    assert left.read_bytes() != path.read_bytes()
    return left


@pytest.mark.parametrize("read_only", [False, True])
def test_a_power_cut_in_the_middle_of_a_change(path: Path, read_only: bool) -> None:
    expected = everything(path)
    left = cut_power(path)
    before = snapshot(left.parent)
    with Workspace.open(left, user="Bo", read_only=read_only) as workspace:
        assert isinstance(expected, tuple)
        assert (workspace.association, workspace.meetings) == expected[:2]
        if read_only:
            assert snapshot(left.parent) == before
        else:
            still_works(workspace, left)
    if read_only:
        assert snapshot(left.parent) == before


@needs_posix
def test_a_power_cut_on_a_folder_that_cannot_be_written(path: Path, shared: Path) -> None:
    left = cut_power(path)
    for part in left.parent.iterdir():
        shutil.copyfile(part, shared.parent / part.name)
        (shared.parent / part.name).chmod(0o444)
    shared.parent.chmod(0o555)
    run = without_rights(OPEN, shared)
    assert run.stdout.splitlines()[0] == "True Filen är skrivskyddad. 3", run.stderr


def test_after_a_crash_every_page_is_looked_at(path: Path) -> None:
    """Damage where no value is read at opening: in the history's and the stored files' pages."""
    whole = path.read_bytes()
    owner = json.dumps(
        {"user": "Anna", "host": socket.gethostname(), "pid": 1, "since": "2026-10-29T09:00:00"}
    )
    found = 0
    for place in range(4096, len(whole), 4096):
        path.write_bytes(whole[:place] + b"\xff" * 8 + whole[place + 8 :])
        try:
            Workspace.open(path, user="Bo").close()
        except DamagedFileError:
            continue
        path.with_name(path.name + ".lock").write_text(owner, "utf-8")
        try:
            Workspace.open(path, user="Bo").close()
        except DamagedFileError:
            found += 1
        assert not path.with_name(path.name + ".lock").exists()
    assert found
    path.write_bytes(whole)
    path.with_name(path.name + ".lock").write_text(owner, "utf-8")
    Workspace.open(path, user="Bo").close()


def test_application_id_is_in_the_header(path: Path) -> None:
    header = path.read_bytes()[:100]
    assert header[68:72] == b"FnSm" == APPLICATION_ID.to_bytes(4)
    assert header[18:20] == b"\x01\x01", "rollback journal, never WAL"


def test_what_is_saved_is_on_disk(workspace: Workspace) -> None:
    """A power cut cannot be made here; these settings are what SQLite promises to survive one with."""
    db = workspace._file._db
    settings = {
        name: db.exec_driver_sql(f"PRAGMA {name}").scalar_one()
        for name in ("synchronous", "journal_mode", "foreign_keys", "trusted_schema", "busy_timeout")
    }
    db.rollback()
    assert settings == {
        "synchronous": 2,
        "journal_mode": "delete",
        "foreign_keys": 1,
        "trusted_schema": 0,
        "busy_timeout": 5000,
    }


def test_a_file_that_another_tool_turned_into_wal_is_turned_back(
    path: Path, meetings: tuple[Meeting, ...]
) -> None:
    with sql(path) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    with Workspace.open(path, user="Bo") as workspace:
        still_works(workspace, path)
    assert path.read_bytes()[18:20] == b"\x01\x01"
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]

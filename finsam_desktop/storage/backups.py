"""Backups of a .finsam file: a folder of small heads and of contents that are kept once, whatever backup holds them.

    BACKUPS/innehall/ab/ab12…      the content with that SHA-256: attachments, documents, a thousand changes of history
    BACKUPS/2026-11-22 074103.kopia  a head: every value, and which contents belong to it (zlib over MessagePack)
    BACKUPS/2026-11-22 074103.fakta  what is asked of that head most; made again when it is not there

A backup of a file of three gigabytes whose attachments have not changed writes a few hundred kB. Heads are thinned with
age; contents that no head names are removed. Reading never holds the file longer than one value takes, so that
who is writing in it is not made to wait.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection

from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.errors import UserError
from finsam_desktop.known_types import known
from finsam_desktop.storage import codec, schema
from finsam_desktop.storage.database import check_header, make_engine, reading
from finsam_desktop.storage.errors import DamagedFileError
from finsam_desktop.storage.new_file import making
from finsam_desktop.storage.safewrite import write_file

FORMAT = "finsam-kopia"
VERSION = 1
ENDING = ".kopia"
_FACTS = ".fakta"
CONTENTS = "innehall"
CHANGES = 1000
"""Rows of history in one content. They never change once they are so many, so they are written once."""

_LARGEST_HEAD = 1_000_000_000
"""Bytes of a head unpacked: all meetings of an association."""

Step = Callable[[int, int], None]

_KEPT_DAYS, _KEPT_WEEKS, _KEPT_MONTHS, _KEPT_LATEST = 14, 8, 24, 3


_MeetingRow = tuple[str, str, str, str, str, str, str]


class _Head(msgspec.Struct, frozen=True):
    """What a head says. Rows are as in the file's tables; ``contents`` of a row stands as its SHA-256."""

    format: str
    version: int
    schema_version: int
    at: datetime
    source: str
    association: tuple[str, str, str, str]
    meetings: tuple[_MeetingRow, ...]
    files: tuple[tuple[str, int], ...]
    exports: tuple[tuple[int, str, str, str, str, str, bool], ...]
    history: tuple[str, ...]
    changes: int


class _Values(msgspec.Struct, frozen=True):
    """The values of a head, each meeting's row still packed: read one by one, none holds up the window's thread."""

    association: tuple[str, str, str, str]
    meetings: tuple[msgspec.Raw, ...]


class _Facts(msgspec.Struct, frozen=True):
    """What is asked of a head again and again, kept beside it: to read a head of twenty years takes 0.2 s.

    It holds as long as the head's size and time of change are those it was made from. ``contents`` are all it names.
    """

    head_size: int
    head_changed: int
    at: datetime
    source: str
    name: str
    meetings: int
    files: int
    size: int
    contents: tuple[str, ...]
    changes: int


for _kind in (_Head, _Values, _Facts):
    known(_kind)  # now, so that no two threads find it out


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A backup: its head, when it was made, of which file, and the number of its latest change.

    ``name`` is the association's; ``size`` what its contents hold in bytes, whether they are shared or not.
    """

    path: Path
    at: datetime
    source: str
    name: str
    meetings: int
    files: int
    size: int
    changes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What a backup holds, to look at before anything is restored."""

    association: Association
    meetings: tuple[Meeting, ...]


def make_backup(file: Path, folder: Path, *, at: datetime, step: Step | None = None) -> Backup | None:
    """Back up a .finsam file in ``folder``; None when nothing has changed since the latest backup there.

    ``step(done, total)`` is called as contents are written and may raise to stop; a head is written last, so that a
    backup is whole or not there. FileError when the file or the folder cannot be used; older backups are untouched.
    """
    check_header(file)
    engine = make_engine(file, read_only=True)
    try:
        with reading(file, "innehållet"), engine.connect() as db:
            head = _read_head(db, file, at)
            latest = _newest(folder)
            if (
                latest is not None
                and msgspec.structs.replace(head, at=latest.at, history=latest.history) == latest
            ):
                return None
            chunks = tuple(_write_history(db, folder, head.changes, latest.history if latest else ()))
            wanted = [(sha, "files") for sha, _ in head.files]
            wanted += [(sha, "exports") for *_, sha, kept in head.exports if kept]
            for done, (sha, table) in enumerate(wanted):
                if step is not None:
                    step(done, len(wanted))
                if not _place(folder, sha).is_file():
                    _write_content(folder, _content(db, table, sha, file))
    finally:
        engine.dispose()
    whole = msgspec.structs.replace(head, history=chunks)
    path = _free(folder, at)
    write_file(path, zlib.compress(msgspec.msgpack.encode(whole), 3))
    facts = _facts(path)
    return _backup(path, facts) if facts is not None else None


def backups(folder: Path) -> tuple[Backup, ...]:
    """The backups in the folder, the newest first. A head that cannot be read is left out."""
    found = (
        _backup(path, facts) for path in folder.glob(f"*{ENDING}") if (facts := _facts(path)) is not None
    )
    return tuple(sorted(found, key=lambda backup: (backup.at, backup.changes), reverse=True))


def restored(backup: Backup) -> Restored:
    """The values in a backup. DamagedFileError when they cannot be read."""
    with reading(backup.path, "säkerhetskopians uppgifter"):
        try:
            values = msgspec.msgpack.decode(zlib.decompress(backup.path.read_bytes()), type=_Values)
        except (OSError, zlib.error, msgspec.DecodeError) as error:
            raise DamagedFileError(
                backup.path, "säkerhetskopian går inte att läsa", detail=str(error)
            ) from error
        association = _value(values.association[2], values.association[3], Association)
        rows = (msgspec.msgpack.decode(row, type=_MeetingRow) for row in values.meetings)
        meetings = tuple(_value(row[5], row[6], Meeting) for row in rows)
    return Restored(association=association, meetings=meetings)


def content(backup: Backup, sha256: str) -> bytes:
    """A content that the backup holds, by its SHA-256. DamagedFileError when it is not there or has been changed."""
    return _read_content(backup.path.parent, sha256, backup.path)


def restore(backup: Backup, target: Path, *, step: Step | None = None) -> None:
    """Make the file anew at ``target``, where nothing may be: every value, change and content as it was.

    Every content is checked against its SHA-256 first. FileError when something is missing; nothing is left then.
    """
    head, folder = _whole_head(backup.path), backup.path.parent
    with making(Path(os.path.abspath(target))) as new:
        _fill(new, head, folder, step)


def kept(times: Iterable[datetime], now: datetime) -> frozenset[datetime]:
    """Which of the backups' times are kept: the latest three, the last of each day for 14 days, of each week for 8
    weeks, of each month for 24 months and of each year for ever."""
    ordered = sorted(times, reverse=True)
    chosen = set(ordered[:_KEPT_LATEST])
    seen: set[tuple[object, ...]] = set()
    for time in ordered:
        age = (now.date() - time.date()).days
        periods: list[tuple[object, ...]] = [("year", time.year)]
        if age < _KEPT_DAYS:
            periods.append(("day", time.date()))
        if age < 7 * _KEPT_WEEKS:
            periods.append(("week", *time.isocalendar()[:2]))
        if age < 31 * _KEPT_MONTHS:
            periods.append(("month", time.year, time.month))
        if any(period not in seen for period in periods):
            chosen.add(time)
        seen.update(periods)
    return frozenset(chosen)


def thin(folder: Path, now: datetime) -> int:
    """Remove the backups that are no longer kept, and every content that no backup names; how many backups went.

    A head that cannot be read stays, and then no contents are removed: they may be its.
    """
    found = backups(folder)
    wanted = kept((backup.at for backup in found), now)
    gone = [backup for backup in found if backup.at not in wanted]
    for backup in gone:
        backup.path.unlink(missing_ok=True)
        backup.path.with_suffix(_FACTS).unlink(missing_ok=True)
    heads = [_facts(path) for path in folder.glob(f"*{ENDING}")]
    if any(head is None for head in heads):
        return len(gone)
    named = {name for head in heads if head is not None for name in head.contents}
    for path in (folder / CONTENTS).glob("*/*"):
        if path.name not in named:
            path.unlink(missing_ok=True)
    return len(gone)


def folder_of(file: Path, root: Path) -> Path:
    """Where the backups of a file are under ``root``: one folder for a file, wherever it is moved.

    A file is known by its first change, which is never removed.
    """
    check_header(file)
    engine = make_engine(file, read_only=True)
    try:
        with reading(file, "historiken"), engine.connect() as db:
            first = db.exec_driver_sql("SELECT at, user, value FROM history ORDER BY number LIMIT 1").first()
    finally:
        engine.dispose()
    mark = codec.digest(repr(tuple(first) if first is not None else file.name).encode())[:16]
    return root / mark


# Reading the file


def _read_head(db: Connection, file: Path, at: datetime) -> _Head:
    """Every value and every name of a content, at one moment; no contents."""
    with db.begin():
        association = db.exec_driver_sql("SELECT name, org_number, value, digest FROM association").one()
        meetings = db.exec_driver_sql(
            "SELECT id, date, kind, state, reference, value, digest FROM meetings ORDER BY id"
        ).all()
        files = db.exec_driver_sql("SELECT sha256, size FROM files ORDER BY sha256").all()
        exports = db.exec_driver_sql(
            "SELECT number, at, meeting_id, document, path, sha256, content IS NOT NULL FROM exports ORDER BY number"
        ).all()
        changes = db.exec_driver_sql("SELECT coalesce(max(number), 0) FROM history").scalar_one()
        version = schema.version(db)
    return _Head(
        format=FORMAT,
        version=VERSION,
        schema_version=version,
        at=at,
        source=str(file),
        association=_row(association),
        meetings=tuple(_row(row) for row in meetings),
        files=tuple(_row(row) for row in files),
        exports=tuple((*_row(row)[:-1], bool(row[-1])) for row in exports),
        history=(),
        changes=int(changes),
    )


def _row(row: Sequence[Any]) -> Any:
    return tuple(row)


def _write_history(db: Connection, folder: Path, last: int, before: tuple[str, ...]) -> Iterable[str]:
    """The names of the history's contents up to change ``last``, written where they are not there yet."""
    for place, first in enumerate(range(0, last + 1, CHANGES)):
        full = first + CHANGES <= last
        if full and place < len(before) - 1 and _place(folder, before[place]).is_file():
            yield before[place]
            continue
        with db.begin():
            rows = db.exec_driver_sql(
                "SELECT number, at, user, label, kind, subject, value FROM history"
                " WHERE number >= ? AND number < ? AND number <= ? ORDER BY number",
                (first, first + CHANGES, last),
            ).all()
        yield _write_content(folder, msgspec.msgpack.encode([tuple(row) for row in rows]))


def _content(db: Connection, table: str, sha: str, file: Path) -> bytes:
    with db.begin():
        content = db.exec_driver_sql(
            f"SELECT content FROM {table} WHERE sha256 = ? AND content IS NOT NULL LIMIT 1", (sha,)
        ).scalar()
    if not isinstance(content, bytes) or codec.digest(content) != sha:
        raise DamagedFileError(file, "en bilagas innehåll har ändrats", detail=sha)
    return content


# The folder


def _place(folder: Path, sha: str) -> Path:
    return folder / CONTENTS / sha[:2] / sha


def _write_content(folder: Path, content: bytes) -> str:
    """Keep a content once; gives its SHA-256."""
    name = codec.digest(content)
    place = _place(folder, name)
    if not place.is_file():
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UserError(
                f"Säkerhetskopian gick inte att göra i mappen {folder}.",
                advice="Kontrollera att mappen finns och att du får skriva i den.",
                detail=str(error),
            ) from error
        write_file(place, content)
    return name


def _read_content(folder: Path, sha: str, head: Path) -> bytes:
    try:
        content = _place(folder, sha).read_bytes()
    except OSError as error:
        raise DamagedFileError(head, "ett innehåll saknas", detail=str(error)) from error
    if codec.digest(content) != sha:
        raise DamagedFileError(head, "ett innehåll har ändrats", detail=sha)
    return content


def _free(folder: Path, at: datetime) -> Path:
    """A name for a head that is not taken."""
    stem, number = f"{at:%Y-%m-%d %H%M%S}", 1
    while (path := folder / f"{stem}{f' {number}' if number > 1 else ''}{ENDING}").exists():
        number += 1
    return path


def _head(path: Path) -> _Head | None:
    try:
        head = msgspec.msgpack.decode(codec.unpack(path.read_bytes(), _LARGEST_HEAD), type=_Head)
    except (OSError, ValueError, RecursionError):  # msgspec and the codec raise ValueErrors
        return None
    return head if head.format == FORMAT and head.version <= VERSION else None


def _whole_head(path: Path) -> _Head:
    head = _head(path)
    if head is None:
        raise DamagedFileError(path, "säkerhetskopian går inte att läsa")
    return head


def _newest(folder: Path) -> _Head | None:
    found = backups(folder)
    return _head(found[0].path) if found else None


def _names(head: _Head) -> Iterable[str]:
    yield from (sha for sha, _ in head.files)
    yield from (sha for *_, sha, is_kept in head.exports if is_kept)
    yield from head.history


def _facts(path: Path) -> _Facts | None:
    """The facts of a head: those kept beside it, else read out of it and kept. None when it cannot be read."""
    beside = path.with_suffix(_FACTS)
    try:
        stat = path.stat()
        with suppress(OSError, ValueError, RecursionError):
            facts = msgspec.msgpack.decode(beside.read_bytes(), type=_Facts)
            if (facts.head_size, facts.head_changed) == (stat.st_size, stat.st_mtime_ns):
                return facts
    except OSError:
        return None
    head = _head(path)
    if head is None:
        return None
    facts = _Facts(
        head_size=stat.st_size,
        head_changed=stat.st_mtime_ns,
        at=head.at,
        source=head.source,
        name=head.association[0],
        meetings=len(head.meetings),
        files=len(head.files),
        size=stat.st_size + sum(size for _, size in head.files),
        contents=tuple(_names(head)),
        changes=head.changes,
    )
    with suppress(OSError, UserError):  # a folder that can only be read
        write_file(beside, msgspec.msgpack.encode(facts))
    return facts


def _backup(path: Path, facts: _Facts) -> Backup:
    return Backup(
        path=path,
        at=facts.at,
        source=facts.source,
        name=facts.name,
        meetings=facts.meetings,
        files=facts.files,
        size=facts.size,
        changes=facts.changes,
    )


# Making a file of it


def _fill(new: Path, head: _Head, folder: Path, step: Step | None) -> None:
    engine = make_engine(new, read_only=False, new=True)
    total = len(head.files) + len(head.exports)
    try:
        with engine.begin() as db:
            schema.create(db)
            db.exec_driver_sql(f"PRAGMA user_version = {head.schema_version}")
            _insert(db, "association (name, org_number, value, digest, id)", [(*head.association, 1)])
            _insert(db, "meetings (id, date, kind, state, reference, value, digest)", head.meetings)
            for name in head.history:
                rows = msgspec.msgpack.decode(_read_content(folder, name, new))
                _insert(db, "history (number, at, user, label, kind, subject, value)", rows)
            for done, (sha, size) in enumerate(head.files):
                if step is not None:
                    step(done, total)
                _insert(db, "files (sha256, size, content)", [(sha, size, _read_content(folder, sha, new))])
            for done, (*row, sha, is_kept) in enumerate(head.exports):
                if step is not None:
                    step(len(head.files) + done, total)
                content = _read_content(folder, sha, new) if is_kept else None
                _insert(
                    db,
                    "exports (number, at, meeting_id, document, path, sha256, content)",
                    [(*row, sha, content)],
                )
    finally:
        engine.dispose()


def _insert(db: Connection, into: str, rows: Iterable[Sequence[object]]) -> None:
    whole = [tuple(row) for row in rows]
    if whole:
        db.exec_driver_sql(f"INSERT INTO {into} VALUES ({', '.join('?' * len(whole[0]))})", whole)


def _value(text: str, digest: str, kind: type[codec.T]) -> codec.T:
    data = text.encode()
    if codec.digest(data) != digest:
        raise codec.CodecError("the value does not match its digest")
    return codec.decode(data, kind)

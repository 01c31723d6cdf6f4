"""What can be read from a damaged .finsam file, put in a new one. The damaged file is not touched.

Each value in the file carries its SHA-256, and the history holds every value once more with a checksum. So what is
taken over is exactly what was written: of each meeting its latest whole value, and a list of what could not be had.
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from finsam_desktop.domain.agenda import walk
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.storage import codec, schema
from finsam_desktop.storage.codec import CodecError, Document
from finsam_desktop.storage.database import make_engine, unreadable
from finsam_desktop.storage.document import ASSOCIATION, store
from finsam_desktop.storage.errors import FileError
from finsam_desktop.storage.new_file import making
from finsam_desktop.storage.pages import Row, rows

_KINDS = ("do", "undo", "redo")

Step = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Salvaged:
    """What came of it. ``older`` are meetings whose latest value was lost and an earlier one taken from the history;
    ``missing`` are attachments that are lost, each with its meeting's date; ``changes`` rows of history."""

    target: Path
    meetings: int
    changes: int
    files: int
    association: bool
    older: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(slots=True)
class _Found:
    """Everything met in the pages so far."""

    current: dict[str, list[Document]] = field(default_factory=dict)
    history: dict[int, Row] = field(default_factory=dict)
    exports: dict[int, Row] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)


def salvage(damaged: Path, target: Path, *, step: Step | None = None) -> Salvaged:
    """Make a new file at ``target``, where nothing may be, of all that is whole in the damaged one.

    ``step(done, total)`` tells how far it has come, in pages, and may raise to stop; nothing is left then.

    FileError when the file cannot be read at all or holds nothing of ours; nothing is left at ``target`` then.
    """
    target = Path(os.path.abspath(target))
    with making(target) as new:
        return _make(damaged, new, target, step)


def _make(damaged: Path, new: Path, target: Path, step: Step | None) -> Salvaged:
    found = _Found()
    engine = make_engine(new, read_only=False, new=True)
    try:
        with engine.begin() as db:
            schema.create(db)
            _read(damaged, found, db, step)
            if not found.current and not found.history:
                raise FileError(
                    damaged,
                    f"Ingenting gick att rädda ur {damaged.name}.",
                    advice="Återställ en säkerhetskopia i stället.",
                )
            return _write(db, found, target)
    finally:
        engine.dispose()


def _read(damaged: Path, found: _Found, db: Connection, step: Step | None) -> None:
    try:
        with open(damaged, "rb") as file:
            if os.fstat(file.fileno()).st_size == 0:
                return
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content, memoryview(content) as data:
                for rowid, row in rows(data, step):
                    _take(rowid, row, found, db)
    except OSError as error:
        raise unreadable(damaged, str(error)) from error


def _take(rowid: int, row: Row, found: _Found, db: Connection) -> None:
    """Keep the row if it is one of ours and whole."""
    match row:
        case (str(sha), int(size), bytes(content)) if len(content) == size and sha not in found.files:
            if codec.digest(content) == sha:
                found.files.add(sha)
                db.exec_driver_sql(
                    "INSERT INTO files (sha256, size, content) VALUES (?, ?, ?)", (sha, size, content)
                )
        case (None, str(), str(), str(text), str(digest)) if rowid == 1:
            _take_value(ASSOCIATION, text, digest, Association, found)
        case (str(subject), str(), str(), str(), str(), str(text), str(digest)):
            _take_value(subject, text, digest, Meeting, found)
        case (None, str(), str(), str(), str(kind), str(), bytes() | None) if kind in _KINDS:
            found.history[rowid] = row
        case (None, str(), str(), str(), str(), str(sha), bytes() | None) if len(sha) == 64:
            found.exports[rowid] = row


def _take_value(subject: str, text: str, digest: str, kind: type[Document], found: _Found) -> None:
    data = text.encode()
    if codec.digest(data) == digest:
        with suppress(CodecError):
            value = codec.decode(data, kind)
            name = value.id if isinstance(value, Meeting) else subject
            found.current.setdefault(name, []).append(value)


def _write(db: Connection, found: _Found, target: Path) -> Salvaged:
    past = _values_of_history(found)
    association: Document | None = None
    meetings: list[Meeting] = []
    older = []
    for subject in sorted(found.current.keys() | past.keys()):
        values, before = found.current.get(subject, []), past.get(subject, [])
        # A row that no change tells of is newer than the changes that are left; any other is that of a page out of use.
        unknown = [value for value in values if value not in before]
        value = unknown[-1] if unknown else before[-1]
        if not unknown and isinstance(value, Meeting) and value not in values:
            older.append(f"sammanträdet {value.date}")
        if isinstance(value, Association):
            association = value
        elif value is not None:
            meetings.append(value)
    head = association if isinstance(association, Association) else Association(name="Räddat förbund")
    store(db, ASSOCIATION, head, codec.encode(head))
    for meeting in meetings:
        store(db, meeting.id, meeting, codec.encode(meeting))
    for number, row in sorted(found.history.items()):
        if not _is_time(row[1]):
            continue
        _insert(db, "history (number, at, user, label, kind, subject, value)", (number, *row[1:]))
    for number, row in sorted(found.exports.items()):
        if not _is_time(row[1]):
            continue
        whole = row[6] is None or codec.digest(_bytes(row[6])) == row[5]
        _insert(
            db,
            "exports (number, at, meeting_id, document, path, sha256, content)",
            (number, *row[1:6], row[6] if whole else None),
        )
    missing = tuple(
        f"{meeting.date}: {attachment.title}"
        for meeting in sorted(meetings, key=lambda one: one.date)
        for item in walk(meeting.items)
        for attachment in item.attachments
        if attachment.sha256 and attachment.sha256 not in found.files
    )
    return Salvaged(
        target=target,
        meetings=len(meetings),
        changes=len(found.history),
        files=len(found.files),
        association=association is not None,
        older=tuple(older),
        missing=missing,
    )


def _values_of_history(found: _Found) -> dict[str, list[Document | None]]:
    """The values of each subject after every change that can be read, in order; None where it was removed."""
    values: dict[str, list[Document | None]] = {}
    for number in sorted(found.history):
        subject, packed = str(found.history[number][5]), found.history[number][6]
        kind: type[Document] = Association if subject == ASSOCIATION else Meeting
        try:
            value = None if packed is None else codec.decode(codec.unpack(_bytes(packed)), kind)
        except CodecError:
            del found.history[number]
            continue
        if isinstance(value, Meeting):  # the value is checked, its row's id is not
            subject = value.id
            found.history[number] = (*found.history[number][:5], subject, packed)
        values.setdefault(subject, []).append(value)
    return values


def _is_time(text: object) -> bool:
    try:
        datetime.fromisoformat(str(text))
    except ValueError:
        return False
    return True


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else b""


def _insert(db: Connection, into: str, row: Row) -> None:
    db.exec_driver_sql(f"INSERT INTO {into} VALUES ({', '.join('?' * len(row))})", row)

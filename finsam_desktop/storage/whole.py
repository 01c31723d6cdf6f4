"""All of a .finsam file, row by row: read for an export, and written as a new file from one.

The values are handed over as the JSON they are stored as, so that what is written again is the same to the last byte.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, delete, insert, select

from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.storage import codec, schema
from finsam_desktop.storage.database import make_engine, reading
from finsam_desktop.storage.document import make_file, store
from finsam_desktop.storage.new_file import making


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """A change as it is stored: ``value`` is the JSON after it, None when it removed the meeting."""

    number: int
    at: datetime
    user: str
    label: str
    kind: str
    subject: str
    value: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRow:
    """A document that was made, as it is stored. ``path`` is as stored; ``content`` None when a later one took over."""

    number: int
    at: datetime
    meeting_id: str
    document: str
    path: str
    sha256: str
    content: bytes | None = field(default=None, repr=False)


class WholeFile:
    """A copy of a .finsam file, to read all of it from while the file itself goes on being written in."""

    def __init__(self, path: Path, name: Path, connection: Connection) -> None:
        self._path, self._name, self._db = path, name, connection

    def history(self) -> Iterator[HistoryRow]:
        """Every change, in order, one at a time."""
        table = schema.history.c
        with reading(self._name, "historiken"):
            for row in self._db.execute(select(schema.history).order_by(table.number)):
                value = None if row.value is None else codec.unpack(row.value)
                yield HistoryRow(**{**row._mapping, "value": value})

    def exports(self) -> Iterator[ExportRow]:
        """Every document that was made, in order."""
        with reading(self._name, "uppgifterna om gjorda dokument"):
            for row in self._db.execute(select(schema.exports).order_by(schema.exports.c.number)):
                yield ExportRow(**row._mapping)

    def files(self) -> tuple[str, ...]:
        """The SHA-256 of every stored file."""
        with reading(self._name, "bilagorna"):
            rows = self._db.execute(select(schema.files.c.sha256).order_by(schema.files.c.sha256))
            return tuple(row.sha256 for row in rows)

    def file(self, sha256: str) -> bytes:
        """A stored file's content, as it lies there. KeyError when it is not there."""
        with reading(self._name, "en bilaga"):
            found = self._db.execute(select(schema.files.c.content).filter_by(sha256=sha256)).all()
        if not found:
            raise KeyError(sha256)
        return bytes(found[0].content)


@contextmanager
def opened_whole(copy: Path, name: Path) -> Iterator[WholeFile]:
    """Read a copy; ``name`` is what faults call it."""
    engine: Engine = make_engine(copy, read_only=True)
    try:
        with engine.connect() as connection, connection.begin():
            yield WholeFile(copy, name, connection)
    finally:
        engine.dispose()


def write_whole(
    path: Path,
    association: Association,
    meetings: Iterable[Meeting],
    *,
    history: Iterable[HistoryRow],
    files: Iterable[bytes],
    exports: Iterable[ExportRow],
    check: Callable[[], None] = lambda: None,
) -> None:
    """Make a new .finsam file of everything. FileError when the name is taken; nothing is left when it fails.

    ``check`` is called last, before the file gets its name, and may raise.
    """
    with making(Path(os.path.abspath(path))) as new:
        make_file(new, association, "", datetime.min)
        engine = make_engine(new, read_only=False)
        try:
            with engine.begin() as db:
                _fill(db, meetings, history, files, exports)
        finally:
            engine.dispose()
        check()


def _fill(
    db: Connection,
    meetings: Iterable[Meeting],
    history: Iterable[HistoryRow],
    files: Iterable[bytes],
    exports: Iterable[ExportRow],
) -> None:
    for meeting in meetings:
        store(db, meeting.id, meeting, codec.encode(meeting))
    for content in files:
        row = {"sha256": codec.digest(content), "size": len(content), "content": content}
        db.execute(insert(schema.files).values(row))
    db.execute(delete(schema.history))
    for change in history:
        db.execute(
            insert(schema.history).values(
                number=change.number,
                at=change.at,
                user=change.user,
                label=change.label,
                kind=change.kind,
                subject=change.subject,
                value=None if change.value is None else codec.pack(change.value),
            )
        )
    for made in exports:
        db.execute(
            insert(schema.exports).values(
                number=made.number,
                at=made.at,
                meeting_id=made.meeting_id,
                document=made.document,
                path=made.path,
                sha256=made.sha256,
                content=made.content,
            )
        )

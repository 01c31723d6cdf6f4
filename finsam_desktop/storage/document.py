"""One open .finsam file: values, history, stored files and exports, each written in one transaction."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from threading import RLock
from typing import Any

from sqlalchemy import Connection, Engine, LargeBinary, Row, Select, Text, delete, insert, select, update
from sqlalchemy.exc import OperationalError

from finsam_desktop.domain.association import Association
from finsam_desktop.domain.ids import new_id
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.errors import UserError
from finsam_desktop.storage import codec, schema
from finsam_desktop.storage.codec import Document
from finsam_desktop.storage.database import (
    check_header,
    journal_path,
    make_engine,
    reading,
    unreadable,
    writing,
)
from finsam_desktop.storage.errors import (
    DamagedFileError,
    FileError,
    MissingContentError,
    NotSavedError,
    ReadOnlyError,
)
from finsam_desktop.storage.lock import Lock, acquire
from finsam_desktop.storage.new_file import making
from finsam_desktop.storage.records import ExportRecord, HistoryEntry, Kind, MeetingHead

ASSOCIATION = "association"
"""The subject of changes to the association; every other subject is a meeting's id."""

LARGE = 64 * 1024 * 1024
"""Bytes above which a file's pages are looked at in the background only, see ``integrity``."""

LARGEST_FILE = 500 * 1024 * 1024
"""Bytes of the largest stored file; SQLite itself stops at 1 000 000 000."""

_HEADS = "SELECT id, date, kind, state, reference FROM meetings ORDER BY date, id"
"""In the order of the index that holds them all."""

Write = tuple[str, Document | None]
"""A subject and its new value; None removes it."""


class DocumentFile:
    """An open file. Writing methods raise NotSavedError or ReadOnlyError, and then nothing has been written.

    ``read_only_reason`` is empty when the file can be written. Methods may be called from any thread.
    """

    def __init__(self, path: Path, *, lock: Lock | None, read_only_reason: str) -> None:
        self.path = path
        self.read_only_reason = read_only_reason
        self._lock = lock
        self._guard = RLock()
        self._copy: tempfile.TemporaryDirectory[str] | None = None
        self._engine: Engine | None = None
        self._connection: Connection | None = None
        self._opened = os.stat(path)
        self._seen = 0

    # Opening and closing

    @classmethod
    def create(cls, path: Path, association: Association, *, user: str, at: datetime) -> DocumentFile:
        """Make a file with an association and no meetings. FileError when there is something at ``path``."""
        path = Path(os.path.abspath(path))
        with making(path) as new:
            make_file(new, association, user, at)
        return cls.open(path, user=user, at=at)

    @classmethod
    def open(
        cls, path: Path, *, user: str, at: datetime, read_only: bool = False, take_over: str = ""
    ) -> DocumentFile:
        """Open a file for writing, or for reading when asked or when it cannot be written.

        ``take_over`` names the computer whose lock is left behind, see ``lock.acquire``.
        FileError and its kin when it cannot be opened; LockedError when someone else is writing in it.
        """
        path = Path(os.path.abspath(path))
        check_header(path)
        reason = "Du valde att öppna den för läsning."
        lock, reason = (None, reason) if read_only else _lock(path, user, at, take_over)
        file = cls(path, lock=lock, read_only_reason=reason)
        try:
            file._connect()
        except BaseException:
            file.close()
            raise
        return file

    def _connect(self) -> None:
        with reading(self.path, "innehållet"):
            try:
                self._connect_to(self.path)
            except OperationalError:
                if not (self.read_only_reason and journal_path(self.path).exists()):
                    raise
                # A crash left a half-made change; undoing it needs writing, so it is undone in a copy.
                self._connect_to(self._working_copy())
            found = self._version()
        if found < schema.SCHEMA_VERSION:
            self._upgrade(found)
        if self._lock is not None and self._lock.taken_over and self._opened.st_size <= LARGE:
            self._check_every_page()
        if not self.read_only_reason and journal_path(self.path).exists():
            self._clear_journal()

    def _connect_to(self, path: Path) -> None:
        self._disconnect()
        self._engine = make_engine(path, read_only=bool(self.read_only_reason) and path == self.path)
        self._connection = self._engine.connect()
        with self._connection.begin():
            self._connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
            self._seen = self._data_version()

    def _working_copy(self) -> Path:
        """A copy to write in without touching the file; what is written there is thrown away."""
        try:
            self._copy = tempfile.TemporaryDirectory(prefix="finsam-", ignore_cleanup_errors=True)
            copy = Path(self._copy.name) / "kopia.finsam"
            shutil.copyfile(self.path, copy)
            with suppress(FileNotFoundError):
                shutil.copyfile(journal_path(self.path), journal_path(copy))
        except OSError as error:
            raise unreadable(self.path, str(error)) from error
        return copy

    def _version(self) -> int:
        with self._db.begin():
            return schema.version(self._db)

    def _upgrade(self, found: int) -> None:
        """Make the file one of this version, all of it or nothing, with a copy of the old one beside it."""
        beside = None
        if not self.read_only_reason:
            beside = _copy_beside(self.path, f"{self.path.stem} (före uppdatering {found})")
        elif self._copy is None:
            with reading(self.path, "innehållet"):
                self._connect_to(self._working_copy())
        try:
            with self._db.begin():
                schema.upgrade(self._db)
        except Exception as error:
            if beside is not None:
                beside.unlink(missing_ok=True)
            raise FileError(
                self.path,
                f"{self.path.name} gick inte att göra om till den här versionen. Den är orörd.",
                advice="Öppna den i den version av programmet som den skapades i.",
                detail=repr(error),
            ) from error

    def _clear_journal(self) -> None:
        """A kill may leave a journal that needs no rolling back; SQLite removes it at the next write."""
        with suppress(OperationalError), self._db.begin():
            self._db.exec_driver_sql(f"PRAGMA user_version = {schema.SCHEMA_VERSION}")

    def _check_every_page(self) -> None:
        with reading(self.path, "innehållet"), self._db.begin():
            found = self._db.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
        if found != "ok":
            raise DamagedFileError(self.path, "innehållet går inte att läsa", detail=str(found))

    @property
    def _db(self) -> Connection:
        if self._connection is None:
            raise FileError(self.path, f"{self.path.name} är stängd.", advice="Öppna den igen.")
        return self._connection

    def _disconnect(self) -> None:
        if self._connection is not None:
            with suppress(Exception):  # when its disk is gone it may refuse; it is given up all the same
                self._connection.close()
            self._connection = None
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None

    def close(self) -> None:
        """Close the file and let others write. Safe to call twice."""
        with self._guard:
            self._disconnect()
            if self._copy is not None:
                self._copy.cleanup()
                self._copy = None
            if self._lock is not None:
                self._lock.release()
                self._lock = None

    # Values

    def load(self) -> tuple[Association, tuple[MeetingHead, ...]]:
        """The association, and which meetings there are. DamagedFileError when they cannot be read.

        The meetings themselves are read one by one with ``meeting``: a file of twenty years opens as fast as a new one.
        """
        rows = self._read(select(schema.association.c.value, schema.association.c.digest))
        if len(rows) != 1:
            raise DamagedFileError(self.path, "uppgifterna om förbundet saknas")
        with reading(self.path, "uppgifterna om förbundet"):
            association = _value(rows[0].value, rows[0].digest, Association)
        with self._guard, reading(self.path, "innehållet"), self._db.begin():
            heads = tuple(
                MeetingHead(
                    id=name, date=date.fromisoformat(day), kind=kind, state=state, reference=reference
                )
                for name, day, kind, state, reference in self._db.exec_driver_sql(_HEADS)
            )
        return association, heads

    def meeting(self, head: MeetingHead) -> Meeting:
        """A meeting, held against its SHA-256. DamagedFileError and NewerFileError name it by its date."""
        with self._guard, reading(self.path, f"sammanträdet {head.date}"), self._db.begin():
            row = self._db.exec_driver_sql(
                "SELECT value, digest FROM meetings WHERE id = ?", (head.id,)
            ).one_or_none()
        if row is None:
            raise DamagedFileError(self.path, f"sammanträdet {head.date} saknas")
        with reading(self.path, f"sammanträdet {head.date}"):
            meeting = _value(row.value, row.digest, Meeting)
            if meeting.id != head.id:
                raise codec.CodecError(f"the value's id {meeting.id} is not its row's")
        return meeting

    def write(
        self,
        writes: Sequence[Write],
        *,
        label: str,
        kind: Kind,
        user: str,
        at: datetime,
        replaces: int | None = None,
    ) -> int:
        """Store values and their history rows in one transaction; gives the last history row's number.

        ``replaces`` is the history row that this one takes the place of (typing that goes on).
        """
        number = 0
        with self._transaction() as db:
            if replaces is not None:
                db.execute(delete(schema.history).where(schema.history.c.number == replaces))
            for subject, value in writes:
                data = None if value is None else codec.encode(value)
                store(db, subject, value, data)
                number = _append_history(db, subject, data, label=label, kind=kind, user=user, at=at)
        return number

    # History

    def history(self, subject: str | None, limit: int) -> tuple[HistoryEntry, ...]:
        """The latest changes, newest first; of one subject or of all."""
        table = schema.history.c
        query = select(table.number, table.at, table.user, table.label, table.kind, table.subject)
        if subject is not None:
            query = query.where(table.subject == subject)
        rows = self._read(query.order_by(table.number.desc()).limit(limit), "historiken")
        return tuple(HistoryEntry(**row._mapping) for row in rows)

    def value_at(self, number: int) -> Document | None:
        """The value after a change in the history, None when it was removed. KeyError: no such change."""
        table = schema.history.c
        rows = self._read(select(table.subject, table.value).where(table.number == number), "historiken")
        if not rows:
            raise KeyError(number)
        if rows[0].value is None:
            return None
        with reading(self.path, "historiken"):
            kind: type[Document] = Association if rows[0].subject == ASSOCIATION else Meeting
            return codec.decode(codec.unpack(rows[0].value), kind)

    def forget(self, numbers: Sequence[int]) -> None:
        """Remove changes from the history, see ``thinning``. Their place in the file is used again."""
        with self._transaction() as db:
            db.execute(delete(schema.history).where(schema.history.c.number.in_(numbers)))

    # Stored files

    def add_file(self, content: bytes) -> str:
        """Store a file's content once and give its SHA-256."""
        if len(content) > LARGEST_FILE:
            raise UserError(
                f"Filen är {len(content) // 2**20} MB. Högst {LARGEST_FILE // 2**20} MB kan läggas in.",
                advice="Gör filen mindre eller länka till den i stället.",
            )
        name = codec.digest(content)
        with self._transaction() as db:
            if not db.execute(select(schema.files.c.size).where(schema.files.c.sha256 == name)).all():
                db.execute(insert(schema.files).values(sha256=name, size=len(content), content=content))
        return name

    def file(self, sha256: str) -> bytes:
        """A stored file's content, verified. UserError when it is missing or altered."""
        table = schema.files.c
        rows = self._read(select(table.content).where(table.sha256 == sha256), "en bilaga")
        if not rows:
            raise MissingContentError(self.path, sha256)
        content = rows[0].content
        if not isinstance(content, bytes) or codec.digest(content) != sha256:
            raise DamagedFileError(self.path, "en bilagas innehåll har ändrats", detail=sha256)
        return content

    # Exports

    def record_export(
        self, meeting_id: str, document: str, path: Path, content: bytes, *, at: datetime
    ) -> None:
        """Remember what was written to ``path``; of earlier exports there, only that they were made."""
        place = self._place(path)
        with self._transaction() as db:
            db.execute(update(schema.exports).where(schema.exports.c.path == place).values(content=None))
            db.execute(
                insert(schema.exports).values(
                    at=at,
                    meeting_id=meeting_id,
                    document=document,
                    path=place,
                    sha256=codec.digest(content),
                    content=content,
                )
            )

    def exports(
        self, *, meeting_id: str | None = None, path: Path | None = None, contents: bool = True
    ) -> tuple[ExportRecord, ...]:
        """Exports of a meeting, or to a path, oldest first. Without ``contents`` these are not read, and empty."""
        table = schema.exports.c
        wanted = (table.meeting_id, table.document, table.path, table.sha256, table.at)
        content = (table.content,) if contents else ()
        query = select(*wanted, *content).order_by(table.number)
        if meeting_id is not None:
            query = query.where(table.meeting_id == meeting_id)
        if path is not None:
            query = query.where(table.path == self._place(path))
        return tuple(
            ExportRecord(
                meeting_id=row.meeting_id,
                document=row.document,
                path=self.path.parent / row.path,
                sha256=row.sha256,
                content=(row.content or b"") if contents else b"",
                at=row.at,
            )
            for row in self._read(query, "uppgifterna om gjorda dokument")
        )

    def _place(self, path: Path) -> str:
        """A path as stored: relative when inside the file's folder, so that a moved folder still fits."""
        full = Path(os.path.normcase(os.path.abspath(path)))
        folder = Path(os.path.normcase(self.path.parent))
        return full.relative_to(folder).as_posix() if full.is_relative_to(folder) else full.as_posix()

    # All of it

    def copy_to(self, target: Path) -> None:
        """Make a copy of the file as it is now, to read from while this one goes on being written in."""
        with self._guard, reading(self.path, "innehållet"):
            copy = sqlite3.connect(target)
            try:
                source: Any = self._db.connection.driver_connection
                source.backup(copy)
            finally:
                copy.close()

    # Transactions

    def _read(self, query: Select[Any], what: str = "innehållet") -> Sequence[Row[Any]]:
        with self._guard, reading(self.path, what), self._db.begin():
            rows = self._db.execute(query).all()
            _check_kinds(query, rows)
            return rows

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        if self.read_only_reason:
            raise ReadOnlyError(self.path, self.read_only_reason)
        with self._guard:
            self._check_still_there()
            with writing(self.path), self._db.begin():
                if self._data_version() != self._seen:
                    raise NotSavedError(
                        self.path,
                        "ett annat program har ändrat i filen sedan den öppnades",
                        advice="Stäng filen och öppna den igen.",
                    )
                yield self._db

    def _check_still_there(self) -> None:
        """Refuse to write in a file that is no longer at its path: nobody would find the words again."""
        try:
            same = os.path.samestat(self._opened, os.stat(self.path))
        except OSError:
            same = False
        if not same:
            raise NotSavedError(
                self.path,
                "filen har flyttats, tagits bort eller bytts ut sedan den öppnades",
                advice=f"Lägg tillbaka filen i mappen {self.path.parent} och försök igen.",
            )

    def _data_version(self) -> int:
        """A number that changes when another connection has written in the file."""
        return int(self._db.exec_driver_sql("PRAGMA data_version").scalar_one())


def _value(text: object, digest: str, kind: type[codec.T]) -> codec.T:
    if not isinstance(text, str):  # SQLite lets a column hold anything
        raise codec.CodecError(f"the value is {type(text).__name__}, not text")
    data = text.encode()
    if codec.digest(data) != digest:
        raise codec.CodecError("the value does not match its digest")
    return codec.decode(data, kind)


def store(db: Connection, subject: str, value: Document | None, data: bytes | None) -> None:
    """Put a value's row in place of the one that is there."""
    if value is None or data is None:
        db.execute(delete(schema.meetings).where(schema.meetings.c.id == subject))
        return
    common = {"value": data.decode(), "digest": codec.digest(data)}
    if isinstance(value, Association):
        head = {"name": value.name, "org_number": value.org_number, **common}
        if db.execute(update(schema.association).values(head)).rowcount == 0:
            db.execute(insert(schema.association).values(id=1, **head))
        return
    row: dict[str, Any] = {
        "date": value.date,
        "kind": value.kind.value,
        "state": value.state.value,
        "reference": value.reference,
        **common,
    }
    if db.execute(update(schema.meetings).where(schema.meetings.c.id == subject).values(row)).rowcount == 0:
        db.execute(insert(schema.meetings).values(id=subject, **row))


def _append_history(
    db: Connection, subject: str, data: bytes | None, *, label: str, kind: Kind, user: str, at: datetime
) -> int:
    row = db.execute(
        insert(schema.history)
        .values(
            at=at,
            user=user,
            label=label,
            kind=kind,
            subject=subject,
            value=None if data is None else codec.pack(data),
        )
        .returning(schema.history.c.number)
    )
    return int(row.scalar_one())


def _check_kinds(query: Select[Any], rows: Sequence[Row[Any]]) -> None:
    """TypeError when a column holds another kind than it is for: SQLite itself lets any column hold anything."""
    for place, column in enumerate(query.selected_columns):
        kind = (
            str if isinstance(column.type, Text) else bytes if isinstance(column.type, LargeBinary) else None
        )
        if kind is not None and any(not isinstance(row[place], kind | None) for row in rows):
            raise TypeError(f"{column.key} is not {kind.__name__}")


def make_file(new: Path, association: Association, user: str, at: datetime) -> None:
    """Make a file with its tables, the association and the first row of history."""
    engine = make_engine(new, read_only=False, new=True)
    try:
        with engine.begin() as db:
            schema.create(db)
            data = codec.encode(association)
            store(db, ASSOCIATION, association, data)
            _append_history(db, ASSOCIATION, data, label="Ny fil", kind="do", user=user, at=at)
    finally:
        engine.dispose()


def _copy_beside(path: Path, stem: str) -> Path:
    """Copy a file under a name that is not taken. The copy is whole and on the disk, or not there."""
    number = 1
    while (copy := path.with_name(f"{stem}{f' {number}' if number > 1 else ''}{path.suffix}")).exists():
        number += 1
    half = path.with_name(f".{new_id()}.tmp")
    try:
        shutil.copy2(path, half)
        with open(half, "rb+") as file:
            os.fsync(file.fileno())
        os.replace(half, copy)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise NotSavedError(
            path,
            "det gick inte att lägga en kopia bredvid den",
            advice="Frigör utrymme på disken och försök igen.",
            detail=str(error),
        ) from error
    return copy


def _lock(path: Path, user: str, at: datetime, take_over: str) -> tuple[Lock | None, str]:
    """The lock for writing, or why the file can only be read."""
    if not os.access(path, os.W_OK):
        return None, "Filen är skrivskyddad."
    try:
        return acquire(path, user=user, since=at, take_over=take_over), ""
    except OSError:
        return None, "Du får inte skriva i mappen."

"""Whether a .finsam file is whole: its tables, every value, every change and every stored content, piece by piece.

A piece is read in a short transaction of its own, so that who writes in the file is not made to wait, and the
pieces can be spread over as long a time as one likes. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from finsam_desktop.domain.agenda import walk
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.storage import codec
from finsam_desktop.storage.codec import CodecError
from finsam_desktop.storage.database import check_header, make_engine, reading
from finsam_desktop.storage.document import ASSOCIATION, LARGE

PIECE = 16 * 1024 * 1024
"""Bytes of content in a piece; one content alone may be more."""
_MEETINGS, _CHANGES = 10, 100
"""Values in a piece."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """What cannot be read: ``what`` names it as the user knows it, ``detail`` is technical."""

    what: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What a file was found to hold, and what of it is damaged. ``documents`` are made documents that are kept."""

    path: Path
    meetings: int = 0
    changes: int = 0
    files: int = 0
    documents: int = 0
    size: int = 0
    damages: tuple[Damage, ...] = ()

    @property
    def is_whole(self) -> bool:
        return not self.damages


class IntegrityCheck:
    """A check of one file. ``step`` does the next piece; when it gives False, ``health`` is all there is to say.

    FileError and its kin when the file cannot be opened at all.
    """

    def __init__(self, path: Path, *, contents: bool = True) -> None:
        """Without ``contents`` the stored files and made documents are not read."""
        check_header(path)
        self._path = path
        self._damages: list[Damage] = []
        self._counts = {"meetings": 0, "changes": 0, "files": 0, "documents": 0}
        self._names: dict[str, str] = {}
        self._pieces = self._all(contents)
        self.done = 0
        """Bytes of content that have been read, of ``health.size``."""

    @property
    def health(self) -> Health:
        """What is known so far."""
        size = self._path.stat().st_size
        return Health(path=self._path, size=size, damages=tuple(self._damages), **self._counts)

    def step(self) -> bool:
        """Look at the next piece; False when there are no more."""
        return next(self._pieces, None) is not None

    def _all(self, contents: bool) -> Iterator[object]:
        yield from self._tables()
        yield from self._values()
        yield from self._history()
        if contents:
            yield from self._contents("files", "files")
            yield from self._contents("exports", "documents")

    @contextmanager
    def _opened(self) -> Iterator[Connection]:
        engine = make_engine(self._path, read_only=True)
        try:
            with engine.connect() as db, db.begin():
                yield db
        finally:
            engine.dispose()

    def _tables(self) -> Iterator[object]:
        """The pages of the values' tables; of a file that is not large all pages."""
        large = self._path.stat().st_size > LARGE
        for table in ("association", "meetings") if large else ("",):
            with reading(self._path, "innehållet"), self._opened() as db:
                pragma = f"PRAGMA quick_check({table or 5})"
                found = [str(row[0]) for row in db.exec_driver_sql(pragma)]
            if found != ["ok"]:
                self._tell("filens tabeller", "; ".join(found))
            yield True

    def _values(self) -> Iterator[object]:
        with reading(self._path, "innehållet"), self._opened() as db:
            rows = db.exec_driver_sql("SELECT value, digest FROM association").all()
            heads = db.exec_driver_sql("SELECT id, date FROM meetings ORDER BY date DESC, id").all()
        if len(rows) != 1:
            self._tell("uppgifterna om förbundet", f"{len(rows)} rows")
        for text, digest in rows:
            self._value("uppgifterna om förbundet", text, digest, Association)
        yield True
        self._counts["meetings"] = len(heads)
        for first in range(0, len(heads), _MEETINGS):
            for meeting_id, day in heads[first : first + _MEETINGS]:
                self._meeting(meeting_id, f"sammanträdet {day}")
            yield True

    def _meeting(self, meeting_id: str, what: str) -> None:
        row = self._row(what, "SELECT value, digest FROM meetings WHERE id = ?", meeting_id)
        if row is None:
            return
        meeting = self._value(what, row[0], row[1], Meeting)
        if meeting is None:
            return
        for item in walk(meeting.items):
            for bilaga in item.attachments:
                self._names.setdefault(bilaga.sha256, f"bilagan {bilaga.title} ({what})")

    def _value(self, what: str, text: object, digest: object, kind: type[codec.T]) -> codec.T | None:
        try:
            data = str(text).encode()
            if codec.digest(data) != digest:
                raise CodecError("the value does not match its digest")
            return codec.decode(data, kind)
        except (CodecError, UnicodeError) as error:
            self._tell(what, str(error))
            return None

    def _history(self) -> Iterator[object]:
        """Every change's value carries a checksum of its own, which unpacking it holds it against."""
        last = -1
        broken = 0
        while True:
            try:
                with self._opened() as db:
                    rows = db.exec_driver_sql(
                        "SELECT number, subject, value FROM history WHERE number > ? ORDER BY number LIMIT ?",
                        (last, _CHANGES),
                    ).all()
            except DBAPIError as error:
                self._tell("historiken", str(error.orig))
                return
            if not rows:
                break
            last = rows[-1][0]
            self._counts["changes"] += len(rows)
            for _, subject, packed in rows:
                try:
                    if packed is not None:
                        codec.unpack(packed)
                    elif subject == ASSOCIATION:
                        raise CodecError("the association cannot have been removed")
                except (CodecError, TypeError):
                    broken += 1
            yield True
        if broken:
            self._tell("historiken", f"{broken} earlier versions")

    def _contents(self, table: str, counted: str) -> Iterator[object]:
        key, size = ("sha256", "size") if table == "files" else ("number", "length(content)")
        with reading(self._path, "bilagorna"), self._opened() as db:
            known = db.exec_driver_sql(
                f"SELECT {key}, {size} FROM {table} WHERE content IS NOT NULL ORDER BY rowid DESC"
            ).all()
        self._counts[counted] = len(known)
        read = 0
        for name, length in known:
            self._content(table, key, name)
            read += length or 0
            self.done += length or 0
            if read >= PIECE:
                read = 0
                yield True
        yield True

    def _content(self, table: str, key: str, name: object) -> None:
        what = self._names.get(str(name), "en fil som inte längre används")
        if table == "exports":
            what = "ett skapat dokument"
        row = self._row(what, f"SELECT sha256, content FROM {table} WHERE {key} = ?", name)
        if row is not None and (not isinstance(row[1], bytes) or codec.digest(row[1]) != row[0]):
            self._tell(what, str(row[0]))

    def _row(self, what: str, query: str, key: object) -> tuple[object, ...] | None:
        """A row, None when it cannot be read (which is told) or has been removed since."""
        try:
            with self._opened() as db:
                row = db.exec_driver_sql(query, (key,)).one_or_none()
        except DBAPIError as error:
            self._tell(what, str(error.orig))
            return None
        return None if row is None else tuple(row)

    def _tell(self, what: str, detail: str) -> None:
        self._damages.append(Damage(what=what, detail=detail))


def check_file(path: Path, step: Callable[[int, int], None] | None = None) -> Health:
    """Look at all of a file. ``step(done, total)`` is called after each piece, in bytes, and may raise to stop."""
    check = IntegrityCheck(path)
    size = path.stat().st_size
    while check.step():
        if step is not None:
            step(min(check.done, size), size)
    return check.health

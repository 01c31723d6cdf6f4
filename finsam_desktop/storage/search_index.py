"""The text of the association's files, indexed by every three letters: a cache that can always be made again.

It lies outside the .finsam file, which stays small and can be read-only. A file's text is kept once, by SHA-256,
packed; the index has no text of its own. A file that is damaged, of another program or another version is thrown away.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import sqlite3
import threading
import zlib
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

_log = logging.getLogger(__name__)

VERSION = 1
"""Count up when what is extracted or how it is folded changes: older indexes are made again."""
_APPLICATION_ID = 0x466E5358
_SHORT = 3
"""Words shorter than this are found through the three letters that begin with them."""
_TABLES = f"""
PRAGMA application_id = {_APPLICATION_ID};
PRAGMA user_version = {VERSION};
CREATE TABLE about (path TEXT NOT NULL);
CREATE TABLE files (number INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, problem TEXT NOT NULL,
                    labels TEXT NOT NULL, content BLOB NOT NULL);
CREATE VIRTUAL TABLE letters USING fts5(folded, content='', tokenize='trigram case_sensitive 1');
CREATE VIRTUAL TABLE triples USING fts5vocab(letters, 'row');
"""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileText:
    """The text of a file: its parts with form feeds between them, and what each part is called ("sida 3").

    ``problem`` says in Swedish why there is none; empty when there is, or when the file simply has no words.
    """

    sha256: str
    text: str = ""
    labels: tuple[str, ...] = ()
    problem: str = ""


class SearchIndex:
    """An index at a path. Usable from any thread. Faults of the file never reach the caller: it begins anew, empty."""

    def __init__(self, path: Path, fold: Callable[[str], str], about: Path) -> None:
        """``fold`` makes texts alike for comparing; ``about`` is the association's file, told for tidying up."""
        self.path = path
        self._fold = fold
        self._about = about
        self._guard = threading.Lock()
        self._db: sqlite3.Connection | None = None
        self.changes = 0
        """Counts up whenever what the index knows may have changed."""

    def close(self) -> None:
        """Let go of the file. It is opened again when it is used."""
        with self._guard:
            self._disconnect()

    def known(self) -> dict[str, str]:
        """The SHA-256 of every file that has been read, and why it has no text: "" where it has, or is empty."""
        return self._do(lambda db: dict(db.execute("SELECT sha256, problem FROM files").fetchall()), {})

    def without_words(self) -> frozenset[str]:
        """The files that were read and have no words: scanned pages, pictures."""
        query = "SELECT sha256 FROM files WHERE problem = '' AND length(content) = 0"
        return frozenset(self._do(lambda db: [row[0] for row in db.execute(query)], []))

    def add(self, texts: Iterable[FileText]) -> None:
        """Keep the texts of files, each in place of what was known of it."""
        kept = tuple(texts)
        self._do(lambda db: self._add(db, kept), None)

    def keep_only(self, wanted: Collection[str]) -> int:
        """Forget every file but these; gives how many were forgotten. Their text is gone from the disk too."""
        return self._do(lambda db: self._forget(db, set(self._known(db)) - set(wanted)), 0)

    def find(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """The SHA-256 of the files in which every one of the folded words stands."""
        return self._do(lambda db: self._find(db, words), ())

    def text(self, sha256: str) -> FileText | None:
        """A file's text, None when it has not been read."""
        return self._do(lambda db: _text(db, sha256), None)

    # -- inside ----------------------------------------------------------------------------------------

    def _add(self, db: sqlite3.Connection, texts: Iterable[FileText]) -> None:
        self.changes += 1
        with db:
            for one in texts:
                self._remove(db, one.sha256)
                content = zlib.compress(one.text.encode(), 6) if one.text.strip() else b""
                number = db.execute(
                    "INSERT INTO files (sha256, problem, labels, content) VALUES (?, ?, ?, ?)",
                    (one.sha256, one.problem, json.dumps(one.labels, ensure_ascii=False), content),
                ).lastrowid
                if content:
                    db.execute(
                        "INSERT INTO letters (rowid, folded) VALUES (?, ?)", (number, self._indexed(one.text))
                    )

    def _indexed(self, text: str) -> str:
        # The signs at the end give the last two letters a triple to begin.
        return self._fold(text) + "\n\n\n"

    def _remove(self, db: sqlite3.Connection, sha256: str) -> None:
        row = db.execute("SELECT number, content FROM files WHERE sha256 = ?", (sha256,)).fetchone()
        if row is None:
            return
        number, content = row
        if content:
            old = self._indexed(zlib.decompress(content).decode())
            db.execute("INSERT INTO letters (letters, rowid, folded) VALUES ('delete', ?, ?)", (number, old))
        db.execute("DELETE FROM files WHERE number = ?", (number,))

    def _known(self, db: sqlite3.Connection) -> list[str]:
        return [row[0] for row in db.execute("SELECT sha256 FROM files")]

    def _forget(self, db: sqlite3.Connection, unwanted: Collection[str]) -> int:
        if unwanted:
            self.changes += 1
            with db:
                for sha256 in unwanted:
                    self._remove(db, sha256)
                db.execute("INSERT INTO letters (letters) VALUES ('optimize')")
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return len(unwanted)

    def _find(self, db: sqlite3.Connection, words: tuple[str, ...]) -> tuple[str, ...]:
        asked = [self._match(db, word) for word in words]
        if not asked or None in asked:
            return ()
        match = " AND ".join(one for one in asked if one)
        query = "SELECT sha256 FROM letters JOIN files ON number = letters.rowid WHERE letters MATCH ?"
        return tuple(row[0] for row in db.execute(query, (match,)))

    def _match(self, db: sqlite3.Connection, word: str) -> str | None:
        """The word as the index asks for it; None when it stands nowhere."""
        if len(word) >= _SHORT:
            return _quoted(word)
        after = word[:-1] + chr(ord(word[-1]) + 1)
        found = db.execute("SELECT term FROM triples WHERE term >= ? AND term < ?", (word, after)).fetchall()
        return f"({' OR '.join(_quoted(row[0]) for row in found)})" if found else None

    def _do(self, action: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        """The action on the open index. When the file fails it is thrown away and tried once more, empty."""
        with self._guard:
            for _ in range(2):
                try:
                    return action(self._open())
                except (sqlite3.DatabaseError, zlib.error, ValueError) as error:
                    locked = isinstance(error, sqlite3.OperationalError) and "locked" in str(error)
                    _log.info("the search index failed: %r", error)
                    self._disconnect()
                    if locked:
                        break  # another window has it in hand; it is not damaged
                    self._throw_away()
                except OSError as error:
                    _log.info("the search index is out of reach: %s", error)
                    self._disconnect()
                    break
        return otherwise

    def _open(self) -> sqlite3.Connection:
        if self._db is not None:
            return self._db
        self.path.parent.mkdir(parents=True, exist_ok=True)
        is_new = not self.path.exists()
        if is_new:
            # Only the user may read what the files say.
            os.close(os.open(self.path, os.O_CREAT | os.O_WRONLY, 0o600))
        db = sqlite3.connect(self.path, timeout=5, check_same_thread=False)
        self._db = db
        db.execute("PRAGMA secure_delete = ON")
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        found = (
            db.execute("PRAGMA application_id").fetchone()[0],
            db.execute("PRAGMA user_version").fetchone()[0],
        )
        if found != (_APPLICATION_ID, VERSION):
            if found != (0, 0) or db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                raise sqlite3.DatabaseError(f"not an index of this version: {found}")
            db.executescript(f"BEGIN; {_TABLES} COMMIT;")
            with db:
                db.execute("INSERT INTO about VALUES (?)", (str(self._about),))
        return db

    def _disconnect(self) -> None:
        if self._db is not None:
            with contextlib.suppress(sqlite3.Error):
                self._db.close()
            self._db = None

    def _throw_away(self) -> None:
        self.changes += 1
        for ending in ("", "-wal", "-shm", "-journal"):
            with contextlib.suppress(OSError):
                self.path.with_name(self.path.name + ending).unlink(missing_ok=True)


def association_of(path: Path) -> Path | None:
    """The .finsam file that an index is of; None when the index cannot be read."""
    try:
        db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            row = db.execute("SELECT path FROM about").fetchone()
        finally:
            db.close()
    except (sqlite3.Error, ValueError):
        return None
    return Path(row[0]) if row else None


def _text(db: sqlite3.Connection, sha256: str) -> FileText | None:
    row = db.execute("SELECT problem, labels, content FROM files WHERE sha256 = ?", (sha256,)).fetchone()
    if row is None:
        return None
    problem, labels, content = row
    text = zlib.decompress(content).decode() if content else ""
    return FileText(sha256=sha256, text=text, labels=tuple(json.loads(labels)), problem=problem)


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'

"""Connections to a .finsam file, its header, and what SQLite's faults are called in Swedish."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from finsam_desktop.storage.codec import CodecError, UnknownFieldError
from finsam_desktop.storage.errors import (
    DamagedFileError,
    FileError,
    MissingFileError,
    NewerFileError,
    NotFinsamFileError,
    NotSavedError,
)
from finsam_desktop.storage.schema import APPLICATION_ID, SCHEMA_VERSION

_MAGIC = b"SQLite format 3\x00"
_HEADER = 100
_BUSY_SECONDS = 5.0


def check_header(path: Path) -> None:
    """Refuse, without touching it, what is not a whole .finsam file of this version or an older one."""
    try:
        with open(path, "rb") as file:
            header = file.read(_HEADER)
            size = os.fstat(file.fileno()).st_size
    except FileNotFoundError as error:
        raise MissingFileError(path) from error
    except IsADirectoryError as error:
        raise NotFinsamFileError(path, "det är en mapp") from error
    except PermissionError as error:
        if path.is_dir():  # what Windows says of a folder
            raise NotFinsamFileError(path, "det är en mapp") from error
        raise FileError(
            path,
            f"Du har inte behörighet att läsa {path.name}.",
            advice="Be den som äger mappen om tillgång.",
            detail=str(error),
        ) from error
    except OSError as error:
        raise unreadable(path, str(error)) from error
    if not header:
        raise NotFinsamFileError(path, "den är tom")
    if not (header.startswith(_MAGIC) or _MAGIC.startswith(header)):
        raise NotFinsamFileError(path, "innehållet är av ett annat slag")
    if len(header) < _HEADER:
        raise DamagedFileError(path, f"bara {size} byte finns kvar av den")
    if int.from_bytes(header[68:72]) != APPLICATION_ID:
        raise NotFinsamFileError(path, "den hör till ett annat program")
    version = int.from_bytes(header[60:64])
    if version > SCHEMA_VERSION:
        raise NewerFileError(path, f"file version {version}, program version {SCHEMA_VERSION}")
    # With a journal beside it the file is in the middle of a change that SQLite will roll back.
    if not journal_path(path).exists():
        _check_size(path, header, size)


def is_older(path: Path) -> bool:
    """Whether a .finsam file is of an earlier version, which opening makes anew. False for what cannot be read, and
    for what is no such file: opening tells why."""
    try:
        with open(path, "rb") as file:
            header = file.read(_HEADER)
    except OSError:
        return False
    return (
        len(header) == _HEADER
        and header.startswith(_MAGIC)
        and int.from_bytes(header[68:72]) == APPLICATION_ID
        and int.from_bytes(header[60:64]) < SCHEMA_VERSION
    )


def _check_size(path: Path, header: bytes, size: int) -> None:
    page = int.from_bytes(header[16:18])
    expected = int.from_bytes(header[28:32]) * (65536 if page == 1 else page)
    if size < expected:
        raise DamagedFileError(path, f"bara {size // 1024} av {expected // 1024} kB finns kvar av den")


def journal_path(path: Path) -> Path:
    """Where SQLite keeps what it needs to undo a half-made change."""
    return path.with_name(path.name + "-journal")


def make_engine(path: Path, *, read_only: bool, new: bool = False) -> Engine:
    """An engine for a file, which must exist unless ``new``. A writer's transactions reserve the file."""
    mode = "ro" if read_only else "rwc" if new else "rw"
    posix = path.as_posix()
    # SQLite wants file:////server/… for a share, which Path.as_uri does not give.
    uri = f"file://{'' if posix.startswith('/') else '/'}{quote(posix)}?mode={mode}"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            uri, uri=True, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA cell_size_check = ON")
            # No file of ours has any. A trigger of a stranger's making could take words away when others are saved.
            if connection.execute(
                "SELECT count(*) FROM sqlite_master WHERE type IN ('trigger', 'view')"
            ).fetchone()[0]:
                raise sqlite3.DatabaseError("the file holds triggers or views")
            if not read_only:
                connection.execute("PRAGMA journal_mode = DELETE")
                connection.execute("PRAGMA synchronous = FULL")
        except BaseException:
            connection.close()
            raise
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)
    begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


@contextmanager
def reading(path: Path, what: str) -> Iterator[None]:
    """Turn faults met while reading into DamagedFileError and its kin. ``what`` is the part being read."""
    try:
        yield
    except UnknownFieldError as error:
        raise NewerFileError(path, f"unknown field {error}") from error
    except CodecError as error:
        raise DamagedFileError(path, f"{what} går inte att läsa", detail=str(error)) from error
    except DBAPIError as error:
        raise _unreadable_database(path, what, error) from error
    except (SQLAlchemyError, ValueError, TypeError) as error:
        raise DamagedFileError(path, f"{what} går inte att läsa", detail=str(error)) from error


@contextmanager
def writing(path: Path, *, new: bool = False) -> Iterator[None]:
    """Turn faults met while writing into NotSavedError; the transaction has then been rolled back."""
    try:
        yield
    except DBAPIError as error:
        why, advice = _WRITE_FAULTS.get(_code(error), _OTHER_FAULT)
        raise NotSavedError(path, why, advice=advice, detail=str(error.orig), new=new) from error
    except (CodecError, SQLAlchemyError, UnicodeError) as error:
        raise NotSavedError(
            path,
            "texten innehåller tecken som inte går att spara",
            advice="Skriv om texten i stället för att klistra in den.",
            detail=str(error),
            new=new,
        ) from error


_WRITE_FAULTS = {
    sqlite3.SQLITE_FULL: ("disken är full", "Frigör utrymme på disken och försök igen."),
    sqlite3.SQLITE_READONLY: ("filen är skrivskyddad", "Spara en kopia på en plats där du får skriva."),
    sqlite3.SQLITE_PERM: ("du får inte skriva i filen", "Spara en kopia på en plats där du får skriva."),
    sqlite3.SQLITE_CANTOPEN: (
        "det går inte att skriva i mappen",
        "Kontrollera att mappen finns kvar och att du får skriva i den.",
    ),
    sqlite3.SQLITE_BUSY: (
        "ett annat program använder filen",
        "Vänta en stund, till exempel på en säkerhetskopiering, och försök igen.",
    ),
    sqlite3.SQLITE_IOERR: (
        "disken svarade inte",
        "Kontrollera att enheten eller nätverket är anslutet och att disken inte är full.",
    ),
    sqlite3.SQLITE_CORRUPT: ("filen är skadad", "Spara en kopia och öppna en säkerhetskopia av filen."),
    sqlite3.SQLITE_NOTADB: ("filen är skadad", "Spara en kopia och öppna en säkerhetskopia av filen."),
    sqlite3.SQLITE_TOOBIG: ("innehållet är för stort", "Dela upp det i mindre delar."),
}
_OTHER_FAULT = ("filen tog inte emot den", "Stäng filen, öppna den igen och försök på nytt.")


def _code(error: DBAPIError) -> int:
    """SQLite's primary result code (the low byte of the extended one), 0 when there is none."""
    return int(getattr(error.orig, "sqlite_errorcode", 0) or 0) & 0xFF


def _unreadable_database(path: Path, what: str, error: DBAPIError) -> FileError:
    code = _code(error)
    if code == sqlite3.SQLITE_BUSY:
        return FileError(
            path,
            f"{path.name} används av ett annat program just nu.",
            advice="Vänta en stund och försök igen.",
            detail=str(error.orig),
        )
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY):
        return unreadable(path, str(error.orig))
    return DamagedFileError(path, f"{what} går inte att läsa", detail=str(error.orig))


def unreadable(path: Path, detail: str) -> FileError:
    """The system would not let us read the file."""
    return FileError(
        path,
        f"{path.name} gick inte att läsa.",
        advice="Kontrollera att enheten eller nätverket är anslutet och försök igen.",
        detail=detail,
    )

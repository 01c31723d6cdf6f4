"""The tables of a .finsam file and the steps from older versions, see docs/file-format.md."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import (
    Column,
    Connection,
    Date,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

APPLICATION_ID = 0x466E536D
"""The letters FnSm in the file's header; tells a .finsam file from other SQLite files."""

SCHEMA_VERSION = 2
"""Kept as ``user_version``. Raise it, with a step in ``UPGRADES``, when a table or a value's meaning changes.

A field added to a domain value with a default needs no new version: older files are read with the default,
and an older program refuses to open a file that holds a field it does not know.
"""

Step = Callable[[Connection], None]


def _heads_in_one_place(connection: Connection) -> None:
    """Version 2: what is read of every meeting at opening lies together in an index, not on 160 pages apart; and
    when each change was made, which tells what of the history is old.

    A backup of a file of version 1 is restored with the tables of today, so what is there already is left.
    """
    connection.exec_driver_sql("DROP INDEX IF EXISTS ix_meetings_date")
    connection.exec_driver_sql(
        "CREATE INDEX IF NOT EXISTS meetings_heads ON meetings (date, id, kind, state, reference)"
    )
    connection.exec_driver_sql("DROP INDEX IF EXISTS history_subject")
    connection.exec_driver_sql("CREATE INDEX history_subject ON history (subject, number, at)")


UPGRADES: Mapping[int, Step] = {1: _heads_in_one_place}
"""From each older version, what makes the next one of it: ``UPGRADES[1]`` turns version 1 into 2."""

tables = MetaData()

association = Table(
    "association",
    tables,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("org_number", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("digest", Text, nullable=False),
)

meetings = Table(
    "meetings",
    tables,
    Column("id", Text, primary_key=True),
    Column("date", Date, nullable=False),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reference", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Index("meetings_heads", "date", "id", "kind", "state", "reference"),
)

history = Table(
    "history",
    tables,
    Column("number", Integer, primary_key=True),
    Column("at", DateTime, nullable=False),
    Column("user", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("value", LargeBinary),
    Index("history_subject", "subject", "number", "at"),
    sqlite_autoincrement=True,
)

files = Table(
    "files",
    tables,
    Column("sha256", Text, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

exports = Table(
    "exports",
    tables,
    Column("number", Integer, primary_key=True),
    Column("at", DateTime, nullable=False),
    Column("meeting_id", Text, nullable=False, index=True),
    Column("document", Text, nullable=False),
    Column("path", Text, nullable=False, index=True),
    Column("sha256", Text, nullable=False),
    Column("content", LargeBinary),
    sqlite_autoincrement=True,
)


def create(connection: Connection) -> None:
    """Make the tables of the current version in an empty database."""
    tables.create_all(connection)
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")


def version(connection: Connection) -> int:
    """The file's schema version."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def upgrade(connection: Connection) -> None:
    """Take an older file to this version, step by step, in the caller's transaction: all of it or nothing."""
    for older in range(version(connection), SCHEMA_VERSION):
        UPGRADES[older](connection)
        connection.exec_driver_sql(f"PRAGMA user_version = {older + 1}")

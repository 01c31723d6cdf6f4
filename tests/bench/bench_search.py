"""Search at 0, 1 and 20 years, against a plain LIKE scan of the same texts; a cold search is made ready first."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from functools import partial
from pathlib import Path

from finsam_desktop.search.query import query
from finsam_desktop.searching import Search
from finsam_desktop.workspace import Workspace
from tests.bench.measure import Measure, interleaved_seconds
from tests.years import make_years

WORDS = ("insats", "rehabilitering", "styrelsen beslutar", "år", "finnsinte")
"""In compounds, long, two words, two letters (the index has three), and none."""
GOAL_MS = 200.0


def measures() -> list[Measure]:
    found: list[Measure] = []
    with tempfile.TemporaryDirectory() as folder:
        for years in (0, 1, 20):
            path = make_years(Path(folder) / f"{years}.finsam", years=years, attachments_mb=30 * years)
            found += search_measures(path, Path(folder) / "sök", f"{years} år")
    return found


def search_measures(path: Path, folder: Path, name: str) -> list[Measure]:
    """What a search takes in the association at ``path``: the slowest of ``WORDS``, and a LIKE scan of the same."""
    with Workspace.open(path, user="bench", read_only=True) as workspace:
        search = Search(workspace, folder)
        started = time.perf_counter()
        search.prepare()
        ready = time.perf_counter() - started
        started = time.perf_counter()
        files = search.read_files()
        read = time.perf_counter() - started
        scan = _plain_table(workspace, search)
        slowest, beside = 0.0, 0.0
        for words in WORDS:
            ours, plain = interleaved_seconds(
                partial(search.find, query(words)), partial(_scan, scan, query(words).words), turns=5
            )
            if ours >= slowest:
                slowest, beside = ours, plain
        size = search.index.path.stat().st_size if search.index.path.exists() else 0
        scan.close()
        search.close()
    return [
        Measure(name=f"Sökning, {name}: långsammaste ordet", value=slowest * 1000, unit="ms", goal=GOAL_MS),
        Measure(name=f"Sökning, {name}: samma med LIKE", value=beside * 1000, unit="ms"),
        Measure(name=f"Sökning, {name}: fälten görs i ordning", value=ready, unit="s"),
        Measure(name=f"Sökning, {name}: {files} bilagor läses", value=read, unit="s"),
        Measure(name=f"Sökning, {name}: indexets storlek", value=size / 1e6, unit="MB"),
    ]


def _plain_table(workspace: Workspace, search: Search) -> sqlite3.Connection:
    """Every text in one table, as one would do without thinking further."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE texts (text TEXT)")
    for _, things in search._of_meetings.values():
        db.executemany("INSERT INTO texts VALUES (?)", ((thing.all,) for thing in things))
    for sha256 in search.index.known():
        text = search.index.text(sha256)
        if text is not None:
            db.execute("INSERT INTO texts VALUES (?)", (text.text,))
    return db


def _scan(db: sqlite3.Connection, words: tuple[str, ...]) -> int:
    where = " AND ".join("text LIKE ?" for _ in words)
    rows = db.execute(f"SELECT text FROM texts WHERE {where}", [f"%{word}%" for word in words])
    return sum(1 for _ in rows)

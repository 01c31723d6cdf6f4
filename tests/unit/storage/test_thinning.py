"""What of the history goes with the years, and what never does."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_desktop.domain.adjusting import adjust, correct, reopen
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.storage.thinning import older_than
from finsam_desktop.workspace import Workspace

NOW = datetime(2026, 11, 22, 9)
OLD = datetime(2020, 3, 5, 9)


class Clock:
    """Every change a minute after the one before."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A meeting of 2020 that was adjusted, opened again, adjusted and corrected, and one that never was adjusted."""
    clock = Clock(OLD)
    path = tmp_path / "Bygden.finsam"
    with Workspace.create(path, Association(name="Bygden"), user="Anna", clock=clock) as workspace:
        for name in ("klar", "öppen"):
            items = (AgendaItem(id=f"{name}1", title="Budget"),)
            workspace.change("Nytt", None, Meeting(id=name, date=date(2020, 3, 12), items=items))
            for day in range(3):
                for number in range(5):
                    write(workspace, name, f"dag {day} {number}")
                clock.at += timedelta(days=1)
        for label, step in (
            ("Justera", lambda m: adjust(m, workspace.association, workspace.meetings, at=clock.at)),
            ("Öppna igen", reopen),
            ("Skriv", lambda m: replace(m, place="Rådhuset")),
            ("Justera på nytt", lambda m: adjust(m, workspace.association, workspace.meetings, at=clock.at)),
            ("Rätta", lambda m: correct(m, "klar1", "a", "b", by="Anna", on=date(2020, 4, 1))),
        ):
            before = workspace.meeting("klar")
            workspace.change(label, before, step(before))
        for number in range(4):
            old = workspace.association
            workspace.change(f"Byt namn {number}", old, replace(old, name=f"Bygden {number}"))
    return path


def write(workspace: Workspace, name: str, place: str) -> None:
    before = workspace.meeting(name)
    workspace.change(f"Skriv {place}", before, replace(before, place=place))


def labels(workspace: Workspace, subject: str) -> list[str]:
    return [entry.label for entry in reversed(workspace.history(subject))]


def test_what_is_kept_of_a_finished_meeting(path: Path) -> None:
    with Workspace.open(path, user="Anna", clock=lambda: NOW) as workspace:
        untouched = labels(workspace, "öppen")
        gone = workspace.thin_history()
        assert labels(workspace, "klar") == [
            "Nytt", "Skriv dag 0 4", "Skriv dag 1 4", "Skriv dag 2 4",
            "Justera", "Öppna igen", "Skriv", "Justera på nytt", "Rätta",
        ]  # fmt: skip
        assert labels(workspace, "association") == ["Ny fil", "Byt namn 3"]
        assert labels(workspace, "öppen") == untouched
        assert gone == 15 - 3 + 3
        for entry in workspace.history("klar"):
            assert workspace.value_at(entry) is not None
        assert workspace.value_at(workspace.history("klar")[0]) == workspace.meeting("klar")
        assert workspace.thin_history() == 0


def test_the_last_two_years_are_kept_whole(path: Path) -> None:
    with Workspace.open(path, user="Anna", clock=lambda: OLD + timedelta(days=700)) as workspace:
        assert workspace.thin_history() == 0


def test_undo_needs_nothing_of_what_goes(path: Path) -> None:
    clock = Clock(NOW)
    with Workspace.open(path, user="Anna", clock=clock) as workspace:
        before = workspace.association
        for number in range(3):
            workspace.change("Namn", workspace.association, replace(before, name=f"N{number}"))
        workspace.thin_history()
        for _ in range(3):
            workspace.undo()
        assert workspace.association == before
        workspace.redo()
        assert workspace.association.name == "N0"


def test_a_row_that_cannot_be_read_stays_with_its_neighbours(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE history SET value = x'00' WHERE label = 'Skriv dag 1 1' AND subject = 'klar'")
        db.commit()
    with Workspace.open(path, user="Anna", clock=lambda: NOW) as workspace:
        workspace.thin_history()
        assert {"Skriv dag 1 0", "Skriv dag 1 1", "Skriv dag 1 2"} <= set(labels(workspace, "klar"))


@given(st.lists(st.integers(0, 2000), max_size=60), st.integers(0, 2000))
def test_every_day_keeps_its_last_and_nothing_new_goes(hours: list[int], limit: int) -> None:
    rows = [(number, OLD + timedelta(hours=hour)) for number, hour in enumerate(sorted(hours), start=1)]
    before = OLD + timedelta(hours=limit)
    gone = set(older_than(rows, before))
    kept = [row for row in rows if row[0] not in gone]
    assert {at.date() for _, at in kept} == {at.date() for _, at in rows}
    assert kept[:1] == rows[:1]
    assert all(at < before for number, at in rows if number in gone)
    for day in {at.date() for _, at in rows}:
        assert [r for r in kept if r[1].date() == day][-1] == [r for r in rows if r[1].date() == day][-1]

"""Adjusted minutes in a real file: kept through closing, refused at the one door, printed as they were."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from finsam_desktop.documents import Document, context
from finsam_desktop.domain import sealing
from finsam_desktop.domain.adjusting import adjust
from finsam_desktop.domain.meeting import MeetingState
from finsam_desktop.workspace import AdjustedError, Workspace
from tests.board import association, decided_item, held

AT = datetime(2026, 11, 9, 14, 8)
TODAY = date(2026, 11, 20)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "f.finsam"
    with Workspace.create(path, association(), user="Ola") as workspace:
        one = held(decided_item("a", summary="Se {§:a}."), state=MeetingState.MINUTES)
        workspace.change("Nytt", None, one)
        workspace.change("Protokollet är justerat", one, adjust(one, workspace.association, (one,), at=AT))
    return path


def printed(workspace: Workspace) -> str:
    one = workspace.meeting("mötet")
    return repr(
        context(Document.PROTOKOLL, workspace.association, workspace.meetings, one, lambda _: b"", TODAY)
    )


def test_the_seal_is_kept_in_the_file(file: Path) -> None:
    with Workspace.open(file, user="Ola") as workspace:
        one = workspace.meeting("mötet")
        assert sealing.whole_seal(one) is not None
        assert sealing.broken(one) == ()


def test_the_one_door_refuses_and_points_to_corrections(file: Path) -> None:
    with Workspace.open(file, user="Ola") as workspace:
        one = workspace.meeting("mötet")
        with pytest.raises(AdjustedError) as refused:
            workspace.change("Byt lokal", one, replace(one, place="Kullen"))
        assert refused.value.message == (
            "”Byt lokal” gjordes inte. Protokollet är justerat, och plats, tid och ordning ingår i det."
        )
        assert "rättelse" in refused.value.advice
        with pytest.raises(AdjustedError):
            workspace.change_together("Ta bort", ((one, None),))
        assert workspace.meeting("mötet") is one
        assert workspace.undo_label is None


def test_undo_takes_the_adjustment_back_and_redo_makes_it_again(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "g.finsam", association(), user="Ola") as workspace:
        one = held(decided_item("a"), state=MeetingState.MINUTES)
        workspace.change("Nytt", None, one)
        workspace.change("Protokollet är justerat", one, adjust(one, association(), (one,), at=AT))
        workspace.undo()
        assert workspace.meeting("mötet") == one
        workspace.redo()
        assert sealing.whole_seal(workspace.meeting("mötet")) is not None


def test_new_names_in_the_register_leave_the_printed_minutes_alone(file: Path) -> None:
    with Workspace.open(file, user="Ola") as workspace:
        before = printed(workspace)
        register = workspace.association
        people = tuple(replace(person, name=f"{person.name} Ny", party="X") for person in register.people)
        changed = replace(
            register, name="Nytt förbund", people=people, appointments=register.appointments[3:]
        )
        workspace.change("Byt namn", register, changed)
        later = held(id="nytt", date=date(2026, 12, 10))
        workspace.change("Nytt sammanträde", None, later)
        assert printed(workspace) == before
        assert "Anna" in before
        assert "Se §\\xa02." in before or "Se §\u00a02." in before

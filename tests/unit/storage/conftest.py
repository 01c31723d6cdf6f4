"""A small real file to break in every way."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from finsam_desktop.domain.agenda import AgendaItem, Attachment
from finsam_desktop.domain.association import (
    Appointment,
    Association,
    Letterhead,
    Member,
    MemberKind,
    Person,
    Role,
)
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.workspace import Workspace

ATTACHED = b"%PDF-1.7 tertialrapport" * 400


@pytest.fixture
def association() -> Association:
    return Association(
        name="Samordningsförbundet Bygden",
        org_number="222000-0000",
        letterhead=Letterhead(accent="#1F5C7A"),
        members=(Member(id="kommun", name="Bygdens kommun", kind=MemberKind.MUNICIPALITY),),
        people=(Person(id="anna", name="Anna Berg", party="S"), Person(id="bo", name="Bo Ek")),
        appointments=(
            Appointment(person_id="anna", role=Role.CHAIR, member_id="kommun"),
            Appointment(person_id="bo", role=Role.DIRECTOR, until=date(2025, 12, 31)),
        ),
    )


@pytest.fixture
def meetings() -> tuple[Meeting, ...]:
    return tuple(
        Meeting(
            id=f"m{month}",
            date=date(2026, month, 12),
            place="Kansliet, Storgatan 1",
            items=tuple(
                AgendaItem(
                    id=f"m{month}i{number}",
                    title=f"Ärende {number}",
                    summary="Styrelsen får en lägesbild. " * 40,
                )
                for number in range(8)
            ),
        )
        for month in (2, 5, 9)
    )


@pytest.fixture
def path(tmp_path: Path, association: Association, meetings: tuple[Meeting, ...]) -> Path:
    """A closed file with three meetings, a stored file, an export and a history."""
    path = tmp_path / "Bygden.finsam"
    with Workspace.create(path, association, user="Anna Berg") as workspace:
        for meeting in meetings:
            workspace.change("Nytt sammanträde", None, meeting)
        name = workspace.add_file(ATTACHED)
        with_file = Attachment(id="b1", title="Tertialrapport", sha256=name, size=len(ATTACHED))
        first = meetings[0]
        items = (AgendaItem(id="rapport", title="Rapport", attachments=(with_file,)), *first.items)
        workspace.change("Bifoga", first, _with_items(first, items))
        workspace.record_export("m2", "kallelse", tmp_path / "Kallelse.docx", b"PK" * 3000)
    return path


def _with_items(meeting: Meeting, items: tuple[AgendaItem, ...]) -> Meeting:
    return Meeting(id=meeting.id, date=meeting.date, place=meeting.place, items=items)

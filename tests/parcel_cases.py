"""A small association with a meeting to make mötespaket of, and the ways there and back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from finsam_desktop.domain.agenda import AgendaItem, Attachment, update
from finsam_desktop.domain.association import Letterhead
from finsam_desktop.domain.live import LiveNote, LiveRecord
from finsam_desktop.domain.meeting import Adjuster, Meeting
from finsam_desktop.domain.parcel_values import Receiver, ReceiverRole
from finsam_desktop.parcels import received
from finsam_desktop.storage import parcel_file
from finsam_desktop.workspace import Workspace
from tests.board import association, decided_item, held

CHAIR = Receiver(name="Anna", role=ReceiverRole.CHAIR, person_id="anna")
ADJUSTER = Receiver(name="Cia", role=ReceiverRole.ADJUSTER, person_id="cia")
AT = datetime(2026, 11, 2, 9, 0)
LATER = AT + timedelta(days=2)
NOTE = "Fråga Bo om pengarna först"
PASSWORD = "tallar vid sjön"


@pytest.fixture
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """A guess at a password costs little; what it costs otherwise is tried in test_parcel_file."""
    monkeypatch.setattr(parcel_file, "WORK", 2**6)


def the_meeting() -> Meeting:
    items = tuple(
        decided_item(f"p{n}", title=f"Ärende {n}", minutes_text=f"Text i ärende {n}.") for n in range(4)
    )
    return held(
        *items,
        adjusters=(Adjuster(person_id="cia", deputy_id="dan"),),
        live=LiveRecord(notes=(LiveNote(item_id="p1", text="Egen anteckning hos sekreteraren"),)),
    )


@pytest.fixture
def office(tmp_path: Path, cheap_passwords: None) -> Iterator[Workspace]:
    """The association's own file, with the meeting, a bilaga, a logo and the meetings around it."""
    with Workspace.create(tmp_path / "Exempel.finsam", association(), user="Sekreteraren") as workspace:
        paper = workspace.add_file(b"Rapportens sidor " * 50)
        logo = workspace.add_file(b"logotyp")
        before = workspace.association
        workspace.change("Logotyp", before, replace(before, letterhead=Letterhead(logo=logo)))
        spring = Meeting(id="vår", date=date(2026, 4, 22), items=(AgendaItem(id="v1", title="Vårens"),))
        workspace.change("Vår", None, spring)
        workspace.change("Nästa", None, Meeting(id="nästa", date=date(2026, 12, 10)))
        meeting = the_meeting()
        bilaga = Attachment(id="bil", title="Rapport", file_name="Rapport.pdf", sha256=paper, size=850)
        meeting = with_item(meeting, "p1", attachments=(bilaga,))
        workspace.change("Mötet", None, meeting)
        yield workspace


def with_item(meeting: Meeting, item_id: str, **fields: object) -> Meeting:
    return replace(meeting, items=update(meeting.items, item_id, lambda one: replace(one, **fields)))


def sent(office: Workspace, path: Path, receiver: Receiver = CHAIR, **options: object) -> received.MadeParcel:
    return received.make_parcel(office, "mötet", path, receiver=receiver, at=AT, **options)  # type: ignore[arg-type]


def opened(path: Path, password: str | None = None, name: str = "copies") -> received.OpenParcel:
    folder = path.parent / name
    return received.open_parcel(path, password, user="Anna", folder=folder, clock=lambda: LATER)


def changed(copy: received.OpenParcel, after: Meeting) -> None:
    copy.change("Ändra", copy.meeting, after)


def answer_of(
    office: Workspace, tmp_path: Path, edit: object = None, *, receiver: Receiver = CHAIR, name: str = "a"
) -> Path:
    """A mötespaket made, opened, edited by a function of the meeting, and sent back."""
    made = sent(office, tmp_path / f"{name}.motespaket", receiver)
    with opened(made.path, name=name) as copy:
        if callable(edit):
            changed(copy, edit(copy.meeting))
        return copy.send_back(tmp_path / f"{name} svar.motespaket", at=LATER).path


def body_of(data: bytes) -> bytes:
    return data[14 + parcel_file._START.unpack(data[:14])[2] + 32 :]

"""Mötespaket there and back as files, edited at random on both sides: nothing lost, conflicts listed, all undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

import pytest

from finsam_desktop.domain import parcel
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.parcel_values import Receiver
from finsam_desktop.parcels import received, returning
from finsam_desktop.storage.codec import encode
from finsam_desktop.workspace import Workspace
from tests.board import association
from tests.oracle import three_way as oracle
from tests.parcel_edits import a_meeting, edited

AT = datetime(2026, 11, 2, 9)
PASSWORD = "tallar vid sjön"


def with_files(workspace: Workspace, meeting: Meeting) -> Meeting:
    """The meeting with a stored file for each bilaga that names one, made of that name."""

    def stored(item: AgendaItem) -> AgendaItem:
        return replace(
            item,
            attachments=tuple(
                replace(one, sha256=one.sha256 and workspace.add_file(one.sha256.encode()))
                if len(one.sha256) != 64
                else one
                for one in item.attachments
            ),
            sub_items=tuple(stored(sub) for sub in item.sub_items),
        )

    return replace(meeting, items=tuple(stored(item) for item in meeting.items))


def plain(meeting: Meeting) -> Any:
    return oracle.plain(encode(meeting))


def compared(meeting: Any) -> Any:
    return {name: value for name, value in meeting.items() if name not in oracle.NOT_COMPARED}


def there_and_back(folder: Path, seed: int) -> None:
    rng = Random(seed)
    password = PASSWORD if seed % 2 else None
    with Workspace.create(folder / "F.finsam", association(), user="S") as office:
        base = with_files(office, a_meeting(rng, rng.randrange(1, 5)))
        office.change("Nytt", None, base)
        made = received.make_parcel(
            office, base.id, folder / "p.motespaket", receiver=Receiver(name="Anna"), password=password, at=AT
        )
        with received.open_parcel(made.path, password, user="A", folder=folder / "k") as copy:
            for _ in range(rng.randrange(1, 16)):
                copy.change("Ändra", copy.meeting, with_files(copy.workspace, edited(copy.meeting, rng, 1)))
            theirs = copy.meeting
            back = copy.send_back(folder / "b.motespaket", password=password, at=AT).path
        for _ in range(rng.randrange(0, 16)):
            before = office.meeting(base.id)
            office.change("Ändra", before, with_files(office, edited(before, rng, 1)))
        mine = office.meeting(base.id)

        answer = returning.returned(office, back, password)
        assert answer.theirs == parcel.sent_meeting(theirs)
        sent = parcel.sent_meeting(base)
        _, changes = oracle.merged(plain(sent), plain(mine), plain(answer.theirs))
        found = parcel.three_way(answer.base, answer.mine, answer.theirs).differences
        assert {one.key: one.conflict for one in found} == changes
        shown = {one.key for one in answer.changes}
        for one in answer.changes:
            assert one.field
            assert one.place
            assert one.theirs != one.mine or one.what != "field", one
        with_needs = {key for one in answer.changes for key in (one.key, *one.needs)}
        told_only = {one.key for one in found} - with_needs
        assert all(part.split("/")[1].split(".")[0] in parcel.SECRETARYS[Meeting] for part in told_only)
        assert {one.key for one in answer.conflicts} == {key for key in shown if changes[key]}

        ours = {name: getattr(sent, name) for name in parcel.SECRETARYS[Meeting]}
        wanted, _ = oracle.merged(plain(sent), plain(mine), plain(replace(answer.theirs, **ours)))
        taken = returning.take(office, answer, [one.key for one in answer.acceptable], at=AT)
        assert compared(plain(taken.meeting)) == compared(wanted)
        for item in oracle.table(plain(taken.meeting)).values():
            if item.kind == oracle.BILAGA and item.body["sha256"]:
                assert sha256(office.file(item.body["sha256"])).hexdigest() == item.body["sha256"]
        assert office.undo() is not None
        assert office.meeting(base.id) == mine

        declined = returning.take(office, answer, (), sorted(shown), at=AT)
        assert replace(declined.meeting, parcels=()) == replace(mine, parcels=())
        again = returning.returned(office, back, password)
        assert all(one.declined for one in again.changes)
        assert not again.acceptable


@pytest.mark.parametrize("seed", range(3))
def test_random_edits_on_both_sides(tmp_path: Path, seed: int, cheap_passwords: None) -> None:
    there_and_back(tmp_path, seed)


@pytest.mark.long
@pytest.mark.parametrize("first", range(0, 200, 25))
def test_two_hundred_on_both_sides(tmp_path: Path, first: int, cheap_passwords: None) -> None:
    for seed in range(first, first + 25):
        (tmp_path / f"{seed}").mkdir()
        there_and_back(tmp_path / f"{seed}", seed)

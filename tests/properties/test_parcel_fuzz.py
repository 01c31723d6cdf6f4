"""Mötespaket by somebody who knows the format and means ill, or by a broken program: refused in words, no fault."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest

from finsam_desktop.errors import UserError
from finsam_desktop.parcels import received, returning
from finsam_desktop.storage import parcel_file
from finsam_desktop.workspace import Workspace
from tests.parcel_cases import answer_of, sent
from tests.unit.storage.test_parcel_file import body_of, forged, zipped

WILD: tuple[Any, ...] = (
    None, True, -1, 0, 10**30, 1.5, "", "x", "\x00", "\ud800", "../../x", "9" * 400, "0001-01-01", "9999-12-31",
    "99999-12-31", [], [[]], [None], {}, {"id": "x"}, "ordinary", "2026-02-30",
)  # fmt: skip


def spots(value: Any, trail: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [trail, *(spot for key, one in inside for spot in spots(one, (*trail, key)))]


def harmed(value: Any, rng: Random) -> Any:
    """The JSON with one to three values exchanged, repeated or taken away."""
    value = json.loads(json.dumps(value))
    for _ in range(rng.randrange(1, 4)):
        trail = rng.choice(spots(value)[1:])
        owner = value
        for step in trail[:-1]:
            owner = owner[step]
        match rng.randrange(5):
            case 0 if isinstance(owner, list):
                owner.append(owner[trail[-1]])
            case 1:
                del owner[trail[-1]]
            case 2 if isinstance(owner, dict):
                owner[f"nytt{rng.randrange(9)}"] = rng.choice(WILD)
            case _:
                owner[trail[-1]] = rng.choice(WILD)
        if not value:
            break
    return value


def inner(data: bytes) -> Any:
    with zipfile.ZipFile(BytesIO(body_of(data))) as archive:
        return json.loads(archive.read("paket.json"))


def tries(request: pytest.FixtureRequest, few: int, many: int) -> int:
    return many if request.config.getoption("--all") else few


def test_harmed_parcels_are_refused_or_whole(
    office: Workspace, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    data = sent(office, tmp_path / "p.motespaket").path.read_bytes()
    content, rng, opened = inner(data), Random(1), 0
    for number in range(tries(request, 60, 3000)):
        bad = json.dumps(harmed(content, rng), ensure_ascii=rng.random() < 0.5).encode(
            "utf-8", "surrogatepass"
        )
        path = tmp_path / "q.motespaket"
        path.write_bytes(forged(data, zipped(("paket.json", bad))))
        try:
            with received.open_parcel(path, user="B", folder=tmp_path / f"{number}") as copy:
                opened += 1
                assert copy.base is not None
        except UserError:
            pass
        assert not list(tmp_path.glob(f"{number}/*(skapas)*"))
    assert opened, "some of what is harmed can still be opened, so that more than the first check is tried"


def test_harmed_answers_change_nothing_unasked(
    office: Workspace, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    data = answer_of(office, tmp_path).read_bytes()
    content, rng, read = inner(data), Random(2), 0
    before = office.meeting("mötet")
    for _ in range(tries(request, 80, 4000)):
        harm = harmed(content["meeting"], rng)
        bad = json.dumps({**content, "meeting": harm}).encode("utf-8", "surrogatepass")
        path = tmp_path / "q.motespaket"
        path.write_bytes(forged(data, zipped(("paket.json", bad))))
        try:
            answer = returning.returned(office, path)
            read += 1
            returning.take(office, answer, [one.key for one in answer.changes if one.acceptable])
        except UserError:
            pass
        while office.undo_label != "Mötespaket till Anna":
            office.undo()
        assert office.meeting("mötet") == before
    assert read


def test_random_bytes_after_a_true_beginning_are_refused(request: pytest.FixtureRequest) -> None:
    rng = Random(3)
    for _ in range(tries(request, 300, 5000)):
        data = parcel_file.MAGIC + rng.randbytes(rng.randrange(200))
        with pytest.raises(UserError):
            parcel_file.unpacked(data)

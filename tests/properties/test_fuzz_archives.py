"""Whole exports and mötespaket from outside, damaged, or made by somebody who knows how to seal them again."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings

from finsam_desktop import leaving
from finsam_desktop.archive import manifest as lists
from finsam_desktop.archive.verify import verify
from finsam_desktop.domain.parcel_values import Receiver
from finsam_desktop.parcels import received
from finsam_desktop.storage import parcel_file
from finsam_desktop.workspace import Workspace
from tests.fuzzing import (
    Memory,
    Step,
    damaged,
    damaged_json,
    damaged_zip,
    grown_zip,
    judged,
    steps,
    tries,
    zipped,
)

DOCUMENTS = Path(__file__).parents[1] / "data" / "documents"
AT = datetime(2026, 11, 22, 9)


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of this version with a meeting, history, attachments and exports."""
    path = tmp_path_factory.mktemp("fil") / "bygden.finsam"
    shutil.copyfile(max(DOCUMENTS.glob("version-*.finsam")), path)
    with Workspace.open(path, user="Anna"):
        return path


@pytest.fixture(scope="module")
def export(release: Path) -> bytes:
    out = release.with_name("allt.zip")
    with Workspace.open(release, user="Anna", read_only=True) as workspace:
        leaving.export_all(workspace, out, now=AT, papers=False)
    return out.read_bytes()


def _sealed(content: bytes, damage: list[Step]) -> bytes:
    """A part changed as its kind is, and the list made to fit it: nothing but the part's own meaning is wrong."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    data = [name for name in parts if name.startswith("Data/")]
    name = data[damage[0].odd % len(data)]
    if name.endswith(".json"):
        parts[name] = damaged_json(parts[name], damage)
    elif name.endswith(".zip"):
        parts[name] = damaged_zip(parts[name], damage)
    elif name.endswith(".jsonl"):
        lines = parts[name].split(b"\n")
        at = min(int(damage[0].place * len(lines)), len(lines) - 1)
        lines[at] = damaged_json(lines[at], damage) if lines[at] else b"[]"
        parts[name] = b"\n".join(lines)
    else:
        parts[name] = damaged(parts[name], damage)
    listed = json.loads(parts[lists.NAME])
    for entry in listed["entries"]:
        if entry["path"] == name:
            entry["size"], entry["sha256"] = len(parts[name]), sha256(parts[name]).hexdigest()
    listed["seal"] = ""
    from msgspec import convert

    parts[lists.NAME] = lists.written(convert(listed, lists.Manifest))
    return zipped(list(parts.items()))


def _imported(content: bytes, folder: Path) -> None:
    place, out = folder / "allt.zip", folder / "ny.finsam"
    out.unlink(missing_ok=True)
    place.write_bytes(content)
    try:
        leaving.import_all(place, out)
    except BaseException:
        assert not out.exists(), "half a file is left"
        raise
    with Workspace.open(out, user="Bo") as workspace:
        assert workspace.meetings


Way = Callable[[bytes, list[Step]], bytes]
WAYS: dict[str, Way] = {"bytes": damaged_zip, "sealed": _sealed}
ways = pytest.mark.parametrize("way", WAYS)


def _fuzzed(content: bytes, way: Way, use: Callable[[bytes], None], number: settings) -> list[str]:
    told: list[str] = []

    @number
    @given(steps)
    def tried(damage: list[Step]) -> None:
        changed = way(content, damage)
        told.append(judged(lambda: use(changed), damage).told)

    with Memory():
        tried()
    return told


def test_a_whole_export_is_read(export: bytes, tmp_path: Path) -> None:
    assert judged(lambda: _imported(export, tmp_path)).told == ""


@ways
def test_damaged_exports_are_refused(export: bytes, way: str, tmp_path: Path) -> None:
    assert any(_fuzzed(export, WAYS[way], lambda content: _imported(content, tmp_path), tries(10)))


@pytest.mark.long
@ways
def test_many_damaged_exports(export: bytes, way: str, tmp_path: Path) -> None:
    assert any(_fuzzed(export, WAYS[way], lambda content: _imported(content, tmp_path), tries(500)))


def test_an_export_that_grows_without_end_is_refused(export: bytes, tmp_path: Path) -> None:
    place = tmp_path / "allt.zip"
    place.write_bytes(grown_zip(export, 100))
    with Memory():
        assert not judged(lambda: verify(place)).told
        judged(lambda: _imported(place.read_bytes(), tmp_path))


# Mötespaket


@pytest.fixture(scope="module")
def parcel(release: Path) -> bytes:
    copy = release.with_name("paketets.finsam")
    shutil.copyfile(release, copy)
    out = release.with_name("prov.motespaket")
    with Workspace.open(copy, user="Anna") as workspace:
        received.make_parcel(workspace, workspace.meetings[0].id, out, receiver=Receiver(name="Bo"), at=AT)
    return out.read_bytes()


def _parts_of(parcel: bytes) -> tuple[bytes, bytes]:
    """The head's JSON and the archive after it."""
    _magic, _version, size = parcel_file._START.unpack_from(parcel)
    start = parcel_file._START.size
    return parcel[start : start + size], parcel[start + size + 32 :]


def _put_together(head: bytes, body: bytes) -> bytes:
    start = parcel_file._START.pack(parcel_file.MAGIC, parcel_file.VERSION, len(head)) + head
    return start + sha256(start).digest() + body


def _sealed_parcel(parcel: bytes, damage: list[Step]) -> bytes:
    """Content or head changed, with checksums that fit."""
    head, body = _parts_of(parcel)
    if damage[0].size % 3 == 0:
        return _put_together(damaged_json(head, damage), body)
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    if damage[0].size % 3 == 1:
        parts = [
            (name, damaged_json(part, damage) if name.endswith(".json") else part) for name, part in parts
        ]
        body = zipped(parts)
    else:
        body = damaged_zip(body, damage)
    told = json.loads(head)
    told["size"], told["sha256"] = len(body), sha256(body).hexdigest()
    return _put_together(json.dumps(told).encode(), body)


PARCEL_WAYS: dict[str, Way] = {"bytes": damaged, "sealed": _sealed_parcel}


def _opened(content: bytes, folder: Path) -> None:
    place, work = folder / "prov.motespaket", folder / "arbete"
    shutil.rmtree(work, ignore_errors=True)
    place.write_bytes(content)
    parcel_file.head(content, place.name)
    with received.open_parcel(place, user="Bo", folder=work).workspace as workspace:
        assert workspace.meetings


@pytest.mark.parametrize("amount", ["sNaN", "NaN", "-Infinity"])
def test_amounts_that_cannot_be_compared_are_refused(parcel: bytes, amount: str, tmp_path: Path) -> None:
    head, body = _parts_of(parcel)
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    tree = json.loads(parts["paket.json"])
    item = next(item for item in tree["meeting"]["items"] if item.get("figures"))
    cells = item["figures"][0]["rows"][-1]["cells"]
    next(cell for cell in cells if cell.get("amount"))["amount"] = amount
    parts["paket.json"] = json.dumps(tree).encode()
    body, told = zipped(list(parts.items())), json.loads(head)
    told["size"], told["sha256"] = len(body), sha256(body).hexdigest()
    refused = judged(lambda: _opened(_put_together(json.dumps(told).encode(), body), tmp_path)).told
    assert refused.startswith("prov.motespaket öppnades inte: ")


def test_a_whole_parcel_is_opened(parcel: bytes, tmp_path: Path) -> None:
    assert judged(lambda: _opened(parcel, tmp_path)).told == ""


@pytest.mark.parametrize("way", PARCEL_WAYS)
def test_damaged_parcels_are_refused(parcel: bytes, way: str, tmp_path: Path) -> None:
    assert any(_fuzzed(parcel, PARCEL_WAYS[way], lambda content: _opened(content, tmp_path), tries(10)))


@pytest.mark.long
@pytest.mark.parametrize("way", PARCEL_WAYS)
def test_many_damaged_parcels(parcel: bytes, way: str, tmp_path: Path) -> None:
    assert any(_fuzzed(parcel, PARCEL_WAYS[way], lambda content: _opened(content, tmp_path), tries(500)))

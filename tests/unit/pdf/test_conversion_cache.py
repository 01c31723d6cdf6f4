"""What was converted is kept within a size, and an entry that is not whole is as if it was not there."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finsam_desktop.pdf.cache import PASSING_S, ConversionCache, Kept

KEPT = Kept(pdf=b"%PDF-1.7 " + bytes(range(256)) + b"%%EOF", tagged=True, program="LibreOffice")


def entry(folder: Path) -> Path:
    (path,) = (path for path in folder.iterdir() if path.suffix == ".sidor")
    return path


def test_what_is_put_is_got(tmp_path: Path) -> None:
    cache = ConversionCache(tmp_path / "ny")
    assert cache.get("nyckel") is None
    cache.put("nyckel", KEPT)
    assert cache.get("nyckel") == KEPT
    assert ConversionCache(tmp_path / "ny").get("nyckel") == KEPT
    assert cache.get("annan") is None


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(0, 500), change=st.integers(0, 500))
def test_an_entry_that_is_cut_or_changed_is_never_used(tmp_path: Path, cut: int, change: int) -> None:
    cache = ConversionCache(tmp_path)
    cache.put("nyckel", KEPT)
    whole = entry(tmp_path).read_bytes()
    entry(tmp_path).write_bytes(whole[: min(cut, len(whole) - 1)])
    assert cache.get("nyckel") is None
    cache.put("nyckel", KEPT)
    place = len(whole) - 1 - change % len(KEPT.pdf)
    entry(tmp_path).write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
    assert cache.get("nyckel") is None
    assert not any(path.suffix == ".sidor" for path in tmp_path.iterdir())


@pytest.mark.parametrize(
    "head", [b"null", b"{}", b'{"sha256": 1}', b"[]", b"\xff", b'{"sha256": "x", "mer": 1}']
)
def test_a_head_that_makes_no_sense_is_not_used(tmp_path: Path, head: bytes) -> None:
    cache = ConversionCache(tmp_path)
    (tmp_path / "nyckel.sidor").write_bytes(head + b"\n%PDF")
    assert cache.get("nyckel") is None


def test_the_least_used_entries_go_when_the_folder_is_full(tmp_path: Path) -> None:
    cache = ConversionCache(tmp_path, max_bytes=5_000)
    for number in range(10):
        cache.put(str(number), Kept(pdf=bytes(900), tagged=True, program=""))
        os.utime(tmp_path / f"{number}.sidor", (number + 1.0, number + 1.0))
    assert cache.get("0") is not None, "used now, so it stays"
    cache.thin()
    assert [number for number in range(10) if cache.get(str(number)) is not None] == [0, 8, 9]
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 5_000


def test_a_problem_that_may_pass_is_forgotten_in_time(tmp_path: Path) -> None:
    cache = ConversionCache(tmp_path)
    cache.put("nyckel", Kept(pdf=b"", tagged=False, program="", problem="För långsam", lasting=False))
    assert cache.get("nyckel") is not None
    old = time.time() - PASSING_S - 1
    os.utime(entry(tmp_path), (old, old))
    assert cache.get("nyckel") is None


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("inte en mapp")
    cache = ConversionCache(tmp_path / "fil")
    cache.put("nyckel", KEPT)
    cache.thin()
    assert cache.get("nyckel") is None

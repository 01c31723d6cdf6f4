"""An .xls that claims more than it is gets a message before the compiled reader sees it, in little memory."""

from __future__ import annotations

import struct
import sys
from pathlib import Path

import pytest

from finsam_desktop.errors import UserError
from finsam_desktop.sources import read_workbook_bytes
from tests.unit.sources import cost, workbooks
from tests.unit.sources.workbooks import record

GOOD = (Path(__file__).parents[2] / "data" / "spreadsheets" / "Resultatrapport T2 2026.xls").read_bytes()
STREAM = workbooks.xls_stream(GOOD)
END = record(0x0A, b"")
BEGIN = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))


def number(row: int, column: int) -> bytes:
    return record(0x203, struct.pack("<HHHd", row, column, 0, 1.5))


def in_circles() -> bytes:
    """The workbook's chain of sectors leads back to its own beginning."""
    content = bytearray(workbooks.xls_of(STREAM))
    struct.pack_into("<I", content, 512 + 4 * (1 + 1 + 5), 2)
    return bytes(content)


def records(kind: int) -> list[int]:
    """Where the records of a kind begin."""
    found, place = [], 0
    while place + 4 <= len(STREAM):
        here, length = struct.unpack_from("<HH", STREAM, place)
        if here == kind:
            found.append(place)
        place += 4 + length
    return found


def with_record(kind: int, body: bytes) -> bytes:
    """A good workbook with one more record last in its last sheet."""
    place = records(0x0A)[-1]
    return workbooks.xls_of(STREAM[:place] + record(kind, body) + STREAM[place:])


def claiming(kind: int, body: bytes) -> bytes:
    """A good workbook whose records of a kind begin with other words."""
    stream = bytearray(STREAM)
    for place in records(kind):
        stream[place + 4 : place + 4 + len(body)] = body
    return workbooks.xls_of(bytes(stream))


def many_sheets() -> bytes:
    listed = record(0x85, struct.pack("<IBB", 0, 0, 0) + bytes((1, 0)) + b"B")
    return workbooks.xls_of(BEGIN + listed * 600 + END)


HOSTILE = {
    "cirkel.xls": (in_circles(), "är skadad"),
    "långt.xls": (with_record(0x203, number(65_535, 65_535)[4:]), "är för stort att läsa"),
    "brett.xls": (
        with_record(0xBD, struct.pack("<HH", 60_000, 60_000) + bytes(8) + struct.pack("<H", 60_001)),
        "är för stort att läsa",
    ),
    "texter.xls": (claiming(0xFC, struct.pack("<II", 1, 0xFFFFFFF0)), "är skadad"),
    "blad.xls": (many_sheets(), "har fler än 500 blad"),
    "tom.xls": (workbooks.xls_of(b""), "har inget blad"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_an_old_workbook_claims_is_not_believed(name: str) -> None:
    content, told = HOSTILE[name]
    with pytest.raises(UserError) as caught:
        read_workbook_bytes(content, name)
    assert name in caught.value.message
    assert told in caught.value.message
    assert len(caught.value.advice) > 20


@pytest.mark.skipif(sys.platform != "linux", reason="measures memory by /proc")
@pytest.mark.parametrize("name", ["cirkel.xls", "långt.xls"])
def test_a_hostile_old_workbook_costs_little(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(HOSTILE[name][0])
    (tmp_path / "bra.xls").write_bytes(GOOD)
    taken = cost.of_reading(tmp_path / name, tmp_path / "bra.xls")
    assert taken.seconds < cost.MOST_SECONDS, taken
    assert taken.megabytes < cost.MOST_MEGABYTES, taken


def test_a_claimed_size_is_left_out_and_the_cells_are_read() -> None:
    """Excel leaves old sizes behind; the reader would set aside memory for all of it."""
    content = claiming(0x200, struct.pack("<IIHHH", 0, 65_536, 0, 256, 0))
    expected = read_workbook_bytes(GOOD, "bra.xls").sheets
    assert [list(sheet.rows) for sheet in read_workbook_bytes(content, "stor.xls").sheets] == [
        list(sheet.rows) for sheet in expected
    ]


def test_a_workbook_larger_than_one_table_of_sectors() -> None:
    content = workbooks.xls_of(STREAM + bytes(600_000))
    assert read_workbook_bytes(content, "stor.xls").sheets[0].row_count > 5

"""What an association's own look does, and the rules of files and colours."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_desktop.documents import Document, file_name
from finsam_desktop.documents.accent import ACCENT, LEAST_CONTRAST, contrast_on_white, readable
from finsam_desktop.documents.figure_blocks import TEXT_WIDTH, figure_block
from finsam_desktop.documents.kinds import safe_stem
from finsam_desktop.documents.letterhead import letterhead, picture_size
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.word import Picture
from tests.reference import example


def png(width: int, height: int) -> bytes:
    """A white picture."""
    rows = b"".join(b"\x00" + b"\xff" * 3 * width for _ in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def test_file_names() -> None:
    meeting = Meeting(date=date(2026, 10, 29))
    assert file_name(Document.KALLELSE, meeting) == "2026-10-29 Kallelse.docx"
    assert file_name(Document.TERTIALRAPPORT, example.meeting()) == "2026-10-29 Tertialrapport.docx"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Förslag: budget/plan?", "Förslag- budget-plan-"),
        ("CON", "_CON"),
        ("lpt1.txt", "_lpt1.txt"),
        ("slut. ", "slut"),
        ("a\tb\nc", "a-b-c"),
        ("...", "Dokument"),
        ("x" * 300, "x" * 120),
    ],
)
def test_names_that_windows_takes(text: str, expected: str) -> None:
    assert safe_stem(text) == expected


@given(st.text(max_size=200))
def test_any_text_becomes_a_name(text: str) -> None:
    name = safe_stem(text)
    assert name
    assert len(name) <= 121
    assert not set(name) & set('<>:"/\\|?*')
    assert name == name.strip(" .")


@given(st.integers(min_value=0, max_value=0xFFFFFF))
def test_accent_can_always_be_read_on_white(value: int) -> None:
    colour = f"#{value:06x}"
    made = readable(colour)
    assert contrast_on_white(made) >= LEAST_CONTRAST
    if contrast_on_white(colour[1:]) >= LEAST_CONTRAST:
        assert made == colour[1:].upper()


@pytest.mark.parametrize("text", ["", "blå", "#12345", "rgb(1,2,3)"])
def test_what_is_no_colour_gives_ours(text: str) -> None:
    assert readable(text) == ACCENT


def test_contrast_of_black_and_white() -> None:
    assert round(contrast_on_white("000000"), 1) == 21.0
    assert round(contrast_on_white("FFFFFF"), 1) == 1.0


def test_associations_accent_is_in_every_part_that_had_ours() -> None:
    known = example.association()
    green = replace(known, letterhead=replace(known.letterhead, accent="#2F6B3A"))
    with zipfile.ZipFile(io.BytesIO(example.docx(Document.TERTIALRAPPORT, of=green))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name.endswith(".xml")}
    assert not [name for name, content in parts.items() if ACCENT.encode() in content]
    assert b"2F6B3A" in parts["word/styles.xml"]
    assert b"2F6B3A" in parts["word/theme/theme1.xml"]
    assert [name for name, content in parts.items() if "charts/" in name and b"2F6B3A" in content]


@pytest.mark.parametrize(
    ("size", "kind"),
    [((96, 96), "logo"), ((120, 96), "logo"), ((400, 100), "wide_logo"), ((2000, 100), "wide_logo")],
)
def test_logo_takes_its_own_cell_or_the_names(size: tuple[int, int], kind: str) -> None:
    made = letterhead(example.association(), lambda _: png(*size))
    other = "wide_logo" if kind == "logo" else "logo"
    assert isinstance(made[kind], Picture)
    assert made[other] == ""
    assert "Samordningsförbundet Exempelbygden" in made[kind].description


def test_no_logo() -> None:
    known = example.association()
    bare = replace(known, letterhead=replace(known.letterhead, logo=""))
    made = letterhead(bare, lambda _: pytest.fail("no file is asked for"))
    assert (made["logo"], made["wide_logo"]) == ("", "")


def test_size_of_pictures() -> None:
    assert picture_size(png(7, 3)) == (7, 3)
    jpeg = (
        b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08" + struct.pack(">HH", 30, 70) + b"\x01\x01\x11\x00"
    )
    assert picture_size(jpeg) == (70, 30)
    assert picture_size(b"GIF89a") == (1, 1)


def test_widths_of_figure_tables_fill_the_page() -> None:
    for table in example.tables():
        block = figure_block(table)
        widths = [column.width_mm for column in block.columns]
        assert abs(sum(widths) - TEXT_WIDTH) < 0.1
        assert all(width >= 16.9 for width in widths[1:])
        assert all(len(row.cells) == len(widths) for row in block.rows)

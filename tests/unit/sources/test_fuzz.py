"""Damaged and odd files of every kind: read or refused with a message, never a crash, never more than two seconds.

Good files are damaged by a mutator of our own with a seed for each input, so that a failure can be made again.
"""

from __future__ import annotations

import random
import time
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Final

import pytest

from finsam_desktop.errors import UserError
from finsam_desktop.sources import pasted_workbook, read_workbook_bytes, recognise
from finsam_desktop.sources.mapped_books import has_accounts, mapped_books
from finsam_desktop.sources.sie.balances import latest_tertial
from tests.unit.sources import sender_layouts, sie_files, workbooks

DATA: Final = Path(__file__).parents[2] / "data" / "spreadsheets"
ODD: Final = (
    b"", b"\0", b"\xff\xfe", b"<", b">", b"&", b'"', b"'", b"</c>", b"<v>", b"</v>", b"-", b"1e309", b"9" * 40, b"A1",
    b"XFD1048576", b"0", b"-1", b"4294967296", b"&#0;", b"&#xD800;", b"]]>", b"<!--", b"<![CDATA[", b"s=\"99999\"",
    b't="s"', b't="e"', b"{", b"}", b"#VER", b"\r", b"\n", b"\t", b";", b"%", b"\xe5\xe4\xf6", b"_x0000_", b"A0",
)  # fmt: skip


def damaged(content: bytes, rng: random.Random) -> bytes:
    """``content`` with a few bytes changed, cut out, doubled or moved."""
    data = bytearray(content)
    for _ in range(rng.choice((1, 1, 2, 3, 8))):
        if not data:
            break
        place = rng.randrange(len(data))
        match rng.randrange(6):
            case 0:
                data[place] = rng.randrange(256)
            case 1:
                del data[place : place + rng.choice((1, 2, 10, 200, 5_000))]
            case 2:
                data[place:place] = rng.choice(ODD)
            case 3:
                end = place + rng.randrange(1, 300)
                data[place:place] = data[place:end] * rng.choice((1, 2, 50))
            case 4:
                data[place : place + len(odd)] = (odd := rng.choice(ODD))
            case _:
                data = data[:place] if rng.random() < 0.3 else data[place:] + data[:place]
    return bytes(data)


def damaged_zip(content: bytes, rng: random.Random) -> bytes:
    """A zip archive with one of its parts damaged, or its own bytes."""
    if rng.random() < 0.25:
        return damaged(content, rng)
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        names = source.namelist()
        hit = rng.choice(names)
        for name in names:
            part = source.read(name)
            if name == hit and name != "mimetype":
                if rng.random() < 0.1:
                    continue
                part = damaged(part, rng)
            made.writestr(source.getinfo(name) if name == "mimetype" else name, part)
    return out.getvalue()


def damaged_xls(content: bytes, rng: random.Random) -> bytes:
    """An .xls with its container damaged, or more often the records in it."""
    if rng.random() < 0.3:
        return damaged(content, rng)
    return workbooks.xls_of(damaged(workbooks.xls_stream(content), rng))


def ods() -> bytes:
    """A small OpenDocument sheet with words, amounts, days, shares, an error and cells that repeat."""

    def cell(kind: str, value: str, text: str, more: str = "") -> str:
        held = {"float": "value", "percentage": "value", "date": "date-value"}.get(kind, "")
        written = f' office:{held}="{value}"' if held else ""
        return f'<table:table-cell office:value-type="{kind}"{written}{more}><text:p>{text}</text:p></table:table-cell>'

    rows = [
        cell("string", "", "Konto") + cell("string", "", "Benämning") + cell("string", "", "Utfall jan-aug 2026"),
        *(cell("float", n, n) + cell("string", "", name) + cell("float", str(o), str(o))
          for n, name, o, _, _ in sender_layouts.ACCOUNTS),
        cell("string", "", "Andel") + "<table:table-cell/>" + cell("percentage", "0.74", "74 %"),
        cell("date", "2026-08-31", "2026-08-31") + "<table:covered-table-cell/>"
        + cell("string", "", "#DIV/0!", ' calcext:value-type="error"'),
    ]  # fmt: skip
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    body += '<table:table-row table:number-rows-repeated="1048500"><table:table-cell ' \
        'table:number-columns-repeated="1024"/></table:table-row>'  # fmt: skip
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text")
    )
    names += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names}><office:body><office:spreadsheet>'
        f'<table:table table:name="Blad1">{body}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        made.writestr("META-INF/manifest.xml", manifest)
        made.writestr("content.xml", content)
    return out.getvalue()


HTML: Final = (
    "<table><tr><td>Konto<td>Benämning<td colspan=2>Utfall 2026<tr><td>3010<td rowspan=2>Bidrag &aring;<td x:num='4.5'>"
    '4,5<td>1<tr><td>4010<td sdval="-3">-3 kr<td data-sheets-value=\'{"1":3,"3":7}\'>7</table>'
).encode()


def opened(content: bytes, name: str) -> None:
    """All that is done with a file that a person drops, up to the reports."""
    book = read_workbook_bytes(content, name)
    tables = [table for table in recognise(book) if has_accounts(table)]
    for sheet in book.sheets:
        for row in list(sheet.rows)[:50]:
            assert all(cell.address for cell in row)
    if tables and not name.endswith((".se", ".si")):
        with suppress(UserError):
            latest_tertial(mapped_books(book, tables))


def pasted(content: bytes, _name: str) -> None:
    text = content.decode("utf-8", "surrogateescape")
    recognise(pasted_workbook(text, text))


Kind = tuple[
    str, Callable[[], list[bytes]], Callable[[bytes, random.Random], bytes], Callable[[bytes, str], None]
]
KINDS: Final[list[Kind]] = [
    ("bok.xlsx", lambda: [sender_layouts.visma(), sender_layouts.fortnox(), sender_layouts.raindance()], damaged_zip,
     opened),
    ("bok.ods", lambda: [ods(), (DATA / "Resultatrapport T2 2026.ods").read_bytes()], damaged_zip, opened),
    ("bok.xls", lambda: [(DATA / "Resultatrapport T2 2026.xls").read_bytes()], damaged_xls, opened),
    ("bok.csv", lambda: [made := sender_layouts.csv_export(), made.replace(b";", b"\t")], damaged, opened),
    ("bok.se", lambda: [sie_files.made(kind).encode("cp437") for kind in ("1", "2", "3", "4E", "4I")], damaged, opened),
    ("klistrat.html", lambda: [HTML, HTML.replace(b"<td>", b"\t").replace(b"<tr>", b"\n")], damaged, pasted),
]  # fmt: skip


def fuzz(kind: Kind, first: int, count: int) -> int:
    """Try ``count`` inputs; how many of them were read and not refused."""
    name, seeds, mutate, use = kind
    good, read = seeds(), 0
    for seed in range(first, first + count):
        rng = random.Random(zlib.crc32(name.encode()) + seed)
        content = mutate(rng.choice(good), rng)
        started = time.process_time()
        try:
            use(content, name)
            read += 1
        except UserError as error:
            if not (error.message and error.advice):
                pytest.fail(f"{name}, frö {seed}: {error!r} säger inte vad man gör")
        except BaseException as error:  # calamine's panics are no Exceptions
            raise AssertionError(f"{name}, frö {seed}") from error
        assert time.process_time() - started < 2, (name, seed)
    return read


@pytest.mark.parametrize("kind", KINDS, ids=[kind[0] for kind in KINDS])
def test_good_files_are_good(kind: Kind) -> None:
    name, seeds, _, use = kind
    for content in seeds():
        use(content, name)


@pytest.mark.parametrize("kind", KINDS, ids=[kind[0] for kind in KINDS])
def test_damaged_files_are_read_or_refused(kind: Kind) -> None:
    assert 0 < fuzz(kind, 0, 40) <= 40


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS, ids=[kind[0] for kind in KINDS])
def test_thousands_of_damaged_files_are_read_or_refused(kind: Kind) -> None:
    assert fuzz(kind, 1_000, 2_000) > 100

"""Workbooks made for the tests, good and bad, as bytes."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

import olefile
import openpyxl

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def saved(book: openpyxl.Workbook) -> bytes:
    """The bytes that openpyxl writes for ``book``."""
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def of_rows(rows: Iterable[Sequence[Any]], *, sheet: str = "Blad1") -> bytes:
    """A workbook with one sheet holding ``rows``."""
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(list(row))
    return saved(book)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip archive with ``parts``."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def written(
    sheet_data: str,
    *,
    strings: str = "",
    styles: str = "",
    after: str = "",
    before: str = "",
    book: str = "",
    names: str = "",
    sheets: Sequence[str] = ("Blad1",),
) -> bytes:
    """A workbook whose sheet XML is given: ``sheet_data`` inside sheetData, ``after`` behind it."""
    relations = [f'<Relationship Id="s{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
                 for n in range(len(sheets))]  # fmt: skip
    parts: dict[str, str | bytes] = {}
    if strings:
        relations.append(f'<Relationship Id="t" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>')
        parts["xl/sharedStrings.xml"] = f'{HEAD}<sst xmlns="{MAIN}">{strings}</sst>'
    if styles:
        relations.append(f'<Relationship Id="f" Type="{OFFICE}/styles" Target="styles.xml"/>')
        parts["xl/styles.xml"] = f'{HEAD}<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'
    listed = "".join(f'<sheet name="{name}" sheetId="{n + 1}" r:id="s{n}"/>' for n, name in enumerate(sheets))
    parts["xl/workbook.xml"] = (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{book}<sheets>{listed}</sheets>{names}</workbook>'
    )
    parts["xl/_rels/workbook.xml.rels"] = (
        f'{HEAD}<Relationships xmlns="{PACKAGE}">{"".join(relations)}</Relationships>'
    )
    parts["_rels/.rels"] = (
        f'{HEAD}<Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="b" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    )
    for n in range(len(sheets)):
        parts[f"xl/worksheets/sheet{n}.xml"] = (
            f'{HEAD}<worksheet xmlns="{MAIN}">{before}<sheetData>{sheet_data}</sheetData>{after}</worksheet>'
        )
    return zipped(parts)


def replaced(content: bytes, part: str, new: str | bytes) -> bytes:
    """``content`` with one part replaced or added."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    return zipped({**parts, part: new})


def protected() -> bytes:
    """A workbook protected by a password: an OLE compound file whose directory has EncryptionInfo and EncryptedPackage.

    Layout as [MS-CFB] 2.2 and 2.6: header, one FAT sector, one directory sector, then the (random-looking) package.
    """
    sector = 512
    package = bytes((n * 73 + 41) % 256 for n in range(8 * sector))
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9, 6,
        0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0,
    )  # fmt: skip
    header += struct.pack("<I", 0) + b"\xff" * (sector - len(header) - 4)
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 10), 0xFFFFFFFE]
    fat = struct.pack(f"<{len(chain)}I", *chain).ljust(sector, b"\xff")
    directory = b"".join((
        _entry("Root Entry", 5, child=1),
        _entry("EncryptionInfo", 2, right=2, start=2, size=sector),
        _entry("EncryptedPackage", 2, start=3, size=7 * sector),
        _entry("", 0),
    ))  # fmt: skip
    return header + fat + directory + package


def _entry(name: str, kind: int, *, right: int = -1, child: int = -1, start: int = 0, size: int = 0) -> bytes:
    encoded = (name + "\0").encode("utf-16-le") if name else b""
    return struct.pack(
        "<64sHBBiii16xIQQIQ", encoded, len(encoded), kind, 1, -1, right, child, 0, 0, 0, start, size
    ).ljust(128, b"\0")


def bomb(part: str, megabytes: int) -> bytes:
    """A workbook whose ``part`` inflates to ``megabytes`` of spaces inside valid XML."""
    out = BytesIO()
    good = written("")
    with zipfile.ZipFile(BytesIO(good)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            if name != part:
                archive.writestr(name, source.read(name))
        with archive.open(part, "w", force_zip64=True) as target:
            target.write(f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>'.encode())
            for _ in range(megabytes):
                target.write(b" " * 2**20)
            target.write(b"</sheetData></worksheet>")
    return out.getvalue()


def lying_bomb(part: str, megabytes: int) -> bytes:
    """As ``bomb``, but the archive says that the part is 1 000 bytes."""
    content = bytearray(bomb(part, megabytes))
    size = struct.pack("<I", 1_000)
    name = part.encode()
    place = content.find(name)
    while place >= 0:
        for signature, header, offset in ((b"PK\x03\x04", 30, 22), (b"PK\x01\x02", 46, 24)):
            start = place - header
            if content[start : start + 4] == signature:
                content[start + offset : start + offset + 4] = size
        place = content.find(name, place + 1)
    return bytes(content)


def xls_stream(content: bytes) -> bytes:
    """The records of an .xls file."""
    with olefile.OleFileIO(BytesIO(content)) as container, container.openstream("Workbook") as stream:
        read: bytes = stream.read()
    return read


def xls_of(stream: bytes) -> bytes:
    """An .xls file with these records, in a compound file with sectors of 512 bytes ([MS-CFB] 2.2)."""
    sector = 512
    stream = stream.ljust(max(4096, -(-len(stream) // sector) * sector), b"\0")
    count = len(stream) // sector
    tables = -(-(count + 2) // 127)
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9, 6,
        0, tables, tables, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0,
    )  # fmt: skip
    header = (header + struct.pack(f"<{tables}I", *range(tables))).ljust(sector, b"\xff")
    chain = [*(0xFFFFFFFD,) * tables, 0xFFFFFFFE, *range(tables + 2, tables + 1 + count), 0xFFFFFFFE]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(tables * sector, b"\xff")
    directory = b"".join((
        _entry("Root Entry", 5, child=1), _entry("Workbook", 2, start=tables + 1, size=len(stream)),
        _entry("", 0), _entry("", 0),
    ))  # fmt: skip
    return header + table + directory + stream


def record(kind: int, body: bytes) -> bytes:
    """A record of an .xls file ([MS-XLS] 2.1.4)."""
    return struct.pack("<HH", kind, len(body)) + body

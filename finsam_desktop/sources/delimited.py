"""Reading .csv and .tsv: encoding, separator and decimal sign are told from the bytes."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from io import StringIO
from typing import Final

from finsam_desktop.errors import UserError
from finsam_desktop.sources.cell_numbers import parse_number
from finsam_desktop.sources.letters import likely_letters, wide_letters
from finsam_desktop.sources.workbook import RawValue, Sheet, Workbook

MAX_ROWS: Final = 300_000
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}$")
#: Account numbers, organisation numbers and the like keep their zeros.
_CODE: Final = re.compile(r"0\d+$")
_STEP: Final = 1000
"""Rows between the moments when the reading can be stopped."""


def read_delimited(
    content: bytes, file_name: str, sha256: str, progress: Callable[[int, int], None] | None = None
) -> Workbook:
    """One sheet with the file's cells; numbers in the Swedish way become numbers. UserError when it is not text.

    ``progress`` may raise to stop.
    """
    text = decode(content, file_name)
    separator = separator_of(text)
    rows: list[tuple[RawValue, ...]] = []
    try:
        for cells in csv.reader(StringIO(text, newline=""), delimiter=separator):
            rows.append(_trimmed(tuple(cell_value(cell) for cell in cells)))
            if progress is not None and len(rows) % _STEP == 0:
                progress(0, 1)
            if len(rows) > MAX_ROWS:
                raise UserError(
                    f"Filen {file_name} har fler än {MAX_ROWS} rader.",
                    advice="Spara den del som behövs i en egen fil.",
                )
    except csv.Error as error:
        raise UserError(
            f"Filen {file_name} går inte att läsa som en tabell, från rad {len(rows) + 1}.",
            advice="Öppna den i Excel och spara den som Excel-arbetsbok (.xlsx).",
            detail=str(error),
        ) from error
    sheet = Sheet(
        name=file_name.rpartition(".")[0] or file_name,
        values=tuple(rows),
        styles=(None,) * len(rows),
        formats=("General",),
    )
    return Workbook(file_name=file_name, sha256=sha256, sheets=(sheet,))


def decode(content: bytes, file_name: str) -> str:
    """The text, by byte order mark, else UTF-8 when it is valid, else by which set's Swedish letters the bytes are."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError as error:
                raise _not_text(file_name) from error
    if b"\0" in content:
        if wide := wide_letters(content):
            return content.decode(wide, "replace")
        raise _not_text(file_name)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode(likely_letters(content, usual="cp1252"), "replace")
    # Excel for Mac ends its lines with a lone carriage return.
    return text.replace("\r\n", "\n").replace("\r", "\n")


def separator_of(text: str) -> str:
    """The separator that gives most lines the same number of cells; semicolon, as Swedish Excel writes, first."""
    lines = [line for line in text.splitlines()[:200] if line.strip()]
    best, best_score = ";", 0
    for separator in (";", "\t", ",", "|"):
        counts = Counter(line.count(separator) for line in lines if separator in line)
        if not counts:
            continue
        cells, times = counts.most_common(1)[0]
        if cells * times > best_score and (separator != "," or not _decimal_commas(lines)):
            best, best_score = separator, cells * times
    return best


def _decimal_commas(lines: list[str]) -> bool:
    """True when every comma stands inside a number: then it is no separator."""
    return all(
        re.search(r"\d,\d", line) and line.count(",") == len(re.findall(r"\d,\d", line))
        for line in lines
        if "," in line
    )


def cell_value(cell: str) -> RawValue:
    """The number, day or text that a cell's text writes; codes with a leading zero and shares stay as they are."""
    plain = cell.strip()
    if not plain:
        return None
    if _DAY.match(plain):
        try:
            return date.fromisoformat(plain)
        except ValueError:
            return cell
    if _CODE.match(plain) or plain.endswith("%"):
        return cell
    number = parse_number(plain)
    return cell if number is None else float(number)


def _trimmed(cells: tuple[RawValue, ...]) -> tuple[RawValue, ...]:
    last = len(cells)
    while last and cells[last - 1] is None:
        last -= 1
    return cells[:last]


def _not_text(file_name: str) -> UserError:
    return UserError(
        f"Filen {file_name} är ingen textfil med tabell.",
        advice="Öppna den i Excel och spara den som Excel-arbetsbok (.xlsx).",
    )

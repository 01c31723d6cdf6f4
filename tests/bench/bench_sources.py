"""Reading a spreadsheet against openpyxl in read-only mode: values, number formats and names of 200 rows."""

from __future__ import annotations

import random
import tempfile
from datetime import date
from pathlib import Path

import openpyxl
from openpyxl.workbook.defined_name import DefinedName

from finsam_desktop.sources import read_workbook
from tests.bench.measure import Measure, interleaved_seconds

ROWS = 200
TURNS = 21
GOAL = 0.30
FORMATS = (None, None, "yyyy-mm-dd", '#,##0.00 "kr"', '#,##0.00 "kr"', "#,##0;[Red]-#,##0", "0.0%", None)


def write(path: Path, rows: int) -> None:
    """A ledger of ``rows`` rows in eight columns with number formats and a defined name."""
    rng = random.Random(3)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Tertial 1"
    sheet.append(["Samordningsförbundet Exempelbygden"])
    sheet.append([])
    sheet.append(["Konto", "Namn", "Datum", "Budget", "Utfall", "Avvikelse", "Andel", "Klar"])
    for number in range(rows):
        budget = round(rng.uniform(1e3, 9e5), 2)
        outcome = round(budget * rng.uniform(0.7, 1.3), 2)
        day = date(2026, 1 + number % 12, 1 + number % 28)
        sheet.append([3000 + number % 5000, f"Insats å ä ö {number % 97}", day, budget, outcome, outcome - budget,
                      (outcome - budget) / budget, number % 2 == 0])  # fmt: skip
        for column, code in enumerate(FORMATS, start=1):
            if code:
                sheet.cell(number + 4, column).number_format = code
    book.defined_names["Utfall_T1"] = DefinedName("Utfall_T1", attr_text=f"'Tertial 1'!$A$3:$H${rows + 3}")
    book.save(path)


def by_openpyxl(path: Path) -> int:
    """Read with the peer; returns the number of cells."""
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    cells = [
        (cell.value, cell.number_format)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
    ]
    names = dict(book.defined_names)
    book.close()
    return sum(value is not None for value, _ in cells) + len(names)


def by_us(path: Path) -> int:
    """Read with finsam_desktop.sources; returns the number of cells."""
    book = read_workbook(path)
    cells = [(cell.value, cell.number_format) for sheet in book.sheets for row in sheet.rows for cell in row]
    return sum(value is not None for value, _ in cells) + len(book.defined_names)


def measures(rows: int = ROWS) -> list[Measure]:
    """The time of reading ``rows`` rows as a share of openpyxl's, both in the same run."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.xlsx"
        write(path, rows)
        assert by_openpyxl(path) == by_us(path) > 8 * rows
        peer, ours = interleaved_seconds(lambda: by_openpyxl(path), lambda: by_us(path), turns=TURNS)
    name = f"läsa {rows} rader ur xlsx"
    return [
        Measure(name=f"{name}: openpyxl read-only", value=peer * 1e3, unit="ms"),
        Measure(name=name, value=ours * 1e3, unit="ms"),
        Measure(name=f"{name} mot openpyxl", value=ours / peer, unit="x", goal=GOAL),
    ]

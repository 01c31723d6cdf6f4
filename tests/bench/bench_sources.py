"""Reading a spreadsheet against openpyxl in read-only mode: values, number formats and names of 200 rows.

    python -m tests.bench.bench_sources

Both read the same file in turn; the medians' ratio counts, not the milliseconds. The goal is at most 0.30.
"""

from __future__ import annotations

import gc
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
from openpyxl.workbook.defined_name import DefinedName

from finsam_desktop.sources import read_workbook

ROWS = 200
ROUNDS = 15
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
    return len(cells) + len(names)


def by_us(path: Path) -> int:
    """Read with finsam_desktop.sources; returns the number of cells."""
    book = read_workbook(path)
    cells = [(cell.value, cell.number_format) for sheet in book.sheets for row in sheet.rows for cell in row]
    return len(cells) + len(book.defined_names)


def median_ms(read: Callable[[Path], int], path: Path) -> float:
    """One timed read, in milliseconds of processor time: other programs on the machine do not count."""
    gc.collect()
    start = time.process_time()
    read(path)
    return (time.process_time() - start) * 1e3


def measure(rows: int = ROWS, rounds: int = ROUNDS) -> dict[str, float]:
    """Medians in milliseconds of both, read in turn, and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.xlsx"
        write(path, rows)
        by_openpyxl(path), by_us(path)
        pairs = [(median_ms(by_openpyxl, path), median_ms(by_us, path)) for _ in range(rounds)]
    peer, ours = (statistics.median(times) for times in zip(*pairs, strict=True))
    return {"openpyxl_ms": peer, "ours_ms": ours, "ratio": ours / peer}


def main() -> None:
    """Print the measurement."""
    for rows, rounds in ((ROWS, ROUNDS), (20_000, 3)):
        result = measure(rows, rounds)
        print(f"{rows} rader: openpyxl {result['openpyxl_ms']:.1f} ms, vi {result['ours_ms']:.1f} ms, "
              f"kvot {result['ratio']:.2f} (mål {GOAL:.2f})")  # fmt: skip


if __name__ == "__main__":
    main()

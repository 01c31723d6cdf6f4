"""Reading a spreadsheet against openpyxl and python-calamine, and a bookkeeping file of 100 000 vouchers.

Also what a reading worker costs the window: the longest time that another thread had to wait for its turn.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
from openpyxl.workbook.defined_name import DefinedName
from python_calamine import CalamineWorkbook

from finsam_desktop.sources import read_workbook
from finsam_desktop.sources.sie import read_sie
from tests.bench.measure import Measure, interleaved_seconds

ROWS = 200
TURNS = 21
GOAL = 0.30
VOUCHERS = 100_000
LARGE = 200_000
LARGE_VALUES_GOAL = 1.3
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


def values_by_calamine(path: Path) -> int:
    """Read the values with the peer; returns the number of rows."""
    return len(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False))


def values_by_us(path: Path) -> int:
    """Read with finsam_desktop.sources; returns the number of rows."""
    return sum(len(sheet.values) for sheet in read_workbook(path).sheets)


def write_bookkeeping(path: Path, vouchers: int) -> None:
    """A SIE 4 file with ``vouchers`` vouchers of two rows, objects and texts; in the letters of code page 437."""
    rng = random.Random(5)
    accounts = [str(number) for number in range(1000, 9000, 17)]
    lines = ["#FLAGGA 0", "#FORMAT PC8", "#SIETYP 4", '#PROGRAM "Prov" 1', "#RAR 0 20260101 20261231"]
    lines += [f'#KONTO {number} "Konto {number} åäö"' for number in accounts]
    for number in range(vouchers):
        day = f"2026{1 + number * 12 // vouchers:02}{1 + number % 28:02}"
        amount = f"{rng.randint(1, 10**7) / 100:.2f}"
        lines += [
            f'#VER A {number + 1} {day} "Faktura {number % 999}" {day}', "{",
            f'#TRANS {rng.choice(accounts)} {{1 "{number % 30}" 6 "P{number % 7}"}} {amount}',
            f"#TRANS 1017 {{}} -{amount}", "}",
        ]  # fmt: skip
    path.write_bytes("\r\n".join(lines).encode("cp437"))


_PEAK = """
import sys
from pathlib import Path
from finsam_desktop.sources.sie import read_sie
path = Path(sys.argv[1])
sie = read_sie(path.read_bytes(), path.name)
assert len(sie.vouchers) == int(sys.argv[2])
sie.vouchers.sums
try:
    with open("/proc/self/status") as status:
        print(next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024)
except OSError:
    print(0)
"""


_PEAK_OF = """
import sys
from pathlib import Path
from tests.bench import bench_sources
getattr(bench_sources, sys.argv[1])(Path(sys.argv[2]))
try:
    with open("/proc/self/status") as status:
        print(next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024)
except OSError:
    print(0)
"""


def longest_wait(path: Path) -> float:
    """Seconds that this thread once had to wait for its turn while a worker read the file; the third longest."""
    worker = threading.Thread(target=read_workbook, args=(path,))
    waits = []
    worker.start()
    last = time.perf_counter()
    while worker.is_alive():
        time.sleep(0.001)
        now = time.perf_counter()
        waits.append(now - last)
        last = now
    # Not the very longest: that is as often another program's doing as ours.
    return sorted(waits)[-3] if len(waits) > 2 else 0.0


def _bookkeeping(folder: Path) -> list[Measure]:
    path = folder / "bok.se"
    write_bookkeeping(path, VOUCHERS)
    content = path.read_bytes()
    (seconds,) = interleaved_seconds(lambda: read_sie(content, path.name), turns=5)
    command = [sys.executable, "-c", _PEAK, str(path), str(VOUCHERS)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    megabytes = len(content) / 1e6
    name = f"läsa SIE 4, {VOUCHERS} verifikationer"
    return [
        Measure(name=f"{name}: fart", value=megabytes / seconds, unit="MB/s"),
        Measure(name=f"{name}: tid per 5 MB", value=seconds / megabytes * 5, unit="s", goal=1.0),
        Measure(name=f"{name}: minne", value=float(done.stdout), unit="MB", goal=300),
        Measure(name=f"{name}: fönstrets väntan", value=longest_wait(path) * 1e3, unit="ms", goal=50),
    ]


def _large(folder: Path) -> list[Measure]:
    path = folder / "large.xlsx"
    write(path, LARGE)
    values = interleaved_seconds(lambda: values_by_calamine(path), lambda: values_by_us(path), turns=5)
    formats = _formats(path)
    peak = [peak_of(reader, path) for reader in ("values_by_calamine", "values_by_us")]
    name = f"läsa {LARGE} rader ur xlsx"
    return [
        Measure(name=f"{name}: python-calamine, värden", value=values[0], unit="s"),
        Measure(name=f"{name}: värden", value=values[1], unit="s"),
        Measure(
            name=f"{name}: värden mot calamine", value=values[1] / values[0], unit="x", goal=LARGE_VALUES_GOAL
        ),
        Measure(name=f"{name}: med format mot openpyxl", value=formats[1] / formats[0], unit="x", goal=0.40),
        Measure(name=f"{name}: minne mot calamine", value=peak[1] / max(peak[0], 1.0), unit="x", goal=2.0),
        Measure(name=f"{name}: fönstrets väntan", value=longest_wait(path) * 1e3, unit="ms", goal=50),
    ]


def _formats(path: Path) -> list[float]:
    """Median seconds of openpyxl and of us, with formats, in turns; without a first one, the peer takes too long."""
    peer, ours = [], []
    for _ in range(5):
        peer.append(_seconds(by_openpyxl, path))
        ours.append(_seconds(by_us, path))
    return [statistics.median(peer), statistics.median(ours)]


def _seconds(reader: Callable[[Path], int], path: Path) -> float:
    start = time.perf_counter()
    reader(path)
    return time.perf_counter() - start


def peak_of(reader: str, path: Path) -> float:
    """Megabytes that a process of its own has at most while it reads with the function of that name here; 0 unknown."""
    command = [sys.executable, "-c", _PEAK_OF, reader, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    return float(done.stdout)


def measures(rows: int = ROWS) -> list[Measure]:
    """The time of reading ``rows`` rows as a share of openpyxl's, both in the same run."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.xlsx"
        write(path, rows)
        assert by_openpyxl(path) == by_us(path) > 8 * rows
        peer, ours = interleaved_seconds(lambda: by_openpyxl(path), lambda: by_us(path), turns=TURNS)
        others = [*_bookkeeping(Path(folder)), *_large(Path(folder))]
    name = f"läsa {rows} rader ur xlsx"
    return [
        Measure(name=f"{name}: openpyxl read-only", value=peer * 1e3, unit="ms"),
        Measure(name=name, value=ours * 1e3, unit="ms"),
        Measure(name=f"{name} mot openpyxl", value=ours / peer, unit="x", goal=GOAL),
        *others,
    ]

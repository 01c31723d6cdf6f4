"""Conversion of a pack's files against one plain LibreOffice call, again from the cache, and the preview."""

from __future__ import annotations

import io
import subprocess
import tempfile
import time
from pathlib import Path
from statistics import median

import docx
import openpyxl

from finsam_desktop import demo
from finsam_desktop.pdf.cache import ConversionCache
from finsam_desktop.pdf.convert import SourceFile, convert_all
from finsam_desktop.pdf.drawing import draw
from finsam_desktop.pdf.libreoffice import find_libreoffice
from finsam_desktop.pdf.standing import StandingChild, Task
from finsam_desktop.pdf.warm import WarmLibreOffice
from tests.bench.measure import Measure, interleaved_seconds

TURNS = 5
_FILES = 10


def measures() -> list[Measure]:
    """All of this room. Empty where LibreOffice is missing."""
    program = find_libreoffice()
    if program is None:
        return []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        demo.create(folder / "demo")
        letter = next((folder / "demo").glob("*Kallelse.docx")).read_bytes()
        return [*_conversion(folder, program), *_preview(folder, program, letter)]


def _files(folder: Path) -> list[Path]:
    """Documents and a workbook as a board gets them."""
    made = sorted((folder / "demo").glob("*.docx"))
    files = []
    for number in range(_FILES - 1):
        document = docx.Document(str(made[number % len(made)]))
        document.add_paragraph(f"Fil {number}")
        files.append(folder / f"{number}.docx")
        document.save(str(files[-1]))
    book = openpyxl.Workbook()
    for row in range(60):
        book.active.append([f"Konto {row}", row * 1000, row * 1.5])
    files.append(folder / "9.xlsx")
    book.save(files[-1])
    return files


def _conversion(folder: Path, program: Path) -> list[Measure]:
    files = _files(folder)
    sources = [SourceFile(name=path.name, content=path.read_bytes()) for path in files]
    cache = ConversionCache(folder / "cache")
    profile = f"-env:UserInstallation={(folder / 'plain').as_uri()}"

    def plain() -> None:
        command = [
            str(program),
            profile,
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder / "out"),
        ]
        subprocess.run([*command, *map(str, files)], check=True, capture_output=True)

    def ours() -> None:
        made = convert_all(sources, profile=folder / "ours", libreoffice=program)
        assert not any(one.problem for one in made)

    def again() -> None:
        convert_all(sources, profile=folder / "ours", cache=cache, libreoffice=program)

    plain_s, ours_s = interleaved_seconds(plain, ours, turns=TURNS)
    (again_s,) = interleaved_seconds(again, turns=TURNS)
    return [
        Measure(name=f"PDF: {_FILES} filer mot ett naket anrop", value=ours_s / plain_s, unit="x", goal=1.1),
        Measure(name=f"PDF: {_FILES} filer", value=ours_s, unit="s"),
        Measure(name=f"PDF: {_FILES} filer en gång till", value=again_s, unit="s", goal=0.2),
    ]  # fmt: skip


def _preview(folder: Path, program: Path, letter: bytes) -> list[Measure]:
    """From a Word file to its first page drawn; words rest 0.4 s before that."""
    warm, child = WarmLibreOffice(program, folder / "warm"), StandingChild()
    started = time.perf_counter()
    warm.warm_up()
    start = time.perf_counter() - started
    task = Task(key="", work="word", source="")
    number = 0

    def changed() -> bytes:
        nonlocal number
        number += 1
        document = docx.Document(io.BytesIO(letter))
        document.add_paragraph(f"Ändring {number}")
        content = io.BytesIO()
        document.save(content)
        return content.getvalue()

    try:
        taken: dict[str, list[float]] = {"office": [], "bundled": []}
        for turn in range(TURNS + 1):
            for name, lay_out in (
                ("office", warm.pdf),
                ("bundled", lambda content: child.do(task, content).content),
            ):
                content = changed()
                began = time.perf_counter()
                draw(lay_out(content), 900, count=1, others=True)
                if turn:
                    taken[name].append(time.perf_counter() - began)
    finally:
        warm.close()
        child.close()
    return [
        Measure(name="Sidor: LibreOffice startar", value=start, unit="s"),
        Measure(
            name="Sidor: kallelsen ritad, varmt LibreOffice",
            value=median(taken["office"]),
            unit="s",
            goal=0.6,
        ),
        Measure(
            name="Sidor: kallelsen ritad, inbyggd visning", value=median(taken["bundled"]), unit="s", goal=0.6
        ),
    ]

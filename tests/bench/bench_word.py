"""The Word engine against docxtpl 0.20.2 on the same template: time, growth, memory, first call, charts.

    python -m tests.bench word

Both run in turns and the medians' ratio counts, not the milliseconds. Our time includes every check of the finished
document. docxtpl and matplotlib are extras; where one is absent that is said and milliseconds are given.
"""

from __future__ import annotations

import io
import json
import random
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from finsam_desktop.word import Chart, Series, WordTemplate
from tests.bench import node_peers
from tests.bench.measure import Measure, interleaved_seconds

GOALS = {15: 0.35, 1000: 0.30, 5000: 0.15}
_WORDS = (
    "styrelsen beslutade att godkänna förslaget om insatser budget tertial utfall likviditet ränta förbund möte "
    "ordförande sekreterare & <b> återställning överskott ”citat” Åsa Ängström"
).split()
_FIRST_CALL = """
import io, json, sys, time
engine, template, context = sys.argv[1:4]
data = json.load(open(context, encoding="utf-8"))
raw = open(template, "rb").read()
if engine == "docxtpl":
    from docxtpl import DocxTemplate
    begin = time.perf_counter()
    made = DocxTemplate(io.BytesIO(raw)); made.render(data, autoescape=True); made.save(io.BytesIO())
else:
    from finsam_desktop.word import WordTemplate
    begin = time.perf_counter()
    WordTemplate(raw).render(data)
print(time.perf_counter() - begin)
"""
_MEMORY = """
import io, json, sys
def peak():
    # not getrusage: its figure is inherited from the process that started this one
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
engine, template, context = sys.argv[1:4]
data = json.load(open(context, encoding="utf-8"))
raw = open(template, "rb").read()
if engine == "docxtpl":
    from docxtpl import DocxTemplate
    def run():
        made = DocxTemplate(io.BytesIO(raw)); made.render(data, autoescape=True); made.save(io.BytesIO())
else:
    from finsam_desktop.word import WordTemplate
    def run():
        WordTemplate(raw).render(data)
base = peak()
run()
print(peak() - base)
"""


@dataclass(frozen=True, slots=True)
class Marks:
    """How an engine writes a field, a field of an item, and a loop over paragraphs and rows."""

    field: str
    of_item: str
    begin: str
    end: str
    row_begin: str = ""
    row_end: str = ""
    again: str = ""


MARKS = {
    "docxtpl": Marks(
        "{{ %s }}",
        "{{ it.%s }}",
        "{%p for it in items %}",
        "{%p endfor %}",
        "{%tr for it in items %}",
        "{%tr endfor %}",
    ),
    "docxtemplater": Marks("{%s}", "{%s}", "{#items}", "{/items}"),
    "carbone": Marks("{d.%s}", "{d.items[i].%s}", "", "", again="{d.items[i+1].%s}"),
}
_COLUMNS = ("nr", "rubrik", "ansvarig", "belopp")


def template(engine: str = "docxtpl") -> bytes:
    """A protokoll with header, page fields, a heading, text and decision per item, and a table row per item."""
    from docx import Document
    from docx.shared import Pt

    marks = MARKS[engine]
    document = Document()
    document.styles["Normal"].font.size = Pt(11)
    section = document.sections[0]
    section.header.paragraphs[0].text = f"{marks.field % 'forening'} – org.nr {marks.field % 'orgnr'}"
    _page_numbers(section.footer.paragraphs[0])
    document.add_heading("Protokoll från styrelsemöte", 0)
    document.add_paragraph("Datum: ").add_run(marks.field % "datum").bold = True
    document.add_paragraph("Plats: " + marks.field % "plats")
    document.add_paragraph("Närvarande: " + marks.field % "narvarande")
    if marks.begin:
        document.add_paragraph(marks.begin)
    heading = document.add_paragraph(style="Heading 2")
    heading.add_run(f"§ {marks.of_item % 'nr'} ")
    heading.add_run(marks.of_item % "rubrik")
    document.add_paragraph(marks.of_item % "text")
    decision = document.add_paragraph()
    decision.add_run("Beslut: ").bold = True
    decision.add_run(marks.of_item % "beslut")
    document.add_paragraph(marks.end or marks.again % "nr")
    document.add_heading("Sammanställning", 1)
    _table(document, marks)
    document.add_paragraph("Vid protokollet: " + marks.field % "sekreterare")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _page_numbers(footer: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for before, code in (("Sida ", "PAGE"), (" av ", "NUMPAGES")):
        footer.add_run(before)
        for kind in ("begin", code, "end"):
            element = OxmlElement("w:instrText" if kind == code else "w:fldChar")
            if kind == code:
                element.text = code
            else:
                element.set(qn("w:fldCharType"), kind)
            footer.add_run()._r.append(element)


def _table(document: Any, marks: Marks) -> None:
    table = document.add_table(rows=1, cols=4)
    table.style = "Table Grid"
    rows = [("Nr", "Rubrik", "Ansvarig", "Belopp")]
    of_item = tuple(marks.of_item % name for name in _COLUMNS)
    if marks.row_begin:
        rows += [(marks.row_begin, "", "", ""), of_item, (marks.row_end, "", "", "")]
    elif marks.again:
        rows += [of_item, tuple(marks.again % name for name in _COLUMNS)]
    else:
        rows.append((marks.begin + of_item[0], *of_item[1:3], of_item[3] + marks.end))
    for number, texts in enumerate(rows):
        cells = table.rows[0].cells if number == 0 else table.add_row().cells
        for cell, text in zip(cells, texts, strict=True):
            cell.text = text


def context(count: int) -> dict[str, Any]:
    """Invented items, the same every time."""
    chance = random.Random(7)

    def words(number: int) -> str:
        return " ".join(chance.choice(_WORDS) for _ in range(number))

    return {
        "forening": "Samordningsförbundet Åkern & Ängen <1>",
        "orgnr": "222000-1234",
        "datum": "2026-11-21",
        "plats": "Förbundets lokal",
        "narvarande": "Anna Öberg, Bo Ås, Cecilia Äng",
        "sekreterare": "Bo Ås",
        "items": [
            {
                "nr": number + 1,
                "rubrik": words(4),
                "text": words(35),
                "beslut": words(12),
                "ansvarig": chance.choice(["AO", "BÅ", "CÄ"]),
                "belopp": f"{chance.randint(1, 9)} {chance.randint(100, 999)},{chance.randint(10, 99)}",
            }
            for number in range(count)
        ],
    }


def measures() -> list[Measure]:
    """Every figure of the Word engine. Without docxtpl there is nothing to compare with: milliseconds instead."""
    raw = template()
    if find_spec("docxtpl") is None:
        print("docxtpl är inte installerat (extra: bench): tiderna jämförs inte.", file=sys.stderr)
        return [_alone(raw, size) for size in GOALS] + [_chart()]
    found: list[Measure] = []
    for size, goal in GOALS.items():
        values = context(size)
        turns = 21 if size < 100 else 5
        ours, peer = interleaved_seconds(
            partial(_ours, raw, values), partial(_docxtpl, raw, values), turns=turns
        )
        found.append(_ratio(f"Word, {size} ärenden mot docxtpl", ours / peer, goal))
        found += node_peers.measures(template, values, ours, size)
    # In turns with each other: in other minutes the machine may be busy with other things.
    small, large = (partial(_ours, raw, context(size)) for size in (1000, 5000))
    less, more = interleaved_seconds(small, large, turns=15)
    found.append(_ratio("Word, tiden för 5000 mot 1000 ärenden", more / less, 5.0))
    found.append(
        _ratio("Word, första anropet efter start mot docxtpl", _in_processes(raw, _FIRST_CALL, 15), 0.7)
    )
    found.append(
        _ratio("Word, minnets växt vid 5000 ärenden mot docxtpl", _in_processes(raw, _MEMORY, 5000), 0.4)
    )
    found.append(_chart())
    return found


def _ratio(name: str, value: float, goal: float) -> Measure:
    return Measure(name=name, value=value, unit="x", goal=goal)


def _alone(raw: bytes, size: int) -> Measure:
    (seconds,) = interleaved_seconds(partial(_ours, raw, context(size)))
    return Measure(name=f"Word, {size} ärenden", value=seconds * 1000, unit="ms")


def _ours(raw: bytes, values: dict[str, Any]) -> bytes:
    return WordTemplate(raw).render(values)


def _docxtpl(raw: bytes, values: dict[str, Any]) -> bytes:
    from docxtpl import DocxTemplate

    out = io.BytesIO()
    made = DocxTemplate(io.BytesIO(raw))
    made.render(values, autoescape=True)
    made.save(out)
    return out.getvalue()


def _in_processes(raw: bytes, script: str, size: int) -> float:
    """The ratio of what fresh processes of the two engines print, medians of five in turns."""
    root = Path(__file__).resolve().parents[2]
    taken: dict[str, list[float]] = {"ours": [], "docxtpl": []}
    with tempfile.TemporaryDirectory() as folder:
        path, data = Path(folder, "mall.docx"), Path(folder, "data.json")
        path.write_bytes(raw)
        data.write_text(json.dumps(context(size)), encoding="utf-8")
        for _ in range(5):
            for engine, values in taken.items():
                command = [sys.executable, "-W", "ignore", "-c", script, engine, str(path), str(data)]
                done = subprocess.run(command, capture_output=True, text=True, cwd=root, check=True)
                values.append(float(done.stdout))
    return statistics.median(taken["ours"]) / statistics.median(taken["docxtpl"])


def _chart() -> Measure:
    """A native chart against a matplotlib picture of it where matplotlib is; else in milliseconds."""
    chart = Chart(
        categories=("Personal", "Insatser", "Lokaler", "Övrigt"),
        series=(
            Series(name="Budget", values=(4200, 6100, 900, 1435)),
            Series(name="Prognos", values=(4100, 5400, 880, 1200)),
        ),
    )
    if find_spec("matplotlib") is None:
        (seconds,) = interleaved_seconds(partial(_native, chart))
        return Measure(name="Diagram (matplotlib är inte installerat)", value=seconds * 1000, unit="ms")
    mine, peer = interleaved_seconds(partial(_native, chart), partial(_picture, chart))
    return _ratio("Diagram mot bild från matplotlib", mine / peer, 0.05)


def _native(chart: Chart) -> tuple[str, bytes]:
    from finsam_desktop.word.charts import chart_part_xml
    from finsam_desktop.word.workbook import workbook

    series = tuple((one.name, one.values) for one in chart.series)
    return chart_part_xml(chart), workbook(chart.categories, series, chart.number_format)


def _picture(chart: Chart) -> bytes:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6.3, 3.1))
    axes = figure.add_subplot()
    places = range(len(chart.categories))
    for index, series in enumerate(chart.series):
        axes.bar([at + index * 0.4 for at in places], [float(value or 0) for value in series.values], 0.4)
    axes.set_xticks(places, chart.categories)
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=150)
    return out.getvalue()


if __name__ == "__main__":
    for measure in measures():
        print(measure)

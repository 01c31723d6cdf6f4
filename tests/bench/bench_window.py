"""The longest stop of the window's thread in the jobs that are done by keyboard and where every place is gone to, of
the example and with twenty years before it: the processor time it worked without answering, which is the same on a busy
machine, and what the clock says, which is what a person feels.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from finsam_desktop import demo
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.workspace import Workspace
from tests.bench.measure import Measure
from tests.heartbeats import HEARTBEATS
from tests.ui.example_window import EXAMPLE_FILE
from tests.years import make_years

TURNS = 5
MOST_MS = 100.0
JOBS = {
    "första kallelsen": "tests/ui/test_guide.py::test_eight_fields_and_few_keys_lead_to_a_kallelse",
    "nästa kallelse": "tests/system/test_next_notice_by_keyboard.py",
    "protokollet": "tests/system/test_meeting_by_keyboard.py",
    "tertialrapporten": "tests/system/test_report_by_keyboard.py",
    "ordföranden": "tests/system/test_chair_returns.py",
    "alla platser": "tests/system/test_every_place.py",
}
OF_THE_EXAMPLE = ("nästa kallelse", "tertialrapporten", "protokollet", "ordföranden", "alla platser")
"""Jobs that can have years before them."""


def measures() -> list[Measure]:
    """Milliseconds; the median over the turns of each turn's longest stop."""
    taken = [each for name in JOBS for each in _measure(name, JOBS[name])]
    with tempfile.TemporaryDirectory(prefix="finsam-tjugo-") as folder:
        old = with_earlier_years(Path(folder))
        taken += [each for name in OF_THE_EXAMPLE for each in _measure(f"{name}, 20 år", JOBS[name], old)]
    return taken


def with_earlier_years(folder: Path, years: int = 20) -> Path:
    """The example with the meetings of twenty years before its own."""
    file = next(path for path in demo.create(folder / "exempel") if path.suffix == ".finsam")
    earlier = make_years(folder / "tidigare.finsam", years=years, attachments_mb=1)
    with Workspace.open(earlier, user="mätning") as source, Workspace.open(file, user="mätning") as target:
        first = min(meeting.date for meeting in target.meetings)
        for meeting in source.meetings:
            if meeting.date < first:
                items = tuple(_bare(item) for item in meeting.items)
                target.change("Tidigare år", None, replace(meeting, items=items, adjusted_on=None, seals=()))
    return file


def _bare(item: AgendaItem) -> AgendaItem:
    return replace(item, attachments=(), sub_items=tuple(_bare(sub) for sub in item.sub_items))


def _measure(name: str, job: str, example: Path | None = None) -> tuple[Measure, Measure]:
    worked, passed = [], []
    for _ in range(TURNS):
        with tempfile.TemporaryDirectory(prefix="finsam-puls-") as folder:
            out = Path(folder) / "puls.jsonl"
            env = {**os.environ, HEARTBEATS: str(out), "QT_QPA_PLATFORM": "offscreen"}
            env.pop(
                "PYTHONDONTWRITEBYTECODE", None
            )  # modules are compiled, as where the program is installed
            if example is not None:
                env[EXAMPLE_FILE] = str(example)
            done = subprocess.run(
                [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", job],
                env=env, capture_output=True, text=True, check=False,
            )  # fmt: skip
            if done.returncode:
                raise RuntimeError(f"{job}\n{done.stdout[-3000:]}")
            line = json.loads(out.read_text(encoding="utf-8").splitlines()[-1])
            print(f"  {name}: {line['worst'][:3]}", file=sys.stderr, flush=True)
            worked.append(float(line["worked"]))
            passed.append(float(line["passed"]))
    return (
        Measure(name=f"längsta stopp, {name}", value=statistics.median(worked), unit="ms", goal=MOST_MS),
        Measure(
            name=f"längsta stopp, {name}, klockan", value=statistics.median(passed), unit="ms", goal=MOST_MS
        ),
    )

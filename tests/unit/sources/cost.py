"""What it costs to read a hostile file, measured in a process of its own so that a busy machine adds nothing to it.

A child's processor time grows with what other programs do to the caches and the clock. The child therefore also takes
the time of a fixed piece of work, before and after, and its seconds are counted at the pace of a machine at rest.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

#: What the fixed piece of work takes where nothing else runs, in seconds.
AT_REST = 0.055
MOST_SECONDS = 2.0
MOST_MEGABYTES = 300.0
_TRIES = 3

_CHILD = """
import sys, time
from pathlib import Path
from finsam_desktop.errors import UserError
from finsam_desktop.sources import read_workbook, recognise

def gauge():
    started = time.process_time()
    texts = [str(number) for number in range(60_000)]
    kept = {text: int(text) for text in texts}
    sum(kept[text] for text in texts)
    return time.process_time() - started

path = Path(sys.argv[1])
recognise(read_workbook(Path(sys.argv[2])))
before = gauge()
started = time.process_time()
message = ""
try:
    recognise(read_workbook(path))
except UserError as error:
    message = error.message
seconds = time.process_time() - started
slower = max(1.0, before / AT_REST, gauge() / AT_REST)
# not getrusage: its figure is inherited from the process that started this one
with open("/proc/self/status") as status:
    peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
print(message)
print(seconds / slower, peak / 1024)
"""


class Cost(NamedTuple):
    """Processor seconds at rest, the process's peak in megabytes, and what the user is told ("" when it is read)."""

    seconds: float
    megabytes: float
    message: str


def of_reading(hostile: Path, good: Path) -> Cost:
    """The cost of reading and recognising ``hostile`` after ``good``, which warms up what both need.

    The least of a few tries, since nothing but the file itself can make all of them dear.
    """
    tries: list[Cost] = []
    while not tries or (tries[-1].seconds >= MOST_SECONDS and len(tries) < _TRIES):
        command = [sys.executable, "-c", f"AT_REST = {AT_REST}\n{_CHILD}", str(hostile), str(good)]
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=120, check=True, cwd=Path.cwd()
        )
        *lines, figures = done.stdout.splitlines()
        seconds, megabytes = (float(number) for number in figures.split())
        tries.append(Cost(seconds, megabytes, "\n".join(lines)))
    return min(tries)

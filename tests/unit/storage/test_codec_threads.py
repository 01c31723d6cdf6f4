"""The decoders of a file's values are made in a program of its own, by several threads at a time."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
import datetime as dt
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from finsam_desktop import workspace
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.storage import codec

sys.setswitchinterval(1e-6)
meeting, association = Meeting(id="m", date=dt.date(2026, 10, 29)), Association(name="Förbundet")
together = Barrier(6)

def read(*values):
    together.wait()
    return [codec.decode(codec.encode(one), type(one)) == one for one in values]

with ThreadPoolExecutor(7) as pool:
    pool.submit(workspace.make_ready)
    both = [(meeting, association), (association, meeting)] * 3
    done = [pool.submit(read, *values) for values in both]
assert all(all(one.result()) for one in done)
try:
    codec.decode(codec.encode(meeting).replace(b'"id"', b'"idd"', 1), Meeting)
except codec.CodecError:
    print("read")
"""


@pytest.mark.parametrize("turn", range(3))
def test_threads_may_ask_for_the_first_value_at_the_same_time(turn: int) -> None:
    """msgspec alone went down with a segmentation fault here, each time."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "read", (turn, done.returncode, done.stderr)

"""The decoders of a file's values are made in a program of its own, by several threads at a time."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
from concurrent.futures import ThreadPoolExecutor
from finsam_desktop import workspace
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.storage import codec
import datetime as dt

meeting = Meeting(id="m", date=dt.date(2026, 10, 29))
values = [meeting, Association(name="Förbundet")] * 4
with ThreadPoolExecutor(8) as pool:
    pool.submit(workspace.make_ready)
    read = [pool.submit(codec.decode, codec.encode(one), type(one)) for one in values]
assert [one.result() for one in read] == values
try:
    codec.decode(codec.encode(meeting).replace(b'"id"', b'"idd"', 1), Meeting)
except codec.CodecError:
    print("read")
"""


def test_threads_may_ask_for_the_first_value_at_the_same_time() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "read", done.stderr

"""A heartbeat for the scripts at the keyboard, whose figures `dev.py bench window` prints."""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.system.heartbeat import Heartbeat

HEARTBEATS = "FINSAM_HEARTBEATS"
"""Names a file that gets a line of JSON for each script; nothing is kept without it."""


@pytest.fixture
def heartbeat(qapp: object, request: pytest.FixtureRequest) -> Iterator[Heartbeat]:
    """Beats while the test goes on. It asserts nothing: a busy machine must fail no test."""
    from tests.system.heartbeat import Heartbeat

    # As the program does when it has started (`__main__`): what is there is not looked through for garbage.
    gc.freeze()
    beat = Heartbeat()
    beat.start()
    yield beat
    beat.end()
    out = os.environ.get(HEARTBEATS)
    if out:
        stops = sorted(beat.stops, key=lambda stop: -stop.worked)[:5]
        line = {
            "script": request.node.name,
            "passed": max((stop.passed for stop in beat.stops), default=0.0),
            "worked": beat.worst().worked,
            "worst": [[round(s.passed), round(s.worked), s.doing] for s in stops],
        }
        with Path(out).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")

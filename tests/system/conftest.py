"""What the scripts at the keyboard share: a heartbeat, whose figures `dev.py bench window` prints."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.system.heartbeat import Heartbeat

HEARTBEATS = "FINSAM_HEARTBEATS"
"""Names a file that gets a line of JSON for each script; nothing is timed without it."""


@pytest.fixture
def heartbeat(qapp: object, request: pytest.FixtureRequest) -> Iterator[Heartbeat]:
    """Beats while the test goes on. It asserts nothing: a busy machine must fail no test."""
    beat = Heartbeat()
    beat.start()
    yield beat
    beat.end()
    out = os.environ.get(HEARTBEATS)
    if out:
        stops = sorted(beat.stops, key=lambda stop: -stop.passed)[:5]
        line = {
            "script": request.node.name,
            "passed": stops[0].passed if stops else 0.0,
            "worked": beat.worst().worked,
            "worst": [[round(s.passed), round(s.worked), s.doing] for s in stops],
        }
        with Path(out).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")

"""The five jobs by keyboard once more, where a real X server shows the window: the other runs draw it off screen."""

from __future__ import annotations

import subprocess
import sys

import pytest

from finsam_desktop.paths import resources
from tests.bench.bench_window import JOBS

FOLDER = resources().parent


@pytest.mark.needs_display
@pytest.mark.parametrize("job", [name for name in JOBS if name != "alla platser"])
def test_a_job_is_done_by_keyboard_on_a_screen(job: str, display_env: dict[str, str]) -> None:
    assert display_env["QT_QPA_PLATFORM"] != "offscreen"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", JOBS[job]],
        cwd=FOLDER, env=display_env, capture_output=True, text=True, check=False, timeout=280,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:]
    assert "1 passed" in done.stdout

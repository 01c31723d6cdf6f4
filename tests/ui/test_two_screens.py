"""The window for all in mötesläge with a projector beside: filling it, unplugged, closed, the meeting taken away."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ui.two_screens import SCENES

pytestmark = pytest.mark.skipif(
    (sys.platform, platform.machine()) != ("linux", "x86_64"), reason="skärmarna finns bara där"
)
_LONGEST_S = 300


@pytest.fixture(scope="module")
def failed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What failed in each scene, "" for nothing."""
    folder: Path = tmp_path_factory.mktemp("skarmar")
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.two_screens", str(folder)],
        env={**os.environ, "FINSAM_CONFIG_DIR": str(folder)},
        capture_output=True,
        text=True,
        timeout=_LONGEST_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return told


@pytest.mark.parametrize("scene", SCENES)
def test_the_window_for_all_on_a_computer_with_a_projector(failed: dict[str, str], scene: str) -> None:
    assert failed[scene] == ""

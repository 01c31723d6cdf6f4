"""`pip install` of the wheel, in an environment that knows nothing of the source tree."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.long
def test_the_wheel_is_installed_tested_and_removed() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "packaging" / "wheel" / "try_install.py")],
        capture_output=True, text=True, timeout=900,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Programmet är helt." in done.stdout
    assert "avinstallerat, inget är kvar" in done.stdout

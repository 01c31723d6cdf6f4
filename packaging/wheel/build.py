"""Builds the wheel: `python3 dev.py package wheel`. Runs with the Python of .venv, where hatchling is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "dist"


def build(out: Path) -> Path:
    """The wheel, made in ``out``."""
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode != 0:
        sys.exit(done.stdout + done.stderr)
    return max(out.glob("finsam_desktop-*.whl"), key=lambda path: path.stat().st_mtime)


def main() -> int:
    """Build; print what it is and how large."""
    OUT.mkdir(exist_ok=True)
    wheel = build(OUT)
    print(f"{wheel.relative_to(ROOT)}: {wheel.stat().st_size / 1e6:.1f} MB", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

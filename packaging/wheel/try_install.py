"""Installs the wheel in a new virtual environment, tests it there and removes it: `python3 dev.py package wheel --try`.

What is seen to hold: pip finds all that the wheel says it needs, in the locked versions; `finsam` and `finsam-desktop`
start from another folder than the source tree; the program proves itself whole; uninstalling leaves none of its files.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import contents

import build


def run(*command: str | Path, folder: Path, **environment: str) -> str:
    """What a command says; stop when it fails."""
    done = subprocess.run(
        [str(part) for part in command], cwd=folder, capture_output=True, text=True, env={**os.environ, **environment}
    )  # fmt: skip
    if done.returncode != 0:
        sys.exit(f"✗ {' '.join(str(part) for part in command)}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    return done.stdout


def locked(folder: Path) -> Path:
    """The exact versions of everything the program needs, without their hashes: the wheel itself has none."""
    import tomllib

    needs = tomllib.loads((build.ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    names = set(contents.runtime_names(needs, "win32" if os.name == "nt" else "linux"))
    lines = re.findall(
        r"^([\w.-]+)==(\S+)", (build.ROOT / "constraints.txt").read_text("utf-8"), re.MULTILINE
    )
    path = folder / "versions.txt"
    path.write_text(
        "".join(f"{name}=={version}\n" for name, version in lines if contents._normal(name) in names)
    )
    return path


def main() -> int:
    """Do it all; say what was seen."""
    with tempfile.TemporaryDirectory(prefix="finsam-") as name:
        folder = Path(name)
        wheel = build.build(folder)
        place = folder / "miljö"
        run(sys.executable, "-m", "venv", place, folder=folder)
        programs = place / ("Scripts" if os.name == "nt" else "bin")
        python = programs / "python"
        run(python, "-m", "pip", "install", "--quiet", "-c", locked(folder), wheel, folder=folder)
        number = run(programs / "finsam", "--version", folder=folder).strip()
        print(f"✓ pip install {wheel.name}; finsam --version: {number}", flush=True)
        print(
            run(programs / "finsam-desktop", "--self-test", folder=folder, QT_QPA_PLATFORM="offscreen"),
            flush=True,
        )
        run(python, "-m", "pip", "uninstall", "--quiet", "-y", "finsam-desktop", folder=folder)
        left = [path for path in place.rglob("finsam*") if path.is_file() and path.suffix != ".pyc"]
        if left:
            sys.exit(f"✗ kvar efter avinstallation: {left[:3]}")
        print("✓ avinstallerat, inget är kvar", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

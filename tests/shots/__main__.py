"""Makes pictures of every view in light, dark, high contrast, at 150 % and in narrow windows.

    python -m tests.shots OUT_DIR [--only NAME]

Each scale needs a process of its own, since Qt reads QT_SCALE_FACTOR once. The example association is made anew
and the clock stands at 2026-10-19 10.42, so two runs give the same pictures. Exit code 1 when a view failed.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

NOW = dt.datetime(2026, 10, 19, 10, 42)
MEETING = "2026-10-29"
STEPS = ("dagordning", "handlingar", "kallelse", "narvaro", "protokoll", "efter")
PLACES = (
    "welcome", "overview", "meetings", "decisions", "year_wheel", "figures", "association", "templates",
    "handbook", "settings", "keys", "history",
)  # fmt: skip


@dataclass(frozen=True)
class Run:
    """One row of pictures: `suffix` in the file name, scale, appearance, size in device-independent pixels."""

    suffix: str
    scale: str
    appearance: str
    size: tuple[int, int]


RUNS = (
    Run("light", "1", "light", (1440, 900)),
    Run("dark", "1", "dark", (1440, 900)),
    Run("contrast", "1", "contrast_dark", (1440, 900)),
    Run("150", "1.5", "light", (1280, 800)),
    Run("narrow", "1", "light", (980, 720)),
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.shots")
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--runs", default=",".join(run.suffix for run in RUNS))
    parser.add_argument("--row", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    if options.row:
        run = next(run for run in RUNS if run.suffix == options.row)
        return _take(run, options.out, options.only)
    code = 0
    for run in RUNS:
        if run.suffix in options.runs.split(","):
            with tempfile.TemporaryDirectory(prefix="finsam-bilder-") as folder:
                env = {
                    **os.environ,
                    "QT_QPA_PLATFORM": "offscreen",
                    "QT_SCALE_FACTOR": run.scale,
                    "FINSAM_CONFIG_DIR": folder,
                }
                arguments = [str(options.out), "--row", run.suffix, "--only", options.only]
                code |= subprocess.run(
                    [sys.executable, "-m", "tests.shots", *arguments], env=env, check=False
                ).returncode
    return code


def _take(run: Run, out: Path, only: str) -> int:
    from PySide6.QtCore import QEventLoop, QTimer

    from finsam_desktop import app, demo
    from finsam_desktop.ui.theme import Appearance, current_theme

    folder = Path(os.environ["FINSAM_CONFIG_DIR"]) / "exempel"
    file = next(path for path in demo.create(folder) if path.suffix == ".finsam")
    qt = app.make_qt([sys.argv[0]])
    application = app.build(qt, clock=lambda: NOW, remember_geometry=False)
    current_theme().show_appearance(Appearance(run.appearance))
    window = application.window
    window.resize(*run.size)
    failures: list[str] = []

    def settle() -> None:
        loop = QEventLoop()
        QTimer.singleShot(350, loop.quit)
        loop.exec()

    def shot(name: str, prepare: Callable[[], object]) -> None:
        if only and only not in name:
            return
        try:
            prepare()
            settle()
            if not window.grab().save(str(out / f"{name}-{run.suffix}.png")):
                raise OSError("the picture could not be written")
        except Exception as fault:  # one view must not keep the others from being seen
            failures.append(f"{name}: {type(fault).__name__}: {fault}")

    application.show()
    shot("welcome", lambda: window.go("welcome"))
    window.open_file(file)
    for place in PLACES[1:]:
        shot(place, lambda place=place: window.go(place))  # type: ignore[misc]
    for step in STEPS:
        shot(f"meeting-{step}", lambda step=step: window.go("meeting", f"{MEETING}/{step}"))  # type: ignore[misc]
    shot("palette", lambda: _search(window))
    shot("notice", lambda: _notice(window))
    window.close()
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


def _search(window: object) -> None:
    window.open_palette()  # type: ignore[attr-defined]
    window._palette._input.setText("medlem")  # type: ignore[attr-defined]


def _notice(window: object) -> None:
    from finsam_desktop.errors import UserError

    if window._palette is not None:  # type: ignore[attr-defined]
        window._palette.close_box()  # type: ignore[attr-defined]
    window.go("meetings")  # type: ignore[attr-defined]
    window.show_error(  # type: ignore[attr-defined]
        UserError(
            "Tertialrapport 2.docx är öppen i Word.",
            advice="Stäng den och försök igen. Inget har ändrats.",
            detail="-",
        )
    )


if __name__ == "__main__":
    sys.exit(main())

"""Makes pictures of every view in light, dark, high contrast, at 150 % and in narrow windows.

    python -m tests.shots                       the pictures of README and handbook, in their place
    python -m tests.shots OUT_DIR [--only NAME] every view in every look, and the pages of the example's documents

Each scale needs a process of its own, since Qt reads QT_SCALE_FACTOR once. The example association is made anew
and the clock stands at 2026-11-16 10.42, so two runs give the same pictures. Exit code 1 when a view failed.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.shots import papers, parcel

NOW = dt.datetime(2026, 11, 16, 10, 42)
STEPS = {
    "dagordning": "2026-11-26/dagordning/r05",
    "handlingar": "2026-11-26/handlingar",
    "kallelse": "2026-11-26/kallelse",
    "narvaro": "2026-10-29/narvaro/p07",
    "protokoll": "2026-10-29/protokoll/p07",
    "efter": "2026-10-29/efter",
}
KEPT = Path(__file__).parents[2] / "resources" / "handbook" / "bilder"
KEPT_PICTURES = (
    "overview-light", "meeting-dagordning-light", "meeting-dagordning-dark", "meeting-narvaro-light", "figures-light",
    "figures-rapporter-light", "figures-verksamhet-light", "figures-plan-light",
    "meeting-efter-light", "templates-light", "live-light", "kallelse-1", "kallelse-2", "protokoll-1", "protokoll-4",
    "tertialrapport-4", "year_wheel-light", "decisions-light", "welcome-light", "search-light",
    "chair-item-light", "parcel-back-light",
)  # fmt: skip
PLACES = (
    "welcome", "overview", "meetings", "decisions", "year_wheel", "figures", "association", "templates",
    "handbook", "settings", "keys", "history", "backups", "first_steps", "crash_report",
)  # fmt: skip


_PATIENCE = 60
"""How many times 350 ms a picture waits for page previews and readings."""


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
    parser.add_argument("out", type=Path, nargs="?")
    parser.add_argument("--only", default="")
    parser.add_argument("--runs", default=",".join(run.suffix for run in RUNS))
    parser.add_argument("--row", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.out is None:
        return _keep()
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
    return code | papers.take(options.out, options.only)


def _keep() -> int:
    """Make the pictures that are shown to readers, and put them where they are shown."""
    with tempfile.TemporaryDirectory(prefix="finsam-bilder-") as folder:
        arguments = [folder, "--runs", "light,dark"]
        code = subprocess.run([sys.executable, "-m", "tests.shots", *arguments], check=False).returncode
        KEPT.mkdir(exist_ok=True)
        for name in KEPT_PICTURES:
            made = Path(folder) / f"{name}.png"
            if made.exists():
                shutil.copyfile(made, KEPT / made.name)
            else:
                print(f"{name}: ingen bild togs", file=sys.stderr)
                code = 1
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
        for _ in range(_PATIENCE):
            loop = QEventLoop()
            QTimer.singleShot(350, loop.quit)
            loop.exec()
            if not window.jobs.running():
                return

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
    workbook = next(folder.glob("*.xlsx"))
    for place in PLACES[1:]:
        shot(place, lambda place=place: window.go(place))  # type: ignore[misc]
    shot("figures", lambda: _read(window, workbook))
    shot("figures-rapporter", lambda: _reports(window, next(folder.glob("*.se"))))
    shot("figures-kontoplan", lambda: window.go("figures", "rapporter/kontoplan"))
    for part in ("ekonomi", "verksamhet", "plan"):
        shot(f"figures-{part}", lambda part=part: window.go("figures", part))  # type: ignore[misc]
    for step, target in STEPS.items():
        shot(f"meeting-{step}", lambda target=target: window.go("meeting", target))  # type: ignore[misc]
    shot("search", lambda: _search_all(window))
    shot("live", lambda: window.go("live", "2026-11-26/r05"))
    shot("live-shared", lambda: window.current_view().toggle_shared())  # type: ignore[union-attr]
    shot("live-decision", lambda: _live_decision(window))
    shot("palette", lambda: _search(window))
    shot("notice", lambda: _notice(window))
    if not only or any(only in name for name in parcel.NAMES):
        made = parcel.prepare(file, folder / "mötespaket")
        window.open_file(made.own)
        shot("parcel-make", lambda: window.go("parcel_make", parcel.MEETING))
        shot("parcel-password", lambda: window.open_file(made.locked))
        shot("parcel-damaged", lambda: window.open_file(made.damaged))
        window.open_file(made.answer)
        settle()
        shot("parcel-back", lambda: window.go("parcel_back"))
        shot("parcel-back-comment", lambda: _choose(window, "comment:"))
        shot("parcel-back-approval", lambda: _choose(window, "approval:"))
        window.open_file(made.sent)
        settle()
        shot("chair", lambda: window.go("chair"))
        shot("chair-item", lambda: window.go("chair", "p07"))
        shot("chair-minutes", lambda: _show_minutes(window))
        shot("chair-send", lambda: window.actions.run("send_back"))
    window.close()
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


def _read(window: object, workbook: Path) -> None:
    window.go("figures", "2026-11-26/r09")  # type: ignore[attr-defined]
    window.current_view().table.open_file(workbook)  # type: ignore[attr-defined]


def _reports(window: object, books: Path) -> None:
    """The reports of the bookkeeping file with a forecast and a comment, typed when the file has been read."""
    from PySide6.QtCore import QEventLoop, QTimer

    window.go("figures", "rapporter")  # type: ignore[attr-defined]
    pane = window.current_view().shown_part()  # type: ignore[attr-defined]
    pane.open_file(books)
    loop = QEventLoop()
    QTimer.singleShot(1500, loop.quit)
    loop.exec()
    if not pane.settings.rest.isChecked():
        pane.settings.rest.setChecked(True)
    pane._forecast_typed("Personal", "2 900 tkr")
    pane._comment_typed("Personal", "Vakanser på torgen")


def _choose(window: object, kind: str) -> None:
    """Choose the first row of a kind in what came back with a mötespaket."""
    view = window.current_view()  # type: ignore[attr-defined]
    row = next(at for at, one in enumerate(view.model.rows()) if one.key.startswith(kind))
    view.list.setCurrentIndex(view.model.index(row))


def _show_minutes(window: object) -> None:
    page = window.current_view().page  # type: ignore[attr-defined]
    page.item.ensureWidgetVisible(page.item.minutes.printed)


def _search_all(window: object) -> None:
    """Words that stand in fields and in a bilaga, whose text has been read."""
    window.search_desk.search.read_files()  # type: ignore[attr-defined]
    window.go("search", "finansiering")  # type: ignore[attr-defined]
    from PySide6.QtCore import QEventLoop

    loop = QEventLoop()
    window.search_desk.answered.connect(loop.quit)  # type: ignore[attr-defined]
    loop.exec()


def _live_decision(window: object) -> None:
    """A motion being written in mötesläge; taken back before the other pictures."""
    window.go("live", "2026-11-26/r05")  # type: ignore[attr-defined]
    view = window.current_view()  # type: ignore[attr-defined]
    if view.shared:
        view.toggle_shared()
    view.record("Y")


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

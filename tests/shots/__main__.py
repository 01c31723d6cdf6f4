"""Makes pictures of every view in light and dark, at 100 and 150 %, and of chosen ones in other looks and sizes.

    python -m tests.shots                       the pictures of README and handbook, in their place
    python -m tests.shots OUT_DIR [--runs light,dark] [--only NAME]
                                                every view in every look, and the pages of the example's documents

Each scale needs a process of its own, since Qt reads QT_SCALE_FACTOR once. The example association is made anew
and the clock stands at 2026-11-16 10.42, so two runs give the same pictures. Exit code 1 when a view failed.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image

from tests.shots import papers, parcel, scenes
from tests.shots.camera import Camera

NOW = dt.datetime(2026, 11, 16, 10, 42)
KEPT = Path(__file__).parents[2] / "resources" / "handbook" / "bilder"
KEPT_PICTURES = (
    "overview-light", "overview-dark-150", "meeting-dagordning-light", "meeting-dagordning-dark",
    "meeting-kontroller-light", "meeting-handlingar-light", "meeting-offentligt-light", "meeting-kallelse-light",
    "meeting-narvaro-light", "meeting-narvaro-dark", "meeting-protokoll-light-150", "meeting-efter-light",
    "figures-light", "figures-rapporter-light", "figures-ekonomi-light", "figures-verksamhet-light",
    "figures-plan-light", "templates-light", "live-light", "live-shared-light", "kallelse-1", "kallelse-2",
    "protokoll-1", "protokoll-4", "tertialrapport-4", "year_wheel-light", "decisions-light", "welcome-light",
    "search-light", "replace-light", "backups-kept-light", "read_back-light", "chair-item-light", "parcel-back-light",
)  # fmt: skip
"""The pictures of README and handbook; they are kept with 256 colours, which nobody can tell from all of them."""
SOME = (
    "welcome", "overview", "meetings", "decisions", "year_wheel", "figures", "figures-rapporter", "figures-plan",
    "association", "association-personer", "templates", "handbook", "settings",
    *(f"meeting-{step}" for step in scenes.STEPS), "meeting-kontroller", "live", "live-shared", "palette", "notice",
    "search", "backups", "replace", "empty-overview", "empty-meetings",
    "parcel-make", "parcel-back", "read_back", "chair", "chair-item", "chair-minutes", "chair-send",
)  # fmt: skip
"""The views that are also looked at in small windows, at 200 % and in high contrast."""


@dataclass(frozen=True)
class Run:
    """One row of pictures: `suffix` in the file name, scale, appearance, size in device-independent pixels.

    ``chosen`` names the pictures of a row that shows only some; empty is all.
    """

    suffix: str
    scale: str
    appearance: str
    size: tuple[int, int]
    chosen: tuple[str, ...] = ()


RUNS = (
    Run("light", "1", "light", (1440, 900)),
    Run("dark", "1", "dark", (1440, 900)),
    Run("light-150", "1.5", "light", (1280, 800)),
    Run("dark-150", "1.5", "dark", (1280, 800)),
    Run("small", "1", "light", (1280, 800), SOME),
    Run("narrow", "1", "light", (980, 720), SOME),
    Run("200", "2", "light", (960, 600), SOME),
    Run("contrast", "1", "contrast_dark", (1440, 900), SOME),
    Run("contrast-light", "1", "contrast_light", (1440, 900), SOME),
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.shots")
    parser.add_argument("out", type=Path, nargs="?")
    parser.add_argument("--only", default="")
    parser.add_argument("--runs", default=",".join(run.suffix for run in RUNS))
    parser.add_argument("--names", default="", help=argparse.SUPPRESS)
    parser.add_argument("--no-papers", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--row", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.out is None:
        return _keep()
    options.out.mkdir(parents=True, exist_ok=True)
    if options.row:
        run = next(run for run in RUNS if run.suffix == options.row)
        if options.names:
            run = replace(run, chosen=tuple(options.names.split(",")))
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
                arguments += ["--names", options.names]
                code |= subprocess.run(
                    [sys.executable, "-m", "tests.shots", *arguments], env=env, check=False
                ).returncode
    return code if options.no_papers else code | papers.take(options.out, options.only)


def _keep() -> int:
    """Make the pictures that are shown to readers, and put them where they are shown."""
    code = 0
    with tempfile.TemporaryDirectory(prefix="finsam-bilder-") as folder:
        wanted = [(name, run) for name in KEPT_PICTURES if (run := _run_of(name)) is not None]
        for run in RUNS:
            names = [name.removesuffix(f"-{run.suffix}") for name, of in wanted if of is run]
            if names:
                arguments = [folder, "--runs", run.suffix, "--names", ",".join(names), "--no-papers"]
                command = [sys.executable, "-m", "tests.shots", *arguments]
                code |= subprocess.run(command, check=False).returncode
        code |= papers.take(Path(folder), "")
        KEPT.mkdir(exist_ok=True)
        for name in KEPT_PICTURES:
            made = Path(folder) / f"{name}.png"
            if made.exists():
                _save_small(made, KEPT / made.name)
            else:
                print(f"{name}: ingen bild togs", file=sys.stderr)
                code = 1
    return code


def _run_of(name: str) -> Run | None:
    """The run that a picture is of; None for a page of a document."""
    found = [run for run in RUNS if name.endswith(f"-{run.suffix}")]
    return max(found, key=lambda run: len(run.suffix), default=None)


def _save_small(made: Path, kept: Path) -> None:
    """The picture with 256 colours: the commonest as they are, since a ground that is tinted is seen, then such as are
    far from them. Every pixel gets the nearest. Pillow's own ways tint white."""
    with Image.open(made) as picture:
        whole = picture.convert("RGB")
    counted = sorted(whole.getcolors(whole.width * whole.height), reverse=True)
    palette: list[tuple[int, int, int]] = []
    for _, colour in counted:
        if len(palette) < 64 or (len(palette) < 256 and min(_distances(colour, palette)) > 12):
            palette.append(colour)
    places = {}
    for _, colour in counted:
        distances = _distances(colour, palette)
        places[colour] = distances.index(min(distances))
    pixels = whole.tobytes()
    drawn = bytes(places[colour] for colour in zip(pixels[::3], pixels[1::3], pixels[2::3], strict=True))
    few = Image.frombytes("P", whole.size, drawn)
    few.putpalette([value for colour in palette for value in colour])
    few.save(kept, optimize=True)


def _distances(colour: tuple[int, int, int], others: list[tuple[int, int, int]]) -> list[int]:
    red, green, blue = colour
    return [abs(red - r) + abs(green - g) + abs(blue - b) for r, g, b in others]


def _take(run: Run, out: Path, only: str) -> int:
    from finsam_desktop import app, demo
    from finsam_desktop.ui.theme import Appearance, current_theme

    folder = Path(os.environ["FINSAM_CONFIG_DIR"]) / "exempel"
    file = next(path for path in demo.create(folder) if path.suffix == ".finsam")
    application = app.build(app.make_qt([sys.argv[0]]), clock=lambda: NOW, remember_geometry=False)
    current_theme().show_appearance(Appearance(run.appearance))
    window = application.window
    window.resize(*run.size)
    application.show()
    camera = Camera(window, out, run.suffix, only, run.chosen)
    scenes.without_file(camera)
    window.open_file(file)
    camera.settle()
    scenes.example(camera, folder)
    parcel.take(camera, file, folder / "mötespaket")
    scenes.new_association(camera, folder)
    scenes.damaged(camera, file, folder)
    window.close()
    for failure in camera.failures:
        print(failure, file=sys.stderr)
    return 1 if camera.failures else 0


if __name__ == "__main__":
    sys.exit(main())

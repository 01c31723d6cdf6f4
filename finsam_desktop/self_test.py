"""`finsam-desktop --self-test`: proves that an installed copy is whole, without touching the user's own files."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path


def run() -> int:
    """Do every check, print a Swedish line for each; 0 when all went well, else 1."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    failures = 0
    with tempfile.TemporaryDirectory(prefix="finsam-", ignore_cleanup_errors=True) as folder:
        os.environ["FINSAM_CONFIG_DIR"] = folder
        for name, check in _CHECKS:
            try:
                fact = check(Path(folder))
            except Exception as error:  # every fault is a finding of this test
                failures += 1
                print(f"✗ {name}: {type(error).__name__}: {error}", flush=True)
            else:
                print(f"✓ {name}: {fact}", flush=True)
    print(
        "Programmet är helt." if not failures else f"{failures} av {len(_CHECKS)} prov gick inte.", flush=True
    )
    return 1 if failures else 0


def _resources(_folder: Path) -> str:
    from finsam_desktop import paths

    wanted = {
        "typsnitt": (paths.resources() / "fonts", "*.otf", 4),
        "ikoner": (paths.resources() / "icons", "*.svg", 40),
        "Word-mallar": (paths.templates() / "word", "*.docx", 14),
        "ärendemallar": (paths.templates() / "items", "*.toml", 1),
    }
    counts = []
    for name, (place, pattern, least) in wanted.items():
        number = len(list(place.glob(pattern)))
        if number < least:
            raise FileNotFoundError(f"{number} {name} i {place}, minst {least} behövs")
        counts.append(f"{number} {name}")
    return ", ".join(counts)


def _document(folder: Path) -> str:
    from finsam_desktop import demo

    made = demo.create(folder / "exempel")
    missing = [path.name for path in made if not path.is_file() or not path.stat().st_size]
    if missing:
        raise FileNotFoundError(", ".join(missing))
    return f"{len(made)} filer skapade"


def _reopened(folder: Path) -> str:
    from finsam_desktop.workspace import Workspace

    path = next((folder / "exempel").glob("*.finsam"))
    with Workspace.open(path, user="Självtest") as workspace:
        if not workspace.meetings:
            raise ValueError("filen har inga sammanträden")
        return f"{workspace.association.name}, {len(workspace.meetings)} sammanträden"


def _template(_folder: Path) -> str:
    from finsam_desktop import paths
    from finsam_desktop.word import WordTemplate

    fields = {
        path.stem: len(WordTemplate(path).fields()) for path in (paths.templates() / "word").glob("*.docx")
    }
    if not all(fields.values()):
        raise ValueError(f"mall utan fält: {fields}")
    return ", ".join(f"{name} {count} fält" for name, count in sorted(fields.items()))


def _window(folder: Path) -> str:
    from finsam_desktop import app

    qt = app.make_qt(sys.argv[:1])
    application = app.build(qt)
    application.show(next((folder / "exempel").glob("*.finsam")))
    picture = application.window.grab()
    colours = {picture.toImage().pixelColor(x, y).name() for x in range(0, 600, 7) for y in range(0, 400, 7)}
    title = application.window.windowTitle()
    application.window.close()
    if len(colours) < 4 or not application.window.place:
        raise ValueError("fönstret är tomt")
    return f"{title}, {picture.width()} × {picture.height()}"


_CHECKS: tuple[tuple[str, Callable[[Path], str]], ...] = (
    ("Programmets filer", _resources),
    ("Word-mallar", _template),
    ("Exempelförbundet", _document),
    ("Filen öppnas igen", _reopened),
    ("Fönstret", _window),
)

"""A copy of the example association to try things on."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from finsam_desktop.settings import data_folder
from finsam_desktop.ui.jobs import Progress


def make_example(progress: Progress) -> Path:
    """Make a fresh copy in the program's own folder and return its .finsam file; runs in a worker.

    Earlier copies stay, so that a copy in another window is never pulled away.
    """
    from finsam_desktop import demo

    progress.step("")
    folder = data_folder() / "exempel" / f"{dt.datetime.now():%Y-%m-%d %H%M%S}"
    made = demo.create(folder)
    return next(path for path in made if path.suffix == ".finsam")

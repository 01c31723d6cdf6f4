"""Fixtures: a real window with a copy of the example association open, on a fixed day."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from finsam_desktop.ui.main_window import MainWindow

EXAMPLE_FILE = "FINSAM_EXAMPLE_FILE"
"""Names a file to take in place of the example, such as one with twenty years before it (`dev.py bench window`)."""
TODAY = dt.datetime(2026, 11, 22, 10, 42)


@pytest.fixture(scope="session")
def example_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example as `finsam demo` makes it, made once; copy what you change."""
    from finsam_desktop import demo

    folder = tmp_path_factory.mktemp("exempelforbundet")
    demo.create(folder)
    return folder


@pytest.fixture
def example_file(example_folder: Path, tmp_path: Path) -> Path:
    """A copy of the example's .finsam file."""
    copy = tmp_path / "exempelbygden.finsam"
    given = os.environ.get(EXAMPLE_FILE)
    copy.write_bytes((Path(given) if given else example_folder / "exempelbygden.finsam").read_bytes())
    return copy


@pytest.fixture
def window(qapp: QApplication, example_file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """The whole program as it is built at the start, with the example open; without page previews."""
    # Imported here: this module is a plugin of the whole run, and most tests know nothing of Qt.
    from finsam_desktop import app

    monkeypatch.setattr("finsam_desktop.ui.views.meeting.preview_pane.find_libreoffice", lambda: None)
    built = app.build(qapp)
    shown = built.window
    shown.session._clock = lambda: TODAY
    shown.resize(1440, 900)
    shown.show()
    assert shown.session.open(example_file)
    yield shown
    # The window takes in what is being typed, stops its jobs and closes the file, in that order.
    shown.close()
    assert not shown.session.is_open
    shown.deleteLater()

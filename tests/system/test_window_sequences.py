"""Whatever a user does in whatever order, the window holds what a plain model holds, and leaves no dialog behind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from finsam_desktop import app
from finsam_desktop.settings import SettingsStore
from finsam_desktop.ui.main_window import MainWindow
from tests.system.window_driver import Driver
from tests.ui.opened_files import Opened

DOINGS = 12
"""In one sequence; the thousand of the long sweep are twelve thousand doings."""


@pytest.fixture
def file(example_folder: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "exempelbygden.finsam"
    copy.write_bytes((example_folder / "exempelbygden.finsam").read_bytes())
    return copy


@pytest.fixture
def opened(qapp: QApplication) -> Iterator[Opened]:
    """Files that the system's programs are asked to open, so that none is."""
    taker = Opened()
    QDesktopServices.setUrlHandler("file", taker, "take")
    yield taker
    QDesktopServices.unsetUrlHandler("file")


@pytest.fixture
def window(
    qapp: QApplication, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: Opened
) -> Iterator[MainWindow]:
    monkeypatch.setattr("finsam_desktop.ui.views.meeting.preview_pane.find_libreoffice", lambda: None)
    monkeypatch.setattr("finsam_desktop.documents.page_images.find_libreoffice", lambda: None)
    monkeypatch.setenv("FINSAM_WITHOUT", "libreoffice,preview")
    built = app.build(qapp, SettingsStore(tmp_path / "i.toml"), remember_geometry=False)
    built.window.show()
    assert built.session.open(file)
    yield built.window
    built.window.close()
    built.window.deleteLater()


def run(window: MainWindow, file: Path, seed: int) -> int:
    driver = Driver(window, file, Random(seed))
    try:
        for _ in range(DOINGS):
            driver.act()
        driver.end()
    except BaseException as fault:
        fault.add_note(f"seed {seed}: " + " | ".join(driver.diary))
        raise
    return len(driver.diary)


@pytest.mark.parametrize("seed", range(6))
def test_any_order_of_doings(window: MainWindow, file: Path, seed: int) -> None:
    assert run(window, file, seed) >= DOINGS // 2


@pytest.mark.long
@pytest.mark.parametrize("hundred", range(20))
def test_a_thousand_sequences(window: MainWindow, file: Path, hundred: int) -> None:
    """Fifty in each window, twenty windows; each goes on in the file that the one before it left."""
    for seed in range(hundred * 50 + 1000, hundred * 50 + 1050):
        run(window, file, seed)

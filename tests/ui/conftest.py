"""What the tests of the meeting page share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices

from tests.ui.meeting_cases import MeetingCase
from tests.ui.opened_files import Opened
from tests.ui.waiting import PatientBot


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> PatientBot:
    """As everywhere, but no busy machine makes it give up."""
    return PatientBot(request)


@pytest.fixture
def no_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a computer without LibreOffice: the pane says so, and no test but the preview's own waits for it."""
    monkeypatch.setattr("finsam_desktop.ui.views.meeting.preview_pane.find_libreoffice", lambda: None)
    monkeypatch.setattr("finsam_desktop.documents.page_images.find_libreoffice", lambda: None)


@pytest.fixture
def case(qapp: object, tmp_path: Path, no_pages: None) -> Iterator[MeetingCase]:
    """The window with a draft meeting of fifteen items."""
    made = MeetingCase(tmp_path)
    yield made
    made.close()


@pytest.fixture
def opened(qapp: object) -> Iterator[Opened]:
    """The files that the system's programs are asked to open during the test."""
    taker = Opened()
    QDesktopServices.setUrlHandler("file", taker, "take")
    yield taker
    QDesktopServices.unsetUrlHandler("file")

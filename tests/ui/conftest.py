"""What the tests of the meeting page share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.meeting_cases import MeetingCase


@pytest.fixture
def no_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a computer without LibreOffice: the pane says so, and no test but the preview's own waits for it."""
    monkeypatch.setattr("finsam_desktop.ui.views.preview_pane.find_libreoffice", lambda: None)


@pytest.fixture
def case(qapp: object, tmp_path: Path, no_pages: None) -> Iterator[MeetingCase]:
    """The window with a draft meeting of fifteen items."""
    made = MeetingCase(tmp_path)
    yield made
    made.close()

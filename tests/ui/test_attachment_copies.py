"""A bilaga is opened as a copy in a folder of ours, whatever it calls itself."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from finsam_desktop.domain.agenda import Attachment
from finsam_desktop.ui.views.meeting.attachment_actions import AttachmentActions


@pytest.mark.parametrize("an_id", ["../../..", "/tmp/abc", "vanlig"])
@pytest.mark.parametrize("name", ["Rapport.pdf", "../../Rapport.pdf", "/etc/Rapport.pdf", ""])
def test_a_copy_stays_in_the_folder_for_copies(qtbot: QtBot, an_id: str, name: str) -> None:
    workspace = SimpleNamespace(file=lambda _: b"sidor")
    desk: Any = SimpleNamespace(session=SimpleNamespace(workspace=workspace))
    actions = AttachmentActions.__new__(AttachmentActions)
    actions._desk, actions._opened = desk, None
    path = actions._copy(Attachment(id=an_id, title="R", file_name=name, sha256="x"))
    assert actions._opened is not None
    assert path.resolve().is_relative_to(Path(actions._opened.name).resolve())
    assert path.read_bytes() == b"sidor"
    actions._opened.cleanup()

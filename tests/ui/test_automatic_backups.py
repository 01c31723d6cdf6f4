"""The window backs up by itself, in the background, and says nothing when all is well."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from finsam_desktop.file_backups import backups_of
from finsam_desktop.ui.automatic_backups import AutomaticBackups


def test_an_open_file_is_backed_up_once_for_each_change(
    window, example_file: Path, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("finsam_desktop.file_backups.backup_root", lambda: tmp_path / "kopior")
    automatic = window.findChild(AutomaticBackups)
    assert automatic is not None
    assert window.session.path is not None
    for expected in (1, 1, 2):
        if expected == 2:
            before = window.session.association
            window.session.change("Nytt namn", before, replace(before, name="Nybygden"))
        automatic.back_up()
        qtbot.waitUntil(lambda: not window.jobs.running(), timeout=20_000)
        assert len(backups_of(window.session.path)) == expected


def test_a_folder_that_cannot_be_used_disturbs_nobody(
    window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kopior").write_text("en fil")
    monkeypatch.setattr("finsam_desktop.file_backups.backup_root", lambda: tmp_path / "kopior")
    told: list[object] = []
    window.jobs.failed.connect(told.append)
    window.findChild(AutomaticBackups).back_up()
    qtbot.waitUntil(lambda: not window.jobs.running(), timeout=20_000)
    assert told == []
    assert window.session.is_open

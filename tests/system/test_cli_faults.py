"""`finsam fault-reports`: none, a list, and the latest one whole."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from finsam_desktop import cli
from finsam_desktop.commands import common
from finsam_desktop.faults import reports
from finsam_desktop.settings import data_folder


def test_reports_are_listed_and_shown(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINSAM_CONFIG_DIR", str(tmp_path))
    assert cli.main(["fault-reports"]) == common.DONE
    assert capsys.readouterr().out == "Det finns inga felrapporter.\n"
    made = [reports.of_fault(ValueError(), data_folder(), datetime(2026, 11, day)) for day in (21, 22)]
    cli.main(["fault-reports"])
    assert capsys.readouterr().out == made[1].text
    cli.main(["fault-reports", "--list"])
    assert capsys.readouterr().out.splitlines() == [
        f"{r.at:%Y-%m-%d %H.%M}  {r.path}" for r in reversed(made)
    ]

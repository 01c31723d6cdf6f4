"""`finsam check-file` and `finsam unlock` as a user of the terminal meets them."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from finsam_desktop import cli
from finsam_desktop.commands import common
from finsam_desktop.workspace import Workspace


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = cli.main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_a_whole_file_is_said_to_be_whole_also_while_it_is_open(
    capsys: pytest.CaptureFixture[str], example_file: Path
) -> None:
    with Workspace.open(example_file, user="Anna"):
        code, out, _ = run(capsys, "check-file", example_file)
    assert code == common.DONE
    assert "4 sammanträden" in out
    assert out.endswith("Filen är hel.\n")


def test_damage_is_named_with_what_to_do(capsys: pytest.CaptureFixture[str], example_file: Path) -> None:
    with closing(sqlite3.connect(example_file)) as db:
        db.execute("UPDATE meetings SET value = value || ' ' WHERE date = '2026-09-17'")
        db.commit()
    code, out, _ = run(capsys, "check-file", example_file)
    assert code == common.FINDINGS
    assert "Går inte att läsa: sammanträdet 2026-09-17" in out
    assert "Återställ en säkerhetskopia" in out
    code, out, _ = run(capsys, "check-file", example_file, "--json")
    assert json.loads(out)["damages"][0]["what"] == "sammanträdet 2026-09-17"


def test_a_file_locked_by_a_computer_that_broke(
    capsys: pytest.CaptureFixture[str], example_file: Path
) -> None:
    lock = example_file.with_name(example_file.name + ".lock")
    assert "är inte låst" in run(capsys, "unlock", example_file, "--host", "KANSLI-07")[1]
    owner = {"user": "Anna", "host": "KANSLI-07", "pid": 4, "since": "2026-10-29T09:12:30"}
    lock.write_text(json.dumps(owner), "utf-8")
    code, _, err = run(capsys, "unlock", example_file, "--host", "KANSLI-08")
    assert code == common.BAD_INPUT
    assert "öppen hos Anna på datorn KANSLI-07 sedan 2026-10-29 kl. 09.12" in err
    assert json.loads(lock.read_text("utf-8")) == owner
    code, out, _ = run(capsys, "unlock", example_file, "--host", "KANSLI-07")
    assert (code, "Låset från KANSLI-07 är borta" in out) == (common.DONE, True)
    assert not lock.exists()
    Workspace.open(example_file, user="Bo").close()

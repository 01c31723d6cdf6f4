"""`finsam backup` as a user of the terminal meets it: make, list, see what has changed, restore."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from finsam_desktop import cli
from finsam_desktop.commands import common
from finsam_desktop.workspace import Workspace


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = cli.main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_a_backup_is_made_compared_and_restored(
    capsys: pytest.CaptureFixture[str], example_file: Path, tmp_path: Path
) -> None:
    store = ("--folder", tmp_path / "kopior")
    code, out, _ = run(capsys, "backup", "make", example_file, *store)
    assert (code, "Säkerhetskopian är gjord" in out) == (common.DONE, True)
    assert "Ingenting har ändrats" in run(capsys, "backup", "make", example_file, *store)[1]
    with Workspace.open(example_file, user="Anna") as workspace:
        before = workspace.association
        workspace.change("Byt namn", before, replace(before, name="Nybygden"))
    out = run(capsys, "backup", "changes", example_file, *store)[1]
    assert "1 ändringar" in out
    assert "Anna: Byt namn" in out
    new = tmp_path / "igen.finsam"
    code, out, _ = run(capsys, "backup", "restore", example_file, "-o", new, *store)
    assert code == common.DONE
    with Workspace.open(new, user="Anna") as workspace:
        assert workspace.association == before
    run(capsys, "backup", "make", example_file, *store)
    listed = json.loads(run(capsys, "backup", "list", example_file, *store, "--json")[1])
    assert len(listed) == 2
    assert listed[0]["changes"] == listed[1]["changes"] + 1


def test_a_file_that_is_gone_is_restored_by_its_name(
    capsys: pytest.CaptureFixture[str], example_file: Path, tmp_path: Path
) -> None:
    store = ("--folder", tmp_path / "kopior")
    run(capsys, "backup", "make", example_file, *store)
    whole = example_file.read_bytes()
    for damage in (b"", whole[:3000], None):
        if damage is None:
            example_file.unlink()
        else:
            example_file.write_bytes(damage)
        new = tmp_path / f"igen {damage is None} {len(damage or b'')}.finsam"
        code, _, err = run(capsys, "backup", "restore", example_file, "-o", new, *store)
        assert (code, err) == (common.DONE, "")
        with Workspace.open(new, user="Anna") as workspace:
            assert workspace.meetings


def test_a_file_is_put_back_in_place_after_a_backup_of_how_it_was(
    capsys: pytest.CaptureFixture[str], example_file: Path, tmp_path: Path
) -> None:
    store = ("--folder", tmp_path / "kopior")
    run(capsys, "backup", "make", example_file, *store)
    with Workspace.open(example_file, user="Anna") as workspace:
        before = workspace.association
        workspace.change("Byt namn", before, replace(before, name="Nybygden"))
    out = run(capsys, "backup", "changes", example_file, *store, "--fields")[1]
    assert "Skiljer i förbundet: Förbundets namn" in out
    assert f"  då: {before.name}\n  nu: Nybygden" in out
    code, out, _ = run(capsys, "backup", "restore", example_file, "--over", *store)
    assert (code, "1 delar" in out) == (common.DONE, True)
    with Workspace.open(example_file, user="Anna") as workspace:
        assert workspace.association == before
        assert workspace.history(limit=1)[0].label.startswith("Återställ säkerhetskopian ")
    newest = tmp_path / "nyss.finsam"
    run(capsys, "backup", "restore", example_file, "-o", newest, *store)
    with Workspace.open(newest, user="Anna") as workspace:
        assert workspace.association.name == "Nybygden"


@pytest.mark.parametrize("at", ["", "1999"])
def test_no_backup_is_told(
    capsys: pytest.CaptureFixture[str], example_file: Path, tmp_path: Path, at: str
) -> None:
    code, _, err = run(
        capsys,
        "backup",
        "restore",
        example_file,
        "--at",
        at,
        "-o",
        tmp_path / "x.finsam",
        "--folder",
        tmp_path / "k",
    )
    assert code == common.BAD_INPUT
    assert f"ingen säkerhetskopia av {example_file.name}" in err
    assert not (tmp_path / "x.finsam").exists()


def test_a_damaged_file_is_salvaged_and_what_is_lost_is_told(
    capsys: pytest.CaptureFixture[str], example_file: Path, tmp_path: Path
) -> None:
    with Workspace.open(example_file, user="Anna") as workspace:
        ever = [workspace.value_at(entry) for entry in workspace.history(limit=1000)]
    whole = example_file.read_bytes()
    code, out, _ = run(capsys, "salvage", example_file, "-o", tmp_path / "hel.finsam")
    assert (code, "förlorad" in out) == (common.DONE, False)
    example_file.write_bytes(whole[: len(whole) // 2])
    code, out, _ = run(capsys, "salvage", example_file, "-o", tmp_path / "halv.finsam")
    assert code == common.FINDINGS
    assert "En äldre version är räddad av sammanträdet 2026-" in out
    with Workspace.open(tmp_path / "halv.finsam", user="Anna") as workspace:
        assert workspace.meetings
        assert all(meeting in ever for meeting in workspace.meetings)

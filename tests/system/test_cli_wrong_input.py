"""Wrong input at every command: a message in Swedish, exit code 3, the file untouched and nothing half-written."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

import pytest

from finsam_desktop import cli
from finsam_desktop.commands import common

HELD, DRAFT, CONSULTATION = "2026-10-29", "2026-11-26", "2026-04-22"

READING = {
    "show": ("show", "FIL"),
    "check": ("check", "FIL"),
    "export-data": ("export-data", "FIL", HELD, "-o", "UT.json"),
    "phrases": ("phrases", "FIL"),
    "minutes": ("minutes", "FIL", HELD),
    "attendance": ("attendance", "FIL", HELD),
    "decisions": ("decisions", "FIL", "-o", "UT.xlsx"),
    "delegated list": ("delegated", "list", "FIL"),
    "plan": ("plan", "FIL", "2027"),
    "register export": ("register", "export", "FIL", "UT.xlsx"),
    "audit": ("audit", "FIL", "2025"),
    "joint export": ("joint", "export", "FIL", HELD, "8", "-o", "UT.finsam-arende"),
    "export": ("export", "FIL", HELD, "protokoll", "-o", "UT.docx"),
    "attendance-sheet": ("attendance-sheet", "FIL", "2026", "-o", "UT.xlsx"),
    "notices": ("notices", "FIL", HELD),
    "extract": ("extract", "FIL", HELD, "67", "-o", "UT.docx"),
    "dispatch": ("dispatch", "FIL", HELD, "-o", "UT"),
}
WRITING = {
    "record": ("record", "FIL", DRAFT, "absent", "Almkvarn"),
    "follow-up": ("follow-up", "FIL", "67", "2026", "--done"),
    "delegated add": ("delegated", "add", "FIL", "Avtal", "--date", "2026-01-01"),
    "delegated report": ("delegated", "report", "FIL", HELD),
    "plan": ("plan", "FIL", "2027", "--create"),
    "adjust": ("adjust", "FIL", DRAFT, "--on", "2026-12-01"),
}
SAVING = {
    name: command for name, command in READING.items() if any(part.startswith("UT") for part in command)
}


@pytest.fixture
def file(example_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(example_folder / "exempelbygden.finsam", tmp_path / "f.finsam"))


def told(
    capsys: pytest.CaptureFixture[str], file: Path, out: Path, command: tuple[str, ...]
) -> tuple[int, str, str]:
    """Exit code and what was said; FIL is the file and UT… a path in ``out``."""
    arguments = [
        str(file) if part == "FIL" else str(out / part) if part.startswith("UT") else part for part in command
    ]
    code = cli.main(arguments)
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.mark.parametrize("command", [*READING.values(), *WRITING.values()], ids=lambda c: " ".join(c[:2]))
def test_a_missing_file_or_one_of_another_kind(capsys, tmp_path: Path, command: tuple[str, ...]) -> None:
    path = tmp_path / "f.finsam"
    code, out, err = told(capsys, path, tmp_path, command)
    assert (code, out) == (common.BAD_INPUT, "")
    assert "Filen f.finsam finns inte" in err
    assert list(tmp_path.iterdir()) == []
    path.write_bytes(b"Hej" * 100)
    code, out, err = told(capsys, path, tmp_path, command)
    assert (code, out) == (common.BAD_INPUT, "")
    assert "f.finsam är inte en Finsam-fil" in err
    assert [one.name for one in tmp_path.iterdir()] == ["f.finsam"]
    assert path.read_bytes() == b"Hej" * 100


@pytest.mark.parametrize("command", SAVING.values(), ids=SAVING)
def test_a_folder_that_is_none(capsys, file: Path, tmp_path: Path, command: tuple[str, ...]) -> None:
    blocked = tmp_path / "en fil"
    blocked.write_text("x", encoding="utf-8")
    code, out, err = told(capsys, file, blocked, command)
    assert (code, out) == (common.BAD_INPUT, "")
    assert "Välj en annan mapp." in err
    assert blocked.read_text(encoding="utf-8") == "x"


@pytest.mark.parametrize("command", SAVING.values(), ids=SAVING)
def test_a_full_disk_leaves_nothing(
    capsys, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    """The same as on a real full disk: what is saved goes through one function, and its write fails."""

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    place = tmp_path / "mapp"
    place.mkdir()
    monkeypatch.setattr("finsam_desktop.storage.safewrite.os.fsync", full)
    code, out, err = told(capsys, file, place, command)
    assert (code, out) == (common.BAD_INPUT, "")
    assert "disken är full" in err
    assert [one for one in place.rglob("*") if one.is_file()] == []


WRONG = {
    ("minutes", "FIL", HELD, "--item", ""): "Det finns inget ärende ””",
    ("minutes", "FIL", HELD, "--item", "§999"): "Det finns inget ärende ”§999”",
    ("attendance", "FIL", "2027-01-01"): "Det finns inget sammanträde ”2027-01-01”",
    ("record", "FIL", DRAFT, "absent", ""): "Ingen i registret heter ””.",
    ("record", "FIL", DRAFT, "motion", "Almkvarn", "5", " "): "Yrkandet saknar text.",
    ("record", "FIL", DRAFT, "away", "Almkvarn", "9", "3"): "Ärende 3 kommer före ärende 9.",
    ("record", "FIL", DRAFT, "elect", "5", "A=-1"): "är inte ett namn med röster",
    ("follow-up", "FIL", "999", "2026", "--done"): "Det finns inget beslut i § 999 år 2026",
    ("delegated", "add", "FIL", " ", "--date", "2026-01-01"): "Beslutet saknar text.",
    ("adjust", "FIL", HELD, "--on", "2026-11-10"): "Protokollet är redan justerat, den 2026-11-09.",
    ("adjust", "FIL", DRAFT, "--on", "2026-12-01", "--item", ""): "Sammanträdet har ingen § .",
    ("adjust", "FIL", CONSULTATION, "--on", "2026-05-01"): "fattas inga beslut",
    ("notices", "FIL", CONSULTATION): "fattas inga beslut",
    ("notices", "FIL", HELD, "--posted", ""): "Det finns ingen anslagstavla hos ””.",
    ("notices", "FIL", HELD, "--removed", "Försäkringskassan"): "ingen anslagstavla hos ”Försäkringskassan”",
    ("extract", "FIL", HELD, "999", "-o", "UT.docx"): "Sammanträdet har ingen § 999.",
    ("extract", "FIL", CONSULTATION, "1", "-o", "UT.docx"): "Protokollet har inga paragrafer.",
    ("dispatch", "FIL", HELD, "-o", "UT", "--to", "Ingen"): "Ingen paragraf expedieras till ”Ingen”.",
    ("dispatch", "FIL", DRAFT, "-o", "UT"): "Protokollet är inte justerat",
    ("joint", "export", "FIL", HELD, "99", "-o", "UT"): "Ärende 99 finns inte på dagordningen",
    ("attendance-sheet", "FIL", "1990", "-o", "UT.xlsx"): "Det finns ingen närvaro att redovisa.",
    ("export", "FIL", CONSULTATION, "protokoll", "-o", "UT.docx"): "inte av medlemssamråd",
    ("export", "FIL", HELD, "anslag", "--board", "Ingen", "-o", "UT.docx"): "Ingen är inte medlem",
}


@pytest.mark.parametrize("command", WRONG, ids=lambda c: " ".join(c[:1] + c[2:]))
def test_what_cannot_be_is_told_and_changes_nothing(
    capsys, file: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    before = file.read_bytes()
    code, out, err = told(capsys, file, tmp_path, command)
    assert (code, out) == (common.BAD_INPUT, "")
    assert WRONG[command] in err.replace("\u00a0", " ")
    assert file.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["f.finsam"]


@pytest.mark.parametrize("year", ["abc", "1", "99999", "-5"])
def test_a_year_is_four_digits(capsys, file: Path, year: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["decisions", str(file), f"--year={year}"])
    assert stopped.value.code == common.USAGE
    assert f"{year} är inte ett år, skriv som 2026" in capsys.readouterr().err

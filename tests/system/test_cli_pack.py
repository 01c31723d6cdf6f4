"""`finsam pack`: the handlingar from the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from finsam_desktop import cli, demo
from finsam_desktop.pdf import libreoffice
from tests.made_pdfs import page_texts

NOVEMBER = "2026-11-26"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example, on a computer without LibreOffice."""
    monkeypatch.setenv("FINSAM_CONFIG_DIR", str(tmp_path / "inställningar"))
    monkeypatch.setattr(libreoffice, "find_libreoffice", lambda: None)
    return demo.create(tmp_path / "demo")[0]


def test_a_pack_is_made_noted_as_sent_and_completed(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "ut"
    folder.mkdir()
    assert cli.main(["pack", str(file), NOVEMBER, "-o", str(folder), "--sent"]) == 1, "a file is missing"
    printed = capsys.readouterr().out.replace("\u00a0", " ")
    assert "Bilaga 2 Förslag till budget och verksamhetsplan 2027" in printed
    assert "Att se över: Bilaga 3 Förslag till sammanträdesplan 2027: Filen saknas." in printed
    made = folder / "2026-11-26 Handlingar.pdf"
    assert str(made) in printed
    assert "Filen saknas." in page_texts(made.read_bytes())[-1]
    assert cli.main(["pack", str(file), NOVEMBER, "-o", str(folder), "--supplementary"]) == 3
    assert "Inga bilagor är nya eller ändrade" in capsys.readouterr().err
    # What somebody has written in the file is kept.
    made.write_bytes(made.read_bytes() + b"% en anteckning")
    assert cli.main(["pack", str(file), NOVEMBER, "-o", str(folder), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["beside"]
    assert Path(told["path"]).name == "2026-11-26 Handlingar (2).pdf"
    assert made.read_bytes().endswith(b"% en anteckning")
    assert [entry["label"] for entry in told["entries"]] == ["", "", "Bilaga 1", "Bilaga 2", "Bilaga 3"]
    assert sum(entry["pages"] for entry in told["entries"]) == told["pages"]
    assert told["problems"][0]["left_out"]
    assert cli.main(["show", str(file), NOVEMBER]) == 0


def test_the_public_version_is_not_sent(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["pack", str(file), NOVEMBER, "-o", str(tmp_path), "--public", "--sent"]) == 3
    assert "Den offentliga versionen skickas inte till styrelsen." in capsys.readouterr().err
    assert not list(tmp_path.glob("*.pdf"))


def test_a_place_that_cannot_be_written_is_told_and_nothing_is_noted(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nowhere = tmp_path / "finns inte" / "mapp" / "ut.pdf"
    assert cli.main(["pack", str(file), NOVEMBER, "-o", str(nowhere), "--sent"]) == 3
    assert capsys.readouterr().err
    assert cli.main(["pack", str(file), NOVEMBER, "-o", str(tmp_path), "--supplementary"]) == 3
    assert "Inga handlingar är markerade som skickade" in capsys.readouterr().err

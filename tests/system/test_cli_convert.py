"""`finsam convert`: files as PDF in a folder, and the reasons for those that could not be converted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from finsam_desktop.cli import main
from tests.unit.pdf.test_convert import LOCKED, pdf_file, picture, text_of


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    contents = {
        "Karta.png": picture("PNG"),
        "Brev.txt": "Åtta".encode(),
        "Skanning.pdf": pdf_file(),
        "Ritning.odp": b"PK",
    }
    for name, content in (*contents.items(), *LOCKED[:1]):
        (tmp_path / name).write_bytes(content)
    return [str(tmp_path / name) for name in (*contents, LOCKED[0][0])]


def test_files_become_pdf_and_what_cannot_is_told(
    files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "ut"
    assert main(["convert", *files, "-o", str(out), "--without-libreoffice", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert [Path(one["pdf"]).name for one in told] == [
        "Karta.pdf", "Brev.pdf", "Skanning.pdf", "Ritning.pdf", "last.pdf",
    ]  # fmt: skip
    assert [bool(one["problem"]) for one in told] == [False, False, False, True, True]
    assert "Åtta" in text_of((out / "Brev.pdf").read_bytes())
    assert (out / "Skanning.pdf").read_bytes() == Path(files[2]).read_bytes()
    assert "lösenord" in text_of((out / "last.pdf").read_bytes())
    assert main(["convert", files[1], "-o", str(out), "--without-libreoffice"]) == 3
    assert "finns redan" in capsys.readouterr().err
    assert main(["convert", files[1], files[0], "-o", str(tmp_path / "ut2"), "--without-libreoffice"]) == 0
    shown = capsys.readouterr()
    assert "Brev.pdf (ungefärliga sidor" in shown.out
    assert shown.err == ""


def test_files_of_one_name_keep_their_endings_and_a_missing_one_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.png", "a.gif"):
        (tmp_path / name).write_bytes(picture(name[2:].upper()))
    out = tmp_path / "ut"
    both = [str(tmp_path / "a.png"), str(tmp_path / "a.gif")]
    assert main(["convert", *both, "-o", str(out), "--without-libreoffice"]) == 0
    assert {path.name for path in out.iterdir()} == {"a.png.pdf", "a.gif.pdf"}
    assert main(["convert", str(tmp_path / "borta.docx"), "-o", str(out)]) == 3
    assert "borta.docx finns inte" in capsys.readouterr().err
    assert main(["convert", both[0], both[0], "-o", str(tmp_path / "ut3")]) == 3
    assert "samma namn" in capsys.readouterr().err
    (tmp_path / "fil").write_bytes(b"")
    assert main(["convert", both[0], "-o", str(tmp_path / "fil"), "--without-libreoffice"]) == 3

"""`finsam public` and `finsam export --public` as a user types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from finsam_desktop.cli import main
from tests.leaks import leaks

MEETING = "2026-10-29"


@pytest.fixture
def file(example_file: Path) -> str:
    return str(example_file)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_an_item_a_bilaga_and_a_name_are_kept_from_the_public_protokoll(
    file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ground = ("--section", "26 kap. 1 §", "--reason", "Gäller en enskild")
    assert run(capsys, "public", "mark", file, MEETING, "--item", "9", *ground)[0] == 0
    assert run(capsys, "public", "mark", file, MEETING, "--attachment", "2", *ground)[0] == 0
    name = ("--words", "Gunilla  Åskvist", "--section", "21 kap. 1 §", "--instead", "NN")
    assert run(capsys, "public", "mark", file, MEETING, *name)[0] == 0
    code, out, _ = run(capsys, "public", "report", file, MEETING, "--json")
    told = json.loads(out)
    assert code == 0
    assert {"26 kap. 1 §", "21 kap. 1 §"} <= {one["section"] for one in told}
    assert any(one["what"] == "”Gunilla Åskvist”" for one in told)
    target = tmp_path / "Protokoll offentlig.docx"
    assert run(capsys, "export", file, MEETING, "protokoll", "--public", "-o", str(target))[0] == 0
    assert leaks(target.read_bytes(), ("Åskvist", "fyrpartssamverkan"), target.name) == []


def test_what_was_marked_can_be_taken_back(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    for what in (("--item", "7B"), ("--attachment", "1"), ("--words", "Ola Rimfors")):
        assert run(capsys, "public", "mark", file, MEETING, *what)[0] == 0
        assert run(capsys, "public", "report", file, MEETING)[0] == 1, "no ground is chosen"
        assert run(capsys, "public", "mark", file, MEETING, *what, "--undo")[0] == 0


def test_the_list_is_saved(file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "public", "mark", file, MEETING, "--item", "9", "--reason", "=hemligt")
    assert run(capsys, "public", "report", file, MEETING, "--csv", str(tmp_path / "lista.csv"))[0] == 0
    text = (tmp_path / "lista.csv").read_text("utf-8-sig")
    assert text.startswith("Vad;Var;Grund i OSL;Skäl")
    assert ";'=hemligt" in text, "no cell may be taken for a formula"


def test_the_usual_grounds_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert "26 kap. 1 §, socialtjänst" in run(capsys, "public", "grounds")[1]


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (("--item", "99"), "Ärende 99 finns inte"),
        (("--attachment", "99"), "Bilaga 99 finns inte"),
        (("--words", " … "), "inga ord"),
        (("--item", "9", "--undo"), "redan"),
    ],
)
def test_what_cannot_be_marked_is_said(
    what: tuple[str, ...], said: str, file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, "public", "mark", file, MEETING, *what)
    assert code == 3
    assert said in err


def test_a_paper_of_a_confidential_item_cannot_be_made_public(
    file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "public", "mark", file, MEETING, "--item", "5")
    target = tmp_path / "rapport.docx"
    code, _, err = run(capsys, "export", file, MEETING, "tertialrapport", "--public", "-o", str(target))
    assert code == 3
    assert "Tertialrapport 2" not in err
    assert not target.exists()


def test_a_picture_is_described_and_the_files_are_looked_at(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "accessibility", "check", file, MEETING, "--json")
    assert code == (1 if json.loads(out) else 0)
    assert run(capsys, "accessibility", "describe", file, MEETING, "3", "Kommunerna")[:2] == (
        0,
        "Kommunerna\n",
    )
    code, _, err = run(capsys, "accessibility", "describe", file, MEETING, "99", "Kommunerna")
    assert code == 3
    assert "Bilaga 99 finns inte" in err

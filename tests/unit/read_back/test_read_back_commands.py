"""`finsam read-back` and `finsam replace` on a real file."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from finsam_desktop.cli import main
from finsam_desktop.documents import Document
from finsam_desktop.documents.export import export
from finsam_desktop.workspace import Workspace
from tests.unit.read_back.made_minutes import values
from tests.unit.read_back.word_edits import Edited

HELD = "2026-10-29"


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, Path]:
    """A file with the meeting, and its protokoll with a text changed, a motion changed and a vote changed."""
    association, meetings, _ = values()
    file, out = tmp_path / "f.finsam", tmp_path / "Protokoll.docx"
    with Workspace.create(file, association, user="Ola") as workspace:
        for meeting in meetings:
            workspace.change("Lägg till", None, meeting)
        export(workspace, HELD, Document.PROTOKOLL, out, today=date(2026, 11, 2))
    edited = Edited(out.read_bytes())
    edited.replace("Utcheckning genomförs", "Utcheckning sker")
    edited.replace("yrkar avslag på höjningen", "yrkar avslag på hela höjningen")
    edited.replace("Med 4 ja-röster", "Med 5 ja-röster")
    edited.comment(edited.find("Incheckning"), "Var det så?")
    out.write_bytes(edited.docx)
    return file, out


def test_a_document_is_shown_taken_in_and_undone_as_one_step(
    made: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    file, out = made
    assert main(["read-back", str(file), HELD, str(out)]) == 0
    told = capsys.readouterr().out
    assert "1. § 67 Långsiktig finansiering" in told
    assert "§ 74 Utcheckning: Text i protokollet" in told
    assert "i Word: Utcheckning sker." in told
    assert "kan inte tas in" in told
    assert "Kommentar i" in told
    assert main(["read-back", str(file), HELD, str(out), "--take", "alla", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert {one["field"] for one in answer["taken"]} == {"Text i protokollet", "Yrkanden"}
    assert answer["left"] == []
    with Workspace.open(file, user="Ola") as workspace:
        assert workspace.history()[0].label == "Ta in 2 ändringar ur Protokoll.docx"
    assert main(["read-back", str(file), HELD, str(out), "--json"]) == 0
    again = json.loads(capsys.readouterr().out)
    assert [one["is_in"] for one in again["changes"] if one["field"] != "Omröstningens resultat"] == [
        True,
        True,
    ]
    assert again["comments"][0]["text"] == "Var det så?"


def test_what_cannot_be_taken_in_is_told(made: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    file, out = made
    main(["read-back", str(file), HELD, str(out), "--json"])
    changes = json.loads(capsys.readouterr().out)["changes"]
    number = next(n for n, one in enumerate(changes, start=1) if one["field"] == "Omröstningens resultat")
    assert main(["read-back", str(file), HELD, str(out), "--take", str(number)]) == 3
    assert "Närvaro och beslut" in capsys.readouterr().out
    assert main(["read-back", str(file), HELD, str(out), "--take", "99"]) == 3
    assert "ingen ändring med numret 99" in capsys.readouterr().err


def test_words_are_shown_and_exchanged(made: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    file, _ = made
    assert main(["replace", str(file), HELD, "Utcheckning", "--match-case"]) == 0
    assert "[Utcheckning]" in capsys.readouterr().out
    assert main(["replace", str(file), HELD, "Utcheckning", "Avslutning", "--match-case", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert all(row["replaced"] for row in rows)
    with Workspace.open(file, user="Ola") as workspace:
        assert any(one.title == "Avslutning" for one in workspace.meeting(HELD).items)
        assert workspace.history()[0].label == "Ersätt ”Utcheckning” med ”Avslutning”"
    assert main(["replace", str(file), HELD, "finnsinte", "x"]) == 0
    assert "står ingenstans" in capsys.readouterr().out

"""`finsam adjust`, `notices`, `extract` and `dispatch` on the example."""

from __future__ import annotations

import email
import email.policy
import json
import shutil
from pathlib import Path

import pytest

from finsam_desktop import cli
from finsam_desktop.commands import common
from finsam_desktop.documents.differences import paragraph_texts

MEETING = "2026-10-29"


@pytest.fixture
def file(example_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(example_folder / "exempelbygden.finsam", tmp_path / "exempelbygden.finsam"))


@pytest.fixture
def run(capsys):
    def run(*arguments: object) -> tuple[int, str, str]:
        code = cli.main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return code, said.out.replace("\u00a0", " "), said.err.replace("\u00a0", " ")

    return run


def test_where_adjusted_minutes_stand(run, file: Path):
    code, said, _ = run("adjust", file, MEETING)
    assert code == common.DONE
    assert "Justerat                        2026-11-09  (KL 5 kap. 69 §)" in said
    assert "Anslagen nedtagna               tidigast 2026-12-03" in said
    steps = json.loads(run("adjust", file, MEETING, "--json")[1])["steps"]
    assert [(step["stage"], step["latest"]) for step in steps[:3]] == [
        ("sent", "2026-11-12"), ("adjusted", "2026-11-12"), ("announced", "2026-11-11"),
    ]  # fmt: skip


def test_announced_minutes_are_not_opened_again_but_corrected(run, file: Path):
    code, _, said = run("adjust", file, MEETING, "--reopen")
    assert code == common.BAD_INPUT
    assert "Protokollet är anslaget, så det kan inte öppnas igen." in said
    assert run("adjust", file, MEETING, "--correct", "nio", "sju")[0] == common.BAD_INPUT
    code, said, _ = run(
        "adjust", file, MEETING, "--item", "65", "--correct", "nio", "sju", "--by", "Ola, sekreterare"
    )
    assert code == common.DONE
    assert "”nio” har ändrats till ”sju” av Ola, sekreterare." in said
    assert run("adjust", file, MEETING, "--on", "2026-11-10")[0] == common.BAD_INPUT


def test_a_paragraph_is_adjusted_at_once_and_then_the_minutes(run, file: Path, tmp_path: Path):
    day = "2026-11-26"
    code, said, _ = run("adjust", file, day, "--item", "77", "--on", day)
    assert code == common.DONE
    assert "Omedelbart justerat             2026-11-26" in said
    code, said, _ = run("notices", file, day, "--item", "77", "-o", tmp_path / "anslag")
    assert code == common.DONE
    assert (
        len(list((tmp_path / "anslag").glob("*.docx"))) == len(list((tmp_path / "anslag").glob("*.eml"))) == 5
    )
    code, said, _ = run("adjust", file, day, "--on", "2026-12-03")
    assert "Justerat                        2026-12-03" in said
    assert run("adjust", file, day, "--reopen")[0] == common.DONE
    code, _, said = run("adjust", file, day, "--item", "999", "--on", day)
    assert code == common.BAD_INPUT
    assert "Sammanträdet har ingen § 999." in said


def test_drafts_hold_the_text_and_the_paper(run, file: Path, tmp_path: Path):
    run("adjust", file, "2026-11-26", "--on", "2026-12-03")
    assert run("notices", file, "2026-11-26", "-o", tmp_path / "anslag")[0] == common.DONE
    draft = next((tmp_path / "anslag").glob("*Fjällsta*.eml"))
    mail = email.message_from_bytes(draft.read_bytes(), policy=email.policy.default)
    assert mail["X-Unsent"] == "1"
    assert mail["Subject"].startswith("Anslag: justerat protokoll från Samordningsförbundet Exempelbygden")
    body = mail.get_body(preferencelist=("plain",)).get_content()
    assert "Sätt upp anslaget senast måndagen den 7 december 2026." in body
    assert "Fjällsta kommuns anslagstavla" in body
    (paper,) = mail.iter_attachments()
    assert "Tillkännagivande av justerat protokoll" in " ".join(paragraph_texts(paper.get_content()))


def test_boards_are_noted_one_by_one(run, file: Path):
    run("adjust", file, "2026-11-26", "--on", "2026-12-03")
    code, said, _ = run(
        "notices",
        file,
        "2026-11-26",
        "--posted",
        "Fjällsta",
        "--on",
        "2026-12-04",
        "--link",
        "fjallsta.example",
    )
    assert code == common.DONE
    assert "uppe 2026-12-04" in said
    rows = {row["member"]: row for row in json.loads(run("notices", file, "2026-11-26", "--json")[1])}
    assert rows["Fjällsta kommun"]["address"] == "fjallsta.example"
    assert rows["Norrmyra kommun"]["latest"] == "2026-12-07"
    code, _, said = run("notices", file, "2026-11-26", "--posted", "Storstad")
    assert code == common.BAD_INPUT
    assert "Det finns ingen anslagstavla hos ”Storstad”." in said
    assert run("notices", file, MEETING, "-o", file.parent / "x")[0] == common.BAD_INPUT, "all are posted"


def test_an_extract_has_who_decided_at_that_paragraph(run, file: Path, tmp_path: Path):
    code, said, _ = run("extract", file, MEETING, "68", "-o", tmp_path / "utdrag.docx")
    assert (code, said.strip()) == (common.DONE, str(tmp_path / "utdrag.docx"))
    text = " ".join(paragraph_texts((tmp_path / "utdrag.docx").read_bytes())).replace("\u00a0", " ")
    assert "Sammankallande part för medlemssamråd" in text
    assert "Rätt utdraget ur protokollet intygar" in text
    assert run("extract", file, MEETING, "12", "-o", tmp_path / "u.docx")[0] == common.BAD_INPUT


def test_everything_is_dispatched_once_and_logged(run, file: Path, tmp_path: Path):
    folder = tmp_path / "utdrag"
    code, said, _ = run("dispatch", file, MEETING)
    assert code == common.DONE
    assert said.count("inte skickat") == 7
    assert "Region Exempel                      § 68            inte skickat" in said
    code, said, _ = run("dispatch", file, MEETING, "-o", folder, "--manner", "med e-post")
    assert code == common.DONE
    assert len(list(folder.glob("*.docx"))) == 7
    log = json.loads(run("dispatch", file, MEETING, "--json")[1])
    assert all(batch["left"] == [] and len(batch["sent"]) == 1 for batch in log)
    assert log[0]["sent"][0]["manner"] == "med e-post"
    code, _, said = run("dispatch", file, MEETING, "-o", folder)
    assert code == common.BAD_INPUT
    assert "Allt är redan expedierat." in said
    again = run("dispatch", file, MEETING, "-o", folder, "--again", "--to", "Region Exempel")
    assert again[0] == common.DONE
    log = {batch["recipient"]: batch for batch in json.loads(run("dispatch", file, MEETING, "--json")[1])}
    assert [len(log[name]["sent"]) for name in ("Region Exempel", "Revisorerna")] == [2, 1]
    code, _, said = run("dispatch", file, MEETING, "-o", folder, "--to", "Kungen")
    assert (code, "Ingen paragraf expedieras till ”Kungen”." in said) == (common.BAD_INPUT, True)


def test_nothing_is_dispatched_before_the_adjustment(run, file: Path, tmp_path: Path):
    code, _, said = run("dispatch", file, "2026-11-26", "-o", tmp_path / "utdrag")
    assert code == common.BAD_INPUT
    assert "inte justerat" in said or "Ingen paragraf har någon mottagare" in said
    assert not (tmp_path / "utdrag").exists()
    assert run("notices", file, "2026-11-26", "-o", tmp_path / "anslag")[0] == common.BAD_INPUT

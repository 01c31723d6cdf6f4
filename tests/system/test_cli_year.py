"""`finsam decisions`, `follow-up`, `delegated` and `plan` as a user of the terminal meets them."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from finsam_desktop import cli
from finsam_desktop.commands import common
from finsam_desktop.domain.decisions import FollowUp
from finsam_desktop.domain.register import register, with_follow_up
from finsam_desktop.files.register_files import workbook
from finsam_desktop.workspace import Workspace
from tests.board import decided_item, held


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = cli.main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return code, captured.out.replace("\u00a0", " "), captured.err.replace("\u00a0", " ")


def decided(file: Path) -> int:
    """The § of one decision of 2026 in the example."""
    with Workspace.open(file, user="Test") as workspace:
        return next(e.paragraph for e in register(workspace.meetings) if e.meeting.date.year == 2026)


def test_decisions_are_listed_followed_up_and_saved(capsys, example_file: Path, tmp_path: Path) -> None:
    number = decided(example_file)
    code, out, _ = run(
        capsys, "follow-up", example_file, number, 2026, "--task", "=HYPERLINK(1)", "--responsible", "Ekonomen",
        "--due", "2026-11-30",
    )  # fmt: skip
    assert code == common.DONE
    assert f"§ {number} 2026" in out
    code, out, _ = run(capsys, "decisions", example_file, "--open", "--json", "--today", "2026-12-01")
    (entry,) = [one for one in json.loads(out) if one["paragraph"] == number]
    assert (entry["paragraph"], entry["state"], entry["due"]) == (number, "overdue", "2026-11-30")
    assert "HYPERLINK" in run(capsys, "decisions", example_file, "--overdue", "--today", "2026-12-01")[1]
    assert "HYPERLINK" not in run(capsys, "decisions", example_file, "--overdue", "--today", "2026-11-30")[1]
    out_file = tmp_path / "beslut.xlsx"
    assert run(capsys, "decisions", example_file, "-o", out_file, "--today", "2026-12-01")[0] == common.DONE
    sheet = load_workbook(out_file).active
    assert sheet is not None
    task = next(cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.value == "=HYPERLINK(1)")
    assert task.data_type == "s"
    assert sheet.cell(task.row, 8).value == datetime(2026, 11, 30)
    run(
        capsys,
        "follow-up",
        example_file,
        number,
        2026,
        "--done",
        "--report",
        "Klart",
        "--today",
        "2026-12-02",
    )
    (entry,) = json.loads(run(capsys, "decisions", example_file, "--text", "hyperlink", "--json")[1])
    assert (entry["state"], entry["report"], entry["reported_on"]) == ("done", "Klart", "2026-12-02")


def test_any_text_in_the_workbook_stays_text() -> None:
    odd = ("=1+1", "+46 70", "@SUM(A1)", "-2", "\x00=2", "x" * 40_000, "\ud800")
    items = tuple(decided_item(str(n), title=text) for n, text in enumerate(odd))
    meeting = held(*items)
    for n, text in enumerate(odd):
        meeting = with_follow_up(meeting, str(n), FollowUp(task=text, responsible=text, report=text))
    from io import BytesIO

    content = workbook(register((meeting,)), date(2026, 12, 1))
    sheet = load_workbook(BytesIO(content)).active
    assert sheet is not None
    assert sheet.max_row == len(odd) + 1
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert sheet.cell(2, 3).value == "=1+1"
    assert sheet.cell(2, 1).is_date


def test_a_follow_up_needs_a_decision_and_something_to_say(capsys, example_file: Path) -> None:
    code, _, err = run(capsys, "follow-up", example_file, "999", 2026, "--done")
    assert code == common.BAD_INPUT
    assert "inget beslut i § 999 år 2026" in err
    code, _, err = run(capsys, "follow-up", example_file, decided(example_file), 2026)
    assert code == common.BAD_INPUT
    assert "inget att anteckna" in err


def test_delegated_decisions_are_added_and_reported(capsys, example_file: Path) -> None:
    run(
        capsys,
        "delegated",
        "add",
        example_file,
        "Avtal om städning",
        "--date",
        "2026-11-02",
        "--by",
        "Chefen",
    )
    run(capsys, "delegated", "add", example_file, "Senare", "--date", "2026-12-02")
    code, out, _ = run(capsys, "delegated", "report", example_file, "2026-11-26")
    assert (code, out) == (common.DONE, "3 delegationsbeslut är anmälda vid sammanträdet 2026-11-26.\n")
    rows = json.loads(run(capsys, "delegated", "list", example_file, "--json")[1])
    reported = {row["text"]: row["reported_at"] for row in rows}
    assert (reported["Avtal om städning"], reported["Senare"]) == ("2026-11-26", "")
    assert (
        "Avtal om städning (Chefen), anmält 2026-11-26" in run(capsys, "delegated", "list", example_file)[1]
    )


def test_a_year_is_proposed_and_made_as_one_change(capsys, example_file: Path) -> None:
    code, out, _ = run(capsys, "plan", example_file, 2028, "--json")
    proposed = json.loads(out)
    assert code == common.DONE
    assert next(one for one in proposed if one["kind"] == "budget")["date"] <= "2028-11-30"
    assert run(capsys, "plan", example_file, 2028)[0] == common.DONE
    with Workspace.open(example_file, user="Test") as workspace:
        before = len(workspace.meetings)
    assert "utkast är skapade" in run(capsys, "plan", example_file, 2028, "--create")[1]
    with Workspace.open(example_file, user="Test") as workspace:
        assert len(workspace.meetings) == before + len(proposed)
        assert {m.date.isoformat() for m in workspace.meetings} >= {one["date"] for one in proposed}
    again = json.loads(run(capsys, "plan", example_file, 2028, "--json")[1])
    assert all(one["existing"] for one in again)
    assert [one["date"] for one in again] == [one["date"] for one in proposed]


def test_a_day_that_is_avoided_is_not_proposed(capsys, example_file: Path) -> None:
    first = json.loads(run(capsys, "plan", example_file, 2028, "--json")[1])
    avoided = first[0]["date"]
    second = json.loads(run(capsys, "plan", example_file, 2028, "--json", "--avoid", avoided)[1])
    assert avoided not in {one["date"] for one in second}
    with pytest.raises(SystemExit):
        run(capsys, "plan", example_file, "i fjol")


def test_a_joint_item_goes_from_one_file_to_another(capsys, example_file: Path, tmp_path: Path) -> None:
    sent = tmp_path / "ärende.finsam-arende"
    assert run(capsys, "joint", "export", example_file, "2026-10-29", "8", "-o", sent)[0] == common.DONE
    before = example_file.read_bytes()
    code, out, _ = run(capsys, "joint", "import", example_file, "2026-11-26", sent, "--show")
    assert code == common.DONE
    assert "Sammankallande part för medlemssamråd" in out
    assert example_file.read_bytes() == before
    assert (
        "står nu på dagordningen 2026-11-26"
        in run(capsys, "joint", "import", example_file, "2026-11-26", sent)[1]
    )
    sent.write_bytes(sent.read_bytes().replace(b"Sammankallande", b"Sammankallade "))
    code, _, err = run(capsys, "joint", "import", example_file, "2026-11-26", sent)
    assert code == common.BAD_INPUT
    assert "ändrats på vägen" in err

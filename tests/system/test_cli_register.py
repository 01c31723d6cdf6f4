"""`finsam register`, `finsam audit` and `finsam check --json` from the terminal."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from finsam_desktop import cli
from finsam_desktop.commands import common
from finsam_desktop.domain.audit import AuditYear
from finsam_desktop.domain.people_sheet import PEOPLE
from finsam_desktop.workspace import Workspace


@pytest.fixture
def file(example_folder: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "exempelbygden.finsam"
    shutil.copyfile(example_folder / "exempelbygden.finsam", copy)
    return copy


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = cli.main([str(argument) for argument in arguments])
    told = capsys.readouterr()
    return code, told.out, told.err


def test_the_register_goes_out_and_in(capsys: pytest.CaptureFixture[str], file: Path, tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    assert run(capsys, "register", "export", file, path)[0] == common.DONE
    code, out, _ = run(capsys, "register", "import", file, path)
    assert (code, out.strip()) == (common.DONE, "Registret är som i filen. Inget är ändrat.")
    book = load_workbook(path)
    book[PEOPLE]["D2"] = "070-123"
    gone = str(book[PEOPLE]["A3"].value)
    book[PEOPLE].delete_rows(3)
    book.save(path)
    content = file.read_bytes()
    code, out, _ = run(capsys, "register", "import", file, path, "--dry-run")
    assert code == common.FINDINGS
    assert "telefon tomt blir 070-123" in out
    assert gone in out
    assert "Inget är ändrat än." in out
    assert file.read_bytes() == content
    code, out, _ = run(
        capsys, "register", "import", file, path, "--end-missing", "--today", "2026-11-22", "--json"
    )
    said = json.loads(out)
    assert (code, said["written"], len(said["ended"])) == (common.DONE, True, 1)
    with Workspace.open(file, user="test", read_only=True) as workspace:
        association = workspace.association
    person = next(p for p in association.people if p.name == gone)
    assert [a.until for a in association.appointments if a.person_id == person.id] == [date(2026, 11, 22)]
    assert "070-123" in {p.phone for p in association.people}


def test_a_faulty_cell_changes_nothing(
    capsys: pytest.CaptureFixture[str], file: Path, tmp_path: Path
) -> None:
    path = tmp_path / "register.xlsx"
    run(capsys, "register", "export", file, path)
    book = load_workbook(path)
    book[PEOPLE]["E2"] = "Kassör"
    book.save(path)
    content = file.read_bytes()
    code, _, told = run(capsys, "register", "import", file, path)
    assert code == common.BAD_INPUT
    assert f"{PEOPLE}, cell E2" in told
    assert file.read_bytes() == content


def test_the_audit_is_a_matrix(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    with Workspace.open(file, user="test") as workspace:
        before = workspace.association
        audit = AuditYear(year=2025, report_received=date(2026, 4, 20))
        workspace.change("Revision", before, replace(before, audits=(audit,)))
    code, out, _ = run(capsys, "audit", file, "2025", "--today", "2026-09-30", "--json")
    said = json.loads(out)
    assert code == common.FINDINGS
    assert said["report_received"] == "2026-04-20"
    assert [row["member"] for row in said["members"]] == [m.name for m in before.members]
    assert {f["rule"] for f in said["findings"]} == {"R64", "R66"}
    code, out, _ = run(capsys, "audit", file, "2024")
    assert code == common.DONE
    assert "Revisionsberättelsen inkommen: –" in out
    assert run(capsys, "audit", file, "2025", "--today", "2026-09-29")[0] == common.FINDINGS


def test_check_says_the_day_that_counts(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    _, out, _ = run(capsys, "check", file, "2026-11-26", "--today", "2026-11-20", "--json")
    (notice,) = [row for row in json.loads(out) if row["rule"] == "R13"]
    assert (notice["latest"], notice["days_left"], notice["earliest"]) == ("2026-11-19", -1, None)
    assert notice["severity"] == "warning"
    assert notice["field"] == "notice_date"
    _, out, _ = run(capsys, "check", file, "--today", "2026-11-20", "--json")
    assert [row for row in json.loads(out) if row["meeting"] == "" and row["rule"] == "R01"]

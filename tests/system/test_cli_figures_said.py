"""What people say of figures, from the terminal: the same forecasts and changed figures as the window's."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from finsam_desktop import cli
from finsam_desktop.commands import common
from finsam_desktop.workspace import Workspace


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exempel")
    assert cli.main(["demo", str(folder)]) == common.DONE
    return folder


@pytest.fixture
def file(folder: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "exempelbygden.finsam"
    copy.write_bytes((folder / copy.name).read_bytes())
    return copy


@pytest.fixture
def books(folder: Path) -> Path:
    return folder / "Bokföring 2026.se"


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = cli.main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def result_of(shown: str, post: str) -> dict[str, str]:
    """The amounts of a row by column title."""
    table = json.loads(shown)["tables"][0]
    row = next(row for row in table["rows"] if row["cells"][0]["text"] == post)
    return {c["title"]: cell["amount"] for c, cell in zip(table["columns"], row["cells"], strict=True)}


def test_a_forecast_that_is_saved_stands_in_every_report(capsys, file: Path, books: Path) -> None:
    code, shown, _ = run(
        capsys, "figures", "forecast", file, 2026, 2, "Personal=-2900000=Vakanser", "--rest-as-budget"
    )
    assert (code, shown.startswith("1 prognoser är sparade")) == (common.DONE, True)
    report = ("figures", "report", books, "--association", file, "--json")
    amounts = result_of(run(capsys, *report)[1], "Personal")
    assert amounts["Prognos 2026"] == "-2900000"
    whole = result_of(run(capsys, *report)[1], "Periodens resultat")
    assert Decimal(whole["Avvikelse mot budget"]) == Decimal(amounts["Avvikelse mot budget"])
    without = json.loads(run(capsys, "figures", "report", books, "--json")[1])
    assert "Prognos 2026" not in [column["title"] for column in without["tables"][0]["columns"]]
    assert "Vakanser" in run(capsys, "figures", "said", file)[1]
    run(capsys, "figures", "forecast", file, 2026, 2, "Personal=", "--rest-open")
    assert json.loads(run(capsys, "figures", "said", file, "--json")[1]) == []


def test_a_figure_is_changed_with_a_reason_and_taken_back(capsys, file: Path, books: Path) -> None:
    where = ("figures", "override", file, 2026, 2, "Personal", "Utfall jan–aug 2026")
    code, _, told = run(capsys, *where, "-1900000")
    assert code == common.BAD_INPUT
    assert "--why" in told
    assert run(capsys, *where, "-1900000", "--why", "Fel konto")[0] == common.DONE
    shown = run(capsys, "figures", "report", books, "--association", file)[1]
    assert (
        "Ändrat av förbundet: Personal, Utfall jan–aug 2026: Fel konto (källan säger −1\u00a0881\u00a0tkr)"
        in shown
    )
    assert "Fel konto" in run(capsys, "figures", "said", file)[1]
    assert run(capsys, *where)[0] == common.DONE
    assert run(capsys, *where)[0] == common.BAD_INPUT, "nothing to take back"


def test_the_fixed_budget_takes_the_place_of_the_bookkeepings_in_a_report_by_objects(
    capsys, file: Path, books: Path
) -> None:
    code, shown, _ = run(
        capsys, "figures", "report", books, "--association", file, "--by", 20, "--fixed-budget", "--json"
    )
    read = json.loads(shown)
    assert code in (common.DONE, common.FINDINGS)
    with Workspace.open(file, user="prov", read_only=True) as workspace:
        plan = next(each for each in workspace.association.plans if each.year == 2026)
    titles = [column["title"] for column in read["tables"][0]["columns"]]
    rows = {
        row["cells"][0]["text"]: row["cells"][titles.index("Budget 2026")]
        for row in read["tables"][0]["rows"]
    }
    costs = {line.label: line.amount for line in plan.lines if line.kind == "cost"}
    assert {label: -Decimal(rows[label]["amount"]) for label in costs} == costs
    income = sum(line.amount for line in plan.lines if line.kind == "income")
    assert Decimal(rows["Summa"]["amount"]) == income - sum(costs.values())
    assert rows["Finansiering"]["address"] == "fastställd budget 2026"
    # By kinds of cost the two have no posts in common: then nothing is replaced by half, and it is told.
    shown = run(capsys, "figures", "report", books, "--association", file, "--fixed-budget")[1]
    assert "Den fastställda budgeten har poster som rapporten saknar: Försäkringskassan (staten)" in shown


def test_a_cell_of_an_items_table_is_counted_again(capsys, file: Path, folder: Path, tmp_path: Path) -> None:
    changed = tmp_path / "Resultatrapport T2 2026.xlsx"
    book = openpyxl.load_workbook(folder / changed.name, data_only=True)
    sheet = book["Resultatrapport"]
    place = next(cell for cell in sheet["B"] if cell.value == "Resultat").row
    right = sheet.cell(place, 5).value
    sheet.cell(place, 5).value = right - 1000
    book.save(changed)
    run(capsys, "figures", "attach", file, "2026-11-26", 10, changed, "--sheet", "Resultatrapport")
    cell = f"E{place}"
    code, shown, _ = run(capsys, "figures", "recount", file, "2026-11-26", 10, cell)
    assert code == common.DONE
    assert shown.startswith(f"{cell} är omräknad till ")

    def stored() -> Decimal:
        with Workspace.open(file, user="prov", read_only=True) as workspace:
            (table,) = next(i for i in workspace.find_meeting("2026-11-26").items if i.figures).figures
        return next(each.amount for row in table.rows for each in row.cells if each.address == cell)

    assert stored() == right
    assert run(capsys, "figures", "recount", file, "2026-11-26", 10, cell)[0] == common.BAD_INPUT
    assert run(capsys, "figures", "recount", file, "2026-11-26", 10, cell, "--back")[0] == common.DONE
    assert stored() == right - 1000


def test_the_years_as_lines_and_as_values(capsys, file: Path, tmp_path: Path) -> None:
    shown = run(capsys, "figures", "years", file)[1]
    assert "11\u00a0841\u00a0tkr prognos" in shown
    read = json.loads(run(capsys, "figures", "years", file, "--json")[1])
    year = next(each for each in read if each["year"] == 2026)
    assert (year["equity"]["amount"], year["equity"]["meeting"]) == ("1724000", "2026-10-29")

"""`finsam activity` and `finsam budget` as a user of the terminal meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from finsam_desktop import cli
from finsam_desktop.commands import common
from finsam_desktop.workspace import Workspace


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = cli.main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return code, captured.out.replace("\u00a0", " "), captured.err.replace("\u00a0", " ")


def test_the_teams_are_listed_written_and_read_from_a_workbook(
    capsys: pytest.CaptureFixture[str], example_file: Path, example_folder: Path
) -> None:
    code, out, _ = run(capsys, "activity", "list", example_file)
    assert code == common.DONE
    assert out.splitlines()[0] == "Verksamhet, januari–augusti 2026"
    assert (
        "Ungdomstorget: Aktiva 34; Avslutade 54; Positiv lösning, antal 43; Positiv lösning, andel 79,6 %"
        in out
    )
    code, out, _ = run(
        capsys, "activity", "set", example_file, "Björkdalen", "Positiv lösning, andel", "75 %", "--year", 2026,
        "--tertial", 2,
    )  # fmt: skip
    assert code == common.FINDINGS
    assert "75 procent av 35 går inte ihop" in out
    code, out, _ = run(capsys, "activity", "list", example_file, "--json")
    assert code == common.FINDINGS
    assert [each["check"] for each in json.loads(out)["findings"]] == ["share"]
    run(capsys, "activity", "set", example_file, "Björkdalen", "Positiv lösning, andel", "-", "--year", 2026,
        "--tertial", 2)  # fmt: skip
    run(capsys, "activity", "set", example_file, "Ungdomstorget", "nya", "24", "--women", "12", "--men", "12",
        "--year", 2026, "--tertial", 2)  # fmt: skip
    workbook = example_folder / "Resultatrapport T2 2026.xlsx"
    code, out, _ = run(capsys, "activity", "import", example_file, workbook, "--dry-run")
    assert "Ungdomstorget, Nya: 24 (12 kvinnor, 12 män) blir 12 kvinnor, 11 män" in out
    assert "1 tal skiljer, 24 är desamma." in out
    assert out.endswith("Inget är ändrat.\n")
    code, out, _ = run(capsys, "activity", "import", example_file, workbook, "--json")
    taken = json.loads(out)
    assert (code, taken["written"], taken["new_teams"]) == (common.DONE, True, [])
    assert run(capsys, "activity", "import", example_file, workbook)[1].startswith(
        "Januari–augusti 2026: 0 tal skiljer"
    )


def test_teams_and_indicators_are_added_and_removed(
    capsys: pytest.CaptureFixture[str], example_file: Path
) -> None:
    assert run(capsys, "activity", "team", example_file, "Nya torget", "--measure", "Ungdomstorget")[0] == 0
    assert run(capsys, "activity", "standard", example_file)[1] == "Nya indikatorer: inga.\n"
    assert (
        run(capsys, "activity", "team", example_file, "Nya torget", "--remove")[1]
        == "Nya torget är borttaget.\n"
    )
    with Workspace.open(example_file, user="Test", read_only=True) as workspace:
        assert [team.name for team in workspace.association.teams][-1] == "Fjällsta och Norrmyra"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("activity", "set", "{}", "Okänt", "aktiva", "3", "--year", "2026", "--tertial", "2"), "Teamet Okänt finns"),
        (("activity", "set", "{}", "Vuxentorget", "okänd", "3", "--year", "2026", "--tertial", "2"),
         "Indikatorn okänd finns inte"),
        (("activity", "set", "{}", "Vuxentorget", "aktiva", "många", "--year", "2026", "--tertial", "2"),
         "går inte att läsa som antal"),
        (("activity", "team", "{}", "X", "--measure", "Okänd"), "Insatsen Okänd finns inte"),
        (("activity", "import", "{}", "finns-inte.xlsx"), "finns-inte.xlsx"),
        (("budget", "show", "{}", "2031"), "Det finns ingen plan för 2031"),
        (("budget", "start", "{}", "2027"), "Det finns redan en plan för 2027"),
        (("budget", "line", "{}", "2027", "Kansli", "mycket"), "går inte att läsa som belopp"),
        (("budget", "line", "{}", "2027", "Okänd post", "--remove"), "Posten Okänd post finns inte"),
        (("budget", "line", "{}", "2027", "Ny", "1", "--member", "Okänd"), "Medlemmen Okänd finns inte"),
        (("budget", "goal", "{}", "2027", "Mål", "--outcome", "3"), "Utfall och bedömning gäller ett tertial"),
        (("budget", "fix", "{}", "2027"), "Ange sammanträde och ärende"),
        (("budget", "fix", "{}", "2027", "2026-11-26", "99"), "Ärende 99 finns inte"),
    ],
)  # fmt: skip
def test_bad_input_is_told_in_swedish_and_changes_nothing(
    capsys: pytest.CaptureFixture[str], example_file: Path, arguments: tuple[str, ...], says: str
) -> None:
    with Workspace.open(example_file, user="Test", read_only=True) as workspace:
        before = workspace.association
    code, _, err = run(capsys, *(str(example_file) if each == "{}" else each for each in arguments))
    assert code == common.BAD_INPUT
    assert says in err
    with Workspace.open(example_file, user="Test", read_only=True) as workspace:
        assert workspace.association == before


def test_a_budget_from_last_years_plan_to_the_decision(
    capsys: pytest.CaptureFixture[str], example_file: Path
) -> None:
    code, out, _ = run(capsys, "budget", "show", example_file, 2027)
    assert code == common.DONE
    assert "Fastställs vid sammanträdet den 26 november 2026, Budget 2027" in out
    assert "Resultat: −360 000, 0, 0" in out
    assert "Eget kapital vid årets slut: 1 364 000, 1 364 000, 1 364 000" in out
    assert "14 poster och 5 mål" in run(capsys, "budget", "start", example_file, 2028)[1]
    assert "Resultat 2028: " in run(capsys, "budget", "divide", example_file, 2028, "12 mkr")[1]
    out = run(capsys, "budget", "line", example_file, 2028, "Förstudie", "400 000", "200000", "0", "--area",
              "Insatser", "--note", "Unga")[1]  # fmt: skip
    run(capsys, "budget", "set", example_file, 2028, "--opening-equity", "1,3 mkr", "--reason", "Skäl")
    plan = json.loads(run(capsys, "budget", "show", example_file, 2028, "--json")[1])
    line = next(each for each in plan["lines"] if each["label"] == "Förstudie")
    assert (line["amounts"], line["area"], line["note"]) == ([400000, 200000, 0], "Insatser", "Unga")
    assert plan["years"][0]["contribution"] == 12_000_000
    assert plan["years"][0]["opening_equity"] == 1_300_000
    assert plan["years"][0]["result"] == 12_000_000 - sum(
        each["amounts"][0] for each in plan["lines"] if each["kind"] == "cost"
    )
    assert (plan["deficit_reason"], plan["fixed_on"]) == ("Skäl", None)
    run(capsys, "budget", "fix", example_file, 2028, "--on", "2027-11-25", "--paragraph", "§ 71")
    assert "den 25 november 2027, § 71" in run(capsys, "budget", "show", example_file, 2028)[1]
    run(capsys, "budget", "fix", example_file, 2028, "2026-11-26", "5")
    assert "den 26 november 2026, Budget 2027" in run(capsys, "budget", "show", example_file, 2028)[1]
    run(capsys, "budget", "fix", example_file, 2028, "--undo")
    assert "Inte kopplad till något beslut." in run(capsys, "budget", "show", example_file, 2028)[1]


def test_a_goal_is_followed_up_and_a_budget_read_from_a_workbook(
    capsys: pytest.CaptureFixture[str], example_file: Path, example_folder: Path
) -> None:
    goal = "Vuxentorget når fler"
    run(capsys, "budget", "goal", example_file, 2026, goal, "--target", "minst 60 %", "--indicator",
        "Positiv lösning, andel", "--team", "Vuxentorget")  # fmt: skip
    shown = json.loads(run(capsys, "budget", "goals", example_file, 2026, "--tertial", 2, "--json")[1])[-1]
    assert (shown["outcome"].replace("\u00a0", " "), shown["proposed"], shown["meets_target"]) == (
        "61 %",
        True,
        True,
    )
    run(capsys, "budget", "goal", example_file, 2026, goal, "--tertial", 2, "--outcome", "61 %", "--judgement",
        "reached", "--comment", "Bra")  # fmt: skip
    out = run(capsys, "budget", "goals", example_file, 2026, "--tertial", 2)[1]
    assert f"  {goal}\n    målvärde minst 60 %; 61 %; Uppfyllt\n    Bra\n" in out
    assert run(capsys, "budget", "goal", example_file, 2026, goal, "--remove")[1] == "Målet är borttaget.\n"
    workbook = example_folder / "Resultatrapport T2 2026.xlsx"
    out = run(capsys, "budget", "import", example_file, 2025, workbook)[1]
    assert out == "10 poster ur Resultatrapport T2 2026.xlsx.\nResultat 2025: −1 145 700, –, –\n"


def test_the_figures_of_the_arsredovisning_are_shown_with_what_is_written_beside_them(
    capsys: pytest.CaptureFixture[str], example_file: Path
) -> None:
    """The example's tables end in August; kassaflödet is then that of the eight months, and adds up all the same."""
    code, out, _ = run(capsys, "annual", "show", example_file, "2026-10-29", "5")
    assert "Årets kassaflöde: 510 700" in out
    assert "Likvida medel vid årets slut: 3 404 850" in out
    assert "Insatser: −10 650 200, −6 294 535, 4 355 665" in out
    assert "Sjukfrånvaron är inte angiven." in out
    assert code == common.DONE
    run(capsys, "annual", "set", example_file, 2026, "--development", "Gott år", "--sick-total", "4,2", "--employees",
        12, "--adjust", "Realisationsvinst", "-20000", "--notes")  # fmt: skip
    shown = json.loads(run(capsys, "annual", "show", example_file, "2026-10-29", "5", "--json")[1])
    assert shown["sick_leave"]["Total sjukfrånvaro"].replace("\u00a0", " ") == "4,2 %"
    assert "Utveckling" not in shown["missing_texts"]
    assert shown["tables"][2]["rows"][-1] == ["Balanskravsresultat", 162000.0]
    assert shown["notes"][0] == "Redovisningsprinciper"
    code, _, err = run(capsys, "annual", "set", example_file, 2026, "--sick-total", "många")
    assert code == common.BAD_INPUT
    assert "procent mellan 0 och 100" in err

"""Readings out of tables: which column is which, what is new, what differs, and what is worked out to the same."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from finsam_desktop import paths
from finsam_desktop.domain.activity import STANDARD_INDICATORS, Indicator, Team
from finsam_desktop.domain.activity_import import from_table, period_of
from finsam_desktop.domain.activity_tables import ALL_TEAMS, activity_table, reading_of, with_readings
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.figures import (
    ColumnKind,
    ColumnRole,
    FigureCell,
    FigureColumn,
    FigureRow,
    FigureTable,
    Period,
    RowKind,
)
from finsam_desktop.domain.year_plan import PlanKind
from finsam_desktop.errors import UserError
from finsam_desktop.files.activity_files import budget_from, readings_from
from tests.unit.domain.test_activity import having, read

EMPTY = Association(name="F")
TODAY = date(2026, 9, 24)


def table(heads: tuple[str, ...], *rows: tuple[str, ...], total: bool = False) -> FigureTable:
    """A table of counts; a head with "andel" is a percentage. The last row is a total where asked for."""
    columns = (FigureColumn(title="Team", role=ColumnRole.LABEL), *(
        FigureColumn(title=head, kind=ColumnKind.PERCENT if "andel" in head.lower() else ColumnKind.COUNT)
        for head in heads
    ))  # fmt: skip
    made = []
    for number, (name, *cells) in enumerate(rows):
        amounts = (FigureCell(amount=Decimal(c) if c else None, address=f"B{number + 7}") for c in cells)
        kind = RowKind.TOTAL if total and number == len(rows) - 1 else RowKind.ROW
        made.append(FigureRow(cells=(FigureCell(text=name), *amounts), kind=kind))
    period = Period(start=date(2026, 1, 1), end=date(2026, 8, 31))
    return FigureTable(title="T", columns=columns, rows=tuple(made), period=period)


def test_columns_find_the_usual_indicators_and_sexes_whatever_they_are_called() -> None:
    heads = ("Pågående deltagare", "Antal avslutade", "Andel positiv lösning", "Nya (K)", "Nya (M)", "Samtal")
    made = from_table(EMPTY, table(heads, ("Ungdomstorget", "34", "54", "0.8", "12", "11", "40")), 2026, 2)
    assert made.new_teams == ("Ungdomstorget",)
    assert made.new_indicators == ("Aktiva", "Avslutade", "Positiv lösning, andel", "Nya", "Samtal")
    team = made.after.teams[0].id
    new = reading_of(made.after, team, "nya", 2026, 2)
    assert new is not None
    assert (new.total, new.women, new.men) == (None, 12, 11)
    assert [each.by_sex for each in made.after.indicators] == [False, False, False, True, False]


def test_an_own_indicator_of_the_same_name_is_used() -> None:
    own = Association(
        name="F", teams=(Team(id="t", name="torget"),), indicators=(Indicator(id="x", name="SAMTAL"),)
    )
    made = from_table(own, table(("Samtal",), ("Torget", "40")), 2026, 2)
    assert (made.new_teams, made.new_indicators) == ((), ())
    known = reading_of(made.after, "t", "x", 2026, 2)
    assert known is not None
    assert (known.total, known.source) == (40, "B7")


def test_only_what_differs_is_a_change_and_empty_cells_change_nothing() -> None:
    one = having(read("ung", "avslutade", "54"), read("ung", "aktiva", "34"))
    made = from_table(one, table(("Aktiva", "Avslutade"), ("Ungdomstorget", "", "55")), 2026, 2)
    (change,) = made.changes
    assert (change.before, change.after, made.unchanged) == ("54", "55", 0)
    active = reading_of(made.after, "ung", "aktiva", 2026, 2)
    assert active is not None
    assert active.total == 34


def test_what_is_worked_out_to_the_same_is_not_read_in_but_a_total_that_is_off_is() -> None:
    heads = ("Avslutade", "Positiv lösning, antal", "Positiv lösning, andel")
    base = replace(EMPTY, indicators=STANDARD_INDICATORS)
    rows = (("A", "50", "25", "0.5"), ("B", "3", "2", "0.67"), ("Samtliga", "53", "27", "0.51"))
    made = from_table(base, table(heads, *rows, total=True), 2026, 2)
    assert (len(made.changes), made.unchanged) == (4, 5)
    off = from_table(base, table(heads, *rows[:2], ("Samtliga", "54", "27", "0.5"), total=True), 2026, 2)
    total = reading_of(off.after, ALL_TEAMS, "avslutade", 2026, 2)
    assert total is not None
    assert total.total == 54


def test_reading_the_same_table_again_changes_nothing() -> None:
    one = having(
        read("ung", "avslutade", "54"), read("ung", "positiv-losning", "43"), read("ung", "nya", women="6", men="7"),
        read("vux", "avslutade", "56"), read("vux", "positiv-losning", "34"), read("vux", "nya", women="5", men="5"),
    )  # fmt: skip
    printed = activity_table(one, 2026, 2)
    assert printed is not None
    again = from_table(one, printed, 2026, 2)
    assert (again.changes, again.after) == ((), one)
    fresh = from_table(replace(one, readings=()), printed, 2026, 2)
    assert {(r.team_id, r.indicator_id) for r in fresh.after.readings} >= {
        ("ung", "avslutade"),
        ("vux", "nya"),
    }


def test_a_total_alone_agrees_with_the_same_total_by_sex() -> None:
    one = having(read("ung", "nya", "23", women="12", men="11"))
    assert from_table(one, table(("Nya",), ("Ungdomstorget", "23")), 2026, 2).changes == ()
    assert len(from_table(one, table(("Nya",), ("Ungdomstorget", "24")), 2026, 2).changes) == 1


def test_notes_stay_when_a_number_is_read_anew() -> None:
    noted = with_readings(having(), [replace(read("ung", "aktiva", "30"), note="Två vakanser")])
    made = from_table(noted, table(("Aktiva",), ("Ungdomstorget", "31")), 2026, 2)
    known = reading_of(made.after, "ung", "aktiva", 2026, 2)
    assert known is not None
    assert (known.total, known.note) == (31, "Två vakanser")


@pytest.mark.parametrize(("end", "period"), [((4, 30), 1), ((8, 31), 2), ((12, 31), 3), ((9, 30), None)])
def test_the_period_is_the_tables_own(end: tuple[int, int], period: int | None) -> None:
    one = replace(table(("Aktiva",)), period=Period(start=date(2026, 1, 1), end=date(2026, *end)))
    assert period_of(one) == (None if period is None else (2026, period))


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_that_does_not_say_its_period_asks_for_it(tmp_path: Path) -> None:
    path = write(tmp_path, "team.csv", "Team;Aktiva;Avslutade\nUngdomstorget;34;54\nVuxentorget;45;56\n")
    with pytest.raises(UserError, match="säger inte vilken period"):
        readings_from(EMPTY, path, today=TODAY)
    made = readings_from(EMPTY, path, year=2026, tertial=1, today=TODAY)
    assert (made.year, made.tertial, len(made.changes)) == (2026, 1, 4)


@pytest.mark.parametrize("text", ["", "a;b\nc;d\n", "Konto;Benämning;Budget 2026\n3010;Bidrag;100\n"])
def test_a_file_without_teams_says_what_is_needed(tmp_path: Path, text: str) -> None:
    path = write(tmp_path, "annat.csv", text)
    with pytest.raises(UserError):
        readings_from(EMPTY, path, year=2026, tertial=1, today=TODAY)


def test_a_report_without_a_budget_says_so(tmp_path: Path) -> None:
    path = write(
        tmp_path, "utan.csv",
        "Konto;Benämning;Utfall 2026\n3010;Bidrag;100\n;Summa intäkter;100\n5010;Löner;-50\n;Summa kostnader;-50\n"
        ";Resultat;50\n",
    )  # fmt: skip
    with pytest.raises(UserError, match=r"ingen budgetkolumn|känns igen"):
        budget_from(EMPTY, path, today=TODAY)


def test_the_budget_of_a_bookkeeping_file_is_read_to_the_ore() -> None:
    """Held against the sums that the file itself states as #PBUDGET, added here."""
    path = paths.resources() / "example" / "Bokföring 2026.se"
    # Lines with an object in the braces are a part of the line without.
    text = path.read_text(encoding="cp437")
    stated = re.findall(r"^#PBUDGET 0 \d+ (\d+) \{\} (-?[\d.]+)", text, re.MULTILINE)
    by_account = [(account, -Decimal(amount)) for account, amount in stated]
    income = sum((amount for account, amount in by_account if account.startswith("3")), Decimal())
    costs = -sum((amount for account, amount in by_account if account[0] in "45678"), Decimal())
    read = budget_from(EMPTY, path, today=TODAY)
    assert (
        sum(line.amount or 0 for line in read.lines if line.kind is PlanKind.INCOME) == income == 11_489_700
    )
    assert sum(line.amount or 0 for line in read.lines if line.kind is PlanKind.COST) == costs == 12_635_400
    assert all(line.source.startswith("Bokföring 2026.se, ") for line in read.lines)

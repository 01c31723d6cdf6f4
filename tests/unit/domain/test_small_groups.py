"""Groups of fewer than five: no row and no difference between a sum and its rows tells of one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_desktop.domain.activity import Indicator, IndicatorUnit, Reading, Team
from finsam_desktop.domain.figures import (
    ColumnKind,
    ColumnRole,
    FigureCell,
    FigureColumn,
    FigureRow,
    FigureTable,
    RowKind,
)
from finsam_desktop.domain.papers import Statistic, StatisticTable
from finsam_desktop.domain.small_groups import (
    few_in_words,
    groups_to_merge,
    is_small,
    merged_figures,
    merged_readings,
    merged_statistics,
)

COLUMNS = (
    FigureColumn(title="Team", role=ColumnRole.LABEL),
    FigureColumn(title="Aktiva", kind=ColumnKind.COUNT),
    FigureColumn(title="Avslutade", kind=ColumnKind.COUNT),
    FigureColumn(title="Positiv lösning", kind=ColumnKind.PERCENT),
)


def row(name: str, *counts: int | None, kind: RowKind = RowKind.ROW, share: str | None = None) -> FigureRow:
    cells = [FigureCell(amount=None if one is None else Decimal(one)) for one in counts]
    percent = FigureCell(amount=Decimal(share)) if share else FigureCell()
    return FigureRow(cells=(FigureCell(text=name), *cells, percent), kind=kind)


def table(*rows: FigureRow) -> FigureTable:
    return FigureTable(title="Teamen", columns=COLUMNS, rows=rows)


def shown(one: FigureTable) -> list[tuple[object, ...]]:
    return [(r.cells[0].text, *(cell.amount for cell in r.cells[1:3])) for r in one.rows]


def test_a_small_row_goes_together_with_the_smallest_other() -> None:
    rows = (
        row("Alm", 34, 54),
        row("Björk", 9, 3),
        row("Ek", 10, 25),
        row("Totalt", 53, 82, kind=RowKind.TOTAL),
    )
    merged, told = merged_figures(table(*rows))
    assert shown(merged) == [("Alm", 34, 54), ("Björk och Ek", 19, 28), ("Totalt", 53, 82)]
    assert told == ("Björk",)
    assert "sammanslagna" in merged.note


def test_small_rows_go_together_with_each_other_where_that_is_enough() -> None:
    merged, _ = merged_figures(
        table(row("Alm", 34, 54), row("Björk", 4, 4), row("Ek", 3, 3), row("Lind", 9, 9))
    )
    assert shown(merged) == [("Alm", 34, 54), ("Björk och Ek", 7, 7), ("Lind", 9, 9)]


def test_a_percentage_of_merged_rows_is_not_told() -> None:
    merged, _ = merged_figures(table(row("Alm", 4, 9, share="0.5"), row("Ek", 8, 9, share="0.7")))
    assert merged.rows[0].cells[3] == FigureCell()


def test_rows_under_one_sum_stay_under_it() -> None:
    rows = (
        row("Alm", 20, 20), row("Björk", 2, 9), row("Norra", 22, 29, kind=RowKind.SUM),
        row("Ek", 7, 7), row("Lind", 8, 8), row("Södra", 15, 15, kind=RowKind.SUM),
    )  # fmt: skip
    merged, _ = merged_figures(table(*rows))
    assert [r.cells[0].text for r in merged.rows] == ["Alm och Björk", "Norra", "Ek", "Lind", "Södra"]


def test_where_no_merging_helps_no_count_is_shown() -> None:
    merged, _ = merged_figures(
        table(row("Alm", 2, 0), row("Ek", 1, 0), row("Totalt", 3, 0, kind=RowKind.TOTAL))
    )
    assert all(cell.amount is None for r in merged.rows for cell in r.cells[1:3])
    assert "för små" in merged.note


def test_nobody_is_no_small_group_and_large_tables_are_left_alone() -> None:
    one = table(row("Alm", 34, 0), row("Ek", 5, 10))
    assert merged_figures(one) == (one, ())
    assert not is_small(0)
    assert not is_small(5)
    assert is_small(4)


counts = st.none() | st.integers(0, 30)


@given(st.lists(st.tuples(counts, counts), max_size=9))
def test_no_row_is_small_after_merging_and_the_sums_are_the_same(
    rows: list[tuple[int | None, int | None]],
) -> None:
    merged, _ = merged_figures(table(*(row(str(n), *one) for n, one in enumerate(rows))))
    amounts = [[cell.amount for cell in r.cells[1:3]] for r in merged.rows]
    assert not any(is_small(amount) for one in amounts for amount in one)
    if any(amount is not None for one in amounts for amount in one):
        for place in (0, 1):
            assert sum(one[place] or 0 for one in rows) == sum(one[place] or 0 for one in amounts)


@given(st.lists(st.tuples(counts, counts), min_size=1, max_size=9))
def test_what_is_merged_is_at_least_two_rows(rows: list[tuple[int | None, int | None]]) -> None:
    merged = groups_to_merge(rows)
    assert merged is None or not merged or len(merged) >= 2


def test_a_table_by_sex_loses_the_sexes_before_the_numbers() -> None:
    one = StatisticTable(title="K/M", rows=(Statistic(label="2026", women=3, men=9),))
    assert merged_statistics(one)[0].rows == (Statistic(label="2026", total=12),)
    two = StatisticTable(title="K/M", rows=(Statistic(label="2026", women=1, men=2),))
    assert merged_statistics(two)[0].rows == (Statistic(label="2026"),)


def test_teams_with_small_groups_are_one_team_in_that_period() -> None:
    teams = tuple(Team(id=name, name=name.title()) for name in ("alm", "ek", "lind"))
    active = Indicator(id="aktiva", name="Aktiva")
    share = Indicator(id="andel", name="Positiv lösning", unit=IndicatorUnit.PERCENT)
    readings = [
        Reading(team_id=team, indicator_id="aktiva", year=2026, tertial=tertial, total=Decimal(total))
        for tertial, totals in ((1, (34, 3, 9)), (2, (40, 6, 12)))
        for team, total in zip(("alm", "ek", "lind"), totals, strict=True)
    ]
    readings.append(Reading(team_id="ek", indicator_id="andel", year=2026, tertial=1, total=Decimal("0.33")))
    made = merged_readings(teams, (active, share), readings)
    names = {team.id: team.name for team in made.teams}
    first = [(names[one.team_id], one.total) for one in made.readings if one.tertial == 1]
    assert first == [("Alm", 34), ("Ek och Lind", 12)]
    assert len([one for one in made.readings if one.tertial == 2]) == 3
    assert made.merged == (("Ek och Lind", 2026, 1),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Två pågående deltagare i Vindeln.", "Färre än fem pågående deltagare i Vindeln."),
        ("1 ny deltagare", "färre än fem nya deltagare"),
        ("3 kvinnor och 4 män", "färre än fem kvinnor och färre än fem män"),
        ("2 individer", "färre än fem individer"),
        ("En deltagare i taget, 5 deltagare, 12 kvinnor", "En deltagare i taget, 5 deltagare, 12 kvinnor"),
        ("§ 3 Deltagare, bilaga 2 Kvinnor", "§ 3 Deltagare, bilaga 2 Kvinnor"),
        ("I snitt 1,4 deltagare, 10–4 män", "I snitt 1,4 deltagare, 10–4 män"),
    ],
)
def test_few_are_told_as_few(text: str, said: str) -> None:
    assert few_in_words(text).replace("\u00a0", " ") == said

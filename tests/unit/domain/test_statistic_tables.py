"""Tables by sex: as pasted, and whether they add up. The figures are those of the real inquiry (2014, 2015, 2016)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_desktop.domain.papers import Statistic, StatisticTable
from finsam_desktop.domain.statistic_tables import (
    UnreadableRow,
    read_rows,
    summed,
    total_of,
    unreconciled,
    written_rows,
)

REAL = {
    2014: (((15, 11, 26), (91, 69, 160), (61, 50, 111)), (167, 130, 297)),
    2015: (((15, 11, 26), (106, 93, 199), (65, 52, 117)), (186, 156, 342)),
    2016: (((7, 14, 21), (105, 96, 201), (74, 64, 138)), (186, 174, 360)),
}
AGES = ("19 år", "20–24 år", "25–29 år")


def real(year: int) -> StatisticTable:
    rows, total = REAL[year]
    made = [
        Statistic(label=label, women=w, men=m, total=t)
        for label, (w, m, t) in zip((*AGES, "Summa"), (*rows, total), strict=True)
    ]
    return StatisticTable(title=str(year), rows=tuple(made))


@pytest.mark.parametrize("year", REAL)
def test_the_real_tables_add_up(year: int) -> None:
    table = real(year)
    assert unreconciled(table) == ()
    found = summed(table.rows[:-1])
    assert (found.women, found.men, found.total) == REAL[year][1]


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        (Statistic(label="19 år", women=7, men=14, total=22), "19 år: 7 och 14 är 21, inte 22."),
        (Statistic(label="20–24 år", women=105, men=96, total=200), "20–24 år: 105 och 96 är 201, inte 200."),
    ],
)
def test_a_total_that_is_not_women_and_men_is_told(row: Statistic, wanted: str) -> None:
    assert unreconciled(StatisticTable(title="t", rows=(row,))) == (wanted,)


def test_a_sum_row_that_is_not_the_sum_is_told_for_each_column() -> None:
    rows = (*real(2016).rows[:-1], Statistic(label="Summa", women=187, men=174, total=361))
    assert unreconciled(StatisticTable(title="t", rows=rows)) == (
        "Summa, kvinnor: raderna är 186, inte 187.",
        "Summa, totalt: raderna är 360, inte 361.",
    )


def test_what_is_not_measured_has_no_sum_and_is_no_fault() -> None:
    rows = (
        Statistic(label="a", women=1),
        Statistic(label="b", women=2, men=3),
        Statistic(label="Summa", women=3),
    )
    assert total_of(rows[0]) is None
    assert summed(rows[:2]).men is None
    assert unreconciled(StatisticTable(title="t", rows=rows)) == ()


def test_rows_pasted_from_a_workbook_are_read() -> None:
    text = "Åldersklass\tKvinna\tMan\tSamtliga\n19 år\t7\t14\t21\n\n20–24 år\t1\u00a0105\t–\t\n"
    assert read_rows(text) == (
        Statistic(label="19 år", women=7, men=14, total=21),
        Statistic(label="20–24 år", women=1105),
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a; 1; två; 3", "Rad 1: ”två” är inte ett helt antal."),
        ("a; 1; 2; 3\nb; 1,5; 2; 3", "Rad 2: ”1,5” är inte ett helt antal."),
        ("a; 1; 2; 3; 4", "Rad 1: skriv benämning, kvinnor, män och totalt."),
    ],
)
def test_a_row_that_cannot_be_read_says_which(text: str, told: str) -> None:
    with pytest.raises(UnreadableRow, match=told):
        read_rows(text)


COUNTS = st.none() | st.integers(0, 99_999)
LABELS = st.text("abcåäö 12–", min_size=1).map(str.strip).filter(bool)


@given(st.lists(st.builds(Statistic, label=LABELS, women=COUNTS, men=COUNTS, total=COUNTS), min_size=1))
def test_what_is_written_is_read_back(rows: list[Statistic]) -> None:
    known = [row for row in rows if (row.women, row.men, row.total) != (None, None, None)]
    if known and known[0] is rows[0]:
        assert read_rows(written_rows(tuple(rows))) == tuple(rows)

"""What is printed: Swedish numbers, sums from kronor, costs negative, deviations with better as positive."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from finsam_desktop.domain.figures import (
    ColumnKind,
    ColumnRole,
    FigureCell,
    FigureColumn,
    FigureRow,
    FigureSource,
    FigureTable,
    Period,
    Post,
    Purpose,
    RowKind,
    Unit,
)
from finsam_desktop.domain.figures_layout import Align, head_lines, printed, rounded_sums_differ

SOURCE = FigureSource(
    file_name="T2.xlsx", sha256="0" * 64, sheet="Resultat", cells="A5:D9", read_on=date(2026, 10, 19)
)


def row(
    label: str, *amounts: str | None, kind: RowKind = RowKind.ROW, post: Post = Post.NONE, cost: bool = False
) -> FigureRow:
    cells = [FigureCell(text=label)]
    for place, amount in enumerate(amounts):
        cells.append(
            FigureCell(amount=None if amount is None else Decimal(amount), address=f"{'BCDEF'[place]}9")
        )
    return FigureRow(cells=tuple(cells), kind=kind, post=post, is_cost=cost)


def statement(*, sign: int = -1, source_unit: Unit = Unit.KR) -> FigureTable:
    """Costs with ``sign``, in kr: outcome, budget, forecast."""

    def cost(label: str, *amounts: int, kind: RowKind = RowKind.ROW, post: Post = Post.NONE) -> FigureRow:
        return row(label, *(str(sign * amount) for amount in amounts), kind=kind, post=post, cost=True)

    roles = (ColumnRole.OUTCOME, ColumnRole.BUDGET, ColumnRole.FULL_YEAR_FORECAST)
    titles = ("Utfall jan–aug 2026", "Budget 2026", "Prognos 2026")
    return FigureTable(
        title="Resultat",
        purpose=Purpose.INCOME_STATEMENT,
        columns=(
            FigureColumn(title="Benämning", role=ColumnRole.LABEL),
            *(
                FigureColumn(title=t, role=r, kind=ColumnKind.AMOUNT)
                for t, r in zip(titles, roles, strict=True)
            ),
        ),
        rows=(
            row("Summa intäkter", "7724650", "11489700", "11554700", kind=RowKind.SUM, post=Post.INCOME),
            cost("Torgen", 5000400, 8000400, 7000400),
            cost("Resor", 2542250, 4635000, 4840300),
            cost("Summa kostnader", 7542650, 12635400, 11840700, kind=RowKind.SUM, post=Post.COSTS),
            row("Resultat", "182000", "-1145700", "-286000", kind=RowKind.TOTAL, post=Post.RESULT),
        ),
        source_unit=source_unit,
        source=SOURCE,
        costs_positive=sign > 0,
    )


@pytest.mark.parametrize("sign", [-1, 1])
def test_costs_are_printed_negative_however_the_source_writes_them(sign: int) -> None:
    table = printed(statement(sign=sign))
    assert [r.cells for r in table.rows] == [
        ("Summa intäkter", "7\u00a0725", "11\u00a0490", "11\u00a0555"),
        ("Torgen", "−5\u00a0000", "−8\u00a0000", "−7\u00a0000"),
        ("Resor", "−2\u00a0542", "−4\u00a0635", "−4\u00a0840"),
        ("Summa kostnader", "−7\u00a0543", "−12\u00a0635", "−11\u00a0841"),
        ("Resultat", "182", "−1\u00a0146", "−286"),
    ]
    assert [r.kind for r in table.rows][-1] is RowKind.TOTAL
    assert [c.align for c in table.columns] == [Align.LEFT, Align.RIGHT, Align.RIGHT, Align.RIGHT]
    assert table.rows[0].addresses == ("", "B9", "C9", "D9")


def test_the_note_says_source_rounding_and_what_is_better() -> None:
    assert printed(statement()).note == (
        "Källa: T2.xlsx, blad Resultat, inläst 2026-10-19. Summorna är beräknade på hela kronor och kan därför avvika "
        "från summan av avrundade rader."
    )
    assert printed(statement(), deviation=True).note.endswith("rader. Positiv avvikelse är bättre än budget.")
    assert printed(statement(), unit=Unit.KR).note == "Källa: T2.xlsx, blad Resultat, inläst 2026-10-19."
    own = replace(statement(), note="Källa: bokföringen till och med 2026-08-31.")
    assert printed(own, unit=Unit.KR).note == "Källa: bokföringen till och med 2026-08-31."
    assert printed(replace(statement(), source=None), unit=Unit.KR).note == ""
    assert printed(statement(), unit=Unit.KR, source_note=False).note == ""


def test_sums_come_from_kronor_not_from_rounded_rows() -> None:
    table = statement()
    # −5 000 and −2 542 are printed over −7 543.
    assert rounded_sums_differ(table, Unit.TKR)
    assert not rounded_sums_differ(table, Unit.KR)


@pytest.mark.parametrize("sign", [-1, 1])
def test_a_computed_deviation_is_positive_when_better(sign: int) -> None:
    table = printed(statement(sign=sign), deviation=True)
    assert table.columns[-1].lines == ("Avvikelse", "mot budget")
    assert [r.cells[-1] for r in table.rows] == ["65", "1\u00a0000", "−205", "795", "860"]
    assert [r.addresses[-1] for r in table.rows] == [""] * 5
    columns = tuple(
        replace(c, role=ColumnRole.OTHER) if c.role is ColumnRole.BUDGET else c for c in statement().columns
    )
    without_budget = replace(statement(), columns=columns)
    assert len(printed(without_budget, deviation=True).columns) == 4


@pytest.mark.parametrize("turned", [1, -1])
def test_a_deviation_that_the_source_writes_the_other_way_round_is_turned(turned: int) -> None:
    base = statement(sign=1)
    deviations = (65000, 1000000, -205300, 794700, 859700)
    rows = tuple(
        replace(r, cells=(*r.cells, FigureCell(amount=Decimal(turned * amount))))
        for r, amount in zip(base.rows, deviations, strict=True)
    )
    column = FigureColumn(title="Avvikelse", role=ColumnRole.DEVIATION, kind=ColumnKind.AMOUNT)
    table = printed(replace(base, columns=(*base.columns, column), rows=rows), deviation=True)
    assert len(table.columns) == 5
    assert [r.cells[-1] for r in table.rows] == ["65", "1\u00a0000", "−205", "795", "860"]


def test_units() -> None:
    assert printed(statement(), unit=Unit.MKR).rows[-1].cells == ("Resultat", "0,2", "−1,1", "−0,3")
    assert printed(statement(), unit=Unit.KR).rows[-1].cells == (
        "Resultat",
        "182\u00a0000",
        "−1\u00a0145\u00a0700",
        "−286\u00a0000",
    )
    assert printed(statement(source_unit=Unit.TKR), unit=Unit.MKR).rows[-1].cells[2] == "−1\u00a0145,7"
    assert printed(statement(), unit=Unit.MKR).columns[0].lines == ("Belopp i mkr",)


def test_persons_shares_errors_empty_and_unmeasured() -> None:
    columns = (
        FigureColumn(title="Team", role=ColumnRole.LABEL),
        FigureColumn(title="Avslutade", kind=ColumnKind.COUNT),
        FigureColumn(title="Andel", kind=ColumnKind.PERCENT),
        FigureColumn(title="Kommentar"),
    )
    rows = (
        FigureRow(
            cells=(
                FigureCell(text="A"),
                FigureCell(amount=Decimal(1188)),
                FigureCell(amount=Decimal("0.796")),
                FigureCell(text="x"),
            )
        ),
        FigureRow(
            cells=(
                FigureCell(text="B"),
                FigureCell(text="-"),
                FigureCell(error="#DIV/0!", text="#DIV/0!"),
                FigureCell(),
            )
        ),
    )
    table = printed(FigureTable(title="Team", purpose=Purpose.INDICATORS, columns=columns, rows=rows))
    assert [r.cells for r in table.rows] == [("A", "1\u00a0188", "80\u00a0%", "x"), ("B", "–", "#DIV/0!", "")]
    assert table.columns[0].lines == ("Team",)
    assert table.columns[3].align is Align.LEFT


def test_accounts_are_left_out_unless_asked_for() -> None:
    base = statement()
    account = FigureColumn(title="Konto", role=ColumnRole.ACCOUNT)
    rows = tuple(replace(r, cells=(FigureCell(text="3010"), *r.cells)) for r in base.rows)
    table = replace(base, columns=(account, *base.columns), rows=rows)
    assert printed(table).columns[0].lines == ("Belopp i tkr",)
    assert printed(table).columns[0].source == 1
    assert printed(table, accounts=True).rows[0].cells[:2] == ("3010", "Summa intäkter")


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("Utfall jan–aug 2026", ("Utfall", "jan–aug", "2026")), ("Budget 2026", ("Budget", "2026")),
        ("Avvikelse mot budget", ("Avvikelse", "mot budget")),
        ("Positiv lösning, antal", ("Positiv", "lösning, antal")),
        ("Nya, kvinnor", ("Nya,", "kvinnor")), ("2026-08-31", ("2026-08-31",)), ("Aktiva", ("Aktiva",)),
        ("Samma period föregående år", ("Samma period", "föregående år")), ("", ("",)),
    ],
)  # fmt: skip
def test_heads_are_broken_in_at_most_three_lines(title: str, lines: tuple[str, ...]) -> None:
    assert head_lines(title) == lines


def test_the_outcome_of_some_months_is_not_held_against_the_budget_of_the_year() -> None:
    base = statement()
    without_forecast = replace(
        base, columns=base.columns[:3], rows=tuple(replace(r, cells=r.cells[:3]) for r in base.rows)
    )
    august = replace(without_forecast, period=Period(start=date(2026, 1, 1), end=date(2026, 8, 31)))
    assert len(printed(august, deviation=True).columns) == 3
    whole = replace(without_forecast, period=Period(start=date(2026, 1, 1), end=date(2026, 12, 31)))
    assert printed(whole, deviation=True).columns[-1].title == "Avvikelse mot budget"
    with_forecast = replace(base, period=august.period)
    assert printed(with_forecast, deviation=True).columns[-1].title == "Avvikelse mot budget"


def test_a_figure_that_a_person_has_set_is_told_under_the_table() -> None:
    changed = statement().with_override(
        4, 2, Decimal(-1145000), by="Åsa", why="Räknat om.", at=datetime(2026, 11, 2, 9, 0)
    )
    note = printed(changed).note
    assert (
        "Ändrat av förbundet: Resultat, Budget 2026: Räknat om (källan säger −1\u00a0146\u00a0tkr)." in note
    )
    assert "Ändrat av förbundet" not in printed(changed.without_override(4, 2)).note

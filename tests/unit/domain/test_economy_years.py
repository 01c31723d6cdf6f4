"""The years of the economy: outcomes before forecasts before plans, the latest meeting's, and where each is from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.economy_years import Certainty, economy_years, table_year
from finsam_desktop.domain.equity_findings import latest_equity, verdicts
from finsam_desktop.domain.figures import (
    ColumnKind,
    ColumnRole,
    FigureCell,
    FigureColumn,
    FigureRow,
    FigureTable,
    Period,
    Post,
    Purpose,
)
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.year_plan import PlanKind, PlanLine, YearPlan

ROLES = (
    ColumnRole.OUTCOME, ColumnRole.PREVIOUS_OUTCOME, ColumnRole.BUDGET, ColumnRole.FULL_YEAR_FORECAST,
)  # fmt: skip


def table(purpose: Purpose, end: date, *rows: tuple[Post, str]) -> FigureTable:
    """Rows of a post and its amounts in tkr, in the order of ROLES, with a dash where there is none."""
    made = []
    for post, amounts in rows:
        cells = [FigureCell(amount=None if word == "-" else Decimal(word) * 1000) for word in amounts.split()]
        made.append(FigureRow(cells=(FigureCell(text=post), *cells), post=post, is_cost=post is Post.COSTS))
    titles = ("Utfall", f"{end.year - 1}-12-31", "Budget", "Prognos")
    columns = (
        FigureColumn(title="Post", role=ColumnRole.LABEL),
        *(
            FigureColumn(title=title, role=role, kind=ColumnKind.AMOUNT)
            for role, title in zip(ROLES, titles, strict=True)
        ),
    )
    return FigureTable(
        id=f"{purpose}-{end}",
        title="T",
        purpose=purpose,
        columns=columns,
        rows=tuple(made),
        period=Period(start=date(end.year, 1, 1), end=end),
    )


def meeting(day: date, *tables: FigureTable) -> Meeting:
    return Meeting(id=str(day), date=day, items=(AgendaItem(id=f"i{day}", title="Rapport", figures=tables),))


INCOME, BALANCE = Purpose.INCOME_STATEMENT, Purpose.BALANCE_SHEET
AUGUST, DECEMBER = date(2026, 8, 31), date(2026, 12, 31)
T2 = meeting(
    date(2026, 10, 29),
    table(INCOME, AUGUST, (Post.COSTS, "-700 -720 -1200 -1100"), (Post.RESULT, "50 - -90 10")),
    table(
        BALANCE,
        AUGUST,
        (Post.OPENING_EQUITY, "200 183 - -"),
        (Post.RESULT, "50 17 - -"),
        (Post.CLOSING_EQUITY, "250 200 - -"),
    ),
)
WHOLE = meeting(
    date(2027, 2, 20),
    table(INCOME, DECEMBER, (Post.COSTS, "-1150 -1000 -1200 -"), (Post.RESULT, "-5 17 -90 -")),
    table(BALANCE, DECEMBER, (Post.OPENING_EQUITY, "200 183 - -"), (Post.CLOSING_EQUITY, "195 200 - -")),
)
EMPTY = Association(name="F")


def tkr(figure: object) -> str:
    return "-" if figure is None else f"{figure.amount / 1000:.0f} {figure.certainty}"  # type: ignore[attr-defined]


def shown(association: Association, *meetings: Meeting) -> dict[int, tuple[str, str, str, str]]:
    return {
        year.year: (tkr(year.budget), tkr(year.costs), tkr(year.result), tkr(year.equity))
        for year in economy_years(association, meetings)
    }


def test_a_tertial_gives_budget_forecast_and_equity_at_the_years_end() -> None:
    assert shown(EMPTY, T2) == {
        2025: ("-", "-", "17 outcome", "200 outcome"),
        2026: ("1200 outcome", "1100 forecast", "10 forecast", "210 forecast"),
    }


def test_the_outcome_of_the_year_takes_the_place_of_its_forecast_whatever_the_order() -> None:
    expected = {
        2025: ("-", "1000 outcome", "17 outcome", "200 outcome"),
        2026: ("1200 outcome", "1150 outcome", "-5 outcome", "195 outcome"),
    }
    assert shown(EMPTY, T2, WHOLE) == expected
    assert shown(EMPTY, WHOLE, T2) == expected


def test_a_meeting_called_off_says_nothing() -> None:
    assert shown(EMPTY, replace(T2, cancelled_on=date(2026, 10, 1))) == {}


def test_a_plan_fills_the_years_to_come_and_gives_way_to_what_has_happened() -> None:
    plan = YearPlan(year=2026, opening_equity=Decimal(200_000), lines=(
        PlanLine(label="Bidrag", kind=PlanKind.INCOME, amount=Decimal(1_100_000), later=(Decimal(1_100_000), None)),
        PlanLine(label="Insatser", amount=Decimal(1_190_000), later=(Decimal(1_150_000), None)),
    ))  # fmt: skip
    association = replace(EMPTY, plans=(plan,))
    found = shown(association, T2)
    assert found[2026] == ("1200 outcome", "1100 forecast", "10 forecast", "210 forecast")
    assert found[2027] == ("1150 plan", "-", "-50 plan", "60 plan")
    (year, *_) = [each for each in economy_years(association, (T2,)) if each.year == 2027]
    assert year.budget is not None
    assert (year.budget.plan_year, year.budget.meeting_id) == (2026, "")
    assert year.equity is not None
    assert year.equity.certainty is Certainty.PLAN


def test_every_figure_names_its_table() -> None:
    year = economy_years(EMPTY, (T2,))[1]
    assert year.costs is not None
    assert (year.costs.meeting_id, year.costs.item_id) == ("2026-10-29", "i2026-10-29")
    assert year.costs.table_id == "income_statement-2026-08-31"


def test_the_year_of_a_table_without_a_period_stands_in_its_heads() -> None:
    bare = replace(T2.items[0].figures[0], period=None)
    assert table_year(bare) is None
    columns = (bare.columns[0], replace(bare.columns[1], title="Utfall jan–aug 2024"), *bare.columns[2:])
    assert table_year(replace(bare, columns=columns)) == 2024


def test_the_latest_equity_is_the_latest_meetings_and_both_measures_speak() -> None:
    association = replace(EMPTY, rules=replace(EMPTY.rules, contribution=Decimal(1_000_000)))
    latest = latest_equity(association, (WHOLE, T2))
    assert latest is not None
    assert latest.meeting is WHOLE
    ladder, plain = verdicts(latest.measured)
    assert (ladder.within, plain.within) == (True, True)
    assert ladder.text == "Vid årets slut 195\u00a0tkr, taket är 200\u00a0tkr: 5\u00a0tkr under."
    over = latest_equity(association, (WHOLE,), Decimal(900_000))
    assert over is not None
    assert [each.title for each in verdicts(over.measured)] == [
        "Eget kapital är över Nationella rådets trappa",
        "Eget kapital är över måttet 20 procent",
    ]
    assert latest_equity(association, ()) is None
    unknown = latest_equity(EMPTY, (T2,))
    assert unknown is not None
    assert verdicts(unknown.measured) == ()


def test_of_equal_figures_the_latest_meetings_count_and_an_outcome_stands_against_a_later_forecast() -> None:
    tables = T2.items[0].figures
    december = meeting(
        date(2026, 12, 10),
        table(INCOME, AUGUST, (Post.COSTS, "-700 -720 -1200 -1050"), (Post.RESULT, "50 - -90 60")),
        tables[1],
    )
    found = shown(EMPTY, december, T2)[2026]
    assert found == ("1200 outcome", "1050 forecast", "60 forecast", "260 forecast")
    late = replace(december, id="sent", date=date(2027, 3, 1))
    assert shown(EMPTY, WHOLE, late)[2026] == ("1200 outcome", "1150 outcome", "-5 outcome", "195 outcome")

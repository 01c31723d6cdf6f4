"""Budget, annual report, equity and tables: R40, R41, R44, R47, R60, S01."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.decisions import Decision, Outcome
from finsam_desktop.domain.figures import (
    ColumnKind,
    ColumnRole,
    FigureCell,
    FigureColumn,
    FigureRow,
    FigureTable,
    Post,
    Purpose,
    RowKind,
    Unit,
)
from finsam_desktop.domain.meeting import Meeting, MeetingKind
from finsam_desktop.domain.report import TertialReport
from finsam_desktop.domain.rules import Severity
from tests.board import association, decided_item, decision_item, found, held, meeting, proposal

BUDGET = decision_item(
    "budget", title="Budget 2027", template_id="budget", proposal=proposal("fastställa budget.")
)


def budget_meeting(day: date, item: AgendaItem = BUDGET, **fields: object) -> Meeting:
    return meeting(item, id=f"m-{day}", date=day, kind=MeetingKind.BUDGET, **fields)  # type: ignore[arg-type]


def told(rule: str, one: Meeting, today: date, *others: Meeting) -> list[tuple[Severity, str]]:
    return [(f.severity, f.title) for f in found(rule, one, today, others=others)]


# -- R40 and R60 ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "late"), [(29, False), (30, False), (31, True)])
def test_r40_wants_the_budget_by_30_november(day: int, late: bool) -> None:
    one = budget_meeting(date(2026, 11, day) if day < 31 else date(2026, 12, 1))
    assert bool(told("R40", one, date(2026, 10, 1))) is late


@pytest.mark.parametrize(
    ("today", "severity"),
    [
        (date(2026, 10, 31), None),
        (date(2026, 11, 1), Severity.WARNING),
        (date(2026, 11, 26), Severity.WARNING),
    ],
)
def test_r40_reminds_the_next_meeting_from_1_november(today: date, severity: Severity | None) -> None:
    one = meeting(date=date(2026, 11, 27))
    shown = told("R40", one, today)
    assert [gravity for gravity, _ in shown] == ([severity] if severity else [])
    assert not told("R40", one, today, budget_meeting(date(2026, 11, 28)))


def test_r40_is_grave_once_no_meeting_is_left_in_time() -> None:
    december = meeting(date=date(2026, 12, 10))
    earlier = held(decided_item(), id="tidigare", date=date(2026, 9, 1))
    (shown,) = told("R40", december, date(2026, 11, 2), earlier)
    assert shown == (
        Severity.ERROR,
        "Budgeten för 2027 ska fastställas senast måndag 30\u00a0november, om 28\u00a0dagar",
    )
    assert told("R40", december, date(2026, 12, 1), earlier)[0][0] is Severity.ERROR
    assert not told("R40", december, date(2026, 12, 1)), "an association that began in December is left alone"


def test_r40_tells_only_the_next_meeting() -> None:
    first, second = meeting(id="a", date=date(2026, 11, 20)), meeting(id="b", date=date(2026, 11, 27))
    assert told("R40", first, date(2026, 11, 10), second)
    assert not told("R40", second, date(2026, 11, 10), first)


ANNUAL = decision_item("å", title="Årsredovisning 2025", template_id="arsredovisning")


@pytest.mark.parametrize(
    ("day", "late"), [(date(2026, 3, 30), False), (date(2026, 3, 31), False), (date(2026, 4, 1), True)]
)
def test_r60_wants_the_annual_report_by_31_march(day: date, late: bool) -> None:
    assert bool(told("R60", meeting(ANNUAL, date=day), date(2026, 2, 1))) is late


@pytest.mark.parametrize(
    ("today", "shown"), [(date(2026, 2, 28), False), (date(2026, 3, 1), True), (date(2026, 3, 20), True)]
)
def test_r60_reminds_the_next_meeting_from_1_march(today: date, shown: bool) -> None:
    assert bool(told("R60", meeting(date=date(2026, 3, 25)), today)) is shown


# -- R41 ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("summary", "missing"),
    [
        ("Budgeten läggs fram.", True),
        ("Samråd med medlemmarna hölls den 6 november 2026.", False),
        ("Samråd hölls den {samrådsdatum}.", True),
        ("Medlemssamråd 2026-11-06.", False),
        ("Samråd ska hållas.", True),
    ],
)
def test_r41_wants_the_day_of_the_consultation(summary: str, missing: bool) -> None:
    item = decision_item(template_id="budget", summary=summary, proposal=proposal("fastställa budget."))
    assert bool(told("R41", budget_meeting(date(2026, 11, 26), item), date(2026, 10, 1))) is missing


def test_r41_knows_an_earlier_decision_to_consult() -> None:
    one = budget_meeting(date(2026, 11, 26))
    sent = decided_item(template_id="budget-samrad")
    assert not told("R41", one, date(2026, 11, 1), held(sent, id="x", date=date(2026, 10, 1)))
    assert told("R41", one, date(2026, 11, 1), held(sent, id="x", date=date(2025, 10, 1)))
    tabled = decided_item(template_id="budget-samrad", decision=Decision(outcome=Outcome.TABLED))
    assert told("R41", one, date(2026, 11, 1), held(tabled, id="x", date=date(2026, 10, 1)))


# -- figures --------------------------------------------------------------------------------------------


def table(
    purpose: Purpose, columns: tuple[ColumnRole, ...], rows: dict[Post, tuple[int | None, ...]]
) -> FigureTable:
    """A table in tkr: a label and one column per role."""
    return FigureTable(
        title="Tabell",
        purpose=purpose,
        columns=(
            FigureColumn(title="Post", role=ColumnRole.LABEL),
            *(FigureColumn(title=role, role=role, kind=ColumnKind.AMOUNT) for role in columns),
        ),
        rows=tuple(
            FigureRow(
                cells=(
                    FigureCell(text=post),
                    *(FigureCell(amount=None if v is None else Decimal(v), address="B2") for v in values),
                ),
                kind=RowKind.SUM,
                post=post,
            )
            for post, values in rows.items()
        ),
        source_unit=Unit.TKR,
    )


def statement(budget: int, forecast: int | None = None) -> FigureTable:
    return table(
        Purpose.INCOME_STATEMENT,
        (ColumnRole.BUDGET, ColumnRole.FULL_YEAR_FORECAST),
        {Post.RESULT: (budget, forecast)},
    )


def balance(opening: int) -> FigureTable:
    return table(Purpose.BALANCE_SHEET, (ColumnRole.OUTCOME,), {Post.OPENING_EQUITY: (opening,)})


def report(*figures: FigureTable, **fields: object) -> Meeting:
    return meeting(decision_item(figures=figures, **fields))  # type: ignore[arg-type]


TODAY = date(2026, 9, 29)


@pytest.mark.parametrize(("result", "shown"), [(-1146, True), (-1, True), (0, False), (10, False)])
def test_r44_tells_a_budget_with_a_deficit(result: int, shown: bool) -> None:
    assert bool(told("R44", report(statement(result)), TODAY)) is shown


def test_r44_says_the_amount_and_takes_a_reason() -> None:
    assert told("R44", report(statement(-1146)), TODAY) == [
        (Severity.WARNING, "Underbalanserad budget utan motivering: −1\u00a0146\u00a0tkr")
    ]
    reason = "Underskottet tas från eget kapital."
    assert not told("R44", report(statement(-1146), summary=reason), TODAY)
    in_report = TertialReport(year=2026, tertial=2, economy=reason)
    assert not told("R44", report(statement(-1146), report=in_report), TODAY)


def test_r44_works_the_result_out_from_income_and_costs() -> None:
    parts = table(
        Purpose.INCOME_STATEMENT, (ColumnRole.BUDGET,), {Post.INCOME: (11490,), Post.COSTS: (-12635,)}
    )
    assert told("R44", report(parts), TODAY)[0][1].endswith("−1\u00a0145\u00a0tkr")


@pytest.mark.parametrize(
    ("opening", "severity"),
    [(2073, None), (2074, Severity.WARNING), (2400, Severity.WARNING)],
)
def test_r47_holds_equity_against_the_ladder(opening: int, severity: Severity | None) -> None:
    shown = told("R47", report(balance(opening)), TODAY)
    assert [gravity for gravity, _ in shown] == ([severity] if severity else [])


def test_r47_uses_the_forecast_and_shows_both_measures() -> None:
    assert not told("R47", report(balance(2400), statement(0, -700)), TODAY)
    (finding,) = found("R47", report(balance(2010), statement(0, 286)))
    assert (
        finding.title
        == "Eget kapital enligt prognosen är 2\u00a0296\u00a0tkr, över det rekommenderade taket 2\u00a0074\u00a0tkr"
    )
    assert (
        "Trappan ger taket 2\u00a0074\u00a0tkr. Eget kapital är 20\u00a0% av medlemsbidragen."
        in finding.advice
    )


def test_r47_asks_for_the_contributions() -> None:
    without = association(rules={"contribution": None})
    (finding,) = found("R47", report(balance(2010)), register=without)
    assert finding.severity is Severity.NOTE


def test_s01_passes_on_what_the_figures_checks_find() -> None:
    broken = table(Purpose.OTHER, (ColumnRole.OUTCOME,), {Post.NONE: (None,)})
    row = FigureRow(cells=(FigureCell(text="Löner"), FigureCell(error="#DIV/0!", address="B7")))
    (finding,) = found("S01", report(replace(broken, rows=(row,))))
    assert finding.severity is Severity.ERROR
    assert finding.title == "Cell B7 visar #DIV/0! i stället för ett tal"
    assert finding.place.field == "figures"


def test_r47_equity_at_the_cap_is_within_it() -> None:
    ten_million = association(rules={"contribution": Decimal(10_000_000)})  # cap 1 850 tkr
    assert not found("R47", report(balance(1850)), register=ten_million)
    assert found("R47", report(balance(1851)), register=ten_million)


@pytest.mark.parametrize(("opening", "told"), [(2297, False), (2298, False), (2299, True)])
def test_r47b_holds_equity_against_a_fifth_of_the_contributions(opening: int, told: bool) -> None:
    """20 percent of 11 490 tkr is 2 298; the ladder's cap is lower, so both are told and each shows both."""
    shown = found("R47b", report(balance(opening)))
    assert bool(shown) is told
    for finding in shown:
        assert finding.severity is Severity.NOTE
        assert "Trappan ger taket 2\u00a0074\u00a0tkr" in finding.advice
    assert found("R47", report(balance(opening)))

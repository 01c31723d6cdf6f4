"""What people say of a period's reports: forecasts, comments and changed figures, each replaced and taken back."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from finsam_desktop.domain.association import Association
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
    RowKind,
)
from finsam_desktop.domain.forecasts import Forecasts
from finsam_desktop.domain.report_budget import with_fixed_budget
from finsam_desktop.domain.report_input import (
    forecasts_of,
    input_for,
    overridden,
    with_comment,
    with_forecast,
    with_input,
    with_override,
    without_override,
)
from finsam_desktop.domain.report_values import ReportInput
from finsam_desktop.domain.year_plan import PlanKind, PlanLine, YearPlan
from tests.strategy_values import amounts, words

SAID = ReportInput(year=2026, tertial=2)
AT = datetime(2026, 9, 24, 10, 0)
INCOME = Purpose.INCOME_STATEMENT


def table(*, budget: bool = True, purpose: Purpose = INCOME) -> FigureTable:
    """Two posts of income and two of costs with their sums, in kr."""
    titles = ["Utfall", *(["Budget 2026"] if budget else [])]
    roles = [ColumnRole.OUTCOME, ColumnRole.BUDGET]

    def row(
        label: str, outcome: str, planned: str, kind: RowKind = RowKind.ROW, post: Post = Post.NONE
    ) -> FigureRow:
        cells = [FigureCell(amount=Decimal(outcome), address=f"konto {label}")]
        if budget:
            cells.append(FigureCell(amount=Decimal(planned)))
        return FigureRow(cells=(FigureCell(text=label), *cells), kind=kind, post=post)

    return FigureTable(
        id="t",
        title="Resultat",
        purpose=purpose,
        columns=(
            FigureColumn(title="Post", role=ColumnRole.LABEL),
            *(
                FigureColumn(title=title, role=role, kind=ColumnKind.AMOUNT)
                for title, role in zip(titles, roles, strict=False)
            ),
        ),
        rows=(
            row("Bidrag", "700.50", "1000"),
            row("Ränta", "1", "0"),
            row("Intäkter", "701.50", "1000", RowKind.SUM, Post.INCOME),
            row("Personal", "-400", "-600"),
            row("Lokaler", "-100.25", "-150"),
            row("Kostnader", "-500.25", "-750", RowKind.SUM, Post.COSTS),
            row("Resultat", "201.25", "250", RowKind.TOTAL, Post.RESULT),
        ),
        period=Period(start=date(2026, 1, 1), end=date(2026, 8, 31)),
    )


def test_a_forecast_is_replaced_by_the_next_and_taken_away() -> None:
    said = with_forecast(SAID, "Personal", Decimal(-5))
    said = with_comment(said, "Personal", "  Vakans  på torget ", None)
    said = with_forecast(said, "personal", Decimal(-7))
    (entry,) = said.forecasts.entries
    assert (entry.post, entry.amount, entry.comment) == ("Personal", -7, "Vakans på torget")
    assert with_forecast(said, "Personal", None) == SAID


def test_a_comment_needs_something_to_depart_from() -> None:
    assert with_comment(SAID, "Personal", "Vakans", None) == SAID
    (entry,) = with_comment(SAID, "Personal", "Vakans", Decimal(-9)).forecasts.entries
    assert (entry.amount, entry.comment) == (-9, "Vakans")
    assert with_comment(SAID, "Personal", "", Decimal(-9)) == SAID


@given(st.lists(st.tuples(words, amounts), max_size=5))
def test_what_is_said_of_one_period_leaves_the_others_alone(said: list[tuple[str, Decimal]]) -> None:
    association = Association(name="F")
    other = with_forecast(ReportInput(year=2026, tertial=1), "Resor", Decimal(1))
    association = with_input(association, other)
    now = input_for(association, 2026, 2)
    for post, amount in said:
        now = with_forecast(now, post, amount)
    association = with_input(association, now)
    assert input_for(association, 2026, 1) == other
    assert input_for(association, 2026, 2) == now
    assert input_for(association, 2026, 2, "Team Väst") == ReportInput(year=2026, tertial=2, part="Team Väst")
    for post, _ in said:
        now = with_forecast(now, post, None)
    assert with_input(association, now).report_inputs == (other,), "nothing is kept of nothing"


def test_a_changed_figure_stands_in_its_own_report_only_and_goes_back() -> None:
    said = with_override(SAID, INCOME, "Personal", "Utfall", Decimal(-450), by="Åsa", why="Fel konto", at=AT)
    said = with_override(said, INCOME, "Personal", "Utfall", Decimal(-460), by="Åsa", why="Rättat", at=AT)
    made = overridden(table(), said)
    cell = made.rows[3].cells[1]
    assert (cell.amount, cell.override.before, cell.override.why) == (-460, -400, "Rättat")  # type: ignore[union-attr]
    assert made.rows[5] == table().rows[5], "sums are the source's until they are counted again"
    assert overridden(table(purpose=Purpose.BALANCE_SHEET), said) == table(purpose=Purpose.BALANCE_SHEET)
    gone = with_override(SAID, INCOME, "Städning", "Utfall", Decimal(1), by="Åsa", why="x", at=AT)
    assert overridden(table(), gone) == table()
    assert without_override(said, INCOME, "Personal", "Utfall") == SAID


def test_forecasts_for_posts_that_are_gone_are_left_out() -> None:
    said = with_forecast(with_forecast(SAID, "Personal", Decimal(-1)), "Städning", Decimal(-2))
    assert [each.post for each in forecasts_of(said, ("PERSONAL",)).entries] == ["Personal"]


PLAN = YearPlan(year=2026, lines=(
    PlanLine(label="bidrag", kind=PlanKind.INCOME, amount=Decimal("1100.10")),
    PlanLine(label="Personal", amount=Decimal("650.05")),
    PlanLine(label="Lokaler", amount=Decimal(160)),
))  # fmt: skip


def amounts_of(made: FigureTable, role: ColumnRole) -> list[Decimal | None]:
    place = made.column_index(role)
    assert place is not None
    return [row.cells[place].amount for row in made.rows]


def test_the_fixed_budget_takes_its_place_with_sums_to_the_ore() -> None:
    expected = [Decimal(each) for each in ("1100.10", "0", "1100.10", "-650.05", "-160", "-810.05", "290.05")]
    for budget in (True, False):
        made = with_fixed_budget(table(budget=budget), PLAN, Forecasts())
        assert made.unknown == ()
        assert amounts_of(made.table, ColumnRole.BUDGET) == expected
        assert amounts_of(made.table, ColumnRole.OUTCOME) == amounts_of(table(), ColumnRole.OUTCOME)
        assert made.table.column_index(ColumnRole.FULL_YEAR_FORECAST) is None


def test_forecasts_that_follow_the_budget_follow_the_fixed_one() -> None:
    made = with_fixed_budget(table(), PLAN, Forecasts(rest_as_budget=True)).table
    assert amounts_of(made, ColumnRole.FULL_YEAR_FORECAST) == amounts_of(made, ColumnRole.BUDGET)
    assert set(amounts_of(made, ColumnRole.DEVIATION)) == {Decimal(0)}


def test_half_a_budget_is_no_budget() -> None:
    plan = YearPlan(year=2026, lines=(*PLAN.lines, PlanLine(label="Styrelse", amount=Decimal(5))))
    made = with_fixed_budget(table(), plan, Forecasts())
    assert (made.unknown, made.table) == (("Styrelse",), table())

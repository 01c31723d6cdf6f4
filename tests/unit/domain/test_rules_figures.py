"""Figures against each other, the pace, the fixed budget and the texts: S02–S05."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.figures import FigureTable, Post, Purpose
from finsam_desktop.domain.meeting import Meeting, MeetingKind
from finsam_desktop.domain.report import ReportSection, TertialReport
from finsam_desktop.domain.rules import Severity
from tests.board import decision_item, found, meeting, proposal
from tests.unit.domain.test_figures_expected import report as statement

OUTCOME = ("8000", "8000", "-2000", "-4000", "-6000", "2000")
FORECAST = ("12000", "12000", "-3000", "-7000", "-10000", "2000")
GOOD = statement(outcome=OUTCOME, budget=FORECAST, full_year_forecast=FORECAST)


def with_figures(*tables: FigureTable, **fields: object) -> Meeting:
    item: AgendaItem = decision_item(figures=tables, **fields)
    return meeting(item)


def balance(result: str) -> FigureTable:
    base = statement(outcome=("0", "0", "0", "0", "0", result))
    return replace(
        base, purpose=Purpose.BALANCE_SHEET, rows=tuple(row for row in base.rows if row.post is Post.RESULT)
    )


def test_s02_holds_the_two_reports_together() -> None:
    assert not found("S02", with_figures(GOOD, balance("2000")))
    (finding,) = found("S02", with_figures(GOOD, balance("2500")))
    assert "skiljer 500\u00a0000\u00a0kr från resultatrapporten" in finding.title
    assert finding.severity is Severity.WARNING


def test_s03_asks_about_signs_and_pace() -> None:
    assert not found("S03", with_figures(GOOD))
    turned = statement(outcome=("8000", "8000", "2000", "-4000", "-6000", "2000"))
    assert [f.title for f in found("S03", with_figures(turned))] == ["Tecknet på Personal i B4 verkar omvänt"]
    passed = statement(
        outcome=OUTCOME, full_year_forecast=("12000", "12000", "-1000", "-7000", "-8000", "4000")
    )
    (finding,) = found("S03", with_figures(passed))
    assert (finding.severity, finding.place.field) == (Severity.WARNING, "figures")


def budget_meeting(day: date, *amounts: str) -> Meeting:
    item = decision_item("budget", title="Budget 2026", template_id="budget", proposal=proposal("fastställa budget."),
                         figures=(statement(budget=amounts),))  # fmt: skip
    return meeting(item, id=f"m-{day}", date=day, kind=MeetingKind.BUDGET)


def test_s04_holds_a_report_against_the_budget_fixed_last() -> None:
    first = budget_meeting(date(2025, 10, 20), "11000", "11000", "-3000", "-7000", "-10000", "1000")
    last = budget_meeting(date(2025, 11, 20), *FORECAST)
    assert not found("S04", with_figures(GOOD), others=(last,))
    (one, two, three) = found("S04", with_figures(GOOD), others=(first,))
    assert "den 20\u00a0oktober 2025" in one.advice
    assert (one.severity, two.title[:19], three.title[:21]) == (
        Severity.WARNING,
        "Budgeten för Intäkt",
        "Budgeten för Resultat",
    )
    assert not found("S04", last, others=(first,))


def test_s04_goes_by_the_latest_of_two_budgets() -> None:
    first = budget_meeting(date(2025, 10, 20), "11000", "11000", "-3000", "-7000", "-10000", "1000")
    last = budget_meeting(date(2025, 11, 20), *FORECAST)
    assert not found("S04", with_figures(GOOD), others=(first, last))


def test_s05_holds_texts_against_the_tables() -> None:
    assert not found("S05", with_figures(GOOD, summary="Personal kostar 2 000 tkr."))
    (finding,) = found("S05", with_figures(GOOD, summary="Personal kostar 2 150 tkr."))
    assert (finding.place.field, finding.severity) == ("summary", Severity.WARNING)
    assert not found("S05", with_figures(summary="Personal kostar 2 150 tkr."))


def test_s05_holds_a_platforms_section_against_its_own_table_alone() -> None:
    texts = TertialReport(year=2026, tertial=2, economy="Personal kostar 2 150 tkr.", sections=(
        ReportSection(heading="Team Väst", text="Personal kostar 1 700 tkr."),
    ))  # fmt: skip
    (finding,) = found("S05", with_figures(GOOD, report=texts))
    assert "2\u00a0150 tkr" in finding.title
    bound = replace(texts, sections=(replace(texts.sections[0], figure_id=GOOD.id),))
    assert len(found("S05", with_figures(GOOD, report=bound))) == 2

"""The tertialrapport: what is last period's is marked on paper, and goals, indicators and deviations come from data."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from finsam_desktop.documents import Document
from finsam_desktop.domain.activity import Indicator, Reading, Team
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.decisions import Decision
from finsam_desktop.domain.figures import FigureTable, Purpose
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.report import EarlierText, Goal, ReportSection, TertialReport
from finsam_desktop.domain.year_plan import GoalOutcome, Judgement, PlanGoal, YearPlan
from tests.reference import example
from tests.reference.outline import paragraphs

POST = "Särskilda insatser"
OLD = "Styrgruppen har haft fem möten under våren."


def with_report(report: TertialReport, *, figures: bool = True) -> Meeting:
    meeting = example.meeting()
    item = replace(meeting.items[4], report=report, decision=Decision())
    if not figures:
        item = replace(item, figures=(), sub_items=())
    return replace(meeting, items=(*meeting.items[:4], item, *meeting.items[5:]))


def report(**changes: object) -> TertialReport:
    return replace(TertialReport(year=2026, tertial=2), **changes)


def carried() -> TertialReport:
    sections = (
        ReportSection(heading="Ledning", text=OLD, previous=OLD),
        ReportSection(heading="Team", text="Ett nytt team har startat i höst.", previous="Tre team finns."),
    )
    return report(
        sections=sections,
        economy="Budgeten är fastställd.",
        begun_from="Tertialrapport 1 2026",
        earlier=(EarlierText(name="economy", text="Budgeten är fastställd."),),
    )


def texts(meeting: Meeting, of: Association | None = None) -> list[str]:
    return [
        text.replace("\u00a0", " ")
        for _, text in paragraphs(example.docx(Document.TERTIALRAPPORT, meeting, of=of))
    ]


def test_a_text_of_last_period_is_never_printed_as_new() -> None:
    printed = texts(with_report(carried()))
    assert "Utkast: text från tertialrapport 1 2026 står kvar i Ledning och Ekonomi." in printed
    mark = "Utkast: text från tertialrapport 1 2026, inte omskriven."
    assert [printed[place + 1] for place, text in enumerate(printed) if text == mark] == [
        OLD, "Budgeten är fastställd."
    ]  # fmt: skip
    running = example.fields(Document.TERTIALRAPPORT, with_report(carried()))["document"]["running_title"]
    assert running == "Utkast. Tertialrapport 2, januari–augusti 2026"


def test_a_rewritten_report_says_nothing_of_a_draft() -> None:
    written = replace(carried(), sections=carried().sections[1:], economy="Bokslutet visar ett överskott.")
    assert not [text for text in texts(with_report(written)) if "Utkast" in text]


def test_the_export_warns_of_what_is_last_period_s() -> None:
    made = example.warnings(Document.TERTIALRAPPORT, with_report(carried()))
    assert [text.replace("\u00a0", " ") for text in made if "tertialrapport 1" in text] == [
        "Rapporten är ett utkast: text från tertialrapport 1 2026 står kvar i Ledning och Ekonomi."
    ]
    assert not example.warnings(Document.TERTIALRAPPORT)


def planned() -> Association:
    goals = (
        PlanGoal(
            text="Fler till arbete",
            target="minst 65 %",
            outcomes=(GoalOutcome(tertial=2, outcome="61 %", judgement=Judgement.PARTLY),),
        ),
        PlanGoal(text="Nöjda parter", target="70"),
    )
    return replace(example.association(), plans=(YearPlan(year=2026, goals=goals),))


def test_goals_come_from_the_year_s_plan_unless_the_report_has_its_own() -> None:
    meeting = with_report(report())
    rows = example.fields(Document.TERTIALRAPPORT, meeting, of=planned())["report"]["goals"].rows
    assert [tuple(text.replace("\u00a0", " ") for text in row.cells) for row in rows] == [
        ("Fler till arbete", "minst 65 %", "61 %", "Delvis uppfyllt"),
        ("Nöjda parter", "70", "–", "–"),
    ]
    own = with_report(report(goals=(Goal(text="Eget mål", target="1", outcome="2", judgement="Uppfyllt"),)))
    rows = example.fields(Document.TERTIALRAPPORT, own, of=planned())["report"]["goals"].rows
    assert [row.cells for row in rows] == [("Eget mål", "1", "2", "Uppfyllt")]


def reading(team: str, indicator: str, total: int) -> Reading:
    return Reading(team_id=team, indicator_id=indicator, year=2026, tertial=2, total=Decimal(total))


@pytest.fixture
def measured() -> Association:
    return replace(
        example.association(),
        teams=(Team(id="u", name="Ungdom"), Team(id="v", name="Vuxen")),
        indicators=(Indicator(id="a", name="Aktiva"), Indicator(id="s", name="Avslutade")),
        readings=(reading("u", "a", 34), reading("u", "s", 54), reading("v", "a", 45), reading("v", "s", 56)),
    )


@pytest.mark.parametrize(
    ("teams", "rows"),
    [
        ((), [("Ungdom", "34", "54"), ("Vuxen", "45", "56"), ("Samtliga", "79", "110")]),
        (("v",), [("Vuxen", "45", "56")]),
    ],
)
def test_a_section_prints_the_readings_of_its_teams(
    measured: Association, teams: tuple[str, ...], rows: list[tuple[str, ...]]
) -> None:
    section = ReportSection(heading="Team", indicators=True, team_ids=teams)
    meeting = with_report(report(sections=(section,)), figures=False)
    made = example.fields(Document.TERTIALRAPPORT, meeting, of=measured)["report"]
    assert [row.cells for row in made["sections"][0]["figure"].rows] == rows
    assert made["indicators"] == []


def test_readings_that_no_section_prints_are_printed_all_the_same(measured: Association) -> None:
    made = example.fields(Document.TERTIALRAPPORT, with_report(report(), figures=False), of=measured)[
        "report"
    ]
    assert [table.caption for table in made["indicators"]] == ["Deltagare per team, januari–augusti 2026"]
    people = [figure for figure in made["key_figures"] if figure["label"] == "Avslutade deltagare"]
    assert [(each["value"], each["note"]) for each in people] == [("110", "Aktiva: 79")]


def test_fewer_than_five_persons_are_never_shown_for_themselves(measured: Association) -> None:
    few = replace(measured, readings=(*measured.readings[:2], reading("v", "a", 3), reading("v", "s", 56)))
    section = ReportSection(heading="Team", indicators=True)
    made = example.fields(
        Document.TERTIALRAPPORT, with_report(report(sections=(section,)), figures=False), of=few
    )
    cells = [cell for row in made["report"]["sections"][0]["figure"].rows for cell in row.cells]
    assert "3" not in cells


def test_the_comments_of_the_forecast_are_the_deviations() -> None:
    meeting = with_report(report())

    def said(table: FigureTable) -> FigureTable:
        if table.purpose is not Purpose.INCOME_STATEMENT:
            return table
        rows = (
            replace(row, comment="En tjänst är vakant.") if POST in {cell.text for cell in row.cells} else row
            for row in table.rows
        )
        return replace(table, rows=tuple(rows))

    tables = tuple(said(table) for table in meeting.items[4].figures)
    item = replace(meeting.items[4], figures=tables)
    commented = replace(meeting, items=(*meeting.items[:4], item, *meeting.items[5:]))
    printed = texts(commented)
    place = printed.index("Avvikelser")
    assert printed[place + 1] == "Särskilda insatser, 80 tkr bättre än budget: En tjänst är vakant."
    assert not [text for text in printed if text.startswith("Källa") and "vakant" in text]


@pytest.mark.parametrize("shown", [True, False])
def test_where_the_figures_come_from_is_printed_when_wanted(shown: bool) -> None:
    printed = texts(with_report(report(print_sources=shown)))
    assert any("Källa: Resultatrapport T2 2026.xlsx" in text for text in printed) is shown
    assert any("Summorna är beräknade på hela kronor" in text for text in printed)

"""The budget as a value, goals and the readings of teams, as findings: R40, R43–R45, R63b–c, R96b, S04, S06, S07."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from finsam_desktop.domain.activity import (
    ACTIVE,
    FINISHED,
    NEW,
    SOLVED_SHARE,
    STANDARD_INDICATORS,
    Reading,
    Team,
)
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.figures import FigureTable
from finsam_desktop.domain.meeting import Meeting, MeetingKind
from finsam_desktop.domain.plan_start import contribution_lines
from finsam_desktop.domain.plan_sums import budget_table
from finsam_desktop.domain.report import ReportSection, TertialReport
from finsam_desktop.domain.rules import Finding, Severity, check_association
from finsam_desktop.domain.year_plan import (
    GoalKind,
    GoalOutcome,
    Judgement,
    PlanGoal,
    PlanKind,
    PlanLine,
    YearPlan,
)
from tests.board import MEMBERS, association, decision_item, found, meeting, proposal

THREE = (Decimal(11_000_000), (Decimal(11_100_000), Decimal(11_200_000)))
GOAL = PlanGoal(id="g", text="Fler till arbete", target="65 %", kind=GoalKind.ACTIVITY)
PLAN = YearPlan(
    id="p", year=2027, opening_equity=Decimal(1_724_000), guidelines="Riktlinjer", goals=(GOAL,), fixed_in="budget",
    lines=(
        *(replace(line, later=(line.amount, line.amount)) for line in contribution_lines(MEMBERS, Decimal(11_490_000))),
        PlanLine(label="Torgen", amount=THREE[0], later=THREE[1], area="Insatser"),
    ),
)  # fmt: skip
BUDGET_DAY = date(2026, 11, 26)


def budget_meeting(day: date = BUDGET_DAY) -> Meeting:
    item = decision_item(
        "budget", title="Budget 2027, verksamhetsplan och ekonomisk plan 2027–2029", template_id="budget",
        proposal=proposal("fastställa budget och verksamhetsplan, och ekonomisk plan 2027–2029."),
    )  # fmt: skip
    return meeting(item, id="bm", date=day, kind=MeetingKind.BUDGET, consulted_on=date(2026, 11, 1))


def having(plan: YearPlan = PLAN, **fields: object) -> Association:
    return association(plans=(plan,), **fields)


def of_association(rule: str, one: Association, today: date, *meetings: Meeting) -> list[Finding]:
    return [finding for finding in check_association(one, today, meetings) if finding.rule == rule]


def told(rule: str, plan: YearPlan, **fields: object) -> list[str]:
    """What the rule says at the meeting that fixes the plan; Förbundet says the same."""
    one = having(plan, **fields)
    at_meeting = [f.title for f in found(rule, budget_meeting(), date(2026, 11, 1), register=one)]
    there = [f.title for f in of_association(rule, one, date(2026, 11, 1), budget_meeting())]
    assert at_meeting == there
    return at_meeting


def test_a_complete_plan_is_told_nothing() -> None:
    for rule in ("R40", "R43", "R44", "R45", "R63b"):
        assert told(rule, PLAN) == [], rule


def without_income(plan: YearPlan) -> YearPlan:
    return replace(plan, lines=tuple(line for line in plan.lines if line.kind is PlanKind.COST))


def test_r44_asks_why_the_costs_exceed_the_income() -> None:
    def costing(amount: int, reason: str = "") -> YearPlan:
        lines = (*PLAN.lines[:-1], replace(PLAN.lines[-1], amount=Decimal(amount)))
        return replace(PLAN, lines=lines, deficit_reason=reason)

    assert told("R44", costing(11_490_000)) == []
    assert told("R44", costing(11_500_000)) == [
        "Budgeten för 2027 har ett underskott utan motivering: −10\u00a0tkr"
    ]
    assert told("R44", costing(11_500_000, "Eget kapital används enligt rekommendationen.")) == []


def test_r45_holds_the_contributions_against_the_law() -> None:
    def state_paying(amount: str) -> YearPlan:
        lines = tuple(
            replace(line, amount=Decimal(amount)) if line.label == "Försäkringskassan" else line
            for line in PLAN.lines
        )
        return replace(PLAN, lines=lines)

    assert told("R45", state_paying("5745000")) == []
    # The state's part of a whole that grows with it: a krona off at 5 745 002, more than that at 5 745 003.
    assert told("R45", state_paying("5745002")) == []
    assert told("R45", state_paying("5745003"))[0].startswith("Staten bidrar med 5\u00a0745\u00a0003\u00a0kr")
    titles = told("R45", state_paying("5700000"))
    assert titles[0].replace("\u00a0", " ") == (
        "Staten bidrar med 5 700 000 kr i budgeten för 2027, hälften är 5 722 500 kr"
    )
    assert len(titles) == 3
    unknown = PlanLine(label="Någon", kind=PlanKind.INCOME, amount=Decimal(1), area="Medlemsbidrag")
    assert told("R45", replace(PLAN, lines=(*state_paying("5700000").lines, unknown))) == []


def test_r43_asks_for_three_years_equity_and_guidelines() -> None:
    two = tuple(replace(line, later=(line.later[0], None)) for line in PLAN.lines)
    assert told("R43", replace(PLAN, lines=two)) == ["Planen för 2027 saknar belopp för 2029"]
    bare = replace(PLAN, opening_equity=None, guidelines=" ")
    assert told("R43", bare) == [
        "Planen för 2027 visar inte eget kapital vid årets slut",
        "Planen för 2027 har inga riktlinjer",
    ]
    assert told("R43", YearPlan(year=2027, fixed_in="budget")) == []


@pytest.mark.parametrize(
    ("day", "titles"),
    [
        (date(2026, 11, 29), []),
        (date(2026, 11, 30), []),
        (date(2026, 12, 1), ["Budgeten för 2027 fastställdes den 1\u00a0december 2026"]),
    ],
)
def test_r40_knows_when_the_plan_was_fixed(day: date, titles: list[str]) -> None:
    heard = of_association("R40", having(), date(2026, 12, 15), budget_meeting(day))
    assert [finding.title for finding in heard] == titles


@pytest.mark.parametrize(
    ("day", "count"), [(date(2026, 11, 29), 0), (date(2026, 11, 30), 0), (date(2026, 12, 1), 1)]
)
def test_r40_asks_where_the_plan_was_fixed_once_the_day_has_passed(day: date, count: int) -> None:
    heard = of_association("R40", having(replace(PLAN, fixed_in="")), day, budget_meeting())
    assert len([f for f in heard if f.place.field == "plans"]) == count


def test_s04_holds_a_report_against_the_plan_that_was_fixed() -> None:
    report = budget_table(PLAN)
    later = meeting(decision_item(figures=(report,)), date=date(2027, 5, 20))
    assert not found("S04", later, register=having(), others=(budget_meeting(),))

    def raised(table: FigureTable) -> FigureTable:
        rows = list(table.rows)
        cells = list(rows[-3].cells)
        cells[1] = replace(cells[1], amount=Decimal(-11_000_500))
        rows[-3] = replace(rows[-3], cells=tuple(cells))
        return replace(table, rows=tuple(rows))

    wrong = meeting(decision_item(figures=(raised(report),)), date=date(2027, 5, 20))
    (finding,) = found("S04", wrong, register=having(), others=(budget_meeting(),))
    assert finding.title == "Budgeten för Torgen skiljer 500\u00a0kr från den fastställda"
    assert "den 26\u00a0november 2026" in finding.advice
    assert not found("S04", wrong, register=having(replace(PLAN, fixed_in="")), others=(budget_meeting(),))


def report_meeting(text: str = "", tertial: int = 2) -> Meeting:
    report = TertialReport(year=2026, tertial=tertial, sections=(ReportSection(heading="Teamen", text=text),))
    return meeting(decision_item("rapport", title="Tertialrapport", report=report))


def read(team: str, indicator: str, total: str, tertial: int = 2, year: int = 2026) -> Reading:
    return Reading(team_id=team, indicator_id=indicator, year=year, tertial=tertial, total=Decimal(total))


def followed(*readings: Reading, **fields: object) -> Association:
    teams = (Team(id="ung", name="Ungdomstorget"), Team(id="vux", name="Vuxentorget"))
    return association(teams=teams, indicators=STANDARD_INDICATORS, readings=readings, **fields)


def test_s06_tells_the_meeting_of_its_reports_period_and_forbundet_of_two_years() -> None:
    wrong = (read("vux", FINISHED, "25"), read("vux", SOLVED_SHARE, "0.74"))
    (finding,) = found("S06", report_meeting(), register=followed(*wrong))
    assert finding.title == "74 procent av 25 går inte ihop"
    assert finding.advice.startswith(
        "Vuxentorget, Positiv lösning, andel, T2 2026: 18 personer är 72 procent, 19 är 76."
    )
    assert (finding.place.field, finding.severity) == ("readings", Severity.WARNING)
    assert not found("S06", report_meeting(tertial=1), register=followed(*wrong))
    for today, count in ((date(2026, 9, 1), 1), (date(2027, 12, 31), 1), (date(2028, 1, 1), 0)):
        assert len(of_association("S06", followed(*wrong), today)) == count


def test_s07_holds_the_text_against_the_readings() -> None:
    one = followed(read("ung", FINISHED, "54"), read("ung", SOLVED_SHARE, "0.796"), read("ung", ACTIVE, "34"))

    def said(text: str) -> list[str]:
        return [finding.title for finding in found("S07", report_meeting(text), register=one)]

    assert said("Ungdomstorget har avslutat 54 personer, varav 80 procent till en positiv lösning.") == []
    assert said("Ungdomstorget har avslutat 53 personer, varav 82 procent till en positiv lösning.") == [
        "Texten säger 53 om Ungdomstorget, avläsningen är 54",
        "Texten säger 82 procent om Ungdomstorget, avläsningen är 80\u00a0%",
    ]
    assert said("Ungdomstorget har 33 aktiva.") == ["Texten säger 33 om Ungdomstorget, avläsningen är 34"]
    assert said("Ungdomstorget och Vuxentorget har avslutat 53 personer.") == []
    assert said("På Ungdomstorget deltog 82 procent av personalen i utbildningen.") == []


def test_r96b_warns_of_small_groups_in_the_teams_table() -> None:
    for persons, count in (("0", 0), ("1", 1), ("4", 1), ("5", 0)):
        heard = found("R96b", report_meeting(), register=followed(read("ung", NEW, persons)))
        assert len(heard) == count, persons


def test_r63b_asks_for_goals_with_target_values() -> None:
    assert told("R63b", replace(PLAN, goals=())) == ["Planen för 2027 har inga mål"]
    one = having(replace(PLAN, goals=(GOAL, replace(GOAL, id="h", target=" "))))
    (finding,) = of_association("R63b", one, date(2027, 3, 1))
    assert finding.title == "Ett mål i planen för 2027 saknar målvärde"
    (bare,) = of_association("R63b", having(replace(PLAN, goals=())), date(2027, 3, 1))
    assert bare.title == "Planen för 2027 har inga mål"
    assert not of_association("R63b", one, date(2028, 1, 1))


def judged(judgement: Judgement, outcome: str = "70 %", tertial: int = 2) -> Association:
    goal = replace(GOAL, outcomes=(GoalOutcome(tertial=tertial, outcome=outcome, judgement=judgement),))
    return having(replace(PLAN, year=2026, goals=(goal,)))


def test_r63c_asks_for_a_judgement_that_agrees_with_the_numbers() -> None:
    def titles(one: Association, tertial: int = 2) -> list[str]:
        return [finding.title for finding in found("R63c", report_meeting(tertial=tertial), register=one)]

    assert titles(judged(Judgement.REACHED)) == []
    assert titles(judged(Judgement.PARTLY)) == []
    assert titles(judged(Judgement.UNSET)) == ["Ett mål är inte bedömt efter T2 2026"]
    assert titles(judged(Judgement.NOT_REACHED)) == [
        "Bedömningen ”Inte uppfyllt” stämmer inte med målvärde och utfall"
    ]
    assert titles(judged(Judgement.REACHED, "64 %")) == [
        "Bedömningen ”Uppfyllt” stämmer inte med målvärde och utfall"
    ]
    assert titles(judged(Judgement.TOO_EARLY)) == []
    assert titles(judged(Judgement.TOO_EARLY, tertial=3), 3) == [
        "Ett mål kan inte bedömas än, fast året är slut"
    ]


@pytest.mark.parametrize(
    ("today", "told_of"),
    [
        (date(2026, 5, 31), []),
        (date(2026, 6, 1), ["T1 2026"]),
        (date(2026, 9, 30), ["T1 2026"]),
        (date(2026, 10, 1), ["T2 2026"]),
        (date(2027, 1, 31), ["T2 2026"]),
        (date(2027, 2, 1), ["T3 2026"]),
        (date(2028, 2, 1), []),
    ],
)
def test_r63c_waits_a_month_after_the_tertial(today: date, told_of: list[str]) -> None:
    one = having(replace(PLAN, year=2026))
    assert [f.title[-7:] for f in of_association("R63c", one, today)] == told_of

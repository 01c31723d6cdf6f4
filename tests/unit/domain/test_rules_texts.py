"""What is left of last year's paper: T01–T08, R80, R96."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.catalogue import ItemType
from finsam_desktop.domain.figures import (
    ColumnKind,
    ColumnRole,
    FigureCell,
    FigureColumn,
    FigureRow,
    FigureTable,
    RowKind,
)
from finsam_desktop.domain.meeting import Meeting, MeetingState
from finsam_desktop.domain.report import Goal, ReportSection, TertialReport
from finsam_desktop.domain.rules import Severity
from finsam_desktop.domain.rules.texts import days_in, nearest_shares, report_tertial, shares_in
from tests.board import DAY, attachment, decision_item, found, held, meeting, proposal


def info(summary: str = "", **fields: object) -> AgendaItem:
    values = {"id": "i", "title": "Läget", "type": ItemType.INFORMATION, "summary": summary, **fields}
    return AgendaItem(**values)  # type: ignore[arg-type]


def titles(rule: str, *items: AgendaItem, today: date = date(2026, 9, 29), **fields: object) -> list[str]:
    return [finding.title for finding in found(rule, meeting(*items, **fields), today)]


# -- T01 ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "blank"),
    [
        ("Avser punkt xx i rapporten", "xx"),
        ("Kostnaden är XXX kronor", "XXX"),
        ("Bevilja {belopp} kronor", "{belopp}"),
        ("senast ÅÅÅÅ-MM-DD", "ÅÅÅÅ-MM-DD"),
        ("budget för 20XX", "20XX"),
        ("utse NN till ombud", "NN"),
        ("den ____ 2026", "____"),
    ],
)
def test_t01_finds_what_was_to_be_filled_in(text: str, blank: str) -> None:
    (finding,) = found("T01", meeting(info(text)))
    assert finding.title == f"”{blank}” står kvar i texten"
    assert finding.place.field == "summary"
    assert finding.severity is Severity.ERROR


@pytest.mark.parametrize(
    "text", ["Axxel", "taxxi 20XXL", "Xerxes", "NNS årsmöte", "i_ett_ord", "x 2", "§ 5 (S)"]
)
def test_t01_leaves_ordinary_words_alone(text: str) -> None:
    assert titles("T01", info(text)) == []


def test_t01_looks_everywhere_once() -> None:
    item = decision_item(proposal=proposal("utse NN.", "utse NN."), attachments=(attachment(),))
    assert [f.place.field for f in found("T01", meeting(item))] == ["proposal"]
    below = decision_item(sub_items=(AgendaItem(id="A", title="Del xx"),))
    assert [(f.place.item_id, f.place.field) for f in found("T01", meeting(below))] == [("A", "title")]
    in_report = info(report=TertialReport(year=2026, tertial=2, goals=(Goal(text="xx"),)))
    assert titles("T01", in_report) == ["”xx” står kvar i texten"]


def test_t01_leaves_adjusted_minutes_alone() -> None:
    one = held(info("xx"), state=MeetingState.ADJUSTED, adjusted_on=DAY)
    assert not found("T01", one, DAY)


# -- T02 ------------------------------------------------------------------------------------------------


def t2(**report: object) -> AgendaItem:
    return info(
        title="Tertialrapport 2, januari–augusti 2026", report=TertialReport(year=2026, tertial=2, **report)
    )  # type: ignore[arg-type]


def test_t02_finds_the_heading_and_intro_of_the_last_report() -> None:
    heading = t2(sections=(ReportSection(heading="Resultat Tertial 1"),))
    assert titles("T02", heading) == ["Texten nämner tertial 1, men rapporten gäller tertial 2"]
    intro = t2(introduction="Här beskrivs läget under januari–april.")
    assert titles("T02", intro) == ["Texten nämner januari–april, men rapporten gäller tertial 2"]


@pytest.mark.parametrize(
    "text",
    [
        "Under tertial 2 har flödet ökat.",
        "Utfallet är högre än tertial 1.",
        "Flödet har ökat jämfört med januari–april.",
        "Inflödet har minskat sedan tertial 1.",
        "T2 visar en ökning.",
    ],
)
def test_t02_leaves_its_own_period_and_comparisons_alone(text: str) -> None:
    assert titles("T02", t2(introduction=text)) == []


def test_t02_holds_the_year_of_the_title_against_the_report() -> None:
    old = info(title="Tertialrapport 2 för 2025", report=TertialReport(year=2026, tertial=2))
    assert titles("T02", old) == ["Rubriken säger 2025, men rapporten gäller 2026"]


@pytest.mark.parametrize(
    ("item", "number"),
    [
        (info(template_id="tertialrapport-1"), 1),
        (info(title="Rapport Tertial 2"), 2),
        (info(title="Tertialrapport 3 och bokslut"), 3),
        (info(title="Underlag inför tertialrapport 2"), None),
        (info(title="Budget"), None),
    ],
)
def test_a_report_is_known_by_its_template_or_title(item: AgendaItem, number: int | None) -> None:
    assert report_tertial(item) == number


def test_t02_wants_the_budget_to_be_next_years() -> None:
    budget = decision_item(title="Budget 2026", template_id="budget")
    assert titles("T02", budget) == ["Rubriken säger 2026, men budgeten gäller 2027"]
    assert titles("T02", decision_item(title="Budget 2027 och plan 2027–2029", template_id="budget")) == []


# -- T03 ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Beslutad av styrelsen 2026-10-29", True),
        ("Fastställd av styrelsen den 29 oktober 2026", True),
        ("Antagen av styrelsen den 30 oktober 2026", True),
        ("Beslutad av styrelsen 2026-10-28", False),
        ("Förslag till styrelsens sammanträde 2026-10-29", False),
    ],
)
def test_t03_tells_a_decision_dated_before_it_is_made(text: str, told: bool) -> None:
    assert bool(titles("T03", info(text))) is told
    assert not found("T03", held(info(text)), DAY)


def test_t03_reads_the_titles_of_bilagor() -> None:
    item = info(attachments=(attachment(),))
    named = info(attachments=(attachment(dated=DAY),), title="Rapport. Beslutad av styrelsen 2026-10-29")
    assert titles("T03", item) == []
    assert titles("T03", named) == ["”Beslutad av styrelsen 29\u00a0oktober 2026” står före sammanträdet"]


# -- T04 ------------------------------------------------------------------------------------------------


def test_t04_says_which_shares_are_possible() -> None:
    assert titles("T04", info("Av de avslutade gick 74 procent av 25 vidare.")) == [
        "74 procent av 25 går inte ihop: 18 personer är 72 procent, 19 är 76"
    ]


@pytest.mark.parametrize(
    ("text", "found_shares"),
    [
        ("74 procent av 25", [(Decimal(74), 25)]),
        ("74 % av de 25 avslutade", [(Decimal(74), 25)]),
        ("33,3 procent av 12", [(Decimal("33.3"), 12)]),
        ("har avslutat 54 personer, varav 80 procent", [(Decimal(80), 54)]),
        ("15 procent av 11 490 tkr", []),
        ("15 procent av 700 tkr", []),
        ("15 procent av 500 kronor", []),
        ("500 kronor totalt, varav 15 procent", []),
        ("ökade med 15 procent under 2026", []),
    ],
)
def test_shares_are_read_where_they_concern_people(
    text: str, found_shares: list[tuple[Decimal, int]]
) -> None:
    assert list(shares_in(text)) == found_shares


@pytest.mark.parametrize(
    ("share", "whole", "possible"),
    [
        ("80", 54, True),
        ("61", 56, True),
        ("74", 25, False),
        ("50", 10, True),
        ("86", 22, True),
        ("71", 17, True),
        ("75", 4, True),
        ("0", 7, True),
        ("100", 7, True),
        ("1", 7, False),
        ("33.3", 12, True),
        ("33.4", 12, True),
    ],
)
def test_a_share_of_people_can_be_or_not(share: str, whole: int, possible: bool) -> None:
    if share == "33.4":
        possible = False  # 4 of 12 are 33,3
    assert (nearest_shares(Decimal(share), whole) is None) is possible


@given(whole=st.integers(1, 99), people=st.integers(0, 99))
def test_every_real_share_is_possible(whole: int, people: int) -> None:
    people = min(people, whole)
    rounded = (200 * people + whole) // (2 * whole)
    assert nearest_shares(Decimal(rounded), whole) is None


@given(whole=st.integers(1, 400), share=st.integers(0, 100))
def test_a_share_is_impossible_exactly_when_no_number_gives_it(whole: int, share: int) -> None:
    slow = any((200 * people + whole) // (2 * whole) == share for people in range(whole + 1))
    near = nearest_shares(Decimal(share), whole)
    assert (near is None) is slow
    if near is not None:
        (low, low_share), (high, high_share) = near
        assert high == low + 1
        assert low_share < share < high_share


# -- T07, T08 -------------------------------------------------------------------------------------------


def previous(day: date = date(2026, 9, 17)) -> Meeting:
    return held(id="förra", date=day)


def test_t07_wants_the_previous_meetings_minutes() -> None:
    text = "Protokollet från sammanträdet den 17 september 2026, §§ 49–60, läggs till handlingarna."
    one = meeting(info(template_id="foregaende-protokoll", minutes_text=text))
    assert not found("T07", one, others=(previous(),))
    assert not found("T07", one)
    (finding,) = found("T07", one, others=(previous(date(2026, 9, 24)),))
    assert finding.title == (
        "Texten gäller sammanträdet den 17\u00a0september 2026, men det förra var den 24\u00a0september 2026"
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("torsdagen den 29 oktober 2026", []),
        ("torsdag 29 oktober 2026", []),
        ("fredagen den 29 oktober 2026", ["Den 29\u00a0oktober 2026 är en torsdag, inte en fredag"]),
        ("Onsdag 2026-10-29", ["Den 29\u00a0oktober 2026 är en torsdag, inte en onsdag"]),
        ("fredagar den 31 februari 2026", []),
    ],
)
def test_t08_holds_the_weekday_against_the_date(text: str, title: list[str]) -> None:
    assert titles("T08", info(text)) == title


def test_dates_are_read_in_both_ways_and_impossible_ones_left() -> None:
    text = "Den 1 maj 2026, 2026-05-02, den 31 februari 2026 och 2026-13-01."
    assert [day for _, day in days_in(text)] == [date(2026, 5, 1), date(2026, 5, 2)]


# -- R80, R96 -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("item", "told"),
    [
        (info("Förslag om NNS avgift"), True),
        (info(title="Serviceavgiften"), True),
        (info(template_id="nns-avgift"), True),
        (info("Kanalen CNNS"), False),
    ],
)
def test_r80_shows_both_sources_neutrally(item: AgendaItem, told: bool) -> None:
    findings = found("R80", meeting(item))
    assert bool(findings) is told
    for finding in findings:
        assert finding.severity is Severity.NOTE
        assert "Försäkringskassan" in finding.source
        assert "Delphi" in finding.source
        assert "Styrelsen avgör." in finding.advice


@pytest.mark.parametrize(("count", "told"), [(0, False), (1, True), (4, True), (5, False)])
def test_r96_warns_of_groups_of_one_to_four(count: int, told: bool) -> None:
    table = FigureTable(
        title="Teamen",
        columns=(
            FigureColumn(title="Team", role=ColumnRole.LABEL),
            FigureColumn(title="Aktiva", kind=ColumnKind.COUNT),
        ),
        rows=(
            FigureRow(cells=(FigureCell(text="Fjällsta"), FigureCell(amount=Decimal(count)))),
            FigureRow(cells=(FigureCell(text="Totalt"), FigureCell(amount=Decimal(1))), kind=RowKind.TOTAL),
        ),
    )
    findings = found("R96", meeting(info(figures=(table,))))
    assert bool(findings) is told
    if told:
        assert findings[0].advice.startswith("Teamen: Fjällsta. Slå ihop rader.")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Vindeln: 1 pågående deltagare", True),
        ("tre ungdomar har avslutat", True),
        ("5 deltagare", False),
        ("24 deltagare", False),
        ("två ledamöter", False),
        ("förste deltagare", False),
    ],
)
def test_r96_reads_texts(text: str, told: bool) -> None:
    assert bool(titles("R96", info(text))) is told

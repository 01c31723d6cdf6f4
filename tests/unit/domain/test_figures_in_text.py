"""A number in prose that contradicts the table, and shares of persons that can not be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_desktop.domain.figures_checks import Level
from finsam_desktop.domain.figures_in_text import check_text
from tests.unit.domain.test_figures_expected import report

NBSP = "\u00a0"
TABLE = report(
    outcome=("8000", "8000", "-2000", "-4000", "-6000", "2000"),
    budget=("12000", "12000", "-3200", "-8000", "-11200", "800"),
    full_year_forecast=("12000", "12000", "-3000", "-7000", "-10000", "2000"),
)


@pytest.mark.parametrize(
    "text",
    [
        "Personal kostar 2 000 tkr hittills.",
        "Personal kostar 2,0 mkr hittills, mot 3 200 000 kronor i budget.",
        "Prognosen för personal är 200 tkr lägre än budget.",
        "För personal blir kostnaden drygt 1,95 mkr.",
        "Resultatet blir 2\u00a0000 tkr.",
        "Personal och insatser kostar 7 777 tkr.",
        "Styrelsen beviljade 3 500 tkr till ett annat förbund.",
        "Personal: en person fick 15 000 kr i arvode.",
        "Av de 12 000 tkr som parterna bidrar med går 3 000 tkr till personal.",
        "Personal § 17, år 2026.",
        "Ackumulerat resultat för hela projekttiden är 1 900 tkr.",
        "",
    ],
)
def test_texts_that_agree_or_say_nothing_of_one_row(text: str) -> None:
    assert check_text(text, (TABLE,)) == ()


def test_an_amount_that_the_table_does_not_have() -> None:
    (finding,) = check_text("Läget är gott. Personal kostar 2 150 tkr hittills. Mer följer.", (TABLE,))
    assert finding.level is Level.WARNING
    assert finding.title == f"Texten säger 2{NBSP}150 tkr om Personal, närmast i tabellen är 2{NBSP}000 tkr"
    assert finding.text == "”Personal kostar 2 150 tkr hittills.”"


def test_what_texts_call_the_rows_of_every_report() -> None:
    for text in (
        "Underskottet blir 1 146 tkr.",
        "Kostnaderna ökar till 10 500 tkr.",
        "Intäkterna är 8,4 mkr.",
    ):
        assert len(check_text(text, (TABLE,))) == 1, text


def test_rounding_in_the_text_is_told_apart() -> None:
    (finding,) = check_text("Personal kostar 2 001 tkr.", (TABLE,))
    assert finding.level is Level.NOTE
    assert finding.title.endswith("en skillnad genom avrundning")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Av deltagarna gick 40 av 54 vidare (78 %).", f"40 av 54 är 74{NBSP}%, texten säger 78 procent"),
        ("12 av 37 (32,1 %) har avslutat.", f"12 av 37 är 32,4{NBSP}%, texten säger 32,1 procent"),
    ],
)
def test_persons_and_percentages_that_disagree(text: str, title: str) -> None:
    (finding,) = check_text(text, ())
    assert (finding.title, finding.check, finding.level) == (title, "share", Level.WARNING)


@pytest.mark.parametrize(
    "text",
    ["40 av 54 (74 %)", "5 av 0 (3 %)",
     "12 av 37 (32,4 %)", "2 av 3 svarade. Det är 12 procent fler än i fjol."],
)  # fmt: skip
def test_persons_and_percentages_that_agree_or_are_something_else(text: str) -> None:
    assert check_text(text, ()) == ()


@given(st.integers(min_value=1, max_value=300), st.integers(min_value=0, max_value=300))
def test_a_share_worked_out_from_persons_is_never_doubted(whole: int, part: int) -> None:
    part = min(part, whole)
    percent = (part * 200 + whole) // (2 * whole)  # half up, in whole numbers only
    assert check_text(f"{part} av {whole} ({percent} %)", ()) == ()


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    check_text(text, (TABLE,))

"""Numbers, dates and names as they are written in Swedish."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest

from finsam_desktop.domain import wording
from finsam_desktop.domain.association import Role
from finsam_desktop.domain.catalogue import ItemType
from finsam_desktop.domain.figures import Unit
from finsam_desktop.domain.meeting import MeetingForm, MeetingKind, MeetingState

DAY = date(2026, 10, 29)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (12635, 0, "12\u00a0635"),
        (999, 0, "999"),
        (1000, 0, "1\u00a0000"),
        (1234567, 0, "1\u00a0234\u00a0567"),
        (Decimal("-1145.65"), 1, "−1\u00a0145,7"),
        (Decimal("-286"), 0, "−286"),
        (0, 0, "0"),
        (Decimal("0.5"), 0, "1"),
        (Decimal("2.5"), 0, "3"),
        (Decimal("-0.5"), 0, "−1"),
        (Decimal("-0.4"), 0, "0"),
        (Decimal("-0.04"), 1, "0,0"),
        (Decimal("33.333"), 2, "33,33"),
        (Decimal("1E+3"), 0, "1\u00a0000"),
    ],
)
def test_numbers_have_no_break_spaces_a_real_minus_and_a_comma(
    value: Decimal, decimals: int, text: str
) -> None:
    assert wording.number(value, decimals) == text


@pytest.mark.parametrize(
    ("kr", "unit", "text"),
    [
        (-286_000, Unit.TKR, "−286\u00a0tkr"),
        (1_723_500, Unit.TKR, "1\u00a0724\u00a0tkr"),
        (1_724_000, Unit.MKR, "1,7\u00a0mkr"),
        (32_000, Unit.KR, "32\u00a0000\u00a0kr"),
    ],
)
def test_amounts_have_their_unit(kr: int, unit: Unit, text: str) -> None:
    assert wording.amount(Decimal(kr), unit) == text


def test_percent() -> None:
    assert wording.percent(Decimal("0.15")) == "15\u00a0%"
    assert wording.percent(Decimal("-0.005"), 1) == "−0,5\u00a0%"


@pytest.mark.parametrize(
    ("value", "word"), [(0, "noll"), (1, "en"), (12, "tolv"), (13, "13"), (-1, "−1"), (1300, "1\u00a0300")]
)
def test_small_numbers_are_words(value: int, word: str) -> None:
    assert wording.number_word(value) == word


def test_dates_and_times() -> None:
    assert wording.long_date(DAY) == "29\u00a0oktober 2026"
    assert wording.weekday_date(DAY) == "torsdagen den 29\u00a0oktober 2026"
    assert wording.short_date(DAY) == "torsdag 29\u00a0oktober"
    assert wording.clock(time(8, 5)) == "08.05"
    assert wording.clock_range(time(8, 30), time(12)) == "08.30–12.00"
    assert wording.clock_range(time(8, 30), None) == "08.30"
    assert wording.clock_range(None, time(12)) == "12.00"
    assert wording.clock_range(None, None) == ""


def test_weekdays_start_on_monday_and_months_in_january() -> None:
    assert wording.WEEKDAYS[date(2026, 10, 26).weekday()] == "måndag"
    assert wording.MONTHS[0] == "januari"
    assert len(wording.MONTHS) == 12


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ([], ""),
        (["Anna"], "Anna"),
        (["Anna", "Bo"], "Anna och Bo"),
        (["Anna", "Bo", "Cia"], "Anna, Bo och Cia"),
    ],
)
def test_names_are_joined(names: list[str], text: str) -> None:
    assert wording.join_names(names) == text


@pytest.mark.parametrize(
    ("day", "words"),
    [(26, "för 3\u00a0dagar sedan"), (28, "i går"), (29, "i dag"), (30, "i morgon"), (31, "om 2\u00a0dagar")],
)
def test_relative_days(day: int, words: str) -> None:
    assert wording.days_from(date(2026, 10, day), DAY) == words


@pytest.mark.parametrize(
    ("words", "values"),
    [
        (wording.ITEM_TYPES, ItemType),
        (wording.ROLES, Role),
        (wording.STATES, MeetingState),
        (wording.KINDS, MeetingKind),
        (wording.FORMS, MeetingForm),
    ],
)
def test_every_value_has_its_word(words: dict[object, str], values: type) -> None:
    assert set(words) == set(values)

"""Swedish holidays against published calendars."""

from __future__ import annotations

from datetime import date

import pytest

from finsam_desktop.domain.holidays import easter_sunday, holidays, is_working_day, lawful_end


@pytest.mark.parametrize(
    "day",
    [
        date(1818, 3, 22),
        date(1943, 4, 25),
        date(1961, 4, 2),
        date(1981, 4, 19),
        date(2000, 4, 23),
        date(2008, 3, 23),
        date(2011, 4, 24),
        date(2019, 4, 21),
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2026, 4, 5),
        date(2027, 3, 28),
        date(2038, 4, 25),
    ],
)
def test_easter_sunday_is_the_published_one(day: date) -> None:
    assert easter_sunday(day.year) == day


def test_the_holidays_of_2026() -> None:
    assert holidays(2026) == {
        date(2026, 1, 1): "nyårsdagen",
        date(2026, 1, 6): "trettondedag jul",
        date(2026, 4, 3): "långfredagen",
        date(2026, 4, 5): "påskdagen",
        date(2026, 4, 6): "annandag påsk",
        date(2026, 5, 1): "första maj",
        date(2026, 5, 14): "Kristi himmelsfärdsdag",
        date(2026, 5, 24): "pingstdagen",
        date(2026, 6, 6): "Sveriges nationaldag",
        date(2026, 6, 20): "midsommardagen",
        date(2026, 10, 31): "alla helgons dag",
        date(2026, 12, 25): "juldagen",
        date(2026, 12, 26): "annandag jul",
    }


@pytest.mark.parametrize(
    ("year", "midsummer", "all_saints"),
    [
        (2020, date(2020, 6, 20), date(2020, 10, 31)),
        (2023, date(2023, 6, 24), date(2023, 11, 4)),
        (2024, date(2024, 6, 22), date(2024, 11, 2)),
        (2026, date(2026, 6, 20), date(2026, 10, 31)),
    ],
)
def test_midsummer_and_all_saints_are_the_saturday_of_their_week(
    year: int, midsummer: date, all_saints: date
) -> None:
    names = {name: day for day, name in holidays(year).items()}
    assert (names["midsommardagen"], names["alla helgons dag"]) == (midsummer, all_saints)


def test_the_national_day_took_the_place_of_annandag_pingst() -> None:
    assert holidays(2004)[date(2004, 5, 31)] == "annandag pingst"
    assert date(2004, 6, 6) not in holidays(2004)
    assert date(2005, 5, 16) not in holidays(2005)
    assert holidays(2005)[date(2005, 6, 6)] == "Sveriges nationaldag"


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2026, 11, 12), date(2026, 11, 12)),
        (date(2026, 11, 14), date(2026, 11, 16)),
        (date(2026, 4, 3), date(2026, 4, 7)),
        (date(2026, 6, 19), date(2026, 6, 22)),
        (date(2026, 12, 24), date(2026, 12, 28)),
        (date(2026, 12, 31), date(2027, 1, 4)),
        (date(2027, 1, 6), date(2027, 1, 7)),
        (date(2026, 4, 2), date(2026, 4, 2)),
    ],
)
def test_a_lawful_time_ends_on_the_next_working_day(day: date, end: date) -> None:
    assert lawful_end(day) == end
    assert is_working_day(end)


def test_the_holidays_are_those_of_the_holidays_library() -> None:
    """An independent calendar, year by year; it counts some Sundays of church years past as holidays too."""
    library = pytest.importorskip("holidays")
    for year in range(1960, 2101):
        theirs = set(library.Sweden(years=year, include_sundays=False))
        assert set(holidays(year)) <= theirs, year
        assert all(day.weekday() == 6 for day in theirs - set(holidays(year))), year

"""Swedish public holidays, and the day that a lawful time ends when it would end on one.

Sources: lag (1989:253) om allmänna helgdagar; lag (1930:173) om beräkning av lagstadgad tid, 2 §, which also
names Saturdays and the eves of midsummer, Christmas and New Year.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

_SATURDAY, _SUNDAY = 5, 6
NATIONAL_DAY_SINCE = 2005
"""The year Sveriges nationaldag took the place of annandag pingst."""


def easter_sunday(year: int) -> date:
    """Easter Sunday of a Gregorian year (Gauss's rule in the form of Meeus, Jones and Butcher)."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leap_centuries - correction + 15) % 30
    leap_years, year_rest = divmod(of_century, 4)
    weekday = (32 + 2 * century_rest + 2 * leap_years - moon - year_rest) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=64)
def holidays(year: int) -> dict[date, str]:
    """The year's public holidays other than ordinary Sundays, with their Swedish names."""
    easter = easter_sunday(year)
    found = {
        date(year, 1, 1): "nyårsdagen",
        date(year, 1, 6): "trettondedag jul",
        easter - timedelta(days=2): "långfredagen",
        easter: "påskdagen",
        easter + timedelta(days=1): "annandag påsk",
        date(year, 5, 1): "första maj",
        easter + timedelta(days=39): "Kristi himmelsfärdsdag",
        easter + timedelta(days=49): "pingstdagen",
        _saturday_from(date(year, 6, 20)): "midsommardagen",
        _saturday_from(date(year, 10, 31)): "alla helgons dag",
        date(year, 12, 25): "juldagen",
        date(year, 12, 26): "annandag jul",
    }
    if year >= NATIONAL_DAY_SINCE:
        found.setdefault(date(year, 6, 6), "Sveriges nationaldag")
    else:
        found[easter + timedelta(days=50)] = "annandag pingst"
    return found


def _saturday_from(day: date) -> date:
    return day + timedelta(days=(_SATURDAY - day.weekday()) % 7)


def is_working_day(day: date) -> bool:
    """Whether a lawful time may end on ``day``: no weekend, holiday, midsummer, Christmas or New Year's eve."""
    if day.weekday() in (_SATURDAY, _SUNDAY) or day in holidays(day.year):
        return False
    midsummer_eve = _saturday_from(date(day.year, 6, 20)) - timedelta(days=1)
    return day != midsummer_eve and (day.month, day.day) not in ((12, 24), (12, 31))


def lawful_end(day: date) -> date:
    """``day``, or the first working day after it when a lawful time would end on a day that is none."""
    while not is_working_day(day) and day < date.max:
        day += timedelta(days=1)
    return day

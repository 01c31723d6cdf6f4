"""Periods and years as they stand in titles and headings of Swedish reports."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Final

from finsam_desktop.domain.figures import Period
from finsam_desktop.domain.wording import MONTHS

_MONTHS: Final = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_MONTH: Final = r"(jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-zåäö]*\.?"
_DASH: Final = r"\s*(?:[-–—−]{1,2}|till(?: och med)?|t\.?o\.?m\.?)\s*"
_ISO: Final = r"((?:19|20)\d\d)-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])"
_ISO_RANGE: Final = re.compile(rf"\b{_ISO}{_DASH}{_ISO}\b")
_ISO_DAY: Final = re.compile(rf"\b{_ISO}\b")
_MONTH_RANGE: Final = re.compile(rf"\b{_MONTH}{_DASH}{_MONTH}\s*((?:19|20)\d\d)\b")
_TERTIAL: Final = re.compile(
    r"\b(?:tertial(?:rapport)?|t)\s?([123])\b[\s,:/.-]*(?:(?:år|för)\s)?((?:19|20)\d\d)\b"
)
_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=(?:0[1-9]|1[0-2])?(?!\d))")
#: 202601-202608, as many accounting programs write their periods.
_NUMBER_RANGE: Final = re.compile(
    rf"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2]){_DASH}((?:19|20)\d\d)(0[1-9]|1[0-2])(?!\d)"
)
_NUMBER: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?:0[1-9]|1[0-2])(?!\d)")
_WHOLE_YEAR: Final = re.compile(r"(räkenskapsår|verksamhetsår|bokföringsår)\w*\W*$")


def find_period(text: str) -> Period | None:
    """The period that ``text`` names: two dates, "jan–aug 2026" or "tertial 2 2026" (reports add up from January)."""
    plain = text.lower()
    if ranges := list(_ISO_RANGE.finditer(plain)):
        # The financial year often stands before the period that the figures are of.
        own = [found for found in ranges if not _WHOLE_YEAR.search(plain[: found.start()])]
        numbers = [int(group) for group in (own or ranges)[0].groups()]
        return _period(numbers[:3], numbers[3:])
    if found := _NUMBER_RANGE.search(plain):
        first_year, first, last_year, last = (int(group) for group in found.groups())
        return _period([first_year, first, 1], [last_year, last, monthrange(last_year, last)[1]])
    if found := _MONTH_RANGE.search(plain):
        first, last = (_MONTHS.index(found.group(place)) + 1 for place in (1, 2))
        year = int(found.group(3))
        return _period([year, first, 1], [year, last, monthrange(year, last)[1]])
    if found := _TERTIAL.search(plain):
        year, last = int(found.group(2)), int(found.group(1)) * 4
        return _period([year, 1, 1], [year, last, monthrange(year, last)[1]])
    return None


def is_financial_year(text: str) -> bool:
    """Whether a line tells the financial year rather than the period of its figures."""
    return bool(re.match(r"\W*(räkenskapsår|verksamhetsår|bokföringsår)", text.lower()))


def period_text(period: Period) -> str:
    """ "januari–augusti 2026" for whole months, "helåret 2026" for a year, else the two days."""
    start, end = period.start, period.end
    whole = start.day == 1 and end.day == monthrange(end.year, end.month)[1] and start.year == end.year
    if not whole:
        return f"{start:%Y-%m-%d}–{end:%Y-%m-%d}"
    if (start.month, end.month) == (1, 12):
        return f"helåret {end.year}"
    months = [MONTHS[day.month - 1] for day in (start, end)]
    return f"{'–'.join(dict.fromkeys(months))} {end.year}"


def short_period_text(period: Period) -> str:
    """ "jan–aug 2026", or "2026" for a whole calendar year: for the head of a column."""
    start, end = period.start, period.end
    if start.year == end.year and (start.month, end.month) == (1, 12):
        return str(end.year)
    first, last = MONTHS[start.month - 1][:3], MONTHS[end.month - 1][:3]
    years = f" {start.year}" if start.year != end.year else ""
    return f"{first}{years}–{last} {end.year}"


def year_before(day: date) -> date:
    """The same day a year earlier; 28 February for the 29th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def years(text: str) -> tuple[int, ...]:
    """The years that stand in ``text``, in its order."""
    return tuple(int(year) for year in _YEAR.findall(text))


def find_day(text: str) -> date | None:
    """The first date in ``text`` written as 2026-08-31 or 20260831."""
    found = _ISO_DAY.search(text)
    if not found:
        return None
    try:
        return date(*(int(group) for group in found.groups()))
    except ValueError:
        return None


def month_of(text: str) -> int | None:
    """The month that a column's heading is: 3 for "mar", "Mars 2026" and "2026-03"; None when it says more or less."""
    plain = text.strip().lower()
    if found := re.fullmatch(rf"(?:utfall )?{_MONTH}(?: ?-?(?:(?:19|20)?\d\d))?", plain):
        return _MONTHS.index(found.group(1)) + 1
    found = re.fullmatch(r"(?:19|20)\d\d-?(0[1-9]|1[0-2])", plain)
    return int(found.group(1)) if found else None


def without_time(text: str) -> str:
    """``text`` without years, dates, months and tertials: what a heading says whatever the period."""
    plain = text.lower()
    for pattern in (_ISO_RANGE, _ISO_DAY, _MONTH_RANGE, _TERTIAL, _NUMBER_RANGE, _NUMBER, _YEAR):
        plain = pattern.sub(" ", plain)
    plain = re.sub(rf"\b{_MONTH}(?:{_DASH}{_MONTH})?\b", " ", plain)
    plain = re.sub(r"\b(?:tertial\s?|t)[123]\b", " ", plain)
    return " ".join(re.sub(r"[^\wåäö%]+", " ", plain).split())


def _period(start: list[int], end: list[int]) -> Period | None:
    try:
        period = Period(start=date(*start), end=date(*end))
    except ValueError:
        return None
    return period if period.start <= period.end else None

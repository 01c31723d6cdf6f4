"""Do the readings add up? Percentages of persons, women and men, parts of wholes, teams against their total, time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from finsam_desktop.domain.activity import Counting, Indicator, IndicatorUnit
from finsam_desktop.domain.activity_tables import (
    ALL_TEAMS,
    Value,
    indicator_of,
    periods,
    reading_of,
    short_period,
    team_name,
    value_of,
)
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.wording import number

FEWEST: Final = 5
"""A group of fewer persons is one where people can be recognised (R96)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityFinding:
    """What does not add up, where. ``check`` is share, sex, part, total or falls."""

    check: str
    team_id: str
    indicator_id: str
    year: int
    tertial: int
    title: str
    text: str


def check_period(association: Association, year: int, tertial: int) -> tuple[ActivityFinding, ...]:
    """All that does not add up in one period, team by team in their order."""
    found: list[ActivityFinding] = []
    for team_id in (*(team.id for team in association.teams), ALL_TEAMS):
        for indicator in association.indicators:
            place = _Place(association, team_id, indicator, year, tertial)
            found += [*_share(place), *_sexes(place), *_part(place), *_total(place), *_falls(place)]
    return tuple(found)


def small_counts(association: Association, year: int, tertial: int) -> tuple[str, ...]:
    """Teams with an indicator, or a sex of it, of one to four persons: "Fjällsta, Nya"."""
    found = []
    for reading in association.readings:
        indicator = indicator_of(association, reading.indicator_id)
        if reading.period != (year, tertial) or indicator is None:
            continue
        if indicator.unit is IndicatorUnit.PERSONS and any(
            map(is_small, (reading.total, reading.women, reading.men))
        ):
            found.append(f"{team_name(association, reading.team_id)}, {indicator.name}")
    return tuple(found)


def is_small(persons: Decimal | None) -> bool:
    """Whether the number is of so few that they can be recognised; nobody is not few."""
    return persons is not None and 0 < persons < FEWEST


def impossible_share(share: Decimal, whole: Decimal) -> tuple[int, int] | None:
    """The whole numbers below and above when no whole number of ``whole`` persons makes the share; else None.

    A share in whole percent is taken as rounded; one with decimals must be exact to a hundredth of a percent.
    """
    if whole <= 0 or whole != whole.to_integral_value() or not 0 <= share <= 1:
        return None
    below = int(share * whole)
    fits = (_fits(share, Decimal(persons) / whole) for persons in (below, below + 1))
    return None if any(fits) else (below, below + 1)


@dataclass(frozen=True, slots=True)
class _Place:
    association: Association
    team_id: str
    indicator: Indicator
    year: int
    tertial: int

    @property
    def value(self) -> Value:
        return value_of(self.association, self.team_id, self.indicator, self.year, self.tertial)

    @property
    def is_our_sum(self) -> bool:
        """Whether the value is our own sum over teams, whose faults the teams have told already."""
        return self.team_id == ALL_TEAMS and self.value.derived

    @property
    def where(self) -> str:
        team = team_name(self.association, self.team_id)
        return f"{team}, {self.indicator.name}, {short_period(self.year, self.tertial)}"

    def of(self, indicator_id: str) -> tuple[Indicator, Decimal] | None:
        """Another indicator and its value at the same place."""
        other = indicator_of(self.association, indicator_id)
        if other is None:
            return None
        total = value_of(self.association, self.team_id, other, self.year, self.tertial).total
        return None if total is None else (other, total)

    def finding(self, check: str, title: str, text: str) -> ActivityFinding:
        return ActivityFinding(
            check=check, team_id=self.team_id, indicator_id=self.indicator.id, year=self.year,
            tertial=self.tertial, title=title, text=text,
        )  # fmt: skip


def _share(place: _Place) -> Iterator[ActivityFinding]:
    indicator, value = place.indicator, place.value
    if indicator.unit is not IndicatorUnit.PERCENT or value.total is None or value.derived:
        return
    whole = place.of(indicator.part_of)
    if not 0 <= value.total <= 1:
        yield place.finding("share", f"{_percent(value.total)} procent är utanför 0–100", place.where)
        return
    if whole is None or whole[0].unit is IndicatorUnit.PERCENT:
        return
    between = impossible_share(value.total, whole[1])
    if between is not None:
        below, above = between
        yield place.finding(
            "share",
            f"{_percent(value.total)} procent av {number(whole[1])} går inte ihop",
            f"{place.where}: {below} {'person' if below == 1 else 'personer'} är "
            f"{_percent(Decimal(below) / whole[1])} procent, {above} är {_percent(Decimal(above) / whole[1])}.",
        )
        return
    part = place.of(indicator.count_of)
    if part is not None and whole[1] > 0 and not _fits(value.total, part[1] / whole[1]):
        yield place.finding(
            "share",
            f"{number(part[1])} av {number(whole[1])} är {_percent(part[1] / whole[1])} procent, "
            f"inte {_percent(value.total)}",
            place.where,
        )


def _sexes(place: _Place) -> Iterator[ActivityFinding]:
    value = place.value
    if (
        not place.indicator.by_sex
        or value.total is None
        or value.derived
        or place.indicator.unit is IndicatorUnit.PERCENT
    ):
        return
    if value.women is not None and value.men is not None and value.women + value.men != value.total:
        yield place.finding(
            "sex",
            f"{number(value.women)} kvinnor och {number(value.men)} män är {number(value.women + value.men)}, "
            f"inte {number(value.total)}",
            place.where,
        )


def _part(place: _Place) -> Iterator[ActivityFinding]:
    indicator, value = place.indicator, place.value
    if indicator.unit is IndicatorUnit.PERCENT or value.total is None or place.is_our_sum:
        return
    whole = place.of(indicator.part_of)
    if whole is not None and whole[0].unit is not IndicatorUnit.PERCENT and value.total > whole[1]:
        yield place.finding(
            "part",
            f"{indicator.name}: {number(value.total)} är fler än {whole[0].name.lower()}, {number(whole[1])}",
            place.where,
        )


def _total(place: _Place) -> Iterator[ActivityFinding]:
    """A reported number for all teams must be the teams' sum; a percentage that of their counts."""
    if place.team_id != ALL_TEAMS:
        return
    known = reading_of(place.association, ALL_TEAMS, place.indicator.id, place.year, place.tertial)
    if known is None or known.total is None or place.indicator.unit is IndicatorUnit.PERCENT:
        return
    values = [
        value_of(place.association, team.id, place.indicator, place.year, place.tertial).total
        for team in place.association.teams
    ]
    numbers = [value for value in values if value is not None]
    if numbers and sum(numbers) != known.total:
        yield place.finding(
            "total",
            f"Teamen är tillsammans {number(sum(numbers, Decimal()))}, totalen säger {number(known.total)}",
            place.where,
        )


def _falls(place: _Place) -> Iterator[ActivityFinding]:
    """A number counted from the year's start can not be lower than after an earlier tertial."""
    indicator, value = place.indicator, place.value
    if (
        indicator.counting is not Counting.YEAR
        or indicator.unit is IndicatorUnit.PERCENT
        or value.total is None
        or place.is_our_sum
    ):  # fmt: skip
        return
    earlier = [
        each for each in periods(place.association) if each[0] == place.year and each[1] < place.tertial
    ]
    for year, tertial in reversed(earlier):
        before = value_of(place.association, place.team_id, indicator, year, tertial).total
        if before is None:
            continue
        if value.total < before:
            yield place.finding(
                "falls",
                f"{indicator.name} har minskat från {number(before)} till {number(value.total)}",
                f"{place.where}: talet räknas från årets början och kan inte bli lägre än i "
                f"{short_period(year, tertial)}.",
            )
        return


def _fits(share: Decimal, exact: Decimal) -> bool:
    return abs(exact - share) < Decimal("0.00005") or _hundredths(exact) == share


def _hundredths(share: Decimal) -> Decimal:
    return share.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def _percent(share: Decimal) -> str:
    return number(share * 100, 0 if _hundredths(share) == share else 1).removesuffix(",0")

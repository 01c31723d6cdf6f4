"""Readings looked up, put in and laid out: one period's table, and one indicator through the years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from finsam_desktop.domain.activity import Indicator, IndicatorUnit, Reading, Team
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.figures import (
    ColumnKind,
    ColumnRole,
    FigureCell,
    FigureColumn,
    FigureRow,
    FigureTable,
    Period,
    Purpose,
    RowKind,
)
from finsam_desktop.domain.wording import MONTHS

ALL_TEAMS: Final = ""
"""The team id of a reading for all teams together."""
LAST_MONTH: Final = {1: 4, 2: 8, 3: 12}
"""The last month of each tertial."""
_LAST_DAY: Final = {1: 30, 2: 31, 3: 31}


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What is known of an indicator. ``derived`` tells that the total was worked out and not reported."""

    total: Decimal | None = None
    women: Decimal | None = None
    men: Decimal | None = None
    derived: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """An indicator's value after a tertial."""

    year: int
    tertial: int
    value: Value


def period_name(year: int, tertial: int) -> str:
    """ "januari–augusti 2026", "helåret 2026"."""
    return f"helåret {year}" if tertial == 3 else f"januari–{MONTHS[LAST_MONTH[tertial] - 1]} {year}"


def short_period(year: int, tertial: int) -> str:
    """ "T2 2026"."""
    return f"T{tertial} {year}"


def indicator_of(association: Association, indicator_id: str) -> Indicator | None:
    """The indicator with this id, or None."""
    return next((each for each in association.indicators if each.id == indicator_id), None)


def team_of(association: Association, team_id: str) -> Team | None:
    """The team with this id, or None."""
    return next((each for each in association.teams if each.id == team_id), None)


def team_name(association: Association, team_id: str) -> str:
    """The team's name; "Samtliga" for all teams together."""
    team = team_of(association, team_id)
    return team.name if team is not None else "Samtliga" if team_id == ALL_TEAMS else "Okänt team"


def teams_in(association: Association, year: int) -> tuple[Team, ...]:
    """The teams counted in a year: those that have not ended before it, and those that have readings in it."""
    counted = {reading.team_id for reading in association.readings if reading.year == year}
    return tuple(
        team for team in association.teams if team.ended is None or team.ended >= year or team.id in counted
    )


def periods(association: Association) -> tuple[tuple[int, int], ...]:
    """Year and tertial of every reading, the earliest first."""
    return _index(_Same(association.readings)).periods


def reading_of(
    association: Association, team_id: str, indicator_id: str, year: int, tertial: int
) -> Reading | None:
    """What was reported; None when nothing was."""
    return _index(_Same(association.readings)).by_key.get((team_id, indicator_id, year, tertial))


def with_readings(association: Association, readings: Sequence[Reading]) -> Association:
    """The association with the readings in place of those for the same team, indicator and period.

    An empty reading takes the old one away. The others keep their order; new ones come last.
    """
    new = {_key(reading): reading for reading in readings}
    kept = [new.pop(_key(reading), reading) for reading in association.readings]
    return replace(association, readings=tuple(each for each in (*kept, *new.values()) if not each.is_empty))


def without_team(association: Association, team_id: str) -> Association:
    """The association without a team and what was read of it; goals lose their link to it."""
    return replace(
        association,
        teams=tuple(team for team in association.teams if team.id != team_id),
        readings=tuple(reading for reading in association.readings if reading.team_id != team_id),
        plans=tuple(
            replace(plan, goals=tuple(
                replace(goal, team_id="", indicator_id="") if goal.team_id == team_id else goal
                for goal in plan.goals
            ))
            for plan in association.plans
        ),
    )  # fmt: skip


def without_indicator(association: Association, indicator_id: str) -> Association:
    """The association without an indicator and its readings; what referred to it refers to nothing."""

    def unlinked(indicator: Indicator) -> Indicator:
        return replace(
            indicator,
            part_of="" if indicator.part_of == indicator_id else indicator.part_of,
            count_of="" if indicator.count_of == indicator_id else indicator.count_of,
        )

    return replace(
        association,
        indicators=tuple(unlinked(each) for each in association.indicators if each.id != indicator_id),
        readings=tuple(reading for reading in association.readings if reading.indicator_id != indicator_id),
        plans=tuple(
            replace(plan, goals=tuple(
                replace(goal, indicator_id="") if goal.indicator_id == indicator_id else goal
                for goal in plan.goals
            ))
            for plan in association.plans
        ),
    )  # fmt: skip


def value_of(association: Association, team_id: str, indicator: Indicator, year: int, tertial: int) -> Value:
    """What is known of an indicator for a team, or for all with ``ALL_TEAMS``.

    What was reported comes first. A total is else that of women and men, a percentage that of its counts, and
    the value of all teams the sum of theirs, when every team that has any number has this one.
    """
    known = reading_of(association, team_id, indicator.id, year, tertial)
    total, women, men = (known.total, known.women, known.men) if known else (None, None, None)
    if total is not None:
        return Value(total=total, women=women, men=men)
    if women is not None and men is not None:
        return Value(total=women + men, women=women, men=men, derived=True)
    if indicator.unit is IndicatorUnit.PERCENT:
        return Value(total=_share(association, team_id, indicator, year, tertial), derived=True)
    if team_id == ALL_TEAMS:
        return _summed(association, indicator, year, tertial)
    return Value(women=women, men=men)


def history(association: Association, team_id: str, indicator: Indicator) -> tuple[Point, ...]:
    """The indicator through all periods that have a reading of it, the earliest first."""
    points = (
        Point(
            year=year, tertial=tertial, value=value_of(association, team_id, indicator, year, tertial)
        )
        for year, tertial in periods(association)
    )  # fmt: skip
    return tuple(point for point in points if point.value.total is not None)


def activity_table(association: Association, year: int, tertial: int) -> FigureTable | None:
    """The teams with every indicator after a tertial, as a table to print; None when nothing was read.

    Indicators that nobody reported have no column. A team without a number has an empty cell. The cell's address is
    its source.
    """
    read = {each.indicator_id for each in association.readings if each.period == (year, tertial)}
    shown = [
        each for each in association.indicators
        if each.id in read or (each.unit is IndicatorUnit.PERCENT and each.count_of in read and each.part_of in read)
    ]  # fmt: skip
    if not shown:
        return None
    columns = [FigureColumn(title="Team", role=ColumnRole.LABEL)]
    for indicator in shown:
        kind = ColumnKind.PERCENT if indicator.unit is IndicatorUnit.PERCENT else ColumnKind.COUNT
        parts = ("", ", kvinnor", ", män") if indicator.by_sex else ("",)
        columns += [FigureColumn(title=f"{indicator.name}{part}", kind=kind) for part in parts]
    counted = set(_index(_Same(association.readings)).teams.get((year, tertial), ()))
    teams = [team.id for team in teams_in(association, year) if team.id in counted]
    rows = [_row(association, team_id, shown, year, tertial) for team_id in teams]
    if len(teams) > 1:
        rows.append(replace(_row(association, ALL_TEAMS, shown, year, tertial), kind=RowKind.TOTAL))
    return FigureTable(
        id=f"verksamhet-{year}-{tertial}",
        title=f"Deltagare per team, {period_name(year, tertial)}",
        purpose=Purpose.INDICATORS,
        columns=tuple(columns),
        rows=tuple(rows),
        period=Period(
            start=date(year, 1, 1), end=date(year, LAST_MONTH[tertial], _LAST_DAY[tertial])
        ),
    )  # fmt: skip


class _Same:
    """Readings as a key: the same tuple and no other, since the values in it are dear to compare."""

    __slots__ = ("readings",)

    def __init__(self, readings: tuple[Reading, ...]) -> None:
        self.readings = readings

    def __hash__(self) -> int:
        return id(self.readings)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.readings is other.readings


@dataclass(frozen=True, slots=True)
class _Index:
    """Readings by what they are of; the first counts where a file has two. ``teams`` are those read in a period."""

    by_key: dict[tuple[str, str, int, int], Reading]
    teams: dict[tuple[int, int], tuple[str, ...]]
    periods: tuple[tuple[int, int], ...]


@lru_cache(maxsize=4)
def _index(same: _Same) -> _Index:
    """A page asks for hundreds of numbers of the same readings; they are gone through once."""
    by_key: dict[tuple[str, str, int, int], Reading] = {}
    teams: dict[tuple[int, int], set[str]] = {}
    for reading in same.readings:
        by_key.setdefault(_key(reading), reading)
        named = teams.setdefault(reading.period, set())
        if reading.team_id:
            named.add(reading.team_id)
    return _Index(
        by_key=by_key,
        teams={period: tuple(sorted(found)) for period, found in teams.items()},
        periods=tuple(sorted(teams)),
    )


def _key(reading: Reading) -> tuple[str, str, int, int]:
    return reading.team_id, reading.indicator_id, reading.year, reading.tertial


def _share(
    association: Association, team_id: str, indicator: Indicator, year: int, tertial: int
) -> Decimal | None:
    part, whole = (indicator_of(association, each) for each in (indicator.count_of, indicator.part_of))
    if part is None or whole is None or IndicatorUnit.PERCENT in (part.unit, whole.unit):
        return None
    counted = value_of(association, team_id, part, year, tertial).total
    of = value_of(association, team_id, whole, year, tertial).total
    return counted / of if counted is not None and of else None


def _summed(association: Association, indicator: Indicator, year: int, tertial: int) -> Value:
    """The sum over the teams; nothing when a team that has readings in the period lacks this one."""
    teams = _index(_Same(association.readings)).teams.get((year, tertial), ())
    values = [value_of(association, team_id, indicator, year, tertial) for team_id in teams]
    return Value(
        total=_total([value.total for value in values]),
        women=_total([value.women for value in values]),
        men=_total([value.men for value in values]),
        derived=True,
    )


def _total(values: Sequence[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal()) if known and len(known) == len(values) else None


def _row(
    association: Association, team_id: str, indicators: Sequence[Indicator], year: int, tertial: int
) -> FigureRow:
    cells = [FigureCell(text=team_name(association, team_id))]
    for indicator in indicators:
        value = value_of(association, team_id, indicator, year, tertial)
        known = reading_of(association, team_id, indicator.id, year, tertial)
        source = known.source if known is not None else ""
        parts = (value.total, value.women, value.men) if indicator.by_sex else (value.total,)
        cells += [FigureCell(amount=part, address=source) for part in parts]
    return FigureRow(cells=tuple(cells))

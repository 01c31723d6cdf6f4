"""Groups of fewer than five persons: merged with others, so that neither a row nor a sum shows who somebody is (R96).

A merged row is the sum of its rows, so sums and totals stay as they are and nothing can be counted out of them.
Where no merging helps, the counts of the whole table go.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from finsam_desktop.domain.activity import Indicator, IndicatorUnit, Reading, Team
from finsam_desktop.domain.figures import (
    ColumnKind,
    ColumnRole,
    FigureCell,
    FigureRow,
    FigureTable,
    RowKind,
)
from finsam_desktop.domain.papers import Statistic, StatisticTable
from finsam_desktop.domain.statistic_tables import is_sum
from finsam_desktop.domain.wording import NBSP, join_names

FEWEST = 5
"""A group of fewer is one where people can be recognised (R96)."""
TOO_SMALL = "Antal visas inte, eftersom grupperna är för små."
FEWER = "färre än fem"

_KINDS = {
    "deltagare": "deltagare", "klient": "klienter", "klienter": "klienter", "patient": "patienter",
    "patienter": "patienter", "individ": "individer", "individer": "individer", "ungdom": "ungdomar",
    "ungdomar": "ungdomar", "kvinna": "kvinnor", "kvinnor": "kvinnor", "man": "män", "män": "män",
}  # fmt: skip
_FEW = re.compile(
    rf"\b(?:[1-4]|två|tre|fyra)(?P<gap>[ {NBSP}\n])"
    r"(?P<which>(?:pågående|aktiva?|nya?|avslutade?|tidigare)[ \u00a0\n])?"
    rf"(?P<kind>{'|'.join(sorted(_KINDS, key=len, reverse=True))})\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?:§§?|punkt|bilaga|nr|nummer|[\d,.:/–-])[ \u00a0]?$", re.IGNORECASE)
"""Before a number that is no count: "§ 3 Deltagare", "1,4 deltagare"."""
_PLURAL = {"aktiv": "aktiva", "ny": "nya", "avslutad": "avslutade"}

Count = Decimal | int | None
Counts = Sequence[Count]
R = TypeVar("R")


def is_small(count: Count) -> bool:
    """Whether it is a group of one to four; nobody at all is no group."""
    return count is not None and 0 < count < FEWEST


def groups_to_merge(rows: Sequence[Counts]) -> tuple[int, ...] | None:
    """Which rows to make one of, as places: () when none is small, None when not even all together are enough."""
    small = [place for place, row in enumerate(rows) if any(map(is_small, row))]
    if not small:
        return ()
    rest = sorted((p for p in range(len(rows)) if p not in small), key=lambda p: (_size(rows[p]), p))
    merged = list(small)
    while len(merged) < 2 or any(is_small(count) for count in _summed([rows[p] for p in merged])):
        if not rest:
            return None
        merged.append(rest.pop(0))
    return tuple(sorted(merged))


def _size(row: Counts) -> Decimal:
    return sum((Decimal(count) for count in row if count is not None), Decimal(0))


def _summed(rows: Sequence[Counts]) -> list[Count]:
    return [_sum_of(column) for column in zip(*rows, strict=True)]


def _sum_of(column: Counts) -> Count:
    known = [count for count in column if count is not None]
    return sum(known[1:], known[0]) if known else None


def few_in_words(text: str, on_found: Callable[[str], None] | None = None) -> str:
    """The text with "två pågående deltagare" as "färre än fem pågående deltagare"."""

    def said(found: re.Match[str]) -> str:
        if _NUMBERED.search(text[max(0, found.start() - 12) : found.start()]):
            return found[0]
        if on_found is not None:
            on_found(found[0])
        which = (found["which"] or "").strip()
        which = f"{_PLURAL.get(which.lower(), which)} " if which else ""
        start = FEWER.capitalize() if found[0][0].isupper() else FEWER
        return f"{start} {which}{_KINDS[found['kind'].lower()]}"

    return _FEW.sub(said, text)


# -- figure tables ---------------------------------------------------------------------------------


def merged_figures(table: FigureTable) -> tuple[FigureTable, tuple[str, ...]]:
    """The table without small groups, and the labels of the rows it concerned; itself and () when there are none."""
    counts = [place for place, column in enumerate(table.columns) if column.kind is ColumnKind.COUNT]
    label = table.column_index(ColumnRole.LABEL) or 0

    def numbers(row: FigureRow) -> list[Count]:
        return [row.cells[place].amount for place in counts]

    small = tuple(
        row.cells[label].text for row in table.rows if row.cells and any(map(is_small, numbers(row)))
    )
    if not small:
        return table, ()

    def together(rows: Sequence[FigureRow]) -> FigureRow:
        return _one_row(table, rows, label)

    rows = _merged_rows(table.rows, numbers, together, _segments(table.rows))
    if rows is None or any(is_small(count) for row in rows for count in numbers(row)):
        plain = [row for row in table.rows if row.kind in (RowKind.ROW, RowKind.TOTAL)]
        rows = _merged_rows(plain, numbers, together, _segments(plain))
    if rows is None or any(is_small(count) for row in rows for count in numbers(row)):
        bare = [
            replace(row, cells=tuple(FigureCell() if n in counts else c for n, c in enumerate(row.cells)))
            for row in table.rows
        ]
        note = f"{table.note} {TOO_SMALL}".strip()
        return replace(table, rows=tuple(bare), note=note), small
    note = f"{table.note} Rader med färre än fem personer är sammanslagna.".strip()
    return replace(table, rows=tuple(rows), note=note), small


def _segments(rows: Sequence[FigureRow]) -> list[list[int]]:
    """The places of rows that a sum or a heading holds together."""
    found: list[list[int]] = [[]]
    for place, row in enumerate(rows):
        if row.kind is RowKind.ROW:
            found[-1].append(place)
        elif found[-1]:
            found.append([])
    return [one for one in found if one]


def _merged_rows(
    rows: Sequence[R],
    numbers: Callable[[R], Counts],
    together: Callable[[Sequence[R]], R],
    segments: Sequence[Sequence[int]],
) -> list[R] | None:
    """The rows with the small ones of each segment as one; None when a segment is too small for it."""
    gone: set[int] = set()
    made: dict[int, R] = {}
    for segment in segments:
        merged = groups_to_merge([numbers(rows[place]) for place in segment])
        if merged is None:
            return None
        if merged:
            places = [segment[one] for one in merged]
            made[places[0]] = together([rows[place] for place in places])
            gone.update(places[1:])
    return [made.get(place, row) for place, row in enumerate(rows) if place not in gone]


def _one_row(table: FigureTable, rows: Sequence[FigureRow], label: int) -> FigureRow:
    cells = []
    for place, column in enumerate(table.columns):
        of_rows = [row.cells[place] for row in rows if place < len(row.cells)]
        if place == label:
            cells.append(FigureCell(text=join_names([cell.text for cell in of_rows])))
        elif column.kind in (ColumnKind.COUNT, ColumnKind.AMOUNT):
            known = [cell.amount for cell in of_rows if cell.amount is not None]
            cells.append(FigureCell(amount=sum(known, Decimal(0)) if known else None))
        else:
            cells.append(FigureCell())
    return FigureRow(cells=tuple(cells))


# -- tables by sex ---------------------------------------------------------------------------------


def merged_statistics(table: StatisticTable) -> tuple[StatisticTable, tuple[str, ...]]:
    """As ``merged_figures``; before all counts go, the division into women and men does."""

    def numbers(row: Statistic) -> list[Count]:
        both = row.women is not None and row.men is not None
        return [row.women, row.men, row.total if row.total is not None or not both else _sum(row)]

    small = tuple(row.label for row in table.rows if any(map(is_small, numbers(row))))
    if not small:
        return table, ()
    for rows in (
        table.rows,
        tuple(replace(row, women=None, men=None, total=_total(row)) for row in table.rows),
    ):
        merged = _merged_rows(rows, numbers, _one_statistic, _statistic_segments(rows))
        if merged is not None and not any(is_small(count) for row in merged for count in numbers(row)):
            return replace(table, rows=tuple(merged)), small
    bare = tuple(replace(row, women=None, men=None, total=None) for row in table.rows)
    return replace(table, rows=bare, note=f"{table.note} {TOO_SMALL}".strip()), small


def _sum(row: Statistic) -> int:
    return (row.women or 0) + (row.men or 0)


def _total(row: Statistic) -> int | None:
    if row.total is not None:
        return row.total
    return _sum(row) if row.women is not None and row.men is not None else None


def _statistic_segments(rows: Sequence[Statistic]) -> list[list[int]]:
    found: list[list[int]] = [[]]
    for place, row in enumerate(rows):
        if not is_sum(row):
            found[-1].append(place)
        elif found[-1]:
            found.append([])
    return [one for one in found if one]


def _one_statistic(rows: Sequence[Statistic]) -> Statistic:
    def of(column: list[int | None]) -> int | None:
        known = [count for count in column if count is not None]
        return sum(known) if known else None

    return Statistic(
        label=join_names([row.label for row in rows]),
        women=of([row.women for row in rows]),
        men=of([row.men for row in rows]),
        total=of([_total(row) for row in rows]),
    )


# -- readings of the teams -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedReadings:
    """Teams and readings without small groups; ``merged`` tells which teams were made one, when."""

    teams: tuple[Team, ...]
    readings: tuple[Reading, ...]
    merged: tuple[tuple[str, int, int], ...] = ()


def merged_readings(
    teams: Sequence[Team], indicators: Sequence[Indicator], readings: Sequence[Reading]
) -> MergedReadings:
    """The readings period by period, where teams with small groups are one team named after them all.

    A percentage of merged teams is not told: it would have to be weighed by counts that may be missing.
    """
    persons = {one.id for one in indicators if one.unit is IndicatorUnit.PERSONS}
    names = {team.id: team.name for team in teams}
    kept: list[Reading] = []
    made: dict[str, Team] = {}
    told: list[tuple[str, int, int]] = []
    for year, tertial in dict.fromkeys((one.year, one.tertial) for one in readings):
        period = [one for one in readings if (one.year, one.tertial) == (year, tertial)]
        counted = [one for one in period if one.indicator_id in persons]
        order = list(dict.fromkeys(one.team_id for one in counted))
        of_indicators = list(dict.fromkeys(one.indicator_id for one in counted))
        rows = [_of_team(counted, team_id, of_indicators) for team_id in order]
        merged = groups_to_merge(rows)
        if merged == ():
            kept += period
            continue
        together = [order[place] for place in (merged if merged is not None else range(len(order)))]
        name = join_names([names.get(team_id, "") for team_id in together])
        told.append((name, year, tertial))
        kept += [one for one in period if one.team_id not in together]
        if merged is None:
            continue
        team = Team(id=f"sammanslagna-{year}-{tertial}", name=name)
        made[team.id] = team
        for indicator_id in of_indicators:
            same = [one for one in counted if one.indicator_id == indicator_id and one.team_id in together]
            if same:
                kept.append(_one_reading(team.id, same))
    left = {one.team_id for one in kept} | ({team.id for team in teams} - {one.team_id for one in readings})
    return MergedReadings(
        teams=(*(team for team in teams if team.id in left), *made.values()),
        readings=tuple(kept),
        merged=tuple(told),
    )


def _of_team(readings: Sequence[Reading], team_id: str, indicators: Sequence[str]) -> list[Count]:
    by_indicator = {one.indicator_id: one for one in readings if one.team_id == team_id}
    found: list[Count] = []
    for indicator_id in indicators:
        one = by_indicator.get(indicator_id)
        found += [one.total, one.women, one.men] if one is not None else [None, None, None]
    return found


def _one_reading(team_id: str, same: Sequence[Reading]) -> Reading:
    def of(column: list[Decimal | None]) -> Decimal | None:
        known = [count for count in column if count is not None]
        return sum(known, Decimal(0)) if known else None

    return Reading(
        team_id=team_id,
        indicator_id=same[0].indicator_id,
        year=same[0].year,
        tertial=same[0].tertial,
        total=of([one.total for one in same]),
        women=of([one.women for one in same]),
        men=of([one.men for one in same]),
    )

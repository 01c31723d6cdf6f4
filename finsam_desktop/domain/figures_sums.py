"""Which rows a sum adds up, found from the figures themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from finsam_desktop.domain.figures import (
    ColumnKind,
    ColumnRole,
    FigureRow,
    FigureTable,
    Post,
    Purpose,
    RowKind,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SumGroup:
    """A sum row and the rows it adds up, by their places in the table."""

    sum_row: int
    parts: tuple[int, ...]


def added_columns(table: FigureTable) -> tuple[int, ...]:
    """Columns whose rows add up: amounts and persons, not shares."""
    return tuple(
        place
        for place, column in enumerate(table.columns)
        if column.kind in (ColumnKind.AMOUNT, ColumnKind.COUNT) and column.role is not ColumnRole.ACCOUNT
    )


def figure(table: FigureTable, row: FigureRow, column: int) -> Decimal | None:
    """The number to add: kr with costs negative for amounts, as it stands for persons.

    A deviation has no sign of its own for costs (sources write it both ways), so it is taken as it stands.
    """
    role, kind = table.columns[column].role, table.columns[column].kind
    return (
        table.kr(row, column)
        if kind is ColumnKind.AMOUNT and role is not ColumnRole.DEVIATION
        else row.cells[column].amount
    )


def sum_groups(table: FigureTable) -> tuple[SumGroup, ...]:
    """Each sum or total with the rows it adds up. A sum that nothing explains gets the nearest rows above it."""
    groups = []
    for place, row in enumerate(table.rows):
        if row.kind not in (RowKind.SUM, RowKind.TOTAL):
            continue
        candidates = [parts for parts in _candidates(table, place) if parts]
        if candidates:
            best = min(candidates, key=lambda parts: _misses(table, place, parts))
            groups.append(SumGroup(sum_row=place, parts=best))
    return tuple(groups)


def _candidates(table: FigureTable, place: int) -> Iterator[tuple[int, ...]]:
    """Ways in which reports add up, the likeliest first."""
    if table.rows[place].post is Post.RESULT and table.purpose is Purpose.INCOME_STATEMENT:
        yield _posts(table, (Post.INCOME, Post.COSTS))
    above = range(place)
    last_sum = max((p for p in above if table.rows[p].kind in (RowKind.SUM, RowKind.TOTAL)), default=-1)
    last_heading = max((p for p in above if table.rows[p].kind is RowKind.HEADING), default=-1)
    yield _plain_rows(table, range(max(last_sum, last_heading) + 1, place))
    yield _plain_rows(table, range(last_heading + 1, place))
    yield tuple(p for p in range(last_heading + 1, place) if table.rows[p].kind is RowKind.SUM)
    yield _plain_rows(table, range(last_sum + 1, place))
    yield (*((last_sum,) if last_sum >= 0 else ()), *_plain_rows(table, range(last_sum + 1, place)))
    assets = next((p for p in above if table.rows[p].post is Post.TOTAL_ASSETS), -1)
    yield _plain_rows(table, range(assets + 1, place))
    yield _plain_rows(table, above)
    yield tuple(p for p in above if table.rows[p].kind is RowKind.SUM)


def _posts(table: FigureTable, posts: Sequence[Post]) -> tuple[int, ...]:
    found = tuple(place for place, row in enumerate(table.rows) if row.post in posts)
    return found if len(found) == len(posts) else ()


def _plain_rows(table: FigureTable, places: range) -> tuple[int, ...]:
    return tuple(place for place in places if table.rows[place].kind is RowKind.ROW)


def _misses(table: FigureTable, place: int, parts: tuple[int, ...]) -> int:
    """Number of columns where the parts do not make the sum."""
    missed = 0
    for column in added_columns(table):
        if table.columns[column].role is ColumnRole.DEVIATION:
            continue
        stated = figure(table, table.rows[place], column)
        values = [figure(table, table.rows[part], column) for part in parts]
        if stated is not None and sum((v for v in values if v is not None), Decimal(0)) != stated:
            missed += 1
    return missed

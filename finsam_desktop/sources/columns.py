"""What each column of a table is: accounts, names, outcome, budget, forecast, deviation; amounts, persons or shares."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from finsam_desktop.domain.figures import ColumnKind, ColumnRole, Purpose
from finsam_desktop.sources import headings, periods
from finsam_desktop.sources.cell_numbers import is_percent
from finsam_desktop.sources.seen import Grid, Kind
from finsam_desktop.sources.workbook import column_letters

#: The order of LKBR 13 kap. 3 § with the deviation last.
PRINT_ORDER: Final = (
    ColumnRole.ACCOUNT,
    ColumnRole.LABEL,
    ColumnRole.OUTCOME,
    ColumnRole.PREVIOUS_OUTCOME,
    ColumnRole.BUDGET,
    ColumnRole.FULL_YEAR_FORECAST,
    ColumnRole.DEVIATION,
    ColumnRole.OTHER,
)
_MONEY: Final = (
    ColumnRole.OUTCOME,
    ColumnRole.PREVIOUS_OUTCOME,
    ColumnRole.BUDGET,
    ColumnRole.FULL_YEAR_FORECAST,
    ColumnRole.DEVIATION,
)
_ACCOUNT: Final = re.compile(r"\d{3,6}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadColumn:
    """A column of the sheet with its title, role and kind."""

    column: int
    title: str
    role: ColumnRole
    kind: ColumnKind


def read_columns(grid: Grid, header: tuple[int, ...], first: int, last: int) -> list[ReadColumn]:
    """The columns between ``first`` and ``last`` that show anything, from the left."""
    body = range(first, last + 1)
    used = sorted({column for row in (*header, *body) for column in grid.filled(row)})
    read = [_column(grid, header, body, column) for column in used if any(grid.filled(row) for row in body)]
    return _with_label(grid, body, _with_account(grid, body, read))


def settle_roles(read: Sequence[ReadColumn], purpose: Purpose) -> list[ReadColumn]:
    """Roles made unambiguous: one column each, last year told from this, days of a balance sheet in order."""
    settled = _outcomes_by_time(list(read), purpose)
    taken: set[ColumnRole] = set()
    newest = max((year for column in settled for year in periods.years(column.title)), default=None)
    result = []
    for column in settled:
        role = column.role
        years = periods.years(column.title)
        if role is ColumnRole.BUDGET and years and newest and years[-1] != _outcome_year(settled, newest):
            role = ColumnRole.OTHER
        if role in taken or (purpose is Purpose.INDICATORS and role in _MONEY):
            role = ColumnRole.OTHER
        if role is not ColumnRole.OTHER:
            taken.add(role)
        result.append(replace(column, role=role))
    return result


def in_print_order(read: Sequence[ReadColumn], purpose: Purpose) -> list[ReadColumn]:
    """Reports in the order of LKBR 13 kap. 3 §, other tables as they stand."""
    if purpose in (Purpose.INCOME_STATEMENT, Purpose.BALANCE_SHEET):
        return sorted(read, key=lambda column: PRINT_ORDER.index(column.role))
    return list(read)


def _column(grid: Grid, header: tuple[int, ...], body: range, column: int) -> ReadColumn:
    title = _heading(grid, header, column) or column_letters(column)
    kinds = [grid.kind(row, column) for row in body]
    numbers = sum(kind in (Kind.NUMBER, Kind.YEAR, Kind.ERROR) for kind in kinds)
    texts = sum(kind in (Kind.TEXT, Kind.DAY) for kind in kinds)
    role = headings.role_of(title)
    if any(headings.role_of(grid.header_text(row, column)) is ColumnRole.ACCOUNT for row in header):
        role = ColumnRole.ACCOUNT  # "Belopp i tkr" over "Konto" is still the account.
    if not numbers or numbers < texts:
        kept = role if role in (ColumnRole.LABEL, ColumnRole.ACCOUNT) else ColumnRole.OTHER
        return ReadColumn(column=column, title=title, role=kept, kind=ColumnKind.TEXT)
    kind = _number_kind(grid, body, column, title)
    if role is ColumnRole.LABEL:
        role = ColumnRole.OTHER
    if kind is not ColumnKind.AMOUNT and role in _MONEY:
        role = ColumnRole.OTHER
    return ReadColumn(column=column, title=title, role=role, kind=kind)


def _heading(grid: Grid, header: tuple[int, ...], column: int) -> str:
    """The header rows' texts over a column joined, each said once."""
    parts: list[str] = []
    for row in header:
        text = grid.header_text(row, column)
        if text and text not in parts:
            parts.append(text)
    return " ".join(parts)


def _number_kind(grid: Grid, body: range, column: int, title: str) -> ColumnKind:
    cells = [grid.cell(row, column) for row in body if grid.kind(row, column) is Kind.NUMBER]
    shares = sum(is_percent(cell) for cell in cells)
    if (cells and 2 * shares > len(cells)) or headings.says_percent(title):
        return ColumnKind.PERCENT
    return ColumnKind.COUNT if headings.says_count(title) else ColumnKind.AMOUNT


def _with_account(grid: Grid, body: range, read: list[ReadColumn]) -> list[ReadColumn]:
    """An account column by its heading, or by its numbers standing left of the names."""
    if any(column.role is ColumnRole.ACCOUNT for column in read):
        return [
            replace(column, kind=ColumnKind.TEXT) if column.role is ColumnRole.ACCOUNT else column
            for column in read
        ]
    if len(read) < 3 or read[0].kind is ColumnKind.TEXT or read[1].kind is not ColumnKind.TEXT:
        return read
    texts = [grid.text(row, read[0].column).replace(" ", "").replace("\u00a0", "") for row in body]
    if all(_ACCOUNT.match(text) for text in texts if text) and any(texts):
        return [replace(read[0], role=ColumnRole.ACCOUNT, kind=ColumnKind.TEXT), *read[1:]]
    return read


def _with_label(grid: Grid, body: range, read: list[ReadColumn]) -> list[ReadColumn]:
    """One label column: the one named so, else the text column with most different words, else none."""
    texts = [c for c in read if c.kind is ColumnKind.TEXT and c.role is not ColumnRole.ACCOUNT]
    named = [column for column in texts if column.role is ColumnRole.LABEL]
    first_number = next(
        (place for place, column in enumerate(read) if column.kind is not ColumnKind.TEXT), len(read)
    )
    before = [column for column in texts if read.index(column) < first_number]
    chosen = max(
        named or before or texts,
        key=lambda column: len({grid.text(row, column.column) for row in body}),
        default=None,
    )
    return [
        replace(column, role=ColumnRole.LABEL)
        if column is chosen
        else replace(column, role=ColumnRole.OTHER)
        if column.role is ColumnRole.LABEL
        else column
        for column in read
    ]


def _outcomes_by_time(read: list[ReadColumn], purpose: Purpose) -> list[ReadColumn]:
    """Outcome and last year's outcome told apart by the years or days in their headings."""

    def moment(column: ReadColumn) -> tuple[int, int, int]:
        day = periods.find_day(column.title)
        years = periods.years(column.title)
        return (day.year, day.month, day.day) if day else (years[-1], 0, 0) if years else (0, 0, 0)

    outcomes = [
        column
        for column in read
        if column.kind is ColumnKind.AMOUNT
        and (
            column.role in (ColumnRole.OUTCOME, ColumnRole.PREVIOUS_OUTCOME)
            or (
                column.role is ColumnRole.OTHER
                and moment(column) != (0, 0, 0)
                and not periods.without_time(column.title)
            )
        )
    ]
    dated = [column for column in outcomes if moment(column) != (0, 0, 0)]
    if not dated:
        return read
    newest = max(moment(column) for column in dated)
    roles: dict[int, ColumnRole] = {}
    for column in dated:
        if moment(column) == newest:
            if column.role is not ColumnRole.PREVIOUS_OUTCOME or len(dated) > 1:
                roles[column.column] = ColumnRole.OUTCOME
        else:
            roles[column.column] = ColumnRole.PREVIOUS_OUTCOME
    undated_outcome = any(c.role is ColumnRole.OUTCOME and c not in dated for c in outcomes)
    if undated_outcome and purpose is not Purpose.BALANCE_SHEET:
        # "Utfall" beside "Utfall 2025": the one without a year is this year's.
        roles = dict.fromkeys(roles, ColumnRole.PREVIOUS_OUTCOME)
    return [replace(column, role=roles.get(column.column, column.role)) for column in read]


def _outcome_year(read: Sequence[ReadColumn], newest: int) -> int:
    years = [year for c in read if c.role is ColumnRole.OUTCOME for year in periods.years(c.title)]
    forecast = [
        year for c in read if c.role is ColumnRole.FULL_YEAR_FORECAST for year in periods.years(c.title)
    ]
    return max(years or forecast or [newest])

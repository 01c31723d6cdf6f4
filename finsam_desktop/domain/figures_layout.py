"""A figure table as it is printed: the window and the Word document show these strings, none makes its own.

House style: documents.md §2 and §4. Costs negative, income positive; a positive deviation is better; sums come from
kronor and not from the rounded rows above them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import combinations, pairwise
from typing import Final

from finsam_desktop.domain import wording
from finsam_desktop.domain.figures import (
    UNIT_IN_KR,
    ColumnKind,
    ColumnRole,
    FigureCell,
    FigureRow,
    FigureTable,
    Origin,
    Purpose,
    RowKind,
    Unit,
)
from finsam_desktop.domain.figures_sums import added_columns, figure, sum_groups

DEVIATION_TITLE: Final = "Avvikelse mot budget"
_ROUNDED: Final = "Summorna är beräknade på hela kronor och kan därför avvika från summan av avrundade rader."
_BETTER: Final = "Positiv avvikelse är bättre än budget."
#: Characters that a head may take before it is broken once, and twice.
_ONE_LINE: Final = 11
_SEVERAL_LINES: Final = 16
_MONTHS: Final = re.compile(r"^[a-zåäö]{3,9}\.?[-–][a-zåäö]{3,9}\.?$", re.IGNORECASE)
_YEAR: Final = re.compile(r"^(19|20)\d\d$")


class Align(StrEnum):
    """How a column's cells are set."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedColumn:
    """A column head in at most three lines. ``source`` is the place in the table's columns, None for a computed one."""

    lines: tuple[str, ...]
    align: Align
    role: ColumnRole
    kind: ColumnKind
    source: int | None

    @property
    def title(self) -> str:
        """The head on one line."""
        return " ".join(self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedRow:
    """A row's strings, one per printed column. ``addresses`` are the source cells, "" where there is none."""

    cells: tuple[str, ...]
    kind: RowKind
    addresses: tuple[str, ...]
    source: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedTable:
    """A table ready to set: caption text without number, columns, rows and note ("" when there is none)."""

    title: str
    columns: tuple[PrintedColumn, ...]
    rows: tuple[PrintedRow, ...]
    note: str
    unit: Unit


def printed(
    table: FigureTable,
    *,
    unit: Unit | None = None,
    deviation: bool = False,
    accounts: bool = False,
    source_note: bool = True,
    comments: bool = True,
) -> PrintedTable:
    """``table`` as printed, amounts in ``unit`` (its own when None).

    ``deviation`` adds forecast (else outcome) minus budget when the table has no such column. ``accounts`` keeps the
    account column. The note names the source, unless the table has a note of its own that does, says why posts depart
    from the budget unless not ``comments``, and when sums differ from the rounded rows.
    """
    unit = unit or table.unit
    places = [
        p for p, column in enumerate(table.columns) if accounts or column.role is not ColumnRole.ACCOUNT
    ]
    computed = (
        _deviation_base(table) if deviation and table.column_index(ColumnRole.DEVIATION) is None else None
    )
    columns = [_column(table, place, unit) for place in places]
    if computed:
        lines = ("Avvikelse", "mot budget")
        columns.append(
            PrintedColumn(
                lines=lines, align=Align.RIGHT, role=ColumnRole.DEVIATION, kind=ColumnKind.AMOUNT, source=None
            )
        )
    rows = []
    for number, row in enumerate(table.rows):
        cells = [_cell_text(table, row, place, unit) for place in places]
        addresses = [row.cells[place].address for place in places]
        if computed:
            cells.append(_amount_text(_deviation(table, row, computed), unit))
            addresses.append("")
        rows.append(PrintedRow(cells=tuple(cells), kind=row.kind, addresses=tuple(addresses), source=number))
    has_deviation = any(column.role is ColumnRole.DEVIATION for column in columns)
    return PrintedTable(
        title=table.title,
        columns=tuple(columns),
        rows=tuple(rows),
        note=_note(table, unit, has_deviation=has_deviation, source_note=source_note, comments=comments),
        unit=unit,
    )


def rounded_sums_differ(table: FigureTable, unit: Unit) -> bool:
    """True when some sum, rounded to ``unit``, is not the sum of its rows rounded to ``unit``."""
    for group in sum_groups(table):
        for column in added_columns(table):
            if table.columns[column].kind is not ColumnKind.AMOUNT:
                continue
            stated = figure(table, table.rows[group.sum_row], column)
            parts = [figure(table, table.rows[part], column) for part in group.parts]
            if stated is None or all(part is None for part in parts):
                continue
            if sum((_rounded(part, unit) for part in parts if part is not None), Decimal(0)) != _rounded(
                stated, unit
            ):
                return True
    return False


def head_lines(title: str) -> tuple[str, ...]:
    """A column head in at most three lines: period and year stand alone, the rest is broken as evenly as can be."""
    words = title.split()
    alone = [word for word in words if _YEAR.match(word) or _MONTHS.match(word)]
    rest = [word for word in words if word not in alone]
    if not words or len(alone) > 2 or words != rest + alone:
        return _evenly(words, 3)
    return _evenly(rest, 3 - len(alone)) + tuple(alone) if rest else tuple(alone)


def _evenly(words: list[str], most: int) -> tuple[str, ...]:
    """``words`` on as few lines as keep the usual width, at most ``most``, the longest line as short as can be."""
    best: tuple[str, ...] = (" ".join(words),)
    for count in range(2, min(most, len(words)) + 1):
        if max(map(len, best)) <= (_ONE_LINE if len(best) == 1 else _SEVERAL_LINES):
            break
        cuts = combinations(range(1, len(words)), count - 1)
        splits = [tuple(" ".join(words[a:b]) for a, b in pairwise((0, *cut, len(words)))) for cut in cuts]
        best = min(splits, key=lambda lines: max(map(len, lines)))
    return best


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """A post with why it departs from the budget. ``amount`` in kr, positive when better; None when not told."""

    label: str
    amount: Decimal | None
    comment: str


def commented(table: FigureTable) -> tuple[Deviation, ...]:
    """The rows that somebody has commented on, in the table's order."""
    label = table.column_index(ColumnRole.LABEL)
    computed = _deviation_base(table)
    return tuple(
        Deviation(
            label=row.cells[label].text if label is not None else "",
            amount=_deviation(table, row, computed) if computed else None,
            comment=row.comment.strip(),
        )
        for row in table.rows
        if row.comment.strip()
    )


def source_text(table: FigureTable) -> str:
    """ "Källa: Resultatrapport T2 2026.xlsx, blad Resultatrapport, inläst 2026-10-19." or ""."""
    source = table.source
    if source is None:
        return ""
    if source.origin is Origin.PASTED:
        return f"Källa: inklistrad tabell, {source.read_on:%Y-%m-%d}."
    if source.origin is Origin.BOOKKEEPING and table.made is not None and table.made.sheet:
        return f"Källa: {source.file_name}, blad {table.made.sheet}, inläst {source.read_on:%Y-%m-%d}."
    if source.origin is Origin.BOOKKEEPING:
        return f"Källa: bokföringen, SIE-fil {source.file_name}, inläst {source.read_on:%Y-%m-%d}."
    sheet = f", blad {source.sheet}" if source.sheet else ""
    return f"Källa: {source.file_name}{sheet}, inläst {source.read_on:%Y-%m-%d}."


def _column(table: FigureTable, place: int, unit: Unit) -> PrintedColumn:
    column = table.columns[place]
    text = column.kind is ColumnKind.TEXT
    lines = head_lines(column.title)
    if column.role is ColumnRole.LABEL:
        lines = (f"Belopp i {unit}",) if _only_amounts(table) else (column.title,)
    return PrintedColumn(
        lines=lines,
        align=Align.LEFT if text else Align.RIGHT,
        role=column.role,
        kind=column.kind,
        source=place,
    )


def _only_amounts(table: FigureTable) -> bool:
    kinds = {column.kind for column in table.columns if column.kind is not ColumnKind.TEXT}
    return ColumnKind.AMOUNT in kinds and ColumnKind.COUNT not in kinds


def _cell_text(table: FigureTable, row: FigureRow, place: int, unit: Unit) -> str:
    cell, column = row.cells[place], table.columns[place]
    if cell.error:
        return cell.error
    if column.kind is ColumnKind.TEXT or cell.amount is None:
        return wording.EN_DASH if cell.text in ("-", wording.MINUS, "—") else cell.text
    if column.kind is ColumnKind.PERCENT:
        return wording.percent(cell.amount, _percent_decimals(table))
    if column.kind is ColumnKind.COUNT:
        return wording.number(cell.amount, 0 if cell.amount == cell.amount.to_integral_value() else 1)
    if column.role is ColumnRole.DEVIATION:
        return _amount_text(_read_deviation(table, row, cell), unit)
    return _amount_text(table.kr(row, place), unit)


def _percent_decimals(table: FigureTable) -> int:
    """Shares of persons whole, of money one decimal."""
    return 1 if any(column.kind is ColumnKind.AMOUNT for column in table.columns) else 0


def _amount_text(kr: Decimal | None, unit: Unit) -> str:
    return "" if kr is None else wording.number(kr / UNIT_IN_KR[unit], 1 if unit is Unit.MKR else 0)


def _rounded(kr: Decimal, unit: Unit) -> Decimal:
    quantum = Decimal("0.1") if unit is Unit.MKR else Decimal(1)
    return (kr / UNIT_IN_KR[unit]).quantize(quantum, rounding=ROUND_HALF_UP)


def _deviation_base(table: FigureTable) -> tuple[int, int] | None:
    """Places of what is compared with the budget (forecast, else the year's outcome) and of the budget."""
    budget = table.column_index(ColumnRole.BUDGET)
    base = table.column_index(ColumnRole.FULL_YEAR_FORECAST)
    # The outcome of some months against the budget of the year would look like a deviation and is none.
    part_of_year = table.period is not None and table.period.end.month != 12
    if base is None and not part_of_year:
        base = table.column_index(ColumnRole.OUTCOME)
    return None if budget is None or base is None else (base, budget)


def _deviation(table: FigureTable, row: FigureRow, places: tuple[int, int]) -> Decimal | None:
    """In kr, positive when better than budget."""
    base, budget = (table.kr(row, place) for place in places)
    return None if base is None or budget is None else base - budget


def _read_deviation(table: FigureTable, row: FigureRow, cell: FigureCell) -> Decimal | None:
    """The source's deviation in kr, with our sign where it is the same difference written the other way round."""
    if cell.amount is None:
        return None
    stated = cell.amount * UNIT_IN_KR[table.source_unit]
    for role in (ColumnRole.FULL_YEAR_FORECAST, ColumnRole.OUTCOME):
        base, budget = table.column_index(role), table.column_index(ColumnRole.BUDGET)
        if base is None or budget is None:
            continue
        ours = _deviation(table, row, (base, budget))
        if ours is not None and abs(abs(ours) - abs(stated)) <= UNIT_IN_KR[table.source_unit]:
            return ours
    return stated


def _overrides(table: FigureTable, unit: Unit) -> str:
    """Which figures a person has set in the place of the source's, and why: printed, so that nobody is misled."""
    label = table.column_index(ColumnRole.LABEL)
    told = []
    for row in table.rows:
        for place, cell in enumerate(row.cells):
            made = cell.override
            if made is None:
                continue
            name = row.cells[label].text if label is not None else cell.address
            amounts = table.columns[place].kind is ColumnKind.AMOUNT
            before = replace(
                row, cells=(*row.cells[:place], replace(cell, amount=made.before), *row.cells[place + 1 :])
            )
            source = _cell_text(table, before, place, unit) or "inget"
            money = f"{wording.NBSP}{unit}" if amounts and made.before is not None else ""
            why = made.why.rstrip(".")
            told.append(f"{name}, {table.columns[place].title}: {why} (källan säger {source}{money})")
    return f"Ändrat av förbundet: {'; '.join(told)}." if told else ""


def _note(table: FigureTable, unit: Unit, *, has_deviation: bool, source_note: bool, comments: bool) -> str:
    parts = []
    own = table.note.strip()
    if source_note and not own.lower().startswith("källa"):
        parts.append(source_text(table))
    parts.append(own)
    if comments:
        told = " ".join(f"{each.label}: {each.comment.rstrip('.')}." for each in commented(table))
        parts.append(f"Avvikelser: {told}" if told else "")
    parts.append(_overrides(table, unit))
    if rounded_sums_differ(table, unit):
        parts.append(_ROUNDED)
    if has_deviation and _BETTER not in own and table.purpose in (Purpose.INCOME_STATEMENT, Purpose.OTHER):
        parts.append(_BETTER)
    return " ".join(part for part in parts if part)

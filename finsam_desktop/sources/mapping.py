"""What a person corrected about one sender's table, remembered and used on the sender's next file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from finsam_desktop.domain.figures import ColumnKind, ColumnRole, FigureTable, Post, Purpose, RowKind, Unit
from finsam_desktop.sources import periods
from finsam_desktop.sources.headings import key_of
from finsam_desktop.sources.recognition import RecognisedColumn, RecognisedTable
from finsam_desktop.sources.workbook import Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedColumn:
    """A column known by its heading without the period: "utfall +0" is this year's outcome."""

    key: str
    role: ColumnRole
    kind: ColumnKind


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedRow:
    """A row known by its label."""

    label: str
    kind: RowKind
    post: Post
    is_cost: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """How a sender's table is to be understood. Columns stand in the order they are printed."""

    sheet: str
    columns: tuple[MappedColumn, ...]
    rows: tuple[MappedRow, ...]
    unit: Unit
    purpose: Purpose
    costs_positive: bool


def mapping_of(recognised: RecognisedTable, sheet: Sheet) -> Mapping:
    """The mapping that makes another recognised table of this sender as ``recognised`` is now."""
    return Mapping(
        sheet=recognised.sheet,
        columns=_columns([(column.title, column.role, column.kind) for column in recognised.columns]),
        rows=tuple(
            MappedRow(label=label, kind=row.kind, post=row.post, is_cost=row.is_cost)
            for label, row in zip(_labels(recognised, sheet), recognised.rows, strict=True)
        ),
        unit=recognised.unit,
        purpose=recognised.purpose,
        costs_positive=recognised.costs_positive,
    )


def mapping_of_table(table: FigureTable) -> Mapping:
    """The mapping that a figure table was read with."""
    label = table.column_index(ColumnRole.LABEL)
    return Mapping(
        sheet=table.source.sheet if table.source else "",
        columns=_columns([(column.title, column.role, column.kind) for column in table.columns]),
        rows=tuple(
            MappedRow(
                label=_plain(row.cells[label].text) if label is not None else "",
                kind=row.kind,
                post=row.post,
                is_cost=row.is_cost,
            )
            for row in table.rows
        ),
        unit=table.source_unit,
        purpose=table.purpose,
        costs_positive=table.costs_positive,
    )


def fits(mapping: Mapping, recognised: RecognisedTable) -> bool:
    """True when at least half of the mapping's columns are found in ``recognised`` by their headings."""
    found = {column.key for column in _columns([(c.title, c.role, c.kind) for c in recognised.columns])}
    return 2 * sum(column.key in found for column in mapping.columns) >= len(mapping.columns)


def apply(mapping: Mapping, recognised: RecognisedTable, sheet: Sheet) -> RecognisedTable:
    """``recognised`` understood as the mapping says: its columns in its order, its rows by their labels.

    A column whose heading is new is taken by its role when only one has it. Rows with new labels stay as recognised.
    """
    columns = tuple(
        RecognisedColumn(column=found.column, title=found.title, role=mapped.role, kind=mapped.kind)
        for mapped, found in _matched(mapping.columns, recognised.columns)
    )
    known = dict(zip(_numbered(row.label for row in mapping.rows), mapping.rows, strict=True))
    rows = tuple(
        replace(row, kind=known[key].kind, post=known[key].post, is_cost=known[key].is_cost)
        if key in known
        else row
        for key, row in zip(_numbered(_labels(recognised, sheet)), recognised.rows, strict=True)
    )
    return replace(
        recognised,
        columns=columns or recognised.columns,
        rows=rows,
        unit=mapping.unit,
        purpose=mapping.purpose,
        costs_positive=mapping.costs_positive,
        certainty=1.0,
        remarks=(),
    )


def _matched(
    wanted: Sequence[MappedColumn], found: Sequence[RecognisedColumn]
) -> list[tuple[MappedColumn, RecognisedColumn]]:
    keys = [column.key for column in _columns([(c.title, c.role, c.kind) for c in found])]
    by_key: dict[tuple[str, int], RecognisedColumn] = dict(zip(_numbered(keys), found, strict=True))
    wanted_keys = _numbered(column.key for column in wanted)
    chosen = {key: by_key[key] for key in wanted_keys if key in by_key}
    free = [column for column in found if column not in chosen.values()]
    matched = []
    for key, column in zip(wanted_keys, wanted, strict=True):
        if key in chosen:
            matched.append((column, chosen[key]))
            continue
        same_role = [c for c in free if c.role is column.role and column.role is not ColumnRole.OTHER]
        if len(same_role) == 1:
            matched.append((column, same_role[0]))
    return matched


def _columns(columns: Sequence[tuple[str, ColumnRole, ColumnKind]]) -> tuple[MappedColumn, ...]:
    newest = max((year for title, _, _ in columns for year in periods.years(title)), default=None)
    return tuple(
        MappedColumn(key=key_of(title, newest), role=role, kind=kind) for title, role, kind in columns
    )


def _labels(recognised: RecognisedTable, sheet: Sheet) -> list[str]:
    label = next((column.column for column in recognised.columns if column.role is ColumnRole.LABEL), None)
    return [_plain(str(sheet.cell(row.row, label).value or "")) if label else "" for row in recognised.rows]


def _plain(label: str) -> str:
    return " ".join(label.lower().split())


def _numbered(keys: Iterable[str]) -> list[tuple[str, int]]:
    """Each key with its occurrence, so that the second "Övrigt" is not the first."""
    seen: Counter[str] = Counter()
    numbered = []
    for key in keys:
        seen[key] += 1
        numbered.append((key, seen[key]))
    return numbered

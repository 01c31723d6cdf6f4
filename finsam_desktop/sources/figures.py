"""From a recognised table to a figure table with the origin of every value; reading again, and what has changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from finsam_desktop.domain import wording
from finsam_desktop.domain.figures import (
    ColumnKind,
    ColumnRole,
    FigureCell,
    FigureColumn,
    FigureRow,
    FigureSource,
    FigureTable,
    Post,
    Purpose,
    RowKind,
    Unit,
)
from finsam_desktop.errors import UserError
from finsam_desktop.sources.cell_numbers import is_percent, number_of, shown
from finsam_desktop.sources.mapping import apply, mapping_of_table
from finsam_desktop.sources.periods import period_text, years
from finsam_desktop.sources.reading import read_workbook
from finsam_desktop.sources.recognition import (
    RecognisedColumn,
    RecognisedTable,
    recognise_range,
    recognise_sheet,
)
from finsam_desktop.sources.sie.report_again import is_standard_report, report_again
from finsam_desktop.sources.workbook import Sheet, Workbook, split_range

#: A table in an item has at most this many rows: the checks and the paper are made for reports, not for ledgers.
MAX_TABLE_ROWS: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One place where two readings of a table differ, said by row label and column title.

    ``before`` and ``after`` are as shown; "" when the row, column or value is not there. ``address`` is the cell in
    the newer reading, or in the older one when it is gone.
    """

    row: str
    column: str
    address: str
    before: str
    after: str

    def __str__(self) -> str:
        place = ", ".join(part for part in (self.row, self.column) if part)
        cell = f" ({self.address})" if self.address else ""
        return f"{place}{cell}: {self.before or 'tom'} → {self.after or 'tom'}"


def figure_table(workbook: Workbook, recognised: RecognisedTable, *, read_on: date) -> FigureTable:
    """The values of a recognised table with sheet, addresses and the file's SHA-256.

    Amounts keep the source's unit and sign; shares are shares (74 % is 0.74). UserError naming the cell when a
    formula there was never calculated, and when the table is longer than any paper to a board (MAX_TABLE_ROWS).
    """
    sheet = workbook.sheet(recognised.sheet)
    if len(recognised.rows) > MAX_TABLE_ROWS:
        raise UserError(
            f"Tabellen på bladet {sheet.name} i {workbook.file_name} har {len(recognised.rows)} rader. "
            f"En tabell i ett ärende har högst {MAX_TABLE_ROWS}.",
            advice="Gör en sammanställning i Excel, eller markera och klistra in den del som behövs.",
        )
    whole_percent = {
        column.column for column in recognised.columns if _writes_whole_percent(sheet, recognised, column)
    }
    rows = tuple(
        FigureRow(
            cells=tuple(
                _cell(workbook, sheet, row.row, column, column.column in whole_percent)
                for column in recognised.columns
            ),
            kind=row.kind,
            post=row.post,
            is_cost=row.is_cost,
        )
        for row in recognised.rows
    )
    money = any(column.kind is ColumnKind.AMOUNT for column in recognised.columns)
    return FigureTable(
        title=_printed_title(recognised),
        purpose=recognised.purpose,
        columns=tuple(
            FigureColumn(title=column.title, role=column.role, kind=column.kind, source=column.letters)
            for column in recognised.columns
        ),
        rows=rows,
        source_unit=recognised.unit,
        unit=_printed_unit(recognised) if money else recognised.unit,
        source=FigureSource(
            file_name=workbook.file_name,
            sha256=workbook.sha256,
            sheet=sheet.name,
            cells=recognised.cells,
            read_on=read_on,
            origin=workbook.origin,
        ),
        costs_positive=recognised.costs_positive,
        period=recognised.period,
    )


def reread(table: FigureTable, path: Path, *, read_on: date) -> FigureTable:
    """The same table read again from ``path``: same sheet, place and mapping, same id, title and note.

    Rows that were added or taken away are followed. UserError when the table is not there any more.
    """
    if table.source is None:
        raise UserError(
            f"Tabellen {table.title} är inte läst ur en fil.", advice="Rätta siffrorna i tabellen i stället."
        )
    if is_standard_report(table):
        made = report_again(table, path, read_on=read_on)
        again = replace(made, id=table.id, title=table.title, unit=table.unit, note=table.note)
        return _with_overrides(table, again)
    workbook = read_workbook(path)
    sheet = workbook.sheet(table.source.sheet)
    found = _same_place(workbook, sheet, table)
    again = figure_table(workbook, apply(mapping_of_table(table), found, sheet), read_on=read_on)
    again = replace(again, id=table.id, title=table.title, unit=table.unit, note=table.note)
    return _with_overrides(table, again)


def compare(old: FigureTable, new: FigureTable) -> tuple[Difference, ...]:
    """Every cell, row and column that differs between two readings of a table, in the newer one's order.

    Rows are the same when their label is (the second "Övrigt" with the second "Övrigt"), columns when their title is.
    Moving a row without changing it is no difference.
    """
    return tuple(_compare(old, new))


def _compare(old: FigureTable, new: FigureTable) -> Iterator[Difference]:
    old_columns, new_columns = _keyed([c.title for c in old.columns]), _keyed([c.title for c in new.columns])
    old_rows, new_rows = _keyed(_labels(old)), _keyed(_labels(new))
    for title in [key for key in new_columns if key not in old_columns]:
        yield Difference(
            row="",
            column=title[0],
            address=new.columns[new_columns[title]].source,
            before="",
            after="ny kolumn",
        )
    for title in [key for key in old_columns if key not in new_columns]:
        yield Difference(
            row="", column=title[0], address=old.columns[old_columns[title]].source, before="kolumn", after=""
        )
    shared = [key for key in new_columns if key in old_columns]
    if old.source_unit is not new.source_unit:
        yield Difference(
            row="", column="Enhet", address="", before=str(old.source_unit), after=str(new.source_unit)
        )
    for key, place in new_rows.items():
        before_row = old.rows[old_rows[key]] if key in old_rows else None
        after_row = new.rows[place]
        for title in shared:
            kind = new.columns[new_columns[title]].kind
            after = after_row.cells[new_columns[title]]
            before = before_row.cells[old_columns[title]] if before_row else FigureCell()
            if _content(before) != _content(after):
                yield Difference(
                    row=key[0],
                    column=title[0],
                    address=after.address,
                    before=cell_text(before, kind),
                    after=cell_text(after, kind),
                )
    for key in [key for key in old_rows if key not in new_rows]:
        for title in shared:
            before = old.rows[old_rows[key]].cells[old_columns[title]]
            if _content(before) != _content(FigureCell()):
                kind = old.columns[old_columns[title]].kind
                yield Difference(
                    row=key[0],
                    column=title[0],
                    address=before.address,
                    before=cell_text(before, kind),
                    after="",
                )


def cell_text(cell: FigureCell, kind: ColumnKind) -> str:
    """A figure cell as read, without rounding: "11 489 700", "74 %", "#DIV/0!"."""
    if cell.error:
        return cell.error
    if cell.amount is None:
        return cell.text
    amount = cell.amount * 100 if kind is ColumnKind.PERCENT else cell.amount
    exponent = amount.normalize().as_tuple().exponent
    decimals = min(max(-exponent, 0), 12) if isinstance(exponent, int) else 0
    written = wording.number(amount, decimals)
    return f"{written}{wording.NBSP}%" if kind is ColumnKind.PERCENT else written


def _content(cell: FigureCell) -> tuple[Decimal | None, str, str]:
    return cell.amount, "" if cell.amount is not None else cell.text, cell.error


def _with_overrides(old: FigureTable, new: FigureTable) -> FigureTable:
    """What a person set stays where the source still says the same; elsewhere the source is shown."""
    rows, columns = _keyed(_labels(new)), _keyed([column.title for column in new.columns])
    for label, old_row in _keyed(_labels(old)).items():
        for title, old_column in _keyed([column.title for column in old.columns]).items():
            cell = old.rows[old_row].cells[old_column]
            if cell.override is None or cell.amount is None or label not in rows or title not in columns:
                continue
            row, column = rows[label], columns[title]
            if new.rows[row].cells[column].amount == cell.override.before:
                made = cell.override
                new = new.with_override(row, column, cell.amount, by=made.by, why=made.why, at=made.at)
    return new


def _labels(table: FigureTable) -> list[str]:
    index = table.column_index(ColumnRole.LABEL)
    account = table.column_index(ColumnRole.ACCOUNT)
    return [
        (row.cells[index].text if index is not None else "")
        or (row.cells[account].text if account is not None else "")
        for row in table.rows
    ]


def _keyed(names: list[str]) -> dict[tuple[str, int], int]:
    """Each name with its occurrence, to its place."""
    seen: Counter[str] = Counter()
    keyed = {}
    for place, name in enumerate(names):
        seen[name] += 1
        keyed[name, seen[name]] = place
    return keyed


def _cell(
    workbook: Workbook, sheet: Sheet, row: int, column: RecognisedColumn, whole_percent: bool
) -> FigureCell:
    cell = sheet.cell(row, column.column)
    if cell.uncalculated:
        raise UserError(
            f"Cell {cell.address} på bladet {sheet.name} i {workbook.file_name} har en formel utan uträknat värde.",
            advice="Öppna filen i Excel, spara den och lägg in den igen. Då räknar Excel ut värdet.",
        )
    text = " ".join(shown(cell).split())
    address = sheet.place(row, column.column)
    if cell.error:
        return FigureCell(text=text, address=address, error=cell.error)
    if column.kind is ColumnKind.TEXT:
        return FigureCell(text=text, address=address)
    amount = number_of(cell)
    if amount is not None and whole_percent and not is_percent(cell):
        amount = amount / 100
    return FigureCell(amount=amount, text=text if amount is None else "", address=address)


def _writes_whole_percent(sheet: Sheet, table: RecognisedTable, column: RecognisedColumn) -> bool:
    """True for a column of shares that writes 74 for 74 %."""
    if column.kind is not ColumnKind.PERCENT:
        return False
    cells = [sheet.cell(row.row, column.column) for row in table.rows]
    numbers = [number for cell in cells if not is_percent(cell) and (number := number_of(cell)) is not None]
    return any(abs(number) > Decimal("1.5") for number in numbers)


def _printed_title(recognised: RecognisedTable) -> str:
    """A caption that says what and when; the sheet's own title where we know no better."""
    roles = {column.role for column in recognised.columns}
    period = period_text(recognised.period) if recognised.period else ""
    if recognised.purpose is Purpose.INCOME_STATEMENT and period:
        return f"Resultat {period}" + (
            " och prognos för helåret" if ColumnRole.FULL_YEAR_FORECAST in roles else ""
        )
    posts = {row.post for row in recognised.rows}
    if recognised.purpose is Purpose.BALANCE_SHEET and Post.TOTAL_ASSETS in posts:
        return "Tillgångar, eget kapital och skulder"
    if recognised.purpose is Purpose.INDICATORS and period and not years(recognised.title):
        return f"{recognised.title}, {period}"
    return recognised.title


def _printed_unit(recognised: RecognisedTable) -> Unit:
    """Reports to a board are in tkr; a source in mkr stays so."""
    financial = recognised.purpose in (Purpose.INCOME_STATEMENT, Purpose.BALANCE_SHEET) or any(
        row.post is not Post.NONE for row in recognised.rows
    )
    return recognised.unit if recognised.unit is Unit.MKR or not financial else Unit.TKR


def _same_place(workbook: Workbook, sheet: Sheet, table: FigureTable) -> RecognisedTable:
    assert table.source is not None
    top, left, _, _ = split_range(table.source.cells)
    titles = {column.title for column in table.columns}
    found = [
        t for t in recognise_sheet(sheet) if len(titles & {c.title for c in t.columns}) * 2 >= len(titles)
    ]
    if found:
        return min(found, key=lambda t: (abs(t.top - top), abs(t.left - left)))
    if any(row.kind is not RowKind.HEADING for row in table.rows):
        return recognise_range(workbook, sheet.name, table.source.cells)
    raise UserError(
        f"Tabellen {table.title} finns inte längre på bladet {sheet.name} i {workbook.file_name}."
    )

"""A standard report made again out of a later bookkeeping file, with the forecasts that a person gave the first one."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from finsam_desktop.domain.figures import (
    ColumnRole,
    FigureCell,
    FigureTable,
    Origin,
    Purpose,
    ReportMade,
    RowKind,
)
from finsam_desktop.domain.forecasts import Forecast, Forecasts
from finsam_desktop.errors import UserError
from finsam_desktop.sources.sie.reports import Selection, Span, report_by_objects, standard_reports
from finsam_desktop.sources.sie.values import SieFile

_SHEET: Final = re.compile(r"(Resultaträkning|Balansräkning) (?:T([123])|helår)(.*)")


def is_standard_report(table: FigureTable) -> bool:
    """Whether the table was made by ``standard_reports`` or ``report_by_objects``."""
    source = table.source
    return table.made is not None or (
        source is not None
        and source.origin is Origin.BOOKKEEPING
        and _SHEET.fullmatch(source.sheet) is not None
    )


def report_again(table: FigureTable, path: Path, *, read_on: date) -> FigureTable:
    """The same report out of the file at ``path``: title, forecasts and note, plan and last year's file are kept.

    Last year's file is looked for beside the new one; without it last year's figures stay as they were. UserError when
    the file cannot be read or has no such report, and for an older report of a part, which must be asked for anew.
    """
    assert table.source is not None
    found = _SHEET.fullmatch(table.source.sheet)
    made = table.made
    if made is None:
        assert found is not None
        if found.group(3):
            raise UserError(
                f"Rapporten {table.title} gäller en del av förbundet och kan inte läsas in igen.",
                advice="Gör rapporten för den delen en gång till ur den nya filen.",
            )
        made = ReportMade(tertial=int(found.group(2) or 3), span=_span(table))
    from finsam_desktop.sources.books import read_books

    sie = read_books(path)
    selection = Selection(
        tertial=made.tertial, span=Span(made.span), objects=made.objects, accounts=made.accounts
    )
    previous = _previous(made, path)
    if made.by is not None:
        again = report_by_objects(
            sie,
            made.by,
            selection,
            plan=made.plan,
            previous=previous,
            forecasts=_forecasts(table),
            read_on=read_on,
        )
        return again if previous is not None else _with_last_year(table, again)
    reports = standard_reports(
        sie, selection, plan=made.plan, previous=previous, forecasts=_forecasts(table), read_on=read_on
    )
    chosen = reports.balance if table.purpose is Purpose.BALANCE_SHEET else reports.result
    if chosen is None:
        raise UserError(
            f"{path.name} har inga ingående balanser, så balansrapporten kan inte läsas in igen.",
            advice="Be om en SIE-fil av typ 4E.",
        )
    return chosen if previous is not None else _with_last_year(table, chosen)


def _span(table: FigureTable) -> str:
    roles = {column.role for column in table.columns}
    alone = table.period is not None and table.period.start.month != 1
    return Span.BOTH if ColumnRole.OTHER in roles else Span.TERTIAL if alone else Span.ACCUMULATED


def _previous(made: ReportMade, path: Path) -> SieFile | None:
    """Last year's own file when it lies beside the new one, under its name or only with its content."""
    from finsam_desktop.sources.books import read_books

    beside = path.with_name(made.previous_file) if made.previous_file else None
    return read_books(beside) if beside is not None and beside.is_file() else None


def _with_last_year(old: FigureTable, again: FigureTable) -> FigureTable:
    """``again`` with last year's figures as they were read from a file of their own, which is not at hand now."""
    made = old.made
    place = old.column_index(ColumnRole.PREVIOUS_OUTCOME)
    label, old_label = again.column_index(ColumnRole.LABEL), old.column_index(ColumnRole.LABEL)
    outcome = again.column_index(ColumnRole.OUTCOME)
    if made is None or not made.previous_file or again.made is None or again.period != old.period:
        return again
    if place is None or label is None or old_label is None or outcome is None:
        return again
    before = {row.cells[old_label].text: row.cells[place] for row in old.rows}
    own = again.column_index(ColumnRole.PREVIOUS_OUTCOME)
    first, rest = (outcome + 1, outcome + 1) if own is None else (own, own + 1)
    return replace(
        again,
        made=replace(again.made, previous_file=made.previous_file, previous_sha256=made.previous_sha256),
        columns=(*again.columns[:first], old.columns[place], *again.columns[rest:]),
        rows=tuple(
            replace(
                row,
                cells=(
                    *row.cells[:first], before.get(row.cells[label].text, FigureCell()), *row.cells[rest:],
                ),
            )
            for row in again.rows
        ),
    )  # fmt: skip


def _forecasts(table: FigureTable) -> Forecasts:
    label, place = (table.column_index(role) for role in (ColumnRole.LABEL, ColumnRole.FULL_YEAR_FORECAST))
    if label is None or place is None:
        return Forecasts()
    return Forecasts(entries=tuple(
        Forecast(post=row.cells[label].text, amount=amount, comment=row.comment, place=row.cells[place].address)
        for row in table.rows
        if row.kind is RowKind.ROW and (amount := row.cells[place].amount) is not None
    ))  # fmt: skip

"""A standard report made again out of a later bookkeeping file, with the forecasts that a person gave the first one."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Final

from finsam_desktop.domain.figures import ColumnRole, FigureTable, Origin, RowKind
from finsam_desktop.domain.forecasts import Forecast, Forecasts
from finsam_desktop.errors import UserError
from finsam_desktop.sources.sie.reading import read_sie
from finsam_desktop.sources.sie.reports import Selection, Span, standard_reports

_SHEET: Final = re.compile(r"(Resultaträkning|Balansräkning) (?:T([123])|helår)(.*)")


def is_standard_report(table: FigureTable) -> bool:
    """Whether the table was made by ``standard_reports``."""
    source = table.source
    return (
        source is not None
        and source.origin is Origin.BOOKKEEPING
        and _SHEET.fullmatch(source.sheet) is not None
    )


def report_again(table: FigureTable, path: Path, *, read_on: date) -> FigureTable:
    """The same report out of the file at ``path``; title, forecasts and note are kept.

    UserError when the file can not be read or has no such report, and for a report of a part of the association,
    which must be asked for anew.
    """
    assert table.source is not None
    found = _SHEET.fullmatch(table.source.sheet)
    assert found is not None
    if found.group(3):
        raise UserError(
            f"Rapporten {table.title} gäller en del av förbundet och kan inte läsas in igen.",
            advice="Gör rapporten för den delen en gång till ur den nya filen.",
        )
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UserError(
            f"Filen {path.name} gick inte att läsa.",
            advice="Kontrollera att den finns kvar.",
            detail=str(error),
        ) from error
    roles = {column.role for column in table.columns}
    alone = table.period is not None and table.period.start.month != 1
    span = Span.BOTH if ColumnRole.OTHER in roles else Span.TERTIAL if alone else Span.ACCUMULATED
    made = standard_reports(
        read_sie(content, path.name),
        Selection(tertial=int(found.group(2) or 3), span=span),
        forecasts=_forecasts(table),
        read_on=read_on,
    )
    again = made.result if found.group(1) == "Resultaträkning" else made.balance
    if again is None:
        raise UserError(
            f"{path.name} har inga ingående balanser, så balansrapporten kan inte läsas in igen.",
            advice="Be om en SIE-fil av typ 4E.",
        )
    return again


def _forecasts(table: FigureTable) -> Forecasts:
    label, place = (table.column_index(role) for role in (ColumnRole.LABEL, ColumnRole.FULL_YEAR_FORECAST))
    if label is None or place is None:
        return Forecasts()
    return Forecasts(entries=tuple(
        Forecast(post=row.cells[label].text, amount=amount, place=row.cells[place].address)
        for row in table.rows
        if row.kind is RowKind.ROW and (amount := row.cells[place].amount) is not None
    ))  # fmt: skip

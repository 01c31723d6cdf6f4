"""Readings and budgets out of files: the tables of indicators, or the budget column, that a workbook has."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from finsam_desktop.domain.activity_import import ActivityImport, from_table, period_of
from finsam_desktop.domain.figures import ColumnRole, FigureTable, Purpose
from finsam_desktop.domain.plan_start import ReadPlan, lines_from_table
from finsam_desktop.errors import UserError

if TYPE_CHECKING:
    from finsam_desktop.domain.association import Association


def tables_in(
    source: Path, purpose: Purpose, *, sheet: str | None = None, today: date
) -> tuple[FigureTable, ...]:
    """The tables of one purpose in a workbook, with file, sheet and cell of every number.

    UserError when the file cannot be read or has no such table.
    """
    from finsam_desktop.sources import figure_table, read_workbook, recognise

    book = read_workbook(source)
    wanted = book.sheet(sheet).name if sheet is not None else None
    found = [
        table for each in recognise(book) if wanted is None or each.sheet == wanted
        if (table := figure_table(book, each, read_on=today)).purpose is purpose
    ]  # fmt: skip
    if not found:
        what, need = (
            (
                "tabell med team",
                "en kolumn för team och kolumner med antal personer, som Aktiva och Avslutade",
            )
            if purpose is Purpose.INDICATORS
            else ("resultatrapport", "en kolumn med benämningar och en kolumn som heter Budget")
        )
        where = f"på bladet {wanted}" if wanted else f"i {source.name}"
        raise UserError(
            f"Ingen {what} känns igen {where}.",
            advice=f"Tabellen behöver {need}. Blad i filen: {', '.join(s.name for s in book.sheets)}.",
        )
    return tuple(found)


def readings_from(
    association: Association,
    source: Path,
    *,
    year: int | None = None,
    tertial: int | None = None,
    sheet: str | None = None,
    today: date,
) -> ActivityImport:
    """What a workbook's table of teams would change. Year and tertial are the table's own unless given.

    UserError when there is no such table, several, or no period in it or given.
    """
    tables = tables_in(source, Purpose.INDICATORS, sheet=sheet, today=today)
    if len(tables) > 1:
        names = ", ".join(sorted({table.source.sheet for table in tables if table.source}))
        raise UserError(
            f"{source.name} har {len(tables)} tabeller med team.",
            advice=f"Välj ett blad: {names}.",
        )
    period = period_of(tables[0])
    if year is None or tertial is None:
        if period is None:
            raise UserError(
                f"Tabellen i {source.name} säger inte vilken period den gäller.",
                advice="Ange år och tertial.",
            )
        year, tertial = year or period[0], tertial or period[1]
    made = from_table(association, tables[0], year, tertial)
    return made


def budget_from(association: Association, source: Path, *, sheet: str | None = None, today: date) -> ReadPlan:
    """The lines of the budget column of a workbook's resultatrapport. UserError when there is none."""
    for table in tables_in(source, Purpose.INCOME_STATEMENT, sheet=sheet, today=today):
        if table.column_index(ColumnRole.BUDGET) is not None:
            return lines_from_table(table, association.members)
    raise UserError(
        f"Resultatrapporten i {source.name} har ingen budgetkolumn.",
        advice="En budgetkolumn har Budget i rubriken, till exempel Budget 2027.",
    )

"""What people have said about a period's reports: forecasts with comments, and figures that stand over the source's.

It is kept with the association from the moment it is typed, so that nothing is lost before the reports are made, and
the same words stand when the bookkeeping file is read again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from finsam_desktop.domain.association import Association
from finsam_desktop.domain.figures import ColumnKind, ColumnRole, FigureTable, Purpose
from finsam_desktop.domain.forecasts import Forecast, Forecasts
from finsam_desktop.domain.report_values import CellOverride, ReportInput

__all__ = [
    "CellOverride",
    "ReportInput",
    "forecasts_of",
    "input_for",
    "overridden",
    "with_comment",
    "with_forecast",
    "with_input",
    "with_override",
    "without_override",
]


def input_for(association: Association, year: int, tertial: int, part: str = "") -> ReportInput:
    """What has been said of the period's reports; an empty one when nothing has."""
    return next(
        (
            each
            for each in association.report_inputs
            if (each.year, each.tertial, each.part) == (year, tertial, part)
        ),
        ReportInput(year=year, tertial=tertial, part=part),
    )


def with_input(association: Association, changed: ReportInput) -> Association:
    """The association with ``changed`` in the place of what was said of the same period; an empty one is dropped."""
    place = (changed.year, changed.tertial, changed.part)
    kept = tuple(each for each in association.report_inputs if (each.year, each.tertial, each.part) != place)
    if changed == ReportInput(year=changed.year, tertial=changed.tertial, part=changed.part):
        return replace(association, report_inputs=kept)
    return replace(association, report_inputs=(*kept, changed))


def with_forecast(said: ReportInput, post: str, amount: Decimal | None) -> ReportInput:
    """With another forecast for the post, in kr with the report's sign; None takes it away, comment and all."""
    old = said.forecasts.of(post)
    rest = _without(said.forecasts.entries, post)
    if amount is None:
        return replace(said, forecasts=replace(said.forecasts, entries=rest))
    new = replace(old, amount=amount) if old else Forecast(post=post, amount=amount)
    return replace(said, forecasts=replace(said.forecasts, entries=(*rest, new)))


def with_comment(said: ReportInput, post: str, comment: str, usual: Decimal | None) -> ReportInput:
    """With another comment on the post. A post without a forecast gets ``usual`` (its budget), which it departs from.

    Unchanged when there is neither a forecast nor a budget to comment on.
    """
    old = said.forecasts.of(post)
    if old is None and (usual is None or not comment):
        return said
    entry = old or Forecast(post=post, amount=usual or Decimal())
    new = replace(entry, comment=" ".join(comment.split()))
    return replace(
        said,
        forecasts=replace(said.forecasts, entries=(*_without(said.forecasts.entries, post), new)),
    )


def with_override(
    said: ReportInput, purpose: Purpose, row: str, column: str, amount: Decimal, *, by: str, why: str, at: datetime
) -> ReportInput:  # fmt: skip
    """With another amount in a cell of the report of ``purpose``."""
    new = CellOverride(purpose=purpose, row=row, column=column, amount=amount, by=by, why=why, at=at)
    return replace(said, overrides=(*without_override(said, purpose, row, column).overrides, new))


def without_override(said: ReportInput, purpose: Purpose, row: str, column: str) -> ReportInput:
    """With the source's own amount in the cell again."""
    place = (purpose, row, column)
    kept = tuple(each for each in said.overrides if (each.purpose, each.row, each.column) != place)
    return replace(said, overrides=kept)


def overridden(table: FigureTable, said: ReportInput) -> FigureTable:
    """The table with what people have set in its cells; what has no cell any more is left out."""
    label = table.column_index(ColumnRole.LABEL)
    if label is None:
        return table
    for each in said.overrides:
        if each.purpose is not table.purpose:
            continue
        row = next((p for p, row in enumerate(table.rows) if row.cells[label].text == each.row), None)
        column = next(
            (
                p
                for p, column in enumerate(table.columns)
                if column.title == each.column and column.kind is ColumnKind.AMOUNT
            ),
            None,
        )
        if row is not None and column is not None:
            table = table.with_override(row, column, each.amount, by=each.by, why=each.why, at=each.at)
    return table


def forecasts_of(said: ReportInput, labels: Iterable[str]) -> Forecasts:
    """The forecasts for posts that the report has: a forecast for a post that is gone must not stop the report."""
    known = {label.casefold() for label in labels}
    kept = tuple(entry for entry in said.forecasts.entries if entry.post.casefold() in known)
    return replace(said.forecasts, entries=kept)


def _without(entries: tuple[Forecast, ...], post: str) -> tuple[Forecast, ...]:
    return tuple(entry for entry in entries if entry.post.casefold() != post.casefold())

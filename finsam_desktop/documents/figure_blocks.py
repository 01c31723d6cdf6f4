"""A figure table as a native Word table: the strings come from ``figures_layout``, here they get widths."""

from __future__ import annotations

import re
from collections.abc import Sequence

from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.figures import FigureTable, RowKind
from finsam_desktop.domain.figures_layout import Align, PrintedColumn, PrintedRow, printed
from finsam_desktop.word import Column, NoBreakHyphens, RichText, Row, Table

TEXT_WIDTH = 160.0
_LEAST_NUMBER, _LEAST_DATE, _LEAST_LABEL = 17.0, 20.0, 30.0
_WIDTHS = {**dict.fromkeys("fijlrtI.,:;'()- \u00a0–", 1.1), **dict.fromkeys("mwMW", 2.9)}
_LETTER, _CAPITAL = 1.85, 2.15
"""Widths in mm at 10 pt of narrow and wide letters, of all others and digits, and of capitals; a little generous."""
_PADDING = 3.0
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def figure_blocks(item: AgendaItem) -> list[Table]:
    """The item's figures as printed in kallelse and protokoll.

    An item with a tertial report has its figures there, and the report is an attachment to the item.
    A table that prints no columns, such as one of accounts alone, is left out.
    """
    if item.report is not None:
        return []
    return [figure_block(figure) for figure in printable(item)]


def printable(item: AgendaItem) -> tuple[FigureTable, ...]:
    """The item's figure tables that print any column; one of accounts alone prints none."""
    return tuple(figure for figure in item.figures if printed(figure).columns)


def figure_block(
    table: FigureTable,
    *,
    source_note: bool = True,
    deviation: bool = False,
    comments: bool = True,
) -> Table:
    """The table with caption, note and widths in mm: number columns as narrow as they can be, the rest to
    the labels. What the note and the columns hold is as in ``figures_layout.printed``."""
    shown = printed(table, source_note=source_note, deviation=deviation, comments=comments)
    widths = column_widths(shown.columns, shown.rows)
    return Table(
        columns=tuple(
            Column(
                title="\n".join(column.lines),
                width_mm=width,
                align="right" if column.align is Align.RIGHT else "left",
            )
            for column, width in zip(shown.columns, widths, strict=True)
        ),
        rows=tuple(_row(row) for row in shown.rows),
        caption=shown.title,
        description=f"{shown.title}. {len(shown.rows)} rader.",
        note=shown.note,
        width_mm=sum(widths),
    )


def column_widths(columns: Sequence[PrintedColumn], rows: Sequence[PrintedRow]) -> list[float]:
    """Widths in mm that sum to the text's width; where there is too little room all are made narrower
    alike."""
    needed = [_needed(place, column, rows) for place, column in enumerate(columns)]
    rest = [place for place, column in enumerate(columns) if column.align is Align.LEFT] or [0]
    numbers = sum(width for place, width in enumerate(needed) if place not in rest)
    left_over = max(TEXT_WIDTH - numbers, _LEAST_LABEL * len(rest))
    weight = sum(needed[place] for place in rest)
    widths = [left_over * width / weight if place in rest else width for place, width in enumerate(needed)]
    scale = TEXT_WIDTH / sum(widths)
    return [round(width * scale, 2) for width in widths]


def _needed(place: int, column: PrintedColumn, rows: Sequence[PrintedRow]) -> float:
    texts = [*column.lines, *(row.cells[place] for row in rows if row.kind is not RowKind.HEADING)]
    least = _LEAST_DATE if any(_DATE.fullmatch(text) for text in texts) else _LEAST_NUMBER
    return max(least, _PADDING + max((_width(text) for text in texts), default=0.0))


def _width(text: str) -> float:
    return sum(_WIDTHS.get(letter, _CAPITAL if letter.isupper() else _LETTER) for letter in text)


def _row(row: PrintedRow) -> Row:
    kind = row.kind.value
    assert kind in ("row", "heading", "sum", "total")
    return Row(cells=tuple(_cell(text) for text in row.cells), kind=kind)  # type: ignore[arg-type]


def _cell(text: str) -> str | RichText:
    return RichText((NoBreakHyphens(text),)) if _DATE.fullmatch(text) else text

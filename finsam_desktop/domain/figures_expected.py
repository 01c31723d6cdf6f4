"""Do the figures say what one would expect? Signs, the forecast against the pace so far, and the budget that was fixed.

These are questions to the reader, where figures_checks tells what does not add up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from finsam_desktop.domain import wording
from finsam_desktop.domain.figures import (
    UNIT_IN_KR,
    ColumnKind,
    ColumnRole,
    FigureRow,
    FigureTable,
    Post,
    Purpose,
    RowKind,
    Unit,
)
from finsam_desktop.domain.figures_checks import FigureFinding, Level
from finsam_desktop.domain.figures_sums import added_columns, figure, sum_groups

_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
#: The rest of the year may go at half to double the pace so far before it is asked about.
_SLOWEST, _FASTEST = Decimal("0.5"), Decimal(2)
#: What a straight line would give may differ from the forecast by this part of it.
_NEAR = Decimal("0.15")
#: Posts smaller than this part of the year's costs are not asked about.
_SMALL = Decimal("0.05")


def check_signs(table: FigureTable) -> tuple[FigureFinding, ...]:
    """Signs that are turned: a whole report with the bookkeeping's sign, or one row whose other sign makes the sum."""
    return (*_bookkeeping_signs(table), *_turned_rows(table))


def check_pace(table: FigureTable) -> tuple[FigureFinding, ...]:
    """Forecasts that the outcome has passed, or that ask for quite another pace in the months that are left.

    Needs the period, from the year's first month; nothing is said of posts under 5 % of the year's costs.
    """
    outcome, forecast = (
        table.column_index(role) for role in (ColumnRole.OUTCOME, ColumnRole.FULL_YEAR_FORECAST)
    )
    period = table.period
    if outcome is None or forecast is None or period is None or period.start.month != 1:
        return ()
    months = period.end.month
    if months >= 12 or period.start.year != period.end.year or table.purpose is not Purpose.INCOME_STATEMENT:
        return ()
    costs = table.amount(Post.COSTS, ColumnRole.FULL_YEAR_FORECAST)
    found: list[FigureFinding] = []
    for number, row in enumerate(table.rows):
        if row.kind is not RowKind.ROW and row.post not in (Post.INCOME, Post.COSTS):
            continue
        so_far, expected = table.kr(row, outcome), table.kr(row, forecast)
        if not so_far or not expected or so_far * expected < 0:
            continue
        if costs is not None and abs(expected) < abs(costs) * _SMALL:
            continue
        finding = _pace(table, number, so_far, expected, months, forecast)
        if finding is not None:
            found.append(finding)
    return tuple(found)


def check_budget(table: FigureTable, fixed: FigureTable, where: str) -> tuple[FigureFinding, ...]:
    """Budget amounts that are not those of the budget that was fixed; ``where`` says when the board fixed it.

    Rows are the same when their labels are, or their posts. Nothing is said when the two are of different years.
    """
    place, source = table.column_index(ColumnRole.BUDGET), fixed.column_index(ColumnRole.BUDGET)
    if place is None or source is None or not same_budget_year(table, fixed):
        return ()
    grain = max(UNIT_IN_KR[table.source_unit], UNIT_IN_KR[fixed.source_unit])
    found = []
    for number, row in enumerate(table.rows):
        other = _same_row(table, row, fixed)
        if other is None or row.kind is RowKind.HEADING:
            continue
        shown, decided = table.kr(row, place), fixed.kr(other, source)
        if shown is None or decided is None or shown == decided:
            continue
        rounding = abs(shown - decided) < grain and grain > 1
        address = row.cells[place].address
        found.append(FigureFinding(
            check="budget", level=Level.NOTE if rounding else Level.WARNING,
            title=f"Budgeten för {_label(table, row)} skiljer {_kr(abs(shown - decided))} från den fastställda"
            + (" genom avrundning" if rounding else ""),
            text=f"Tabellen säger {_kr(shown)}, styrelsen fastställde {_kr(decided)} {where}.",
            address=address, row=number, column=place,
        ))  # fmt: skip
    return tuple(found)


def same_budget_year(table: FigureTable, fixed: FigureTable) -> bool:
    """Whether both have a budget, and for the same year: as the column's head says, else as the period does."""
    years = [_budget_years(each) for each in (table, fixed)]
    return bool(years[0] & years[1])


def _budget_years(table: FigureTable) -> set[str]:
    place = table.column_index(ColumnRole.BUDGET)
    if place is None:
        return set()
    said = set(_YEAR.findall(table.columns[place].title))
    return said or ({str(table.period.end.year)} if table.period is not None else set())


def _bookkeeping_signs(table: FigureTable) -> Iterator[FigureFinding]:
    row, place = table.row_with(Post.INCOME), table.column_index(ColumnRole.OUTCOME)
    if table.purpose is not Purpose.INCOME_STATEMENT or row is None or place is None:
        return
    amount, costs = table.kr(row, place), table.amount(Post.COSTS, ColumnRole.OUTCOME)
    if amount is None or amount >= 0 or costs is None or costs < 0:
        return
    yield FigureFinding(
        check="sign", level=Level.WARNING, title="Intäkterna är negativa och kostnaderna positiva",
        text="Tabellen har bokföringens tecken. I en rapport är intäkter positiva och kostnader negativa. "
        "Vänd tecknen i källfilen.",
        address=row.cells[place].address, row=table.rows.index(row), column=place,
    )  # fmt: skip


def _turned_rows(table: FigureTable) -> Iterator[FigureFinding]:
    told: set[tuple[int, int]] = set()
    for group in sum_groups(table):
        for place in added_columns(table):
            if (
                table.columns[place].kind is not ColumnKind.AMOUNT
                or table.columns[place].role is ColumnRole.DEVIATION
            ):
                continue
            stated = figure(table, table.rows[group.sum_row], place)
            parts = {part: figure(table, table.rows[part], place) or Decimal(0) for part in group.parts}
            if stated is None or sum(parts.values(), Decimal(0)) == stated:
                continue
            missing = stated - sum(parts.values(), Decimal(0))
            turned = [part for part, amount in parts.items() if amount and missing == -2 * amount]
            if len(turned) != 1 or (turned[0], place) in told:
                continue
            told.add((turned[0], place))
            row = table.rows[turned[0]]
            cell = row.cells[place]
            yield FigureFinding(
                check="sign", level=Level.WARNING,
                title=f"Tecknet på {_label(table, row)} i {cell.address} verkar omvänt",
                text=f"Med {_kr(-parts[turned[0]])} i stället för {_kr(parts[turned[0]])} stämmer "
                f"{_label(table, table.rows[group.sum_row])}.",
                address=cell.address, row=turned[0], column=place,
                expected=None if cell.amount is None else -cell.amount,
            )  # fmt: skip


def _pace(
    table: FigureTable, number: int, so_far: Decimal, expected: Decimal, months: int, place: int
) -> FigureFinding | None:
    row = table.rows[number]
    label, address = _label(table, row), row.cells[place].address
    if abs(so_far) > abs(expected):
        title = f"Utfallet för {label} är redan större än helårsprognosen"
        text = f"Utfall {_tkr(so_far)} på {wording.number_word(months)} månader, prognos {_tkr(expected)} för året."
        return FigureFinding(check="pace", level=Level.WARNING, title=title, text=text, address=address,
                             row=number, column=place)  # fmt: skip
    straight, left = so_far * 12 / months, (expected - so_far) / (12 - months)
    rate = so_far / months
    if abs(straight - expected) <= abs(expected) * _NEAR or _SLOWEST <= left / rate <= _FASTEST:
        return None
    title = f"Prognosen för {label} förutsätter en annan takt än hittills"
    text = (
        f"Hittills {_tkr(rate)} i månaden, resten av året {_tkr(left)}. I samma takt blir året {_tkr(straight)}, "
        f"prognosen säger {_tkr(expected)}."
    )
    return FigureFinding(check="pace", level=Level.NOTE, title=title, text=text, address=address,
                         row=number, column=place)  # fmt: skip


def _same_row(table: FigureTable, row: FigureRow, fixed: FigureTable) -> FigureRow | None:
    label = _label(table, row).casefold()
    same = [
        other for other in fixed.rows if _label(fixed, other).casefold() == label and other.kind is row.kind
    ]
    if len(same) == 1 and label:
        return same[0]
    return fixed.row_with(row.post) if row.post is not Post.NONE else None


def _label(table: FigureTable, row: FigureRow) -> str:
    place = table.column_index(ColumnRole.LABEL)
    return row.cells[place].text if place is not None else ""


def _kr(amount: Decimal) -> str:
    whole = amount == amount.to_integral_value()
    return f"{wording.number(amount, 0 if whole else 2)}{wording.NBSP}kr"


def _tkr(amount: Decimal) -> str:
    return wording.amount(amount, Unit.TKR)

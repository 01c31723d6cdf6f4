"""Do the figures agree with each other? Sums, result, balance, equity and shares, each told with its cell.

A difference that rounding explains is told apart from a real one. Nothing is corrected here: the source stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
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
    Unit,
)
from finsam_desktop.domain.figures_sums import added_columns, figure, sum_groups


class Level(StrEnum):
    """How much a finding matters. OK confirms a check that was made."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    OK = "ok"


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureFinding:
    """What a check found. ``title`` says it in a sentence, ``text`` shows the numbers.

    ``address`` is the cell in the source, ``row`` and ``column`` its place in the table (None when it concerns the
    whole table). ``expected`` is the amount that would agree, in the source's unit and sign.
    """

    check: str
    level: Level
    title: str
    text: str
    address: str = ""
    row: int | None = None
    column: int | None = None
    expected: Decimal | None = None


_SUM: Final = "sum"
_RESULT: Final = "result"
_BALANCE: Final = "balance"
_EQUITY: Final = "equity"
_SHARE: Final = "share"
_DEVIATION: Final = "deviation"
_ERROR: Final = "cell_error"


def check_table(table: FigureTable) -> tuple[FigureFinding, ...]:
    """What does not agree in ``table``, in reading order; empty when all does."""
    return tuple(finding for finding in _all(table) if finding.level is not Level.OK)


def passed_checks(table: FigureTable) -> tuple[FigureFinding, ...]:
    """The checks that were made and agreed."""
    return tuple(finding for finding in _all(table) if finding.level is Level.OK)


def check_together(tables: Sequence[FigureTable]) -> tuple[FigureFinding, ...]:
    """Whether the result of the income statement is the one in the balance sheet; OK findings are included."""
    statement = next((t for t in tables if t.purpose is Purpose.INCOME_STATEMENT), None)
    balance = next((t for t in tables if t.purpose is Purpose.BALANCE_SHEET), None)
    if statement is None or balance is None:
        return ()
    if statement.period and balance.period and statement.period != balance.period:
        # A tertial alone has another result than the year so far, which is what the balance sheet holds.
        return ()
    stated = balance.amount(Post.RESULT, ColumnRole.OUTCOME)
    result = statement.amount(Post.RESULT, ColumnRole.OUTCOME)
    if stated is None or result is None:
        return ()
    address = _address(balance, Post.RESULT, ColumnRole.OUTCOME)
    text = f"Resultatrapporten {_kr(result)}, balansrapporten {_kr(stated)}"
    difference = abs(result - stated)
    tolerance = max(UNIT_IN_KR[statement.source_unit], UNIT_IN_KR[balance.source_unit])
    if not difference:
        return (
            FigureFinding(
                check=_RESULT, level=Level.OK, title="Resultatet är detsamma i balansrapporten", text=text
            ),
        )
    level = Level.NOTE if difference < tolerance else Level.WARNING
    title = f"Resultatet i balansrapporten ({address}) skiljer {_kr(difference)} från resultatrapporten"
    return (FigureFinding(check=_RESULT, level=level, title=title, text=text, address=address),)


def _all(table: FigureTable) -> Iterator[FigureFinding]:
    """Every check's findings; a cell that already has one is not told twice."""
    told: set[tuple[int, int] | None] = set()
    for finding in _each(table):
        place = None if finding.row is None or finding.column is None else (finding.row, finding.column)
        if place not in told:
            yield finding
        if place is not None:
            told.add(place)


def _each(table: FigureTable) -> Iterator[FigureFinding]:
    yield from _cell_errors(table)
    yield from _sums(table)
    yield from _balance(table)
    yield from _equity(table)
    yield from _deviations(table)
    yield from _shares(table)


def _cell_errors(table: FigureTable) -> Iterator[FigureFinding]:
    for number, row in enumerate(table.rows):
        for place, cell in enumerate(row.cells):
            if cell.error:
                yield FigureFinding(
                    check=_ERROR,
                    level=Level.ERROR,
                    title=f"Cell {cell.address} visar {cell.error} i stället för ett tal",
                    text=f"{_label(table, row)}, {table.columns[place].title}. "
                    "Rätta formeln i källfilen och läs in den igen.",
                    address=cell.address,
                    row=number,
                    column=place,
                )


def _sums(table: FigureTable) -> Iterator[FigureFinding]:
    """Every sum against its rows, the result against income and costs."""
    for group in sum_groups(table):
        sum_row = table.rows[group.sum_row]
        parts = [table.rows[part] for part in group.parts]
        is_result = sum_row.post is Post.RESULT
        label = _label(table, sum_row)
        wrong = False
        for place in added_columns(table):
            if table.columns[place].role is ColumnRole.DEVIATION:
                continue
            stated = figure(table, sum_row, place)
            values = [figure(table, part, place) for part in parts]
            known = [value for value in values if value is not None]
            if stated is None or not known or any(part.cells[place].error for part in parts):
                continue
            computed = sum(known, Decimal(0))
            if computed == stated:
                continue
            wrong = True
            address = sum_row.cells[place].address
            amounts = table.columns[place].kind is ColumnKind.AMOUNT
            rounding = amounts and abs(computed - stated) <= _grain(table, place) * (len(known) + 1) / 2
            difference = _kr(abs(computed - stated)) if amounts else wording.number(abs(computed - stated))
            cause = " genom avrundning" if rounding else ""
            what = "Resultatet" if is_result else label
            yield FigureFinding(
                check=_RESULT if is_result else _SUM,
                level=Level.NOTE if rounding else Level.WARNING,
                title=f"{what} i {address} skiljer {difference}{cause}",
                text=_shown_sum(known, computed, stated)
                if len(known) == 2
                else _shown_total(computed, stated),
                address=address,
                row=group.sum_row,
                column=place,
                expected=_in_source(table, sum_row, computed) if amounts else computed,
            )
        if not wrong and added_columns(table):
            yield FigureFinding(
                check=_RESULT if is_result else _SUM,
                level=Level.OK,
                title=f"{label} stämmer i alla kolumner",
                text=_cells_of(table, group.parts, group.sum_row),
                row=group.sum_row,
            )


def _balance(table: FigureTable) -> Iterator[FigureFinding]:
    assets, other = table.row_with(Post.TOTAL_ASSETS), table.row_with(Post.TOTAL_EQUITY_AND_LIABILITIES)
    if assets is None or other is None:
        return
    agreed = True
    for place in added_columns(table):
        left, right = figure(table, assets, place), figure(table, other, place)
        if left is None or right is None or left == right:
            continue
        # Some programs write liabilities and equity as negative amounts.
        if left == -right:
            continue
        agreed = False
        difference = abs(left - right)
        rounding = difference <= _grain(table, place)
        yield FigureFinding(
            check=_BALANCE,
            level=Level.NOTE if rounding else Level.WARNING,
            title=f"Balansen i {table.columns[place].title} skiljer {_kr(difference)}"
            + (" genom avrundning" if rounding else ""),
            text=f"Tillgångar {_kr(left)}, eget kapital och skulder {_kr(right)}",
            address=other.cells[place].address,
            row=table.rows.index(other),
            column=place,
        )
    if agreed:
        yield FigureFinding(
            check=_BALANCE,
            level=Level.OK,
            title="Tillgångarna är lika stora som eget kapital och skulder",
            text="Stämmer i alla kolumner",
        )


def _equity(table: FigureTable) -> Iterator[FigureFinding]:
    """Opening equity + result = closing equity, and this year's opening is last year's closing."""
    opening, closing = table.row_with(Post.OPENING_EQUITY), table.row_with(Post.CLOSING_EQUITY)
    result = table.row_with(Post.RESULT)
    if opening is None or closing is None:
        return
    agreed = result is not None
    for place in added_columns(table) if result is not None else ():
        values = [figure(table, row, place) for row in (opening, result, closing) if row is not None]
        if any(value is None for value in values):
            continue
        first, change, last = (value for value in values if value is not None)
        if first + change == last:
            continue
        agreed = False
        rounding = abs(first + change - last) <= _grain(table, place) * Decimal("1.5")
        yield FigureFinding(
            check=_EQUITY,
            level=Level.NOTE if rounding else Level.WARNING,
            title=f"Eget kapital i {closing.cells[place].address} skiljer {_kr(abs(first + change - last))}"
            + (" genom avrundning" if rounding else ""),
            text=_shown_sum([first, change], first + change, last),
            address=closing.cells[place].address,
            row=table.rows.index(closing),
            column=place,
            expected=_in_source(table, closing, first + change),
        )
    if agreed:
        yield FigureFinding(
            check=_EQUITY,
            level=Level.OK,
            title="Ingående eget kapital och resultat ger utgående eget kapital",
            text="Stämmer i alla kolumner",
        )
    yield from _carried_over(table, opening, closing)


def _carried_over(table: FigureTable, opening: FigureRow, closing: FigureRow) -> Iterator[FigureFinding]:
    if table.purpose is not Purpose.BALANCE_SHEET:
        return
    now, before = table.column_index(ColumnRole.OUTCOME), table.column_index(ColumnRole.PREVIOUS_OUTCOME)
    if now is None or before is None:
        return
    start, end = table.kr(opening, now), table.kr(closing, before)
    # The earlier column may be the same day last year instead of the year's end: then the two need not agree.
    if start is None or end is None or start == end or "12-31" not in table.columns[before].title:
        return
    yield FigureFinding(
        check=_EQUITY,
        level=Level.NOTE if abs(start - end) <= _grain(table, now) else Level.WARNING,
        title=f"Eget kapital vid årets början skiljer {_kr(abs(start - end))} från förra årets utgång",
        text=f"{opening.cells[now].address}: {_kr(start)}, {closing.cells[before].address}: {_kr(end)}",
        address=opening.cells[now].address,
        row=table.rows.index(opening),
        column=now,
    )


def _deviations(table: FigureTable) -> Iterator[FigureFinding]:
    """Stated deviations against forecast (else outcome) minus budget, whichever most rows follow, in either sign."""
    place, budget = table.column_index(ColumnRole.DEVIATION), table.column_index(ColumnRole.BUDGET)
    if place is None or budget is None or table.columns[place].kind is not ColumnKind.AMOUNT:
        return
    bases = [
        base
        for role in (ColumnRole.FULL_YEAR_FORECAST, ColumnRole.OUTCOME)
        if (base := table.column_index(role)) is not None
    ]
    if not bases:
        return
    misses = {base: tuple(_deviation_misses(table, place, base, budget)) for base in bases}
    base = min(bases, key=lambda candidate: len(misses[candidate]))
    stated_rows = sum(row.cells[place].amount is not None for row in table.rows)
    if len(misses[base]) * 2 > stated_rows:
        return
    for number, expected in misses[base]:
        cell = table.rows[number].cells[place]
        assert cell.amount is not None
        stated = abs(cell.amount * UNIT_IN_KR[table.source_unit])
        yield FigureFinding(
            check=_DEVIATION,
            level=Level.WARNING,
            title=f"Avvikelsen i {cell.address} skiljer {_kr(abs(stated - abs(expected)))}",
            text=f"{_label(table, table.rows[number])}: {table.columns[base].title} minus "
            f"{table.columns[budget].title} är {_kr(expected)}, "
            f"cellen säger {_kr(cell.amount * UNIT_IN_KR[table.source_unit])}",
            address=cell.address,
            row=number,
            column=place,
        )


def _deviation_misses(
    table: FigureTable, place: int, base: int, budget: int
) -> Iterator[tuple[int, Decimal]]:
    grain = _grain(table, place)
    for number, row in enumerate(table.rows):
        amount = row.cells[place].amount
        left, right = table.kr(row, base), table.kr(row, budget)
        if amount is None or left is None or right is None:
            continue
        stated = amount * UNIT_IN_KR[table.source_unit]
        if abs(abs(stated) - abs(left - right)) > grain * Decimal("1.5"):
            yield number, left - right


def _shares(table: FigureTable) -> Iterator[FigureFinding]:
    """A share of persons must come from a whole number of them."""
    base = _share_base(table)
    if base is None:
        return
    for place, column in enumerate(table.columns):
        if column.kind is not ColumnKind.PERCENT:
            continue
        for number, row in enumerate(table.rows):
            share, whole = row.cells[place].amount, row.cells[base].amount
            if share is None or not whole or whole != whole.to_integral_value() or not 0 <= share <= 1:
                continue
            fewer = int(share * whole)
            if any(_fits(share, Decimal(number_of), whole) for number_of in (fewer, fewer + 1)):
                continue
            persons = "person" if fewer == 1 else "personer"
            below = f"{wording.number(fewer)} {persons} är {_percent(Decimal(fewer) / whole)} procent"
            above = f"{wording.number(fewer + 1)} är {_percent(Decimal(fewer + 1) / whole)}"
            yield FigureFinding(
                check=_SHARE,
                level=Level.WARNING,
                title=f"{_percent(share)} procent av {wording.number(whole)} går inte ihop",
                text=f"{_label(table, row)}, {row.cells[place].address}: {below}, {above}.",
                address=row.cells[place].address,
                row=number,
                column=place,
            )


def _share_base(table: FigureTable) -> int | None:
    """The column of persons that the shares are of: those who have finished."""
    return next(
        (place for place, column in enumerate(table.columns)
         if column.kind is ColumnKind.COUNT and "avslutade" in column.title.lower()),
        None,
    )  # fmt: skip


def _fits(share: Decimal, persons: Decimal, whole: Decimal) -> bool:
    """True when ``persons`` of ``whole`` is ``share``, given in whole percent or exactly."""
    exact = persons / whole
    return abs(exact - share) < Decimal("0.00005") or _hundredths(exact) == share


def _hundredths(share: Decimal) -> Decimal:
    return share.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def _percent(share: Decimal) -> str:
    return wording.number(share * 100, 0 if _hundredths(share) == share else 1).removesuffix(",0")


def _grain(table: FigureTable, place: int) -> Decimal:
    """The step in kr that a column's amounts are rounded to: whole thousands, kronor or ören."""
    unit = UNIT_IN_KR[table.source_unit]
    amounts = [abs(row.cells[place].amount or Decimal(0)) for row in table.rows]
    filled = [amount for amount in amounts if amount]
    if table.source_unit is Unit.KR and filled and all(amount % 1000 == 0 for amount in filled):
        return Decimal(1000)
    places = max((_decimals(amount) for amount in filled), default=0)
    return unit.scaleb(-places)


def _decimals(amount: Decimal) -> int:
    exponent = amount.normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _in_source(table: FigureTable, row: FigureRow, kr: Decimal) -> Decimal:
    turned = row.is_cost and table.costs_positive
    return (-kr if turned else kr) / UNIT_IN_KR[table.source_unit]


def _label(table: FigureTable, row: FigureRow) -> str:
    place = table.column_index(ColumnRole.LABEL)
    return (row.cells[place].text if place is not None else "") or "Summan"


def _address(table: FigureTable, post: Post, role: ColumnRole) -> str:
    row, place = table.row_with(post), table.column_index(role)
    return "" if row is None or place is None else row.cells[place].address


def _cells_of(table: FigureTable, parts: Sequence[int], sum_row: int) -> str:
    place = added_columns(table)[0]
    addresses = [table.rows[part].cells[place].address for part in (parts[0], parts[-1], sum_row)]
    return f"{addresses[0]}–{addresses[1]} mot {addresses[2]}" if all(addresses) else ""


def _kr(amount: Decimal) -> str:
    return f"{wording.number(amount, min(_decimals(amount), 2))}{wording.NBSP}kr"


def _shown(amount: Decimal) -> str:
    return wording.number(amount, min(_decimals(amount), 2))


def _shown_sum(parts: Sequence[Decimal], computed: Decimal, stated: Decimal) -> str:
    first, second = parts
    sign = wording.MINUS if second < 0 else "+"
    return f"{_shown(first)} {sign} {_shown(abs(second))} = {_shown(computed)}, cellen säger {_shown(stated)}"


def _shown_total(computed: Decimal, stated: Decimal) -> str:
    return f"Raderna blir {_shown(computed)}, cellen säger {_shown(stated)}"

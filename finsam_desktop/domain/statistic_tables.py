"""Tables by sex as they are typed and pasted, and whether they add up."""

from __future__ import annotations

import re

from finsam_desktop.domain.papers import Statistic, StatisticTable
from finsam_desktop.domain.wording import number

_BETWEEN = re.compile(r"\t|;")
_NOT_MEASURED = ("", "-", "–", "..")
_COUNT = re.compile(r"\d{1,9}")


class UnreadableRow(ValueError):
    """A row that is no label with one to three numbers; the message says which, in Swedish."""


def read_rows(text: str) -> tuple[Statistic, ...]:
    """Rows of label, women, men and perhaps total, with tabs (as pasted from Excel) or semicolons between.

    A heading row without any number is passed over. UnreadableRow when a number cannot be read.
    """
    rows: list[Statistic] = []
    for place, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        label, *cells = (cell.strip() for cell in _BETWEEN.split(line.strip("\n")))
        if cells and not any(any(c.isdigit() for c in cell) for cell in cells) and not rows:
            continue
        if len(cells) > 3 and any(cells[3:]):
            raise UnreadableRow(f"Rad {place}: skriv benämning, kvinnor, män och totalt.")
        women, men, total = (_count(cell, place) for cell in (*cells, "", "", "")[:3])
        rows.append(Statistic(label=label, women=women, men=men, total=total))
    return tuple(rows)


def _count(cell: str, place: int) -> int | None:
    bare = re.sub(r"[\s\u00a0\u202f]", "", cell)
    if bare in _NOT_MEASURED:
        return None
    if _COUNT.fullmatch(bare) is None:
        raise UnreadableRow(f"Rad {place}: ”{cell}” är inte ett helt antal.")
    return int(bare)


def written_rows(rows: tuple[Statistic, ...]) -> str:
    """The rows as they are typed; ``read_rows`` gives them back."""
    return "\n".join(
        "; ".join(
            (row.label, *("–" if value is None else str(value) for value in (row.women, row.men, row.total)))
        )
        for row in rows
    )


def is_sum(row: Statistic) -> bool:
    """Whether the row is written as a sum of those above."""
    return row.label.strip().lower().startswith(("summa", "totalt", "samtliga"))


def total_of(row: Statistic) -> int | None:
    """The row's total: as written, else women and men together; None when neither is known."""
    if row.total is not None:
        return row.total
    return row.women + row.men if row.women is not None and row.men is not None else None


def summed(rows: tuple[Statistic, ...]) -> Statistic:
    """The sum of the rows; a column where something is not measured has no sum."""

    def of(column: list[int | None]) -> int | None:
        known = [value for value in column if value is not None]
        return sum(known) if len(known) == len(column) else None

    return Statistic(
        label="Summa",
        women=of([row.women for row in rows]),
        men=of([row.men for row in rows]),
        total=of([total_of(row) for row in rows]),
    )


def unreconciled(table: StatisticTable) -> tuple[str, ...]:
    """What does not add up, a sentence each: a total that is not women and men, a sum row that is not the sum."""
    told = [
        f"{row.label}: {number(row.women)} och {number(row.men)} är {number(row.women + row.men)}, inte"
        f" {number(row.total)}."
        for row in table.rows
        if row.total is not None
        and row.women is not None
        and row.men is not None
        and row.women + row.men != row.total
    ]
    if len(table.rows) < 2 or not is_sum(table.rows[-1]):
        return tuple(told)
    last, above = table.rows[-1], summed(table.rows[:-1])
    for name, wanted, found in (
        ("kvinnor", last.women, above.women),
        ("män", last.men, above.men),
        ("totalt", total_of(last), above.total),
    ):
        if wanted is not None and found is not None and found != wanted:
            told.append(f"{last.label}, {name}: raderna är {number(found)}, inte {number(wanted)}.")
    return tuple(told)

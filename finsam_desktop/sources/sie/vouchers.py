"""The vouchers of a SIE file, kept compact: a year of a large organisation has hundreds of thousands of rows.

Rows lie in arrays, one per field, and become values when asked for. Amounts are kept in whole öre.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import overload

#: Pairs of dimension and object code, as in {1 "100" 6 "P1"}.
Objects = tuple[tuple[int, str], ...]

TRANS, REMOVED, ADDED = 0, 1, 2


def kr(ore: int) -> Decimal:
    """Whole öre as kronor with two decimals."""
    return Decimal(ore).scaleb(-2)


def as_date(number: int) -> date | None:
    """20260831 as a day; None for 0."""
    return date(number // 10_000, number // 100 % 100, number % 100) if number else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transaction:
    """One row of a voucher. ``day`` is its own, else the voucher's. ``removed`` marks #BTRANS, which does not count.

    ``added`` marks #RTRANS: the row that follows it in the file is its copy and is not repeated here.
    """

    account: str
    amount: Decimal
    objects: Objects = ()
    day: date | None = None
    text: str = ""
    quantity: Decimal | None = None
    removed: bool = False
    added: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Voucher:
    """One voucher with its rows; ``line`` is where it stands in the file."""

    series: str
    number: str
    day: date | None
    text: str
    line: int
    transactions: tuple[Transaction, ...]

    @property
    def sum(self) -> Decimal:
        """What the rows that count add up to: 0 when debit and credit agree."""
        return sum((t.amount for t in self.transactions if not t.removed), Decimal())


class Rows:
    """The arrays while they grow; a reader appends, ``Vouchers`` reads."""

    def __init__(self) -> None:
        self.accounts: list[str] = []
        self.objects: list[Objects] = [()]
        self.account = array("I")
        self.object = array("I")
        self.ore = array("q")
        self.day = array("I")
        self.kind = array("B")
        self.text: list[str] = []
        self.quantity: dict[int, Decimal] = {}
        self.first = array("I")
        self.voucher_day = array("I")
        self.line = array("I")
        self.series: list[str] = []
        self.number: list[str] = []
        self.voucher_text: list[str] = []


class Vouchers(Sequence[Voucher]):
    """All vouchers in the file's order; a voucher is built when asked for."""

    def __init__(self, rows: Rows | None = None) -> None:
        self._rows = rows or Rows()

    def __len__(self) -> int:
        return len(self._rows.first)

    @overload
    def __getitem__(self, index: int) -> Voucher: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Voucher, ...]: ...
    def __getitem__(self, index: int | slice) -> Voucher | tuple[Voucher, ...]:
        if isinstance(index, slice):
            return tuple(self._voucher(place) for place in range(*index.indices(len(self))))
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        return self._voucher(index % len(self))

    def __iter__(self) -> Iterator[Voucher]:
        return (self._voucher(place) for place in range(len(self)))

    @property
    def row_count(self) -> int:
        """Rows that count: #TRANS, and #RTRANS that no copy follows."""
        return sum(kind != REMOVED for kind in self._rows.kind)

    @cached_property
    def sums(self) -> dict[tuple[str, int, Objects], int]:
        """Öre per account, month (202608; 0 without a day) and objects, of the rows that count."""
        rows = self._rows
        grouped: defaultdict[tuple[int, int, int], int] = defaultdict(int)
        for account, day, objects, ore, kind in zip(
            rows.account, rows.day, rows.object, rows.ore, rows.kind, strict=True
        ):
            if kind != REMOVED:
                grouped[account, day // 100, objects] += ore
        return {
            (rows.accounts[account], month, rows.objects[objects]): ore
            for (account, month, objects), ore in grouped.items()
        }

    def _voucher(self, place: int) -> Voucher:
        rows = self._rows
        first = rows.first[place]
        last = rows.first[place + 1] if place + 1 < len(rows.first) else len(rows.ore)
        return Voucher(
            series=rows.series[place],
            number=rows.number[place],
            day=as_date(rows.voucher_day[place]),
            text=rows.voucher_text[place],
            line=rows.line[place],
            transactions=tuple(
                Transaction(
                    account=rows.accounts[rows.account[row]],
                    amount=kr(rows.ore[row]),
                    objects=rows.objects[rows.object[row]],
                    day=as_date(rows.day[row]),
                    text=rows.text[row],
                    quantity=rows.quantity.get(row),
                    removed=rows.kind[row] == REMOVED,
                    added=rows.kind[row] == ADDED,
                )
                for row in range(first, last)
            ),
        )

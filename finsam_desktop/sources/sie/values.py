"""What a SIE file says, as frozen values. Amounts are kr to the öre with the bookkeeping's sign: debit +, credit −."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Final

from finsam_desktop.sources.sie.vouchers import Objects, Vouchers

#: Faults beyond this many are counted, not kept: a file that is no SIE file at all would have one per line.
MAX_FAULTS: Final = 1_000


class SieKind(StrEnum):
    """The five kinds of file (SIE filformat 4B, 4)."""

    YEAR = "1"
    PERIODS = "2"
    OBJECTS = "3"
    VOUCHERS = "4E"
    IMPORT = "4I"


class FaultLevel(StrEnum):
    """ERROR: an amount may be missing or wrong. WARNING: look at it. NOTE: good to know."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something the file has that it should not, in Swedish, with its line (0 when it concerns the whole file)."""

    line: int
    text: str
    level: FaultLevel = FaultLevel.WARNING

    def __str__(self) -> str:
        return f"Rad {self.line}: {self.text}" if self.line else self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account. ``kind`` is T, S, K or I (#KTYP), or "" when the file does not say."""

    number: str
    name: str = ""
    kind: str = ""
    unit: str = ""
    sru: tuple[str, ...] = ()

    @property
    def is_result(self) -> bool:
        """True for income and costs: by #KTYP, else by the account's class (3–9)."""
        return (
            self.kind in ("K", "I")
            if self.kind in ("T", "S", "K", "I")
            else self.number[:1] not in ("1", "2")
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """What objects of a number are, such as 1 Kostnadsställe; ``parent`` for an underdimension."""

    number: int
    name: str
    parent: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SieObject:
    """One object: a cost centre, a project."""

    dimension: int
    code: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FinancialYear:
    """Year 0 is the file's own, −1 the one before."""

    number: int
    start: date
    end: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """A balance at one moment: ``kind`` IB, UB, OIB, OUB, or RES for the whole year's result on an account."""

    kind: str
    year: int
    account: str
    amount: Decimal
    objects: Objects = ()
    quantity: Decimal | None = None
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodBalance:
    """The change of an account in a month (``period`` as 202608): ``kind`` PSALDO, or PBUDGET for the budget."""

    kind: str
    year: int
    period: int
    account: str
    amount: Decimal
    objects: Objects = ()
    quantity: Decimal | None = None
    line: int = 0


#: Dimensions that need not be declared (SIE filformat 4B, 8.17).
RESERVED_DIMENSIONS: Final = {
    1: Dimension(number=1, name="Kostnadsställe"),
    2: Dimension(number=2, name="Kostnadsbärare", parent=1),
    6: Dimension(number=6, name="Projekt"),
    7: Dimension(number=7, name="Anställd"),
    8: Dimension(number=8, name="Kund"),
    9: Dimension(number=9, name="Leverantör"),
    10: Dimension(number=10, name="Faktura"),
}


@dataclass(frozen=True, kw_only=True, eq=False)
class SieFile:
    """Everything read from one file, with the SHA-256 of its bytes.

    ``stated_type`` is what #SIETYP says; ``kind`` is what the content is. ``until`` is #OMFATTN. ``notes`` holds lines
    the specification does not know, as (line number, text). Nothing is corrected silently: see ``faults``.

    Books made of a workbook (mapped_books.py) have its ``sheet``; with ``only_accumulated`` they know the outcome from
    the year's first day only, and no part of it alone.
    """

    file_name: str
    sha256: str
    kind: SieKind
    stated_type: str = ""
    encoding: str = "ascii"
    company: str = ""
    organisation_number: str = ""
    company_type: str = ""
    program: str = ""
    generated: date | None = None
    until: date | None = None
    tax_year: str = ""
    currency: str = "SEK"
    plan_type: str = ""
    prose: str = ""
    already_imported: bool = False
    checksum_ok: bool | None = None
    years: tuple[FinancialYear, ...] = ()
    accounts: dict[str, Account] = field(default_factory=dict)
    dimensions: dict[int, Dimension] = field(default_factory=dict)
    objects: tuple[SieObject, ...] = ()
    balances: tuple[Balance, ...] = ()
    period_balances: tuple[PeriodBalance, ...] = ()
    vouchers: Vouchers = field(default_factory=Vouchers)
    notes: tuple[tuple[int, str], ...] = ()
    faults: tuple[Fault, ...] = ()
    more_faults: int = 0
    sheet: str = ""
    only_accumulated: bool = False

    def year(self, number: int = 0) -> FinancialYear | None:
        """The financial year with that number, or None."""
        return next((year for year in self.years if year.number == number), None)

    def account(self, number: str) -> Account:
        """The account; one without a name when the file does not declare it."""
        return self.accounts.get(number) or Account(number=number)

    @cached_property
    def months(self) -> tuple[int, ...]:
        """Months with an outcome in year 0, as 202608, in order."""
        year = self.year()
        found = {b.period for b in self.period_balances if b.kind == "PSALDO" and b.year == 0}
        found |= {month for _, month, _ in self.vouchers.sums}
        if year is not None:
            first, last = _month(year.start), _month(year.end)
            found = {month for month in found if first <= month <= last}
        return tuple(sorted(found - {0}))

    @property
    def errors(self) -> tuple[Fault, ...]:
        """Faults that may have cost an amount."""
        return tuple(fault for fault in self.faults if fault.level is FaultLevel.ERROR)


def _month(day: date) -> int:
    return day.year * 100 + day.month

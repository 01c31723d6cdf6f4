"""A workbook with accounts (huvudbok, saldolista, resultatrapport per konto) as bookkeeping, for the standard reports.

The tables are taken as recognised or corrected; what they say becomes a ``SieFile``, so that one way makes reports of
both. Amounts become kr with the bookkeeping's sign (debit +), whatever the sender's habit.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from finsam_desktop.domain.account_plan import AccountPlan
from finsam_desktop.domain.figures import UNIT_IN_KR, ColumnKind, ColumnRole, Period
from finsam_desktop.errors import UserError
from finsam_desktop.sources.account_plans import plan_for, standard_plans
from finsam_desktop.sources.cell_numbers import number_of
from finsam_desktop.sources.periods import find_day, month_of
from finsam_desktop.sources.recognition import RecognisedColumn, RecognisedTable
from finsam_desktop.sources.sie.values import (
    Account,
    Balance,
    Dimension,
    FinancialYear,
    PeriodBalance,
    SieFile,
    SieKind,
    SieObject,
)
from finsam_desktop.sources.sie.vouchers import Objects
from finsam_desktop.sources.workbook import Sheet, Workbook

#: A column of words that says which part of the association a row belongs to.
_PART: Final = re.compile(
    r"^(kst|kostnadsst|ansvar|projekt|proj\b|aktivitet|insats|team|samverkansplattform|plattform|verksamhet|objekt|dim)",
    re.IGNORECASE,
)
_WHOLE: Final = re.compile(r"^(totalt?|summa|s:a|sum|hela förbundet|alla)\b", re.IGNORECASE)
_OPENING: Final = re.compile(r"\b(ingående|ib|ing\.? ?balans|ing\.? ?saldo)\b", re.IGNORECASE)
_CLOSING: Final = re.compile(r"\b(utgående|ub|utg\.? ?balans|utg\.? ?saldo|saldo)\b", re.IGNORECASE)
_ACCOUNT: Final = re.compile(r"\s*(\d{3,6})(?:\D|$)")
#: The dimension that parts of a workbook stand in; SIE's number for kostnadsställe.
PART_DIMENSION: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    account: str
    name: str
    part: str
    amounts: dict[int, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """Which column of the sheet holds what; None for what it lacks."""

    outcome: int | None
    previous: int | None
    budget: int | None
    opening: int | None
    closing: int | None
    months: dict[int, int]
    parts: dict[int, str]


def has_accounts(table: RecognisedTable) -> bool:
    """Whether a table has what books can be made of: account numbers and amounts beside them."""
    return any(column.role is ColumnRole.ACCOUNT for column in table.columns) and any(
        column.kind is ColumnKind.AMOUNT for column in table.columns
    )


def mapped_books(
    workbook: Workbook, tables: Sequence[RecognisedTable], *, period: Period | None = None
) -> SieFile:
    """The accounts of ``tables`` as books. ``period`` is what the outcome covers, when the workbook does not say.

    UserError when no table has accounts, or the period is not known or does not begin with the year.
    """
    used = [table for table in tables if has_accounts(table)]
    if not used:
        raise UserError(
            f"{workbook.file_name} har ingen tabell med kontonummer och belopp.",
            advice="Rapporter efter kontoplan behöver en kolumn med konton. Välj kolumnen Konto i Tolkning.",
        )
    covered = period or _period(workbook, used)
    year = covered.end.year
    if covered.start != date(year, 1, 1):
        raise UserError(
            f"{workbook.file_name} har siffror från {covered.start}, inte från årets början.",
            advice="Ta ut rapporten från 1 januari, ackumulerat. Då kan rapporterna göras.",
        )
    made = _Books(year, covered.end.month)
    for table in used:
        made.take(workbook.sheet(table.sheet), table, workbook.file_name)
    return made.file(workbook, used, covered)


class _Books:
    """What the tables say, account by account."""

    def __init__(self, year: int, last_month: int) -> None:
        self._year = year
        self._last = year * 100 + last_month
        self._accounts: dict[str, str] = {}
        self._sums: defaultdict[tuple[str, int, int, str, Objects], Decimal] = defaultdict(Decimal)
        self._at: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
        self._parts: dict[str, None] = {}
        self._part_title = ""
        self._monthly = False

    def take(self, sheet: Sheet, table: RecognisedTable, file_name: str) -> None:
        layout = _layout(table)
        rows = _rows(sheet, table, layout, file_name)
        accounts = [(row.account, row.name) for row in rows]
        plan = plan_for(accounts, "", standard_plans())
        scale = UNIT_IN_KR[table.unit]
        signs = {column: _Signs(rows, column, plan) for column in {c for row in rows for c in row.amounts}}
        self._monthly = self._monthly or bool(layout.months)
        words = next((c for c in table.columns if _says_part(c)), None)
        self._part_title = self._part_title or (words.title if words else "Del" if layout.parts else "")

        def debit(row: _Row, column: int | None) -> Decimal:
            if column is None or column not in row.amounts:
                return Decimal()
            return row.amounts[column] * scale * signs[column](row.account)

        for row in rows:
            known = self._accounts.get(row.account, "")
            self._accounts[row.account] = known or row.name
            objects: Objects = ((PART_DIMENSION, row.part),) if row.part else ()
            if row.part:
                self._parts.setdefault(row.part)
            is_result = Account(number=row.account).is_result
            if not is_result and (layout.closing is not None or layout.opening is not None):
                opening = debit(row, layout.opening)
                closing = debit(row, layout.closing if layout.closing is not None else layout.outcome)
                self._at["IB", row.account] += opening
                self._at["UB", row.account] += closing
                self._sums["PSALDO", 0, self._last, row.account, objects] += closing - opening
                continue
            if layout.months:
                for column, month in layout.months.items():
                    self._sums["PSALDO", 0, self._year * 100 + month, row.account, objects] += debit(
                        row, column
                    )
            else:
                main = layout.outcome if layout.outcome is not None else layout.closing
                self._sums["PSALDO", 0, self._last, row.account, objects] += debit(row, main)
            for column, title in layout.parts.items():
                self._parts.setdefault(title)
                place = ((PART_DIMENSION, title),)
                self._sums["PSALDO", 0, self._last, row.account, place] += debit(row, column)
            if layout.previous is not None:
                self._sums["PSALDO", -1, self._last - 100, row.account, objects] += debit(
                    row, layout.previous
                )
            if layout.budget is not None:
                self._sums["PBUDGET", 0, self._year * 100 + 12, row.account, objects] += debit(
                    row, layout.budget
                )

    def file(self, workbook: Workbook, tables: Sequence[RecognisedTable], covered: Period) -> SieFile:
        accounts = {number: Account(number=number, name=name) for number, name in self._accounts.items()}
        years = tuple(
            FinancialYear(number=n, start=date(self._year + n, 1, 1), end=date(self._year + n, 12, 31))
            for n in (0, -1)
        )
        return SieFile(
            file_name=workbook.file_name,
            sha256=workbook.sha256,
            kind=SieKind.OBJECTS if self._parts else SieKind.PERIODS,
            until=covered.end,
            years=years,
            accounts=accounts,
            dimensions={PART_DIMENSION: Dimension(number=PART_DIMENSION, name=self._part_title)}
            if self._parts
            else {},
            objects=tuple(SieObject(dimension=PART_DIMENSION, code=part, name=part) for part in self._parts),
            balances=tuple(
                Balance(kind=kind, year=0, account=account, amount=amount)
                for (kind, account), amount in self._at.items()
            ),
            period_balances=tuple(
                PeriodBalance(
                    kind=kind, year=n, period=month, account=account, amount=amount, objects=objects
                )
                for (kind, n, month, account, objects), amount in self._sums.items()
            ),
            sheet=", ".join(dict.fromkeys(table.sheet for table in tables)),
            only_accumulated=not self._monthly,
        )


def _layout(table: RecognisedTable) -> _Layout:
    amounts = [column for column in table.columns if column.kind is ColumnKind.AMOUNT]
    opening = next((c for c in amounts if _OPENING.search(c.title)), None)
    closing = next((c for c in amounts if _CLOSING.search(c.title) and c is not opening), None)
    by_role = {column.role: column for column in reversed(amounts) if column not in (opening, closing)}
    months = {c.column: month for c in amounts if (month := month_of(c.title))}
    others = [
        c
        for c in amounts
        if c.role is ColumnRole.OTHER and c.column not in months and c not in (opening, closing)
    ]
    whole = next((c for c in others if _WHOLE.match(c.title)), None)
    outcome = by_role.get(ColumnRole.OUTCOME) or whole
    # Columns that say neither period nor role are parts of the association, when there are several beside a whole
    # or no outcome at all.
    parts = [c for c in others if c is not whole and not re.search(r"\d{4}", c.title)]
    named = len(parts) > 1 and (whole is not None or outcome is None)

    def place(column: RecognisedColumn | None) -> int | None:
        return column.column if column is not None else None

    return _Layout(
        outcome=place(outcome),
        previous=place(by_role.get(ColumnRole.PREVIOUS_OUTCOME)),
        budget=place(by_role.get(ColumnRole.BUDGET)),
        opening=place(opening),
        closing=place(closing),
        months=months if len(months) > 1 else {},
        parts={c.column: c.title for c in parts} if named else {},
    )


def _rows(sheet: Sheet, table: RecognisedTable, layout: _Layout, file_name: str) -> list[_Row]:
    account = next(c.column for c in table.columns if c.role is ColumnRole.ACCOUNT)
    label = next((c.column for c in table.columns if c.role is ColumnRole.LABEL), None)
    words = next((c.column for c in table.columns if _says_part(c)), None)
    wanted = {
        *layout.months, *layout.parts,
        *(c for c in (layout.outcome, layout.previous, layout.budget, layout.opening, layout.closing) if c),
    }  # fmt: skip
    rows = []
    for row in table.rows:
        # Only rows with an account count: what the sheet adds up would be counted twice.
        found = _ACCOUNT.match(str(sheet.cell(row.row, account).value or ""))
        if found is None:
            continue
        amounts = {}
        for column in sorted(wanted):
            cell = sheet.cell(row.row, column)
            if cell.error or cell.uncalculated:
                shown = cell.error or "en formel utan uträknat värde"
                raise UserError(
                    f"Cell {cell.address} på bladet {sheet.name} i {file_name} har {shown} i stället för ett belopp.",
                    advice="Öppna filen i Excel, rätta cellen, spara filen och lägg in den igen.",
                )
            if (number := number_of(cell)) is not None:
                amounts[column] = number
        text = str(sheet.cell(row.row, account).value or "").strip()
        name = str(sheet.cell(row.row, label).value or "").strip() if label else ""
        # "5010 Löner" in one cell: the name stands behind the number.
        name = name or text[found.end(1) :].strip(" -–:")
        part = str(sheet.cell(row.row, words).value or "").strip() if words else ""
        rows.append(_Row(account=found.group(1), name=name, part=part, amounts=amounts))
    return rows


def _says_part(column: RecognisedColumn) -> bool:
    return (
        column.role is ColumnRole.OTHER
        and column.kind is ColumnKind.TEXT
        and _PART.match(column.title) is not None
    )


class _Signs:
    """Turns a column's amounts to debit +. The sender's habit is told from the sums of income, costs and debts."""

    def __init__(self, rows: Iterable[_Row], column: int, plan: AccountPlan) -> None:
        self._plan = plan
        income = costs = assets = debts = Decimal()
        for row in rows:
            amount = row.amounts.get(column, Decimal())
            if Account(number=row.account).is_result:
                if self._is_income(row.account):
                    income += amount
                else:
                    costs += amount
            elif row.account.startswith("1"):
                assets += amount
            else:
                debts += amount
        # Income is credit: a negative sum is the bookkeeping's own sign. Without income, costs say it.
        self._income = 1 if income < 0 else -1
        self._costs = -1 if costs < 0 else 1
        self._debts = 1 if debts < 0 or (not debts and assets < 0) else -1

    def __call__(self, account: str) -> int:
        if Account(number=account).is_result:
            return self._income if self._is_income(account) else self._costs
        return 1 if account.startswith("1") else self._debts

    def _is_income(self, account: str) -> bool:
        post = self._plan.post(account)
        return post.is_income if post is not None and post.in_result else account.startswith("3")


def _period(workbook: Workbook, tables: Sequence[RecognisedTable]) -> Period:
    for table in tables:
        if table.period is not None:
            return table.period
    texts = [
        text for table in tables for text in (table.title, *(c.title for c in table.columns), table.sheet)
    ]
    texts += [
        str(cell.value)
        for table in tables
        for row in range(1, table.top)
        for cell in workbook.sheet(table.sheet).row(row)
        if cell.value is not None
    ]
    days = [day for text in texts if (day := find_day(text))]
    # The day a report was printed is often there too: the last day of a month is the report's own.
    ends = [day for day in days if (day + timedelta(days=1)).day == 1]
    if not ends:
        raise UserError(
            f"{workbook.file_name} säger inte vilken period siffrorna gäller.",
            advice="Skriv perioden på en rad över tabellen, till exempel januari–augusti 2026, och spara filen.",
        )
    return Period(start=date(max(ends).year, 1, 1), end=max(ends))

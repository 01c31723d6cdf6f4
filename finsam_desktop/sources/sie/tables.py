"""A bookkeeping file as sheets with a result report and a balance report by account, one pair for each period.

The sheets go the same way as a stranger's workbook: seen, corrected, set into an item, compared, read again. Amounts
are kr with the report's sign: income and liabilities positive, costs negative.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from finsam_desktop.domain.account_plan import AccountPlan, StatementPost
from finsam_desktop.domain.figures import (
    ColumnKind,
    ColumnRole,
    Origin,
    Period,
    Post,
    Purpose,
    RowKind,
    Unit,
)
from finsam_desktop.sources.account_plans import plan_for, standard_plans
from finsam_desktop.sources.number_formats import GENERAL
from finsam_desktop.sources.periods import period_text, short_period_text, year_before
from finsam_desktop.sources.recognition import RecognisedColumn, RecognisedRow, RecognisedTable
from finsam_desktop.sources.sie.balances import AccountBalance, accumulated, balances, latest_tertial
from finsam_desktop.sources.sie.values import SieFile, SieKind
from finsam_desktop.sources.workbook import RawValue, Sheet, Workbook

RESULT: Final = "Resultat"
BALANCE: Final = "Balans"
_OTHER: Final = "Konton utanför kontoplanen"
_AMOUNT: Final = "#,##0.00"
_HEADER_ROW: Final = 4
_SHOWN_FAULTS: Final = 12


def sie_workbook(sie: SieFile, plan: AccountPlan | None = None) -> Workbook:
    """The file's reports as a workbook: sheets "Resultat T2" and "Balans T2", the latest period first.

    Without ``plan`` the account plan is told from the file. A file of type 1 gets the whole year's only, and a remark
    that says why.
    """
    if plan is None:
        accounts = ((account.number, account.name) for account in sie.accounts.values())
        plan = plan_for(accounts, sie.plan_type, standard_plans())
    latest = latest_tertial(sie)
    sheets: list[Sheet] = []
    for number in range(latest, 0, -1) if sie.months else (3,):
        period = accumulated(sie, number)
        found = balances(sie, period)
        name = "helår" if number == 3 else f"T{number}"
        sheets += [
            sheet
            for sheet in (_result(sie, found, period, plan, name), _balance(sie, found, period, plan, name))
            if sheet is not None
        ]
    first = sheets[0].name.partition(" ")[2] if sheets else ""
    return Workbook(
        file_name=sie.file_name,
        sha256=sie.sha256,
        sheets=tuple(sheets),
        origin=Origin.BOOKKEEPING,
        remarks=_remarks(sie, plan),
        usual_sheets=tuple(sheet.name for sheet in sheets if sheet.name.partition(" ")[2] == first),
    )


def _remarks(sie: SieFile, plan: AccountPlan) -> tuple[str, ...]:
    said = []
    if sie.kind is SieKind.YEAR:
        said.append(
            "Filen är av SIE typ 1 och har bara saldon för hela året, så den kan inte ge tertialsiffror. "
            "Be om en SIE-fil av typ 4."
        )
    if sie.kind is SieKind.IMPORT:
        said.append(
            "Filen har bara verifikationer och inga ingående balanser (SIE 4I). Balansrapporten utgår."
        )
    said += [str(fault) for fault in (*sie.errors, *(f for f in sie.faults if f not in sie.errors))][
        :_SHOWN_FAULTS
    ]
    left = len(sie.faults) - _SHOWN_FAULTS + sie.more_faults
    if left > 0:
        said.append(f"Och {left} anmärkningar till om filen.")
    said.append(f"Kontona är grupperade efter kontoplanen {plan.name}.")
    return tuple(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """A column of figures: how to take it from an account, its sign, and what its place is called."""

    title: str
    role: ColumnRole
    of: Callable[[AccountBalance], Decimal | None]
    when: str


class _Sheet:
    """The rows of one sheet as they grow."""

    def __init__(self, lines: Sequence[str], columns: Sequence[_Column]) -> None:
        self._columns = columns
        self._width = len(columns) + 2
        self._values: list[tuple[RawValue, ...]] = [(line,) for line in lines]
        self._values.append(("Konto", "Benämning", *(column.title for column in columns)))
        self._rows: list[RecognisedRow] = []
        self._places: dict[tuple[int, int], str] = {}

    def heading(self, text: str, *, is_cost: bool = False) -> None:
        self._values.append((None, text))
        self._note(RowKind.HEADING, Post.NONE, is_cost)

    def row(
        self, account: str, label: str, amounts: Sequence[Decimal | None], where: str, *,
        kind: RowKind = RowKind.ROW, post: Post = Post.NONE, is_cost: bool = False,
    ) -> None:  # fmt: skip
        """``where`` is the account or accounts that the figures come from."""
        self._values.append((account or None, label, *amounts))
        number = len(self._values)
        self._places[number, 1] = self._places[number, 2] = where
        for place, column in enumerate(self._columns, start=3):
            self._places[number, place] = f"{where} {column.when}"
        self._note(kind, post, is_cost)

    def _note(self, kind: RowKind, post: Post, is_cost: bool) -> None:
        self._rows.append(RecognisedRow(row=len(self._values), kind=kind, post=post, is_cost=is_cost))

    def sheet(self, name: str, title: str, purpose: Purpose, period: Period) -> Sheet:
        columns = (
            RecognisedColumn(column=1, title="Konto", role=ColumnRole.ACCOUNT, kind=ColumnKind.TEXT),
            RecognisedColumn(column=2, title="Benämning", role=ColumnRole.LABEL, kind=ColumnKind.TEXT),
            *(
                RecognisedColumn(column=place, title=column.title, role=column.role, kind=ColumnKind.AMOUNT)
                for place, column in enumerate(self._columns, start=3)
            ),
        )
        table = RecognisedTable(
            sheet=name, top=_HEADER_ROW, left=1, bottom=len(self._values), right=self._width,
            header_rows=(_HEADER_ROW,), columns=columns, rows=tuple(self._rows), title=title, purpose=purpose,
            unit=Unit.KR, period=period,
        )  # fmt: skip
        return Sheet(
            name=name,
            values=tuple(self._values),
            styles=tuple(
                array("H", [0, 0, *[1] * (len(row) - 2)]) if len(row) > 2 else None for row in self._values
            ),
            formats=(GENERAL, _AMOUNT),
            table=table,
            places=self._places,
        )


def _result(
    sie: SieFile, found: Iterable[AccountBalance], period: Period, plan: AccountPlan, name: str
) -> Sheet | None:
    # The account that moves the year's result to equity would make every closed year's result nothing.
    wanted = [balance for balance in found if balance.is_result and not _is_transfer(balance, plan)]
    columns = [_Column(title=f"Utfall {short_period_text(period)}", role=ColumnRole.OUTCOME,
                       of=lambda b: _turned(b.accumulated), when=f"{period.end:%Y-%m-%d}")]  # fmt: skip
    if any(balance.previous_accumulated for balance in wanted):
        before = Period(start=year_before(period.start), end=year_before(period.end))
        columns.append(_Column(title=f"Utfall {short_period_text(before)}", role=ColumnRole.PREVIOUS_OUTCOME,
                               of=lambda b: _turned(b.previous_accumulated),
                               when=f"{before.end:%Y-%m-%d}"))  # fmt: skip
    if any(balance.budget for balance in wanted):
        columns.append(_Column(title=f"Budget {period.end.year}", role=ColumnRole.BUDGET,
                               of=lambda b: _turned(b.budget), when=f"budget {period.end.year}"))  # fmt: skip
    shown = [balance for balance in wanted if any(column.of(balance) for column in columns)]
    if not shown:
        return None
    title = f"Resultatrapport {period_text(period)}"
    made = _Sheet((title, _owner(sie), "Belopp i kr"), columns)
    sums: list[list[Decimal | None]] = []
    for is_cost, what, post in ((False, "intäkter", Post.INCOME), (True, "kostnader", Post.COSTS)):
        part = [balance for balance in shown if _is_cost(balance, plan) is is_cost]
        if part:
            made.heading(what.capitalize(), is_cost=is_cost)
            for heading, accounts in _grouped(part, plan):
                made.heading(heading, is_cost=is_cost)
                _add_accounts(made, accounts, columns, is_cost=is_cost)
        sums.append(_sums(part, columns))
        made.row("", f"Summa {what}", sums[-1], _range(part), kind=RowKind.SUM, post=post, is_cost=is_cost)
    result = [_plus(one, other) for one, other in zip(*sums, strict=True)]
    made.row("", "Resultat", result, _range(shown), kind=RowKind.TOTAL, post=Post.RESULT)
    return made.sheet(f"{RESULT} {name}", title, Purpose.INCOME_STATEMENT, period)


def _balance(
    sie: SieFile, found: Sequence[AccountBalance], period: Period, plan: AccountPlan, name: str
) -> Sheet | None:
    if not any(balance.opening or balance.previous_closing for balance in found) and not _has_closing(sie):
        return None
    year = sie.year()
    columns = [_Column(title=f"{period.end:%Y-%m-%d}", role=ColumnRole.OUTCOME, of=lambda b: b.closing,
                       when=f"{period.end:%Y-%m-%d}")]  # fmt: skip
    if year is not None and any(balance.previous_closing for balance in found):
        last = year_before(year.end)
        columns.append(_Column(title=f"{last:%Y-%m-%d}", role=ColumnRole.PREVIOUS_OUTCOME,
                               of=lambda b: None if b.is_result else b.previous_closing or Decimal(),
                               when=f"{last:%Y-%m-%d}"))  # fmt: skip
    shown = [b for b in found if not b.is_result and any(column.of(b) for column in columns)]
    if not shown:
        return None
    title = f"Balansrapport {period.end:%Y-%m-%d}"
    made = _Sheet((title, _owner(sie), "Belopp i kr"), columns)
    assets = [balance for balance in shown if _is_asset(balance, plan)]
    equity = [balance for balance in shown if balance not in assets and _is_equity(balance, plan)]
    debts = [balance for balance in shown if balance not in assets and balance not in equity]
    made.heading("Tillgångar")
    for heading, accounts in _grouped(assets, plan):
        made.heading(heading)
        _add_accounts(made, accounts, columns)
    made.row(
        "",
        "Summa tillgångar",
        _sums(assets, columns),
        _range(assets),
        kind=RowKind.SUM,
        post=Post.TOTAL_ASSETS,
    )
    turned = [_turned_column(column) for column in columns]
    made.heading("Eget kapital")
    _add_accounts(made, equity, turned)
    # Until the year is closed, its result lies on the result accounts and not yet in equity.
    results = [balance for balance in found if balance.is_result]
    unbooked = [_turned(sum((b.accumulated for b in results), Decimal())), *[None] * (len(columns) - 1)]
    own = _sums(equity, turned)
    if unbooked[0]:
        begun = any(b.accumulated and _is_transfer(b, plan) for b in results)
        label = "Resultat som inte är bokfört mot eget kapital" if begun else "Periodens resultat"
        made.row("", label, unbooked, _range(results), post=Post.NONE if begun else Post.RESULT)
        own = [_plus(one, other) for one, other in zip(own, unbooked, strict=True)]
    made.row("", "Summa eget kapital", own, _range(equity), kind=RowKind.SUM, post=Post.CLOSING_EQUITY)
    for heading, accounts in _grouped(debts, plan):
        made.heading(heading)
        _add_accounts(made, accounts, turned)
    total = [_plus(one, other) for one, other in zip(own, _sums(debts, turned), strict=True)]
    made.row("", "Summa eget kapital och skulder", total, _range([*equity, *debts]), kind=RowKind.TOTAL,
             post=Post.TOTAL_EQUITY_AND_LIABILITIES)  # fmt: skip
    return made.sheet(f"{BALANCE} {name}", title, Purpose.BALANCE_SHEET, period)


def _add_accounts(
    made: _Sheet, accounts: Iterable[AccountBalance], columns: Sequence[_Column], *, is_cost: bool = False
) -> None:
    for balance in accounts:
        amounts = [column.of(balance) for column in columns]
        made.row(balance.account, balance.name or f"Konto {balance.account}", amounts, f"konto {balance.account}",
                 is_cost=is_cost)  # fmt: skip


def _grouped(
    accounts: Iterable[AccountBalance], plan: AccountPlan
) -> Iterable[tuple[str, list[AccountBalance]]]:
    """The accounts under the plan's headings, in the plan's order; those it leaves out last."""
    groups: dict[str, list[AccountBalance]] = {group.title: [] for group in plan.groups}
    for balance in accounts:
        group = plan.group(balance.account)
        groups.setdefault(group.title if group else _OTHER, []).append(balance)
    return [(title, members) for title, members in groups.items() if members]


def _is_cost(balance: AccountBalance, plan: AccountPlan) -> bool:
    post = plan.post(balance.account)
    return not post.is_income if post and post.in_result else not balance.account.startswith("3")


def _is_transfer(balance: AccountBalance, plan: AccountPlan) -> bool:
    return plan.post(balance.account) is StatementPost.RESULT_TRANSFER


def _is_asset(balance: AccountBalance, plan: AccountPlan) -> bool:
    post = plan.post(balance.account)
    return post.is_asset if post and not post.in_result else balance.account.startswith("1")


def _is_equity(balance: AccountBalance, plan: AccountPlan) -> bool:
    return plan.post(balance.account) is StatementPost.EQUITY


def _sums(accounts: Iterable[AccountBalance], columns: Sequence[_Column]) -> list[Decimal | None]:
    rows = list(accounts)
    return [sum((column.of(balance) or Decimal() for balance in rows), Decimal()) for column in columns]


def _turned_column(column: _Column) -> _Column:
    return _Column(title=column.title, role=column.role, of=lambda b: _turned(column.of(b)), when=column.when)


def _turned(amount: Decimal | None) -> Decimal | None:
    # Not -amount: that of nothing would be printed as minus nothing.
    return None if amount is None else Decimal() - amount


def _plus(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return one if other is None else other if one is None else one + other


def _range(accounts: Sequence[AccountBalance]) -> str:
    numbers = sorted(balance.account for balance in accounts)
    if not numbers:
        return "konto"
    return f"konto {numbers[0]}" + (f"–{numbers[-1]}" if len(numbers) > 1 else "")


def _owner(sie: SieFile) -> str:
    return ", ".join(part for part in (sie.company, sie.organisation_number) if part) or sie.file_name


def _has_closing(sie: SieFile) -> bool:
    return any(balance.kind in ("IB", "UB") for balance in sie.balances)

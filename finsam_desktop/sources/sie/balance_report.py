"""Balansrapport out of a bookkeeping file: posts by the account plan, the year's end before beside them (LKBR 6:2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from finsam_desktop.domain.account_plan import AccountPlan, StatementPost
from finsam_desktop.domain.figures import (
    ColumnKind,
    ColumnRole,
    FigureCell,
    FigureColumn,
    FigureRow,
    FigureSource,
    FigureTable,
    Origin,
    Period,
    Post,
    Purpose,
    RowKind,
    Unit,
)
from finsam_desktop.sources.sie.balances import AccountBalance, accumulated, balances
from finsam_desktop.sources.sie.report_lines import kr_text, turned
from finsam_desktop.sources.sie.values import SieFile

_OUTSIDE: Final = "Konton utanför kontoplanen"
_SHOWN: Final = 5
_FIXED: Final = (
    StatementPost.INTANGIBLE_ASSETS, StatementPost.TANGIBLE_ASSETS, StatementPost.FINANCIAL_ASSETS,
)  # fmt: skip
_CURRENT: Final = (
    StatementPost.STOCKS, StatementPost.RECEIVABLES, StatementPost.SHORT_INVESTMENTS, StatementPost.CASH,
)  # fmt: skip

_Amounts = tuple[Decimal | None, Decimal | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Days:
    now: date
    before: date
    has_before: bool


def balance_report(
    sie: SieFile, found: Sequence[AccountBalance], day: date, plan: AccountPlan, *, previous: SieFile | None,
    sheet: str, whole_year: bool, read_on: date,
) -> FigureTable | None:  # fmt: skip
    """The balance on ``day`` and at the last year's end, in kr; None for a file without balances.

    Equity at the year's start, the result and equity now stand as rows of their own. What was booked straight against
    equity during the year is shown too, and not hidden in the result.
    """
    year = sie.year()
    if year is None or not any(b.kind in ("IB", "UB") for b in sie.balances):
        return None
    has_opening = any(b.opening for b in found)
    shown = [b for b in found if not b.is_result]
    days = _Days(
        now=day, before=year.start - timedelta(days=1),
        has_before=has_opening or any(b.previous_closing for b in shown),
    )  # fmt: skip

    def at_end(balance: AccountBalance) -> Decimal:
        # The year's opening is last year's end by definition; only without it is last year's own figure taken.
        return balance.opening if has_opening else balance.previous_closing or Decimal()

    rows = _Rows(days)
    groups = _grouped(shown, plan)
    asset_rows: list[AccountBalance] = []
    rows.heading("Tillgångar")
    for posts, label in ((_FIXED, "Anläggningstillgångar"), ((StatementPost.INFRASTRUCTURE,), ""),
                         (_CURRENT, "Omsättningstillgångar"), ((None,), "")):  # fmt: skip
        part = [entry for entry in groups if entry[0] in posts and _is_asset(entry[0], entry[2])]
        for _, title, accounts in part:
            rows.row(title, accounts, _both(accounts, at_end))
        members = [b for _, _, accounts in part for b in accounts]
        asset_rows += members
        if label and members:
            rows.row(label, members, _both(members, at_end), kind=RowKind.SUM)
    rows.row(
        "Summa tillgångar", asset_rows, _both(asset_rows, at_end), kind=RowKind.SUM, post=Post.TOTAL_ASSETS
    )

    rows.heading("Eget kapital, avsättningar och skulder")
    equity = [b for post, _, accounts in groups if post is StatementPost.EQUITY for b in accounts]
    results = [b for b in found if b.is_result]
    # The account that moves the result to equity is no result: without this a closed year would have none.
    earned = [b for b in results if plan.post(b.account) is not StatementPost.RESULT_TRANSFER]
    opening = -_sum(b.opening for b in equity) + Decimal()
    result = -_sum(b.accumulated for b in earned) + Decimal()
    closing = -_sum(b.closing for b in equity) - _sum(b.accumulated for b in results) + Decimal()
    closing_before = -_sum(at_end(b) for b in equity) + Decimal()
    start_before, result_before = _last_year(sie, previous, plan)
    rows.row("Eget kapital vid årets början", equity, (opening, start_before), post=Post.OPENING_EQUITY)
    rows.row(
        "Årets resultat" if whole_year else "Periodens resultat",
        earned,
        (result, result_before),
        post=Post.RESULT,
    )
    other = closing - opening - result
    if other:
        rows.row("Bokfört direkt mot eget kapital", equity, (other, None))
    end = "Eget kapital vid årets slut" if whole_year else "Eget kapital vid periodens slut"
    rows.row(end, [*equity, *earned], (closing, closing_before), kind=RowKind.SUM, post=Post.CLOSING_EQUITY)
    debts: list[AccountBalance] = []
    for post, title, accounts in groups:
        if post is StatementPost.EQUITY or _is_asset(post, accounts):
            continue
        rows.row(title, accounts, _turned(_both(accounts, at_end)))
        debts += accounts
    now, before = _turned(_both(debts, at_end))
    assert now is not None
    assert before is not None
    rows.row("Summa eget kapital, avsättningar och skulder", [*equity, *earned, *debts],
             (closing + now, closing_before + before), kind=RowKind.TOTAL,
             post=Post.TOTAL_EQUITY_AND_LIABILITIES)  # fmt: skip
    numbers = sorted(b.account for b in shown)
    return FigureTable(
        title=f"Balans {day:%Y-%m-%d}", purpose=Purpose.BALANCE_SHEET, columns=rows.columns(), rows=tuple(rows.rows),
        source_unit=Unit.KR, unit=Unit.TKR,
        source=FigureSource(
            file_name=sie.file_name, sha256=sie.sha256, sheet=sheet,
            cells=f"konto {numbers[0]}–{numbers[-1]}" if numbers else "", read_on=read_on, origin=Origin.BOOKKEEPING,
        ),
        period=Period(start=year.start, end=day),
    )  # fmt: skip


def continuity(sie: SieFile, previous: SieFile | None) -> tuple[str, ...]:
    """Where this year's opening balance is not last year's closing one, account by account.

    Without ``previous`` the file's own figures for last year are held against its opening ones.
    """
    source, number = (previous, 0) if previous is not None else (sie, -1)
    ended = {
        b.account: b.amount for b in source.balances if b.kind == "UB" and b.year == number and not b.objects
    }
    begun = {b.account: b.amount for b in sie.balances if b.kind == "IB" and b.year == 0 and not b.objects}
    if not ended or not begun:
        return ()
    told = [
        f"Konto {account}: ingående balans {kr_text(begun.get(account, Decimal()))}, förra årets utgående "
        f"{kr_text(ended.get(account, Decimal()))}."
        for account in sorted({*ended, *begun})
        if begun.get(account, Decimal()) != ended.get(account, Decimal())
    ]
    left = len(told) - _SHOWN
    return (*told[:_SHOWN], *((f"Och {left} konton till.",) if left > 0 else ()))


class _Rows:
    """The rows with one or two amounts each."""

    def __init__(self, days: _Days) -> None:
        self._days = days
        self.rows: list[FigureRow] = []

    def heading(self, text: str) -> None:
        blank = [FigureCell()] * (2 if self._days.has_before else 1)
        self.rows.append(FigureRow(cells=(FigureCell(text=text), *blank), kind=RowKind.HEADING))

    def row(
        self, label: str, accounts: Sequence[AccountBalance], amounts: _Amounts, *, kind: RowKind = RowKind.ROW,
        post: Post = Post.NONE,
    ) -> None:  # fmt: skip
        if kind is RowKind.ROW and post is Post.NONE and not any(amounts):
            return
        numbers = sorted(b.account for b in accounts)
        where = (
            f"konto {numbers[0]}" + (f"–{numbers[-1]}" if len(numbers) > 1 else "") if numbers else "konto"
        )
        days = (self._days.now, self._days.before) if self._days.has_before else (self._days.now,)
        self.rows.append(FigureRow(
            cells=(
                FigureCell(text=label, address=where),
                *(FigureCell(amount=amount, address=f"{where} {day}")
                  for amount, day in zip(amounts, days, strict=False)),
            ),
            kind=kind, post=post,
        ))  # fmt: skip

    def columns(self) -> tuple[FigureColumn, ...]:
        now = FigureColumn(title=f"{self._days.now}", role=ColumnRole.OUTCOME, kind=ColumnKind.AMOUNT)
        before = FigureColumn(
            title=f"{self._days.before}", role=ColumnRole.PREVIOUS_OUTCOME, kind=ColumnKind.AMOUNT
        )
        label = FigureColumn(title="Post", role=ColumnRole.LABEL)
        return (label, now, before) if self._days.has_before else (label, now)


def _last_year(sie: SieFile, previous: SieFile | None, plan: AccountPlan) -> _Amounts:
    """Equity at last year's start and last year's result, both or neither: half of them would not add up."""
    source, number = (previous, 0) if previous is not None else (sie, -1)
    started = [
        b.amount for b in source.balances
        if b.kind == "IB" and b.year == number and not b.objects and plan.post(b.account) is StatementPost.EQUITY
    ]  # fmt: skip
    year = balances(sie, accumulated(sie, 3), previous=previous)
    earned = [
        b.previous_accumulated for b in year
        if b.is_result and b.previous_accumulated is not None
        and plan.post(b.account) is not StatementPost.RESULT_TRANSFER
    ]  # fmt: skip
    if not started or not earned:
        return None, None
    return turned(sum(started, Decimal())), turned(sum(earned, Decimal()))


def _grouped(
    shown: Iterable[AccountBalance], plan: AccountPlan
) -> list[tuple[StatementPost | None, str, list[AccountBalance]]]:
    """Balance accounts under the plan's headings in the order of the law's posts; those it leaves out by class."""
    groups: dict[tuple[StatementPost | None, str], list[AccountBalance]] = {
        (group.post, group.title): []
        for group in sorted(plan.groups, key=lambda g: list(StatementPost).index(g.post))
        if not group.post.in_result
    }
    for balance in shown:
        group = plan.group(balance.account)
        if group is not None and not group.post.in_result:
            groups[group.post, group.title].append(balance)
        else:
            side = "tillgångar" if balance.account.startswith("1") else "skulder"
            groups.setdefault((None, f"{_OUTSIDE}, {side}"), []).append(balance)
    return [(post, title, accounts) for (post, title), accounts in groups.items() if accounts]


def _is_asset(post: StatementPost | None, accounts: Sequence[AccountBalance]) -> bool:
    return post.is_asset if post is not None else accounts[0].account.startswith("1")


def _both(accounts: Sequence[AccountBalance], at_end: Callable[[AccountBalance], Decimal]) -> _Amounts:
    return _sum(b.closing for b in accounts), _sum(at_end(b) for b in accounts)


def _turned(amounts: _Amounts) -> _Amounts:
    return turned(amounts[0]), turned(amounts[1])


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal())

"""Which post of the statements an account belongs to: an association's account plan as ranges of account numbers."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class StatementPost(StrEnum):
    """The posts of resultaträkning and balansräkning (LKBR 5 kap. 2 § and 6 kap. 2 §), in the law's order."""

    OPERATING_INCOME = "verksamhetens intäkter"
    OPERATING_COSTS = "verksamhetens kostnader"
    DEPRECIATION = "avskrivningar"
    TAX_INCOME = "skatteintäkter"
    STATE_GRANTS = "generella statsbidrag och utjämning"
    FINANCIAL_INCOME = "finansiella intäkter"
    FINANCIAL_COSTS = "finansiella kostnader"
    EXTRAORDINARY = "extraordinära poster"
    RESULT_TRANSFER = "årets resultat"
    INTANGIBLE_ASSETS = "immateriella anläggningstillgångar"
    TANGIBLE_ASSETS = "materiella anläggningstillgångar"
    FINANCIAL_ASSETS = "finansiella anläggningstillgångar"
    INFRASTRUCTURE = "bidrag till infrastruktur"
    STOCKS = "förråd"
    RECEIVABLES = "fordringar"
    SHORT_INVESTMENTS = "kortfristiga placeringar"
    CASH = "kassa och bank"
    EQUITY = "eget kapital"
    PROVISIONS = "avsättningar"
    LONG_DEBTS = "långfristiga skulder"
    SHORT_DEBTS = "kortfristiga skulder"

    @property
    def in_result(self) -> bool:
        """True for posts of the resultaträkning."""
        return self in _RESULT

    @property
    def is_asset(self) -> bool:
        """True for the assets of the balansräkning."""
        return self in _ASSETS

    @property
    def is_income(self) -> bool:
        """True for posts of the resultaträkning that raise the result."""
        return self in _INCOME


_INCOME = frozenset((
    StatementPost.OPERATING_INCOME, StatementPost.TAX_INCOME, StatementPost.STATE_GRANTS,
    StatementPost.FINANCIAL_INCOME,
))  # fmt: skip
_RESULT = _INCOME | {
    StatementPost.OPERATING_COSTS, StatementPost.DEPRECIATION, StatementPost.FINANCIAL_COSTS,
    StatementPost.EXTRAORDINARY, StatementPost.RESULT_TRANSFER,
}  # fmt: skip
_ASSETS = frozenset((
    StatementPost.INTANGIBLE_ASSETS, StatementPost.TANGIBLE_ASSETS, StatementPost.FINANCIAL_ASSETS,
    StatementPost.INFRASTRUCTURE, StatementPost.STOCKS, StatementPost.RECEIVABLES,
    StatementPost.SHORT_INVESTMENTS, StatementPost.CASH,
))  # fmt: skip


def account_key(number: str) -> int | None:
    """The account's place in a plan of four digits: 30101 stands with 3010, 30 with 3000; None for no number."""
    if not (number.isascii() and number.isdecimal()):
        return None
    return int(number[:4].ljust(4, "0"))


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountGroup:
    """Accounts that are shown under one heading. ``ranges`` are first and last number in four digits, inclusive."""

    title: str
    post: StatementPost
    ranges: tuple[tuple[int, int], ...]


@dataclass(frozen=True, kw_only=True)
class AccountPlan:
    """A plan of accounts. ``plan_types`` are the names that bookkeeping files give it (#KPTYP), in capitals."""

    name: str
    groups: tuple[AccountGroup, ...]
    plan_types: tuple[str, ...] = ()

    def group(self, account: str) -> AccountGroup | None:
        """The group that the account belongs to, or None when the plan leaves it out."""
        key = account_key(account)
        if key is None:
            return None
        firsts, entries = self._sorted
        place = bisect_right(firsts, key) - 1
        if place < 0 or entries[place][1] < key:
            return None
        return entries[place][2]

    def post(self, account: str) -> StatementPost | None:
        """The post of the statements that the account belongs to, or None when the plan leaves it out."""
        group = self.group(account)
        return group.post if group else None

    @cached_property
    def _sorted(self) -> tuple[list[int], list[tuple[int, int, AccountGroup]]]:
        entries = sorted(
            ((first, last, group) for group in self.groups for first, last in group.ranges),
            key=lambda entry: entry[0],
        )
        return [entry[0] for entry in entries], entries

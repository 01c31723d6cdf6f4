"""Which post of the statements an account belongs to: an association's account plan as ranges of account numbers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import Final

_RANGE: Final = re.compile(r"(\d{1,6})\s*(?:[-–]\s*(\d{1,6}))?$", re.ASCII)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedAccount:
    """Where an account falls: the title and post of its group, "" and None when the plan leaves it out."""

    number: str
    name: str
    title: str = ""
    post: StatementPost | None = None


def placed(plan: AccountPlan, accounts: Iterable[tuple[str, str]]) -> tuple[PlacedAccount, ...]:
    """Each (number, name) with the group it falls in, by number."""
    found = []
    for number, name in sorted(accounts):
        group = plan.group(number)
        found.append(
            PlacedAccount(
                number=number,
                name=name,
                title=group.title if group else "",
                post=group.post if group else None,
            )
        )
    return tuple(found)


def range_of(text: str) -> tuple[int, int] | None:
    """ "5000-5999", "51" or "7105" as first and last number in four digits; None when it is neither.

    A range that is written backwards comes back as it is written, so that it can be told.
    """
    found = _RANGE.match(text.strip())
    if found is None:
        return None
    first, last = found.group(1), found.group(2) or found.group(1)
    return int(first[:4].ljust(4, "0")), int(last[:4].ljust(4, "9"))


def range_text(first: int, last: int) -> str:
    """ "5000-5999", or "7105" for one account."""
    return f"{first:04}" if first == last else f"{first:04}-{last:04}"


def ranges_text(group: AccountGroup) -> str:
    """The accounts of a group as a person writes them: "5000-5999, 7105"."""
    return ", ".join(range_text(first, last) for first, last in group.ranges)


def overlap(groups: Iterable[AccountGroup]) -> tuple[int, int, int] | None:
    """An account that belongs to two groups, with their places, the lower accounts' first; None when there is none."""
    entries = sorted(
        (first, last, place) for place, group in enumerate(groups) for first, last in group.ranges
    )
    for (_, last, one), (first, _, other) in pairwise(entries):
        if first <= last:
            return first, one, other
    return None


def with_group(plan: AccountPlan, group: AccountGroup, place: int | None = None) -> AccountPlan:
    """The plan with a group set at ``place`` instead of the one there, or added last."""
    groups = list(plan.groups)
    if place is None:
        groups.append(group)
    else:
        groups[place] = group
    return replace(plan, groups=tuple(groups))


def without_group(plan: AccountPlan, place: int) -> AccountPlan:
    """The plan without the group at ``place``; its accounts are then shown for themselves."""
    return replace(plan, groups=(*plan.groups[:place], *plan.groups[place + 1 :]))


def with_group_moved(plan: AccountPlan, place: int, to: int) -> AccountPlan:
    """The plan with the group at ``place`` standing at ``to``: the order of the groups is the report's."""
    groups = list(plan.groups)
    groups.insert(to, groups.pop(place))
    return replace(plan, groups=tuple(groups))

"""What each account has come to in a period: outcome, last year's, budget, opening and closing balance."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finsam_desktop.domain.figures import Period
from finsam_desktop.errors import UserError
from finsam_desktop.sources.periods import period_text
from finsam_desktop.sources.sie.values import FinancialYear, SieFile, SieKind
from finsam_desktop.sources.sie.vouchers import Objects, kr


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountBalance:
    """One account in kr with the bookkeeping's sign (debit +, credit −). None where the file does not say.

    ``outcome`` is the change within the period, ``accumulated`` from the year's first day to the period's last, and
    ``closing`` the balance then. ``previous_…`` are the same a year earlier; ``previous_closing`` is that year's last
    balance. ``budget`` is the whole year's, ``budget_outcome`` the period's.
    """

    account: str
    name: str
    is_result: bool
    opening: Decimal
    outcome: Decimal
    accumulated: Decimal
    closing: Decimal
    previous_outcome: Decimal | None = None
    previous_accumulated: Decimal | None = None
    previous_closing: Decimal | None = None
    budget: Decimal | None = None
    budget_outcome: Decimal | None = None


def tertial(sie: SieFile, number: int) -> Period:
    """Tertial 1, 2 or 3 of the file's year: four months each, the last one to the year's end.

    In a year that is shorter, what would lie beyond its end is its last month.
    """
    year = _year(sie)
    end = _month(year.end)
    first = min(_added(_month(year.start), 4 * (number - 1)), end)
    last = end if number == 3 else min(_added(first, 3), end)
    return Period(start=date(first // 100, first % 100, 1), end=_last_day(last))


def accumulated(sie: SieFile, number: int) -> Period:
    """From the year's first day to the end of tertial ``number``; 3 is the whole year."""
    return Period(start=_year(sie).start, end=tertial(sie, number).end)


def latest_tertial(sie: SieFile) -> int:
    """The tertial that the file's last figures lie in: 3 for a file with year balances only."""
    year = _year(sie)
    last = _month(sie.until) if sie.until and sie.kind is not SieKind.YEAR else max(sie.months, default=0)
    if not last:
        return 3
    return min(max(_distance(_month(year.start), last) // 4 + 1, 1), 3)


def balances(
    sie: SieFile, period: Period, *, objects: Objects = (), previous: SieFile | None = None
) -> tuple[AccountBalance, ...]:
    """Every account with a figure, by number, for whole months of the file's year 0.

    ``objects`` narrows to rows that carry all of them, as ((1, "100"),). ``previous`` is last year's own file; without
    it last year is what this file says of it. UserError when the file has no figures for such a period: a file of
    type 1 only knows the whole year.
    """
    year = _year(sie)
    months = set(_months(period))
    to_date = set(_months(Period(start=year.start, end=period.end)))
    whole_year = period.start <= year.start and period.end >= year.end
    if not sie.months and not whole_year:
        raise _no_months(sie, period)
    if sie.only_accumulated and period.start > year.start:
        raise UserError(
            f"{sie.file_name} har bara siffror från årets början. "
            f"Den kan inte ge siffror för {period_text(period)} ensamt.",
            advice="Välj ackumulerat, eller be om en SIE-fil av typ 4 eller en rapport med en kolumn per månad.",
        )
    changes = _changes(sie, 0, objects)
    budget = _month_changes(sie, "PBUDGET", 0, objects)
    opening = _at(sie, "IB", 0, objects)
    closing = _at(sie, "UB", 0, objects)
    results = _at(sie, "RES", 0, objects)
    last_year = _last_year(sie, previous, period, objects)
    found = {*changes, *budget, *opening, *closing, *results, *last_year.accounts}
    made = []
    for number in sorted(found, key=lambda text: (len(text) < 4, text)):
        account = sie.account(number)
        by_month = changes.get(number, {})
        first = opening.get(number, Decimal())
        outcome, so_far = _summed(by_month, months), _summed(by_month, to_date)
        if not sie.months:
            so_far = outcome = (
                results.get(number, Decimal())
                if account.is_result
                else closing.get(number, Decimal()) - first
            )
        budgeted = budget.get(number, {})
        made.append(AccountBalance(
            account=number, name=account.name or (previous.account(number).name if previous else ""),
            is_result=account.is_result, opening=first, outcome=outcome, accumulated=so_far, closing=first + so_far,
            previous_outcome=last_year.outcome(number), previous_accumulated=last_year.accumulated(number),
            previous_closing=last_year.closing(number) if last_year.closing(number) is not None
            else None if account.is_result or not opening else first,
            budget=sum(budgeted.values(), Decimal()) if budget else None,
            budget_outcome=_summed(budgeted, months) if budget else None,
        ))  # fmt: skip
    return tuple(made)


@dataclass(frozen=True, slots=True, kw_only=True)
class _LastYear:
    """Lookups of last year's figures; each gives None when the file does not know them."""

    accounts: frozenset[str]
    outcome: Callable[[str], Decimal | None]
    accumulated: Callable[[str], Decimal | None]
    closing: Callable[[str], Decimal | None]


def _last_year(sie: SieFile, previous: SieFile | None, period: Period, objects: Objects) -> _LastYear:
    source, number = (previous, 0) if previous is not None else (sie, -1)
    year = _year(sie)
    months = {month - 100 for month in _months(period)}
    to_date = {month - 100 for month in _months(Period(start=year.start, end=period.end))}
    changes = _changes(source, number, objects)
    results, closing = _at(source, "RES", number, objects), _at(source, "UB", number, objects)
    whole_year = period.end >= year.end

    def summed(account: str, wanted: set[int], *, whole: bool) -> Decimal | None:
        if changes:
            return _summed(changes.get(account, {}), wanted)
        return results.get(account, Decimal()) if whole and results else None

    def outcome(account: str) -> Decimal | None:
        return summed(account, months, whole=whole_year and period.start <= year.start)

    def so_far(account: str) -> Decimal | None:
        return summed(account, to_date, whole=whole_year)

    def at_end(account: str) -> Decimal | None:
        return closing.get(account, Decimal()) if closing else None

    named = {account for account, by_month in changes.items() if any(by_month.values())}
    return _LastYear(
        accounts=frozenset({*named, *results, *closing}), outcome=outcome, accumulated=so_far, closing=at_end
    )


def _changes(sie: SieFile, year: int, objects: Objects) -> dict[str, dict[int, Decimal]]:
    """Change per account and month: by the vouchers when year 0 has some, else by #PSALDO."""
    if year or not len(sie.vouchers):
        return _month_changes(sie, "PSALDO", year, objects)
    wanted = set(objects)
    found: dict[str, dict[int, Decimal]] = {}
    for (account, month, carried), ore in sie.vouchers.sums.items():
        if month and wanted <= set(carried):
            by_month = found.setdefault(account, {})
            by_month[month] = by_month.get(month, Decimal()) + kr(ore)
    return found


def _month_changes(sie: SieFile, kind: str, year: int, objects: Objects) -> dict[str, dict[int, Decimal]]:
    """The months' posts of one kind. An account's own posts count; its objects' only where it has none of its own.

    A post that stands twice is counted once, as the last one says.
    """
    wanted = set(objects)
    latest: dict[tuple[str, int, Objects], Decimal] = {}
    for post in sie.period_balances:
        if post.kind == kind and post.year == year and (wanted <= set(post.objects) if wanted else True):
            latest[post.account, post.period, post.objects] = post.amount
    own = {(account, month) for account, month, carried in latest if not carried}
    dimension: dict[tuple[str, int], int] = {}
    found: dict[str, dict[int, Decimal]] = {}
    for (account, month, carried), amount in latest.items():
        if not wanted and carried:
            # Objects of several dimensions each divide the whole: one dimension is enough, and only without the whole.
            if (account, month) in own or dimension.setdefault((account, month), carried[0][0]) != carried[0][
                0
            ]:
                continue
        by_month = found.setdefault(account, {})
        by_month[month] = by_month.get(month, Decimal()) + amount
    return found


def _at(sie: SieFile, kind: str, year: int, objects: Objects) -> dict[str, Decimal]:
    """Balances at one moment per account; the last of doubles."""
    if objects:
        kind = {"IB": "OIB", "UB": "OUB"}.get(kind, kind)
    found: dict[tuple[str, Objects], Decimal] = {}
    for post in sie.balances:
        if (
            post.kind == kind
            and post.year == year
            and set(objects) <= set(post.objects)
            and bool(objects) == bool(post.objects)
        ):
            found[post.account, post.objects] = post.amount
    summed: dict[str, Decimal] = {}
    for (account, _), amount in found.items():
        summed[account] = summed.get(account, Decimal()) + amount
    return summed


def _no_months(sie: SieFile, period: Period) -> UserError:
    why = (
        f"{sie.file_name} är en SIE-fil av typ 1 och har bara saldon för hela året."
        if sie.kind is SieKind.YEAR
        else f"{sie.file_name} har inga belopp per månad."
    )
    return UserError(
        f"{why} Den kan inte ge siffror för {period_text(period)}.",
        advice="Be den som sköter bokföringen om en SIE-fil av typ 4 för samma år. Typ 2 och 3 går också bra.",
    )


def _year(sie: SieFile) -> FinancialYear:
    year = sie.year()
    if year is None:
        raise UserError(
            f"{sie.file_name} säger inte vilket räkenskapsår siffrorna gäller.",
            advice="Be om en ny SIE-fil med räkenskapsåret (#RAR) i.",
        )
    return year


def _summed(by_month: dict[int, Decimal], months: set[int]) -> Decimal:
    return sum((amount for month, amount in by_month.items() if month in months), Decimal())


def _months(period: Period) -> list[int]:
    month, last, found = _month(period.start), _month(period.end), []
    while month <= last:
        found.append(month)
        month = _added(month, 1)
    return found


def _month(day: date) -> int:
    return day.year * 100 + day.month


def _added(month: int, more: int) -> int:
    place = month // 100 * 12 + month % 100 - 1 + more
    return place // 12 * 100 + place % 12 + 1


def _distance(first: int, last: int) -> int:
    return last // 100 * 12 + last % 100 - first // 100 * 12 - first % 100


def _last_day(month: int) -> date:
    return date(month // 100, month % 100, monthrange(month // 100, month % 100)[1])

"""What can be said of a SIE file as a whole: its kind, its year, and whether its figures agree with each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from finsam_desktop.domain import wording
from finsam_desktop.sources.sie.faults import Faults
from finsam_desktop.sources.sie.values import RESERVED_DIMENSIONS, FinancialYear, SieFile, SieKind

__all__ = ["RESERVED_DIMENSIONS", "check", "with_kind_and_year"]


def with_kind_and_year(sie: SieFile, has_flag: bool, faults: Faults) -> SieFile:
    """``sie`` with the kind that its content has, and with a year when it states none."""
    if not has_flag:
        faults.note(0, "Filen saknar #FLAGGA, som ska stå först i en SIE-fil.")
    kind = _kind(sie)
    stated = sie.stated_type
    if not stated:
        faults.note(0, "Filen saknar #SIETYP. Typen är avgjord av innehållet.")
    elif stated not in ("1", "2", "3", "4"):
        faults.warning(0, f"SIE typ {stated} finns inte. Typen är avgjord av innehållet.")
    elif stated != kind.value[0] and (len(sie.vouchers) or (stated == "1" and kind is not SieKind.YEAR)):
        faults.note(
            0, f"Filen säger att den är av typ {stated} men innehåller det som hör till typ {kind.value}."
        )
    years = sie.years
    if sie.year() is None and (found := _likely_year(sie)) is not None:
        if kind is not SieKind.IMPORT:
            faults.warning(0, f"Räkenskapsåret (#RAR 0) saknas. Beloppen räknas till {found.start.year}.")
        years = (found, *years)
    return replace(sie, kind=kind, years=years)


def check(sie: SieFile, used: Iterable[str], faults: Faults) -> None:
    """Say what does not agree."""
    _check_accounts(sie, used, faults)
    if sie.already_imported:
        faults.note(0, "Filen är märkt som redan inläst i ett bokföringsprogram (#FLAGGA 1).")
    if sie.currency != "SEK":
        faults.warning(0, f"Beloppen är i {sie.currency}, inte i kronor.")
    digits = sie.organisation_number.replace("-", "").replace(" ", "")
    if digits and not (digits.isdecimal() and len(digits) in (10, 12)):
        faults.note(0, f"Organisationsnumret {sie.organisation_number} har inte tio siffror.")
    _check_doubles(sie, faults)
    _check_days(sie, faults)
    if sie.kind is not SieKind.IMPORT:
        _check_balances(sie, faults)


def _kind(sie: SieFile) -> SieKind:
    if len(sie.vouchers):
        return SieKind.VOUCHERS if sie.balances or sie.period_balances else SieKind.IMPORT
    if sie.stated_type == "4" and sie.file_name.lower().endswith(".si"):
        return SieKind.IMPORT
    outcomes = [balance for balance in sie.period_balances if balance.kind == "PSALDO"]
    if any(balance.objects for balance in outcomes):
        return SieKind.OBJECTS
    if outcomes:
        return SieKind.OBJECTS if sie.stated_type == "3" else SieKind.PERIODS
    return {"2": SieKind.PERIODS, "3": SieKind.OBJECTS, "4": SieKind.VOUCHERS}.get(
        sie.stated_type, SieKind.YEAR
    )


def _likely_year(sie: SieFile) -> FinancialYear | None:
    months = [b.period for b in sie.period_balances if b.year == 0] or [
        m for _, m, _ in sie.vouchers.sums if m
    ]
    if not months:
        if sie.until is None:
            return None
        months = [sie.until.year * 100 + 1]
    year = Counter(month // 100 for month in months).most_common(1)[0][0]
    return FinancialYear(number=0, start=date(year, 1, 1), end=date(year, 12, 31))


def _check_accounts(sie: SieFile, used: Iterable[str], faults: Faults) -> None:
    everywhere = {*used, *(b.account for b in sie.balances), *(b.account for b in sie.period_balances)}
    missing = sorted(number for number in everywhere if number not in sie.accounts)
    if missing:
        shown = ", ".join(missing[:8]) + (f" och {len(missing) - 8} till" if len(missing) > 8 else "")
        faults.note(0, f"{_counted(len(missing), 'konto')} utan #KONTO: {shown}.")
    known = {*sie.dimensions, *RESERVED_DIMENSIONS}
    strange = sorted({d for _, _, objects in sie.vouchers.sums for d, _ in objects if d not in known})
    if strange:
        faults.note(
            0, f"Dimension {', '.join(map(str, strange[:8]))} används men är inte beskriven med #DIM."
        )


def _check_doubles(sie: SieFile, faults: Faults) -> None:
    balances = Counter((b.kind, b.year, b.account, b.objects) for b in sie.balances)
    for (kind, year, account, _), times in balances.items():
        if times > 1:
            faults.warning(
                0, f"#{kind} för konto {account}, år {year}, finns {times} gånger. Den sista gäller."
            )
    periods = Counter((b.kind, b.year, b.period, b.account, b.objects) for b in sie.period_balances)
    for (kind, _, period, account, _), times in periods.items():
        if times > 1:
            faults.warning(
                0, f"#{kind} för konto {account}, {period}, finns {times} gånger. Den sista gäller."
            )


def _check_days(sie: SieFile, faults: Faults) -> None:
    year = sie.year()
    if year is None:
        return
    first, last = year.start.year * 100 + year.start.month, year.end.year * 100 + year.end.month
    outside = {month for _, month, _ in sie.vouchers.sums if month and not first <= month <= last}
    if outside:
        shown = ", ".join(f"{month // 100}-{month % 100:02}" for month in sorted(outside)[:6])
        faults.warning(
            0, f"Filen har verifikationer utanför räkenskapsåret: {shown}. De räknas inte till det."
        )
    for balance in sie.period_balances:
        if balance.year == 0 and not first <= balance.period <= last:
            faults.warning(balance.line, f"Perioden {balance.period} ligger utanför räkenskapsåret.")


def _check_balances(sie: SieFile, faults: Faults) -> None:
    """Opening balances and the changes must give the closing ones; each set of balances adds up to nothing."""
    last = {(b.kind, b.account): b.amount for b in sie.balances if b.year == 0 and not b.objects}
    opening = sum((amount for (kind, _), amount in last.items() if kind == "IB"), Decimal())
    closing = sum((amount for (kind, _), amount in last.items() if kind in ("UB", "RES")), Decimal())
    if opening:
        faults.warning(0, f"De ingående balanserna går inte ihop. De skiljer {_kr(opening)}.")
    if closing and any(kind == "RES" for kind, _ in last):
        faults.warning(0, f"Utgående balanser och resultat går inte ihop. De skiljer {_kr(closing)}.")
    changes = _changes(sie)
    if not changes:
        return
    for (kind, account), amount in last.items():
        if kind not in ("UB", "RES"):
            continue
        expected = changes.get(account, Decimal()) + (
            last.get(("IB", account), Decimal()) if kind == "UB" else 0
        )
        if expected != amount:
            what = "Utgående balans" if kind == "UB" else "Resultatet"
            faults.warning(
                0, f"{what} på konto {account} är {_kr(amount)}, men raderna i filen ger {_kr(expected)}."
            )


def _changes(sie: SieFile) -> dict[str, Decimal]:
    """The year's change per account, by the vouchers, else by the months when no object stands in their way."""
    year = sie.year()
    if year is None:
        return {}
    first, last = year.start.year * 100 + year.start.month, year.end.year * 100 + year.end.month
    changes: defaultdict[str, Decimal] = defaultdict(Decimal)
    if len(sie.vouchers):
        for (account, month, _), ore in sie.vouchers.sums.items():
            if first <= month <= last:
                changes[account] += Decimal(ore).scaleb(-2)
    else:
        for balance in sie.period_balances:
            if balance.kind == "PSALDO" and balance.year == 0 and not balance.objects:
                changes[balance.account] += balance.amount
    return changes


def _kr(amount: Decimal) -> str:
    return f"{wording.number(amount, 2)}{wording.NBSP}kr"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'n' if number > 1 else ''}"

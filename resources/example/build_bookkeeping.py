"""Builds the example's bookkeeping file "Bokföring 2026.se" (SIE type 4E) out of the same figures as the workbook.

    python resources/example/build_bookkeeping.py

Every sum to the end of August is the workbook's to the öre: income, the costs of each samverkansplattform, last year's
the same months, the year's budget and the balance. Each amount is divided over accounts and months with öre, so that a
reader that rounds on the way is found out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import ROUND_DOWN, Decimal
from pathlib import Path

from build_workbook import EXAMPLE

NAME = "Bokföring 2026.se"
ORE = Decimal("0.01")
YEAR = EXAMPLE.year
PLATFORM = 20
FINANCING = "90"
BANK, RESULT_ACCOUNT, YEAR_RESULT = "1940", "2019", "8990"

ACCOUNTS = {
    "1510": "Kundfordringar och övriga fordringar",
    "1790": "Förutbetalda kostnader och upplupna intäkter",
    BANK: "Bankkonto",
    "2010": "Eget kapital",
    RESULT_ACCOUNT: "Årets resultat",
    "2440": "Leverantörsskulder",
    "2710": "Övriga kortfristiga skulder",
    "2990": "Upplupna kostnader och förutbetalda intäkter",
    "3510": "Medlemsbidrag Försäkringskassan (staten)",
    "3520": "Medlemsbidrag Region Exempel",
    "3530": "Medlemsbidrag kommunerna",
    "3910": "Övriga intäkter",
    "4510": "Köp av insatser från parterna",
    "5010": "Löner och arvoden",
    "5510": "Arbetsgivaravgifter och pensioner",
    "6010": "Lokalhyror",
    "6310": "Revision och köpta tjänster",
    "6810": "Resor, konferenser och utbildning",
    YEAR_RESULT: "Årets resultat",
}
#: Which accounts a platform's costs are booked on, and in what proportion.
DIVIDED = {
    "10": (("5010", 58), ("5510", 24), ("6010", 7), ("6310", 8), ("6810", 3)),
    "20": (("4510", 81), ("5010", 9), ("5510", 3), ("6010", 7)),
    "30": (("4510", 88), ("5010", 9), ("5510", 3)),
    "40": (("6310", 46), ("6810", 54)),
    "50": (("4510", 72), ("5010", 20), ("5510", 8)),
    "60": (("5010", 31), ("5510", 12), ("6310", 57)),
}
INCOME = ("3510", "3520", "3530", "3910")
EVEN = (1,) * 8
UNEVEN = (11, 12, 14, 12, 13, 13, 9, 16)
AUTUMN = (13, 14, 13, 15)
#: What last year came to from September to December: contributions by the month, and costs so that its result fits.
AUTUMN_INCOME = {"3510": 1_865_000, "3520": 932_500, "3530": 932_500, "3910": 20_000}
START_OF_LAST_YEAR = {
    "1510": 210_000, "1790": 58_000, BANK: 2_840_000, "2440": -480_000, "2710": -165_000, "2990": -470_000,
}  # fmt: skip

#: Amount by account, object and month with the bookkeeping's sign: income negative, costs positive.
Booked = dict[tuple[str, str, int], Decimal]


def split(amount: Decimal, weights: Sequence[int]) -> list[Decimal]:
    """``amount`` divided to the öre; the last part takes what rounding leaves."""
    whole = sum(weights)
    parts = [(amount * weight / whole).quantize(ORE, rounding=ROUND_DOWN) for weight in weights[:-1]]
    return [*parts, amount - sum(parts, Decimal())]


def booked(place: int, months: Sequence[int]) -> Booked:
    """The workbook's amounts number ``place`` of every line, divided over accounts and ``months`` from January."""
    found: Booked = {}
    for account, (_, _, amounts) in zip(INCOME, EXAMPLE.income, strict=True):
        even = months if account == "3910" else (1,) * len(months)
        for month, part in enumerate(split(Decimal(-amounts[place]), even), start=1):
            found[account, FINANCING, month] = part
    for code, (_, _, amounts) in zip(DIVIDED, EXAMPLE.costs, strict=True):
        accounts = DIVIDED[code]
        shares = split(Decimal(amounts[place]), [weight for _, weight in accounts])
        for (account, _), share in zip(accounts, shares, strict=True):
            for month, part in enumerate(split(share, months), start=1):
                found[account, code, month] = part
    return found


def last_year() -> Booked:
    """Last year to August as the workbook says, and an autumn that gives the year the result it had."""
    found = booked(1, UNEVEN)
    for account, amount in AUTUMN_INCOME.items():
        for month, part in enumerate(split(Decimal(-amount), (1,) * 4), start=9):
            found[account, FINANCING, month] = part
    costs = -sum(found.values(), Decimal()) - EXAMPLE.period_result[1]
    weights = [amounts[1] for _, _, amounts in EXAMPLE.costs]
    for code, cost in zip(DIVIDED, split(costs, weights), strict=True):
        accounts = DIVIDED[code]
        for (account, _), share in zip(accounts, split(cost, [w for _, w in accounts]), strict=True):
            for month, part in enumerate(split(share, AUTUMN), start=9):
                found[account, code, month] = part
    return found


def balance(column: int) -> dict[str, Decimal]:
    """The workbook's balance in column 0 (end of August) or 1 (last year's end), without equity."""
    assets = zip(("1510", "1790", BANK), EXAMPLE.assets, strict=True)
    debts = zip(("2440", "2990", "2710"), EXAMPLE.liabilities, strict=True)
    return {
        **{account: Decimal(line[column + 1]) for account, line in assets},
        **{account: Decimal(-line[column + 1]) for account, line in debts},
    }


def vouchers(year: Booked) -> Iterator[tuple[str, str, list[tuple[str, str, Decimal]]]]:
    """Day, text and rows (account, object, amount) of every voucher; each one comes to nothing."""
    titles = {code: line[1] for code, line in zip(DIVIDED, EXAMPLE.costs, strict=True)}
    for month in range(1, 9):
        for code, title in ((FINANCING, "Intäkter"), *titles.items()):
            rows = [
                (account, code, amount)
                for (account, where, when), amount in year.items()
                if where == code and when == month and amount
            ]
            total = sum((amount for _, _, amount in rows), Decimal())
            yield f"{YEAR}{month:02}25", title, [*rows, (BANK, "", -total)]
    changes = {account: amount - balance(1)[account] for account, amount in balance(0).items()}
    moved = [(account, "", amount) for account, amount in changes.items() if account != BANK]
    total = sum((amount for _, _, amount in moved), Decimal())
    yield f"{YEAR}0831", "Periodisering tertial 2", [*moved, (BANK, "", -total)]


def by_month(kind: str, number: int, year: int, found: Booked) -> Iterator[str]:
    """#PSALDO or #PBUDGET: for the account as a whole, then for each of its objects."""
    whole: defaultdict[tuple[str, int], Decimal] = defaultdict(Decimal)
    for (account, _, month), amount in found.items():
        whole[account, month] += amount
    for (account, month), amount in sorted(whole.items()):
        yield f"#{kind} {number} {year}{month:02} {account} {{}} {amount}"
    for (account, code, month), amount in sorted(found.items()):
        if code:
            yield f'#{kind} {number} {year}{month:02} {account} {{{PLATFORM} "{code}"}} {amount}'


def lines() -> Iterator[str]:
    """The whole file, line by line."""
    now, before, budget = booked(0, UNEVEN), last_year(), booked(2, (1,) * 12)
    yield from (
        "#FLAGGA 0", '#PROGRAM "Exempelbok" 1.0', "#FORMAT PC8", f"#GEN {YEAR}0905", "#SIETYP 4",
        "#ORGNR 222000-0000", f'#FNAMN "{EXAMPLE.association}"', "#VALUTA SEK", "#KPTYP KOMMUNBAS",
        f"#RAR 0 {YEAR}0101 {YEAR}1231", f"#RAR -1 {YEAR - 1}0101 {YEAR - 1}1231", f"#OMFATTN {YEAR}0831",
    )  # fmt: skip
    yield from (f'#KONTO {number} "{name}"' for number, name in ACCOUNTS.items())
    yield f'#DIM {PLATFORM} "Samverkansplattform"'
    for code, line in zip(DIVIDED, EXAMPLE.costs, strict=True):
        yield f'#OBJEKT {PLATFORM} "{code}" "{line[1]}"'
    yield f'#OBJEKT {PLATFORM} "{FINANCING}" "Finansiering"'
    start, result = EXAMPLE.opening_equity[1], EXAMPLE.period_result[1]
    equity = {"2010": Decimal(-start), RESULT_ACCOUNT: Decimal(-result)}
    yield from (f"#IB -1 {account} {amount:.2f}" for account, amount in START_OF_LAST_YEAR.items())
    yield f"#IB -1 2010 {-start:.2f}"
    for key in ("UB -1", "IB 0"):
        yield from (f"#{key} {account} {amount:.2f}" for account, amount in {**balance(1), **equity}.items())
    yield from (f"#UB 0 {account} {amount:.2f}" for account, amount in {**balance(0), **equity}.items())
    for number, found in ((0, now), (-1, before)):
        for account in sorted({account for account, _, _ in found}):
            total = sum((amount for (each, _, _), amount in found.items() if each == account), Decimal())
            yield f"#RES {number} {account} {total:.2f}"
    yield f"#RES -1 {YEAR_RESULT} {result:.2f}"
    made = list(vouchers(now))
    whole: Booked = {**now}
    for day, _, rows in made:
        for account, code, amount in rows:
            if not code:
                key = account, "", int(day[4:6])
                whole[key] = whole.get(key, Decimal()) + amount
    yield from by_month("PSALDO", 0, YEAR, whole)
    yield from by_month("PSALDO", -1, YEAR - 1, before)
    yield from by_month("PBUDGET", 0, YEAR, budget)
    for number, (day, title, rows) in enumerate(made, start=1):
        yield f'#VER A {number} {day} "{title}"'
        yield "{"
        for account, code, amount in rows:
            objects = f'{PLATFORM} "{code}"' if code else ""
            yield f"#TRANS {account} {{{objects}}} {amount:.2f}"
        yield "}"


def main() -> None:
    """Write the file beside this script, with the letters that a SIE file has."""
    path = Path(__file__).parent / NAME
    path.write_bytes("".join(f"{line}\r\n" for line in lines()).encode("cp437"))
    print(path)


if __name__ == "__main__":
    main()

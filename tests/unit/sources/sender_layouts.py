"""Workbooks as the programs of real senders lay them out, made by code: the same figures in fourteen shapes.

All are of January–August 2026. ``ACCOUNTS`` is what they say, in kr with the bookkeeping's sign (debit +).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

import openpyxl

from tests.unit.sources import workbooks

#: Number, name, outcome January–August, the same last year, the year's budget.
ACCOUNTS: Final = (
    ("3510", "Bidrag Försäkringskassan", -4_000_000, -3_900_000, -6_000_000),
    ("3520", "Bidrag Region och kommuner", -2_000_001, -1_950_000, -3_000_000),
    ("4510", "Köpta insatser", 3_300_000, 3_150_000, 5_100_000),
    ("5010", "Löner", 1_200_000, 1_150_000, 1_800_000),
    ("5610", "Arbetsgivaravgifter", 377_040, 361_330, 565_560),
    ("6310", "Konsulter", 88_500, 120_000, 150_000),
)
#: Number, name, opening and closing balance.
BALANCES: Final = (
    ("1510", "Kundfordringar", 150_000, 90_000),
    ("1930", "Bankkonto", 2_400_000, 3_480_000),
    ("2010", "Eget kapital", -2_010_000, -2_010_000),
    ("2440", "Leverantörsskulder", -540_000, -525_539),
)
#: How the outcome falls on two teams, in the bookkeeping's sign.
TEAMS: Final = {
    "3510": (-2_500_000, -1_500_000), "3520": (-1_000_001, -1_000_000), "4510": (2_000_000, 1_300_000),
    "5010": (700_000, 500_000), "5610": (220_000, 157_040), "6310": (88_500, 0),
}  # fmt: skip


def _book(
    rows: Sequence[Sequence[Any]], sheet: str = "Blad1", then: Callable[[Any], None] | None = None
) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(list(row))
    if then is not None:
        then(book.active)
    return workbooks.saved(book)


def visma() -> bytes:
    """A resultatrapport with header over two lines, report sign, sums after each class, the period in a line above."""
    rows: list[list[Any]] = [
        ["Samordningsförbundet Exempelbygden", None, None, None, None],
        ["Resultatrapport", None, None, "Utskrivet:", date(2026, 9, 7)],
        ["Period: 2026-01-01 - 2026-08-31"],
        [],
        [None, None, "Period", "Period fg år", "Budget"],
        ["Konto", "Benämning", "jan-aug 2026", "jan-aug 2025", "helår 2026"],
        [None, "Rörelsens intäkter"],
        *([n, name, -o, -p, -b] for n, name, o, p, b in ACCOUNTS[:2]),
        [None, "Summa rörelsens intäkter", *(-sum(a[k] for a in ACCOUNTS[:2]) for k in (2, 3, 4))],
        [None, "Rörelsens kostnader"],
        *([n, name, -o, -p, -b] for n, name, o, p, b in ACCOUNTS[2:]),
        [None, "Summa rörelsens kostnader", *(-sum(a[k] for a in ACCOUNTS[2:]) for k in (2, 3, 4))],
        [None, "Periodens resultat", *(-sum(a[k] for a in ACCOUNTS) for k in (2, 3, 4))],
    ]
    return _book(rows, "Resultatrapport")


def raindance() -> bytes:
    """Account and name in one cell, tkr with a decimal, bookkeeping's sign, merged head."""

    def merge(sheet: Any) -> None:
        sheet.merge_cells("B3:D3")

    rows: list[list[Any]] = [
        ["Uppföljning ekonomi, tkr", None, None, None],
        ["Ack jan - aug 2026"],
        [None, "Belopp i tkr", None, None],
        ["Konto", "Utfall ack", "Utfall ack föreg år", "Årsbudget"],
        *([f"{n} {name}", o / 1000, p / 1000, b / 1000] for n, name, o, p, b in ACCOUNTS),
        ["Totalt", *(sum(a[k] for a in ACCOUNTS) / 1000 for k in (2, 3, 4))],
    ]
    return _book(rows, "Rapport", merge)


def unit4() -> bytes:
    """Column heads as codes of a browser, accounts as numbers, credit with minus, the period as 202608."""
    rows = [
        ["Konto", "Konto (T)", "Utfall 202601-202608", "Budget 2026", "Utfall 202501-202508"],
        *([int(n), name, o, b, p] for n, name, o, p, b in ACCOUNTS),
        [None, "Summa", *(sum(a[k] for a in ACCOUNTS) for k in (2, 4, 3))],
    ]
    return _book(rows, "Browser 2026-08-31")


def fortnox() -> bytes:
    """A balansrapport and resultatrapport in one huvudbok-like list: ingående, förändring and utgående balans."""
    rows = [
        ["Saldolista", None, None, None, None],
        ["Räkenskapsår 2026-01-01 - 2026-12-31, period 2026-01-01 - 2026-08-31"],
        [],
        ["Konto", "Namn", "Ingående balans", "Period", "Utgående balans"],
        *([n, name, i, u - i, u] for n, name, i, u in BALANCES),
        *([n, name, 0, o, o] for n, name, o, _, _ in ACCOUNTS),
    ]
    return _book(rows, "Saldolista")


def hand_made() -> bytes:
    """All amounts without sign, as text with spaces and kr, names first."""
    rows: list[list[Any]] = [
        ["Ekonomisk uppföljning för styrelsen, januari–augusti 2026"],
        ["Post", "Kontonr", "Budget 2026", "Utfall t o m aug 2026", "Utfall t o m aug 2025"],
        *([name, n, f"{abs(b):,} kr".replace(",", " "), f"{abs(o):,} kr".replace(",", " "),
           f"{abs(p):,} kr".replace(",", " ")] for n, name, o, p, b in ACCOUNTS),
    ]  # fmt: skip
    return _book(rows, "Uppföljning")


def by_team_columns() -> bytes:
    """A column for each team and the whole beside them."""
    rows: list[list[Any]] = [
        ["Resultat per team, kr, januari-augusti 2026"],
        ["Konto", "Benämning", "Team Väst", "Team Öst", "Totalt"],
        *([n, name, -TEAMS[n][0], -TEAMS[n][1], -o] for n, name, o, _, _ in ACCOUNTS),
    ]
    return _book(rows, "Per team")


def by_team_rows() -> bytes:
    """A row for each account and cost centre, as a ledger's pivot."""
    rows: list[list[Any]] = [
        ["Period: januari–augusti 2026"],
        ["Kostnadsställe", "Konto", "Kontonamn", "Utfall", "Budget"],
        *([team, n, name, TEAMS[n][k], b if not k else 0] for k, team in enumerate(("Team Väst", "Team Öst"))
          for n, name, _, _, b in ACCOUNTS),
    ]  # fmt: skip
    return _book(rows, "Pivot")


def by_months() -> bytes:
    """A column for each month: the tertial alone can be told."""
    months = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug")

    def spread(amount: int) -> list[int]:
        each = amount // 8
        return [*[each] * 7, amount - 7 * each]

    rows: list[list[Any]] = [
        ["Resultatrapport per månad 2026-01-01--2026-08-31"],
        ["Konto", "Benämning", *months, "Ack utfall"],
        *([n, name, *(-each for each in spread(o)), -o] for n, name, o, _, _ in ACCOUNTS),
    ]
    return _book(rows, "Månader")


def hogia() -> bytes:
    """Deviation and percent beside, sums with S:a, a blank row between the groups, report sign."""

    def line(number: str | None, name: str, o: int, p: int, b: int) -> list[Any]:
        return [number, name, -b, -o, b - o, round(o / b, 3) if b else None, -p]

    rows: list[list[Any]] = [
        ["RESULTATRÄKNING 2026-01-01 – 2026-08-31"],
        ["Kto", "Text", "Budget helår", "Utfall ack", "Avvikelse", "% av budget", "Utfall fg år ack"],
        *(line(*a) for a in ACCOUNTS[:2]),
        line(None, "S:a intäkter", *(sum(a[k] for a in ACCOUNTS[:2]) for k in (2, 3, 4))),
        [],
        *(line(*a) for a in ACCOUNTS[2:]),
        line(None, "S:a kostnader", *(sum(a[k] for a in ACCOUNTS[2:]) for k in (2, 3, 4))),
        line(None, "RESULTAT", *(sum(a[k] for a in ACCOUNTS) for k in (2, 3, 4))),
    ]
    return _book(rows, "RR")


def with_forecast() -> bytes:
    """Prognos beside; costs without minus, income without minus."""
    rows: list[list[Any]] = [
        ["Tertialuppföljning T2 2026"],
        ["Konto", "Benämning", "Utfall 2026", "Utfall 2025", "Budget 2026", "Helårsprognos 2026", "Avvikelse prognos"],
        *([n, name, abs(o), abs(p), abs(b), abs(b), 0] for n, name, o, p, b in ACCOUNTS),
    ]  # fmt: skip
    return _book(rows, "T2")


def csv_export() -> bytes:
    """Semicolons, Windows letters, decimal commas, minus after."""
    lines = ["Rapport;Resultat jan-aug 2026;;;", "Konto;Benämning;Utfall;Utfall föreg år;Budget"]
    lines += [
        ";".join([n, name, *(f"{abs(x)},00{'-' if x < 0 else ''}" for x in (o, p, b))])
        for n, name, o, p, b in ACCOUNTS
    ]
    return "\r\n".join(lines).encode("cp1252")


def group_heads() -> bytes:
    """Account classes as heads and sums in the account column, subtotals per group, millions apart in mkr."""

    def line(number: str, name: str, o: int, p: int, b: int) -> list[Any]:
        return [number, name, *(Decimal(-x) / 1_000_000 for x in (o, p, b))]

    rows: list[list[Any]] = [
        ["Belopp i mkr", None, "Utfall", "Utfall", "Budget"],
        ["Konto", "Benämning", "2026-08-31", "2025-08-31", "2026"],
        ["3", "Intäkter"],
        *(line(*a) for a in ACCOUNTS[:2]),
        ["Summa 3", None, *(Decimal(-sum(a[k] for a in ACCOUNTS[:2])) / 1_000_000 for k in (2, 3, 4))],
        ["4-6", "Kostnader"],
        *(line(*a) for a in ACCOUNTS[2:]),
        ["Summa 4-6", None, *(Decimal(-sum(a[k] for a in ACCOUNTS[2:])) / 1_000_000 for k in (2, 3, 4))],
    ]  # fmt: skip
    return _book(rows, "Rapport 2026")


def name_before_account() -> bytes:
    """A spare column first, the head on row eight, a note under the table."""
    rows: list[list[Any]] = [
        [], ["", "Förbundet"], [], ["", "Avser", "2026-01-01--2026-08-31"], [], [], [],
        [None, "Konto", "Kontobenämning", "Ack. utfall i år", "Ack. utfall förra året", "Budget i år"],
        *([None, n, name, -o, -p, -b] for n, name, o, p, b in ACCOUNTS),
        [], [None, "Anm: lönerna är preliminära."],
    ]  # fmt: skip
    return _book(rows, "Blad 1")


def long_accounts() -> bytes:
    """Six-digit accounts of a municipality's plan, with a code before the name."""
    rows: list[list[Any]] = [
        ["Verksamhetsrapport perioden 202601 - 202608"],
        ["Kontonummer", "Kontotext", "Redovisat ack", "Redovisat ack fg år", "Årsbudget"],
        *([f"{n}00", f"{n} {name}", o, p, b] for n, name, o, p, b in ACCOUNTS),
    ]
    return _book(rows, "VR")


#: File name, content, and whether it has last year, the budget.
LAYOUTS: Final[dict[str, tuple[Callable[[], bytes], bool, bool]]] = {
    "visma.xlsx": (visma, True, True), "raindance.xlsx": (raindance, True, True), "unit4.xlsx": (unit4, True, True),
    "fortnox.xlsx": (fortnox, False, False), "egen.xlsx": (hand_made, True, True),
    "kolumn per team.xlsx": (by_team_columns, False, False), "rad per team.xlsx": (by_team_rows, False, True),
    "månader.xlsx": (by_months, False, False), "hogia.xlsx": (hogia, True, True),
    "prognos.xlsx": (with_forecast, True, True), "export.csv": (csv_export, True, True),
    "mkr.xlsx": (group_heads, True, True), "nedflyttad.xlsx": (name_before_account, True, True),
    "långa konton.xlsx": (long_accounts, True, True),
}  # fmt: skip

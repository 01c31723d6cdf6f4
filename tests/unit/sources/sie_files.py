"""SIE files made for the tests, and an oracle that adds up their amounts with nothing but line patterns."""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal

ACCOUNTS = {
    "1510": "Kundfordringar", "1930": "Bankkonto", "2010": "Eget kapital", "2440": "Leverantörsskulder",
    "3510": "Bidrag Försäkringskassan", "3520": "Bidrag Region Å", "4510": "Köpta insatser", "5011": "Löner",
    "6310": "Konsulter", "8410": "Ränteintäkter",
}  # fmt: skip

HEAD = """#FLAGGA 0
#PROGRAM "Provbok Å" 1.2
#FORMAT PC8
#GEN 20260905 "Eva Ö"
#SIETYP {type}
#FNR 17
#ORGNR 222000-1234
#FNAMN "Samordningsförbundet Exempelbygden"
#FTYP X
#TAXAR 2027
#VALUTA SEK
#KPTYP KOMMUN-BAS
#PROSA "Åäö är rätt"
#RAR 0 20260101 20261231
#RAR -1 20250101 20251231
#DIM 1 "Samverkansplattform"
#UNDERDIM 21 "Insats" 1
#DIM 6 "Projekt"
#OBJEKT 1 "100" "Team Väst"
#OBJEKT 1 "200" "Team Öst"
#OBJEKT 21 "10001" "Steg för steg"
#OBJEKT 6 "P1" "Förstudie"
"""

BALANCES = """#IB 0 1930 2010000.00
#IB 0 2010 -2010000.00
#UB -1 1930 2010000.00
#UB -1 2010 -2010000.00
#UB 0 1930 {bank}
#UB 0 2010 -2010000.00
#UB 0 2440 {debts}
#RES 0 3510 -4000000.00
#RES 0 3520 -2000000.50
#RES 0 4510 3300000.25
#RES 0 5011 1200000.00
#RES -1 3510 -3900000.00
#RES -1 4510 3500000.00
"""


def accounts() -> str:
    """#KONTO, #KTYP, #SRU and #ENHET lines."""
    kinds = {"1": "T", "2": "S", "3": "I", "8": "I"}
    lines = [f'#KONTO {number} "{name}"' for number, name in ACCOUNTS.items()]
    lines += [f"#KTYP {number} {kinds.get(number[0], 'K')}" for number in ACCOUNTS]
    return "\n".join((*lines, "#SRU 1930 7281", "#ENHET 6310 tim")) + "\n"


#: Month, account and amount: two thirds of the year for most, all with a counter-entry on 1930 or 2440.
ROWS = (
    *((month, "3510", "-500000.00", "1930", '1 "100"') for month in range(1, 9)),
    *((month, "3520", "-250000.06", "1930", "") for month in range(1, 8)),
    (8, "3520", "-250000.08", "1930", ""),
    *((month, "4510", "412500.03", "2440", '1 "100" 6 "P1"') for month in range(1, 8)),
    (8, "4510", "412500.04", "2440", '1 "200"'),
    *((month, "5011", "150000.00", "1930", '1 "200"') for month in range(1, 9)),
)


def vouchers() -> str:
    """One voucher per row."""
    lines = []
    for number, (month, account, amount, other, objects) in enumerate(ROWS, start=1):
        back = amount[1:] if amount.startswith("-") else f"-{amount}"
        lines += [
            f'#VER A {number} 2026{month:02}15 "Bokföring {number}" 2026{month:02}16',
            "{",
            f"#TRANS {account} {{{objects}}} {amount}",
            f'#TRANS {other} {{}} {back} 2026{month:02}15 "motkonto å"',
            "}",
        ]
    return "\n".join(lines) + "\n"


def period_balances(*, objects: bool) -> str:
    """#PSALDO for the rows of this year, last year's at nine tenths, and #PBUDGET for all twelve months."""
    sums: defaultdict[tuple[int, str, str], Decimal] = defaultdict(Decimal)
    for month, account, amount, other, carried in ROWS:
        sums[month, account, ""] += Decimal(amount)
        sums[month, other, ""] -= Decimal(amount)
        if carried and objects:
            sums[month, account, '1 "100"' if '"100"' in carried else '1 "200"'] += Decimal(amount)
    lines = [
        f"#PSALDO 0 2026{m:02} {account} {{{carried}}} {amount}"
        for (m, account, carried), amount in sums.items()
    ]
    lines += [
        f"#PSALDO -1 2025{m:02} {account} {{}} {amount * 9 / 10:.2f}"
        for (m, account, carried), amount in sums.items()
        if not carried
    ]
    lines += [f"#PBUDGET 0 2026{m:02} 3510 {{}} -600000" for m in range(1, 13)]
    lines += [f"#PBUDGET 0 2026{m:02} 4510 {{}} 425000.50" for m in range(1, 13)]
    return "\n".join(lines) + "\n"


def made(kind: str) -> str:
    """A whole file of type 1, 2, 3, 4E or 4I up to August 2026."""
    text = HEAD.replace("{type}", kind[0]) + accounts()
    if kind == "4I":
        return text + vouchers()
    if kind != "1":
        text += "#OMFATTN 20260831\n"
    debts = -sum(Decimal(row[2]) for row in ROWS if row[3] == "2440")
    bank = Decimal("2010000.00") - sum(Decimal(row[2]) for row in ROWS if row[3] == "1930")
    text += BALANCES.replace("{debts}", str(debts)).replace("{bank}", str(bank))
    if kind != "1":
        text += period_balances(objects=kind in ("3", "4E"))
    if kind == "4E":
        text += vouchers()
    return text


def oracle(text: str) -> dict[str, tuple[int, Decimal]]:
    """How many lines of each kind there are, and the sum of their amounts."""
    found: dict[str, tuple[int, Decimal]] = {}
    for line in text.replace("\r", "\n").split("\n"):
        words = re.sub(r"\{[^}]*\}", " ", line).replace('"', " ").split()
        if not words or words[0] not in ("#TRANS", "#PSALDO", "#PBUDGET", "#IB", "#UB", "#RES"):
            continue
        place = {"#TRANS": 2, "#PSALDO": 4, "#PBUDGET": 4}.get(words[0], 3)
        count, total = found.get(words[0], (0, Decimal()))
        found[words[0]] = count + 1, total + Decimal(words[place])
    return found

"""Does the text say what the tables say? Amounts beside a row's name, and shares of persons that can not be.

Only what contradicts is told: an amount that stands in a sentence with one row's name, and that neither that row nor
anything else in the tables has. A sentence that names no row, or several, is left to the reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations
from typing import Final

from finsam_desktop.domain import wording
from finsam_desktop.domain.figures import (
    ColumnKind,
    ColumnRole,
    FigureRow,
    FigureTable,
    Post,
    Purpose,
    RowKind,
)
from finsam_desktop.domain.figures_checks import FigureFinding, Level

_NUMBER: Final = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_AMOUNT: Final = re.compile(
    rf"(?<![\d,.])(?P<sign>[-−–])?(?P<number>{_NUMBER})[ \u00a0\u202f]?"
    r"(?P<unit>tkr|kkr|mkr|mnkr|miljoner kronor|tusen kronor|kronor|kr)\b",
    re.IGNORECASE,
)
_UNITS: Final = {
    "tkr": 1_000, "kkr": 1_000, "tusen kronor": 1_000, "mkr": 1_000_000, "mnkr": 1_000_000,
    "miljoner kronor": 1_000_000, "kronor": 1, "kr": 1,
}  # fmt: skip
_ABOUT: Final = re.compile(
    r"\b(?:cirka|ca|omkring|ungefär|runt|drygt|knappt|nära|närmare|nästan|över|mer än|mindre än)\.?\s*$",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(r"(?<=[.!?:;])\s+(?=[A-ZÅÄÖ])|\n+")
_OF: Final = re.compile(
    r"(?<![\d,])(?P<part>\d{1,5}) av (?:de |totalt |sammanlagt )?(?P<whole>\d{1,5})(?![\d,])[^.\n\d]{0,60}?"
    r"(?P<share>\d{1,3}(?:,\d)?)\s?(?:%|procent)"
)
#: What texts call the rows that a report always has.
_WORDS: Final = (
    (Post.RESULT, re.compile(r"\b(?:resultatet|underskott\w*|överskott\w*)\b", re.IGNORECASE)),
    (Post.COSTS, re.compile(r"\bkostnaderna\b", re.IGNORECASE)),
    (Post.INCOME, re.compile(r"\bintäkterna\b", re.IGNORECASE)),
    (Post.CLOSING_EQUITY, re.compile(r"\b(?:det )?egna kapitalet\b", re.IGNORECASE)),
)  # fmt: skip
#: A sentence about another time than the tables'.
_ELSEWHEN: Final = re.compile(
    r"\b(?:ackumulera\w*|projekttid\w*|sedan start\w*|tidigare år)\b", re.IGNORECASE
)
_TOLERANCE: Final = Decimal("0.05")


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    amounts: tuple[Decimal, ...]


def check_text(text: str, tables: Sequence[FigureTable]) -> tuple[FigureFinding, ...]:
    """What ``text`` says against ``tables`` of the same item, in reading order; the finding quotes the sentence.

    An amount agrees when it is one of the row's, or a difference between two of them, rounded as the text writes it;
    with "cirka" and the like, within 5 %. A miss by one in the last digit is a note: it is rounding.
    """
    return (*_amounts(text, tables), *_shares(text))


def _amounts(text: str, tables: Sequence[FigureTable]) -> Iterator[FigureFinding]:
    rows = [each for table in tables for each in _rows(table)]
    if not rows:
        return
    everything = tuple(amount for each in rows for amount in each.amounts)
    for sentence in _SENTENCE.split(text):
        named = _named(sentence, tables, rows)
        if named is None or _ELSEWHEN.search(sentence):
            continue
        for found in _AMOUNT.finditer(sentence):
            unit = Decimal(_UNITS[found["unit"].lower()])
            digits = re.sub(r"\s", "", found["number"]).replace(",", ".")
            value = Decimal(digits)
            step = Decimal(1).scaleb(-len(digits.partition(".")[2]))
            about = _ABOUT.search(sentence[: found.start()]) is not None
            if any(_agrees(value, amount / unit, step, about) for amount in everything):
                continue
            nearest = min(named.amounts, key=lambda amount: abs(abs(amount) / unit - value))
            # A text about something else in the same sentence, a grant or a price, is far from all of the row's.
            near = abs(abs(nearest) / unit - value) <= max(abs(nearest) / unit, value) * Decimal("0.5")
            if not near:
                continue
            rounding = abs(_rounded(abs(nearest) / unit, step) - value) <= step
            decimals = len(digits.partition(".")[2])
            shown = f"{wording.number(value, decimals)} {found['unit']}"
            table_says = f"{wording.number(abs(nearest) / unit, decimals)} {found['unit']}"
            yield FigureFinding(
                check="text", level=Level.NOTE if rounding else Level.WARNING,
                title=f"Texten säger {shown} om {named.name}, närmast i tabellen är {table_says}"
                + (", en skillnad genom avrundning" if rounding else ""),
                text=f"”{_short(sentence)}”",
            )  # fmt: skip


def _named(sentence: str, tables: Sequence[FigureTable], rows: Sequence[_Row]) -> _Row | None:
    """The only row that the sentence names; None for none or several."""
    low = sentence.casefold()
    labels = {each.name.casefold(): each for each in rows}
    found = {name for name in labels if len(name) > 3 and re.search(rf"\b{re.escape(name)}\b", low)}
    # "Kostnader personal" also has "personal" in it: the longer name is the one that is meant.
    found = {name for name in found if not any(name != other and name in other for other in found)}
    for post, pattern in _WORDS:
        if pattern.search(sentence):
            for table in tables:
                row = table.row_with(post)
                if row is not None and (post is not Post.RESULT or table.purpose is Purpose.INCOME_STATEMENT):
                    found.add(_label(table, row).casefold())
                    break
    return labels.get(next(iter(found))) if len(found) == 1 else None


def _rows(table: FigureTable) -> Iterator[_Row]:
    places = [
        place for place, column in enumerate(table.columns)
        if column.kind is ColumnKind.AMOUNT and column.role is not ColumnRole.ACCOUNT
    ]  # fmt: skip
    for row in table.rows:
        if row.kind is RowKind.HEADING:
            continue
        own = tuple(amount for place in places if (amount := table.kr(row, place)) is not None)
        name = _label(table, row)
        if own and name:
            yield _Row(name, (*own, *(one - other for one, other in combinations(own, 2))))


def _agrees(value: Decimal, amount: Decimal, step: Decimal, about: bool) -> bool:
    amount = abs(amount)
    return _rounded(amount, step) == value or (
        about and abs(amount - value) <= max(amount, value) * _TOLERANCE
    )


def _rounded(amount: Decimal, step: Decimal) -> Decimal:
    return amount.quantize(step, rounding=ROUND_HALF_UP)


def _shares(text: str) -> Iterator[FigureFinding]:
    for found in _OF.finditer(text):
        part, whole, share = int(found["part"]), int(found["whole"]), _decimal(found["share"])
        if whole and part <= whole and not _fits(part, whole, share):
            right = wording.percent(Decimal(part) / whole, 1 if share != int(share) else 0)
            yield FigureFinding(
                check="share", level=Level.WARNING,
                title=f"{part} av {whole} är {right}, texten säger {found['share']} procent",
                text=f"”{_short(found.group())}”",
            )  # fmt: skip


def _fits(part: int, whole: int, share: Decimal) -> bool:
    step = Decimal("0.1") if share != share.to_integral_value() else Decimal(1)
    return _rounded(Decimal(part) * 100 / whole, step) == share


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def _label(table: FigureTable, row: FigureRow) -> str:
    place = table.column_index(ColumnRole.LABEL)
    return row.cells[place].text.strip() if place is not None else ""


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 160 else plain[:159] + "…"

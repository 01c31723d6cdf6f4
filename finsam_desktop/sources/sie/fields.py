"""The fields of a line in a SIE file, and the amounts, days and objects that they write."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple

from finsam_desktop.sources.sie.vouchers import Objects

#: Possessive quantifiers never look back, so that no line can make the search slow.
_FIELD: Final = re.compile(
    r'[ \t]*+(?:"((?:[^"\\]++|\\.)*+)"|(\{(?:[^{}"]++|"(?:[^"\\]++|\\.)*+")*+\})|([^ \t{}"][^ \t{}]*+))'
)
_AMOUNT: Final = re.compile(r"([+-]?)(\d*)(?:[.,](\d*))?(-?)$")
_GROUPED: Final = re.compile(r"[+-]?\d{1,3}(?:([., ])\d{3})+([.,]\d{1,2})?-?$")
_SPACES: Final = str.maketrans({" ": None, "\u00a0": None, "\u202f": None, "'": None, "−": "-", "–": "-"})


class Field(NamedTuple):
    """One field as written, without its quotes. ``braces`` marks an object list, without its braces."""

    text: str
    braces: bool = False


class Amount(NamedTuple):
    """Whole öre, and whether the text had more decimals than that."""

    ore: int
    rounded: bool = False


def split(line: str) -> tuple[list[Field], str]:
    """The fields after the label, and what was wrong with the line in Swedish ("" when nothing was)."""
    fields: list[Field] = []
    place, end = 0, len(line)
    while place < end:
        found = _FIELD.match(line, place)
        if found is None:
            return _broken(fields, line[place:].strip())
        quoted, braces, plain = found.groups()
        if quoted is not None:
            fields.append(Field(quoted.replace('\\"', '"') if "\\" in quoted else quoted))
        elif braces is not None:
            fields.append(Field(braces[1:-1], braces=True))
        else:
            fields.append(Field(plain))
        place = found.end()
    return fields, ""


def _broken(fields: list[Field], rest: str) -> tuple[list[Field], str]:
    if not rest:
        return fields, ""
    if rest.startswith('"'):
        # A text may end with a backslash, as a folder's name does.
        whole = len(rest) > 2 and rest.endswith('\\"')
        fields.append(Field(rest[1:-1] if whole else rest[1:]))
        return fields, "" if whole else "Ett citattecken saknas i slutet av en text."
    if rest.startswith("{"):
        inside, closing, after = rest[1:].partition("}")
        fields.append(Field(inside, braces=True))
        if closing:
            more, _ = split(after)
            fields.extend(more)
        return fields, "Objektlistan är inte rätt skriven."
    more, _ = split(rest[1:])
    return [*fields, *more], "En klammer står där den inte hör hemma."


def amount(text: str) -> Amount | None:
    """The amount in öre: "-1234.50", "1234,5", ".50", "1 234,50", "100-"; None when it is none."""
    plain = text.translate(_SPACES) if not text.isascii() or " " in text or "'" in text else text
    found = _AMOUNT.match(plain)
    if found is None:
        if not _GROUPED.match(plain):
            return None
        last = max(plain.rfind("."), plain.rfind(","))
        decimals = plain[last + 1 :].rstrip("-")
        if len(decimals) == 3:
            plain = plain.replace(".", "").replace(",", "")
        else:
            plain = plain[:last].replace(".", "").replace(",", "") + "." + plain[last + 1 :]
        found = _AMOUNT.match(plain)
        if found is None:
            return None
    sign, whole, decimals, after = found.groups()
    decimals = decimals or ""
    if (not whole and not decimals) or len(whole) > 15:
        return None
    ore = int(whole or "0") * 100 + int((decimals + "00")[:2])
    rest = decimals[2:]
    if rest[:1] >= "5":
        ore += 1
    return Amount(-ore if sign == "-" or after == "-" else ore, bool(rest.strip("0")))


def day(text: str) -> int | None:
    """The day as 20260831, from "20260831" or "2026-08-31"; 0 when the text is empty, None when it is no day.

    Days before 1900 and from 2200 on are slips of the pen.
    """
    plain = text.strip().replace("-", "")
    if not plain:
        return 0
    if len(plain) != 8 or not (plain.isascii() and plain.isdecimal()):
        return None
    number = int(plain)
    if not 19_000_000 < number < 22_000_000:
        return None
    try:
        date(number // 10_000, number // 100 % 100, number % 100)
    except ValueError:
        return None
    return number


def objects(text: str) -> Objects | None:
    """The pairs of an object list; None when a dimension lacks its object or is no number."""
    fields, wrong = split(text)
    texts = [field.text for field in fields]
    if wrong or len(texts) % 2:
        return None
    pairs = []
    for dimension, code in zip(texts[::2], texts[1::2], strict=True):
        if not (dimension.isascii() and dimension.isdecimal() and len(dimension) < 6):
            return None
        if code:
            pairs.append((int(dimension), code))
    return tuple(pairs)

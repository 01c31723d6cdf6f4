"""Numbers as people type them: with spaces, a comma, a percent sign, or nothing at all."""

from __future__ import annotations

import re
from decimal import Decimal

_NUMBER = re.compile(r"[-\u2212]?[0-9]{1,12}(?:[.,][0-9]{1,6})?")
_NOT_MEASURED = ("", "-", "–", "..")


class UnreadableNumber(ValueError):
    """A text that is no number; the message says how to write it, in Swedish."""


def read_count(text: str) -> Decimal | None:
    """A number such as "1 240" or "12,5"; None for nothing or a dash. UnreadableNumber when it is negative or no
    number."""
    bare = _bare(text)
    if bare in _NOT_MEASURED:
        return None
    if _NUMBER.fullmatch(bare) is None or bare[0] in "-\u2212":
        raise UnreadableNumber(f"”{text.strip()}” går inte att läsa som antal. Skriv till exempel 54.")
    return Decimal(bare.replace(",", "."))


def read_share(text: str) -> Decimal | None:
    """A percentage such as "74 %" or "74,5" as 0.74 or 0.745; None for nothing. UnreadableNumber outside 0–100."""
    bare = _bare(text).removesuffix("%").removesuffix("procent")
    if bare in _NOT_MEASURED:
        return None
    if _NUMBER.fullmatch(bare) is None or not 0 <= Decimal(_plain(bare)) <= 100:
        raise UnreadableNumber(
            f"”{text.strip()}” går inte att läsa som procent mellan 0 och 100. Skriv till exempel 74 %."
        )
    return Decimal(_plain(bare)) / 100


def read_kr(text: str) -> Decimal | None:
    """An amount in kr such as "1 985 200", "−360 000" or "1,2 mkr"; None for nothing. UnreadableNumber otherwise."""
    bare = _bare(text)
    unit = next((word for word in ("mkr", "tkr", "kr") if bare.endswith(word)), "")
    bare = bare.removesuffix(unit)
    if bare in _NOT_MEASURED:
        return None
    if _NUMBER.fullmatch(bare) is None:
        raise UnreadableNumber(
            f"”{text.strip()}” går inte att läsa som belopp. Skriv till exempel 1 985 200."
        )
    return Decimal(_plain(bare)) * {"mkr": 1_000_000, "tkr": 1_000}.get(unit, 1)


def _bare(text: str) -> str:
    return re.sub(r"[\s\u00a0\u202f]", "", text.strip().lower())


def _plain(bare: str) -> str:
    return bare.replace("\u2212", "-").replace(",", ".")

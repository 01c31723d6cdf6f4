"""What a cell's number format says about the number: a date, a time, a share, how many decimals, in thousands.

Source: ECMA-376 part 1, 18.8.30 (numFmts) and its table of built-in formats.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import lru_cache
from typing import Final

GENERAL: Final = "General"

#: Formats that are not written out in the file. 14 and 22 follow the computer's region; the year comes first in Sweden.
BUILT_IN: Final = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: '#,##0 "kr"', 6: '#,##0 "kr"', 7: '#,##0.00 "kr"',
    8: '#,##0.00 "kr"', 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "yyyy-mm-dd",
    15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "yyyy-mm-dd h:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 41: "#,##0", 42: '#,##0 "kr"',
    43: "#,##0.00", 44: '#,##0.00 "kr"', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip


class FormatKind(Enum):
    """How the number under a format is to be understood."""

    NUMBER = "number"
    PERCENT = "percent"
    DATE = "date"
    TIME = "time"
    TEXT = "text"


_LITERALS = re.compile(r'"[^"]*"|\\.|_.|\*.')
_BRACKETS = re.compile(r"\[[^\]]*\]")


@lru_cache(maxsize=1024)
def kind(code: str) -> FormatKind:
    """What ``code`` shows. Elapsed time ([h]:mm) is a plain number, in days."""
    section = _LITERALS.sub("", code.split(";")[0])
    bare = _BRACKETS.sub("", section).lower()
    if "general" in bare:
        return FormatKind.NUMBER
    if bare.strip() == "@":
        return FormatKind.TEXT
    if "%" in bare:
        return FormatKind.PERCENT
    if re.search(r"\[(h+|m+|s+)\]", section.lower()):
        return FormatKind.NUMBER
    if re.search(r"[yd]", bare) or "mmm" in bare:
        return FormatKind.DATE
    if re.search(r"[hs]", bare):
        return FormatKind.TIME
    return FormatKind.DATE if re.search(r"m", bare) else FormatKind.NUMBER


@lru_cache(maxsize=1024)
def decimals(code: str) -> int | None:
    """Number of decimals that ``code`` shows; None when it shows as many as there are."""
    section = _BRACKETS.sub("", _LITERALS.sub("", code.split(";")[0]))
    if "general" in section.lower() or not re.search(r"[0#?]", section):
        return None
    found = re.search(r"\.([0#?]+)", section)
    return len(found.group(1)) if found else 0


@lru_cache(maxsize=1024)
def scale(code: str) -> int:
    """How many thousands the format divides by when it shows the number: 1 for ``#,##0,`` and 0 for most."""
    section = _BRACKETS.sub("", _LITERALS.sub("", code.split(";")[0])).strip(" %")
    return len(section) - len(section.rstrip(","))


@lru_cache(maxsize=1024)
def quoted(code: str) -> str:
    """The words that the format puts beside the number, such as kr or tkr, in lower case."""
    words = re.findall(r'"([^"]*)"|\[\$([^\]\-]*)[^\]]*\]', code)
    return " ".join(word.strip() for pair in words for word in pair if word.strip()).lower()


@lru_cache(maxsize=4096)
def moment(serial: float, *, from_1904: bool) -> date | datetime | time | None:
    """The day, moment or time of day that Excel's ``serial`` number stands for; None outside years 1900–9999."""
    if not 0 <= serial < 2_958_466:
        return None
    seconds = round(serial % 1 * 86_400)
    days = int(serial)
    if seconds == 86_400:
        days, seconds = days + 1, 0
    if from_1904:
        start = date(1904, 1, 1)
    else:
        # Excel counts a 29 February 1900 that never was.
        start = date(1899, 12, 31) if days < 60 else date(1899, 12, 30)
    clock = (datetime.min + timedelta(seconds=seconds)).time()
    if serial < 1:
        return clock
    try:
        day = start + timedelta(days=days)
    except OverflowError:
        return None
    return datetime.combine(day, clock) if seconds else day

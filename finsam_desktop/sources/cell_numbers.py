"""Numbers in cells, also those that were typed or exported as text in the Swedish way."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final

from finsam_desktop.domain import wording
from finsam_desktop.sources import number_formats
from finsam_desktop.sources.number_formats import FormatKind
from finsam_desktop.sources.workbook import SheetCell

_SPACES: Final = str.maketrans("", "", " \u00a0\u202f\u2009\t'")
_MINUS: Final = str.maketrans("−–—", "---")
_GROUPED: Final = re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?$")
_PLAIN: Final = re.compile(r"-?(?:\d+(?:[.,]\d+)?|,\d+)$")
_WORTHY: Final = re.compile(r"^[-−–—(]?\s*[\d,]")
_UNIT_AFTER: Final = re.compile(r"\s*(?:kr|sek|tkr|kkr|mkr|mnkr|st|:-|%)\.?$", re.IGNORECASE)


def parse_number(text: str) -> Decimal | None:
    """The number that ``text`` writes: "12 635", "−1 145,70", "(286)", "1.234,50", "286-", "80 %" (0.80); else None."""
    if not text or len(text) > 40 or not _WORTHY.match(text.strip()):
        return None
    plain = text.strip().translate(_MINUS)
    percent = plain.endswith("%")
    plain = _UNIT_AFTER.sub("", plain)
    if plain.startswith("(") and plain.endswith(")"):
        plain = "-" + plain[1:-1]
    elif plain.endswith("-") and not plain.startswith("-"):
        plain = "-" + plain[:-1]
    compact = plain.translate(_SPACES)
    if _GROUPED.match(compact):
        compact = compact.replace(".", "")
    elif not _PLAIN.match(compact):
        return None
    elif " " in plain.strip("- ") and not re.match(
        r"-?\s?\d{1,3}(?:[\s\u00a0\u202f\u2009]\d{3})*(?:[.,]\d+)?$", plain
    ):
        return None
    number = Decimal(compact.replace(",", "."))
    return number / 100 if percent else number


def number_of(cell: SheetCell) -> Decimal | None:
    """The cell's number, or the number its text writes; None for everything else."""
    value = cell.value
    if type(value) is Decimal:
        return value
    return parse_number(value) if type(value) is str else None


def is_percent(cell: SheetCell) -> bool:
    """True when the cell shows its number as a percentage, so that 0.74 means 74 %."""
    if type(cell.value) is str:
        return cell.value.rstrip().endswith("%")
    return number_formats.kind(cell.number_format) is FormatKind.PERCENT


def shown(cell: SheetCell) -> str:
    """The cell as Excel shows it to a Swedish reader: "11 490 000", "74 %", "2026-08-31", "#DIV/0!"."""
    value = cell.value
    if cell.error:
        return cell.error
    if isinstance(value, Decimal):
        return _shown_number(value, cell.number_format)
    if isinstance(value, bool):
        return "SANT" if value else "FALSKT"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return value or ""


def _shown_number(value: Decimal, code: str) -> str:
    places = number_formats.decimals(code)
    if number_formats.kind(code) is FormatKind.PERCENT:
        return wording.percent(value, places or 0)
    value = value.scaleb(-3 * number_formats.scale(code))
    if places is None:
        exponent = value.normalize().as_tuple().exponent
        plain = wording.number(value, min(max(-exponent, 0), 10) if isinstance(exponent, int) else 0)
        return plain.replace(wording.NBSP, "") if abs(value) < 10_000 else plain
    grouped = wording.number(value, places)
    return (
        grouped
        if "," in code.split(";")[0].split(".")[0] or " " in code
        else grouped.replace(wording.NBSP, "")
    )

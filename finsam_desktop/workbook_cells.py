"""Values into the cells of a workbook that we save. User text is text, never a formula."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from finsam_desktop.errors import UserError

if TYPE_CHECKING:
    from openpyxl.cell import Cell

LONGEST = 32_767
"""Excel holds so many characters in a cell."""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_A_CELL = re.compile("[\x00\ud800-\udfff\ufffe\uffff]")


def write(cell: Cell, value: str | int | date | Decimal | None) -> None:
    """Put the value in the cell: text exactly as it is, days and amounts as Excel's own. None leaves it empty.

    UserError naming sheet and cell when a text is longer than a cell holds; openpyxl would cut it without a word.
    """
    if isinstance(value, str):
        if value:
            _write_text(cell, _CONTROL.sub(_escaped, value))
    elif value is not None:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"


def without_control(text: str) -> str:
    """The text without what XML cannot hold, for a workbook's title and author."""
    return _UNPRINTABLE.sub("", text)


def _write_text(cell: Cell, text: str) -> None:
    if len(text) > LONGEST:
        raise UserError(
            f"Texten i cell {cell.coordinate}, bladet {cell.parent.title}, är för lång för Excel.",
            advice=f"En cell rymmer {LONGEST} tecken. Korta texten och spara igen.",
        )
    cell.value = text
    # openpyxl takes a text that begins with "=" for a formula; the mark keeps Excel from it too.
    cell.data_type = "s"
    cell.quotePrefix = True


def _escaped(found: re.Match[str]) -> str:
    """SpreadsheetML's way of writing what XML cannot hold, and of a text that looks like that way."""
    text = found[0]
    if _NOT_IN_A_CELL.fullmatch(text):
        return ""
    return f"_x{ord(text):04X}_" if len(text) == 1 else f"_x005F{text}"

"""A workbook's sheets as text, for where no office program lays them out: values as they are shown, no formulas."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from typing import Any

MAX_ROWS, MAX_COLUMNS, MAX_CELLS = 2_000, 40, 20_000
Sheet = tuple[str, list[list[str]]]


def sheets_of(content: bytes, ending: str) -> list[Sheet]:
    """The visible sheets with their cells' texts, from the first used cell on; what is left out is told in the last
    row."""
    cells_left = MAX_CELLS
    sheets = []
    for name, rows in _from_xlsx(content) if ending in (".xlsx", ".xlsm") else _from_others(content):
        trimmed = _trimmed(rows)
        width = min(max((len(row) for row in trimmed), default=0), MAX_COLUMNS)
        most = min(MAX_ROWS, cells_left // max(width, 1))
        shown = [(row + [""] * width)[:width] for row in trimmed[:most]]
        cells_left -= len(shown) * width
        if len(trimmed) > most or any(len(row) > width for row in trimmed):
            shown.append(["Bladet är större än så här. Se arbetsboken."] + [""] * (width - 1))
        sheets.append((name, shown))
        if cells_left <= 0:
            break
    return sheets


def _trimmed(rows: list[list[str]]) -> list[list[str]]:
    """Without empty rows at the end and empty columns at the left and right."""
    while rows and not any(rows[-1]):
        rows.pop()
    while rows and not any(rows[0]):
        rows.pop(0)
    width = max((number + 1 for row in rows for number, text in enumerate(row) if text), default=0)
    left = min((number for row in rows for number, text in enumerate(row) if text), default=0)
    return [row[left:width] for row in rows]


def _from_xlsx(content: bytes) -> list[Sheet]:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        sheets: list[Sheet] = []
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                continue
            rows = sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS + 1)
            sheets.append(
                (sheet.title, [[_shown(cell.value, cell.number_format) for cell in row] for row in rows])
            )
        return sheets
    finally:
        book.close()


def _from_others(content: bytes) -> list[Sheet]:
    import python_calamine

    try:
        book = python_calamine.load_workbook(io.BytesIO(content))
        visible = [
            about.name
            for about in book.sheets_metadata
            if about.visible == python_calamine.SheetVisibleEnum.Visible
        ]
        return [
            (
                name,
                [
                    [_shown(value, "") for value in row]
                    for row in book.get_sheet_by_name(name).to_python(nrows=MAX_ROWS + 1)
                ],
            )
            for name in visible
        ]
    except python_calamine.CalamineError as error:
        raise ValueError(str(error)) from error


def _shown(value: Any, number_format: str | None) -> str:
    """A value as a Swedish reader sees it. Numbers get the decimals, percent and grouping of their format."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Sant" if value else "Falskt"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, (date, time, timedelta)):
        return str(value)
    if isinstance(value, (int, float)):
        return _number(value, (number_format or "General").partition(";")[0])
    return str(value)


def _number(value: float, pattern: str) -> str:
    percent = "%" in pattern
    value = value * 100 if percent else value
    digits = pattern.partition(".")[2]
    decimals = len(digits) - len(digits.lstrip("0#?"))
    if not any(sign in pattern for sign in "0#"):
        text = f"{value:.10g}"
        text = f"{value:.2f}" if "e" in text else text
    else:
        text = f"{value:,.{decimals}f}" if "#" in pattern else f"{value:.{decimals}f}"
    text = text.replace(",", "\u00a0").replace(".", ",").replace("-", "−")
    return f"{text}\u00a0%" if percent else text

"""Reading .xls and .ods by python-calamine: values, hidden sheets and merged cells.

Calamine gives an error cell (#DIV/0!) as an empty text and no number formats. For .ods errors, shares and formulas are
taken from the file's own XML beside it. In .xls an error cannot be told from an empty cell; the workbook says so.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from finsam_desktop.errors import UserError
from finsam_desktop.sources.cell_rows import MAX_PLACES
from finsam_desktop.sources.compound import checked_xls
from finsam_desktop.sources.container import Container
from finsam_desktop.sources.number_formats import GENERAL
from finsam_desktop.sources.workbook import RawValue, Sheet, Workbook, range_text

if TYPE_CHECKING:
    from lxml.etree import _Element

_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_VALUE_TYPE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value-type"

_EXTENDED_TYPE: Final = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_ERROR: Final = re.compile(r"#[^\s]+[!?A]$|Err:\d{3}$|Fel:\d{3}$|#[A-ZÅÄÖ/0-9]+$")
_MOST_MARKS: Final = 100_000
_XLS_ERRORS: Final = (
    "I en .xls-fil syns inte om en tom cell egentligen är ett fel, som #DIVISION/0!. "
    "Spara filen som .xlsx i Excel om du är osäker."
)
_RESAVE = "Öppna den i Excel eller LibreOffice och spara den som Excel-arbetsbok (.xlsx)."


def read_ods(content: bytes, file_name: str, sha256: str) -> Workbook:
    """The workbook in an OpenDocument file; UserError when it is unsafe, damaged or protected."""
    container = Container(content, file_name)
    root = container.xml("content.xml")
    # Calamine writes out repeated cells, so that a few bytes can become a million rows: they are counted first.
    if _repeated_cells(root) > MAX_PLACES:
        raise UserError(
            f"{file_name} har ett blad som är för stort att läsa.",
            advice="Spara den del som behövs i en egen arbetsbok.",
        )
    book = _read(content, file_name, sha256)
    marks = _marks(root)
    sheets = tuple(
        _marked(sheet, marks[sheet.name]) if sheet.name in marks else sheet for sheet in book.sheets
    )
    return replace(book, sheets=sheets)


def _marks(root: _Element) -> dict[str, dict[tuple[int, int], str]]:
    """Per sheet the cells that show an error, with its text, or a share, with "%". Repeated cells count once each."""
    found: dict[str, dict[tuple[int, int], str]] = {}
    for table in root.iter(f"{_TABLE}table"):
        marks = found.setdefault(table.get(f"{_TABLE}name", ""), {})
        number = 0
        for row in table.iter(f"{_TABLE}table-row"):
            column = 0
            for cell in row:
                kind = cell.get(_VALUE_TYPE, "")
                text = "".join(cell.itertext()).strip() if cell.get(_EXTENDED_TYPE) == "error" else ""
                if _ERROR.match(text):
                    marks[number + 1, column + 1] = text
                elif kind == "percentage":
                    marks[number + 1, column + 1] = "%"
                column += _times(cell, "number-columns-repeated")
            number += _times(row, "number-rows-repeated")
            if len(marks) > _MOST_MARKS:
                break
    return {name: marks for name, marks in found.items() if marks}


def _marked(sheet: Sheet, marks: dict[tuple[int, int], str]) -> Sheet:
    """The sheet with its errors, and with a number format for what is a share."""
    values = list(sheet.values)
    styles: list[array[int] | None] = list(sheet.styles)
    errors = {place: text for place, text in marks.items() if text != "%"}
    for row, column in errors:
        if row > len(values):
            values.extend(((),) * (row - len(values)))
            styles.extend((None,) * (row - len(styles)))
        if column > len(values[row - 1]):
            values[row - 1] = (*values[row - 1], *(None,) * (column - len(values[row - 1])))
    for row, column in marks.keys() - errors.keys():
        if row <= len(values) and column <= len(values[row - 1]):
            kept = styles[row - 1]
            style = styles[row - 1] = array("H", bytes(2 * len(values[row - 1]))) if kept is None else kept
            if column <= len(style):
                style[column - 1] = 1
    return replace(sheet, values=tuple(values), styles=tuple(styles), errors=errors, formats=(GENERAL, "0%"))


def _repeated_cells(root: _Element) -> int:
    """Places up to the last cell with content of each row, rows times columns, as they will be written out."""
    places = 0
    for row in root.iter(f"{_TABLE}table-row"):
        times = _times(row, "number-rows-repeated")
        width = filled = 0
        for cell in row:
            width += _times(cell, "number-columns-repeated")
            if len(cell) or cell.get(_VALUE_TYPE):
                filled = width
        places += times * filled
    return places


def _times(element: _Element, name: str) -> int:
    text = element.get(f"{_TABLE}{name}", "1")
    return int(text) if text.isdecimal() else 1


def read_xls(content: bytes, file_name: str, sha256: str) -> Workbook:
    """The workbook in a file of Excel 97–2003; UserError when it is damaged or protected."""
    return replace(_read(checked_xls(content, file_name), file_name, sha256), remarks=(_XLS_ERRORS,))


def _read(content: bytes, file_name: str, sha256: str) -> Workbook:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

    from finsam_desktop.sources.container import locked_with_password

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        sheets = tuple(
            _sheet(book.get_sheet_by_name(about.name), about.visible is not SheetVisibleEnum.Visible)
            for about in book.sheets_metadata
        )
    except PasswordError as error:
        raise locked_with_password(file_name) from error
    except (CalamineError, OSError, ValueError) as error:
        raise _unreadable(file_name, error) from error
    except BaseException as error:
        # Calamine is compiled and panics at some damaged files. Its panic is no Exception and can only be told by name.
        if type(error).__name__ != "PanicException":
            raise
        raise _unreadable(file_name, error) from error
    if not any(sheet.row_count for sheet in sheets):
        raise UserError(f"{file_name} har inget blad med celler.", advice="Kontrollera att det är rätt fil.")
    return Workbook(file_name=file_name, sha256=sha256, sheets=sheets)


def _unreadable(file_name: str, error: BaseException) -> UserError:
    return UserError(
        f"Filen {file_name} är skadad eller av ett slag som inte kan läsas.",
        advice=_RESAVE,
        detail=repr(error),
    )


def _sheet(sheet: Any, hidden: bool) -> Sheet:
    rows = [_trimmed([_value(cell) for cell in row]) for row in sheet.to_python(skip_empty_area=False)]
    while rows and not rows[-1]:
        rows.pop()
    merged = tuple(
        range_text(top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in (sheet.merged_cell_ranges or ())
    )
    return Sheet(
        name=sheet.name, hidden=hidden, values=tuple(rows), styles=(None,) * len(rows), merged=merged
    )


def _value(cell: object) -> RawValue:
    if cell == "" or cell is None:
        return None
    if isinstance(cell, timedelta):
        return cell / timedelta(days=1)
    if isinstance(cell, datetime):
        return cell.date() if cell.time() == time() else cell
    if isinstance(cell, int) and not isinstance(cell, bool):
        return float(cell)
    return cell if isinstance(cell, str | bool | float | date | time) else str(cell)


def _trimmed(cells: list[RawValue]) -> tuple[RawValue, ...]:
    while cells and cells[-1] is None:
        cells.pop()
    return tuple(cells)

"""Reading .xls and .ods by python-calamine: values, hidden sheets and merged cells, without number formats.

Calamine gives an error cell (#DIV/0!) as an empty text, where an empty cell is None or also an empty text: in these two
kinds of file an error cannot be told from an empty cell. Numbers that look like shares are left to the headings.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from finsam_desktop.errors import UserError
from finsam_desktop.sources.container import Container
from finsam_desktop.sources.sheet_cells import MAX_PLACES
from finsam_desktop.sources.workbook import RawValue, Sheet, Workbook, range_text

if TYPE_CHECKING:
    from lxml.etree import _Element

_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_VALUE_TYPE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value-type"

_RESAVE = "Öppna den i Excel eller LibreOffice och spara den som Excel-arbetsbok (.xlsx)."


def read_ods(content: bytes, file_name: str, sha256: str) -> Workbook:
    """The workbook in an OpenDocument file; UserError when it is unsafe, damaged or protected."""
    container = Container(content, file_name)
    # Calamine writes out repeated cells, so that a few bytes can become a million rows: they are counted first.
    if _repeated_cells(container.xml("content.xml")) > MAX_PLACES:
        raise UserError(
            f"{file_name} har ett blad som är för stort att läsa.",
            advice="Spara den del som behövs i en egen arbetsbok.",
        )
    return _read(content, file_name, sha256)


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
    return _read(content, file_name, sha256)


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
        raise UserError(
            f"Filen {file_name} är skadad eller av ett slag som inte kan läsas.",
            advice=_RESAVE,
            detail=repr(error),
        ) from error
    if not any(sheet.row_count for sheet in sheets):
        raise UserError(f"{file_name} har inget blad med celler.", advice="Kontrollera att det är rätt fil.")
    return Workbook(file_name=file_name, sha256=sha256, sheets=sheets)


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

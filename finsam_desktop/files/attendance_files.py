"""The basis for fees as a workbook: a sheet with a row for each person, one with a row for each attendance."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from finsam_desktop.domain.association import Association
from finsam_desktop.domain.fees import Attended, PersonSum, sums
from finsam_desktop.domain.wording import ROLES
from finsam_desktop.errors import UserError
from finsam_desktop.workbook_cells import without_control, write

_SUMS = (
    ("Namn", 32),
    ("Utsedd av", 26),
    ("Uppdrag", 26),
    ("Sammanträden", 15),
    ("Varav tjänstgörande ersättare", 16),
    ("Timmar", 10),
    ("Arvode, kr", 14),
)
_ROWS = (
    ("Sammanträde", 14),
    ("Namn", 32),
    ("Utsedd av", 26),
    ("Uppdrag", 20),
    ("Tjänstgjorde som ersättare", 16),
    ("På distans", 11),
    ("Paragrafer, när inte alla", 18),
    ("Timmar", 10),
    ("Arvode, kr", 14),
)
Value = str | int | date | Decimal | None


def workbook(association: Association, rows: Sequence[Attended], title: str) -> bytes:
    """The .xlsx. Sums are values, not formulas; text is text, never a formula; days are dates."""
    from openpyxl import Workbook

    people = sums(rows)
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "Per person"
    _sheet(first, _SUMS, [_person(one) for one in people], total=_total(people))
    second = book.create_sheet("Per sammanträde")
    _sheet(second, _ROWS, [_row(one) for one in rows])
    book.properties.title = without_control(title)
    book.properties.creator = without_control(association.name)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _person(one: PersonSum) -> Sequence[Value]:
    roles = ", ".join(ROLES[role] for role in one.roles)
    return (one.name, one.member, roles, one.meetings, one.serving, one.hours, one.fee)


def _total(people: Sequence[PersonSum]) -> Sequence[Value]:
    return (
        "Summa",
        "",
        "",
        sum(one.meetings for one in people),
        sum(one.serving for one in people),
        sum((one.hours for one in people), Decimal()),
        sum((one.fee for one in people), Decimal()),
    )


def _row(one: Attended) -> Sequence[Value]:
    return (
        one.day,
        one.name,
        one.member,
        ROLES[one.role],
        "ja" if one.serving else "",
        "ja" if one.distance else "",
        one.sections,
        one.hours,
        one.fee,
    )


def _sheet(
    sheet: Any,
    heads: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[Value]],
    total: Sequence[Value] | None = None,
) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.utils import get_column_letter

    for place, (head, width) in enumerate(heads, start=1):
        cell = sheet.cell(1, place, head)
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(place)].width = width
    for number, values in enumerate(rows, start=2):
        _fill(sheet, number, values)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{len(rows) + 1}"
    if total is not None:
        last = len(rows) + 2
        _fill(sheet, last, total)
        for place in range(1, len(heads) + 1):
            sheet.cell(last, place).font = Font(bold=True)
            sheet.cell(last, place).border = Border(top=Side(style="thin"))
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def _fill(sheet: Any, number: int, values: Sequence[Value]) -> None:
    for place, value in enumerate(values, start=1):
        cell = sheet.cell(number, place)
        write(cell, value)
        if isinstance(value, Decimal):
            cell.number_format = "#,##0.00" if value % 1 else "#,##0"


def save(path: Path, association: Association, rows: Sequence[Attended], title: str) -> Path:
    """Write the workbook and give its path. UserError when nobody has attended, or when it cannot be written."""
    from finsam_desktop.storage.safewrite import write_file

    if not rows:
        raise UserError(
            "Det finns ingen närvaro att redovisa.",
            advice="Välj ett år med genomförda sammanträden, eller anteckna närvaron och försök igen.",
        )
    write_file(path, workbook(association, rows, title))
    return path

"""The register of members and people as a workbook: to fill in, to send to a member, to read in again.

What is written is read back exactly. User text is text, never a formula.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from finsam_desktop.domain.association import Association
from finsam_desktop.domain.people_import import RegisterChange, read
from finsam_desktop.domain.people_sheet import (
    ELIGIBILITY,
    KEY,
    KINDS,
    MEMBER_HEADS,
    MEMBERS,
    PEOPLE,
    PEOPLE_HEADS,
    Given,
    GivenRow,
    SheetFault,
    Value,
    member_rows,
    people_rows,
)
from finsam_desktop.domain.wording import ROLES
from finsam_desktop.errors import UserError
from finsam_desktop.workbook_cells import write

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from finsam_desktop.sources import Sheet, SheetCell, Workbook

MOST_ROWS = 5_000
"""A register of an association has some fifty rows."""
_HEAD_ROWS = 10
_MOST_FAULTS = 8
_WIDTHS = {
    "Medlem": 34, "Slag": 20, "Andel i procent": 16, "Anslagstavla": 44, "Adress för expediering": 38, "Namn": 28,
    "Parti": 8, "E-post": 34, "Telefon": 16, "Uppdrag": 18, "Utsedd av": 28, "Turordning": 12, "Titel": 22,
    "Från och med": 15, "Till och med": 15, "Valbar som": 26, "Valbar till och med": 19, KEY: 36,
}  # fmt: skip


def workbook(association: Association) -> bytes:
    """The register as .xlsx: a sheet of members and a sheet with a row for each appointment.

    UserError when a text is longer than a cell can hold.
    """
    from openpyxl import Workbook
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    members = book.active
    assert members is not None
    members.title = MEMBERS
    people = book.create_sheet(PEOPLE)
    _fill(members, MEMBER_HEADS, member_rows(association))
    _fill(people, PEOPLE_HEADS, people_rows(association))
    for sheet, heads, head, words in (
        (members, MEMBER_HEADS, "Slag", KINDS.values()),
        (people, PEOPLE_HEADS, "Uppdrag", (word.capitalize() for word in ROLES.values())),
        (people, PEOPLE_HEADS, "Valbar som", (word for word in ELIGIBILITY.values() if word)),
    ):
        choice = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
        choice.error = "Välj i listan."
        sheet.add_data_validation(choice)
        column = _column(heads.index(head) + 1)
        choice.add(f"{column}2:{column}{MOST_ROWS}")
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _column(number: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(number))


def _fill(sheet: Worksheet, heads: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
    from openpyxl.styles import Font

    for place, head in enumerate(heads, start=1):
        sheet.cell(1, place, head).font = Font(bold=True)
        sheet.column_dimensions[_column(place)].width = _WIDTHS[head]
    sheet.column_dimensions[_column(len(heads))].hidden = True  # the key: for the program, not for people
    for row, values in enumerate(rows, start=2):
        for place, value in enumerate(values, start=1):
            write(sheet.cell(row, place), value)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions


def save(path: Path, association: Association) -> Path:
    """Write the workbook and give its path. UserError when that fails; an old file is then untouched."""
    from finsam_desktop.storage.safewrite import write_file

    write_file(path, workbook(association))
    return path


def load(path: Path, association: Association, *, today: date, end_missing: bool = False) -> RegisterChange:
    """What the workbook at ``path`` would change in the association's register; nothing is changed by it.

    UserError naming sheet and cell when something in it cannot be understood.
    """
    from finsam_desktop.sources import read_workbook

    book = read_workbook(path)
    people = _sheet(book, PEOPLE, "Namn")
    if people is None:
        raise UserError(
            f"{path.name} har inget blad {PEOPLE}.",
            advice="Spara registret som Excel härifrån, fyll i den filen och hämta den.",
        )
    members = _sheet(book, MEMBERS, "Medlem")
    faults: list[SheetFault] = []
    change = read(
        association,
        None if members is None else _rows(members, MEMBERS, "Medlem", faults, path.name),
        _rows(people, PEOPLE, "Namn", faults, path.name),
        today=today,
        end_missing=end_missing,
    )
    faults += change.faults
    if faults:
        raise _refused(path.name, faults)
    return change


def _sheet(book: Workbook, name: str, head: str) -> Sheet | None:
    named = next((s for s in book.sheets if s.name.strip().casefold() == name.casefold()), None)
    return named if named is not None and _head_row(named, head) else None


def _head_row(sheet: Sheet, head: str) -> int:
    """The number of the row with the heads; 0 when none of the first rows has ``head``."""
    for row in range(1, min(sheet.row_count, _HEAD_ROWS) + 1):
        if any(_plain(cell).casefold() == head.casefold() for cell in sheet.row(row)):
            return row
    return 0


def _plain(cell: SheetCell) -> str:
    return "" if cell.value is None else str(cell.value).strip()


def _rows(sheet: Sheet, name: str, head: str, faults: list[SheetFault], file_name: str) -> list[GivenRow]:
    top = _head_row(sheet, head)
    known = {one.casefold(): one for one in (*MEMBER_HEADS, *PEOPLE_HEADS)}
    heads: dict[int, str] = {}
    for cell in sheet.row(top):
        said = known.get(_plain(cell).casefold())
        if said is not None and said in heads.values():
            faults.append(
                SheetFault(sheet=name, cell=cell.address, text=f"Kolumnen {said} finns två gånger.")
            )
        elif said is not None:
            heads[cell.column] = said
    if sheet.row_count - top > MOST_ROWS:
        raise UserError(
            f"{file_name} har fler än {MOST_ROWS} rader på bladet {name}.",
            advice="Ta bort det som inte hör till registret och försök igen.",
        )
    rows: list[GivenRow] = []
    for number in range(top + 1, sheet.row_count + 1):
        rows.append(
            {title: _given(sheet.cell(number, column), name, faults) for column, title in heads.items()}
        )
    return rows


def _given(cell: SheetCell, sheet: str, faults: list[SheetFault]) -> Given:
    if cell.error:
        faults.append(SheetFault(sheet=sheet, cell=cell.address, text=f"Cellen visar {cell.error}."))
    value = cell.value
    if isinstance(value, bool):
        value = "ja" if value else "nej"
    elif isinstance(value, Decimal) and "%" in cell.number_format:
        value = value * 100
    return Given(value=value if isinstance(value, str | Decimal | date) else None, cell=cell.address)


def _refused(file_name: str, faults: Sequence[SheetFault]) -> UserError:
    lines = [f"{fault.sheet}, cell {fault.cell or '?'}: {fault.text}" for fault in faults]
    first = lines[0]
    if len(lines) == 1:
        return UserError(
            f"{file_name} är inte inläst. {first}", advice="Rätta cellen, spara filen och hämta den igen."
        )
    more = "\n".join(lines[1:_MOST_FAULTS])
    rest = f"\noch {len(lines) - _MOST_FAULTS} till" if len(lines) > _MOST_FAULTS else ""
    return UserError(
        f"{file_name} är inte inläst, {len(lines)} celler behöver rättas. {first}",
        advice=f"Rätta också:\n{more}{rest}",
    )

"""The decision register as a workbook, to sort and send on. User text is text, never a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path

from finsam_desktop.domain.register import ENTRY_STATES, OUTCOMES, DecisionEntry
from finsam_desktop.workbook_cells import LONGEST, write

_CUT = " … (resten står i protokollet)"
_MOST = LONGEST // 2
"""Characters of a text that are written out; the rest of the room is for odd ones, which take several."""
_HEADS = (
    ("Sammanträde", 13),
    ("§", 7),
    ("Ärende", 44),
    ("Utfall", 18),
    ("Beslut", 70),
    ("Uppdrag", 44),
    ("Ansvarig", 22),
    ("Senast", 13),
    ("Läge", 12),
    ("Återrapport", 44),
    ("Rapporterat", 13),
)


def workbook(entries: Iterable[DecisionEntry], today: date) -> bytes:
    """The entries as .xlsx: a frozen and filtered heading row, real dates, text as text."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Beslut"
    for place, (head, width) in enumerate(_HEADS, start=1):
        cell = sheet.cell(1, place, head)
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = width
    for row, entry in enumerate(entries, start=2):
        for place, value in enumerate(_values(entry, today), start=1):
            cell = sheet.cell(row, place)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            write(cell, _fitted(value) if isinstance(value, str) else value)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _fitted(text: str) -> str:
    """The text, cut with a note of it where no cell can hold the whole."""
    return text if len(text) <= _MOST else text[:_MOST] + _CUT


def _values(entry: DecisionEntry, today: date) -> Sequence[str | int | date | None]:
    follow_up = entry.follow_up
    number: str | int = f"{entry.paragraph} {entry.letter}" if entry.letter else entry.paragraph
    return (
        entry.meeting.date,
        number,
        entry.title,
        OUTCOMES[entry.item.decision.outcome],
        "\n".join(entry.words.split("; ")) if entry.clauses else "",
        follow_up.task if follow_up is not None else "",
        follow_up.responsible if follow_up is not None else "",
        follow_up.due if follow_up is not None else None,
        ENTRY_STATES[entry.state(today)] if follow_up is not None else "",
        follow_up.report if follow_up is not None else "",
        follow_up.reported_on if follow_up is not None else None,
    )


def save(path: Path, entries: Iterable[DecisionEntry], today: date) -> Path:
    """Write the workbook and give its path. UserError when that fails; an old file is then untouched."""
    from finsam_desktop.storage.safewrite import write_file

    write_file(path, workbook(entries, today))
    return path

"""Setting figure tables into an item: new ones are added, changed ones are shown before they replace anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from finsam_desktop.domain import agenda, numbering
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.figures import FigureTable, Origin
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.errors import UserError

if TYPE_CHECKING:
    from finsam_desktop.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """What came of an attempt: lines to show, and whether differences held a table back."""

    lines: tuple[str, ...]
    held_back: bool


def find_item(meeting: Meeting, text: str) -> AgendaItem:
    """The item written as "5", "5B" or an id. UserError when there is none."""
    numbers = numbering.agenda_numbers(meeting)
    for item in meeting.items:
        if text in (item.id, numbers[item.id]):
            return item
        for sub in item.sub_items:
            if text == sub.id or text.upper() == numbers[item.id] + numbers[sub.id]:
                return sub
    raise UserError(
        f"Ärende {text} finns inte på dagordningen {meeting.date}.",
        advice=f"Ange ett nummer mellan 1 och {len(meeting.items)}, eller till exempel 5B för en underpunkt.",
    )


def same_place(table: FigureTable, other: FigureTable) -> bool:
    """Whether two tables are the same one, read again: from the same sheet and place of a file with the same name.

    A report out of the bookkeeping is known by what it shows and its year: the next file is often called otherwise,
    and may have more accounts.
    """
    place = _place(table)
    return place is not None and place == _place(other)


def _place(table: FigureTable) -> tuple[str, str, str] | None:
    """File name, sheet and first cell: rows may have been added at the end since last time.

    What was pasted has no place that could be found again.
    """
    if table.source is None or table.source.origin is Origin.PASTED:
        return None
    if table.source.origin is Origin.BOOKKEEPING:
        return "", table.source.sheet, str(table.period.end.year) if table.period else ""
    return table.source.file_name, table.source.sheet, table.source.cells.partition(":")[0]


def set_in(meeting: Meeting, item_id: str, tables: Sequence[FigureTable]) -> Meeting:
    """The meeting with ``tables`` in the item; a table from the same place keeps its id and is replaced."""

    def changed(item: AgendaItem) -> AgendaItem:
        figures = list(item.figures)
        for table in tables:
            index = next((i for i, old in enumerate(figures) if same_place(old, table)), None)
            if index is None:
                figures.append(table)
            else:
                figures[index] = replace(table, id=figures[index].id)
        return replace(item, figures=tuple(figures))

    return replace(meeting, items=agenda.update(meeting.items, item_id, changed))


def attach(
    workspace: Workspace,
    meeting_text: str,
    item_text: str,
    source: Path,
    *,
    sheet: str | None = None,
    replace_changed: bool = False,
    today: date,
) -> Attached:
    """Read ``source`` and set its recognised tables into the item.

    Tables that are already there and differ are held back, with each difference as a line, until
    ``replace_changed`` is given. UserError when nothing is recognised.
    """
    from finsam_desktop.sources import figure_table, read_workbook, recognise, recognise_usual

    find_item(workspace.find_meeting(meeting_text), item_text)
    book = read_workbook(source)
    wanted = book.sheet(sheet).name if sheet is not None else None
    found = [table for table in recognise(book) if table.sheet == wanted] if wanted else recognise_usual(book)
    if not found:
        where = f"på bladet {sheet} i {source.name}" if sheet else f"i {source.name}"
        raise UserError(
            f"Ingen tabell med siffror känns igen {where}.",
            advice="En tabell behöver en rubrikrad och minst en kolumn med tal. Blad i filen: "
            + ", ".join(s.name for s in book.sheets)
            + ".",
        )
    made = attach_tables(
        workspace,
        meeting_text,
        item_text,
        [figure_table(book, recognised, read_on=today) for recognised in found],
        replace_changed=replace_changed,
    )
    return replace(made, lines=(*book.remarks, *made.lines))


def attach_tables(
    workspace: Workspace,
    meeting_text: str,
    item_text: str,
    tables: Sequence[FigureTable],
    *,
    replace_changed: bool = False,
) -> Attached:
    """Set tables that were read from a file into the item, with the same care as ``attach``."""
    from finsam_desktop.sources import compare

    meeting = workspace.find_meeting(meeting_text)
    item = find_item(meeting, item_text)
    ready: list[FigureTable] = []
    lines: list[str] = []
    held_back = False
    for table in tables:
        assert table.source is not None
        old = next((t for t in item.figures if same_place(t, table)), None)
        differences = compare(old, table) if old is not None else ()
        lines += [str(difference) for difference in differences]
        if differences and not replace_changed:
            held_back = True
            lines.append(
                f"{table.title}: {len(differences)} skillnader. Inget är ersatt. Ange --replace för att ersätta."
            )
            continue
        ready.append(table)
        lines.append(f"{table.title}: {len(table.rows)} rader från {table.source.sheet}!{table.source.cells}")
    if ready:
        label = f"Sätt in siffror i ärende {item_text}"
        workspace.change(label, meeting, set_in(meeting, item.id, ready))
    return Attached(lines=tuple(lines), held_back=held_back)

"""The grid of people and paragraphs: who was there, who decided, in which words the exceptions are shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from finsam_desktop.domain import attendance as rules
from finsam_desktop.domain import wording
from finsam_desktop.domain.association import BOARD_ROLES, Appointment, Association, Role
from finsam_desktop.domain.attendance import Decider
from finsam_desktop.domain.decisions import Outcome
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.numbering import agenda_numbers, paragraphs

OTHER_ROLES = (
    Role.DIRECTOR, Role.SECRETARY, Role.ECONOMIST, Role.PROCESS_LEADER, Role.COOPTED, Role.AUDITOR,
)  # fmt: skip


class CellKind(StrEnum):
    """What a person did during a paragraph."""

    AWAY = "away"
    PRESENT = "present"
    SERVING = "serving"
    CONFLICT = "conflict"


class RowKind(StrEnum):
    """A heading over rows, a person, or the number who decide."""

    HEADING = "heading"
    PERSON = "person"
    COUNT = "count"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One person during one paragraph. ``starts`` and ``ends`` round the bar."""

    kind: CellKind = CellKind.AWAY
    starts: bool = False
    ends: bool = False
    word: str = ""
    count: int = 0
    quorate: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    """A row of the grid."""

    kind: RowKind
    name: str
    note: str = ""
    person_id: str = ""
    away: bool = False
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GridColumn:
    """A paragraph. ``decided`` when something has been recorded about it."""

    item_id: str
    paragraph: int
    number: str
    title: str
    decides: bool = False
    decided: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The whole grid."""

    columns: tuple[GridColumn, ...] = ()
    rows: tuple[GridRow, ...] = ()

    def column_of(self, item_id: str) -> int:
        """The item's place among the paragraphs, 0 when it is not there."""
        return next((i for i, column in enumerate(self.columns) if column.item_id == item_id), 0)


CELL_WORDS = {
    CellKind.AWAY: "inte närvarande",
    CellKind.PRESENT: "närvarar",
    CellKind.SERVING: "tjänstgör",
    CellKind.CONFLICT: "jäv",
}


def attendance_grid(meeting: Meeting, association: Association, meetings: Iterable[Meeting]) -> Grid:
    """The grid of the meeting: ledamöter, ersättare, others, and the number who decide."""
    numbers, sections = agenda_numbers(meeting), paragraphs(meetings, meeting)
    columns = tuple(
        GridColumn(
            item_id=item.id,
            paragraph=sections.get(item.id, 0),
            number=numbers[item.id],
            title=item.title,
            decides=item.type.decides,
            decided=item.decision.outcome is not Outcome.UNSET,
        )
        for item in meeting.items
    )
    deciders = [rules.deciders(meeting, association, item.id) for item in meeting.items]
    rows: list[GridRow] = []
    seen: set[str] = set()
    groups = (("Beslutande", BOARD_ROLES), ("Ersättare", (Role.DEPUTY,)), ("Övriga", OTHER_ROLES))
    for heading, roles in groups:
        people = _appointed(meeting, association, roles, seen)
        if people:
            rows.append(GridRow(kind=RowKind.HEADING, name=heading))
        rows += [_person_row(meeting, association, one, deciders) for one in people]
    if meeting.items:
        rows.append(_count_row(meeting, association, deciders))
    return Grid(columns=columns, rows=tuple(rows))


def _appointed(
    meeting: Meeting, association: Association, roles: Sequence[Role], seen: set[str]
) -> list[Appointment]:
    found = []
    for role in roles:
        for appointment in association.appointed(meeting.date, role):
            if appointment.person_id not in seen:
                seen.add(appointment.person_id)
                found.append(appointment)
    return found


def _person_row(
    meeting: Meeting,
    association: Association,
    appointment: Appointment,
    deciders: Sequence[Sequence[Decider]],
) -> GridRow:
    person_id = appointment.person_id
    person = association.person(person_id)
    cells = []
    serving_for: list[str] = []
    for item, deciding in zip(meeting.items, deciders, strict=True):
        seat = next((d for d in deciding if d.person_id == person_id), None)
        serving_for.append(seat.serving_for if seat is not None else "")
        if meeting.attendance.conflict(person_id, item.id) is not None:
            kind = CellKind.CONFLICT
        elif seat is not None:
            kind = CellKind.SERVING
        elif rules.attends(meeting, association, person_id, item.id):
            kind = CellKind.PRESENT
        else:
            kind = CellKind.AWAY
        cells.append(Cell(kind=kind))
    away = all(cell.kind is CellKind.AWAY for cell in cells)
    return GridRow(
        kind=RowKind.PERSON,
        name=person.name if person is not None else "Okänd person",
        note=_note(association, appointment),
        person_id=person_id,
        away=away,
        cells=_worded(meeting, association, person_id, _joined(cells, serving_for), serving_for),
    )


def _joined(cells: Sequence[Cell], serving_for: Sequence[str]) -> list[Cell]:
    """The cells with the ends of their bars: a bar goes on while kind and seat are the same."""
    keys = list(zip((cell.kind for cell in cells), serving_for, strict=True))
    last = len(cells) - 1
    return [
        replace(
            cell,
            starts=place == 0 or keys[place - 1] != keys[place],
            ends=place == last or keys[place + 1] != keys[place],
        )
        for place, cell in enumerate(cells)
    ]


def _worded(
    meeting: Meeting,
    association: Association,
    person_id: str,
    cells: list[Cell],
    serving_for: Sequence[str],
) -> tuple[Cell, ...]:
    """The cells with their words: where the bar starts, ends, or there is none."""
    presence = meeting.attendance.of(person_id)
    order = [item.id for item in meeting.items]
    if cells and all(cell.kind is CellKind.AWAY for cell in cells):
        cells[0] = replace(cells[0], word=_absence_words(meeting, association, person_id))
        return tuple(cells)
    for place, cell in enumerate(cells):
        if cell.kind is CellKind.CONFLICT:
            cells[place] = replace(cell, word="Jäv")
        elif cell.starts and serving_for[place]:
            ledamot = association.person(serving_for[place])
            cells[place] = replace(cell, word=f"för {ledamot.name}" if ledamot is not None else "")
    if presence is not None and presence.from_item in order:
        place = order.index(presence.from_item)
        if place > 0 and cells[place].kind is not CellKind.AWAY and cells[place - 1].kind is CellKind.AWAY:
            at = f" {wording.clock(presence.arrived_at)}" if presence.arrived_at else ""
            cells[place - 1] = replace(cells[place - 1], word=f"kom{at}")
    if presence is not None and presence.to_item in order:
        place = order.index(presence.to_item) + 1
        if place < len(cells) and cells[place].kind is CellKind.AWAY:
            at = f" {wording.clock(presence.left_at)}" if presence.left_at else ""
            cells[place] = replace(cells[place], word=f"gick{at}")
    return tuple(cells)


def _absence_words(meeting: Meeting, association: Association, person_id: str) -> str:
    presence = meeting.attendance.of(person_id)
    if presence is None or not rules.present_by_default(association, person_id, meeting.date):
        return "Inte närvarande"
    deputy = next((p for p in meeting.attendance.presences if p.serving_for == person_id), None)
    name = association.person(deputy.person_id) if deputy is not None else None
    return f"Frånvarande, ersätts av {name.name}" if name is not None else "Frånvarande"


def _note(association: Association, appointment: Appointment) -> str:
    member = association.member(appointment.member_id)
    place = member.name if member is not None else ""
    role = appointment.title or (
        wording.ROLES[appointment.role] if appointment.role is not Role.BOARD_MEMBER else ""
    )
    if appointment.role is Role.DEPUTY:
        role = str(appointment.order) if appointment.order else ""
        return ", ".join(part for part in (place, role) if part)
    return ", ".join(part for part in (role, place) if part)


def _count_row(meeting: Meeting, association: Association, deciders: Sequence[Sequence[Decider]]) -> GridRow:
    seats = association.seats(meeting.date)
    cells = tuple(Cell(count=len(one), quorate=2 * len(one) > seats) for one in deciders)
    return GridRow(
        kind=RowKind.COUNT, name="Beslutande", note=f"minst {seats // 2 + 1} av {seats} krävs", cells=cells
    )

"""The grid of people and paragraphs: who was there, who decided, in which words the exceptions are shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from finsam_desktop.domain import wording
from finsam_desktop.domain.agenda import walk
from finsam_desktop.domain.association import BOARD_ROLES, Appointment, Association, Role
from finsam_desktop.domain.attendance import Presence, present_by_default
from finsam_desktop.domain.attendance_table import AttendanceTable, attendance_table
from finsam_desktop.domain.decisions import Outcome
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.numbering import agenda_numbers, paragraphs

OTHER_ROLES = (
    Role.DIRECTOR, Role.SECRETARY, Role.ECONOMIST, Role.PROCESS_LEADER, Role.COOPTED, Role.AUDITOR,
)  # fmt: skip


class CellKind(StrEnum):
    """What a person did during a paragraph."""

    AWAY = "away"
    OUT = "out"
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
    """One person during one paragraph. ``starts`` and ``ends`` round the bar.

    ``word`` may run over several cells; ``mark`` is a word that keeps within its own.
    """

    kind: CellKind = CellKind.AWAY
    starts: bool = False
    ends: bool = False
    word: str = ""
    mark: str = ""
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
    CellKind.OUT: "ute",
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
            decided=any(one.decision.outcome is not Outcome.UNSET for one in walk((item,))),
        )
        for item in meeting.items
    )
    view = _View(meeting, association)
    rows: list[GridRow] = []
    seen: set[str] = set()
    groups = (("Beslutande", BOARD_ROLES), ("Ersättare", (Role.DEPUTY,)), ("Övriga", OTHER_ROLES))
    for heading, roles in groups:
        people = _appointed(meeting, association, roles, seen)
        if people:
            rows.append(GridRow(kind=RowKind.HEADING, name=heading))
        rows += [view.row(one) for one in people]
    if meeting.items:
        rows.append(_count_row(meeting, association, view.table))
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


class _View:
    """One meeting's attendance with what the rows are made from, looked up once."""

    def __init__(self, meeting: Meeting, association: Association) -> None:
        self.meeting, self.association = meeting, association
        self.table = attendance_table(meeting, association)
        self.order = {one.id: place for place, item in enumerate(meeting.items) for one in walk((item,))}
        self.presences = {one.person_id: one for one in meeting.attendance.presences}
        self.conflicts = {
            (one.person_id, self.order[one.item_id])
            for one in meeting.attendance.conflicts
            if one.item_id in self.order and meeting.items[self.order[one.item_id]].id == one.item_id
        }

    def row(self, appointment: Appointment) -> GridRow:
        person_id = appointment.person_id
        person = self.association.person(person_id)
        kinds: list[CellKind] = []
        seats: list[str] = []
        for place, situation in enumerate(self.table.situations):
            seat = situation.decider(person_id)
            seats.append(seat.serving_for if seat is not None else "")
            kinds.append(self._kind(person_id, place, seat is not None, person_id in situation.attending))
        presence = self.presences.get(person_id)
        note = _note(self.association, appointment)
        if presence is not None and presence.present and presence.distance:
            note = f"{'enbart ljud' if presence.audio_only else 'distans'}, {note}"
        return GridRow(
            kind=RowKind.PERSON,
            name=person.name if person is not None else "Okänd person",
            note=note,
            person_id=person_id,
            away=all(kind is CellKind.AWAY for kind in kinds),
            cells=self._worded(person_id, kinds, seats),
        )

    def _kind(self, person_id: str, place: int, decides: bool, attends: bool) -> CellKind:
        if decides:
            return CellKind.SERVING
        if attends:
            return CellKind.PRESENT
        if (person_id, place) in self.conflicts:
            return CellKind.CONFLICT
        return CellKind.OUT if self._is_out(self.presences.get(person_id), place) else CellKind.AWAY

    def _is_out(self, presence: Presence | None, place: int) -> bool:
        """Whether the person has been there and comes back."""
        if presence is None or not presence.present:
            return False
        for away in presence.away:
            first = self.order.get(away.from_item, self.order.get(away.to_item, -1))
            last = self.order.get(away.to_item, first)
            if first <= place <= last:
                return True
        return False

    def _worded(self, person_id: str, kinds: Sequence[CellKind], seats: Sequence[str]) -> tuple[Cell, ...]:
        """The cells with the ends of their bars, and their words: where a bar starts, ends, or there is none."""
        keys = list(zip(kinds, seats, strict=True))
        last = len(keys) - 1
        cells: list[Cell] = []
        for place, (kind, seat) in enumerate(keys):
            starts = place == 0 or keys[place - 1] != keys[place]
            word = ""
            if kind is CellKind.CONFLICT:
                word = "Jäv"
            elif starts and seat:
                ledamot = self.association.person(seat)
                word = f"för {ledamot.name}" if ledamot is not None else ""
            mark = "ute" if kind is CellKind.OUT else ""
            if kind in (CellKind.SERVING, CellKind.PRESENT) and (person_id, place) in self.conflicts:
                mark = "ej jäv"
            ends = place == last or keys[place + 1] != keys[place]
            cells.append(_cell(kind, starts, ends, word, mark))
        if cells and all(kind is CellKind.AWAY for kind in kinds):
            cells[0] = replace(cells[0], word=self._absence(person_id))
            return tuple(cells)
        presence = self.presences.get(person_id)
        if presence is not None:
            self._word_moves(presence, cells)
        return tuple(cells)

    def _word_moves(self, presence: Presence, cells: list[Cell]) -> None:
        """When the person came and went, where there is no bar."""
        came = self.order.get(presence.from_item, 0)
        if came > 0 and cells[came].kind is not CellKind.AWAY and cells[came - 1].kind is CellKind.AWAY:
            at = f" {wording.clock(presence.arrived_at)}" if presence.arrived_at else ""
            cells[came - 1] = replace(cells[came - 1], word=f"kom{at}")
        gone = self.order.get(presence.to_item, len(cells)) + 1
        if gone < len(cells) and cells[gone].kind is CellKind.AWAY:
            at = f" {wording.clock(presence.left_at)}" if presence.left_at else ""
            cells[gone] = replace(cells[gone], word=f"gick{at}")

    def _absence(self, person_id: str) -> str:
        presence = self.presences.get(person_id)
        if presence is None or not present_by_default(self.association, person_id, self.meeting.date):
            return "Inte närvarande"
        serving = {one.serving_for: one.person_id for s in self.table.situations[:1] for one in s.deciders}
        name = self.association.person(serving.get(person_id, ""))
        return f"Frånvarande, ersätts av {name.name}" if name is not None else "Frånvarande"


@cache
def _cell(kind: CellKind, starts: bool, ends: bool, word: str, mark: str) -> Cell:
    """Cells are alike by the hundred; each is made once."""
    return Cell(kind=kind, starts=starts, ends=ends, word=word, mark=mark)


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


def _count_row(meeting: Meeting, association: Association, table: AttendanceTable) -> GridRow:
    seats = association.seats(meeting.date)
    cells = tuple(Cell(count=count, quorate=2 * count > seats) for count in table.counts())
    return GridRow(
        kind=RowKind.COUNT, name="Beslutande", note=f"minst {seats // 2 + 1} av {seats} krävs", cells=cells
    )

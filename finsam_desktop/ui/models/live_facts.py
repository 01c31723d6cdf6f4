"""What mötesläge shows of one item: everything to the secretary, only what may be seen while the screen is shared.

Pure; no Qt. What is shown of a shared screen is made from the public version, so that a field that is kept from
publishing is kept from the screen too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from finsam_desktop.domain import numbering, references, wording
from finsam_desktop.domain.agenda import AgendaItem, parent_of, walk
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.decisions import Ballot, Outcome, ProposalKind
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.register import OUTCOMES
from finsam_desktop.domain.visibility import public_version
from finsam_desktop.ui.models.attendance_grid import CELL_WORDS, Cell, CellKind, Grid, GridRow, RowKind
from finsam_desktop.ui.models.row_model import Row

SECRECY = "Sekretess"
"""All that a shared screen says of a confidential item."""

_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}\b)")
ATTENDING = (CellKind.SERVING, CellKind.PRESENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveFacts:
    """One item as it is shown. ``recorded`` is what has been noted of the decision, ``place`` counts from 1."""

    number: str
    section: str
    title: str
    place: int
    count: int
    kind: str = ""
    presenter: str = ""
    lead: str = ""
    clauses: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    recorded: str = ""
    secret: bool = False
    planned: int | None = None

    def spoken(self) -> str:
        """The item as a screen reader says it."""
        words = (self.number, self.section, self.title, self.kind, self.presenter, self.lead, *self.clauses)
        return ", ".join(word for word in (*words, *self.attachments, self.recorded) if word)


def order(meeting: Meeting) -> tuple[str, ...]:
    """The items and sub-items, one after the other, as they are gone through."""
    return tuple(item.id for item in walk(meeting.items))


def paragraph_id(meeting: Meeting, item_id: str) -> str:
    """The item that has the §: the item itself, or the one that a sub-item belongs to."""
    parent = parent_of(meeting.items, item_id)
    return parent.id if parent is not None else item_id


def shown_meeting(meeting: Meeting, association: Association, resolve: references.References) -> Meeting:
    """The meeting as a shared screen may show it. ``meeting`` is the stored value."""
    words = replace(meeting, items=references.mapped(meeting.items, resolve.resolve))
    return public_version(association, (words,), words).meeting


def live_facts(
    meeting: Meeting,
    association: Association,
    item: AgendaItem,
    sections: dict[str, int],
    *,
    shown: AgendaItem | None = None,
    shared: bool = False,
) -> LiveFacts:
    """What is shown of an item. ``shown`` is it in the public version, None where that does not have it."""
    places = order(meeting)
    parent = parent_of(meeting.items, item.id)
    numbers = numbering.agenda_numbers(meeting)
    section = sections.get(parent.id if parent is not None else item.id)
    number = (
        f"{numbers[parent.id]}{wording.NBSP}{numbers[item.id]}" if parent is not None else numbers[item.id]
    )
    facts = LiveFacts(
        number=number,
        section=f"§{wording.NBSP}{section}" if section else "",
        title=item.title,
        place=places.index(item.id) + 1,
        count=len(places),
        planned=item.minutes,
    )
    if shared and (shown is None or shown.confidential):
        return replace(facts, title=SECRECY, secret=True)
    source = shown if shared and shown is not None else item
    laid = source.proposal.kind is ProposalKind.CLAUSES
    return replace(
        facts,
        title=source.title,
        kind=wording.ITEM_TYPES[item.type],
        presenter=_presenter(association, meeting, item, shared),
        lead=source.proposal.lead if laid else "",
        clauses=tuple(map(_clause, source.proposal.clauses)) if laid else (),
        attachments=_attachments(meeting, source, shared),
        recorded=_recorded(item, shared),
        secret=item.confidential,
    )


def _clause(text: str) -> str:
    """With its "att", and no figure parted at the end of a line."""
    return _THOUSANDS.sub(wording.NBSP, f"att {text.removeprefix('att ')}")


def _presenter(association: Association, meeting: Meeting, item: AgendaItem, shared: bool) -> str:
    """The name; on a shared screen the office in place of it."""
    person = association.person(item.presenter_id)
    if not shared:
        return person.name if person is not None else item.presenter
    held = [one for one in association.appointments if one.person_id == item.presenter_id]
    now = [one for one in held if one in association.appointed(meeting.date, one.role)]
    return (now[0].title or wording.ROLES[now[0].role]).capitalize() if now else ""


def _attachments(meeting: Meeting, item: AgendaItem, shared: bool) -> tuple[str, ...]:
    numbers = numbering.attachment_numbers(meeting)
    found = []
    for one in item.attachments:
        title = SECRECY if shared and one.confidential else one.title
        number = numbers.get(one.id)
        found.append(f"Bilaga {number}  {title}" if number else title)
    return tuple(found)


def _recorded(item: AgendaItem, shared: bool) -> str:
    """ "Enligt förslaget, 2 yrkanden, votering 6 ja och 2 nej": without a name."""
    decision = item.decision
    parts = [] if decision.outcome is Outcome.UNSET else [OUTCOMES[decision.outcome]]
    count = len(decision.motions)
    if count:
        parts.append("1 yrkande" if count == 1 else f"{count} yrkanden")
    if decision.vote is not None:
        yes, no = (decision.vote.count(ballot) for ballot in (Ballot.YES, Ballot.NO))
        parts.append(f"votering {yes} ja och {no} nej")
    if decision.dissents:
        parts.append("reservation")
    if decision.notes and not shared:
        parts.append("protokollsanteckning")
    if decision.immediately_adjusted:
        parts.append("omedelbart justerad")
    return ", ".join(parts)


def people_rows(grid: Grid, column: int) -> tuple[Row, ...]:
    """Everyone who may be at the meeting, with how it is at one paragraph: only exceptions have words."""
    rows: list[Row] = []
    for row in grid.rows:
        if row.kind is RowKind.HEADING:
            rows.append(Row(title=row.name, heading=True))
        elif row.kind is RowKind.PERSON and row.cells:
            cell = row.cells[min(column, len(row.cells) - 1)]
            rows.append(
                Row(title=row.name, key=row.person_id, meta=row.note, time=_absence(row) if row.away else _state(cell),
                    time_tone="warn" if cell.kind is CellKind.CONFLICT else "text2")
            )  # fmt: skip
    return tuple(rows)


def _absence(row: GridRow) -> str:
    """ "frånvarande" of one who was expected, "inte närvarande" of one who was not."""
    word = row.cells[0].word.partition(",")[0]
    return f"{word[:1].lower()}{word[1:]}"


def _state(cell: Cell) -> str:
    if cell.kind in ATTENDING and not cell.word and not cell.mark:
        return ""
    return cell.word if cell.word and not cell.word.startswith(("kom", "gick")) else CELL_WORDS[cell.kind]


def quorum_words(grid: Grid, column: int, seats: int) -> tuple[str, bool]:
    """ "9 av 9 beslutande, beslutför" at one paragraph, and whether it is so."""
    count = grid.rows[-1] if grid.rows and grid.rows[-1].kind is RowKind.COUNT else None
    if count is None or not count.cells:
        return "Inga ledamöter i registret", False
    cell = count.cells[min(column, len(count.cells) - 1)]
    return f"{cell.count} av {seats} beslutande, {'' if cell.quorate else 'inte '}beslutför", cell.quorate

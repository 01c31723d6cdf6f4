"""The context of the notice (kallelse)."""

from __future__ import annotations

from datetime import date

from finsam_desktop.documents.figure_blocks import figure_blocks
from finsam_desktop.documents.values import (
    DOT,
    NBSP,
    iso,
    markdown,
    name_and_role,
    role_groups,
    role_title,
    with_dates,
)
from finsam_desktop.domain import sentences
from finsam_desktop.domain.agenda import AgendaItem, walk
from finsam_desktop.domain.association import BOARD_ROLES, Association, Role
from finsam_desktop.domain.decision_sentences import Clauses, proposal
from finsam_desktop.domain.meeting import Meeting, MeetingKind
from finsam_desktop.domain.numbering import agenda_numbers, attachment_numbers, ranges
from finsam_desktop.domain.wording import ITEM_TYPES, clock_range, join_names, no_break, weekday_date
from finsam_desktop.word import Anchor


def kallelse_context(association: Association, meeting: Meeting, today: date) -> dict[str, object]:
    """Everything the template kallelse.docx can print, but for the letterhead."""
    writer = _Kallelse(association, meeting)
    extra = meeting.kind is MeetingKind.EXTRA
    return {
        "document": {
            "title": "Kallelse till extra sammanträde" if extra else "Kallelse",
            "subtitle": f"Styrelsens sammanträde {weekday_date(meeting.date)}",
            "date": iso(meeting.notice_date or today),
            "reference": reference(meeting.reference),
            "running_title": with_dates(
                f"Kallelse till {'extra ' if extra else ''}sammanträde ", meeting.date
            ),
        },
        "meeting": writer.facts(),
        "agenda": [writer.line(item) for item in meeting.items],
        "items": [writer.item(item) for item in meeting.items if has_page(item)],
        "attachments": writer.attachments(),
    }


def has_page(item: AgendaItem) -> bool:
    """Whether the item has something to read beyond its line in the agenda: text, sub-item, proposal or
    figures."""
    return bool(item.summary.strip() or item.sub_items or proposal(item.proposal) or figure_blocks(item))


def reference(number: str) -> str:
    """ "Dnr 2026/58", or "" without a number."""
    return f"Dnr{NBSP}{number}" if number else ""


def clauses_field(clauses: Clauses | None) -> dict[str, object] | None:
    """A lead-in with att-satser as a template prints them, or None."""
    if clauses is None:
        return None
    return {
        "lead": clauses.lead,
        "clauses": [no_break(clause) for clause in clauses.clauses],
        "condition": no_break(clauses.condition),
    }


class _Kallelse:
    """The numbers of one meeting, and its parts as fields."""

    def __init__(self, association: Association, meeting: Meeting) -> None:
        self.association, self.meeting = association, meeting
        self.numbers = agenda_numbers(meeting)
        self.attachment_numbers = attachment_numbers(meeting)

    def facts(self) -> dict[str, object]:
        meeting, association = self.meeting, self.association
        when = clock_range(meeting.start, meeting.end)
        return {
            "time": f"Klockan{NBSP}{when}" if when else "",
            "place": sentences.place(meeting),
            "summoned": join_names(self._board()),
            "informed": join_names(role_groups(association, meeting.date)),
            "absence": sentences.absence(meeting, association),
            "public": sentences.public(meeting),
            "issuer": self._issuer(),
        }

    def _board(self) -> list[str]:
        names: list[str] = []
        seen: set[str] = set()
        for role in BOARD_ROLES:
            for appointment in self.association.appointed(self.meeting.date, role):
                person = self.association.person(appointment.person_id)
                if person is None or person.id in seen:
                    continue
                seen.add(person.id)
                ordinary = role is Role.BOARD_MEMBER
                names.append(
                    person.name
                    if ordinary
                    else name_and_role(self.association, person, self.meeting.date, role)
                )
        return names

    def _issuer(self) -> str:
        day = self.meeting.date
        lines = []
        chair, secretary = (
            self.association.first_with(day, Role.CHAIR),
            self.association.first_with(day, Role.SECRETARY),
        )
        if chair is not None:
            lines.append(name_and_role(self.association, chair, day, Role.CHAIR))
        if secretary is not None:
            by = "genom " if chair is not None else ""
            lines.append(by + name_and_role(self.association, secretary, day, Role.SECRETARY))
        return "\n".join(lines)

    def line(self, item: AgendaItem) -> dict[str, object]:
        """The item's row in the agenda, with the attachments of its sub-items."""
        return {
            "number": self.numbers[item.id],
            "title": no_break(item.title),
            "type": ITEM_TYPES[item.type],
            "presenter": presenter_name(self.association, item),
            "attachments": ranges(self._attachment_numbers(*walk((item,)))),
        }

    def _attachment_numbers(self, *items: AgendaItem) -> list[int]:
        numbers = self.attachment_numbers
        return [numbers[a.id] for item in items for a in item.attachments if a.id in numbers]

    def item(self, item: AgendaItem) -> dict[str, object]:
        """The item's own page."""
        number = self.numbers[item.id]
        return {
            "heading": Anchor(number, f"punkt_{number}"),
            **self._common(item, shift=1),
            "sub_items": [self._sub_item(sub) for sub in item.sub_items],
        }

    def _sub_item(self, item: AgendaItem) -> dict[str, object]:
        return {"heading": self.numbers[item.id], **self._common(item, shift=2)}

    def _common(self, item: AgendaItem, *, shift: int) -> dict[str, object]:
        attachments = ranges(self._attachment_numbers(item))
        presenter = presenter_title(self.association, item, self.meeting)
        facts = (
            f"Föredragande: {presenter}" if presenter else "",
            f"Bilaga{NBSP}{attachments}" if attachments else "",
            reference(item.reference),
        )
        return {
            "title": no_break(item.title),
            "type": ITEM_TYPES[item.type],
            "facts": DOT.join(fact for fact in facts if fact),
            "text": markdown(item.summary, shift=shift),
            "figures": figure_blocks(item),
            "proposal": clauses_field(proposal(item.proposal)),
        }

    def attachments(self) -> list[dict[str, object]]:
        """One row per attachment, in order of number."""
        rows: list[tuple[int, dict[str, object]]] = []
        for top in self.meeting.items:
            for item in walk((top,)):
                place = self.numbers[top.id] + (self.numbers[item.id] if item is not top else "")
                for attachment in item.attachments:
                    number = self.attachment_numbers.get(attachment.id)
                    if number is None:
                        continue
                    row: dict[str, object] = {
                        "number": str(number),
                        "title": no_break(attachment.title),
                        "item": place,
                        "sender": attachment.sender,
                        "date": iso(attachment.dated),
                        "pages": str(attachment.pages) if attachment.pages else "",
                    }
                    rows.append((number, row))
        return [row for _, row in sorted(rows, key=lambda pair: pair[0])]


def presenter_name(association: Association, item: AgendaItem) -> str:
    """The presenter's name: of the person in the register, else as written."""
    person = association.person(item.presenter_id) if item.presenter_id else None
    return person.name if person is not None else item.presenter


def presenter_title(association: Association, item: AgendaItem, meeting: Meeting) -> str:
    """The presenter with role: "Katrin Hagelby, förbundschef"."""
    name = presenter_name(association, item)
    title = role_title(association, item.presenter_id, meeting.date) if item.presenter_id else ""
    return f"{name}, {title}" if name and title else name

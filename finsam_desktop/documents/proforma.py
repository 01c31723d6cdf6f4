"""The context of the form for handwriting (protokollsblankett): front page, roll, and a page for each proposal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from finsam_desktop.documents.kallelse import clauses_field, presenter_title, reference
from finsam_desktop.documents.values import DOT, NBSP, role_title, with_dates
from finsam_desktop.domain import sentences
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.association import BOARD_ROLES, Association, Role
from finsam_desktop.domain.catalogue import ItemType
from finsam_desktop.domain.decision_sentences import proposal
from finsam_desktop.domain.meeting import Meeting, MeetingKind
from finsam_desktop.domain.numbering import (
    agenda_numbers,
    attachment_numbers,
    paragraphs,
    ranges,
    section_label,
)
from finsam_desktop.domain.wording import ITEM_TYPES, clock_range, no_break, weekday_date

_ROLL = (*BOARD_ROLES, Role.DEPUTY, Role.DIRECTOR, Role.SECRETARY, Role.ECONOMIST, Role.PROCESS_LEADER)
_DECIDES = (ItemType.DECISION, ItemType.INFORMATION_DECISION)


def proforma_context(
    association: Association, meetings: Iterable[Meeting], meeting: Meeting
) -> dict[str, object]:
    """Everything the template proforma.docx can print, but for the letterhead."""
    writer = _Form(association, tuple(meetings), meeting)
    extra = meeting.kind is MeetingKind.EXTRA
    when = clock_range(meeting.start, meeting.end)
    return {
        "document": {
            "title": "Protokoll att fylla i för hand",
            "subtitle": f"Styrelsens {'extra ' if extra else ''}sammanträde {weekday_date(meeting.date)}",
            "reference": reference(meeting.reference),
            "running_title": with_dates("Protokollsblankett ", meeting.date),
        },
        "meeting": {
            "place": sentences.place(meeting),
            "time": f"Klockan{NBSP}{when}" if when else "",
        },
        "roll": writer.roll(),
        "deciders": writer.deciders(),
        "sheets": list(writer.sheets()),
        "signatures": writer.signatures(),
    }


class _Form:
    """One meeting's form."""

    def __init__(self, association: Association, meetings: tuple[Meeting, ...], meeting: Meeting) -> None:
        self.association, self.meeting = association, meeting
        self.paragraphs = paragraphs(meetings or (meeting,), meeting)
        self.numbers = agenda_numbers(meeting)
        self.attachments = attachment_numbers(meeting)

    def roll(self) -> list[dict[str, object]]:
        """Everyone who may come: the board, deputies in order of service, civil servants."""
        rows: list[dict[str, object]] = []
        seen: set[str] = set()
        for role in _ROLL:
            for appointment in self.association.appointed(self.meeting.date, role):
                if appointment.person_id in seen:
                    continue
                seen.add(appointment.person_id)
                member = self.association.member(appointment.member_id)
                name = sentences.person_name(self.association, appointment.person_id)
                title = role_title(self.association, appointment.person_id, self.meeting.date, role)
                rows.append(
                    {
                        "name": name if role is Role.BOARD_MEMBER else f"{name}, {title}",
                        "member": member.name if member is not None else "",
                    }
                )
        return rows

    def deciders(self) -> list[str]:
        """The names of the ledamöter, whose ballots are ticked; substitutes are written in by hand."""
        ids = dict.fromkeys(
            a.person_id for role in BOARD_ROLES for a in self.association.appointed(self.meeting.date, role)
        )
        return [sentences.person_name(self.association, one) for one in ids]

    def sheets(self) -> Iterator[dict[str, object]]:
        """A sheet for each item, and for each sub-item with a proposal of its own.

        A sheet to decide on starts a new page, and so does what comes after it.
        """
        after = True
        for top in self.meeting.items:
            own = [sub for sub in top.sub_items if clauses_field(proposal(sub.proposal)) is not None]
            parts = own if own and clauses_field(proposal(top.proposal)) is None else [top, *own]
            for item in parts:
                decides = clauses_field(proposal(item.proposal)) is not None or item.type in _DECIDES
                yield self._sheet(top, item, decides=decides, new_page=decides or after)
                after = decides

    def _sheet(
        self, top: AgendaItem, item: AgendaItem, *, decides: bool, new_page: bool
    ) -> dict[str, object]:
        attachments = ranges(
            self.attachments[a.id]
            for part in {top.id: top, item.id: item}.values()
            for a in part.attachments
            if a.id in self.attachments
        )
        presenter = presenter_title(self.association, item, self.meeting)
        facts = (
            f"Punkt{NBSP}{self.numbers[top.id]}",
            f"Bilaga{NBSP}{attachments}" if attachments else "",
            reference(top.reference),
            f"Föredragande: {presenter}" if presenter else "",
        )
        return {
            "heading": section_label((self.paragraphs[top.id],)),
            "title": no_break(top.title),
            "part": f"{self.numbers[item.id]} {no_break(item.title)}" if item is not top else "",
            "type": ITEM_TYPES[item.type],
            "facts": DOT.join(fact for fact in facts if fact),
            "proposal": clauses_field(proposal(item.proposal)),
            "decides": decides,
            "new_page": new_page,
        }

    def signatures(self) -> list[dict[str, object]]:
        """Lines for the secretary, the chair and the adjusters."""
        rows: list[dict[str, object]] = []
        for role, label in ((Role.SECRETARY, "Sekreterare"), (Role.CHAIR, "Ordförande")):
            person = self.association.first_with(self.meeting.date, role)
            rows.append({"role": label, "name": person.name if person is not None else ""})
        adjusters = [
            sentences.person_name(self.association, a.person_id, party=False) for a in self.meeting.adjusters
        ]
        missing = max(0, self.association.rules.adjuster_count - len(adjusters))
        rows += [{"role": "Justerare", "name": name} for name in (*adjusters, *[""] * missing)]
        return rows

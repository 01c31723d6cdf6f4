"""The contexts of a member consultation (medlemssamråd): the invitation and the notes. A planning day has notes too.

It is no deciding body: no § and no decisions, but minnesanteckningar (Nationella rådets rekommendation, R51–R56).
"""

from __future__ import annotations

from datetime import date

from finsam_desktop.documents.figure_blocks import figure_blocks
from finsam_desktop.documents.kallelse import presenter_title, reference
from finsam_desktop.documents.values import NBSP, iso, markdown, name_and_role, with_dates
from finsam_desktop.domain import sentences
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.association import Association, Role
from finsam_desktop.domain.meeting import Meeting, MeetingKind, Participant
from finsam_desktop.domain.numbering import agenda_numbers, attachment_numbers, ranges
from finsam_desktop.domain.wording import clock_range, join_names, no_break, weekday_date

AGENDA_GUIDE = (
    "Föregående års ekonomiska resultat och verksamhetsresultat",
    "Iakttagelser av strukturella hinder för samverkan",
    "Årets verksamhet i förhållande till behoven av stöd och utvecklingen av myndighetssamverkan",
    "Långsiktig utveckling i förhållande till behovsanalyser",
    "Budgetförutsättningar",
)
"""Nationella rådets guide for the agenda (R56)."""
NAMES = {MeetingKind.PLANNING_DAY: "Planeringsdag"}
"""What a meeting without decisions is called; every other kind is a consultation here."""


def samradsinbjudan_context(association: Association, meeting: Meeting, today: date) -> dict[str, object]:
    """Everything the template samradsinbjudan.docx can print, but for the letterhead."""
    writer = _Consultation(association, meeting)
    return {
        "document": {
            "title": f"Inbjudan till {writer.name.lower()}",
            "subtitle": _capital(weekday_date(meeting.date)),
            "date": iso(meeting.notice_date or today),
            "reference": reference(meeting.reference),
            "running_title": with_dates("Inbjudan ", meeting.date),
        },
        "meeting": {
            **writer.facts(),
            "invited": writer.invited(),
            "reply": writer.reply(),
            "about": writer.about(),
            "issuer": writer.issuer(),
        },
        "items": writer.items(notes=False),
    }


def minnesanteckningar_context(association: Association, meeting: Meeting) -> dict[str, object]:
    """Everything the template minnesanteckningar.docx can print, but for the letterhead."""
    writer = _Consultation(association, meeting)
    secretary = association.first_with(meeting.date, Role.SECRETARY)
    return {
        "document": {
            "title": "Minnesanteckningar",
            "subtitle": f"{writer.name} {weekday_date(meeting.date)}",
            "date": iso(meeting.date),
            "reference": reference(meeting.reference),
            "running_title": with_dates("Minnesanteckningar ", meeting.date),
        },
        "meeting": writer.facts(),
        "participants": writer.participants(),
        "items": writer.items(notes=True),
        "written_by": (
            name_and_role(association, secretary, meeting.date, Role.SECRETARY)
            if secretary is not None
            else ""
        ),
    }


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


class _Consultation:
    """One consultation's parts."""

    def __init__(self, association: Association, meeting: Meeting) -> None:
        self.association, self.meeting = association, meeting
        self.name = NAMES.get(meeting.kind, "Medlemssamråd")
        self.numbers = agenda_numbers(meeting)
        self.attachments = attachment_numbers(meeting)

    def facts(self) -> dict[str, object]:
        """When, where, who convenes, and which associations take part."""
        when = clock_range(self.meeting.start, self.meeting.end)
        others = tuple(name for name in self.meeting.associations if name.strip())
        return {
            "time": f"Klockan{NBSP}{when}" if when else "",
            "place": sentences.place(self.meeting),
            "convener": self.meeting.convener.strip(),
            "associations": join_names((self.association.name, *others)) if others else "",
        }

    def invited(self) -> str:
        """The members, each with its representative where one is named."""
        representatives = {
            a.member_id: a.person_id
            for a in self.association.appointed(self.meeting.date, Role.MEMBER_REPRESENTATIVE)
        }
        lines = []
        for member in self.association.members:
            person = representatives.get(member.id)
            name = sentences.person_name(self.association, person) if person is not None else ""
            lines.append(f"{member.name}, {name}" if name else member.name)
        return "\n".join(lines)

    def reply(self) -> str:
        """By when and to whom one says whether one comes."""
        return sentences.absence(self.meeting, self.association).partition(" Ersättare")[0]

    def about(self) -> str:
        """Who should represent a member (R52, R53); only for a consultation."""
        if self.meeting.kind is MeetingKind.PLANNING_DAY:
            return ""
        return (
            "Varje medlem företräds av någon som inte är ledamot i förbundets styrelse. Från förbundet deltar"
            " ordföranden och förbundschefen."
        )

    def issuer(self) -> str:
        """Who invites: the convener, else the chair."""
        if self.meeting.convener.strip():
            return self.meeting.convener.strip()
        chair = self.association.first_with(self.meeting.date, Role.CHAIR)
        return (
            name_and_role(self.association, chair, self.meeting.date, Role.CHAIR) if chair is not None else ""
        )

    def participants(self) -> list[dict[str, object]]:
        """Those who were there, as written."""
        return [
            {"name": one.name, "represents": self._represents(one), "title": one.title}
            for one in self.meeting.participants
        ]

    def _represents(self, participant: Participant) -> str:
        member = self.association.member(participant.member_id) if participant.member_id else None
        return member.name if member is not None else participant.organisation

    def items(self, *, notes: bool) -> list[dict[str, object]]:
        """The items; an invitation without items has those of the guide."""
        if not self.meeting.items and not notes:
            return [
                {"heading": str(place), "title": title, "facts": "", "text": None, "figures": []}
                for place, title in enumerate(AGENDA_GUIDE, start=1)
            ]
        return [self._item(item, notes=notes) for item in self.meeting.items]

    def _item(self, item: AgendaItem, *, notes: bool) -> dict[str, object]:
        numbers = ranges(self.attachments[a.id] for a in item.attachments if a.id in self.attachments)
        presenter = presenter_title(self.association, item, self.meeting)
        facts = (
            f"Föredragande: {presenter}" if presenter else "",
            f"Bilaga{NBSP}{numbers}" if numbers else "",
        )
        text = (item.minutes_text.strip() or item.summary) if notes else item.summary
        return {
            "heading": self.numbers[item.id],
            "title": no_break((item.minutes_title if notes else "") or item.title),
            "facts": " · ".join(fact for fact in facts if fact),
            "text": markdown(text, shift=1),
            "figures": figure_blocks(item),
        }

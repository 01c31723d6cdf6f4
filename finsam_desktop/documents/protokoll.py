"""The context of the minutes (protokoll): front page, announcement, list of items, and each paragraph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from finsam_desktop.documents.figure_blocks import figure_blocks
from finsam_desktop.documents.kallelse import clauses_field, presenter_title, reference
from finsam_desktop.documents.presence import Presence
from finsam_desktop.documents.values import DOT, EMPTY_LINE, NBSP, iso, markdown, name_and_role, with_dates
from finsam_desktop.domain import decision_sentences, sentences
from finsam_desktop.domain.adjusting import correction_sentence, corrections_of
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.association import Association, Role
from finsam_desktop.domain.catalogue import ItemType
from finsam_desktop.domain.deadlines import last_appeal_day, removal_day
from finsam_desktop.domain.decisions import Ballot, Decision, Outcome
from finsam_desktop.domain.meeting import Meeting, MeetingKind
from finsam_desktop.domain.minutes_text import ItemText, MinutesText
from finsam_desktop.domain.numbering import (
    agenda_numbers,
    ranges,
    section_label,
)
from finsam_desktop.domain.vote_sentences import BALLOT_WORDS, BallotLine
from finsam_desktop.domain.wording import ITEM_TYPES, ROLES, no_break, weekday_date
from finsam_desktop.word import Anchor, PageReference, RichText

DRAFT_MARK = "Utkast, inte justerat · "


def protokoll_context(
    association: Association,
    meetings: Iterable[Meeting],
    meeting: Meeting,
    pages: Mapping[str, int] | None = None,
) -> dict[str, object]:
    """Everything the template protokoll.docx can print, but for the letterhead.

    ``pages`` gives the page of each bookmark where it has been measured. Without it the list of §§ has no column
    for pages: a field without a value would show a dash in Word until it is updated.
    """
    return Minutes(association, tuple(meetings), meeting, pages).context()


_PAGE_2_HEIGHT, _PAGE_2_FIXED, _ROW, _EXTRA_LINE, _LEAST_PARAGRAPH = 239.0, 112.0, 6.03, 4.3, 21.0
"""Heights in mm on page 2: the text area, all but table rows, a row, a further line in it, a § with two
lines of text."""
_TITLE_LETTERS = 62
"""Letters of a title that fit on one line of the list."""


class Minutes:
    """One meeting's minutes: its numbers and its parts as fields. ``section`` gives one § as the minutes have it."""

    def __init__(
        self,
        association: Association,
        meetings: tuple[Meeting, ...],
        meeting: Meeting,
        pages: Mapping[str, int] | None,
    ) -> None:
        self.association, self.meetings, self.meeting = association, meetings, meeting
        self.pages, self.has_pages = pages or {}, pages is not None
        self.told = MinutesText(meeting, association, meetings)
        self.paragraphs = self.told.paragraphs
        self.numbers = agenda_numbers(meeting)
        self.attachment_numbers = self.told.attachment_numbers
        self.presence = Presence(association, meeting, self.paragraphs)
        self.label = section_label(self.paragraphs.values())

    def context(self) -> dict[str, object]:
        meeting = self.meeting
        kind = "extra sammanträde" if meeting.kind is MeetingKind.EXTRA else "sammanträde"
        electronic = self.association.rules.electronic_signing
        return {
            "document": {
                "title": "Protokoll",
                "subtitle": f"Styrelsens {kind} {weekday_date(meeting.date)}",
                "paragraphs": self.label,
                "reference": reference(meeting.reference),
                "running_title": with_dates(
                    "Protokoll ", meeting.date, f", {self.label}" if self.label else ""
                ),
                "draft_mark": "" if meeting.adjusted_on is not None else DRAFT_MARK,
                "electronic": electronic,
                "signatures_label": "" if electronic else "Justerares signaturer",
            },
            "meeting": self._facts(),
            "present": self.presence.deciding_rows(),
            "signatures": self._signatures(),
            "announcement": self._announcement(),
            "contents": [self._line(item) for item in meeting.items],
            "items": [self.section(item) for item in meeting.items],
            "page_column": self.has_pages,
            "corrections": self._corrections(""),
            "new_page_after_contents": self._has_room_after_contents(),
        }

    def _has_room_after_contents(self) -> bool:
        """Whether so much of page 2 would be left empty that the first paragraph needs a page break not to
        stand there.

        Where the list fills the page, or more, the text runs on by itself: a break could leave a page with
        one row.
        """
        titles = [item.minutes_title or item.title for item in self.meeting.items]
        lines = sum(1 + len(title) // _TITLE_LETTERS for title in titles)
        boards = len(sentences.notice_boards(self.association))
        used = _PAGE_2_FIXED + _ROW * (boards + len(titles)) + _EXTRA_LINE * (lines - len(titles))
        return used < _PAGE_2_HEIGHT - _LEAST_PARAGRAPH

    def _facts(self) -> dict[str, object]:
        meeting = self.meeting
        return {
            "place_and_time": sentences.place_and_time(meeting),
            "deputies": self.presence.deputies(),
            "others": self.presence.others(),
            "adjusters": self._adjusters(),
            "adjustment": self._adjustment(),
        }

    def _adjusters(self) -> str:
        told = []
        for adjuster in self.meeting.adjusters:
            deputy = f". Ersättare: {self._name(adjuster.deputy_id)}" if adjuster.deputy_id else ""
            told.append(self._name(adjuster.person_id) + deputy)
        return "\n".join(told)

    def _name(self, person_id: str, *, party: bool = True) -> str:
        return sentences.person_name(self.association, person_id, party=party)

    def _adjustment(self) -> str:
        meeting = self.meeting
        where = f" {meeting.adjustment_place.strip()}" if meeting.adjustment_place.strip() else ""
        if meeting.adjusted_on is not None:
            return sentences.capitalised(f"{weekday_date(meeting.adjusted_on)}{where}")
        if meeting.adjustment_date is not None:
            return f"Senast {weekday_date(meeting.adjustment_date)}{where}"
        return sentences.capitalised(where.strip())

    def _signatures(self) -> list[dict[str, object]]:
        rows: list[dict[str, object]] = []
        secretary = self.association.first_with(self.meeting.date, Role.SECRETARY)
        if secretary is not None:
            rows.append({"role": "Sekreterare", "name": secretary.name})
        rows += [{"role": role, "name": name} for role, name in self._leaders()]
        for adjuster in self.meeting.adjusters:
            rows.append({"role": "Justerare", "name": self._name(adjuster.person_id, party=False)})
        return rows

    def _leaders(self) -> list[tuple[str, str]]:
        """Who has led and signs, with the §§ where it was not the same one all along. A line without a name where
        nobody is known to have led: the one who did signs it."""
        led: dict[tuple[str, Role], list[int]] = {}
        for item in self.meeting.items:
            leader = self.told.leader(item)
            if leader is not None:
                led.setdefault((leader.person_id, leader.role), []).append(self.paragraphs[item.id])
        rows = []
        for (person_id, role), numbers in led.items():
            title = ROLES[role if role is Role.VICE_CHAIR else Role.CHAIR]
            span = sentences.section_range(numbers, self.paragraphs.values())
            name = self._name(person_id, party=False)
            rows.append((sentences.capitalised(title), f"{name}, {span}" if span else name))
        chair = self.association.first_with(self.meeting.date, Role.CHAIR)
        expected = chair.name if chair is not None and not self.meeting.items else ""
        return rows or [(sentences.capitalised(ROLES[Role.CHAIR]), expected)]

    def _announcement(self) -> dict[str, object]:
        meeting, association = self.meeting, self.association
        secretary = association.first_with(meeting.date, Role.SECRETARY)
        adjusted = meeting.adjusted_on if meeting.adjusted_on is not None else EMPTY_LINE
        label = f", {self.label}" if self.label else ""
        return {
            "text": sentences.announcement(meeting),
            "minutes": with_dates(
                f"Styrelsen för {association.name}, sammanträde ",
                meeting.date,
                f"{label}, justerat ",
                adjusted,
            ),
            "kept": sentences.kept(association),
            "appeal": self._appeal(),
            "boards": self._boards(),
            "signed_by": (
                name_and_role(association, secretary, meeting.date, Role.SECRETARY) if secretary else ""
            ),
        }

    def _appeal(self) -> RichText:
        last = last_appeal_day(self.meeting, self.association)
        return with_dates(
            "Den som är medlem i en kommun eller region som ingår i förbundet kan överklaga besluten till"
            f" {self.association.court or 'förvaltningsrätten'}. Överklagandet ska vara skriftligt och ha"
            " kommit in till förvaltningsrätten senast den ",
            last if last is not None else EMPTY_LINE,
            ".",
        )

    def _boards(self) -> list[dict[str, object]]:
        notices = {notice.member_id: notice for notice in self.meeting.public_notices}
        earliest = removal_day(self.meeting, self.association)
        rows: list[dict[str, object]] = []
        for member_id in sentences.notice_boards(self.association):
            member = self.association.member(member_id)
            notice = notices.get(member_id)
            rows.append(
                {
                    "member": member.name if member is not None else "",
                    "posted": iso(notice.posted if notice is not None else None),
                    "removed": iso(notice.removed if notice is not None and notice.removed else earliest),
                    "certified_by": notice.posted_by if notice is not None else "",
                }
            )
        return rows

    def _line(self, item: AgendaItem) -> dict[str, object]:
        number = self.paragraphs[item.id]
        name = _bookmark(number)
        page = self.pages.get(name)
        return {
            "paragraph": section_label((number,)),
            "title": no_break(item.minutes_title or item.title),
            "type": _type(item),
            "page": PageReference(name, str(page) if page is not None else "") if self.has_pages else "",
        }

    def section(self, item: AgendaItem) -> dict[str, object]:
        """One § as fields; an extract copies it as it is."""
        number, told = self.paragraphs[item.id], self.told.of(item)
        own = {
            "heading": Anchor(section_label((number,)), _bookmark(number)),
            "arrivals": _lines(told.arrivals),
            "departures": _lines(told.departures),
            "recipients": _lines((decision_sentences.recipients(item.recipients),)),
            "corrections": self._corrections(item.id),
            "sub_items": [self._sub_item(sub) for sub in item.sub_items if self._tells(item, sub)],
        }
        first = (f"Punkt{NBSP}{self.numbers[item.id]}",)
        return {**own, **self._parts(item, told, shift=1, facts=first)}

    def _corrections(self, item_id: str) -> list[str]:
        """What has been corrected after the adjustment, in the § or, without id, on the front page."""
        return _lines(correction_sentence(one) for one in corrections_of(self.meeting, item_id))

    def _tells(self, item: AgendaItem, sub: AgendaItem) -> bool:
        """A sub-item is told of unless the secretary has written the whole item's text and recorded
        nothing here."""
        recorded = bool(sub.minutes_text.strip() or sub.decision != Decision() or sub.figures)
        conflict = any(c.item_id == sub.id for c in self.meeting.attendance.conflicts)
        return recorded or conflict or not item.minutes_text.strip()

    def _sub_item(self, sub: AgendaItem) -> dict[str, object]:
        return {
            "heading": self.numbers[sub.id],
            "recipients": _lines((decision_sentences.recipients(sub.recipients),)),
            **self._parts(sub, self.told.of(sub), shift=2),
        }

    def _parts(
        self, item: AgendaItem, told: ItemText, *, shift: int, facts: tuple[str, ...] = ()
    ) -> dict[str, object]:
        basis = self._basis(item) if told.decision is not None else []
        summed = told.decision is not None and told.text and not sentences.opens(item)
        return {
            "title": no_break(item.minutes_title or item.title),
            "type": _type(item),
            "facts": self._meta(item, facts, with_attachments=not basis),
            "conflicts": _lines(told.conflicts),
            "text_heading": "Sammanfattning" if summed else "",
            "text": markdown(told.text, shift=shift),
            "distance": _lines(told.distance),
            "figures": figure_blocks(item),
            "basis": basis,
            "motions": _lines(told.motions),
            "propositions": _lines(told.propositions),
            "votes": [_ballot(line) for line in told.ballots],
            "vote_sum": {name: _sum(told.ballots, ballot) for name, ballot in _COLUMNS},
            "result": told.result,
            "election": _lines(told.election),
            "decision": clauses_field(told.decision),
            "after_decision": _lines(told.after_decision),
            "dissents": _lines(told.dissents),
            "notes": _lines(told.notes),
        }

    def decided(self, item: AgendaItem) -> dict[str, object] | None:
        """The item's decision as the minutes print it, or None."""
        return clauses_field(self.told.decision(item))

    def _meta(self, item: AgendaItem, first: tuple[str, ...], *, with_attachments: bool) -> str:
        attachments = ranges(
            self.attachment_numbers[a.id] for a in item.attachments if a.id in self.attachment_numbers
        )
        presenter = presenter_title(self.association, item, self.meeting)
        facts = (
            *first,
            f"Bilaga{NBSP}{attachments}" if attachments and with_attachments else "",
            reference(item.reference),
            f"Föredragande: {presenter}" if presenter else "",
        )
        return DOT.join(fact for fact in facts if fact)

    def _basis(self, item: AgendaItem) -> list[RichText]:
        """The papers the decision rests on: title, date and number of each attachment."""
        lines: list[RichText] = []
        for attachment in item.attachments:
            number = self.attachment_numbers.get(attachment.id)
            dated = (", ", attachment.dated) if attachment.dated is not None else ()
            lines.append(
                with_dates(no_break(attachment.title), *dated, f" (bilaga{NBSP}{number})" if number else "")
            )
        return lines


_COLUMNS = (("yes", Ballot.YES), ("no", Ballot.NO), ("abstain", Ballot.ABSTAIN))


def _ballot(line: BallotLine) -> dict[str, object]:
    """A row of the table of an open vote, with the word in its column."""
    cells = {name: BALLOT_WORDS[ballot] if line.ballot is ballot else "" for name, ballot in _COLUMNS}
    return {"name": line.name, **cells}


def _sum(lines: Sequence[BallotLine], ballot: Ballot) -> str:
    return str(sum(line.ballot is ballot for line in lines)) if lines else ""


def _bookmark(number: int) -> str:
    return f"paragraf_{number}"


def _lines(told: Iterable[str]) -> list[str]:
    """The sentences that say something, with numbers that a line end does not split."""
    return [no_break(sentence) for sentence in told if sentence]


_NOTED = (Outcome.UNSET, Outcome.NOTED, Outcome.WITHDRAWN)


def _type(item: AgendaItem) -> str:
    """What the item came to be: one that was to be decided or only noted is called by what happened."""
    if item.type is ItemType.INFORMATION_DISCUSSION:
        return ITEM_TYPES[ItemType.INFORMATION]
    if item.type is ItemType.INFORMATION_DECISION:
        decided = any(part.decision.outcome not in _NOTED for part in (item, *item.sub_items))
        return ITEM_TYPES[ItemType.DECISION if decided else ItemType.INFORMATION]
    return ITEM_TYPES[item.type]

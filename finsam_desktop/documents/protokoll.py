"""The context of the minutes (protokoll): front page, announcement, list of items, and each paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from finsam_desktop.documents.figure_blocks import figure_blocks
from finsam_desktop.documents.kallelse import clauses_field, presenter_title, reference
from finsam_desktop.documents.presence import Presence
from finsam_desktop.documents.values import DOT, EMPTY_LINE, NBSP, iso, markdown, name_and_role, with_dates
from finsam_desktop.domain import decision_sentences, sentences
from finsam_desktop.domain.agenda import AgendaItem, find, parent_of
from finsam_desktop.domain.association import Association, Role
from finsam_desktop.domain.catalogue import ItemType
from finsam_desktop.domain.deadlines import last_appeal_day, removal_day
from finsam_desktop.domain.decision_sentences import Clauses
from finsam_desktop.domain.decisions import Ballot, Decision, Outcome
from finsam_desktop.domain.meeting import Meeting, MeetingKind
from finsam_desktop.domain.numbering import (
    agenda_numbers,
    attachment_numbers,
    paragraphs,
    ranges,
    section_label,
)
from finsam_desktop.domain.wording import ITEM_TYPES, ROLES, long_date, no_break, weekday_date
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


def item_fields(
    association: Association, meetings: Iterable[Meeting], meeting: Meeting, item_id: str
) -> dict[str, object]:
    """What the minutes print about one item or sub-item: the same fields as in the whole context. KeyError where
    the meeting has no such item."""
    item, parent = find(meeting.items, item_id), parent_of(meeting.items, item_id)
    if item is None:
        raise KeyError(item_id)
    minutes = Minutes(association, tuple(meetings), meeting, None)
    return minutes.section(item) if parent is None else minutes._sub_item(item)


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
        self.paragraphs = paragraphs(meetings, meeting)
        self.numbers = agenda_numbers(meeting)
        self.attachment_numbers = attachment_numbers(meeting)
        self.presence = Presence(association, meeting, self.paragraphs)
        leader = sentences.presiding(meeting, association)
        self.leader_id = leader.person_id if leader is not None else ""
        self.leader_role = leader.role if leader is not None else Role.CHAIR
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
        chair = self.association.first_with(self.meeting.date, Role.CHAIR)
        leader_id = self.leader_id or (chair.id if chair is not None else "")
        leader = self._name(leader_id, party=False) if leader_id else ""
        rows.append({"role": sentences.capitalised(ROLES[self.leader_role]), "name": leader})
        for adjuster in self.meeting.adjusters:
            rows.append({"role": "Justerare", "name": self._name(adjuster.person_id, party=False)})
        return rows

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
            "page": PageReference(name, str(page) if page is not None else ""),
        }

    def section(self, item: AgendaItem) -> dict[str, object]:
        """One § as fields; an extract copies it as it is."""
        number = self.paragraphs[item.id]
        own = {
            "heading": Anchor(section_label((number,)), _bookmark(number)),
            "arrivals": _lines(sentences.arrivals(self.meeting, self.association, item.id, number)),
            "departures": _lines(sentences.departures(self.meeting, self.association, item.id, number)),
            "recipients": _lines((decision_sentences.recipients(item.recipients),)),
            "sub_items": [self._sub_item(sub) for sub in item.sub_items if self._tells(item, sub)],
        }
        first = (f"Punkt{NBSP}{self.numbers[item.id]}",)
        return {**own, **self._parts(item, shift=1, facts=first)}

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
            **self._parts(sub, shift=2),
        }

    def _parts(self, item: AgendaItem, *, shift: int, facts: tuple[str, ...] = ()) -> dict[str, object]:
        decision, association = item.decision, self.association
        outcome = self._decided(item)
        basis = self._basis(item) if outcome is not None else []
        text = self._text(item)
        vote = decision.vote
        return {
            "title": no_break(item.minutes_title or item.title),
            "type": _type(item),
            "facts": self._meta(item, facts, with_attachments=not basis),
            "conflicts": _lines(sentences.conflicts(self.meeting, association, item.id)),
            "text_heading": (
                "Sammanfattning" if outcome is not None and text and not sentences.opens(item) else ""
            ),
            "text": markdown(text, shift=shift),
            "distance": _lines(sentences.distance(self.meeting, association))
            if self._is_opening(item)
            else [],
            "figures": figure_blocks(item),
            "basis": basis,
            "motions": _lines(decision_sentences.motions(decision, association)),
            "propositions": _lines(decision_sentences.propositions(decision, association)),
            "votes": self._votes(decision) if vote is not None else [],
            "vote_sum": {
                "yes": str(vote.count(Ballot.YES)) if vote is not None else "",
                "no": str(vote.count(Ballot.NO)) if vote is not None else "",
                "abstain": str(vote.count(Ballot.ABSTAIN)) if vote is not None else "",
            },
            "result": decision_sentences.vote_result(decision, association, self.leader_id),
            "decision": clauses_field(outcome),
            "after_decision": _lines(decision_sentences.closing_sentences(decision, association)),
            "dissents": _lines(decision_sentences.dissents(decision, association, self.meeting.closed_at)),
            "notes": _lines(decision_sentences.notes(decision, association)),
        }

    def decided(self, item: AgendaItem) -> dict[str, object] | None:
        """The item's decision as the minutes print it, or None."""
        return clauses_field(self._decided(item))

    def _decided(self, item: AgendaItem) -> Clauses | None:
        adjusters = ""
        if sentences.chooses_adjusters(item):
            latest = self.meeting.adjustment_date
            adjusters = sentences.adjusters_clause(self.meeting.adjusters, self.association, latest)
        following = sentences.next_meeting(self.meeting, self.meetings)
        tabled_to = f"sammanträdet den {long_date(following.date)}" if following is not None else ""
        return decision_sentences.decided(item, adjusters=adjusters, tabled_to=tabled_to)

    def _is_opening(self, item: AgendaItem) -> bool:
        """The item that tells of the opening: the one so called, else the first."""
        items = self.meeting.items
        return item.id == next((i.id for i in items if sentences.opens(i)), items[0].id)

    def _is_closing(self, item: AgendaItem) -> bool:
        """The item that tells of the closing: the last so called, else the last of all where a time is
        noted."""
        items = self.meeting.items
        named = [i.id for i in items if sentences.closes(i)]
        return (
            item.id == named[-1] if named else self.meeting.closed_at is not None and item.id == items[-1].id
        )

    def _text(self, item: AgendaItem) -> str:
        """What the secretary has written, else what follows from the record, else the notice's text.

        The secretary's own words replace the derived ones; they are never mixed.
        """
        written = item.minutes_text.strip()
        if not written:
            derived: list[str] = []
            if self._is_opening(item):
                derived += sentences.opening(self.meeting, self.association, item.id)
            written = "\n\n".join(
                [*derived, item.summary.strip()] if derived else [item.summary.strip()]
            ).strip()
            if self._is_closing(item):
                written = "\n\n".join(
                    [written, *sentences.closing(self.meeting, self.association, self.meetings)]
                ).strip()
        return _joined(written, decision_sentences.outcome_sentence(item.decision))

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

    def _votes(self, decision: Decision) -> list[dict[str, object]]:
        """One row per ballot, the one who leads the meeting last."""
        assert decision.vote is not None
        rows: list[dict[str, object]] = []
        for cast in sorted(decision.vote.ballots, key=lambda cast: cast.person_id == self.leader_id):
            leads = cast.person_id == self.leader_id
            rows.append(
                {
                    "name": self._name(cast.person_id) + (f", {ROLES[self.leader_role]}" if leads else ""),
                    "yes": "Ja" if cast.ballot is Ballot.YES else "",
                    "no": "Nej" if cast.ballot is Ballot.NO else "",
                    "abstain": "Avstår" if cast.ballot is Ballot.ABSTAIN else "",
                }
            )
        return rows


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


_BLOCK_START = re.compile(r"\s*(?:[-*+>#|]|\d+[.)]\s)")


def _joined(text: str, sentence: str) -> str:
    """The text with a sentence after it: in its last paragraph, or as a paragraph of its own after a list
    or table."""
    if not sentence or not text:
        return text or sentence
    if sentence in text:
        return text
    last = text.rsplit("\n\n", 1)[-1]
    return f"{text}\n\n{sentence}" if _BLOCK_START.match(last) or "\n" in last else f"{text} {sentence}"

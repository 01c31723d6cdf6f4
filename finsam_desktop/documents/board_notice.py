"""The context of the notice on members' boards (anslag, 19 § finsamlagen): one page for each board."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from finsam_desktop.documents.kallelse import reference
from finsam_desktop.documents.kinds import About, top_item
from finsam_desktop.documents.values import EMPTY_LINE, iso, with_dates
from finsam_desktop.domain import sentences
from finsam_desktop.domain.association import Association, Member
from finsam_desktop.domain.deadlines import adjusted_day, boards, last_appeal_day, notices_of, removal_day
from finsam_desktop.domain.meeting import Meeting, MeetingKind
from finsam_desktop.domain.numbering import paragraphs, section_label
from finsam_desktop.domain.wording import long_date, weekday_date
from finsam_desktop.errors import UserError
from finsam_desktop.word import RichText

LAW = "Anslag enligt 19 § lagen (2003:1210) om finansiell samordning av rehabiliteringsinsatser"


def anslag_context(
    association: Association, meetings: Iterable[Meeting], meeting: Meeting, about: About, today: date
) -> dict[str, object]:
    """Everything the template anslag.docx can print, but for the letterhead.

    ``about.member_id`` is the member whose board it is for, every board where it is empty. ``about.items`` are
    the immediately adjusted items it announces; without them it announces the minutes. UserError when the member
    has no board, or when no member has.
    """
    immediate = bool(about.items)
    what = "omedelbart justerade paragrafer" if immediate else "justerat protokoll"
    writer = _Writer(association, tuple(meetings), meeting, about)
    return {
        "document": {
            "title": f"Tillkännagivande av {what}",
            "subtitle": LAW,
            "date": iso(_adjusted(meeting, about) or today),
            "reference": reference(meeting.reference),
            "running_title": with_dates("Anslag, sammanträde ", meeting.date),
        },
        "notices": [writer.notice(member) for member in _boards(association, about)],
    }


def _adjusted(meeting: Meeting, about: About) -> date | None:
    """The day of the adjustment; §§ that were declared adjusted at once were so at the meeting."""
    return adjusted_day(meeting, about.items) or (meeting.date if about.items else None)


def _boards(association: Association, about: About) -> tuple[Member, ...]:
    found = tuple(m for m in boards(association) if not about.member_id or m.id == about.member_id)
    if not found:
        member = association.member(about.member_id)
        raise UserError(
            f"{member.name if member is not None else 'Medlemmen'} har ingen anslagstavla att anslå på."
            if about.member_id
            else "Förbundet har ingen kommun eller region bland medlemmarna.",
            advice="Justeringen tillkännages hos varje kommun och region som är medlem. Lägg in dem under Förbundet.",
        )
    return found


class _Writer:
    """The texts that all boards share."""

    def __init__(
        self, association: Association, meetings: tuple[Meeting, ...], meeting: Meeting, about: About
    ) -> None:
        self.association, self.meeting, self.about = association, meeting, about
        numbers = paragraphs(meetings or (meeting,), meeting)
        tops = (top_item(meeting, item_id) for item_id in about.items)
        chosen = [top.id for top in tops if top is not None]
        self.label = section_label(numbers[one] for one in (chosen or [item.id for item in meeting.items]))

    def notice(self, member: Member) -> dict[str, object]:
        """One board's notice."""
        meeting, association = self.meeting, self.association
        found = notices_of(meeting, self.about.items).get(member.id)
        earliest = removal_day(meeting, association, self.about.items)
        removed = found.removed if found is not None and found.removed else earliest
        kind = "Extra sammanträde " if meeting.kind is MeetingKind.EXTRA else ""
        return {
            "text": self._text(),
            "body": f"Styrelsen för {association.name}",
            "meeting": kind
            + (weekday_date(meeting.date) if kind else weekday_date(meeting.date).capitalize()),
            "paragraphs": self.label,
            "adjusted": iso(_adjusted(meeting, self.about)) or EMPTY_LINE,
            "board": member.name,
            "posted": iso(found.posted if found is not None else None) or EMPTY_LINE,
            "removed": iso(removed) or EMPTY_LINE,
            "kept": sentences.kept(association),
            "appeal": self._appeal(),
        }

    def _text(self) -> str:
        subject = (
            "Paragraferna nedan är omedelbart justerade"
            if self.about.items
            else "Protokollet nedan är justerat"
        )
        if self.about.items and self.label.count("§") == 1:
            subject = "Paragrafen nedan är omedelbart justerad"
        return (
            f"{subject}. Justeringen tillkännages på anslagstavlan hos varje kommun och region som är medlem i"
            " förbundet."
        )

    def _appeal(self) -> RichText:
        last = last_appeal_day(self.meeting, self.association, self.about.items)
        return with_dates(
            "Den som är medlem i en kommun eller region som ingår i förbundet kan överklaga besluten till"
            f" {self.association.court or 'förvaltningsrätten'}. Överklagandet ska vara skriftligt och ha kommit in"
            " till förvaltningsrätten senast den ",
            long_date(last) if last is not None else EMPTY_LINE,
            ".",
        )

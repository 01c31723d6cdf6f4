"""The announcement on every member's board: one row for each, and the text to send to whoever has the board."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from finsam_desktop.domain import numbering, sentences
from finsam_desktop.domain.association import Association, Member, Role
from finsam_desktop.domain.deadlines import (
    adjusted_day,
    boards,
    last_appeal_day,
    notices_of,
    public_notice_day,
    removal_day,
)
from finsam_desktop.domain.holidays import lawful_end
from finsam_desktop.domain.meeting import Meeting, PublicNotice
from finsam_desktop.domain.wording import long_date, weekday_date


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """One board: what is known of its announcement, and the days that the law gives. ``latest`` is the last lawful
    day to post, ``down`` the first to take down; None where it cannot be known yet."""

    member: Member
    notice: PublicNotice
    latest: date | None
    down: date | None

    @property
    def posted(self) -> bool:
        return self.notice.posted is not None

    @property
    def proven(self) -> bool:
        """Whether it is noted how we know that it was posted."""
        return bool(self.notice.address or self.notice.evidence or self.notice.posted_by)

    def days_left(self, today: date) -> int | None:
        """Days from ``today`` to the last lawful day, negative when it has passed; None when posted."""
        return None if self.posted or self.latest is None else (self.latest - today).days


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message ready to send: ``to`` may be empty."""

    to: str
    subject: str
    body: str


def rows(meeting: Meeting, association: Association, items: tuple[str, ...] = ()) -> tuple[BoardRow, ...]:
    """A row for every kommun and region that is a member (19 § finsamlagen), in the register's order."""
    known = notices_of(meeting, items)
    due = public_notice_day(meeting, items)
    latest = lawful_end(due) if due is not None else None
    down = removal_day(meeting, association, items)
    return tuple(
        BoardRow(
            member=board,
            notice=known.get(board.id, PublicNotice(member_id=board.id, items=items)),
            latest=latest,
            down=down,
        )
        for board in boards(association)
    )


def label(meeting: Meeting, meetings: Iterable[Meeting], items: tuple[str, ...] = ()) -> str:
    """ "§§ 61–75" of the minutes, or of these items."""
    numbers = numbering.paragraphs(meetings, meeting)
    return numbering.section_label(numbers[i] for i in (items or tuple(numbers)) if i in numbers)


def message(
    meeting: Meeting,
    association: Association,
    meetings: Iterable[Meeting],
    member: Member,
    items: tuple[str, ...] = (),
) -> Message:
    """What to send to the member for its board: what is announced, until when, and what we want to know back."""
    which = label(meeting, meetings, items)
    adjusted, due = adjusted_day(meeting, items), public_notice_day(meeting, items)
    latest = lawful_end(due) if due is not None else None
    what = f"omedelbart justerad {which}" if items else "justerat protokoll"
    until = f" senast {weekday_date(latest)}" if latest is not None else ""
    where = f" ({member.notice_board})" if member.notice_board else ""
    secretary = association.first_with(meeting.date, Role.SECRETARY)
    signed = "\n".join(
        part for part in (secretary.name if secretary is not None else "", association.name) if part
    )
    body = "\n\n".join(
        (
            "Hej",
            f"Justeringen av ett protokoll från {association.name} ska tillkännages på "
            f"{sentences.genitive(member.name)} anslagstavla{where}. "
            "Det följer av 19 § lagen (2003:1210) om finansiell samordning av rehabiliteringsinsatser. "
            f"Sätt upp anslaget{until}.",
            board_text(meeting, association, which, adjusted, items),
            "Anslaget ska sitta uppe till dess att tiden för överklagande är slut. Den räknas från den dag då "
            "anslaget är uppe hos alla medlemmar. Vi hör av oss med dagen då det får tas ned.",
            "Svara med dagen då anslaget sattes upp och gärna en länk till det.",
            signed,
        )
    )
    subject = f"Anslag: {what} från {association.name}, sammanträde den {long_date(meeting.date)}"
    return Message(to=email_in(member.contact), subject=_plain(subject), body=_plain(body))


def board_text(
    meeting: Meeting, association: Association, which: str, adjusted: date | None, items: tuple[str, ...] = ()
) -> str:
    """The announcement itself, as lines of label and value."""
    last = last_appeal_day(meeting, association, items)
    down = removal_day(meeting, association, items)
    appeal = (
        "Den som är medlem i en kommun eller region som ingår i förbundet kan överklaga besluten till "
        f"{association.court or 'förvaltningsrätten'}. Överklagandet ska vara skriftligt och ha kommit in till "
        + (
            f"förvaltningsrätten senast den {long_date(last)}."
            if last is not None
            else "förvaltningsrätten inom tre veckor från den dag då justeringen tillkännagavs."
        )
    )
    lines = (
        "TILLKÄNNAGIVANDE AV JUSTERAT PROTOKOLL"
        if not items
        else "TILLKÄNNAGIVANDE AV OMEDELBART JUSTERAD PARAGRAF",
        f"Organ: Styrelsen för {association.name}",
        f"Sammanträde: {sentences.capitalised(weekday_date(meeting.date))}",
        f"Paragrafer: {which}" if which else "",
        f"Justerat: {adjusted.isoformat()}" if adjusted is not None else "",
        f"Tas ned tidigast: {down.isoformat()}" if down is not None else "",
        f"Förvaring: {sentences.kept(association)}" if sentences.kept(association) else "",
        f"Överklagande: {appeal}",
    )
    return "\n".join(line for line in lines if line)


def removal_message(
    meeting: Meeting,
    association: Association,
    meetings: Iterable[Meeting],
    member: Member,
    items: tuple[str, ...] = (),
) -> Message | None:
    """What to send when every board has it: when it may come down. None until then."""
    down = removal_day(meeting, association, items)
    if down is None:
        return None
    which = label(meeting, meetings, items)
    body = (
        f"Hej\n\nAnslaget om {which} från {association.name}, sammanträde den {long_date(meeting.date)}, får tas ned "
        f"från och med {weekday_date(down)}. Svara när det är nedtaget, med dagarna då det satt uppe."
        f"\n\n{association.name}"
    )
    return Message(
        to=email_in(member.contact),
        subject=_plain(f"Anslag får tas ned den {long_date(down)}"),
        body=_plain(body),
    )


def email_in(contact: str) -> str:
    """The first mail address in a line of contact, "" when there is none."""
    words = contact.replace(",", " ").replace(";", " ").replace("<", " ").replace(">", " ").split()
    return next((word.strip(".:") for word in words if "@" in word.strip("@.")), "")


def _plain(text: str) -> str:
    """No-break spaces are lost or shown as odd signs in some mail programs."""
    return text.replace("\u00a0", " ")

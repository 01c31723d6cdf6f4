"""What has been sent to the board before the meeting: packs, and the bilagor that are new since then."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from finsam_desktop.domain.agenda import Attachment, walk
from finsam_desktop.domain.meeting import Meeting, MeetingState, SentAttachment, Utskick
from finsam_desktop.domain.numbering import attachment_numbers


def sent_files(meeting: Meeting) -> dict[str, str]:
    """The SHA-256 of the file that each sent bilaga had when it was last sent, by the bilaga's id."""
    return {entry.attachment_id: entry.sha256 for one in meeting.utskick for entry in one.attachments}


def unsent(meeting: Meeting) -> tuple[Attachment, ...]:
    """The bilagor that no pack has carried, and those whose file has been changed since, in order."""
    files = sent_files(meeting)
    return tuple(
        attachment
        for item in walk(meeting.items)
        for attachment in item.attachments
        if attachment.id not in files or is_replaced(attachment, files)
    )


def is_replaced(attachment: Attachment, files: dict[str, str]) -> bool:
    """Whether the bilaga was sent with another file than it has now; ``files`` as ``sent_files`` gives them."""
    was = files.get(attachment.id, "")
    return bool(was) and was != attachment.sha256


def with_utskick(meeting: Meeting, at: datetime, file_name: str, *, supplementary: bool = False) -> Meeting:
    """The meeting with a pack noted as sent; its bilagor keep their numbers from then on.

    The kallelse lies in the pack, so a meeting that was a draft has been called, on that day where none is given.
    """
    numbers = attachment_numbers(meeting)
    chosen = {one.id for one in unsent(meeting)} if supplementary else None
    entries = tuple(
        SentAttachment(attachment_id=one.id, number=numbers[one.id], sha256=one.sha256)
        for item in walk(meeting.items)
        for one in item.attachments
        if chosen is None or one.id in chosen
    )
    made = Utskick(sent_at=at, file_name=file_name, supplementary=supplementary, attachments=entries)
    after = replace(meeting, utskick=(*meeting.utskick, made))
    if after.state is not MeetingState.DRAFT:
        return after
    return replace(after, state=MeetingState.NOTIFIED, notice_date=after.notice_date or at.date())

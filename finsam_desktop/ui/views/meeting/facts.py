"""What head and step bar say of a meeting: how far each step has come, in an icon and a line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from finsam_desktop.domain import wording
from finsam_desktop.domain.agenda import AgendaItem, walk
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.deadlines import adjustment_day, boards, notice_day, reached
from finsam_desktop.domain.decisions import Outcome, ProposalKind
from finsam_desktop.domain.meeting import Meeting, MeetingState
from finsam_desktop.domain.numbering import paragraphs, section_label
from finsam_desktop.ui.widgets.states import State

STEP_KEYS = ("dagordning", "handlingar", "kallelse", "narvaro", "protokoll", "efter")
STATE_TAGS = {
    MeetingState.DRAFT: ("pencil", "neutral"),
    MeetingState.NOTIFIED: ("mail", "accent"),
    MeetingState.HELD: ("circle-check", "accent"),
    MeetingState.MINUTES: ("file-text", "accent"),
    MeetingState.ADJUSTED: ("circle-check", "ok"),
    MeetingState.ANNOUNCED: ("pin", "ok"),
    MeetingState.ARCHIVED: ("archive", "neutral"),
}
MONTHS = ("jan", "feb", "mars", "april", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec")

Fact = tuple[State, str]


def brief(day: date) -> str:
    """ "22 okt"."""
    return f"{day.day}{wording.NBSP}{MONTHS[day.month - 1]}"


def head_facts(meeting: Meeting, meetings: Iterable[Meeting]) -> tuple[str, ...]:
    """Day and time, form, §§."""
    at = wording.clock_range(meeting.start, meeting.end)
    day = wording.WEEKDAYS[meeting.date.weekday()].capitalize()
    sections = section_label(paragraphs(meetings, meeting).values())
    parts: tuple[str, ...] = (f"{day} {at}".strip(), wording.FORMS[meeting.form], sections)
    if reached(meeting, MeetingState.ADJUSTED):
        parts = (sections, "Protokollet är låst")
    return tuple(part for part in parts if part)


def meeting_title(meeting: Meeting) -> str:
    """ "Styrelsens sammanträde 29 oktober 2026"; a consultation and a planning day by their own names."""
    name = "Styrelsens sammanträde" if meeting.kind.decides else wording.KINDS[meeting.kind]
    return f"{name} {wording.long_date(meeting.date)}"


def step_facts(meeting: Meeting, association: Association, today: date) -> tuple[Fact, ...]:
    """One state and one line per step, in the order of `STEP_KEYS`."""
    return (
        _agenda(meeting),
        _papers(meeting),
        _notice(meeting, association, today),
        _attendance(meeting) if meeting.kind.decides else _participants(meeting),
        _minutes(meeting, today) if meeting.kind.decides else _notes(meeting),
        _aftermath(meeting, association),
    )


def _participants(meeting: Meeting) -> Fact:
    count = len(meeting.participants)
    if not count:
        return State.NOT_BEGUN, "Inga deltagare än"
    done = reached(meeting, MeetingState.HELD)
    return (State.DONE if done else State.UNDER_WAY), f"{count} deltagare"


def _notes(meeting: Meeting) -> Fact:
    items = tuple(walk(meeting.items))
    written = sum(1 for item in items if item.minutes_text.strip())
    if not written:
        return State.NOT_BEGUN, "Inget skrivet än"
    done = written == len(items) or reached(meeting, MeetingState.MINUTES)
    return (State.DONE if done else State.UNDER_WAY), f"{written} av {len(items)} punkter skrivna"


def _agenda(meeting: Meeting) -> Fact:
    count = len(meeting.items)
    if not count:
        return State.NOT_BEGUN, "Inga ärenden"
    text = "1 ärende" if count == 1 else f"{count} ärenden"
    bare = sum(
        1
        for item in meeting.items
        if item.type.decides
        and item.proposal.kind is ProposalKind.UNSET
        and not any(sub.proposal.kind is not ProposalKind.UNSET for sub in item.sub_items)
    )
    if bare and not reached(meeting, MeetingState.HELD):
        return State.CONSIDER, f"{text}, {bare} utan förslag"
    return (State.DONE if reached(meeting, MeetingState.NOTIFIED) else State.UNDER_WAY), text


def _papers(meeting: Meeting) -> Fact:
    attachments = [a for item in walk(meeting.items) for a in item.attachments]
    if not attachments:
        return State.NOT_BEGUN, "Inga bilagor"
    text = "1 bilaga" if len(attachments) == 1 else f"{len(attachments)} bilagor"
    missing = sum(1 for a in attachments if not a.sha256)
    if missing:
        return State.UNDER_WAY, f"{text}, {missing} saknas"
    return State.DONE, text


def _notice(meeting: Meeting, association: Association, today: date) -> Fact:
    if reached(meeting, MeetingState.NOTIFIED):
        return State.DONE, f"Skickad {brief(meeting.notice_date)}" if meeting.notice_date else "Skickad"
    latest = notice_day(meeting, association)
    late = latest <= today
    return (State.DATE_WARN if late else State.NOT_BEGUN), f"Ska ut senast {brief(latest)}"


def _attendance(meeting: Meeting) -> Fact:
    if not any(_is_decided(item) for item in meeting.items) and not reached(meeting, MeetingState.HELD):
        return State.NOT_BEGUN, f"Fylls i {brief(meeting.date)}"
    deciding = [item for item in meeting.items if item.type.decides]
    left = sum(1 for item in deciding if not _is_decided(item))
    if left:
        return State.UNDER_WAY, f"{len(deciding) - left} av {len(deciding)} beslut klara"
    return State.DONE, "Alla beslut antecknade" if deciding else "Inga beslut"


def _is_decided(item: AgendaItem) -> bool:
    """Whether a decision is recorded for the item or, where it was made part by part, for a sub-item."""
    return any(one.decision.outcome is not Outcome.UNSET for one in walk((item,)))


def _minutes(meeting: Meeting, today: date) -> Fact:
    if reached(meeting, MeetingState.ADJUSTED):
        return State.DONE, f"Justerat {brief(meeting.adjusted_on)}" if meeting.adjusted_on else "Justerat"
    if reached(meeting, MeetingState.HELD):
        latest = adjustment_day(meeting)
        return (State.DATE_WARN if latest <= today else State.UNDER_WAY), f"Justeras senast {brief(latest)}"
    return State.NOT_BEGUN, "Skapas av besluten"


def _aftermath(meeting: Meeting, association: Association) -> Fact:
    if meeting.state is MeetingState.ARCHIVED:
        return State.DONE, "Arkiverat"
    if not reached(meeting, MeetingState.ADJUSTED):
        return State.NOT_BEGUN, "Inte påbörjat"
    posted = {notice.member_id for notice in meeting.public_notices if notice.posted is not None}
    left = sum(1 for board in boards(association) if board.id not in posted)
    if left:
        return State.CONSIDER, f"{left} anslag återstår"
    return State.UNDER_WAY, "Alla anslag uppsatta"

"""What the fields of a mail's text become for a meeting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from finsam_desktop.domain import sentences
from finsam_desktop.domain.association import Association, Role
from finsam_desktop.domain.deadlines import adjustment_day
from finsam_desktop.domain.meeting import Meeting, MeetingForm, MeetingKind
from finsam_desktop.domain.numbering import agenda_numbers
from finsam_desktop.domain.wording import FORMS, WEEKDAYS, clock, clock_range, join_names, long_date

_KINDS = {
    MeetingKind.EXTRA: "extra sammanträde",
    MeetingKind.CONSTITUENT: "konstituerande sammanträde",
    MeetingKind.BUDGET: "budgetsammanträde",
    MeetingKind.MEMBER_CONSULTATION: "medlemssamråd",
    MeetingKind.PLANNING_DAY: "planeringsdag",
}


def mail_values(
    association: Association,
    meetings: Iterable[Meeting],
    meeting: Meeting,
    *,
    attached: Sequence[str] = (),
    link: str = "",
    public: bool = False,
) -> dict[str, str]:
    """The value of every field of ``mail_texts.MAIL_FIELDS``, "" where there is none.

    ``attached`` are the names of the files that go with the mail, ``link`` where the papers are. A ``public`` mail is
    made of a public version and names the office, not the secretary.
    """
    secretary = association.first_with(meeting.date, Role.SECRETARY) if not public else None
    following = sentences.next_meeting(meeting, [one for one in meetings if one.cancelled_on is None])
    numbers = agenda_numbers(meeting)
    letterhead = association.letterhead
    values = {
        "förbund": association.name,
        "sammanträde": _KINDS.get(meeting.kind, "sammanträde"),
        "datum": long_date(meeting.date),
        "veckodag": WEEKDAYS[meeting.date.weekday()],
        "tid": _time(meeting),
        "plats": meeting.place,
        "form": _form(meeting),
        "anmälan": "" if public else sentences.absence(meeting, association),
        "offentligt": sentences.public(meeting),
        "dagordning": "\n".join(f"{numbers[item.id]} {item.title}" for item in meeting.items),
        "bilagor": join_names(attached),
        "länk": link.strip(),
        "orsak": meeting.cancel_reason,
        "justeras": long_date(meeting.adjustment_date or adjustment_day(meeting)),
        "justerare": "" if public else _adjusters(association, meeting),
        "nästa": _weekday(following) if following is not None else "",
        "avsändare": secretary.name if secretary is not None else "",
        "telefon": (secretary.phone if secretary is not None else "") or letterhead.phone,
        "e-post": (secretary.email if secretary is not None else "") or letterhead.email,
    }
    return {name: value.replace("\u00a0", " ").strip() for name, value in values.items()}


def _time(meeting: Meeting) -> str:
    if meeting.start is None:
        return ""
    if meeting.end is None or meeting.end <= meeting.start:
        return f"klockan {clock(meeting.start)}"
    return f"klockan {clock_range(meeting.start, meeting.end)}"


def _form(meeting: Meeting) -> str:
    if meeting.form is MeetingForm.HYBRID:
        return "Det går att delta på distans. Länk finns i kalenderinbjudan."
    if meeting.form is MeetingForm.DISTANCE:
        return f"{FORMS[meeting.form]}. Länk finns i kalenderinbjudan."
    return ""


def _weekday(meeting: Meeting) -> str:
    return f"{WEEKDAYS[meeting.date.weekday()]} den {long_date(meeting.date)}"


def _adjusters(association: Association, meeting: Meeting) -> str:
    from finsam_desktop.domain.adjusting import signers

    return join_names([one.name for one in signers(meeting, association)])

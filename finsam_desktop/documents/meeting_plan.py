"""The context of the plan of a year's meetings (sammanträdesplan), with the days that follow from each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from finsam_desktop.documents.values import iso, with_dates
from finsam_desktop.domain import deadlines
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting, MeetingKind
from finsam_desktop.domain.wording import KINDS, WEEKDAYS, clock_range

_WITHOUT_MINUTES = (MeetingKind.MEMBER_CONSULTATION, MeetingKind.PLANNING_DAY)


def sammantradesplan_context(
    association: Association, meetings: Iterable[Meeting], meeting: Meeting, today: date
) -> dict[str, object]:
    """Everything the template sammantradesplan.docx can print, but for the letterhead: the year of ``meeting``."""
    year = meeting.date.year
    known = {one.id: one for one in (*meetings, meeting)}
    of_year = sorted(
        (one for one in known.values() if one.date.year == year and one.cancelled_on is None),
        key=lambda one: (one.date, clock_range(one.start, one.end), one.id),
    )
    return {
        "document": {
            "title": f"Sammanträdesplan {year}",
            "subtitle": f"Styrelsen för {association.name}",
            "date": iso(today),
            "reference": "",
            "running_title": f"Sammanträdesplan {year}",
        },
        "plan": {
            "rows": [_row(one, association) for one in of_year],
            "places": _places(of_year),
            "notice": _notice(association),
            "lawful": _lawful(year),
        },
    }


def _row(meeting: Meeting, association: Association) -> dict[str, object]:
    minutes = meeting.kind not in _WITHOUT_MINUTES
    return {
        "weekday": WEEKDAYS[meeting.date.weekday()].capitalize(),
        "date": iso(meeting.date),
        "time": clock_range(meeting.start, meeting.end),
        "kind": KINDS[meeting.kind],
        "notice": iso(meeting.notice_date or deadlines.notice_day(meeting, association)),
        "adjusted": iso(deadlines.adjustment_day(meeting)) if minutes else "",
    }


def _places(meetings: list[Meeting]) -> str:
    """Where, when all meetings share one place."""
    places = {meeting.place.strip() for meeting in meetings if meeting.place.strip()}
    return places.pop() if len(places) == 1 else ""


def _notice(association: Association) -> str:
    days = association.rules.notice_days
    return f"Kallelse med handlingar skickas senast {days} dagar före sammanträdet." if days > 1 else ""


def _lawful(year: int) -> list[object]:
    """The two days of the year that the law sets, whatever is planned."""
    return [
        with_dates(
            "Årsredovisningen för föregående år lämnas senast ", date(year, 3, 31), " (24 § finsamlagen)."
        ),
        with_dates(
            "Budgeten för nästa år fastställs senast ",
            date(year, 11, 30),
            ", vid ett offentligt sammanträde och efter samråd med medlemmarna (23 § finsamlagen).",
        ),
    ]

"""The days a meeting and a year must keep."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from finsam_desktop.domain.deadlines import (
    Deadline,
    DeadlineKind,
    Limit,
    boards,
    deadlines,
    last_appeal_day,
    removal_day,
    upcoming,
    year_deadlines,
)
from finsam_desktop.domain.decisions import Decision, Outcome
from finsam_desktop.domain.meeting import Meeting, MeetingState, PublicNotice
from tests.board import DAY, association, decided_item, decision_item, held, meeting


def of_kind(kind: DeadlineKind, one: Meeting) -> list[Deadline]:
    return [deadline for deadline in deadlines(one, association()) if deadline.kind is kind]


def posted(*days: date | None) -> tuple[PublicNotice, ...]:
    return tuple(
        PublicNotice(member_id=member, posted=day)
        for member, day in zip(("ek", "reg", "bjork"), days, strict=False)
    )


def test_a_draft_has_its_notice_and_its_adjustment() -> None:
    notice, adjustment = deadlines(meeting(), association())
    assert (notice.kind, notice.day, notice.done) == (DeadlineKind.NOTICE, date(2026, 10, 22), False)
    assert (adjustment.kind, adjustment.day) == (DeadlineKind.ADJUSTMENT, date(2026, 11, 12))
    assert adjustment.source == "KL 5 kap. 69 §"


def test_absence_comes_with_its_own_day() -> None:
    one = meeting(absence_deadline=date(2026, 10, 26))
    assert [deadline.day for deadline in of_kind(DeadlineKind.ABSENCE, one)] == [date(2026, 10, 26)]


@pytest.mark.parametrize(
    ("today", "left", "late"),
    [(date(2026, 10, 21), 1, False), (date(2026, 10, 22), 0, False), (date(2026, 10, 23), -1, True)],
)
def test_days_left_and_late(today: date, left: int, late: bool) -> None:
    (notice,) = of_kind(DeadlineKind.NOTICE, meeting())
    assert (notice.days_left(today), notice.is_late(today)) == (left, late)


def test_what_is_done_is_late_only_if_it_was_done_late() -> None:
    in_time = meeting(state=MeetingState.NOTIFIED, notice_date=date(2026, 10, 22))
    too_late = replace(in_time, notice_date=date(2026, 10, 23))
    assert [
        of_kind(DeadlineKind.NOTICE, one)[0].is_late(date(2026, 11, 1)) for one in (in_time, too_late)
    ] == [
        False,
        True,
    ]


def test_a_sentence_says_day_and_distance() -> None:
    (notice,) = of_kind(DeadlineKind.NOTICE, meeting())
    assert notice.sentence(date(2026, 10, 19)) == (
        "Kallelsen ska ut senast torsdag 22\u00a0oktober, om 3\u00a0dagar"
    )
    earliest = replace(notice, title="Anslagen får tas ned", limit=Limit.EARLIEST)
    assert (
        earliest.sentence(date(2026, 10, 22))
        == "Anslagen får tas ned tidigast torsdag 22\u00a0oktober, i dag"
    )
    assert not earliest.is_late(date(2027, 1, 1))


def test_a_sentence_says_the_lawful_day_too_when_the_day_is_a_saturday() -> None:
    one = held(adjusted_on=date(2026, 11, 26))
    due = of_kind(DeadlineKind.PUBLIC_NOTICE, one)[0]
    assert (
        "senast lördag 28\u00a0november (lagens sista dag är måndag 30\u00a0november), om 2\u00a0dagar"
        in (due.sentence(date(2026, 11, 26)))
    )


def test_anslag_is_due_on_every_board_of_a_kommun_or_region() -> None:
    assert [board.id for board in boards(association())] == ["ek", "reg", "bjork"]
    one = held(adjusted_on=date(2026, 11, 9), public_notices=posted(date(2026, 11, 10)))
    due = of_kind(DeadlineKind.PUBLIC_NOTICE, one)
    assert [(d.member_id, d.day, d.done) for d in due] == [
        ("ek", date(2026, 11, 11), True),
        ("reg", date(2026, 11, 11), False),
        ("bjork", date(2026, 11, 11), False),
    ]


def test_before_the_adjustment_no_anslag_is_due() -> None:
    assert not of_kind(DeadlineKind.PUBLIC_NOTICE, held())


def test_a_second_day_on_a_sunday_may_be_kept_on_the_monday() -> None:
    (first, *_) = of_kind(DeadlineKind.PUBLIC_NOTICE, held(adjusted_on=date(2026, 11, 6)))
    assert (first.day, first.last_day) == (date(2026, 11, 8), date(2026, 11, 9))
    assert [first.is_late(date(2026, 11, day)) for day in (8, 9, 10)] == [False, False, True]


@pytest.mark.parametrize(
    ("days", "last"),
    [
        ((date(2026, 11, 10), date(2026, 11, 11), date(2026, 11, 10)), date(2026, 12, 2)),
        ((date(2026, 11, 7),) * 3, date(2026, 11, 30)),  # a Saturday ends on the Monday
        ((date(2026, 12, 3),) * 3, date(2026, 12, 28)),  # Christmas Eve, Christmas, weekend
        ((date(2026, 4, 10),) * 3, date(2026, 5, 4)),  # 1 May is a Friday
        ((date(2026, 11, 10), None, date(2026, 11, 10)), None),
        ((), None),
    ],
)
def test_the_time_to_appeal_ends_three_weeks_after_the_last_board(
    days: tuple[date | None, ...], last: date | None
) -> None:
    one = held(adjusted_on=date(2026, 4, 1), public_notices=posted(*days))
    assert last_appeal_day(one, association()) == last
    removal = removal_day(one, association())
    assert removal == (None if last is None else last + timedelta(days=1))
    kinds = [deadline.kind for deadline in deadlines(one, association())]
    assert (DeadlineKind.REMOVAL in kinds) is (last is not None)


def test_an_association_without_boards_has_no_appeal_day() -> None:
    assert last_appeal_day(held(adjusted_on=DAY), association(members=())) is None


def test_the_year_has_two_lawful_days_that_do_not_move() -> None:
    report, budget = year_deadlines(2025, ())
    assert (report.day, report.title) == (date(2025, 3, 31), "Årsredovisningen för 2024 ska vara klar")
    assert (budget.day, budget.last_day) == (date(2025, 11, 30), date(2025, 11, 30))  # a Sunday
    assert budget.title == "Budgeten för 2026 ska vara fastställd"


def test_the_years_days_are_done_by_a_held_meeting_that_decided() -> None:
    def done(one: Meeting, year: int = 2026) -> list[bool]:
        return [deadline.done for deadline in year_deadlines(year, (one,))]

    budget = decided_item(title="Budget 2027", template_id="budget")
    assert done(held(budget)) == [False, True]
    assert done(held(budget), 2025) == [False, False]
    assert done(meeting(budget)) == [False, False]
    tabled = decision_item(template_id="budget", decision=Decision(outcome=Outcome.TABLED))
    assert done(held(tabled)) == [False, False]
    report = decided_item(template_id="arsredovisning")
    assert done(held(report, date=date(2026, 3, 20))) == [True, False]


def test_upcoming_is_what_is_left_in_order() -> None:
    left = upcoming(association(), (held(), meeting(id="b", date=date(2026, 11, 26))), date(2026, 11, 1))
    assert [(deadline.kind, deadline.day) for deadline in left] == [
        (DeadlineKind.ADJUSTMENT, date(2026, 11, 12)),
        (DeadlineKind.NOTICE, date(2026, 11, 19)),
        (DeadlineKind.BUDGET, date(2026, 11, 30)),
        (DeadlineKind.ADJUSTMENT, date(2026, 12, 10)),
        (DeadlineKind.ANNUAL_REPORT, date(2027, 3, 31)),
        (DeadlineKind.BUDGET, date(2027, 11, 30)),
    ]


def test_upcoming_leaves_out_archived_meetings_and_what_was_before_the_first() -> None:
    archived = held(state=MeetingState.ARCHIVED)
    left = upcoming(association(), (archived,), date(2026, 12, 1))
    assert {deadline.kind for deadline in left} == {DeadlineKind.BUDGET, DeadlineKind.ANNUAL_REPORT}
    assert date(2026, 3, 31) not in {deadline.day for deadline in left}

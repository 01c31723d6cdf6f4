"""Deadlines where something is done in part, announced apart, archived or about to run out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from finsam_desktop.domain.catalogue import ItemType
from finsam_desktop.domain.deadlines import (
    Deadline,
    DeadlineKind,
    Limit,
    deadlines,
    fixes_annual_report,
    reached,
    upcoming,
)
from finsam_desktop.domain.meeting import MeetingState, PublicNotice
from tests import board

ADJUSTED = date(2026, 11, 9)


def announced(*removed: date | None) -> tuple[PublicNotice, ...]:
    boards = ("ek", "reg", "bjork")
    return tuple(
        PublicNotice(member_id=member, posted=ADJUSTED, removed=day)
        for member, day in zip(boards, removed, strict=False)
    )


def of(kind: DeadlineKind, *removed: date | None) -> list[Deadline]:
    held = board.held(
        board.decided_item(),
        state=MeetingState.ADJUSTED,
        adjusted_on=ADJUSTED,
        public_notices=announced(*removed),
    )
    return [one for one in deadlines(held, board.association()) if one.kind is kind]


def test_the_removal_is_done_when_the_last_board_has_taken_it_down() -> None:
    first, last = date(2026, 12, 1), date(2026, 12, 8)
    (partly,) = of(DeadlineKind.REMOVAL, first, None, last)
    assert (partly.done, partly.done_on) == (False, None)
    (wholly,) = of(DeadlineKind.REMOVAL, first, last, first)
    assert (wholly.done, wholly.done_on) == (True, last)
    assert wholly.title == "Anslagen får tas ned"


def test_an_earliest_day_is_never_late_and_a_latest_is_from_the_day_after() -> None:
    day = date(2026, 10, 22)
    one = Deadline(kind=DeadlineKind.NOTICE, title="X", day=day, last_day=day, source="")
    assert [one.is_late(day + timedelta(days=n)) for n in (-1, 0, 1)] == [False, False, True]
    assert [one.days_left(day + timedelta(days=n)) for n in (-1, 0, 1)] == [1, 0, -1]
    assert not replace(one, limit=Limit.EARLIEST).is_late(day + timedelta(days=9))
    done = replace(one, done=True, done_on=day + timedelta(days=1))
    assert done.is_late(day)
    assert not replace(done, done_on=day).is_late(day + timedelta(days=9))
    assert not replace(done, done_on=None).is_late(day + timedelta(days=9))


def test_how_far_a_meeting_has_come() -> None:
    held = board.held()
    found = {state: reached(held, state) for state in MeetingState}
    assert [state for state, is_there in found.items() if is_there] == [
        MeetingState.DRAFT,
        MeetingState.NOTIFIED,
        MeetingState.HELD,
    ]


@pytest.mark.parametrize(
    ("clauses", "kind", "template", "fixes"),
    [
        (("fastställa årsredovisningen för 2025",), ItemType.DECISION, "", True),
        (
            ("lägga årsredovisningen till handlingarna", "fastställa dagordningen"),
            ItemType.DECISION,
            "",
            False,
        ),
        (("godkänna", "fastställa årsredovisningen"), ItemType.DECISION, "", True),
        (("fastställa budgeten",), ItemType.DECISION, "", False),
        (("fastställa årsredovisningen",), ItemType.INFORMATION, "", False),
    ],
)
def test_which_item_fixes_the_annual_report(
    clauses: tuple[str, ...], kind: ItemType, template: str, fixes: bool
) -> None:
    item = board.decision_item(proposal=board.proposal(*clauses), type=kind, template_id=template)
    assert fixes_annual_report(item) is fixes


def test_what_has_run_out_by_itself_is_no_longer_to_do() -> None:
    draft = board.meeting(board.decision_item(), absence_deadline=date(2026, 10, 26))

    def to_do(today: date) -> set[DeadlineKind]:
        return {one.kind for one in upcoming(board.association(), (draft,), today) if one.meeting_id}

    assert DeadlineKind.ABSENCE in to_do(date(2026, 10, 26))
    assert DeadlineKind.ABSENCE not in to_do(date(2026, 10, 27))
    assert DeadlineKind.NOTICE in to_do(date(2026, 10, 27)), "the notice is late, not run out"
    archived = replace(draft, state=MeetingState.ARCHIVED)
    found = upcoming(board.association(), (archived,), date(2026, 10, 20))
    assert not [one for one in found if one.meeting_id]


def test_what_is_left_to_do_stands_by_day_from_the_first_meeting_on() -> None:
    first = board.meeting(board.decision_item())
    later = replace(first, id="senare", date=date(2026, 12, 10))
    found = upcoming(board.association(), (later, first), date(2026, 10, 1))
    days = [one.day for one in found]
    assert days == sorted(days)
    assert {one.meeting_id for one in found} >= {"mötet", "senare"}
    yearly = [one.day for one in found if not one.meeting_id]
    assert yearly
    assert min(yearly) >= board.DAY

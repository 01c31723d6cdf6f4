"""Dates proposed for a year: lawful days kept, holidays gone around, what is planned left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_desktop.domain.holidays import holidays, is_working_day
from finsam_desktop.domain.meeting import Meeting, MeetingKind, MeetingState
from finsam_desktop.domain.planning import (
    APART_DAYS,
    ProposedMeeting,
    Wishes,
    drafts,
    drawbacks,
    is_bridge_day,
    propose,
    school_holiday,
    usual_weekday,
)
from finsam_desktop.files.catalogue_files import standard_templates
from tests.board import association, held


def by_key(proposed: tuple[ProposedMeeting, ...]) -> dict[str, ProposedMeeting]:
    return {one.slot.key: one for one in proposed}


@given(
    year=st.integers(2024, 2075),
    weekday=st.none() | st.integers(0, 4),
    avoided=st.lists(st.integers(0, 364), max_size=40),
    planning_day=st.booleans(),
)
def test_every_proposal_is_lawful(
    year: int, weekday: int | None, avoided: list[int], planning_day: bool
) -> None:
    avoid = tuple(date(year, 1, 1) + timedelta(days=n) for n in avoided)
    wishes = Wishes(weekday=weekday, avoid=avoid, planning_day=planning_day)
    found = propose(year, association(), (), wishes)
    days = [one.date for one in found]
    assert days == sorted(days)
    for one in found:
        assert one.date.year == year
        assert one.date.weekday() < 5
        assert one.date not in holidays(year)
        assert is_working_day(one.date)
        assert one.date not in avoid
    keyed = by_key(found)
    assert keyed["arsredovisning"].date <= date(year, 3, 31)
    assert keyed["budget"].date <= date(year, 11, 30)
    assert keyed["budget"].slot.kind is MeetingKind.BUDGET
    assert (keyed["budget"].date - keyed["tertial-2"].date).days >= 21
    assert ("konstituerande" in keyed) == ((year - 2023) % 4 == 0)
    assert ("planeringsdag" in keyed) == planning_day
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]
    assert min(gaps) >= 1
    if not avoid:
        assert min(gaps) >= APART_DAYS


def test_the_year_2027_with_thursdays_as_before() -> None:
    earlier = (held(), held(id="b", date=date(2026, 9, 17)))
    found = propose(2027, association(), earlier)
    assert [(one.slot.key, one.date.isoformat()) for one in found] == [
        ("arsredovisning", "2027-03-18"),
        ("konstituerande", "2027-04-15"),
        ("samrad", "2027-04-29"),
        ("tertial-1", "2027-05-27"),
        ("juni", "2027-06-10"),
        ("tertial-2", "2027-10-07"),
        ("budget", "2027-11-18"),
        ("december", "2027-12-09"),
    ]
    assert {one.date.weekday() for one in found} == {3}
    assert found[0].start == time(8, 30)
    assert "Torsdag, som de flesta av era sammanträden" in found[0].why
    assert "24 § finsamlagen" in found[0].why[0]


def test_a_planned_meeting_keeps_its_day_and_is_not_made_again() -> None:
    planned = Meeting(id="plan", date=date(2027, 11, 11), kind=MeetingKind.BUDGET)
    found = by_key(propose(2027, association(), (held(), planned)))
    assert (found["budget"].date, found["budget"].existing) == (date(2027, 11, 11), "plan")
    assert (found["budget"].date - found["tertial-2"].date).days >= 21
    called_off = replace(planned, cancelled_on=date(2027, 10, 1))
    assert by_key(propose(2027, association(), (held(), called_off)))["budget"].existing == ""
    made = drafts(propose(2027, association(), (planned,)), association(), standard_templates(), (planned,))
    assert all(one.kind is not MeetingKind.BUDGET for one in made)


def test_the_drafts_have_their_frame_and_the_items_of_their_purpose() -> None:
    proposed = propose(2027, association(), (held(),))
    made = drafts(proposed, association(), standard_templates(), (held(),))
    assert [one.date for one in made] == [one.date for one in proposed]
    assert {one.state for one in made} == {MeetingState.DRAFT}
    templates = {one.date: [item.template_id for item in one.items] for one in made}
    spring = templates[by_key(proposed)["arsredovisning"].date]
    assert spring.index("foregaende-protokoll") < spring.index("arsredovisning") < spring.index("avslutande")
    assert "budget" in templates[by_key(proposed)["budget"].date]
    consultation = templates[by_key(proposed)["samrad"].date]
    assert consultation == [
        "samrad-inledning", "samrad-foregaende-ar", "samrad-hinder", "samrad-behov", "samrad-langsikt",
        "samrad-budget", "samrad-avslutning",
    ]  # fmt: skip
    assert templates[by_key(proposed)["konstituerande"].date][:2] == ["oppnande", "oppnande-alderspresident"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 5, 15), True),  # Friday after Ascension Day
        (date(2026, 5, 13), False),
        (date(2026, 5, 18), False),
        (date(2026, 1, 5), True),  # Monday between Sunday and Epiphany
        (date(2026, 5, 14), False),  # the holiday itself
    ],
)
def test_bridge_days(day: date, expected: bool) -> None:
    assert is_bridge_day(day) is expected


@pytest.mark.parametrize(
    ("day", "word"),
    [
        (date(2026, 10, 29), "höstlov"),
        (date(2026, 10, 23), ""),
        (date(2026, 2, 16), "sportlov"),
        (date(2026, 3, 9), ""),
        (date(2026, 4, 8), "påsklov"),
        (date(2026, 4, 13), ""),
        (date(2026, 7, 1), "sommarlov"),
        (date(2026, 12, 21), "jullov"),
        (date(2026, 12, 18), ""),
    ],
)
def test_weeks_without_school(day: date, word: str) -> None:
    assert school_holiday(day).split(" ")[0] == word


def test_the_day_before_a_holiday_is_a_drawback_but_a_plain_friday_is_not() -> None:
    assert drawbacks(date(2026, 4, 30)) == ("dagen före en helgdag",)
    assert drawbacks(date(2026, 9, 18)) == ()


def test_the_usual_weekday_needs_two_meetings_of_the_board() -> None:
    assert usual_weekday((held(),)) is None
    assert usual_weekday((held(), held(id="b"))) == 3
    consultation = held(id="c", kind=MeetingKind.MEMBER_CONSULTATION)
    assert usual_weekday((held(), consultation)) is None

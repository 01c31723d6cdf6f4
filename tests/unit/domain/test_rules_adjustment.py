"""Justering and anslag, each day: R34–R37."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from finsam_desktop.domain.meeting import MeetingState, PublicNotice
from finsam_desktop.domain.rules import Severity
from tests.board import DAY, decided_item, found, held

LAST = date(2026, 11, 12)
"""The fourteenth day after the meeting, a Thursday."""
ADJUSTED = date(2026, 11, 9)
"""A Monday; the second day after is Wednesday 11 November."""


def notices(*days: date | None, removed: date | None = None) -> tuple[PublicNotice, ...]:
    return tuple(
        PublicNotice(member_id=member, posted=day, removed=removed)
        for member, day in zip(("ek", "reg", "bjork"), days, strict=False)
    )


def adjusted(*days: date | None, on: date = ADJUSTED, removed: date | None = None) -> object:
    return held(
        decided_item(),
        state=MeetingState.ADJUSTED,
        adjusted_on=on,
        public_notices=notices(*days, removed=removed),
    )


# -- R34 ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "severity", "title"),
    [
        (
            LAST - timedelta(days=1),
            Severity.NOTE,
            "Protokollet ska vara justerat senast torsdag 12\u00a0november, i morgon",
        ),
        (LAST, Severity.NOTE, "Protokollet ska vara justerat senast torsdag 12\u00a0november, i dag"),
        (
            LAST + timedelta(days=1),
            Severity.ERROR,
            "Protokollet är inte justerat. Sista dag var torsdag 12\u00a0november, i går",
        ),
    ],
)
def test_r34_gives_fourteen_days(today: date, severity: Severity, title: str) -> None:
    (finding,) = found("R34", held(decided_item()), today)
    assert (finding.severity, finding.title, finding.source) == (severity, title, "KL 5 kap. 69 §")


@pytest.mark.parametrize(
    ("on", "title"),
    [
        (DAY - timedelta(days=1), "Justeringen är daterad den 28\u00a0oktober 2026, före sammanträdet"),
        (DAY, ""),
        (LAST - timedelta(days=1), ""),
        (LAST, ""),
        (LAST + timedelta(days=1), "Protokollet justerades en dag för sent"),
        (LAST + timedelta(days=2), "Protokollet justerades 2\u00a0dagar för sent"),
    ],
)
def test_r34_looks_at_the_day_of_the_adjustment(on: date, title: str) -> None:
    one = held(decided_item(), state=MeetingState.ADJUSTED, adjusted_on=on)
    assert [finding.title for finding in found("R34", one, on)] == ([title] if title else [])


def test_r34_moves_the_last_day_off_a_holiday() -> None:
    one = held(decided_item(), date=date(2026, 12, 11))  # the fourteenth day is Christmas Day, a Friday
    late = [
        bool(f.severity is Severity.ERROR)
        for f in (found("R34", one, date(2026, 12, d))[0] for d in (25, 28, 29))
    ]
    assert late == [False, False, True]
    assert "måndag 28\u00a0december räcker" in found("R34", one, date(2026, 12, 20))[0].advice


@pytest.mark.parametrize(("day", "told"), [(LAST, False), (LAST + timedelta(days=1), True)])
def test_r34_tells_a_planned_adjustment_after_the_last_day(day: date, told: bool) -> None:
    one = held(decided_item(), adjustment_date=day)
    assert bool([f for f in found("R34", one, DAY) if "är planerad" in f.title]) is told


# -- R35 ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "severity", "when"),
    [
        (date(2026, 11, 10), Severity.WARNING, "onsdag 11\u00a0november, i morgon"),
        (date(2026, 11, 11), Severity.WARNING, "i dag onsdag 11\u00a0november"),
        (date(2026, 11, 12), Severity.ERROR, "onsdag 11\u00a0november, i går"),
    ],
)
def test_r35_gives_two_days_on_every_board(today: date, severity: Severity, when: str) -> None:
    (finding,) = found("R35", adjusted(ADJUSTED), today)
    assert (finding.severity, finding.title) == (
        severity,
        f"Anslag återstår på 2 av 3 anslagstavlor, senast {when}",
    )
    assert (
        "Region Alm och Björks kommun" in finding.advice or "Björks kommun och Region Alm" in finding.advice
    )


@pytest.mark.parametrize(
    ("posted", "title"),
    [
        (ADJUSTED - timedelta(days=1), "Anslaget hos Björks kommun är daterat före justeringen"),
        (ADJUSTED, ""),
        (date(2026, 11, 10), ""),
        (date(2026, 11, 11), ""),
        (date(2026, 11, 12), "Anslaget hos Björks kommun sattes upp en dag för sent"),
    ],
)
def test_r35_looks_at_each_boards_day(posted: date, title: str) -> None:
    findings = found("R35", adjusted(ADJUSTED, ADJUSTED, posted), date(2026, 11, 20))
    assert [finding.title for finding in findings] == ([title] if title else [])


def test_r35_moves_the_second_day_off_a_weekend() -> None:
    friday = date(2026, 11, 6)
    sunday_monday_tuesday = [date(2026, 11, day) for day in (8, 9, 10)]
    told = [
        bool(found("R35", adjusted(friday, friday, day, on=friday), LAST)) for day in sunday_monday_tuesday
    ]
    assert told == [False, False, True]


def test_r35_tells_an_announcement_of_minutes_that_are_not_adjusted() -> None:
    (finding,) = found("R35", held(decided_item(), public_notices=notices(DAY)), DAY)
    assert finding.title == "Anslag är antecknat fast protokollet inte är justerat"
    assert not found("R35", held(decided_item(), public_notices=notices(None)), DAY)


def test_r35_waits_for_the_adjustment_and_asks_kindly_when_marked_as_announced() -> None:
    assert not found("R35", held(decided_item()), DAY)
    one = held(decided_item(), state=MeetingState.ANNOUNCED, adjusted_on=ADJUSTED)
    (finding,) = found("R35", one, date(2026, 12, 24))
    assert (finding.title, finding.severity) == ("Dagarna för anslag är inte antecknade", Severity.NOTE)


# -- R36, R37 -------------------------------------------------------------------------------------------


def test_r36_wants_no_anslag_at_the_state_authorities() -> None:
    one = held(
        decided_item(), adjusted_on=ADJUSTED, public_notices=(PublicNotice(member_id="fk", posted=ADJUSTED),)
    )
    assert [f.title for f in found("R36", one, ADJUSTED)] == ["Försäkringskassan ska inte ha något anslag"]


@pytest.mark.parametrize(
    ("removed", "told"),
    [(date(2026, 12, 1), True), (date(2026, 12, 2), True), (date(2026, 12, 3), False)],
)
def test_r37_keeps_anslag_up_three_weeks_from_the_last_board(removed: date, told: bool) -> None:
    one = adjusted(date(2026, 11, 10), date(2026, 11, 11), date(2026, 11, 10), removed=removed)
    assert bool(found("R37", one, date(2026, 12, 10))) is told


def test_r37_moves_the_end_off_christmas() -> None:
    posted = date(
        2026, 12, 3
    )  # three weeks later is Christmas Eve, then Christmas, a weekend: Monday 28 December
    on = date(2026, 12, 2)
    told = [
        bool(
            found(
                "R37", adjusted(posted, posted, posted, on=on, removed=date(2026, 12, day)), date(2027, 1, 1)
            )
        )
        for day in (24, 28, 29)
    ]
    assert told == [True, True, False]


# -- the days as data -----------------------------------------------------------------------------------


def test_every_finding_of_r34_and_r35_says_between_which_days() -> None:
    """The same days as ``adjusting.steps`` has, for ``finsam check --json`` and for lists sorted by day."""
    late, early = LAST + timedelta(days=1), DAY - timedelta(days=1)
    adjusting = [
        *found("R34", held(decided_item()), DAY),
        *found("R34", held(decided_item()), late),
        *found("R34", held(decided_item(), adjustment_date=late), DAY),
        *(
            finding
            for on in (early, late)
            for finding in found(
                "R34", held(decided_item(), adjusted_on=on, state=MeetingState.ADJUSTED), late
            )
        ),
    ]
    assert len(adjusting) == 6
    assert {(f.earliest, f.latest) for f in adjusting} == {(DAY, LAST)}
    assert [f.days_left(late) for f in adjusting] == [-1] * 6
    before, after = ADJUSTED - timedelta(days=1), ADJUSTED + timedelta(days=3)
    announcing = [
        *found("R35", adjusted(ADJUSTED), ADJUSTED),
        *found("R35", adjusted(before, after, ADJUSTED), LAST),
        *found("R35", held(decided_item(), state=MeetingState.ANNOUNCED, adjusted_on=ADJUSTED), LAST),
    ]
    assert len(announcing) == 4
    assert {(f.earliest, f.latest) for f in announcing} == {(ADJUSTED, date(2026, 11, 11))}


def test_r37_says_from_which_day_anslag_may_come_down() -> None:
    down = date(2026, 12, 3)
    posted = (date(2026, 11, 10), date(2026, 11, 11), date(2026, 11, 10))
    too_early = found("R37", adjusted(*posted, removed=down - timedelta(days=1)), down)
    waiting = found("R37", adjusted(*posted), down)
    assert {(f.earliest, f.latest, f.days_left(down)) for f in (*too_early, *waiting)} == {(down, None, 0)}
    assert (len(too_early), len(waiting)) == (3, 1)

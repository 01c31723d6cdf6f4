"""The year: where recurring items stand, and what the law wants done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_desktop.domain.decisions import Decision, Outcome
from finsam_desktop.domain.meeting import Meeting, MeetingKind
from finsam_desktop.domain.year_wheel import (
    Standing,
    WheelEntry,
    YearTask,
    budget_meeting,
    stretches,
    wheel,
    with_months,
    year_tasks,
)
from finsam_desktop.files.catalogue_files import standard_templates
from tests.board import association, decided_item, decision_item, held, meeting

TODAY = date(2026, 10, 1)
TEMPLATES = standard_templates()


def entry(key: str, *meetings: Meeting, today: date = TODAY) -> WheelEntry:
    made = wheel(2026, association(), TEMPLATES, meetings, today)
    return next(one for one in made.entries if one.key == key)


@given(st.sets(st.integers(1, 12)))
def test_stretches_cover_the_months_and_nothing_else(months: set[int]) -> None:
    found = stretches(tuple(months))
    covered = [month for first, last in found for month in range(first, last + 1)]
    assert covered == sorted(months)
    assert all(later[0] > earlier[1] + 1 for earlier, later in pairwise(found))


def test_an_item_on_an_agenda_knows_its_meeting() -> None:
    report = decision_item("r", template_id="tertialrapport-2")
    one = entry("tertialrapport-2:9", meeting(report))
    assert (one.standing, one.month, one.item_id) == (Standing.ON_AGENDA, 10, "r")
    done = entry("tertialrapport-2:9", held(decided_item("r", template_id="tertialrapport-2")))
    assert done.standing is Standing.DONE
    tabled = replace(report, decision=Decision(outcome=Outcome.TABLED))
    assert entry("tertialrapport-2:9", held(tabled)).standing is Standing.ON_AGENDA


def test_an_item_on_no_agenda_is_placed_missing_or_passed() -> None:
    key = "tertialrapport-2:9"
    assert entry(key, meeting()).standing is Standing.TO_PLACE
    assert entry(key, meeting()).month == 10
    assert entry(key).standing is Standing.NO_MEETING
    assert entry(key, today=date(2026, 10, 31)).standing is Standing.NO_MEETING
    assert entry(key, today=date(2026, 11, 1)).standing is Standing.PASSED
    assert entry(key, meeting(cancelled_on=TODAY)).standing is Standing.NO_MEETING
    consultation = meeting(kind=MeetingKind.MEMBER_CONSULTATION)
    assert entry(key, consultation).standing is Standing.NO_MEETING


def test_an_item_of_two_seasons_is_two_entries_each_with_its_own_meeting() -> None:
    spring = held(decided_item("a", template_id="tertialunderlag"), id="vår", date=date(2026, 5, 6))
    first, second = entry("tertialunderlag:4", spring), entry("tertialunderlag:9", spring)
    assert (first.standing, first.month) == (Standing.DONE, 5)
    assert second.standing is not Standing.DONE


def test_months_can_be_changed_and_move_the_entry_and_the_period() -> None:
    template = next(t for t in TEMPLATES if t.id == "medlemssamrad")
    changed = with_months(association(), template, (9, 8, 9))
    made = wheel(2026, changed, TEMPLATES, (), TODAY)
    assert [(e.first, e.last) for e in made.entries if e.template.id == "medlemssamrad"] == [(8, 9)]
    assert [(p.first, p.last) for p in made.periods if p.title == "Medlemssamråd"] == [(8, 9)]
    assert changed.item_templates[0].months == (8, 9)


# -- what must be done ------------------------------------------------------------------------------------


def task(key: str, *meetings: Meeting) -> YearTask:
    return next(one for one in year_tasks(2026, meetings) if one.key == key)


BUDGET = meeting(
    decision_item("b", template_id="budget"), id="b", date=date(2026, 11, 26), kind=MeetingKind.BUDGET
)


@pytest.mark.parametrize(
    ("key", "field"),
    [("samrad", "consulted_on"), ("tillkannagivande", "public_announced"), ("webb", "budget_published")],
)
def test_a_step_before_the_budget_counts_up_to_the_day_of_the_meeting(key: str, field: str) -> None:
    for days, done in ((-1, True), (0, True), (1, False)):
        day = BUDGET.date + timedelta(days=days)
        assert task(key, replace(BUDGET, **{field: day})).done is done  # type: ignore[arg-type]
    remains = task(key, BUDGET)
    assert (remains.done, remains.due, remains.target) == (False, BUDGET.date, "b/kallelse")
    assert not remains.is_late(BUDGET.date)
    assert remains.is_late(BUDGET.date + timedelta(days=1))
    assert task(key).advice == "Lägg in ett budgetsammanträde senast den 30 november."
    assert not task(key).is_late(date(2027, 5, 1))


def test_the_budget_meeting_is_found_by_kind_before_item_and_never_called_off() -> None:
    by_item = meeting(decision_item("x", template_id="budget"), id="x", date=date(2026, 11, 5))
    assert budget_meeting(2026, (by_item, BUDGET)) is BUDGET
    assert budget_meeting(2026, (by_item,)) is by_item
    assert budget_meeting(2026, (replace(BUDGET, cancelled_on=TODAY),)) is None
    assert budget_meeting(2027, (BUDGET,)) is None


def test_a_consultation_is_done_when_held() -> None:
    planned = meeting(id="s", date=date(2026, 5, 7), kind=MeetingKind.MEMBER_CONSULTATION)
    assert not task("medlemssamrad", planned).done
    assert task("medlemssamrad", planned).target == "s"
    done = held(id="s", date=date(2026, 5, 7), kind=MeetingKind.MEMBER_CONSULTATION)
    assert task("medlemssamrad", done).done_on == date(2026, 5, 7)
    assert not task("medlemssamrad", replace(done, cancelled_on=TODAY)).done


def test_the_last_days_are_those_of_the_law() -> None:
    assert task("arsredovisning").due == date(2026, 3, 31)
    assert task("budget").due == date(2026, 11, 30)
    assert task("arsredovisning").is_late(date(2026, 4, 1))
    assert not task("arsredovisning").is_late(date(2026, 3, 31))

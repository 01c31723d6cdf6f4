"""What is told of adjusted minutes: R34a, R34b and R34c."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from finsam_desktop.domain.adjusting import adjust
from finsam_desktop.domain.agenda import update
from finsam_desktop.domain.decisions import Decision, Outcome
from finsam_desktop.domain.meeting import Meeting
from tests.board import DAY, association, decided_item, found, held, meeting

AT_ONCE = decided_item(decision=Decision(outcome=Outcome.AS_PROPOSED, immediately_adjusted=True))
ON = date(2026, 11, 2)


def adjusted() -> Meeting:
    one = held(decided_item())
    return adjust(one, association(), (one,), on=ON, at=datetime(2026, 11, 2, 9, 0), by="test")


def test_r34a_asks_for_the_adjustment_of_an_item_adjusted_at_once() -> None:
    assert found("R34a", held(AT_ONCE), DAY)
    assert not found("R34a", held(decided_item()), DAY)
    assert not found("R34a", meeting(AT_ONCE), date(2026, 10, 28)), "the meeting has not been held"


def test_r34b_tells_a_word_changed_after_the_adjustment() -> None:
    one = adjusted()
    assert not found("R34b", one, ON)
    items = update(one.items, "beslut", lambda item: replace(item, minutes_text="Ett annat ord."))
    assert found("R34b", replace(one, items=items), ON)


def test_r34c_tells_a_name_changed_in_the_register_since() -> None:
    one = adjusted()
    assert not found("R34c", one, ON)
    people = tuple(replace(p, name="Anna Ny") if p.id == "anna" else p for p in association().people)
    assert found("R34c", one, ON, register=association(people=people))

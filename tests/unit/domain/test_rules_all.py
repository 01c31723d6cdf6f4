"""The rules as a whole: every one has a source, and a lawful meeting is told nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from finsam_desktop.domain.association import CharterPoint
from finsam_desktop.domain.charter import DEMANDS
from finsam_desktop.domain.meeting import MeetingState
from finsam_desktop.domain.rules import RULES, Rule, Severity, check, check_association
from tests.board import DAY, association, attachment, decided_item, decision_item, found, held, meeting


def test_a_lawful_meeting_a_month_ahead_is_told_nothing() -> None:
    one = meeting(decision_item(attachments=(attachment(),)))
    assert check(one, association(), (one,), date(2026, 9, 29)) == ()


def test_a_lawful_meeting_just_held_is_only_reminded_of_the_adjustment() -> None:
    one = held(decided_item())
    assert [finding.rule for finding in check(one, association(), (one,), DAY)] == ["R34"]


def test_the_register_of_a_complete_association_is_told_nothing() -> None:
    charter = tuple(CharterPoint(number=demand.number, place=f"{demand.number} §") for demand in DEMANDS)
    assert check_association(association(rules={"charter": charter}), date(2026, 9, 29)) == ()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.id}-{rule.check.__name__}")
def test_every_rule_says_what_it_holds_and_where_that_stands(rule: Rule) -> None:
    assert rule.text.endswith(".")
    assert rule.source
    assert re.fullmatch(r"[RST]\d\d[a-z]?", rule.id)


def test_the_gravest_come_first_and_then_the_order_of_the_agenda() -> None:
    blank = decision_item("b", summary="Kostnaden är {belopp} kronor.", proposal=decision_item().proposal)
    one = meeting(decision_item("a", title="Torsdagen den 28 oktober 2026"), blank, start=None)
    order = [(finding.severity, finding.place.item_id) for finding in check(one, association(), (one,), DAY)]
    gravities = [list(Severity).index(severity) for severity, _ in order]
    assert gravities == sorted(gravities)
    assert order[0] == (Severity.ERROR, "b")
    warnings = [item_id for severity, item_id in order if severity is Severity.WARNING]
    assert warnings[-1] == "a"


def test_a_rule_holds_from_its_first_to_its_last_day() -> None:
    rule = replace(RULES[0], since=date(2022, 3, 16), until=date(2023, 1, 1))
    days = (date(2022, 3, 15), date(2022, 3, 16), date(2023, 1, 1), date(2023, 1, 2))
    assert [rule.holds(day) for day in days] == [False, True, True, False]


def test_adjusted_minutes_are_not_told_of_the_register() -> None:
    without_chair = replace(association(), appointments=association().appointments[1:])
    assert found("R11", held(decided_item()), DAY, register=without_chair)
    adjusted = held(decided_item(), state=MeetingState.ADJUSTED, adjusted_on=DAY)
    assert not found("R11", adjusted, DAY, register=without_chair)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.id}-{rule.check.__name__}")
def test_texts_are_plain_swedish(rule: Rule) -> None:
    for text in (rule.text, rule.source):
        assert "!" not in text
        assert "vänligen" not in text.lower()

"""The rules as a whole: every one has a source, and a lawful meeting is told nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from finsam_desktop.domain.association import CharterPoint
from finsam_desktop.domain.charter import DEMANDS
from finsam_desktop.domain.meeting import MeetingState
from finsam_desktop.domain.rules import (
    RULES,
    UNCHECKED,
    Rule,
    Severity,
    Unchecked,
    check,
    check_association,
)
from finsam_desktop.domain.rules.page import page
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


@cache
def _tested() -> dict[str, set[str]]:
    """Rule ids by test module: every id that a test asks a finding of."""
    asked: dict[str, set[str]] = {}
    for path in Path(__file__).parents[2].rglob("test_*.py"):
        text = path.read_text(encoding="utf-8")
        ids = set(re.findall(r"""\b(?:found|told|titles|answered)\(\s*"([ARST]\d\d[a-z]?)\"""", text))
        ids |= {f"R{number}" for number in re.findall(r"def test_\w*?r(\d\d[a-z]?)_", text)}
        ids |= {f"R{n}" for first, last in re.findall(r"def test_r(\d\d)_to_r(\d\d)_", text)
                for n in range(int(first), int(last) + 1)}  # fmt: skip
        ids |= set(re.findall(r"""\.rule == "([ARST]\d\d[a-z]?)\"""", text))
        asked[str(path)] = ids
    return asked


@pytest.mark.parametrize("rule_id", sorted({rule.id for rule in RULES}))
def test_every_rule_is_asked_of_by_a_test(rule_id: str) -> None:
    assert [name for name, ids in _tested().items() if rule_id in ids], rule_id


def test_every_row_of_the_field_guide_is_a_rule_or_says_why_not() -> None:
    """R01–R96 as numbered in the project's description of the field; a gap in the numbers is a gap there too."""
    numbers = {
        *range(1, 39),
        *range(40, 47),
        47,
        48,
        49,
        *range(50, 57),
        *range(60, 67),
        *range(70, 81),
        *range(90, 97),
    }
    letters = {"R21b", "R39b", "R39c", "R47b", "R49b", "R49c"}
    wanted = {f"R{number:02}" for number in numbers} | letters | {"R39"}
    known = {rule.id for rule in RULES} | {rule.id for rule in UNCHECKED}
    assert wanted <= known, sorted(wanted - known)
    assert not {rule.id for rule in RULES} & {rule.id for rule in UNCHECKED}


@pytest.mark.parametrize("rule", UNCHECKED, ids=lambda rule: rule.id)
def test_a_rule_that_is_not_checked_says_why(rule: Unchecked) -> None:
    for text in (rule.text, rule.why):
        assert text.endswith(".")
        assert "!" not in text
    assert rule.source


def test_the_page_of_rules_is_current() -> None:
    docs = Path(__file__).parents[3] / "docs" / "rules.md"
    assert docs.read_text(encoding="utf-8") == page(), (
        "run: python -m finsam_desktop.domain.rules.page > docs/rules.md"
    )


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.id}-{rule.check.__name__}")
def test_every_rule_says_what_it_holds_and_where_that_stands(rule: Rule) -> None:
    assert rule.text.endswith(".")
    assert rule.source
    assert rule.places
    assert rule.kinds
    assert re.fullmatch(r"[ARST]\d\d[a-z]?", rule.id)


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

"""What the protokoll must have: R33."""

from __future__ import annotations

from datetime import time

import pytest

from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.attendance import Attendance, Presence
from finsam_desktop.domain.catalogue import ItemType
from finsam_desktop.domain.decisions import Decision, Outcome, Proposal
from finsam_desktop.domain.meeting import Adjuster, Meeting, MeetingState
from finsam_desktop.domain.rules import Severity
from tests.board import BOARD, DAY, absent, association, decided_item, decision_item, found, held, meeting


def titles(one: Meeting) -> list[str]:
    return [finding.title for finding in found("R33", one, DAY)]


def test_a_complete_record_is_told_nothing() -> None:
    assert titles(held(decided_item())) == []


def test_a_decision_item_without_a_decision_is_told_after_the_meeting_only() -> None:
    assert titles(held(decision_item())) == ["§\u00a02: beslut saknas"]
    assert titles(meeting(decision_item())) == []


@pytest.mark.parametrize("outcome", [Outcome.TABLED, Outcome.NOTED, Outcome.REJECTED, Outcome.WITHDRAWN])
def test_every_outcome_but_none_is_a_decision(outcome: Outcome) -> None:
    assert titles(held(decided_item(decision=Decision(outcome=outcome)))) == []


def test_a_decided_sub_item_decides_its_item_and_a_decided_item_its_sub_items() -> None:
    above = decision_item("7", sub_items=(decided_item("A"),))
    below = decided_item("7", sub_items=(decision_item("A"),))
    assert titles(held(above)) == []
    assert titles(held(below)) == []
    neither = decision_item("7", sub_items=(decision_item("A"), decision_item("B")))
    assert titles(held(neither)) == ["§\u00a02: beslut saknas"] * 3


@pytest.mark.parametrize(
    ("item", "title"),
    [
        (decided_item(proposal=Proposal()), "§\u00a02: beslut enligt förslaget, men förslag saknas"),
        (
            decided_item(decision=Decision(outcome=Outcome.OWN_WORDS, clauses=(" ",))),
            "§\u00a02: beslutet saknar text",
        ),
        (decided_item(decision=Decision(outcome=Outcome.REMITTED)), "§\u00a02: skäl för återremissen saknas"),
    ],
)
def test_a_decision_has_its_words(item: AgendaItem, title: str) -> None:
    assert titles(held(item)) == [title]


def test_a_paragraph_that_says_nothing_is_noted() -> None:
    other = AgendaItem(title="Övriga frågor")
    (finding,) = found("R33", held(other), DAY)
    assert finding.title == "§\u00a02 Övriga frågor: texten i protokollet är tom"
    assert finding.severity is Severity.NOTE
    assert titles(held(AgendaItem(title="Övriga frågor", minutes_text="Inga frågor anmäls."))) == []
    assert (
        titles(held(AgendaItem(title="Läget", type=ItemType.INFORMATION, summary="Chefen berättar."))) == []
    )


def test_adjusters_are_chosen_as_many_as_the_rules_say() -> None:
    assert titles(held(adjusters=())) == ["Justerare saknas"]
    two = association(rules={"adjuster_count": 2})
    assert [f.title for f in found("R33", held(), DAY, register=two)] == ["1 av 2 justerare är valda"]


def test_the_adjuster_was_there_and_did_not_lead() -> None:
    assert titles(held(adjusters=(Adjuster(person_id="anna"),))) == [
        "Anna leder mötet och är också justerare"
    ]
    away = Attendance(presences=absent("cia"))
    assert titles(held(attendance=away)) == ["Justeraren Cia var inte på mötet"]
    with_deputy = held(attendance=away, adjusters=(Adjuster(person_id="cia", deputy_id="dan"),))
    assert titles(with_deputy) == []


def test_times_and_deciders_are_there() -> None:
    assert titles(held(closed_at=None)) == ["Tiden då mötet avslutades saknas"]
    assert titles(held(closed_at=time(8, 29))) == ["Mötet avslutas innan det öppnas"]
    nobody = Attendance(presences=absent(*BOARD))
    assert "Ingen beslutande är antecknad" in titles(held(attendance=nobody))


def test_someone_outside_the_register_is_told() -> None:
    stranger = Attendance(presences=(Presence(person_id="okänd"),))
    assert titles(held(attendance=stranger)) == ["1 i närvaron finns inte i registret"]


def test_a_meeting_whose_day_has_passed_counts_as_held() -> None:
    one = meeting(decision_item(), state=MeetingState.NOTIFIED)
    day_after = DAY.replace(day=30)
    assert "§\u00a02: beslut saknas" in [f.title for f in found("R33", one, day_after)]

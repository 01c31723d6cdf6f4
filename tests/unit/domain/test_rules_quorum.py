"""Quorum, serving deputies and jäv: R14, R18, R28."""

from __future__ import annotations

from dataclasses import replace

import pytest

from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.attendance import Attendance, Away, ConflictOfInterest, Presence
from finsam_desktop.domain.decisions import (
    Ballot,
    CastBallot,
    Decision,
    Dissent,
    Motion,
    Outcome,
    Vote,
)
from finsam_desktop.domain.rules import Severity
from tests.board import BOARD, DAY, absent, association, decided_item, found, held, meeting


@pytest.mark.parametrize(("away", "told"), [(3, False), (4, True), (7, True)])
def test_r14_wants_more_than_half_of_the_seats(away: int, told: bool) -> None:
    one = held(decided_item(), attendance=Attendance(presences=absent(*BOARD[-away:])))
    assert bool(found("R14", one, DAY)) is told


def test_r14_says_how_many_and_that_it_can_be_recorded_all_the_same() -> None:
    one = held(decided_item(), attendance=Attendance(presences=absent(*BOARD[3:])))
    (finding,) = found("R14", one, DAY)
    assert finding.title == "§§\u00a01–3: 3 av 7 beslutande. Styrelsen är inte beslutför."
    assert finding.severity is Severity.ERROR
    assert finding.source == "KL 6 kap. 27 §"
    assert "anteckna vad som hände" in finding.advice


def test_r14_speaks_of_arenden_before_the_meeting() -> None:
    one = meeting(decided_item(), attendance=Attendance(presences=absent(*BOARD[3:])))
    assert found("R14", one)[0].title.startswith("Ärende\u00a01–3: 3 av 7 beslutande.")


def test_r14_counts_after_conflict_of_interest_and_item_by_item() -> None:
    attendance = Attendance(
        presences=absent(*BOARD[4:]),
        conflicts=(ConflictOfInterest(item_id="beslut", person_id="anna", reason="x"),),
    )
    (finding,) = found("R14", held(decided_item(), attendance=attendance), DAY)
    assert finding.title.startswith("§\u00a02: 3 av 7 beslutande.")
    assert finding.place.item_id == "beslut"


def test_r14_is_mended_by_a_serving_deputy() -> None:
    presences = (*absent(*BOARD[3:]), Presence(person_id="dan-e", serving_for="dan"))
    assert not found("R14", held(attendance=Attendance(presences=presences)), DAY)


def test_r14_keeps_runs_with_different_numbers_apart() -> None:
    presences = (
        *absent(*BOARD[4:]),
        Presence(person_id="dan", to_item="oppnande"),
        Presence(person_id="cia", to_item="a"),
    )
    one = held(decided_item("a"), decided_item("b"), attendance=Attendance(presences=presences))
    assert [finding.title.partition(".")[0] for finding in found("R14", one, DAY)] == [
        "§\u00a02: 3 av 7 beslutande",
        "§§\u00a03–4: 2 av 7 beslutande",
    ]


def test_r14_says_nothing_when_no_board_is_known() -> None:
    assert not found("R14", held(), DAY, register=association(appointments=(), rules={"board_size": 0}))


def test_r18_tells_a_deputy_who_serves_for_another_members_ledamot() -> None:
    presences = (*absent("dan"), Presence(person_id="eva-e", serving_for="dan"))
    (finding,) = found("R18", held(decided_item(), attendance=Attendance(presences=presences)), DAY)
    assert finding.title == "Eva-e tjänstgör för en annan medlems ledamot, Dan"
    own = (*absent("dan"), Presence(person_id="dan-e", serving_for="dan"))
    assert not found("R18", held(decided_item(), attendance=Attendance(presences=own)), DAY)


def in_conflict(**fields: str) -> Attendance:
    return Attendance(conflicts=(ConflictOfInterest(item_id="beslut", person_id="finn", **fields),))


def test_r28_wants_a_reason() -> None:
    (finding,) = found("R28", held(decided_item(), attendance=in_conflict()), DAY)
    assert finding.title == "§\u00a02: skäl saknas för Finns jäv"
    assert finding.severity is Severity.WARNING
    assert not found("R28", held(decided_item(), attendance=in_conflict(reason="han äger bolaget")), DAY)


@pytest.mark.parametrize(
    ("decision", "act"),
    [
        (Decision(motions=(Motion(id="y", person_id="finn"),)), "ett yrkande"),
        (Decision(motions=(Motion(id="y", person_id="anna", supporters=("finn",)),)), "ett yrkande"),
        (Decision(vote=Vote(ballots=(CastBallot(person_id="finn", ballot=Ballot.YES),))), "en röst"),
        (Decision(dissents=(Dissent(person_id="finn"),)), "en reservation"),
    ],
)
def test_r28_tells_what_someone_in_conflict_did(decision: Decision, act: str) -> None:
    one = held(decided_item(decision=decision), attendance=in_conflict(reason="x"))
    (finding,) = found("R28", one, DAY)
    assert finding.title == f"§\u00a02: Finn är jävig men har {act}"
    assert finding.severity is Severity.ERROR


def test_r28_leaves_a_withdrawn_motion_alone() -> None:
    decision = Decision(
        outcome=Outcome.AS_PROPOSED, motions=(Motion(id="y", person_id="finn", withdrawn=True),)
    )
    assert not found("R28", held(decided_item(decision=decision), attendance=in_conflict(reason="x")), DAY)


def test_r28_sees_acts_in_a_sub_item() -> None:
    sub = decided_item("sub", decision=Decision(dissents=(Dissent(person_id="finn"),)))
    one = held(AgendaItem(id="beslut", title="NNS", sub_items=(sub,)), attendance=in_conflict(reason="x"))
    assert [f.title for f in found("R28", one, DAY)] == ["§\u00a02: Finn är jävig men har en reservation"]


def test_r28_tells_a_substitute_who_cannot_serve() -> None:
    one = held(decided_item(), attendance=in_conflict(reason="x", substitute_id="finn-e"))
    assert [f.title for f in found("R28", one, DAY)] == ["§\u00a02: Finn-e kan inte tjänstgöra för Finn"]
    there = Attendance(
        presences=(Presence(person_id="finn-e"),),
        conflicts=in_conflict(reason="x", substitute_id="finn-e").conflicts,
    )
    assert not found("R28", held(decided_item(), attendance=there), DAY)


@pytest.mark.parametrize(("away", "told"), [(2, False), (3, True)])
def test_r14_half_of_an_even_number_of_seats_is_too_few(away: int, told: bool) -> None:
    one = held(decided_item(), attendance=Attendance(presences=absent(*BOARD[-away:])))
    assert bool(found("R14", one, DAY, register=association(rules={"board_size": 8}))) is told


def test_r28_finds_the_substitute_of_a_conflict_in_a_sub_item() -> None:
    """Regression: only the whole item was asked who serves there, so that a sub-item's substitute was blamed."""
    sub = decided_item("del")
    conflict = ConflictOfInterest(item_id="del", person_id="cia", reason="part", substitute_id="cia-e")
    there = Attendance(presences=(Presence(person_id="cia-e"),), conflicts=(conflict,))
    one = held(decided_item(sub_items=(sub,)), attendance=there)
    assert found("R28", one, DAY) == []
    alone = replace(one, attendance=replace(there, presences=()))
    assert [finding.rule for finding in found("R28", alone, DAY)] == ["R28"]


# -- a meeting that was broken off, and items that are gone ---------------------------------------------


@pytest.mark.parametrize(
    ("outcome", "severity"),
    [
        (Outcome.AS_PROPOSED, Severity.ERROR),
        (Outcome.TABLED, Severity.ERROR),
        (Outcome.WITHDRAWN, Severity.WARNING),
        (Outcome.NOTED, Severity.WARNING),
    ],
)
def test_r14_tells_what_was_decided_without_quorum_apart_from_what_fell(
    outcome: Outcome, severity: Severity
) -> None:
    away = Attendance(presences=tuple(Presence(person_id=name, to_item="först") for name in BOARD[3:]))
    fell = decided_item("sist", decision=Decision(outcome=outcome, reason="Styrelsen är inte beslutför"))
    (finding,) = found("R14", held(decided_item("först"), fell, attendance=away), DAY)
    assert finding.title == "§§\u00a03–4: 3 av 7 beslutande. Styrelsen är inte beslutför."
    assert finding.severity is severity
    assert ("nästa sammanträde" in finding.advice) is (severity is Severity.WARNING)


def test_a_time_at_an_item_that_is_removed_is_told() -> None:
    gone = "borttaget"
    attendance = Attendance(
        presences=(
            Presence(person_id="anna", from_item=gone),
            Presence(person_id="bo", to_item=gone, away=(Away(from_item="beslut", to_item=gone),)),
            Presence(person_id="cia", from_item="beslut", away=(Away(from_item="beslut", to_item="beslut"),)),
        ),
        conflicts=(ConflictOfInterest(item_id=gone, person_id="dan", reason="x"),),
    )
    findings = found("R33", held(decided_item(), attendance=attendance), DAY)
    assert [(f.title, f.severity, f.place.field) for f in findings] == [
        ("Anna kom vid ett ärende som är borttaget", Severity.ERROR, "attendance"),
        ("Bo gick och var borta vid ett ärende som är borttaget", Severity.ERROR, "attendance"),
        ("Dan var jävig vid ett ärende som är borttaget", Severity.ERROR, "attendance"),
    ]


def test_a_time_at_a_sub_item_is_no_removed_item() -> None:
    item = decided_item(sub_items=(decided_item("del"),))
    attendance = Attendance(presences=(Presence(person_id="anna", from_item="del", to_item="del"),))
    assert not [f for f in found("R33", held(item, attendance=attendance), DAY) if "borttaget" in f.title]


@pytest.mark.parametrize(
    ("presence", "told"),
    [
        (Presence(person_id="bo", from_item="b", to_item="a"), True),
        (Presence(person_id="bo", away=(Away(from_item="b", to_item="a"),)), True),
        (Presence(person_id="bo", from_item="a", to_item="b"), False),
        (Presence(person_id="bo", from_item="b"), False),
        (Presence(person_id="bo", to_item="a", away=(Away(from_item="a", to_item="a"),)), False),
    ],
)
def test_a_span_that_a_move_has_turned_around_is_told(presence: Presence, told: bool) -> None:
    one = held(decided_item("a"), decided_item("b"), attendance=Attendance(presences=(presence,)))
    expected = ["Bo har en tid som slutar innan den börjar"] if told else []
    assert [f.title for f in found("R33", one, DAY) if "tid" in f.title] == expected

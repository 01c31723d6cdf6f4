"""Who was there, who decided and whether the board could, item by item."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.association import Appointment, Association, Person, Role, StandingRules
from finsam_desktop.domain.attendance import (
    Attendance,
    ConflictOfInterest,
    Decider,
    Presence,
    attends,
    deciders,
    is_quorate,
    present_by_default,
)
from finsam_desktop.domain.meeting import Meeting

DAY = date(2026, 10, 29)
BOARD = (
    ("anna", Role.CHAIR),
    ("bo", Role.VICE_CHAIR),
    ("cia", Role.BOARD_MEMBER),
    ("dan", Role.BOARD_MEMBER),
)
OTHERS = (("eva", Role.DEPUTY), ("finn", Role.DEPUTY), ("gun", Role.DIRECTOR), ("hugo", Role.AUDITOR))


def association(**rules: object) -> Association:
    return Association(
        name="Förbundet",
        people=tuple(Person(id=name, name=name.capitalize()) for name, _ in (*BOARD, *OTHERS)),
        appointments=tuple(
            Appointment(person_id=name, role=role, member_id=f"m-{name}") for name, role in (*BOARD, *OTHERS)
        ),
        rules=StandingRules(**rules),  # type: ignore[arg-type]
    )


def meeting(presences: tuple[Presence, ...] = (), conflicts: tuple[ConflictOfInterest, ...] = ()) -> Meeting:
    items = (
        AgendaItem(id="1", title="Öppnande"),
        AgendaItem(
            id="2",
            title="Rapport",
            sub_items=(AgendaItem(id="2A", title="A"), AgendaItem(id="2B", title="B")),
        ),
        AgendaItem(id="3", title="Budget"),
    )
    return Meeting(date=DAY, items=items, attendance=Attendance(presences=presences, conflicts=conflicts))


def names(found: tuple[Decider, ...]) -> list[str]:
    return [decider.person_id for decider in found]


def test_without_exceptions_the_board_and_the_officials_are_present_and_deputies_are_not() -> None:
    there = {name for name, _ in (*BOARD, *OTHERS) if attends(meeting(), association(), name, "1")}
    assert there == {"anna", "bo", "cia", "dan", "gun"}
    assert names(deciders(meeting(), association(), "1")) == ["anna", "bo", "cia", "dan"]


def test_an_appointment_counts_on_its_first_and_last_day_only() -> None:
    appointed = Appointment(
        person_id="x", role=Role.BOARD_MEMBER, since=date(2026, 4, 1), until=date(2026, 6, 30)
    )
    register = replace(association(), appointments=(appointed,))
    days = (date(2026, 3, 31), date(2026, 4, 1), date(2026, 6, 30), date(2026, 7, 1))
    assert [present_by_default(register, "x", day) for day in days] == [False, True, True, False]


@pytest.mark.parametrize(
    ("first", "last", "there"),
    [("2", "", [False, True, True]), ("", "2", [True, True, False]), ("2", "2", [False, True, False])],
)
def test_who_comes_late_or_leaves_early_attends_from_and_to_the_items_named(
    first: str, last: str, there: list[bool]
) -> None:
    held = meeting((Presence(person_id="cia", from_item=first, to_item=last),))
    assert [attends(held, association(), "cia", item) for item in ("1", "2", "3")] == there


def test_a_sub_item_is_attended_as_the_item_it_belongs_to() -> None:
    held = meeting((Presence(person_id="cia", to_item="2"), Presence(person_id="dan", from_item="3")))
    assert attends(held, association(), "cia", "2B")
    assert not attends(held, association(), "dan", "2A")
    assert names(deciders(held, association(), "2A")) == ["anna", "bo", "cia"]


def test_someone_who_comes_or_leaves_at_a_sub_item_attends_its_whole_item() -> None:
    held = meeting((Presence(person_id="cia", from_item="2B"),))
    assert [attends(held, association(), "cia", item) for item in ("1", "2", "2A", "3")] == [
        False,
        True,
        True,
        True,
    ]


def test_a_conflict_of_interest_in_an_item_holds_for_its_sub_items_and_for_no_other() -> None:
    held = meeting(conflicts=(ConflictOfInterest(item_id="2", person_id="anna"),))
    assert [attends(held, association(), "anna", item) for item in ("1", "2", "2A", "2B", "3")] == [
        True,
        False,
        False,
        False,
        True,
    ]


def test_a_conflict_of_interest_in_a_sub_item_leaves_the_rest_of_the_item() -> None:
    held = meeting(conflicts=(ConflictOfInterest(item_id="2A", person_id="anna", substitute_id="eva"),))
    held = replace(held, attendance=replace(held.attendance, presences=(Presence(person_id="eva"),)))
    assert names(deciders(held, association(), "2A")) == ["bo", "cia", "dan", "eva"]
    assert names(deciders(held, association(), "2B")) == ["anna", "bo", "cia", "dan"]


def test_a_deputy_serves_only_while_the_ledamot_is_away() -> None:
    held = meeting((Presence(person_id="cia", from_item="3"), Presence(person_id="eva", serving_for="cia")))
    assert names(deciders(held, association(), "1")) == ["anna", "bo", "dan", "eva"]
    assert deciders(held, association(), "1")[-1] == Decider(
        person_id="eva", role=Role.DEPUTY, member_id="m-eva", serving_for="cia"
    )
    assert names(deciders(held, association(), "3")) == ["anna", "bo", "cia", "dan"]


def test_a_substitute_at_a_conflict_goes_before_the_deputy_who_serves_when_the_ledamot_is_away() -> None:
    held = meeting(
        (Presence(person_id="finn", serving_for="cia"), Presence(person_id="eva")),
        (ConflictOfInterest(item_id="3", person_id="cia", substitute_id="eva"),),
    )
    assert names(deciders(held, association(), "3")) == ["anna", "bo", "dan", "eva"]


def test_a_deputy_fills_one_seat_and_a_seat_is_filled_once() -> None:
    held = meeting(
        (
            Presence(person_id="cia", present=False),
            Presence(person_id="dan", present=False),
            Presence(person_id="eva", serving_for="cia"),
            Presence(person_id="finn", serving_for="cia"),
        ),
        (ConflictOfInterest(item_id="3", person_id="dan", substitute_id="eva"),),
    )
    assert [(d.person_id, d.serving_for) for d in deciders(held, association(), "3")] == [
        ("anna", ""),
        ("bo", ""),
        ("eva", "cia"),
    ]


def test_nobody_but_a_deputy_in_office_serves() -> None:
    held = meeting((Presence(person_id="cia", present=False), Presence(person_id="hugo", serving_for="cia")))
    assert names(deciders(held, association(), "1")) == ["anna", "bo", "dan"]


@pytest.mark.parametrize(
    ("seats", "away", "quorate"), [(7, 0, True), (8, 0, False), (4, 1, True), (4, 2, False)]
)
def test_more_than_half_of_the_seats_decide(seats: int, away: int, quorate: bool) -> None:
    absent = tuple(Presence(person_id=name, present=False) for name, _ in BOARD[:away])
    assert is_quorate(meeting(absent), association(board_size=seats), "1") is quorate


def test_without_a_set_board_size_the_ledamoter_in_office_are_the_seats() -> None:
    assert association().seats(DAY) == 4
    assert association(board_size=9).seats(DAY) == 9


def test_a_conflict_can_take_the_board_below_quorum_in_one_item_only() -> None:
    held = meeting(
        (Presence(person_id="dan", present=False),), (ConflictOfInterest(item_id="3", person_id="anna"),)
    )
    assert [is_quorate(held, association(), item) for item in ("1", "2", "3")] == [True, True, False]


def test_a_chair_who_is_also_entered_as_ledamot_has_one_seat() -> None:
    twice = replace(
        association(),
        appointments=(*association().appointments, Appointment(person_id="anna", role=Role.BOARD_MEMBER)),
    )
    assert twice.seats(DAY) == 4
    away = tuple(Presence(person_id=name, present=False) for name in ("dan",))
    assert is_quorate(meeting(away), twice, "1")

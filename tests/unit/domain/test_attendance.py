"""Who was there, who decided and whether the board could, item by item."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.association import Appointment, Association, Person, Role, StandingRules
from finsam_desktop.domain.attendance import (
    Attendance,
    Away,
    ConflictOfInterest,
    Decider,
    Presence,
    Ruling,
    attends,
    deciders,
    is_quorate,
    item_at,
    item_before,
    present_by_default,
    presiding,
    suggested_deputies,
    taking_part,
)
from finsam_desktop.domain.decisions import Decision
from finsam_desktop.domain.meeting import Adjournment, Meeting

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


def test_times_away_between_are_missed_and_an_end_that_is_gone_falls_on_the_other() -> None:
    def there(*away: Away) -> list[bool]:
        held = meeting((Presence(person_id="cia", away=away),))
        return [attends(held, association(), "cia", item) for item in ("1", "2", "3")]

    assert there(Away(from_item="2", to_item="2")) == [True, False, True]
    assert there(Away(from_item="1", to_item="1"), Away(from_item="3", to_item="3")) == [False, True, False]
    assert there(Away(from_item="2", to_item="borta")) == [True, False, True]
    assert there(Away(from_item="borta", to_item="3")) == [True, True, False]
    assert there(Away(from_item="borta", to_item="väck")) == [True, True, True]
    assert there(Away(from_item="3", to_item="1")) == [True, True, True]
    assert there(Away(from_item="2A", to_item="3")) == [True, False, False]


def test_who_is_ruled_not_in_conflict_takes_part_and_needs_no_substitute() -> None:
    ruled = ConflictOfInterest(
        item_id="3", person_id="cia", ruling=Ruling.NOT_IN_CONFLICT, substitute_id="eva"
    )
    held = meeting((Presence(person_id="eva"),), (ruled,))
    assert attends(held, association(), "cia", "3")
    assert names(deciders(held, association(), "3")) == ["anna", "bo", "cia", "dan"]
    away = meeting((Presence(person_id="eva"), Presence(person_id="cia", present=False)), (ruled,))
    assert names(deciders(away, association(), "3")) == ["anna", "bo", "dan"]


def test_a_deputy_serves_for_two_in_turn_and_for_the_first_when_both_are_away() -> None:
    held = meeting(
        (
            Presence(person_id="bo", to_item="2"),
            Presence(person_id="cia", away=(Away(from_item="1", to_item="2"),)),
            Presence(person_id="eva", serving_for="cia", also_serving_for=("bo",)),
        )
    )
    assert [deciders(held, association(), i)[-1].serving_for for i in ("1", "2", "3")] == ["cia", "cia", "bo"]


def test_a_substitute_whose_own_ledamot_is_away_keeps_that_seat() -> None:
    held = meeting(
        (Presence(person_id="dan", present=False), Presence(person_id="eva", serving_for="dan")),
        (ConflictOfInterest(item_id="3", person_id="anna", substitute_id="eva"),),
    )
    assert [(d.person_id, d.serving_for) for d in deciders(held, association(), "3")] == [
        ("bo", ""),
        ("cia", ""),
        ("eva", "dan"),
    ]


@pytest.mark.parametrize(
    ("away", "chosen", "leads"),
    [
        ((), "", "anna"),
        ((), "cia", "anna"),
        (("anna",), "", "bo"),
        (("anna", "bo"), "", ""),
        (("anna", "bo"), "cia", "cia"),
        (("anna", "bo", "cia"), "cia", ""),
    ],
)
def test_who_leads(away: tuple[str, ...], chosen: str, leads: str) -> None:
    held = replace(meeting(tuple(Presence(person_id=p, present=False) for p in away)), chaired_by=chosen)
    leader = presiding(held, association(), "2")
    assert (leader.person_id if leader is not None else "") == leads


def test_a_chair_in_conflict_does_not_lead_that_item() -> None:
    held = meeting(conflicts=(ConflictOfInterest(item_id="2", person_id="anna"),))
    found = [presiding(held, association(), item) for item in ("1", "2", "2A", "3")]
    assert [leader.person_id for leader in found if leader is not None] == ["anna", "bo", "bo", "anna"]


def test_who_stands_aside_does_not_take_part() -> None:
    held = meeting()
    aside = tuple(
        replace(item, decision=Decision(not_taking_part=("bo",))) if item.id == "2" else item
        for item in held.items
    )
    assert taking_part(replace(held, items=aside), association(), "2") == ("anna", "cia", "dan")
    assert taking_part(replace(held, items=aside), association(), "3") == ("anna", "bo", "cia", "dan")


def suggested(held: Meeting, seat: str = "cia", item: str = "2") -> list[tuple[str, bool, bool]]:
    register = replace(
        association(),
        appointments=(
            *association().appointments,
            Appointment(person_id="p", role=Role.DEPUTY, member_id="m-cia", order=2),
            Appointment(person_id="q", role=Role.DEPUTY, member_id="m-cia", order=1),
            Appointment(person_id="r", role=Role.DEPUTY, member_id="m-cia"),
            Appointment(person_id="s", role=Role.DEPUTY, order=1),
            Appointment(person_id="anna", role=Role.DEPUTY, member_id="m-cia", order=1),
            Appointment(person_id="p", role=Role.DEPUTY, member_id="m-cia", order=1),
        ),
    )
    found = suggested_deputies(held, register, seat, item)
    return [(one.person_id, one.same_member, one.is_there) for one in found]


def test_deputies_of_the_same_member_are_suggested_first_then_by_order_of_service() -> None:
    assert suggested(meeting()) == [
        ("q", True, False),
        ("p", True, False),
        ("r", True, False),
        ("s", False, False),
        ("eva", False, False),
        ("finn", False, False),
    ]
    assert suggested(meeting(), seat="hugo")[0] == ("q", False, False)


def test_a_deputy_who_is_away_busy_or_in_conflict_is_not_suggested() -> None:
    held = meeting(
        (
            Presence(person_id="dan", present=False),
            Presence(person_id="q", serving_for="dan"),
            Presence(person_id="p", from_item="2"),
            Presence(person_id="s", present=False),
            Presence(person_id="finn", to_item="1"),
        ),
        (ConflictOfInterest(item_id="2", person_id="r"),),
    )
    assert suggested(held) == [("p", True, True), ("eva", False, False)]
    assert ("q", False, True) in suggested(held, seat="dan")


@pytest.mark.parametrize(
    ("moment", "at", "before"),
    [
        (time(8, 0), "1", "1"),
        (time(9, 0), "1", "1"),
        (time(9, 9), "1", "1"),
        (time(9, 10), "2", "1"),
        (time(9, 39), "2", "1"),
        (time(9, 54), "2", "1"),
        (time(9, 55), "3", "3"),
        (time(12, 0), "3", "3"),
    ],
)
def test_the_item_at_a_time_as_planned_with_an_adjournment(moment: time, at: str, before: str) -> None:
    planned = tuple(
        replace(item, minutes=minutes) for item, minutes in zip(meeting().items, (10, 30, None), strict=True)
    )
    held = replace(
        meeting(),
        items=planned,
        start=time(8, 0),
        opened_at=time(9, 0),
        adjournments=(Adjournment(start=time(9, 20), end=time(9, 35)),),
    )
    assert (item_at(held, moment), item_before(held, moment)) == (
        at,
        before if moment != time(9, 55) else "3",
    )


def test_without_planned_minutes_or_a_time_of_opening_no_item_is_known() -> None:
    assert (
        item_at(replace(meeting(), opened_at=time(9, 0)), time(9, 5)),
        item_before(meeting(), time(9, 5)),
    ) == ("", "")
    planned = tuple(replace(item, minutes=5) for item in meeting().items)
    assert item_at(replace(meeting(), items=planned), time(9, 5)) == ""
    started = replace(meeting(), items=planned, start=time(9, 0))
    assert item_at(started, time(9, 5)) == "2"

"""Members, seats and appointments: R05–R07, R10, R11, R36."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from finsam_desktop.domain.association import Appointment, Association, Role
from finsam_desktop.domain.meeting import MeetingKind
from finsam_desktop.domain.rules import Severity
from tests.board import MEMBERS, SINCE, UNTIL, appointments, association, found, meeting


def with_appointments(*changed: Appointment, without: tuple[str, ...] = ()) -> Association:
    kept = tuple(a for a in appointments() if a.person_id not in without)
    return association(appointments=(*kept, *changed))


def titles(rule: str, register: Association, **fields: object) -> list[str]:
    return [finding.title for finding in found(rule, meeting(**fields), register=register)]  # type: ignore[arg-type]


def test_r05_names_the_member_that_has_no_ledamot_and_no_deputy() -> None:
    register = with_appointments(without=("dan", "dan-e"))
    assert titles("R05", register) == [
        "Försäkringskassan saknar ledamot i styrelsen",
        "Försäkringskassan saknar ersättare i styrelsen",
    ]


def test_r05_counts_members_when_several_lack_someone() -> None:
    (finding,) = found(
        "R05", meeting(), register=with_appointments(without=("dan-e", "eva-e", "dan", "eva"))
    )[:1]
    assert finding.title == "Två medlemmar saknar ledamot i styrelsen"
    assert "Försäkringskassan och Arbetsförmedlingen" in finding.advice


def test_r05_tells_when_deputies_are_fewer_than_ledamoter() -> None:
    assert titles("R05", with_appointments(without=("gun-e",))) == ["7 ledamöter men 6 ersättare"]


def test_r05_asks_for_the_board_once_when_nobody_is_appointed() -> None:
    assert titles("R05", association(appointments=())) == ["Styrelsens ledamöter är inte inlagda"]


def test_r06_notes_a_party_on_someone_appointed_by_a_state_authority() -> None:
    people = tuple(replace(p, party="S") if p.id == "dan" else p for p in association().people)
    (finding,) = found("R06", meeting(), register=association(people=people))
    assert finding.title == "Dan (S) är utsedd av Försäkringskassan"
    assert finding.severity is Severity.NOTE


def test_r06_says_nothing_of_parties_in_kommun_and_region() -> None:
    people = tuple(replace(p, party="M") if p.id in ("anna", "bo") else p for p in association().people)
    assert titles("R06", association(people=people)) == []


def test_r07_wants_an_order_of_deputies() -> None:
    (finding,) = found(
        "R07",
        meeting(),
        register=with_appointments(
            Appointment(person_id="gun-e", role=Role.DEPUTY, member_id="reg", since=SINCE, until=UNTIL),
            without=("gun-e",),
        ),
    )
    assert finding.title == "Turordning för ersättare saknas"
    assert "Gun-e" in finding.advice


def test_r07_tells_two_deputies_with_the_same_place() -> None:
    same = Appointment(
        person_id="gun-e", role=Role.DEPUTY, member_id="reg", order=1, since=SINCE, until=UNTIL
    )
    assert titles("R07", with_appointments(same, without=("gun-e",))) == [
        "Region Alm har 2 ersättare med plats 1 i turordningen"
    ]


def test_r10_tells_empty_seats() -> None:
    assert titles("R10", association(rules={"board_size": 9})) == ["Styrelsen har 7 ledamöter, men 9 platser"]


@pytest.mark.parametrize(
    ("until", "told"), [(date(2027, 3, 30), False), (date(2027, 3, 31), False), (date(2027, 4, 1), True)]
)
def test_r10_tells_a_mandate_of_more_than_four_years(until: date, told: bool) -> None:
    long = Appointment(person_id="anna", role=Role.CHAIR, member_id="ek", since=SINCE, until=until)
    shown = "Mandattid längre än fyra år" in titles("R10", with_appointments(long, without=("anna",)))
    assert shown is told


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (date(2026, 12, 30), False),
        (date(2026, 12, 31), True),
        (date(2027, 3, 31), True),
        (date(2027, 4, 1), False),
    ],
)
def test_r10_reminds_of_the_end_of_the_mandate_in_its_last_90_days(today: date, told: bool) -> None:
    findings = found("R10", meeting(date=date(2027, 3, 25)), today)
    assert (
        bool([f for f in findings if f.title.startswith("Mandattiden går ut den 31\u00a0mars 2027")]) is told
    )


def test_r11_wants_one_chair_and_one_or_two_vice_chairs() -> None:
    assert titles("R11", with_appointments(without=("anna",))) == ["Ordförande saknas"]
    assert titles("R11", with_appointments(without=("bo",))) == ["Vice ordförande saknas"]
    second = Appointment(person_id="cia", role=Role.VICE_CHAIR, member_id="bjork")
    assert titles("R11", with_appointments(second, without=("cia",))) == []
    third = Appointment(person_id="dan", role=Role.VICE_CHAIR, member_id="fk")
    assert titles("R11", with_appointments(second, third, without=("cia", "dan"))) == [
        "3 vice ordförande samtidigt"
    ]


def test_r11_waits_for_the_constituent_meeting() -> None:
    assert titles("R11", with_appointments(without=("anna", "bo")), kind=MeetingKind.CONSTITUENT) == []


def test_r36_names_boards_without_an_address_but_never_fk_or_af() -> None:
    bare = tuple(replace(member, notice_board="") for member in MEMBERS)
    (finding,) = found("R36", meeting(), register=association(members=bare))
    assert finding.title == "Anslagstavlans adress saknas för Eks kommun, Region Alm, Björks kommun"


def test_a_person_with_two_appointments_holds_one_seat() -> None:
    twice = Appointment(person_id="anna", role=Role.BOARD_MEMBER, member_id="ek", since=SINCE, until=UNTIL)
    assert titles("R10", with_appointments(twice)) == []

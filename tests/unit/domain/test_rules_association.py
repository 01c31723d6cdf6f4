"""What the association rests on: R01, R03, R08–R10, R31, R45, R62, R64–R66, with the day before, on and after."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from finsam_desktop.domain.association import (
    Appointment,
    Association,
    CharterPoint,
    Eligibility,
    Member,
    MemberKind,
    Person,
    Role,
)
from finsam_desktop.domain.audit import AuditYear, Discharge, DischargeOutcome
from finsam_desktop.domain.charter import DEMANDS, demand, point, settled, unsettled, with_point
from finsam_desktop.domain.delegation import DelegatedDecision, Delegation
from finsam_desktop.domain.rules import Finding, Severity, check_association
from tests.board import MEMBERS, SINCE, UNTIL, appointments, association

TODAY = date(2026, 9, 29)
FULL = tuple(CharterPoint(number=demand.number, place=f"{demand.number} §") for demand in DEMANDS)


def told(rule: str, register: Association, today: date = TODAY) -> list[Finding]:
    return [finding for finding in check_association(register, today) if finding.rule == rule]


def titles(rule: str, register: Association, today: date = TODAY) -> list[str]:
    return [finding.title for finding in told(rule, register, today)]


# -- R01 ------------------------------------------------------------------------------------------------


def test_the_eighteen_points_are_those_of_the_law() -> None:
    assert [one.number for one in DEMANDS] == list(range(1, 19))
    assert demand(6).title == "Kvalificerad majoritet"
    with pytest.raises(KeyError):
        demand(19)


def test_a_point_is_settled_by_a_place_or_a_note_and_taken_away_by_neither() -> None:
    one = with_point(association(), 9, place=" ", note="Inte aktuell")
    assert settled(one, 9)
    assert point(one, 9) == CharterPoint(number=9, place=" ", note="Inte aktuell")
    two = with_point(one, 4, place="4 §", note="")
    assert [p.number for p in two.rules.charter] == [4, 9]
    assert [p.number for p in with_point(two, 9, place="", note=" ").rules.charter] == [4]
    assert len(unsettled(two)) == 16


def test_r01_asks_once_until_somebody_has_begun() -> None:
    (finding,) = told("R01", association())
    assert finding.severity is Severity.NOTE
    assert finding.place.field == "charter"


def test_r01_names_the_points_that_are_missing_and_tells_the_optional_apart() -> None:
    without = tuple(p for p in FULL if p.number not in (7, 11, 13))
    always, optional = told("R01", association(rules={"charter": without}))
    assert (always.severity, always.title) == (Severity.WARNING, "Förbundsordningen: 2 punkter saknar plats")
    assert "7 (tillkännagivanden) och 11 (budgetprocess)" in always.advice
    assert optional.severity is Severity.NOTE
    assert "13 (gemensamma revisorer)" in optional.advice
    assert not told("R01", association(rules={"charter": FULL}))


# -- R03 and R45 ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gone", "words"),
    [
        ("fk", ["Försäkringskassan saknas bland medlemmarna"]),
        ("af", ["Arbetsförmedlingen saknas bland medlemmarna"]),
        ("reg", ["En region saknas bland medlemmarna"]),
        ("bjork", []),
    ],
)
def test_r03_wants_every_part(gone: str, words: list[str]) -> None:
    assert titles("R03", association(members=tuple(m for m in MEMBERS if m.id != gone))) == words


def test_r03_takes_gotland_for_both_and_asks_for_members_when_there_are_none() -> None:
    state = tuple(m for m in MEMBERS if m.id in ("fk", "af"))
    gotland = Member(name="Region Gotland", kind=MemberKind.REGION)
    assert titles("R03", association(members=(*state, gotland))) == []
    assert titles("R03", association(members=())) == ["Förbundets medlemmar är inte inlagda"]


def shares(**percent: str) -> Association:
    return association(
        members=tuple(replace(m, share=Decimal(percent[m.id])) if m.id in percent else m for m in MEMBERS)
    )


@pytest.mark.parametrize(
    ("percent", "words"),
    [
        ({"fk": "50", "reg": "25", "ek": "20", "bjork": "5"}, []),
        ({"fk": "49.99", "reg": "25"}, ["Försäkringskassan bidrar med 49,99 procent, inte 50 procent"]),
        ({"fk": "25", "af": "25"}, []),
        ({"reg": "26"}, ["Regionens andel är 26 procent, inte 25 procent"]),
        ({"ek": "20", "bjork": "5.5"}, ["Kommunernas andelar är tillsammans 25,5 procent, inte 25 procent"]),
        ({"ek": "20"}, []),  # one is not yet known
        ({}, []),
    ],
)  # fmt: skip
def test_r45_holds_the_shares_against_the_law(percent: dict[str, str], words: list[str]) -> None:
    assert titles("R45", shares(**percent)) == words


# -- R06, R08, R09, R10 -----------------------------------------------------------------------------------


def changed(person: str, **fields: object) -> Association:
    return association(
        appointments=tuple(
            replace(a, **fields) if a.person_id == person else a
            for a in appointments()  # type: ignore[arg-type]
        )
    )


@pytest.mark.parametrize(
    ("person", "eligibility", "shown"),
    [
        ("dan", Eligibility.EMPLOYEE, False),
        ("dan", Eligibility.COUNCIL_DEPUTY, True),
        ("anna", Eligibility.COUNCIL_DEPUTY, False),
        ("anna", Eligibility.EMPLOYEE, True),
        ("anna", Eligibility.UNKNOWN, False),
    ],
)
def test_r06_holds_eligibility_against_the_member(person: str, eligibility: Eligibility, shown: bool) -> None:
    assert bool(titles("R06", changed(person, eligibility=eligibility))) is shown


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (date(2027, 3, 30), ["Ledamoten Finn lämnar uppdraget den 30\u00a0mars 2027, före mandattidens slut"]),
        (date(2027, 3, 31), []),  # the mandate's own last day
        (date(2026, 9, 29), ["Ledamoten Finn lämnar uppdraget den 29\u00a0september 2026, före mandattidens slut"]),
        (date(2026, 9, 28), ["Platsen efter ledamoten Finn är inte fylld"]),
        (date(2025, 9, 28), []),  # more than a year ago: the empty seat is told of by R10
    ],
)  # fmt: skip
def test_r08_tells_who_leaves_before_the_mandate_ends(until: date, words: list[str]) -> None:
    assert titles("R08", changed("finn", until=until)) == words


def test_r08_says_which_deputy_steps_in_else_that_the_member_appoints() -> None:
    leaving = changed("cia", until=date(2026, 12, 31))
    (finding,) = told("R08", leaving)
    assert finding.advice.startswith("Cia-e, ersättare för samma medlem, inträder")
    assert finding.advice.endswith("Björks kommun utser en ny ersättare.")
    assert finding.latest == date(2026, 12, 31)
    alone = replace(leaving, appointments=tuple(a for a in leaving.appointments if a.person_id != "cia-e"))
    (finding,) = told("R08", alone)
    assert (
        finding.advice == "Ersättare saknas. Björks kommun utser en ny ledamot för återstoden av mandattiden."
    )


def test_r08_takes_the_first_deputy_in_the_order_of_service() -> None:
    (finding,) = told("R08", changed("finn", until=date(2026, 12, 31)))
    assert finding.advice.startswith("Anna-e, ")  # Eks kommun has two deputies, and Anna-e is the first


def test_r08_is_content_when_somebody_follows() -> None:
    leaving = changed("cia", until=date(2026, 12, 31))
    after = Appointment(
        person_id="cia-e", role=Role.BOARD_MEMBER, member_id="bjork", since=date(2027, 1, 1), until=UNTIL
    )
    assert titles("R08", replace(leaving, appointments=(*leaving.appointments, after))) == []


def test_r08_tells_a_deputy_too() -> None:
    (finding,) = told("R08", changed("dan-e", until=date(2026, 12, 31)))
    assert finding.advice == "Försäkringskassan utser en ny ersättare för återstoden av mandattiden."


@pytest.mark.parametrize(
    ("today", "title"),
    [
        (date(2026, 11, 30), ""),
        (date(2026, 12, 1), "Anställningen för Dan upphör den 31\u00a0december 2026"),
        (date(2026, 12, 31), "Anställningen för Dan upphör den 31\u00a0december 2026"),
        (date(2027, 1, 1), "Anställningen för Dan upphörde den 31\u00a0december 2026"),
    ],
)
def test_r09_tells_of_an_employment_that_ends_over_the_end_of_a_year(today: date, title: str) -> None:
    register = changed("dan", eligible_until=date(2026, 12, 31))
    assert titles("R09", register, today) == ([title] if title else [])


def test_r09_leaves_kommun_and_region_alone_and_appointments_that_end_too() -> None:
    assert not told("R09", changed("anna", eligible_until=date(2026, 9, 30)))
    ends = date(2026, 9, 30)
    assert not told("R09", changed("dan", eligible_until=ends, until=ends))


@pytest.mark.parametrize(("starts", "shown"), [((4, 1), False), ((1, 1), True)])
def test_r10_holds_the_mandates_against_the_day_that_is_set(starts: tuple[int, int], shown: bool) -> None:
    words = titles("R10", association(rules={"mandate_starts": starts}))
    assert bool(words) is shown
    if shown:
        assert words == ["Mandattiden började den 1\u00a0april 2023, men er dag är den 1\u00a0januari"]


def test_the_mandate_ends_when_most_appointments_do() -> None:
    assert "Mandattiden går ut" not in " ".join(titles("R10", changed("finn", until=date(2026, 10, 1))))


# -- R31 --------------------------------------------------------------------------------------------------


def delegated(group: str, **fields: object) -> Association:
    return association(delegations=(Delegation(id="d", group=group, delegate="Förbundschefen", **fields),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("group", "severity"),
    [
        ("Avtal under ett prisbasbelopp", None),
        ("Insatser för målgruppen unga", None),
        ("Verksamhetens inriktning", Severity.WARNING),
        ("Mål och riktlinjer", Severity.WARNING),
        ("Yttrande när ett beslut har överklagats", Severity.WARNING),
        (" ", Severity.ERROR),
    ],
)
def test_r31_knows_what_is_never_delegated(group: str, severity: Severity | None) -> None:
    assert [f.severity for f in told("R31", delegated(group))] == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(2025, 12, 31), True),
        (date(2026, 1, 1), False),
        (date(2026, 6, 30), False),
        (date(2026, 7, 1), True),
    ],
)
def test_r31_wants_the_delegation_in_force_on_the_day(day: date, shown: bool) -> None:
    register = delegated("Avtal", since=date(2026, 1, 1), until=date(2026, 6, 30))
    decision = DelegatedDecision(delegation_id="d", decided_on=day, text="Avtal om kaffe")
    assert bool(told("R31", replace(register, delegated_decisions=(decision,)))) is shown


def test_r31_notes_a_decision_that_rests_on_none() -> None:
    decision = DelegatedDecision(decided_on=TODAY, text="Avtal om kaffe")
    assert (
        told("R31", replace(delegated("Avtal"), delegated_decisions=(decision,)))[0].severity is Severity.NOTE
    )
    assert not told("R31", association(delegated_decisions=(decision,))), (
        "a board without a delegationsordning"
    )


# -- R62, R64, R65, R66 -----------------------------------------------------------------------------------


def auditors(*member_ids: str) -> Association:
    chosen = tuple(Appointment(person_id=f"rev{m}", role=Role.AUDITOR, member_id=m) for m in member_ids)
    people = tuple(Person(id=f"rev{m}", name="R") for m in member_ids)
    return association(appointments=(*appointments(), *chosen), people=(*association().people, *people))


def test_r62_wants_an_auditor_for_the_state_and_one_for_the_municipal_side() -> None:
    assert titles("R62", association()) == [], "a register without auditors says nothing of who is missing"
    assert titles("R62", auditors("fk", "ek")) == []
    assert titles("R62", auditors("ek")) == ["Ingen revisor är utsedd av Försäkringskassan"]
    assert titles("R62", auditors("fk")) == ["Ingen revisor är utsedd av en kommun eller region"]


def audited(*rows: Discharge, received: date | None = date(2026, 4, 20)) -> Association:
    return association(audits=(AuditYear(year=2025, report_received=received, discharges=rows),))


SENT = tuple(Discharge(member_id=m.id, sent=date(2026, 4, 21)) for m in MEMBERS)
DONE = tuple(replace(row, decided=date(2026, 6, 15), outcome=DischargeOutcome.GRANTED) for row in SENT)


def test_r64_names_those_who_have_not_got_the_report() -> None:
    (finding,) = told("R64", audited(*SENT[:3]))
    assert finding.advice.endswith("Återstår: Försäkringskassan och Arbetsförmedlingen.")
    assert not told("R64", audited(*SENT))
    assert not told("R64", audited(received=None)), "nothing has come in yet"


@pytest.mark.parametrize(("day", "shown"), [(19, True), (20, False), (21, False)])
def test_r64_tells_a_report_sent_before_it_came(day: int, shown: bool) -> None:
    rows = (replace(SENT[0], sent=date(2026, 4, day)), *SENT[1:])
    assert bool(told("R64", audited(*rows))) is shown


@pytest.mark.parametrize(
    ("day", "shown"), [(date(2025, 12, 31), True), (date(2026, 1, 1), False), (date(2026, 1, 2), False)]
)
def test_r65_wants_the_year_to_be_over(day: date, shown: bool) -> None:
    assert bool(told("R65", audited(replace(DONE[0], decided=day), *DONE[1:]))) is shown


def test_r65_asks_for_the_day_and_for_the_remark() -> None:
    assert titles("R65", audited(replace(DONE[0], decided=None), *DONE[1:])) == [
        "Dagen då Eks kommun prövade ansvarsfriheten för 2025 saknas"
    ]
    remarked = replace(DONE[0], outcome=DischargeOutcome.GRANTED_WITH_REMARK)
    assert len(told("R65", audited(remarked, *DONE[1:]))) == 1
    assert not told("R65", audited(replace(remarked, remark="Målen går inte att mäta"), *DONE[1:]))
    assert not told("R65", audited(*DONE))


@pytest.mark.parametrize(
    ("today", "shown"),
    [
        (date(2026, 9, 29), False),
        (date(2026, 9, 30), True),
        (date(2026, 10, 1), True),
        (date(2027, 1, 1), True),
    ],
)
def test_r66_asks_from_the_last_of_september_and_over_the_year(today: date, shown: bool) -> None:
    words = titles("R66", audited(*DONE[:4], *SENT[4:]), today)
    assert words == (["1 av 5 medlemmar har inte prövat ansvarsfriheten för 2025"] if shown else [])
    assert not told("R66", audited(*DONE), today)


def test_the_checks_of_the_association_are_the_same_in_a_mandate_of_another_start() -> None:
    moved = tuple(
        replace(a, since=date(2023, 1, 1), until=date(2026, 12, 31)) if a.since == SINCE else a
        for a in appointments()
    )
    register = association(appointments=moved, rules={"mandate_starts": (1, 1), "charter": FULL})
    assert check_association(register, TODAY) == ()

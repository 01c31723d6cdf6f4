"""Powers, deciding, the budget's year, consultations and measures, with the day before, on and after."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.association import Majority
from finsam_desktop.domain.attendance import Attendance, ConflictOfInterest
from finsam_desktop.domain.audit import AuditYear
from finsam_desktop.domain.catalogue import ItemType
from finsam_desktop.domain.decisions import (
    Ballot,
    Candidate,
    CastBallot,
    Decision,
    Election,
    MinuteNote,
    Outcome,
    Vote,
)
from finsam_desktop.domain.delegation import DelegatedDecision
from finsam_desktop.domain.figures import ColumnRole, FigureColumn, FigureTable, Purpose
from finsam_desktop.domain.measures import QUESTIONS, Answer, Measure, SubstanceCheck
from finsam_desktop.domain.meeting import Meeting, MeetingKind, MeetingState, Participant
from finsam_desktop.domain.report import TertialReport
from finsam_desktop.domain.rules import RULES, Finding, Severity, check, check_association
from tests.board import (
    BOARD,
    DAY,
    association,
    attachment,
    decided_item,
    decision_item,
    found,
    held,
    meeting,
    proposal,
)

TODAY = date(2026, 9, 29)


def severities(findings: list[Finding]) -> list[Severity]:
    return [finding.severity for finding in findings]


# -- what the board may not do: R02, R32, R46 --------------------------------------------------------------


@pytest.mark.parametrize(
    ("clause", "told"),
    [
        ("fastställa ny förbundsordning.", True),
        ("ändra 4 § i förbundsordningen.", True),
        ("föreslå medlemmarna att ändra förbundsordningen.", False),
        ("anta förslag till ändrad förbundsordning och översända det till medlemmarna.", False),
        ("fastställa arbetsordning enligt förbundsordningen.", False),
    ],
)
def test_r02_leaves_the_forbundsordning_to_the_members(clause: str, told: bool) -> None:
    assert bool(found("R02", meeting(decision_item(proposal=proposal(clause))))) is told


@pytest.mark.parametrize(
    ("clause", "told"),
    [
        ("gå i borgen för Arbetscentrum.", True),
        ("ta upp lån om 500 000 kronor.", True),
        ("pantsätta inventarierna.", True),
        ("teckna avtal om låneböcker.", False),
        ("teckna en företagsförsäkring.", False),
        ("låna ut lokalen till kommunen.", False),
    ],
)
def test_r46_tells_of_security_and_loans(clause: str, told: bool) -> None:
    assert bool(found("R46", meeting(decision_item(proposal=proposal(clause))))) is told


@pytest.mark.parametrize(
    ("decided_on", "told"), [(date(2026, 10, 28), True), (DAY, True), (date(2026, 10, 30), False)]
)
def test_r32_wants_delegated_decisions_on_the_next_agenda(decided_on: date, told: bool) -> None:
    register = association(delegated_decisions=(DelegatedDecision(decided_on=decided_on, text="Kaffe"),))
    assert bool(found("R32", meeting(), register=register)) is told
    item = AgendaItem(id="d", title="Delegationsbeslut", template_id="delegationsbeslut")
    assert not found("R32", meeting(item), register=register)


def test_r32_reminds_after_the_meeting_that_they_were_told() -> None:
    item = AgendaItem(id="d", title="Delegationsbeslut", template_id="delegationsbeslut")
    register = association(delegated_decisions=(DelegatedDecision(decided_on=DAY, text="Kaffe"),))
    (finding,) = found("R32", held(item), DAY, register=register)
    assert (finding.severity, finding.place.item_id) == (Severity.NOTE, "d")


# -- deciding: R17, R23, R25, R26, R28, R30, R39c ----------------------------------------------------------


@pytest.mark.parametrize(("may", "told"), [(True, False), (False, True)])
def test_r17_follows_what_the_board_has_decided(may: bool, told: bool) -> None:
    note = Decision(outcome=Outcome.AS_PROPOSED, notes=(MinuteNote(person_id="finn-e", text="Bra"),))
    register = association(rules={"deputies_may_speak": may})
    assert bool(found("R17", held(decided_item(decision=note)), DAY, register=register)) is told


TWO_THIRDS = association(rules={"majorities": (Majority(id="m", matter="utträde", source="11 §"),)})


def ballots(yes: int, no: int) -> Vote:
    cast = [Ballot.YES] * yes + [Ballot.NO] * no + [Ballot.ABSTAIN] * (len(BOARD) - yes - no)
    return Vote(
        ballots=tuple(CastBallot(person_id=p, ballot=b) for p, b in zip(BOARD, cast, strict=True)),
        no_motion="n",
    )


@pytest.mark.parametrize(("yes", "no", "enough"), [(5, 2, True), (4, 2, True), (4, 3, False), (3, 2, False)])
def test_r25_counts_two_thirds_of_those_who_vote(yes: int, no: int, enough: bool) -> None:
    decision = Decision(outcome=Outcome.AS_PROPOSED, majority_id="m", vote=ballots(yes, no))
    findings = found("R25", held(decided_item(decision=decision)), DAY, register=TWO_THIRDS)
    assert bool(findings) is not enough
    if findings:
        assert findings[0].source == "9 § 6 finsamlagen, förbundsordningen 11 §"


def test_r25_knows_a_requirement_that_is_gone_and_a_tabling_that_needs_none() -> None:
    gone = Decision(outcome=Outcome.AS_PROPOSED, majority_id="x")
    assert severities(found("R25", held(decided_item(decision=gone)), DAY)) == [Severity.WARNING]
    tabled = Decision(outcome=Outcome.TABLED, majority_id="m", vote=ballots(4, 3))
    assert severities(found("R25", held(decided_item(decision=tabled)), DAY, register=TWO_THIRDS)) == [
        Severity.NOTE
    ]
    assert not found("R25", held(decided_item()), DAY, register=TWO_THIRDS)


@pytest.mark.parametrize(
    ("to", "told"), [(date(2026, 10, 28), True), (DAY, True), (date(2026, 10, 30), False), (None, False)]
)
def test_r26_tables_an_item_to_a_later_day(to: date | None, told: bool) -> None:
    decision = Decision(outcome=Outcome.TABLED, tabled_to=to)
    assert bool(found("R26", held(decided_item(decision=decision)), DAY)) is told


@pytest.mark.parametrize(
    ("votes", "drawn", "told"),
    [((4, 3), (), 0), ((3, 3), (), 1), ((3, 3), ("Bo",), 0), ((9, 3), (), 1)],
)
def test_r23_lets_the_lot_decide_and_counts_the_ballots(
    votes: tuple[int, int], drawn: tuple[str, ...], told: int
) -> None:
    names = tuple(
        Candidate(name=name, votes=count) for name, count in zip(("Anna", "Bo"), votes, strict=True)
    )
    decision = Decision(
        outcome=Outcome.OWN_WORDS, clauses=("välja.",), election=Election(candidates=names, drawn=drawn)
    )
    assert len(found("R23", held(decided_item(decision=decision)), DAY)) == told


def test_r28_leaves_someone_whom_the_board_found_not_in_conflict() -> None:
    from finsam_desktop.domain.attendance import Ruling

    voted = decided_item(decision=Decision(outcome=Outcome.AS_PROPOSED, vote=ballots(5, 2)))
    conflict = ConflictOfInterest(item_id="beslut", person_id="bo", reason="Uppdrag")
    one = held(voted, attendance=Attendance(conflicts=(conflict,)))
    assert found("R28", one, DAY)
    cleared = replace(conflict, ruling=Ruling.NOT_IN_CONFLICT)
    assert not found("R28", held(voted, attendance=Attendance(conflicts=(cleared,))), DAY)


def test_r30_takes_the_financing_of_the_decision_or_of_the_measure() -> None:
    spending: dict[str, Any] = {"template_id": "medel-insats", "proposal": proposal("bevilja 100 tkr.")}
    assert found("R30", meeting(decision_item(**spending)))
    assert not found("R30", meeting(decision_item(**spending, decision=Decision(financing="Budgeten"))))
    register = association(measures=(Measure(id="i", name="Unga", financing="Budgeten"),))
    assert not found("R30", meeting(decision_item(**spending, measure_id="i")), register=register)


def test_r39c_asks_for_a_presenter_only_where_others_have_one() -> None:
    bare, named = decided_item("a"), decided_item("b", presenter_id="chef")
    assert not found("R39c", held(bare), DAY)
    assert [f.place.item_id for f in found("R39c", held(bare, named), DAY)] == ["a"]
    assert not found("R39c", held(named), DAY)
    assert not found("R39c", meeting(bare, named), TODAY)


# -- the budget: R19, R41, R42, R43, R47b, R48, R49 --------------------------------------------------------

BUDGET = decision_item(
    "b", title="Budget 2027, verksamhetsplan och ekonomisk plan 2027–2029", template_id="budget",
    proposal=proposal("fastställa budget för 2027."),
)  # fmt: skip


def budget_meeting(item: AgendaItem = BUDGET, **fields: Any) -> Meeting:
    return meeting(item, **{"kind": MeetingKind.BUDGET, "state": MeetingState.NOTIFIED, **fields})


@pytest.mark.parametrize(
    ("announced", "severity"),
    [(None, Severity.WARNING), (date(2026, 10, 28), None), (DAY, None), (date(2026, 10, 30), Severity.ERROR)],
)
def test_r19_wants_the_public_meeting_announced_before_it(
    announced: date | None, severity: Severity | None
) -> None:
    one = budget_meeting(public_announced=announced)
    assert severities(found("R19", one)) == ([severity] if severity else [])
    assert not found("R19", replace(one, state=MeetingState.DRAFT, public_announced=None)), "too early to ask"


@pytest.mark.parametrize(
    ("consulted", "told"),
    [(date(2026, 10, 28), 0), (DAY, 0), (date(2026, 10, 30), 1), (None, 1)],
)
def test_r41_wants_the_consultation_first(consulted: date | None, told: int) -> None:
    assert len(found("R41", budget_meeting(consulted_on=consulted))) == told


@pytest.mark.parametrize(
    ("published", "severity"),
    [
        (date(2026, 10, 8), None),
        (date(2026, 10, 9), None),
        (date(2026, 10, 10), Severity.ERROR),
        (None, Severity.WARNING),
    ],
)
def test_r42_wants_the_proposal_on_the_web_from_the_announcement(
    published: date | None, severity: Severity | None
) -> None:
    one = budget_meeting(public_announced=date(2026, 10, 9), budget_published=published)
    assert severities(found("R42", one, date(2026, 10, 12))) == ([severity] if severity else [])
    assert not found("R42", budget_meeting(), date(2026, 10, 12)), "nothing is announced yet"


def test_r42_waits_until_the_announcement() -> None:
    one = budget_meeting(public_announced=date(2026, 10, 9))
    assert not found("R42", one, date(2026, 10, 8))
    assert found("R42", one, date(2026, 10, 9))


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Budget 2027, verksamhetsplan och ekonomisk plan 2027–2029", []),
        ("Budget 2027", [Severity.WARNING]),
        ("Budget 2027 och verksamhetsplan", [Severity.WARNING]),
        ("Budget 2027, verksamhetsplan och ekonomisk plan 2027–2028", [Severity.WARNING]),
        ("Budget 2027, verksamhetsplan och ekonomisk plan 2026–2028", [Severity.WARNING]),
    ],
)
def test_r43_wants_three_years_and_a_plan_of_work(title: str, told: list[Severity]) -> None:
    assert severities(found("R43", budget_meeting(replace(BUDGET, title=title)))) == told


def test_r43_only_notes_what_a_bilaga_may_hold() -> None:
    enclosed = replace(BUDGET, title="Budget 2027", attachments=(attachment(),))
    assert severities(found("R43", budget_meeting(enclosed))) == [Severity.NOTE]


@pytest.mark.parametrize(
    ("today", "told"),
    [(date(2026, 8, 31), False), (date(2026, 9, 1), True), (date(2026, 10, 28), True)],
)
def test_r48_reminds_of_the_interim_report_only_where_the_forbundsordning_wants_one(
    today: date, told: bool
) -> None:
    required = association(rules={"interim_report_required": True})
    assert bool(found("R48", meeting(), today, register=required)) is told
    assert not found("R48", meeting(), today)
    report = AgendaItem(title="Tertialrapport 2", report=TertialReport(year=2026, tertial=2))
    assert not found("R48", meeting(report), today, register=required)


@pytest.mark.parametrize(
    ("title", "tertial", "told"),
    [("Delårsrapport", 1, True), ("Delårsrapport", 2, False), ("Tertialrapport 1", 1, False)],
)
def test_r49_holds_the_period_of_a_delarsrapport(title: str, tertial: int, told: bool) -> None:
    item = AgendaItem(title=title, report=TertialReport(year=2026, tertial=tertial))
    assert bool(found("R49", meeting(item))) is told


def test_r49_wants_the_four_columns() -> None:
    roles = (ColumnRole.LABEL, ColumnRole.OUTCOME, ColumnRole.BUDGET)
    columns = tuple(FigureColumn(title=role, role=role) for role in roles)
    table = FigureTable(title="T", purpose=Purpose.INCOME_STATEMENT, columns=columns)
    (finding,) = found("R49", meeting(AgendaItem(title="Delårsrapport", figures=(table,))))
    assert finding.title.endswith("saknar samma period föregående år och prognos för året")


# -- medlemssamråd: R51–R56 -------------------------------------------------------------------------------

GUIDE = tuple(
    AgendaItem(title=title, type=ItemType.DISCUSSION)
    for title in (
        "Föregående års resultat",
        "Strukturella hinder",
        "Årets verksamhet",
        "Långsiktig utveckling",
        "Budgetförutsättningar",
    )
)


def consultation(*items: AgendaItem, **fields: Any) -> Meeting:
    return meeting(
        *(items or GUIDE), **{"kind": MeetingKind.MEMBER_CONSULTATION, "date": date(2026, 5, 12), **fields}
    )


def test_a_consultation_is_not_told_what_only_a_board_must() -> None:
    one = consultation(start=None, state=MeetingState.HELD, convener="Region Alm")
    rules = {finding.rule for finding in check(one, association(), (one,), date(2026, 5, 13))}
    assert not rules & {"R13", "R14", "R21", "R33", "R34"}


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (date(2026, 8, 31), False),
        (date(2026, 9, 1), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_r51_asks_in_the_autumn_for_the_years_consultation(today: date, told: bool) -> None:
    spring = held(id="vår", date=date(2026, 3, 12))

    def shown(*meetings: Meeting) -> bool:
        return any(f.rule == "R51" for f in check_association(association(), today, meetings))

    assert shown(spring) is told
    assert not shown(spring, consultation())
    assert not shown(held(id="höst", date=date(2026, 8, 20))), "the file began after the spring"


def test_r52_and_r53_know_who_should_be_there() -> None:
    def at(*names: str) -> Meeting:
        people = tuple(Participant(name=name, member_id="ek" if name == "Cia" else "") for name in names)
        return consultation(participants=people, state=MeetingState.HELD)

    today = date(2026, 5, 13)
    assert [f.title for f in found("R52", at("Cia"), today)] == [
        "Cia företräder Eks kommun men är ledamot i styrelsen"
    ]
    assert not found("R52", at("Anna"), today), "the chair is there for the association"
    assert not found("R53", at("Anna", "Chef"), today)
    assert [f.title for f in found("R53", at("Anna"), today)] == [
        "Förbundschefen finns inte bland deltagarna"
    ]
    assert len(found("R53", at("Någon"), today)) == 1


@pytest.mark.parametrize(
    ("state", "convener", "told"),
    [
        (MeetingState.DRAFT, "", False),
        (MeetingState.NOTIFIED, "", True),
        (MeetingState.NOTIFIED, "Region Alm", False),
    ],
)
def test_r54_asks_who_convenes_once_it_is_called(state: MeetingState, convener: str, told: bool) -> None:
    assert bool(found("R54", consultation(state=state, convener=convener))) is told


@pytest.mark.parametrize(
    ("received", "told"),
    [(date(2026, 5, 11), False), (date(2026, 5, 12), False), (date(2026, 5, 13), True), (None, False)],
)
def test_r55_comes_after_the_auditors_report(received: date | None, told: bool) -> None:
    register = association(audits=(AuditYear(year=2025, report_received=received),))
    assert bool(found("R55", consultation(), register=register)) is told


def test_r56_wants_the_five_points_and_no_decisions() -> None:
    assert not found("R56", consultation())
    (finding,) = found("R56", consultation(*GUIDE[:3]))
    assert finding.title == "Samrådets dagordning saknar långsiktig utveckling och budgetförutsättningar"
    decided = found("R56", consultation(*GUIDE, decided_item("x")))
    assert severities(decided) == [Severity.WARNING]


# -- measures: R29, R70–R79 -------------------------------------------------------------------------------


def measured(*checks: SubstanceCheck, deviation: str = "", performer: str = "Region Alm") -> dict[str, Any]:
    measure = Measure(id="i", name="Unga vuxna", performer=performer, checks=checks, deviation=deviation)
    return {"register": association(measures=(measure,))}


ITEM = decision_item("m", measure_id="i")
ALL_YES = tuple(SubstanceCheck(rule=question.rule, answer=Answer.YES) for question in QUESTIONS)


@pytest.mark.parametrize("rule", [question.rule for question in QUESTIONS])
def test_r70_to_r78_ask_for_the_reason_of_a_no(rule: str) -> None:
    def answered(answer: Answer, reason: str = "") -> list[Finding]:
        checks = tuple(replace(c, answer=answer, reason=reason) if c.rule == rule else c for c in ALL_YES)
        return found(rule, meeting(ITEM), **measured(*checks))

    assert severities(answered(Answer.NO)) == [Severity.WARNING]
    assert not answered(Answer.NO, "Prövas under ett år")
    assert not answered(Answer.YES)
    assert not answered(Answer.NOT_APPLICABLE)


def test_r78_counts_the_unanswered_until_the_meeting_is_held() -> None:
    (finding,) = found("R78", meeting(ITEM), **measured(*ALL_YES[:4]))
    assert finding.title == "Unga vuxna: 5 av 9 frågor om insatsen är obesvarade"
    assert not found("R78", meeting(ITEM), **measured(*ALL_YES))
    assert not found("R78", held(ITEM), DAY, **measured(*ALL_YES[:4]))


def test_r79_wants_a_deviation_motivated() -> None:
    no = (replace(ALL_YES[0], answer=Answer.NO, reason="x"), *ALL_YES[1:])
    assert found("R79", meeting(ITEM), **measured(*no))
    assert not found("R79", meeting(ITEM), **measured(*no, deviation="Styrelsen ser ett behov."))
    assert not found("R79", meeting(ITEM), **measured(*ALL_YES))


def test_r29_asks_those_whom_the_performer_has_appointed() -> None:
    (finding,) = found("R29", meeting(ITEM), **measured(*ALL_YES))
    assert finding.severity is Severity.NOTE
    assert "Bo, Gun, Bo-e och Gun-e" in finding.advice
    assert not found("R29", meeting(ITEM), **measured(*ALL_YES, performer="Stiftelsen Alm"))
    assert not found("R29", meeting(replace(ITEM, decision=decided_item().decision)), **measured(*ALL_YES))
    told = Attendance(conflicts=(ConflictOfInterest(item_id="m", person_id="bo"),))
    assert not found("R29", meeting(ITEM, attendance=told), **measured(*ALL_YES))


def test_every_question_of_substance_has_its_rule() -> None:
    assert {question.rule for question in QUESTIONS} <= {rule.id for rule in RULES}

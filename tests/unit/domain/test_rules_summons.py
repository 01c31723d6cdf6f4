"""Before the meeting: R13, R15, R19, R21, R21b."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.attendance import Attendance, Presence
from finsam_desktop.domain.catalogue import ItemType
from finsam_desktop.domain.decisions import Decision, Outcome, Proposal, ProposalKind
from finsam_desktop.domain.meeting import Meeting, MeetingForm, MeetingKind, MeetingState
from finsam_desktop.domain.rules import Severity
from tests.board import DAY, association, decided_item, decision_item, found, held, meeting, proposal

LATEST = DAY - timedelta(days=7)


@pytest.mark.parametrize(
    ("today", "severity", "title"),
    [
        (LATEST - timedelta(days=8), None, ""),
        (
            LATEST - timedelta(days=7),
            Severity.NOTE,
            "Kallelsen ska ut senast torsdag 22\u00a0oktober, om 7\u00a0dagar",
        ),
        (
            LATEST - timedelta(days=1),
            Severity.NOTE,
            "Kallelsen ska ut senast torsdag 22\u00a0oktober, i morgon",
        ),
        (LATEST, Severity.NOTE, "Kallelsen ska ut senast torsdag 22\u00a0oktober, i dag"),
        (
            LATEST + timedelta(days=1),
            Severity.WARNING,
            "Kallelsen skulle ha gått ut torsdag 22\u00a0oktober, i går",
        ),
    ],
)
def test_r13_counts_to_the_associations_own_last_day(
    today: date, severity: Severity | None, title: str
) -> None:
    findings = found("R13", meeting(), today)
    assert [(f.severity, f.title) for f in findings] == ([(severity, title)] if severity else [])


@pytest.mark.parametrize(("dated", "told"), [(LATEST, False), (LATEST + timedelta(days=1), True)])
def test_r13_tells_a_notice_dated_after_the_last_day(dated: date, told: bool) -> None:
    one = meeting(state=MeetingState.NOTIFIED, notice_date=dated)
    assert bool(found("R13", one, LATEST)) is told


def test_r13_follows_the_setting() -> None:
    register = association(rules={"notice_days": 14})
    assert found("R13", meeting(), date(2026, 10, 16), register=register)[0].severity is Severity.WARNING
    assert found("R13", meeting(), date(2026, 10, 15), register=register)[0].severity is Severity.NOTE


def test_r13_wants_time_and_place_but_a_distance_meeting_needs_no_room() -> None:
    assert found("R13", meeting(start=None, place=" "))[0].title == "Sammanträdet saknar starttid och plats"
    assert not found("R13", meeting(place="", form=MeetingForm.DISTANCE))
    assert found("R13", meeting(place=""))


def test_r13_says_nothing_of_a_held_meeting() -> None:
    assert not found("R13", held(), DAY)
    assert not found("R13", meeting(), DAY + timedelta(days=1))


@pytest.mark.parametrize("form", [MeetingForm.DISTANCE, MeetingForm.HYBRID])
def test_r15_wants_the_decision_behind_a_distance_meeting(form: MeetingForm) -> None:
    without = association(rules={"distance_decision": " "})
    (finding,) = found("R15", meeting(form=form), register=without)
    assert (finding.title, finding.severity, finding.place.field) == (
        "Distansmöte utan angivet styrelsebeslut",
        Severity.WARNING,
        "form",
    )
    assert not found("R15", meeting(form=form))


@pytest.mark.parametrize(
    ("day", "title"),
    [
        (date(2022, 3, 15), "Distansmöte före den 16 mars 2022"),
        (date(2022, 3, 16), "Distansmöte utan angivet styrelsebeslut"),
        (date(2022, 3, 17), "Distansmöte utan angivet styrelsebeslut"),
    ],
)
def test_r15_follows_the_law_of_the_meetings_day(day: date, title: str) -> None:
    one = meeting(date=day, form=MeetingForm.DISTANCE)
    findings = found("R15", one, date(2022, 3, 1), register=association(rules={"distance_decision": ""}))
    assert [finding.title for finding in findings] == [title]


def test_r15_tells_someone_at_a_distance_from_a_meeting_in_a_room() -> None:
    away = Attendance(presences=(Presence(person_id="eva", distance=True, audio_only=True),))
    assert [f.title for f in found("R15", held(attendance=away), DAY)] == [
        "Eva deltar på distans, men sammanträdet är på plats",
        "Eva deltar med enbart ljud",
    ]
    absent = Attendance(presences=(Presence(person_id="eva", distance=True, present=False),))
    assert not found("R15", held(attendance=absent), DAY)


@pytest.mark.parametrize(
    "item",
    [
        decision_item(title="Budget 2027", template_id="budget"),
        decision_item(proposal=proposal("fastställa budget för 2027.")),
        decision_item(proposal=proposal("Fastställa förslaget till Budget.")),
    ],
)
def test_r19_wants_a_public_meeting_when_the_budget_is_fixed(item: AgendaItem) -> None:
    (finding,) = found("R19", meeting(item))
    assert finding.severity is Severity.ERROR
    assert not found("R19", meeting(item, kind=MeetingKind.BUDGET))


def test_r19_leaves_budget_talk_alone() -> None:
    talk = AgendaItem(title="Budgetläge inför 2027", type=ItemType.INFORMATION, summary="fastställa budget")
    sent = decision_item(proposal=proposal("översända förslaget till budget för samråd."))
    assert not found("R19", meeting(talk, sent))


@pytest.mark.parametrize(
    "empty",
    [
        Proposal(),
        Proposal(kind=ProposalKind.CLAUSES),
        Proposal(kind=ProposalKind.CLAUSES, clauses=("", " ")),
    ],
)
@pytest.mark.parametrize("kind", [ItemType.DECISION, ItemType.INFORMATION_DECISION])
def test_r21_tells_a_decision_item_without_a_proposal(empty: Proposal, kind: ItemType) -> None:
    (finding,) = found("R21", meeting(decision_item(proposal=empty, type=kind)))
    assert (finding.title, finding.place.field, finding.severity) == (
        "Beslutsärende utan förslag till beslut",
        "proposal",
        Severity.ERROR,
    )


def test_r21_takes_an_explicit_no_and_a_sub_items_proposal() -> None:
    assert not found("R21", meeting(decision_item(proposal=Proposal(kind=ProposalKind.NONE_LAID))))
    with_sub = decision_item(proposal=Proposal(), sub_items=(AgendaItem(title="A", proposal=proposal()),))
    assert not found("R21", meeting(with_sub))
    assert not found("R21", meeting(AgendaItem(title="Läget", type=ItemType.INFORMATION)))


def test_r21_looks_at_each_deciding_sub_item() -> None:
    subs = (decision_item("A"), decision_item("B", proposal=Proposal()))
    (finding,) = found("R21", meeting(AgendaItem(id="7", title="NNS", sub_items=subs)))
    assert finding.place.item_id == "B"


def test_r21_is_over_when_the_meeting_is() -> None:
    assert not found("R21", held(decision_item(proposal=Proposal())), DAY)


def other_business(**fields: object) -> Meeting:
    return held(AgendaItem(id="övr", title="Övriga frågor", template_id="ovriga-fragor", **fields))  # type: ignore[arg-type]


def test_r21b_notes_a_decision_under_other_business() -> None:
    decided = Decision(outcome=Outcome.OWN_WORDS, clauses=("köpa en skrivare.",))
    (finding,) = found("R21b", other_business(decision=decided), DAY)
    assert finding.severity is Severity.NOTE
    (below,) = found("R21b", other_business(sub_items=(decided_item("sub"),)), DAY)
    assert below.place.item_id == "sub"
    assert not found("R21b", other_business(decision=Decision(outcome=Outcome.NOTED)), DAY)
    assert not found("R21b", held(decided_item()), DAY)

"""The decision register: what is in it, how it is narrowed down, and what it gives the next agenda."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from finsam_desktop.domain.agenda import AgendaItem, find
from finsam_desktop.domain.decisions import Decision, FollowUp, FollowUpState, Outcome
from finsam_desktop.domain.delegation import DelegatedDecision, Delegation, reported, unreported
from finsam_desktop.domain.meeting import MeetingKind
from finsam_desktop.domain.register import (
    DecisionFilter,
    EntryState,
    chosen,
    follow_up_state,
    markdown_table,
    open_entries,
    open_list,
    register,
    responsible_people,
    with_follow_up,
    years,
)
from finsam_desktop.domain.suggestions import Reason, Suggestion, filled_summary, suggestions
from finsam_desktop.files.catalogue_files import standard_templates
from tests.board import association, decided_item, held, meeting

TODAY = date(2026, 10, 29)


def task(due: date | None = None, *, who: str = "Förbundschefen", **fields: object) -> Decision:
    follow_up = FollowUp(task="Teckna avtal", responsible=who, due=due, **fields)  # type: ignore[arg-type]
    return Decision(outcome=Outcome.AS_PROPOSED, follow_up=follow_up)


@pytest.mark.parametrize(
    ("due", "today", "state"),
    [
        (date(2026, 10, 30), TODAY, EntryState.OPEN),
        (TODAY, TODAY, EntryState.OPEN),
        (date(2026, 10, 28), TODAY, EntryState.OVERDUE),
        (date(2026, 12, 31), date(2027, 1, 1), EntryState.OVERDUE),
        (None, date(2030, 1, 1), EntryState.OPEN),
    ],
)
def test_an_assignment_is_overdue_from_the_day_after_its_last(
    due: date | None, today: date, state: EntryState
) -> None:
    assert follow_up_state(FollowUp(due=due), today) is state


def test_what_is_done_or_dropped_is_never_overdue() -> None:
    old = date(2020, 1, 1)
    assert follow_up_state(FollowUp(due=old, state=FollowUpState.DONE), TODAY) is EntryState.DONE
    assert follow_up_state(FollowUp(due=old, state=FollowUpState.DROPPED), TODAY) is EntryState.DROPPED
    assert follow_up_state(None, TODAY) is EntryState.NONE


def test_the_register_has_sub_items_decisions_and_noted_items_with_an_assignment() -> None:
    sub = decided_item("sub", title="Ombud")
    parent = AgendaItem(id="parent", title="Årsmöte", sub_items=(AgendaItem(id="a", title="A"), sub))
    noted = AgendaItem(id="noted", title="Rapport", decision=replace(task(), outcome=Outcome.NOTED))
    silent = AgendaItem(id="silent", title="Information", decision=Decision(outcome=Outcome.NOTED))
    found = register((held(parent, noted, silent),))
    assert [(entry.label.replace("\u00a0", " "), entry.title) for entry in found] == [
        ("§ 2 B", "Ombud"),
        ("§ 3", "Rapport"),
    ]


def test_a_consultation_and_a_meeting_called_off_have_no_decisions() -> None:
    consultation = held(decided_item(), kind=MeetingKind.MEMBER_CONSULTATION)
    called_off = held(decided_item(), cancelled_on=TODAY)
    assert register((consultation, called_off)) == ()
    assert len(register((held(decided_item()),))) == 1


def test_the_filter_takes_words_year_state_and_responsible_together() -> None:
    late = decided_item("late", title="Avtal om lokal", decision=task(date(2026, 9, 30), who="Ekonomen"))
    open_ = decided_item("open", title="Avtal om städning", decision=task(date(2026, 12, 1)))
    plain = decided_item("plain", title="Budget")
    last_year = held(decided_item("old", title="Avtal"), id="förra", date=date(2025, 10, 30))
    entries = register((held(late, open_, plain), last_year))
    assert responsible_people(entries) == ("Ekonomen", "Förbundschefen")
    assert years(entries) == (2026, 2025)

    def titles(**wanted: object) -> list[str]:
        narrowed = chosen(entries, DecisionFilter(**wanted), TODAY)  # type: ignore[arg-type]
        return [entry.item.id for entry in narrowed]

    assert titles() == ["late", "open", "plain", "old"]
    assert titles(text="AVTAL lokal") == ["late"]
    assert titles(text="§ 2") == ["late", "old"]
    assert titles(text="teckna avtal") == ["late", "open"]
    assert titles(year=2025) == ["old"]
    assert titles(states=(EntryState.OVERDUE,)) == ["late"]
    assert titles(responsible="Förbundschefen") == ["open"]
    assert titles(responsible="Förbundschefen", year=2025) == []


def test_the_open_list_has_the_overdue_first_and_no_last_day_last() -> None:
    items = (
        decided_item("never", decision=task(None)),
        decided_item("soon", decision=task(date(2026, 11, 3))),
        decided_item("late", decision=task(date(2026, 10, 1), report="Väntar på svar | från kommunen")),
        decided_item("done", decision=task(state=FollowUpState.DONE)),
    )
    entries = register((held(*items),))
    assert [entry.item.id for entry in open_entries(entries, TODAY)] == ["late", "soon", "never"]
    lines = open_list(entries, TODAY).splitlines()
    assert len(lines) == 5
    assert lines[2].endswith("| 2026-10-01 | Försenat. Väntar på svar \\| från kommunen |")
    assert "| Förbundschefen | – | Pågår |" in lines[4]
    assert open_list((), TODAY) == ""


def test_a_table_survives_bars_and_line_breaks() -> None:
    assert markdown_table(("A",), [("x|y\nz\\",)]) == "| A |\n| --- |\n| x\\|y z\\\\ |"


def test_a_follow_up_is_set_on_its_item_only() -> None:
    before = held(decided_item("a"), decided_item("b"))
    follow_up = FollowUp(task="Skriv", responsible="Ekonomen")
    after = with_follow_up(before, "b", follow_up)
    for item_id, expected in (("a", None), ("b", follow_up)):
        item = find(after.items, item_id)
        assert item is not None
        assert item.decision.follow_up == expected
    with pytest.raises(KeyError):
        with_follow_up(before, "finns inte", None)


# -- on the next agenda -----------------------------------------------------------------------------------


def proposed(reason: Reason, **fields: object) -> Suggestion | None:
    earlier = held(
        decided_item("x", decision=task(date(2026, 9, 30))),
        decided_item("y", decision=task(date(2026, 12, 1))),
        id="förra",
        date=date(2026, 9, 17),
    )
    found = suggestions(meeting(), association(**fields), (earlier, meeting()), standard_templates())
    return next((one for one in found if one.reason is reason), None)


def test_open_assignments_are_proposed_as_a_filled_item() -> None:
    one = proposed(Reason.FOLLOW_UP)
    assert one is not None
    assert one.why == "2 öppna uppdrag, 1 försenat"
    assert one.item.template_id == "beslutsuppfoljning"
    assert one.item.summary.count("| Teckna avtal |") == 2
    assert one.item.summary.startswith("Förbundschefen redovisar")


DELEGATION = Delegation(id="d", group="Avtal", delegate="Förbundschefen", source="3.1")
DECISIONS = (
    DelegatedDecision(id="1", delegation_id="d", decided_on=date(2026, 10, 1), text="Städavtal"),
    DelegatedDecision(id="2", decided_on=date(2026, 10, 30), text="För sent"),
    DelegatedDecision(id="3", decided_on=date(2026, 9, 1), text="Redan anmält", reported_at="förra"),
)


def test_delegated_decisions_up_to_the_meeting_are_proposed_for_report() -> None:
    one = proposed(Reason.DELEGATED, delegations=(DELEGATION,), delegated_decisions=DECISIONS)
    assert one is not None
    assert one.why == "1 delegationsbeslut att anmäla (10 § finsamlagen)"
    assert "| 2026-10-01 | Städavtal | Förbundschefen | Avtal 3.1 | – |" in one.item.summary
    assert "För sent" not in one.item.summary
    assert "Redan" not in one.item.summary
    assert proposed(Reason.DELEGATED) is None


def test_reporting_marks_what_was_taken_up_to_the_day() -> None:
    after = reported(DECISIONS, "mötet", TODAY)
    assert [one.reported_at for one in after] == ["mötet", "", "förra"]
    assert unreported(after, TODAY) == ()
    assert [one.id for one in unreported(after, date(2026, 10, 30))] == ["2"]


def test_a_table_is_made_anew_without_touching_the_words_around_it() -> None:
    register_ = association(delegations=(DELEGATION,), delegated_decisions=DECISIONS)
    item = AgendaItem(
        title="Anmälan", template_id="delegationsbeslut", summary="Före.\n\n| gammal |\n| --- |\n\nEfter."
    )
    text = filled_summary(item, meeting(), register_, (meeting(),))
    assert text.startswith("Före.\n\n| Datum |")
    assert text.endswith("\n\nEfter.")
    assert "gammal" not in text
    assert text.count("Städavtal") == 1
    other = replace(item, template_id="")
    assert filled_summary(other, meeting(), register_, ()) == other.summary


def test_a_tabled_item_waits_for_the_meeting_it_was_tabled_to() -> None:
    tabled = decided_item(
        "t", title="Lokal", decision=Decision(outcome=Outcome.TABLED, tabled_to=date(2026, 11, 26))
    )
    earlier = held(tabled, id="förra", date=date(2026, 9, 17))

    def keys(day: date) -> list[str]:
        coming = meeting(date=day)
        return [s.key for s in suggestions(coming, association(), (earlier, coming), standard_templates())]

    assert "tabled:t" not in keys(date(2026, 11, 25))
    assert "tabled:t" in keys(date(2026, 11, 26))


def test_a_consultation_is_offered_nothing_of_the_boards() -> None:
    coming = meeting(kind=MeetingKind.MEMBER_CONSULTATION)
    assert suggestions(coming, association(), (coming,), standard_templates()) == ()


def test_references_stand_as_the_minutes_print_them() -> None:
    first = decided_item("a", title="Avtal")
    second = decided_item("b", decision=replace(task(), outcome=Outcome.OWN_WORDS, clauses=("följa {§:a}",)))
    entry = register((held(first, second),))[1]
    assert entry.words.replace("\u00a0", " ") == "att följa § 2"

"""What differs between two versions is told in words, and nothing that differs is passed over."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from finsam_desktop.domain import version_changes
from finsam_desktop.domain.agenda import AgendaItem, Attachment
from finsam_desktop.domain.association import Association, Person
from finsam_desktop.domain.decisions import Proposal, ProposalKind
from finsam_desktop.domain.meeting import Meeting, MeetingState
from finsam_desktop.domain.version_changes import What, changes, field_changes, meeting_change
from tests import strategies

A = AgendaItem(
    id="a", title="Val av justerare", attachments=(Attachment(id="x", title="Bilaga", sha256="1" * 64),)
)
B = AgendaItem(id="b", title="Budget", summary="Gammal text")
MEETING = Meeting(id="m", date=dt.date(2026, 10, 29), items=(A, B))


def words(then: Meeting | None, now: Meeting | None) -> str:
    told = meeting_change(then, now)
    return told.in_words() if told is not None else ""


def test_each_kind_of_change_is_counted_in_words() -> None:
    assert words(MEETING, MEETING) == ""
    assert words(MEETING, None) == "finns inte nu"
    assert words(None, MEETING) == "fanns inte då"
    assert words(MEETING, replace(MEETING, place="Ekvik")) == "uppgifter om sammanträdet"
    assert words(MEETING, replace(MEETING, items=(B, A))) == "uppgifter om sammanträdet"
    assert words(MEETING, replace(MEETING, items=(A,))) == "1 ärende borttaget"
    assert words(MEETING, replace(MEETING, items=(replace(A, attachments=()), B))) == (
        "1 ärende ändrat, 1 bilaga borttagen"
    )
    changed = replace(A, title="Val", attachments=(replace(A.attachments[0], sha256="2" * 64),))
    new = AgendaItem(id="c", title="Nytt")
    assert words(
        MEETING, replace(MEETING, items=(changed, replace(B, summary="Ny"), new), place="Ekvik")
    ) == ("2 ärenden ändrade, 1 ärende nytt, 1 bilaga utbytt och uppgifter om sammanträdet")


def test_field_by_field_gives_what_stood_and_what_stands() -> None:
    proposal = Proposal(kind=ProposalKind.CLAUSES, clauses=("anta budgeten", "anslå medel"))
    now = replace(MEETING, state=MeetingState.HELD, items=(A, replace(B, proposal=proposal)))
    assert [(c.place, c.label, c.before, c.after) for c in field_changes(MEETING, now)] == [
        ("", "Läge", "Utkast", "Genomfört"),
        (
            "Budget",
            "Förslag till beslut",
            "Styrelsen beslutar",
            "Styrelsen beslutar\nanta budgeten\nanslå medel",
        ),
    ]
    assert [c.before for c in field_changes(MEETING, None)] == [
        "Val av justerare\nStyrelsen beslutar", "Budget\nGammal text\nStyrelsen beslutar",
    ]  # fmt: skip
    (order,) = field_changes(MEETING, replace(MEETING, items=(B, A)))
    assert (order.before, order.after) == ("Val av justerare\nBudget", "Budget\nVal av justerare")


def test_the_association_is_told_of_by_its_parts() -> None:
    then = Association(name="Bygden")
    now = replace(then, name="Nybygden", people=(Person(name="Åsa"),))
    found = changes(then, (MEETING,), now, (MEETING,))
    assert found.association == ("Förbundets namn", "Personer")
    assert found.meetings == ()
    assert not changes(then, (MEETING,), then, (MEETING,))


@settings(max_examples=12)
@given(st.data())
def test_nothing_that_differs_is_passed_over(data: st.DataObject) -> None:
    then, now = data.draw(strategies.meetings()), data.draw(strategies.meetings())
    now = replace(now, id=then.id)
    found = meeting_change(then, now)
    assert (found is None) == (then == now)
    if found is not None:
        assert found.what is What.CHANGED
        assert found.in_words()
        assert field_changes(then, now)


def test_the_fields_that_have_names_are_there() -> None:
    for kind, named in (
        (Meeting, version_changes.MEETING_WORDS),
        (AgendaItem, version_changes.ITEM_WORDS),
        (Association, version_changes.ASSOCIATION_WORDS),
    ):
        assert set(named) <= {field.name for field in fields(kind)}

"""Items moved to the next meeting, and several changed at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_desktop import cli
from finsam_desktop.domain import moving
from finsam_desktop.domain.agenda import AgendaItem, Attachment, walk
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.catalogue import Frame, ItemTemplate, ItemType
from finsam_desktop.domain.decisions import Decision, Outcome
from finsam_desktop.domain.holidays import is_working_day
from finsam_desktop.domain.meeting import Meeting, MeetingKind, MeetingState
from finsam_desktop.errors import UserError
from finsam_desktop.item_moves import label, move_on, told
from finsam_desktop.workspace import Workspace

CLOSING = ItemTemplate(id="slut", title="Mötets avslutande", frame=Frame.CLOSING)
TODAY = date(2026, 10, 1)


def item(item_id: str, outcome: Outcome = Outcome.UNSET, *subs: AgendaItem) -> AgendaItem:
    return AgendaItem(
        id=item_id,
        title=f"Ärende {item_id}",
        attachments=(
            Attachment(id=f"{item_id}-b", title="Underlag", file_name="u.pdf", sha256="ab", size=3),
        ),
        decision=Decision(outcome=outcome),
        sub_items=subs,
    )


def meeting(
    meeting_id: str, day: date, *items: AgendaItem, state: MeetingState = MeetingState.DRAFT
) -> Meeting:
    return Meeting(id=meeting_id, date=day, state=state, items=items, first_paragraph=1)


NEXT = meeting("n", date(2026, 12, 3), item("x"), AgendaItem(id="slut", title="Slut", template_id="slut"))


def test_a_draft_loses_the_item_and_the_next_gets_it_whole_before_its_close() -> None:
    here = meeting("h", date(2026, 10, 29), item("a"), item("b"))
    moved = moving.moved_on(here, ("a",), NEXT, (here, NEXT), (CLOSING,))
    assert [one.id for one in moved.source.items] == ["b"]
    assert [one.id for one in moved.target.items] == ["x", "a", "slut"]
    assert moved.target.items[1].attachments == here.items[0].attachments
    assert moved.target.items[1].origin == "Flyttat från den 29\u00a0oktober 2026"


def test_once_the_kallelse_is_sent_it_stays_as_tabled_and_comes_up_anew() -> None:
    here = meeting("h", date(2026, 10, 29), item("a"), item("b"), state=MeetingState.NOTIFIED)
    moved = moving.moved_on(here, ("b",), NEXT, (here, NEXT), (CLOSING,))
    assert moved.source.items[1].decision.outcome is Outcome.TABLED
    assert moved.source.items[1].decision.tabled_to == NEXT.date
    again = moved.target.items[1]
    assert (again.title, again.decision, again.id != "b") == ("Ärende b", Decision(), True)
    assert again.attachments[0].sha256 == "ab"
    assert again.attachments[0].id != "b-b"
    assert again.origin == "Bordlagt den 29\u00a0oktober 2026, §\u00a02"


@pytest.mark.parametrize("outcome", [Outcome.TABLED, Outcome.REMITTED, Outcome.WITHDRAWN])
def test_what_is_left_already_stands_as_it_is(outcome: Outcome) -> None:
    here = meeting("h", date(2026, 10, 29), item("a", outcome), state=MeetingState.HELD)
    moved = moving.moved_on(here, ("a",), NEXT, (here, NEXT), ())
    assert moved.source == here
    assert moved.target.items[-1].title == "Ärende a"


@pytest.mark.parametrize("outcome", [Outcome.AS_PROPOSED, Outcome.OWN_WORDS, Outcome.NOTED, Outcome.REJECTED])
def test_what_is_decided_is_not_moved(outcome: Outcome) -> None:
    here = meeting("h", date(2026, 10, 29), item("a", outcome), item("p", Outcome.UNSET, item("s", outcome)))
    moved = moving.moved_on(here, ("a", "p"), NEXT, (here, NEXT), ())
    assert moved.refused == ("a", "p")
    assert (moved.source, moved.target) == (here, NEXT)


def test_a_sub_item_becomes_an_item_and_comes_once_with_its_item() -> None:
    here = meeting("h", date(2026, 10, 29), item("a", Outcome.UNSET, item("s"), item("t")))
    alone = moving.moved_on(here, ("s",), NEXT, (here, NEXT), ())
    assert [one.id for one in walk(alone.source.items)] == ["a", "t"]
    assert alone.target.items[-1].id == "s"
    both = moving.moved_on(here, ("s", "a"), NEXT, (here, NEXT), ())
    assert both.moved == ("a",)
    assert [one.id for one in walk(both.target.items)] == ["x", "slut", "a", "s", "t"]


def test_the_next_draft_is_the_first_later_one_where_the_board_decides() -> None:
    here = meeting("h", date(2026, 10, 29))
    others = (
        meeting("early", date(2026, 9, 1)),
        replace(NEXT, id="inställt", date=date(2026, 11, 1), cancelled_on=TODAY),
        replace(NEXT, id="kallat", date=date(2026, 11, 2), state=MeetingState.NOTIFIED),
        replace(NEXT, id="samråd", date=date(2026, 11, 3), kind=MeetingKind.MEMBER_CONSULTATION),
        NEXT,
        replace(NEXT, id="senare", date=date(2027, 2, 1)),
    )
    assert moving.next_draft(here, (*others, here)) is NEXT
    assert moving.next_draft(replace(NEXT, date=date(2028, 1, 1), id="sist"), others) is None


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_a_made_meeting_is_on_a_working_day_after_both(day: date, today: date) -> None:
    made = moving.made_next(meeting("h", day), Association(name="Förbundet"), (), (), today)
    assert is_working_day(made.date)
    assert made.date > day
    assert made.date >= today


ids = st.sets(st.sampled_from("abcdef"))


@given(ids, st.sampled_from((-1, 1)))
def test_several_are_shifted_together(chosen: set[str], steps: int) -> None:
    """Nobody is lost, those left keep their order, and so do those moved; each goes one step or is at the end."""
    items = tuple(item(one) for one in "abcdef")
    after = [one.id for one in moving.shifted(items, chosen, steps)]
    assert sorted(after) == list("abcdef")
    assert [one for one in after if one not in chosen] == [one for one in "abcdef" if one not in chosen]
    assert [one for one in after if one in chosen] == sorted(chosen)
    for one in chosen:
        went = after.index(one) - "abcdef".index(one)
        block = all(
            other in chosen
            for other in ("abcdef"[: "abcdef".index(one)] if steps < 0 else "abcdef"["abcdef".index(one) :])
        )
        assert went == (0 if block else steps)


@given(ids)
def test_several_are_removed_typed_and_presented(chosen: set[str]) -> None:
    items = (item("a"), item("b", Outcome.UNSET, item("c"), item("d")), item("e"), item("f"))
    left = {one.id for one in walk(moving.removed(items, chosen))}
    gone = chosen | ({"c", "d"} if "b" in chosen else set())
    assert left == set("abcdef") - gone
    types = {one.id: one.type for one in walk(moving.typed(items, chosen, ItemType.DECISION))}
    assert {i for i, kind in types.items() if kind is ItemType.DECISION} == chosen
    people = {one.id: one.presenter_id for one in walk(moving.presented(items, chosen, "chef"))}
    assert {i for i, person in people.items() if person == "chef"} == chosen


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "f.finsam"
    with Workspace.create(path, Association(name="Förbundet"), user="Prov") as workspace:
        here = meeting("h", date(2026, 10, 29), item("a"), item("b"), item("c", Outcome.NOTED))
        workspace.change("Nytt", None, here)
    return path


def test_both_meetings_are_one_change_with_undo(file: Path) -> None:
    with Workspace.open(file, user="Prov") as workspace:
        here = workspace.meeting("h")
        moved = move_on(workspace, "h", ("a", "b", "c"), (), TODAY)
        assert moved.made
        assert workspace.undo_label == label(here, moved) == "Flytta 2 ärenden till 10\u00a0december 2026"
        assert told(here, moved) == (
            "2 ärenden står nu på dagordningen den 10\u00a0december 2026. Sammanträdet skapades. Ändra dagen under "
            "Kallelse om den inte stämmer. 1 ärende är beslutat och flyttades inte."
        )
        assert len(workspace.meetings) == 2
        workspace.undo()
        assert workspace.meetings == (here,)
        workspace.redo()
        assert {one.id for m in workspace.meetings for one in m.items} == {"a", "b", "c"}


def test_refused_when_all_is_decided_or_the_meeting_is_the_same(file: Path) -> None:
    with Workspace.open(file, user="Prov") as workspace:
        before = workspace.meetings
        with pytest.raises(UserError, match="beslutat står kvar"):
            move_on(workspace, "h", ("c",), (), TODAY)
        with pytest.raises(UserError, match="står redan i det sammanträdet"):
            move_on(workspace, "h", ("a",), (), TODAY, target_id="h")
        assert workspace.meetings == before
        assert workspace.undo_label is None


def test_from_the_command_line(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["items", "move", str(file), "2026-10-29", "2"]) == 0
    assert "Ärendet står nu på dagordningen den 10\u00a0december 2026." in capsys.readouterr().out
    with Workspace.open(file, user="Prov") as workspace:
        made = workspace.meetings[-1]
    number = next(place for place, one in enumerate(made.items, start=1) if one.id == "b")
    assert 1 < number < len(made.items), "between the frames"
    assert cli.main(["items", "move", str(file), "2026-12-10", str(number), "--to", "2026-10-29"]) == 0
    with Workspace.open(file, user="Prov") as workspace:
        assert [one.id for one in workspace.meeting("h").items] == ["a", "c", "b"]
    assert cli.main(["items", "move", str(file), "2026-10-29", "9"]) == 3

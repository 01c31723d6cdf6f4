"""What the secretary is told of an answer as a whole: which version it is of, what came before it, and who is left."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from finsam_desktop.parcels import received, returning
from finsam_desktop.workspace import Workspace
from tests.parcel_cases import ADJUSTER, AT, CHAIR, LATER, answer_of, changed, opened, sent, with_item

ALREADY = "Ett senare svar från Anna har redan gåtts igenom."
NEWER = "Ett nyare paket till Anna skapades den 4\u00a0november 2026. Svaret bygger på det äldre."
LEFT = "Svar har ännu inte kommit från Cia."


def told(office: Workspace, path: Path) -> tuple[str, ...]:
    return returning.returned(office, path).told


def answers(office: Workspace, tmp_path: Path) -> tuple[Path, Path]:
    """Two answers to one mötespaket, a day between them, with a change in each."""
    made = sent(office, tmp_path / "p.motespaket")
    paths = (tmp_path / "ett.motespaket", tmp_path / "två.motespaket")
    with opened(made.path) as copy:
        for day, path in enumerate(paths):
            changed(copy, with_item(copy.meeting, "p1", minutes_text=f"Ord {day}."))
            copy.send_back(path, at=LATER + timedelta(days=day))
    return paths


def test_an_answer_that_is_older_than_one_gone_through_says_so(office: Workspace, tmp_path: Path) -> None:
    first, second = answers(office, tmp_path)
    assert told(office, first) == told(office, second) == ()
    returning.take(office, returning.returned(office, second), (), at=LATER)
    assert ALREADY in told(office, first)
    assert ALREADY not in told(office, second)
    assert any(one.startswith("Svaret har redan gåtts igenom den ") for one in told(office, second))


def test_an_answer_that_is_newer_than_one_gone_through_says_nothing(
    office: Workspace, tmp_path: Path
) -> None:
    first, second = answers(office, tmp_path)
    returning.take(office, returning.returned(office, first), (), at=LATER)
    assert told(office, second) == ()


def test_only_the_answer_to_the_older_of_two_parcels_says_that_there_is_a_newer(
    office: Workspace, tmp_path: Path
) -> None:
    def edit(meeting):  # type: ignore[no-untyped-def]
        return with_item(meeting, "p1", minutes_text="Andra ord.")

    older = answer_of(office, tmp_path, edit)
    made = received.make_parcel(office, "mötet", tmp_path / "q.motespaket", receiver=CHAIR, at=LATER)
    with opened(made.path) as copy:
        changed(copy, edit(copy.meeting))
        newer = copy.send_back(tmp_path / "q svar.motespaket", at=LATER).path
    assert told(office, older) == (NEWER,)
    assert told(office, newer) == ()


def test_those_who_have_not_answered_are_named_until_they_have(office: Workspace, tmp_path: Path) -> None:
    sent(office, tmp_path / "cia.motespaket", ADJUSTER)
    back = answer_of(office, tmp_path, lambda one: with_item(one, "p1", minutes_text="Andra ord."))
    assert told(office, back) == (LEFT,)
    with opened(tmp_path / "cia.motespaket", name="cia") as copy:
        hers = copy.send_back(tmp_path / "cia svar.motespaket", at=LATER).path
    returning.take(office, returning.returned(office, hers), (), at=AT)
    assert told(office, back) == ()


def test_an_answer_to_the_public_version_says_so(office: Workspace, tmp_path: Path) -> None:
    made = sent(office, tmp_path / "p.motespaket", public=True)
    with opened(made.path) as copy:
        changed(copy, with_item(copy.meeting, "p1", minutes_text="Andra ord."))
        back = copy.send_back(tmp_path / "svar.motespaket", at=LATER).path
    (said,) = told(office, back)
    assert said.startswith("Svaret bygger på den offentliga versionen.")


def test_what_is_chosen_is_not_declined_too(office: Workspace, tmp_path: Path) -> None:
    back = answer_of(office, tmp_path, lambda one: with_item(one, "p1", minutes_text="Andra ord."))
    answer = returning.returned(office, back)
    (change,) = answer.changes
    taken = returning.take(office, answer, [change.key], [change.key], at=LATER)
    assert (taken.taken, taken.declined) == (1, 0)
    sent_parcel = taken.meeting.parcels[0]
    assert sent_parcel.declined == ()


def test_an_approval_is_taken_in_once(office: Workspace, tmp_path: Path) -> None:
    made = sent(office, tmp_path / "p.motespaket")
    with opened(made.path) as copy:
        before, after, label = received.approve(copy.workspace, LATER)
        copy.workspace.change(label, before, after)
        back = copy.send_back(tmp_path / "svar.motespaket", at=LATER).path
    counts = [returning.take(office, returning.returned(office, back), (), at=LATER).approvals for _ in "ab"]
    assert counts == [1, 0]
    assert len(office.meeting("mötet").approvals) == 1

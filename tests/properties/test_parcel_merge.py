"""Base, mine and theirs of a meeting, edited at random on both sides, against a slow oracle on plain JSON."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import pytest

from finsam_desktop.domain.agenda import AgendaItem, Attachment, find, walk
from finsam_desktop.domain.figures import FigureCell, FigureRow, FigureTable
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.parcel import three_way
from finsam_desktop.domain.parcel_merge import What
from finsam_desktop.storage.codec import encode
from tests.oracle import three_way as oracle
from tests.parcel_edits import a_meeting, a_small_meeting, edited, rearranged

FEW, MANY, SMALL = 15, 975, 150


def versions(seed: int) -> tuple[Meeting, Meeting, Meeting]:
    """A meeting and what two people have made of it, from one edit each to thirty."""
    rng = Random(seed)
    base = a_meeting(rng, rng.randrange(1, 5))
    return base, edited(base, rng, rng.randrange(1, 31)), edited(base, rng, rng.randrange(1, 31))


def small_versions(seed: int) -> tuple[Meeting, Meeting, Meeting]:
    rng = Random(seed)
    base = a_small_meeting(rng)
    return base, rearranged(base, rng, rng.randrange(1, 8)), rearranged(base, rng, rng.randrange(1, 8))


def check(base: Meeting, mine: Meeting, theirs: Meeting) -> None:
    case = three_way(base, mine, theirs)
    wanted, changes = oracle.merged(*(oracle.plain(encode(one)) for one in (base, mine, theirs)))
    assert {one.key: one.conflict for one in case.differences} == changes
    free = [one.key for one in case.differences if not one.conflict]
    merged = case.merged(free)
    assert oracle.plain(encode(merged)) == wanted
    assert case.merged(()) == mine
    left = three_way(base, merged, theirs)
    assert {one.key for one in left.differences} == {key for key, conflict in changes.items() if conflict}


def test_changes_conflicts_and_the_merged_meeting_are_the_oracles() -> None:
    for seed in range(FEW):
        check(*versions(seed))


def test_agendas_turned_about_on_both_sides() -> None:
    """Moves into, out of and under each other, of what the other has moved, removed and added to."""
    for seed in range(SMALL):
        check(*small_versions(seed))


@pytest.mark.long
@pytest.mark.parametrize("first", range(FEW, MANY, 96))
def test_changes_conflicts_and_the_merged_meeting_are_the_oracles_in_many(first: int) -> None:
    for seed in range(first, first + 96):
        check(*versions(seed))
    for seed in range(first * 20, (first + 96) * 20):
        check(*small_versions(seed))


def test_with_nothing_of_ones_own_all_that_came_is_taken_in() -> None:
    for seed in range(FEW, FEW + 10):
        base, _, theirs = versions(seed)
        case = three_way(base, base, theirs)
        assert not [one for one in case.differences if one.conflict]
        assert case.merged(one.key for one in case.differences) == theirs
        assert three_way(base, theirs, theirs).differences == ()
        assert three_way(base, theirs, base).differences == ()


def test_any_choice_can_be_taken_in_and_then_no_longer_differs() -> None:
    for seed in range(FEW + 10, FEW + 30):
        base, mine, theirs = versions(seed)
        case, rng = three_way(base, mine, theirs), Random(seed)
        free = [one.key for one in case.differences if not one.blocked]
        chosen = case.with_needs(rng.sample(free, rng.randrange(len(free) + 1)))
        if any(one.blocked for one in case.differences if one.key in chosen):
            continue
        merged = case.merged(chosen)
        left = {one.key for one in three_way(base, merged, theirs).differences}
        assert not left & chosen
        assert three_way(merged, merged, merged).differences == ()
        kept = {one.id for one in walk(mine.items)} - {one.id for one in walk(base.items)}
        gone = {key.split("/")[-1] for key in chosen if key.startswith("removed/AgendaItem")}
        inside = {one.id for top in gone if (item := find(mine.items, top)) for one in walk((item,))}
        assert kept - inside <= {one.id for one in walk(merged.items)}, "what only mine has is never lost"


def test_a_blocked_choice_is_refused() -> None:
    sub = AgendaItem(id="c", title="C")
    a, b = AgendaItem(id="a", title="A"), AgendaItem(id="b", title="B")
    base = Meeting(id="m", date=date(2026, 10, 29), items=(a, b))
    mine = replace(base, items=(a, replace(b, sub_items=(sub,))))
    theirs = replace(base, items=(replace(a, sub_items=(b,)),))
    (moved,) = three_way(base, mine, theirs).differences
    assert (moved.what, moved.conflict, moved.blocked) == (What.MOVED, True, True)
    with pytest.raises(ValueError, match="blocked"):
        three_way(base, mine, theirs).merged([moved.key])


def test_two_who_move_things_into_each_other_make_no_loop() -> None:
    a, b = AgendaItem(id="a", title="A"), AgendaItem(id="b", title="B")
    base = Meeting(id="m", date=date(2026, 10, 29), items=(a, b))
    mine = replace(base, items=(replace(a, sub_items=(b,)),))
    theirs = replace(base, items=(replace(b, sub_items=(a,)),))
    (moved,) = three_way(base, mine, theirs).differences
    assert moved.blocked


def test_what_is_new_in_something_new_comes_with_it() -> None:
    base = Meeting(id="m", date=date(2026, 10, 29), items=(AgendaItem(id="a", title="A"),))
    paper = Attachment(id="p", title="P")
    sub = AgendaItem(id="s", title="S", attachments=(paper,))
    theirs = replace(base, items=(*base.items, AgendaItem(id="n", title="N", sub_items=(sub,))))
    (added,) = three_way(base, base, theirs).differences
    assert added.theirs.sub_items[0].attachments == (paper,)
    assert three_way(base, base, theirs).merged([added.key]) == theirs


def test_ids_that_stand_twice_are_compared_as_a_whole_and_lose_nothing() -> None:
    a = AgendaItem(id="a", title="A")
    base = Meeting(id="m", date=date(2026, 10, 29), items=(a, a))
    theirs = replace(base, items=(a, replace(a, title="Annat")))
    (whole,) = three_way(base, base, theirs).differences
    assert whole.path == ("items",)
    assert three_way(base, base, theirs).merged([whole.key]) == theirs


def test_removing_what_something_was_moved_out_of_takes_the_move_along() -> None:
    kept = AgendaItem(id="k", title="K")
    base = Meeting(
        id="m",
        date=date(2026, 10, 29),
        items=(AgendaItem(id="a", title="A", sub_items=(kept,)), AgendaItem(id="b", title="B")),
    )
    theirs = replace(base, items=(replace(base.items[1], sub_items=(kept,)),))
    case = three_way(base, base, theirs)
    removed = next(one for one in case.differences if one.what is What.REMOVED)
    assert case.merged([removed.key]) == theirs


def test_what_theirs_has_kept_takes_the_place_of_what_it_stood_in() -> None:
    """Mine has moved it in there; the removal is a conflict, and what is chosen takes nothing more away."""
    kept, a = AgendaItem(id="k", title="K"), AgendaItem(id="a", title="A")
    base = Meeting(id="m", date=date(2026, 10, 29), items=(a, kept))
    mine = replace(base, items=(replace(a, sub_items=(kept,)),))
    theirs = replace(base, items=(kept,))
    (removed,) = three_way(base, mine, theirs).differences
    assert (removed.what, removed.conflict) == (What.REMOVED, True)
    assert three_way(base, mine, theirs).merged([removed.key]).items == (kept,)


def test_something_new_that_holds_what_mine_has_removed_is_a_conflict() -> None:
    kept, a = AgendaItem(id="k", title="K"), AgendaItem(id="a", title="A")
    base = Meeting(id="m", date=date(2026, 10, 29), items=(a, kept))
    mine = replace(base, items=(a,))
    theirs = replace(base, items=(a, AgendaItem(id="n", title="N", sub_items=(kept,))))
    (added,) = three_way(base, mine, theirs).differences
    assert (added.what, added.conflict, added.blocked) == (What.ADDED, True, False)
    assert three_way(base, mine, theirs).merged([added.key]) == theirs


def test_both_moving_the_same_thing_elsewhere_is_a_conflict() -> None:
    a, b, c = (AgendaItem(id=one, title=one) for one in "abc")
    base = Meeting(id="m", date=date(2026, 10, 29), items=(a, b, c))
    mine = replace(base, items=(replace(a, sub_items=(c,)), b))
    theirs = replace(base, items=(a, replace(b, sub_items=(c,))))
    (moved,) = three_way(base, mine, theirs).differences
    assert (moved.what, moved.conflict, moved.blocked) == (What.MOVED, True, False)
    assert three_way(base, mine, theirs).merged([moved.key]) == theirs


def test_both_changing_the_order_is_a_conflict() -> None:
    a, b, c = (AgendaItem(id=one, title=one) for one in "abc")
    base = Meeting(id="m", date=date(2026, 10, 29), items=(a, b, c))
    mine, theirs = replace(base, items=(b, a, c)), replace(base, items=(c, a, b))
    (order,) = three_way(base, mine, theirs).differences
    assert (order.what, order.conflict) == (What.ORDER, True)
    assert three_way(base, mine, theirs).merged([order.key]) == theirs


def test_an_amount_with_one_more_digit_is_a_change() -> None:
    def with_amount(amount: str) -> Meeting:
        row = FigureRow(cells=(FigureCell(amount=Decimal(amount)),))
        table = FigureTable(id="t", title="T", rows=(row,))
        items = (AgendaItem(id="a", title="A", figures=(table,)),)
        return Meeting(id="m", date=date(2026, 10, 29), items=items)

    base, theirs = with_amount("1.1"), with_amount("1.10")
    case = three_way(base, base, theirs)
    assert [one.path for one in case.differences] == [("rows",)]
    assert repr(case.merged(one.key for one in case.differences)) == repr(theirs)

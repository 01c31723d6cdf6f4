"""The ways an agenda is edited."""

from __future__ import annotations

from dataclasses import replace

import pytest

from finsam_desktop.domain.agenda import (
    AgendaItem,
    Items,
    demote,
    find,
    insert,
    move,
    parent_of,
    promote,
    remove,
    update,
    walk,
)

A, B, C = (AgendaItem(id=letter, title=letter) for letter in "abc")
SUB = AgendaItem(id="b1", title="B1"), AgendaItem(id="b2", title="B2"), AgendaItem(id="b3", title="B3")
WITH_SUBS = replace(B, sub_items=SUB)
ITEMS = (A, WITH_SUBS, C)


def ids(items: Items) -> list[str]:
    return [item.id for item in walk(items)]


def test_items_are_walked_in_reading_order() -> None:
    assert ids(ITEMS) == ["a", "b", "b1", "b2", "b3", "c"]


def test_find_and_parent_reach_sub_items() -> None:
    assert find(ITEMS, "b2") == SUB[1]
    assert find(ITEMS, "x") is None
    assert parent_of(ITEMS, "b2") == WITH_SUBS
    assert parent_of(ITEMS, "a") is None


def test_update_changes_one_and_leaves_the_others_the_same_objects() -> None:
    changed = update(ITEMS, "b2", lambda item: replace(item, title="Ny"))
    assert find(changed, "b2") == replace(SUB[1], title="Ny")
    assert changed[0] is A
    assert changed[2] is C
    assert changed[1].sub_items[0] is SUB[0]
    assert ITEMS[1].sub_items[1].title == "B2"


@pytest.mark.parametrize(("place", "order"), [(0, "xabc"), (1, "axbc"), (3, "abcx"), (99, "abcx")])
def test_insert_puts_an_item_at_its_place(place: int, order: str) -> None:
    new = AgendaItem(id="x", title="X")
    assert "".join(item.id for item in insert((A, B, C), place, new)) == order


def test_insert_at_a_negative_place_is_first() -> None:
    new = AgendaItem(id="x", title="X")
    assert [item.id for item in insert((A, B, C), -1, new)] == ["x", "a", "b", "c"]


@pytest.mark.parametrize(
    ("gone", "left"),
    [("a", ["b", "b1", "b2", "b3", "c"]), ("b", ["a", "c"]), ("b2", ["a", "b", "b1", "b3", "c"])],
)
def test_remove_takes_an_item_with_its_sub_items(gone: str, left: list[str]) -> None:
    assert ids(remove(ITEMS, gone)) == left


@pytest.mark.parametrize(
    ("item", "place", "order"),
    [
        ("a", 0, "abc"),
        ("a", 1, "bac"),
        ("a", 2, "bca"),
        ("a", 99, "bca"),
        ("c", 0, "cab"),
        ("c", -5, "cab"),
    ],
)
def test_move_ends_at_the_place_named(item: str, place: int, order: str) -> None:
    assert "".join(one.id for one in move((A, B, C), item, place)) == order


def test_a_sub_item_moves_among_its_siblings() -> None:
    assert ids(move(ITEMS, "b3", 0)) == ["a", "b", "b3", "b1", "b2", "c"]


def test_demote_makes_an_item_the_last_sub_item_of_the_one_above() -> None:
    assert ids(demote(ITEMS, "c")) == ["a", "b", "b1", "b2", "b3", "c"]
    assert demote(ITEMS, "c")[1].sub_items[-1] == C
    assert len(demote(ITEMS, "c")) == 2


@pytest.mark.parametrize("item", ["a", "b", "b1", "x"])
def test_the_first_item_one_with_sub_items_and_a_sub_item_cannot_be_demoted(item: str) -> None:
    assert demote(ITEMS, item) == ITEMS


def test_promote_puts_a_sub_item_right_after_its_item() -> None:
    assert [item.id for item in promote(ITEMS, "b1")] == ["a", "b", "b1", "c"]
    assert parent_of(promote(ITEMS, "b1"), "b1") is None
    assert promote(ITEMS, "a") == ITEMS


@pytest.mark.parametrize(
    "act",
    [lambda: update(ITEMS, "x", lambda item: item), lambda: remove(ITEMS, "x"), lambda: move(ITEMS, "x", 0)],
)
def test_an_item_that_is_not_there_is_an_error(act: object) -> None:
    with pytest.raises(KeyError, match="x"):
        act()  # type: ignore[operator]

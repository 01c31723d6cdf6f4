"""Whatever is done to an agenda, nothing is lost or doubled, and what can be undone by hand is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

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


@st.composite
def agendas(draw: st.DrawFn) -> Items:
    """One to six items with up to three sub-items; ids tell the place they began at."""
    shape = draw(st.lists(st.integers(0, 3), min_size=1, max_size=6))
    return tuple(
        AgendaItem(
            id=f"{place}",
            title=f"Ärende {place}",
            sub_items=tuple(AgendaItem(id=f"{place}.{sub}", title="Del") for sub in range(count)),
        )
        for place, count in enumerate(shape)
    )


def ids(items: Items) -> list[str]:
    return [item.id for item in walk(items)]


def one_of(items: Items, draw: st.DataObject) -> str:
    return draw.draw(st.sampled_from(ids(items)))


@given(items=agendas(), data=st.data())
def test_edits_in_any_order_keep_every_item_exactly_once(items: Items, data: st.DataObject) -> None:
    before = sorted(ids(items))
    for _ in range(data.draw(st.integers(1, 12))):
        chosen = one_of(items, data)
        edit = data.draw(st.sampled_from(["move", "promote", "demote"]))
        if edit == "move":
            items = move(items, chosen, data.draw(st.integers(-2, 8)))
        else:
            items = promote(items, chosen) if edit == "promote" else demote(items, chosen)
        assert sorted(ids(items)) == before
        assert all(not sub.sub_items for item in items for sub in item.sub_items), "two levels, no more"


@given(items=agendas(), data=st.data(), place=st.integers(0, 8))
def test_a_moved_item_is_where_it_was_to_be_and_the_others_keep_their_order(
    items: Items, data: st.DataObject, place: int
) -> None:
    chosen = one_of(items, data)
    parent = parent_of(items, chosen)
    moved = move(items, chosen, place)
    after = parent_of(moved, chosen)
    assert (after.id if after else None) == (parent.id if parent else None)
    siblings = [item.id for item in (after.sub_items if after else moved)]
    old = [item.id for item in (parent.sub_items if parent else items)]
    assert siblings.index(chosen) == min(place, len(old) - 1)
    assert [one for one in siblings if one != chosen] == [one for one in old if one != chosen]


@given(items=agendas(), data=st.data())
def test_moving_back_gives_the_same_agenda(items: Items, data: st.DataObject) -> None:
    chosen = one_of(items, data)
    parent = parent_of(items, chosen)
    old = [item.id for item in (parent.sub_items if parent else items)].index(chosen)
    assert move(move(items, chosen, data.draw(st.integers(0, 8))), chosen, old) == items


@given(items=agendas(), place=st.integers(-1, 8))
def test_removing_what_was_inserted_gives_the_same_agenda(items: Items, place: int) -> None:
    assert remove(insert(items, place, AgendaItem(id="ny", title="Nytt")), "ny") == items


@given(items=agendas(), data=st.data())
def test_a_demoted_item_can_be_promoted_again(items: Items, data: st.DataObject) -> None:
    chosen = data.draw(st.sampled_from([item.id for item in items]))
    lowered = demote(items, chosen)
    assert lowered == items or promote(lowered, chosen) == items


@given(items=agendas(), data=st.data())
def test_remove_takes_the_item_and_what_is_below_it_only(items: Items, data: st.DataObject) -> None:
    chosen = one_of(items, data)
    item = find(items, chosen)
    assert item is not None
    gone = set(ids((item,)))
    assert ids(remove(items, chosen)) == [one for one in ids(items) if one not in gone]


@given(items=agendas(), data=st.data())
def test_an_update_that_changes_nothing_gives_the_same_value(items: Items, data: st.DataObject) -> None:
    assert update(items, one_of(items, data), lambda item: item) == items

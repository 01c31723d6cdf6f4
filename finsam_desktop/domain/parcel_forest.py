"""A value as a forest of nodes: every dataclass that has an identity, with its plain fields, its place and its order.

What is compared between three versions is nodes, not paths, so that an item which has been moved is still the same
item. Which fields hold nodes is read from the types, so that a field added later is covered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from enum import Enum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

Address = tuple[str, ...]
"""What a node is called: ("AgendaItem", its id) for one that may move, else its parent's address, slot and key."""

Path = tuple[str, ...]
"""Names of fields from a node inwards, such as ("decision", "outcome")."""

Slot = tuple[Address, Path]
"""Where nodes hang: the address of the node they are in, and the field."""

ROOT: Address = ()


class Shape(Enum):
    """What a field holds: a plain value, a dataclass, perhaps one, or a list of dataclasses with identities."""

    PLAIN = "plain"
    PART = "part"
    PERHAPS = "perhaps"
    LIST = "list"


@dataclass(slots=True)
class Node:
    """A dataclass with identity: its plain fields by path, and where it hangs (None for the root)."""

    kind: type
    slot: Slot | None
    plain: dict[Path, Any] = field(default_factory=dict)

    def copy(self) -> Node:
        return Node(self.kind, self.slot, dict(self.plain))


@dataclass(slots=True)
class Forest:
    """All nodes of a value by address, and their order in each slot."""

    nodes: dict[Address, Node]
    order: dict[Address, dict[Path, list[Address]]]

    def inside(self, slot: Slot) -> list[Address]:
        """What hangs in a slot, in order."""
        return self.order.get(slot[0], {}).get(slot[1], [])

    def slots(self) -> Iterator[Slot]:
        """Every slot that something may hang in."""
        for owner, paths in self.order.items():
            for path in paths:
                yield owner, path

    def place(self, address: Address) -> Slot:
        """Where a node hangs. ValueError for the root."""
        slot = self.nodes[address].slot
        if slot is None:
            raise ValueError("the root hangs nowhere")
        return slot

    def children(self, address: Address) -> Iterator[Address]:
        """The nodes directly in this one, slot by slot."""
        for inside in self.order.get(address, {}).values():
            yield from inside

    def subtree(self, address: Address) -> Iterator[Address]:
        """The node and all in it."""
        yield address
        for child in self.children(address):
            yield from self.subtree(child)

    def above(self, address: Address) -> Iterator[Address]:
        """The nodes that this one is in, the nearest first, the root among them."""
        slot = self.nodes[address].slot
        while slot is not None:
            yield slot[0]
            slot = self.nodes[slot[0]].slot


def same(one: object, other: object) -> bool:
    """Equal to the last digit: 1.10 and 1.1 are equal amounts but not the same."""
    return one is other or (one == other and repr(one) == repr(other))


def shapes(kind: type) -> tuple[tuple[str, Shape, type | None], ...]:
    """Each field of a dataclass: its name, its shape, and the dataclass it holds."""
    return _shapes(kind)


@lru_cache(maxsize=256)
def _shapes(kind: type) -> tuple[tuple[str, Shape, type | None], ...]:
    hints = get_type_hints(kind)
    return tuple((one.name, *_shape(hints[one.name])) for one in fields(kind))


def _shape(hint: Any) -> tuple[Shape, type | None]:
    if isinstance(hint, type) and is_dataclass(hint):
        return Shape.PART, hint
    inside = get_args(hint)
    if get_origin(hint) in (Union, UnionType):
        kinds = [one for one in inside if one is not NoneType]
        if len(kinds) == 1 and isinstance(kinds[0], type) and is_dataclass(kinds[0]):
            return Shape.PERHAPS, kinds[0]
    if get_origin(hint) is tuple and len(inside) == 2 and inside[1] is Ellipsis:
        one = inside[0]
        if isinstance(one, type) and is_dataclass(one) and _key_fields(one):
            return Shape.LIST, one
    return Shape.PLAIN, None


def _key_fields(kind: type) -> tuple[str, ...]:
    """What tells elements of a list apart: an id, else whom and what they are about."""
    names = {one.name for one in fields(kind)}
    if "id" in names:
        return ("id",)
    if "person_id" in names:
        return ("person_id", "item_id") if "item_id" in names else ("person_id",)
    return ()


def key_of(value: Any) -> str:
    """What tells the value apart in its list; a person who is in no register is told apart by the name."""
    names = _key_fields(type(value))
    key = "|".join(str(getattr(value, name)) for name in names)
    return key or (str(getattr(value, "name", "")) if names == ("person_id",) else "")


class Planting:
    """The making of forests of several versions of a value, alike for all of them.

    ``movable`` are the kinds whose ids hold in the whole value. ``left_out`` are fields that are not compared: they
    are in no node. A list in which a key stands twice, in any of the versions, is compared as a whole.
    """

    def __init__(self, movable: Iterable[type], left_out: Mapping[type, frozenset[str]]) -> None:
        self._movable = frozenset(movable)
        self._left_out = left_out
        self._whole: set[Slot] = set()

    def forests(self, *versions: object) -> tuple[Forest, ...]:
        """The forest of each version."""
        while True:
            known = len(self._whole)
            made = tuple(self._forest(version) for version in versions)
            if len(self._whole) == known:
                return made

    def _forest(self, value: object) -> Forest:
        forest = Forest({ROOT: Node(type(value), None)}, {})
        self._plant(forest, ROOT, value, (), value)
        return forest

    def _plant(self, forest: Forest, address: Address, part: Any, path: Path, owner: Any) -> None:
        node = forest.nodes[address]
        left_out = self._left_out.get(type(part), frozenset())
        for name, shape, kind in shapes(type(part)):
            if name in left_out:
                continue
            here, value = (*path, name), getattr(part, name)
            slot = (address, here)
            if shape is Shape.PART:
                self._plant(forest, address, value, here, owner)
            elif shape is Shape.PLAIN or slot in self._whole:
                node.plain[here] = value
            elif shape is Shape.PERHAPS:
                self._hang(forest, slot, () if value is None else (((*address, ".".join(here)), value),))
            else:
                assert kind is not None
                self._hang(forest, slot, tuple((self._address(slot, kind, one), one) for one in value))

    def _address(self, slot: Slot, kind: type, value: Any) -> Address:
        if kind in self._movable:
            return (kind.__name__, key_of(value))
        return (*slot[0], ".".join(slot[1]), f"#{key_of(value)}")

    def _hang(self, forest: Forest, slot: Slot, found: tuple[tuple[Address, Any], ...]) -> None:
        addresses = [address for address, _ in found]
        twice = [one for one in addresses if one in forest.nodes]
        if twice or len(set(addresses)) < len(addresses) or any(one[-1] in ("", "#") for one in addresses):
            self._whole.add(slot)
            self._whole |= {place for one in twice if (place := forest.nodes[one].slot) is not None}
            return
        forest.order.setdefault(slot[0], {})[slot[1]] = addresses
        for address, value in found:
            forest.nodes[address] = Node(type(value), slot)
        for address, value in found:
            self._plant(forest, address, value, (), value)

    def grown(self, forest: Forest, like: Any) -> Any:
        """The value of a forest; fields that are left out are those of ``like``."""
        return self._grown(forest, ROOT, type(like), (), like)

    def part(self, forest: Forest, address: Address) -> Any:
        """The value of one node, with what is in it."""
        return self._grown(forest, address, forest.nodes[address].kind, (), None)

    def _grown(self, forest: Forest, address: Address, kind: type, path: Path, like: Any) -> Any:
        node = forest.nodes[address]
        left_out = self._left_out.get(kind, frozenset())
        values: dict[str, Any] = {}
        for name, shape, inner in shapes(kind):
            here = (*path, name)
            if name in left_out:
                if like is not None:
                    values[name] = getattr(like, name)
            elif here in node.plain:
                values[name] = node.plain[here]
            elif shape is Shape.PART:
                assert inner is not None
                values[name] = self._grown(
                    forest, address, inner, here, None if like is None else getattr(like, name)
                )
            else:
                inside = [
                    self._grown(forest, one, forest.nodes[one].kind, (), None)
                    for one in forest.inside((address, here))
                ]
                values[name] = tuple(inside) if shape is Shape.LIST else inside[0] if inside else None
        return kind(**values)

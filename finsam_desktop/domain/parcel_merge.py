"""Three versions of a value held against each other: what one side has changed, what both have, and taking it in.

``base`` is what was sent, ``mine`` what stands now, ``theirs`` what came back. A ``Difference`` is something that
theirs has changed and that mine does not already say. Where mine has changed the same thing it is a conflict, and
nothing is guessed. ``merged`` gives mine with the chosen differences taken in; the rest of mine is as it was.

An item is compared by its identity (``parcel_forest``): moved and rewritten are two differences. New things come after
the nearest thing before them in theirs that is there; things that only mine has keep their places.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from hashlib import sha256
from typing import Any, Generic, TypeVar

from finsam_desktop.domain.parcel_forest import Address, Forest, Node, Path, Planting, Slot, same

T = TypeVar("T")
NOTHING: Mapping[type, frozenset[str]] = {}


class What(StrEnum):
    """What a difference is."""

    FIELD = "field"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    ORDER = "order"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Something that theirs has changed.

    ``address`` is the node it is about (for ORDER the one that the list is in) and ``path`` the field or list. The
    values are those of the field; whole dataclasses for ADDED and REMOVED (None where there is none); slots for MOVED;
    tuples of addresses for ORDER. ``needs`` are the keys of what must be taken in with it. What is ``blocked`` cannot
    be taken in as things stand; it is always a conflict.
    """

    key: str
    what: What
    address: Address
    path: Path = ()
    old: Any = None
    mine: Any = None
    theirs: Any = None
    conflict: bool = False
    blocked: bool = False
    needs: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """SHA-256 of what it would make of it, by which a declined one is known again."""
        return sha256(f"{self.key}\0{self.theirs!r}".encode("utf-8", "surrogatepass")).hexdigest()


class ThreeWay(Generic[T]):
    """Base, mine and theirs of one value.

    ``movable`` are the kinds whose ids hold in the whole value; one of them stands in another of its own kind at most
    one step deep. ``left_out`` are fields that are not compared: mine's stay. The fields of a kind that are
    ``together``, such as a file's name and content, are changed all or none.
    """

    def __init__(
        self,
        base: T,
        mine: T,
        theirs: T,
        *,
        movable: Iterable[type] = (),
        left_out: Mapping[type, frozenset[str]] = NOTHING,
        together: Mapping[type, frozenset[str]] = NOTHING,
    ) -> None:
        self._planting = Planting(movable, left_out)
        self._together = together
        self._value = mine
        self._base, self._mine, self._theirs = self._planting.forests(base, mine, theirs)
        drafts = [*self._of_nodes(), *self._of_order(), *self._of_gone()]
        self._found = {one.key: one for one in _settled(drafts)}

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What theirs has changed: nodes in the order of theirs, then orders, then what it has removed."""
        return tuple(self._found.values())

    def with_needs(self, chosen: Iterable[str]) -> frozenset[str]:
        """The keys and those that they need. KeyError for one that is unknown."""
        found: set[str] = set()
        left = list(chosen)
        while left:
            key = left.pop()
            if key not in found:
                found.add(key)
                left += self._found[key].needs
        return frozenset(found)

    def merged(self, chosen: Iterable[str]) -> T:
        """Mine with these differences, and those they need, taken in. ValueError for one that is blocked."""
        keys = self.with_needs(chosen)
        wanted = [one for key, one in self._found.items() if key in keys]
        if any(one.blocked for one in wanted):
            raise ValueError("a blocked difference cannot be taken in")
        if not wanted:
            return self._value
        value: T = self._planting.grown(taken(self._mine, self._theirs, wanted), self._value)
        return value

    # -- what differs ---------------------------------------------------------------------------------

    def _of_nodes(self) -> Iterator[_Draft]:
        for address in self._theirs.nodes:
            if address not in self._mine.nodes:
                yield from self._new(address)
            else:
                yield from self._moved(address)
                yield from self._fields(address)

    def _fields(self, address: Address) -> Iterator[_Draft]:
        node, was, now = self._theirs.nodes[address], self._base.nodes.get(address), self._mine.nodes[address]
        group = self._together.get(node.kind, frozenset())
        bound: list[Difference] = []
        for path, new in node.plain.items():
            old, mine = was.plain.get(path) if was is not None else None, now.plain.get(path)
            if same(new, mine):
                continue
            one = Difference(
                key=_key(What.FIELD, address, path),
                what=What.FIELD,
                address=address,
                path=path,
                old=old,
                mine=mine,
                theirs=new,
                conflict=was is None or not same(mine, old),
            )
            if len(path) == 1 and path[0] in group:
                bound.append(one)
            elif was is None or not same(new, old):
                yield _Draft(one)
        if was is None or any(not same(one.theirs, one.old) for one in bound):
            keys = [one.key for one in bound]
            for one in bound:
                yield _Draft(one, wishes=keys)  # a conflict in one of them is one in all

    def _new(self, address: Address) -> Iterator[_Draft]:
        """What theirs has and mine has not: added there, or removed here and changed there. Something new that holds
        what mine has removed is a conflict too."""
        owner, path = self._theirs.place(address)
        back = address in self._base.nodes
        if owner not in self._mine.nodes or (back and self._untouched(self._theirs, address)):
            return
        one = Difference(
            key=_key(What.ADDED, address),
            what=What.ADDED,
            address=address,
            path=path,
            old=self._planting.part(self._base, address) if back else None,
            theirs=self._planting.part(self._theirs, address),
            conflict=any(a in self._base.nodes for a in _only_theirs(self._mine, self._theirs, address)),
        )
        yield _Draft(one, demands=self._room(address, owner))

    def _of_gone(self) -> Iterator[_Draft]:
        """What theirs has removed and mine still has, each with all that is in it."""
        for address in self._base.nodes:
            if address not in self._mine.nodes or address in self._theirs.nodes:
                continue
            owner, path = self._mine.place(address)
            if owner in self._base.nodes and owner not in self._theirs.nodes:
                continue
            one = Difference(
                key=_key(What.REMOVED, address),
                what=What.REMOVED,
                address=address,
                path=path,
                old=self._planting.part(self._base, address),
                mine=self._planting.part(self._mine, address),
                conflict=not self._untouched(self._mine, address),
            )
            kept = [a for a in self._mine.subtree(address) if a in self._theirs.nodes]
            yield _Draft(one, wishes=[_key(What.MOVED, a) for a in kept])

    def _untouched(self, forest: Forest, address: Address) -> bool:
        """Whether the node and all in it are as in base, where they were."""
        inside, was = list(forest.subtree(address)), list(self._base.subtree(address))
        return inside == was and all(
            forest.nodes[a].slot == self._base.nodes[a].slot
            and forest.nodes[a].plain.keys() == self._base.nodes[a].plain.keys()
            and all(same(v, self._base.nodes[a].plain[p]) for p, v in forest.nodes[a].plain.items())
            for a in inside
        )

    def _moved(self, address: Address) -> Iterator[_Draft]:
        was = self._base.nodes.get(address)
        old, mine = was.slot if was is not None else None, self._mine.nodes[address].slot
        new = self._theirs.nodes[address].slot
        if new is None or new == mine or (was is not None and new == old):
            return
        one = Difference(
            key=_key(What.MOVED, address),
            what=What.MOVED,
            address=address,
            path=new[1],
            old=old,
            mine=mine,
            theirs=new,
            conflict=was is None or mine != old,
        )
        yield _Draft(one, demands=[*self._owner(new[0]), *self._room(address, new[0])])

    def _owner(self, owner: Address) -> Iterator[list[str]]:
        """What a node is to stand in must be there: what was added, or is brought back, with it."""
        if owner not in self._mine.nodes:
            above = [a for a in (owner, *self._theirs.above(owner)) if a not in self._mine.nodes]
            yield [_key(What.ADDED, above[-1])]

    def _room(self, address: Address, owner: Address) -> list[list[str]]:
        """A node in one of its own kind: neither may that one stand in another, nor this one hold others. So it can
        not come to stand in itself either."""
        kind, mine = self._theirs.nodes[address].kind, self._mine
        if self._theirs.nodes[owner].kind is not kind:
            return []
        found = []
        if owner in mine.nodes and mine.nodes[mine.place(owner)[0]].kind is kind:
            found.append([_key(What.MOVED, owner)])
        if address in mine.nodes:
            inside = [a for a in mine.children(address) if mine.nodes[a].kind is kind]
            found += [[_key(What.MOVED, a), _key(What.REMOVED, a)] for a in inside]
        return found

    def _of_order(self) -> Iterator[_Draft]:
        for owner, path in self._theirs.slots():
            if owner not in self._mine.nodes:
                continue
            there = owner in self._base.nodes
            lists = [f.inside((owner, path)) for f in (self._base, self._mine, self._theirs)]
            everywhere = set.intersection(*(set(one) for one in (lists if there else lists[1:])))
            old, mine, new = (tuple(a for a in one if a in everywhere) for one in lists)
            if new != mine and (not there or new != old):
                one = Difference(
                    key=_key(What.ORDER, owner, path),
                    what=What.ORDER,
                    address=owner,
                    path=path,
                    old=old,
                    mine=mine,
                    theirs=new,
                    conflict=not there or mine != old,
                )
                yield _Draft(one)


@dataclass(slots=True)
class _Draft:
    """A difference before it is known what else differs.

    Of each of ``demands`` one must be there, else it is blocked; of ``wishes`` those that are there go with it.
    """

    one: Difference
    demands: list[list[str]] = field(default_factory=list)
    wishes: list[str] = field(default_factory=list)


def _settled(drafts: list[_Draft]) -> Iterator[Difference]:
    """The differences with their needs; one that needs a conflict or a blocked one is so too."""
    keys = {draft.one.key for draft in drafts}
    needs = {
        draft.one.key: tuple(
            dict.fromkeys(
                key
                for demand in (*draft.demands, draft.wishes)
                for key in demand
                if key in keys and key != draft.one.key
            )
        )
        for draft in drafts
    }
    blocked = {d.one.key for d in drafts if any(not keys & set(demand) for demand in d.demands)}
    conflicts = {draft.one.key for draft in drafts if draft.one.conflict} | blocked
    for marked in (blocked, conflicts):
        while more := {key for key in keys - marked if marked & set(needs[key])}:
            marked |= more
    for draft in drafts:
        key = draft.one.key
        yield replace(draft.one, needs=needs[key], conflict=key in conflicts, blocked=key in blocked)


def _key(what: What, address: Address, path: Path = ()) -> str:
    return "/".join((what.value, *address, *path))


# -- taking in -------------------------------------------------------------------------------------


def taken(mine: Forest, theirs: Forest, wanted: Iterable[Difference]) -> Forest:
    """Mine with these differences. They are complete: what they need is among them."""
    nodes = {address: node.copy() for address, node in mine.nodes.items()}
    by_what: dict[What, list[Difference]] = {what: [] for what in What}
    for one in wanted:
        by_what[one.what].append(one)
    for one in by_what[What.ADDED]:
        for address in _only_theirs(mine, theirs, one.address):
            nodes[address] = theirs.nodes[address].copy()
    for one in by_what[What.MOVED]:
        nodes[one.address].slot = one.theirs
    _remove(nodes, theirs, [one.address for one in by_what[What.REMOVED]])
    for one in by_what[What.FIELD]:
        if one.address in nodes:
            nodes[one.address].plain[one.path] = one.theirs
    order: dict[Address, dict[Path, list[Address]]] = {}
    reordered = {(one.address, one.path) for one in by_what[What.ORDER]}
    members: dict[Slot, list[Address]] = {}
    for address, node in nodes.items():
        if node.slot is not None:
            members.setdefault(node.slot, []).append(address)
    for slot, inside in members.items():
        row = _in_order(inside, mine.inside(slot), theirs.inside(slot), slot in reordered)
        order.setdefault(slot[0], {})[slot[1]] = row
    return Forest(nodes, order)


def _only_theirs(mine: Forest, theirs: Forest, address: Address) -> Iterator[Address]:
    """The node of theirs and what is in it, but for what mine has too: that is moved, not made."""
    if address not in mine.nodes:
        yield address
        for child in theirs.children(address):
            yield from _only_theirs(mine, theirs, child)


def _remove(nodes: dict[Address, Node], theirs: Forest, gone: list[Address]) -> None:
    """Take nodes away with all in them. What theirs has kept of that takes the place of the one it stood in."""
    for top in gone:
        if top not in nodes:
            continue
        place, kind, doomed = nodes[top].slot, nodes[top].kind, {top}
        rest = [a for a in nodes if a != top]
        while more := [
            a for a in rest if a not in doomed and (s := nodes[a].slot) is not None and s[0] in doomed
        ]:
            for address in more:
                if address in theirs.nodes and nodes[address].kind is kind:
                    nodes[address].slot = place
                else:
                    doomed.add(address)
        for address in doomed:
            del nodes[address]


def _in_order(
    inside: list[Address], mine: list[Address], theirs: list[Address], reordered: bool
) -> list[Address]:
    """The nodes of a slot: mine's order, new ones after the nearest before them in theirs, others last."""
    here = set(inside)
    row = [one for one in mine if one in here]
    placed = set(row)
    for number, one in enumerate(theirs):
        if one in here and one not in placed:
            before = next((a for a in reversed(theirs[:number]) if a in placed), None)
            row.insert(0 if before is None else row.index(before) + 1, one)
            placed.add(one)
    row += [one for one in inside if one not in placed]
    if reordered:
        known = set(theirs)
        new = iter([one for one in theirs if one in here])
        row = [next(new) if one in known else one for one in row]
    return row

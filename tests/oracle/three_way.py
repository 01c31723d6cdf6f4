"""What a returned mötespaket changes, worked out slowly on plain JSON, apart from the program.

A meeting is a dict. Items and bilagor are taken out of it into a table by id, each with where it stands; the rest is
walked field by field. The answer is the merged meeting with everything that only one side has changed, and every change
with its name and whether both have made one there. Rules, in words:

* A field that theirs has changed and that mine does not already say is a change; a conflict when mine has changed it.
* Fields that mean something only together (a file, a table's figures, when somebody was there, a jäv) are one.
* A list of things with ids is compared thing by thing, unless an id stands twice in it: then as one value.
* A candidate who is in no register has no id of a person, and is known by the name.
* A thing that theirs removed is a conflict when mine has changed anything in it; one that mine removed is one when
  theirs has. New things come after the nearest thing before them in theirs that is there.
* An item may stand in another, one step deep. What would break that is a conflict, and so is whatever needs one.
"""

from __future__ import annotations

import json
from typing import Any

Json = Any
Change = tuple[str, bool]

NOT_COMPARED = ("calendar", "signed_minutes", "parcels", "redacted_under", "live", "comments", "approvals")
PERHAPS = ("report", "memo", "letter", "referral", "vote", "election", "follow_up", "source", "period", "made",
           "frozen_register", "account_plan", "plan", "parcel")  # fmt: skip
FILE = ("file_name", "sha256", "size", "pages", "reviewed", "barriers")
FIGURES = ("columns", "rows", "source_unit", "costs_positive")
THERE = ("present", "distance", "audio_only", "from_item", "arrived_at", "to_item", "left_at", "serving_for", "away",
         "audio_reason", "also_serving_for")  # fmt: skip
JAV = ("reason", "substitute_id", "ruling")
ITEM, BILAGA, TOP = "AgendaItem", "Attachment", ""
NONE = object()


def merged(base: Json, mine: Json, theirs: Json) -> tuple[Json, dict[str, bool]]:
    """Mine with all that only theirs has changed; and every change by name: True for a conflict."""
    case = Case(base, mine, theirs)
    return case.result(), case.changes


def key(value: Json) -> str | None:
    if not isinstance(value, dict):
        return None
    if "id" in value:
        return str(value["id"])
    if "person_id" in value and "item_id" in value:
        return f"{value['person_id']}|{value['item_id']}"
    if "person_id" in value and "votes" in value:
        return str(value["person_id"] or value["name"])
    return str(value["person_id"]) if "person_id" in value else None


def keyed(*lists: Json) -> bool:
    """Whether these lists are of things with ids, each once in each list."""
    keys = [[key(one) for one in some] for some in lists if isinstance(some, list)]
    flat = [one for some in keys for one in some]
    return (
        bool(flat)
        and None not in flat
        and "" not in flat
        and all(len(set(some)) == len(some) for some in keys)
    )


def in_order(here: set[str], mine: list[str], theirs: list[str], reorder: bool) -> list[str]:
    row = [one for one in mine if one in here]
    for place, one in enumerate(theirs):
        if one in here and one not in row:
            before = [other for other in theirs[:place] if other in row]
            row.insert(row.index(before[-1]) + 1 if before else 0, one)
    if reorder:
        wanted = [one for one in theirs if one in here]
        row = [wanted.pop(0) if one in theirs else one for one in row]
    return row


class Case:
    def __init__(self, base: Json, mine: Json, theirs: Json) -> None:
        self.changes: dict[str, bool] = {}
        self.things = [table(one) for one in (base, mine, theirs)]
        self.tops = [top(one) for one in (base, mine, theirs)]
        self.mine = mine
        self.broken: set[str] = set()

    # -- the whole ------------------------------------------------------------------------------------

    def result(self) -> Json:
        b, m, t = self.tops
        whole = self.fields(b, m, t, [], [])
        bases, mines, theirs = self.things
        bodies: dict[str, Json] = {}
        for one in mines:
            if one in theirs:
                was = bases[one].body if one in bases else NONE
                bodies[one] = self.fields(was, mines[one].body, theirs[one].body, [mines[one].kind, one], [])
            else:
                bodies[one] = mines[one].body
        place = self.places()
        for one in place:
            bodies.setdefault(one, theirs[one].body if one in theirs else NONE)
        orders = self.orders()
        return self.built(whole, bodies, place, orders)

    def built(
        self, whole: Json, bodies: dict[str, Json], place: dict[str, Place], orders: dict[Place, bool]
    ) -> Json:
        _, mines, theirs = self.things

        def inside(owner: str, slot: str) -> list[Json]:
            here = {one for one, where in place.items() if where == (owner, slot)}
            was = [one for one in mines if mines[one].place == (owner, slot)]
            new = [one for one in theirs if theirs[one].place == (owner, slot)]
            row = in_order(here, was, new, orders.get((owner, slot), False))
            return [whole_thing(one) for one in row]

        def whole_thing(one: str) -> Json:
            body = dict(bodies[one])
            if "decision" in body:
                body["sub_items"] = inside(one, "sub_items")
                body["attachments"] = inside(one, "attachments")
            return body

        return {
            **whole,
            "items": inside(TOP, "items"),
            **{n: self.mine[n] for n in NOT_COMPARED if n in self.mine},
        }

    # -- where things stand ---------------------------------------------------------------------------

    def same_inside(self, version: int, one: str) -> bool:
        """Whether the thing and all in it are in this version just as they were, where they were."""
        return self.tree(version, one) == self.tree(0, one)

    def tree(self, version: int, one: str) -> Json:
        things = self.things[version]
        thing = things[one]
        inside = [self.tree(version, other) for other in things if things[other].place[0] == one]
        return [thing.place, thing.body, inside]

    def within(self, version: int, one: str) -> list[str]:
        things = self.things[version]
        found = [one]
        for other in things:
            if things[other].place[0] == one:
                found += self.within(version, other)
        return found

    def places(self) -> dict[str, Place]:
        """Where every thing of the result stands."""
        bases, mines, theirs = self.things
        moved, added, removed = {}, {}, {}
        for one, thing in theirs.items():
            if one in mines:
                was = bases[one].place if one in bases else None
                if thing.place != mines[one].place and thing.place != was:
                    moved[one] = mines[one].place != was
            elif thing.place[0] == TOP or thing.place[0] in mines:
                if one not in bases:
                    new = [other for other in self.within(2, one) if self.new_all_the_way(other, one)]
                    added[one] = any(other in bases and other not in mines for other in new)
                elif not self.same_inside(2, one):
                    added[one] = True
        for one in mines:
            if one in bases and one not in theirs:
                above = mines[one].place[0]
                if above not in bases or above in theirs:
                    removed[one] = not self.same_inside(1, one)
        names = {
            **{("moved", one): moved[one] for one in moved},
            **{("added", one): added[one] for one in added},
            **{("removed", one): removed[one] for one in removed},
        }
        self.spread(names, moved, added, removed)
        for (what, one), conflict in names.items():
            kind = (theirs.get(one) or mines.get(one) or bases[one]).kind
            self.changes[f"{what}/{kind}/{one}"] = conflict
        place = {one: thing.place for one, thing in mines.items()}
        for one in added:
            if not names["added", one]:
                for other in self.within(2, one):
                    if other not in mines and self.new_all_the_way(other, one):
                        place[other] = theirs[other].place
        for one in moved:
            if not names["moved", one]:
                place[one] = theirs[one].place
        for one in removed:
            if not names["removed", one]:
                for other in self.within(1, one):
                    if other not in theirs:
                        place.pop(other, None)
        return place

    def new_all_the_way(self, one: str, top_one: str) -> bool:
        """Whether everything from a new thing down to one in it is new here."""
        theirs = self.things[2]
        while one != top_one:
            one = theirs[one].place[0]
            if one in self.things[1]:
                return False
        return True

    def spread(self, names: dict[Any, bool], moved: Any, added: Any, removed: Any) -> None:
        """What cannot stand where theirs has it is a conflict, and what needs a conflict is one too."""
        _, _mines, _theirs = self.things
        again = True
        while again:
            again = False
            for name, conflict in list(names.items()):
                if not conflict and self.stuck(name, names, moved, added, removed):
                    names[name] = again = True

    def stuck(self, name: Any, names: dict[Any, bool], moved: Any, added: Any, removed: Any) -> bool:
        _, mines, theirs = self.things
        what, one = name
        if what == "removed":
            return any(names.get(("moved", other), False) for other in self.within(1, one) if other in theirs)
        owner = theirs[one].place[0]
        if owner and owner not in mines:
            over = owner
            while theirs[over].place[0] and theirs[over].place[0] not in mines:
                over = theirs[over].place[0]
            if names.get(("added", over), True):
                return True
        if theirs[one].kind == ITEM and owner:
            if owner in mines and mines[owner].place[0] and names.get(("moved", owner), True):
                return True
            for other in mines:
                if mines[other].place == (one, "sub_items"):
                    away = [names[w, other] for w in ("moved", "removed") if (w, other) in names]
                    if not away or any(away):
                        return True
        return False

    # -- order ----------------------------------------------------------------------------------------

    def orders(self) -> dict[Place, bool]:
        bases, mines, theirs = self.things
        found: dict[Place, bool] = {}
        slots = dict.fromkeys(thing.place for thing in theirs.values())
        for slot in slots:
            if slot[0] and slot[0] not in mines:
                continue
            there = not slot[0] or slot[0] in bases
            rows = [[one for one in things if things[one].place == slot] for things in self.things]
            name = "/".join(["order", *([mines[slot[0]].kind, slot[0]] if slot[0] else []), slot[1]])
            self.order(name, rows, there)
            found[slot] = self.changes.get(name) is False
        return found

    def order(self, name: str, rows: list[list[str]], there: bool) -> bool:
        b, m, t = rows
        common = {one for one in t if one in m and (one in b or not there)}
        b, m, t = ([one for one in some if one in common] for some in (b, m, t))
        if t != m and (not there or t != b):
            self.changes[name] = not there or m != b
            return not self.changes[name]
        return False

    # -- fields ---------------------------------------------------------------------------------------

    def fields(self, b: Json, m: Json, t: Json, where: list[str], path: list[str]) -> Json:
        """A dict's fields merged; ``b`` NONE where it was not there."""
        out = dict(m)
        bound: list[str] = []
        group = self.group(t, path)
        for name in t:
            old = b[name] if isinstance(b, dict) and b is not NONE else NONE
            here = [*path, name]
            if name in group and (
                old is NONE or (not isinstance(t[name], dict) and not isinstance(old, dict))
            ):
                if t[name] != m[name]:
                    bound.append(name)
            else:
                out[name] = self.field(name, old, m[name], t[name], where, here)
        if bound and (b is NONE or any(t[name] != b[name] for name in bound)):
            conflict = b is NONE or any(m[name] != b[name] for name in bound)
            for name in bound:
                self.changes["/".join(["field", *where, *path, name])] = conflict
                if not conflict:
                    out[name] = t[name]
        return out

    def group(self, value: Json, path: list[str]) -> tuple[str, ...]:
        if path:
            return ()
        if "file_name" in value and "barriers" in value:
            return FILE
        if "from_item" in value and "serving_for" in value:
            return THERE
        if "substitute_id" in value and "ruling" in value:
            return JAV
        return FIGURES if "costs_positive" in value else ()

    def field(self, name: str, b: Json, m: Json, t: Json, where: list[str], path: list[str]) -> Json:
        if name in PERHAPS and any(isinstance(one, dict) for one in (b, m, t)):
            return self.perhaps(b, m, t, [*where, ".".join(path)])
        if isinstance(t, dict) and isinstance(m, dict):
            return self.fields(b, m, t, where, path)
        if keyed(m, t, [] if b is NONE else b):
            return self.listed(b, m, t, where, path)
        return self.plain(b, m, t, "/".join(["field", *where, *path]))

    def plain(self, b: Json, m: Json, t: Json, name: str) -> Json:
        if t == m or (b is not NONE and t == b):
            return m
        self.changes[name] = b is NONE or m != b
        return m if self.changes[name] else t

    def perhaps(self, b: Json, m: Json, t: Json, where: list[str]) -> Json:
        """A part that may be there or not."""
        if m is not None and t is not None:
            return self.fields(NONE if b is None else b, m, t, where, [])
        if m is None and t is None:
            return None
        name = "/".join(["added" if m is None else "removed", *where])
        was = None if b is NONE else b
        if (t if m is None else m) == was:  # one side has taken it away as it was
            if m is None:
                return m
            self.changes[name] = False
            return t
        if t is None and was is None:  # only mine has made it
            return m
        self.changes[name] = was is not None
        return m if was is not None else t

    def listed(self, b: Json, m: Json, t: Json, where: list[str], path: list[str]) -> Json:
        """A list of things with keys."""
        there = b is not NONE
        olds = {key(one): one for one in (b if there else [])}
        mines, theirs = {key(one): one for one in m}, {key(one): one for one in t}
        slot = ".".join(path)
        here = dict(mines)
        for one in theirs:
            at = [*where, slot, f"#{one}"]
            if one in mines:
                here[one] = self.fields(olds.get(one, NONE), mines[one], theirs[one], at, [])
            elif one not in olds:
                self.changes["/".join(["added", *at])] = False
                here[one] = theirs[one]
            elif theirs[one] != olds[one]:
                self.changes["/".join(["added", *at])] = True
        for one in mines:
            if one in olds and one not in theirs:
                conflict = mines[one] != olds[one]
                self.changes["/".join(["removed", *where, slot, f"#{one}"])] = conflict
                if not conflict:
                    del here[one]
        name = "/".join(["order", *where, *path])
        reorder = self.order(name, [list(olds), list(mines), list(theirs)], there)
        return [here[one] for one in in_order(set(here), list(mines), list(theirs), reorder)]


Place = tuple[str, str]


class Thing:
    def __init__(self, kind: str, place: Place, body: Json) -> None:
        self.kind, self.place = kind, place
        self.body = {name: value for name, value in body.items() if name not in ("sub_items", "attachments")}


def table(meeting: Json) -> dict[str, Thing]:
    """Every item and bilaga by id, in the order they stand."""
    found: dict[str, Thing] = {}

    def walk(items: Json, owner: str, slot: str) -> None:
        for item in items:
            found[item["id"]] = Thing(ITEM, (owner, slot), item)
            for one in item["attachments"]:
                found[one["id"]] = Thing(BILAGA, (item["id"], "attachments"), one)
            walk(item["sub_items"], item["id"], "sub_items")

    walk(meeting["items"], TOP, "items")
    return found


def top(meeting: Json) -> Json:
    return {name: value for name, value in meeting.items() if name != "items" and name not in NOT_COMPARED}


def plain(data: bytes) -> Json:
    """The JSON of a meeting as dicts and lists."""
    return json.loads(data)

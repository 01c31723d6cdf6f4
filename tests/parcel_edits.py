"""Random edits of a meeting, of every field it can hold: what two people may do to it apart from each other."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from random import Random
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from finsam_desktop.domain import agenda, recording
from finsam_desktop.domain.agenda import AgendaItem, Attachment, Items, walk
from finsam_desktop.domain.decisions import Ballot, Candidate, Election
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.parcel import NOT_COMPARED
from tests.filled import filled

Trail = tuple[str | int, ...]
PEOPLE = ("anna", "bo", "cia", "dan")
"""Few, so that both sides record something of the same person."""
OUTSIDE = ("Eva Utomstående", "Finn Utomstående", "Gun Utomstående")
"""People who are in no register."""
SAME = "Samma ord hos båda"
"""What both sides sometimes write, so that they agree without knowing."""


def a_meeting(rng: Random, items: int = 5) -> Meeting:
    """A meeting with every field filled, and several items with sub-items and bilagor."""
    return replace(
        filled(Meeting, "möte"),
        items=tuple(an_item(rng, f"ärende {n}") for n in range(items)),
        comments=(),
        approvals=(),
        parcels=(),
        redacted_under=(),
        signed_minutes=(),
        seals=(),
    )


def an_item(rng: Random, word: str) -> AgendaItem:
    """An item with every field filled, up to two sub-items and up to three bilagor."""
    one = filled(AgendaItem, word)
    sub = replace(one.sub_items[0], sub_items=())
    return replace(
        one,
        id=word,
        decision=replace(one.decision, election=an_election(rng)),
        sub_items=tuple(
            replace(
                filled(AgendaItem, f"{word} under {n}"), id=f"{word} under {n}", sub_items=(), attachments=()
            )
            for n in range(rng.choice((0, 0, 1, 2)))
        )
        if rng.random() < 0.8
        else (replace(sub, id=f"{word} sub", attachments=()),),
        attachments=tuple(
            replace(one.attachments[0], id=f"{word} bilaga {n}") for n in range(rng.choice((0, 1, 3)))
        ),
    )


def an_election(rng: Random) -> Election:
    """An election between people in the register and people who are in none, known by their names alone."""
    known = tuple(Candidate(name=one, person_id=one, votes=rng.randrange(5)) for one in PEOPLE[:2])
    others = tuple(Candidate(name=one, votes=rng.randrange(5)) for one in OUTSIDE[: rng.randrange(3)])
    return Election(candidates=(*known, *others))


def edited(meeting: Meeting, rng: Random, count: int) -> Meeting:
    """The meeting after so many edits."""
    for _ in range(count):
        edit = rng.choice((_a_field, _a_field, _a_field, _a_part, _items, _items, _papers, _at_the_meeting))
        meeting = edit(meeting, rng)
    return meeting


def a_small_meeting(rng: Random) -> Meeting:
    """A meeting of a few bare items, to be turned about many times in a second."""
    items = tuple(a_bare_item(f"{n}", rng) for n in range(rng.randrange(2, 5)))
    return Meeting(id="m", date=date(2026, 10, 29), items=items)


def a_bare_item(word: str, rng: Random) -> AgendaItem:
    """An item with ids and titles only, and sometimes a sub-item and bilagor."""
    subs = tuple(AgendaItem(id=f"{word}s{n}", title=f"{word}s{n}") for n in range(rng.choice((0, 1, 2))))
    papers = tuple(Attachment(id=f"{word}b{n}", title=f"{word}b{n}") for n in range(rng.choice((0, 1, 2))))
    return AgendaItem(id=word, title=word, sub_items=subs, attachments=papers)


def rearranged(meeting: Meeting, rng: Random, count: int) -> Meeting:
    """The meeting after so many moves, additions, removals and new titles."""
    for _ in range(count):
        match rng.randrange(6):
            case 0:
                meeting = _papers(meeting, rng, bare=True)
            case 1:
                every = [one.id for one in walk(meeting.items)]
                if every:
                    title = rng.choice((SAME, f"{rng.randrange(100)}"))
                    items = agenda.update(
                        meeting.items, rng.choice(every), lambda one, title=title: replace(one, title=title)
                    )
                    meeting = replace(meeting, items=items)
            case _:
                meeting = _items(meeting, rng, bare=True)
    return meeting


# -- any field -------------------------------------------------------------------------------------


def _a_field(meeting: Meeting, rng: Random) -> Meeting:
    trail, hint, value = _spot(meeting, rng, parts=False)
    return _set(meeting, trail, _other(hint, value, rng))


def _a_part(meeting: Meeting, rng: Random) -> Meeting:
    """A part that may be there or not, or a list of parts: one more, one less, or in another order."""
    trail, hint, value = _spot(meeting, rng, parts=True)
    kind = _part_kind(hint)
    new: Any = filled(kind, f"ny {rng.randrange(10**6)}")
    if not isinstance(value, tuple):
        return _set(meeting, trail, None if value is not None and _may_lack(hint) else new)
    rows = list(value)
    match rng.randrange(3):
        case 0:
            rows.insert(rng.randrange(len(rows) + 1), new)
        case 1 if rows:
            rows.pop(rng.randrange(len(rows)))
        case _:
            rng.shuffle(rows)
    return _set(meeting, trail, tuple(rows))


def _spot(meeting: Meeting, rng: Random, *, parts: bool) -> tuple[Trail, Any, Any]:
    """A field somewhere, with its type: a plain one, or with ``parts`` one that holds parts."""
    while True:
        found = _below(meeting, (), rng, parts)
        if found is not None:
            return found


def _below(value: Any, trail: Trail, rng: Random, parts: bool) -> tuple[Trail, Any, Any] | None:
    hints = _hints(type(value))
    left_out = NOT_COMPARED.get(type(value), frozenset())
    name = rng.choice([one for one in hints if one not in left_out and one != "id"])
    if isinstance(value, Meeting) and rng.random() < 0.7:
        name = "items"
    inner, here = getattr(value, name), (*trail, name)
    kind = _part_kind(hints[name])
    if kind is None:
        return None if parts else (here, hints[name], inner)
    agenda_of = isinstance(value, Meeting | AgendaItem) and name in ("items", "sub_items", "attachments")
    if parts and not agenda_of and rng.random() < 0.5:
        return here, hints[name], inner
    if isinstance(inner, tuple) and inner:
        place = rng.randrange(len(inner))
        return _below(inner[place], (*here, place), rng, parts)
    return _below(inner, here, rng, parts) if is_dataclass(inner) else None


@lru_cache(maxsize=128)
def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {one.name: hints[one.name] for one in fields(kind)}


@lru_cache(maxsize=512)
def _part_kind(hint: Any) -> Any:
    found = [one for one in (hint, *get_args(hint)) if isinstance(one, type) and is_dataclass(one)]
    return found[0] if found else None


def _may_lack(hint: Any) -> bool:
    return NoneType in get_args(hint)


def _set(value: Any, trail: Trail, new: Any) -> Any:
    if not trail:
        return new
    first, rest = trail[0], trail[1:]
    if isinstance(first, int):
        return (*value[:first], _set(value[first], rest, new), *value[first + 1 :])
    return replace(value, **{first: _set(getattr(value, first), rest, new)})


def _other(hint: Any, value: Any, rng: Random) -> Any:
    """Another value of the same type."""
    if get_origin(hint) in (Union, UnionType):
        kinds = [one for one in get_args(hint) if one is not NoneType]
        return _other(kinds[0], value, rng) if value is None or rng.random() < 0.7 else None
    if get_origin(hint) is tuple:
        inner = get_args(hint)
        if len(inner) == 2 and inner[1] is Ellipsis:
            return (*value, _other(inner[0], None, rng)) if rng.random() < 0.7 else value[1:]
        return tuple(
            _other(one, old, rng) for one, old in zip(inner, value or [None] * len(inner), strict=True)
        )
    if hint is str:
        return SAME if rng.random() < 0.2 else f"{value or ''} {rng.randrange(10**6)}"
    if hint is bool:
        return not value
    if hint is int:
        return (value or 0) + rng.randrange(1, 4)
    if hint is Decimal:
        return (value or Decimal(0)) + Decimal(rng.choice(("1", "0.10", "0.1")))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return rng.choice(list(hint))
    if hint is time:
        return time(rng.randrange(24), rng.randrange(60))
    if isinstance(hint, type) and issubclass(hint, date):
        return (value or filled_day(hint)) + timedelta(days=rng.randrange(1, 4))
    raise TypeError(hint)


def filled_day(kind: type) -> Any:
    return kind(2026, 10, 29)


# -- what happened at the meeting ------------------------------------------------------------------


def _at_the_meeting(meeting: Meeting, rng: Random) -> Meeting:
    """Something recorded as a key or a button of Närvaro och beslut records it."""
    every = [one.id for one in walk(meeting.items)]
    if not every:
        return meeting
    who, other = rng.sample(PEOPLE, 2)
    item, at = rng.choice(every), time(9, rng.randrange(60))
    motion = f"y{rng.randrange(3)}"
    match rng.randrange(15):
        case 0:
            return recording.absent(meeting, who)
        case 1:
            return recording.as_usual(meeting, who)
        case 2:
            return recording.arrives(meeting, who, item, at)
        case 3:
            return recording.leaves(meeting, who, item, at)
        case 4:
            return recording.away(meeting, who, item, item, left_at=at)
        case 5:
            return recording.at_distance(meeting, who, audio_only=rng.random() < 0.5)
        case 6:
            return recording.serves(meeting, who, other)
        case 7:
            return recording.conflict(meeting, who, item, reason=rng.choice((SAME, "part i avtalet")))
        case 8:
            return recording.no_conflict(meeting, who, item)
        case 9:
            return recording.cast(meeting, item, who, rng.choice(list(Ballot)))
        case 10:
            return recording.move(meeting, item, who, text=f"{rng.randrange(9)}", motion_id=motion)
        case 11:
            return recording.dissent(meeting, item, who, in_favour_of=motion, at=at)
        case 12 | 13:
            return _counted_again(meeting, rng)
        case _:
            votes = {name: rng.randrange(5) for name in (who, other)}
            named = rng.random() < 0.7
            standing = tuple(
                Candidate(name=name, person_id=name if named else "", votes=count)
                for name, count in votes.items()
            )
            return recording.elect(meeting, item, standing, blank=rng.randrange(2))


def _counted_again(meeting: Meeting, rng: Random) -> Meeting:
    """An election where somebody got other votes, is no longer a candidate, or is one who is in no register."""
    held = [one for one in walk(meeting.items) if one.decision.election is not None]
    if not held:
        return meeting
    item = rng.choice(held)
    assert item.decision.election is not None
    standing = list(item.decision.election.candidates)
    place = rng.randrange(len(standing) + 1)
    if place == len(standing) or rng.random() < 0.2:
        standing.insert(place, Candidate(name=rng.choice(OUTSIDE), votes=rng.randrange(5)))
    elif rng.random() < 0.2:
        standing.pop(place)
    else:
        standing[place] = replace(standing[place], votes=rng.randrange(9))
    return recording.elect(meeting, item.id, tuple(standing), blank=item.decision.election.blank)


# -- the agenda ------------------------------------------------------------------------------------


def _items(meeting: Meeting, rng: Random, *, bare: bool = False) -> Meeting:
    items = meeting.items
    every = [one.id for one in walk(items)]
    if not every or rng.random() < 0.15:
        word = f"nytt {rng.randrange(10**6)}"
        new = a_bare_item(word, rng) if bare else an_item(rng, word)
        return replace(meeting, items=agenda.insert(items, rng.randrange(len(items) + 1), new))
    one = rng.choice(every)
    match rng.randrange(5):
        case 0:
            items = agenda.remove(items, one)
        case 1:
            items = agenda.demote(items, one)
        case 2:
            items = agenda.promote(items, one)
        case 3:
            items = _nested(items, one, rng)
        case _:
            items = agenda.move(items, one, rng.randrange(len(items) + 1))
    return replace(meeting, items=items)


def _nested(items: Items, item_id: str, rng: Random) -> Items:
    """The item as a sub-item of any other, when that makes no third step."""
    item = agenda.find(items, item_id)
    tops = [one.id for one in items if one.id != item_id]
    if item is None or item.sub_items or not tops:
        return items
    return agenda.update(
        agenda.remove(items, item_id),
        rng.choice(tops),
        lambda one: replace(one, sub_items=agenda.insert(one.sub_items, rng.randrange(3), item)),
    )


def _papers(meeting: Meeting, rng: Random, *, bare: bool = False) -> Meeting:
    """A bilaga more, less, with another file, in another order or moved to another item."""
    every = list(walk(meeting.items))
    if not every:
        return meeting
    item = rng.choice(every)
    papers = list(item.attachments)
    if not papers or rng.random() < 0.2:
        word = f"bilaga {rng.randrange(10**6)}"
        new = Attachment(id=word, title=word) if bare else filled(Attachment, word)
        papers.insert(rng.randrange(len(papers) + 1), new)
        return _with_papers(meeting, item.id, papers)
    place = rng.randrange(len(papers))
    match rng.randrange(4):
        case 0:
            papers.pop(place)
        case 1:
            papers[place] = replace(
                papers[place], sha256=f"{rng.randrange(10**6)}", size=rng.randrange(10**6)
            )
        case 2:
            rng.shuffle(papers)
        case _:
            moved = papers.pop(place)
            meeting = _with_papers(meeting, item.id, papers)
            item = rng.choice(every)
            found = agenda.find(meeting.items, item.id)
            assert found is not None
            papers = [*found.attachments, moved]
    return _with_papers(meeting, item.id, papers)


def _with_papers(meeting: Meeting, item_id: str, papers: list[Attachment]) -> Meeting:
    return replace(
        meeting,
        items=agenda.update(meeting.items, item_id, lambda one: replace(one, attachments=tuple(papers))),
    )

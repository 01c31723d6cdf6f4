"""What is recorded of a meeting, told in a line or two: presence, jäv, yrkanden, votes, elections and reservations.

For the answer to a mötespaket, where the fields one by one ("Från och med", "Röstande") would have to be put together
by the reader.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import time
from typing import Any

from finsam_desktop.domain.attendance import Away, ConflictOfInterest, Presence, Ruling
from finsam_desktop.domain.decisions import (
    Ballot,
    Candidate,
    CastBallot,
    Dissent,
    Election,
    MinuteNote,
    Motion,
    MotionKind,
    Vote,
)
from finsam_desktop.domain.meeting import Adjuster
from finsam_desktop.domain.vote_sentences import BALLOT_WORDS
from finsam_desktop.domain.wording import clock, join_names

Names = Callable[[str], str]
"""What an id is called."""

PRESENT, ABSENT, NOT_THERE = "Närvarande", "Frånvarande", "Inte med på sammanträdet"
_RULINGS = {
    Ruling.UNDISPUTED: "Ingen invände",
    Ruling.IN_CONFLICT: "Styrelsen prövade och fann jäv",
    Ruling.NOT_IN_CONFLICT: "Styrelsen prövade och fann inte jäv",
}
_MOTIONS = {MotionKind.SUPPORT: "Bifall till förslaget", MotionKind.REJECTION: "Avslag på förslaget"}


def recorded(value: object, names: Names) -> str | None:
    """The thing in words, a line for each fact; None for what is told field by field."""
    tell = _TOLD.get(type(value))
    return None if tell is None else "\n".join(tell(value, names))


def _presence(one: Presence, names: Names) -> Iterator[str]:
    if not one.present:
        yield ABSENT
        return
    found = list(_presence_facts(one, names))
    yield from found or [PRESENT]


def _presence_facts(one: Presence, names: Names) -> Iterator[str]:
    if one.from_item or one.arrived_at:
        yield f"Kom{_to(' till', one.from_item, names)}{_at(one.arrived_at)}"
    if one.to_item or one.left_at:
        yield f"Gick{_to(' efter', one.to_item, names)}{_at(one.left_at)}"
    for away in one.away:
        yield _away(away, names)
    if one.distance:
        reason = f": {one.audio_reason}" if one.audio_reason else ""
        yield f"På distans, bara ljud{reason}" if one.audio_only else "På distans"
    seats = [one.serving_for, *one.also_serving_for]
    served = [names(seat) for seat in seats if seat]
    if served:
        yield f"Tjänstgör för {join_names(served)}"


def _away(one: Away, names: Names) -> str:
    first, last = names(one.from_item), names(one.to_item)
    where = f"under {first}" if one.from_item == one.to_item else f"från {first} till och med {last}"
    times = (
        f", klockan {_clock(one.left_at)} till {_clock(one.back_at)}" if one.left_at or one.back_at else ""
    )
    return f"Ute {where}{times}" + (", förbindelsen bröts" if one.lost_connection else "")


def _conflict(one: ConflictOfInterest, names: Names) -> Iterator[str]:
    yield f"Jäv i {names(one.item_id)}"
    if one.reason:
        yield f"Skäl: {one.reason}"
    yield _RULINGS[one.ruling]
    if one.substitute_id:
        yield f"Ersätts av {names(one.substitute_id)}"


def _motion(one: Motion, names: Names) -> Iterator[str]:
    yield one.text if one.kind is MotionKind.OWN else f"{_MOTIONS[one.kind]}{_own(one.text)}"
    if one.supporters:
        yield f"Instämmer: {join_names(tuple(map(names, one.supporters)))}"
    if one.withdrawn:
        yield "Återtaget"


def _vote(one: Vote, names: Names) -> Iterator[str]:
    yield f"Ja betyder: {names(one.yes_motion) if one.yes_motion else 'förslaget'}"
    yield f"Nej betyder: {names(one.no_motion) if one.no_motion else 'avslag'}"
    if one.requested_by:
        yield f"Begärd av {names(one.requested_by)}"
    for ballot in Ballot:
        voters = [names(cast.person_id) for cast in one.ballots if cast.ballot is ballot]
        if voters:
            yield f"{BALLOT_WORDS[ballot]}, {len(voters)}: {join_names(voters)}"


def _ballot(one: CastBallot, _names: Names) -> Iterator[str]:
    yield BALLOT_WORDS[one.ballot]


def _election(one: Election, names: Names) -> Iterator[str]:
    yield f"{one.seats} att välja, {'slutna sedlar' if one.secret else 'öppet val'}"
    for candidate in one.candidates:
        yield from _candidate(candidate, names)
    if one.blank:
        yield f"Blanka sedlar: {one.blank}"
    if one.drawn:
        yield f"Lotten gav {join_names(one.drawn)}"


def _candidate(one: Candidate, names: Names) -> Iterator[str]:
    name = one.name or (names(one.person_id) if one.person_id else "")
    yield f"{name}: {one.votes} {'röst' if one.votes == 1 else 'röster'}"


def _dissent(one: Dissent, names: Names) -> Iterator[str]:
    if one.in_favour_of:
        yield f"Till förmån för {names(one.in_favour_of)}"
    if one.announced_at is not None:
        yield f"Anmäld klockan {clock(one.announced_at)}"
    yield f"Skriftlig: {names(one.attachment_id)}" if one.attachment_id else "Muntlig"


def _note(one: MinuteNote, _names: Names) -> Iterator[str]:
    yield one.text


def _adjuster(one: Adjuster, names: Names) -> Iterator[str]:
    deputy = f", ersättare {names(one.deputy_id)}" if one.deputy_id else ""
    yield f"{names(one.person_id)}{deputy}"


def _to(word: str, item_id: str, names: Names) -> str:
    return f"{word} {names(item_id)}" if item_id else ""


def _own(text: str) -> str:
    return f": {text}" if text else ""


def _at(moment: time | None) -> str:
    return f", klockan {clock(moment)}" if moment is not None else ""


def _clock(moment: time | None) -> str:
    return clock(moment) if moment is not None else "okänd tid"


_TOLD: dict[type, Callable[[Any, Names], Iterator[str]]] = {
    Presence: _presence, ConflictOfInterest: _conflict, Motion: _motion, Vote: _vote, CastBallot: _ballot,
    Election: _election, Candidate: _candidate, Dissent: _dissent, MinuteNote: _note, Adjuster: _adjuster,
}  # fmt: skip

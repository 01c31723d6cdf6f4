"""What happens at a meeting, recorded: each function takes the meeting and gives the meeting with one thing noted.

The window and `finsam record` write through these, so that both leave the same record. Nothing is refused here:
what is against the law is recorded as it happened, and the checks tell of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date, time

from finsam_desktop.domain.agenda import find, update
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.attendance import (
    Away,
    ConflictOfInterest,
    Presence,
    Ruling,
    item_at,
    item_before,
    taking_part,
)
from finsam_desktop.domain.decisions import (
    Ballot,
    Candidate,
    CastBallot,
    Decision,
    Dissent,
    Election,
    MinuteNote,
    Motion,
    MotionKind,
    Outcome,
    Vote,
)
from finsam_desktop.domain.ids import new_id
from finsam_desktop.domain.meeting import Meeting

# ---------------------------------------------------------------------------------------------- attendance


def absent(meeting: Meeting, person_id: str) -> Meeting:
    """The person is away from the whole meeting; what else was noted about presence is forgotten."""
    return _with(meeting, Presence(person_id=person_id, present=False))


def present(meeting: Meeting, person_id: str) -> Meeting:
    """The person is there from start to end; distance and service are kept."""
    kept = _of(meeting, person_id)
    whole = replace(kept, present=True, from_item="", arrived_at=None, to_item="", left_at=None, away=())
    return _with(meeting, whole)


def arrives(meeting: Meeting, person_id: str, item_id: str = "", at: time | None = None) -> Meeting:
    """The person comes before the item. Without an item it is the one that the time falls in, as planned."""
    first = item_id or (item_at(meeting, at) if at is not None else "")
    kept = _of(meeting, person_id)
    return _with(meeting, replace(kept, present=True, from_item=first, arrived_at=at))


def leaves(meeting: Meeting, person_id: str, item_id: str = "", at: time | None = None) -> Meeting:
    """The person leaves after the item. Without an item it is the last that is over at the time, as planned."""
    last = item_id or (item_before(meeting, at) if at is not None else "")
    kept = _of(meeting, person_id)
    return _with(meeting, replace(kept, present=True, to_item=last, left_at=at))


def away(
    meeting: Meeting,
    person_id: str,
    from_item: str,
    to_item: str,
    *,
    left_at: time | None = None,
    back_at: time | None = None,
    lost_connection: bool = False,
) -> Meeting:
    """The person misses the items ``from_item`` … ``to_item`` and comes back; may happen several times."""
    one = Away(
        from_item=from_item,
        to_item=to_item,
        left_at=left_at,
        back_at=back_at,
        lost_connection=lost_connection,
    )
    kept = _of(meeting, person_id)
    others = tuple(a for a in kept.away if (a.from_item, a.to_item) != (from_item, to_item))
    return _with(meeting, replace(kept, present=True, away=(*others, one)))


def at_distance(
    meeting: Meeting, person_id: str, *, audio_only: bool = False, audio_reason: str = ""
) -> Meeting:
    """The person takes part from elsewhere, with picture and sound or with sound only and why."""
    kept = _of(meeting, person_id)
    there = replace(kept, present=True, distance=True, audio_only=audio_only, audio_reason=audio_reason)
    return _with(meeting, there)


def in_the_room(meeting: Meeting, person_id: str) -> Meeting:
    """The person takes part in the room, not from elsewhere."""
    kept = _of(meeting, person_id)
    return _with(meeting, replace(kept, distance=False, audio_only=False, audio_reason=""))


def serves(meeting: Meeting, deputy_id: str, ledamot_id: str) -> Meeting:
    """The deputy is there and fills the ledamot's seat whenever the ledamot is away.

    A deputy who already serves for someone serves for this one too, when free. Another deputy who was to serve for
    this ledamot no longer does.
    """
    freed = tuple(
        p if p.person_id == deputy_id else _without_service(p, ledamot_id)
        for p in meeting.attendance.presences
    )
    one = replace(meeting, attendance=replace(meeting.attendance, presences=freed))
    kept = replace(_of(one, deputy_id), present=True)
    if not kept.serving_for or kept.serving_for == ledamot_id:
        return _with(one, replace(kept, serving_for=ledamot_id))
    others = tuple(i for i in kept.also_serving_for if i != ledamot_id)
    return _with(one, replace(kept, also_serving_for=(*others, ledamot_id)))


def serves_nobody(meeting: Meeting, deputy_id: str) -> Meeting:
    """The deputy is there without serving."""
    kept = _of(meeting, deputy_id)
    return _with(meeting, replace(kept, present=True, serving_for="", also_serving_for=()))


def conflict(
    meeting: Meeting,
    person_id: str,
    item_id: str,
    *,
    reason: str = "",
    substitute_id: str = "",
    ruling: Ruling = Ruling.UNDISPUTED,
) -> Meeting:
    """The person has a conflict of interest in the item, or it was disputed and ruled on. Replaces an earlier one."""
    one = ConflictOfInterest(
        item_id=item_id, person_id=person_id, reason=reason, substitute_id=substitute_id, ruling=ruling
    )
    found = meeting.attendance.conflicts
    same = [(c.item_id, c.person_id) == (item_id, person_id) for c in found]
    conflicts = (
        tuple(one if is_it else c for c, is_it in zip(found, same, strict=True))
        if any(same)
        else (*found, one)
    )
    return replace(meeting, attendance=replace(meeting.attendance, conflicts=conflicts))


def no_conflict(meeting: Meeting, person_id: str, item_id: str) -> Meeting:
    """Without the person's conflict of interest in the item."""
    kept = tuple(c for c in meeting.attendance.conflicts if (c.item_id, c.person_id) != (item_id, person_id))
    return replace(meeting, attendance=replace(meeting.attendance, conflicts=kept))


def led_by(meeting: Meeting, person_id: str) -> Meeting:
    """The ledamot whom the board has chosen to lead where neither the chair nor a vice chair can."""
    return replace(meeting, chaired_by=person_id)


def as_usual(meeting: Meeting, person_id: str) -> Meeting:
    """Nothing is noted about the person's presence: there or not as the role says."""
    kept = tuple(p for p in meeting.attendance.presences if p.person_id != person_id)
    return replace(meeting, attendance=replace(meeting.attendance, presences=kept))


def _of(meeting: Meeting, person_id: str) -> Presence:
    return meeting.attendance.of(person_id) or Presence(person_id=person_id)


def _with(meeting: Meeting, presence: Presence) -> Meeting:
    """The meeting with a person's exception, in its old place when there was one."""
    found = meeting.attendance.presences
    if meeting.attendance.of(presence.person_id) is None:
        presences = (*found, presence)
    else:
        presences = tuple(presence if p.person_id == presence.person_id else p for p in found)
    return replace(meeting, attendance=replace(meeting.attendance, presences=presences))


def _without_service(presence: Presence, ledamot_id: str) -> Presence:
    return replace(
        presence,
        serving_for="" if presence.serving_for == ledamot_id else presence.serving_for,
        also_serving_for=tuple(i for i in presence.also_serving_for if i != ledamot_id),
    )


# ------------------------------------------------------------------------------------------------ decisions


def decide(
    meeting: Meeting,
    item_id: str,
    outcome: Outcome,
    *,
    clauses: tuple[str, ...] | None = None,
    reason: str | None = None,
    tabled_to: date | None = None,
    financing: str | None = None,
    majority_id: str | None = None,
) -> Meeting:
    """What the board did with the item. What is not given stays as it was. KeyError without such an item."""

    def changed(decision: Decision) -> Decision:
        return replace(
            decision,
            outcome=outcome,
            clauses=decision.clauses if clauses is None else clauses,
            reason=decision.reason if reason is None else reason,
            tabled_to=tabled_to if tabled_to is not None else decision.tabled_to,
            financing=decision.financing if financing is None else financing,
            majority_id=decision.majority_id if majority_id is None else majority_id,
        )

    return _decided(meeting, item_id, changed)


def adjust_at_once(meeting: Meeting, item_id: str, immediately: bool = True) -> Meeting:
    """The paragraph is declared adjusted at once, or not."""
    return _decided(meeting, item_id, lambda d: replace(d, immediately_adjusted=immediately))


def move(
    meeting: Meeting,
    item_id: str,
    person_id: str,
    kind: MotionKind = MotionKind.SUPPORT,
    text: str = "",
    *,
    motion_id: str = "",
) -> Meeting:
    """A motion (yrkande). ``text`` without its "att"; ``motion_id`` is made up when not given."""
    one = Motion(id=motion_id or new_id(), person_id=person_id, kind=kind, text=text)
    return _decided(meeting, item_id, lambda d: replace(d, motions=(*d.motions, one)))


def support(meeting: Meeting, item_id: str, motion_id: str, person_id: str) -> Meeting:
    """The person joins in the motion; once is enough."""
    return _motion(
        meeting,
        item_id,
        motion_id,
        lambda m: m if person_id in m.supporters else replace(m, supporters=(*m.supporters, person_id)),
    )


def withdraw(meeting: Meeting, item_id: str, motion_id: str) -> Meeting:
    """The motion is withdrawn; that it was laid stays in the record."""
    return _motion(meeting, item_id, motion_id, lambda m: replace(m, withdrawn=True))


def vote(
    meeting: Meeting,
    association: Association,
    item_id: str,
    *,
    yes_motion: str = "",
    no_motion: str = "",
    requested_by: str = "",
    no: Collection[str] = (),
    abstain: Collection[str] = (),
) -> Meeting:
    """An open vote: all who take part in the decision vote yes but those named. Empty yes is the proposal, empty no
    to reject it."""

    def ballot(person_id: str) -> Ballot:
        return Ballot.NO if person_id in no else Ballot.ABSTAIN if person_id in abstain else Ballot.YES

    cast = tuple(
        CastBallot(person_id=p, ballot=ballot(p)) for p in taking_part(meeting, association, item_id)
    )
    held = Vote(yes_motion=yes_motion, no_motion=no_motion, requested_by=requested_by, ballots=cast)
    return _decided(meeting, item_id, lambda d: replace(d, vote=held))


def cast(meeting: Meeting, item_id: str, person_id: str, ballot: Ballot) -> Meeting:
    """One person's ballot in the item's open vote, in place of an earlier one; a vote is begun where there is none."""
    one = CastBallot(person_id=person_id, ballot=ballot)

    def changed(decision: Decision) -> Decision:
        held = decision.vote or Vote()
        if held.cast_by(person_id) is None:
            ballots = (*held.ballots, one)
        else:
            ballots = tuple(one if c.person_id == person_id else c for c in held.ballots)
        return replace(decision, vote=replace(held, ballots=ballots))

    return _decided(meeting, item_id, changed)


def elect(
    meeting: Meeting,
    item_id: str,
    candidates: tuple[Candidate, ...],
    *,
    seats: int = 1,
    secret: bool = True,
    blank: int = 0,
    drawn: tuple[str, ...] = (),
) -> Meeting:
    """An election with its votes; ``drawn`` are the names the lot gave."""
    held = Election(candidates=candidates, seats=seats, secret=secret, blank=blank, drawn=drawn)
    return _decided(meeting, item_id, lambda d: replace(d, election=held))


def dissent(
    meeting: Meeting,
    item_id: str,
    person_id: str,
    *,
    in_favour_of: str = "",
    at: time | None = None,
    attachment_id: str = "",
) -> Meeting:
    """The person reserves against the decision; one reservation each, the latest counts."""
    one = Dissent(
        person_id=person_id, in_favour_of=in_favour_of, announced_at=at, attachment_id=attachment_id
    )
    return _decided(
        meeting,
        item_id,
        lambda d: replace(d, dissents=(*(x for x in d.dissents if x.person_id != person_id), one)),
    )


def note(meeting: Meeting, item_id: str, person_id: str, text: str) -> Meeting:
    """A protokollsanteckning."""
    one = MinuteNote(person_id=person_id, text=text)
    return _decided(meeting, item_id, lambda d: replace(d, notes=(*d.notes, one)))


def stands_aside(meeting: Meeting, item_id: str, person_id: str) -> Meeting:
    """The person does not take part in the decision (KL 4 kap. 25 §), and has no ballot in it."""

    def changed(decision: Decision) -> Decision:
        others = tuple(i for i in decision.not_taking_part if i != person_id)
        held = decision.vote
        if held is not None:
            held = replace(held, ballots=tuple(c for c in held.ballots if c.person_id != person_id))
        return replace(decision, not_taking_part=(*others, person_id), vote=held)

    return _decided(meeting, item_id, changed)


def _decided(meeting: Meeting, item_id: str, change: Callable[[Decision], Decision]) -> Meeting:
    items = update(meeting.items, item_id, lambda item: replace(item, decision=change(item.decision)))
    return replace(meeting, items=items)


def _motion(meeting: Meeting, item_id: str, motion_id: str, change: Callable[[Motion], Motion]) -> Meeting:
    item = find(meeting.items, item_id)
    if item is None or item.decision.motion(motion_id) is None:
        raise KeyError(motion_id)
    return _decided(
        meeting,
        item_id,
        lambda d: replace(d, motions=tuple(change(m) if m.id == motion_id else m for m in d.motions)),
    )

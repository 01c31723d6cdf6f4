"""Justering, anslag and laga kraft: the steps after a meeting, who may take them when, and what can no longer change.

Every step gives a new meeting; none of them asks the law for leave, since what has happened must be recorded. The
days that the law sets are told by ``steps`` and by the checks. What is refused is to alter adjusted minutes:
``forbidden_change`` is asked by the one door for change. After the adjustment there are corrections (``correct``),
printed beside what was adjusted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from finsam_desktop.domain import numbering, references, sealing
from finsam_desktop.domain.agenda import AgendaItem, find, update, walk
from finsam_desktop.domain.association import Association, Role
from finsam_desktop.domain.deadlines import (
    adjusted_day,
    adjustment_day,
    all_posted,
    boards,
    notices_of,
    public_notice_day,
    reached,
    removal_day,
)
from finsam_desktop.domain.holidays import lawful_end
from finsam_desktop.domain.meeting import Correction, Meeting, MeetingState, PublicNotice, Signature, Signing
from finsam_desktop.domain.sentences import person_name, presiding
from finsam_desktop.domain.wording import ROLES, join_names, long_date

REOPEN = "Öppna protokollet igen"
"""The name of the step back from the adjustment, in undo and history."""


class Stage(StrEnum):
    """How far adjusted minutes, or items adjusted immediately, have come on the way to legal force."""

    WRITTEN = "written"
    SENT = "sent"
    ADJUSTED = "adjusted"
    ANNOUNCED = "announced"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step with the days the law gives it: ``earliest`` and ``latest`` lawful, None where there is no such day or
    it is not known yet. ``done_on`` is None while it is not done."""

    stage: Stage
    title: str
    source: str
    earliest: date | None = None
    latest: date | None = None
    done_on: date | None = None

    def days_left(self, today: date) -> int | None:
        """Days from ``today`` to the latest day, negative when it has passed; None when done or without one."""
        return None if self.latest is None or self.done_on is not None else (self.latest - today).days

    def is_late(self) -> bool:
        """Whether it was done after the latest day."""
        return self.latest is not None and self.done_on is not None and self.done_on > self.latest

    def is_early(self) -> bool:
        """Whether it was done before the earliest day."""
        return self.earliest is not None and self.done_on is not None and self.done_on < self.earliest


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Someone who adjusts the minutes. ``role`` is in words; ``signature`` None until it is done."""

    person_id: str
    name: str
    role: str
    signature: Signature | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a change cannot be made, and what to do instead. Both are sentences in Swedish."""

    why: str
    advice: str


# -- where it stands -------------------------------------------------------------------------------


def steps(meeting: Meeting, association: Association, items: tuple[str, ...] = ()) -> tuple[Step, ...]:
    """The steps of the minutes, or of items adjusted immediately, in order.

    Legal force comes with the day the announcements may come down, where nobody has appealed.
    """
    adjusted = adjusted_day(meeting, items)
    due, removal = public_notice_day(meeting, items), removal_day(meeting, association, items)
    notices = notices_of(meeting, items)
    down = [notices[board.id].removed if board.id in notices else None for board in boards(association)]
    gone = [day for day in down if day is not None]
    last = lawful_end(adjustment_day(meeting))
    sent = () if items else (
        Step(
            stage=Stage.SENT,
            title="Skickat för justering",
            source="KL 5 kap. 69 §",
            earliest=meeting.date,
            latest=last,
            done_on=meeting.sent_for_adjustment,
        ),
    )  # fmt: skip
    return (
        *sent,
        Step(
            stage=Stage.ADJUSTED,
            title="Omedelbart justerat" if items else "Justerat",
            source="KL 5 kap. 69 §",
            earliest=meeting.date,
            latest=last,
            done_on=adjusted,
        ),
        Step(
            stage=Stage.ANNOUNCED,
            title="Anslaget på alla anslagstavlor",
            source="KL 8 kap. 12 §, 19 § finsamlagen",
            earliest=adjusted,
            latest=lawful_end(due) if due is not None else None,
            done_on=all_posted(meeting, association, items),
        ),
        Step(
            stage=Stage.REMOVED,
            title="Anslagen nedtagna",
            source="KL 8 kap. 12 §, 13 kap. 5 §",
            earliest=removal,
            done_on=max(gone) if gone and len(gone) == len(down) else None,
        ),
    )


def stage(meeting: Meeting, association: Association, items: tuple[str, ...] = ()) -> Stage:
    """The last step that is done."""
    done = [step.stage for step in steps(meeting, association, items) if step.done_on is not None]
    return done[-1] if done else Stage.WRITTEN


def legal_force_day(meeting: Meeting, association: Association, items: tuple[str, ...] = ()) -> date | None:
    """The day a decision that nobody has appealed gains legal force; None until announced on every board."""
    return removal_day(meeting, association, items)


def signers(meeting: Meeting, association: Association) -> tuple[Signer, ...]:
    """Those who adjust the minutes: who led the meeting, else the chair, and the adjusters."""
    signed = {one.person_id: one for one in meeting.signatures}
    leader = presiding(meeting, association)
    chair = association.first_with(meeting.date, Role.CHAIR)
    first = leader.person_id if leader is not None else chair.id if chair is not None else ""
    role = ROLES[leader.role] if leader is not None else ROLES[Role.CHAIR]
    people = [(first, role)] if first else []
    people += [(one.person_id, "justerare") for one in meeting.adjusters if one.person_id != first]
    return tuple(
        Signer(
            person_id=person_id,
            name=person_name(association, person_id, party=False),
            role=role,
            signature=signed.get(person_id),
        )
        for person_id, role in people
    )


def all_signed(meeting: Meeting, association: Association) -> date | None:
    """The day the last of them adjusted; None while someone is left."""
    days = [
        one.signature.signed_on if one.signature is not None else None
        for one in signers(meeting, association)
    ]
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None


# -- the steps -------------------------------------------------------------------------------------


def send_out(meeting: Meeting, on: date | None) -> Meeting:
    """The minutes have gone to those who adjust them; None: they have not."""
    return replace(meeting, sent_for_adjustment=on)


def sign(meeting: Meeting, person_id: str, on: date | None, manner: Signing = Signing.PAPER) -> Meeting:
    """The person has adjusted on a day; None takes it back."""
    others = tuple(one for one in meeting.signatures if one.person_id != person_id)
    new = () if on is None else (Signature(person_id=person_id, signed_on=on, manner=manner),)
    return replace(meeting, signatures=(*others, *new))


def adjust(
    meeting: Meeting,
    association: Association,
    meetings: Iterable[Meeting],
    *,
    on: date | None = None,
    at: datetime,
    by: str = "",
) -> Meeting:
    """The minutes are adjusted: numbers, names and what references say are kept as they are, and all of it sealed.

    ``on`` is the day; without it the day the last one signed, else ``at``'s. ``by`` is who recorded it.
    """
    everyone = tuple(meetings)
    day = on or meeting.adjusted_on or all_signed(meeting, association) or at.date()
    sections, bilagor = numbering.freeze(everyone, meeting)
    printed, _ = sealing.as_adjusted(association, everyone, meeting)
    kept = replace(
        meeting,
        state=max_state(meeting, MeetingState.ADJUSTED),
        adjusted_on=day,
        frozen_paragraphs=sections,
        frozen_attachments=bilagor,
    )
    ids = tuple(item.id for item in kept.items)
    kept = replace(kept, frozen_register=sealing.register_of(printed, kept, everyone, ids))
    return sealing.sealed(kept, at, by, day)


def adjust_items(
    meeting: Meeting,
    association: Association,
    meetings: Iterable[Meeting],
    item_ids: Iterable[str],
    *,
    on: date | None = None,
    at: datetime,
    by: str = "",
) -> Meeting:
    """These §§ are adjusted at once, usually at the meeting: their numbers, attachments and words stay as they are.

    The §§ before them and those they refer to keep their numbers too, since a number stays only if those before it
    do. Items that are
    adjusted already are left out; with none left, or the minutes adjusted, the meeting is unchanged.
    """
    done = sealing.sealed_items(meeting)
    wanted = set(item_ids) - done
    ids = tuple(item.id for item in meeting.items if item.id in wanted)
    if not ids or sealing.whole_seal(meeting) is not None:
        return meeting
    everyone = tuple(meetings)
    sections, bilagor = numbering.freeze(everyone, meeting, through=_furthest(meeting, ids))
    items = meeting.items
    for item_id in ids:
        items = update(items, item_id, _adjusted_at_once)
    printed, _ = sealing.as_adjusted(association, everyone, meeting)
    kept = replace(
        meeting,
        items=items,
        frozen_paragraphs=sections,
        frozen_attachments=bilagor,
        frozen_register=sealing.register_of(printed, meeting, everyone, ids),
    )
    return sealing.sealed(kept, at, by, on or meeting.date, ids)


def _furthest(meeting: Meeting, ids: tuple[str, ...]) -> str:
    """The last of these items and of those their texts refer to, "" for none: so far numbers must be kept."""
    wanted = {*ids, *(t for item in meeting.items if item.id in ids for t in references.marked(item))}
    found = [
        item.id
        for item in meeting.items
        if any(one.id in wanted or any(a.id in wanted for a in one.attachments) for one in walk((item,)))
    ]
    return found[-1] if found else ""


def _adjusted_at_once(item: AgendaItem) -> AgendaItem:
    return replace(item, decision=replace(item.decision, immediately_adjusted=True))


def max_state(meeting: Meeting, state: MeetingState) -> MeetingState:
    """The later of the meeting's state and ``state``."""
    return meeting.state if reached(meeting, state) else state


def is_posted(meeting: Meeting, items: tuple[str, ...] = ()) -> bool:
    """Whether an announcement of the minutes, or of these items, is on some board."""
    return any(notice.posted is not None for notice in notices_of(meeting, items).values())


def reopen(meeting: Meeting) -> Meeting:
    """Take the adjustment of the minutes back; what was adjusted immediately stays so.

    Only while no announcement is posted, see ``can_reopen``. Signatures go too: what is signed anew is other words.
    """
    apart = tuple(seal for seal in meeting.seals if seal.items)
    kept = {item_id for seal in apart for item_id in seal.items}
    numbers = _kept_numbers(meeting)
    register = meeting.frozen_register
    if register is not None:
        said = references.marks_of(item for item in meeting.items if item.id in kept)
        register = replace(register, references=tuple(one for one in register.references if one.mark in said))
    return replace(
        meeting,
        state=MeetingState.MINUTES,
        adjusted_on=None,
        signatures=(),
        seals=apart,
        frozen_paragraphs=tuple(entry for entry in meeting.frozen_paragraphs if entry.id in numbers),
        frozen_attachments=tuple(entry for entry in meeting.frozen_attachments if entry.id in numbers),
        frozen_register=register if apart else None,
    )


def _kept_numbers(meeting: Meeting) -> set[str]:
    """Ids of the items and attachments whose numbers what was adjusted at once keeps."""
    ids = tuple(item_id for seal in meeting.seals for item_id in seal.items)
    last = _furthest(meeting, ids)
    count = next((n for n, item in enumerate(meeting.items, start=1) if item.id == last), 0)
    kept = meeting.items[:count]
    return {item.id for item in kept} | {a.id for item in walk(kept) for a in item.attachments}


def can_reopen(meeting: Meeting) -> bool:
    """Whether the adjustment can be taken back: it is made, and announced nowhere."""
    return reached(meeting, MeetingState.ADJUSTED) and not is_posted(meeting)


def post(meeting: Meeting, association: Association, notice: PublicNotice) -> Meeting:
    """Record an announcement, in the place of what was known of it. With all boards done the meeting is announced."""
    same = [one for one in meeting.public_notices if _key(one) == _key(notice)]
    others = tuple(one for one in meeting.public_notices if one not in same)
    posted = replace(meeting, public_notices=(*others, notice))
    if meeting.state is MeetingState.ADJUSTED and all_posted(posted, association) is not None:
        return replace(posted, state=MeetingState.ANNOUNCED)
    if meeting.state is MeetingState.ANNOUNCED and all_posted(posted, association) is None:
        return replace(posted, state=MeetingState.ADJUSTED)
    return posted


def _key(notice: PublicNotice) -> tuple[str, frozenset[str]]:
    return notice.member_id, frozenset(notice.items)


# -- corrections -----------------------------------------------------------------------------------


def correct(meeting: Meeting, item_id: str, old: str, new: str, *, by: str, on: date) -> Meeting:
    """Add a correction beside adjusted minutes; ``item_id`` empty: it concerns the front page.

    ValueError, in Swedish, when something is not said. ``old`` need not stand in the item's own texts: much of what
    the minutes print is derived.
    """
    old, new = old.strip(), new.strip()
    if item_id and find(meeting.items, item_id) is None:
        raise ValueError("Paragrafen finns inte i protokollet.")
    if not old:
        raise ValueError("Skriv det som ska rättas, så som det står i protokollet.")
    if not new or new == old:
        raise ValueError("Skriv vad som ska stå i stället.")
    if not by.strip():
        raise ValueError("Skriv vem som gör rättelsen.")
    one = Correction(item_id=item_id, corrected_on=on, corrected_by=by.strip(), old=old, new=new)
    return replace(meeting, corrections=(*meeting.corrections, one))


def correction_sentence(correction: Correction) -> str:
    """Rättelse 20 november 2026: ”9 ledamöter” har ändrats till ”7 ledamöter” av Ola Rimfors, sekreterare."""
    return (
        f"Rättelse {long_date(correction.corrected_on)}: ”{correction.old}” har ändrats till ”{correction.new}” av "
        f"{correction.corrected_by}."
    )


def corrections_of(meeting: Meeting, item_id: str) -> tuple[Correction, ...]:
    """The corrections of an item and its sub-items, oldest first."""
    item = find(meeting.items, item_id)
    ids = {one.id for one in walk((item,))} if item is not None else {item_id}
    return tuple(one for one in meeting.corrections if one.item_id in ids)


# -- what can no longer change ---------------------------------------------------------------------


def forbidden_change(
    before: Meeting | None, after: Meeting | None, meetings: Iterable[Meeting] = ()
) -> Refusal | None:
    """Why a change of a meeting cannot be made, or None. ``meetings`` are all there are before the change."""
    if before is not None and before.seals:
        refusal = (
            _removed(before) if after is None else _sealed(before, after) or _out_of_order(before, after)
        )
        if refusal is not None:
            return refusal
    return _renumbered(before, after, tuple(meetings))


def _removed(before: Meeting) -> Refusal:
    return Refusal(
        why=f"Sammanträdet den {long_date(before.date)} kan inte tas bort: "
        + (
            "protokollet är justerat."
            if sealing.whole_seal(before)
            else f"{_paragraphs(before)} är justerad."
        ),
        advice="Ett justerat protokoll ska finnas kvar.",
    )


def _paragraphs(meeting: Meeting) -> str:
    ids = sealing.sealed_items(meeting)
    return numbering.section_label(entry.number for entry in meeting.frozen_paragraphs if entry.id in ids)


def _sealed(before: Meeting, after: Meeting) -> Refusal | None:
    """A seal that goes, and sealed words or numbers that change."""
    whole = sealing.whole_seal(before) is not None
    if whole and sealing.whole_seal(after) is None:
        if not is_posted(before):
            return _sealed(replace(before, seals=tuple(s for s in before.seals if s.items)), after)
        return Refusal(
            why="Protokollet är anslaget, så det kan inte öppnas igen.",
            advice="Skriv en rättelse under Efter mötet. Det justerade står kvar och rättelsen skrivs bredvid.",
        )
    lost = [seal for seal in before.seals if seal not in after.seals]
    if any(seal.items and is_posted(before, seal.items) for seal in lost):
        return Refusal(
            why=f"{_paragraphs(before)} är anslagen som omedelbart justerad och kan inte öppnas igen.",
            advice="Skriv en rättelse under Efter mötet.",
        )
    kept = replace(after, seals=tuple(seal for seal in before.seals if seal in after.seals))
    had = set(sealing.broken(before))
    changed = [part for part in sealing.broken(kept) if part not in had]
    if changed:
        names = [sealing.name_of(part, before) for part in changed]
        what = join_names(names if len(names) < 4 else [*names[:3], f"{len(names) - 3} till"])
        return Refusal(
            why=f"Protokollet är justerat, och {what} ingår i det."
            if whole
            else f"{what} är omedelbart justerad.",
            advice="Skriv en rättelse under Efter mötet. Det justerade står kvar och rättelsen skrivs bredvid.",
        )
    if kept.seals and not lost and not _keeps_numbers(before, after):
        return Refusal(
            why="Numren på justerade paragrafer och deras bilagor ändras inte.",
            advice="Låt ärenden och bilagor som har fått nummer stå kvar. Nya läggs efter dem.",
        )
    return None


def _keeps_numbers(before: Meeting, after: Meeting) -> bool:
    """Whether what has a number that is kept by a seal still has it, and is still there where it was there."""
    whole = sealing.whole_seal(before) is not None
    held = _kept_numbers(before)
    here = {item.id for item in after.items} | {a.id for item in walk(after.items) for a in item.attachments}
    was = {item.id for item in before.items} | {a.id for item in walk(before.items) for a in item.attachments}
    return all(
        entry in now and (entry.id in here or entry.id not in was)
        for old, now in (
            (before.frozen_paragraphs, after.frozen_paragraphs),
            (before.frozen_attachments, after.frozen_attachments),
        )
        for entry in old
        if whole or entry.id in held
    )


def _out_of_order(before: Meeting, after: Meeting) -> Refusal | None:
    """Immediately adjusted §§ with something new before them: their numbers would not come in order."""
    frozen = {entry.id for entry in before.frozen_paragraphs}
    if sealing.whole_seal(before) is not None or not {entry.id for entry in after.frozen_paragraphs} & frozen:
        return None
    places = [n for n, item in enumerate(after.items) if item.id in frozen]
    order = [entry.id for entry in before.frozen_paragraphs]
    ids = [item.id for item in after.items if item.id in frozen]
    if places == list(range(len(places))) and ids == [one for one in order if one in ids]:
        return None
    last = numbering.section_label((before.frozen_paragraphs[-1].number,))
    return Refusal(
        why=f"{last} är omedelbart justerad, så ordningen till och med den ligger fast.",
        advice=f"Lägg ärendet efter {last}.",
    )


def _renumbered(
    before: Meeting | None, after: Meeting | None, meetings: tuple[Meeting, ...]
) -> Refusal | None:
    """A § below an adjusted one that would be missing or get another number.

    Minutes that are adjusted refer to it, and no number may be missing below theirs.
    """
    edited = [one for one in (before, after) if one is not None]
    others = [one for one in meetings if one.id != edited[0].id]
    then = [*others, before] if before is not None else others
    if not any(one.seals for one in then):
        return None
    now = [*others, after] if after is not None else others
    for year in {one.date.year for one in edited}:
        was, kept = numbering.fixed_numbers(then, year), numbering.year_paragraphs(now, year)
        lost = {
            number
            for meeting_id, numbers in was.items()
            for item_id, number in numbers.items()
            if kept.get(meeting_id, {}).get(item_id) != number
        }
        if lost:
            missing = lost - {number for numbers in kept.values() for number in numbers.values()}
            return Refusal(
                why=f"{numbering.section_label(missing or lost)} skulle {'saknas' if missing else 'få andra nummer'}: "
                "ett protokoll med högre nummer är redan justerat.",
                advice="Låt ärendet stå kvar och skriv att det utgår."
                if missing
                else "Lägg det nya sist, eller justera först det protokoll som har numren.",
            )
    return None

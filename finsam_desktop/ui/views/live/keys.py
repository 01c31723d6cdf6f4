"""What the keys of mötesläge come to: what is recorded of the item and the person at hand, and the meeting's times."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time
from typing import Any

from finsam_desktop.domain import recording, wording
from finsam_desktop.domain.decisions import Outcome
from finsam_desktop.domain.meeting import Adjournment, Meeting
from finsam_desktop.ui.actions import LETTERS
from finsam_desktop.ui.models import attendance_keys, decision_keys, live_facts
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting

NOT_TODAY = "Klockslag antecknas bara på mötesdagen. Skriv dem under Närvaro och beslut."
HIDDEN = "Skärmen delas. Sluta dela (Ctrl+Skift+D) för att anteckna det här."
_NOBODY_FREE = "Det finns ingen tom plats, eller ingen ledig ersättare."
_SHORT_PAUSE = "Uppehållet var kortare än en minut och antecknas inte i protokollet."
_OUTCOMES = {
    "decide_noted": Outcome.NOTED,
    "decide_tabled": Outcome.TABLED,
    "decide_remitted": Outcome.REMITTED,
}
_WRITTEN = {
    "decide_own": "write_own_words",
    "add_motion": "add_motion",
    "add_vote": "add_vote",
    "add_dissent": "add_dissent",
    "add_note": "add_note",
    "adjust_at_once": "adjust_at_once",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a key comes to: the meeting afterwards under a name for undo, fields to write in, words to tell; or none.

    ``write`` is the method of the decision pane. ``undo``: the words offer to take it back.
    """

    label: str = ""
    after: Meeting | None = None
    write: str = ""
    told: str = ""
    undo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AtHand:
    """The item and the person at hand, and whether the screen is shared."""

    desk: OpenMeeting
    item_id: str
    person_id: str
    name: str
    shared: bool

    @property
    def item_name(self) -> str:
        """ "§ 67", as undo calls it."""
        top = live_facts.paragraph_id(self.desk.meeting, self.item_id)
        section = self.desk.sections().get(top)
        return f"§{wording.NBSP}{section}" if section else self.desk.item_name(self.item_id)


def pressed(letter: str, at: AtHand) -> Answer:
    """What a letter of the meeting says about the item and the person at hand."""
    desk, action = at.desk, LETTERS.get(letter, "")
    if action in _OUTCOMES:
        after = recording.decide(desk.meeting, at.item_id, _OUTCOMES[action])
        return Answer(label=f"Beslut i {at.item_name}", after=after)
    if action == "decide_proposed":
        proposed = decision_keys.as_proposed(desk.meeting, desk.association, at.item_id)
        if proposed is None:
            return written("write_own_words", at)
        return Answer(label=f"Beslut i {at.item_name}", after=proposed)
    if action in _WRITTEN:
        return written(_WRITTEN[action], at)
    return Answer(told=HIDDEN) if at.shared else _of_person(letter, at)


def written(what: str, at: AtHand) -> Answer:
    """Fields of the decision to write in, but not while all see the screen."""
    return Answer(told=HIDDEN) if at.shared else Answer(write=what)


def _of_person(letter: str, at: AtHand) -> Answer:
    desk = at.desk
    if not at.person_id:
        return Answer()
    top = live_facts.paragraph_id(desk.meeting, at.item_id)
    here = attendance_keys.At(
        association=desk.association, person_id=at.person_id, name=at.name, item_id=top,
        paragraph=desk.sections().get(top, 0), at=desk.clock(),
    )  # fmt: skip
    recorded = attendance_keys.pressed(letter, desk.meeting, here)
    if recorded is None:
        return Answer(told=_NOBODY_FREE)
    label, after = recorded
    return Answer(label=label, after=after)


def adjourned(desk: OpenMeeting) -> Answer:
    """The meeting adjourned, or taken up again: the pause then stands in the protokoll."""
    now, since = desk.clock(), desk.meeting.live.paused_at
    if now is None:
        return Answer(told=NOT_TODAY)
    if since is None:
        return Answer(label="Ajournera mötet", after=_paused(desk.meeting, now))
    after = _paused(desk.meeting, None)
    if now > since:
        pauses = (*after.adjournments, Adjournment(start=since, end=now))
        return Answer(label="Återuppta mötet", after=replace(after, adjournments=pauses))
    return Answer(label="Återuppta mötet", after=after, told=_SHORT_PAUSE)


def opened(desk: OpenMeeting) -> Answer:
    """The meeting is opened: now, or at the time that was planned."""
    return _at_time(desk, "Mötet öppnas", "opened_at", "start")


def closed(desk: OpenMeeting) -> Answer:
    """The meeting is closed: now, or at the time that was planned."""
    return _at_time(desk, "Mötet avslutas", "closed_at", "end")


def _at_time(desk: OpenMeeting, label: str, field: str, planned: str) -> Answer:
    at: time | None = desk.clock() or getattr(desk.meeting, planned)
    if at is None:
        return Answer(told=NOT_TODAY)
    fields: dict[str, Any] = {field: at}
    told = f"{label} klockan {wording.clock(at)}."
    return Answer(label=label, after=replace(desk.meeting, **fields), told=told, undo=True)


def _paused(meeting: Meeting, at: time | None) -> Meeting:
    return replace(meeting, live=replace(meeting.live, paused_at=at))

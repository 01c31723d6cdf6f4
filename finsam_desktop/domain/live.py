"""What mötesläge keeps beside the protokoll: the secretary's own notes, the time each item took, an open pause.

None of it is part of the record. `Meeting.live` is left out of every document, the public version, the archive and
the mötespaket; it stays in the association's own file and in what is made to take the whole of that file elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveNote:
    """The secretary's own note at an item, or at the meeting as a whole (``item_id`` empty)."""

    item_id: str = ""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpentTime:
    """How long an item was in hand, in whole seconds, pauses taken off."""

    item_id: str
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveRecord:
    """Notes, times and, while the meeting is adjourned, since when (``paused_at``)."""

    notes: tuple[LiveNote, ...] = ()
    spent: tuple[SpentTime, ...] = ()
    paused_at: time | None = None

    def note(self, item_id: str) -> str:
        """The note at an item, "" where there is none."""
        return next((one.text for one in self.notes if one.item_id == item_id), "")

    def seconds(self, item_id: str) -> int:
        """How long the item has been in hand, 0 when it has not."""
        return next((one.seconds for one in self.spent if one.item_id == item_id), 0)


def with_note(record: LiveRecord, item_id: str, text: str) -> LiveRecord:
    """The record with an item's note; an empty one goes away."""
    others = tuple(one for one in record.notes if one.item_id != item_id)
    return replace(record, notes=(*others, LiveNote(item_id=item_id, text=text)) if text.strip() else others)


def with_time(record: LiveRecord, item_id: str, seconds: int) -> LiveRecord:
    """The record with the time an item has taken so far; none is kept of less than a second."""
    others = tuple(one for one in record.spent if one.item_id != item_id)
    return replace(
        record, spent=(*others, SpentTime(item_id=item_id, seconds=seconds)) if seconds > 0 else others
    )


def time_words(seconds: int, planned: int | None) -> str:
    """ "4 av 15 minuter", "17 av 15 minuter, 2 över", "4 minuter" where nothing is planned."""
    minutes = seconds // 60
    if planned is None:
        return "1 minut" if minutes == 1 else f"{minutes} minuter"
    over = f", {minutes - planned} över" if minutes > planned else ""
    return f"{minutes} av {planned} minuter{over}"

"""How long the items of a meeting have taken, counted second by second until it is written down."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from finsam_desktop.domain import live
from finsam_desktop.domain.meeting import Meeting

_LONGEST_TICK_S = 60
"""A tick that comes later than this after the one before was slept through; it counts nothing."""


class ItemTimes:
    """Seconds by item, on from what the meeting has written down."""

    def __init__(self, meeting: Meeting | None = None) -> None:
        spent = meeting.live.spent if meeting is not None else ()
        self._seconds = {one.item_id: one.seconds for one in spent}
        self._ticked: datetime | None = None

    def begin(self, now: datetime) -> None:
        """Count from now on."""
        self._ticked = now

    def tick(self, now: datetime, item_id: str, *, goes_on: bool) -> None:
        """Time has gone, and belongs to the item at hand while the meeting goes on."""
        before, self._ticked = self._ticked, now
        if before is not None and item_id and goes_on:
            gone = round((now - before).total_seconds())
            if 0 < gone <= _LONGEST_TICK_S:
                self._seconds[item_id] = self.seconds(item_id) + gone

    def seconds(self, item_id: str) -> int:
        """What the item has taken."""
        return self._seconds.get(item_id, 0)

    def written(self, meeting: Meeting) -> Meeting:
        """The meeting with the times written down."""
        record = meeting.live
        for item_id, seconds in self._seconds.items():
            if record.seconds(item_id) != seconds:
                record = live.with_time(record, item_id, seconds)
        return replace(meeting, live=record)

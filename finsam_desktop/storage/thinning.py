"""Which old versions in the history can go: a finished meeting of years ago needs not be shown keystroke by keystroke.

Kept for ever: every change of the last two years, every change of a meeting that is not adjusted, the first change, the
last of each day, and each state in which minutes were sealed, opened again, announced or corrected.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from finsam_desktop.domain.meeting import MeetingState
from finsam_desktop.known_types import known
from finsam_desktop.storage import codec
from finsam_desktop.storage.database import make_engine, reading

KEPT = timedelta(days=730)
FINISHED = frozenset(
    state.value for state in (MeetingState.ADJUSTED, MeetingState.ANNOUNCED, MeetingState.ARCHIVED)
)


class _Sealed(msgspec.Struct):
    """What of a meeting says how far its minutes have come."""

    state: str = ""
    seals: msgspec.Raw = msgspec.Raw(b"[]")
    corrections: msgspec.Raw = msgspec.Raw(b"[]")

    def same(self, other: _Sealed) -> bool:
        return (self.state, bytes(self.seals), bytes(self.corrections)) == (
            other.state,
            bytes(other.seals),
            bytes(other.corrections),
        )


def older_than(rows: Sequence[tuple[int, datetime]], before: datetime) -> tuple[int, ...]:
    """Of a subject's changes (number, time), in order: those before ``before`` but the first and each day's last."""
    last_of_day = {at.date(): number for number, at in rows}
    kept = {rows[0][0], *last_of_day.values()} if rows else set()
    return tuple(number for number, at in rows if at < before and number not in kept)


def superfluous(path: Path, subject: str, now: datetime) -> tuple[int, ...]:
    """The numbers of a subject's changes that can go. Read in short transactions; nothing is written."""
    engine = make_engine(path, read_only=True)
    try:
        with reading(path, "historiken"), engine.connect() as db:
            with db.begin():
                found = db.exec_driver_sql(
                    "SELECT number, at FROM history WHERE subject = ? ORDER BY number", (subject,)
                ).all()
            rows = [(int(number), datetime.fromisoformat(at)) for number, at in found]
            wanted = older_than(rows, now - KEPT)
            if not wanted:
                return ()
            order = [number for number, _ in rows]
            with db.begin():
                values = db.exec_driver_sql(
                    "SELECT number, value FROM history WHERE subject = ? AND at < ? ORDER BY number",
                    (subject, f"{now - KEPT:%Y-%m-%d %H:%M:%S.%f}"),
                ).all()
    finally:
        engine.dispose()
    states = {int(number): _state(value) for number, value in values}
    return tuple(number for number in wanted if _is_in_between(number, order, states))


def _is_in_between(number: int, order: list[int], states: dict[int, _Sealed | None]) -> bool:
    """Whether the minutes had come as far before and after the change as at it."""
    place = order.index(number)
    here = states.get(number)
    near = [states.get(order[other]) for other in (place - 1, place + 1) if 0 <= other < len(order)]
    return here is not None and all(one is not None and one.same(here) for one in near)


def _state(packed: bytes | None) -> _Sealed | None:
    """None for a removal and for what cannot be read: such rows, and their neighbours, stay."""
    if packed is None:
        return None
    try:
        return known(_Sealed).decode(codec.unpack(packed))
    except (codec.CodecError, ValueError):
        return None

"""What the file tells about itself: rows of the history and of exports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal

Kind = Literal["do", "undo", "redo"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingHead:
    """What is known of a meeting before its value has been read. ``kind`` and ``state`` are the enums' values."""

    id: str
    date: date
    kind: str
    state: str
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One change: who did what to which value, and when (local time).

    ``subject`` is "association" or a meeting's id. ``number`` counts changes in the file, in order.
    """

    number: int
    at: datetime
    user: str
    label: str
    kind: Kind
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRecord:
    """A document that was written. ``content`` is empty when a later export went to the same path."""

    meeting_id: str
    document: str
    path: Path
    sha256: str
    content: bytes
    at: datetime

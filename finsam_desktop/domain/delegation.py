"""Delegated powers (10 § finsamlagen): who may decide what for the board, and what has been decided so."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from finsam_desktop.domain.ids import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    """A group of matters (``group``) that the board has handed to ``delegate``, a person or an office in words.

    ``source`` is the delegation's place, such as "Delegationsordningen 3.1".
    """

    id: str = field(default_factory=new_id)
    group: str
    delegate: str = ""
    source: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegatedDecision:
    """A decision taken by a delegate. ``reported_at`` is the id of the meeting it was reported to, or empty (R32)."""

    id: str = field(default_factory=new_id)
    delegation_id: str = ""
    decided_on: date
    decided_by: str = ""
    text: str
    reference: str = ""
    reported_at: str = ""

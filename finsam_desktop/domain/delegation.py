"""Delegated powers (10 § finsamlagen): who may decide what for the board, and what has been decided so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
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


ITEM = "delegationsbeslut"
"""The id of the item template under which delegated decisions are reported."""


def unreported(decisions: Iterable[DelegatedDecision], day: date) -> tuple[DelegatedDecision, ...]:
    """The decisions taken up to and including ``day`` that no meeting has been told of, the oldest first (R32)."""
    left = (decision for decision in decisions if not decision.reported_at and decision.decided_on <= day)
    return tuple(sorted(left, key=lambda decision: decision.decided_on))


def reported(
    decisions: Iterable[DelegatedDecision], meeting_id: str, day: date
) -> tuple[DelegatedDecision, ...]:
    """All decisions, those unreported on ``day`` marked as reported to the meeting."""
    every = tuple(decisions)
    told = {decision.id for decision in unreported(every, day)}
    return tuple(replace(d, reported_at=meeting_id) if d.id in told else d for d in every)

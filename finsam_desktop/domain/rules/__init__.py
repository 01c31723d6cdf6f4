"""The law and good practice as checks: each rule is data with its source, and says what, where and how to mend it.

``check`` never fails on what a user has recorded and never stops anything; it only advises.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from finsam_desktop.domain.agenda import walk
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.references import resolved
from finsam_desktop.domain.rules import (
    accessibility,
    activity,
    adjustment,
    attachments,
    auditing,
    budget_year,
    conflicts,
    consultation,
    counts_in_texts,
    deciding,
    economy,
    figures,
    mandates,
    membership,
    minutes,
    powers,
    quorum,
    references,
    register,
    reports,
    sensitive,
    substance,
    summons,
    texts,
    words_in_texts,
)
from finsam_desktop.domain.rules.finding import Case, Finding, Place, Rule, Scope, Severity
from finsam_desktop.domain.rules.unchecked import UNCHECKED, Unchecked

__all__ = [
    "RULES",
    "UNCHECKED",
    "Finding",
    "Place",
    "Rule",
    "Scope",
    "Severity",
    "Unchecked",
    "check",
    "check_association",
]

RULES: tuple[Rule, ...] = (
    *membership.RULES,
    *register.RULES,
    *mandates.RULES,
    *powers.RULES,
    *summons.RULES,
    *quorum.RULES,
    *conflicts.RULES,
    *deciding.RULES,
    *minutes.RULES,
    *adjustment.RULES,
    *budget_year.RULES,
    *economy.RULES,
    *figures.RULES,
    *activity.RULES,
    *substance.RULES,
    *consultation.RULES,
    *auditing.RULES,
    *attachments.RULES,
    *texts.RULES,
    *reports.RULES,
    *counts_in_texts.RULES,
    *words_in_texts.RULES,
    *references.RULES,
    *sensitive.RULES,
    *accessibility.RULES,
)
"""Every rule that is checked, by theme."""

_GRAVITY = list(Severity)


def check(
    meeting: Meeting, association: Association, meetings: Iterable[Meeting], today: date
) -> tuple[Finding, ...]:
    """What the rules say of the meeting on ``today``: gravest first, then in the order of the agenda.

    Until the minutes are adjusted the association's own findings come too, since they bear on the meeting.
    """
    known = tuple(meetings)
    read = resolved(meeting, known)
    case = Case(meeting=read, association=association, meetings=known, today=today, written=meeting)
    scopes = (Scope.MEETING, Scope.BOTH) if case.adjusted else (Scope.MEETING, Scope.BOTH, Scope.ASSOCIATION)
    rules = (rule for rule in RULES if rule.scope in scopes)
    found = [finding for rule in rules for finding in rule.findings(case)]
    order = {item.id: place for place, item in enumerate(walk(meeting.items), start=1)}
    return tuple(sorted(found, key=lambda f: (_GRAVITY.index(f.severity), order.get(f.place.item_id, 0))))


def check_association(
    association: Association, today: date, meetings: Iterable[Meeting] = ()
) -> tuple[Finding, ...]:
    """What the rules say of the association on ``today``, gravest first: register, standing rules, audit, year."""
    case = Case(meeting=Meeting(date=today), association=association, meetings=tuple(meetings), today=today)
    rules = (rule for rule in RULES if rule.scope is not Scope.MEETING)
    found = [finding for rule in rules for finding in rule.findings(case)]
    return tuple(sorted(found, key=lambda f: _GRAVITY.index(f.severity)))

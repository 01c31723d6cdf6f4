"""The audit of a year: the auditors' report and each member's own decision on discharge (26 § finsamlagen)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


class DischargeOutcome(StrEnum):
    """What a member decided on the board's discharge (ansvarsfrihet)."""

    PENDING = "pending"
    GRANTED = "granted"
    GRANTED_WITH_REMARK = "granted_with_remark"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Discharge:
    """One member's decision. ``sent`` is the day the member got the auditors' report (R64)."""

    member_id: str
    sent: date | None = None
    decided: date | None = None
    outcome: DischargeOutcome = DischargeOutcome.PENDING
    decided_by: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditYear:
    """The audit of the financial year ``year``. ``supported``: whether it supports discharge, None: not known."""

    year: int
    annual_report_sent: date | None = None
    report_received: date | None = None
    supported: bool | None = None
    remark: str = ""
    measures: str = ""
    discharges: tuple[Discharge, ...] = ()

    def of(self, member_id: str) -> Discharge | None:
        """The member's decision, or None."""
        return next((discharge for discharge in self.discharges if discharge.member_id == member_id), None)


NEEDED_FROM_MONTH, NEEDED_FROM_DAY = 9, 30
"""From the last of September of the next year a member's silence is noted. The law sets no day (R66)."""


def audit_of(audits: Iterable[AuditYear], year: int) -> AuditYear:
    """The audit of the financial year, an empty one when nothing is recorded."""
    return next((audit for audit in audits if audit.year == year), AuditYear(year=year))


def with_audit(audits: Iterable[AuditYear], audit: AuditYear) -> tuple[AuditYear, ...]:
    """The audits with this one in its year's place, the latest year first; one that says nothing is left out."""
    kept = [one for one in audits if one.year != audit.year]
    if audit != AuditYear(year=audit.year):
        kept.append(audit)
    return tuple(sorted(kept, key=lambda one: -one.year))


def with_discharge(audit: AuditYear, discharge: Discharge) -> AuditYear:
    """The audit with one member's decision changed or added; one that says nothing is left out."""
    empty = discharge == Discharge(member_id=discharge.member_id)
    if audit.of(discharge.member_id) is None:
        return audit if empty else replace(audit, discharges=(*audit.discharges, discharge))
    changed = (
        discharge if one.member_id == discharge.member_id else one
        for one in audit.discharges
        if not (empty and one.member_id == discharge.member_id)
    )
    return replace(audit, discharges=tuple(changed))


def decided(discharge: Discharge | None) -> bool:
    """Whether the member has decided on the board's discharge."""
    return discharge is not None and discharge.outcome is not DischargeOutcome.PENDING

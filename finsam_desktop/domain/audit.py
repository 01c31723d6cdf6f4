"""The audit of a year: the auditors' report and each member's own decision on discharge (26 § finsamlagen)."""

from __future__ import annotations

from dataclasses import dataclass
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

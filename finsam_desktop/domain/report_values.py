"""The values of what people say about a period's reports; what is done with them stands in report_input."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from finsam_desktop.domain.figures import Purpose
from finsam_desktop.domain.forecasts import Forecasts


@dataclass(frozen=True, slots=True, kw_only=True)
class CellOverride:
    """An amount in kr, with the report's sign, that a person set in a cell: where by row and column, who and why."""

    purpose: Purpose
    row: str
    column: str
    amount: Decimal
    by: str
    why: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportInput:
    """Forecasts and overrides for the reports of ``tertial`` (3 is the whole year) of ``year``.

    ``part`` is the part of the association that the reports are about, as it is called there; "" for the whole.
    """

    year: int
    tertial: int
    part: str = ""
    forecasts: Forecasts = field(default_factory=Forecasts)
    overrides: tuple[CellOverride, ...] = ()

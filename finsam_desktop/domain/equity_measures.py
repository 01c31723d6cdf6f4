"""Equity against both measures in use, when the figures say how large it is: at the start, now and at the year's end.

The two measures differ and both are shown with their names: Nationella rådet's ladder (R47) and the plain share of the
year's contributions that Försäkringskassan's own list goes by (R47b). Amounts in kr.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from finsam_desktop.domain.economy import SHARE_LIMIT, first_with, recommended_cap
from finsam_desktop.domain.figures import ColumnRole, FigureTable, Post, Purpose

LADDER: Final = (
    "Nationella rådets trappa: 20 procent av medlemsbidragen till 7 mkr, 15 till 15 mkr, 10 däröver"
)
PLAIN: Final = "Det enkla måttet: högst 20 procent av medlemsbidragen"
NOT_THE_SAME: Final = (
    "Båda måtten gäller årets slut och kan ge olika svar. "
    "Rekommendationen binder inte, men en avvikelse bör motiveras."
)


class Moment(StrEnum):
    """When equity is measured."""

    START = "vid årets början"
    NOW = "nu"
    FORECAST = "prognos vid årets slut"
    YEAR_END = "vid årets slut"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredEquity:
    """Equity at one moment against the year's member contributions (None when they are unknown), all in kr.

    ``day`` is the day when the figures say it.
    """

    moment: Moment
    amount: Decimal
    contribution: Decimal | None
    day: date | None = None

    @property
    def cap(self) -> Decimal | None:
        """The ladder's cap; None without contributions."""
        return None if self.contribution is None else recommended_cap(self.contribution)

    @property
    def plain_cap(self) -> Decimal | None:
        """The plain measure's cap; None without contributions."""
        return None if self.contribution is None else max(Decimal(0), self.contribution) * SHARE_LIMIT

    @property
    def share(self) -> Decimal | None:
        """Equity as a part of contributions (0.175); None when they are unknown or nothing."""
        return self.amount / self.contribution if self.contribution else None

    @property
    def within_ladder(self) -> bool | None:
        """True when equity is at most the ladder's cap; None when that can not be told."""
        return None if self.cap is None else self.amount <= self.cap

    @property
    def within_plain(self) -> bool | None:
        """True when equity is at most 20 % of contributions; None when that can not be told."""
        return None if self.plain_cap is None else self.amount <= self.plain_cap


def decisive(measured: Sequence[MeasuredEquity]) -> MeasuredEquity | None:
    """The one that the measures are for: equity at the year's end or forecast then, else at the year's start."""
    order = (Moment.YEAR_END, Moment.FORECAST, Moment.START, Moment.NOW)
    return min(measured, key=lambda each: order.index(each.moment), default=None)


def measured_equity(
    tables: Sequence[FigureTable], contribution: Decimal | None
) -> tuple[MeasuredEquity, ...]:
    """Equity at every moment that the balance sheet and the forecast of the income statement tell of."""
    balance = first_with(tuple(tables), Purpose.BALANCE_SHEET)
    income = first_with(tuple(tables), Purpose.INCOME_STATEMENT)
    if balance is None:
        return ()
    start = balance.amount(Post.OPENING_EQUITY, ColumnRole.OUTCOME)
    if start is None:
        start = balance.amount(Post.CLOSING_EQUITY, ColumnRole.PREVIOUS_OUTCOME)
    now = balance.amount(Post.CLOSING_EQUITY, ColumnRole.OUTCOME)
    result = income.amount(Post.RESULT, ColumnRole.FULL_YEAR_FORECAST) if income is not None else None
    day = balance.period.end if balance.period else None
    ended = day is not None and (day.month, day.day) == (12, 31)
    found = []
    if start is not None:
        found.append((Moment.START, start, balance.period.start if balance.period else None))
    if now is not None:
        found.append((Moment.YEAR_END if ended else Moment.NOW, now, day))
    if start is not None and result is not None and not ended:
        found.append((Moment.FORECAST, start + result, date(day.year, 12, 31) if day else None))
    return tuple(
        MeasuredEquity(moment=moment, amount=amount, contribution=contribution, day=when)
        for moment, amount, when in found
    )

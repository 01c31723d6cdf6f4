"""Days before and after a day, within the calendar that there is."""

from __future__ import annotations

from datetime import date


def later(day: date, days: int) -> date:
    """``day`` and so many days more, or fewer where ``days`` is negative; at most 9999-12-31, at least 0001-01-01.

    The last day of the calendar is what many registers write for "until further notice".
    """
    return date.fromordinal(max(1, min(day.toordinal() + days, date.max.toordinal())))

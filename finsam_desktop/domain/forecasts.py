"""What the year is expected to come to, post by post, with why it departs from the budget. Amounts in kr."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """The whole year's amount of a post, with the report's sign: income positive, costs negative.

    ``post`` is the row's label in the report, ``comment`` why it departs from the budget, ``place`` where it was given.
    """

    post: str
    amount: Decimal
    comment: str = ""
    place: str = "angiven prognos"


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecasts:
    """The forecasts of a report. With ``rest_as_budget`` every other post is expected to follow its budget."""

    entries: tuple[Forecast, ...] = ()
    rest_as_budget: bool = False

    def of(self, *labels: str) -> Forecast | None:
        """The forecast for a post called any of ``labels``, whatever the case of letters; the last one given."""
        wanted = {label.casefold() for label in labels}
        return next((entry for entry in reversed(self.entries) if entry.post.casefold() in wanted), None)

    def unknown(self, labels: tuple[str, ...]) -> tuple[Forecast, ...]:
        """The forecasts for posts that are none of ``labels``."""
        known = {label.casefold() for label in labels}
        return tuple(entry for entry in self.entries if entry.post.casefold() not in known)

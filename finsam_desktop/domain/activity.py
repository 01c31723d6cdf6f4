"""Verksamhet: the teams, what is counted about them, and what the counts were, period by period."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from finsam_desktop.domain.ids import new_id


class IndicatorUnit(StrEnum):
    """What an indicator is counted in."""

    PERSONS = "persons"
    PERCENT = "percent"
    NUMBER = "number"


class Counting(StrEnum):
    """Over which time an indicator is counted: from the year's start, for the tertial alone, or as it stands."""

    YEAR = "year"
    PERIOD = "period"
    STATE = "state"


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A samordningsteam or samverkansplattform that is followed. ``measure_id`` is its insats, if any.

    ``ended`` is the last year it is counted, None while it goes on.
    """

    id: str = field(default_factory=new_id)
    name: str
    measure_id: str = ""
    ended: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """Something counted about the teams: aktiva, avslutade, positiv lösning.

    ``by_sex`` asks for women (K) and men (M). ``part_of`` is the id of the indicator that this one is a part of:
    positiv lösning, in number or percent, of avslutade. ``count_of`` is, for a percentage, the id of the indicator
    that counts the part, so that the percentage can be worked out and held against it.
    """

    id: str = field(default_factory=new_id)
    name: str
    unit: IndicatorUnit = IndicatorUnit.PERSONS
    by_sex: bool = False
    part_of: str = ""
    count_of: str = ""
    counting: Counting = Counting.YEAR


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What an indicator was for a team after ``tertial`` 1–3 of ``year``; ``team_id`` "" is all teams, as reported.

    Percent as 0.74. ``women`` and ``men`` only where the indicator is by sex. None is "not measured". ``source`` tells
    where the number comes from, such as "Verksamhet T2.xlsx, Teamen, C7", or who typed it.
    """

    team_id: str
    indicator_id: str
    year: int
    tertial: int
    total: Decimal | None = None
    women: Decimal | None = None
    men: Decimal | None = None
    note: str = ""
    source: str = ""

    @property
    def period(self) -> tuple[int, int]:
        """Year and tertial, to sort by."""
        return self.year, self.tertial

    @property
    def is_empty(self) -> bool:
        """True when nothing is measured and nothing noted."""
        return self.total is None and self.women is None and self.men is None and not self.note


ACTIVE, FINISHED, SOLVED, SOLVED_SHARE, NEW = (
    "aktiva", "avslutade", "positiv-losning", "positiv-losning-andel", "nya",
)  # fmt: skip
"""Ids of the standard indicators."""

STANDARD_INDICATORS = (
    Indicator(id=ACTIVE, name="Aktiva", counting=Counting.STATE),
    Indicator(id=FINISHED, name="Avslutade"),
    Indicator(id=SOLVED, name="Positiv lösning, antal", part_of=FINISHED),
    Indicator(
        id=SOLVED_SHARE, name="Positiv lösning, andel", unit=IndicatorUnit.PERCENT, part_of=FINISHED,
        count_of=SOLVED,
    ),
    Indicator(id=NEW, name="Nya", by_sex=True),
)  # fmt: skip
"""What most associations follow, as they stand in tertial reports of samordningsteam."""

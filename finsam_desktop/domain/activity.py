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


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A samordningsteam or samverkansplattform that is followed. ``measure_id`` is its insats, if any."""

    id: str = field(default_factory=new_id)
    name: str
    measure_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """Something counted about the teams: aktiva, avslutade, positiv lösning.

    ``by_sex`` asks for women (K) and men (M). ``part_of`` is the id of the indicator whose number the percentage is
    a part of: positiv lösning in percent of avslutade.
    """

    id: str = field(default_factory=new_id)
    name: str
    unit: IndicatorUnit = IndicatorUnit.PERSONS
    by_sex: bool = False
    part_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What an indicator was for a team in ``tertial`` 1–3 of ``year``, counted from the start of the year.

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

"""The texts of a tertialrapport; its figures are the figure tables of the same item."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from finsam_desktop.domain.ids import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSection:
    """A heading with its text (Markdown). ``level`` 2 for a platform, 3 inside one.

    ``figure_id`` names a figure table of the item printed after the text; ``indicators`` prints the readings of
    the report's period instead, of ``team_ids`` or of all teams when none is named. ``previous`` is what the same
    section said in the report before, ``kept`` that somebody has said that it still holds.
    """

    id: str = field(default_factory=new_id)
    heading: str
    level: int = 2
    text: str = ""
    figure_id: str = ""
    indicators: bool = False
    team_ids: tuple[str, ...] = ()
    previous: str = ""
    kept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A goal of the verksamhetsplan: target value, outcome and judgement, all in words as printed."""

    text: str
    target: str = ""
    outcome: str = ""
    judgement: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierText:
    """What a text of the report itself said in the report before. ``name`` is the field: summary, economy …"""

    name: str
    text: str
    kept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TertialReport:
    """The texts of a report for ``tertial`` 1–3 of ``year``; texts are Markdown.

    Without ``goals`` of its own the report prints those of the year's plan. ``begun_from`` names the report whose
    texts it was begun with, "Tertialrapport 1 2026", and ``earlier`` is what its texts said. ``print_sources``
    prints where the figures come from under the tables.
    """

    year: int
    tertial: int
    dated: date | None = None
    summary: str = ""
    introduction: str = ""
    sections: tuple[ReportSection, ...] = ()
    goals: tuple[Goal, ...] = ()
    economy: str = ""
    deviations: str = ""
    begun_from: str = ""
    earlier: tuple[EarlierText, ...] = ()
    print_sources: bool = True

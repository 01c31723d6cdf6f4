"""The texts of a tertialrapport; its figures are the figure tables of the same item."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from finsam_desktop.domain.ids import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSection:
    """A heading with its text (Markdown). ``level`` 2 for a platform, 3 inside one.

    ``figure_id`` names a figure table printed after the text.
    """

    id: str = field(default_factory=new_id)
    heading: str
    level: int = 2
    text: str = ""
    figure_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A goal of the verksamhetsplan: target value, outcome and judgement, all in words as printed."""

    text: str
    target: str = ""
    outcome: str = ""
    judgement: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TertialReport:
    """The texts of a report for ``tertial`` 1–3 of ``year``; texts are Markdown."""

    year: int
    tertial: int
    dated: date | None = None
    summary: str = ""
    introduction: str = ""
    sections: tuple[ReportSection, ...] = ()
    goals: tuple[Goal, ...] = ()
    economy: str = ""
    deviations: str = ""

"""Last period's report as the beginning of the next: its texts at hand, and marked until they are rewritten."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any, Final

from finsam_desktop.domain.agenda import AgendaItem, walk
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.catalogue_use import latest_tertial
from finsam_desktop.domain.figures import Purpose
from finsam_desktop.domain.ids import new_id
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.report import EarlierText, ReportSection, TertialReport

TEXT_NAMES: Final = {
    "summary": "Sammanfattning",
    "introduction": "Inledning",
    "economy": "Ekonomi",
    "deviations": "Avvikelser",
}
"""The report's own texts by field, in reading order."""
CARRIED_TEXTS: Final = ("introduction", "economy")
"""Texts that a new report begins with; summary and deviations are about one period and begin empty."""
_LONG: Final = 1500
"""Words of a text that is longer than any section."""
_REWRITTEN: Final = 0.9
"""A text with more than this share of its words unchanged is still the old one: mending a word rewrites nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedText:
    """A text that still is last period's. ``key`` is a section's id or a name of ``TEXT_NAMES``, ``heading`` where."""

    key: str
    heading: str


def is_carried(text: str, previous: str, *, kept: bool = False) -> bool:
    """Whether ``text`` still is last period's: nearly the same words, and nobody has said that it holds."""
    if kept or not text.strip() or not previous.strip():
        return False
    now, before = _words(text), _words(previous)
    if not now or not before:
        return text.strip() == previous.strip()
    if now == before:
        return True
    matcher = SequenceMatcher(None, before, now, autojunk=False)
    if matcher.quick_ratio() <= _REWRITTEN:
        return False
    # Words in order take too long to compare in a very long text; there the words alone decide.
    return len(now) > _LONG or matcher.ratio() > _REWRITTEN


def section_carried(section: ReportSection) -> bool:
    """Whether the section's text still is last period's."""
    return is_carried(section.text, section.previous, kept=section.kept)


def earlier_text(report: TertialReport, name: str) -> EarlierText:
    """What the text said in the report before; empty when there was none."""
    return next((each for each in report.earlier if each.name == name), EarlierText(name=name, text=""))


def text_carried(report: TertialReport, name: str) -> bool:
    """Whether one of the report's own texts still is last period's."""
    earlier = earlier_text(report, name)
    return is_carried(getattr(report, name), earlier.text, kept=earlier.kept)


def carried_texts(report: TertialReport) -> tuple[CarriedText, ...]:
    """Every text that still is last period's, in reading order."""
    own = {
        name: CarriedText(key=name, heading=heading)
        for name, heading in TEXT_NAMES.items()
        if text_carried(report, name)
    }
    sections = [
        CarriedText(key=section.id, heading=section.heading)
        for section in report.sections
        if section_carried(section)
    ]
    first = [own[name] for name in ("summary", "introduction") if name in own]
    last = [own[name] for name in ("economy", "deviations") if name in own]
    return (*first, *sections, *last)


def keep(report: TertialReport, key: str, *, kept: bool = True) -> TertialReport:
    """The report with the text of ``key`` said to hold for this period too."""
    if key in TEXT_NAMES:
        said = replace(earlier_text(report, key), kept=kept)
        others = tuple(each for each in report.earlier if each.name != key)
        return replace(report, earlier=(*others, said))
    sections = tuple(replace(one, kept=kept) if one.id == key else one for one in report.sections)
    return replace(report, sections=sections)


def with_text(report: TertialReport, key: str, text: str) -> TertialReport:
    """The report with another text in a section or in one of ``TEXT_NAMES``."""
    if key in TEXT_NAMES:
        values: dict[str, Any] = {key: text}
        return replace(report, **values)
    return replace(
        report, sections=tuple(replace(one, text=text) if one.id == key else one for one in report.sections)
    )


def report_name(report: TertialReport) -> str:
    """ "Tertialrapport 1 2026"."""
    return f"Tertialrapport {report.tertial} {report.year}"


def report_before(
    meetings: Iterable[Meeting], year: int, tertial: int
) -> tuple[Meeting, AgendaItem, TertialReport] | None:
    """The latest report of an earlier period, with its meeting and item; None when there is none."""
    found = [
        (meeting, item, item.report)
        for meeting in meetings
        if meeting.cancelled_on is None
        for item in walk(meeting.items)
        if item.report is not None and (item.report.year, item.report.tertial) < (year, tertial)
    ]
    return max(found, key=lambda each: (each[2].year, each[2].tertial, each[0].date), default=None)


def period_of(item: AgendaItem, meeting: Meeting) -> tuple[int, int]:
    """The year and tertial that a report of the item is about: as its template or title says, else the latest."""
    said = re.fullmatch(r"tertialrapport-([123])", item.template_id) or re.search(
        r"\btertial(?:rapport)? ?([123])\b", item.title, re.IGNORECASE
    )
    latest, _words = latest_tertial(meeting.date)
    tertial = int(said[1]) if said else latest
    named = re.search(r"\b(20\d\d)\b", item.title)
    if said and named:
        return int(named[1]), tertial
    return meeting.date.year - (1 if tertial == 3 and meeting.date.month <= 8 else 0), tertial


def new_report(
    association: Association,
    meetings: Iterable[Meeting],
    meeting: Meeting,
    item: AgendaItem,
    *,
    period: tuple[int, int] | None = None,
) -> TertialReport:
    """A report of the item to begin writing in: last period's where there is one, else headings by insats.

    ``period`` is year and tertial. When not given it is as the item says, or the first after it that has no report.
    """
    known = (*(other for other in meetings if other.id != meeting.id), meeting)
    year, tertial = period or _unreported(known, *period_of(item, meeting))
    before = report_before(known, year, tertial)
    if before is None:
        return TertialReport(year=year, tertial=tertial, sections=_headings(association))
    _meeting, old_item, old = before
    return carried_over(old, old_item, association, year=year, tertial=tertial)


def carried_over(
    old: TertialReport, old_item: AgendaItem, association: Association, *, year: int, tertial: int
) -> TertialReport:
    """``old`` as the beginning of the report for another period; every text of it is at hand in the new one.

    Its tables stay behind: a section that printed indicators prints those of the new period.
    """
    indicator_tables = {table.id for table in old_item.figures if table.purpose is Purpose.INDICATORS}
    has_readings = any(reading.period == (year, tertial) for reading in association.readings)

    def begun(section: ReportSection) -> ReportSection:
        showed = section.indicators or section.figure_id in indicator_tables
        return replace(
            section,
            id=new_id(),
            previous=section.text,
            kept=False,
            figure_id="",
            indicators=showed and (section.indicators or has_readings),
        )

    texts = {name: getattr(old, name) for name in TEXT_NAMES}
    return TertialReport(
        year=year,
        tertial=tertial,
        introduction=old.introduction,
        sections=tuple(begun(section) for section in old.sections),
        economy=old.economy,
        begun_from=report_name(old),
        earlier=tuple(EarlierText(name=name, text=text) for name, text in texts.items() if text.strip()),
        print_sources=old.print_sources,
    )


def _unreported(meetings: Iterable[Meeting], year: int, tertial: int) -> tuple[int, int]:
    taken = {
        (item.report.year, item.report.tertial)
        for meeting in meetings
        for item in walk(meeting.items)
        if item.report is not None
    }
    while (year, tertial) in taken:
        year, tertial = (year + 1, 1) if tertial == 3 else (year, tertial + 1)
    return year, tertial


def _headings(association: Association) -> tuple[ReportSection, ...]:
    names = dict.fromkeys(measure.name for measure in association.measures if measure.name.strip())
    sections = tuple(ReportSection(heading=name) for name in names)
    if association.readings:
        sections = (ReportSection(heading="Samordningsteam", indicators=True), *sections)
    return sections or (ReportSection(heading="Samordningsteam"),)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())

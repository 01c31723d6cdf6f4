"""The context of Ekonomi i korthet: four figures, a small table, a chart and equity, on one page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from finsam_desktop.documents.accent import ACCENT
from finsam_desktop.documents.economy_parts import EconomyParts
from finsam_desktop.documents.figure_blocks import figure_block, printable
from finsam_desktop.documents.kallelse import reference
from finsam_desktop.documents.kinds import About, Document, document_item, top_item
from finsam_desktop.documents.values import iso, with_dates
from finsam_desktop.domain.agenda import AgendaItem, find, walk
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.figures import FigureTable, Post
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.report_carrying import period_of
from finsam_desktop.domain.wording import no_break
from finsam_desktop.errors import UserError
from finsam_desktop.word import Table

MOST_AREAS = 5
"""Areas of cost in the chart, so that all of it stands on one page."""
_SHOWN = (Post.INCOME, Post.COSTS, Post.RESULT)


def ekonomi_i_korthet_context(
    association: Association, meeting: Meeting, about: About, today: date, *, accent: str = ACCENT
) -> dict[str, object]:
    """Everything the template ekonomi-i-korthet.docx can print, but for the letterhead.

    UserError when no item of the meeting has an income statement or a balance sheet.
    """
    item = figures_item(meeting, about)
    top = top_item(meeting, item.id) or item
    year, tertial = report_period(top, meeting)
    parts = EconomyParts(
        association=association,
        tables=tuple(table for part in walk((top,)) for table in printable(part)),
        year=year,
        tertial=tertial,
        accent=accent,
    )
    chart = parts.cost_chart(most=MOST_AREAS)
    return {
        "document": {
            "title": "Ekonomi i korthet",
            "subtitle": f"{parts.period.capitalize()} {year}",
            "date": iso(top.report.dated if top.report is not None and top.report.dated else today),
            "reference": reference(top.reference),
            "running_title": with_dates(f"Ekonomi i korthet, {parts.period} {year}"),
        },
        "brief": {
            "key_figures": parts.key_figures(),
            "table": _sums(parts),
            "chart": chart if chart is not None else parts.equity_chart(),
            "equity": no_break(parts.equity_sentence()),
        },
    }


def figures_item(meeting: Meeting, about: About) -> AgendaItem:
    """The item whose statements are meant. UserError when there is none."""
    item = document_item(Document.EKONOMI_I_KORTHET, meeting, about)
    if item is None:
        gone = bool(about.items) and find(meeting.items, about.items[0]) is None
        raise UserError(
            "Ärendet finns inte i sammanträdet."
            if gone
            else "Inget ärende har en resultat- eller balansrapport.",
            advice="Sätt in rapporten i ärendet under Siffror och försök igen.",
        )
    return item


def report_period(item: AgendaItem, meeting: Meeting) -> tuple[int, int]:
    """The year and tertial of the item's figures: as its report says, else its tables, else its title."""
    reports = [part.report for part in walk((item,)) if part.report is not None]
    if reports:
        return reports[0].year, reports[0].tertial
    ends = [table.period.end for part in walk((item,)) for table in part.figures if table.period is not None]
    if ends and ends[0].month % 4 == 0:
        return ends[0].year, ends[0].month // 4
    return period_of(item, meeting)


def _sums(parts: EconomyParts) -> Table | None:
    """Income, costs and result of the income statement; all of its rows where it does not say which those are."""
    income = parts.income
    if income is None:
        return None
    rows = tuple(row for row in income.rows if row.post in _SHOWN)
    small: FigureTable = replace(income, rows=rows, note="") if len(rows) > 1 else income
    return figure_block(small, deviation=True, comments=False)

"""The context of the årsredovisning: förvaltningsberättelse, the statements and notes of the year (R49b, R49c)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from finsam_desktop.documents.economy_parts import EconomyParts
from finsam_desktop.documents.figure_blocks import figure_block, printable
from finsam_desktop.documents.kallelse import reference
from finsam_desktop.documents.kinds import About, Document, document_item, top_item
from finsam_desktop.documents.tertialrapport import decision_state, goals_table, readings_table
from finsam_desktop.documents.values import markdown, with_dates
from finsam_desktop.domain.agenda import AgendaItem, find, walk
from finsam_desktop.domain.annual import (
    annual_figures,
    cash_flow,
    note_skeleton,
    sick_leave_reason,
    sick_leave_rows,
)
from finsam_desktop.domain.annual_report import AnnualReport
from finsam_desktop.domain.annual_years import annual_year
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.figures import FigureTable
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.plan_goals import report_goals
from finsam_desktop.domain.plan_sums import plan_of
from finsam_desktop.domain.wording import amount, join_names, no_break
from finsam_desktop.errors import UserError
from finsam_desktop.word import Column, Row, Table

TEXTS = {
    "development": "Översikt över verksamhetens utveckling",
    "events": "Händelser av väsentlig betydelse",
    "governance": "Styrning och uppföljning av verksamheten",
    "management": "God ekonomisk hushållning och ekonomisk ställning",
    "staff": "Väsentliga personalförhållanden",
    "expected": "Förväntad utveckling",
}
"""The headings of the förvaltningsberättelse by field (LKBR 11 kap.)."""
MISSING = "text saknas."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Year:
    """What an årsredovisning is made of."""

    association: Association
    report: AnnualReport
    tables: tuple[FigureTable, ...]


def arsredovisning_context(
    association: Association, meetings: Iterable[Meeting], meeting: Meeting, about: About, today: date
) -> dict[str, object]:
    """Everything the template arsredovisning.docx can print, but for the letterhead.

    A text that nobody has written is marked in its place and told on the cover; what the figures lack is told in
    ``annual.remarks``. UserError when no item of the meeting is about the årsredovisning.
    """
    known = tuple(meetings)
    item = document_item(Document.ARSREDOVISNING, meeting, about)
    if item is None:
        raise UserError(
            "Inget ärende i sammanträdet gäller årsredovisningen.",
            advice="Lägg till ärendet om årsredovisningen på dagordningen och försök igen.",
        )
    top = top_item(meeting, item.id) or item
    year = _year(association, known, meeting, top)
    report = year.report
    plan = plan_of(association, report.year)
    figures = annual_figures(year.tables, plan, report.adjustments)
    unwritten = [heading for name, heading in TEXTS.items() if not getattr(report, name).strip()]
    notes = _notes(year)
    unwritten += [f"noten {note['heading']}" for note in notes if note["mark"]]
    title = f"Årsredovisning {report.year}"
    parts = EconomyParts(association=association, tables=year.tables, year=report.year, tertial=3)
    goals = report_goals(plan, 3, association) if plan is not None else ()
    return {
        "document": {
            "title": title,
            "subtitle": association.name,
            "reference": reference(top.reference),
            "running_title": f"Utkast. {title}" if unwritten else title,
        },
        "annual": {
            "state": decision_state(known, meeting, item, fixed="Fastställd", proposed="Förslag"),
            "draft": no_break(f"text saknas i {join_names(tuple(unwritten))}.") if unwritten else "",
            "dated": with_dates(today),
            "key_figures": parts.key_figures(),
            **{name: markdown(getattr(report, name), shift=2) for name in TEXTS},
            "marks": {name: "" if getattr(report, name).strip() else MISSING for name in TEXTS},
            "indicators": _block(readings_table(association, report.year, 3)),
            "goals": goals_table(goals),
            "equity": parts.equity_table(),
            "balance_requirement": _block(figures.balance_requirement),
            "sick_leave": _sick_leave(report),
            "sick_leave_reason": no_break(sick_leave_reason(report.sick_leave)),
            "operations": _block(figures.operations),
            "investments": no_break(_investments(figures.result, figures.balance)),
            "income_statement": _block(figures.result),
            "balance_sheet": _block(figures.balance),
            "cash_flow": _block(figures.cash_flow),
            "notes": notes,
            "remarks": [no_break(remark) for remark in figures.remarks],
        },
    }


def _year(
    association: Association, meetings: tuple[Meeting, ...], meeting: Meeting, item: AgendaItem
) -> _Year:
    """The year's report, and the figures of the item or of the item that the report is linked to."""
    wanted = annual_year(association, meeting, item)
    report = next((one for one in association.annual_reports if one.year == wanted), None)
    report = report or AnnualReport(year=wanted)
    tables = tuple(table for part in walk((item,)) for table in printable(part))
    if not tables and report.item_id:
        elsewhere = (find(other.items, report.item_id) for other in meetings)
        tables = next((found.figures for found in elsewhere if found is not None), ())
    return _Year(association=association, report=report, tables=tables)


def _block(table: FigureTable | None) -> Table | None:
    return figure_block(table) if table is not None else None


def _sick_leave(report: AnnualReport) -> Table | None:
    rows = sick_leave_rows(report.sick_leave)
    if not rows:
        return None
    return Table(
        columns=(
            Column(title="Sjukfrånvaro", width_mm=116),
            Column(title="Andel av ordinarie\narbetstid", width_mm=44, align="right"),
        ),
        rows=tuple(Row(cells=(label, share)) for label, share in rows),
        caption=f"Sjukfrånvaro {report.year}",
        description="Sjukfrånvaro som andel av ordinarie arbetstid",
        note="Grupper med högst tio anställda redovisas inte.",
    )


def _investments(result: FigureTable | None, balance: FigureTable | None) -> str:
    """What was invested during the year, as the cash flow has it; "" where that is not known."""
    flow = cash_flow(result, balance) if result is not None and balance is not None else None
    if flow is None:
        return ""
    if not flow.investments:
        return "Förbundet har inte gjort några investeringar under året."
    return f"Årets investeringar uppgår netto till {amount(-flow.investments)}."


def _notes(year: _Year) -> list[dict[str, object]]:
    """The notes as written, else the skeleton of the usual ones; one without text and table is marked."""
    made: list[dict[str, object]] = []
    for number, note in enumerate(year.report.notes or note_skeleton(), start=1):
        table = next((table for table in year.tables if table.id == note.figure_id), None)
        told = bool(note.text.strip()) or table is not None
        made.append(
            {
                "number": str(number),
                "heading": no_break(note.heading),
                "mark": "" if told else MISSING,
                "text": markdown(note.text, shift=2),
                "figure": _block(table),
            }
        )
    return made

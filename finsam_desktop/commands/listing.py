"""What `finsam` prints of an association, a meeting, findings and figures: as lines and as data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from finsam_desktop.domain import numbering, wording
from finsam_desktop.domain.accessibility import RULE_LETTER
from finsam_desktop.domain.agenda import AgendaItem, parent_of, walk
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.audit import DischargeOutcome
from finsam_desktop.domain.figures import FigureTable
from finsam_desktop.domain.meeting import Meeting

if TYPE_CHECKING:
    from finsam_desktop.domain.rules import Finding
    from finsam_desktop.word import Problem

_SUPPORTS = {None: "inte antecknat", True: "ja", False: "nej"}
_GRAVITY = {"error": "Fel", "warning": "Varning", "note": "Att veta"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The same content twice: lines for a reader, plain data for a program."""

    lines: tuple[str, ...]
    data: Any


def association(value: Association, meetings: Sequence[Meeting]) -> Listing:
    """The association and its meetings, oldest first."""
    rows = [
        {
            "id": meeting.id,
            "date": meeting.date.isoformat(),
            "kind": meeting.kind.value,
            "state": meeting.state.value,
            "items": len(meeting.items),
            "paragraphs": numbering.ranges(numbering.paragraphs(meetings, meeting).values()),
        }
        for meeting in meetings
    ]
    lines = [value.name, f"{len(value.members)} medlemmar, {len(value.people)} personer", ""]
    lines += [
        f"{meeting.date}  {wording.STATES[meeting.state]:<10}  {len(meeting.items):>2} ärenden  "
        f"{numbering.section_label(numbering.paragraphs(meetings, meeting).values())}"
        for meeting in meetings
    ]
    if not meetings:
        lines.append("Inga sammanträden än.")
    return Listing(
        lines=tuple(lines), data={"name": value.name, "org_number": value.org_number, "meetings": rows}
    )


def meeting(value: Association, meetings: Sequence[Meeting], chosen: Meeting) -> Listing:
    """A meeting's agenda with types, presenters and attachments."""
    numbers = numbering.agenda_numbers(chosen)
    sections = numbering.paragraphs(meetings, chosen)
    attachments = numbering.attachment_numbers(chosen)
    lines = [
        f"Styrelsens sammanträde {wording.weekday_date(chosen.date)}",
        " · ".join(
            part
            for part in (
                wording.clock_range(chosen.start, chosen.end),
                chosen.place,
                wording.STATES[chosen.state],
                numbering.section_label(sections.values()),
            )
            if part
        ),
        "",
    ]
    for item in chosen.items:
        lines.append(_line(value, item, f"{numbers[item.id]:>3}  ", attachments))
        lines += [f"     {numbers[sub.id]}  {sub.title}" for sub in item.sub_items]
    data = {
        "id": chosen.id,
        "date": chosen.date.isoformat(),
        "state": chosen.state.value,
        "items": [
            {
                "id": item.id,
                "number": numbers[item.id],
                "paragraph": sections.get(item.id),
                "title": item.title,
                "type": item.type.value,
                "presenter": presenter(value, item),
                "attachments": [attachments[a.id] for a in item.attachments],
                "figures": [table.title for table in item.figures],
            }
            for item in walk(chosen.items)
        ],
    }
    return Listing(lines=tuple(lines), data=data)


def _line(value: Association, item: AgendaItem, number: str, attachments: dict[str, int]) -> str:
    label = numbering.attachment_label(item, attachments)
    facts = (wording.ITEM_TYPES[item.type], f"Bilaga {label}" if label else "", presenter(value, item))
    return " · ".join((number + item.title, *(fact for fact in facts if fact)))


def presenter(value: Association, item: AgendaItem) -> str:
    """The name of the item's presenter, from the register or as written."""
    person = value.person(item.presenter_id) if item.presenter_id else None
    return person.name if person is not None else item.presenter


def findings(
    value: Association,
    meetings: Sequence[Meeting],
    chosen: Iterable[Meeting],
    today: date,
    *,
    whole: bool = False,
) -> Listing:
    """What the checks say of the chosen meetings; data is empty when they say nothing.

    ``whole`` also asks about the association itself: its register, förbundsordning, audit and year.
    """
    from finsam_desktop.domain.rules import check, check_association

    lines: list[str] = []
    data: list[dict[str, Any]] = []
    for one in chosen:
        numbers = numbering.agenda_numbers(one)
        for finding in check(one, value, meetings, today):
            parent = parent_of(one.items, finding.place.item_id)
            number = numbers.get(finding.place.item_id)
            if parent is not None and number is not None:
                number = numbers[parent.id] + number
            where = f"ärende {number}" if number is not None else "sammanträdet"
            lines.append(_finding_line(one.date.isoformat(), where, finding))
            data.append(_finding_data(finding, today, meeting=one.date.isoformat()))
    told = {(row["rule"], row["title"]) for row in data}
    for finding in check_association(value, today, meetings) if whole else ():
        if (finding.rule, finding.title) in told:
            continue  # with a meeting already
        lines.append(_finding_line(" " * 10, "förbundet", finding))
        data.append(_finding_data(finding, today, meeting=""))
    return Listing(lines=tuple(lines) or ("Inget att åtgärda.",), data=data)


def _finding_line(day: str, where: str, finding: Finding) -> str:
    if finding.rule.startswith(RULE_LETTER):
        where = f"tillgänglighet, {where}"
    return f"{day}  {finding.rule}  {where}: {finding.title.rstrip('.')}. {finding.advice} ({finding.source})"


def _finding_data(finding: Finding, today: date, *, meeting: str) -> dict[str, Any]:
    def shown(day: date | None) -> str | None:
        return None if day is None else day.isoformat()

    return {
        "meeting": meeting,
        "rule": finding.rule,
        "severity": finding.severity.value,
        "item": finding.place.item_id,
        "field": finding.place.field,
        "title": finding.title,
        "advice": finding.advice,
        "source": finding.source,
        "earliest": shown(finding.earliest),
        "latest": shown(finding.latest),
        "days_left": finding.days_left(today),
    }


def audit(value: Association, year: int, today: date) -> Listing:
    """The audit of a year as a matrix, member by member; data also has what the checks say of it."""
    from finsam_desktop.domain.audit import audit_of
    from finsam_desktop.domain.rules import check_association

    shown = audit_of(value.audits, year)
    said = [f for f in check_association(value, today) if f.place.field == "audits" and str(year) in f.title]

    def day(at: date | None) -> str:
        return "–" if at is None else at.isoformat()

    lines = [
        f"Revision {year}",
        f"Årsredovisningen överlämnad: {day(shown.annual_report_sent)}",
        f"Revisionsberättelsen inkommen: {day(shown.report_received)}",
        f"Tillstyrker ansvarsfrihet: {_SUPPORTS[shown.supported]}",
        "",
    ]
    width = max((len(member.name) for member in value.members), default=0)
    rows = []
    for member in value.members:
        row = shown.of(member.id)
        outcome = wording.DISCHARGES[row.outcome if row is not None else DischargeOutcome.PENDING]
        sent, decided = (row.sent, row.decided) if row is not None else (None, None)
        lines.append(f"{member.name:<{width}}  skickad {day(sent):<10}  prövad {day(decided):<10}  {outcome}")
        rows.append(
            {
                "member": member.name,
                "sent": None if sent is None else sent.isoformat(),
                "decided": None if decided is None else decided.isoformat(),
                "outcome": (row.outcome if row is not None else DischargeOutcome.PENDING).value,
                "decided_by": row.decided_by if row is not None else "",
                "remark": row.remark if row is not None else "",
            }
        )
    lines += ["", *(f"{f.title.rstrip('.')}. {f.advice}" for f in said)] if said else []
    return Listing(
        lines=tuple(lines),
        data={
            "year": year,
            "annual_report_sent": None if shown.annual_report_sent is None else day(shown.annual_report_sent),
            "report_received": None if shown.report_received is None else day(shown.report_received),
            "supported": shown.supported,
            "remark": shown.remark,
            "measures": shown.measures,
            "members": rows,
            "findings": [_finding_data(finding, today, meeting="") for finding in said],
        },
    )


def template_problems(problems: Iterable[Problem]) -> Listing:
    """What is wrong with a Word template, each with its place and the text around it."""
    from finsam_desktop.documents.template_check import place_of

    lines: list[str] = []
    data: list[dict[str, Any]] = []
    for problem in problems:
        lines.append(f"{_GRAVITY[problem.severity]}  {place_of(problem)}: {problem.message}")
        lines += [f"      ”{problem.context}”"] if problem.context else []
        data.append(
            {
                "severity": problem.severity,
                "code": problem.code,
                "message": problem.message,
                "part": problem.part,
                "paragraph": problem.paragraph,
                "where": problem.where,
                "tag": problem.tag,
                "context": problem.context,
            }
        )
    return Listing(lines=tuple(lines) or ("Inget att åtgärda.",), data=data)


def tables(source: Path, today: date, sheet: str | None = None) -> Listing:
    """The tables recognised in a workbook or on one sheet of it, as they would be printed in Word."""
    from finsam_desktop.sources import figure_table, read_workbook, recognise_sheet, recognise_usual

    book = read_workbook(source)
    found = recognise_sheet(book.sheet(sheet)) if sheet else recognise_usual(book)
    shown = figure_tables([figure_table(book, each, read_on=today) for each in found])
    lines: list[str] = [*book.remarks, ""] if book.remarks else []
    lines += shown.lines
    if not shown.data:
        names = ", ".join(sheet.name for sheet in book.sheets)
        lines.append(f"Ingen tabell med siffror känns igen i {source.name}. Blad i filen: {names}.")
    return Listing(lines=tuple(lines), data=shown.data)


def figure_tables(shown: Iterable[FigureTable]) -> Listing:
    """Figure tables as they are printed, each followed by an empty line; every value with its cell as data."""
    from finsam_desktop.domain.figures_layout import Align, printed

    lines: list[str] = []
    data: list[dict[str, Any]] = []
    for table in shown:
        set_out = printed(table)
        place = f" ({table.source.sheet}!{table.source.cells})" if table.source else ""
        lines.append(f"{table.title}{place}, {table.unit}")
        grid = [tuple(column.title for column in set_out.columns), *(row.cells for row in set_out.rows)]
        widths = [max(len(line[i]) for line in grid) for i in range(len(set_out.columns))]
        for line in grid:
            cells = (
                text.rjust(width) if column.align is Align.RIGHT else text.ljust(width)
                for text, width, column in zip(line, widths, set_out.columns, strict=True)
            )
            lines.append("  ".join(cells).rstrip())
        lines.append("")
        data.append({
            "title": table.title,
            "purpose": table.purpose.value,
            "sheet": table.source.sheet if table.source else "",
            "cells": table.source.cells if table.source else "",
            "sha256": table.source.sha256 if table.source else "",
            "source_unit": table.source_unit.value,
            "columns": [{"title": c.title, "role": c.role.value, "source": c.source} for c in table.columns],
            "rows": [
                {
                    "kind": row.kind.value,
                    "post": row.post.value,
                    "cells": [
                        {
                            "address": cell.address,
                            "text": cell.text,
                            "amount": None if cell.amount is None else str(cell.amount),
                            "error": cell.error,
                        }
                        for cell in row.cells
                    ],
                }
                for row in table.rows
            ],
        })  # fmt: skip
    return Listing(lines=tuple(lines), data=data)

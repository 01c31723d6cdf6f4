"""What `finsam annual` prints: the figures of the årsredovisning, and what is written beside them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from finsam_desktop.commands.listing import Listing
from finsam_desktop.domain.annual import annual_figures, sick_leave_reason, sick_leave_rows
from finsam_desktop.domain.annual_report import AnnualReport
from finsam_desktop.domain.figures import ColumnKind, ColumnRole, FigureTable
from finsam_desktop.domain.wording import number, percent
from finsam_desktop.domain.year_plan import YearPlan

TEXTS = {
    "development": "Utveckling", "events": "Väsentliga händelser", "governance": "Styrning och uppföljning",
    "management": "God ekonomisk hushållning", "staff": "Personal", "expected": "Förväntad utveckling",
}  # fmt: skip


def annual(report: AnnualReport, tables: tuple[FigureTable, ...], plan: YearPlan | None) -> Listing:
    """Kassaflöde, driftredovisning and balanskravsresultat in kronor, sick leave, and which texts are written."""
    figures = annual_figures(tables, plan, report.adjustments)
    made = (figures.cash_flow, figures.operations, figures.balance_requirement)
    lines = [f"Årsredovisning {report.year}, kronor"]
    data: dict[str, Any] = {"year": report.year, "tables": [], "remarks": list(figures.remarks)}
    for table in made:
        if table is not None:
            lines += [table.title, *(f"  {_row(table, place)}" for place in range(len(table.rows)))]
            data["tables"].append(_plain(table))
    rows = sick_leave_rows(report.sick_leave)
    lines.append("Sjukfrånvaro")
    lines += [f"  {label}: {text}" for label, text in rows] or [f"  {sick_leave_reason(report.sick_leave)}"]
    missing = [title for name, title in TEXTS.items() if not getattr(report, name).strip()]
    lines.append(f"Texter som saknas: {', '.join(missing)}." if missing else "Alla texter är skrivna.")
    lines += [f"! {remark}" for remark in figures.remarks]
    data |= {
        "sick_leave": dict(rows), "missing_texts": missing, "notes": [note.heading for note in report.notes],
    }  # fmt: skip
    return Listing(lines=tuple(lines), data=data)


def _row(table: FigureTable, place: int) -> str:
    row = table.rows[place]
    label = table.column_index(ColumnRole.LABEL) or 0
    shown = [
        "" if cell.amount is None else _shown(table.columns[column].kind, cell.amount)
        for column, cell in enumerate(row.cells) if column != label
    ]  # fmt: skip
    return f"{row.cells[label].text}: {', '.join(shown)}" if any(shown) else row.cells[label].text


def _shown(kind: ColumnKind, amount: Decimal) -> str:
    return percent(amount, 1) if kind is ColumnKind.PERCENT else number(amount)


def _plain(table: FigureTable) -> dict[str, Any]:
    return {
        "title": table.title,
        "columns": [column.title for column in table.columns],
        "rows": [
            [cell.text if cell.amount is None else float(cell.amount) for cell in row.cells]
            for row in table.rows
        ],
    }

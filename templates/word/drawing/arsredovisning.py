"""Årsredovisning: förvaltningsberättelse, the year's statements and notes, in the order of LKBR 4 kap. 1 §."""

from __future__ import annotations

from .markup import each, paragraph, when
from .package import Template
from .tertialrapport import cover, key_figures, mark, report


def template() -> Template:
    """The template arsredovisning.docx, in the report variant of the style sheet."""
    return report(cover("annual") + _management_report() + _statements() + _notes())


def _block(field: str) -> str:
    return paragraph("Brödtext", f"{{{{p {field} }}}}")


def _part(heading: str, name: str) -> str:
    """A heading of the förvaltningsberättelse with its text, marked where nobody has written it."""
    return paragraph("Rubrik 2", heading) + mark(f"annual.marks.{name}") + _block(f"annual.{name}")


def _management_report() -> str:
    reason = paragraph("Brödtext", "{{ annual.sick_leave_reason }}")
    return (
        paragraph("Rubrik 1", "Förvaltningsberättelse", page_break=True)
        + key_figures("annual.key_figures")
        + _part("Översikt över verksamhetens utveckling", "development")
        + _block("annual.indicators")
        + _part("Händelser av väsentlig betydelse", "events")
        + _part("Styrning och uppföljning av verksamheten", "governance")
        + _part("God ekonomisk hushållning och ekonomisk ställning", "management")
        + _block("annual.goals")
        + _block("annual.equity")
        + when(
            "annual.balance_requirement",
            paragraph("Rubrik 2", "Balanskravsresultat") + _block("annual.balance_requirement"),
        )
        + _part("Väsentliga personalförhållanden", "staff")
        + _block("annual.sick_leave")
        + when("annual.sick_leave_reason", reason)
        + _part("Förväntad utveckling", "expected")
    )


def _statements() -> str:
    shown = (
        ("Resultaträkning", "income_statement"),
        ("Balansräkning", "balance_sheet"),
        ("Kassaflödesanalys", "cash_flow"),
        ("Driftredovisning", "operations"),
    )
    tables = "".join(
        when(f"annual.{name}", paragraph("Rubrik 2", heading) + _block(f"annual.{name}"))
        for heading, name in shown
    )
    investments = paragraph("Rubrik 2", "Investeringsredovisning") + paragraph(
        "Brödtext", "{{ annual.investments }}"
    )
    return (
        paragraph("Rubrik 1", "Räkenskaper", page_break=True)
        + tables
        + when("annual.investments", investments)
    )


def _notes() -> str:
    return paragraph("Rubrik 1", "Noter") + each(
        "note",
        "annual.notes",
        paragraph("Rubrik 2", "Not {{ note.number }}. {{ note.heading }}")
        + mark("note.mark")
        + paragraph("Brödtext", "{{p note.text }}")
        + paragraph("Brödtext", "{{p note.figure }}"),
    )

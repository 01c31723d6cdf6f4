"""Ekonomi i korthet: the economy on one page."""

from __future__ import annotations

from .markup import paragraph, when
from .package import Template
from .page import letter_footer, letterhead, running_footer, running_header, section
from .tertialrapport import key_figures


def template() -> Template:
    """The template ekonomi-i-korthet.docx, in the report variant but without a cover."""
    body = (
        paragraph("Rubrik", "{{ document.title }}")
        + paragraph("Underrubrik", "{{ document.subtitle }}")
        + key_figures("brief.key_figures")
        + when(
            "brief.table",
            paragraph("Rubrik 1", "Resultat") + paragraph("Brödtext", "{{p brief.table }}"),
        )
        + paragraph("Brödtext", "{{p brief.chart }}")
        + when(
            "brief.equity",
            paragraph("Rubrik 1", "Eget kapital") + paragraph("Brödtext", "{{ brief.equity }}"),
        )
    )
    return Template(
        body=body + section(),
        first_header=letterhead("document.date", "document.reference"),
        header=running_header(),
        first_footer=letter_footer(),
        footer=running_footer(),
        report=True,
    )

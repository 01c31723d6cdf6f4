"""The memo to the board (tjänsteskrivelse): the proposal first, then why."""

from __future__ import annotations

from .kallelse import decision, fact, figures
from .markup import each, paragraph, when
from .package import Template
from .page import letter_footer, letterhead, running_footer, running_header, section


def letter(body: str) -> Template:
    """A paper with letterhead, date and reference at the top, and the address at the foot of its first page."""
    return Template(
        body=body + section(),
        first_header=letterhead("document.date", "document.reference"),
        header=running_header(),
        first_footer=letter_footer(),
        footer=running_footer(),
    )


def head() -> str:
    """Title and what it is."""
    return paragraph("Rubrik", "{{ document.title }}") + paragraph("Underrubrik", "{{ document.subtitle }}")


def part(heading: str, field: str) -> str:
    """A heading and a text, left out together."""
    return when(field, paragraph("Rubrik 1", heading) + paragraph("Brödtext", f"{{{{p {field} }}}}"))


def lines(heading: str, field: str) -> str:
    """A heading and a list, left out together."""
    line = paragraph("Punktlista", "{{ document_line }}")
    return when(field, paragraph("Rubrik 1", heading) + each("document_line", field, line))


def proposals(field: str, heading: str = "Förslag till beslut") -> str:
    """The proposals under one heading, each behind its thin line."""
    return when(
        field,
        paragraph("Rubrik 1", heading)
        + each(
            "proposal",
            field,
            when("proposal.heading", paragraph("Rubrik 2", "{{ proposal.heading }}")) + decision("proposal"),
        ),
    )


def template() -> Template:
    """The template tjansteskrivelse.docx."""
    return letter(
        head()
        + fact("Handläggare", "memo.author")
        + proposals("memo.proposals")
        + part("Sammanfattning", "memo.summary")
        + part("Bakgrund", "memo.background")
        + part("Bedömning", "memo.assessment")
        + part("Ekonomiska konsekvenser", "memo.consequences")
        + figures("memo")
        + lines("Beslutsunderlag", "memo.basis")
        + when(
            "memo.recipients",
            paragraph("Rubrik 1", "Expedieras till") + paragraph("Brödtext", "{{ memo.recipients }}"),
        )
        + when("memo.signed_by", paragraph("Undertecknare", "{{ memo.signed_by }}"))
    )

"""The letter to a member (skrivelse): what is asked for, the background, and those who sign."""

from __future__ import annotations

from .kallelse import decision, fact
from .markup import each, paragraph, when
from .package import Template
from .tjansteskrivelse import head, letter, part


def template() -> Template:
    """The template skrivelse.docx."""
    return letter(
        head()
        + fact("Till", "letter.receiver")
        + fact("Från", "letter.senders")
        + when("letter.proposal", paragraph("Rubrik 1", "Förslag till beslut") + decision("letter.proposal"))
        + part("Bakgrund", "letter.background")
        + when("letter.text", paragraph("Brödtext", "{{p letter.text }}"))
        + when(
            "letter.signatories",
            paragraph("Rubrik 1", "Underskrifter")
            + each(
                "signatory",
                "letter.signatories",
                paragraph("Underskrift", "\t\t")
                + paragraph("Namnförtydligande", "{{ signatory.name }}")
                + when("signatory.title", paragraph("Namntitel", "{{ signatory.title }}")),
            ),
        )
    )

"""The answer to a referral, or an inquiry (remissvar, utredning): numbered questions with answers, and statistics."""

from __future__ import annotations

from .kallelse import fact, figures
from .markup import each, paragraph, when
from .package import Template
from .tjansteskrivelse import head, letter, lines, part


def template() -> Template:
    """The template remissvar.docx."""
    question = paragraph("Delfråga", "{{ question.number }}\t{{ question.text }}") + when(
        "question.answer", paragraph("Brödtext", "{{p question.answer }}")
    )
    return letter(
        head()
        + fact("Avsändare", "referral.sender")
        + fact("Beteckning", "referral.sender_reference")
        + fact("Svar senast", "referral.due")
        + part("Inledning", "referral.introduction")
        + when(
            "referral.questions",
            paragraph("Rubrik 1", "Frågor och svar") + each("question", "referral.questions", question),
        )
        + when(
            "referral.statistics or referral.figures",
            paragraph("Rubrik 1", "Statistik")
            + each("figure", "referral.statistics", paragraph("Brödtext", "{{p figure }}"))
            + figures("referral"),
        )
        + part("Slutsats", "referral.conclusion")
        + lines("Underlag", "referral.basis")
        + when("referral.signed_by", paragraph("Undertecknare", "{{ referral.signed_by }}"))
    )

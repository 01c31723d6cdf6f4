"""The extract (protokollsutdrag): who decided, the §§ as the minutes have them, and the certification."""

from __future__ import annotations

from .kallelse import fact
from .markup import each, paragraph, run, when
from .package import Template
from .page import letter_footer, letterhead, page_of_pages, running_header, section
from .protokoll import sections


def template() -> Template:
    """The template protokollsutdrag.docx. Its §§ are drawn by the same code as those of the minutes."""
    return Template(
        body=_front() + sections() + _certification() + section(),
        first_header=letterhead("document.paragraphs", "document.reference"),
        header=running_header(),
        first_footer=letter_footer(mark="document.draft_mark"),
        footer=paragraph("Sidfot", run("\t{{ document.draft_mark }}") + page_of_pages()),
    )


def _front() -> str:
    deciding = paragraph(
        "Faktarad", run("Beslutande {{ group.paragraphs }}", "Faktaetikett"), run("\t{{ group.names }}")
    )
    return (
        paragraph("Rubrik", "{{ document.title }}")
        + paragraph("Underrubrik", "{{ document.subtitle }}")
        + fact("Plats och tid", "meeting.place_and_time")
        + each("group", "deciding", deciding)
        + fact("Justerat", "meeting.adjusted")
        + fact("Till", "recipient")
    )


def _certification() -> str:
    return (
        paragraph("Rubrik 1", "Utdragsbestyrkande")
        + paragraph("Normal", "{{ certification.text }}", keep_next=True)
        + when(
            "certification.date",
            paragraph("Underskrift", "{{ certification.date }}\t\t")
            + when(
                "certification.signed_by", paragraph("Namnförtydligande", "{{ certification.signed_by }}")
            ),
        )
    )

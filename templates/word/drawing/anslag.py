"""The notice on a member's board (anslag): a page for each board, with the proof that it was posted."""

from __future__ import annotations

from .markup import code, each, paragraph, run, when
from .package import Template
from .page import letter_footer, letterhead, running_footer, running_header, section

_FACTS = (
    ("Organ", "body"),
    ("Sammanträde", "meeting"),
    ("Paragrafer", "paragraphs"),
    ("Justerat", "adjusted"),
    ("Anslagstavla", "board"),
    ("Anslaget sätts upp", "posted"),
    ("Tas ned tidigast", "removed"),
    ("Förvaring", "kept"),
    ("Överklagande", "appeal"),
)


def template() -> Template:
    """The template anslag.docx."""
    title = "{{ document.title }}"
    facts = "".join(
        when(
            f"notice.{name}",
            paragraph("Faktarad", run(label, "Faktaetikett"), run(f"\t{{{{ notice.{name} }}}}")),
        )
        for label, name in _FACTS
    )
    notice = (
        code("{%p if loop.first %}")
        + paragraph("Rubrik", title)
        + code("{%p else %}")
        + paragraph("Rubrik", title, page_break=True)
        + code("{%p endif %}")
        + paragraph("Underrubrik", "{{ document.subtitle }}")
        + paragraph("Anslagstext", "{{ notice.text }}")
        + facts
        + paragraph("Rubrik 1", "Bevis")
        + paragraph("Normal", "Anslaget har suttit uppe under den tid som anges ovan.", keep_next=True)
        + _signed("Uppsatt den")
        + _signed("Nedtaget den")
    )
    return Template(
        body=each("notice", "notices", notice) + section(),
        first_header=letterhead("document.date", "document.reference"),
        header=running_header(),
        first_footer=letter_footer(),
        footer=running_footer(),
    )


def _signed(label: str) -> str:
    return paragraph("Underskrift", f"{label}\t\t") + paragraph("Namnförtydligande", "Datum och signatur")

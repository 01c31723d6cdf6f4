"""The invitation to a member consultation (samrådsinbjudan)."""

from __future__ import annotations

from .kallelse import fact, figures
from .markup import each, paragraph, when
from .package import Template
from .tjansteskrivelse import head, letter


def talk_items() -> str:
    """The numbered items of a meeting that does not decide: no §."""
    return each(
        "item",
        "items",
        paragraph("Ärenderubrik", "{{ item.heading }}\t{{ item.title }}")
        + when("item.facts", paragraph("Ärendeuppgift", "{{ item.facts }}"))
        + when("item.text", paragraph("Brödtext", "{{p item.text }}"))
        + figures("item"),
    )


def facts() -> str:
    """When, where, and who calls."""
    return (
        fact("Tid", "meeting.time")
        + fact("Plats", "meeting.place")
        + fact("Sammankallande", "meeting.convener")
        + fact("Förbund", "meeting.associations")
    )


def template() -> Template:
    """The template samradsinbjudan.docx."""
    return letter(
        head()
        + facts()
        + fact("Inbjudna", "meeting.invited")
        + fact("Företrädare", "meeting.about")
        + fact("Anmälan", "meeting.reply")
        + when("items", paragraph("Rubrik 1", "Dagordning") + talk_items())
        + when("meeting.issuer", paragraph("Utfärdare", "{{ meeting.issuer }}"))
    )

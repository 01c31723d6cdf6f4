"""What the things and places of a hit are called."""

from __future__ import annotations

from finsam_desktop.domain.agenda import AgendaItem, Attachment
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.removals import OTHER, field_label
from finsam_desktop.search.field_texts import Thing
from finsam_desktop.search.finding import Place

OWNER_WORDS = {
    "people": "Person", "members": "Medlem", "appointments": "Uppdrag", "item_templates": "Ärendemall",
    "word_templates": "Wordmall", "phrases": "Fras", "delegations": "Delegation",
    "delegated_decisions": "Delegationsbeslut", "audits": "Revision", "measures": "Insats", "teams": "Team",
    "indicators": "Indikator", "readings": "Avläsning", "plans": "Budget och plan",
    "annual_reports": "Årsredovisning", "mail_texts": "Mejltext", "report_inputs": "Uppgifter till rapport",
    "name": "Förbundet",
}  # fmt: skip
"""What a thing of the association is, by the field that holds it."""


def thing_words(thing: Thing) -> str:
    """What the thing is: "Ärende", "Bilaga", "Person" …"""
    of_meetings = {AgendaItem: "Ärende", Attachment: "Bilaga", Meeting: "Sammanträde"}
    return of_meetings.get(thing.what) or OWNER_WORDS.get(thing.owner, "Förbundet")


def place_words(thing: Thing, place: Place) -> str:
    """Where in the thing: "Sida 3" of a file, "Förslaget till beslut" of an item; "" where there is no better word."""
    said = place.label or field_label(thing.what, place.field)
    return "" if said == OTHER else said[:1].upper() + said[1:]

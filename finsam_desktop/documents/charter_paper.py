"""The context of the checklist for the förbundsordning: the eighteen points of 9 § finsamlagen (R01)."""

from __future__ import annotations

from datetime import date

from finsam_desktop.documents.values import iso, with_dates
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.charter import DEMANDS, point, settled, unsettled
from finsam_desktop.domain.wording import no_break


def forbundsordning_context(association: Association, today: date) -> dict[str, object]:
    """Everything the template forbundsordning.docx can print, but for the letterhead."""
    left = [demand for demand in unsettled(association) if demand.always]
    return {
        "document": {
            "title": "Förbundsordningens innehåll",
            "subtitle": "Kontroll mot 9 § lagen (2003:1210) om finansiell samordning av rehabiliteringsinsatser",
            "date": iso(today),
            "reference": "",
            "running_title": with_dates("Förbundsordningens innehåll ", today),
        },
        "charter": {
            "state": _state(len(left)),
            "points": [
                {
                    "number": str(demand.number),
                    "title": demand.title,
                    "text": no_break(demand.text),
                    "place": no_break(point(association, demand.number).place.strip()),
                    "note": _note(association, demand.number, always=demand.always),
                }
                for demand in DEMANDS
            ],
        },
    }


def _state(left: int) -> str:
    if not left:
        return "Alla punkter som lagen kräver har en plats eller en förklaring."
    return f"{left} av {len(DEMANDS)} punkter saknar plats i förbundsordningen."


def _note(association: Association, number: int, *, always: bool) -> str:
    """What is noted, else that it is left, or need not be settled in every association."""
    written = point(association, number).note.strip()
    if written or settled(association, number):
        return no_break(written)
    return "Kvar att ange" if always else "Bara om medlemmarna har bestämt något"

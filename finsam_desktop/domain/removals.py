"""What was taken out of a public version, on what ground, and the words for where it stood."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from finsam_desktop.domain.agenda import AgendaItem, Attachment
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.numbering import NBSP, agenda_numbers, attachment_numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """Something that was taken away: what, where it stood, the provision ("26 kap. 1 §", or empty) and why.

    It names what is secret, and is never published.
    """

    what: str
    where: str
    section: str = ""
    reason: str = ""


OTHER = "övriga uppgifter"
"""A field without a name of its own here."""

FIELD_LABELS: dict[type, dict[str, str]] = {
    AgendaItem: {
        "title": "rubriken", "presenter": "föredraganden", "reference": "diarienumret", "summary": "texten",
        "proposal": "förslaget till beslut", "attachments": "bilagorna", "recipients": "expedieringen",
        "figures": "tabellerna", "report": "rapporten", "minutes_title": "rubriken i protokollet",
        "minutes_text": "texten i protokollet", "decision": "beslutet", "memo": "tjänsteskrivelsen",
        "letter": "skrivelsen", "referral": "remissvaret", "joint": "de andra förbunden", "origin": "ursprunget",
    },
    Attachment: {"title": "titeln", "file_name": "filens namn", "sender": "avsändaren"},
    Meeting: {
        "place": "platsen", "reference": "diarienumret", "attendance": "närvaron",
        "adjustment_place": "justeringens plats", "public_notices": "anslagen",
        "cancel_reason": "skälet till att det är inställt",
        "corrections": "rättelserna", "dispatches": "expedieringen", "participants": "deltagarna",
        "convener": "sammankallanden", "associations": "de andra förbunden", "utskick": "utskicken",
        "frozen_register": "namnen vid justeringen", "seals": "justeringen",
    },
    Association: {
        "name": "namnet", "letterhead": "brevhuvudet", "members": "medlemmarna", "people": "personerna",
        "appointments": "uppdragen", "phrases": "fraserna", "item_templates": "ärendemallarna",
        "delegated_decisions": "delegationsbesluten", "delegations": "delegationsordningen", "audits": "revisionen",
        "measures": "insatserna", "teams": "teamen", "readings": "avläsningarna", "indicators": "indikatorerna",
        "plans": "budget och plan", "rules": "reglerna", "minutes_kept_at": "protokollens förvaring",
    },
}  # fmt: skip
"""What the fields are called in the report of what was removed."""


def field_label(kind: type, field: str) -> str:
    """The field in words, definite form: "rubriken"."""
    return FIELD_LABELS.get(kind, {}).get(field, OTHER)


class Places:
    """What the parts of a meeting are called: "Ärende 7", "Ärende 7 B", "Bilaga 3"."""

    def __init__(self, meeting: Meeting) -> None:
        numbers, bilagor = agenda_numbers(meeting), attachment_numbers(meeting)
        self._items = {
            part.id: f"Ärende{NBSP}{' '.join(numbers[one.id] for one in trail if one.id in numbers)}"
            for trail in _trails(meeting.items)
            for part in trail[-1:]
        }
        self._bilagor = {key: f"Bilaga{NBSP}{number}" for key, number in bilagor.items()}

    def of(self, value: object) -> str:
        """What the value is called, or "" when it is none of those."""
        if isinstance(value, AgendaItem):
            return self._items.get(value.id, "Ett ärende")
        if isinstance(value, Attachment):
            return self._bilagor.get(value.id, "En bilaga")
        return {Meeting: "Sammanträdet", Association: "Förbundet"}.get(type(value), "")


def _trails(
    items: Iterable[AgendaItem], above: tuple[AgendaItem, ...] = ()
) -> Iterable[tuple[AgendaItem, ...]]:
    for item in items:
        yield (*above, item)
        yield from _trails(item.sub_items, (*above, item))

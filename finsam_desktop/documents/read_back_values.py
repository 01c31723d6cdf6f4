"""What was found in a document that came back from Word: changes field by field, what could not be placed, comments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from finsam_desktop.documents.kinds import Document

if TYPE_CHECKING:  # the window shows these values; what reads Word files is loaded where they are read
    from finsam_desktop.word.reading import WordParagraph
    from finsam_desktop.word.reading_comments import Comment


class Group(NamedTuple):
    """A field of the document: of one item, or "" for the meeting. ``part`` is its name, such as "decision.clauses"."""

    item_id: str
    part: str


SENTENCE = "Texten görs av programmet av det som är antecknat."
_ATTENDANCE = "Rätta närvaron i Närvaro och beslut."
_DECISION = "Rätta det under beslutet i Närvaro och beslut."
_REGISTER = "Rätta uppgiften under Förbundet."
_NAMES: dict[str, tuple[str, str]] = {
    "title": ("Rubrik", "Ändra rubriken i steget Protokoll."),
    "text": ("Text", "Ändra texten i steget Protokoll."),
    "text_heading": ("Mellanrubrik", "Rubriken kommer från programmet. Ändra den i Word-mallen."),
    "heading": ("Nummer", "Numret följer av ordningen på dagordningen."),
    "type": ("Ärendetyp", "Ändra typen i Dagordning."),
    "facts": ("Uppgifter om ärendet", "Ändra diarienummer, föredragande och bilagor i Dagordning."),
    "basis": ("Beslutsunderlag", "Ändra bilagans titel och datum i Handlingar."),
    "figures": ("Siffror", "Siffrorna kommer ur en tabell. Rätta den under Siffror."),
    "motions": ("Yrkanden", _DECISION),
    "propositions": ("Propositionsordning", _DECISION),
    "votes": ("Omröstning", "Rätta rösterna i Närvaro och beslut."),
    "vote_sum": ("Omröstning", "Summan räknas av rösterna. Rätta dem i Närvaro och beslut."),
    "result": ("Omröstningens resultat", "Resultatet följer av rösterna. Rätta dem i Närvaro och beslut."),
    "election": ("Val", "Rätta valet i Närvaro och beslut."),
    "decision.lead": ("Beslutets inledning", "Den följer av beslutet. Rätta det i Närvaro och beslut."),
    "decision.clauses": ("Beslut", _DECISION),
    "decision.condition": ("Villkor", _DECISION),
    "after_decision": ("Efter beslutet", _DECISION),
    "dissents": ("Reservation", _DECISION),
    "notes": ("Protokollsanteckning", _DECISION),
    "recipients": ("Expedieras till", "Ändra mottagarna i Dagordning."),
    "conflicts": ("Jäv", "Rätta jävet i Närvaro och beslut."),
    "distance": ("Deltagande på distans", _ATTENDANCE),
    "arrivals": ("Närvaro", _ATTENDANCE),
    "departures": ("Närvaro", _ATTENDANCE),
    "corrections": ("Rättelse", "En rättelse skrivs under Efter mötet."),
    "proposal.lead": ("Förslagets inledning", "Ändra förslaget i Dagordning."),
    "proposal.clauses": ("Förslag till beslut", "Ändra förslaget i Dagordning."),
    "proposal.condition": ("Förslagets villkor", "Ändra förslaget i Dagordning."),
    "meeting.place_and_time": ("Plats och tid", "Ändra plats och tider i sammanträdets uppgifter."),
    "meeting.deputies": ("Ersättare", _ATTENDANCE),
    "meeting.others": ("Övriga närvarande", _ATTENDANCE),
    "meeting.adjusters": ("Justerare", "Ändra justerarna i steget Protokoll."),
    "meeting.adjustment": ("Justering", "Ändra dag och plats för justeringen i steget Protokoll."),
    "meeting": ("Sammanträdets uppgifter", "Ändra dem i sammanträdets uppgifter."),
    "present": ("Närvarande", f"{_ATTENDANCE} Namn ändras under Förbundet."),
    "signatures": ("Underskrifter", _REGISTER),
    "announcement": ("Anslag och bevis", "Anslagen antecknas under Efter mötet."),
    "contents": ("Listan över ärenden", "Listan följer av rubrikerna. Ändra rubriken under paragrafen."),
    "agenda": ("Föredragningslista", "Listan följer av dagordningen. Ändra den där."),
    "attachments": ("Listan över bilagor", "Listan följer av bilagorna. Ändra dem i Handlingar."),
    "document": ("Dokumentets huvud", "Det följer av sammanträdets uppgifter."),
    "association": ("Förbundets uppgifter", _REGISTER),
    "logo": ("Förbundets uppgifter", _REGISTER),
}
FOLLOWING = ("contents", "agenda", "attachments", "document", "text_heading")
"""Fields that say again what another field says, and change with it."""


def field_name(group: Group) -> str:
    """What the field is called in the window."""
    return _named(group.part)[0]


def advice_for(group: Group) -> str:
    """Where to change the field when it cannot be taken in."""
    return _named(group.part)[1]


def follows(group: Group) -> bool:
    """Whether the field changes by itself when what it repeats does."""
    return group.part.split(".")[0] in FOLLOWING


def _named(part: str) -> tuple[str, str]:
    return _NAMES.get(part) or _NAMES.get(part.split(".")[0]) or ("Text", SENTENCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """A field whose words are others in Word than when the document was made.

    ``before`` is what the document said then, ``word`` what it says now and ``now`` what the program says; paragraphs
    are divided by line breaks. ``problem`` says why it cannot be taken in, empty when it can; ``advice`` what to do
    then. ``conflict``: it has been changed in the program too. ``is_in``: the program says it already. ``look``: only
    bold, italics, links or lists differ. ``freezes``: what is written takes the place of a text that the program makes.
    """

    key: str
    group: Group
    where: str
    name: str
    before: str
    word: str
    now: str
    paragraphs: tuple[WordParagraph, ...] = ()
    problem: str = ""
    advice: str = ""
    conflict: bool = False
    is_in: bool = False
    look: bool = False
    freezes: bool = False
    revisions: tuple[int, ...] = ()

    @property
    def can_be_taken(self) -> bool:
        return not self.problem and not self.is_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Unplaced:
    """Words in Word that belong to no field, or words of the template that were changed: shown, never taken in.

    ``kind`` is "Tillagt", "Borttaget", "Ändrat" or "Bild"; ``where`` the § or the part of the document, ``after`` the
    words before.
    """

    kind: str
    old: str = ""
    new: str = ""
    where: str = ""
    after: str = ""
    why: str = ""
    advice: str = ""
    item_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracked:
    """A tracked change with its place. ``accepted``: it is read as accepted."""

    number: int
    kind: str
    author: str
    at: datetime | None
    removed: str
    added: str
    where: str
    accepted: bool
    item_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A comment in Word with its place."""

    comment: Comment
    where: str
    item_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBack:
    """A document that came back. ``file_name`` is what it is called. ``compared_with`` says in words what it was held
    against; ``exact`` whether that is the very document that was made."""

    document: Document
    meeting_id: str
    file_name: str
    compared_with: str
    exact: bool
    changes: tuple[FieldChange, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    tracked: tuple[Tracked, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def is_unchanged(self) -> bool:
        """Whether the document says what it said when it was made."""
        return not self.changes and not self.unplaced

    def change(self, key: str) -> FieldChange | None:
        """The change with this key, or None."""
        return next((one for one in self.changes if one.key == key), None)

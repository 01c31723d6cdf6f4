"""What was found in a document that came back from Word: changes field by field, what could not be placed, comments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from finsam_desktop.documents.kinds import Document
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.attendance import Attendance
from finsam_desktop.domain.decisions import Decision, Proposal
from finsam_desktop.domain.field_words import label
from finsam_desktop.domain.meeting import Meeting

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
_FIELDS: dict[str, tuple[type, str]] = {
    "title": (AgendaItem, "minutes_title"), "text": (AgendaItem, "minutes_text"), "type": (AgendaItem, "type"),
    "motions": (Decision, "motions"), "propositions": (Decision, "propositions"), "votes": (Decision, "vote"),
    "election": (Decision, "election"), "decision.clauses": (Decision, "clauses"),
    "decision.condition": (Decision, "condition"), "dissents": (Decision, "dissents"), "notes": (Decision, "notes"),
    "recipients": (AgendaItem, "recipients"), "conflicts": (Attendance, "conflicts"),
    "arrivals": (Meeting, "attendance"), "departures": (Meeting, "attendance"), "corrections": (Meeting, "corrections"),
    "proposal.lead": (Proposal, "lead"), "proposal.clauses": (Proposal, "clauses"),
    "proposal.condition": (Proposal, "condition"), "meeting.adjusters": (Meeting, "adjusters"),
}  # fmt: skip
"""Parts of a document that print one field of the data and are called what it is called everywhere else."""
_OF_NOTICE = {"title": (AgendaItem, "title"), "text": (AgendaItem, "summary")}
"""Parts that print another field in a kallelse than in a protokoll."""
_NAMES: dict[str, str] = {
    "text_heading": "Mellanrubrik",
    "heading": "Nummer",
    "facts": "Uppgifter om ärendet",
    "basis": "Beslutsunderlag",
    "figures": "Siffror",
    "vote_sum": "Omröstning",
    "result": "Omröstningens resultat",
    "decision.lead": "Beslutets inledning",
    "after_decision": "Efter beslutet",
    "distance": "Deltagande på distans",
    "meeting.place_and_time": "Plats och tid",
    "meeting.deputies": "Ersättare",
    "meeting.others": "Övriga närvarande",
    "meeting.adjustment": "Justering",
    "meeting": "Sammanträdets uppgifter",
    "present": "Närvarande",
    "signatures": "Underskrifter",
    "announcement": "Anslag och bevis",
    "contents": "Listan över ärenden",
    "agenda": "Föredragningslista",
    "attachments": "Listan över bilagor",
    "document": "Dokumentets huvud",
    "association": "Förbundets uppgifter",
    "logo": "Förbundets uppgifter",
}
"""The other parts, which are made of several fields or of none."""
_ADVICE: dict[str, str] = {
    "title": "Ändra rubriken i steget Protokoll.",
    "text": "Ändra texten i steget Protokoll.",
    "text_heading": "Rubriken kommer från programmet. Ändra den i Word-mallen.",
    "heading": "Numret följer av ordningen på dagordningen.",
    "type": "Ändra typen i Dagordning.",
    "facts": "Ändra diarienummer, föredragande och bilagor i Dagordning.",
    "basis": "Ändra bilagans titel och datum i Handlingar.",
    "figures": "Siffrorna kommer ur en tabell. Rätta den under Siffror.",
    "motions": _DECISION,
    "propositions": _DECISION,
    "votes": "Rätta rösterna i Närvaro och beslut.",
    "vote_sum": "Summan räknas av rösterna. Rätta dem i Närvaro och beslut.",
    "result": "Resultatet följer av rösterna. Rätta dem i Närvaro och beslut.",
    "election": "Rätta valet i Närvaro och beslut.",
    "decision.lead": "Den följer av beslutet. Rätta det i Närvaro och beslut.",
    "decision.clauses": _DECISION,
    "decision.condition": _DECISION,
    "after_decision": _DECISION,
    "dissents": _DECISION,
    "notes": _DECISION,
    "recipients": "Ändra mottagarna i Dagordning.",
    "conflicts": "Rätta jävet i Närvaro och beslut.",
    "distance": _ATTENDANCE,
    "arrivals": _ATTENDANCE,
    "departures": _ATTENDANCE,
    "corrections": "En rättelse skrivs under Efter mötet.",
    "proposal.lead": "Ändra förslaget i Dagordning.",
    "proposal.clauses": "Ändra förslaget i Dagordning.",
    "proposal.condition": "Ändra förslaget i Dagordning.",
    "meeting.place_and_time": "Ändra plats och tider i sammanträdets uppgifter.",
    "meeting.deputies": _ATTENDANCE,
    "meeting.others": _ATTENDANCE,
    "meeting.adjusters": "Ändra justerarna i steget Protokoll.",
    "meeting.adjustment": "Ändra dag och plats för justeringen i steget Protokoll.",
    "meeting": "Ändra dem i sammanträdets uppgifter.",
    "present": f"{_ATTENDANCE} Namn ändras under Förbundet.",
    "signatures": _REGISTER,
    "announcement": "Anslagen antecknas under Efter mötet.",
    "contents": "Listan följer av rubrikerna. Ändra rubriken under paragrafen.",
    "agenda": "Listan följer av dagordningen. Ändra den där.",
    "attachments": "Listan följer av bilagorna. Ändra dem i Handlingar.",
    "document": "Det följer av sammanträdets uppgifter.",
    "association": _REGISTER,
    "logo": _REGISTER,
}
FOLLOWING = ("contents", "agenda", "attachments", "document", "text_heading")
"""Fields that say again what another field says, and change with it."""


def field_name(group: Group, document: Document) -> str:
    """What the field is called in the window; a field of the data is called the same as where it is written."""
    notice = _OF_NOTICE if document is Document.KALLELSE else {}
    for part in (group.part, group.part.split(".")[0]):
        if known := notice.get(part) or _FIELDS.get(part):
            return label(*known)
        if part in _NAMES:
            return _NAMES[part]
    return "Text"


def advice_for(group: Group, document: Document) -> str:
    """Where to change the field when it cannot be taken in."""
    if document is Document.KALLELSE and group.part in _OF_NOTICE:
        return "Ändra det i Dagordning."
    return _ADVICE.get(group.part) or _ADVICE.get(group.part.split(".")[0]) or SENTENCE


def follows(group: Group) -> bool:
    """Whether the field changes by itself when what it repeats does."""
    return group.part.split(".")[0] in FOLLOWING


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

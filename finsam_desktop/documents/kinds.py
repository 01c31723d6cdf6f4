"""Which documents there are, what they are called and what their files are named."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date as Date
from enum import StrEnum

from finsam_desktop.domain.agenda import AgendaItem, find, parent_of, walk
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.deadlines import fixes_annual_report, fixes_budget
from finsam_desktop.domain.figures import Purpose
from finsam_desktop.domain.masking import Masking
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.numbering import agenda_numbers, paragraphs, section_label
from finsam_desktop.domain.visibility import public_version


class Document(StrEnum):
    """A document that is made from a meeting. The value names its template, templates/word/<value>.docx."""

    KALLELSE = "kallelse"
    PROTOKOLL = "protokoll"
    TERTIALRAPPORT = "tertialrapport"
    PROTOKOLLSUTDRAG = "protokollsutdrag"
    ANSLAG = "anslag"
    PROFORMA = "proforma"
    TJANSTESKRIVELSE = "tjansteskrivelse"
    SKRIVELSE = "skrivelse"
    REMISSVAR = "remissvar"
    INSATSBESLUT = "insatsbeslut"
    SAMRADSINBJUDAN = "samradsinbjudan"
    MINNESANTECKNINGAR = "minnesanteckningar"
    SAMMANTRADESPLAN = "sammantradesplan"
    FORBUNDSORDNING = "forbundsordning"
    EKONOMI_I_KORTHET = "ekonomi-i-korthet"
    BUDGET = "budget"
    ARSREDOVISNING = "arsredovisning"
    HANDLINGAR = "handlingar"


class Group(StrEnum):
    """Where a document belongs in the work; the value is the heading it is listed under."""

    BEFORE = "Inför sammanträdet"
    AFTER = "Efter sammanträdet"
    ITEM = "Ärendets skrivelser"
    CONSULTATION = "Medlemssamråd"
    REPORT = "Rapporter"
    ASSOCIATION = "Förbundet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What a document is called: ``label`` alone, ``the`` in a sentence, ``made`` the word that agrees with it.

    ``of_item``: it is made of one item.
    """

    label: str
    the: str
    group: Group
    of_item: bool = False

    @property
    def made(self) -> str:
        """ "skapad", "skapat" or "skapade": Kallelsen är skapad."""
        return "skapat" if self.the.endswith("et") else "skapade" if self.the.endswith("arna") else "skapad"


KINDS: dict[Document, Kind] = {
    Document.KALLELSE: Kind(label="Kallelse", the="Kallelsen", group=Group.BEFORE),
    Document.HANDLINGAR: Kind(label="Handlingar", the="Handlingarna", group=Group.BEFORE),
    Document.PROFORMA: Kind(label="Protokollsblankett", the="Protokollsblanketten", group=Group.BEFORE),
    Document.SAMMANTRADESPLAN: Kind(label="Sammanträdesplan", the="Sammanträdesplanen", group=Group.BEFORE),
    Document.PROTOKOLL: Kind(label="Protokoll", the="Protokollet", group=Group.AFTER),
    Document.PROTOKOLLSUTDRAG: Kind(label="Protokollsutdrag", the="Protokollsutdraget", group=Group.AFTER),
    Document.ANSLAG: Kind(label="Anslag", the="Anslaget", group=Group.AFTER),
    Document.TJANSTESKRIVELSE: Kind(
        label="Tjänsteskrivelse", the="Tjänsteskrivelsen", group=Group.ITEM, of_item=True
    ),
    Document.SKRIVELSE: Kind(label="Skrivelse", the="Skrivelsen", group=Group.ITEM, of_item=True),
    Document.REMISSVAR: Kind(label="Remissvar", the="Remissvaret", group=Group.ITEM, of_item=True),
    Document.INSATSBESLUT: Kind(label="Insatsbeslut", the="Insatsbeslutet", group=Group.ITEM, of_item=True),
    Document.SAMRADSINBJUDAN: Kind(label="Samrådsinbjudan", the="Samrådsinbjudan", group=Group.CONSULTATION),
    Document.MINNESANTECKNINGAR: Kind(
        label="Minnesanteckningar", the="Minnesanteckningarna", group=Group.CONSULTATION
    ),
    Document.TERTIALRAPPORT: Kind(label="Tertialrapport", the="Tertialrapporten", group=Group.REPORT),
    Document.EKONOMI_I_KORTHET: Kind(
        label="Ekonomi i korthet", the="Ekonomi i korthet", group=Group.REPORT, of_item=True
    ),
    Document.BUDGET: Kind(
        label="Budget och verksamhetsplan", the="Budgeten", group=Group.REPORT, of_item=True
    ),
    Document.ARSREDOVISNING: Kind(
        label="Årsredovisning", the="Årsredovisningen", group=Group.REPORT, of_item=True
    ),
    Document.FORBUNDSORDNING: Kind(
        label="Förbundsordningens innehåll", the="Kontrollen av förbundsordningen", group=Group.ASSOCIATION
    ),
}
"""Every document, in the order they are listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What of the meeting a document concerns, where that is not the whole of it.

    ``items`` are ids of items: the §§ of an extract, the item of a memo. ``member_id`` is the member on whose
    board a notice is posted. ``recipient`` is whom an extract is for, in words. ``public``: the public version.
    """

    items: tuple[str, ...] = ()
    member_id: str = ""
    recipient: str = ""
    public: bool = False


WHOLE = About()
"""The whole meeting."""

_LONGEST = 120
"""Characters of a file name without its extension; leaves room for the folder within Windows' 260."""
_MOST_BYTES = 240
_PUBLIC = " offentlig"
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)", re.IGNORECASE)


_STATEMENTS = (Purpose.INCOME_STATEMENT, Purpose.BALANCE_SHEET)
OF_DECISIONS = (
    Document.INSATSBESLUT,
    Document.TERTIALRAPPORT,
    Document.EKONOMI_I_KORTHET,
    Document.BUDGET,
    Document.ARSREDOVISNING,
)
"""Papers of an item that only a meeting of the board has."""


def file_name(
    document: Document,
    meeting: Meeting,
    about: About = WHOLE,
    *,
    association: Association | None = None,
    meetings: Iterable[Meeting] = (),
) -> str:
    """The one rule for file names: "2026-10-29 Kallelse.docx".

    What the document concerns stands after: "2026-10-29 Protokollsutdrag § 67 Region Exempel.docx",
    "2026-10-29 Anslag Umeå kommun.docx", "2026-10-29 Tjänsteskrivelse punkt 8 Sammankallande part.docx".
    ``meetings`` are needed for § numbers that are not frozen, ``association`` for the member's name. The name of a
    public version says so, and nothing that the version does not: "2026-10-29 Protokoll offentlig.docx".
    """
    known = tuple(meetings)
    if about.public:
        return _public_name(document, meeting, about, association, known)
    if document is Document.SAMMANTRADESPLAN:
        return f"{KINDS[document].label} {meeting.date.year}.docx"
    if document is Document.FORBUNDSORDNING:
        return f"{KINDS[document].label}.docx"
    words = [meeting.date.isoformat(), KINDS[document].label]
    if document in (Document.PROTOKOLLSUTDRAG, Document.ANSLAG):
        words += [_sections(meeting, known, about)]
    elif KINDS[document].group is Group.ITEM:
        words += [_point(meeting, document_item(document, meeting, about))]
    member = association.member(about.member_id) if association is not None and about.member_id else None
    words += [member.name if member is not None else "", about.recipient]
    return f"{safe_stem(' '.join(word for word in words if word))}.docx"


def _public_name(
    document: Document,
    meeting: Meeting,
    about: About,
    association: Association | None,
    meetings: tuple[Meeting, ...],
) -> str:
    version = public_version(association or Association(name=""), meetings or (meeting,), meeting)
    named = Masking(meeting.masked).masked(about.recipient)
    name = file_name(
        document,
        version.meeting,
        replace(about, public=False, recipient=named),
        association=version.association if association is not None else None,
        meetings=version.meetings,
    )
    stem = name.removesuffix(".docx")
    return f"{safe_stem(stem[: _LONGEST - len(_PUBLIC)] + _PUBLIC)}.docx"


def _sections(meeting: Meeting, meetings: Iterable[Meeting], about: About) -> str:
    numbers = paragraphs(tuple(meetings) or (meeting,), meeting) if about.items else {}
    tops = (top_item(meeting, item_id) for item_id in about.items)
    return section_label(numbers[top.id] for top in tops if top is not None and top.id in numbers)


def _point(meeting: Meeting, item: AgendaItem | None) -> str:
    return f"punkt {point(meeting, item)} {item.title}" if item is not None else ""


def point(meeting: Meeting, item: AgendaItem) -> str:
    """The item's place in the agenda: "8", or "7 B" for a sub-item."""
    numbers = agenda_numbers(meeting)
    parent = parent_of(meeting.items, item.id)
    return f"{numbers[parent.id]} {numbers[item.id]}" if parent is not None else numbers[item.id]


def top_item(meeting: Meeting, item_id: str) -> AgendaItem | None:
    """The item with this id, or the one that a sub-item with it belongs to; None when it is not there."""
    return parent_of(meeting.items, item_id) or find(meeting.items, item_id)


def safe_stem(text: str) -> str:
    """The text as a file name without extension that Windows, macOS and Linux all take."""
    text = unicodedata.normalize("NFC", "".join(_shown(character) for character in text))
    text = re.sub(r"\s+", " ", _FORBIDDEN.sub("-", text)).strip(" .")[:_LONGEST]
    # Linux counts bytes: 255 with the extension.
    text = text.encode("utf-8")[:_MOST_BYTES].decode("utf-8", "ignore").rstrip(" .")
    if not text:
        return "Dokument"
    return f"_{text}" if _RESERVED.match(text) else text


def _shown(character: str) -> str:
    """Characters that nobody sees, such as those that turn the writing direction, are left out of names."""
    kind = unicodedata.category(character)
    return "" if kind == "Cf" else "-" if kind == "Cs" else character


def report_item(meeting: Meeting) -> AgendaItem | None:
    """The item that the tertial report is made from: the first with report texts, or None."""
    return next((item for item in walk(meeting.items) if item.report is not None), None)


def has_paper(document: Document, item: AgendaItem) -> bool:
    """Whether the document has been written for the item."""
    match document:
        case Document.TERTIALRAPPORT:
            return item.report is not None
        case Document.TJANSTESKRIVELSE:
            return item.memo is not None
        case Document.SKRIVELSE:
            return item.letter is not None
        case Document.REMISSVAR:
            return item.referral is not None
        case Document.INSATSBESLUT:
            return bool(item.measure_id)
        case Document.EKONOMI_I_KORTHET:
            return any(table.purpose in _STATEMENTS for part in walk((item,)) for table in part.figures)
        case Document.BUDGET:
            return fixes_budget(item)
        case Document.ARSREDOVISNING:
            return fixes_annual_report(item)
    return False


def paper_day(document: Document, item: AgendaItem | None) -> Date | None:
    """The day a paper of the item is dated, where it says one."""
    if item is None:
        return None
    paper = {
        Document.TJANSTESKRIVELSE: item.memo,
        Document.SKRIVELSE: item.letter,
        Document.TERTIALRAPPORT: item.report,
    }.get(document)
    return paper.dated if paper is not None else None


def document_item(document: Document, meeting: Meeting, about: About = WHOLE) -> AgendaItem | None:
    """The item that a document of one item is made of: the one asked for, else the first that has it, or None."""
    if about.items:
        return find(meeting.items, about.items[0])
    return next((item for item in walk(meeting.items) if has_paper(document, item)), None)


def has_document(document: Document, meeting: Meeting) -> bool:
    """Whether the document can be made of the meeting: it has the item, or is of the kind that has such papers."""
    if document in (Document.SAMRADSINBJUDAN, Document.MINNESANTECKNINGAR):
        return not meeting.kind.decides
    if document in OF_DECISIONS and not meeting.kind.decides:
        return False
    if document is Document.TERTIALRAPPORT or KINDS[document].of_item:
        return document_item(document, meeting) is not None
    return document in (Document.SAMMANTRADESPLAN, Document.FORBUNDSORDNING) or meeting.kind.decides

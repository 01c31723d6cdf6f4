"""Every field that a template can print, with a Swedish explanation and an example.

The one list: docs/templates.md is generated from it, and the template check takes the known names from it.
Names are written as WordTemplate.fields() gives them: ``items[].title`` is read in a loop over ``items``.
"""

from __future__ import annotations

from finsam_desktop.documents.field import GROUP, LIST, YES_OR_NO, Field
from finsam_desktop.documents.fields_pack import PACK_FIELDS
from finsam_desktop.documents.fields_papers import PAPER_FIELDS
from finsam_desktop.documents.fields_reports import REPORT_FIELDS, REPORTS
from finsam_desktop.documents.kinds import Document

_ALL = frozenset(Document)
_NOTICE, _MINUTES, _EXTRACT = (
    frozenset({document})
    for document in (
        Document.KALLELSE,
        Document.PROTOKOLL,
        Document.PROTOKOLLSUTDRAG,
    )
)
_SECTIONS = _MINUTES | _EXTRACT
_DATED = _ALL - _SECTIONS - REPORTS - {Document.PROFORMA}
_BOARD = _NOTICE | _SECTIONS


def fields(document: Document | None = None) -> tuple[Field, ...]:
    """The fields of a document, or of all, in the order they are explained."""
    return tuple(field for field in _FIELDS if document is None or document in field.documents)


def names(document: Document) -> frozenset[str]:
    """The names that a template of the document may use."""
    return frozenset(field.name for field in fields(document))


_COMMON = (
    Field("association.name", "Förbundets namn", "Samordningsförbundet Exempelbygden", _ALL),
    Field(
        "association.letterhead_name",
        "Förbundets namn som det står i brevhuvudet, på två rader",
        "Samordningsförbundet Exempelbygden",
        _ALL,
    ),
    Field("association.org_number", "Organisationsnummer", "222000-0000", _ALL),
    Field("association.seat", "Säte", "Exempelby", _ALL),
    Field("association.address", "Postadress", "Storgatan 12, 123 45 Exempelby", _ALL),
    Field("association.phone", "Telefon", "010-000 00 00", _ALL),
    Field("association.email", "E-post", "kansli@sfexempelbygden.example", _ALL),
    Field("association.website", "Webbplats", "www.sfexempelbygden.example", _ALL),
    Field(
        "association.address_line",
        "Sidfotens första rad: namn, adress, organisationsnummer",
        "Samordningsförbundet Exempelbygden · Storgatan 12 …",
        _ALL,
    ),
    Field(
        "association.contact_line",
        "Sidfotens andra rad: telefon, e-post, webbplats",
        "010-000 00 00 · kansli@…",
        _ALL,
    ),
    Field("logo", "Logotypen, när den får plats bredvid namnet", "bild", _ALL),
    Field("wide_logo", "Logotypen, när den är bred och tar namnets plats", "bild", _ALL),
    Field("document.title", "Dokumentets rubrik", "Kallelse", _ALL),
    Field(
        "document.subtitle",
        "Underrubrik: sammanträdets dag eller rapportens period",
        "Styrelsens sammanträde torsdagen den 29 oktober 2026",
        _ALL,
    ),
    Field(
        "document.running_title", "Sidhuvudets text från sida 2", "Kallelse till sammanträde 2026-10-29", _ALL
    ),
    Field("document.reference", "Diarienummer", "Dnr 2026/58", _ALL),
    Field("document.date", "Dagen då dokumentet är daterat", "2026-10-20", _DATED),
    Field("document.paragraphs", "Protokollets eller utdragets paragrafer", "§§ 61–75", _SECTIONS),
    Field(
        "document.draft_mark",
        "Står i sidfoten tills protokollet är justerat",
        "Utkast, inte justerat · ",
        _SECTIONS,
    ),
    Field("document.electronic", "Sant när förbundet undertecknar elektroniskt", YES_OR_NO, _MINUTES),
    Field(
        "document.signatures_label",
        "Sidfotens plats för signaturer, tom vid elektroniskt undertecknande",
        "Justerares signaturer",
        _MINUTES,
    ),
)

_MEETING = (
    Field("meeting.time", "Sammanträdets tid", "Klockan 08.30–12.00", _NOTICE),
    Field(
        "meeting.place",
        "Plats, och en rad om distans när det går att delta så",
        "Sammanträdesrum Linden",
        _NOTICE,
    ),
    Field(
        "meeting.summoned",
        "De som kallas: ordförande, vice ordförande, ledamöter",
        "Birgitta Almkvarn, ordförande, …",
        _NOTICE,
    ),
    Field(
        "meeting.informed",
        "De som får kallelsen för kännedom",
        "Ersättare, förbundschef och revisorer",
        _NOTICE,
    ),
    Field(
        "meeting.absence",
        "Hur frånvaro anmäls",
        "Anmäl frånvaro senast måndagen den 26 oktober till …",
        _NOTICE,
    ),
    Field(
        "meeting.public",
        "Raden om offentligt sammanträde, bara när budgeten fastställs",
        "Sammanträdet är offentligt när budgeten fastställs.",
        _NOTICE,
    ),
    Field("meeting.issuer", "Vem som utfärdar kallelsen", "Birgitta Almkvarn, ordförande", _NOTICE),
    Field(
        "meeting.place_and_time",
        "Plats, tid och ajourneringar",
        "Sammanträdesrum Linden, klockan 08.30–11.50",
        _SECTIONS,
    ),
    Field(
        "meeting.deputies",
        "Ersättare som är där utan att tjänstgöra",
        "Lars-Erik Stenkvarn (S), ej tjänstgörande",
        _MINUTES,
    ),
    Field("meeting.others", "Övriga närvarande med paragrafer", "Siv Lundbäck, ekonom, §§ 65–66", _MINUTES),
    Field(
        "meeting.adjusters",
        "Justerare med ersättare",
        "Gunilla Åskvist (KD). Ersättare: Peter Tallhed",
        _MINUTES,
    ),
    Field(
        "meeting.adjustment",
        "När och var protokollet justeras",
        "Senast torsdagen den 12 november 2026",
        _MINUTES,
    ),
)

_LISTS = (
    Field("agenda", "Föredragningslistans rader, en för varje ärende", LIST, _NOTICE),
    Field("agenda[].number", "Ärendets nummer", "7", _NOTICE),
    Field("agenda[].title", "Ärendets rubrik", "Budgetläge inför 2027", _NOTICE),
    Field("agenda[].type", "Ärendets typ", "Information, diskussion", _NOTICE),
    Field("agenda[].presenter", "Föredragande", "Katrin Hagelby", _NOTICE),
    Field("agenda[].attachments", "Bilagornas nummer, även underpunkternas", "4–5", _NOTICE),
    Field("attachments", "Bilagorna i nummerordning", LIST, _NOTICE),
    Field("attachments[].number", "Bilagans nummer", "3", _NOTICE),
    Field("attachments[].title", "Bilagans titel", "Förslag till långsiktig finansiering", _NOTICE),
    Field("attachments[].item", "Punkten den hör till", "7", _NOTICE),
    Field("attachments[].sender", "Avsändare", "Nätverket Samordning", _NOTICE),
    Field("attachments[].date", "Bilagans datum", "2026-08-31", _NOTICE),
    Field("attachments[].pages", "Antal sidor", "5", _NOTICE),
    Field("present", "De beslutande", LIST, _MINUTES),
    Field("present[].name", "Namn, parti och funktion", "Birgitta Almkvarn (S), ordförande", _MINUTES),
    Field("present[].member", "Medlemmen som har utsett personen", "Exempelby kommun", _MINUTES),
    Field("present[].paragraphs", "Paragraferna då personen beslutar", "61–67, 69–75", _MINUTES),
    Field("signatures", "De som undertecknar", LIST, _MINUTES),
    Field("signatures[].role", "Roll vid undertecknandet", "Justerare", _MINUTES),
    Field("signatures[].name", "Namnförtydligande", "Gunilla Åskvist", _MINUTES),
    Field(
        "announcement.text", "Första meningen under Anslag och bevis", "Protokollet är justerat. …", _MINUTES
    ),
    Field(
        "announcement.minutes",
        "Vilket protokoll anslaget gäller",
        "Styrelsen för …, sammanträde 2026-10-29, §§ 61–75",
        _MINUTES,
    ),
    Field(
        "announcement.kept",
        "Var protokollet förvaras och finns att läsa",
        "Protokollet förvaras på förbundets kansli …",
        _MINUTES,
    ),
    Field(
        "announcement.appeal",
        "Hur besluten överklagas och sista dag",
        "Den som är medlem i en kommun …",
        _MINUTES,
    ),
    Field("announcement.boards", "Anslagstavlorna, en för varje kommun och region", LIST, _MINUTES),
    Field("announcement.boards[].member", "Kommunen eller regionen", "Exempelby kommun", _MINUTES),
    Field("announcement.boards[].posted", "Dagen då anslaget sattes upp", "2026-11-10", _MINUTES),
    Field("announcement.boards[].removed", "Dagen då anslaget tidigast tas ned", "2026-12-03", _MINUTES),
    Field("announcement.boards[].certified_by", "Den som bestyrker", "Ola Rimfors", _MINUTES),
    Field("announcement.signed_by", "Den som skriver under beviset", "Ola Rimfors, sekreterare", _MINUTES),
    Field("contents", "Listan över paragrafer", LIST, _MINUTES),
    Field("contents[].paragraph", "Paragrafen", "§ 67", _MINUTES),
    Field("contents[].title", "Rubrik", "Budgetläge inför 2027", _MINUTES),
    Field("contents[].type", "Typ", "Beslut", _MINUTES),
    Field("contents[].page", "Sidan där paragrafen börjar", "4", _MINUTES),
    Field("page_column", "Sant när sidorna är kända och listan har en kolumn för dem", YES_OR_NO, _MINUTES),
    Field("new_page_after_contents", "Sant när första paragrafen ska börja på ny sida", YES_OR_NO, _MINUTES),
)


def _item_fields(at: str) -> tuple[Field, ...]:
    """The fields of an item or a sub-item; ``at`` is "items[]." or "items[].sub_items[]."."""
    return (
        Field(f"{at}heading", "Ärendets nummer, paragraf eller bokstav", "§ 67", _BOARD),
        Field(f"{at}title", "Rubrik", "Budgetläge inför 2027", _BOARD),
        Field(f"{at}type", "Typ", "Beslut", _BOARD),
        Field(
            f"{at}facts",
            "Grå raden: föredragande, bilaga, diarienummer",
            "Föredragande: Katrin Hagelby · Bilaga 2",
            _BOARD,
        ),
        Field(f"{at}text", "Ärendets text", "Förbundschefen redovisar …", _BOARD, block=True),
        Field(f"{at}figures", "Ärendets siffertabeller", LIST, _BOARD),
        Field(f"{at}figures[]", "En siffertabell", "tabell", _BOARD, block=True),
        Field(f"{at}proposal", "Förslag till beslut; saknas när inget ska skrivas ut", GROUP, _NOTICE),
        Field(f"{at}proposal.lead", "Inledningen", "Styrelsen beslutar", _NOTICE),
        Field(f"{at}proposal.clauses", "Att-satserna, utan ordet att", LIST, _NOTICE),
        Field(f"{at}proposal.clauses[]", "En att-sats", "godkänna tertialrapport 2 för 2026.", _NOTICE),
        Field(f"{at}proposal.condition", "Villkoret", "Beslutet gäller under förutsättning att …", _NOTICE),
        Field(
            f"{at}text_heading",
            "Rubriken över texten, bara när ett beslut följer",
            "Sammanfattning",
            _SECTIONS,
        ),
        Field(f"{at}conflicts", "Jäv, en mening i taget", LIST, _SECTIONS),
        Field(f"{at}conflicts[]", "En anmälan om jäv", "Torbjörn Ekvind (C) anmäler jäv …", _SECTIONS),
        Field(f"{at}distance", "Deltagande på distans, vid öppnandet", LIST, _SECTIONS),
        Field(f"{at}distance[]", "En mening om distans", "Anneli Stenmyr deltar på distans …", _SECTIONS),
        Field(f"{at}basis", "Beslutsunderlaget", LIST, _SECTIONS),
        Field(f"{at}basis[]", "Ett underlag", "Tjänsteskrivelse, 2026-10-12 (bilaga 4)", _SECTIONS),
        Field(f"{at}motions", "Yrkanden", LIST, _SECTIONS),
        Field(f"{at}motions[]", "Ett yrkande", "Hassan Norrgran (V) yrkar …", _SECTIONS),
        Field(f"{at}propositions", "Propositionsordning", LIST, _SECTIONS),
        Field(f"{at}propositions[]", "Ett stycke", "Ordföranden ställer proposition …", _SECTIONS),
        Field(f"{at}votes", "Omröstningens röster", LIST, _SECTIONS),
        Field(f"{at}votes[].name", "Den som röstar", "Hassan Norrgran (V)", _SECTIONS),
        Field(f"{at}votes[].yes", "Ja-röst", "Ja", _SECTIONS),
        Field(f"{at}votes[].no", "Nej-röst", "Nej", _SECTIONS),
        Field(f"{at}votes[].abstain", "Avstår", "Avstår", _SECTIONS),
        Field(f"{at}vote_sum.yes", "Antal ja-röster", "4", _SECTIONS),
        Field(f"{at}vote_sum.no", "Antal nej-röster", "2", _SECTIONS),
        Field(f"{at}vote_sum.abstain", "Antal som avstår", "1", _SECTIONS),
        Field(f"{at}result", "Omröstningens resultat", "Med 4 ja-röster mot 2 nej-röster …", _SECTIONS),
        Field(f"{at}election", "Val: slutna sedlar, röster, lottning", LIST, _SECTIONS),
        Field(f"{at}election[]", "Hur valet gick", "Valet sker med slutna sedlar …", _SECTIONS),
        Field(f"{at}decision", "Beslutet; saknas när inget är fattat", GROUP, _SECTIONS),
        Field(f"{at}decision.lead", "Inledningen", "Styrelsen beslutar enhälligt", _SECTIONS),
        Field(f"{at}decision.clauses", "Att-satserna, utan ordet att", LIST, _SECTIONS),
        Field(f"{at}decision.clauses[]", "En att-sats", "godkänna tertialrapport 2 för 2026.", _SECTIONS),
        Field(f"{at}decision.condition", "Villkoret", "Beslutet gäller under förutsättning att …", _SECTIONS),
        Field(f"{at}after_decision", "Meningar efter beslutet", LIST, _SECTIONS),
        Field(f"{at}after_decision[]", "En mening", "Paragrafen förklaras omedelbart justerad.", _SECTIONS),
        Field(f"{at}dissents", "Reservationer", LIST, _SECTIONS),
        Field(f"{at}dissents[]", "En reservation", "Eva Blomhed (M) reserverar sig …", _SECTIONS),
        Field(f"{at}notes", "Protokollsanteckningar", LIST, _SECTIONS),
        Field(f"{at}notes[]", "En protokollsanteckning", "Anneli Stenmyr lämnar följande …", _SECTIONS),
        Field(f"{at}recipients", "De som får utdrag", LIST, _SECTIONS),
        Field(f"{at}recipients[]", "Mottagarna, en på varje rad", "Region Exempel", _SECTIONS),
    )


_ITEMS = (
    Field(
        "items",
        "Ärendena, ett i taget. I kallelsen bara de som har text, underpunkt eller förslag",
        LIST,
        _BOARD,
    ),
    *_item_fields("items[]."),
    Field("items[].corrections", "Rättelser efter justeringen", LIST, _SECTIONS),
    Field("items[].corrections[]", "En rättelse", "Rättelse 20 november 2026: ”9 …", _SECTIONS),
    Field("corrections", "Rättelser av framsidan", LIST, _MINUTES),
    Field("corrections[]", "En rättelse", "Rättelse 20 november 2026: ”9 …", _MINUTES),
    Field("items[].arrivals", "De som kommer före ärendet", LIST, _SECTIONS),
    Field("items[].arrivals[]", "En mening", "Maria Lindskär kommer till sammanträdet …", _SECTIONS),
    Field("items[].departures", "De som går efter ärendet", LIST, _SECTIONS),
    Field("items[].departures[]", "En mening", "Maria Lindskär lämnar sammanträdet …", _SECTIONS),
    Field("items[].sub_items", "Underpunkterna A, B …", LIST, _BOARD),
    *_item_fields("items[].sub_items[]."),
)

_FIELDS = (*_COMMON, *_MEETING, *_LISTS, *_ITEMS, *REPORT_FIELDS, *PAPER_FIELDS, *PACK_FIELDS)

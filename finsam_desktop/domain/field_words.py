"""What the fields and values of a meeting are called, for telling what differs between two versions of it.

Every field that a meeting can hold has a name here; ``tests/unit/domain/test_field_words.py`` holds that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any

from finsam_desktop.domain import (
    account_plan,
    agenda,
    attendance,
    catalogue,
    confidentiality,
    decisions,
    figures,
    live,
    papers,
    report,
)
from finsam_desktop.domain.meeting import (
    Adjournment,
    Adjuster,
    Correction,
    Dispatch,
    Meeting,
    MeetingForm,
    MeetingKind,
    MeetingState,
    Participant,
    PublicNotice,
    Signature,
    Signing,
    Utskick,
)
from finsam_desktop.domain.record_words import recorded
from finsam_desktop.domain.register import OUTCOMES
from finsam_desktop.domain.vote_sentences import BALLOT_WORDS
from finsam_desktop.domain.wording import FORMS, ITEM_TYPES, KINDS, STATES, clock, file_size, long_date

KIND_NAMES: dict[type, str] = {
    agenda.AgendaItem: "Ärende", agenda.Attachment: "Bilaga", figures.FigureTable: "Tabell",
    live.LiveNote: "Egen anteckning", decisions.Motion: "Yrkande", decisions.Vote: "Omröstning",
    decisions.CastBallot: "Röst", decisions.Dissent: "Reservation", decisions.MinuteNote: "Protokollsanteckning",
    decisions.Election: "Val",
    decisions.Candidate: "Kandidat", decisions.FollowUp: "Uppdrag", papers.Memo: "Tjänsteskrivelse",
    papers.Letter: "Skrivelse", papers.Referral: "Remissvar", papers.Question: "Fråga",
    papers.StatisticTable: "Tabell", papers.JointBoard: "Annat förbund", report.TertialReport: "Tertialrapport",
    report.ReportSection: "Avsnitt", report.Goal: "Mål", attendance.Presence: "Närvaro",
    attendance.ConflictOfInterest: "Jäv", Adjuster: "Justerare", Signature: "Underskrift", Correction: "Rättelse",
    Dispatch: "Expediering", PublicNotice: "Anslag", Participant: "Deltagare", Utskick: "Utskick",
    confidentiality.MaskedWord: "Maskerat ord", figures.FigureSource: "Källa", figures.Period: "Period",
    figures.ReportMade: "Hur rapporten gjordes", account_plan.AccountPlan: "Kontoplan",
    figures.Override: "Ändrat värde",
}  # fmt: skip
"""What the things of a meeting are called."""

LABELS: dict[type, dict[str, str]] = {
    Meeting: {
        "date": "Dag", "start": "Börjar", "end": "Slutar", "place": "Plats", "form": "Form", "kind": "Slag",
        "state": "Hur långt sammanträdet har kommit", "reference": "Diarienummer", "notice_date": "Kallelsens dag",
        "absence_deadline": "Förhinder anmäls senast", "first_paragraph": "Första paragrafens nummer",
        "items": "Ärenden", "attendance": "Närvaro", "adjusters": "Justerare",
        "adjustment_place": "Plats för justering",
        "adjustment_date": "Dag för justering", "adjusted_on": "Justerat den", "opened_at": "Öppnades klockan",
        "closed_at": "Avslutades klockan", "adjournments": "Pauser", "public_notices": "Anslag",
        "frozen_paragraphs": "Paragrafernas nummer", "frozen_attachments": "Bilagornas nummer",
        "cancelled_on": "Inställt den", "cancel_reason": "Skäl till att det är inställt",
        "public_announced": "Offentligt sammanträde tillkännagett", "budget_published": "Budgetförslaget på webben",
        "consulted_on": "Samråd med medlemmarna", "corrections": "Rättelser", "seals": "Försegling",
        "dispatches": "Expediering", "sent_for_adjustment": "Skickat för justering", "signatures": "Underskrifter",
        "frozen_register": "Namn och uppdrag vid justeringen", "participants": "Deltagare",
        "convener": "Sammankallande",
        "associations": "Andra förbund", "chaired_by": "Vald att leda sammanträdet", "masked": "Maskerade ord",
        "utskick": "Utskick", "signed_minutes": "Undertecknat protokoll", "calendar": "Kalenderinbjudan",
        "redacted_under": "Borttaget enligt", "comments": "Kommentarer", "approvals": "Godkännanden",
        "parcels": "Mötespaket", "live": "Egna anteckningar",
    },
    agenda.AgendaItem: {
        "title": "Rubrik", "type": "Typ", "presenter_id": "Föredragande", "presenter": "Föredragande, i ord",
        "minutes": "Tid i minuter", "reference": "Diarienummer", "summary": "Sammanfattning av ärendet",
        "proposal": "Förslag till beslut",
        "sub_items": "Underpunkter", "attachments": "Bilagor", "recipients": "Expedieras till",
        "confidential": "Sekretess", "template_id": "Ärendemall", "origin": "Ursprung", "figures": "Siffror",
        "report": "Tertialrapport", "minutes_title": "Rubrik i protokollet", "minutes_text": "Text i protokollet",
        "decision": "Beslut", "memo": "Tjänsteskrivelse", "letter": "Skrivelse", "referral": "Remissvar",
        "measure_id": "Insats", "joint": "Andra förbund", "secret": "Grund för sekretess",
    },
    agenda.Attachment: {
        "title": "Titel", "file_name": "Fil", "sha256": "Fil", "size": "Filens storlek", "pages": "Sidor",
        "sender": "Avsändare", "dated": "Daterad", "confidential": "Sekretess", "secret": "Grund för sekretess",
        "reviewed": "Bilderna är granskade", "description": "Beskrivning av bilden",
        "barriers": "Hinder för skärmläsare",
    },
    confidentiality.Secret: {"section": "Bestämmelse", "reason": "Skäl"},
    confidentiality.MaskedWord: {"words": "Ord", "instead": "I stället", "secret": "Grund för sekretess"},
    decisions.Proposal: {
        "kind": "Om förslag läggs", "lead": "Förslagets inledning", "clauses": "Förslag till beslut",
        "condition": "Förslagets villkor",
    },
    decisions.Decision: {
        "outcome": "Utfall", "clauses": "Beslut", "condition": "Beslutets villkor", "reason": "Skäl",
        "motions": "Yrkanden", "propositions": "Propositionsordning", "vote": "Omröstning", "dissents": "Reservationer",
        "notes": "Protokollsanteckningar", "not_taking_part": "Deltar inte i beslutet",
        "immediately_adjusted": "Omedelbart justerad", "election": "Val", "majority_id": "Särskild majoritet",
        "tabled_to": "Bordlagt till", "financing": "Finansiering", "follow_up": "Uppdrag",
    },
    decisions.Motion: {
        "person_id": "Vem som yrkar", "kind": "Yrkandets slag", "text": "Yrkandets lydelse",
        "supporters": "Instämmer", "withdrawn": "Återtaget",
    },
    decisions.Vote: {
        "yes_motion": "Ja betyder", "no_motion": "Nej betyder", "requested_by": "Begärd av", "ballots": "Röster",
    },
    decisions.CastBallot: {"person_id": "Röstande", "ballot": "Röst"},
    decisions.Dissent: {
        "person_id": "Reserverar sig", "in_favour_of": "Till förmån för", "announced_at": "Anmäld klockan",
        "attachment_id": "Skriftlig reservation",
    },
    decisions.MinuteNote: {"person_id": "Av", "text": "Protokollsanteckning"},
    decisions.Election: {
        "candidates": "Kandidater", "seats": "Antal att välja", "secret": "Slutna sedlar", "blank": "Blanka sedlar",
        "drawn": "Utfall av lottning",
    },
    decisions.Candidate: {"name": "Namn", "person_id": "Person", "votes": "Röster"},
    decisions.FollowUp: {
        "task": "Vad som ska göras", "responsible": "Ansvarig", "due": "Klart senast",
        "state": "Läge", "report": "Återrapport",
        "reported_on": "Återrapporterat den",
    },
    live.LiveRecord: {"notes": "Egna anteckningar", "spent": "Tid per ärende", "paused_at": "Ajournerat sedan"},
    live.LiveNote: {"item_id": "Ärende", "text": "Egen anteckning"},
    live.SpentTime: {"item_id": "Ärende", "seconds": "Sekunder"},
    attendance.Attendance: {"presences": "Närvaro", "conflicts": "Jäv"},
    attendance.Presence: {
        "person_id": "Person", "present": "Närvarande", "distance": "På distans", "audio_only": "Endast ljud",
        "from_item": "Från och med", "arrived_at": "Kom klockan", "to_item": "Till och med", "left_at": "Gick klockan",
        "serving_for": "Tjänstgör för", "away": "Ute ur rummet", "audio_reason": "Skäl till endast ljud",
        "also_serving_for": "Tjänstgör också för",
    },
    attendance.Away: {
        "from_item": "Från och med", "to_item": "Till och med", "left_at": "Gick klockan", "back_at": "Åter klockan",
        "lost_connection": "Förbindelsen bröts",
    },
    attendance.ConflictOfInterest: {
        "item_id": "Ärende", "person_id": "Person", "reason": "Skäl till jäv", "substitute_id": "Ersätts av",
        "ruling": "Prövning av jävet",
    },
    Adjuster: {"person_id": "Justerare", "deputy_id": "Ersättare för justeraren"},
    Adjournment: {"start": "Från", "end": "Till"},
    PublicNotice: {
        "member_id": "Medlem", "posted": "Anslaget", "removed": "Nedtaget", "address": "Anslagstavla",
        "posted_by": "Anslaget av", "items": "Paragrafer", "evidence": "Bevis", "sent_on": "Skickat",
    },
    Correction: {
        "item_id": "Ärende", "corrected_on": "Rättat den", "corrected_by": "Rättat av", "old": "Stod", "new": "Ska stå",
    },
    Dispatch: {
        "items": "Paragrafer", "recipient": "Mottagare", "sent_on": "Skickat", "manner": "Sätt",
        "sent_by": "Skickat av",
        "file_name": "Fil",
    },
    Signature: {"person_id": "Person", "signed_on": "Dag", "manner": "Sätt"},
    Participant: {"name": "Namn", "member_id": "Medlem", "organisation": "Organisation", "title": "Titel"},
    Utskick: {
        "sent_at": "Skickat", "file_name": "Fil", "supplementary": "Komplettering", "attachments": "Bilagor",
    },
    papers.Memo: {
        "author_id": "Handläggare", "dated": "Daterad", "background": "Bakgrund", "assessment": "Bedömning",
        "consequences": "Konsekvenser",
    },
    papers.Signatory: {"name": "Namn", "title": "Titel", "organisation": "Organisation"},
    papers.Letter: {
        "receiver": "Mottagare", "dated": "Daterad", "heading": "Rubrik", "decider": "Beslutas av",
        "clauses": "Att-satser", "background": "Bakgrund", "text": "Text", "signatories": "Undertecknas av",
    },
    papers.Question: {"text": "Fråga", "answer": "Svar"},
    papers.Statistic: {"label": "Rad", "women": "Kvinnor", "men": "Män", "total": "Totalt"},
    papers.StatisticTable: {"title": "Titel", "rows": "Rader", "note": "Anmärkning"},
    papers.Referral: {
        "sender": "Avsändare", "sender_reference": "Avsändarens diarienummer", "due": "Svar senast",
        "introduction": "Inledning", "questions": "Frågor", "statistics": "Tabeller", "conclusion": "Sammanfattning",
    },
    papers.JointBoard: {
        "association": "Förbund", "decided_on": "Beslutat den", "agreed": "Samma beslut", "paragraph": "Paragraf",
    },
    report.ReportSection: {
        "heading": "Rubrik", "level": "Nivå", "text": "Text", "figure_id": "Tabell", "indicators": "Avläsningar",
        "team_ids": "Team", "previous": "Förra rapportens text", "kept": "Texten gäller",
    },
    report.Goal: {"text": "Mål", "target": "Målvärde", "outcome": "Utfall", "judgement": "Bedömning"},
    report.EarlierText: {"name": "Del", "text": "Förra rapportens text", "kept": "Texten gäller"},
    report.TertialReport: {
        "year": "År", "tertial": "Tertial", "dated": "Daterad", "summary": "Sammanfattning",
        "introduction": "Inledning", "sections": "Avsnitt", "goals": "Mål", "economy": "Ekonomi",
        "deviations": "Avvikelser", "begun_from": "Påbörjad från", "earlier": "Förra rapportens texter",
        "print_sources": "Källor skrivs ut",
    },
    figures.FigureTable: {
        "title": "Tabellens titel", "purpose": "Vad tabellen visar", "columns": "Tabellens värden",
        "rows": "Tabellens värden", "source_unit": "Källans enhet", "unit": "Enhet", "source": "Källa",
        "note": "Anmärkning", "costs_positive": "Kostnader utan minus", "period": "Period",
        "made": "Hur tabellen gjordes",
    },
    figures.FigureColumn: {"title": "Rubrik", "role": "Innehåll", "kind": "Slag", "source": "Källans kolumn"},
    figures.FigureRow: {
        "cells": "Värden", "kind": "Slag", "post": "Post", "is_cost": "Kostnad", "comment": "Kommentar",
    },
    figures.FigureCell: {
        "amount": "Belopp", "text": "Text", "address": "Cell", "error": "Fel", "override": "Ändrat värde",
    },
    figures.Override: {"before": "Källans värde", "by": "Av", "why": "Varför", "at": "När"},
    figures.FigureSource: {
        "file_name": "Fil", "sha256": "Filens kontrollsumma", "sheet": "Blad", "cells": "Celler",
        "read_on": "Läst den", "origin": "Slag av källa",
    },
    account_plan.AccountPlan: {"name": "Kontoplan", "groups": "Poster", "plan_types": "Kontoplaner"},
    account_plan.AccountGroup: {"title": "Rubrik", "post": "Post", "ranges": "Konton"},
    figures.Period: {"start": "Från", "end": "Till"},
    figures.ReportMade: {
        "tertial": "Tertial", "span": "Period", "objects": "Objekt", "accounts": "Konton", "by": "Fördelat på",
        "sheet": "Blad", "plan": "Kontoplan", "previous_file": "Förra årets fil",
        "previous_sha256": "Förra årets fil",
    },
}  # fmt: skip
"""What the fields are called, by the dataclass they are in. Ids have no name: they are never shown."""

_CHOICES: dict[type, Mapping[Any, str]] = {
    catalogue.ItemType: ITEM_TYPES, MeetingKind: KINDS, MeetingState: STATES, MeetingForm: FORMS,
    decisions.Outcome: OUTCOMES, decisions.Ballot: BALLOT_WORDS,
    decisions.ProposalKind: {
        decisions.ProposalKind.UNSET: "Inte valt", decisions.ProposalKind.CLAUSES: "Förslag läggs",
        decisions.ProposalKind.NONE_LAID: "Inget beslutsförslag läggs",
    },
    decisions.MotionKind: {
        decisions.MotionKind.SUPPORT: "Bifall", decisions.MotionKind.REJECTION: "Avslag",
        decisions.MotionKind.OWN: "Eget yrkande",
    },
    decisions.FollowUpState: {
        decisions.FollowUpState.OPEN: "Pågår", decisions.FollowUpState.DONE: "Klart",
        decisions.FollowUpState.DROPPED: "Utgår",
    },
    attendance.Ruling: {
        attendance.Ruling.UNDISPUTED: "Ingen invände", attendance.Ruling.IN_CONFLICT: "Styrelsen: jävig",
        attendance.Ruling.NOT_IN_CONFLICT: "Styrelsen: inte jävig",
    },
    Signing: {Signing.PAPER: "På papper", Signing.ELECTRONIC: "Digitalt"},
    figures.Purpose: {
        figures.Purpose.INCOME_STATEMENT: "Resultat", figures.Purpose.BALANCE_SHEET: "Balans",
        figures.Purpose.INDICATORS: "Nyckeltal", figures.Purpose.OTHER: "Annat",
    },
    figures.Unit: {one: one.value for one in figures.Unit},
    figures.Origin: {
        figures.Origin.WORKBOOK: "Kalkylblad", figures.Origin.BOOKKEEPING: "Bokföring",
        figures.Origin.PASTED: "Inklistrad",
    },
}  # fmt: skip
"""Words for what is chosen, by kind: members of different kinds may be equal, being texts."""

_NAMING = frozenset((
    "supporters", "not_taking_part", "serving_for", "also_serving_for", "requested_by", "chaired_by", "from_item",
    "to_item", "yes_motion", "no_motion", "in_favour_of", "team_ids",
))  # fmt: skip
"""Fields that hold ids of people, items, motions and so on, beside those whose names end with _id."""
_NOT_DESCRIBED = frozenset(
    ("template_id", "sha256", "size", "pages", "barriers", "reviewed", "figure_id", "origin")
)
"""Fields that say nothing to a reader of a whole thing."""
_CLAUSES = frozenset(("clauses",))

Names = Callable[[str], str]
"""What an id is called: a person's name, an item's place, a member; the id itself when it is none of those."""


def label(kind: type, name: str) -> str:
    """The field's name, such as "Text i protokollet"."""
    return LABELS.get(kind, {}).get(name, "Övrigt")


def kind_name(kind: type) -> str:
    """The thing's name, such as "Yrkande"."""
    return KIND_NAMES.get(kind, "Uppgift")


def said(value: object, name: str, names: Names) -> str:
    """A field's value in words, "" for nothing. ``name`` is the field's."""
    if value is None or value == "" or value == ():
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, Enum):
        return _CHOICES.get(type(value), {}).get(value, str(value.value)) or "Ingen"
    if isinstance(value, str):
        return names(value) if _names_something(name) else value
    if isinstance(value, datetime):
        return f"{long_date(value.date())} kl. {clock(value.time())}"
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, time):
        return clock(value)
    if isinstance(value, Decimal):
        return f"{value}".replace(".", ",")
    if isinstance(value, int):
        return file_size(value) if name == "size" else f"{value}"
    if isinstance(value, tuple):
        if name in _CLAUSES:
            return "\n".join(f"att {one}" for one in value)
        return "\n".join(said(one, name, names) for one in value)
    if isinstance(value, figures.FigureRow):
        return " | ".join(_cell(cell, names) for cell in value.cells)
    if isinstance(value, figures.FigureColumn):
        return value.title
    return described(value, names)


def in_detail(value: object, name: str, names: Names) -> str:
    """As ``said``, with every field of what is in the value: for two values that are otherwise said alike."""
    if isinstance(value, tuple):
        return "\n".join(in_detail(one, name, names) for one in value)
    if not is_dataclass(value) or isinstance(value, type):
        return said(value, name, names)
    parts = []
    for one in fields(value):
        known, inner = LABELS.get(type(value), {}).get(one.name), getattr(value, one.name)
        words = (
            in_detail(inner, one.name, names).replace("\n", ", ") if known and inner != one.default else ""
        )
        if words:
            parts.append(f"{known}: {words}")
    return "; ".join(parts)


def _names_something(name: str) -> bool:
    return name.endswith("_id") or name in _NAMING


def _cell(cell: figures.FigureCell, names: Names) -> str:
    return cell.error or (said(cell.amount, "amount", names) if cell.amount is not None else cell.text)


def described(value: Any, names: Names) -> str:
    """A whole thing in words: a line for each field that says something, its title first; of what is recorded at
    the meeting a line for each fact."""
    if not is_dataclass(value):
        return f"{value}"
    told = recorded(value, names)
    if told is not None:
        return told
    lines = []
    for one in fields(value):
        inner = getattr(value, one.name)
        known = LABELS.get(type(value), {}).get(one.name)
        if known is None or one.name in _NOT_DESCRIBED or _is_default(one.default, inner):
            continue
        words = said(inner, one.name, names)
        if words:
            said_already = one.name == "title" or words.startswith(f"{known}: ")
            lines.append(words if said_already else f"{known}: {words}")
    return "\n".join(lines)


def _is_default(default: object, value: object) -> bool:
    return default is not MISSING and type(default) is type(value) and default == value

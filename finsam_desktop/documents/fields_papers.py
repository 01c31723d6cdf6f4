"""The fields of the other papers of the year: extract, notice, form, memo, letter, referral, measure, consultation."""

from __future__ import annotations

from finsam_desktop.documents.field import GROUP, LIST, YES_OR_NO, Field
from finsam_desktop.documents.kinds import Document

_EXTRACT, _BOARDS, _FORM, _MEMO, _LETTER, _REFERRAL, _MEASURE, _INVITATION, _NOTES, _PLAN, _CHARTER = (
    frozenset({document})
    for document in (
        Document.PROTOKOLLSUTDRAG,
        Document.ANSLAG,
        Document.PROFORMA,
        Document.TJANSTESKRIVELSE,
        Document.SKRIVELSE,
        Document.REMISSVAR,
        Document.INSATSBESLUT,
        Document.SAMRADSINBJUDAN,
        Document.MINNESANTECKNINGAR,
        Document.SAMMANTRADESPLAN,
        Document.FORBUNDSORDNING,
    )
)
_TALK = _INVITATION | _NOTES


def _proposal(at: str, documents: frozenset[Document]) -> tuple[Field, ...]:
    """The fields of a proposal; ``at`` is its name and a dot."""
    return (
        Field(f"{at}lead", "Inledningen", "Styrelsen beslutar", documents),
        Field(f"{at}clauses", "Att-satserna, utan ordet att", LIST, documents),
        Field(f"{at}clauses[]", "En att-sats", "godkänna förslaget.", documents),
        Field(f"{at}condition", "Villkoret", "Beslutet gäller under förutsättning att …", documents),
    )


_EXTRACT_FIELDS = (
    Field(
        "meeting.adjusted",
        "När och av vilka paragraferna är justerade",
        "2026-11-09 av Birgitta Almkvarn och Gunilla Åskvist",
        _EXTRACT,
    ),
    Field("recipient", "Den som utdraget är till", "Region Exempel", _EXTRACT),
    Field("deciding", "De beslutande, en rad för paragrafer med samma beslutande", LIST, _EXTRACT),
    Field("deciding[].paragraphs", "Paragraferna", "§ 68", _EXTRACT),
    Field("deciding[].names", "De som beslutade då", "Birgitta Almkvarn (S), ordförande, …", _EXTRACT),
    Field("certification.text", "Intyget", "Rätt utdraget ur protokollet intygar", _EXTRACT),
    Field("certification.date", "Dagen för intyget", "2026-11-10", _EXTRACT),
    Field("certification.signed_by", "Den som intygar", "Ola Rimfors, sekreterare", _EXTRACT),
)
_NOTICE_FIELDS = (
    Field("notices", "Anslagen, ett för varje anslagstavla", LIST, _BOARDS),
    Field("notices[].text", "Första meningen", "Protokollet nedan är justerat. …", _BOARDS),
    Field("notices[].body", "Organet", "Styrelsen för Samordningsförbundet Exempelbygden", _BOARDS),
    Field("notices[].meeting", "Sammanträdets dag", "Torsdagen den 29 oktober 2026", _BOARDS),
    Field("notices[].paragraphs", "Paragraferna", "§§ 61–75", _BOARDS),
    Field("notices[].adjusted", "Dagen för justeringen", "2026-11-09", _BOARDS),
    Field("notices[].board", "Anslagstavlan", "Fjällsta kommun", _BOARDS),
    Field("notices[].posted", "Dagen då anslaget sätts upp", "2026-11-11", _BOARDS),
    Field("notices[].removed", "Dagen då anslaget tidigast tas ned", "2026-12-03", _BOARDS),
    Field("notices[].kept", "Var protokollet förvaras", "Protokollet förvaras på …", _BOARDS),
    Field("notices[].appeal", "Hur besluten överklagas och sista dag", "Den som är medlem i …", _BOARDS),
)
_FORM_FIELDS = (
    Field("meeting.time", "Sammanträdets tid", "Klockan 08.30–12.00", _FORM | _TALK),
    Field("meeting.place", "Plats", "Sammanträdesrum Linden", _FORM | _TALK),
    Field("roll", "De som kan vara närvarande", LIST, _FORM),
    Field("roll[].name", "Namn, parti och funktion", "Birgitta Almkvarn (S), ordförande", _FORM),
    Field("roll[].member", "Medlemmen som har utsett personen", "Exempelby kommun", _FORM),
    Field("deciders", "Ledamöterna, för omröstning", LIST, _FORM),
    Field("deciders[]", "En ledamot", "Hassan Norrgran (V)", _FORM),
    Field("sheets", "Ett blad för varje ärende och varje förslag", LIST, _FORM),
    Field("sheets[].heading", "Paragrafen", "§ 67", _FORM),
    Field("sheets[].title", "Rubrik", "Budgetläge inför 2027", _FORM),
    Field("sheets[].part", "Underpunkten, när bladet gäller en", "B Ombud vid medlemsmötet", _FORM),
    Field("sheets[].type", "Typ", "Beslut", _FORM),
    Field("sheets[].facts", "Grå raden: punkt, bilaga, föredragande", "Punkt 7 · Bilaga 3", _FORM),
    Field("sheets[].proposal", "Förslag till beslut; saknas när inget ska skrivas ut", GROUP, _FORM),
    *_proposal("sheets[].proposal.", _FORM),
    Field("sheets[].decides", "Sant när styrelsen ska besluta", YES_OR_NO, _FORM),
    Field("sheets[].new_page", "Sant när bladet ska börja på ny sida", YES_OR_NO, _FORM),
    Field("signatures", "De som undertecknar", LIST, _FORM),
    Field("signatures[].role", "Roll vid undertecknandet", "Justerare", _FORM),
    Field("signatures[].name", "Namnförtydligande", "Gunilla Åskvist", _FORM),
)
_MEMO_FIELDS = (
    Field("memo.author", "Handläggare", "Katrin Hagelby, förbundschef, 010-000 00 00", _MEMO),
    Field("memo.proposals", "Förslagen till beslut, ärendets och underpunkternas", LIST, _MEMO),
    Field("memo.proposals[].heading", "Underpunkten förslaget hör till", "B Ombud", _MEMO),
    *_proposal("memo.proposals[].", _MEMO),
    Field("memo.summary", "Sammanfattningen: ärendets text", "Medlemssamråd ska …", _MEMO, block=True),
    Field("memo.background", "Bakgrund", "Styrelsen ska hålla medlemmarna …", _MEMO, block=True),
    Field("memo.assessment", "Bedömning", "Regionen är medlem i …", _MEMO, block=True),
    Field("memo.consequences", "Ekonomiska konsekvenser", "Förslaget medför …", _MEMO, block=True),
    Field("memo.figures", "Ärendets siffertabeller", LIST, _MEMO),
    Field("memo.figures[]", "En siffertabell", "tabell", _MEMO, block=True),
    Field("memo.basis", "Beslutsunderlaget", LIST, _MEMO),
    Field("memo.basis[]", "Ett underlag", "Förslag till skrivelse (bilaga 5)", _MEMO),
    Field("memo.recipients", "De som får utdrag", "Region Exempel", _MEMO),
    Field("memo.signed_by", "Den som undertecknar", "Katrin Hagelby, förbundschef", _MEMO),
)
_LETTER_FIELDS = (
    Field("letter.receiver", "Mottagare", "Regionstyrelsen i Region Exempel", _LETTER),
    Field("letter.senders", "Avsändare, en på varje rad", "Samordningsförbundet Exempelbygden", _LETTER),
    Field("letter.proposal", "Det som mottagaren ombeds besluta", GROUP, _LETTER),
    *_proposal("letter.proposal.", _LETTER),
    Field("letter.background", "Bakgrund", "I länet finns tre samordningsförbund. …", _LETTER, block=True),
    Field("letter.text", "Övrig text", "Nationella rådet rekommenderar …", _LETTER, block=True),
    Field("letter.signatories", "De som undertecknar", LIST, _LETTER),
    Field("letter.signatories[].name", "Namn", "Birgitta Almkvarn", _LETTER),
    Field("letter.signatories[].title", "Titel och organisation", "Ordförande, …", _LETTER),
)
_REFERRAL_FIELDS = (
    Field("referral.sender", "Den som har skickat remissen", "Socialdepartementet", _REFERRAL),
    Field("referral.sender_reference", "Avsändarens beteckning", "S2026/01234", _REFERRAL),
    Field("referral.due", "Sista dag att svara", "27 november 2026", _REFERRAL),
    Field("referral.introduction", "Inledning", "Förbundet har getts …", _REFERRAL, block=True),
    Field("referral.questions", "Frågorna", LIST, _REFERRAL),
    Field("referral.questions[].number", "Frågans nummer", "1", _REFERRAL),
    Field("referral.questions[].text", "Frågan", "Hur påverkas samverkan?", _REFERRAL),
    Field("referral.questions[].answer", "Svaret", "Förbundet bedömer …", _REFERRAL, block=True),
    Field("referral.statistics", "Tabellerna med kvinnor och män", LIST, _REFERRAL),
    Field("referral.statistics[]", "En tabell", "tabell", _REFERRAL, block=True),
    Field("referral.figures", "Ärendets siffertabeller", LIST, _REFERRAL),
    Field("referral.figures[]", "En siffertabell", "tabell", _REFERRAL, block=True),
    Field("referral.conclusion", "Slutsats", "Förbundet tillstyrker …", _REFERRAL, block=True),
    Field("referral.basis", "Underlag", LIST, _REFERRAL),
    Field("referral.basis[]", "Ett underlag", "Remissen (bilaga 2)", _REFERRAL),
    Field("referral.signed_by", "Den som undertecknar", "Birgitta Almkvarn, ordförande", _REFERRAL),
)
_MEASURE_FIELDS = (
    Field("measure.state", "Förslag eller beslutad: följer av beslutet", "Beslutad av …, § 65", _MEASURE),
    Field("measure.kind", "Individinriktad eller strukturinriktad", "Individinriktad insats", _MEASURE),
    Field("measure.performer", "Parten som utför insatsen", "Exempelby kommun", _MEASURE),
    Field("measure.target_group", "Målgrupp", "Unga 16–29 år", _MEASURE),
    Field("measure.amount", "Belopp för hela perioden", "1 250 000 kr", _MEASURE),
    Field("measure.financing", "Varifrån pengarna tas", "Budgetposten Insatser", _MEASURE),
    Field("measure.period", "Period", "1 januari 2027 – 31 december 2027", _MEASURE),
    Field("measure.decision", "Beslutet; saknas tills det är fattat", GROUP, _MEASURE),
    *_proposal("measure.decision.", _MEASURE),
    Field("measure.proposals", "Förslagen till beslut, tills beslut är fattat", LIST, _MEASURE),
    Field("measure.proposals[].heading", "Underpunkten förslaget hör till", "A Torgen", _MEASURE),
    *_proposal("measure.proposals[].", _MEASURE),
    Field("measure.summary", "Sammanfattningen: ärendets text", "Insatsen …", _MEASURE, block=True),
    Field("measure.goals", "Mål", "Minst 60 procent …", _MEASURE, block=True),
    Field("measure.follow_up", "Uppföljning och utvärdering", "Följs upp …", _MEASURE, block=True),
    Field("measure.checks", "De nio frågorna i sak", LIST, _MEASURE),
    Field("measure.checks[].number", "Frågans nummer", "1", _MEASURE),
    Field("measure.checks[].question", "Frågan", "Är insatsen till för …", _MEASURE),
    Field("measure.checks[].source", "Källan", "2 § finsamlagen", _MEASURE),
    Field("measure.checks[].answer", "Svaret", "Ja", _MEASURE),
    Field("measure.checks[].reason", "Motiveringen", "Deltagarna remitteras av …", _MEASURE),
    Field("measure.deviation", "Motiverad avvikelse", "Rekommendationen följs inte …", _MEASURE, block=True),
    Field("measure.basis", "Beslutsunderlaget", LIST, _MEASURE),
    Field("measure.basis[]", "Ett underlag", "Ansökan (bilaga 3)", _MEASURE),
)
_TALK_FIELDS = (
    Field("meeting.convener", "Sammankallande", "Regionstyrelsen i Region Exempel", _TALK),
    Field("meeting.associations", "Förbunden, när samrådet gäller flera", "… och …", _TALK),
    Field("meeting.invited", "De inbjudna, en på varje rad", "Försäkringskassan", _INVITATION),
    Field("meeting.reply", "Hur frånvaro anmäls", "Anmäl frånvaro senast …", _INVITATION),
    Field("meeting.about", "Vem som företräder en medlem", "Varje medlem företräds av …", _INVITATION),
    Field("meeting.issuer", "Vem som bjuder in", "Birgitta Almkvarn, ordförande", _INVITATION),
    Field("participants", "Deltagarna", LIST, _NOTES),
    Field("participants[].name", "Namn", "Maria Lindskär", _NOTES),
    Field("participants[].represents", "Medlemmen eller organisationen", "Exempelby kommun", _NOTES),
    Field("participants[].title", "Titel", "kommunalråd", _NOTES),
    Field("items", "Punkterna, en i taget", LIST, _TALK),
    Field("items[].heading", "Punktens nummer", "1", _TALK),
    Field("items[].title", "Rubrik", "Budgetförutsättningar", _TALK),
    Field("items[].facts", "Grå raden: föredragande, bilaga", "Föredragande: Katrin Hagelby", _TALK),
    Field("items[].text", "Punktens text eller anteckning", "Förbundschefen …", _TALK, block=True),
    Field("items[].figures", "Punktens siffertabeller", LIST, _TALK),
    Field("items[].figures[]", "En siffertabell", "tabell", _TALK, block=True),
    Field("written_by", "Den som har skrivit", "Ola Rimfors, sekreterare", _NOTES),
)
_PLAN_FIELDS = (
    Field("plan.rows", "Årets sammanträden", LIST, _PLAN),
    Field("plan.rows[].weekday", "Veckodag", "Torsdag", _PLAN),
    Field("plan.rows[].date", "Dag", "2026-10-29", _PLAN),
    Field("plan.rows[].time", "Tid", "08.30–12.00", _PLAN),
    Field("plan.rows[].kind", "Slags sammanträde", "Ordinarie sammanträde", _PLAN),
    Field("plan.rows[].notice", "Kallelse senast", "2026-10-22", _PLAN),
    Field("plan.rows[].adjusted", "Protokollet justeras senast", "2026-11-12", _PLAN),
    Field("plan.places", "Platsen, när den är densamma", "Sammanträdesrum Linden", _PLAN),
    Field("plan.notice", "Meningen om när kallelsen skickas", "Kallelse med handlingar …", _PLAN),
    Field("plan.lawful", "Årets dagar enligt lag", LIST, _PLAN),
    Field("plan.lawful[]", "En mening", "Budgeten fastställs senast 2026-11-30 …", _PLAN),
)
_CHARTER_FIELDS = (
    Field("charter.state", "Hur många punkter som är kvar", "Två punkter av arton saknar plats …", _CHARTER),
    Field("charter.points", "Lagens punkter", LIST, _CHARTER),
    Field("charter.points[].number", "Punktens nummer", "7", _CHARTER),
    Field("charter.points[].title", "Vad punkten gäller", "Tillkännagivanden", _CHARTER),
    Field("charter.points[].text", "Vad lagen säger", "Var förbundets …", _CHARTER),
    Field("charter.points[].place", "Var den står i förbundsordningen", "8 §", _CHARTER),
    Field("charter.points[].note", "Anmärkning", "Kvar att ange", _CHARTER),
)

PAPER_FIELDS = (
    *_EXTRACT_FIELDS,
    *_NOTICE_FIELDS,
    *_FORM_FIELDS,
    *_MEMO_FIELDS,
    *_LETTER_FIELDS,
    *_REFERRAL_FIELDS,
    *_MEASURE_FIELDS,
    *_TALK_FIELDS,
    *_PLAN_FIELDS,
    *_CHARTER_FIELDS,
)
"""In the order they are explained."""

"""The fields of the reports: tertialrapport, Ekonomi i korthet, budget and årsredovisning."""

from __future__ import annotations

from finsam_desktop.documents.field import LIST, Field
from finsam_desktop.documents.kinds import Document

_REPORT, _BRIEF, _BUDGET, _ANNUAL = (
    frozenset({document})
    for document in (
        Document.TERTIALRAPPORT,
        Document.EKONOMI_I_KORTHET,
        Document.BUDGET,
        Document.ARSREDOVISNING,
    )
)
REPORTS = _REPORT | _BUDGET | _ANNUAL
"""Documents with a cover, which says when they are dated."""


def _key_figures(name: str, documents: frozenset[Document]) -> tuple[Field, ...]:
    return (
        Field(f"{name}.key_figures", "Fyra nyckeltal; tom när inga finns", LIST, documents),
        Field(f"{name}.key_figures[].label", "Vad talet gäller", "Prognos för helåret", documents),
        Field(f"{name}.key_figures[].value", "Talet", "−286 tkr", documents),
        Field(f"{name}.key_figures[].note", "Jämförelsen", "Budget: −1 146 tkr", documents),
    )


_TERTIAL_FIELDS = (
    Field(
        "report.state",
        "Förslag eller fastställd: följer av beslutet",
        "Fastställd av styrelsen den 29 oktober 2026, § 65",
        _REPORT,
    ),
    Field(
        "report.draft",
        "Vilka texter som är kvar från förra periodens rapport; tom när ingen är det",
        "text från tertialrapport 1 2026 står kvar i Ledning och styrning.",
        _REPORT,
    ),
    *(
        Field(
            f"report.marks.{name}",
            f"Märket över en text som är kvar från förra perioden: {place}",
            "text från tertialrapport 1 2026, inte omskriven.",
            _REPORT,
        )
        for name, place in (
            ("summary", "sammanfattningen"),
            ("introduction", "inledningen"),
            ("economy", "ekonomin"),
            ("deviations", "avvikelserna"),
        )
    ),
    Field("report.dated", "Rapportens datum och diarienummer", "2026-10-15 · Dnr 2026/51", _REPORT),
    Field("report.contents", "Innehållet, när rapporten är längre än åtta sidor", LIST, _REPORT),
    Field("report.contents[].title", "Rubriken", "Ekonomi", _REPORT),
    Field("report.contents[].level", "Rubrikens nivå, 1 eller 2", "1", _REPORT),
    Field("report.contents[].page", "Sidan där avsnittet börjar", "7", _REPORT),
    Field("report.summary", "Sammanfattningen", "Årets resultat beräknas till …", _REPORT, block=True),
    *_key_figures("report", _REPORT),
    Field("report.introduction", "Inledningen till Verksamhet", "Styrelsen antog …", _REPORT, block=True),
    Field("report.sections", "Avsnitten", LIST, _REPORT),
    Field("report.sections[].heading", "Avsnittets rubrik", "Samordningsteam", _REPORT),
    Field("report.sections[].level", "Rubrikens nivå, 2 eller 3", "3", _REPORT),
    Field(
        "report.sections[].mark",
        "Märket över en text som är kvar från förra perioden",
        "text från tertialrapport 1 2026, inte omskriven.",
        _REPORT,
    ),
    Field("report.sections[].text", "Avsnittets text", "Ungdomstorget …", _REPORT, block=True),
    Field("report.sections[].figure", "Avsnittets siffertabell", "tabell", _REPORT, block=True),
    Field("report.goals", "Mål, målvärde, utfall och bedömning", "tabell", _REPORT, block=True),
    Field("report.economy", "Inledningen till Ekonomi", "Styrelsen fastställde …", _REPORT, block=True),
    Field("report.income_statement", "Resultatrapporten", "tabell", _REPORT, block=True),
    Field("report.cost_chart", "Kostnader per område, budget och prognos", "diagram", _REPORT, block=True),
    Field("report.deviations", "Avvikelserna i ord", "Lönekostnaderna …", _REPORT, block=True),
    Field("report.deviation_rows", "Kommentarerna till prognosen, en för varje post", LIST, _REPORT),
    Field(
        "report.deviation_rows[]",
        "En kommentar",
        "Personal, 290 tkr bättre än budget: en tjänst är vakant.",
        _REPORT,
    ),
    Field("report.balance_sheet", "Balansrapporten", "tabell", _REPORT, block=True),
    Field("report.indicators", "Tabeller med indikatorer som inget avsnitt nämner", LIST, _REPORT),
    Field("report.indicators[]", "En tabell med indikatorer", "tabell", _REPORT, block=True),
    Field("report.other_figures", "Övriga siffertabeller", LIST, _REPORT),
    Field("report.other_figures[]", "En siffertabell", "tabell", _REPORT, block=True),
    Field("report.equity", "Eget kapital mot båda måtten", "tabell", _REPORT, block=True),
    Field("report.equity_chart", "Eget kapital och rekommenderat tak", "diagram", _REPORT, block=True),
)

_BRIEF_FIELDS = (
    *_key_figures("brief", _BRIEF),
    Field("brief.table", "Intäkter, kostnader och resultat", "tabell", _BRIEF, block=True),
    Field("brief.chart", "Kostnader per område, eller eget kapital", "diagram", _BRIEF, block=True),
    Field("brief.equity", "Eget kapital mot båda måtten", "Eget kapital beräknas till 1 724 tkr …", _BRIEF),
)

_BUDGET_FIELDS = (
    Field(
        "budget.state",
        "Förslag eller fastställd: följer av beslutet",
        "Förslag till styrelsens sammanträde den 26 november 2026, punkt 7",
        _BUDGET,
    ),
    Field("budget.dated", "Dagen då dokumentet skapades", "2026-11-12", _BUDGET),
    Field("budget.year", "Budgetåret", "2027", _BUDGET),
    *_key_figures("budget", _BUDGET),
    Field("budget.introduction", "Inledningen", "Förbundet finansierar …", _BUDGET, block=True),
    Field("budget.financial_goals", "De finansiella målen med målvärde", "tabell", _BUDGET, block=True),
    Field("budget.activity_goals", "Verksamhetsmålen med målvärde", "tabell", _BUDGET, block=True),
    Field("budget.guidelines", "Riktlinjerna för verksamheten", "Insatserna ska …", _BUDGET, block=True),
    Field("budget.economy", "Texten om ekonomin", "Medlemsbidragen räknas upp …", _BUDGET, block=True),
    Field(
        "budget.consultation",
        "När samrådet med medlemmarna hölls",
        "Samråd med medlemmarna om budgeten hölls den 22 april 2026.",
        _BUDGET,
    ),
    Field("budget.plan", "Budgeten och den ekonomiska planen för tre år", "tabell", _BUDGET, block=True),
    Field("budget.chart", "Kostnader per område", "diagram", _BUDGET, block=True),
    Field("budget.financing", "Medlemmarnas bidrag och andelar", "tabell", _BUDGET, block=True),
    Field(
        "budget.deficit",
        "Hur mycket större kostnaderna är än intäkterna",
        "Kostnaderna är 360 tkr större än intäkterna 2027. …",
        _BUDGET,
    ),
    Field("budget.deficit_reason", "Skälet till en underbalanserad budget", "Eget …", _BUDGET, block=True),
    Field("budget.equity", "Eget kapital under tre år och båda måtten", "tabell", _BUDGET, block=True),
    Field(
        "budget.equity_sentence",
        "Eget kapital mot båda måtten",
        "Eget kapital beräknas till 1 364 tkr vid utgången av 2027. …",
        _BUDGET,
    ),
)

_ANNUAL_TEXTS = (
    ("development", "verksamhetens utveckling"),
    ("events", "händelser av väsentlig betydelse"),
    ("governance", "styrning och uppföljning"),
    ("management", "god ekonomisk hushållning"),
    ("staff", "personalförhållanden"),
    ("expected", "förväntad utveckling"),
)

_ANNUAL_FIELDS = (
    Field(
        "annual.state",
        "Förslag eller fastställd: följer av beslutet",
        "Fastställd av styrelsen den 26 mars 2026, § 21",
        _ANNUAL,
    ),
    Field("annual.draft", "Vilka texter som saknas; tom när ingen gör det", "text saknas i …", _ANNUAL),
    Field("annual.dated", "Dagen då dokumentet skapades", "2026-03-12", _ANNUAL),
    *_key_figures("annual", _ANNUAL),
    *(
        Field(f"annual.{name}", f"Texten om {of}", "Under året …", _ANNUAL, block=True)
        for name, of in _ANNUAL_TEXTS
    ),
    *(
        Field(f"annual.marks.{name}", f"Märket där texten om {of} saknas", "text saknas.", _ANNUAL)
        for name, of in _ANNUAL_TEXTS
    ),
    Field("annual.indicators", "Indikatorerna för hela året", "tabell", _ANNUAL, block=True),
    Field("annual.goals", "Målen med utfall och bedömning", "tabell", _ANNUAL, block=True),
    Field("annual.equity", "Eget kapital mot båda måtten", "tabell", _ANNUAL, block=True),
    Field("annual.balance_requirement", "Balanskravsresultatet", "tabell", _ANNUAL, block=True),
    Field("annual.sick_leave", "Sjukfrånvaron", "tabell", _ANNUAL, block=True),
    Field(
        "annual.sick_leave_reason",
        "Varför sjukfrånvaron inte redovisas",
        "Sjukfrånvaron redovisas inte, eftersom förbundet har högst tio anställda.",
        _ANNUAL,
    ),
    Field("annual.operations", "Driftredovisningen", "tabell", _ANNUAL, block=True),
    Field(
        "annual.investments",
        "Årets investeringar",
        "Förbundet har inte gjort några investeringar under året.",
        _ANNUAL,
    ),
    Field("annual.income_statement", "Resultaträkningen", "tabell", _ANNUAL, block=True),
    Field("annual.balance_sheet", "Balansräkningen", "tabell", _ANNUAL, block=True),
    Field("annual.cash_flow", "Kassaflödesanalysen", "tabell", _ANNUAL, block=True),
    Field("annual.notes", "Noterna", LIST, _ANNUAL),
    Field("annual.notes[].number", "Notens nummer", "1", _ANNUAL),
    Field("annual.notes[].heading", "Notens rubrik", "Redovisningsprinciper", _ANNUAL),
    Field("annual.notes[].mark", "Märket där notens text saknas", "text saknas.", _ANNUAL),
    Field("annual.notes[].text", "Notens text", "Årsredovisningen är upprättad …", _ANNUAL, block=True),
    Field("annual.notes[].figure", "Notens siffertabell", "tabell", _ANNUAL, block=True),
    Field("annual.remarks", "Det som saknas i siffrorna", LIST, _ANNUAL),
    Field("annual.remarks[]", "En sak som saknas", "Balansräkningen för året saknas.", _ANNUAL),
)

REPORT_FIELDS = (*_TERTIAL_FIELDS, *_BRIEF_FIELDS, *_BUDGET_FIELDS, *_ANNUAL_FIELDS)
"""In the order they are explained."""

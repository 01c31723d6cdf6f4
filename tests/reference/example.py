"""The example association as values, for the tests of documents: what the demo shows, without a .finsam file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TypeVar

import msgspec

from finsam_desktop import paths
from finsam_desktop.documents import About, Document, context, render
from finsam_desktop.documents.rendering import render_with_warnings
from finsam_desktop.domain import agenda
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.annual_report import AnnualNote, AnnualReport, BalanceAdjustment, SickLeave
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.catalogue import ItemType
from finsam_desktop.domain.figures import FigureTable, Purpose
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.sources import figure_table, read_workbook, recognise

T = TypeVar("T")
TODAY = date(2026, 10, 20)
DAYS = ("2026-04-22", "2026-09-17", "2026-10-29", "2026-11-26")
_IDS = {
    Purpose.INCOME_STATEMENT: "tabell-resultat",
    Purpose.BALANCE_SHEET: "tabell-balans",
    Purpose.INDICATORS: "tabell-teamen",
}


def _read(name: str, kind: type[T]) -> T:
    text = (paths.resources() / "example" / f"{name}.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), kind, strict=False)


@cache
def logo() -> bytes:
    return (paths.resources() / "example" / "logotyp.png").read_bytes()


@cache
def association() -> Association:
    """The example association, with its logo."""
    read = _read("exempelbygden", Association)
    return replace(read, letterhead=replace(read.letterhead, logo="logo"), annual_reports=(annual_report(),))


@cache
def tables() -> tuple[FigureTable, ...]:
    """The figures of the example's workbook, as the program reads them."""
    book = read_workbook(paths.resources() / "example" / "Resultatrapport T2 2026.xlsx")
    read = (figure_table(book, found, read_on=date(2026, 9, 24)) for found in recognise(book))
    return tuple(replace(table, id=_IDS.get(table.purpose, f"tabell-{n}")) for n, table in enumerate(read))


@cache
def meetings() -> tuple[Meeting, ...]:
    """The meetings of the year; the one in October has its figures."""
    read = [_read(f"exempelbygden-{day}", Meeting) for day in DAYS]
    items = agenda.update(read[2].items, "p05", lambda item: replace(item, figures=tables()))
    return (*read[:2], replace(read[2], items=items), read[3])


def meeting() -> Meeting:
    """The meeting of 29 October 2026: a vote, a conflict of interest, a dissent, two who take part in part."""
    return meetings()[2]


def annual_meeting() -> Meeting:
    """A meeting that decides the årsredovisning of the year that the example has figures of."""
    item = AgendaItem(
        id="ar",
        title="Årsredovisning 2026",
        type=ItemType.DECISION,
        template_id="arsredovisning",
        reference="2027/12",
        figures=tables(),
    )
    return Meeting(id="2027-03-18", date=date(2027, 3, 18), items=(item,))


def annual_report() -> AnnualReport:
    """What somebody has written for it: one heading of the förvaltningsberättelse and most notes are left."""
    return AnnualReport(
        year=2026,
        item_id="ar",
        development="Förbundet har finansierat fyra team och två särskilda insatser.",
        events="Inflödet till Vuxentorget stoppades i maj.",
        governance="Styrelsen har haft sex sammanträden.",
        management="Tre av fyra mål är uppfyllda. Ekonomin är i balans.",
        staff="Förbundet har två anställda och köper övriga tjänster.",
        sick_leave=SickLeave(
            employees=24,
            total=Decimal("0.042"),
            women=Decimal("0.047"),
            men=Decimal("0.03"),
            women_employees=15,
            men_employees=9,
            before=Decimal("0.051"),
        ),
        adjustments=(
            BalanceAdjustment(label="Reavinst vid försäljning av inventarier", amount=Decimal(-12_000)),
        ),
        notes=(
            AnnualNote(id="n1", heading="Redovisningsprinciper", text="Upprättad enligt lagen (2018:597)."),
            AnnualNote(id="n2", heading="Eget kapital", figure_id="tabell-2"),
            AnnualNote(id="n3", heading="Fordringar"),
        ),
    )


def meeting_of(document: Document) -> Meeting:
    """The meeting that the example has the document of."""
    consultation, _, october, november = meetings()
    match document:
        case Document.SAMRADSINBJUDAN | Document.MINNESANTECKNINGAR:
            return consultation
        case Document.REMISSVAR | Document.INSATSBESLUT | Document.PROFORMA | Document.BUDGET:
            return november
        case Document.ARSREDOVISNING:
            return annual_meeting()
    return october


def about_of(document: Document) -> About:
    """What of its meeting the example's document concerns."""
    match document:
        case Document.PROTOKOLLSUTDRAG:
            return About(items=("p07", "p08"), recipient="Region Exempel")
        case Document.ANSLAG:
            return About(member_id="medlem-fjallsta")
    return About()


def others(changed: Meeting) -> tuple[Meeting, ...]:
    """All meetings, with a changed one in place of the one in October."""
    return tuple(changed if other.id == changed.id else other for other in meetings())


def docx(
    document: Document,
    changed: Meeting | None = None,
    *,
    of: Association | None = None,
    pages: Mapping[str, int] | None = None,
    about: About | None = None,
) -> bytes:
    """The finished document, of the example or of a changed meeting or association."""
    made_of = changed or meeting_of(document)
    return render(
        document,
        of or association(),
        others(made_of),
        made_of,
        lambda _: logo(),
        TODAY,
        about=about or (about_of(document) if changed is None else About()),
        pages=pages,
    )


def warnings(document: Document, changed: Meeting | None = None) -> tuple[str, ...]:
    """What is told when the document is made."""
    made_of = changed or meeting_of(document)
    made = render_with_warnings(
        document, association(), others(made_of), made_of, lambda _: logo(), TODAY, about=About()
    )
    return made.warnings


def fields(
    document: Document,
    changed: Meeting | None = None,
    *,
    of: Association | None = None,
    about: About | None = None,
) -> dict:
    """The context of the document."""
    made_of = changed or meeting_of(document)
    concerns = about or (about_of(document) if changed is None else About())
    known = of or association()
    return context(document, known, others(made_of), made_of, lambda _: logo(), TODAY, about=concerns)

"""What a template is tried with before it is used: the example meeting, and meetings that are extreme."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from finsam_desktop import paths
from finsam_desktop.documents.fields_reports import REPORTS
from finsam_desktop.documents.kinds import KINDS, Document
from finsam_desktop.documents.rendering import context
from finsam_desktop.domain import agenda
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.annual_report import AnnualReport, BalanceAdjustment, SickLeave
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.catalogue import ItemType
from finsam_desktop.domain.meeting import Meeting

T = TypeVar("T")

MANY = 200
"""Items of the longest agenda a template is tried with."""
_LONG_WORD = "Samordningsförbundsstyrelsesammanträdesprotokollsjusterare" * 5
_TODAY = date(2026, 10, 20)
_APRIL, _OCTOBER, _NOVEMBER = "2026-04-22", "2026-10-29", "2026-11-26"
_REPORT_ITEM = "p05"
_DAYS = {
    Document.SAMRADSINBJUDAN: _APRIL,
    Document.MINNESANTECKNINGAR: _APRIL,
    Document.REMISSVAR: _NOVEMBER,
    Document.INSATSBESLUT: _NOVEMBER,
    Document.BUDGET: _NOVEMBER,
}
"""The example's meeting that has the document, where that is not the one in October."""
_NEEDS_ITEM = (Document.TERTIALRAPPORT, *(d for d, kind in KINDS.items() if kind.of_item))


def example_contexts(document: Document) -> Mapping[str, Mapping[str, object]]:
    """Fields to try a template of the document with, by a name that says what they are, in Swedish."""
    association, meeting = _association(), _meeting(_DAYS.get(document, _OCTOBER))
    if document is Document.ARSREDOVISNING:
        association, meeting = _annual(association, meeting)
    meetings: dict[str, Meeting] = {"exempelmötet": meeting}
    if document not in REPORTS:
        meetings[f"{MANY} ärenden"] = replace(meeting, items=_many(meeting.items))
    if document not in _NEEDS_ITEM:
        meetings["ett möte utan ärenden"] = replace(meeting, items=())
    meetings["mycket långa ord"] = _long_words(meeting)
    logo = (paths.resources() / "example" / "logotyp.png").read_bytes()
    files: Callable[[str], bytes] = lambda _sha256: logo  # noqa: E731
    return {
        name: context(document, association, (tried,), tried, files, _TODAY)
        for name, tried in meetings.items()
    }


def _many(items: tuple[AgendaItem, ...]) -> tuple[AgendaItem, ...]:
    rounds = range(-(-MANY // len(items)))
    copies = (replace(item, id=f"{item.id}-{number}") for number in rounds for item in items)
    return tuple(copies)[:MANY]


def _long_words(meeting: Meeting) -> Meeting:
    def lengthened(item: AgendaItem) -> AgendaItem:
        return replace(
            item, title=f"{item.title} {_LONG_WORD}", summary=f"{item.summary}\n\n{_LONG_WORD}".strip()
        )

    items = tuple(lengthened(item) for item in meeting.items)
    return replace(meeting, place=_LONG_WORD, items=items)


def _association() -> Association:
    read = _read("exempelbygden", Association)
    return replace(read, letterhead=replace(read.letterhead, logo="logotyp"))


def _meeting(day: str) -> Meeting:
    from finsam_desktop.sources import figure_table, read_workbook, recognise

    meeting = _read(f"exempelbygden-{day}", Meeting)
    if agenda.find(meeting.items, _REPORT_ITEM) is None:
        return meeting
    book = read_workbook(paths.resources() / "example" / "Resultatrapport T2 2026.xlsx")
    tables = tuple(figure_table(book, found, read_on=_TODAY) for found in recognise(book))
    items = agenda.update(meeting.items, _REPORT_ITEM, lambda item: replace(item, figures=tables))
    return replace(meeting, items=items)


def _annual(association: Association, meeting: Meeting) -> tuple[Association, Meeting]:
    """A meeting that decides the årsredovisning, with the figures and texts that the example has."""
    figures = next((item.figures for item in meeting.items if item.figures), ())
    item = AgendaItem(
        id="arsredovisning",
        title="Årsredovisning 2025",
        type=ItemType.DECISION,
        template_id="arsredovisning",
        reference="2026/14",
        figures=figures,
    )
    report = AnnualReport(
        year=2025,
        item_id=item.id,
        development="Under året har 402 personer fått stöd i förbundets insatser.",
        management="Tre av fyra mål är uppfyllda.",
        sick_leave=SickLeave(
            employees=24, total=Decimal("0.042"), women=Decimal("0.047"), women_employees=15
        ),
        adjustments=(BalanceAdjustment(label="Reavinst", amount=Decimal(-12_000)),),
    )
    return replace(association, annual_reports=(report,)), replace(meeting, items=(item,))


def _read(name: str, kind: type[T]) -> T:
    import msgspec

    from finsam_desktop.known_types import known

    known(kind)
    path = paths.resources() / "example" / f"{name}.toml"
    return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), kind, strict=False)

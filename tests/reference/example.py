"""The example association as values, for the tests of documents: what the demo shows, without a .finsam file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TypeVar

import msgspec

from finsam_desktop import paths
from finsam_desktop.documents import Document, context, render
from finsam_desktop.domain import agenda
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.figures import FigureTable, Purpose
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.sources import figure_table, read_workbook, recognise

T = TypeVar("T")
TODAY = date(2026, 10, 20)
DAYS = ("2026-09-17", "2026-10-29", "2026-11-26")
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
    return replace(read, letterhead=replace(read.letterhead, logo="logo"))


@cache
def tables() -> tuple[FigureTable, ...]:
    """The figures of the example's workbook, as the program reads them."""
    book = read_workbook(paths.resources() / "example" / "Resultatrapport T2 2026.xlsx")
    read = (figure_table(book, found, read_on=date(2026, 9, 24)) for found in recognise(book))
    return tuple(replace(table, id=_IDS.get(table.purpose, f"tabell-{n}")) for n, table in enumerate(read))


@cache
def meetings() -> tuple[Meeting, ...]:
    """The three meetings; the one in October has its figures."""
    read = [_read(f"exempelbygden-{day}", Meeting) for day in DAYS]
    items = agenda.update(read[1].items, "p05", lambda item: replace(item, figures=tables()))
    return (read[0], replace(read[1], items=items), read[2])


def meeting() -> Meeting:
    """The meeting of 29 October 2026: a vote, a conflict of interest, a dissent, two who take part in part."""
    return meetings()[1]


def others(changed: Meeting) -> tuple[Meeting, ...]:
    """All meetings, with a changed one in place of the one in October."""
    return tuple(changed if other.id == changed.id else other for other in meetings())


def docx(
    document: Document,
    changed: Meeting | None = None,
    *,
    of: Association | None = None,
    pages: Mapping[str, int] | None = None,
) -> bytes:
    """The finished document, of the example or of a changed meeting or association."""
    made_of = changed or meeting()
    return render(
        document, of or association(), others(made_of), made_of, lambda _: logo(), TODAY, pages=pages
    )


def fields(document: Document, changed: Meeting | None = None, *, of: Association | None = None) -> dict:
    """The context of the document."""
    made_of = changed or meeting()
    return context(document, of or association(), others(made_of), made_of, lambda _: logo(), TODAY)

"""What Översikt and Beslut ask of the values."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.decisions import Decision, Outcome, Proposal, ProposalKind
from finsam_desktop.domain.figures import (
    ColumnRole,
    FigureCell,
    FigureColumn,
    FigureRow,
    FigureTable,
    Post,
    Purpose,
    RowKind,
    Unit,
)
from finsam_desktop.domain.meeting import Meeting, MeetingState
from finsam_desktop.domain.overview import economy, latest_meeting, left_open, next_meeting
from finsam_desktop.domain.register import decided_clauses, register
from finsam_desktop.domain.report import TertialReport


def meeting(day: date, *items: AgendaItem, state: MeetingState = MeetingState.DRAFT) -> Meeting:
    return Meeting(id=day.isoformat(), date=day, items=items, state=state)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 10, 28), "2026-10-29"),
        (date(2026, 10, 29), "2026-10-29"),
        (date(2026, 10, 30), "2026-11-26"),
        (date(2026, 11, 27), None),
    ],
)
def test_next_meeting_the_day_before_on_and_after(today: date, expected: str | None) -> None:
    meetings = (meeting(date(2026, 11, 26)), meeting(date(2026, 10, 29)))
    found = next_meeting(meetings, today)
    assert (found.id if found else None) == expected


def test_a_meeting_that_was_held_early_in_the_day_is_not_next() -> None:
    held = meeting(date(2026, 10, 29), state=MeetingState.HELD)
    assert next_meeting((held,), date(2026, 10, 29)) is None
    assert latest_meeting((held,), date(2026, 10, 30)) == held
    assert latest_meeting((held,), date(2026, 10, 29)) is None


def item(title: str, outcome: Outcome, **fields: object) -> AgendaItem:
    return AgendaItem(id=title, title=title, decision=Decision(outcome=outcome), **fields)  # type: ignore[arg-type]


def test_tabled_items_wait_until_a_later_agenda_has_them() -> None:
    first = meeting(
        date(2026, 9, 17),
        item("A", Outcome.TABLED),
        item("B", Outcome.REMITTED),
        item("C", Outcome.AS_PROPOSED),
    )
    assert [left.item.title for left in left_open((first,))] == ["A", "B"]
    later = meeting(date(2026, 10, 29), item("A", Outcome.UNSET))
    assert [left.item.title for left in left_open((later, first))] == ["B"]
    again = meeting(date(2026, 11, 26), item("A", Outcome.TABLED))
    assert [(left.item.title, left.meeting.id) for left in left_open((again, later, first))] == [
        ("B", "2026-09-17"),
        ("A", "2026-11-26"),
    ]


def table(result: str, unit: Unit = Unit.KR) -> FigureTable:
    def row(label: str, post: Post, budget: str, forecast: str) -> FigureRow:
        cells = (
            FigureCell(text=label),
            FigureCell(amount=Decimal(budget)),
            FigureCell(amount=Decimal(forecast)),
        )
        return FigureRow(cells=cells, post=post, kind=RowKind.SUM)

    return FigureTable(
        title="Resultat",
        purpose=Purpose.INCOME_STATEMENT,
        source_unit=unit,
        columns=(
            FigureColumn(title="Post", role=ColumnRole.LABEL),
            FigureColumn(title="Budget", role=ColumnRole.BUDGET),
            FigureColumn(title="Prognos", role=ColumnRole.FULL_YEAR_FORECAST),
        ),
        rows=(
            row("Kostnader", Post.COSTS, "-12635", "-11841"),
            row("Resultat", Post.RESULT, "-1146", result),
        ),
    )


def test_economy_takes_the_newest_report_in_kronor() -> None:
    def report(day: date, year: int, result: str) -> Meeting:
        holder = AgendaItem(
            title="Rapport", report=TertialReport(year=year, tertial=2), figures=(table(result, Unit.TKR),)
        )
        return meeting(day, holder)

    old, new = report(date(2025, 10, 1), 2025, "10"), report(date(2026, 10, 1), 2026, "-286")
    known = economy((new, old), None)
    assert known is not None
    assert (known.year, known.last_month, known.meeting.id) == (2026, 8, "2026-10-01")
    assert known.budget_costs == Decimal(12_635_000)
    assert known.forecast_costs == Decimal(11_841_000)
    assert known.outcome_costs is None
    assert known.equity is None


def test_no_report_is_no_economy() -> None:
    bare = AgendaItem(title="Rapport", report=TertialReport(year=2026, tertial=1))
    assert economy((meeting(date(2026, 5, 1), bare),), Decimal(1)) is None
    assert economy((), None) is None


def test_the_register_has_what_was_decided_latest_meeting_first() -> None:
    proposal = Proposal(kind=ProposalKind.CLAUSES, clauses=("godkänna rapporten.",))
    decided = item("Rapport", Outcome.AS_PROPOSED, proposal=proposal)
    own = AgendaItem(
        id="Val",
        title="Val",
        decision=Decision(outcome=Outcome.OWN_WORDS, clauses=("utse A.",)),
        proposal=proposal,
    )
    first = meeting(date(2026, 9, 1), item("Info", Outcome.NOTED), decided)
    second = meeting(date(2026, 10, 1), own, item("Öppet", Outcome.UNSET))
    entries = register((first, second))
    assert [(e.item.title, e.paragraph, e.clauses) for e in entries] == [
        ("Val", 3, ("utse A.",)),
        ("Rapport", 2, ("godkänna rapporten.",)),
    ]


def test_clauses_of_sub_items_count_when_the_item_has_none() -> None:
    sub = AgendaItem(title="A", proposal=Proposal(kind=ProposalKind.CLAUSES, clauses=("göra så.",)))
    whole = item("Hela", Outcome.AS_PROPOSED, sub_items=(sub,))
    assert decided_clauses(whole) == ("göra så.",)
    assert decided_clauses(replace(whole, decision=Decision(outcome=Outcome.TABLED))) == ()

"""What an item's figures are held against: each other, the pace so far, the budget that was fixed, and the texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice

from finsam_desktop.domain.agenda import AgendaItem, walk
from finsam_desktop.domain.deadlines import fixes_budget
from finsam_desktop.domain.figures import FigureTable, Purpose
from finsam_desktop.domain.figures_checks import FigureFinding, Level, check_together
from finsam_desktop.domain.figures_expected import check_budget, check_pace, check_signs, same_budget_year
from finsam_desktop.domain.figures_in_text import check_text
from finsam_desktop.domain.meeting import MeetingKind
from finsam_desktop.domain.plan_sums import budget_table, fixed_plan
from finsam_desktop.domain.rules.finding import Case, Hit, Place, Rule, Severity
from finsam_desktop.domain.wording import long_date

_LEVELS = {Level.ERROR: Severity.ERROR, Level.WARNING: Severity.WARNING, Level.NOTE: Severity.NOTE}


def _hits(found: Iterable[FigureFinding], item: AgendaItem, field: str = "figures") -> Iterator[Hit]:
    for finding in found:
        if finding.level is not Level.OK:
            yield Hit(
                title=finding.title,
                advice=finding.text,
                place=Place(item_id=item.id, field=field),
                severity=_LEVELS[finding.level],
            )


def _together(case: Case) -> Iterator[Hit]:
    for item in walk(case.meeting.items):
        yield from _hits(check_together(item.figures), item)


def _expected(case: Case) -> Iterator[Hit]:
    for item in walk(case.meeting.items):
        for table in item.figures:
            yield from _hits((*check_signs(table), *check_pace(table)), item)


def _as_fixed(case: Case) -> Iterator[Hit]:
    """The latest budget of the same year that the board had fixed before the meeting is the one that counts.

    It is an item's table, or the plan under Budget och plan that names its item.
    """
    earlier = sorted(
        (m for m in case.meetings if m.date < case.meeting.date and m.cancelled_on is None),
        key=lambda m: m.date,
        reverse=True,
    )
    budgets = [
        (meeting.date, table)
        for meeting in earlier
        for item in walk(meeting.items)
        for table in item.figures
        if table.purpose is Purpose.INCOME_STATEMENT and fixes_budget(item)
    ]
    for item in walk(case.meeting.items):
        if fixes_budget(item):
            continue  # a new budget is meant to differ
        for table in item.figures:
            if table.purpose is not Purpose.INCOME_STATEMENT:
                continue
            known = sorted((*budgets, *_fixed_plans(case)), key=lambda budget: budget[0], reverse=True)
            same_year = ((day, fixed) for day, fixed in known if same_budget_year(table, fixed))
            for day, fixed in islice(same_year, 1):
                yield from _hits(check_budget(table, fixed, f"den {long_date(day)}"), item)


def _fixed_plans(case: Case) -> Iterator[tuple[date, FigureTable]]:
    """The budgets of Budget och plan that were fixed at an earlier meeting, or on an earlier day that is given."""
    for plan in case.association.plans:
        fixed = fixed_plan(case.association, case.meetings, plan.year)
        if fixed is not None and fixed.day < case.meeting.date:
            yield fixed.day, budget_table(plan)


def _texts(case: Case) -> Iterator[Hit]:
    for item in walk(case.meeting.items):
        if not item.figures:
            continue
        for field, text, tables in _about_the_whole(item):
            yield from _hits(check_text(text, tables), item, field)


def _about_the_whole(item: AgendaItem) -> Iterator[tuple[str, str, Sequence[FigureTable]]]:
    """Texts about the association's economy: a platform's own section is held against its own table alone."""
    yield "summary", item.summary, item.figures
    yield "minutes_text", item.minutes_text, item.figures
    report = item.report
    if report is None:
        return
    for text in (report.summary, report.economy, report.deviations):
        yield "report", text, item.figures
    for section in report.sections:
        own = tuple(table for table in item.figures if table.id == section.figure_id)
        if own:
            yield "report", section.text, own


RULES = (
    Rule(
        id="S02",
        text="Resultatet är detsamma i resultatrapporten och balansrapporten.",
        source="Uträkning",
        severity=Severity.WARNING,
        check=_together,
        places=("figures",),
        kinds=tuple(MeetingKind),
    ),
    Rule(
        id="S03",
        text="Tecken och helårsprognos är rimliga mot utfallet.",
        source="Uträkning",
        severity=Severity.NOTE,
        check=_expected,
        places=("figures",),
        kinds=tuple(MeetingKind),
    ),
    Rule(
        id="S04",
        text="Budgeten i en rapport är den som styrelsen har fastställt.",
        source="23 § finsamlagen, en uträkning",
        severity=Severity.WARNING,
        check=_as_fixed,
        places=("figures",),
        kinds=tuple(MeetingKind),
    ),
    Rule(
        id="S05",
        text="Texten säger samma belopp och andelar som tabellen.",
        source="Uträkning",
        severity=Severity.WARNING,
        check=_texts,
        places=("summary", "minutes_text", "report"),
        kinds=tuple(MeetingKind),
    ),
)

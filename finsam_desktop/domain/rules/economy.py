"""Budget, annual report and equity: 21, 23 and 24 §§ finsamlagen, and the figures of the agenda's tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from finsam_desktop.domain import economy, figures_checks, overview
from finsam_desktop.domain.agenda import AgendaItem, walk
from finsam_desktop.domain.deadlines import fixes_annual_report, fixes_budget
from finsam_desktop.domain.decisions import Outcome
from finsam_desktop.domain.figures import ColumnRole, FigureTable, Post, Purpose, Unit
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.rules.finding import Case, Hit, Place, Rule, Severity
from finsam_desktop.domain.rules.text_places import text_of
from finsam_desktop.domain.wording import amount, days_from, percent, short_date

BUDGET_CONSULTATION = "budget-samrad"
_REASONS = re.compile(r"motiv|skäl|från eget kapital|av eget kapital|ur eget kapital|med eget kapital")


def _budget_day(case: Case) -> Iterator[Hit]:
    last = date(case.meeting.date.year, 11, 30)
    item = next((item for item in walk(case.meeting.items) if fixes_budget(item)), None)
    if item is not None:
        if case.meeting.date > last:
            yield Hit(
                title="Budgeten fastställs efter den 30 november",
                advice="Styrelsen ska fastställa budgeten senast den 30 november. Flytta ärendet till ett tidigare "
                "sammanträde, eller anteckna varför det inte gick.",
                place=Place(item_id=item.id, field="title"),
            )
        return
    yield from _not_planned(
        case, last, date(last.year, 11, 1), fixes_budget, f"Budgeten för {last.year + 1} ska fastställas"
    )


def _annual_report_day(case: Case) -> Iterator[Hit]:
    last = date(case.meeting.date.year, 3, 31)
    item = next((item for item in walk(case.meeting.items) if fixes_annual_report(item)), None)
    if item is not None:
        if case.meeting.date > last:
            yield Hit(
                title="Årsredovisningen behandlas efter den 31 mars",
                advice="Den ska vara upprättad inom tre månader från räkenskapsårets slut. Flytta ärendet, eller "
                "anteckna varför det inte gick.",
                place=Place(item_id=item.id, field="title"),
            )
        return
    yield from _not_planned(
        case,
        last,
        date(last.year, 3, 1),
        fixes_annual_report,
        f"Årsredovisningen för {last.year - 1} ska vara klar",
    )


def _not_planned(
    case: Case, last: date, warn_from: date, concerns: Callable[[AgendaItem], bool], what: str
) -> Iterator[Hit]:
    """The next meeting is told, from ``warn_from``, when no meeting of the year has the item."""
    coming = overview.next_meeting(case.meetings, case.today)
    if case.held or coming is None or coming.id != case.meeting.id or case.today.year != last.year:
        return
    of_year = [meeting for meeting in case.meetings if meeting.date.year == last.year]
    if case.today < warn_from or any(_has(meeting, concerns) for meeting in of_year):
        return
    if case.today > last and not any(meeting.date <= last for meeting in of_year):
        return  # the association came to the program after the day
    yield Hit(
        title=f"{what} senast {short_date(last)}, {days_from(last, case.today)}",
        advice="Inget sammanträde i år har ärendet på dagordningen. Lägg till det.",
        place=Place(field="items"),
        severity=Severity.ERROR if case.today > last or case.meeting.date > last else Severity.WARNING,
    )


def _has(meeting: Meeting, concerns: Callable[[AgendaItem], bool]) -> bool:
    return any(concerns(item) for item in walk(meeting.items))


def _consulted(case: Case) -> Iterator[Hit]:
    for item in walk(case.meeting.items):
        if not fixes_budget(item) or _mentions_consultation(item) or _consulted_before(case):
            continue
        yield Hit(
            title="Samråd med medlemmarna om budgeten är inte antecknat",
            advice="Styrelsen ska samråda med medlemmarna innan budgeten fastställs. Skriv i ärendet när det skedde.",
            place=Place(item_id=item.id, field="summary"),
        )


def _mentions_consultation(item: AgendaItem) -> bool:
    return re.search(r"samråd\w*\b[^.\n{]*\d", text_of(item), re.IGNORECASE) is not None


def _consulted_before(case: Case) -> bool:
    """Whether an earlier meeting of the year sent the budget to the members."""
    sent = (Outcome.AS_PROPOSED, Outcome.OWN_WORDS)
    return any(
        item.template_id == BUDGET_CONSULTATION and item.decision.outcome in sent
        for meeting in case.meetings
        if meeting.date < case.meeting.date and meeting.date.year == case.meeting.date.year
        for item in walk(meeting.items)
    )


def _underbalanced(case: Case) -> Iterator[Hit]:
    for item in walk(case.meeting.items):
        for table in item.figures:
            result = _budgeted_result(table)
            if result is None or result >= 0 or _REASONS.search(text_of(item).lower()):
                continue
            yield Hit(
                title=f"Underbalanserad budget utan motivering: {amount(result, Unit.TKR)}",
                advice="Intäkterna ska överstiga kostnaderna. Många förbund använder eget kapital. Skriv styrelsens "
                "skäl i ärendet.",
                place=Place(item_id=item.id, field="figures"),
            )
            break


def _budgeted_result(table: FigureTable) -> Decimal | None:
    if table.purpose is not Purpose.INCOME_STATEMENT:
        return None
    result = table.amount(Post.RESULT, ColumnRole.BUDGET)
    if result is not None:
        return result
    income, costs = table.amount(Post.INCOME, ColumnRole.BUDGET), table.amount(Post.COSTS, ColumnRole.BUDGET)
    return None if income is None or costs is None else income - abs(costs)


def _equity(case: Case) -> Iterator[Hit]:
    contribution = case.association.rules.contribution
    for item in walk(case.meeting.items):
        equity = economy.equity(item.figures, contribution)
        if equity is None:
            continue
        place = Place(item_id=item.id, field="figures")
        if equity.cap is None or equity.share is None:
            yield Hit(
                title="Eget kapital kan inte jämföras med rekommendationen",
                advice="Ange årets medlemsbidrag under Förbundet.",
                place=place,
                severity=Severity.NOTE,
            )
            continue
        yield from _against_both(equity, equity.cap, equity.share, place)


def _against_both(equity: economy.Equity, cap: Decimal, share: Decimal, place: Place) -> Iterator[Hit]:
    what = "Eget kapital" if equity.forecast is None else "Eget kapital enligt prognosen"
    measures = f"Trappan ger taket {amount(cap)}. Eget kapital är {percent(share)} av medlemsbidragen."
    if equity.closing > cap:
        yield Hit(
            title=f"{what} är {amount(equity.closing)}, över det rekommenderade taket {amount(cap)}",
            advice=f"{measures} Rekommendationen binder inte. Dokumentera varför styrelsen avviker.",
            place=place,
        )
    elif share > economy.SHARE_LIMIT:
        yield Hit(
            title=f"{what} är {percent(share)} av medlemsbidragen, över måttet {percent(economy.SHARE_LIMIT)}",
            advice=f"{measures} De två måtten ger olika svar. Redovisa båda.",
            place=place,
            severity=Severity.NOTE,
        )


_LEVELS = {
    figures_checks.Level.ERROR: Severity.ERROR,
    figures_checks.Level.WARNING: Severity.WARNING,
    figures_checks.Level.NOTE: Severity.NOTE,
}


def _figures(case: Case) -> Iterator[Hit]:
    for item in walk(case.meeting.items):
        for table in item.figures:
            origin = (
                f"{table.source.file_name}, {table.source.sheet}" if table.source is not None else table.title
            )
            for found in figures_checks.check_table(table):
                yield Hit(
                    title=found.title,
                    advice=found.text,
                    place=Place(item_id=item.id, field="figures"),
                    severity=_LEVELS[found.level],
                    source=f"Uträkning ur {origin}",
                )


RULES = (
    Rule(
        id="R40",
        text="Budgeten fastställs senast den 30 november.",
        source="23 § finsamlagen",
        severity=Severity.ERROR,
        check=_budget_day,
        places=("title", "items"),
    ),
    Rule(
        id="R41",
        text="Styrelsen samråder med medlemmarna innan budgeten fastställs.",
        source="23 § finsamlagen",
        severity=Severity.ERROR,
        check=_consulted,
        places=("summary", "consulted_on"),
    ),
    Rule(
        id="R44",
        text="En budget med underskott är motiverad.",
        source="21 § finsamlagen, KL 11 kap. 5 §",
        severity=Severity.WARNING,
        check=_underbalanced,
        places=("figures",),
    ),
    Rule(
        id="R47",
        text="Eget kapital ligger inom Nationella rådets rekommendation, mätt på båda sätten.",
        source="Nationella rådets rekommendation om eget kapital",
        severity=Severity.WARNING,
        check=_equity,
        places=("figures",),
    ),
    Rule(
        id="R60",
        text="Årsredovisningen är upprättad senast den 31 mars.",
        source="24 § finsamlagen",
        severity=Severity.ERROR,
        check=_annual_report_day,
        places=("title", "items"),
    ),
    Rule(
        id="S01",
        text="Siffrorna i en tabell stämmer med varandra.",
        source="Uträkning",
        severity=Severity.WARNING,
        check=_figures,
        places=("figures",),
    ),
)

"""A budget's balance, equity against both measures, and the figures of the agenda's tables. 21 § finsamlagen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from finsam_desktop.domain import economy, figures_checks
from finsam_desktop.domain.agenda import walk
from finsam_desktop.domain.figures import ColumnRole, FigureTable, Post, Purpose, Unit
from finsam_desktop.domain.meeting import MeetingKind
from finsam_desktop.domain.rules import year_plans
from finsam_desktop.domain.rules.finding import Case, Hit, Place, Rule, Scope, Severity
from finsam_desktop.domain.rules.text_places import text_of
from finsam_desktop.domain.wording import amount, percent

_REASONS = re.compile(r"motiv|skäl|\b(?:från|av|ur|med) (?:det )?eg(?:et|na) kapital(?:et)?\b")


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


def _deficits(case: Case) -> Iterator[Hit]:
    yield from _underbalanced(case)
    yield from year_plans.deficit_without_reason(case)


def _budgeted_result(table: FigureTable) -> Decimal | None:
    if table.purpose is not Purpose.INCOME_STATEMENT:
        return None
    result = table.amount(Post.RESULT, ColumnRole.BUDGET)
    if result is not None:
        return result
    income, costs = table.amount(Post.INCOME, ColumnRole.BUDGET), table.amount(Post.COSTS, ColumnRole.BUDGET)
    return None if income is None or costs is None else income - abs(costs)


def _measured(case: Case) -> Iterator[tuple[economy.Equity, Place]]:
    for item in walk(case.meeting.items):
        equity = economy.equity(item.figures, case.association.rules.contribution)
        if equity is not None:
            yield equity, Place(item_id=item.id, field="figures")


def _against_the_ladder(case: Case) -> Iterator[Hit]:
    for equity, place in _measured(case):
        if equity.cap is None or equity.share is None:
            yield Hit(
                title="Eget kapital kan inte jämföras med rekommendationen",
                advice="Ange årets medlemsbidrag under Förbundet.",
                place=place,
                severity=Severity.NOTE,
            )
        elif equity.closing > equity.cap:
            yield Hit(
                title=f"{_what(equity)} är {amount(equity.closing)}, över det rekommenderade taket "
                f"{amount(equity.cap)}",
                advice=f"{_both(equity.cap, equity.share)} Rekommendationen binder inte. Dokumentera varför styrelsen "
                "avviker.",
                place=place,
            )


def _against_the_share(case: Case) -> Iterator[Hit]:
    for equity, place in _measured(case):
        if equity.cap is not None and equity.share is not None and equity.share > economy.SHARE_LIMIT:
            yield Hit(
                title=f"{_what(equity)} är {percent(equity.share)} av medlemsbidragen, över måttet "
                f"{percent(economy.SHARE_LIMIT)}",
                advice=f"{_both(equity.cap, equity.share)} De två måtten kan ge olika svar. Redovisa båda.",
                place=place,
            )


def _what(equity: economy.Equity) -> str:
    return "Eget kapital" if equity.forecast is None else "Eget kapital enligt prognosen"


def _both(cap: Decimal, share: Decimal) -> str:
    return f"Trappan ger taket {amount(cap)}. Eget kapital är {percent(share)} av medlemsbidragen."


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
        id="R44",
        text="En budget med underskott är motiverad.",
        source="21 § finsamlagen, KL 11 kap. 5 §",
        severity=Severity.WARNING,
        check=_deficits,
        places=("figures", "plans"),
        scope=Scope.BOTH,
    ),
    Rule(
        id="R47",
        text="Eget kapital ligger inom Nationella rådets trappa: 20, 15 och 10 procent av medlemsbidragen.",
        source="Nationella rådets rekommendation om eget kapital",
        severity=Severity.WARNING,
        check=_against_the_ladder,
        places=("figures",),
    ),
    Rule(
        id="R47b",
        text="Eget kapital är högst 20 procent av medlemsbidragen, det andra måttet i bruk.",
        source="Försäkringskassans sammanställning för 2020, en uträkning",
        severity=Severity.NOTE,
        check=_against_the_share,
        places=("figures",),
    ),
    Rule(
        id="S01",
        text="Siffrorna i en tabell stämmer med varandra.",
        source="Uträkning",
        severity=Severity.WARNING,
        check=_figures,
        places=("figures",),
        kinds=tuple(MeetingKind),
    ),
)

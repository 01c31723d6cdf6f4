"""What is read of the teams, and the goals: do the numbers add up, has each goal a target value and a judgement?

A meeting is told of the periods that its reports are about; Förbundet of this year and the last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from finsam_desktop.domain.activity import Indicator, IndicatorUnit, Team
from finsam_desktop.domain.activity_checks import check_period, small_counts
from finsam_desktop.domain.activity_tables import (
    LAST_MONTH,
    indicator_of,
    periods,
    short_period,
    value_of,
)
from finsam_desktop.domain.agenda import AgendaItem, walk
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.figures import Purpose
from finsam_desktop.domain.meeting import MeetingKind
from finsam_desktop.domain.plan_goals import goals_after, meets
from finsam_desktop.domain.plan_sums import plan_of
from finsam_desktop.domain.report import TertialReport
from finsam_desktop.domain.rules.finding import Case, Hit, Place, Rule, Scope, Severity
from finsam_desktop.domain.rules.text_places import report_texts
from finsam_desktop.domain.rules.year_plans import plans_told
from finsam_desktop.domain.wording import join_names, number, percent
from finsam_desktop.domain.year_plan import Judgement, YearPlan

_SENTENCE = re.compile(r"(?<=[.!?:;])\s+(?=[A-ZÅÄÖ])|\n+")
_PERCENT = re.compile(r"(?<![\d,])(\d{1,3}(?:,\d)?)[ \u00a0]?(?:%|procent)")
_READINGS, _PLANS = Place(field="readings"), Place(field="plans")
#: How a text counts what has ended: "har avslutat 54 personer", "54 avslutade".
_FINISHED = re.compile(
    r"\bavslutat (?:totalt |sammanlagt )?(\d{1,5}) (?:personer|deltagare|ärenden)|(?<![\d,])(\d{1,5}) avslutade\b",
    re.IGNORECASE,
)
_ACTIVE = re.compile(r"(?<![\d,])(\d{1,5}) (?:aktiva|pågående)\b", re.IGNORECASE)


def _reports(case: Case) -> Iterator[tuple[AgendaItem, TertialReport]]:
    for item in walk(case.meeting.items):
        if item.report is not None:
            yield item, item.report


def _periods(case: Case) -> tuple[tuple[int, int], ...]:
    """What the meeting's reports are about; for the association alone, this year and the last."""
    if case.meeting.items:
        return tuple(sorted({(report.year, report.tertial) for _, report in _reports(case)}))
    return tuple(period for period in periods(case.association) if period[0] >= case.today.year - 1)


def _adds_up(case: Case) -> Iterator[Hit]:
    for year, tertial in _periods(case):
        for found in check_period(case.association, year, tertial):
            yield Hit(title=found.title, advice=f"{found.text.rstrip('.')}. Rätta talet under Verksamhet.",
                      place=_READINGS)  # fmt: skip


def _few(case: Case) -> Iterator[Hit]:
    """A report that prints the readings, because it has no table of its own for the teams."""
    for item, report in _reports(case):
        if any(table.purpose is Purpose.INDICATORS for table in item.figures):
            continue
        few = small_counts(case.association, report.year, report.tertial)
        if few:
            more = f" och {len(few) - 4} till" if len(few) > 4 else ""
            yield Hit(
                title=f"Färre än fem personer i {short_period(report.year, report.tertial)}",
                advice=f"{'; '.join(few[:4])}{more}. Slå ihop team innan tabellen skrivs ut. Dölj inte en ensam cell, "
                "summan röjer den.",
                place=_READINGS,
            )


def _goal_targets(case: Case) -> Iterator[Hit]:
    for plan in _plans(case):
        bare = [goal.text for goal in plan.goals if not goal.target.strip()]
        if bare:
            yield Hit(
                title=f"{_count(len(bare))} i planen för {plan.year} saknar målvärde",
                advice=f"{_named(bare)}. Utan målvärde går det inte att följa upp om målet är nått.",
                place=_PLANS,
            )
        if plan.lines and not plan.goals:
            yield Hit(
                title=f"Planen för {plan.year} har inga mål",
                advice="Verksamhetsplanen ska ha mål och riktlinjer, och budgeten finansiella mål.",
                place=_PLANS,
            )


def _judged(case: Case) -> Iterator[Hit]:
    asked = _periods(case) if case.meeting.items else _ended(case)
    for year, tertial in asked:
        plan = plan_of(case.association, year)
        if plan is None:
            continue
        rows = goals_after(plan, tertial, case.association)
        unjudged = [row.goal.text for row in rows if row.judgement is Judgement.UNSET]
        late = [row.goal.text for row in rows if tertial == 3 and row.judgement is Judgement.TOO_EARLY]
        if unjudged:
            yield Hit(
                title=f"{_count(len(unjudged))} är inte bedömda efter {short_period(year, tertial)}"
                if len(unjudged) > 1
                else f"{_count(1)} är inte bedömt efter {short_period(year, tertial)}",
                advice=f"{_named(unjudged)}. Skriv utfall och bedömning under Budget och plan.",
                place=_PLANS,
            )
        if late:
            yield Hit(
                title=f"{_count(len(late))} kan inte bedömas än, fast året är slut",
                advice=f"{_named(late)}. I årsredovisningen bedöms varje mål.",
                place=_PLANS,
            )
        for row in rows:
            met = meets(row.goal.target, row.outcome)
            reached = row.judgement is Judgement.REACHED
            if (
                met is not None
                and row.judgement in (Judgement.REACHED, Judgement.NOT_REACHED)
                and met != reached
            ):
                yield Hit(
                    title=f"Bedömningen ”{row.words}” stämmer inte med målvärde och utfall",
                    advice=f"{row.goal.text}: målvärde {row.goal.target}, utfall {row.outcome}.",
                    place=_PLANS,
                )


def _plans(case: Case) -> tuple[YearPlan, ...]:
    """The plans that the reports are about or the meeting fixes; for the association, this year's and later ones."""
    years = {report.year for _, report in _reports(case)} | {plan.year for plan in plans_told(case)}
    return tuple(plan for plan in case.association.plans if plan.year in years)


def _ended(case: Case) -> tuple[tuple[int, int], ...]:
    """The latest tertial of each plan that ended at least a month ago and has outcomes or readings."""
    made = []
    for plan in case.association.plans:
        for tertial in (3, 2, 1):
            month = LAST_MONTH[tertial] + 1
            asked = date(plan.year + month // 12, month % 12 + 1, 1)
            if case.today >= asked:
                if plan.year >= case.today.year - 1:
                    made.append((plan.year, tertial))
                break
    return tuple(made)


def _texts(case: Case) -> Iterator[Hit]:
    for item, report in _reports(case):
        for text in report_texts(report):
            for said in _contradictions(text, case.association, report.year, report.tertial):
                yield Hit(title=said[0], advice=said[1], place=Place(item_id=item.id, field="report"))


def _contradictions(
    text: str, association: Association, year: int, tertial: int
) -> Iterator[tuple[str, str]]:
    """Counts and percentages in a sentence that names one team, against what was read of it."""
    for sentence in _SENTENCE.split(text):
        named = [
            team for team in association.teams if team.name and team.name.casefold() in sentence.casefold()
        ]
        if len(named) != 1:
            continue
        team = named[0]
        quote = f"”{' '.join(sentence.split())[:160]}”"
        for pattern, indicator_id in ((_FINISHED, "avslutade"), (_ACTIVE, "aktiva")):
            indicator = _by_id_or_name(association, indicator_id)
            read = value_of(association, team.id, indicator, year, tertial).total if indicator else None
            for found in pattern.finditer(sentence):
                count = int(next(group for group in found.groups() if group))
                if read is not None and count != read:
                    yield f"Texten säger {count} om {team.name}, avläsningen är {number(read)}", quote
        yield from _shares(sentence, quote, association, team, year, tertial)


def _shares(
    sentence: str, quote: str, association: Association, team: Team, year: int, tertial: int
) -> Iterator[tuple[str, str]]:
    for indicator in association.indicators:
        topic = indicator.name.split(",")[0].casefold()
        if indicator.unit is not IndicatorUnit.PERCENT or topic not in _plain(sentence):
            continue
        read = value_of(association, team.id, indicator, year, tertial).total
        for found in _PERCENT.finditer(sentence):
            said = found[1].replace(",", ".")
            decimals = len(said.partition(".")[2])
            if read is not None and number(read * 100, decimals) != number_of(said, decimals):
                yield (
                    f"Texten säger {found[1]} procent om {team.name}, avläsningen är {percent(read, decimals)}",
                    quote,
                )


def _plain(sentence: str) -> str:
    """The sentence for finding "positiv lösning" in "en för individen positiv lösning"."""
    return " ".join(sentence.casefold().split())


def number_of(text: str, decimals: int) -> str:
    """A number as typed with a point, written as ``number`` writes it."""
    return number(Decimal(text), decimals)


def _by_id_or_name(association: Association, name: str) -> Indicator | None:
    found = indicator_of(association, name)
    return found or next((each for each in association.indicators if each.name.casefold() == name), None)


def _count(goals: int) -> str:
    return "Ett mål" if goals == 1 else f"{goals} mål"


def _named(goals: list[str]) -> str:
    shown = [f"”{text}”" for text in goals[:3]]
    return join_names(shown) + (f" och {len(goals) - 3} till" if len(goals) > 3 else "")


RULES = (
    Rule(
        id="S06",
        text="Avläsningarna av teamen stämmer: andelar, kvinnor och män, delar, summor och över tid.",
        source="Uträkning",
        severity=Severity.WARNING,
        check=_adds_up,
        places=("readings",),
        scope=Scope.ASSOCIATION,
        kinds=tuple(MeetingKind),
    ),
    Rule(
        id="S07",
        text="Texten i rapporten säger samma om teamen som avläsningarna.",
        source="Uträkning",
        severity=Severity.WARNING,
        check=_texts,
        places=("report",),
        kinds=tuple(MeetingKind),
    ),
    Rule(
        id="R96b",
        text="En rapport som visar teamens tal har inga grupper med färre än fem personer.",
        source="OSL 21 kap. 1 §, dataskyddsförordningen artikel 9",
        severity=Severity.WARNING,
        check=_few,
        places=("readings",),
        scope=Scope.ASSOCIATION,
        kinds=tuple(MeetingKind),
    ),
    Rule(
        id="R63b",
        text="Varje mål i planen har ett målvärde.",
        source="KL 11 kap. 6 § och 12 kap. 1 § via 21 och 26 §§ finsamlagen",
        severity=Severity.NOTE,
        check=_goal_targets,
        places=("plans",),
        scope=Scope.ASSOCIATION,
    ),
    Rule(
        id="R63c",
        text="Varje mål är bedömt i tertialrapporten och årsredovisningen, som målvärde och utfall säger.",
        source="KL 11 kap. 6 § och 12 kap. 1 § via 21 och 26 §§ finsamlagen",
        severity=Severity.NOTE,
        check=_judged,
        places=("plans",),
        scope=Scope.ASSOCIATION,
    ),
)

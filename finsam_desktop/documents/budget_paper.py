"""The context of Budget och verksamhetsplan: goals, guidelines, three years' plan, financing and equity (R40–R47)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from finsam_desktop.documents.accent import ACCENT
from finsam_desktop.documents.economy_parts import CHART_NUMBERS, KEY_FIGURES, whole_tkr
from finsam_desktop.documents.figure_blocks import figure_block
from finsam_desktop.documents.kallelse import reference
from finsam_desktop.documents.kinds import About, Document, document_item, top_item
from finsam_desktop.documents.tertialrapport import decision_state, ingress
from finsam_desktop.documents.values import markdown, with_dates
from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.economy import SHARE_LIMIT
from finsam_desktop.domain.equity_measures import NOT_THE_SAME
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.plan_sums import (
    PlanYear,
    areas,
    budget_table,
    equity_table,
    financing_table,
    is_contribution,
    plan_of,
    plan_years,
)
from finsam_desktop.domain.wording import amount, long_date, no_break, percent
from finsam_desktop.domain.year_plan import GoalKind, PlanKind, YearPlan
from finsam_desktop.errors import UserError
from finsam_desktop.word import Chart, Column, Row, Series, Table

MOST_BARS = 8


def budget_context(
    association: Association,
    meetings: Iterable[Meeting],
    meeting: Meeting,
    about: About,
    today: date,
    *,
    accent: str = ACCENT,
) -> dict[str, object]:
    """Everything the template budget.docx can print, but for the letterhead.

    UserError when the meeting fixes no budget, or when the year has no plan to print.
    """
    item = document_item(Document.BUDGET, meeting, about)
    plan = plan_for(association, meeting, item)
    if item is None:
        raise UserError(
            "Inget ärende i sammanträdet fastställer budgeten.",
            advice="Lägg till ärendet om budget på dagordningen och försök igen.",
        )
    top = top_item(meeting, item.id) or item
    years = plan_years(plan)
    title = f"Budget och verksamhetsplan {plan.year}"
    span = f"{plan.year}–{plan.year + 2}"
    return {
        "document": {
            "title": title,
            "subtitle": f"Med ekonomisk plan för {span}",
            "reference": reference(top.reference),
            "running_title": title,
        },
        "budget": {
            "state": decision_state(tuple(meetings), meeting, item, fixed="Fastställd", proposed="Förslag"),
            "dated": with_dates(today),
            "year": str(plan.year),
            "key_figures": _key_figures(years[0]),
            "introduction": ingress(plan.introduction),
            "financial_goals": _goals(plan, GoalKind.FINANCIAL, "Finansiella mål"),
            "activity_goals": _goals(plan, GoalKind.ACTIVITY, "Verksamhetsmål"),
            "guidelines": markdown(plan.guidelines, shift=2),
            "economy": markdown(plan.economy, shift=1),
            "consultation": _consultation(meeting),
            "plan": figure_block(budget_table(plan)) if plan.lines else None,
            "chart": _cost_chart(plan, accent),
            "financing": figure_block(financing_table(plan))
            if any(map(is_contribution, plan.lines))
            else None,
            "deficit": no_break(_deficit(years)),
            "deficit_reason": markdown(plan.deficit_reason, shift=2),
            "equity": figure_block(equity_table(plan)) if years[0].closing is not None else None,
            "equity_sentence": no_break(_equity_sentence(years[0])),
        },
    }


def plan_for(association: Association, meeting: Meeting, item: AgendaItem | None) -> YearPlan:
    """The plan that the item fixes: the one linked to it, else that of the year it names, else next year's.

    UserError when there is no such plan.
    """
    linked = next((plan for plan in association.plans if item is not None and plan.fixed_in == item.id), None)
    if linked is not None:
        return linked
    named = re.search(r"\b(20\d\d)\b", item.title) if item is not None else None
    year = int(named[1]) if named else meeting.date.year + 1
    plan = plan_of(association, year)
    if plan is None:
        raise UserError(
            f"Det finns ingen budget och plan för {year}.",
            advice="Lägg in den under Siffror, Budget och plan, och försök igen.",
        )
    return plan


def _key_figures(year: PlanYear) -> list[dict[str, str]]:
    """Income, costs, result and equity of the budget year; an empty list without any amount."""
    measured = year.measured
    note = f"Tak: {amount(measured.cap)}" if measured and measured.cap is not None else ""
    shown = [
        ("Intäkter", year.income, ""),
        ("Kostnader", year.costs, ""),
        ("Årets resultat", year.result, ""),
        ("Eget kapital vid årets slut", year.closing, note),
    ]
    found = [
        {"label": label, "value": amount(value), "note": note}
        for label, value, note in shown
        if value is not None
    ]
    empty = {"label": "", "value": "", "note": ""}
    return [*found, *(empty for _ in range(KEY_FIGURES - len(found)))] if found else []


def _goals(plan: YearPlan, kind: GoalKind, caption: str) -> Table | None:
    goals = [goal for goal in plan.goals if goal.kind is kind and goal.text.strip()]
    if not goals:
        return None
    return Table(
        columns=(Column(title="Mål", width_mm=116), Column(title="Målvärde", width_mm=44)),
        rows=tuple(Row(cells=(no_break(goal.text), no_break(goal.target) or "–")) for goal in goals),
        caption=f"{caption} {plan.year}",
        description=f"{caption} med målvärde",
    )


def _consultation(meeting: Meeting) -> str:
    """That the members have been consulted before the budget is fixed (R41), when that is recorded."""
    day = meeting.consulted_on
    return (
        no_break(f"Samråd med medlemmarna om budgeten hölls den {long_date(day)}.") if day is not None else ""
    )


def _cost_chart(plan: YearPlan, accent: str) -> Chart | None:
    """The budget year's costs by area, the largest first."""
    costs = [
        (area.name or "Övrigt", area.sums[0])
        for area in areas(plan)
        if area.kind is PlanKind.COST and area.sums[0] is not None and area.sums[0] > 0
    ]
    shown = sorted(costs, key=lambda each: -(each[1] or 0))[:MOST_BARS]
    if len(shown) < 2:
        return None
    told = "; ".join(f"{name} {amount(value)}" for name, value in shown if value is not None)
    return Chart(
        categories=tuple(name for name, _ in shown),
        series=(
            Series(name=f"Budget {plan.year}", values=tuple(whole_tkr(v) for _, v in shown if v is not None)),
        ),
        caption=f"Kostnader per område {plan.year}, tkr",
        description=f"Liggande staplar. Budgeterade kostnader {plan.year}: {told}.",
        height_mm=max(30.0, 9.0 * len(shown)),
        horizontal=True,
        accent=accent,
        number_format=CHART_NUMBERS,
    )


def _deficit(years: tuple[PlanYear, PlanYear, PlanYear]) -> str:
    """What the plan draws from equity, year by year (R44); "" when income covers the costs every year."""
    short = [(year.year, -year.result) for year in years if year.result is not None and year.result < 0]
    if not short:
        return ""
    if len(short) == 1:
        year, missing = short[0]
        return (
            f"Kostnaderna är {amount(missing)} större än intäkterna {year}. Underskottet tas ur eget kapital."
        )
    told = ", ".join(f"{amount(missing)} {year}" for year, missing in short)
    return f"Kostnaderna är större än intäkterna: {told}. Underskotten tas ur eget kapital."


def _equity_sentence(year: PlanYear) -> str:
    """Equity at the budget year's end against both measures (R47, R47b)."""
    measured = year.measured
    if measured is None or measured.cap is None or measured.share is None:
        return ""
    ladder = "under" if measured.within_ladder else "över"
    plain = "inom" if measured.within_plain else "över"
    return (
        f"Eget kapital beräknas till {amount(measured.amount)} vid utgången av {year.year}. Det är {ladder} Nationella"
        f" rådets rekommenderade tak på {amount(measured.cap)}, och {percent(measured.share, 1)} av årets"
        f" medlemsbidrag, {plain} måttet högst {percent(SHARE_LIMIT)}. {NOT_THE_SAME}"
    )

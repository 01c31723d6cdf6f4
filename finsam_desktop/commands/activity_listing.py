"""What `finsam activity` and `finsam budget` print: the teams' numbers, a year plan, and goals."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from finsam_desktop.commands.listing import Listing
from finsam_desktop.domain.activity import Indicator, IndicatorUnit
from finsam_desktop.domain.activity_checks import check_period, small_counts
from finsam_desktop.domain.activity_import import ActivityImport
from finsam_desktop.domain.activity_tables import (
    ALL_TEAMS,
    Value,
    period_name,
    periods,
    reading_of,
    team_name,
    teams_in,
    value_of,
)
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.plan_goals import goals_after, meets
from finsam_desktop.domain.plan_sums import FixedPlan, PlanYear, areas, plan_years
from finsam_desktop.domain.wording import amount, long_date, number, percent
from finsam_desktop.domain.year_plan import YearPlan


def latest_period(association: Association) -> tuple[int, int] | None:
    """The latest period with readings, or None."""
    known = periods(association)
    return known[-1] if known else None


def activity(association: Association, year: int, tertial: int) -> Listing:
    """Every team's numbers after a tertial, and what does not add up."""
    lines = [f"Verksamhet, {period_name(year, tertial)}"]
    data: list[dict[str, Any]] = []
    teams = [team.id for team in teams_in(association, year)]
    for team_id in (*teams, *((ALL_TEAMS,) if len(teams) > 1 else ())):
        said = []
        for indicator in association.indicators:
            value = value_of(association, team_id, indicator, year, tertial)
            if value.total is None and value.women is None and value.men is None:
                continue
            known = reading_of(association, team_id, indicator.id, year, tertial)
            said.append(f"{indicator.name} {in_words(indicator, value)}")
            data.append({
                "team": team_name(association, team_id), "indicator": indicator.name, "unit": indicator.unit.value,
                "total": _plain(value.total), "women": _plain(value.women), "men": _plain(value.men),
                "derived": value.derived, "source": known.source if known is not None else "",
            })  # fmt: skip
        lines.append(f"  {team_name(association, team_id)}: {'; '.join(said) or 'inget inläst'}")
    found = check_period(association, year, tertial)
    lines += [f"! {each.title}. {each.text}" for each in found]
    few = small_counts(association, year, tertial)
    if few:
        lines.append(f"! Färre än fem personer: {'; '.join(few)}.")
    return Listing(
        lines=tuple(lines),
        data={
            "year": year, "tertial": tertial, "readings": data, "small": list(few),
            "findings": [{"check": each.check, "title": each.title, "text": each.text} for each in found],
        },
    )  # fmt: skip


def imported(made: ActivityImport, *, written: bool) -> Listing:
    """What a workbook changes, or would change."""
    lines = [f"{period_name(made.year, made.tertial).capitalize()}: {len(made.changes)} tal skiljer, "
             f"{made.unchanged} är desamma."]  # fmt: skip
    if made.new_teams:
        lines.append(f"Nya team: {', '.join(made.new_teams)}")
    if made.new_indicators:
        lines.append(f"Nya indikatorer: {'; '.join(made.new_indicators)}")
    lines += [
        f"  {each.team}, {each.indicator}: {each.before or 'inget'} blir {each.after} ({each.source})"
        for each in made.changes
    ]
    lines += made.remarks
    lines.append("Talen är inlästa." if written else "Inget är ändrat.")
    return Listing(
        lines=tuple(lines),
        data={
            "year": made.year, "tertial": made.tertial, "unchanged": made.unchanged, "written": written,
            "new_teams": list(made.new_teams), "new_indicators": list(made.new_indicators),
            "changes": [
                {"team": e.team, "indicator": e.indicator, "before": e.before, "after": e.after, "source": e.source}
                for e in made.changes
            ],
        },
    )  # fmt: skip


def budget(plan: YearPlan, fixed: FixedPlan | None) -> Listing:
    """A plan's posts area by area over three years, equity, and where it was fixed."""
    years = plan_years(plan)
    lines = [f"Budget {plan.year} och plan {plan.year + 1}–{plan.year + 2}, kronor"]
    lines.append(_fixed_in_words(plan, fixed))
    for area in areas(plan):
        lines.append(f"{area.name or 'Utan område'}: {_three(area.sums)}")
        lines += [f"  {line.label}: {_three([line.of(place) for place in range(3)])}" for line in area.lines]
    lines.append(f"Summa intäkter: {_three([year.income for year in years])}")
    lines.append(f"Summa kostnader: {_three([year.costs for year in years])}")
    lines.append(f"Resultat: {_three([year.result for year in years])}")
    lines.append(f"Eget kapital vid årets början: {_three([year.opening for year in years])}")
    lines.append(f"Eget kapital vid årets slut: {_three([year.closing for year in years])}")
    for year in years:
        measured = year.measured
        if measured is not None and measured.cap is not None and measured.plain_cap is not None:
            lines.append(
                f"  {year.year}: trappans tak {amount(measured.cap)}, {_within(measured.within_ladder)}; "
                f"20 procent {amount(measured.plain_cap)}, {_within(measured.within_plain)}"
            )
    if plan.deficit_reason:
        lines.append(f"Motivering till underskottet: {plan.deficit_reason}")
    return Listing(lines=tuple(lines), data=_budget_data(plan, years, fixed))


def goals(plan: YearPlan, tertial: int, association: Association) -> Listing:
    """The plan's goals after a tertial: target value, outcome, judgement."""
    rows = goals_after(plan, tertial, association)
    lines = [f"Mål {plan.year}, efter {period_name(plan.year, tertial)}"]
    for row in rows:
        outcome = (row.outcome or "inget utfall") + (" (ur avläsningen)" if row.proposed else "")
        lines.append(f"  {row.goal.text}")
        lines.append(f"    målvärde {row.goal.target or 'saknas'}; {outcome}; {row.words or 'inte bedömt'}")
        if row.comment:
            lines.append(f"    {row.comment}")
    return Listing(
        lines=tuple(lines),
        data=[
            {
                "id": row.goal.id, "kind": row.goal.kind.value, "text": row.goal.text, "target": row.goal.target,
                "outcome": row.outcome, "proposed": row.proposed, "judgement": row.judgement.value,
                "words": row.words, "comment": row.comment, "meets_target": meets(row.goal.target, row.outcome),
            }
            for row in rows
        ],
    )  # fmt: skip


def in_words(indicator: Indicator, value: Value) -> str:
    """ "23 (12 K, 11 M)", "79,6 %"."""
    if indicator.unit is IndicatorUnit.PERCENT:
        return "" if value.total is None else percent(value.total, 1)
    parts = [
        f"{number(part)} {sex}" for part, sex in ((value.women, "K"), (value.men, "M")) if part is not None
    ]
    total = number(value.total) if value.total is not None else ""
    return f"{total} ({', '.join(parts)})" if total and parts else total or ", ".join(parts)


def _fixed_in_words(plan: YearPlan, fixed: FixedPlan | None) -> str:
    if fixed is None:
        return "Inte kopplad till något beslut."
    place = (
        f", {fixed.item.title}" if fixed.item is not None else f", {plan.fixed_at}" if plan.fixed_at else ""
    )
    return f"Fastställs vid sammanträdet den {long_date(fixed.day)}{place}."


def _budget_data(plan: YearPlan, years: tuple[PlanYear, ...], fixed: FixedPlan | None) -> dict[str, Any]:
    return {
        "year": plan.year,
        "lines": [
            {
                "label": line.label, "kind": line.kind.value, "area": line.area, "source": line.source,
                "amounts": [_plain(line.of(place)) for place in range(3)],
                "member": line.member_id, "measure": line.measure_id, "note": line.note,
            }
            for line in plan.lines
        ],
        "years": [
            {
                "year": year.year, "income": _plain(year.income), "costs": _plain(year.costs),
                "result": _plain(year.result), "contribution": _plain(year.contribution),
                "opening_equity": _plain(year.opening), "closing_equity": _plain(year.closing),
                "ladder_cap": _plain(year.measured.cap if year.measured else None),
                "plain_cap": _plain(year.measured.plain_cap if year.measured else None),
            }
            for year in years
        ],
        "deficit_reason": plan.deficit_reason,
        "fixed_on": fixed.day.isoformat() if fixed is not None else None,
        "fixed_in": plan.fixed_in,
    }  # fmt: skip


def signed(plan: YearPlan) -> str:
    """ "Resultat 2027: −360 000, 0, 0": what a change came to, in one line."""
    return f"Resultat {plan.year}: {_three([year.result for year in plan_years(plan)])}"


def _three(amounts: list[Decimal | None] | tuple[Decimal | None, ...]) -> str:
    return ", ".join("–" if each is None else number(each) for each in amounts)


def _within(verdict: bool | None) -> str:
    return "inom" if verdict else "över"


def _plain(value: Decimal | None) -> float | int | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)

"""`finsam budget`: a year's budget and verksamhetsplan with its goals, as the window's Budget och plan."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from finsam_desktop.commands.activity import find_indicator, find_team, show
from finsam_desktop.commands.common import DONE, as_json, command, day, group, open_file
from finsam_desktop.errors import UserError

if TYPE_CHECKING:
    from finsam_desktop.domain.association import Association
    from finsam_desktop.domain.year_plan import PlanGoal, PlanLine, YearPlan
    from finsam_desktop.workspace import Workspace

_JUDGEMENTS = ("unset", "reached", "partly", "not_reached", "too_early")


def add(commands: Any) -> None:
    """Add the commands."""
    budget = group(commands, "budget", "årets budget, verksamhetsplan och mål")
    shown = command(budget, "show", _show, "visa budgeten med plan för tre år och eget kapital")
    _plan(shown)
    as_json(shown)
    start = command(budget, "start", _start, "gör en plan ur förra årets, eller med de vanliga posterna")
    _plan(start)
    put = command(budget, "set", _set, "ändra planens eget kapital, motivering och texter")
    _plan(put)
    put.add_argument("--opening-equity", metavar="KR", help="eget kapital vid årets början")
    for name, text in (
        ("--reason", "motivering till ett underskott"), ("--introduction", "inledning"),
        ("--guidelines", "riktlinjer"), ("--economy", "text om ekonomin"),
    ):  # fmt: skip
        put.add_argument(name, metavar="TEXT", help=text)
    line = command(budget, "line", _line, "lägg till, ändra eller ta bort en post")
    _plan(line)
    line.add_argument("label", metavar="POST")
    line.add_argument("amounts", metavar="KR", nargs="*", help="budgetåret och de två åren därefter")
    line.add_argument("--income", action="store_true", help="posten är en intäkt")
    line.add_argument("--area", metavar="OMRÅDE", help="till exempel Administration eller Insatser")
    line.add_argument("--member", metavar="MEDLEM", help="medlemmen som bidrar")
    line.add_argument("--note", metavar="TEXT")
    line.add_argument("--remove", action="store_true", help="ta bort posten")
    divide = command(
        budget, "divide", _divide, "fördela medlemsbidragen: hälften, en fjärdedel, en fjärdedel"
    )
    _plan(divide)
    divide.add_argument("amounts", metavar="KR", nargs="+", help="summan för budgetåret och åren därefter")
    goal = command(budget, "goal", _goal, "lägg till eller ändra ett mål, och följ upp det")
    _plan(goal)
    goal.add_argument("text", metavar="MÅL", help="målets text eller id")
    goal.add_argument("--target", metavar="MÅLVÄRDE")
    goal.add_argument("--financial", action="store_true", help="målet är finansiellt")
    goal.add_argument("--indicator", metavar="INDIKATOR", help="indikatorn som utfallet läses ur")
    goal.add_argument("--team", metavar="TEAM")
    goal.add_argument("--tertial", type=int, choices=(1, 2, 3), help="uppföljning efter; 3 är helåret")
    goal.add_argument("--outcome", metavar="UTFALL")
    goal.add_argument("--judgement", choices=_JUDGEMENTS)
    goal.add_argument("--comment", metavar="TEXT")
    goal.add_argument("--remove", action="store_true", help="ta bort målet")
    goals = command(budget, "goals", _goals, "visa målen med målvärde, utfall och bedömning")
    _plan(goals)
    goals.add_argument("--tertial", type=int, choices=(1, 2, 3), default=3)
    as_json(goals)
    taken = command(budget, "import", _import, "läs in budgetkolumnen ur en arbetsbok")
    _plan(taken)
    taken.add_argument("source", metavar="KÄLLA", type=Path)
    taken.add_argument("--sheet", metavar="BLAD")
    fix = command(budget, "fix", _fix, "ange var budgeten fastställdes")
    _plan(fix)
    fix.add_argument("meeting", metavar="SAMMANTRÄDE", nargs="?")
    fix.add_argument("item", metavar="ÄRENDE", nargs="?", help="ärendets nummer, till exempel 5")
    fix.add_argument(
        "--on", metavar="ÅÅÅÅ-MM-DD", type=day, help="dagen, när sammanträdet inte finns i filen"
    )
    fix.add_argument("--paragraph", metavar="§", default="")
    fix.add_argument("--undo", action="store_true", help="ta bort uppgiften")


def _plan(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FIL", type=Path)
    parser.add_argument("year", metavar="ÅR", type=int)


def _found(association: Association, year: int) -> YearPlan:
    from finsam_desktop.domain.plan_sums import plan_of

    plan = plan_of(association, year)
    if plan is None:
        years = ", ".join(str(each.year) for each in association.plans) or "inga"
        raise UserError(
            f"Det finns ingen plan för {year}.",
            advice=f"Planer i filen: {years}. Gör en med `finsam budget start`.",
        )
    return plan


def _change(
    options: argparse.Namespace, label: str, edit: Callable[[Association, YearPlan], YearPlan]
) -> YearPlan:
    """Change the plan as one step, and return it as it became."""
    from finsam_desktop.domain.plan_sums import with_plan

    with open_file(options.file) as workspace:
        before = workspace.association
        plan = edit(before, _found(before, options.year))
        after = with_plan(before, plan)
        if after != before:
            workspace.change(f"{label}, {plan.year}", before, after)
    return plan


def _show(options: argparse.Namespace) -> int:
    from finsam_desktop.commands import activity_listing
    from finsam_desktop.domain.plan_sums import fixed_plan

    with open_file(options.file, read_only=True) as workspace:
        plan = _found(workspace.association, options.year)
        fixed = fixed_plan(workspace.association, workspace.meetings, options.year)
    show(activity_listing.budget(plan, fixed), options)
    return DONE


def _start(options: argparse.Namespace) -> int:
    from finsam_desktop.domain.plan_start import empty_plan, next_plan
    from finsam_desktop.domain.plan_sums import plan_of, with_plan

    with open_file(options.file) as workspace:
        before = workspace.association
        if plan_of(before, options.year) is not None:
            raise UserError(f"Det finns redan en plan för {options.year}.", advice="Ändra den i stället.")
        earlier = plan_of(before, options.year - 1)
        plan = next_plan(earlier) if earlier is not None else empty_plan(before, options.year)
        workspace.change(f"Gör planen för {options.year}", before, with_plan(before, plan))
    origin = f"ur planen för {options.year - 1}" if earlier is not None else "med de vanliga posterna"
    print(f"Planen för {options.year} är gjord {origin}, {len(plan.lines)} poster och {len(plan.goals)} mål.")
    return DONE


def _set(options: argparse.Namespace) -> int:
    equity = _kr(options.opening_equity)
    texts = {
        "deficit_reason": options.reason, "introduction": options.introduction, "guidelines": options.guidelines,
        "economy": options.economy,
    }  # fmt: skip

    def edit(_association: Association, plan: YearPlan) -> YearPlan:
        changed: dict[str, Any] = {name: text for name, text in texts.items() if text is not None}
        if options.opening_equity is not None:
            changed["opening_equity"] = equity
        return replace(plan, **changed)

    _change(options, "Ändra planen", edit)
    print(f"Planen för {options.year} är ändrad.")
    return DONE


def _line(options: argparse.Namespace) -> int:
    from finsam_desktop.commands.activity_listing import signed
    from finsam_desktop.domain.year_plan import MEASURES, OTHER_INCOME, PlanKind, PlanLine

    if len(options.amounts) > 3:
        raise UserError("En post har högst tre belopp.", advice="Ange budgetåret och de två åren därefter.")
    amounts = [_kr(text) for text in options.amounts]

    def edit(association: Association, plan: YearPlan) -> YearPlan:
        old = next((each for each in plan.lines if each.label.casefold() == options.label.casefold()), None)
        if options.remove:
            if old is None:
                raise _no_line(plan, options.label)
            return replace(plan, lines=tuple(each for each in plan.lines if each.id != old.id))
        income = options.income or (old is not None and old.kind is PlanKind.INCOME)
        area = OTHER_INCOME if income else MEASURES
        line = old or PlanLine(
            label=options.label, area=area, kind=PlanKind.INCOME if income else PlanKind.COST
        )
        changed = _changed_line(association, line, options, amounts)
        if old is None:
            return replace(plan, lines=(*plan.lines, changed))
        return replace(plan, lines=tuple(changed if each.id == old.id else each for each in plan.lines))

    plan = _change(options, f"Ändra {options.label} i budgeten", edit)
    print(signed(plan))
    return DONE


def _changed_line(
    association: Association, line: PlanLine, options: argparse.Namespace, amounts: list[Decimal | None]
) -> PlanLine:
    changed: dict[str, Any] = {}
    if amounts:
        first, second = (*amounts[1:], *line.later[len(amounts) - 1 :])[:2]
        changed |= {"amount": amounts[0], "later": (first, second), "source": ""}
    if options.area is not None:
        changed["area"] = options.area
    if options.note is not None:
        changed["note"] = options.note
    if options.member is not None:
        member = next(
            (m for m in association.members if m.name.casefold() == options.member.casefold()), None
        )
        if member is None:
            names = ", ".join(each.name for each in association.members)
            raise UserError(f"Medlemmen {options.member} finns inte.", advice=f"Medlemmar: {names}.")
        changed["member_id"] = member.id
    return replace(line, **changed)


def _no_line(plan: YearPlan, label: str) -> UserError:
    return UserError(
        f"Posten {label} finns inte i budgeten för {plan.year}.",
        advice=f"Poster: {', '.join(line.label for line in plan.lines)}.",
    )


def _divide(options: argparse.Namespace) -> int:
    from finsam_desktop.commands.activity_listing import signed
    from finsam_desktop.domain.plan_start import with_contributions

    totals = [_kr(text) for text in options.amounts][:3]
    filled = [*totals, *([totals[-1]] * (3 - len(totals)))]
    plan = _change(
        options, "Fördela medlemsbidragen",
        lambda association, plan: with_contributions(plan, association.members, filled),
    )  # fmt: skip
    print(signed(plan))
    return DONE


def _goal(options: argparse.Namespace) -> int:
    from finsam_desktop.domain.plan_goals import with_goal
    from finsam_desktop.domain.year_plan import PlanGoal

    def edit(association: Association, plan: YearPlan) -> YearPlan:
        old = next((g for g in plan.goals if options.text in (g.id, g.text)), None)
        if options.remove:
            if old is None:
                raise UserError(
                    f"Målet finns inte i planen för {plan.year}.", advice="Se `finsam budget goals`."
                )
            return replace(plan, goals=tuple(goal for goal in plan.goals if goal.id != old.id))
        return with_goal(plan, _changed_goal(association, old or PlanGoal(text=options.text), options))

    if options.tertial is None and (options.outcome or options.judgement or options.comment):
        raise UserError("Utfall och bedömning gäller ett tertial.", advice="Ange --tertial 1, 2 eller 3.")
    _change(options, "Ändra mål", edit)
    print("Målet är borttaget." if options.remove else "Målet är ändrat.")
    return DONE


def _changed_goal(association: Association, goal: PlanGoal, options: argparse.Namespace) -> PlanGoal:
    from finsam_desktop.domain.plan_goals import with_outcome
    from finsam_desktop.domain.year_plan import GoalKind, GoalOutcome, Judgement

    changed: dict[str, Any] = {}
    if options.target is not None:
        changed["target"] = options.target
    if options.financial:
        changed["kind"] = GoalKind.FINANCIAL
    if options.indicator is not None:
        changed["indicator_id"] = find_indicator(association, options.indicator).id
    if options.team is not None:
        changed["team_id"] = find_team(association, options.team).id
    goal = replace(goal, **changed)
    if options.tertial is None:
        return goal
    known = goal.after(options.tertial) or GoalOutcome(tertial=options.tertial)
    outcome = {
        "outcome": options.outcome, "comment": options.comment,
        "judgement": Judgement(options.judgement) if options.judgement else None,
    }  # fmt: skip
    return with_outcome(
        goal, replace(known, **{name: each for name, each in outcome.items() if each is not None})
    )


def _goals(options: argparse.Namespace) -> int:
    from finsam_desktop.commands import activity_listing

    with open_file(options.file, read_only=True) as workspace:
        plan = _found(workspace.association, options.year)
        listing = activity_listing.goals(plan, options.tertial, workspace.association)
    show(listing, options)
    return DONE


def _import(options: argparse.Namespace) -> int:
    from finsam_desktop.commands.activity_listing import signed
    from finsam_desktop.domain.plan_start import with_lines
    from finsam_desktop.domain.plan_sums import plan_of, with_plan
    from finsam_desktop.domain.year_plan import YearPlan
    from finsam_desktop.files.activity_files import budget_from

    with open_file(options.file) as workspace:
        before = workspace.association
        read = budget_from(before, options.source, sheet=options.sheet, today=date.today())
        plan = with_lines(plan_of(before, options.year) or YearPlan(year=options.year), read.lines)
        workspace.change(f"Hämta budgeten för {options.year}", before, with_plan(before, plan))
    print(f"{len(read.lines)} poster ur {options.source.name}.")
    for remark in read.remarks:
        print(f"! {remark}")
    print(signed(plan))
    return DONE


def _fix(options: argparse.Namespace) -> int:
    if not options.undo and options.on is None and (options.meeting is None or options.item is None):
        raise UserError("Ange sammanträde och ärende, eller en dag med --on.", advice="Inget är ändrat.")
    with open_file(options.file, read_only=True) as workspace:
        item_id = _item_id(workspace, options)

    def edit(_association: Association, plan: YearPlan) -> YearPlan:
        return replace(plan, fixed_in=item_id, fixed_on=options.on, fixed_at=options.paragraph)

    _change(options, "Ändra var planen är fastställd", edit)
    print(f"Planen för {options.year} är ändrad.")
    return DONE


def _item_id(workspace: Workspace, options: argparse.Namespace) -> str:
    from finsam_desktop.attach_figures import find_item

    if options.undo or options.meeting is None or options.item is None:
        return ""
    return find_item(workspace.find_meeting(options.meeting), options.item).id


def _kr(text: str | None) -> Decimal | None:
    from finsam_desktop.domain.typed_numbers import UnreadableNumber, read_kr

    if text is None:
        return None
    try:
        return read_kr(text)
    except UnreadableNumber as error:
        raise UserError(str(error), advice="Inget är ändrat.") from error

"""The budget as a value (a year plan): balance and reason, shares, three years, guidelines, and when it was fixed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from finsam_desktop.domain.agenda import walk
from finsam_desktop.domain.association import Association, MemberKind
from finsam_desktop.domain.contributions import lawful_parts
from finsam_desktop.domain.deadlines import fixes_budget
from finsam_desktop.domain.figures import Unit
from finsam_desktop.domain.plan_sums import fixed_plan, is_contribution, plan_years, summed
from finsam_desktop.domain.rules.finding import Case, Hit, Place
from finsam_desktop.domain.wording import amount, long_date
from finsam_desktop.domain.year_plan import PlanLine, YearPlan

_PLACE = Place(field="plans")
_PARTIES = {
    MemberKind.SOCIAL_INSURANCE_AGENCY: "staten", MemberKind.EMPLOYMENT_SERVICE: "staten",
    MemberKind.REGION: "regionerna", MemberKind.MUNICIPALITY: "kommunerna",
}  # fmt: skip
_PARTS = {Decimal("0.5"): "hälften", Decimal("0.25"): "en fjärdedel"}
_TOGETHER = {"kommunerna": "kommunerna", "regionerna": "regionerna", "staten": "staten"}


def plans_told(case: Case) -> tuple[YearPlan, ...]:
    """The plans that the meeting fixes; for the association, those of this year and later."""
    if not case.meeting.items:
        return tuple(plan for plan in case.association.plans if plan.year >= case.today.year)
    items = {item.id for item in walk(case.meeting.items) if fixes_budget(item)}
    coming = case.meeting.date.year + 1
    return tuple(
        plan for plan in case.association.plans
        if plan.fixed_in in items or (items and not plan.fixed_in and plan.year == coming)
    )  # fmt: skip


def deficit_without_reason(case: Case) -> Iterator[Hit]:
    """R44: a budget year whose costs exceed its income, and no reason."""
    for plan in plans_told(case):
        result = plan_years(plan)[0].result
        if result is not None and result < 0 and not plan.deficit_reason.strip():
            yield Hit(
                title=f"Budgeten för {plan.year} har ett underskott utan motivering: {amount(result, Unit.TKR)}",
                advice="Intäkterna ska överstiga kostnaderna. Många förbund använder eget kapital. Skriv styrelsens "
                "skäl under Budget och plan.",
                place=_PLACE,
            )


def unlawful_shares(case: Case) -> Iterator[Hit]:
    """R45: contributions that are not ½, ¼ and ¼ (or ½ and ½ where no region takes part), by more than a krona."""
    for plan in plans_told(case):
        lines = [line for line in plan.lines if is_contribution(line)]
        whole = summed(lines, 0)
        if not whole:
            continue
        for party, lawful in lawful_parts(case.association.members).items():
            own = [line for line in lines if _party(line, case.association) == party]
            paid = summed(own, 0) or Decimal()
            if len([line for line in lines if _party(line, case.association) is None]):
                return  # a contribution of nobody known: nothing can be said of the parts
            if abs(paid - whole * lawful) > 1:
                yield Hit(
                    title=f"{party.capitalize()} bidrar med {_kr(paid)} i budgeten för {plan.year}, "
                    f"{_PARTS[lawful]} är {_kr(whole * lawful)}",
                    advice="Försäkringskassan bidrar med hälften, regionen och kommunerna med en fjärdedel var. "
                    "Den som bidrar minst avgör nivån.",
                    place=_PLACE,
                )


def incomplete(case: Case) -> Iterator[Hit]:
    """R43: three years, equity at the year's end, guidelines."""
    for plan in plans_told(case):
        if not plan.lines:
            continue
        years = plan_years(plan)
        lacking = [str(year.year) for year in years[1:] if year.income is None or year.costs is None]
        if lacking:
            yield Hit(
                title=f"Planen för {plan.year} saknar belopp för {' och '.join(lacking)}",
                advice="Den ekonomiska planen gäller tre år, och budgetåret är det första.",
                place=_PLACE,
            )
        if years[0].closing is None:
            yield Hit(
                title=f"Planen för {plan.year} visar inte eget kapital vid årets slut",
                advice="Ange eget kapital vid årets början, så räknas ställningen vid årets slut fram.",
                place=_PLACE,
            )
        if not plan.guidelines.strip():
            yield Hit(
                title=f"Planen för {plan.year} har inga riktlinjer",
                advice="Verksamhetsplanen ska ha mål och riktlinjer för verksamheten.",
                place=_PLACE,
            )


def fixed_late(case: Case) -> Iterator[Hit]:
    """R40: a plan fixed after the 30 November before its year, or not linked to a decision once that day has passed."""
    if case.meeting.items:
        return  # the meeting's own date is told by the item
    for plan in plans_told(case):
        last = date(plan.year - 1, 11, 30)
        fixed = fixed_plan(case.association, case.meetings, plan.year)
        if fixed is not None and fixed.day > last:
            yield Hit(
                title=f"Budgeten för {plan.year} fastställdes den {long_date(fixed.day)}",
                advice="Styrelsen ska fastställa budgeten senast den 30 november.",
                place=_PLACE,
                latest=last,
            )
        elif fixed is None and plan.lines and case.today > last:
            yield Hit(
                title=f"Det är inte antecknat var budgeten för {plan.year} är fastställd",
                advice="Välj ärendet, eller ange dagen, under Budget och plan. Då jämförs rapporternas budget med den.",
                place=_PLACE,
                latest=last,
            )


def _party(line: PlanLine, association: Association) -> str | None:
    member = association.member(line.member_id)
    if member is not None:
        return _PARTIES[member.kind]
    low = line.label.casefold()
    if low.startswith("försäkringskassan"):
        return "staten"
    return next((party for word, party in _TOGETHER.items() if low.startswith(word)), None)


def _kr(value: Decimal) -> str:
    return amount(value, Unit.KR)

"""The year's lawful days and what a budget must hold: 19, 21, 23 and 24 §§ finsamlagen, KL 11 kap. 6 §."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from finsam_desktop.domain import overview
from finsam_desktop.domain.agenda import AgendaItem, walk
from finsam_desktop.domain.deadlines import fixes_annual_report, fixes_budget
from finsam_desktop.domain.decisions import Outcome
from finsam_desktop.domain.figures import ColumnRole, Purpose
from finsam_desktop.domain.meeting import Meeting, MeetingKind
from finsam_desktop.domain.rules import year_plans
from finsam_desktop.domain.rules.finding import Case, Hit, Place, Rule, Scope, Severity
from finsam_desktop.domain.rules.text_places import text_of
from finsam_desktop.domain.wording import days_from, join_names, long_date, short_date

BUDGET_CONSULTATION = "budget-samrad"
_INTERIM = re.compile(r"\bdelårsrapport", re.IGNORECASE)
_PLAN = re.compile(r"\bekonomisk\w* plan\w*\b[^.\n]{0,20}?\b(20\d\d)\s?[–-]\s?(20\d\d)\b", re.IGNORECASE)
_CONTENT = (
    (re.compile(r"\bverksamhetsplan", re.IGNORECASE), "verksamhetsplan med mål och riktlinjer"),
    (
        re.compile(
            r"\bekonomisk\w* plan|\bflerårsplan|\btreårs|\bplan\w* (?:för )?20\d\d\s?[–-]\s?20\d\d",
            re.IGNORECASE,
        ),
        "ekonomisk plan för tre år",
    ),
)
_INTERIM_COLUMNS = (
    (ColumnRole.OUTCOME, "utfall för perioden"),
    (ColumnRole.PREVIOUS_OUTCOME, "samma period föregående år"),
    (ColumnRole.BUDGET, "budget för året"),
    (ColumnRole.FULL_YEAR_FORECAST, "prognos för året"),
)


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
                latest=last,
            )
        return
    yield from _not_planned(
        case, last, date(last.year, 11, 1), fixes_budget, f"Budgeten för {last.year + 1} ska fastställas",
        Severity.WARNING,
    )  # fmt: skip


def _budget_days(case: Case) -> Iterator[Hit]:
    yield from _budget_day(case)
    yield from year_plans.fixed_late(case)


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
                latest=last,
            )
        return
    yield from _not_planned(
        case,
        last,
        date(last.year, 3, 1),
        fixes_annual_report,
        f"Årsredovisningen för {last.year - 1} ska vara klar",
        Severity.WARNING,
    )


def _not_planned(
    case: Case,
    last: date,
    warn_from: date,
    concerns: Callable[[AgendaItem], bool],
    what: str,
    severity: Severity,
) -> Iterator[Hit]:
    """The next meeting is told, from ``warn_from``, when no meeting of the year has the item.

    A warning becomes grave once no meeting is left in time.
    """
    coming = overview.next_meeting(case.meetings, case.today)
    if case.held or coming is None or coming.id != case.meeting.id or case.today.year != last.year:
        return
    of_year = [meeting for meeting in case.meetings if meeting.date.year == last.year]
    if case.today < warn_from or any(_has(meeting, concerns) for meeting in of_year):
        return
    if case.today > last and not any(meeting.date <= last for meeting in of_year):
        return  # the association came to the program after the day
    late = case.today > last or case.meeting.date > last
    yield Hit(
        title=f"{what} senast {short_date(last)}, {days_from(last, case.today)}",
        advice="Inget sammanträde i år har ärendet på dagordningen. Lägg till det.",
        place=Place(field="items"),
        severity=Severity.ERROR if late and severity is Severity.WARNING else severity,
        latest=last,
    )


def _has(meeting: Meeting, concerns: Callable[[AgendaItem], bool]) -> bool:
    return any(concerns(item) for item in walk(meeting.items))


def _consulted(case: Case) -> Iterator[Hit]:
    day = case.meeting.consulted_on
    for item in walk(case.meeting.items):
        if fixes_budget(item) and day is not None and day > case.meeting.date:
            yield Hit(
                title=f"Samrådet om budgeten är daterat den {long_date(day)}, efter sammanträdet",
                advice="Samrådet hålls innan budgeten fastställs. Kontrollera dagen.",
                place=Place(field="consulted_on"),
                latest=case.meeting.date,
            )
        elif (
            day is None
            and fixes_budget(item)
            and not (_mentions_consultation(item) or _consulted_before(case))
        ):
            yield Hit(
                title="Samråd med medlemmarna om budgeten är inte antecknat",
                advice="Styrelsen ska samråda med medlemmarna innan budgeten fastställs. Skriv i ärendet när det "
                "skedde.",
                place=Place(item_id=item.id, field="summary"),
                latest=case.meeting.date,
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


def _published(case: Case) -> Iterator[Hit]:
    meeting = case.meeting
    if meeting.kind is not MeetingKind.BUDGET:
        return
    announced, published = meeting.public_announced, meeting.budget_published
    place = Place(field="budget_published")
    if announced is not None and published is not None and published > announced:
        yield Hit(
            title=f"Budgetförslaget kom på webbplatsen den {long_date(published)}, efter tillkännagivandet",
            advice=f"Det ska finnas där från det att sammanträdet tillkännages, den {long_date(announced)}. "
            "Kontrollera dagarna.",
            place=place,
            latest=announced,
        )
    elif announced is not None and published is None and case.today >= announced and not case.adjusted:
        yield Hit(
            title="Dagen då budgetförslaget kom på webbplatsen saknas",
            advice="Förslaget ska finnas på förbundets webbplats från det att budgetsammanträdet tillkännages. Ange "
            "dagen.",
            place=place,
            severity=Severity.WARNING,
            latest=announced,
        )


def _content(case: Case) -> Iterator[Hit]:
    if case.adjusted:
        return
    for item in walk(case.meeting.items):
        if not fixes_budget(item):
            continue
        text = "\n".join((text_of(item), *(a.file_name for a in item.attachments)))
        missing = [name for pattern, name in _CONTENT if not pattern.search(text)]
        if missing:
            enclosed = any(one.attachments for one in walk((item,)))
            yield Hit(
                title=f"Rubrik och förslag nämner inte {' eller '.join(missing)}",
                advice="Budgeten visar finansieringen, den ekonomiska ställningen vid årets slut, de finansiella "
                "målen, en verksamhetsplan och en ekonomisk plan för tre år."
                + (" Se efter om bilagan har det." if enclosed else ""),
                place=Place(item_id=item.id, field="proposal"),
                severity=Severity.NOTE if enclosed else None,
            )
        plan = _PLAN.search(text)
        if plan is not None:
            first, last = int(plan[1]), int(plan[2])
            if last - first != 2 or first != case.meeting.date.year + 1:
                wanted = f"{case.meeting.date.year + 1}–{case.meeting.date.year + 3}"
                yield Hit(
                    title=f"Den ekonomiska planen gäller {first}–{last}, men ska gälla {wanted}",
                    advice="Planen gäller tre år, och budgetåret är det första.",
                    place=Place(item_id=item.id, field="title"),
                )


def _contents(case: Case) -> Iterator[Hit]:
    yield from _content(case)
    if not case.adjusted:
        yield from year_plans.incomplete(case)


def _is_interim(item: AgendaItem) -> bool:
    return bool(_INTERIM.search(item.title)) or (item.report is not None and item.report.tertial == 2)


def _interim_planned(case: Case) -> Iterator[Hit]:
    if case.association.rules.interim_report_required:
        year = case.meeting.date.year
        yield from _not_planned(
            case, date(year, 10, 31), date(year, 9, 1), _is_interim, f"Delårsrapporten för {year} bör behandlas",
            Severity.NOTE,
        )  # fmt: skip


def _interim_period(case: Case) -> Iterator[Hit]:
    for item in walk(case.meeting.items):
        if not _INTERIM.search(item.title):
            continue
        if item.report is not None and item.report.tertial == 1:
            yield Hit(
                title="Fyra månader är för kort tid för en delårsrapport",
                advice="En delårsrapport gäller minst hälften och högst två tredjedelar av året, som januari–augusti. "
                "Kalla den tertialrapport, eller ändra perioden.",
                place=Place(item_id=item.id, field="title"),
            )
        for table in item.figures:
            if table.purpose is not Purpose.INCOME_STATEMENT:
                continue
            there = {column.role for column in table.columns}
            missing = [word for role, word in _INTERIM_COLUMNS if role not in there]
            if missing:
                yield Hit(
                    title=f"Delårsrapportens resultaträkning saknar {join_names(missing)}",
                    advice="Den har fyra kolumner: utfall, samma period föregående år, budget och prognos.",
                    place=Place(item_id=item.id, field="figures"),
                )


RULES = (
    Rule(
        id="R40",
        text="Budgeten fastställs senast den 30 november.",
        source="23 § finsamlagen",
        severity=Severity.ERROR,
        check=_budget_days,
        places=("title", "items", "plans"),
        scope=Scope.BOTH,
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
        id="R42",
        text="Budgetförslaget finns på webbplatsen från det att budgetsammanträdet tillkännages.",
        source="21 § finsamlagen, KL 8 kap. 14 §",
        severity=Severity.ERROR,
        check=_published,
        places=("budget_published",),
    ),
    Rule(
        id="R43",
        text="Budgeten har verksamhetsplan med mål och riktlinjer och en ekonomisk plan för tre år.",
        source="21 § finsamlagen, KL 11 kap. 6 §",
        severity=Severity.WARNING,
        check=_contents,
        places=("proposal", "title", "plans"),
        scope=Scope.BOTH,
    ),
    Rule(
        id="R48",
        text="En delårsrapport behandlas när förbundsordningen kräver det; lagen gör det inte.",
        source="Förbundsordningen. KL 11 kap. 16 § gäller inte",
        severity=Severity.NOTE,
        check=_interim_planned,
        places=("items",),
    ),
    Rule(
        id="R49",
        text="En delårsrapport gäller minst halva och högst två tredjedelar av året och jämför med året före.",
        source="13 kap. 1–3 §§ lagen (2018:597) om kommunal bokföring och redovisning",
        severity=Severity.NOTE,
        check=_interim_period,
        places=("title", "figures"),
    ),
    Rule(
        id="R60",
        text="Årsredovisningen är upprättad senast den 31 mars.",
        source="24 § finsamlagen",
        severity=Severity.ERROR,
        check=_annual_report_day,
        places=("title", "items"),
    ),
)

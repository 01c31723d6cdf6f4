"""What the forms of reports show and where they write: an item's report, and the association's årsredovisning."""

from __future__ import annotations

from dataclasses import replace

from finsam_desktop.domain.activity_tables import teams_in
from finsam_desktop.domain.agenda import AgendaItem, walk
from finsam_desktop.domain.annual_report import AnnualReport
from finsam_desktop.domain.annual_years import annual_year
from finsam_desktop.domain.figures import Purpose
from finsam_desktop.domain.plan_goals import goals_after
from finsam_desktop.domain.plan_sums import plan_of
from finsam_desktop.domain.report import TertialReport
from finsam_desktop.domain.report_carrying import new_report
from finsam_desktop.domain.year_plan import Judgement
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.views.papers.report_form import Surroundings

_STATEMENTS = (Purpose.INCOME_STATEMENT, Purpose.BALANCE_SHEET)


def report_to_begin(desk: OpenMeeting, item: AgendaItem) -> TertialReport:
    """The report that the item begins with: last period's texts, marked."""
    return new_report(desk.association, desk.meetings, desk.stored, item)


def surroundings(desk: OpenMeeting, item: AgendaItem) -> Surroundings:
    """The tables, teams and goals that the item's report can print."""
    report, association = item.report, desk.association
    if report is None:
        return Surroundings()
    tables = (table for part in walk((item,)) for table in part.figures if table.purpose not in _STATEMENTS)
    read = {
        reading.team_id for reading in association.readings if reading.period == (report.year, report.tertial)
    }
    teams = tuple((team.id, team.name) for team in teams_in(association, report.year) if team.id in read)
    return Surroundings(
        tables=tuple((table.id, table.title) for table in tables), teams=teams, goals=_goals(desk, report)
    )


def _goals(desk: OpenMeeting, report: TertialReport) -> str:
    """What the year's plan says of goals, in a sentence."""
    plan = plan_of(desk.association, report.year)
    rows = goals_after(plan, report.tertial, desk.association) if plan is not None else ()
    if not rows:
        return f"Verksamhetsplanen för {report.year} har inga mål än."
    judged = sum(row.judgement is not Judgement.UNSET for row in rows)
    goals = "ett mål" if len(rows) == 1 else f"{len(rows)} mål"
    told = (
        "alla är bedömda" if judged == len(rows) else f"{judged} är bedömda" if judged else "inget är bedömt"
    )
    return (
        f"Målen tas ur verksamhetsplanen för {report.year}: {goals}, {told} efter tertial {report.tertial}."
    )


def annual_report_of(desk: OpenMeeting, item: AgendaItem) -> AnnualReport:
    """The årsredovisning that the item is about; an empty one when nothing is written of the year."""
    year = annual_year(desk.association, desk.stored, item)
    known = (one for one in desk.association.annual_reports if one.year == year)
    return next(known, AnnualReport(id=f"arsredovisning-{year}", year=year, item_id=item.id))


def write_annual_report(desk: OpenMeeting, label: str, report: AnnualReport, what: str) -> bool:
    """Put the årsredovisning into the association."""
    before = desk.association
    rest = tuple(one for one in before.annual_reports if one.year != report.year)
    after = replace(before, annual_reports=tuple(sorted((*rest, report), key=lambda one: one.year)))
    return desk.session.change(label, before, after, merge=f"{report.id}.{what}")

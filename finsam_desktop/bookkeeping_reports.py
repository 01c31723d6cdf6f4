"""The standard reports of a bookkeeping file, with what people have said of the period, for the window and commands.

One function makes them, so that the window, `finsam figures report` and a later reading of the file say the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from finsam_desktop.domain.account_plan import AccountPlan, StatementPost
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.figures import ColumnRole, FigureTable, RowKind
from finsam_desktop.domain.figures_checks import FigureFinding, Level, check_table, check_together
from finsam_desktop.domain.figures_expected import check_budget, check_pace, check_signs
from finsam_desktop.domain.forecasts import Forecasts
from finsam_desktop.domain.plan_sums import budget_table, fixed_plan
from finsam_desktop.domain.report_budget import with_fixed_budget
from finsam_desktop.domain.report_input import forecasts_of, input_for, overridden
from finsam_desktop.domain.report_values import ReportInput
from finsam_desktop.domain.wording import long_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finsam_desktop.domain.meeting import Meeting
    from finsam_desktop.sources.sie import SieFile
    from finsam_desktop.sources.sie.reports import Selection

_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """A year's bookkeeping, and last year's own file where it has been given."""

    sie: SieFile
    previous: SieFile | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What reports to make. ``selection`` None is the whole association to the file's latest tertial.

    ``by`` is a dimension to show object by object instead. ``plan`` is the account plan if not the usual one.
    ``fixed_budget`` takes the budget that the board fixed in the place of the bookkeeping's.
    """

    selection: Selection | None = None
    by: int | None = None
    plan: AccountPlan | None = None
    fixed_budget: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeReports:
    """The reports, what is missing in them, and what the checks say table by table and of them together.

    ``posts`` are the rows that can have a forecast. ``tertial``, ``year`` and ``part`` are what they cover.
    """

    tables: tuple[FigureTable, ...]
    remarks: tuple[str, ...]
    findings: tuple[FigureFinding, ...]
    posts: tuple[str, ...]
    year: int
    tertial: int
    part: str = ""
    said: ReportInput = field(default_factory=lambda: ReportInput(year=0, tertial=0))


def usual_plan(sie: SieFile, association: Association | None) -> AccountPlan:
    """The association's own account plan, or the shipped one that the file follows."""
    from finsam_desktop.sources.account_plans import plan_for, standard_plans

    if association is not None and association.account_plan is not None:
        return association.account_plan
    accounts = ((account.number, account.name) for account in sie.accounts.values())
    return plan_for(accounts, sie.plan_type, standard_plans())


def make_reports(
    books: Books,
    wanted: Wanted,
    association: Association | None = None,
    meetings: Sequence[Meeting] = (),
    *,
    said: ReportInput | None = None,
    forecasts: Forecasts | None = None,
    today: date,
) -> MadeReports:
    """The reports. ``said`` is what people have said of the period, taken from the association when not given.

    ``forecasts`` are given now, over what has been said before. UserError when the file has no figures for the period
    or the part, or when one of them names a post that the report does not have.
    """
    from finsam_desktop.sources.sie.balances import accumulated, latest_tertial
    from finsam_desktop.sources.sie.reports import Selection, part_name

    sie = books.sie
    selection = wanted.selection or Selection()
    number = selection.tertial or latest_tertial(sie)
    year = accumulated(sie, number).end.year
    part = _part(sie, wanted, part_name(sie, selection))
    plan = wanted.plan or usual_plan(sie, association)
    if said is None:
        said = input_for(association, year, number, part) if association else None
    said = said or ReportInput(year=year, tertial=number, part=part)
    tables, remarks = _made(books, wanted, selection, plan, ReportInput(year=year, tertial=number), today)
    posts = _posts(tables[0])
    allowed = {*posts, *(group.title for group in plan.groups if _in_report(group.post))}
    given = forecasts or Forecasts()
    known = forecasts_of(said, allowed)
    used = Forecasts(
        entries=(*known.entries, *given.entries), rest_as_budget=known.rest_as_budget or given.rest_as_budget
    )
    if used.entries or used.rest_as_budget:
        tables, remarks = _made(books, wanted, selection, plan, replace(said, forecasts=used), today)
    lost = [each.post for each in said.forecasts.unknown(tuple(allowed))]
    remarks += [
        f"Prognosen för {post} hör inte till någon post i rapporten och är inte med." for post in lost
    ]
    fixed = fixed_plan(association, meetings, year) if association else None
    result = tables[0]
    if fixed is not None and wanted.fixed_budget and not _is_narrowed(selection):
        changed = with_fixed_budget(result, fixed.plan, used)
        if changed.unknown:
            remarks.append(
                f"Den fastställda budgeten har poster som rapporten saknar: {_first(changed.unknown)}. "
                "Bokföringens budget står kvar. En egen kontoplan kan ge rapporten samma poster som budgeten."
            )
        else:
            remarks = [each for each in remarks if each != "Budgeten för året saknas i filen."]
        tables[0] = changed.table
    tables = [overridden(table, said) for table in tables]
    findings = [finding for table in tables for finding in check_table(table)]
    findings += [finding for finding in check_together(tables) if finding.level is not Level.OK]
    findings += [*check_signs(tables[0]), *check_pace(tables[0])]
    if fixed is not None and not part:
        when = f"den {long_date(fixed.day)}"
        findings += check_budget(tables[0], budget_table(fixed.plan), when)
    return MadeReports(
        tables=tuple(tables), remarks=tuple(dict.fromkeys(remarks)), findings=tuple(findings), posts=posts,
        year=year, tertial=number, part=part, said=said,
    )  # fmt: skip


def _made(
    books: Books, wanted: Wanted, selection: Selection, plan: AccountPlan, said: ReportInput, today: date
) -> tuple[list[FigureTable], list[str]]:
    from finsam_desktop.sources.sie.reports import report_by_objects, standard_reports

    if wanted.by is not None:
        table = report_by_objects(
            books.sie, wanted.by, selection, plan=plan, previous=books.previous, forecasts=said.forecasts,
            read_on=today,
        )  # fmt: skip
        return [table], []
    made = standard_reports(
        books.sie, selection, plan=plan, previous=books.previous, forecasts=said.forecasts, read_on=today
    )
    return list(made.tables), list(made.remarks)


def _posts(table: FigureTable) -> tuple[str, ...]:
    label = table.column_index(ColumnRole.LABEL)
    assert label is not None
    return tuple(row.cells[label].text for row in table.rows if row.kind is RowKind.ROW)


def _part(sie: SieFile, wanted: Wanted, selected: str) -> str:
    if wanted.by is None:
        return selected
    declared = sie.dimensions.get(wanted.by)
    name = f"per {declared.name.lower() if declared else f'dimension {wanted.by}'}"
    return f"{name}, {selected}" if selected else name


def _first(names: Sequence[str]) -> str:
    """The first few names, and how many more there are."""
    told = ", ".join(names[:_NAMED])
    return f"{told} och {len(names) - _NAMED} till" if len(names) > _NAMED else told


def _is_narrowed(selection: Selection) -> bool:
    """Whether the report is about a part, whose budget the plan does not tell."""
    return bool(selection.objects or selection.accounts)


def _in_report(post: StatementPost) -> bool:
    return post.in_result and post is not StatementPost.RESULT_TRANSFER

"""Resultatrapport and balansrapport out of a bookkeeping file, in the columns of LKBR 13 kap. 3 §.

Posts follow the account plan in the order of LKBR 5:2 and 6:2. All amounts are kr to the öre with the report's sign
(income positive, costs negative), and every sum is of öre.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from finsam_desktop.domain.account_plan import AccountPlan, StatementPost, account_key
from finsam_desktop.domain.figures import (
    ColumnRole,
    FigureTable,
    Period,
    Post,
    Purpose,
    ReportMade,
    RowKind,
)
from finsam_desktop.domain.forecasts import Forecasts
from finsam_desktop.domain.wording import MONTHS
from finsam_desktop.errors import UserError
from finsam_desktop.sources.account_plans import plan_for, standard_plans
from finsam_desktop.sources.periods import period_text, short_period_text, year_before
from finsam_desktop.sources.sie.balance_report import balance_report, continuity
from finsam_desktop.sources.sie.balances import AccountBalance, accumulated, balances, latest_tertial, tertial
from finsam_desktop.sources.sie.report_lines import ReportColumn, ReportLines, turned
from finsam_desktop.sources.sie.values import SieFile
from finsam_desktop.sources.sie.vouchers import Objects

_OUTSIDE = "Konton utanför kontoplanen"


class Span(StrEnum):
    """Which outcome a report shows: from the year's first day, the tertial alone, or both beside each other."""

    ACCUMULATED = "accumulated"
    TERTIAL = "tertial"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What a report covers. ``tertial`` None is the file's latest; 3 is the whole year.

    ``objects`` narrows to rows that carry all of them, as ((1, "100"),), and ``accounts`` to ranges of account
    numbers, inclusive. ``span`` None is BOTH for tertial 2 and ACCUMULATED otherwise.
    """

    tertial: int | None = None
    span: Span | None = None
    objects: Objects = ()
    accounts: tuple[tuple[int, int], ...] = ()

    @property
    def is_part(self) -> bool:
        """True when it covers a part of the association."""
        return bool(self.objects or self.accounts)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardReports:
    """The result and, for the whole association, the balance; ``remarks`` say what is missing and why."""

    result: FigureTable
    balance: FigureTable | None
    remarks: tuple[str, ...] = ()

    @property
    def tables(self) -> tuple[FigureTable, ...]:
        """The reports that there are."""
        return (self.result,) if self.balance is None else (self.result, self.balance)


def standard_reports(
    sie: SieFile,
    selection: Selection | None = None,
    *,
    plan: AccountPlan | None = None,
    previous: SieFile | None = None,
    forecasts: Forecasts | None = None,
    read_on: date,
) -> StandardReports:
    """The reports for ``selection``. ``previous`` is last year's own file, ``plan`` the account plan if not the usual.

    UserError when the file has no figures for the period or the part, or a forecast names a post that is not there.
    """
    selection, forecasts = selection or Selection(), forecasts or Forecasts()
    plan = plan or _usual_plan(sie)
    number = selection.tertial or latest_tertial(sie)
    to_date, alone = accumulated(sie, number), tertial(sie, number)
    span = selection.span or (Span.BOTH if number == 2 and not sie.only_accumulated else Span.ACCUMULATED)
    covered = alone if span is Span.TERTIAL else to_date
    # Without months the file only knows its year; asking for the tertial alone must then be refused, not guessed.
    found = balances(
        sie, to_date if span is Span.ACCUMULATED else alone, objects=selection.objects, previous=previous
    )
    wanted = [
        b for b in found
        if b.is_result and plan.post(b.account) is not StatementPost.RESULT_TRANSFER and _covers(selection, b.account)
    ]  # fmt: skip
    columns = result_columns(wanted, to_date, alone, span)
    if not any(column.of(balance) for column in columns for balance in wanted):
        raise UserError(
            f"{sie.file_name} har inga resultatkonton med belopp för {period_text(covered)}{_of_part(sie, selection)}.",
            advice="Kontrollera tertialet och vilken del av förbundet rapporten gäller.",
        )
    lines = ReportLines(columns, forecasts, year=to_date.end.year)
    _result_rows(lines, wanted, plan, whole_year=number == 3)
    lines.refuse_unknown_forecasts()
    name = "helår" if number == 3 else f"T{number}"
    part = part_name(sie, selection)
    result = lines.table(
        title=f"Resultat {period_text(covered)}{f', {part}' if part else ''}",
        purpose=Purpose.INCOME_STATEMENT,
        sie=sie,
        sheet=f"Resultaträkning {name}{f', {part}' if part else ''}",
        period=covered,
        read_on=read_on,
    )
    made = _made(sie, selection, number, span, plan, previous)
    result = replace(result, made=made)
    remarks = [*lines.remarks]
    if span is Span.TERTIAL and number == 2:
        remarks.append(
            "Maj–augusti ensamt är ingen delårsrapport enligt LKBR 13 kap. 1 §. Ta med januari–augusti."
        )
    if sie.months and (last := sie.months[-1]) < covered.end.year * 100 + covered.end.month:
        remarks.append(
            f"Filen har inget bokfört efter {MONTHS[last % 100 - 1]} {last // 100}, fast rapporten går till och med "
            f"{covered.end}."
        )
    remarks += _missing(result, previous)
    if any(plan.group(b.account) is None for b in wanted):
        remarks.append(f"Några konton står inte i kontoplanen {plan.name} och visas för sig.")
    if selection.is_part:
        remarks.append("Balansrapporten görs bara för hela förbundet.")
        return StandardReports(result=result, balance=None, remarks=tuple(remarks))
    balance = balance_report(sie, found, to_date.end, plan, previous=previous, sheet=f"Balansräkning {name}",
                             whole_year=number == 3, read_on=read_on)  # fmt: skip
    if balance is None:
        remarks.append(
            "Filen har inga ingående balanser, så balansrapporten utgår. "
            + ("Ta med kolumnen Ingående balans." if sie.sheet else "Be om en SIE-fil av typ 4E.")
        )
    else:
        balance = replace(balance, made=made)
    remarks += continuity(sie, previous)
    return StandardReports(result=result, balance=balance, remarks=tuple(remarks))


def report_by_objects(
    sie: SieFile,
    dimension: int,
    selection: Selection | None = None,
    *,
    plan: AccountPlan | None = None,
    previous: SieFile | None = None,
    forecasts: Forecasts | None = None,
    read_on: date,
) -> FigureTable:
    """The net result of every object of a dimension (samverkansplattform, insats), what carries none, and the whole.

    The whole is of all result accounts, so that nothing can fall between the objects. UserError when the file has no
    objects of the dimension.
    """
    selection, forecasts = selection or Selection(), forecasts or Forecasts()
    number = selection.tertial or latest_tertial(sie)
    to_date, alone = accumulated(sie, number), tertial(sie, number)
    span = selection.span or Span.ACCUMULATED
    covered = to_date if span is Span.ACCUMULATED else alone
    used = plan or _usual_plan(sie)

    def results(objects: Objects) -> list[AccountBalance]:
        found = balances(sie, covered, objects=(*selection.objects, *objects), previous=previous)
        return [
            b for b in found
            if b.is_result and used.post(b.account) is not StatementPost.RESULT_TRANSFER
            and _covers(selection, b.account)
        ]  # fmt: skip

    whole = results(())
    columns = result_columns(whole, to_date, alone, span)
    named = [each for each in sie.objects if each.dimension == dimension]
    parts = [(each, results(((dimension, each.code),))) for each in named]
    parts = [(each, found) for each, found in parts if any(c.of(b) for c in columns for b in found)]
    # A file that has last year or the budget for the whole only would show nothing for every object.
    columns = tuple(c for c in columns if any(c.of(b) for _, found in parts for b in found))
    if not parts:
        have = ", ".join(
            f"{n} {d.name}" for n, d in sie.dimensions.items() if any(o.dimension == n for o in sie.objects)
        )
        raise UserError(
            f"{sie.file_name} har inga belopp på objekt i dimension {dimension}.",
            advice=f"Dimensioner med objekt i filen: {have}." if have else "Filen har inga objekt.",
        )
    lines = ReportLines(columns, forecasts, year=to_date.end.year)
    for each, found in parts:
        lines.row(
            each.name or each.code,
            found,
            where=f"{dimension}:{each.code} {lines.where(found)}",
            also=each.code,
        )
    lines.remainder("Inte fördelat", whole)
    lines.sum("Summa", whole, kind=RowKind.TOTAL)
    lines.refuse_unknown_forecasts()
    declared = sie.dimensions.get(dimension)
    what = declared.name if declared else f"Dimension {dimension}"
    name = "helår" if number == 3 else f"T{number}"
    table = lines.table(
        title=f"Resultat per {what[:1].lower()}{what[1:]} {period_text(covered)}",
        purpose=Purpose.OTHER,
        sie=sie,
        sheet=f"Per {what[:1].lower()}{what[1:]} {name}",
        period=covered,
        read_on=read_on,
    )
    return replace(table, made=replace(_made(sie, selection, number, span, used, previous), by=dimension))


def result_columns(
    found: Sequence[AccountBalance], to_date: Period, alone: Period, span: Span
) -> tuple[ReportColumn, ...]:
    """Outcome, the same period last year and the year's budget: those that the file has figures for."""

    def short(period: Period) -> str:
        return f"Utfall {short_period_text(period)}"

    def last_year(period: Period) -> Period:
        return Period(start=year_before(period.start), end=year_before(period.end))

    main = alone if span is Span.TERTIAL else to_date
    columns = []
    if span is Span.BOTH and alone != to_date:
        columns.append(ReportColumn(title=short(alone), role=ColumnRole.OTHER, of=lambda b: turned(b.outcome),
                                    when=f"{alone.start}–{alone.end}"))  # fmt: skip
    only = span is Span.TERTIAL
    columns.append(ReportColumn(title=short(main), role=ColumnRole.OUTCOME,
                                of=lambda b: turned(b.outcome if only else b.accumulated),
                                when=f"{main.start}–{main.end}"))  # fmt: skip
    if any((b.previous_outcome if only else b.previous_accumulated) for b in found):
        before = last_year(main)
        columns.append(ReportColumn(title=short(before), role=ColumnRole.PREVIOUS_OUTCOME,
                                    of=lambda b: turned(b.previous_outcome if only else b.previous_accumulated),
                                    when=f"{before.start}–{before.end}"))  # fmt: skip
    if any(b.budget for b in found):
        columns.append(ReportColumn(title=f"Budget {to_date.end.year}", role=ColumnRole.BUDGET,
                                    of=lambda b: turned(b.budget), when=f"budget {to_date.end.year}"))  # fmt: skip
    return tuple(columns)


def part_name(sie: SieFile, selection: Selection) -> str:
    """What part of the association a selection covers, in words: "Team Väst", "konto 4500–4599"; "" for the whole."""
    names = {(each.dimension, each.code): each.name for each in sie.objects}
    parts = [names.get(place) or f"{place[0]}:{place[1]}" for place in selection.objects]
    parts += [f"konto {first}" + (f"–{last}" if last != first else "") for first, last in selection.accounts]
    return ", ".join(parts)


#: Posts between Verksamhetens kostnader and Årets resultat, and the sum after each block (LKBR 5 kap. 2 §).
_BLOCKS = (
    ((StatementPost.DEPRECIATION,), "Verksamhetens nettokostnader"),
    ((StatementPost.TAX_INCOME, StatementPost.STATE_GRANTS), "Verksamhetens resultat"),
    ((StatementPost.FINANCIAL_INCOME, StatementPost.FINANCIAL_COSTS), "Resultat efter finansiella poster"),
    ((StatementPost.EXTRAORDINARY,), ""),
)


def _result_rows(
    lines: ReportLines, found: Sequence[AccountBalance], plan: AccountPlan, *, whole_year: bool
) -> None:
    by_post: dict[StatementPost, dict[str, list[AccountBalance]]] = {post: {} for post in StatementPost}
    titles = [(group.title, group.post) for group in plan.groups if group.post.in_result]
    for title, post in titles:
        if post is not StatementPost.RESULT_TRANSFER:
            by_post[post].setdefault(title, [])
    for balance in found:
        group = plan.group(balance.account)
        if group is not None and group.post.in_result:
            by_post[group.post][group.title].append(balance)
        else:
            is_income = balance.account.startswith("3")
            post = StatementPost.OPERATING_INCOME if is_income else StatementPost.OPERATING_COSTS
            by_post[post].setdefault(_OUTSIDE, []).append(balance)

    def add(post: StatementPost) -> list[AccountBalance]:
        groups = by_post[post]
        for title, accounts in groups.items():
            lines.row(title, accounts, is_cost=not post.is_income and post is not StatementPost.EXTRAORDINARY,
                      also=post.value if len(groups) == 1 else "")  # fmt: skip
        return [balance for accounts in groups.values() for balance in accounts]

    income = add(StatementPost.OPERATING_INCOME)
    lines.sum("Verksamhetens intäkter", income, post=Post.INCOME)
    costs = add(StatementPost.OPERATING_COSTS)
    lines.sum("Verksamhetens kostnader", costs, post=Post.COSTS, is_cost=True)
    so_far = [*income, *costs]
    for posts, label in _BLOCKS:
        before = lines.row_count
        for post in posts:
            so_far += add(post)
        # A sum that only says the last one again is left out; Verksamhetens resultat is always there.
        taxes = any(by_post[post][title] for post in _BLOCKS[1][0] for title in by_post[post])
        wanted = taxes if posts == _BLOCKS[0][0] else posts == _BLOCKS[1][0] or lines.row_count > before
        if label and wanted:
            lines.sum(label, so_far)
    lines.sum(
        "Årets resultat" if whole_year else "Periodens resultat", found, kind=RowKind.TOTAL, post=Post.RESULT
    )


def _made(
    sie: SieFile, selection: Selection, number: int, span: Span, plan: AccountPlan, previous: SieFile | None
) -> ReportMade:
    return ReportMade(
        tertial=number,
        span=span.value,
        objects=selection.objects,
        accounts=selection.accounts,
        sheet=sie.sheet,
        plan=plan if plan != _usual_plan(sie) else None,
        previous_file=previous.file_name if previous is not None else "",
        previous_sha256=previous.sha256 if previous is not None else "",
    )


def _usual_plan(sie: SieFile) -> AccountPlan:
    accounts = ((account.number, account.name) for account in sie.accounts.values())
    return plan_for(accounts, sie.plan_type, standard_plans())


def _covers(selection: Selection, account: str) -> bool:
    if not selection.accounts:
        return True
    key = account_key(account)
    return key is not None and any(first <= key <= last for first, last in selection.accounts)


def _of_part(sie: SieFile, selection: Selection) -> str:
    part = part_name(sie, selection)
    return f" och {part}" if part else ""


def _missing(result: FigureTable, previous: SieFile | None) -> list[str]:
    """What LKBR 13 kap. 3 § asks for and the report can not show."""
    said = []
    if result.column_index(ColumnRole.PREVIOUS_OUTCOME) is None:
        said.append(
            "Samma period föregående år saknas i filen. Ange förra årets SIE-fil."
            if previous is None
            else "Förra årets fil har inga belopp för samma period."
        )
    if result.column_index(ColumnRole.BUDGET) is None:
        said.append("Budgeten för året saknas i filen.")
    if result.column_index(ColumnRole.FULL_YEAR_FORECAST) is None:
        said.append("Prognosen för året är inte angiven.")
    return said

"""The figures of the årsredovisning out of the year's reports: LKBR 5–11 kap., in tables ready to print.

Everything comes from the resultaträkning and the balansräkning of the whole year and from the year plan; amounts in kr,
costs and payments out negative. What is missing is told in ``remarks``, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from finsam_desktop.domain.annual_report import AnnualNote, BalanceAdjustment, SickLeave
from finsam_desktop.domain.economy import first_with
from finsam_desktop.domain.figures import (
    ColumnKind,
    ColumnRole,
    FigureCell,
    FigureColumn,
    FigureRow,
    FigureTable,
    Post,
    Purpose,
    RowKind,
)
from finsam_desktop.domain.plan_sums import AreaSum, areas
from finsam_desktop.domain.wording import number, percent
from finsam_desktop.domain.year_plan import PlanKind, YearPlan

FEWEST_EMPLOYEES: Final = 10
"""Sick leave of a group of at most so many is not told, nor of an employer with at most so many."""

_DEPRECIATION: Final = re.compile(r"avskrivning|nedskrivning", re.IGNORECASE)
_KINDS: Final = (
    ("cash", re.compile(r"\bkassa|\bbank|likvida|plusgiro", re.IGNORECASE)),
    ("fixed", re.compile(
        r"anläggning|inventarie|maskin|immateriell|materiell|byggnad|infrastruktur|aktier|andelar|"
        r"långfristiga? fordr|kortfristiga? placering", re.IGNORECASE)),
    ("provision", re.compile(r"avsättning", re.IGNORECASE)),
    ("long", re.compile(r"långfristig", re.IGNORECASE)),
    ("stock", re.compile(r"förråd|lager", re.IGNORECASE)),
)  # fmt: skip


class Side(StrEnum):
    """Which side of the balance sheet a row is on."""

    ASSET = "asset"
    EQUITY = "equity"
    DEBT = "debt"


@dataclass(frozen=True, slots=True, kw_only=True)
class CashFlow:
    """The year's payments by the indirect method (LKBR 8 kap.), in kr; a plus is money in.

    ``difference`` is what the statement and the change in cash do not agree about; 0 when the reports add up.
    """

    result: Decimal
    depreciation: Decimal
    provisions: Decimal
    stocks: Decimal
    receivables: Decimal
    short_debts: Decimal
    investments: Decimal
    financing: Decimal
    direct_equity: Decimal
    opening_cash: Decimal
    closing_cash: Decimal

    @property
    def operating(self) -> Decimal:
        """From the löpande verksamhet."""
        return (
            self.result + self.depreciation + self.provisions + self.stocks + self.receivables + self.short_debts
        )  # fmt: skip

    @property
    def change(self) -> Decimal:
        """The year's cash flow."""
        return self.operating + self.investments + self.financing + self.direct_equity

    @property
    def difference(self) -> Decimal:
        """The change in cash by the balance sheet less the year's cash flow."""
        return self.closing_cash - self.opening_cash - self.change


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualFigures:
    """The tables of the årsredovisning; None where the reports do not say."""

    result: FigureTable | None
    balance: FigureTable | None
    cash_flow: FigureTable | None
    operations: FigureTable | None
    balance_requirement: FigureTable | None
    remarks: tuple[str, ...] = ()


def annual_figures(
    tables: Sequence[FigureTable],
    plan: YearPlan | None = None,
    adjustments: Sequence[BalanceAdjustment] = (),
) -> AnnualFigures:
    """All the figures that can be made of the year's ``tables`` and its plan, and what is missing for the rest."""
    result, balance = (
        first_with(tuple(tables), purpose) for purpose in (Purpose.INCOME_STATEMENT, Purpose.BALANCE_SHEET)
    )
    remarks = []
    if result is None:
        remarks.append("Resultaträkningen för året saknas.")
    if balance is None:
        remarks.append("Balansräkningen för året saknas.")
    flow = cash_flow(result, balance) if result is not None and balance is not None else None
    if balance is not None and result is not None and flow is None:
        remarks.append(
            "Kassaflödesanalysen kräver en balansräkning med årets och föregående års utgång och en rad för kassa."
        )
    if flow is not None and flow.difference:
        remarks.append(
            f"Kassaflödet skiljer {number(flow.difference)} kr från förändringen av kassa och bank. "
            "Se efter att balansräkningen går jämnt upp."
        )
    earned = result.amount(Post.RESULT, ColumnRole.OUTCOME) if result is not None else None
    if plan is None:
        remarks.append("Årets plan saknas, så driftredovisningen visas utan områden.")
    return AnnualFigures(
        result=result,
        balance=balance,
        cash_flow=None if flow is None else cash_flow_table(flow),
        operations=None if result is None else operations(result, plan),
        balance_requirement=None if earned is None else balance_requirement(earned, adjustments),
        remarks=tuple(remarks),
    )


def cash_flow(result: FigureTable, balance: FigureTable) -> CashFlow | None:
    """The cash flow between two year-ends; None without a row for cash, or without last year's end.

    What belongs where is read from the rows' names. An investment is the change in fixed assets and what was
    depreciated on them.
    """
    now, before = (balance.column_index(role) for role in (ColumnRole.OUTCOME, ColumnRole.PREVIOUS_OUTCOME))
    earned = result.amount(Post.RESULT, ColumnRole.OUTCOME)
    if earned is None:
        earned = balance.amount(Post.RESULT, ColumnRole.OUTCOME)
    if now is None or before is None or earned is None:
        return None
    moved = {"cash": Decimal(), "fixed": Decimal(), "stock": Decimal(), "other": Decimal()}
    owed = {"provision": Decimal(), "long": Decimal(), "other": Decimal()}
    opening = closing = Decimal()
    seen = False
    for side, row, name in _balance_rows(balance):
        at_end, at_start = (balance.kr(row, place) or Decimal() for place in (now, before))
        kind = next((key for key, pattern in _KINDS if pattern.search(name)), "other")
        if side is Side.ASSET:
            moved[kind if kind in moved else "other"] += at_end - at_start
            if kind == "cash":
                seen = True
                opening, closing = opening + at_start, closing + at_end
        elif side is Side.DEBT:
            owed[kind if kind in owed else "other"] += at_end - at_start
    if not seen:
        return None
    depreciation = _depreciation(result)
    return CashFlow(
        result=earned,
        depreciation=depreciation,
        provisions=owed["provision"],
        stocks=-moved["stock"],
        receivables=-moved["other"],
        short_debts=owed["other"],
        investments=-(moved["fixed"] + depreciation),
        financing=owed["long"],
        direct_equity=_equity_moved(balance, earned),
        opening_cash=opening,
        closing_cash=closing,
    )


def cash_flow_table(flow: CashFlow, before: CashFlow | None = None) -> FigureTable:
    """The kassaflödesanalys; rows without amount in either year are left out. ``before`` is last year's."""
    lines: list[tuple[str, str, RowKind]] = [
        ("Den löpande verksamheten", "", RowKind.HEADING),
        ("Årets resultat", "result", RowKind.ROW),
        ("Av- och nedskrivningar", "depreciation", RowKind.ROW),
        ("Förändring av avsättningar", "provisions", RowKind.ROW),
        ("Förändring av förråd", "stocks", RowKind.ROW),
        ("Förändring av kortfristiga fordringar", "receivables", RowKind.ROW),
        ("Förändring av kortfristiga skulder", "short_debts", RowKind.ROW),
        ("Kassaflöde från den löpande verksamheten", "operating", RowKind.SUM),
        ("Kassaflöde från investeringsverksamheten", "investments", RowKind.ROW),
        ("Kassaflöde från finansieringsverksamheten", "financing", RowKind.ROW),
        ("Bokfört direkt mot eget kapital", "direct_equity", RowKind.ROW),
        ("Årets kassaflöde", "change", RowKind.SUM),
        ("Likvida medel vid årets början", "opening_cash", RowKind.ROW),
        ("Likvida medel vid årets slut", "closing_cash", RowKind.TOTAL),
    ]
    always = ("result", "receivables", "short_debts", "opening_cash", "closing_cash")
    years = [flow] if before is None else [flow, before]
    rows = []
    for label, name, kind in lines:
        amounts = [getattr(year, name) if name else None for year in years]
        if kind is not RowKind.ROW or name in always or any(amounts):
            rows.append(_row(label, amounts, kind))
    columns = [("Utfall", ColumnRole.OUTCOME), ("Föregående år", ColumnRole.PREVIOUS_OUTCOME)][: len(years)]
    return _table("Kassaflödesanalys", columns, rows)


def operations(result: FigureTable, plan: YearPlan | None = None) -> FigureTable:
    """The driftredovisning (LKBR 10 kap.): budget, outcome and deviation, by the plan's areas where rows are its lines.

    A row of the resultaträkning belongs to the area of the plan's line of the same name, and stands for itself when
    there is none. A positive deviation is better than budget.
    """
    known = {
        line.label.casefold(): area
        for area in (areas(plan) if plan is not None else ())
        for line in area.lines
    }
    groups: dict[str, list[Decimal | None]] = {}
    label = result.column_index(ColumnRole.LABEL)
    places = [result.column_index(role) for role in (ColumnRole.BUDGET, ColumnRole.OUTCOME)]
    for row in result.rows:
        if row.kind is not RowKind.ROW or label is None or row.post is not Post.NONE:
            continue
        name = row.cells[label].text.strip()
        area: AreaSum | None = known.get(name.casefold())
        amounts = [result.kr(row, place) if place is not None else None for place in places]
        if area is not None and places[0] is None:
            amounts[0] = _planned(area, name)
        head = area.name if area is not None and area.name else name
        old = groups.setdefault(head, [None, None])
        groups[head] = [_plus(one, other) for one, other in zip(old, amounts, strict=True)]
    rows = [_row(name, [*amounts, _minus(amounts[1], amounts[0])]) for name, amounts in groups.items()]
    whole = [
        result.amount(Post.RESULT, role) for role in (ColumnRole.BUDGET, ColumnRole.OUTCOME)
    ]  # fmt: skip
    rows.append(_row("Resultat", [*whole, _minus(whole[1], whole[0])], RowKind.TOTAL, Post.RESULT))
    columns = [
        ("Budget", ColumnRole.BUDGET), ("Utfall", ColumnRole.OUTCOME), ("Avvikelse", ColumnRole.DEVIATION),
    ]  # fmt: skip
    return _table("Driftredovisning", columns, rows, "Positiv avvikelse är bättre än budget.")


def balance_requirement(result: Decimal, adjustments: Sequence[BalanceAdjustment] = ()) -> FigureTable:
    """The balanskravsresultat (LKBR 11 kap. 10 §) from the year's result in kr and what is left out of it.

    A resultatutjämningsreserv is not for a samordningsförbund: 21 § finsamlagen does not name KL 11 kap. 14 §.
    """
    adjusted = sum((each.amount for each in adjustments), result)
    rows = [
        _row("Årets resultat enligt resultaträkningen", [result]),
        *(_row(each.label, [each.amount]) for each in adjustments),
        _row("Årets resultat efter balanskravsjusteringar", [adjusted], RowKind.SUM),
        _row("Balanskravsresultat", [adjusted], RowKind.TOTAL, Post.RESULT),
    ]
    return _table("Balanskravsresultat", [("Utfall", ColumnRole.OUTCOME)], rows)


def sick_leave_rows(sick: SickLeave) -> tuple[tuple[str, str], ...]:
    """What is printed of the sick leave, as label and text; groups of at most ten are left out, and so is all of it
    for an employer with at most ten (LKBR 11 kap.)."""
    if sick.employees is not None and sick.employees <= FEWEST_EMPLOYEES:
        return ()
    told = [("Total sjukfrånvaro", sick.total), ("Varav 60 dagar eller mer", sick.long)]
    for label, share, employees in (
        ("Kvinnor", sick.women, sick.women_employees),
        ("Män", sick.men, sick.men_employees),
    ):
        if employees is not None and employees > FEWEST_EMPLOYEES:
            told.append((label, share))
    told.append(("Total sjukfrånvaro föregående år", sick.before))
    return tuple((label, percent(share, 1)) for label, share in told if share is not None)


def sick_leave_reason(sick: SickLeave) -> str:
    """Why no sick leave is told; empty when it is."""
    if sick.employees is not None and sick.employees <= FEWEST_EMPLOYEES:
        return "Sjukfrånvaron redovisas inte, eftersom förbundet har högst tio anställda."
    return "" if sick_leave_rows(sick) else "Sjukfrånvaron är inte angiven."


STANDARD_NOTES: Final = (
    ("Redovisningsprinciper", "Årsredovisningen är upprättad enligt lagen (2018:597) om kommunal bokföring och "
     "redovisning och god redovisningssed."),
    ("Verksamhetens intäkter", ""),
    ("Verksamhetens kostnader", ""),
    ("Fordringar", ""),
    ("Eget kapital", ""),
    ("Kortfristiga skulder", ""),
    ("Revisionskostnader", ""),
    ("Särredovisning av arvoden", ""),
)  # fmt: skip


def note_skeleton() -> tuple[AnnualNote, ...]:
    """The notes that a förbund's årsredovisning usually has, to be written in."""
    return tuple(AnnualNote(heading=heading, text=text) for heading, text in STANDARD_NOTES)


def _balance_rows(balance: FigureTable) -> Iterator[tuple[Side, FigureRow, str]]:
    label = balance.column_index(ColumnRole.LABEL)
    if label is None:
        return
    side = Side.ASSET
    for row in balance.rows:
        if row.post is Post.TOTAL_ASSETS:
            side = Side.EQUITY
        elif row.post is Post.CLOSING_EQUITY:
            side = Side.DEBT
        elif row.kind is RowKind.ROW and row.post is Post.NONE:
            name = row.cells[label].text
            yield side, row, name


def _depreciation(result: FigureTable) -> Decimal:
    """What was written off, as a positive amount."""
    label, place = result.column_index(ColumnRole.LABEL), result.column_index(ColumnRole.OUTCOME)
    if label is None or place is None:
        return Decimal()
    rows = (
        row for row in result.rows if row.kind is RowKind.ROW and _DEPRECIATION.search(row.cells[label].text)
    )
    return -sum((result.kr(row, place) or Decimal() for row in rows), Decimal())


def _equity_moved(balance: FigureTable, earned: Decimal) -> Decimal:
    """What changed equity beside the year's result."""
    closing = balance.amount(Post.CLOSING_EQUITY, ColumnRole.OUTCOME)
    before = balance.amount(Post.CLOSING_EQUITY, ColumnRole.PREVIOUS_OUTCOME)
    return Decimal() if closing is None or before is None else closing - before - earned


def _planned(area: AreaSum, name: str) -> Decimal | None:
    amount = next((line.amount for line in area.lines if line.label.casefold() == name.casefold()), None)
    return -amount if amount is not None and area.kind is PlanKind.COST else amount


def _plus(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return other if one is None else one if other is None else one + other


def _minus(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one - other


def _row(
    label: str, amounts: Sequence[Decimal | None], kind: RowKind = RowKind.ROW, post: Post = Post.NONE
) -> FigureRow:
    return FigureRow(
        cells=(FigureCell(text=label), *(FigureCell(amount=amount) for amount in amounts)),
        kind=kind,
        post=post,
    )


def _table(
    title: str, columns: Sequence[tuple[str, ColumnRole]], rows: Sequence[FigureRow], note: str = ""
) -> FigureTable:
    heads = (FigureColumn(title=head, role=role, kind=ColumnKind.AMOUNT) for head, role in columns)
    return FigureTable(
        id=title.lower(), title=title, rows=tuple(rows), note=note,
        columns=(FigureColumn(title="Benämning", role=ColumnRole.LABEL), *heads),
    )  # fmt: skip

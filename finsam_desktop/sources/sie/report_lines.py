"""The rows of a report as they grow: amounts out of accounts, forecast and deviation, and each cell's origin."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finsam_desktop.domain import wording
from finsam_desktop.domain.figures import (
    ColumnKind,
    ColumnRole,
    FigureCell,
    FigureColumn,
    FigureRow,
    FigureSource,
    FigureTable,
    Origin,
    Period,
    Post,
    Purpose,
    RowKind,
    Unit,
)
from finsam_desktop.domain.forecasts import Forecast, Forecasts
from finsam_desktop.errors import UserError
from finsam_desktop.sources.sie.balances import AccountBalance
from finsam_desktop.sources.sie.values import SieFile

_FROM_BUDGET = "prognos lika med budget"
_COMPUTED = "prognos minus budget"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportColumn:
    """A column of figures: how to take it from an account, with the report's sign, and which days it covers."""

    title: str
    role: ColumnRole
    of: Callable[[AccountBalance], Decimal | None]
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    label: str
    amounts: tuple[Decimal | None, ...]
    where: str
    kind: RowKind
    post: Post
    is_cost: bool
    forecast: Decimal | None = None
    forecast_place: str = ""
    comment: str = ""


class ReportLines:
    """The rows of one report. A sum's forecast is that of the rows it adds up, and only when all of them have one."""

    def __init__(self, columns: Sequence[ReportColumn], forecasts: Forecasts, *, year: int) -> None:
        self._columns = tuple(columns)
        self._forecasts = forecasts
        self._year = year
        self._lines: list[_Line] = []
        self._names: list[str] = []
        self._without: list[str] = []
        # The rows that each sum so far added up start here: a post's own sum begins after the sum before it.
        self._since = 0

    @property
    def row_count(self) -> int:
        """Rows so far."""
        return len(self._lines)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the reader should know of the forecasts."""
        if not self._forecasts.entries and not self._forecasts.rest_as_budget:
            return ()
        said = []
        if self._without:
            said.append(
                f"Prognos saknas för {', '.join(self._without)}. Summorna får prognos när alla poster har en."
            )
        for line in self._lines:
            if line.kind is RowKind.ROW and line.is_cost and line.forecast is not None and line.forecast > 0:
                said.append(f"Prognosen för {line.label} är positiv. Kostnader skrivs med minus.")
        return tuple(said)

    def where(self, accounts: Sequence[AccountBalance]) -> str:
        """ "konto 4010–4999": the accounts that a row's figures come from."""
        numbers = sorted(b.account for b in accounts if any(column.of(b) for column in self._columns))
        if not numbers:
            return "konto"
        return f"konto {numbers[0]}" + (f"–{numbers[-1]}" if len(numbers) > 1 else "")

    def row(
        self, label: str, accounts: Sequence[AccountBalance], *, is_cost: bool = False, where: str = "", also: str = ""
    ) -> None:  # fmt: skip
        """A row of accounts; none when they have no figures and no forecast. ``also`` names it in forecasts too."""
        self._names += [label, also] if also else [label]
        entry = self._forecasts.of(label, also) if also else self._forecasts.of(label)
        amounts = _summed(self._columns, accounts)
        if entry is not None or any(amounts):
            self._add(label, amounts, where or self.where(accounts), entry, is_cost=is_cost)

    def remainder(self, label: str, whole: Sequence[AccountBalance]) -> None:
        """A row of what the whole has beyond the rows so far; none when they make the whole."""
        rows = [line.amounts for line in self._lines]
        amounts = tuple(
            None if total is None else total - sum((row[place] or Decimal() for row in rows), Decimal())
            for place, total in enumerate(_summed(self._columns, whole))
        )  # fmt: skip
        self._names.append(label)
        entry = self._forecasts.of(label)
        if any(amounts) or entry is not None:
            self._add(label, amounts, f"{self.where(whole)} utan raderna ovan", entry)

    def sum(
        self, label: str, accounts: Sequence[AccountBalance], *, kind: RowKind = RowKind.SUM, post: Post = Post.NONE,
        is_cost: bool = False,
    ) -> None:  # fmt: skip
        """A sum of accounts to the öre. INCOME and COSTS sum the rows since the last sum, others all rows above."""
        start = self._since if post in (Post.INCOME, Post.COSTS) else 0
        parts = [line for line in self._lines[start:] if line.kind is RowKind.ROW]
        known = [line.forecast for line in parts if line.forecast is not None]
        self._lines.append(_Line(
            label=label, amounts=_summed(self._columns, accounts), where=self.where(accounts), kind=kind, post=post,
            is_cost=is_cost, forecast=sum(known, Decimal()) if parts and len(known) == len(parts) else None,
            forecast_place="summan av prognoserna",
        ))  # fmt: skip
        self._since = len(self._lines)

    def refuse_unknown_forecasts(self) -> None:
        """UserError for a forecast whose post is no row of the report."""
        unknown = self._forecasts.unknown(tuple(self._names))
        if unknown:
            shown = [line.label for line in self._lines if line.kind is RowKind.ROW]
            raise UserError(
                f"Prognosen för {unknown[0].post} ({unknown[0].place}) hör inte till någon post i rapporten.",
                advice=f"Posterna i rapporten: {', '.join(shown)}.",
            )

    def table(
        self, *, title: str, purpose: Purpose, sie: SieFile, sheet: str, period: Period, read_on: date
    ) -> FigureTable:
        """The rows as a figure table in kr, printed in tkr, with file, SHA-256 and the accounts of each cell."""
        has_forecast = any(line.forecast is not None for line in self._lines)
        budget = next((p for p, c in enumerate(self._columns) if c.role is ColumnRole.BUDGET), None)
        outcome = next((p for p, c in enumerate(self._columns) if c.role is ColumnRole.OUTCOME), None)
        # At the year's end the outcome is what there is to hold against the budget (driftredovisning).
        whole_year = (period.start.month, period.end.month) == (1, 12)
        against_outcome = not has_forecast and whole_year and purpose is not Purpose.BALANCE_SHEET
        has_deviation = budget is not None and (has_forecast or against_outcome)
        heads = [FigureColumn(title="Post", role=ColumnRole.LABEL)]
        heads += [FigureColumn(title=c.title, role=c.role, kind=ColumnKind.AMOUNT) for c in self._columns]
        if has_forecast:
            heads.append(FigureColumn(
                title=f"Prognos {self._year}", role=ColumnRole.FULL_YEAR_FORECAST, kind=ColumnKind.AMOUNT
            ))  # fmt: skip
        if has_deviation:
            heads.append(FigureColumn(
                title="Avvikelse mot budget", role=ColumnRole.DEVIATION, kind=ColumnKind.AMOUNT
            ))  # fmt: skip
        rows = []
        for line in self._lines:
            cells = [FigureCell(text=line.label, address=line.where)]
            cells += [
                FigureCell(amount=amount, address=f"{line.where} {column.when}")
                for amount, column in zip(line.amounts, self._columns, strict=True)
            ]
            if has_forecast:
                cells.append(FigureCell(
                    amount=line.forecast, address=line.forecast_place if line.forecast is not None else ""
                ))  # fmt: skip
            if has_deviation and budget is not None:
                base = (
                    line.forecast if has_forecast else line.amounts[outcome] if outcome is not None else None
                )
                planned = line.amounts[budget]
                cells.append(FigureCell(
                    amount=None if base is None or planned is None else base - planned,
                    address=_COMPUTED if has_forecast else "utfall minus budget",
                ))  # fmt: skip
            rows.append(FigureRow(
                cells=tuple(cells), kind=line.kind, post=line.post, is_cost=line.is_cost, comment=line.comment
            ))  # fmt: skip
        return FigureTable(
            title=title, purpose=purpose, columns=tuple(heads), rows=tuple(rows), source_unit=Unit.KR, unit=Unit.TKR,
            source=FigureSource(
                file_name=sie.file_name, sha256=sie.sha256, sheet=sheet,
                cells=_all_accounts(self._lines), read_on=read_on, origin=Origin.BOOKKEEPING,
            ),
            period=period,
        )  # fmt: skip

    def _add(
        self, label: str, amounts: tuple[Decimal | None, ...], where: str, entry: Forecast | None, *,
        is_cost: bool = False,
    ) -> None:  # fmt: skip
        forecast, place = (entry.amount, entry.place) if entry else (None, "")
        budget = next((p for p, c in enumerate(self._columns) if c.role is ColumnRole.BUDGET), None)
        if entry is None and self._forecasts.rest_as_budget and budget is not None:
            forecast, place = amounts[budget] or Decimal(), _FROM_BUDGET
        if forecast is None:
            self._without.append(label)
        self._lines.append(_Line(
            label=label, amounts=amounts, where=where, kind=RowKind.ROW, post=Post.NONE, is_cost=is_cost,
            forecast=forecast, forecast_place=place, comment=entry.comment if entry is not None else "",
        ))  # fmt: skip


def turned(amount: Decimal | None) -> Decimal | None:
    """The report's sign of the bookkeeping's amount; nothing stays nothing, without a minus before it."""
    return None if amount is None else Decimal() - amount


def kr_text(amount: Decimal) -> str:
    """ "1 234,50 kr", with öre."""
    return f"{wording.number(amount, 2)}{wording.NBSP}kr"


def _summed(
    columns: Sequence[ReportColumn], accounts: Sequence[AccountBalance]
) -> tuple[Decimal | None, ...]:
    return tuple(
        sum((column.of(balance) or Decimal() for balance in accounts), Decimal()) for column in columns
    )


def _all_accounts(lines: Sequence[_Line]) -> str:
    found = sorted({
        number
        for line in lines
        for number in line.where.replace("konto", "").replace("–", " ").split()
        if number.isdecimal()
    })  # fmt: skip
    return "" if not found else f"konto {found[0]}" + (f"–{found[-1]}" if len(found) > 1 else "")

"""The economy as reports show it: key figures, statements, costs by area, and equity against both measures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from finsam_desktop.documents.accent import ACCENT
from finsam_desktop.documents.figure_blocks import figure_block
from finsam_desktop.documents.values import NBSP, with_dates
from finsam_desktop.domain import economy
from finsam_desktop.domain.activity_tables import ALL_TEAMS, value_of
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.economy import Equity
from finsam_desktop.domain.figures import ColumnRole, FigureTable, Post, Purpose
from finsam_desktop.domain.figures_layout import Deviation, commented
from finsam_desktop.domain.plan_goals import goals_after
from finsam_desktop.domain.plan_sums import plan_of
from finsam_desktop.domain.wording import amount, number, percent
from finsam_desktop.domain.year_plan import Judgement
from finsam_desktop.word import Chart, Column, RichText, Row, Series, Table

PERIODS = {1: "januari–april", 2: "januari–augusti", 3: "januari–december"}
"""The period of a tertial's report, from the year's start."""
KEY_FIGURES = 4
"""Places in the table of key figures."""
MOST_BARS = 8
CHART_NUMBERS = f"[>=1000]#{NBSP}##0;0"
"""Thousands with a no-break space whatever the computer's own language; Excel's grammar."""
_EQUITY_NOTE = (
    "* 20 procent av medlemsbidraget upp till 7 mkr, 15 procent av delen 7–15 mkr och 10 procent däröver."
    " Rekommendationen är inte bindande; en avvikelse ska motiveras."
)


@dataclass(frozen=True, kw_only=True)
class EconomyParts:
    """What the figure tables of an item say after ``tertial`` of ``year``, as blocks of a document.

    ``sources`` prints under a table where its figures come from.
    """

    association: Association
    tables: tuple[FigureTable, ...]
    year: int
    tertial: int
    accent: str = ACCENT
    sources: bool = True

    @cached_property
    def income(self) -> FigureTable | None:
        """The income statement, or None."""
        return economy.first_with(self.tables, Purpose.INCOME_STATEMENT)

    @cached_property
    def balance(self) -> FigureTable | None:
        """The balance sheet, or None."""
        return economy.first_with(self.tables, Purpose.BALANCE_SHEET)

    @cached_property
    def equity(self) -> Equity | None:
        """Equity at the year's start and its end, forecast or (``ended``) as it is; None without opening equity."""
        found = economy.equity(self.tables, self.association.rules.contribution)
        if found is None or not self.ended:
            return found
        assert self.balance is not None
        return replace(found, forecast=self.balance.amount(Post.CLOSING_EQUITY, ColumnRole.OUTCOME))

    @property
    def ended(self) -> bool:
        """Whether the figures are of the whole year, so that nothing about it is forecast any more."""
        balance = self.balance
        return (
            self.tertial == 3
            and balance is not None
            and balance.amount(Post.CLOSING_EQUITY, ColumnRole.OUTCOME) is not None
        )

    @property
    def period(self) -> str:
        """ "januari–augusti"."""
        return PERIODS.get(self.tertial, PERIODS[3])

    # -- statements -----------------------------------------------------------------------------------

    def income_statement(self) -> Table | None:
        """The income statement with the deviation from the budget; comments stand under Avvikelser."""
        if self.income is None:
            return None
        return figure_block(self.income, source_note=self.sources, deviation=True, comments=False)

    def balance_sheet(self) -> Table | None:
        """The balance sheet."""
        return figure_block(self.balance, source_note=self.sources) if self.balance is not None else None

    def deviations(self) -> list[str]:
        """Why posts depart from the budget, a sentence for each that somebody has commented on."""
        found = (each for table in self.tables for each in commented(table))
        return [_deviation_line(each) for each in found]

    # -- key figures ----------------------------------------------------------------------------------

    def key_figures(self) -> list[dict[str, str]]:
        """Up to four figures; an empty list when there are none, else filled up with empty places."""
        found = [
            figure
            for figure in (
                *self._result_figures(),
                self._equity_figure(),
                self._people_figure(),
                self._goals_figure(),
            )
            if figure
        ][:KEY_FIGURES]
        if not found:
            return []
        empty = {"label": "", "value": "", "note": ""}
        return [*found, *(empty for _ in range(KEY_FIGURES - len(found)))]

    def _result_figures(self) -> list[dict[str, str]]:
        if self.income is None:
            return []
        figures: list[dict[str, str]] = []
        result, before, forecast, budget = (
            self.income.amount(Post.RESULT, role)
            for role in (
                ColumnRole.OUTCOME,
                ColumnRole.PREVIOUS_OUTCOME,
                ColumnRole.FULL_YEAR_FORECAST,
                ColumnRole.BUDGET,
            )
        )
        if result is not None:
            note = f"{self.year - 1}: {amount(before)}" if before is not None else ""
            label = "Årets resultat" if self.ended else f"Resultat {self.period}"
            figures.append(_key(label, amount(result), note))
        if forecast is not None and not self.ended:
            note = f"Budget: {amount(budget)}" if budget is not None else ""
            figures.append(_key("Prognos för helåret", amount(forecast), note))
        return figures

    def _equity_figure(self) -> dict[str, str] | None:
        if self.equity is None or self.equity.forecast is None:
            return None
        cap = self.equity.cap
        note = f"Rekommenderat tak: {amount(cap)}" if cap is not None else ""
        return _key("Eget kapital vid årets slut", amount(self.equity.forecast), note)

    def _people_figure(self) -> dict[str, str] | None:
        for table in self.tables:
            finished = (
                economy.total_count(table, "avslutade") if table.purpose is Purpose.INDICATORS else None
            )
            if finished is not None:
                return _people(finished, economy.total_count(table, "aktiva"))
        finished = self._read("avslutade")
        return _people(finished, self._read("aktiva")) if finished is not None else None

    def _read(self, word: str) -> Decimal | None:
        """The reading of all teams of the first indicator called by the word."""
        indicator = next((one for one in self.association.indicators if word in one.name.lower()), None)
        if indicator is None:
            return None
        return value_of(self.association, ALL_TEAMS, indicator, self.year, self.tertial).total

    def _goals_figure(self) -> dict[str, str] | None:
        plan = plan_of(self.association, self.year)
        rows = goals_after(plan, self.tertial, self.association) if plan is not None else ()
        if not rows:
            return None
        reached = sum(row.judgement is Judgement.REACHED for row in rows)
        return _key("Mål som är uppfyllda", f"{reached}{NBSP}av{NBSP}{len(rows)}", "")

    # -- costs and equity -----------------------------------------------------------------------------

    def cost_chart(self, *, most: int = MOST_BARS) -> Chart | None:
        """The largest areas of cost with budget and forecast; None when either is missing."""
        areas = economy.cost_areas(self.income)[:most] if self.income is not None else ()
        if not areas:
            return None
        year = self.year
        told = "; ".join(f"{a.name} {_tkr(a.budget)} och {_tkr(a.forecast)}" for a in areas)
        return Chart(
            categories=tuple(area.name for area in areas),
            series=(
                Series(name=f"Budget {year}", values=tuple(whole_tkr(area.budget) for area in areas)),
                Series(name=f"Prognos {year}", values=tuple(whole_tkr(area.forecast) for area in areas)),
            ),
            caption=f"Kostnader per område {year}, budget och prognos, tkr",
            description=f"Liggande staplar. Budget och prognos {year} i tkr: {told}.",
            note=f"Ljus stapel: budget {year}. Mörk stapel: prognos {year}.",
            height_mm=max(30.0, 10.0 * len(areas)),
            horizontal=True,
            accent=self.accent,
            number_format=CHART_NUMBERS,
        )

    def equity_table(self) -> Table | None:
        """Equity at the year's start and forecast, against both measures; None without opening equity."""
        equity = self.equity
        if equity is None:
            return None
        year = self.year
        rows = [Row(cells=(_year_end("Eget kapital", year - 1), amount(equity.opening), ""))]
        if equity.forecast is not None:
            rows.append(Row(cells=(_year_end("Prognos för eget kapital", year), amount(equity.forecast), "")))
        cap, share = equity.cap, equity.share
        if cap is not None:
            rows.append(
                Row(
                    cells=(
                        "Tak enligt Nationella rådets trappa*",
                        amount(cap),
                        judged_cap(cap, equity.closing),
                    )
                )
            )
        if share is not None:
            limit = percent(economy.SHARE_LIMIT)
            judged = "Ryms" if share <= economy.SHARE_LIMIT else "Överskrids"
            rows.append(
                Row(cells=(f"Andel av årets medlemsbidrag, högst {limit}", percent(share, 1), judged))
            )
        return Table(
            columns=(
                Column(title="Mått", width_mm=86),
                Column(title="Värde", width_mm=26, align="right"),
                Column(title="Bedömning", width_mm=48),
            ),
            rows=tuple(rows),
            caption="Eget kapital mot två mått",
            description=(
                "Eget kapital jämfört med Nationella rådets trappa och med 20 procent av årets medlemsbidrag"
            ),
            note=_EQUITY_NOTE if cap is not None else "",
        )

    def equity_chart(self) -> Chart | None:
        """Equity and the ladder's cap as bars; None without contributions."""
        equity = self.equity
        if equity is None or equity.cap is None:
            return None
        year = self.year
        bars = [(f"Utgående {year - 1}", equity.opening)]
        if equity.forecast is not None:
            bars.append((f"{'Utgående' if self.ended else 'Prognos'} {year}", equity.forecast))
        held = (*(whole_tkr(value) for _, value in bars), None)
        cap = (*(None for _ in bars), whole_tkr(equity.cap))
        names = (*(name for name, _ in bars), f"Tak {year}")
        told = ", ".join(f"{name} {_tkr(value)}" for name, value in (*bars, (f"Tak {year}", equity.cap)))
        return Chart(
            categories=names,
            series=(
                Series(name="Rekommenderat tak", values=cap),
                Series(name="Eget kapital", values=held),
            ),
            caption="Eget kapital och rekommenderat tak, tkr",
            description=f"Liggande staplar i tkr: {told}.",
            note="Mörk stapel: eget kapital. Ljus stapel: rekommenderat tak.",
            height_mm=12.0 * len(names),
            horizontal=True,
            accent=self.accent,
            number_format=CHART_NUMBERS,
        )

    def equity_sentence(self) -> str:
        """Equity against both measures in a sentence or two; "" without opening equity."""
        equity = self.equity
        if equity is None:
            return ""
        when = "är" if equity.forecast is None or self.ended else "beräknas till"
        at = "vid årets slut" if equity.forecast is not None else "vid årets början"
        told = f"Eget kapital {when} {amount(equity.closing)} {at}."
        if equity.cap is None or equity.share is None:
            return told
        under = "under" if equity.closing <= equity.cap else "över"
        within = "inom" if equity.share <= economy.SHARE_LIMIT else "över"
        return (
            f"{told} Det är {under} Nationella rådets rekommenderade tak på {amount(equity.cap)}, och"
            f" {percent(equity.share, 1)} av årets medlemsbidrag, {within} måttet högst"
            f" {percent(economy.SHARE_LIMIT)}."
        )


def judged_cap(cap: Decimal, closing: Decimal) -> str:
    """ "Ryms, 350 tkr under taket"."""
    room = cap - closing
    return f"Ryms, {amount(room)} under taket" if room >= 0 else f"Överskrider taket med {amount(-room)}"


def _deviation_line(deviation: Deviation) -> str:
    """ "Personal, 200 tkr bättre än budget: Ny tjänst."."""
    comment = deviation.comment.rstrip(".")
    if deviation.amount is None or deviation.amount == 0:
        return f"{deviation.label}: {comment}."
    word = "bättre" if deviation.amount > 0 else "sämre"
    return f"{deviation.label}, {amount(abs(deviation.amount))} {word} än budget: {comment}."


def _people(finished: Decimal, active: Decimal | None) -> dict[str, str]:
    return _key("Avslutade deltagare", number(finished), f"Aktiva: {number(active)}" if active else "")


def _key(label: str, value: str, note: str) -> dict[str, str]:
    return {"label": label, "value": value, "note": note}


def _year_end(text: str, year: int) -> RichText:
    return with_dates(f"{text} ", date(year, 12, 31))


def whole_tkr(kr: Decimal) -> int:
    """Tkr as a whole number, rounded as in the tables."""
    return int(_tkr(kr).replace(NBSP, "").replace("\u2212", "-"))


def _tkr(kr: Decimal) -> str:
    return number(kr / 1000)

"""The context of the tertial report: its texts, its figures as tables and charts, and equity against both
measures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from finsam_desktop.documents.accent import ACCENT
from finsam_desktop.documents.figure_blocks import figure_block
from finsam_desktop.documents.kallelse import reference
from finsam_desktop.documents.kinds import report_item
from finsam_desktop.documents.page_numbers import PAGES, heading_key
from finsam_desktop.documents.values import DOT, NBSP, markdown, with_dates
from finsam_desktop.domain import economy
from finsam_desktop.domain.agenda import AgendaItem, walk
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.decisions import Outcome
from finsam_desktop.domain.figures import ColumnRole, Post, Purpose
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.numbering import agenda_numbers, paragraphs, section_label
from finsam_desktop.domain.report import Goal, ReportSection, TertialReport
from finsam_desktop.domain.wording import amount, long_date, no_break, number, percent
from finsam_desktop.errors import UserError
from finsam_desktop.word import (
    Anchor,
    Chart,
    Column,
    Markdown,
    MarkdownStyles,
    PageReference,
    RichText,
    Row,
    Series,
    Table,
)

PERIODS = {1: "januari–april", 2: "januari–augusti", 3: "januari–december"}
KEY_FIGURES = 4
"""Places in the table of key figures."""
MOST_BARS = 8
MOST_PAGES_WITHOUT_CONTENTS = 8
_CHART_NUMBERS = f"[>=1000]#{NBSP}##0;0"
"""Thousands with a no-break space whatever the computer's own language; Excel's grammar."""


def tertialrapport_context(
    association: Association,
    meetings: Iterable[Meeting],
    meeting: Meeting,
    *,
    accent: str = ACCENT,
    pages: Mapping[str, int] | None = None,
) -> dict[str, object]:
    """Everything the template tertialrapport.docx can print, but for the letterhead.

    ``pages`` gives the page of each heading where it has been measured; a report of more than eight pages then has
    a list of contents. UserError when no item of the meeting has the texts of a report.
    """
    item = report_item(meeting)
    if item is None or item.report is None:
        raise UserError(
            f"Sammanträdet den {long_date(meeting.date)} har ingen tertialrapport.",
            advice="Lägg till rapportens texter i ärendet om tertialrapporten och försök igen.",
        )
    fields = _Report(association, tuple(meetings), meeting, item, item.report, accent).context()
    report = fields["report"]
    assert isinstance(report, dict)
    report["contents"] = _contents(report, pages)
    return fields


def _contents(report: Mapping[str, object], pages: Mapping[str, int] | None) -> list[dict[str, object]]:
    """The headings of levels 1 and 2 in the template's order; empty in a short report, or where no page is known."""
    if pages is None or (pages and pages.get(PAGES, 0) <= MOST_PAGES_WITHOUT_CONTENTS + 1):
        return []
    sections = report["sections"]
    assert isinstance(sections, list)
    listed = [
        ("Sammanfattning", 1, "avsnitt_sammanfattning", True),
        ("Verksamhet", 1, "avsnitt_verksamhet", True),
        *((part["heading"].text, 2, part["heading"].name, part["level"] == 2) for part in sections),
        ("Mål och måluppfyllelse", 2, "avsnitt_mal", report["goals"]),
        ("Ekonomi", 1, "avsnitt_ekonomi", True),
        ("Resultatrapport", 2, "avsnitt_resultat", report["income_statement"]),
        ("Balansrapport", 2, "avsnitt_balans", report["balance_sheet"]),
        ("Eget kapital mot rekommendationen", 2, "avsnitt_kapital", report["equity"]),
    ]
    made: list[dict[str, object]] = []
    for title, level, name, there in listed:
        if there:
            page = pages.get(heading_key(title))
            shown = (
                PageReference(name, "" if page is None else str(page))
                if page is not None or not pages
                else ""
            )
            made.append({"title": title, "level": level, "page": shown})
    return made


class _Report:
    """One report with the figures of its item."""

    def __init__(
        self,
        association: Association,
        meetings: tuple[Meeting, ...],
        meeting: Meeting,
        item: AgendaItem,
        report: TertialReport,
        accent: str,
    ) -> None:
        self.association, self.meetings, self.meeting = association, meetings, meeting
        self.item, self.report, self.accent = item, report, accent
        top = next(i for i in meeting.items if item in tuple(walk((i,))))
        self.top = top
        self.tables = tuple(figure for part in walk((top,)) for figure in part.figures)
        self.income = economy.first_with(self.tables, Purpose.INCOME_STATEMENT)
        self.balance = economy.first_with(self.tables, Purpose.BALANCE_SHEET)
        self.equity = economy.equity(self.tables, association.rules.contribution)
        self.period = PERIODS.get(report.tertial, PERIODS[3])

    def context(self) -> dict[str, object]:
        report = self.report
        title = f"Tertialrapport {report.tertial}"
        return {
            "document": {
                "title": title,
                "subtitle": f"{self.period.capitalize()} {report.year}",
                "running_title": f"{title}, {self.period} {report.year}",
                "reference": reference(self.top.reference),
            },
            "report": {
                "state": self._state(),
                "dated": self._dated(),
                "summary": self._ingress(report.summary),
                "key_figures": self._key_figures(),
                "introduction": markdown(report.introduction, shift=1),
                "sections": [self._section(n, section) for n, section in enumerate(report.sections, start=1)],
                "goals": _goals(report.goals),
                "economy": markdown(report.economy, shift=1),
                "income_statement": figure_block(self.income) if self.income is not None else None,
                "cost_chart": self._cost_chart(),
                "deviations": markdown(report.deviations, shift=3),
                "balance_sheet": figure_block(self.balance) if self.balance is not None else None,
                "equity": self._equity_table(),
                "equity_chart": self._equity_chart(),
                "indicators": self._unnamed(indicators=True),
                "other_figures": self._unnamed(indicators=False),
            },
        }

    def _state(self) -> str:
        """Förslag till … until the board has decided; what is then said follows from the decision, never
        from a text."""
        day = long_date(self.meeting.date)
        outcome = self.item.decision.outcome
        if outcome is Outcome.UNSET and self.top is not self.item:
            outcome = self.top.decision.outcome
        if outcome in (Outcome.AS_PROPOSED, Outcome.OWN_WORDS):
            section = section_label((paragraphs(self.meetings, self.meeting)[self.top.id],))
            return f"Fastställd av styrelsen den {day}, {section}"
        point = agenda_numbers(self.meeting)[self.top.id]
        return f"Förslag till styrelsens sammanträde den {day}, punkt{NBSP}{point}"

    def _dated(self) -> RichText:
        number_line = reference(self.top.reference)
        dated = self.report.dated
        return with_dates(*((dated,) if dated else ()), DOT if dated and number_line else "", number_line)

    def _ingress(self, text: str) -> Markdown | None:
        return Markdown(no_break(text), styles=MarkdownStyles(paragraph="Ingress")) if text.strip() else None

    def _section(self, number: int, section: ReportSection) -> dict[str, object]:
        figure = next((table for table in self.tables if table.id == section.figure_id), None)
        return {
            "heading": Anchor(no_break(section.heading), f"avsnitt_{number}"),
            "level": section.level,
            "text": markdown(section.text, shift=section.level),
            "figure": figure_block(figure) if figure is not None else None,
        }

    def _unnamed(self, *, indicators: bool) -> list[Table]:
        """Figures that no section names and that are not the two statements: none is left out of the report."""
        named = {section.figure_id for section in self.report.sections}
        return [
            figure_block(table)
            for table in self.tables
            if table.id not in named
            and table is not self.income
            and table is not self.balance
            and (table.purpose is Purpose.INDICATORS) is indicators
        ]

    def _key_figures(self) -> list[dict[str, str]]:
        """Up to four figures; an empty list when there are none, else filled up with empty places."""
        found = [
            figure
            for figure in (*self._result_figures(), self._equity_figure(), self._people_figure())
            if figure
        ]
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
            note = f"{self.report.year - 1}: {amount(before)}" if before is not None else ""
            figures.append(_key(f"Resultat {self.period}", amount(result), note))
        if forecast is not None:
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
                active = economy.total_count(table, "aktiva")
                return _key(
                    "Avslutade deltagare", number(finished), f"Aktiva: {number(active)}" if active else ""
                )
        return None

    def _cost_chart(self) -> Chart | None:
        areas = economy.cost_areas(self.income)[:MOST_BARS] if self.income is not None else ()
        if not areas:
            return None
        year = self.report.year
        told = "; ".join(f"{a.name} {_tkr(a.budget)} och {_tkr(a.forecast)}" for a in areas)
        return Chart(
            categories=tuple(area.name for area in areas),
            series=(
                Series(name=f"Budget {year}", values=tuple(_rounded(area.budget) for area in areas)),
                Series(name=f"Prognos {year}", values=tuple(_rounded(area.forecast) for area in areas)),
            ),
            caption=f"Kostnader per område {year}, budget och prognos, tkr",
            description=f"Liggande staplar. Budget och prognos {year} i tkr: {told}.",
            note=f"Ljus stapel: budget {year}. Mörk stapel: prognos {year}.",
            height_mm=max(30.0, 10.0 * len(areas)),
            horizontal=True,
            accent=self.accent,
            number_format=_CHART_NUMBERS,
        )

    def _equity_table(self) -> Table | None:
        equity = self.equity
        if equity is None:
            return None
        year = self.report.year
        rows = [Row(cells=(_year_end("Eget kapital", year - 1), amount(equity.opening), ""))]
        if equity.forecast is not None:
            rows.append(Row(cells=(_year_end("Prognos för eget kapital", year), amount(equity.forecast), "")))
        cap, share = equity.cap, equity.share
        if cap is not None:
            room = cap - equity.closing
            judged = (
                f"Ryms, {amount(room)} under taket" if room >= 0 else f"Överskrider taket med {amount(-room)}"
            )
            rows.append(Row(cells=("Tak enligt Nationella rådets trappa*", amount(cap), judged)))
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

    def _equity_chart(self) -> Chart | None:
        equity = self.equity
        if equity is None or equity.cap is None:
            return None
        year = self.report.year
        bars = [(f"Utgående {year - 1}", equity.opening)]
        if equity.forecast is not None:
            bars.append((f"Prognos {year}", equity.forecast))
        held = (*(_rounded(value) for _, value in bars), None)
        cap = (*(None for _ in bars), _rounded(equity.cap))
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
            number_format=_CHART_NUMBERS,
        )


_EQUITY_NOTE = (
    "* 20 procent av medlemsbidraget upp till 7 mkr, 15 procent av delen 7–15 mkr och 10 procent däröver."
    " Rekommendationen är inte bindande; en avvikelse ska motiveras."
)


def _key(label: str, value: str, note: str) -> dict[str, str]:
    return {"label": label, "value": value, "note": note}


def _year_end(text: str, year: int) -> RichText:
    return with_dates(f"{text} ", date(year, 12, 31))


def _rounded(kr: Decimal) -> int:
    """Tkr as a whole number, rounded as in the tables."""
    return int(_tkr(kr).replace(NBSP, "").replace("\u2212", "-"))


def _tkr(kr: Decimal) -> str:
    return number(kr / 1000)


def _goals(goals: tuple[Goal, ...]) -> Table | None:
    if not goals:
        return None
    return Table(
        columns=(
            Column(title="Mål", width_mm=80),
            Column(title="Målvärde", width_mm=20),
            Column(title="Utfall", width_mm=29),
            Column(title="Bedömning", width_mm=31),
        ),
        rows=tuple(
            Row(
                cells=tuple(
                    no_break(text) for text in (goal.text, goal.target, goal.outcome or "–", goal.judgement)
                )
            )
            for goal in goals
        ),
        caption="Mål i verksamhetsplanen, målvärde, utfall och bedömning",
        description="Verksamhetsplanens mål med målvärde, utfall och bedömning i ord",
    )

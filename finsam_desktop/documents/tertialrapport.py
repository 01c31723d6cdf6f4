"""The context of the tertial report: its texts, its figures as tables and charts, and equity against both
measures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from finsam_desktop.documents.accent import ACCENT
from finsam_desktop.documents.economy_parts import EconomyParts
from finsam_desktop.documents.figure_blocks import figure_block, printable
from finsam_desktop.documents.kallelse import reference
from finsam_desktop.documents.kinds import WHOLE, About, Document, document_item, top_item
from finsam_desktop.documents.page_numbers import PAGES, heading_key
from finsam_desktop.documents.values import DOT, NBSP, markdown, with_dates
from finsam_desktop.domain.activity_tables import activity_table
from finsam_desktop.domain.agenda import AgendaItem, walk
from finsam_desktop.domain.association import Association
from finsam_desktop.domain.decisions import Outcome
from finsam_desktop.domain.figures import FigureTable, Purpose
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.numbering import agenda_numbers, paragraphs, section_label
from finsam_desktop.domain.plan_goals import report_goals
from finsam_desktop.domain.plan_sums import plan_of
from finsam_desktop.domain.report import Goal, ReportSection, TertialReport
from finsam_desktop.domain.report_carrying import TEXT_NAMES, carried_texts
from finsam_desktop.domain.small_groups import merged_figures
from finsam_desktop.domain.wording import join_names, long_date, no_break
from finsam_desktop.errors import UserError
from finsam_desktop.word import Anchor, Column, Markdown, MarkdownStyles, PageReference, RichText, Row, Table

MOST_PAGES_WITHOUT_CONTENTS = 8


def tertialrapport_context(
    association: Association,
    meetings: Iterable[Meeting],
    meeting: Meeting,
    *,
    about: About = WHOLE,
    accent: str = ACCENT,
    pages: Mapping[str, int] | None = None,
) -> dict[str, object]:
    """Everything the template tertialrapport.docx can print, but for the letterhead.

    ``pages`` gives the page of each heading where it has been measured; a report of more than eight pages then has
    a list of contents. UserError when no item of the meeting has the texts of a report.
    """
    item = document_item(Document.TERTIALRAPPORT, meeting, about)
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
        self.item, self.report = item, report
        self.top = top_item(meeting, item.id) or item
        self.tables = tuple(figure for part in walk((self.top,)) for figure in printable(part))
        self.parts = EconomyParts(
            association=association,
            tables=self.tables,
            year=report.year,
            tertial=report.tertial,
            accent=accent,
            sources=report.print_sources,
        )
        self.carried = {each.key: each.heading for each in carried_texts(report)}

    def context(self) -> dict[str, object]:
        report, parts = self.report, self.parts
        title = f"Tertialrapport {report.tertial}"
        running = f"{title}, {parts.period} {report.year}"
        return {
            "document": {
                "title": title,
                "subtitle": f"{parts.period.capitalize()} {report.year}",
                "running_title": f"Utkast. {running}" if self.carried else running,
                "reference": reference(self.top.reference),
            },
            "report": {
                "state": decision_state(
                    self.meetings, self.meeting, self.item, fixed="Fastställd", proposed="Förslag"
                ),
                "draft": self._draft(),
                "dated": self._dated(),
                "summary": ingress(report.summary),
                "key_figures": parts.key_figures(),
                "introduction": markdown(report.introduction, shift=1),
                "sections": [self._section(n, section) for n, section in enumerate(report.sections, start=1)],
                "goals": goals_table(self._goals()),
                "economy": markdown(report.economy, shift=1),
                "income_statement": parts.income_statement(),
                "cost_chart": parts.cost_chart(),
                "deviations": markdown(report.deviations, shift=3),
                "deviation_rows": [no_break(line) for line in parts.deviations()],
                "balance_sheet": parts.balance_sheet(),
                "equity": parts.equity_table(),
                "equity_chart": parts.equity_chart(),
                "indicators": self._unnamed(indicators=True),
                "other_figures": self._unnamed(indicators=False),
                "marks": {name: self._mark(name) for name in TEXT_NAMES},
            },
        }

    def _draft(self) -> str:
        """What is left of last period's report, for the cover; "" when nothing is."""
        if not self.carried:
            return ""
        return f"text från {self._earlier()} står kvar i {join_names(tuple(self.carried.values()))}."

    def _mark(self, key: str) -> str:
        """What stands over a text that still is last period's; "" over any other."""
        return f"text från {self._earlier()}, inte omskriven." if key in self.carried else ""

    def _earlier(self) -> str:
        name = self.report.begun_from
        return no_break(name[:1].lower() + name[1:]) if name else "förra perioden"

    def _dated(self) -> RichText:
        number_line = reference(self.top.reference)
        dated = self.report.dated
        return with_dates(*((dated,) if dated else ()), DOT if dated and number_line else "", number_line)

    def _section(self, number: int, section: ReportSection) -> dict[str, object]:
        return {
            "heading": Anchor(no_break(section.heading), f"avsnitt_{number}"),
            "level": section.level,
            "mark": self._mark(section.id),
            "text": markdown(section.text, shift=section.level),
            "figure": self._section_table(section),
        }

    def _section_table(self, section: ReportSection) -> Table | None:
        table = next((table for table in self.tables if table.id == section.figure_id), None)
        if section.indicators:
            table = readings_table(self.association, self.report.year, self.report.tertial, section.team_ids)
        return figure_block(table, source_note=self.report.print_sources) if table is not None else None

    def _goals(self) -> tuple[Goal, ...]:
        """The report's own goals, else those of the year's plan as they stand after the tertial."""
        plan = plan_of(self.association, self.report.year)
        if self.report.goals or plan is None:
            return self.report.goals
        return report_goals(plan, self.report.tertial, self.association)

    def _unnamed(self, *, indicators: bool) -> list[Table]:
        """Figures that no section names and that are not the two statements: none is left out of the report."""
        named = {section.figure_id for section in self.report.sections}
        found = [
            table
            for table in self.tables
            if table.id not in named
            and table is not self.parts.income
            and table is not self.parts.balance
            and (table.purpose is Purpose.INDICATORS) is indicators
        ]
        if indicators and not any(section.indicators for section in self.report.sections):
            shown = any(table.purpose is Purpose.INDICATORS for table in self.tables)
            read = readings_table(self.association, self.report.year, self.report.tertial)
            found += [read] if read is not None and not shown else []
        return [figure_block(table, source_note=self.report.print_sources) for table in found]


def ingress(text: str) -> Markdown | None:
    """A report's first paragraph, in larger type; None without text."""
    return Markdown(no_break(text), styles=MarkdownStyles(paragraph="Ingress")) if text.strip() else None


def readings_table(
    association: Association, year: int, tertial: int, team_ids: tuple[str, ...] = ()
) -> FigureTable | None:
    """The readings of a period as a table, of some teams or all, without groups of fewer than five persons (R96)."""
    if team_ids:
        association = replace(
            association,
            teams=tuple(team for team in association.teams if team.id in team_ids),
            readings=tuple(reading for reading in association.readings if reading.team_id in team_ids),
        )
    table = activity_table(association, year, tertial)
    return None if table is None else merged_figures(table)[0]


def decision_state(
    meetings: tuple[Meeting, ...], meeting: Meeting, item: AgendaItem, *, fixed: str, proposed: str
) -> str:
    """ "Förslag till styrelsens sammanträde …" until the board has decided; what is then said follows from the
    decision, never from a text. ``fixed`` and ``proposed`` are the first words."""
    day = long_date(meeting.date)
    top = top_item(meeting, item.id) or item
    outcome = item.decision.outcome
    if outcome is Outcome.UNSET and top is not item:
        outcome = top.decision.outcome
    if outcome in (Outcome.AS_PROPOSED, Outcome.OWN_WORDS):
        section = section_label((paragraphs(meetings, meeting)[top.id],))
        return f"{fixed} av styrelsen den {day}, {section}"
    point = agenda_numbers(meeting)[top.id]
    return f"{proposed} till styrelsens sammanträde den {day}, punkt{NBSP}{point}"


def goals_table(goals: tuple[Goal, ...]) -> Table | None:
    """Goals with target value, outcome and judgement in words; None when there are none."""
    if not goals:
        return None
    return Table(
        columns=(
            Column(title="Mål", width_mm=76),
            Column(title="Målvärde", width_mm=24),
            Column(title="Utfall", width_mm=29),
            Column(title="Bedömning", width_mm=31),
        ),
        rows=tuple(
            Row(
                cells=tuple(
                    no_break(text)
                    for text in (goal.text, goal.target, goal.outcome or "–", goal.judgement or "–")
                )
            )
            for goal in goals
        ),
        caption="Mål i verksamhetsplanen, målvärde, utfall och bedömning",
        description="Verksamhetsplanens mål med målvärde, utfall och bedömning i ord",
    )

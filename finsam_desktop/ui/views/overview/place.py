"""Översikt: what is next, what remains, which days are coming, and how the money stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from finsam_desktop.domain import numbering, wording
from finsam_desktop.domain.deadlines import Deadline, DeadlineKind, Limit
from finsam_desktop.domain.economy import recommended_cap
from finsam_desktop.domain.economy_years import Certainty, YearFigure
from finsam_desktop.domain.figures import ColumnRole, RowKind
from finsam_desktop.domain.figures_layout import Align, PrintedRow, printed
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.overview import Economy, next_meeting
from finsam_desktop.domain.overview_facts import OverviewFacts, overview_facts
from finsam_desktop.domain.rules.finding import Severity
from finsam_desktop.errors import UserError
from finsam_desktop.files.catalogue_files import standard_templates
from finsam_desktop.ui.jobs import Progress
from finsam_desktop.ui.models.cells_model import CellsModel, TableCell, TableColumn
from finsam_desktop.ui.models.row_model import Row
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Head, Shell, Status, View
from finsam_desktop.ui.views.overview.open import OpenColumn, row_list
from finsam_desktop.ui.views.page import QWIDGETSIZE_MAX, Page
from finsam_desktop.ui.widgets.buttons import primary_button, secondary_button
from finsam_desktop.ui.widgets.charts import HEIGHT, CostChart, CostCurves, EquityBar, EquityChart
from finsam_desktop.ui.widgets.empty_state import EmptyState
from finsam_desktop.ui.widgets.rows import RowRole
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Label, SectionHead
from finsam_desktop.ui.widgets.tables import DataTable
from finsam_desktop.ui.widgets.timeline import Timeline, TimelineEvent

if TYPE_CHECKING:
    from finsam_desktop.workspace import Workspace

_LOW = 700
"""A view lower than so many pixels of the drawing has fewer rows, lower charts and the sums alone in its table, so that
the money is seen too."""
_FEWER_ROWS = 800
_ROWS, _LOW_ROWS = 5, 4
"""Rows of what remains, and in a view lower than ``_FEWER_ROWS``."""
_LOW_CHART = 136
_SEVERITIES = {
    Severity.ERROR: State.MUST_MEND,
    Severity.WARNING: State.CONSIDER,
    Severity.NOTE: State.NOTE,
}
_FIRST = (State.MUST_MEND, State.DATE_WARN, State.DATE, State.CONSIDER)
"""What remains comes in this order: faults, days that come whatever one does, advice."""
_STACK_BELOW = 1000
_BETWEEN, _STACKED = 48, 20
"""Between the columns of a band, and between its parts when they stand below each other."""
_CHART_GAP = 8
_EQUITY_YEARS = 5
_COLUMNS = (ColumnRole.BUDGET, ColumnRole.OUTCOME, ColumnRole.FULL_YEAR_FORECAST)


class OverviewView(View):
    """Three bands: next meeting and what is left open; the coming days; economy and equity."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        theme = current_theme()
        self._facts = OverviewFacts(today=shell.session.today)
        self._unseen: OverviewFacts | None = None
        self._meeting: Meeting | None = None
        self._stale = True
        self._working = False
        self._sums_alone = False
        page = self._page = Page("Översikt")
        self._bands: list[tuple[QBoxLayout, int]] = []
        self._columns: list[tuple[QWidget, int]] = []
        self._open = OpenColumn(shell)
        page.add(self._band(self._make_next(), self._open, theme.px(408)))
        self._deadline_box = self._make_deadlines()
        page.add(self._deadline_box)
        self._economy_band = self._band(self._make_economy(), self._make_equity(), theme.px(408))
        page.add(self._economy_band)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(page)
        for part in (*self._next_parts, self._no_meeting, self._open, self._deadline_box, self._economy_band):
            part.setVisible(False)  # until it is known what they say
        shell.session.changed.connect(self._refresh)
        shell.session.opened.connect(self._refresh)
        self._show_first()
        self._refresh()

    # -- what the window asks -------------------------------------------------------------------------

    def head(self) -> Head:
        today = self.shell.session.today
        day = wording.short_date(today)
        return Head(
            title="Översikt",
            fact_right=f"{day[0].upper()}{day[1:]} {today.year}, vecka {today.isocalendar().week}",
        )

    def status(self) -> Status:
        severities = [finding.severity for finding in self._facts.findings]
        today = self.shell.session.today
        coming = next(
            (d for d in self._facts.deadlines if d.limit is Limit.LATEST and not d.is_late(today)), None
        )
        return Status(
            must_mend=severities.count(Severity.ERROR),
            consider=severities.count(Severity.WARNING),
            deadline=coming.sentence(today) if coming else "",
        )

    def primary(self) -> QPushButton | None:
        return self._open_button

    # -- building -------------------------------------------------------------------------------------

    def _band(self, left: QWidget, right: QWidget, width: int) -> QWidget:
        band = QWidget()
        row = QHBoxLayout(band)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current_theme().px(_BETWEEN))
        right.setMaximumWidth(width)
        self._columns.append((right, width))
        row.addWidget(left, 2, Qt.AlignmentFlag.AlignTop)
        row.addWidget(right, 1, Qt.AlignmentFlag.AlignTop)
        self._bands.append((row, _BETWEEN))
        return band

    def _make_next(self) -> QWidget:
        theme = current_theme()
        box, column = _column()
        self._when = Label("", "label", "text2")
        self._title = Label("", "display", wrap=True)
        self._told = Label("", "body", "text2", wrap=True)
        self._open_button = primary_button("Öppna sammanträdet", "calendar-days")
        self._open_button.clicked.connect(self._open_meeting)
        self._every_button = secondary_button("Alla sammanträden")
        self._every_button.clicked.connect(self._go_to_meetings)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        for button in (self._open_button, self._every_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._left_head = SectionHead("Det här återstår")
        self._left, self._left_list = row_list("Det här återstår", 22)
        self._left_list.opened.connect(self._follow_left)
        self._left_list.verb_clicked.connect(self._follow_left)
        self._no_meeting = EmptyState(
            "Inget sammanträde är planerat.",
            "Skapa nästa, så fylls dagordningen med den fasta ramen och förslag ur årshjulet.",
            "Skapa sammanträde",
            example=False,
            margins=False,
        )
        self._no_meeting.action_pressed.connect(self._new_meeting)
        for widget in (self._no_meeting, self._when, self._title, self._told):
            column.addWidget(widget)
        column.addSpacing(theme.px(6))
        column.addLayout(buttons)
        column.addSpacing(theme.px(10))
        column.addWidget(self._left_head)
        column.addWidget(self._left_list)
        self._next_parts = (
            self._when,
            self._title,
            self._told,
            self._open_button,
            self._every_button,
            self._left_head,
            self._left_list,
        )
        return box

    def _make_deadlines(self) -> QWidget:
        box, column = _column()
        head = SectionHead("Frister", link="Visa årshjulet")
        head.followed.connect(self._go_to_year_wheel)
        self._timeline = Timeline()
        column.addWidget(head)
        column.addWidget(self._timeline)
        return box

    def _make_economy(self) -> QWidget:
        theme = current_theme()
        box, column = _column()
        self._economy_head = SectionHead("Ekonomi", link="Visa ärendet")
        self._economy_head.followed.connect(self._go_to_report)
        self._chart = CostChart()
        self._table_model = CellsModel(parent=self)
        self._table = DataTable("Ekonomi, tabell", dense=True)
        self._table.setModel(self._table_model)
        self._table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout()
        row.setSpacing(theme.px(_CHART_GAP))
        row.addWidget(self._chart, 3, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._table, 5, Qt.AlignmentFlag.AlignTop)
        self._chart.opened.connect(self._go_to_report)
        self._bands.append((row, _CHART_GAP))
        column.addWidget(self._economy_head)
        column.addLayout(row)
        return box

    def _make_equity(self) -> QWidget:
        box, column = _column()
        self._equity_head = SectionHead("Eget kapital mot tak")
        self._equity = EquityChart()
        self._equity.opened.connect(self._go_to_equity)
        self._equity_note = Label("", "meta", "text2", wrap=True)
        column.addWidget(self._equity_head)
        column.addWidget(self._equity)
        column.addWidget(self._equity_note)
        return box

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._refresh()
        elif self._unseen is not None:
            self._show(self._unseen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < current_theme().px(_STACK_BELOW)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        for band, space in self._bands:
            if band.direction() is not way:
                band.setDirection(way)
                band.setSpacing(current_theme().px(_STACKED if narrow else space))
        for column, width in self._columns:
            column.setMaximumWidth(QWIDGETSIZE_MAX if narrow else width)
        if event.size().height() != event.oldSize().height():
            self._fit_height()

    def _is_low(self) -> bool:
        return self.height() < current_theme().px(_LOW)

    def _fit_height(self) -> None:
        theme = current_theme()
        low = self._is_low()
        for chart in (self._chart, self._equity):
            chart.setFixedHeight(theme.px(_LOW_CHART if low else HEIGHT))
        self._open.set_low(low)
        if self._meeting is not None:
            self._fill_left(self._meeting)
        if low is not self._sums_alone and self._facts.economy is not None:
            self._fill_table(self._facts.economy)

    # -- filling --------------------------------------------------------------------------------------

    def _refresh(self, _change: object = None) -> None:
        """Have it all worked out in the background; what is shown stays until then."""
        session = self.shell.session
        # The checks take their time; nobody waits for them while another view is in hand.
        self._stale = not self.isVisible() or self._working
        if self._stale or not session.is_open:
            return
        self._working = True
        work = _Work(session.workspace, session.today)
        self.shell.jobs.run(
            work, label="Läser översikten", on_done=self._worked_out,
            on_error=partial(self._failed, session.workspace), quiet=True,
        )  # fmt: skip

    def _show_first(self) -> None:
        """Which meeting is next, at once: it is one value to read, and most come here to open it."""
        session = self.shell.session
        heads = session.heads
        head = next((one for one in heads if one.date >= session.today), heads[-1] if heads else None)
        if head is None:
            return
        meeting = session.find(head.id)
        if meeting is None:
            return
        is_coming = head.date >= session.today
        if meeting.cancelled_on is not None or is_coming != (
            next_meeting((meeting,), session.today) is not None
        ):
            return
        self._facts = OverviewFacts(today=session.today, meeting=meeting, is_coming=is_coming)
        for part in (self._when, self._title, self._told, self._open_button, self._every_button):
            part.setVisible(True)
        self._tell_next(meeting)

    def _worked_out(self, found: object) -> None:
        self._working = False
        if not isValid(self):  # another file was opened, or the view made anew, while it was worked out
            return
        session = self.shell.session
        if not isinstance(found, _Found) or not session.is_open or session.workspace is not found.workspace:
            return
        if self.isVisible():
            self._show(found.facts)
        else:
            self._unseen = found.facts  # another view is in hand, and is not to wait for this one
        if self._stale:
            self._refresh()

    def _failed(self, workspace: Workspace, error: Exception) -> None:
        self._working = False
        if isinstance(error, UserError):
            self.shell.session.give_up(workspace, error)
        else:
            raise error

    def _show(self, facts: OverviewFacts) -> None:
        self._facts, self._unseen = facts, None
        self._fill_next()
        self._open.show_facts(facts)
        self._fill_timeline()
        self._fill_economy()
        for part in (self._open, self._deadline_box):
            part.setVisible(True)
        self.head_changed.emit()

    def _fill_next(self) -> None:
        facts = self._facts
        meeting = self._meeting = facts.meeting
        for part in self._next_parts:
            part.setVisible(meeting is not None)
        self._no_meeting.setVisible(not facts.is_coming)
        if meeting is not None:
            self._tell_next(meeting)
            self._fill_left(meeting)

    def _tell_next(self, meeting: Meeting) -> None:
        facts = self._facts
        self._meeting = meeting
        when = wording.days_from(meeting.date, facts.today)
        self._when.setText(
            f"Nästa sammanträde, {when}" if facts.is_coming else f"Senaste sammanträdet, {when}"
        )
        name = "Styrelsen" if meeting.kind.decides else wording.KINDS[meeting.kind]
        self._title.setText(f"{name} {wording.short_date(meeting.date)} {meeting.date.year}")
        told = (
            wording.clock_range(meeting.start, meeting.end),
            meeting.place,
            numbering.section_label(facts.sections),
            f"{len(meeting.items)} ärenden",
        )
        self._told.setText("  ·  ".join(fact for fact in told if fact))

    def _fill_left(self, meeting: Meeting) -> None:
        today = self._facts.today
        numbers = numbering.agenda_numbers(meeting)
        rows = [
            Row(
                title=finding.title,
                key=f"{meeting.id}/dagordning/{finding.place.item_id}",
                leading=_SEVERITIES[finding.severity],
                meta=f"Ärende {numbers[finding.place.item_id]}" if finding.place.item_id in numbers else "",
                quiet=True,
                verb="Visa",
            )
            for finding in self._facts.findings
            if finding.severity is not Severity.NOTE
        ]
        rows += [
            Row(
                title=deadline.sentence(today),
                key=f"{meeting.id}/{_step_of(deadline)}",
                leading=State.DATE_WARN if deadline.days_left(today) <= 2 else State.DATE,
                quiet=True,
                verb="Visa",
            )
            for deadline in self._facts.deadlines
            if deadline.meeting_id == meeting.id and not deadline.is_late(today)
        ][:2]
        rows.sort(key=lambda row: _FIRST.index(row.leading))
        self._left_head.set_fact(f"{len(rows)} kvar" if rows else "Allt är klart")
        most = _LOW_ROWS if self.height() < current_theme().px(_FEWER_ROWS) else _ROWS
        offers = self._offers(meeting)
        self._left.set_rows(tuple(rows[: most - len(offers)] + offers))
        self._left_list.fit()

    def _offers(self, meeting: Meeting) -> list[Row]:
        """What the year wheel and earlier meetings propose for an agenda that is still being made."""
        offers = self._facts.offers
        if not offers:
            return []
        first = offers[0].item.title
        text = f"{len(offers)} förslag att ta med, bland annat {first[0].lower()}{first[1:]}"
        if len(offers) == 1:
            text = f"1 förslag att ta med: {first}"
        return [
            Row(
                title=text,
                key=f"{meeting.id}/dagordning",
                icon="lightbulb",
                quiet=True,
                verb="Visa",
            )
        ]

    def _fill_timeline(self) -> None:
        today = self._facts.today
        events = [
            TimelineEvent(day=day, title=wording.KINDS[kind].split()[-1].capitalize(), meeting=True)
            for day, kind in self._facts.days
        ]
        seen: set[tuple[DeadlineKind, object]] = set()
        for deadline in self._facts.deadlines:
            key = (deadline.kind, deadline.day)
            if key not in seen and deadline.kind is not DeadlineKind.REMOVAL:
                seen.add(key)
                late = deadline.is_late(today)
                events.append(
                    TimelineEvent(day=deadline.day, title=_DEADLINE_WORDS[deadline.kind], late=late)
                )
        self._timeline.set_events(tuple(events), today)

    def _fill_economy(self) -> None:
        contribution = self.shell.session.association.rules.contribution
        known = self._facts.economy
        self._economy_band.setVisible(known is not None)
        if known is None:
            return
        month = wording.MONTHS[known.last_month - 1]
        self._economy_head.set_title(f"Ekonomi {known.year}")
        self._economy_head.set_fact(f"Kostnader, ackumulerat, tkr  ·  utfall till och med {month}")
        self._chart.set_curves(
            CostCurves(
                last_month=known.last_month,
                budget=known.budget_costs or Decimal(0),
                outcome=known.outcome_costs or Decimal(0),
                forecast=known.forecast_costs or Decimal(0),
            )
        )
        self._fill_table(known)
        self._fill_equity(known, contribution)

    def _fill_table(self, known: Economy) -> None:
        self._sums_alone = self._is_low()
        shown = printed(known.table)
        places = [0] + [i for role in _COLUMNS for i, c in enumerate(shown.columns) if c.role is role]
        names = {
            ColumnRole.BUDGET: "Budget",
            ColumnRole.OUTCOME: "Utfall",
            ColumnRole.FULL_YEAR_FORECAST: "Prognos",
        }
        columns = tuple(
            TableColumn(
                title=names.get(shown.columns[i].role, ""), right=shown.columns[i].align is Align.RIGHT
            )
            for i in places
        )
        rows = tuple(
            tuple(
                TableCell(
                    text=row.cells[i],
                    sum=row.kind is RowKind.TOTAL,
                    strong=row.kind in (RowKind.SUM, RowKind.TOTAL),
                    indent=1 if row.kind is RowKind.ROW and place == 0 else 0,
                )
                for place, i in enumerate(places)
            )
            for row in _from_the_sum_of_income(shown.rows)
            if row.kind is not RowKind.ROW or not self._sums_alone
        )
        self._table_model.set_table(columns, rows)
        self._table.stretch_column(0)
        self._table.fit_height()

    def _fill_equity(self, known: Economy, contribution: Decimal | None) -> None:
        equity = known.equity
        for part in (self._equity_head, self._equity, self._equity_note):
            part.setVisible(equity is not None)
        if equity is None:
            return
        cap = recommended_cap(contribution) if contribution is not None else None
        known_years = {one.year: one.equity for one in self._facts.years if one.equity is not None}
        bars = [
            EquityBar(year=year, amount=figure.amount, cap=None, forecast=False, key=_source(figure))
            for year, figure in known_years.items()
            if known.year - _EQUITY_YEARS < year < known.year - 1 and figure.certainty is Certainty.OUTCOME
        ]
        here = f"{known.meeting.id}/dagordning/{known.item.id}"
        bars.append(EquityBar(year=known.year - 1, amount=equity.opening, cap=cap, forecast=False, key=here))
        if equity.forecast is not None:
            bars.append(EquityBar(year=known.year, amount=equity.forecast, cap=cap, forecast=True, key=here))
        self._equity.set_bars(tuple(bars))
        share = equity.share
        self._equity_head.set_fact(
            f"tkr  ·  {wording.percent(share)} av medlemsbidraget" if share is not None else "tkr"
        )
        if cap is None or share is None:
            self._equity_note.setText("Fyll i årets medlemsbidrag under Förbundet för att se taket.")
            return
        self._equity_note.setText(f"Tak enligt Nationella rådets trappa: {wording.amount(cap)}.")

    # -- going ----------------------------------------------------------------------------------------

    def _open_meeting(self) -> None:
        if self._meeting is not None:
            self.shell.go("meeting", self._meeting.id)

    def _follow_left(self, index: QModelIndex) -> None:
        self.shell.go("meeting", str(index.data(RowRole.KEY)))

    def _go_to_meetings(self) -> None:
        self.shell.go("meetings")

    def _new_meeting(self) -> None:
        self.shell.go("meetings", "ny")

    def _go_to_year_wheel(self) -> None:
        self.shell.go("year_wheel")

    def _go_to_equity(self, key: str) -> None:
        """To the figures that a bar was made of; to the years of economy where those are a plan's."""
        if key:
            self.shell.go("meeting", key)
        else:
            self.shell.go("figures", "ekonomi")

    def _go_to_report(self) -> None:
        known = self._facts.economy
        if known is not None:
            self.shell.go("meeting", f"{known.meeting.id}/dagordning/{known.item.id}")


@dataclass(frozen=True, slots=True)
class _Found:
    workspace: Workspace
    facts: OverviewFacts


class _Work:
    """The work of a thread: all that is shown, of the values as they are when it begins."""

    def __init__(self, workspace: Workspace, today: date) -> None:
        self._workspace = workspace
        self._today = today

    def __call__(self, progress: Progress) -> object:
        try:
            templates = standard_templates()
        except UserError:
            templates = ()
        self._workspace.read_all(lambda _done, _total: progress.give_way())
        association, meetings = self._workspace.association, self._workspace.meetings
        facts = overview_facts(association, meetings, self._today, templates, progress.give_way)
        return _Found(self._workspace, facts)


_DEADLINE_WORDS = {
    DeadlineKind.NOTICE: "Kallelse ut",
    DeadlineKind.ABSENCE: "Frånvaro anmäls",
    DeadlineKind.ADJUSTMENT: "Justering senast",
    DeadlineKind.PUBLIC_NOTICE: "Anslag",
    DeadlineKind.APPEAL: "Överklagandetid ut",
    DeadlineKind.REMOVAL: "Anslag får tas ned",
    DeadlineKind.ANNUAL_REPORT: "Årsredovisning",
    DeadlineKind.BUDGET: "Budget fastställd",
}


def _from_the_sum_of_income(rows: tuple[PrintedRow, ...]) -> tuple[PrintedRow, ...]:
    """The rows without headings, and without what the first sum adds up: income is one line here."""
    first = next((place for place, row in enumerate(rows) if row.kind is RowKind.SUM), 0)
    return tuple(row for row in rows[first:] if row.kind is not RowKind.HEADING)


def _source(figure: YearFigure) -> str:
    return f"{figure.meeting_id}/dagordning/{figure.item_id}" if figure.meeting_id else ""


def _step_of(deadline: Deadline) -> str:
    return "kallelse" if deadline.kind in (DeadlineKind.NOTICE, DeadlineKind.ABSENCE) else "efter"


def _column() -> tuple[QWidget, QVBoxLayout]:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(current_theme().px(4))
    return box, column


def make(shell: Shell) -> OverviewView:
    """The view for the place "overview"."""
    return OverviewView(shell)

"""Ekonomi: equity against both measures, how the years have gone, who contributes what, and the fee to NNS."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from finsam_desktop.domain import wording
from finsam_desktop.domain.contributions import FEE_CONFLICTS, divided, service_fees, share_faults
from finsam_desktop.domain.economy_years import Certainty, EconomyYear, YearFigure, economy_years
from finsam_desktop.domain.equity_findings import LatestEquity, latest_equity, verdicts
from finsam_desktop.domain.equity_measures import NOT_THE_SAME, MeasuredEquity, Moment
from finsam_desktop.ui.models.cells_model import KEY_ROLE, CellsModel, TableCell, TableColumn
from finsam_desktop.ui.models.row_model import Row, RowModel
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.views.page import Page
from finsam_desktop.ui.widgets.bar_chart import Bar, BarChart, BarGroup, Limit, Look
from finsam_desktop.ui.widgets.empty_state import EmptyState
from finsam_desktop.ui.widgets.rows import RowDelegate, RowList
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.surfaces import Label, Pane, SectionHead
from finsam_desktop.ui.widgets.tables import DataTable

_MOMENTS = {
    Moment.START: "Årets början", Moment.NOW: "Nu", Moment.FORECAST: "Årets slut", Moment.YEAR_END: "Årets slut",
}  # fmt: skip
_LOOKS = {Certainty.OUTCOME: Look.OUTCOME, Certainty.FORECAST: Look.FORECAST, Certainty.PLAN: Look.PLAN}
_WORDS = {Certainty.OUTCOME: "utfall", Certainty.FORECAST: "prognos", Certainty.PLAN: "plan"}
_YEARS = tuple(
    TableColumn(title=title, right=place > 0)
    for place, title in enumerate(
        ("År", "Budget, kostnader", "Kostnader", "Resultat", "Eget kapital vid årets slut")
    )
)
_PARTS = (
    TableColumn(title="Medlem"), TableColumn(title="Andel", right=True), TableColumn(title="Belopp, kr", right=True),
    TableColumn(title="Grund"),
)  # fmt: skip
_FEES = (
    TableColumn(title="Avgift"),
    TableColumn(title="Gäller"),
    TableColumn(title="Belopp, kr", right=True),
)
_LEGEND = "Fylld: utfall. Streckad: prognos. Prickad: plan. Ofylld med heldragen kant: budget. Belopp i tkr."


class FigureEconomyPane(Pane):
    """A tab of Siffror."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__("base", parent=parent)
        self.shell = shell
        self._seen: object = None
        self._latest: LatestEquity | None = None
        self.equity = BarChart("Eget kapital mot båda måtten")
        self.costs = BarChart("Kostnader år för år, budget och utfall")
        self.results = BarChart("Resultat år för år")
        self.capital = BarChart("Eget kapital vid årets slut, år för år")
        for chart in (self.equity, self.costs, self.results, self.capital):
            chart.opened.connect(self._open)
        self.verdicts = RowModel(parent=self)
        self._verdict_list = RowList(
            "Eget kapital mot måtten", delegate=RowDelegate(number_width=18, indent=0, margin=0)
        )
        self._verdict_list.setModel(self.verdicts)
        self.years = _table("År för år", _YEARS, 0)
        self.years.setMaximumWidth(current_theme().px(760))  # a year and its figures are read as one line
        self.parts = _table("Medlemsbidrag", _PARTS, 3)
        self.fees = _table("Serviceavgift till NNS", _FEES, 1)
        self.years.verb_clicked.connect(self._open_cell)
        self.years.opened.connect(self._open_cell)
        self._faults = Label("", "meta", "warn", wrap=True)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._make_empty())
        self._page = self._make_page()
        self._stack.addWidget(self._page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.refresh()

    # -- what the place asks --------------------------------------------------------------------------

    def facts(self) -> tuple[str, ...]:
        """What stands beside the place's name: where the latest figures come from."""
        if self._latest is None:
            return ()
        return (f"Siffror ur {self._latest.item.title}", wording.long_date(self._latest.meeting.date))

    def panes(self) -> tuple[QWidget, ...]:
        """The panes that F6 goes between."""
        return (self.equity, self.years, self.parts)

    def refresh(self) -> None:
        """Show the association as it is; while another tab is shown nothing is counted."""
        if not self.isVisible() and self._seen is not None:
            return
        session = self.shell.session
        association = session.association
        seen = (association.rules.contribution, association.members, association.plans, session.meetings)
        if seen == self._seen:
            return
        self._seen = seen
        self._latest = latest_equity(association, session.meetings)
        years = economy_years(association, session.meetings)
        known = association.rules.contribution is not None
        self._stack.setCurrentIndex(1 if self._latest or years or known else 0)
        self._show_equity()
        self._show_years(years)
        self._show_parts()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def flush(self) -> None:
        """Nothing is typed here."""

    # -- building -------------------------------------------------------------------------------------

    def _make_empty(self) -> QWidget:
        empty = EmptyState(
            "Här visas eget kapital, medlemsbidragen och hur ekonomin går år för år.",
            "Sätt in en resultatrapport och en balansrapport i ett ärende, så kommer siffrorna hit.",
            "Gör rapporter",
            icon="table-2",
        )
        empty.action_pressed.connect(self._go_reports)
        empty.example_pressed.connect(self.shell.open_example)
        return empty

    def _make_page(self) -> Page:
        theme = current_theme()
        page = Page("Ekonomi", text_width=1120)
        self._equity_head = SectionHead("Eget kapital mot båda måtten")
        self._equity_head.followed.connect(self._open_latest)
        page.add(self._equity_head)
        self._no_equity = Label(
            "Inget ärende har en balansrapport med eget kapital än. Gör en under Rapporter.",
            "body",
            "text2",
            wrap=True,
        )
        page.add(self._no_equity)
        self._equity_row = QWidget()
        row = QHBoxLayout(self._equity_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(28))
        row.addWidget(self.equity, 5, Qt.AlignmentFlag.AlignTop)
        right = QVBoxLayout()
        right.addWidget(self._verdict_list)
        right.addWidget(Label(NOT_THE_SAME, "meta", "text2", wrap=True))
        right.addStretch(1)
        row.addLayout(right, 6)
        page.add(self._equity_row)
        self._years_head = SectionHead("År för år")
        page.add(self._years_head, space_before=12)
        self._charts = QWidget()
        charts = QHBoxLayout(self._charts)
        charts.setContentsMargins(0, 0, 0, 0)
        charts.setSpacing(theme.px(28))
        for title, chart in (
            ("Kostnader", self.costs),
            ("Resultat", self.results),
            ("Eget kapital", self.capital),
        ):
            column = QVBoxLayout()
            column.setSpacing(theme.px(4))
            column.addWidget(Label(title, "label", "text2"))
            column.addWidget(chart)
            charts.addLayout(column, 1)
        page.add(self._charts)
        self._legend = Label(_LEGEND, "meta", "text2", wrap=True)
        page.add(self._legend)
        page.add(self.years)
        self._parts_head = SectionHead("Medlemsbidrag", link="Ändra")
        self._parts_head.followed.connect(self._go_association)
        page.add(self._parts_head, space_before=12)
        self._no_contribution = Label(
            "Årets medlemsbidrag är inte angivna. Skriv dem under Förbundet, så delas de upp och eget kapital mäts.",
            "body", "text2", wrap=True,
        )  # fmt: skip
        page.add(self._no_contribution)
        page.add(self.parts)
        page.add(self._faults)
        self._fee_head = SectionHead("Serviceavgift till NNS", "En uträkning, ingen faktura")
        page.add(self._fee_head, space_before=12)
        page.add(self.fees)
        self._conflict = Label(
            "\n".join(("Källorna säger olika:", *FEE_CONFLICTS)), "meta", "text2", wrap=True
        )
        page.add(self._conflict)
        return page

    # -- showing --------------------------------------------------------------------------------------

    def _show_equity(self) -> None:
        latest = self._latest
        self._equity_row.setVisible(latest is not None)
        self._no_equity.setVisible(latest is None)
        self._equity_head.set_link("Visa ärendet" if latest is not None else "")
        if latest is None:
            return
        key = f"{latest.meeting.id}/dagordning/{latest.item.id}"
        groups = tuple(
            BarGroup(
                label=_MOMENTS[each.moment],
                note="prognos" if each.moment is Moment.FORECAST else (str(each.day) if each.day else ""),
                bars=(Bar(
                    amount=each.amount, words=_moment_in_words(each), key=key,
                    look=Look.FORECAST if each.moment is Moment.FORECAST else Look.OUTCOME,
                ),),
            )
            for each in latest.measured
        )  # fmt: skip
        caps = latest.measured[0]
        limits = (
            (
                Limit(label="Trappan", amount=caps.cap),
                Limit(label="20 procent", amount=caps.plain_cap, dashed=True),
            )
            if caps.cap is not None and caps.plain_cap is not None
            else ()
        )
        self.equity.set_chart(groups, limits)
        said = verdicts(latest.measured)
        rows = [
            Row(title=each.title, meta=each.text, leading=State.DONE if each.within else State.CONSIDER)
            for each in said
        ]
        apart = [each for each in latest.measured if each.within_ladder != each.within_plain]
        if apart:
            when = wording.join_names([each.moment.value for each in apart])
            rows.append(Row(title=f"Måtten ger olika svar {when}", meta=_apart(apart[0]), leading=State.NOTE))
        if not said:
            rows = [
                Row(
                    title="Eget kapital kan inte mätas",
                    meta="Årets medlemsbidrag saknas.",
                    leading=State.NOTE,
                )
            ]
        self.verdicts.set_rows(tuple(rows))
        self._verdict_list.setFixedHeight(self._verdict_list.height_of_rows() + current_theme().px(4))

    def _show_years(self, years: tuple[EconomyYear, ...]) -> None:
        for widget in (self._years_head, self._charts, self._legend, self.years):
            widget.setVisible(bool(years))
        for chart, names in (
            (self.costs, ("budget", "costs")),
            (self.results, ("result",)),
            (self.capital, ("equity",)),
        ):
            groups = []
            for year in years:
                bars = [
                    _bar(year.year, name, figure)
                    for name in names
                    if (figure := getattr(year, name)) is not None
                ]
                if bars:
                    groups.append(BarGroup(label=str(year.year), bars=tuple(bars)))
            chart.set_chart(tuple(groups))
        rows = tuple(
            (
                TableCell(text=str(year.year), strong=True),
                *(_cell(getattr(year, name)) for name in ("budget", "costs", "result", "equity")),
            )
            for year in years
        )
        _fill(self.years, _YEARS, rows)

    def _show_parts(self) -> None:
        association = self.shell.session.association
        total = association.rules.contribution
        for widget in (self.parts, self._fee_head, self.fees, self._conflict):
            widget.setVisible(total is not None)
        self._no_contribution.setVisible(total is None)
        self._faults.hide()
        if total is None:
            return
        self._parts_head.set_fact(f"{wording.number(total, 0)} kr i år")
        rows = [
            (
                TableCell(text=part.name),
                TableCell(text=wording.percent(part.share, 2)),
                TableCell(text=wording.number(part.amount, 2)),
                TableCell(text=part.basis, tone="text2"),
            )
            for part in divided(association.members, total)
        ]
        rows.append((
            TableCell(text="Summa", sum=True), TableCell(text=wording.percent(Decimal(1), 2), sum=True),
            TableCell(text=wording.number(total, 2), sum=True), TableCell(sum=True),
        ))  # fmt: skip
        _fill(self.parts, _PARTS, tuple(rows))
        faults = share_faults(association.members)
        self._faults.setText("\n".join(faults))
        self._faults.setVisible(bool(faults))
        _fill(self.fees, _FEES, tuple(
            (
                TableCell(text=f"{_permille(fee.permille)} promille av medlemsbidragen"),
                TableCell(text=f"från {fee.since}" if fee.since else "dessförinnan", tone="text2"),
                TableCell(text=wording.number(fee.amount, 2)),
            )
            for fee in service_fees(total)
        ))  # fmt: skip

    # -- going ----------------------------------------------------------------------------------------

    def _open(self, key: str) -> None:
        if key.startswith("plan/"):
            self.shell.go("figures", key)
        else:
            self.shell.go("meeting", key)

    def _open_cell(self, index: QModelIndex) -> None:
        if key := str(index.data(KEY_ROLE) or ""):
            self._open(key)

    def _open_latest(self) -> None:
        if self._latest is not None:
            self._open(f"{self._latest.meeting.id}/dagordning/{self._latest.item.id}")

    def _go_reports(self) -> None:
        self.shell.go("figures", "rapporter")

    def _go_association(self) -> None:
        self.shell.go("association", "uppgifter")


def _table(name: str, columns: tuple[TableColumn, ...], stretched: int) -> DataTable:
    table = DataTable(name)
    table.setModel(CellsModel(columns, parent=table))
    table.stretch_column(stretched)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return table


def _fill(
    table: DataTable, columns: tuple[TableColumn, ...], rows: tuple[tuple[TableCell, ...], ...]
) -> None:
    model = table.model()
    assert isinstance(model, CellsModel)
    model.set_table(columns, rows)
    table.fit_height()


def _key(figure: YearFigure) -> str:
    if figure.meeting_id:
        return f"{figure.meeting_id}/dagordning/{figure.item_id}"
    return f"plan/{figure.plan_year}"


def _bar(year: int, name: str, figure: YearFigure) -> Bar:
    what = {
        "budget": "budget för kostnader",
        "costs": "kostnader",
        "result": "resultat",
        "equity": "eget kapital",
    }[name]
    is_budget = name == "budget" and figure.certainty is not Certainty.PLAN
    kind = "" if name == "budget" else f", {_WORDS[figure.certainty]}"
    return Bar(
        amount=figure.amount,
        look=Look.BUDGET if is_budget else _LOOKS[figure.certainty],
        words=f"{year}, {what}{kind}: {wording.amount(figure.amount)}",
        key=_key(figure),
    )


def _cell(figure: YearFigure | None) -> TableCell:
    if figure is None:
        return TableCell(text="–", tone="text3")
    # The word stands first, so that the figures stand below each other.
    kind = "" if figure.certainty is Certainty.OUTCOME else f"{_WORDS[figure.certainty]} "
    return TableCell(text=f"{kind}{wording.amount(figure.amount)}", verb=True, key=_key(figure))


def _apart(each: MeasuredEquity) -> str:
    """Which of the measures is passed."""
    name = "trappan" if each.within_plain else "måttet 20 procent"
    return f"{wording.amount(each.amount)} är över {name} men inte över det andra måttet."


def _permille(value: object) -> str:
    return f"{value}".replace(".", ",")


def _moment_in_words(each: MeasuredEquity) -> str:
    share = f", {wording.percent(each.share, 1)} av medlemsbidragen" if each.share is not None else ""
    return f"Eget kapital {each.moment.value}: {wording.amount(each.amount)}{share}"

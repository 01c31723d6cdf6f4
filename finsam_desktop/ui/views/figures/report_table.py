"""The reports that were made: each as a table to work in, as it will look in Word, and what the checks say."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from finsam_desktop.bookkeeping_reports import MadeReports
from finsam_desktop.domain.figures import FigureTable, Purpose
from finsam_desktop.domain.figures_checks import FigureFinding, Level, check_table
from finsam_desktop.domain.figures_layout import printed
from finsam_desktop.ui.models.report_model import COMMENT, ReportModel
from finsam_desktop.ui.models.row_model import Row, RowModel
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.widgets.paper_table import PaperTable
from finsam_desktop.ui.widgets.rows import RowDelegate, RowList, RowRole
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.steps import PaneTabs
from finsam_desktop.ui.widgets.surfaces import Pane
from finsam_desktop.ui.widgets.tables import DataTable

_STATES = {
    Level.ERROR: State.MUST_MEND,
    Level.WARNING: State.CONSIDER,
    Level.NOTE: State.NOTE,
    Level.OK: State.DONE,
}
_NAMES = {Purpose.INCOME_STATEMENT: "Resultatrapport", Purpose.BALANCE_SHEET: "Balansrapport"}
WORD = "Så blir det i Word"
_PAPER = 760
_COMMENT = 130


class ReportGrid(DataTable):
    """The cells of a report. Typing in forecast and comment writes there; F2 in another figure asks for a change."""

    override_wanted = Signal(QModelIndex)

    def __init__(self, model: ReportModel, parent: QWidget | None = None) -> None:
        super().__init__("Rapporten", parent)
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed | trigger.AnyKeyPressed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.doubleClicked.connect(self._override)
        model.modelReset.connect(self.fit_columns)
        model.dataChanged.connect(self.fit_columns)
        current_theme().changed.connect(self.fit_columns)
        # Fixed: a width that followed its contents would be measured again at every layout.
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def fit_columns(self) -> None:
        """Figures take what they need, the comment what is left; where that is too little the grid scrolls."""
        self.horizontalHeader().setMinimumSectionSize(current_theme().px(60))
        self.resizeColumnsToContents()
        self._fit_comment()

    def _fit_comment(self) -> None:
        model = self.model()
        last = model.columnCount() - 1
        if last >= 0 and model.headerData(last, Qt.Orientation.Horizontal) == COMMENT:
            taken = sum(self.columnWidth(column) for column in range(last))
            self.setColumnWidth(last, max(current_theme().px(_COMMENT), self.viewport().width() - taken))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_comment()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        pressed = event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if pressed and index.isValid() and not event.modifiers():
            if index.flags() & Qt.ItemFlag.ItemIsEditable:
                self.edit(index)
            else:
                self._override(index)
            return
        super().keyPressEvent(event)

    def _override(self, index: QModelIndex) -> None:
        model = self.model()
        if isinstance(model, ReportModel) and model.can_override(index):
            self.override_wanted.emit(index)


class ReportTables(Pane):
    """Tabs for the reports and for Word, the chosen one, and the checks below.

    ``forecast_typed(post, text)``, ``comment_typed(post, text)``, ``override_wanted(QModelIndex)``, and
    ``mend_wanted(FigureFinding)`` when a sum that does not agree is to be set right.
    """

    forecast_typed = Signal(str, str)
    comment_typed = Signal(str, str)
    override_wanted = Signal(QModelIndex)
    mend_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("base", "left", parent)
        self._made: MadeReports | None = None
        self._differs = False
        self._shown: dict[str, FigureFinding] = {}
        self.tabs = PaneTabs((), "Rapporter")
        self.tabs.currentChanged.connect(self._show_tab)
        self.model = ReportModel(self)
        self.model.forecast_typed.connect(self.forecast_typed)
        self.model.comment_typed.connect(self.comment_typed)
        self.grid = ReportGrid(self.model)
        self.grid.override_wanted.connect(self.override_wanted)
        self.papers = QWidget()
        self._papers_column = QVBoxLayout(self.papers)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        desk = Pane("desk")
        inner = QVBoxLayout(desk)
        inner.setContentsMargins(0, 0, 0, 0)
        self.papers.setMaximumWidth(current_theme().px(_PAPER))
        inner.addWidget(self.papers)
        inner.addStretch(1)
        scroll.setWidget(desk)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.grid)
        self._stack.addWidget(scroll)
        self._rows = RowModel(parent=self)
        self.list = RowList(
            "Kontroller av rapporterna", delegate=RowDelegate(number_width=18, indent=0, margin=0)
        )
        self.list.setModel(self._rows)
        self.list.chosen.connect(self._finding_chosen)
        self.list.opened.connect(self._mend)
        self.list.verb_clicked.connect(self._mend)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 3)
        self._below = Pane("base", "top")
        below = QVBoxLayout(self._below)
        theme = current_theme()
        below.setContentsMargins(theme.px(16), theme.px(4), theme.px(16), 0)
        below.addWidget(self.list)
        column.addWidget(self._below, 1)

    @property
    def made(self) -> MadeReports | None:
        return self._made

    def current_table(self) -> FigureTable | None:
        """The report that is worked in; None while Word's page is shown."""
        place = self.tabs.currentIndex()
        return self._made.tables[place] if self._made and 0 <= place < len(self._made.tables) else None

    def show_reports(self, made: MadeReports) -> None:
        """Show other reports, or the same with other figures."""
        self._made = made
        names = (*(_NAMES.get(table.purpose, "Per del") for table in made.tables), WORD)
        if names != tuple(self.tabs.tabText(place) for place in range(self.tabs.count())):
            self.tabs.set_names(names)
            self.tabs.setCurrentIndex(0)
        self._show_tab(max(self.tabs.currentIndex(), 0))
        self._show_checks(made)

    def _show_checks(self, made: MadeReports) -> None:
        self._differs = False
        rows = [
            Row(
                title=finding.title,
                meta=finding.text,
                leading=_STATES[finding.level],
                key=f"finding-{place}",
                verb="Räkna om" if finding.expected is not None else "",
            )
            for place, finding in enumerate(made.findings)
        ]
        self._shown = {f"finding-{place}": finding for place, finding in enumerate(made.findings)}
        rows += [Row(title=remark, leading=State.NOTE) for remark in made.remarks]
        if not rows:
            rows = [
                Row(
                    title="Alla kontroller stämmer",
                    meta="Summor, tecken, balans och eget kapital",
                    leading=State.DONE,
                )
            ]
        self._rows.set_rows(tuple(rows))
        self._fit_list()

    def show_differences(self, rows: tuple[Row, ...]) -> None:
        """Show what would be replaced, in the place of the checks."""
        self._differs = True
        self._rows.set_rows(rows)
        self._fit_list()

    def hide_differences(self) -> None:
        """Show the checks again."""
        if self._differs and self._made is not None:
            self._show_checks(self._made)

    def _fit_list(self) -> None:
        theme = current_theme()
        self._below.setMaximumHeight(min(self.list.height_of_rows() + theme.px(12), theme.px(260)))

    def _show_tab(self, index: int) -> None:
        if self._made is None:
            return
        if index >= len(self._made.tables):
            self._show_papers()
            self._stack.setCurrentIndex(1)
            return
        table = self._made.tables[index]
        doubts = frozenset(
            (finding.row, finding.column)
            for finding in check_table(table)
            if finding.row is not None and finding.column is not None
        )
        self.model.show(table, doubts, forecasts=table.purpose is not Purpose.BALANCE_SHEET)  # type: ignore[arg-type]
        self._stack.setCurrentIndex(0)

    def _show_papers(self) -> None:
        assert self._made is not None
        while self._papers_column.count() > len(self._made.tables):
            entry = self._papers_column.takeAt(self._papers_column.count() - 1)
            if entry is not None and (widget := entry.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        while self._papers_column.count() < len(self._made.tables):
            self._papers_column.addWidget(PaperTable())
        for place, table in enumerate(self._made.tables):
            entry = self._papers_column.itemAt(place)
            widget = entry.widget() if entry is not None else None
            assert isinstance(widget, PaperTable)
            widget.set_table(printed(table))

    def _finding_chosen(self, index: QModelIndex) -> None:
        """Go to the cell that the finding is about."""
        finding = self._shown.get(str(index.data(RowRole.KEY)))
        if finding is None or self._made is None or finding.row is None:
            return
        for place, table in enumerate(self._made.tables):
            if finding.row < len(table.rows) and any(
                cell.address == finding.address for cell in table.rows[finding.row].cells
            ):
                self.tabs.setCurrentIndex(place)
                self.grid.setCurrentIndex(self.model.index(finding.row, finding.column or 0))
                return

    def _mend(self, index: QModelIndex) -> None:
        finding = self._shown.get(str(index.data(RowRole.KEY)))
        if finding is not None and finding.expected is not None:
            self._finding_chosen(index)
            self.mend_wanted.emit(finding)

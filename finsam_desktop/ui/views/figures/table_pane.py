"""Källa och tabell: from a workbook, a bookkeeping file or a pasted table to a table in an item.

Source, reading and result stand side by side, read from left to right.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QScrollArea, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from finsam_desktop.attach_figures import same_place, set_in
from finsam_desktop.domain import agenda, numbering
from finsam_desktop.domain.figures import FigureTable
from finsam_desktop.domain.figures_checks import FigureFinding, Level, check_table, passed_checks
from finsam_desktop.domain.figures_layout import printed
from finsam_desktop.errors import UserError
from finsam_desktop.sources import (
    SIE_SUFFIXES,
    SPREADSHEET_SUFFIXES,
    RecognisedTable,
    Workbook,
    apply,
    compare,
    figure_table,
    fits,
    mapping_of_table,
    pasted_workbook,
    read_workbook,
    recognise,
    recognise_range,
    recognise_sheet,
)
from finsam_desktop.sources.periods import without_time
from finsam_desktop.sources.workbook import range_text
from finsam_desktop.ui.dialog_service import WORKBOOKS
from finsam_desktop.ui.jobs import Progress
from finsam_desktop.ui.models.row_model import Row, RowModel
from finsam_desktop.ui.models.sheet_model import SheetModel
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.view import Shell
from finsam_desktop.ui.views.figures.near_files import NearFiles
from finsam_desktop.ui.views.figures.reading import FigureReading
from finsam_desktop.ui.views.figures.target import FigureTarget
from finsam_desktop.ui.widgets.buttons import link_button, primary_button, secondary_button
from finsam_desktop.ui.widgets.drop_zone import DropZone, local_files
from finsam_desktop.ui.widgets.notification import Notice
from finsam_desktop.ui.widgets.paper_table import PaperTable
from finsam_desktop.ui.widgets.rows import RowDelegate, RowList
from finsam_desktop.ui.widgets.sheet_view import SheetView
from finsam_desktop.ui.widgets.states import State
from finsam_desktop.ui.widgets.steps import PaneTabs
from finsam_desktop.ui.widgets.surfaces import Label, Pane, PaneHead


class FigureTablePane(QWidget):
    """A tab of Siffror: one workbook at a time, and the item its table is meant for. ``head_changed()`` as a view's.

    ``reports_wanted(Path)`` when the bookkeeping file at hand is to become reports.
    """

    head_changed = Signal()
    reports_wanted = Signal(object)

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shell = shell
        self._book: Workbook | None = None
        self._path: Path | None = None
        self._found: tuple[RecognisedTable, ...] = ()
        self._table: RecognisedTable | None = None
        self._figures: FigureTable | None = None
        self._changed: dict[tuple[str, str], _Change] = {}
        self._shown_differences = False
        self._other_file = secondary_button("Byt fil", "folder-open")
        self._other_file.clicked.connect(self._choose_file)
        self._paste = secondary_button("Klistra in tabell", "file-input")
        self._paste.setToolTip("Tabell som är kopierad i Excel eller på en webbsida (Ctrl+V)")
        self._paste.clicked.connect(self.paste)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.paste)
        self._reports = secondary_button("Gör rapporter", "file-text")
        self._reports.setToolTip(
            "Resultatrapport och balansrapport ur bokföringen, med prognos och kommentarer"
        )
        self._reports.clicked.connect(self._make_reports)
        self._insert = primary_button("Sätt in i ärendet", "table-2")
        self._insert.clicked.connect(self._set_in)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._make_empty())
        self._stack.addWidget(self._make_work())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self.setAcceptDrops(True)
        shell.session.opened.connect(self._forget)
        self.refresh()

    # -- what the place asks --------------------------------------------------------------------------

    def facts(self) -> tuple[str, ...]:
        """What stands beside the place's name: the file, and what was found in it."""
        if self._book is None:
            return ()
        count = len(self._found)
        recognised = "1 tabell igenkänd" if count == 1 else f"{count} tabeller igenkända"
        return (self._book.file_name, f"{len(self._book.sheets)} blad", recognised)

    def head_widgets(self) -> tuple[QWidget, ...]:
        """Its buttons in the place's head."""
        if self._book is None:
            return (self._paste,)
        reports = (self._reports,) if self._is_bookkeeping() else ()
        return (self._other_file, self._paste, *reports, self._insert)

    def primary(self) -> QPushButton | None:
        """The filled button; none before there is a file."""
        return self._insert if self._book is not None else None

    def refresh(self) -> None:
        """Show the meetings and items as they are."""
        self._targets.refresh()

    def panes(self) -> tuple[QWidget, ...]:
        """The panes that F6 goes between."""
        return (self._sheet_view, self._reading, self._targets) if self._book is not None else (self._zone,)

    def show_target(self, target: str) -> None:
        """ "meeting-id/item-id": the item that the table is meant for."""
        meeting_id, _, item_id = target.partition("/")
        self._targets.choose(meeting_id, item_id)

    def flush(self) -> None:
        """Take in what is being typed."""
        self._reading.flush()

    def _is_bookkeeping(self) -> bool:
        return self._path is not None and self._path.suffix.lower() in SIE_SUFFIXES

    def _make_reports(self) -> None:
        if self._is_bookkeeping():
            self.reports_wanted.emit(self._path)

    # -- building -------------------------------------------------------------------------------------

    def _make_empty(self) -> QWidget:
        theme = current_theme()
        pane = Pane("base")
        column = QVBoxLayout(pane)
        column.setContentsMargins(theme.px(28), theme.px(24), theme.px(28), theme.px(24))
        column.setSpacing(theme.px(6))
        column.addWidget(
            Label(
                "Här blir siffror ur Excel eller bokföringen till tabeller i ett ärende.",
                "section",
                wrap=True,
            )
        )
        column.addWidget(
            Label(
                "Släpp en resultatrapport, en balansrapport eller en SIE-fil, eller klistra in en tabell som är "
                "kopierad i Excel eller på en webbsida (Ctrl+V).",
                "body",
                "text2",
                wrap=True,
            )
        )
        column.addSpacing(theme.px(10))
        self._zone = DropZone(
            "Släpp ett kalkylblad eller en SIE-fil här", endings=tuple(SPREADSHEET_SUFFIXES)
        )
        self._zone.setMaximumWidth(theme.px(560))
        self._zone.dropped.connect(self._dropped)
        self._zone.choose_pressed.connect(self._choose_file)
        column.addWidget(self._zone)
        self.near = NearFiles(self.shell, SPREADSHEET_SUFFIXES)
        self.near.chosen.connect(self.open_file)
        column.addWidget(self.near)
        # With files of one's own at hand, or inside the example, it would only lead away.
        self._example = link_button("Titta på exempelförbundet")
        self._example.clicked.connect(self.shell.open_example)
        self.near.found.connect(self._example.setHidden)
        column.addWidget(self._example, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return pane

    def _make_work(self) -> QWidget:
        theme = current_theme()
        splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._make_source())
        reading = Pane("base", "left")
        column = QVBoxLayout(reading)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        self._reading_head = PaneHead("Tolkning")
        self._reading = FigureReading()
        self._reading.corrected.connect(self._understand)
        self._reading.header_chosen.connect(self._begin_at)
        self._reading.recount_wanted.connect(self._recount)
        self._reading.restore_wanted.connect(self._restore)
        column.addWidget(self._reading_head)
        column.addWidget(self._reading, 1)
        splitter.addWidget(reading)
        splitter.addWidget(self._make_result())
        splitter.setSizes([theme.px(500), theme.px(324), theme.px(412)])
        # All three give way in a narrow window: the source alone would be left without its columns.
        for place, (share, least) in enumerate(((2, 240), (1, 320), (1, 300))):
            splitter.setStretchFactor(place, share)
            part = splitter.widget(place)
            assert part is not None
            part.setMinimumWidth(theme.px(least))
        return splitter

    def _make_source(self) -> QWidget:
        pane = Pane("base")
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._source_head = PaneHead("Källa")
        self._sheet_model = SheetModel(self)
        self._sheet_view = SheetView()
        self._sheet_view.setModel(self._sheet_model)
        self._sheet_tabs = PaneTabs((), "Blad")
        self._sheet_tabs.currentChanged.connect(self._show_sheet)
        column.addWidget(self._source_head)
        column.addWidget(self._sheet_view, 1)
        column.addWidget(self._sheet_tabs)
        return pane

    def _make_result(self) -> QWidget:
        theme = current_theme()
        pane = Pane("desk", "left")
        column = QVBoxLayout(pane)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(PaneHead("Så blir det i Word"))
        column.addWidget(self._make_targets())
        self._differences = RowModel(parent=self)
        self._difference_list = RowList("Skillnader", delegate=RowDelegate(number_width=0))
        self._difference_list.setModel(self._differences)
        self._difference_list.hide()
        column.addWidget(self._difference_list, 1)
        self._paper = PaperTable()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        holder = Pane("desk")
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(theme.px(16), theme.px(16), theme.px(16), theme.px(16))
        inner.addWidget(self._paper)
        inner.addStretch(1)
        scroll.setWidget(holder)
        column.addWidget(scroll, 2)
        return pane

    def _make_targets(self) -> QWidget:
        theme = current_theme()
        pane = Pane("base", "bottom")
        column = QVBoxLayout(pane)
        column.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        self._targets = FigureTarget(self.shell)
        self._targets.changed.connect(self._update_insert)
        self._item_choice = self._targets.item_choice
        column.addWidget(self._targets)
        return pane

    # -- the file -------------------------------------------------------------------------------------

    def _choose_file(self) -> None:
        self.shell.dialogs.open_file("Välj ett kalkylblad eller en SIE-fil", WORKBOOKS, self.open_file)

    def _dropped(self, files: tuple[Path, ...]) -> None:
        self.open_file(files[0])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData(), tuple(SPREADSHEET_SUFFIXES)):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = local_files(event.mimeData(), tuple(SPREADSHEET_SUFFIXES))
        if files:
            event.acceptProposedAction()
            self.open_file(files[0])

    def open_file(self, path: Path) -> None:
        """Read a workbook or a bookkeeping file in the background and show what is recognised in it."""
        self._path = path
        self.shell.jobs.run(_reader(path), label=f"Läser {path.name}", on_done=self._read)

    def paste(self) -> None:
        """Take the table that is copied in another program."""
        held = QGuiApplication.clipboard().mimeData()
        if files := local_files(held, tuple(SPREADSHEET_SUFFIXES)):
            self.open_file(files[0])
            return
        try:
            book = pasted_workbook(
                held.html() if held.hasHtml() else "", held.text() if held.hasText() else ""
            )
        except UserError as error:
            self.shell.session.failed.emit(error)
            return
        self._path = None
        self._read(_Read(book=book, found=recognise(book)))

    def _read(self, read: object) -> None:
        assert isinstance(read, _Read)
        book = self._book = read.book
        self._changed = {}
        self._found = tuple(self._as_last_time(table) for table in read.found)
        names = tuple(sheet.name for sheet in book.visible_sheets)
        first = next((t.sheet for t in self._found), "")
        self._reading.set_file_remarks(book.remarks)
        self._sheet_tabs.set_names(names)
        self._stack.setCurrentIndex(1)
        self._sheet_tabs.setCurrentIndex(names.index(first) if first in names else 0)
        self._show_sheet(self._sheet_tabs.currentIndex())
        self.head_changed.emit()

    def _as_last_time(self, table: RecognisedTable) -> RecognisedTable:
        """Understand a table as the last one from the same sender that was set into an item."""
        assert self._book is not None
        sheet = self._book.sheet(table.sheet)
        for meeting in reversed(self.shell.session.meetings):
            for item in agenda.walk(meeting.items):
                for old in item.figures:
                    mapping = mapping_of_table(old)
                    # The next tertial's sheet is called otherwise, but is the same sheet of the same sender.
                    same_sheet = _without_period(mapping.sheet) == _without_period(table.sheet)
                    if old.source and same_sheet and fits(mapping, table):
                        return apply(mapping, table, sheet)
        return table

    def _forget(self) -> None:
        self._book = self._table = self._figures = None
        self._changed = {}
        self._stack.setCurrentIndex(0)
        self.refresh()
        self.head_changed.emit()

    # -- the table ------------------------------------------------------------------------------------

    def _show_sheet(self, index: int) -> None:
        if self._book is None or index < 0:
            return
        sheet = self._book.visible_sheets[index]
        self._sheet_model.set_sheet(sheet)
        self._source_head.set_fact(f"{self._sheet_model.sheet_columns} kolumner, {sheet.row_count} rader")
        table = next((t for t in self._found if t.sheet == sheet.name), None)
        if table is None:
            self._table = self._figures = None
            self._paper.set_table(None)
            self._reading.setEnabled(False)
            self._reading_head.set_fact("Ingen tabell igenkänd")
            self._update_insert()
            return
        self._understand(table)

    def _understand(self, table: RecognisedTable) -> None:
        assert self._book is not None
        try:
            figures = self._with_changes(figure_table(self._book, table, read_on=self.shell.session.today))
        except UserError as error:
            self._table = self._figures = None
            self._sheet_model.set_table(table)
            self._paper.set_table(None)
            self.shell.notify(Notice(text=str(error), state=State.MUST_MEND, detail=error.detail))
            self._update_insert()
            return
        self._table, self._figures = table, figures
        self._found = tuple(table if (t.sheet, t.top) == (table.sheet, table.top) else t for t in self._found)
        findings = check_table(figures)
        doubts = frozenset(f.address for f in findings if f.level is not Level.OK and f.address)
        self._sheet_model.set_table(table, doubts)
        self._reading.setEnabled(True)
        self._reading_head.set_fact("" if table.certainty >= 0.6 else "Titta efter")
        self._reading.show_table(table, self._book.sheet(table.sheet), (*findings, *passed_checks(figures)))
        self._reading.show_changes(figures, findings)
        self._paper.set_table(printed(figures), doubts)
        self._sheet_view.viewport().update()
        self._update_insert()

    def _begin_at(self, row: int) -> None:
        """Understand the table anew with its head on another row."""
        if self._book is None or self._table is None:
            return
        old = self._table
        cells = range_text(row, old.left, old.bottom, old.right)
        try:
            found = recognise_range(self._book, old.sheet, cells)
        except UserError as error:
            self.shell.session.failed.emit(error)
            self._understand(old)
            return
        self._found = tuple(found if (t.sheet, t.top) == (old.sheet, old.top) else t for t in self._found)
        self._understand(found)

    def _recount(self, finding: FigureFinding) -> None:
        """Set the amount that would agree in the place of the source's; the file is left as it is."""
        if self._table is None or self._figures is None or finding.expected is None:
            return
        session = self.shell.session
        change = _Change(
            amount=finding.expected, by=session.user, why="Räknat om så att summan stämmer", at=session.now
        )
        self._changed[self._table.sheet, finding.address] = change
        self._understand(self._table)

    def _restore(self, address: str) -> None:
        """Take back the source's own amount."""
        if self._table is not None and self._changed.pop((self._table.sheet, address), None) is not None:
            self._understand(self._table)

    def _with_changes(self, figures: FigureTable) -> FigureTable:
        sheet = figures.source.sheet if figures.source is not None else ""
        for row, cells in enumerate(figures.rows):
            for column, cell in enumerate(cells.cells):
                made = self._changed.get((sheet, cell.address)) if cell.address else None
                if made is not None and cell.amount != made.amount:
                    figures = figures.with_override(
                        row, column, made.amount, by=made.by, why=made.why, at=made.at
                    )
        return figures

    # -- the item -------------------------------------------------------------------------------------

    def _old_table(self) -> FigureTable | None:
        item = self._targets.item()
        if item is None or self._figures is None:
            return None
        return next((t for t in item.figures if same_place(t, self._figures)), None)

    def _update_insert(self) -> None:
        number = self._targets.number()
        self._show_differences(())
        self._insert.setEnabled(self._figures is not None and bool(number))
        verb = "Uppdatera" if number and self._old_table() is not None else "Sätt in i"
        self._insert.setText(f"{verb} ärende {number}" if number else "Sätt in i ärendet")

    def _show_differences(self, rows: tuple[Row, ...]) -> None:
        self._shown_differences = bool(rows)
        self._differences.set_rows(rows)
        self._difference_list.setVisible(bool(rows))

    def _set_in(self) -> None:
        meeting, item, figures = self._targets.meeting(), self._targets.item(), self._figures
        if meeting is None or item is None or figures is None:
            return
        number = numbering.agenda_numbers(meeting)[item.id]
        old = self._old_table()
        differences = compare(old, figures) if old is not None else ()
        if differences and not self._shown_differences:
            heading = Row(
                title="Det här skiljer mot tabellen i ärendet", heading=True, time=str(len(differences))
            )
            rows = (
                Row(title=f"{d.row}, {d.column}", meta=f"{d.address}: {d.before} → {d.after}")
                for d in differences
            )
            self._show_differences((heading, *rows))
            self._insert.setText(f"Ersätt {len(differences)} siffror i ärende {number}")
            return
        label = f"Sätt in siffror i ärende {number}"
        if self.shell.session.change(label, meeting, set_in(meeting, item.id, (figures,))):
            self.shell.notify(
                Notice(
                    text=f"{figures.title} ligger i ärende {number}.",
                    action="Visa ärendet",
                    on_action=self._go_to_item(meeting.id, item.id),
                )
            )

    def _go_to_item(self, meeting_id: str, item_id: str) -> Callable[[], None]:
        shell = self.shell

        def go() -> None:
            shell.go("meeting", f"{meeting_id}/dagordning/{item_id}")

        return go


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What a job hands over: the workbook and what is recognised in it."""

    book: Workbook
    found: tuple[RecognisedTable, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """An amount that a person has set in a cell of the sheet at hand."""

    amount: Decimal
    by: str
    why: str
    at: datetime


def _without_period(sheet: str) -> str:
    return without_time(sheet).removesuffix(" helår")


def _reader(path: Path) -> Callable[[Progress], object]:
    def read(progress: Progress) -> _Read:
        book = read_workbook(path, lambda _done, _total: progress.step())
        found: list[RecognisedTable] = []
        for sheet in book.visible_sheets:
            progress.step()
            found += recognise_sheet(sheet)
        return _Read(book=book, found=tuple(found))

    return read

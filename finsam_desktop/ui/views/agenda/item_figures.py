"""The figure tables of an item: shown as they are printed, with their source, and renewed on request only."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QStyleOptionViewItem, QVBoxLayout, QWidget
from shiboken6 import isValid

from finsam_desktop.domain.agenda import AgendaItem
from finsam_desktop.domain.figures import FigureTable, Origin, RowKind
from finsam_desktop.domain.figures_layout import Align, printed
from finsam_desktop.errors import UserError
from finsam_desktop.ui.dialog_service import WORKBOOKS
from finsam_desktop.ui.models.cells_model import CellsModel, TableCell, TableColumn
from finsam_desktop.ui.theme import current_theme
from finsam_desktop.ui.views.meeting.open_meeting import OpenMeeting
from finsam_desktop.ui.widgets.buttons import link_button, secondary_button
from finsam_desktop.ui.widgets.surfaces import IconLabel, Label, empty
from finsam_desktop.ui.widgets.tables import DataTable, TableDelegate, TableRole

SHOWN_DIFFERENCES = 12
AnyIndex = QModelIndex | QPersistentModelIndex


def table_cells(table: FigureTable) -> tuple[tuple[TableColumn, ...], tuple[tuple[TableCell, ...], ...]]:
    """The table's columns and cells as they are printed."""
    shown = printed(table)
    columns = tuple(
        TableColumn(title="\n".join(column.lines), right=column.align is Align.RIGHT)
        for column in shown.columns
    )
    rows = tuple(
        tuple(
            TableCell(
                text=text,
                sum=row.kind in (RowKind.SUM, RowKind.TOTAL),
                strong=row.kind is not RowKind.ROW,
            )
            for text in row.cells
        )
        for row in shown.rows
    )
    return columns, rows


class _FigureDelegate(TableDelegate):
    """Labels wrap instead of being cut; figures as in every table."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        size = super().sizeHint(option, index)
        view = option.widget
        if index.column() == 0 and isinstance(view, DataTable):
            theme = current_theme()
            width = view.columnWidth(0) - theme.px(8)
            lines = QFontMetrics(_label_font(index)).boundingRect(
                QRect(0, 0, max(width, 40), 10_000), int(Qt.TextFlag.TextWordWrap), str(index.data() or "")
            )
            size.setHeight(max(size.height(), lines.height() + theme.px(10)))
        return size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        if index.column() != 0:
            super().paint(painter, option, index)
            return
        theme, rect = current_theme(), option.rect
        painter.save()
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("line"))
        if index.data(TableRole.SUM):
            painter.fillRect(QRect(rect.left(), rect.top() - 1, rect.width(), 1), theme.color("ctl"))
        painter.setFont(_label_font(index))
        painter.setPen(theme.color("text"))
        flags = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(rect.adjusted(0, 0, -theme.px(8), 0), flags, str(index.data() or ""))
        painter.restore()


def _label_font(index: AnyIndex) -> QFont:
    strong = index.data(TableRole.SUM) or index.data(TableRole.STRONG)
    return current_theme().font("body_strong" if strong else "body")


class _Table(QWidget):
    """One table with its title, source line and verbs."""

    renewed = Signal(object, object)
    removal_wanted = Signal(str)
    figures_wanted = Signal()

    def __init__(self, desk: OpenMeeting, table: FigureTable, parent: QWidget) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._desk, self._table = desk, table
        self._new: FigureTable | None = None
        columns, rows = table_cells(table)
        view = self._view = DataTable(table.title, self)
        view.setModel(CellsModel(columns, rows, view))
        view.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        metrics = QFontMetrics(theme.font("body_strong"))
        words = " ".join(row[0].text for row in rows if row).split()
        self._longest_word = max((metrics.horizontalAdvance(w) for w in words), default=0) + theme.px(10)
        view.setItemDelegate(_FigureDelegate(view))
        view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        view.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        view.fit_height()
        self._changed = IconLabel("triangle-alert", "", "label", "warn", wrap=True)
        self._changed.hide()
        self._differences = QWidget()
        self._differences.hide()
        self._lines = Label("", "body", wrap=True)
        take, keep = secondary_button("Ta in de nya siffrorna"), link_button("Behåll de gamla")
        take.clicked.connect(self._take)
        keep.clicked.connect(self._keep)
        answers = QHBoxLayout()
        answers.addWidget(take)
        answers.addWidget(keep)
        answers.addStretch(1)
        shown = QVBoxLayout(self._differences)
        shown.setContentsMargins(0, 0, 0, 0)
        shown.addWidget(self._lines)
        shown.addLayout(answers)
        verbs = QHBoxLayout()
        update, open_place, remove = (
            link_button("Uppdatera", "refresh-cw"), link_button("Visa i Siffror"), link_button("Ta bort"),
        )  # fmt: skip
        update.clicked.connect(self._update)
        open_place.clicked.connect(self.figures_wanted)
        remove.clicked.connect(self._remove)
        for button in (update, open_place, remove):
            button.setEnabled(not desk.locked)
            verbs.addWidget(button)
        # What was pasted has no file to read again.
        update.setVisible(table.source is not None and table.source.origin is not Origin.PASTED)
        verbs.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.px(6))
        column.setSpacing(theme.px(4))
        column.addWidget(Label(table.title, "body_medium", wrap=True))
        column.addWidget(view)
        column.addWidget(Label(printed(table).note, "meta", "text2", wrap=True))
        column.addWidget(self._changed)
        column.addWidget(self._differences)
        column.addLayout(verbs)
        self._note_changed_file()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The figures take what they need and the labels the rest; a word is never cut, then the table scrolls."""
        super().resizeEvent(event)
        view = self._view
        head = view.horizontalHeader()
        columns = range(1, view.model().columnCount())
        needed = sum(max(view.sizeHintForColumn(c), head.sectionSizeHint(c)) for c in columns)
        room = self.width() - needed - 2
        view.setColumnWidth(0, max(self._longest_word, room))
        view.resizeRowsToContents()
        view.fit_height()
        if room < self._longest_word:
            view.setFixedHeight(view.height() + view.horizontalScrollBar().sizeHint().height())

    def _near_file(self) -> Path | None:
        """The workbook the table was read from, when it lies beside the association's file."""
        source, path = self._table.source, self._desk.session.path
        if source is None or path is None:
            return None
        near = path.parent / source.file_name
        return near if near.is_file() else None

    def _note_changed_file(self) -> None:
        near, source = self._near_file(), self._table.source
        if near is None or source is None:
            return
        try:
            same = hashlib.sha256(near.read_bytes()).hexdigest() == source.sha256
        except OSError:
            return
        if not same:
            self._changed.set_text(f"{source.file_name} har ändrats sedan siffrorna lästes. Inget är utbytt.")
            self._changed.show()

    def _update(self) -> None:
        near = self._near_file()
        if near is not None:
            self._read(near)
        else:
            self._desk.shell.dialogs.open_file("Välj kalkylbladet", WORKBOOKS, self._read)

    def _read(self, path: Path) -> None:
        from finsam_desktop.sources import reread

        table, today = self._table, self._desk.today
        self._desk.shell.jobs.run(
            lambda _progress: reread(table, path, read_on=today),
            label=f"Läser {path.name}",
            on_done=self._show_differences,
            on_error=self._show_fault,
        )

    def _show_fault(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self._desk.session.failed.emit(error)
            return
        raise error

    def _show_differences(self, new: object) -> None:
        from finsam_desktop.sources import compare

        if not isValid(self):
            return
        assert isinstance(new, FigureTable)
        differences = compare(self._table, new)
        if not differences:
            self._desk.tell("Kalkylbladet har samma siffror. Inget behöver bytas.")
            return
        self._new = new
        lines = [str(difference) for difference in differences[:SHOWN_DIFFERENCES]]
        if len(differences) > SHOWN_DIFFERENCES:
            lines.append(f"och {len(differences) - SHOWN_DIFFERENCES} till")
        self._lines.setText("\n".join(lines))
        self._differences.show()

    def _take(self) -> None:
        if self._new is not None:
            self.renewed.emit(self._table, replace(self._new, id=self._table.id))

    def _keep(self) -> None:
        self._new = None
        self._differences.hide()

    def _remove(self) -> None:
        self.removal_wanted.emit(self._table.id)


class ItemFigures(QWidget):
    """All figure tables of the item at hand."""

    figures_wanted = Signal()

    def __init__(self, desk: OpenMeeting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._item_id = ""
        self._shown: object = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def show_item(self, item: AgendaItem) -> None:
        """Show the item's tables; the same tables are left alone."""
        shown = (item.id, item.figures, self._desk.locked)
        if shown == self._shown:
            return
        self._shown = shown
        self._item_id = item.id
        empty(self._column)
        for table in item.figures:
            row = _Table(self._desk, table, self)
            row.renewed.connect(self._renew)
            row.removal_wanted.connect(self._remove)
            row.figures_wanted.connect(self.figures_wanted)
            self._column.addWidget(row)

    def _renew(self, old: FigureTable, new: FigureTable) -> None:
        self._desk.change_item(
            f"Uppdatera ”{old.title}”",
            self._item_id,
            lambda item: replace(item, figures=tuple(new if t.id == old.id else t for t in item.figures)),
        )
        self._desk.tell(f"”{old.title}” har de nya siffrorna.", undo=True)

    def _remove(self, table_id: str) -> None:
        self._desk.change_item(
            "Ta bort siffror",
            self._item_id,
            lambda item: replace(item, figures=tuple(t for t in item.figures if t.id != table_id)),
        )
        self._desk.tell("Siffrorna togs bort.", undo=True)

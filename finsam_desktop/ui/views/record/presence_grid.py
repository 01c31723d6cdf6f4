"""The grid of people and paragraphs: bars for presence, words for exceptions, one letter per key."""

from __future__ import annotations

from PySide6.QtCore import (
    QIdentityProxyModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from finsam_desktop.ui.actions import LETTERS
from finsam_desktop.ui.models.attendance_grid import Cell, CellKind, GridColumn, GridRow, RowKind
from finsam_desktop.ui.models.attendance_model import AttendanceModel
from finsam_desktop.ui.theme import Theme, current_theme
from finsam_desktop.ui.views.record.presence_painting import (
    LEAST_COLUMN,
    NAME_WIDTH,
    NameDelegate,
    PresenceHead,
    line_below,
    paint_person,
)

AnyIndex = QModelIndex | QPersistentModelIndex
NARROW_NAMES = 200
ROW_HEIGHT = 30
TYPING_MS = 900
"""How long after a digit the next still belongs to the same number."""
_VCENTER = Qt.AlignmentFlag.AlignVCenter
_LEFT = _VCENTER | Qt.AlignmentFlag.AlignLeft
_ROOT = QModelIndex()


class _OnlyNames(QIdentityProxyModel):
    """The first column alone, for the view that stands still; 200 hidden columns would each be laid out."""

    def columnCount(self, parent: AnyIndex = _ROOT) -> int:
        return min(super().columnCount(parent), 1)


class PresenceGrid(QTableView):
    """The grid. ``key_pressed(letter)`` for the letters of `LETTERS`, ``cell_chosen()`` when another cell is at hand,
    ``details_wanted()`` on Enter. Digits go to the § or item with that number.
    """

    key_pressed = Signal(str)
    cell_chosen = Signal()
    details_wanted = Signal()

    def __init__(self, model: AttendanceModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._names: QTableView | None = None
        self._only_names = _OnlyNames(self)
        self._only_names.setSourceModel(model)
        self._typed = ""
        self._typing_over = QTimer(self)
        self._typing_over.setSingleShot(True)
        self._typing_over.setInterval(TYPING_MS)
        self._typing_over.timeout.connect(self._forget_typed)
        self.setAccessibleName("Närvaro per person och paragraf")
        self.setHorizontalHeader(PresenceHead(self))
        self._look(self)
        self.setModel(model)
        self._names = self._make_names()
        self.horizontalHeader().sectionPressed.connect(self._column_pressed)
        model.modelReset.connect(self._fit)
        current_theme().changed.connect(self._fit)
        self._fit()

    # -- what the step uses ---------------------------------------------------------------------------

    def row(self) -> GridRow | None:
        """The person at hand."""
        return self._model.row_at(self.currentIndex())

    def column(self) -> GridColumn | None:
        """The paragraph at hand."""
        return self._model.column_at(self.currentIndex().column())

    def choose(self, item_id: str, person_id: str = "") -> None:
        """Go to a paragraph, at the same person or another."""
        grid = self._model.grid
        if not grid.columns:
            return
        row = self.currentIndex().row()
        wanted = person_id or (grid.rows[row].person_id if 0 <= row < len(grid.rows) else "")
        people = [i for i, one in enumerate(grid.rows) if one.kind is RowKind.PERSON]
        place = next((i for i in people if grid.rows[i].person_id == wanted), people[0] if people else 0)
        self.setCurrentIndex(self._model.index(place, grid.column_of(item_id) + 1))

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        self.horizontalHeader().viewport().update()
        self.cell_chosen.emit()

    # -- keys -----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = " " if event.key() == Qt.Key.Key_Space else event.text().upper()
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        if plain and letter and letter in LETTERS:
            self.key_pressed.emit(letter)
        elif plain and letter.isdigit():
            self._go_to_number(letter)
        elif plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.details_wanted.emit()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and plain:
            self._step_row(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def _go_to_number(self, digit: str) -> None:
        """Digits typed together are a § or, where there is no such §, an item's number."""
        self._typed += digit
        self._typing_over.start()
        columns = self._model.grid.columns
        by_paragraph = {str(column.paragraph): column for column in reversed(columns)}
        by_number = {column.number: column for column in columns}
        found = by_paragraph.get(self._typed) or by_number.get(self._typed)
        if found is not None:
            self.choose(found.item_id)

    def _forget_typed(self) -> None:
        self._typed = ""

    def _step_row(self, step: int) -> None:
        """Up and down over headings, from person to person."""
        rows = self._model.grid.rows
        row = self.currentIndex().row() + step
        while 0 <= row < len(rows) and rows[row].kind is not RowKind.PERSON:
            row += step
        if 0 <= row < len(rows):
            self.setCurrentIndex(self._model.index(row, max(self.currentIndex().column(), 1)))

    def _column_pressed(self, section: int) -> None:
        column = self._model.column_at(section)
        if column is not None:
            self.choose(column.item_id)

    # -- look -----------------------------------------------------------------------------------------

    def _look(self, view: QTableView) -> None:
        view.setShowGrid(False)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setItemDelegate(NameDelegate(view))
        view.verticalHeader().hide()
        # Rows of one height: to ask each of thousands of cells for its own takes a second.
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.verticalHeader().setMinimumSectionSize(current_theme().px(ROW_HEIGHT))
        view.verticalHeader().setDefaultSectionSize(current_theme().px(ROW_HEIGHT))
        view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setTabKeyNavigation(False)

    def _make_names(self) -> QTableView:
        """The frozen first column: a second view of the same model on top."""
        names = QTableView(self)
        names.setHorizontalHeader(PresenceHead(self))
        self._look(names)
        names.setModel(self._only_names)
        names.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        names.setAccessibleName("Personer")
        names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        names.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().valueChanged.connect(names.verticalScrollBar().setValue)
        names.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        names.clicked.connect(self._name_pressed)
        return names

    def _name_pressed(self, index: QModelIndex) -> None:
        row = self._model.row_at(self._model.index(index.row(), 0))
        if row is not None and row.kind is RowKind.PERSON:
            self.setCurrentIndex(self._model.index(index.row(), max(self.currentIndex().column(), 1)))
            self.setFocus()

    def name_width(self) -> int:
        """The width of the names: less where the paragraphs need the room."""
        return current_theme().px(NAME_WIDTH if self.width() >= current_theme().px(640) else NARROW_NAMES)

    def _fit(self) -> None:
        """Share the width between the paragraphs; scroll sideways only when they would be too narrow."""
        theme = current_theme()
        count = self._model.columnCount()
        name = self.name_width()
        for number, row in enumerate(self._model.grid.rows):
            if row.kind is RowKind.COUNT:
                for view in (self, self._names):
                    if view is not None:
                        view.setRowHidden(number, True)
        free = self.viewport().width() - name - theme.px(10)
        each = max(theme.px(LEAST_COLUMN), free // max(count - 1, 1)) if count > 1 else theme.px(LEAST_COLUMN)
        # One call for all columns: one for each takes a second in a meeting with 200 items.
        self.horizontalHeader().setDefaultSectionSize(min(each, theme.px(64)))
        self.setColumnWidth(0, name)
        names = self._names
        if names is not None:
            names.setColumnWidth(0, name)
            height = self.viewport().height() + self.horizontalHeader().height()
            names.setGeometry(self.frameWidth(), self.frameWidth(), name, height)
            names.raise_()
            names.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def scrollTo(
        self, index: AnyIndex, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Keep the cell clear of the frozen names."""
        super().scrollTo(index, hint)
        left = self.visualRect(index).left() - self.name_width()
        if index.column() > 0 and left < 0:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() + left)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        column = self.currentIndex().column()
        if column > 0:
            painter = QPainter(self.viewport())
            area = QRect(self.columnViewportPosition(column), 0, self.columnWidth(column), self._bottom())
            painter.fillRect(area, theme.color("accent_bg2"))
            painter.end()
        self._paint_rows(theme, event.rect())
        self._paint_words(theme)

    def _paint_rows(self, theme: Theme, area: QRect) -> None:
        """Lines and bars. The view would ask for each of hundreds of cells; the names are the other view's."""
        columns = len(self._model.grid.columns)
        seen = [c for c in range(1, columns + 1) if self._meets(c, area)]
        if not seen:
            return
        edges = [self.columnViewportPosition(c) for c in seen]
        edges.append(edges[-1] + self.columnWidth(seen[-1]))
        at = self.currentIndex()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, row in enumerate(self._model.grid.rows):
            y, height = self.rowViewportPosition(number), self.rowHeight(number)
            if not height or y > area.bottom() or y + height <= area.top():
                continue
            painter.fillRect(QRect(edges[0], y + height - 1, edges[-1] - edges[0], 1), line_below(theme, row))
            if row.kind is RowKind.PERSON:
                paint_person(painter, theme, row, edges, seen[0] - 1, y, height)
                if number == at.row() and at.column() > 0:
                    painter.setPen(QPen(theme.color("focus"), theme.focus_width if self.hasFocus() else 1))
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.drawRoundedRect(QRectF(self.visualRect(at)).adjusted(1, 1, -1, -2), 3, 3)
        painter.end()

    def _meets(self, column: int, area: QRect) -> bool:
        left = self.columnViewportPosition(column)
        return left <= area.right() and left + self.columnWidth(column) > area.left()

    def _bottom(self) -> int:
        last = self._model.rowCount() - 1
        return self.rowViewportPosition(last) + self.rowHeight(last) if last >= 0 else 0

    def _paint_words(self, theme: Theme) -> None:
        """The words of exceptions, last and over several cells: a cell's own painting would be covered."""
        painter = QPainter(self.viewport())
        names = self.name_width()
        painter.setClipRect(QRect(names, 0, self.viewport().width() - names, self.viewport().height()))
        for number, row in enumerate(self._model.grid.rows):
            y, height = self.rowViewportPosition(number), self.rowHeight(number)
            for place, cell in enumerate(row.cells):
                if cell.word and cell.kind is not CellKind.CONFLICT:
                    span = self._span(row, place)
                    self._paint_word(painter, theme, cell, place + 1, y, height, span)
        painter.end()

    def _span(self, row: GridRow, place: int) -> int:
        """Width of the bar that begins in a cell."""
        end = place
        while end + 1 < len(row.cells) and not row.cells[end].ends:
            end += 1
        return sum(self.columnWidth(column + 1) for column in range(place, end + 1))

    def _paint_word(
        self, painter: QPainter, theme: Theme, cell: Cell, column: int, y: int, height: int, span: int
    ) -> None:
        left = self.columnViewportPosition(column)
        before = cell.kind is CellKind.AWAY and cell.word.startswith("kom")
        quiet = cell.kind is CellKind.AWAY and not cell.word.startswith(("kom", "gick"))
        painter.setFont(theme.font("meta" if quiet else "label"))
        painter.setPen(theme.color("text2" if quiet else "text"))
        if before:
            area = QRect(
                left - theme.px(200), y, theme.px(200) + self.columnWidth(column) - theme.px(4), height
            )
            painter.drawText(area, _VCENTER | Qt.AlignmentFlag.AlignRight, cell.word)
        else:
            inset = theme.px(9 if cell.kind is CellKind.SERVING else 6)
            area = QRect(left + inset, y, theme.px(400), height)
            width = painter.fontMetrics().horizontalAdvance(cell.word) + theme.px(8)
            if cell.kind is CellKind.SERVING and inset + width > span:
                # Longer than its bar: the word stands after it, on the ground.
                area.moveLeft(left + span + theme.px(4))
                painter.fillRect(
                    QRect(area.left(), y + theme.px(4), width, height - theme.px(8)), theme.color("base")
                )
            painter.drawText(area, _LEFT, cell.word)
